"""The printed table of a ranking: its top rows, and who moved below them."""

from __future__ import annotations

from briefing.domain.brief import RankedLine, RankingTable
from briefing.domain.ranking import RankingRow, RankingSnapshot
from briefing.logic.ranking_diff import (
    by_key,
    change_percent,
    diff,
    share_percent,
)
from briefing.logic.ranking_text import as_of_line, compared_line

# Rows below the top that earn a line by their move; chosen by us: BRIEF.md section 2
# asks for "top 5-10 + movers", and a table longer than a screen is not read.
MOVERS = 3


def ranking_table(
    snapshot: RankingSnapshot,
    before: RankingSnapshot | None,
    *,
    base: RankingSnapshot | None,
    document_id: str,
    limit: int,
) -> RankingTable:
    """The first `limit` rows, all that tie with the last of them, and three movers.

    Ranks are compared with `before` and values with `base`, which of daily figures is
    another (`ranking_match.base_of`); only if they are comparable (same source, metric
    and length of window), else, as with None, those cells are None.
    """
    comparable = before if before is not None and _compares(before, snapshot) else None
    based = base if base is not None and _compares(base, snapshot) else None
    rows = by_key(snapshot)
    printed = _top(list(rows.values()), limit)
    shown = {row.key for row in printed}
    if comparable is not None:
        below = [
            rows[change.key]
            for change in diff(comparable, snapshot)
            if change.key in rows and change.key not in shown
        ]
        movers = below[: max(0, min(MOVERS, limit))]
        printed += sorted(movers, key=lambda row: (row.rank, row.key))
    earlier = by_key(comparable) if comparable is not None else {}
    worth = by_key(based) if based is not None else {}
    return RankingTable(
        snapshot_id=snapshot.id,
        document_id=document_id,
        title=snapshot.title,
        metric=snapshot.metric,
        unit=snapshot.unit,
        lines=tuple(
            _line(row, earlier.get(row.key), worth.get(row.key), snapshot)
            for row in printed
        ),
        as_of=as_of_line(snapshot),
        compared=compared_line(based) if based is not None else "",
        attribution=snapshot.attribution,
        caveats=snapshot.caveats,
    )


def _compares(before: RankingSnapshot, snapshot: RankingSnapshot) -> bool:
    try:
        diff(before, snapshot)
    except ValueError:
        return False
    return True


def _top(rows: list[RankingRow], limit: int) -> list[RankingRow]:
    if limit < 1 or not rows:
        return []
    last = rows[min(limit, len(rows)) - 1].rank
    return [row for row in rows if row.rank <= last]


def _line(
    row: RankingRow,
    was: RankingRow | None,
    worth: RankingRow | None,
    snapshot: RankingSnapshot,
) -> RankedLine:
    return RankedLine(
        rank=row.rank,
        label=row.label,
        value=row.value,
        rank_before=was.rank if was else None,
        change_percent=change_percent(worth.value, row.value) if worth else None,
        share_percent=share_percent(row.value, snapshot.total),
    )
