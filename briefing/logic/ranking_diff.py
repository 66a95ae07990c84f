"""Two snapshots of one ranking -> what moved, and by how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from briefing.domain.ranking import (
    ChangeKind,
    RankingChange,
    RankingRow,
    RankingSnapshot,
)

# A page with fewer rows is a failed read or no ranking; nothing is said about it.
MIN_ROWS = 3


def diff(
    old: RankingSnapshot, new: RankingSnapshot, *, min_move: int = 3
) -> tuple[RankingChange, ...]:
    """What moved between two snapshots of one ranking: a new first place, then by size.

    Rows are matched by `key`, never by label (labels get renamed). `min_move` is in
    places; smaller moves are noise. A row entered (or left) only where the other
    list is complete down to its rank: a page that showed 15 rows last week says nothing
    about who was 16th. A first place that is shared, or whose confidence interval
    meets the next one's, is tied, never taken; a move whose own intervals meet is
    noise. Fewer than three rows on either side give no changes. Raises ValueError if
    the snapshots are of two sources, metrics, units or window lengths.
    """
    refuse_unequal(old, new)
    before, after = by_key(old), by_key(new)
    if min(len(before), len(after)) < MIN_ROWS:
        return ()
    reach_before, reach_after = _complete_to(before), _complete_to(after)
    first_before, first_after = leaders(old), leaders(new)
    changes: list[RankingChange] = []
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        kind = _kind(was, now, min_move, reach_before, reach_after)
        if key in first_after and reach_before and key not in first_before:
            is_alone = len(first_after) == 1
            kind = ChangeKind.TOOK_FIRST if is_alone else ChangeKind.TIED_FIRST
        row = now or was
        if kind is None or row is None:
            continue
        changes.append(
            RankingChange(
                kind=kind,
                source_id=new.source_id,
                before_id=old.id,
                after_id=new.id,
                key=key,
                label=row.label,
                rank_before=was.rank if was else None,
                rank_after=now.rank if now else None,
                value_before=was.value if was else None,
                value_after=now.value if now else None,
            )
        )
    deepest = max(row.rank for row in (*before.values(), *after.values())) + 1
    return tuple(sorted(changes, key=lambda change: _order(change, deepest)))


def by_key(snapshot: RankingSnapshot) -> dict[str, RankingRow]:
    """Its rows by rank, then key; of a repeated key the best rank counts."""
    rows: dict[str, RankingRow] = {}
    for row in sorted(snapshot.rows, key=lambda row: (row.rank, row.key, row.label)):
        rows.setdefault(row.key, row)
    return rows


def leaders(snapshot: RankingSnapshot) -> tuple[str, ...]:
    """Keys of the first row and of all that cannot be told from it: those that share
    its rank, and those whose confidence interval meets its own.
    """
    rows = list(by_key(snapshot).values())
    if not rows:
        return ()
    first = rows[0]
    return tuple(row.key for row in rows if row.rank == first.rank or _meet(first, row))


def _meet(one: RankingRow, other: RankingRow) -> bool:
    """Both state an interval, and the two have a value in common."""
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    return one.low <= other.high and other.low <= one.high


def change_percent(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """By how much `after` is more than `before`, in percent, not rounded for print.

    None where either is unknown or `before` is not above zero.
    """
    if before is None or after is None or before <= 0:
        return None
    return (after - before) * 100 / before


def share_percent(value: Decimal | None, total: Decimal | None) -> Decimal | None:
    """`value` as part of `total`, in percent, unrounded; None if either is unknown."""
    if value is None or total is None or total <= 0:
        return None
    return value * 100 / total


def unknown_share(held: Sequence[RankingSnapshot], new: RankingSnapshot) -> Decimal:
    """The share (0..1) of `new`'s items that no snapshot of `held` lists, as far down
    as the shortest of them reaches; 0 without any to compare with.
    """
    lists = [by_key(one) for one in held]
    reach = min((len(one) for one in lists), default=0)
    top = list(by_key(new))[:reach]
    if not top:
        return Decimal(0)
    known = {key for one in lists for key in one}
    return Decimal(sum(key not in known for key in top)) / len(top)


def refuse_unequal(old: RankingSnapshot, new: RankingSnapshot) -> None:
    """Raises ValueError unless source, metric, unit and length of window are equal."""
    if old.source_id != new.source_id:
        raise ValueError(f"two sources: {old.source_id!r} and {new.source_id!r}")
    if (old.metric, old.unit) != (new.metric, new.unit):
        raise ValueError(
            f"two metrics: {old.metric!r} in {old.unit!r} "
            f"and {new.metric!r} in {new.unit!r}"
        )
    if window_days(old) != window_days(new):
        raise ValueError(
            f"windows of {window_days(old)} and {window_days(new)} days "
            "cannot be compared"
        )


def window_days(snapshot: RankingSnapshot) -> int | None:
    """How many days it measures, None if it does not say.

    A calendar month counts as 30, so that May may be compared with June.
    """
    if snapshot.window is None:
        return None
    start, end = snapshot.window.start, snapshot.window.end
    days = (end - start).days + 1
    return 30 if 28 <= days <= 31 and start.day == 1 else days


def _complete_to(rows: Mapping[str, RankingRow]) -> int:
    """The rank down to which nothing is missing; rows come by rank."""
    reach = 0
    for place, row in enumerate(rows.values(), start=1):
        # Ties leave later ranks out (1, 1, 3); a rank above its place is a hole.
        if row.rank > place:
            break
        reach = place
    return reach


def _kind(
    was: RankingRow | None,
    now: RankingRow | None,
    min_move: int,
    reach_before: int,
    reach_after: int,
) -> ChangeKind | None:
    if was is None:
        known = now is not None and now.rank <= reach_before
        return ChangeKind.ENTERED if known else None
    if now is None:
        return ChangeKind.LEFT if was.rank <= reach_after else None
    move = was.rank - now.rank
    if abs(move) < max(min_move, 1) or _meet(was, now):
        return None
    return ChangeKind.ROSE if move > 0 else ChangeKind.FELL


def _order(change: RankingChange, deepest: int) -> tuple[bool, int, bool, int, str]:
    was = change.rank_before or deepest
    now = change.rank_after or deepest
    is_first = change.kind in {ChangeKind.TOOK_FIRST, ChangeKind.TIED_FIRST}
    has_left = change.kind is ChangeKind.LEFT
    return (not is_first, -abs(was - now), has_left, min(was, now), change.key)
