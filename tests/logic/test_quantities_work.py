"""The work of reading numbers grows with the text's length and nothing else."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from briefing.logic.quantities import read_quantities


def calls(text: str) -> int:
    """How many functions, those of the library among them, one reading calls."""
    made = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal made
        made += event.endswith("call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read_quantities(text)
    finally:
        sys.setprofile(before)
    return made


@pytest.mark.parametrize(
    "unit",
    ["1,", "1 ", "(1", "1)", "(", "()", "1-", "€1,", "1%,", "1:", "one ", "1 to ", "-"],
)
def test_four_times_the_text_is_four_times_the_work(unit: str) -> None:
    short, long = calls(unit * 300), calls(unit * 1200)

    assert long <= 4.4 * short


def test_the_measured_things_of_a_text_are_looked_for_once() -> None:
    text = "Sales: 4, sales 5; prices 6 and 7."

    found = [(q.text, q.metric) for q in read_quantities(text)]

    assert found == [("4", ""), ("5", "sales"), ("6", "prices"), ("7", "prices")]
