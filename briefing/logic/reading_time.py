"""How long a brief takes to read: sentences, tables and charts, at a reader's pace."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.domain.audience import WORDS_A_MINUTE
from briefing.domain.brief import Figure, Item, RankingTable, Section
from briefing.logic.text import words

# A look at a line chart and its legend, as long as forty words (chosen).
CHART_WORDS = 40


def reading_time_s(headline: str, sections: Sequence[Section]) -> int:
    """Seconds for a brief at the average pace (`WORDS_A_MINUTE`).

    Headline, questions and sentences count by their words; a row of Key numbers by what
    its cells say, a row of a table by its name and one word a cell, since tables are
    scanned and not read; a chart as forty words. Headings, Terms, Sources and How it
    was made are looked up, not read, and do not count.
    """
    count = len(words(headline)) + sum(_words(section) for section in sections)
    return round(count * 60 / WORDS_A_MINUTE)


def at_pace(seconds: int, words_a_minute: int) -> int:
    """What takes `seconds` at the average pace, for a reader of `words_a_minute`."""
    return round(seconds * WORDS_A_MINUTE / words_a_minute)


def _words(section: Section) -> int:
    return (
        sum(_of_item(item) for item in section.items)
        + (_of_table(section.table) if section.table is not None else 0)
        + (CHART_WORDS if section.chart is not None else 0)
    )


def _of_item(item: Item) -> int:
    if item.figure is not None:
        return _of_figure(item.figure)
    said = sum(len(words(claim.text)) for claim in item.claims)
    return said + len(words(item.question or ""))


def _of_figure(figure: Figure) -> int:
    cells = (figure.value, figure.label, figure.comparison, figure.window)
    return sum(len(words(cell)) for cell in cells)


def _of_table(table: RankingTable) -> int:
    return sum(
        len(words(line.label))
        + sum(
            cell is not None
            for cell in (
                line.rank,
                line.value,
                line.change_percent,
                line.share_percent,
            )
        )
        for line in table.lines
    )
