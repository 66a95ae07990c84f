"""The rows of a ranking by vendor, country or the like: what each group adds up to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from briefing.domain.ranking import RankingSnapshot
from briefing.logic.ranking_diff import (
    by_key,
    change_percent,
    refuse_unequal,
    share_percent,
)

# Fewer rows are no group: their row says it already.
_FEWEST_ROWS = 2
# Chosen: what may come from a group's smallest member falling off the list is noise.
MIN_POINTS = Decimal(1)


@dataclass(frozen=True, slots=True)
class Group:
    """The listed rows of one group.

    Attributes:
        name: as the rows have it.
        rows: how many, at least two.
        value: their sum, in the snapshot's unit.
        share_percent: of the ranking's total, or of all listed rows where it states
            none; unrounded.
    """

    name: str
    rows: int
    value: Decimal
    share_percent: Decimal


@dataclass(frozen=True, slots=True)
class GroupChange:
    """How a group moved between two snapshots.

    Attributes:
        name: of the group.
        before: None if it had no two rows then.
        after: None if it has none now.
        change_percent: of the sum; None if one is unknown.
        points: that its share gained, in percentage points; None if one is unknown.
        is_noise: it moved by less than one point.
    """

    name: str
    before: Group | None
    after: Group | None
    change_percent: Decimal | None
    points: Decimal | None
    is_noise: bool


def groups(snapshot: RankingSnapshot) -> tuple[Group, ...]:
    """Groups of two rows or more whose values are all known, the largest first.

    Only sums can be added: a snapshot with a negative value, or without any, has none.
    """
    rows = list(by_key(snapshot).values())
    values = [row.value for row in rows if row.value is not None]
    if not values or min(values) < 0 or not is_summable(snapshot.unit):
        return ()
    whole = snapshot.total or sum(values, Decimal(0))
    found: list[Group] = []
    for name in dict.fromkeys(row.group for row in rows if row.group):
        held = [row.value for row in rows if row.group == name]
        known = [value for value in held if value is not None]
        share = share_percent(sum(known, Decimal(0)), whole)
        if len(held) >= _FEWEST_ROWS and len(known) == len(held) and share is not None:
            found.append(Group(name, len(held), sum(known, Decimal(0)), share))
    return tuple(sorted(found, key=lambda one: (-one.value, one.name)))


def is_summable(unit: str) -> bool:
    """Tokens and downloads add up; ratings, ranks, shares and prices do not."""
    return unit not in {"", "point", "points", "score", "elo", "rank", "percent", "%"}


def group_changes(
    old: RankingSnapshot, new: RankingSnapshot
) -> tuple[GroupChange, ...]:
    """How every group moved, by newest size. Raises ValueError as `diff` does."""
    refuse_unequal(old, new)
    before = {one.name: one for one in groups(old)}
    after = {one.name: one for one in groups(new)}
    made = []
    for name in (*after, *(one for one in before if one not in after)):
        was, now = before.get(name), after.get(name)
        points = now.share_percent - was.share_percent if was and now else None
        made.append(
            GroupChange(
                name=name,
                before=was,
                after=now,
                change_percent=change_percent(was.value, now.value)
                if was and now
                else None,
                points=points,
                is_noise=points is not None and abs(points) < MIN_POINTS,
            )
        )
    return tuple(made)


def top_share(snapshot: RankingSnapshot, count: int) -> Decimal | None:
    """Concentration: the part (0..100) of all that the first `count` rows hold,
    unrounded; None without a total of the ranking, or with a tie at its edge.
    """
    rows = list(by_key(snapshot).values())
    if len(rows) <= count or rows[count - 1].rank == rows[count].rank:
        return None
    values = [row.value for row in rows[:count]]
    known = [value for value in values if value is not None]
    if len(known) < count:
        return None
    return share_percent(sum(known, Decimal(0)), snapshot.total)
