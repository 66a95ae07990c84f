"""Dates are resolved from the publication date, and only where that is honest."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.domain.claim import Grain
from briefing.logic.dates import absolute, read_dates

PUBLISHED = date(2026, 5, 25)  # a Monday


def read(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str | None]]:
    """Each date as printed with its window, "first..last" or one day."""
    found = []
    for mention in read_dates(text, published=published):
        window = mention.window
        if window is None:
            found.append((mention.text, None))
        elif window.start == window.end:
            found.append((mention.text, str(window.start)))
        else:
            found.append((mention.text, f"{window.start}..{window.end}"))
    return found


@pytest.mark.parametrize(
    ("printed", "window"),
    [
        ("25 May 2026", "2026-05-25"),
        ("May 25, 2026", "2026-05-25"),
        ("the 25th of May 2026", "2026-05-25"),
        ("2026-05-25", "2026-05-25"),
        ("Tuesday, 19 May 2026", "2026-05-19"),
        ("Sept. 3, 2025", "2025-09-03"),
        ("18-24 May", "2026-05-18..2026-05-24"),
        ("18–24 May 2026", "2026-05-18..2026-05-24"),
        ("28 April to 4 May", "2026-04-28..2026-05-04"),
        ("April 28-May 4, 2026", "2026-04-28..2026-05-04"),
        ("28 December 2025 – 3 January 2026", "2025-12-28..2026-01-03"),
        ("December 28 to January 3", "2025-12-28..2026-01-03"),
        ("the week of 18 May", "2026-05-18..2026-05-24"),
        ("the week ending 24 May", "2026-05-18..2026-05-24"),
        ("May 2026", "2026-05-01..2026-05-31"),
        ("Q2 2026", "2026-04-01..2026-06-30"),
        ("the first quarter of 2026", "2026-01-01..2026-03-31"),
        ("the second half of 2025", "2025-07-01..2025-12-31"),
        ("2026", "2026-01-01..2026-12-31"),
        ("2019-2020", "2019-01-01..2020-12-31"),
        ("the 1990s", "1990-01-01..1999-12-31"),
        ("25/12/2025", "2025-12-25"),
        ("12/25/2025", "2025-12-25"),
        ("31.12.2025", "2025-12-31"),
        ("3 January", "2026-01-03"),
        ("20 December", "2025-12-20"),
    ],
)
def test_an_absolute_date_is_read(printed: str, window: str) -> None:
    found = read(f"It covers {printed}.")

    assert found == [(printed.removeprefix("the "), window)]


@pytest.mark.parametrize(
    ("printed", "window"),
    [
        ("today", "2026-05-25"),
        ("yesterday", "2026-05-24"),
        ("last night", "2026-05-24"),
        ("Tuesday", "2026-05-19"),
        ("Monday", "2026-05-25"),
        ("last Monday", "2026-05-18"),
        ("next Friday", "2026-05-29"),
        ("last week", "2026-05-18..2026-05-24"),
        ("this month", "2026-05-01..2026-05-31"),
        ("last quarter", "2026-01-01..2026-03-31"),
        ("last year", "2025-01-01..2025-12-31"),
        ("last November", "2025-11-01..2025-11-30"),
        ("three days ago", "2026-05-22"),
        ("two months ago", "2026-03-01..2026-03-31"),
        ("earlier this year", "2026-01-01..2026-05-25"),
        ("past week", "2026-05-19..2026-05-25"),
    ],
)
def test_a_relative_date_counts_from_the_publication_date(
    printed: str, window: str
) -> None:
    (mention,) = read_dates(f"It came {printed}.", published=PUBLISHED)

    assert mention.is_relative
    assert read(f"It came {printed}.") == [(printed, window)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The bank voted on Friday.", "2026-05-22"),
        ("The bank will vote on Friday.", "2026-05-29"),
        ("On Friday, the bank will vote.", "2026-05-29"),
        ("The bank is due to vote on Friday.", "2026-05-29"),
        ("The bank said on Friday that it will vote.", "2026-05-22"),
        ("It will cut jobs, it said on Friday.", "2026-05-22"),
        ("It will be opened on Friday.", "2026-05-29"),
    ],
)
def test_the_nearest_verb_says_which_friday_is_meant(text: str, day: str) -> None:
    assert read(text) == [("Friday", day)]


@pytest.mark.parametrize(
    "printed", ["03/04/2026", "31 June 2026", "fiscal 2025", "30 February 2026"]
)
def test_a_day_that_cannot_be_known_has_no_window(printed: str) -> None:
    assert read(f"It came on {printed}.") == [(printed, None)]


def test_without_a_publication_date_only_printed_years_resolve() -> None:
    found = read("On Tuesday, on 18 May and in May 2025.", published=None)

    assert found == [
        ("Tuesday", None),
        ("18 May", None),
        ("May 2025", "2025-05-01..2025-05-31"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It may march on.",
        "The Sunday Times and Black Friday sales.",
        "It hired 2000 people and more than 2000.",
        "It paid $2026 for 2,026 of them.",
        "A second one, every Tuesday or on Mondays.",
        "The COVID-2019 file.",
        "It came recently and is now here.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert read(text) == []


def test_a_date_that_hangs_on_another_one_is_not_relative() -> None:
    (mention,) = read_dates("It rose from a year earlier.", published=PUBLISHED)

    assert (mention.text, mention.grain) == ("a year earlier", Grain.YEAR)
    assert not mention.is_relative


_SCRAPS = st.sampled_from(
    "25 May 2026 18-24 the week of ending Tuesday last next year's earlier later this "
    "month quarter Q2 first half of 999 years ago days a yesterday's “ ” \" 0 31 June "
    "2026-02-30 1990s 99/99/9999 fiscal FY25 , . – to and on in will said".split()
)


@given(
    st.one_of(st.text(max_size=200), st.lists(_SCRAPS, max_size=25).map(" ".join)),
    st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2100, 1, 1))),
)
def test_spans_are_exact_ordered_and_disjoint(
    text: str, published: date | None
) -> None:
    end = 0
    for mention in read_dates(text, published=published):
        assert text[mention.span.start : mention.span.end] == mention.text
        assert end <= mention.span.start < mention.span.end
        assert mention.window is None or mention.window.start <= mention.window.end
        end = mention.span.end
    absolute(text, published=published)


def test_today_in_a_name_is_no_day() -> None:
    text = "Harbour Today reports that the port opens. Today it is shut."

    assert [mention.span.start for mention in read_dates(text, published=None)] == [43]


def test_how_long_something_was_before_is_no_date() -> None:
    text = "The captain sailed for 13 years before the ferry was sold."

    assert read_dates(text, published=None) == ()
