"""Our figures in readers' locales: each is read back as what it was."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.logic.printed_numbers import read_printed
from briefing.render import numbers

LOCALES = ("en", "de", "fr", "es", "pt-BR", "ja", "hi", "ar", "it", "pl", "tr", "en-IN")
_COMMA = frozenset({"de", "fr", "es", "pt-BR", "it", "pl", "tr"})
_VALUES = st.integers(1, 999_999).flatmap(
    lambda digits: st.integers(-4, 10).map(lambda power: Decimal(digits).scaleb(power))
)
_SIGNED = st.builds(lambda value, sign: value * sign, _VALUES, st.sampled_from((1, -1)))


def read(text: str, tag: str) -> Decimal | None:
    return read_printed(text, decimal="," if tag in _COMMA else ".")


@given(_SIGNED, st.sampled_from(LOCALES))
@example(Decimal("9.995E+15"), "ja")
def test_a_short_figure_is_read_back_as_it_was_rounded(
    value: Decimal, tag: str
) -> None:
    back = read(numbers.compact(value, tag), tag)

    assert back is not None
    # Two decimals behind at least one digit, rounded twice; below 100,000 three.
    large, small = abs(value) * Decimal("0.0055"), Decimal("0.0005")
    assert abs(back - value) <= (large if abs(value) >= 100_000 else small)


@given(_VALUES, st.sampled_from(LOCALES))
def test_an_exact_figure_is_read_back_exactly(value: Decimal, tag: str) -> None:
    whole = value.quantize(Decimal(1)) if value >= 100_000 else round(value, 3)

    assert read(numbers.exact(whole, tag), tag) == whole


@given(st.decimals(-10_000, 10_000, places=3), st.sampled_from(LOCALES))
def test_a_percentage_is_read_back_with_one_decimal(value: Decimal, tag: str) -> None:
    rounded = numbers.rounded(value, 1)

    assert read(numbers.percent(value, tag), tag) == rounded
    signed = numbers.signed_percent(value, tag).removeprefix("+").removeprefix("−")
    assert read(signed, tag) == abs(rounded)


@given(
    st.decimals(0, 10**9, places=2),
    st.sampled_from(LOCALES),
    st.sampled_from(("USD", "EUR", "JPY", "INR")),
)
def test_an_amount_of_money_is_read_back(
    value: Decimal, tag: str, currency: str
) -> None:
    printed = numbers.money_of(numbers.decimal(value, 2, tag), currency, tag)
    # Letters of a currency are no part of the figure.
    bare = re.sub(r"[^\W\d_]", "", printed)

    assert read(bare, tag) == value


@given(st.integers(0, 10**12), st.sampled_from(LOCALES))
def test_a_count_is_read_back(count: int, tag: str) -> None:
    assert read(numbers.whole(count, tag), tag) == count


@given(_VALUES, st.sampled_from(LOCALES))
def test_a_cell_keeps_its_value_and_its_words(value: Decimal, tag: str) -> None:
    millions = Decimal(int(value * 1000) % 99_999 + 1).scaleb(-2)

    made = numbers.cell(f"up {millions:,f} million tokens on the week", tag)

    assert made.startswith("up ")
    assert made.endswith(" tokens on the week")
    figure = made.removeprefix("up ").removesuffix(" tokens on the week")
    assert read(figure, tag) == millions * 1_000_000


@given(st.text(max_size=60), st.sampled_from(LOCALES))
def test_any_text_is_a_cell(text: str, tag: str) -> None:
    assert isinstance(numbers.cell(text, tag), str)
    assert numbers.cell(text, "en") == text


@pytest.mark.parametrize(
    ("tag", "trillions", "percentage", "money"),
    [
        ("en", "3.43T", "+19.9%", "$1.20"),
        ("en-IN", "3.43 trillion", "+19.9%", "$1.20"),
        ("en-ZA", "3,43T", "+19,9%", "US$1,20"),
        ("de", "3,43\u00a0Bio.", "+19,9\u00a0%", "1,20\u00a0$"),
        ("de-CH", "3.43\u00a0Bio.", "+19.9%", "$\u00a01.20"),
        ("fr", "3\u202f430\u00a0Md", "+19,9\u00a0%", "1,20\u00a0$US"),
        ("es", "3,43 billones", "+19,9\u00a0%", "1,20\u00a0US$"),
        ("pt-BR", "3,43\u00a0tri", "+19,9%", "US$\u00a01,20"),
        ("ja", "3.43兆", "+19.9%", "$1.20"),
        ("hi", "34.3 खरब", "+19.9%", "$1.20"),
        ("ar", "3.43\u00a0ترليون", "+19.9%", "1.20\u00a0US$"),
        ("tr", "3,43 trilyon", "+%19,9", "$1,20"),
        ("fa", "3,430,000,000,000", "+19.9%", "$\u00a01.20"),
        ("xx-unknown", "3.43T", "+19.9%", "$1.20"),
    ],
)
def test_figures_are_printed_as_readers_there_write_them(
    tag: str, trillions: str, percentage: str, money: str
) -> None:
    assert numbers.compact(Decimal("3430000000000"), tag) == trillions
    assert numbers.signed_percent(Decimal("19.89"), tag) == percentage
    assert (
        numbers.money_of(numbers.decimal(Decimal("1.2"), 2, tag), "USD", tag) == money
    )


def test_a_suffix_of_two_meanings_is_not_printed() -> None:
    # "9,22 Bn" is 9,220 milliards in France and 9.22 in the English text beside it.
    assert "Bn" not in numbers.compact(Decimal("9220000000000"), "fr")
    assert numbers.compact(Decimal("1230000000"), "es") == "1,23 mil millones"


@pytest.mark.parametrize(
    ("cell", "german"),
    [
        ("3.43 trillion tokens", "3,43\u00a0Bio. tokens"),
        ("9.223 trillion tokens", "9,223\u00a0Bio. tokens"),
        ("$1.2 billion", "1,2\u00a0Mrd.\u00a0$"),
        ("€61.20 per megawatt-hour", "61,20\u00a0€ per megawatt-hour"),
        ("up 19.89% week-over-week", "up 19,89\u00a0% week-over-week"),
        ("+5.2 percentage points", "+5,2 percentage points"),
        ("20% to 45%", "20\u00a0% to 45\u00a0%"),
        ("1,048,576 rows", "1.048.576 rows"),
        ("third", "third"),
        ("two-thirds", "two-thirds"),
    ],
)
def test_a_key_number_keeps_its_words(cell: str, german: str) -> None:
    assert numbers.cell(cell, "de") == german


def test_regions_that_write_like_the_house_change_nothing() -> None:
    assert all(numbers.is_house(tag) for tag in ("en", "en-GB", "en-US", "", "xx"))
    assert not any(numbers.is_house(tag) for tag in ("en-IN", "en-ZA", "de", "ja"))
