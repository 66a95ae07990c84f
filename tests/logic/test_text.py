"""Sentences end where a reader would end them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.logic.text import normalise, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose. It fell.", ["It rose.", "It fell."]),
        ("Dr. J. Smith of the U.S. spoke.", ["Dr. J. Smith of the U.S. spoke."]),
        ("It used 3.43T tokens. Good.", ["It used 3.43T tokens.", "Good."]),
        ("It came at 5 p.m. The end.", ["It came at 5 p.m.", "The end."]),
        ("“Go!” she said. He went.", ["“Go!” she said.", "He went."]),
        ("One\n\nTwo\n- three\n- four", ["One", "Two", "- three", "- four"]),
        ("A line\nbroken here. Next.", ["A line\nbroken here.", "Next."]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(
    text: str, expected: list[str]
) -> None:
    found = [text[span.start : span.end] for span in sentences(text)]

    assert found == expected


@given(st.text(max_size=300))
def test_spans_are_ordered_and_lose_nothing_but_white_space(text: str) -> None:
    spans = sentences(text)

    kept = "".join(text[span.start : span.end] for span in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert list(spans) == sorted(spans)


def test_typographic_marks_and_spaces_do_not_make_a_sentence_new() -> None:
    left = normalise("“Up 3.43\u00a0T,” it said.")
    right = normalise('"Up 3.43 T" it said')

    assert left == right
