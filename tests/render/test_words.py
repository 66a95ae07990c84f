"""Numbers and dates as readers see them, and Markdown's escapes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from briefing.domain.claim import Derivation, Formula
from briefing.render import escaping, words
from tests.render.openrouter import LEDGER, share_claim, tokens


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("3430000000000", "3.43T"),
        ("28900000000000", "28.9T"),
        ("9223000000000", "9.22T"),
        ("999999", "1M"),
        ("1048576", "1.05M"),
        ("99999", "99,999"),
        ("737", "737"),
        ("1463.256", "1,463.256"),
        ("0", "0"),
        ("-3430000000000", "-3.43T"),
    ],
)
def test_large_values_are_short_and_small_ones_whole(value: str, printed: str) -> None:
    assert words.compact(Decimal(value)) == printed


def test_a_change_has_a_sign_unless_it_rounds_to_nothing() -> None:
    changes = [words.signed_percent(Decimal(one)) for one in ("19.89", "-2.96", "0.04")]

    assert changes == ["+19.9%", "−3.0%", "0.0%"]


def test_dates_are_in_the_editions_language_or_english() -> None:
    day = date(2026, 5, 26)

    assert [words.weekday(day, one) for one in ("en", "de", "xx", "")] == [
        "Tuesday, 26 May 2026",
        "Dienstag, 26 Mai 2026",
        "Tuesday, 26 May 2026",
        "Tuesday, 26 May 2026",
    ]


def test_reading_time_is_at_least_a_minute() -> None:
    assert [words.minutes(one) for one in (0, 59, 60, 61)] == [1, 1, 1, 2]


def test_small_sums_keep_four_places() -> None:
    sums = [Decimal("0.00412"), Decimal("1.2"), Decimal(0), None]

    assert [words.dollars(one) for one in sums] == ["$0.0041", "$1.20", "", ""]


def _derivation(formula: Formula, result: str) -> Derivation:
    part = tokens(LEDGER, "9.223 trillion tokens", "9223000000000")
    other = tokens(LEDGER, "4.93 trillion", "4930000000000")
    base = share_claim().derivation
    assert base is not None
    return replace(base, formula=formula, inputs=(part, other), result=Decimal(result))


@pytest.mark.parametrize(
    ("formula", "result", "sentence", "printed"),
    [
        (
            Formula.RATIO,
            "1.870791",
            "That is 1.9 times as much.",
            "9.223 trillion tokens ÷ 4.93 trillion = 1.9",
        ),
        (
            Formula.DIFFERENCE,
            "4293000000000",
            "The gap is 4.29 trillion tokens.",
            "9.223 trillion tokens − 4.93 trillion = 4.29 trillion",
        ),
        (
            Formula.CHANGE,
            "87.0791",
            "It is nearly double.",
            "(9.223 trillion tokens − 4.93 trillion) ÷ 4.93 trillion × 100 = 87.08%",
        ),
        (
            Formula.SHARE,
            "65.15",
            "In 2026 it was 65% of both.",
            "9.223 trillion tokens ÷ 4.93 trillion × 100 = 65%",
        ),
        (
            Formula.COUNT,
            "2",
            "There were two.",
            "9.223 trillion tokens, 4.93 trillion: 2",
        ),
    ],
)
def test_a_calculation_is_printed_as_the_sentence_rounds_it(
    formula: Formula, result: str, sentence: str, printed: str
) -> None:
    assert words.calculation(_derivation(formula, result), sentence) == printed


def test_a_cut_ends_between_words_and_says_so() -> None:
    assert escaping.cut("one two  three", 13) == "one two three"
    assert escaping.cut("one two three", 12) == "one two…"
    assert escaping.cut("one two, three", 9) == "one two…"
    assert escaping.cut("a" * 20, 10) == "a" * 9 + "…"


def test_markdown_keeps_ordinary_news_as_it_is() -> None:
    text = "The V4 costs $0.14 (-3.5%), up ~7% & rising; snake_case, 5 > 3, “fine” #1."

    assert escaping.md(text) == text
