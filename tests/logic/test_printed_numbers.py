"""Numbers of table cells in the languages of leaderboards."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.logic.printed_numbers import Mark, decimal_mark, read_printed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4,821", "4821"),
        ("$1.2M", "1200000"),
        ("US$ 1.2 million", "1200000"),
        ("2,079 stars today", "2079"),
        ("≈ 3.4k", "3400"),
        ("10,000,000+", "10000000"),
        ("₹1,23,456", "123456"),
        ("₹4.5 lakh crore", "4500000000000"),
        ("7’654’321.5", "7654321.5"),
        ("7\u202f654\u202f321", "7654321"),
        ("2½ million", "2500000"),
        ("1.2×10⁹", "1200000000"),
        ("6.5E+3", "6500"),
        ("12.5%", "12.5"),
        ("321[4]", "321"),
        ("3rd", "3"),
        ("#17", "17"),
        ("(1,234)", "-1234"),
        ("−3%", "-3"),
        ("1億2,345万", "123450000"),
        ("3.5万元", "35000"),
        ("１２３", "123"),
        ("١٬٢٣٤", "1234"),
        ("5 लाख", "500000"),
    ],
)
def test_a_cell_with_a_decimal_point_is_read(text: str, number: str) -> None:
    assert read_printed(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234.567", "1234567"),
        ("1.234", "1234"),
        ("12,5 %", "12.5"),
        ("%12,5", "12.5"),
        ("4,5 Mio. €", "4500000"),
        ("2,1 Mrd.", "2100000000"),
        ("12,3 тыс.", "12300"),
        ("7 mil", "7000"),
        ("3 mil millones", "3000000000"),
        ("R$ 1.234,56", "1234.56"),
        ("1 234 kr", "1234"),
        ("99,-", "99"),
    ],
)
def test_a_cell_with_a_decimal_comma_is_read(text: str, number: str) -> None:
    assert read_printed(text, ",") == Decimal(number)


@pytest.mark.parametrize("text", ["", " ", "–", "n/a", "N/A", "k. A.", "н/д", "なし"])
def test_a_cell_may_say_that_it_has_no_number(text: str) -> None:
    assert read_printed(text) is None


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("10–20", "."),
        ("3:1", "."),
        ("4.5/5", "."),
        ("2 h 13 min", "."),
        ("3 days ago", "."),
        ("5 May", "."),
        ("2026-05-25", "."),
        ("<5", "."),
        ("Model 4", "."),
        ("two", "."),
        ("1,5", "."),
        ("1.2.3", "."),
        ("12 34", "."),
        ("0,123", "."),
        ("1.234,5", "."),
        ("12.5", ","),
        ("5 m", "."),
        ("2 B", ","),
        ("1,2 billion", ","),
        ("9" * 41, "."),
    ],
)
def test_what_is_not_one_number_is_refused(text: str, mark: Mark) -> None:
    with pytest.raises(ValueError) as caught:
        read_printed(text, mark)

    assert str(caught.value)


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (("1.234", "2.345.678"), ","),
        (("1,234", "2,345,678"), "."),
        (("1.234", "12,5"), ","),
        (("1.234,50 €",), ","),
        (("0.123",), "."),
        (("1.234", "987"), None),
        (("1,234", "987"), None),
        ((), None),
    ],
)
def test_a_column_shows_what_stands_before_decimals(
    cells: tuple[str, ...], mark: Mark | None
) -> None:
    assert decimal_mark(cells) == mark


def test_a_column_with_both_marks_before_decimals_is_refused() -> None:
    with pytest.raises(ValueError, match="points and commas"):
        decimal_mark(("12,5", "3.75"))


@given(st.text(max_size=40), st.sampled_from([".", ","]))
def test_any_text_is_a_number_nothing_or_a_value_error(text: str, mark: Mark) -> None:
    try:
        found = read_printed(text, mark)
    except ValueError:
        return

    assert found is None or found.is_finite()


@given(st.integers(0, 10**15), st.sampled_from([".", ","]))
def test_thousands_of_either_kind_read_back(number: int, mark: Mark) -> None:
    printed = f"{number:,}".replace(",", "." if mark == "," else ",")

    assert read_printed(printed, mark) == number
