"""An age that a claim worked out of a year: the right one stands, others do not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefing.domain.claim import Status
from tests.builders import document
from tests.logic.verification.samples import judge

_PUBLISHED = datetime(2026, 5, 25, 9, 0, tzinfo=UTC)
_FOUNDRY = "The Norvale foundry was founded in 1998 by two engineers. It makes bells."


@pytest.mark.parametrize(
    ("report", "claim", "right", "wrong", "how"),
    [
        (
            _FOUNDRY,
            "The {} Norvale foundry makes bells.",
            "28-year-old",
            ("27-year-old", "29-year-old", "28-month-old"),
            "“28-year-old” is counted from 1998 to 25 May 2026.",
        ),
        (
            "Opened in 2006, the Norvale ferry line carries cars.",
            "The Norvale ferry line has carried cars for {}.",
            "20 years",
            ("19 years", "21 years", "20 months"),
            "“20 years” is counted from 2006 to 25 May 2026.",
        ),
        (
            "The Harbour Museum was opened on 3 November 1998 by the council.",
            "The {} Harbour Museum was opened by the council.",
            "27-year-old",
            ("28-year-old", "26-year-old"),
            "“27-year-old” is counted from 3 November 1998 to 25 May 2026.",
        ),
        (
            "Quayside, born on 3 April 2019 at the Norvale stud, won the cup.",
            "The {} Quayside won the cup.",
            "seven-year-old",
            ("six-year-old", "eight-year-old"),
            "“seven-year-old” is counted from 3 April 2019 to 25 May 2026.",
        ),
    ],
)
def test_an_age_is_worked_out_and_a_wrong_one_is_not(
    report: str, claim: str, right: str, wrong: tuple[str, ...], how: str
) -> None:
    source = document(report, published_at=_PUBLISHED)

    verdict = judge(claim.format(right), source)

    assert verdict.status is Status.SUPPORTED
    assert how in verdict.reason
    for other in wrong:
        assert judge(claim.format(other), source).status is not Status.SUPPORTED, other


def test_without_the_day_of_the_report_no_age_comes_out() -> None:
    source = document(_FOUNDRY, published_at=None)

    verdict = judge("The 28-year-old Norvale foundry makes bells.", source)

    assert verdict.status is not Status.SUPPORTED


def test_one_born_in_a_year_may_have_two_ages() -> None:
    source = document(
        "Quayside, born in 2019 at the Norvale stud, won the cup.",
        published_at=_PUBLISHED,
    )

    verdict = judge("The seven-year-old Quayside won the cup.", source)

    assert verdict.status is not Status.SUPPORTED


def test_an_age_is_not_put_to_another_bearer() -> None:
    source = document(
        "The Norvale foundry bought Sarvia Tools, founded in 1998, for €2 million.",
        published_at=_PUBLISHED,
    )

    verdict = judge("The 28-year-old Norvale foundry spent €2 million.", source)

    assert verdict.status is not Status.SUPPORTED
