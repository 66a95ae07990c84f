"""A number that we computed: recomputed from inputs that must stand in the sources."""

from __future__ import annotations

from decimal import Decimal

from briefing.domain.claim import Claim, ClaimKind, Derivation, Formula, Status, Verdict
from briefing.logic.quantities import read_quantities
from briefing.logic.verification import verify
from tests.builders import citation
from tests.logic.verification.samples import USAGE

_A = citation(USAGE, "DeepSeek-V4-Flash processed 3.43 trillion tokens")
_B = citation(USAGE, "handled 28.9 trillion tokens")


def share(text: str, *, result: str, first: str = "3.43 trillion tokens") -> Verdict:
    inputs = (
        read_quantities(first)[0],
        read_quantities("28.9 trillion tokens")[0],
    )
    derivation = Derivation(Formula.SHARE, inputs, (_A, _B), Decimal(result))
    made = Claim(text, ClaimKind.DERIVED, (_A, _B), derivation)
    return verify(made, {USAGE.id: USAGE})


RESULT = str(Decimal("3.43") / Decimal("28.9") * 100)


def test_a_rounded_result_is_supported() -> None:
    verdict = share("That is 11.9% of the platform's tokens.", result=RESULT)

    assert verdict.status is Status.SUPPORTED


def test_a_result_that_does_not_come_out_is_refuted() -> None:
    verdict = share("That is 12.9% of the platform's tokens.", result=RESULT)

    assert (verdict.status, verdict.rule) == (Status.REFUTED, "N5")


def test_an_input_that_its_citation_does_not_hold_stops_the_claim() -> None:
    text = "That is 11.9% of the platform's tokens."

    verdict = share(text, result=RESULT, first="3.44 trillion tokens")

    assert (verdict.status, verdict.rule) == (Status.NOT_ENOUGH_INFO, "N5")


def test_a_stored_result_must_be_the_formula_of_its_inputs() -> None:
    verdict = share("That is 20% of the platform's tokens.", result="20")

    assert (verdict.status, verdict.rule) == (Status.REFUTED, "N5")
