"""Which snapshots to compare, and which documents talk about a ranking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.domain.document import Document
from briefing.domain.ranking import RankingChange, RankingHistory, RankingSnapshot
from briefing.logic.ranking_diff import by_key, diff, window_days
from briefing.logic.ranking_history import history, tracked
from briefing.logic.text import words

# A report on a ranking names the item early and the ranking soon after; further down
# both names stand in passing. Chosen by us.
_EARLY_WORDS = 250
_NAMED_WORDS = 600
_TOP_ROWS = 3
# More lines than this cannot be told apart in a chart (chosen).
_CHARTED = 5
_MOVERS = 3
# Far down a long list places are lost and won by chance (chosen).
_NEWS_DEPTH = 50
_SHORTEST_STEP = timedelta(days=1)
_WEEK = timedelta(days=7)
_SHORTEST_NAME = 3
_RANKED = frozenset(
    "rank ranks ranked ranking rankings top tops topped first second third lead leads "
    "leader leading leaderboard leaderboards chart charts list place places overtake "
    "overtakes overtook overtaken rose fell climbed dropped slipped entered".split()
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The newest snapshot of one source with what it is compared to.

    Attributes:
        newest: by as-of.
        before: the step before it, None where it is missing.
        base: what values are compared with: `before`, but of daily figures the same
            weekday a week earlier, because a Sunday is no Monday; None if not held.
        changes: what moved from `before` to `newest`.
        history: what was kept of the leading items and of those that moved.
    """

    newest: RankingSnapshot
    before: RankingSnapshot | None
    base: RankingSnapshot | None
    changes: tuple[RankingChange, ...]
    history: RankingHistory

    @property
    def snapshots(self) -> tuple[RankingSnapshot, ...]:
        """Newest first, each once."""
        held = (self.newest, self.before, self.base)
        return tuple(dict.fromkeys(one for one in held if one is not None))


def compare_newest(snapshots: Sequence[RankingSnapshot]) -> tuple[Comparison, ...]:
    """One comparison a source, by source id; a restated snapshot counts once."""
    latest: dict[str, RankingSnapshot] = {}
    for one in sorted(snapshots, key=lambda one: (one.fetched_at, one.id)):
        latest[one.id] = one
    sources: dict[str, list[RankingSnapshot]] = {}
    for one in sorted(latest.values(), key=lambda one: (one.taken_at, one.fetched_at)):
        sources.setdefault(one.source_id, []).append(one)
    return tuple(compared(sources[source]) for source in sorted(sources))


def compared(snapshots: Sequence[RankingSnapshot]) -> Comparison:
    """The newest of one source's snapshots (at least one) with its comparisons."""
    told = history(snapshots, _SHORTEST_STEP)
    newest, before = told.newest, told.before
    changes = diff(before, newest) if before is not None else ()
    changes = tuple(one for one in changes if _best_rank(one) <= _NEWS_DEPTH)
    rows = by_key(newest)
    firsts = by_key(before) if before is not None else {}
    keys = [
        *list(rows)[:_CHARTED],
        *(one.key for one in changes[:_MOVERS]),
        *(key for key, row in firsts.items() if row.rank == 1),
    ]
    return Comparison(newest, before, base_of(snapshots), changes, tracked(told, keys))


def _best_rank(change: RankingChange) -> int:
    return min(one for one in (change.rank_before, change.rank_after) if one)


def base_of(snapshots: Sequence[RankingSnapshot]) -> RankingSnapshot | None:
    """What the newest one's values are compared with, see `Comparison.base`."""
    told = history(snapshots, _SHORTEST_STEP)
    if window_days(told.newest) != 1:
        return told.before
    end = _last_day(told.newest)
    return next(
        (
            slot.snapshot
            for slot in told.slots
            if end - _last_day(slot.snapshot) == _WEEK
        ),
        None,
    )


def step_before(snapshots: Sequence[RankingSnapshot]) -> RankingSnapshot | None:
    """What the newest one's ranks are compared with; None if that step is missing."""
    return history(snapshots, _SHORTEST_STEP).before


def _last_day(snapshot: RankingSnapshot) -> date:
    return snapshot.window.end if snapshot.window else snapshot.taken_at.date()


def talking(
    documents: Sequence[Document], comparison: Comparison
) -> tuple[Document, ...]:
    """The documents that report on the ranking: they name it (or are its publisher's),
    name an item that leads or moved, and speak of places.
    """
    snapshot = comparison.newest
    titles = _names((snapshot.title, _plain(snapshot.publisher)))
    top = list(by_key(snapshot).values())[:_TOP_ROWS]
    moved = [change.label for change in comparison.changes]
    items = _names([*(row.label for row in top), *moved])
    return tuple(one for one in documents if _talks(one, snapshot, titles, items))


def _talks(
    document: Document,
    snapshot: RankingSnapshot,
    titles: Sequence[str],
    items: Sequence[str],
) -> bool:
    tokens = words(f"{document.title}\n{document.text}")
    early = f" {' '.join(tokens[:_EARLY_WORDS])} "
    whole = f" {' '.join(tokens[:_NAMED_WORDS])} "
    is_its_own = document.publisher != "" and document.publisher == snapshot.publisher
    return (
        any(item in early for item in items)
        and (is_its_own or any(title in whole for title in titles))
        and not _RANKED.isdisjoint(tokens[:_EARLY_WORDS])
    )


def _plain(publisher: str) -> str:
    """Without what stands in brackets: "Usage Board (sample)" is "Usage Board"."""
    return re.sub(r"\s*[(\[][^)\]]*[)\]]", "", publisher)


def _names(printed: Sequence[str]) -> tuple[str, ...]:
    """Spaced lower-case forms; of "Vendor: Item" and "vendor/item" the item as well."""
    found: dict[str, None] = {}
    for one in printed:
        for form in (one, re.split(r"[:/]\s*", one)[-1]):
            name = " ".join(words(form))
            if len(name) >= _SHORTEST_NAME:
                found[f" {name} "] = None
    return tuple(found)
