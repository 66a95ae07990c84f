"""A look at the database file that neither makes, upgrades nor locks it."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import StoreError
from briefing.store.database import HEAD

# Instructions of SQLite between two looks at the clock.
_STEPS = 100_000


@dataclass(frozen=True, slots=True)
class FileSeen:
    """The file as it is.

    Attributes:
        revision: its schema, "" for a file that is none of ours.
        head: the schema that this version works with.
        size_bytes: write-ahead log included.
        faults: what quick_check found, () if nothing.
        is_whole: quick_check came to its end within its time.
    """

    revision: str
    head: str
    size_bytes: int
    faults: tuple[str, ...]
    is_whole: bool


def inspect(path: Path, *, limit_s: float = 10.0) -> FileSeen | None:
    """What stands in the file, None if there is none. Raises StoreError if it cannot be
    read as a database.
    """
    if not path.exists():
        return None
    beside = (path, path.with_name(f"{path.name}-wal"))
    size = sum(one.stat().st_size for one in beside if one.exists())
    try:
        uri = f"{path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=2.0)) as connection:
            revision = _revision(connection)
            faults, is_whole = _check(connection, limit_s)
    except sqlite3.Error as error:
        raise StoreError(
            f"the database {path} cannot be read: {error}",
            hint="Restore it from a copy, or name another file in [place] store.",
        ) from error
    return FileSeen(revision, HEAD, size, faults, is_whole)


def _revision(connection: sqlite3.Connection) -> str:
    tables = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    if not connection.execute(tables).fetchone()[0]:
        return ""
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def _check(
    connection: sqlite3.Connection, limit_s: float
) -> tuple[tuple[str, ...], bool]:
    ends_at = time.monotonic() + limit_s
    connection.set_progress_handler(lambda: time.monotonic() > ends_at, _STEPS)
    try:
        rows = connection.execute("PRAGMA quick_check(5)").fetchall()
    except sqlite3.OperationalError:
        if time.monotonic() > ends_at:
            return (), False
        raise
    finally:
        connection.set_progress_handler(None, 0)
    return tuple(str(row[0]) for row in rows if row[0] != "ok"), True
