"""The sample days, published into a store of their own."""

from __future__ import annotations

from pathlib import Path

from briefing import byhand
from briefing.domain.edition import Edition
from briefing.logic.frozen import edition_of
from briefing.store import SqliteStore


def published(folder: Path) -> Path:
    """The store that holds them; some seconds of work."""
    byhand.run_demo(
        folder / "demo", model_url=None, model="", progress=lambda *_said: None
    )
    return folder / "demo" / "demo.db"


def longest_edition(store: Path) -> Edition:
    """The published edition with the most briefs."""
    with SqliteStore(store) as opened:
        found = [
            edition_of(opened.edition_files(one.edition_id, 1))
            for one in opened.last_runs()
        ]
    return max(found, key=lambda one: (len(one.briefs), one.id))
