"""A ranking's history as readers see it: a picture, and the numbers beside it."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.domain.ranking import HistoryLine, HistoryPoint, RankingHistory
from briefing.render import numbers, words

# More lines than this cannot be told apart (chosen).
MOST_LINES = 5
# Steps that a table shows; the picture shows them all (chosen: a phone shows six).
_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart block.

    Attributes:
        title: of the ranking.
        metric: what is counted.
        picture: name of the picture's file without its ending, "" without one.
        alt: what the picture shows, for those who do not see it.
        columns: short dates of the last six steps, oldest first.
        rows: an item each: its name and a short value a column, "–" where it was not
            listed.
        attribution: licence line, may be "".
        number: of its source, None when it is not listed.
    """

    title: str
    metric: str
    picture: str
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    attribution: str
    number: int | None


def chart(told: RankingHistory, number: int | None, tag: str, picture: str) -> Chart:
    """`told` for a reader; `picture` names the file that was drawn, "" if none was."""
    shown = told.steps[-_COLUMNS:]
    return Chart(
        title=told.title,
        metric=told.metric,
        picture=picture,
        alt=_alt(told, tag),
        columns=tuple(words.short_day(step.at, tag) for step in shown),
        rows=tuple(
            (line.label, tuple(_cell(one, tag) for one in line.points[-_COLUMNS:]))
            for line in told.lines[:MOST_LINES]
        ),
        attribution=told.attribution,
        number=number,
    )


def _cell(point: HistoryPoint, tag: str) -> str:
    if point.rank is None:
        return "–"
    if point.value is None:
        return f"#{point.rank}"
    return numbers.compact(point.value, tag)


def _alt(told: RankingHistory, tag: str) -> str:
    first = words.day(told.steps[0].at, tag)
    last = words.day(told.steps[-1].at, tag)
    lines = "; ".join(_course(line, tag) for line in told.lines[:MOST_LINES])
    return f"Line chart of {told.metric}, {first} to {last}. {lines}."


def _course(line: HistoryLine, tag: str) -> str:
    known = [_cell(one, tag) for one in line.points if one.rank is not None]
    if not known:
        return f"{line.label} was not listed"
    if len(known) == 1:
        return f"{line.label} {known[0]}"
    return f"{line.label} from {known[0]} to {known[-1]}"
