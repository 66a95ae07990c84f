"""A sentence with relative dates becomes one that can be read next year."""

from datetime import date

import pytest

from briefing.logic.dates import absolute

PUBLISHED = date(2026, 5, 25)  # a Monday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bank voted on Tuesday.", "The bank voted on 19 May 2026."),
        ("The bank voted Tuesday.", "The bank voted on 19 May 2026."),
        ("It voted late Tuesday.", "It voted late on 19 May 2026."),
        ("It opens by Friday.", "It opens by 29 May 2026."),
        (
            "It voted on Tuesday morning.",
            "It voted on the morning of 19 May 2026.",
        ),
        ("Today, the bank spoke.", "On 25 May 2026, the bank spoke."),
        ("It came yesterday.", "It came on 24 May 2026."),
        ("At yesterday's vote it fell.", "At the 24 May 2026 vote it fell."),
        ("Yesterday’s vote was close.", "The 24 May 2026 vote was close."),
        ("The Tuesday vote was close.", "The 19 May 2026 vote was close."),
        ("It rose last week.", "It rose in the week of 18–24 May 2026."),
        ("Last week it rose.", "In the week of 18–24 May 2026 it rose."),
        ("It rose over the past week.", "It rose over the week to 25 May 2026."),
        ("The past week was calm.", "The week to 25 May 2026 was calm."),
        ("It rose last month.", "It rose in April 2026."),
        ("It rose in the last year.", "It rose in the year to 25 May 2026."),
        ("It rose last year.", "It rose in 2025."),
        ("Last year's profit fell.", "The 2025 profit fell."),
        ("It fell last quarter.", "It fell in the first quarter of 2026."),
        ("It rose earlier this month.", "It rose earlier in May 2026."),
        (
            "It fell earlier this week.",
            "It fell earlier in the week of 25–31 May 2026.",
        ),
        ("It was sold three days ago.", "It was sold on 22 May 2026."),
        ("It was sold two years ago.", "It was sold in 2024."),
        ("It opens next month.", "It opens in June 2026."),
        (
            "It ran from Tuesday to Thursday.",
            "It ran from 19 May 2026 to 21 May 2026.",
        ),
        ("It rose in May.", "It rose in May 2026."),
        ("It rose on 20 May.", "It rose on 20 May 2026."),
        ("It rose on May 20, it said.", "It rose on May 20, 2026, it said."),
        (
            "It rose on 20 May and fell on 22 May.",
            "It rose on 20 May 2026 and fell on 22 May.",
        ),
        (
            "It rose in the week 18-24 May 2026 and on 20 May.",
            "It rose in the week 18-24 May 2026 and on 20 May.",
        ),
    ],
)
def test_a_relative_date_becomes_absolute(text: str, expected: str) -> None:
    rewritten = absolute(text, published=PUBLISHED)

    assert rewritten == expected


@pytest.mark.parametrize(
    "text",
    [
        "“We act today,” it said.",
        'It said: "Last week was bad."',
        "‘It’s open today,’ it said.",
        "It rose 5% from a year earlier.",
        "It fell against the previous week.",
        "It rose on 18 May 2026 and now stands there.",
        "It has grown recently.",
        "It grew in the first quarter.",
    ],
)
def test_what_needs_no_anchor_or_is_quoted_stays(text: str) -> None:
    rewritten = absolute(text, published=PUBLISHED)

    assert rewritten == text


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("It came on Tuesday.", None),
        ("It came last week.", None),
        ("It came on 18 May.", None),
        ("It came on 31 June.", PUBLISHED),
    ],
)
def test_a_date_that_cannot_be_resolved_gives_no_sentence(
    text: str, published: date | None
) -> None:
    assert absolute(text, published=published) is None


def test_making_absolute_twice_changes_nothing_more() -> None:
    once = absolute("It fell on Tuesday and rose last month.", published=PUBLISHED)

    assert once is not None
    assert absolute(once, published=date(2030, 1, 1)) == once
