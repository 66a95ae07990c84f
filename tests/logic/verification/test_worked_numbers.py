"""A change of two stated figures stands with its reason, a wrong one does not."""

from __future__ import annotations

import pytest

from briefing.domain.claim import Status
from tests.builders import document
from tests.logic.verification.samples import judge


@pytest.mark.parametrize(
    ("report", "claim", "right", "wrong"),
    [
        (
            "Membership of the Norvale club rose from 2,400 to 3,000 this year.",
            "Membership of the Norvale club rose by {}.",
            "600",
            ("601", "500", "5,400"),
        ),
        (
            "Membership of the Norvale club rose from 2,400 to 3,000 this year.",
            "Membership of the Norvale club rose by {}.",
            "25%",
            ("24%", "20%", "26%"),
        ),
        (
            "The fare to Norvale fell from €50 to €40 in a year.",
            "The fare to Norvale fell by {}.",
            "€10",
            ("€9", "€90", "$10"),
        ),
    ],
)
def test_a_change_of_two_figures_is_worked_out_and_a_wrong_one_is_not(
    report: str, claim: str, right: str, wrong: tuple[str, ...]
) -> None:
    source = document(report)

    verdict = judge(claim.format(right), source)

    assert verdict.status is Status.SUPPORTED
    assert f"“{right}” is the change from " in verdict.reason
    for other in wrong:
        assert judge(claim.format(other), source).status is not Status.SUPPORTED, other


def test_a_change_goes_the_way_of_its_figures() -> None:
    source = document("Membership of the Norvale club rose from 2,400 to 3,000.")

    verdict = judge("Membership of the Norvale club fell by 600.", source)

    assert verdict.status is not Status.SUPPORTED
