"""THE ORDER of mornings: when an issue is made, caught up, tried again, and followed by
those who join later.

    step():
        the latest daily issue whose time has come    made once, whoever runs
        the weekly issues of the last seven days      the same; for who was not served
        who joined since                              rows in the newest issues
    run(): step, wait, step, ... until it is told to stop

A morning is keyed by its local date, so that an hour that comes twice or never makes
one issue. Of missed days only the latest is caught up. A morning is claimed in the
store; a claim that its process left behind runs out. A failure costs a while: it is
told, and tried again, until the next morning takes its place.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from briefing.editions import Issued
from briefing.errors import BriefingError, StoreError
from briefing.logic.slots import last_day, next_day
from briefing.ports import DeliveryStore, ListCounts

EVERY_DAY = tuple(range(7))
# A process that died leaves its claim for so long; one that still works is kept apart
# from others by the lock file besides.
LEASE = timedelta(minutes=10)
# A network or a model that is away is back soon, or somebody has to look at it.
PAUSES = tuple(timedelta(minutes=one) for one in (1, 5, 15, 30, 60))
# Another run holds the lock; it is not our failure.
BUSY_PAUSE = timedelta(minutes=1)
# The week's issue waits so long for the edition of its own day.
_WEEKLY_PATIENCE = timedelta(hours=2)
_LOOK = timedelta(seconds=5)
# One who joins and one who leaves between two looks hide each other so long.
_FOLLOW = timedelta(hours=1)
_TIDY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """When issues are made.

    Attributes:
        digest_id: of the daily digest.
        zone: IANA name; its calendar days are those of issues.
        at: local time.
        days: weekdays with a daily issue, Monday is 0; none for weekly ones alone.
    """

    digest_id: str
    zone: str
    at: time
    days: tuple[int, ...]


class Press(Protocol):
    """Makes issues. Every method may raise BriefingError."""

    def daily(self, day: date, *, since: datetime | None = None) -> Issued:
        """The daily issue; with `since`, only for who joined after it."""
        ...

    def weekly(self, day: date, *, since: datetime | None = None) -> Issued:
        """The weekly issue of who has that weekday."""
        ...

    def counts(self) -> ListCounts:
        """How many readers there are."""
        ...

    def tidy(self) -> str:
        """Once a day: throws away what is too old; a line about it, "" for nothing."""
        ...


@dataclass(slots=True)
class _Morning:
    """One issue that is to be made, and how often that failed."""

    key: str
    day: date
    at: datetime
    make: Callable[..., Issued]
    failures: int = 0
    not_before: datetime | None = None
    # Of an issue that is made: up to when joined readers have their rows; None while
    # a reader's edition is still missing or an earlier process made it.
    served_until: datetime | None = None


class Scheduler:
    """Drives a press by the clock; one a process, several a store do no harm."""

    def __init__(
        self,
        press: Press,
        mornings: DeliveryStore,
        plan: Plan,
        *,
        clock: Callable[[], datetime],
        say: Callable[[str], None],
    ) -> None:
        self._press = press
        self._mornings = mornings
        self._plan = plan
        self._clock = clock
        self._say = say
        self._known: dict[tuple[str, date], _Morning] = {}
        self._counts: ListCounts | None = None
        self._tidied_at: datetime | None = None
        self._announced: date | None = None
        self._busy_until = datetime.min.replace(tzinfo=UTC)

    def run(self, stop: threading.Event) -> None:
        """Steps until `stop` is set; what is being made is broken off by its maker."""
        while not stop.is_set():
            try:
                wake = self.step(stop)
            except StoreError as error:
                wake = self._clock() + BUSY_PAUSE
                self._say(f"store.failed reason={_line(error.message)}")
            stop.wait(max(0.0, (wake - self._clock()).total_seconds()))

    def step(self, stop: threading.Event | None = None) -> datetime:
        """Does all that is due; when to look again."""
        now = self._clock()
        mornings = self._due(now)
        finished = self._finished(mornings)
        # Counted before anybody is served: who joins meanwhile is seen the next time.
        counts = self._press.counts()
        for one in mornings:
            if (stop is not None and stop.is_set()) or now < self._busy_until:
                break
            if (one.key, one.day) in finished:
                self._follow(one, is_changed=counts != self._counts)
            elif not self._waits(one, mornings, finished):
                if not self._make(one, stop):
                    self._busy_until = self._clock() + BUSY_PAUSE
                    break
                finished = self._finished(mornings)
        else:
            self._counts = counts
        self._tidy(now)
        self._announce()
        return self._wake()

    def _due(self, now: datetime) -> list[_Morning]:
        """The latest daily morning, then the weekly ones, oldest first."""
        plan = self._plan
        weekly = f"{plan.digest_id}-weekly"
        daily = [last_day(now, plan.at, plan.zone, plan.days)] if plan.days else []
        week = [last_day(now, plan.at, plan.zone, (one,)) for one in EVERY_DAY]
        due: dict[tuple[str, date], _Morning] = {}
        for key, make, days in (
            (plan.digest_id, self._press.daily, daily),
            (weekly, self._press.weekly, sorted(week)),
        ):
            for day, at in days:
                known = self._known.get((key, day))
                due[key, day] = known or _Morning(key, day, at, make)
        self._known = due
        return list(due.values())

    def _finished(self, mornings: list[_Morning]) -> frozenset[tuple[str, date]]:
        since = min(one.day for one in mornings)
        return frozenset(
            (key, day)
            for key in dict.fromkeys(one.key for one in mornings)
            for day in self._mornings.finished_mornings(key, since=since)
        )

    def _waits(
        self,
        morning: _Morning,
        mornings: list[_Morning],
        finished: frozenset[tuple[str, date]],
    ) -> bool:
        """Whether its time has not come: a pause, or the edition of its day."""
        now = self._clock()
        if morning.not_before is not None and now < morning.not_before:
            return True
        if morning.key == self._plan.digest_id or now > morning.at + _WEEKLY_PATIENCE:
            return False
        return any(
            one.key == self._plan.digest_id
            and one.day == morning.day
            and (one.key, one.day) not in finished
            for one in mornings
        )

    def _make(self, morning: _Morning, stop: threading.Event | None) -> bool:
        """Whether the press was free: while another process has it, all else waits."""
        now = self._clock()
        name = f"{morning.key}-{morning.day}"
        if not self._mornings.claim_morning(
            morning.key, morning.day, now=now, lease_until=now + LEASE
        ):
            return False
        try:
            issued = morning.make(morning.day)
        except BriefingError as error:
            self._mornings.release_morning(morning.key, morning.day)
            if stop is not None and stop.is_set():
                self._say(f"morning.stopped issue={name}; the next start goes on")
            else:
                self._put_off(morning, name, error)
            return not isinstance(error, StoreError)
        self._mornings.finish_morning(morning.key, morning.day, now=self._clock())
        self._served(morning, issued, now)
        if issued.made is not None or issued.rows:
            self._say(f"morning.made issue={name} {_counts(issued)}")
        return True

    def _put_off(self, morning: _Morning, name: str, error: BriefingError) -> None:
        if isinstance(error, StoreError):
            word, pause = "waits", BUSY_PAUSE
        else:
            word, pause = "failed", PAUSES[min(morning.failures, len(PAUSES) - 1)]
            morning.failures += 1
        morning.not_before = self._clock() + pause
        self._say(
            f"morning.{word} issue={name} again_at={_clock(morning.not_before)} "
            f"reason={_line(error.message)} hint={_line(error.hint)}"
        )

    def _served(self, morning: _Morning, issued: Issued, now: datetime) -> None:
        """Who is served up to when; a reader's edition that failed is tried again."""
        if not issued.problems:
            morning.served_until, morning.failures = now, 0
            return
        morning.served_until = None
        pause = PAUSES[min(morning.failures, len(PAUSES) - 1)]
        morning.failures += 1
        morning.not_before = self._clock() + pause
        for one in issued.problems:
            self._say(
                f"edition.failed edition={one.subject} reason={_line(one.message)} "
                f"again_at={_clock(morning.not_before)}"
            )

    def _follow(self, morning: _Morning, *, is_changed: bool) -> None:
        """Rows for who joined after the newest daily and weekly issue was made."""
        now = self._clock()
        newest = max(one.day for one in self._known.values() if one.key == morning.key)
        if morning.day != newest:
            return
        if morning.not_before is not None and now < morning.not_before:
            return
        served = morning.served_until
        if served is not None and not is_changed and now - served < _FOLLOW:
            return
        try:
            issued = morning.make(morning.day, since=served)
        except BriefingError as error:
            morning.served_until = None
            self._put_off(morning, f"{morning.key}-{morning.day}", error)
            return
        self._served(morning, issued, now)
        if issued.rows:
            name = f"{morning.key}-{morning.day}"
            self._say(f"readers.joined issue={name} {_counts(issued)}")

    def _tidy(self, now: datetime) -> None:
        if self._tidied_at is not None and now - self._tidied_at < _TIDY:
            return
        self._tidied_at = now
        if line := self._press.tidy():
            self._say(line)

    def _announce(self) -> None:
        plan = self._plan
        if not plan.days:
            return
        after = self._clock() + timedelta(seconds=1)
        day, at = next_day(after, plan.at, plan.zone, plan.days)
        if day != self._announced:
            self._announced = day
            self._say(
                f"schedule.next issue={plan.digest_id}-{day} at={_clock(at)} "
                f"({plan.at:%H:%M} in {plan.zone})"
            )

    def _wake(self) -> datetime:
        """The next thing that may happen, a few seconds ahead at most."""
        plan = self._plan
        now = self._clock()
        after = now + timedelta(seconds=1)
        moments = [now + _LOOK, next_day(after, plan.at, plan.zone, EVERY_DAY)[1]]
        moments += [
            one.not_before
            for one in self._known.values()
            if one.not_before is not None and one.not_before > now
        ]
        return min(moments)


def _counts(issued: Issued) -> str:
    parts = []
    if issued.made is not None:
        told = [one for one in issued.made.report.stories if one.outcome == "published"]
        parts.append(f"briefs={len(told)}")
        parts.append(f"failures={len(issued.made.report.failures)}")
    parts.append(f"editions={issued.editions} readers={issued.rows}")
    return " ".join(parts)


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _line(text: str) -> str:
    """In quotation marks and on one line, whatever a server said."""
    return '"' + " ".join(text.replace('"', "'").split()) + '"'
