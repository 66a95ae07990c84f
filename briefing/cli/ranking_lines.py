"""What `briefing rankings` prints of tables, courses and moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from briefing.cli.console import out, table
from briefing.domain.brief import RankingTable
from briefing.logic.ranking_history import (
    Point,
    Streak,
    first_streak,
    record_of,
    rise_streak,
)
from briefing.rankings import Difference, Moved

DASH = "–"
_STEPS = {1: "day", 7: "week", 30: "month"}


def print_table(made: RankingTable) -> None:
    """The table and, below it, what it is as of and what it is compared with."""
    rows = [
        (
            str(one.rank),
            one.label,
            number(one.value),
            str(one.rank_before or DASH),
            _signed(one.change_percent),
            percent(one.share_percent),
        )
        for one in made.lines
    ]
    right = ("Rank", "Value", "Was", "Change", "Share")
    columns = ("Rank", "Item", "Value", "Was", "Change", "Share")
    title = f"{made.title}: {made.metric}, in {made.unit}"
    out.print(table(columns, rows, right=right, title=title))
    for line in (made.as_of, made.compared, made.attribution, *made.caveats):
        if line:
            out.print(line, markup=False)


def facts(label: str, points: Sequence[Point], stride: timedelta) -> tuple[str, ...]:
    """A sentence each: how long it is first and rose, and whether that is a record."""
    step = _STEPS.get(stride.days, "step")
    first, rises = first_streak(points), rise_streak(points)
    record = record_of(points)
    lines = (
        f"{label} is first for {_times(first, step)}." if first.length > 1 else "",
        f"Its value rose {_times(rises, step)} in a row." if rises.length > 1 else "",
        f"Its value is the highest of the {record} {step}s that are kept."
        if record
        else "",
    )
    return tuple(one for one in lines if one)


def _times(streak: Streak, step: str) -> str:
    least = "at least " if streak.is_at_least else ""
    return f"{least}{streak.length} {step}s"


def sentence(moved: Moved) -> str:
    """One move with its places, its value and whom it passed."""
    one = moved.change
    places = f"{one.rank_before or DASH} → {one.rank_after or DASH}"
    values = ""
    if one.value_after is not None:
        values = f", {number(one.value_after)}"
        if moved.change_percent is not None:
            values += f" ({_signed(moved.change_percent)})"
    past = f", past {', '.join(moved.overtook)}" if moved.overtook else ""
    return f"{one.kind.value.replace('_', ' ')}: {one.label} ({places}){values}{past}"


def around(moved: Difference) -> tuple[str, ...]:
    """The lead, the groups that moved, and concentration, where they are known."""
    lines: list[str] = []
    if moved.gap_to_next:
        lines.append(f"the first leads by {number(moved.gap_to_next)}")
    for one in moved.groups:
        if one.points is not None and not one.is_noise:
            share = f"{one.points:+.1f} points of all"
            lines.append(f"{one.name}: {_signed(one.change_percent)}, {share}")
    was, now = moved.top_three_share
    if now is not None:
        lines.append(f"the first three hold {percent(now)} of all (was {percent(was)})")
    return tuple(lines)


def number(value: Decimal | None) -> str:
    """All digits in groups of three; a dash for what is not known."""
    return DASH if value is None else f"{value:,f}"


def percent(value: Decimal | None) -> str:
    """With one decimal; a dash for what is not known."""
    return DASH if value is None else f"{value:.1f}%"


def _signed(value: Decimal | None) -> str:
    return DASH if value is None else f"{value:+.1f}%"
