"""The kept snapshots of one ranking as a history: its slots, streaks and records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median

from briefing.domain.ranking import (
    HistoryLine,
    HistoryPoint,
    HistoryStep,
    RankingHistory,
    RankingSnapshot,
)
from briefing.logic.ranking_diff import by_key, share_percent, window_days

# Fewer figures are no history that a record could stand out from.
_FEWEST_FOR_A_RECORD = 3
# What is kept with a story and drawn: a year of weeks and two months of days tell no
# more than half of each (chosen).
MOST_STEPS = 26


@dataclass(frozen=True, slots=True)
class Slot:
    """One step of a history.

    Attributes:
        snapshot: what the page said then.
        is_after_gap: the step before it is missing, so no streak reaches back over it.
    """

    snapshot: RankingSnapshot
    is_after_gap: bool


@dataclass(frozen=True, slots=True)
class History:
    """Comparable snapshots at even steps, oldest first.

    Attributes:
        slots: a snapshot a step.
        stride: the step: the length of the window where the page states one.
    """

    slots: tuple[Slot, ...]
    stride: timedelta

    @property
    def newest(self) -> RankingSnapshot:
        """What the page said last."""
        return self.slots[-1].snapshot

    @property
    def before(self) -> RankingSnapshot | None:
        """The step before the newest one, None where it is missing."""
        if len(self.slots) < 2 or self.slots[-1].is_after_gap:
            return None
        return self.slots[-2].snapshot


@dataclass(frozen=True, slots=True)
class Point:
    """Where one item stood at one step.

    Attributes:
        at: the last moment that the figures cover.
        rank: None where the page did not list it.
        is_alone: no other item shares the rank.
        value: in the snapshot's unit, None if not stated.
        share_percent: of the page's own total, unrounded; None if not stated.
        is_after_gap: the step before it is missing.
    """

    at: datetime
    rank: int | None
    is_alone: bool
    value: Decimal | None
    share_percent: Decimal | None
    is_after_gap: bool


@dataclass(frozen=True, slots=True)
class Streak:
    """So many steps in a row, up to the newest.

    Attributes:
        length: in steps, 0 if it does not hold now.
        is_at_least: it may be longer: what was before is not known.
    """

    length: int
    is_at_least: bool


def history(snapshots: Iterable[RankingSnapshot], cadence: timedelta) -> History:
    """What can be compared with the newest snapshot, one a step; any order is taken.

    Snapshots of another metric, unit or length of window are left out. Overlapping
    windows (a week that is read every day) are thinned to whole steps back from the
    newest. Without a window the step is the usual distance, `cadence` at least.
    """
    kept = sorted(
        snapshots, key=lambda one: (_moment(one), one.fetched_at, one.id), reverse=True
    )
    if not kept:
        return History((), cadence)
    newest = kept[0]
    alike = [one for one in kept if _measures(one) == _measures(newest)]
    stride = _stride(alike, cadence)
    slots: list[Slot] = []
    current: RankingSnapshot | None = newest
    while current is not None:
        older = _step_back(alike, current, stride)
        is_gap = older is None or _distance(older, current) > stride * 1.5
        slots.append(Slot(current, is_gap))
        current = older
    return History(tuple(reversed(slots)), stride)


def course(told: History, key: str) -> tuple[Point, ...]:
    """Where the item stood at every step, oldest first."""
    if not told.slots:
        return ()
    return points(tracked(told, (key,), most_steps=len(told.slots)), key)


def tracked(
    told: History, keys: Sequence[str], *, most_steps: int = MOST_STEPS
) -> RankingHistory:
    """The last steps of these items, as a story carries them; `told` has a step at
    least. What was before the first step that is kept counts as unknown.
    """
    kept = told.slots[-most_steps:]
    newest = told.newest
    standing = [_standing(slot.snapshot) for slot in kept]
    return RankingHistory(
        source_id=newest.source_id,
        title=newest.title,
        publisher=newest.publisher,
        url=newest.url,
        metric=newest.metric,
        unit=newest.unit,
        stride_days=max(1, round(told.stride / timedelta(days=1))),
        steps=tuple(
            HistoryStep(
                snapshot_id=slot.snapshot.id,
                at=_moment(slot.snapshot),
                window=slot.snapshot.window,
                total=slot.snapshot.total,
                is_after_gap=slot.is_after_gap or not number,
            )
            for number, slot in enumerate(kept)
        ),
        lines=tuple(
            HistoryLine(
                key,
                next((one[key][0] for one in reversed(standing) if key in one), key),
                tuple(one[key][1] if key in one else _UNLISTED for one in standing),
            )
            for key in dict.fromkeys(keys)
        ),
        fetched_at=newest.fetched_at,
        attribution=newest.attribution,
    )


def points(told: RankingHistory, key: str) -> tuple[Point, ...]:
    """Where the item stood at every step, oldest first; () if it is not tracked."""
    return tuple(
        Point(
            at=step.at,
            rank=point.rank,
            is_alone=point.is_alone,
            value=point.value,
            share_percent=share_percent(point.value, step.total),
            is_after_gap=step.is_after_gap,
        )
        for line in told.lines
        if line.key == key
        for step, point in zip(told.steps, line.points, strict=True)
    )


def totals(told: RankingHistory) -> tuple[Point, ...]:
    """The ranking's own total at every step, oldest first."""
    return tuple(
        Point(step.at, None, False, step.total, None, step.is_after_gap)
        for step in told.steps
    )


def streak(points: Sequence[Point], holds: Callable[[Point], bool]) -> Streak:
    """For how many steps up to the newest one `holds`; a gap ends what is known."""
    length = 0
    for point in reversed(points):
        if not holds(point):
            return Streak(length, is_at_least=False)
        length += 1
        if point.is_after_gap:
            break
    return Streak(length, is_at_least=length > 0)


def first_streak(points: Sequence[Point]) -> Streak:
    """For how many steps it has been first; a shared first place is none."""
    return streak(points, lambda point: point.rank == 1 and point.is_alone)


def rise_streak(points: Sequence[Point]) -> Streak:
    """How many times in a row its value rose, up to the newest step."""
    length = 0
    for was, now in zip(reversed(points[:-1]), reversed(points[1:]), strict=True):
        if now.is_after_gap or was.value is None or now.value is None:
            return Streak(length, is_at_least=length > 0)
        if now.value <= was.value:
            return Streak(length, is_at_least=False)
        length += 1
    return Streak(length, is_at_least=length > 0)


def record_of(points: Sequence[Point]) -> int:
    """The number of steps with a figure, of which the newest is the highest by itself;
    0 if it is not, or if there are fewer than three.
    """
    values = [point.value for point in points if point.value is not None]
    if len(values) < _FEWEST_FOR_A_RECORD or points[-1].value is None:
        return 0
    return len(values) if values[-1] > max(values[:-1]) else 0


def overtaken(old: RankingSnapshot, new: RankingSnapshot, key: str) -> tuple[str, ...]:
    """Labels of those that stood above it and now stand below, best first; ties count
    for neither.
    """
    before, after = by_key(old), by_key(new)
    if key not in before or key not in after:
        return ()
    return tuple(
        row.label
        for other, row in before.items()
        if other in after
        and row.rank < before[key].rank
        and after[other].rank > after[key].rank
    )


def _stride(newest_first: Sequence[RankingSnapshot], cadence: timedelta) -> timedelta:
    days = window_days(newest_first[0])
    if days is not None:
        return timedelta(days=days)
    moments = sorted({_moment(one) for one in newest_first})
    distances = [
        (later - earlier).total_seconds() for earlier, later in pairwise(moments)
    ]
    usual = timedelta(seconds=median(distances)) if distances else cadence
    return max(cadence, usual)


def _step_back(
    newest_first: Sequence[RankingSnapshot],
    current: RankingSnapshot,
    stride: timedelta,
) -> RankingSnapshot | None:
    """What stands nearest to one step before; else the newest before that."""
    older = [one for one in newest_first if _distance(one, current) >= stride * 0.75]
    near = [one for one in older if _distance(one, current) <= stride * 1.25]
    if near:
        return min(near, key=lambda one: abs(_distance(one, current) - stride))
    return older[0] if older else None


def _distance(earlier: RankingSnapshot, later: RankingSnapshot) -> timedelta:
    return _moment(later) - _moment(earlier)


def _moment(snapshot: RankingSnapshot) -> datetime:
    if snapshot.window is None:
        return snapshot.taken_at
    return datetime.combine(snapshot.window.end, time(), UTC)


def _measures(snapshot: RankingSnapshot) -> tuple[str, str, int | None]:
    return snapshot.metric, snapshot.unit, window_days(snapshot)


_UNLISTED = HistoryPoint(rank=None, is_alone=False, value=None)


def _standing(snapshot: RankingSnapshot) -> dict[str, tuple[str, HistoryPoint]]:
    """Label and place of every row by its key."""
    rows = by_key(snapshot)
    held = Counter(row.rank for row in rows.values())
    return {
        key: (row.label, HistoryPoint(row.rank, held[row.rank] == 1, row.value))
        for key, row in rows.items()
    }
