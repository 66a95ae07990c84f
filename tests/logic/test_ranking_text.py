"""A ranking in words can be read back, and every row can be cited."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.domain.document import DocumentKind, Span
from briefing.domain.ranking import RankingRow, Window
from briefing.logic.quantities import read_quantities
from briefing.logic.ranking_text import (
    as_of_line,
    cardinal,
    ordinal,
    row_span,
    snapshot_document,
    total_span,
    window_phrase,
)
from tests.builders import snapshot

USAGE = snapshot(
    ("DeepSeek-V4-Flash", 3_430_000_000_000),
    ("Old Model", 3_100_123_456_789),
    ("Third", 5),
    total=Decimal(28_900_000_000_000),
    attribution="Source: Usage Board (sample)",
    caveats=("Tokens of different providers are not directly comparable.",),
)


def words_of(span: Span | None, text: str) -> str:
    assert span is not None
    return text[span.start : span.end]


def test_every_row_and_the_total_stand_as_sentences_of_the_text() -> None:
    document = snapshot_document(USAGE, topics=("ai",), weight=2.0)

    assert words_of(row_span(USAGE, "deepseek-v4-flash"), document.text) == (
        "DeepSeek-V4-Flash ranked first with 3.43 trillion tokens in the week of "
        "18–24 May 2026."
    )
    assert words_of(row_span(USAGE, "old model"), document.text) == (
        "Old Model ranked second with 3,100,123,456,789 tokens in the week of "
        "18–24 May 2026."
    )
    assert words_of(total_span(USAGE), document.text) == (
        "The total over all items, listed or not, was 28.9 trillion tokens in the "
        "week of 18–24 May 2026."
    )
    assert document.text.endswith(
        "Source: Usage Board (sample).\n\n"
        "Tokens of different providers are not directly comparable."
    )
    assert document.kind is DocumentKind.RANKING
    assert (document.id, document.url) == (USAGE.id, USAGE.url)
    assert (document.topics, document.weight) == (("ai",), 2.0)


def test_a_key_that_is_not_listed_has_no_place() -> None:
    with pytest.raises(KeyError):
        row_span(USAGE, "nobody")
    assert total_span(snapshot(("A", 1))) is None


def test_a_tie_a_group_and_a_missing_value_are_told_as_such() -> None:
    tied = snapshot(
        rows=(
            RankingRow(rank=1, key="a", label="Alpha", group="Norland"),
            RankingRow(rank=1, key="b", label="Beta", value=Decimal(2)),
        ),
        window=None,
    )

    text = snapshot_document(tied).text

    assert "Alpha (Norland) tied for first as of 25 May 2026." in text
    assert "Beta tied for first with 2 tokens as of 25 May 2026." in text


def test_a_page_without_a_date_of_its_own_has_no_publication_date() -> None:
    undated = snapshot(("A", 1), window=None, as_of_is_ours=True)

    document = snapshot_document(undated)

    assert document.published_at is None
    assert "A ranked first with 1 token when read on 25 May 2026." in document.text
    assert as_of_line(undated) == "Read on 25 May 2026."


@pytest.mark.parametrize(
    ("start", "end", "phrase", "line"),
    [
        ((5, 18), (5, 24), "in the week of 18–24 May 2026", "Week of 18–24 May 2026"),
        (
            (4, 27),
            (5, 3),
            "in the week of 27 April – 3 May 2026",
            "Week of 27 April – 3 May 2026",
        ),
        ((5, 18), (5, 18), "on 18 May 2026", "18 May 2026"),
        ((5, 1), (5, 31), "in May 2026", "May 2026"),
        ((5, 1), (5, 14), "in the period 1–14 May 2026", "Period 1–14 May 2026"),
    ],
)
def test_a_window_reads_as_a_person_would_say_it(
    start: tuple[int, int], end: tuple[int, int], phrase: str, line: str
) -> None:
    window = Window(date(2026, *start), date(2026, *end))
    measured = snapshot(
        ("A", 1), window=window, taken_at=datetime(2026, 6, 1, tzinfo=UTC)
    )

    assert window_phrase(measured) == phrase
    assert as_of_line(measured) == f"{line}, as of 1 June 2026."


def test_a_list_of_its_own_day_is_dated_once() -> None:
    day = date(2026, 6, 1)
    measured = snapshot(
        ("A", 1), window=Window(day, day), taken_at=datetime(2026, 6, 1, tzinfo=UTC)
    )

    assert as_of_line(measured) == "1 June 2026."


def test_small_counts_are_words() -> None:
    assert [cardinal(count) for count in (2, 9, 10, 12)] == ["two", "nine", "10", "12"]


def test_ranks_beyond_ten_are_figures() -> None:
    assert [ordinal(rank) for rank in (1, 10, 11, 12, 21, 22, 103, 111)] == [
        "first", "tenth", "11th", "12th", "21st", "22nd", "103rd", "111th",
    ]  # fmt: skip


@given(
    st.decimals(min_value=0, max_value=10**15, places=2),
    st.sampled_from(["token", "USD", "percent", "download", "km"]),
)
def test_a_printed_value_is_read_back_exactly(value: Decimal, unit: str) -> None:
    one = snapshot(("Alpha", str(value)), unit=unit)
    text = snapshot_document(one).text

    sentence = words_of(row_span(one, "alpha"), text)

    assert (value, unit) in [
        (quantity.value, quantity.unit) for quantity in read_quantities(sentence)
    ]
