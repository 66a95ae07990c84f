"""Opening the SQLite file: WAL, foreign keys, short transactions, schema upgrade."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from briefing.errors import StoreError

# The newest file in migrations/versions/; a test holds it against Alembic's own view.
HEAD = "0003"
# Another process may hold the write lock while it saves a whole edition.
_BUSY_TIMEOUT_MS = 30_000


class Database:
    """One SQLite file. Thread-safe; every `read` and `write` is one transaction."""

    def __init__(self, path: Path) -> None:
        """Opens and upgrades. Raises StoreError if it cannot, or if it is too new."""
        self.path = path
        self._line = Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Readers' addresses: for the owner alone; SQLite's side files follow suit.
            path.touch(mode=0o600, exist_ok=True)
            self._engine = _engine(path)
            self._upgrade()
        except (DBAPIError, OSError) as error:
            raise StoreError(
                f"the database {path} cannot be opened: {_cause(error)}",
                hint="Check the path in [store] and that its folder can be written.",
            ) from error

    def empty_log(self) -> None:
        """Writes the log into the file and cuts it, so that what was deleted is nowhere
        any more. While a reader holds an old view, the log stays for its next turn.
        """
        # Around our own transactions: a checkpoint inside one is refused.
        connection = self._engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def close(self) -> None:
        """Closes every connection; the object cannot be used afterwards."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view; never waits for a writer."""
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The write lock from the first statement on, so nobody fails half-way."""
        with self._transaction(writes=True) as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        try:
            with (
                # SQLite's own waiting sleeps in growing steps; threads of one process
                # stand in line instead.
                self._line if writes else nullcontext(),
                self._engine.connect().execution_options(writes=writes) as connection,
                connection.begin(),
            ):
                yield connection
        except DBAPIError as error:
            raise StoreError(
                f"the database {self.path} refused: {_cause(error)}",
                hint="See whether another run holds it, and whether the disk is full.",
            ) from error

    def _upgrade(self) -> None:
        with self._transaction(writes=True) as connection:
            current = _revision(connection)
            if current == HEAD:
                return
            if current is not None and current > HEAD:
                raise StoreError(
                    f"the database {self.path} was written by a newer Briefing "
                    f"(schema {current}, this one knows {HEAD})",
                    hint="Upgrade Briefing, or use another file in [store].",
                )
            _migrate(connection)


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        # The driver begins too late (at the first write): we begin ourselves.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {_BUSY_TIMEOUT_MS}",
            "journal_mode = WAL",
            # FULL: a power cut must not lose an answer that was paid for.
            "synchronous = FULL",
            "foreign_keys = ON",
            # Who asks to be forgotten is overwritten, not only unlinked.
            "secure_delete = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version"))
    row = found.first()
    return str(row[0]) if row else None


def _migrate(connection: Connection) -> None:
    # Imported here: most runs find the schema ready and need not load Alembic.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "briefing.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _cause(error: BaseException) -> str:
    return str(getattr(error, "orig", None) or error)
