"""A leaderboard as data: RankingSnapshot (what a page said) and RankingChange."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Window:
    """The days a figure measures, both ends included; a snapshot's own, never ours.

    Attributes:
        start: first day.
        end: last day; equal to start for a daily figure.
    """

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One line of a ranking.

    Attributes:
        rank: 1 is the top; tied rows share the smaller rank.
        key: stable identity; labels get renamed, keys do not.
        label: the name as printed.
        value: in the snapshot's unit, None if the page gives none.
        group: vendor, country, licence or the like, None if not stated.
        link: the item's own page, or None.
    """

    rank: int
    key: str
    label: str
    value: Decimal | None = None
    group: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class RankingSnapshot:
    """What a ranking page said.

    Attributes:
        source_id: the Source that was read.
        title: of the ranking, as readers know it.
        publisher: whose ranking it is.
        url: where a reader can look.
        taken_at: the page's own as-of (aware UTC); our clock only if `as_of_is_ours`.
        fetched_at: when we read it, aware UTC.
        metric: what is counted, as a noun phrase.
        unit: canonical unit of the values ("token").
        window: the days measured, None if the page does not say.
        rows: by rank.
        total: over all items, listed or not; None if not stated.
        attribution: licence line to print.
        caveats: the source's own warnings.
        as_of_is_ours: the page gave no as-of of its own.
    """

    source_id: str
    title: str
    publisher: str
    url: str
    taken_at: datetime
    fetched_at: datetime
    metric: str
    unit: str
    window: Window | None
    rows: tuple[RankingRow, ...]
    total: Decimal | None = None
    attribution: str = ""
    caveats: tuple[str, ...] = ()
    as_of_is_ours: bool = False

    @property
    def id(self) -> str:
        """Says what it is: source, window and as-of; a restated page keeps its id."""
        frame = (self.window.start, self.window.end) if self.window else None
        seed = f"{self.source_id}\0{frame}\0{self.taken_at.isoformat()}".encode()
        return "r" + hashlib.blake2b(seed, digest_size=8).hexdigest()


class ChangeKind(StrEnum):
    """How a row moved between two snapshots."""

    TOOK_FIRST = "took_first"
    ROSE = "rose"
    FELL = "fell"
    ENTERED = "entered"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class RankingChange:
    """One move between two snapshots of one ranking, with both as evidence.

    Attributes:
        kind: what happened.
        source_id: whose ranking.
        before_id: id of the older snapshot.
        after_id: id of the newer snapshot.
        key: the row that moved.
        label: its newest name.
        rank_before: None if it entered.
        rank_after: None if it left.
        value_before: in the snapshot's unit, or None.
        value_after: in the snapshot's unit, or None.
    """

    kind: ChangeKind
    source_id: str
    before_id: str
    after_id: str
    key: str
    label: str
    rank_before: int | None
    rank_after: int | None
    value_before: Decimal | None = None
    value_after: Decimal | None = None
