"""Wiring of issues: settings and a store become a press that the scheduler drives."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from briefing import app, editions, folder
from briefing.editions import Issued, IssueKit
from briefing.engine.inline import only_one
from briefing.errors import BriefingError
from briefing.issuing import audience_of, issue_kit
from briefing.membership import make_readers
from briefing.ports import ListCounts
from briefing.scheduler import Plan
from briefing.settings import Settings
from briefing.store import SqliteStore


class HaltedError(BriefingError):
    """Somebody asked the process to end; what is done is kept."""


def plan_of(chosen: Settings) -> Plan:
    """When the settings want issues."""
    return Plan(
        digest_id=chosen.digest.id,
        zone=chosen.digest.timezone,
        at=chosen.schedule.at,
        days=chosen.schedule.days,
    )


class IssuePress:
    """Implements scheduler.Press: one issue at a time a store, broken off by `stop`."""

    def __init__(
        self,
        chosen: Settings,
        store: SqliteStore,
        *,
        clock: Callable[[], datetime] = app.now,
        stop: threading.Event | None = None,
        progress: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
    ) -> None:
        self._chosen = chosen
        self._store = store
        self._clock = clock
        self._stop = stop or threading.Event()
        self._progress = progress

    def daily(self, day: date, *, since: datetime | None = None) -> Issued:
        """The daily issue, its default edition in the output folder as well."""
        chosen = self._chosen
        with self._open() as kit:
            issued = editions.make_issue(
                kit,
                day,
                self._clock(),
                audience_of(chosen, self._store),
                note=app.note_of(chosen, day),
                since=since,
            )
        place = chosen.output / day.isoformat()
        if issued.made is not None and not (issued.made.was_frozen and place.is_dir()):
            folder.write(place, issued.made.files)
        return issued

    def weekly(self, day: date, *, since: datetime | None = None) -> Issued:
        """The weekly issue of that day."""
        with self._open() as kit:
            readers = audience_of(self._chosen, self._store)
            return editions.make_weekly(kit, day, self._clock(), readers, since=since)

    def counts(self) -> ListCounts:
        """How many readers there are."""
        return self._store.count_subscribers(self._chosen.digest.id)

    def tidy(self) -> str:
        """Forgets who never confirmed."""
        readers = make_readers(self._chosen, self._store, clock=self._clock)
        count = readers.purge()
        return f"readers.forgotten never_confirmed={count}" if count else ""

    @contextmanager
    def _open(self) -> Iterator[IssueKit]:
        lock = self._chosen.store.with_suffix(".lock")
        with only_one(lock), app.open_kit(self._chosen, self._told) as kit:
            yield issue_kit(self._chosen, kit, self._store)

    def _told(self, stage: str, done: int, total: int) -> None:
        if self._stop.is_set():
            raise HaltedError(
                "asked to end", hint="Start again: it goes on where it was."
            )
        self._progress(stage, done, total)
