"""Twenty kills in a send of a thousand: nobody is lost, and what went twice is known.

SMTP cannot be exactly-once: between the final dot and the 250 nobody knows. The bound
is one letter a connection a kill.
"""

from __future__ import annotations

import multiprocessing
import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from briefing.domain.delivery import Delivery, DeliveryState
from briefing.store import SqliteStore
from tests.builders import NOW
from tests.deliver import crash_child
from tests.readers import ISSUE, delivery, put, reader
from tests.smtp_server import Received, Script, SmtpServer

READERS = 1000
KILLS = 20
CONNECTIONS = 2
LIMIT_S = 60.0


@dataclass
class Killer:
    """Kills the sending process when so many letters have arrived.

    Every second kill comes before the server answers the final dot, the worst moment
    of all; the others come while the process does whatever it does then.
    """

    targets: list[int]
    count: int = 0
    kills: int = 0
    victim: BaseProcess | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    is_time: threading.Event = field(default_factory=threading.Event)

    def see(self, _one: Received) -> None:
        """A letter has arrived and is not answered yet."""
        with self.lock:
            self.count += 1
            is_due = bool(self.targets) and self.count >= self.targets[0]
            if not is_due or self.victim is None:
                return
            self.targets.pop(0)
            self.kills += 1
            if self.kills % 2:
                self.victim.kill()
            self.victim = None
            self.is_time.set()

    def watch(self, process: BaseProcess) -> None:
        """Waits for the end of the process, killed or by itself."""
        with self.lock:
            self.victim = process
        while process.is_alive() and not self.is_time.is_set():
            process.join(0.005)
        if self.is_time.is_set():
            process.kill()
        process.join(LIMIT_S)
        self.is_time.clear()


def test_twenty_kills_in_a_thousand_lose_nobody_and_every_duplicate_is_known(
    tmp_path: Path,
) -> None:
    place = tmp_path / "briefing.db"
    _freeze(place)
    # Seeded: the kills come at the same letters in every run.
    targets = sorted(random.Random(20261124).sample(range(5, READERS - 20), KILLS))  # noqa: S311
    killer = Killer(targets)
    context = multiprocessing.get_context("forkserver")
    # Imported once; a start is then a fork and takes milliseconds.
    context.set_forkserver_preload(["tests.deliver.crash_child"])

    with SmtpServer(Script(on_received=killer.see)) as server:
        for number in range(KILLS + 1):
            process = context.Process(
                target=crash_child.run,
                args=(str(place), server.port, CONNECTIONS, number),
            )
            process.start()
            killer.watch(process)
        last = process.exitcode

    with SqliteStore(place) as store:
        rows = store.deliveries(issue_id=ISSUE, limit=10 * READERS)
        tally = store.tally(ISSUE)
    arrived = Counter(one.message_id.partition("@")[0] for one in server.received)
    twice = {name for name, count in arrived.items() if count > 1}
    print(f"kills {killer.kills}, duplicates {arrived.total() - READERS}")

    assert (killer.kills, last) == (KILLS, 0)
    assert {row.id for row in rows} == set(arrived), "somebody was lost"
    assert (tally.frozen, tally.sent) == (READERS, READERS)
    assert arrived.total() - READERS <= KILLS * CONNECTIONS
    assert twice, "no kill came between the dot and the answer"
    assert twice <= {row.id for row in rows if _is_known(row)}
    assert all(arrived[row.id] <= row.attempts for row in rows)


def _is_known(row: Delivery) -> bool:
    return (
        row.state is DeliveryState.SENT and row.reason == "resent" and row.attempts > 1
    )


def _freeze(place: Path) -> None:
    readers = [reader(number) for number in range(READERS)]
    late = NOW + timedelta(days=30)
    with SqliteStore(place) as store:
        put(store, readers)
        rows = [delivery(one, expires_at=late) for one in readers]
        store.freeze_audience(rows, now=NOW)
