"""Numbers and dates as readers see them, and Markdown's escapes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from briefing.domain.claim import Derivation, Formula
from briefing.render import escaping, numbers, words
from tests.render import builders
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
    assert numbers.compact(Decimal(value)) == printed


def test_a_change_has_a_sign_unless_it_rounds_to_nothing() -> None:
    changes = [
        numbers.signed_percent(Decimal(one)) for one in ("19.89", "-2.96", "0.04")
    ]

    assert changes == ["+19.9%", "−3.0%", "0.0%"]


@pytest.mark.parametrize(
    ("tag", "day", "weekday", "short"),
    [
        ("en", "26 May 2026", "Tuesday, 26 May 2026", "26 May"),
        ("", "26 May 2026", "Tuesday, 26 May 2026", "26 May"),
        ("xx", "26 May 2026", "Tuesday, 26 May 2026", "26 May"),
        ("en-US", "May 26, 2026", "Tuesday, May 26, 2026", "May 26"),
        ("de", "26. Mai 2026", "Dienstag, 26. Mai 2026", "26. Mai"),
        ("fr", "26 mai 2026", "mardi 26 mai 2026", "26 mai"),
        (
            "pt-BR",
            "26 de maio de 2026",
            "terça-feira, 26 de maio de 2026",
            "26 de mai.",
        ),
        ("ja", "2026年5月26日", "2026年5月26日火曜日", "5月26日"),
        ("hi", "26 मई 2026", "मंगलवार, 26 मई 2026", "26 मई"),
    ],
)
def test_dates_are_the_locales_own(
    tag: str, day: str, weekday: str, short: str
) -> None:
    date_ = date(2026, 5, 26)
    moment = datetime(2026, 5, 26, 6, 0, tzinfo=UTC)

    assert words.day(date_, tag) == day
    assert words.weekday(date_, tag) == weekday
    assert words.short_day(date_, tag) == short
    assert words.clock(moment, tag) == f"{day}, 06:00"


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


def test_a_calculation_is_one_locales_from_end_to_end() -> None:
    made = _derivation(Formula.SHARE, "53.4533")
    ratio = _derivation(Formula.DIFFERENCE, "4293000000000")

    assert words.calculation(made, "It was 53.5% of both.", "de") == (
        "9,223\u00a0Bio. tokens ÷ 4,93\u00a0Bio. × 100 = 53,5\u00a0%"
    )
    assert words.calculation(ratio, "The gap is 4.29 trillion tokens.", "de") == (
        "9,223\u00a0Bio. tokens − 4,93\u00a0Bio. = 4,29\u00a0Bio."
    )


def test_costs_stand_as_the_locale_writes_money() -> None:
    assert words.dollars(Decimal("0.00412"), "de") == "0,0041\u00a0$"
    assert words.dollars(Decimal("1.2"), "en-GB") == "$1.20"


@pytest.mark.parametrize(
    ("publishers", "told"),
    [
        (["The Ledger"], "single source"),
        (["The Ledger", "The Courier"], "lead: single source"),
        (["The Ledger", "The Ledger"], "one publisher"),
    ],
)
def test_beside_more_sources_the_single_one_is_the_leads(
    publishers: list[str], told: str
) -> None:
    brief = builders.small_brief()
    (first,) = brief.sources
    sources = (
        replace(first, number=number, publisher=publisher)
        for number, publisher in enumerate(publishers, 1)
    )

    assert words.tags(replace(brief, sources=tuple(sources)), 28) == (told,)


def test_a_cut_ends_between_words_and_says_so() -> None:
    assert escaping.cut("one two  three", 13) == "one two three"
    assert escaping.cut("one two three", 12) == "one two…"
    assert escaping.cut("one two, three", 9) == "one two…"
    assert escaping.cut("up 66% on the week", 16) == "up 66%…"
    assert escaping.cut("a" * 20, 10) == "a" * 9 + "…"


def test_markdown_keeps_ordinary_news_as_it_is() -> None:
    text = "The V4 costs $0.14 (-3.5%), up ~7% & rising; snake_case, 5 > 3, “fine” #1."

    assert escaping.md(text) == text
