"""A ranking as readers see it: short values, moves, and bars on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from briefing.domain.brief import RankedLine, RankingTable
from briefing.render import numbers


class Move(StrEnum):
    """Where a row came from; templates have a sign and a word for each."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    NEW = "new"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Line:
    """One row, ready to print; "" stands for a value that is not known.

    Attributes:
        rank: 1 is the top.
        label: as in the snapshot.
        value: "3.43T".
        exact: "3430000000000".
        change: "+66.0%".
        share: "11.9%".
        move: against the snapshot before.
        places: moved, 0 unless it went up or down.
        bar: length in percent of the longest, 0 for unknown and negative values.
    """

    rank: int
    label: str
    value: str
    exact: str
    change: str
    share: str
    move: Move
    places: int
    bar: int

    @property
    def blocks(self) -> str:
        """The bar in characters, ten at most, for formats without drawing."""
        return "█" * (self.bar // 10) + ("▌" if self.bar % 10 >= 5 else "")


@dataclass(frozen=True, slots=True)
class Table:
    """A ranking block.

    Attributes:
        title: of the ranking.
        metric: what is counted.
        lines: by rank.
        as_of: when and for which window.
        attribution: licence line, may be "".
        caveats: the source's own warnings.
        number: of its source, None when it is not listed.
        has_moves: a snapshot before is known, so ranks can be compared.
        has_changes: at least one row has a change of value.
        has_shares: at least one row has a share.
        has_bars: at least one row has a bar.
        compared: what changes are measured against, may be "".
    """

    title: str
    metric: str
    lines: tuple[Line, ...]
    as_of: str
    attribution: str
    caveats: tuple[str, ...]
    number: int | None
    has_moves: bool
    has_changes: bool
    has_shares: bool
    has_bars: bool
    compared: str


def table(ranking: RankingTable, number: int | None, tag: str) -> Table:
    """`ranking` for a reader; `number` is the mark of its source."""
    has_moves = any(line.rank_before is not None for line in ranking.lines)
    values = [line.value for line in ranking.lines if line.value is not None]
    longest = max(values, default=Decimal(0))
    return Table(
        title=ranking.title,
        metric=ranking.metric,
        lines=tuple(
            _line(line, longest, tag, has_moves=has_moves) for line in ranking.lines
        ),
        as_of=ranking.as_of,
        attribution=ranking.attribution,
        caveats=ranking.caveats,
        number=number,
        has_moves=has_moves,
        has_changes=any(line.change_percent is not None for line in ranking.lines),
        has_shares=any(line.share_percent is not None for line in ranking.lines),
        has_bars=longest > 0,
        compared=ranking.compared,
    )


def _line(line: RankedLine, longest: Decimal, tag: str, *, has_moves: bool) -> Line:
    move, places = _move(line) if has_moves else (Move.UNKNOWN, 0)
    change, share = line.change_percent, line.share_percent
    return Line(
        rank=line.rank,
        label=line.label,
        value="" if line.value is None else numbers.compact(line.value, tag),
        exact="" if line.value is None else f"{line.value:f}",
        change="" if change is None else numbers.signed_percent(change, tag),
        share="" if share is None else numbers.percent(share, tag),
        move=move,
        places=places,
        bar=_bar(line.value, longest),
    )


def _move(line: RankedLine) -> tuple[Move, int]:
    if line.rank_before is None:
        return Move.NEW, 0
    if line.rank_before == line.rank:
        return Move.SAME, 0
    if line.rank_before > line.rank:
        return Move.UP, line.rank_before - line.rank
    return Move.DOWN, line.rank - line.rank_before


def _bar(value: Decimal | None, longest: Decimal) -> int:
    if value is None or value <= 0 or longest <= 0:
        return 0
    # At least one percent: a bar that cannot be seen reads as zero.
    return max(1, round(value / longest * 100))
