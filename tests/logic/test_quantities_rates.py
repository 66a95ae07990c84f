"""What a number is per, and what only looks like it."""

from __future__ import annotations

import pytest

from briefing.logic.quantities import read_quantities


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It had 2.07 trillion a week earlier.", ""),
        ("It had 2 million tokens a week before.", "token"),
        ("It had 2 million tokens a week before that.", "token"),
        ("It cost $30 a year ago.", "USD"),
        ("It had 12 ships a day later.", "ship"),
        ("It had 500 ships a year before the war.", "ship/year"),
        ("It needs 16,000 cubic metres a day.", "cubic m/day"),
        ("It needs 5 litres of water a day.", "litre/day"),
        ("It needs 5 litres of water.", "litre"),
        ("It needs 5 litres of", "litre"),
        ("It handles 4.1 million containers a year.", "container/year"),
    ],
)
def test_a_while_before_something_is_no_rate(text: str, unit: str) -> None:
    (quantity,) = read_quantities(text)

    assert quantity.unit == unit
