"""How long a brief takes to read, and who reads it in how long."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from briefing.domain.brief import (
    Figure,
    Item,
    RankedLine,
    RankingTable,
    Section,
    Shape,
)
from briefing.domain.claim import Claim, ClaimKind
from briefing.logic.reading_time import CHART_WORDS, at_pace, reading_time_s
from tests.render.test_chart import TOLD

_TABLE = RankingTable(
    snapshot_id="s",
    document_id="s",
    title="Ferry routes by passengers",
    metric="passengers",
    unit="passenger",
    lines=(
        RankedLine(1, "North Quay", Decimal(5100), 2, Decimal(7), Decimal(40)),
        RankedLine(2, "Old Harbour", Decimal(4900), None, None, None),
    ),
    as_of="Week of 18–24 May 2026, as of 25 May 2026.",
)


def _said(words: int) -> Claim:
    return Claim(" ".join(["word"] * words) + ".", ClaimKind.REPORTED)


def _prose(words: int) -> Section:
    return Section("a", "A", Shape.PROSE, (Item((_said(words),)),))


def test_238_words_take_a_minute() -> None:
    assert reading_time_s("", (_prose(238),)) == 60


def test_headline_and_questions_are_read_too() -> None:
    answer = Section(
        "b", "B", Shape.ANSWERS, (Item((_said(226),), "Who pays for the berth?"),)
    )

    assert reading_time_s("Ferry line opens a second quay berth", (answer,)) == 60


def test_a_row_of_key_numbers_counts_what_its_cells_say_and_no_sentence_twice() -> None:
    row = Item((_said(100),), figure=Figure("41 million euros", "Price of the berth"))

    seven = Section("k", "K", Shape.FIGURES, (row,))

    assert reading_time_s("", (seven,)) == reading_time_s("", (_prose(7),))


def test_a_table_counts_its_names_and_one_word_a_cell() -> None:
    table = Section("r", "R", Shape.RANKING, table=_TABLE)

    # Four words of names, four cells of the first row and two of the second.
    assert reading_time_s("", (table,)) == reading_time_s("", (_prose(10),))


def test_a_chart_is_looked_at_and_not_read_by_its_numbers() -> None:
    chart = Section("c", "C", Shape.CHART, chart=TOLD)
    longer = replace(TOLD, title="A far longer title of the same ranking")

    both = (chart, Section("d", "D", Shape.CHART, chart=longer))

    assert reading_time_s("", both) == reading_time_s("", (_prose(2 * CHART_WORDS),))


def test_a_slower_reader_takes_longer_and_the_average_one_as_long_as_before() -> None:
    assert at_pace(60, 119) == 120
    assert at_pace(95, 238) == 95
    assert at_pace(300, 300) == 238
