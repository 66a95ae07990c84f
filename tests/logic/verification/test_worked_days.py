"""Days that a claim worked out: the right one stands with its reason, others do not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefing.domain.claim import Status
from tests.builders import document
from tests.logic.verification.samples import judge

# 23 April 2026 is a Thursday.
_PUBLISHED = datetime(2026, 4, 23, 9, 0, tzinfo=UTC)
_AHEAD = "The port of Norvale will reopen in nine days, the harbour office said."


@pytest.mark.parametrize(
    ("report", "claim", "right", "wrong", "how"),
    [
        (
            _AHEAD,
            "The port of Norvale will reopen on {}.",
            "2 May 2026",
            ("1 May 2026", "3 May 2026", "2 May 2027", "2 June 2026"),
            "“in nine days”, counted from {published}, is {day}.",
        ),
        (
            "The final in Norvale is nine days away, and the Harbour Club is ready.",
            "The final in Norvale is on {}.",
            "2 May",
            ("1 May", "2 June"),
            "“nine days away”, counted from {published}, is {day}.",
        ),
        (
            "Norvale council must decide by the end of the month.",
            "Norvale council must decide by {}.",
            "30 April 2026",
            ("29 April 2026", "31 May 2026", "1 May 2026"),
            "“by the end of the month”, counted from {published}, is {day}.",
        ),
        (
            "The Norvale library opened on 3 March 2026. It closed again a week later.",
            "The Norvale library closed on {}.",
            "10 March 2026",
            ("9 March 2026", "11 March 2026", "17 March 2026"),
            "“a week later”, counted from “3 March 2026”, is {day}.",
        ),
        (
            "Talks failed on 27 February 2026. The union struck the following Monday.",
            "The union struck on {}.",
            "2 March 2026",
            ("3 March 2026", "9 March 2026"),
            "“the following Monday”, counted from “27 February 2026”, is {day}.",
        ),
        (
            "The ferry ran aground two days after the storm of 12 January 2026.",
            "The ferry ran aground on {}.",
            "14 January 2026",
            ("13 January 2026", "10 January 2026"),
            "“two days after”, counted from “12 January 2026”, is {day}.",
        ),
        (
            "The mayor was arrested in 2011 and convicted the following year.",
            "The mayor was convicted in {}.",
            "2012",
            ("2013", "2010"),
            "“the following year”, counted from “2011”, is {day}.",
        ),
        (
            "The ferry ran aground last Friday, the harbour office said.",
            "The ferry ran aground on {}.",
            "17 April",
            ("16 April", "18 April", "24 April"),
            "“last Friday”, counted from {published}, is {day}.",
        ),
        (
            "The shops of Norvale stay shut on Christmas Eve.",
            "The shops of Norvale stay shut on {}.",
            "24 December",
            ("25 December", "24 November"),
            "“Christmas Eve” is {day}.",
        ),
    ],
)
def test_a_day_that_was_worked_out_stands_and_another_does_not(
    report: str, claim: str, right: str, wrong: tuple[str, ...], how: str
) -> None:
    source = document(report, published_at=_PUBLISHED)

    verdict = judge(claim.format(right), source)

    said = how.format(day=right, published="its publication on 23 April 2026")
    assert verdict.status is Status.SUPPORTED
    assert verdict.reason == f"The cited text says so. {said}"
    for other in wrong:
        false = claim.format(other)
        assert judge(false, source).status is not Status.SUPPORTED, false


@pytest.mark.parametrize(
    ("report", "claim", "wrong"),
    [
        (
            # Whenever it was, two days after a Thursday is a Saturday.
            "The talks in Norvale failed on Thursday. Two days later the union struck.",
            "The union struck on Saturday.",
            ("Friday", "Sunday"),
        ),
        (
            # 10 April was a Friday, so that 8 April was a Wednesday.
            "The club said on Friday, April 10 that it had sold the ground on April 8.",
            "The club had sold the ground on Wednesday.",
            ("Tuesday", "Thursday"),
        ),
        (
            "NORVALE, April 25 (Harbour Press) - The bridge will be shut next month.",
            "The bridge in Norvale will be shut in May.",
            ("June", "March"),
        ),
        (
            "The library opened on 3 March. It closed again two days later.",
            "The library closed on 5 March.",
            ("4 March", "6 March"),
        ),
    ],
)
def test_without_a_publication_date_only_what_is_so_on_any_day_stands(
    report: str, claim: str, wrong: tuple[str, ...]
) -> None:
    source = document(report, published_at=None)

    verdict = judge(claim, source)

    assert verdict.status is Status.SUPPORTED
    day = claim.removesuffix(".").split(" on ")[-1].split(" in ")[-1]
    for other in wrong:
        false = claim.replace(day, other)
        assert judge(false, source).status is not Status.SUPPORTED, false


@pytest.mark.parametrize(
    ("report", "claim"),
    [
        # Nobody says when the report is of.
        (_AHEAD, "The port of Norvale will reopen on 2 May 2026."),
        (_AHEAD, "The port of Norvale will reopen on Saturday."),
        ("The ferry ran aground last July.", "The ferry ran aground in July 2025."),
    ],
)
def test_what_hangs_on_an_unknown_day_is_not_worked_out(
    report: str, claim: str
) -> None:
    source = document(report, published_at=None)

    verdict = judge(claim, source)

    assert (verdict.status, verdict.rule) == (Status.NOT_ENOUGH_INFO, "D1")


def test_a_time_that_something_took_is_no_day_to_come() -> None:
    source = document("The bridge was built in nine days.", published_at=_PUBLISHED)

    verdict = judge("The bridge was built on 2 May 2026.", source)

    assert (verdict.status, verdict.rule) == (Status.NOT_ENOUGH_INFO, "D1")


@pytest.mark.parametrize(
    ("weekday", "status"),
    [("Saturday", Status.SUPPORTED), ("Sunday", Status.NOT_ENOUGH_INFO)],
)
def test_the_weekday_of_a_day_must_be_its_own(weekday: str, status: Status) -> None:
    source = document(_AHEAD, published_at=_PUBLISHED)

    verdict = judge(
        f"The port of Norvale will reopen on {weekday}, 2 May 2026.", source
    )

    assert verdict.status is status
