"""Dates are resolved from the publication date, and only where that is honest."""

from datetime import date

import pytest

from briefing.logic.dates import absolute

PUBLISHED = date(2026, 5, 25)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bank voted on Tuesday.", "The bank voted on 19 May 2026."),
        ("It rose last week.", "It rose in the week of 18–24 May 2026."),
        ("At yesterday's vote it fell.", "At the 24 May 2026 vote it fell."),
    ],
)
def test_a_relative_date_becomes_absolute(text: str, expected: str) -> None:
    rewritten = absolute(text, published=PUBLISHED)

    assert rewritten == expected
