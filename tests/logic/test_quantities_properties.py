"""What holds for any text and any quantity."""

import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.domain.claim import Quantity
from briefing.domain.claim import QuantityKind as Kind
from briefing.domain.document import Span
from briefing.logic.quantities import (
    equal,
    format_quantity,
    read_quantities,
    same_thing,
)
from briefing.logic.quantities.units import plural, singular

_SPAN = Span(0, 1)
_UNITS = {
    Kind.COUNT: ("", "token", "person", "job", "country", "church", "barrel/day"),
    Kind.MONEY: ("USD", "EUR", "GBP", "CNY", "CHF", "USD/month", "USD/million token"),
    Kind.PERCENT: ("percent",),
    Kind.POINTS: ("percentage_point",),
    Kind.MEASURE: ("km", "tonne", "hour", "MW", "°C", "km/h", "mile", "square km"),
}


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    """Any quantity that prose can print: up to 15 digits, up to 4 decimals."""
    kind = draw(st.sampled_from(sorted(_UNITS, key=str)))
    decimals = draw(st.integers(0, 4))
    digits = draw(st.integers(1, 10 ** (15 - decimals)))
    value = Decimal(digits).scaleb(-decimals)
    upper = None
    if draw(st.booleans()) and decimals == 0:
        upper = value + draw(st.integers(1, 10**6))
    unit = draw(st.sampled_from(_UNITS[kind]))
    if value < 1500 and kind is Kind.COUNT and not unit:
        unit = "token"
    return Quantity(
        value, kind, unit, Decimal(1).scaleb(-decimals), "x", _SPAN, upper=upper
    )


@given(quantities())
def test_a_printed_quantity_reads_back_as_the_same_thing(one: Quantity) -> None:
    sentence = f"It came to {format_quantity(one)}."

    found = read_quantities(sentence)

    assert len(found) == 1
    assert same_thing(found[0], one), format_quantity(one)


@given(st.integers(1, 9999), st.sampled_from(["thousand", "million", "billion"]))
def test_scale_words_letters_and_digits_are_one_quantity(size: int, word: str) -> None:
    factor = {"thousand": 10**3, "million": 10**6, "billion": 10**9}[word]
    letter = {"thousand": "k", "million": "M", "billion": "bn"}[word]
    forms = [f"{size} {word}", f"${size}{letter}"[1:], f"{size * factor:,}"]

    read = [read_quantities(f"They saw {form} tokens.")[0] for form in forms]

    assert all(same_thing(read[0], other) for other in read)
    assert all(equal(read[0], other) for other in read)


_SCRAPS = st.sampled_from(
    "3.43T $5bn 1,048,576 tokens about more than rose fell by 5% to and - – / per "
    "million people first third week in a row one of the May 2026 18-24 V4 GPT-4o half "
    "dozen twice two-thirds minus ( ) [3] . , % € °C km/h Mr. 1.2.3 #1 'quoted' 万 亿 "
    "between from or up no. 10:30 p.m. last Tuesday".split()
)


@given(st.one_of(st.text(max_size=200), st.lists(_SCRAPS, max_size=30).map(" ".join)))
def test_spans_are_exact_ordered_and_disjoint(text: str) -> None:
    found = read_quantities(text)

    end = 0
    for quantity in found:
        assert text[quantity.span.start : quantity.span.end] == quantity.text
        assert end <= quantity.span.start < quantity.span.end
        assert quantity.precision > 0
        end = quantity.span.end


@given(st.lists(_SCRAPS, max_size=30).map(" ".join))
def test_a_quantity_equals_itself(text: str) -> None:
    for quantity in read_quantities(text):
        assert same_thing(quantity, quantity)
        assert equal(quantity, quantity)


@pytest.mark.parametrize(
    "noun", "token job country church box person child loss day barrel city bus".split()
)
def test_singular_undoes_plural(noun: str) -> None:
    assert singular(plural(noun)) == noun


def _steps(text: str) -> int:
    """Calls of Python and C functions while a text is read: the same on any machine."""
    count = 0

    def note(frame: object, event: str, arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        read_quantities(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "piece",
    ["1", "(", ",", "1,", "1,000,", "-1 ", "one ", "million ", "1 to ", "5% and ",
     "$1 / ", "May ", "A B ", "rose by ", "No. 5 ", "1.2.", "twenty-", "1-"],
)  # fmt: skip
def test_the_work_grows_no_faster_than_the_text(piece: str) -> None:
    small, large = (piece * (size // len(piece)) for size in (1_000, 4_000))

    small_steps, large_steps = _steps(small), _steps(large)

    assert large_steps <= 5 * small_steps + 100


@pytest.mark.parametrize("piece", ["1", "(", ",", "1.", "$", ".)"])
def test_thirty_thousand_marks_are_read_to_the_end(piece: str) -> None:
    text = piece * (30_000 // len(piece)) + " and then 5 km."

    found = read_quantities(text)

    assert found[-1].text == "5 km"
