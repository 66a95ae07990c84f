"""Mornings by a clock that the test sets: once each, caught up, tried again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from briefing.domain.audience import Digest, Frequency
from briefing.domain.source import Problem
from briefing.editions import Issued
from briefing.errors import BriefingError, StoreError
from briefing.logic.issues import Issue
from briefing.ports import ListCounts
from briefing.scheduler import Plan, Scheduler
from briefing.store import SqliteStore
from tests.blank import blank

EVERY_DAY = tuple(range(7))
BERLIN = Plan("daily", "Europe/Berlin", time(6, 0), EVERY_DAY)
TUESDAY = date(2026, 5, 26)
SIX = datetime(2026, 5, 26, 4, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    now: datetime = SIX

    def __call__(self) -> datetime:
        return self.now


@dataclass
class FakePress:
    """Counts what it is asked for, and fails as long as it is told to."""

    failures: list[BriefingError] = field(default_factory=list)
    problems: list[tuple[Problem, ...]] = field(default_factory=list)
    on_daily: Callable[[], None] = lambda: None
    counted: ListCounts = field(default_factory=lambda: ListCounts(0, 0, 0))
    dailies: list[date] = field(default_factory=list)
    weeklies: list[date] = field(default_factory=list)
    joined: list[tuple[date, datetime | None]] = field(default_factory=list)

    def daily(self, day: date, *, since: datetime | None = None) -> Issued:
        self.on_daily()
        if self.failures:
            raise self.failures.pop(0)
        if day in self.dailies:
            self.joined.append((day, since))
        else:
            self.dailies.append(day)
        problems = self.problems.pop(0) if self.problems else ()
        return self._issued(Frequency.DAILY, day, problems)

    def weekly(self, day: date, *, since: datetime | None = None) -> Issued:
        if day not in self.weeklies:
            self.weeklies.append(day)
        return self._issued(Frequency.WEEKLY, day)

    def counts(self) -> ListCounts:
        return self.counted

    def tidy(self) -> str:
        return ""

    def _issued(
        self, frequency: Frequency, day: date, problems: tuple[Problem, ...] = ()
    ) -> Issued:
        issue = Issue(
            Digest("daily", "D"), frequency, day, time(6), timedelta(hours=12)
        )
        return Issued(issue, None, editions=0, rows=1, problems=problems)


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(blank(tmp_path / "b.db"))


def scheduler(
    press: FakePress,
    store: SqliteStore,
    clock: Clock,
    plan: Plan = BERLIN,
    said: list[str] | None = None,
) -> Scheduler:
    lines = [] if said is None else said
    return Scheduler(press, store, plan, clock=clock, say=lines.append)


def walk(
    one: Scheduler, clock: Clock, until: datetime, step: timedelta = timedelta(hours=1)
) -> None:
    """Steps the clock on, never past the moment that the scheduler asks for."""
    while clock.now < until:
        one.step()
        clock.now += step


def test_an_issue_is_made_at_its_time_and_not_before(store: SqliteStore) -> None:
    press, clock = FakePress(), Clock(SIX - timedelta(minutes=1))
    one = scheduler(press, store, clock)

    one.step()
    before = list(press.dailies)
    wake = one.step()
    clock.now = SIX
    one.step()
    one.step()

    assert before == [date(2026, 5, 25)]  # the last one was missed
    assert press.dailies == [date(2026, 5, 25), TUESDAY]
    assert wake <= SIX


def test_of_missed_days_only_the_latest_is_caught_up(store: SqliteStore) -> None:
    press, clock = FakePress(), Clock()
    one = scheduler(press, store, clock)
    one.step()
    clock.now = SIX + timedelta(days=4, hours=3)

    one.step()

    assert press.dailies == [TUESDAY, date(2026, 5, 30)]


def test_a_restart_makes_nothing_again(store: SqliteStore) -> None:
    first, second, clock = FakePress(), FakePress(dailies=[TUESDAY]), Clock()
    scheduler(first, store, clock).step()

    clock.now += timedelta(minutes=5)
    scheduler(second, store, clock).step()

    assert first.dailies == [TUESDAY]
    # Who joined while nobody looked gets a row, once.
    assert second.joined == [(TUESDAY, None)]
    assert second.dailies == [TUESDAY]


@pytest.mark.parametrize(
    ("zone", "at", "first"),
    [
        ("Europe/Berlin", time(2, 30), date(2026, 3, 26)),  # 02:30 is left out
        ("Europe/Berlin", time(2, 30), date(2026, 10, 22)),  # 02:30 comes twice
        ("America/Havana", time(0, 30), date(2026, 3, 5)),  # midnight is left out
        ("Australia/Lord_Howe", time(1, 45), date(2026, 4, 2)),  # half an hour twice
    ],
)
def test_a_gap_and_an_overlap_make_one_issue_each_local_day(
    store: SqliteStore, zone: str, at: time, first: date
) -> None:
    start = datetime.combine(first, time(12), tzinfo=UTC)
    press, clock = FakePress(), Clock(start)
    one = scheduler(press, store, clock, Plan("daily", zone, at, EVERY_DAY))

    walk(one, clock, start + timedelta(days=4), timedelta(minutes=15))

    days = [press.dailies[0] + timedelta(days=number) for number in range(5)]
    assert press.dailies == days


def test_only_the_weekdays_of_the_settings_have_a_daily_issue(
    store: SqliteStore,
) -> None:
    press, clock = FakePress(), Clock()
    one = scheduler(press, store, clock, replace(BERLIN, days=(0, 4)))

    walk(one, clock, SIX + timedelta(days=7), timedelta(hours=6))

    assert [f"{day:%a}" for day in press.dailies] == ["Mon", "Fri", "Mon"]
    assert press.dailies[0] == date(2026, 5, 25)


def test_weekly_issues_come_on_every_weekday_after_the_daily_one(
    store: SqliteStore,
) -> None:
    press, clock = FakePress(), Clock()
    one = scheduler(press, store, clock, replace(BERLIN, days=(0,)))

    walk(one, clock, SIX + timedelta(days=7), timedelta(hours=6))

    assert (
        press.weeklies
        == [date(2026, 5, 20) + timedelta(days=number) for number in range(14)][:-1]
    )


def test_no_weekday_at_all_leaves_the_weekly_issues(store: SqliteStore) -> None:
    press, clock, said = FakePress(), Clock(), []
    scheduler(press, store, clock, replace(BERLIN, days=()), said).step()

    assert press.dailies == []
    assert TUESDAY in press.weeklies
    assert not any("schedule.next" in line for line in said)


def test_the_weeks_issue_waits_for_the_edition_of_its_day_but_not_for_ever(
    store: SqliteStore,
) -> None:
    away = BriefingError("the network is away", hint="Look at it.")
    press, clock = FakePress(failures=[away] * 50), Clock()
    one = scheduler(press, store, clock)

    one.step()
    early = list(press.weeklies)
    walk(one, clock, SIX + timedelta(hours=3), timedelta(minutes=20))

    assert TUESDAY not in early
    assert press.weeklies[-1] == TUESDAY
    assert press.dailies == []


def test_a_failed_morning_is_told_and_tried_again_with_growing_pauses(
    store: SqliteStore,
) -> None:
    away = BriefingError('no "source"\ncould be read', hint="Check the network.")
    said: list[str] = []
    press, clock = FakePress(failures=[away] * 3), Clock()
    tries: list[datetime] = []
    press.on_daily = lambda: tries.append(clock.now)
    one = scheduler(press, store, clock, said=said)

    while not press.dailies:
        clock.now = one.step()
    failed = [line for line in said if line.startswith("morning.failed")]

    waited = [f"{(at - SIX).total_seconds() / 60:g}" for at in tries]
    assert waited == ["0", "1", "6", "21"]
    assert len(failed) == 3
    assert failed[0] == (
        "morning.failed issue=daily-2026-05-26 again_at=2026-05-26T04:01:00Z "
        'reason="no \'source\' could be read" hint="Check the network."'
    )


def test_a_busy_store_is_asked_again_soon_and_counts_as_no_failure(
    store: SqliteStore,
) -> None:
    busy = StoreError("another run holds b.lock", hint="Wait.")
    press, clock = FakePress(failures=[busy] * 4), Clock()
    one = scheduler(press, store, clock)

    while not press.dailies:
        clock.now = one.step()

    assert clock.now - SIX <= timedelta(minutes=5)


def test_a_claim_that_a_dead_process_left_runs_out(store: SqliteStore) -> None:
    store.claim_morning(
        "daily", TUESDAY, now=SIX, lease_until=SIX + timedelta(minutes=10)
    )
    press, clock = FakePress(), Clock()
    one = scheduler(press, store, clock)

    walk(one, clock, SIX + timedelta(minutes=9), timedelta(seconds=30))
    early = list(press.dailies)
    walk(one, clock, SIX + timedelta(minutes=13), timedelta(seconds=30))

    assert early == []
    assert press.dailies == [TUESDAY]


def test_two_schedulers_on_one_store_make_an_issue_once(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    SqliteStore(path).close()
    begun = threading.Barrier(4)
    looked = threading.Semaphore(0)
    made: list[date] = []
    lock = threading.Lock()

    def wait_for_the_others() -> None:
        # Who came after the issue was made would follow it, and not make it.
        for _ in range(3):
            looked.acquire(timeout=10)

    def morning() -> None:
        with SqliteStore(path) as store:
            press = FakePress(on_daily=wait_for_the_others)
            one = scheduler(press, store, Clock())
            begun.wait()
            one.step()
            looked.release()
            with lock:
                made.extend(press.dailies)

    threads = [threading.Thread(target=morning) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert made == [TUESDAY]


def test_who_joins_gets_a_row_at_the_next_look(store: SqliteStore) -> None:
    press, clock, said = FakePress(), Clock(), []
    one = scheduler(press, store, clock, said=said)
    one.step()
    clock.now += timedelta(minutes=5)
    one.step()
    before = list(press.joined)

    press.counted = ListCounts(0, 1, 0)
    clock.now += timedelta(minutes=5)
    one.step()
    clock.now += timedelta(minutes=5)
    one.step()

    assert before == []
    assert press.joined == [(TUESDAY, SIX)]
    assert any(line.startswith("readers.joined issue=daily-") for line in said)


def test_one_readers_failed_edition_is_tried_again_for_everybody(
    store: SqliteStore,
) -> None:
    fault = Problem("edition", "daily-p1-2026-05-26", "failed", "no model", "Start it.")
    press, clock, said = FakePress(problems=[(fault,), (fault,)]), Clock(), []
    one = scheduler(press, store, clock, said=said)

    walk(one, clock, SIX + timedelta(minutes=10), timedelta(seconds=30))

    assert press.dailies == [TUESDAY]
    assert press.joined == [(TUESDAY, None)] * 2
    assert sum("edition.failed edition=daily-p1" in line for line in said) == 2


def test_the_next_morning_is_announced_once(store: SqliteStore) -> None:
    press, clock, said = FakePress(), Clock(), []
    one = scheduler(press, store, clock, said=said)
    for _ in range(3):
        clock.now += timedelta(seconds=30)
        one.step()

    (line,) = (one for one in said if one.startswith("schedule.next"))
    assert "issue=daily-2026-05-27 at=2026-05-27T04:00:00Z" in line
    assert line.endswith("(06:00 in Europe/Berlin)")


def test_a_stop_ends_the_loop_and_gives_the_morning_back(store: SqliteStore) -> None:
    stop, said = threading.Event(), []
    press = FakePress(failures=[BriefingError("stopped", hint="Start again.")])
    press.on_daily = stop.set

    scheduler(press, store, Clock(), said=said).run(stop)

    assert said[0].startswith("morning.stopped issue=daily-2026-05-26")
    assert store.claim_morning("daily", TUESDAY, now=SIX, lease_until=SIX)


def test_a_bug_is_not_swallowed(store: SqliteStore) -> None:
    def bug() -> None:
        raise ZeroDivisionError("a bug")

    press = FakePress()
    press.on_daily = bug

    with pytest.raises(ZeroDivisionError):
        scheduler(press, store, Clock()).run(threading.Event())
