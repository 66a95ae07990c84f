"""A total or a count of a row stands with its arithmetic, another does not."""

from __future__ import annotations

import pytest

from briefing.domain.claim import Status
from tests.builders import document
from tests.logic.verification.samples import judge

_FINES = "The harbour office issued fines of €2 million, €3 million and €5 million."


@pytest.mark.parametrize(
    ("report", "claim", "right", "wrong", "how"),
    [
        (
            _FINES,
            "The harbour office issued fines of {} in total.",
            "€10 million",
            ("€11 million", "€8 million", "$10 million", "€10 billion"),
            "“€10 million” is €2 million + €3 million + €5 million.",
        ),
        (
            _FINES,
            "The harbour office issued {} for €10m in all.",
            "three fines",
            ("four fines", "two fines", "three permits"),
            "“three fines” counts €2 million, €3 million, €5 million.",
        ),
        (
            "Norvale fined the mills 2, 3 and 5 million euros for spills.",
            "Norvale fined the mills a combined {} for spills.",
            "€10 million",
            ("€5.000005 million", "10", "£10 million"),
            "“€10 million” is 2 + 3 + 5 million euros.",
        ),
        (
            "One dock took 1,200 ships, another 800 ships, and the last 350 ships.",
            "The docks took in a total of {}.",
            "2,350 ships",
            ("2,000 ships", "2,351 ships", "2,350 trucks"),
            "“2,350 ships” is 1,200 ships + 800 ships + 350 ships.",
        ),
    ],
)
def test_a_total_of_a_row_is_worked_out_and_a_wrong_one_is_not(
    report: str, claim: str, right: str, wrong: tuple[str, ...], how: str
) -> None:
    source = document(report)

    verdict = judge(claim.format(right), source)

    assert verdict.status is Status.SUPPORTED
    assert how in verdict.reason
    for other in wrong:
        assert judge(claim.format(other), source).status is not Status.SUPPORTED, other


@pytest.mark.parametrize(
    ("report", "claim"),
    [
        # Nothing says that it is a total.
        (_FINES, "The harbour office issued a fine of €10 million."),
        # A change is no row.
        (
            "Fees rose from €2 million, a low, to €3 million.",
            "Fees came to €5 million in total.",
        ),
        # Two sentences are no row.
        (
            "The north dock took €2 million. The south dock took €3 million.",
            "The north dock took €5 million in total.",
        ),
    ],
)
def test_what_is_no_row_has_no_total(report: str, claim: str) -> None:
    assert judge(claim, document(report)).status is not Status.SUPPORTED
