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
        "A week earlier it was third.",
        "Two days earlier, the board had met.",
        "People lived there 49,000 years ago.",
        "It lay there 300 years ago.",
        "It is a level that it normally reaches in the first week of June.",
        "It fell on a Sunday.",
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
        ("More than ten years ago it closed.", PUBLISHED),
        ("Two or three years ago it closed.", PUBLISHED),
        ("It had been due on Friday.", PUBLISHED),
        ("Sunday's final is full.", PUBLISHED),
        ("The election on 3 November was called.", PUBLISHED),
        ("Sales in September rose 5%.", PUBLISHED),
    ],
)
def test_a_date_that_cannot_be_resolved_gives_no_sentence(
    text: str, published: date | None
) -> None:
    assert absolute(text, published=published) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Power for July delivery rose 9% on Monday.",
            "Power for July 2026 delivery rose 9% on 25 May 2026.",
        ),
        (
            "Power for delivery in July rose, to a high since October.",
            "Power for delivery in July 2026 rose, to a high since October 2025.",
        ),
        ("Futures for December fell.", "Futures for December 2026 fell."),
        ("It asked for a report by 12 June.", "It asked for a report by 12 June 2026."),
        ("They were to close on 30 June.", "They were to close on 30 June 2026."),
        ("It said it would rule on 1 June.", "It said it would rule on 1 June 2026."),
        ("It opened in September.", "It opened in September 2025."),
        ("In September, it opened.", "In September 2025, it opened."),
        ("It said it opens in September.", "It said it opens in September 2026."),
        ("It will open in April.", "It will open in April 2027."),
        ("It was open until April.", "It was open until April 2026."),
        ("It has fallen since November.", "It has fallen since November 2025."),
        (
            "It sees inflation of 2% by December.",
            "It sees inflation of 2% by December 2026.",
        ),
        ("It feeds the river until August.", "It feeds the river until August 2026."),
        (
            "In 2025 it led, and it fell in May.",
            "In 2025 it led, and it fell in May 2026.",
        ),
        ("It was founded 25 years ago this month.", "It was founded in May 2001."),
    ],
)
def test_a_month_without_a_year_follows_the_verb_that_governs_it(
    text: str, expected: str
) -> None:
    assert absolute(text, published=PUBLISHED) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It will stop work from 06:00 on Thursday.",
            "It will stop work from 06:00 on 28 May 2026.",
        ),
        (
            "It answered with a call to stop work from Thursday.",
            "It answered with a call to stop work from 28 May 2026.",
        ),
        ("Voters go to the polls on Sunday.", "Voters go to the polls on 31 May 2026."),
        ("The offer expires on Friday.", "The offer expires on 29 May 2026."),
        (
            "The votes on Tuesday were counted.",
            "The votes on 19 May 2026 were counted.",
        ),
        (
            "They left on Friday and return on Wednesday.",
            "They left on 22 May 2026 and return on 27 May 2026.",
        ),
    ],
)
def test_a_weekday_of_a_timetable_is_to_come(text: str, expected: str) -> None:
    assert absolute(text, published=PUBLISHED) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It fell on Sunday morning, 24 May, it said.",
            "It fell on the morning of 24 May 2026, it said.",
        ),
        (
            "It spoke on Monday evening, 25 May 2026.",
            "It spoke on the evening of 25 May 2026.",
        ),
        (
            "They met on Monday evening, 25 May 2026, to talk.",
            "They met on the evening of 25 May 2026 to talk.",
        ),
        ("It rose on Sunday (24 May).", "It rose on 24 May 2026."),
        ("It rose on 24 May, a Sunday.", "It rose on 24 May 2026, a Sunday."),
        ("It rose on 24 May (Sunday).", "It rose on 24 May 2026 (Sunday)."),
        ("It rose on Sunday, 24 May.", "It rose on Sunday, 24 May 2026."),
    ],
)
def test_a_weekday_beside_its_date_is_told_once(text: str, expected: str) -> None:
    assert absolute(text, published=PUBLISHED) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cost 4% more than a year ago.", "It cost 4% more than a year earlier."),
        (
            "It stands 28% below the level of a year ago.",
            "It stands 28% below the level of a year earlier.",
        ),
    ],
)
def test_a_level_is_measured_against_the_same_day_a_year_earlier(
    text: str, expected: str
) -> None:
    assert absolute(text, published=PUBLISHED) == expected


def test_making_absolute_twice_changes_nothing_more() -> None:
    once = absolute("It fell on Tuesday and rose last month.", published=PUBLISHED)

    assert once is not None
    assert absolute(once, published=date(2030, 1, 1)) == once
