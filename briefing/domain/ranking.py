"""A leaderboard as data: RankingSnapshot, RankingChange, and RankingHistory."""

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
        low: lower end of the value's confidence interval, None without one.
        high: its upper end; set exactly when `low` is.
        facts: what its card says of the item, sentences without their subject: "has a
            context window of 1,048,576 tokens".
    """

    rank: int
    key: str
    label: str
    value: Decimal | None = None
    group: str | None = None
    link: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    facts: tuple[str, ...] = ()


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
        fields: names of the fields that its rows were served with, sorted: what the
            next reading is held against. () where rows have no names.
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
    fields: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Says what it is: source, window and as-of; a restated page keeps its id."""
        frame = (self.window.start, self.window.end) if self.window else None
        seed = f"{self.source_id}\0{frame}\0{self.taken_at.isoformat()}".encode()
        return "r" + hashlib.blake2b(seed, digest_size=8).hexdigest()


class ChangeKind(StrEnum):
    """How a row moved between two snapshots."""

    TOOK_FIRST = "took_first"
    TIED_FIRST = "tied_first"
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


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """One step of a ranking's history: when, and over what.

    Attributes:
        snapshot_id: whose figures.
        at: the last moment that they cover, aware UTC.
        window: the days measured, None if the page does not say.
        total: over all items, listed or not; None if not stated.
        is_after_gap: the step before it is missing, so nothing is told across.
    """

    snapshot_id: str
    at: datetime
    window: Window | None
    total: Decimal | None
    is_after_gap: bool


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """Where one item stood at one step.

    Attributes:
        rank: None where the page did not list it.
        is_alone: no other item shares the rank.
        value: in the ranking's unit, None if not stated.
    """

    rank: int | None
    is_alone: bool
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One item through all steps.

    Attributes:
        key: stable identity.
        label: its newest name.
        points: one a step, same order.
    """

    key: str
    label: str
    points: tuple[HistoryPoint, ...]


@dataclass(frozen=True, slots=True)
class RankingHistory:
    """What was kept of a ranking's leading items, at even steps.

    Attributes:
        source_id: whose ranking.
        title: of the ranking.
        publisher: whose ranking it is.
        url: where a reader can look.
        metric: what is counted.
        unit: canonical unit of the values.
        stride_days: a step, in days; at least 1.
        steps: oldest first, at least one.
        lines: by newest rank.
        fetched_at: when the newest was read, aware UTC.
        attribution: licence line.
    """

    source_id: str
    title: str
    publisher: str
    url: str
    metric: str
    unit: str
    stride_days: int
    steps: tuple[HistoryStep, ...]
    lines: tuple[HistoryLine, ...]
    fetched_at: datetime
    attribution: str = ""

    @property
    def id(self) -> str:
        """Says what it is: the newest snapshot, its items, and how far it goes back."""
        seed = "\0".join(
            (
                self.source_id,
                *(step.snapshot_id for step in self.steps),
                *(line.key for line in self.lines),
            )
        )
        return "h" + hashlib.blake2b(seed.encode(), digest_size=8).hexdigest()
