"""A row of Key numbers says what is measured, and since when something changed."""

import pytest

from briefing.logic.extractive.candidates import candidates
from briefing.logic.extractive.introduced import label_is_introduced
from briefing.logic.extractive.key_numbers import rows
from briefing.logic.extractive.labels import labelled
from tests.builders import document, story


@pytest.mark.parametrize(
    "text",
    [
        "US models reached 4.24 trillion in the week.",
        "The bank's target is 2%.",
    ],
)
def test_a_label_that_does_not_say_what_is_measured_makes_no_row(text: str) -> None:
    assert labelled(text) == ()


def _rows(text: str) -> list[tuple[str, str]]:
    pool = candidates(story(document(text, url="http://wire.example/traffic")))
    return [(row.cells.value, row.cells.window) for row in rows(pool)]


def test_a_change_takes_the_days_that_its_text_measures() -> None:
    assert ("6.2%", "4–10 May 2026") in _rows(
        "The table for 4–10 May 2026 was published by Tallyhouse.\n\n"
        "Total traffic of the marketplace rose 6.2%."
    )


def test_a_change_since_nobody_knows_when_is_no_row() -> None:
    assert _rows("Total traffic of the marketplace rose 6.2%.") == []


def test_a_label_speaks_of_nothing_that_the_brief_did_not() -> None:
    known = {"vaccin", "fund"}

    assert not label_is_introduced("Cost of the factory", known, title="")
    assert label_is_introduced("Cost of the factory", known, title="A new factory")
    assert label_is_introduced("Share that the fund paid", known, title="")
    assert not label_is_introduced(
        "Jobs that a firm offers in the town", known, title=""
    )
    assert label_is_introduced("Rise in the price of power", known, title="")
