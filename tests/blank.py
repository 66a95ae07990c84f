"""New stores for tests that do not care how a store comes to be: migrated once."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from briefing.store import SqliteStore


def blank(path: Path) -> Path:
    """`path`, where an empty store of today's schema lies now if there was no file."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(_empty())
    return path


@lru_cache(maxsize=1)
def _empty() -> bytes:
    """Every migration takes a tenth of a second; their tests run them on their own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        SqliteStore(path).close()
        return path.read_bytes()
