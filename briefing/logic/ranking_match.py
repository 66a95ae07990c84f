"""Which snapshots to compare, and which documents talk about a ranking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.domain.document import Document
from briefing.domain.ranking import RankingChange, RankingSnapshot
from briefing.logic.ranking_diff import by_key, diff, window_days
from briefing.logic.text import words

# A report on a ranking names the item early and the ranking soon after; further down
# both names stand in passing. Chosen by us.
_EARLY_WORDS = 250
_NAMED_WORDS = 600
_TOP_ROWS = 3
_SHORTEST_NAME = 3
_RANKED = frozenset(
    "rank ranks ranked ranking rankings top tops topped first second third lead leads "
    "leader leading leaderboard leaderboards chart charts list place places overtake "
    "overtakes overtook overtaken rose fell climbed dropped slipped entered".split()
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The newest snapshot of one source with the one it is compared to.

    Attributes:
        newest: by as-of.
        before: the latest earlier one that is comparable, None if there is none.
        changes: what moved from `before` to `newest`.
    """

    newest: RankingSnapshot
    before: RankingSnapshot | None
    changes: tuple[RankingChange, ...]

    @property
    def snapshots(self) -> tuple[RankingSnapshot, ...]:
        """Newest first."""
        return (self.newest, self.before) if self.before else (self.newest,)


def compare_newest(snapshots: Sequence[RankingSnapshot]) -> tuple[Comparison, ...]:
    """One comparison a source, by source id; a restated snapshot counts once."""
    latest: dict[str, RankingSnapshot] = {}
    for one in sorted(snapshots, key=lambda one: (one.fetched_at, one.id)):
        latest[one.id] = one
    sources: dict[str, list[RankingSnapshot]] = {}
    for one in sorted(latest.values(), key=lambda one: (one.taken_at, one.fetched_at)):
        sources.setdefault(one.source_id, []).append(one)
    return tuple(_compared(sources[source]) for source in sorted(sources))


def _compared(history: Sequence[RankingSnapshot]) -> Comparison:
    newest = history[-1]
    for before in reversed(history[:-1]):
        if _is_comparable(before, newest):
            return Comparison(newest, before, diff(before, newest))
    return Comparison(newest, None, ())


def _is_comparable(before: RankingSnapshot, newest: RankingSnapshot) -> bool:
    if (before.metric, before.unit) != (newest.metric, newest.unit):
        return False
    if window_days(before) != window_days(newest):
        return False
    # A page that was dated anew over the same days tells nothing of a move.
    return newest.window is None or before.window != newest.window


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
