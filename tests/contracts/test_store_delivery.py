"""What every store must do for the ledger of deliveries, and for mornings."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from briefing.domain.audience import Suppression, SuppressionReason
from briefing.domain.delivery import Delivery, DeliveryState, Letter
from briefing.ports import Addressed
from briefing.store import SqliteStore
from tests.blank import blank
from tests.builders import NOW
from tests.readers import ISSUE, delivery, key_of, put, reader

LEASE = timedelta(minutes=5)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(blank(tmp_path / "a.db")) as opened:
        yield opened


def claim(store: SqliteStore, **changes: object) -> Addressed | None:
    values = {
        "now": NOW,
        "lease_until": NOW + LEASE,
        "suppression_key_of": key_of,
        "may_send": lambda _delivery, _reader, _held: None,
        **changes,
    }
    return store.claim_delivery(**values)  # type: ignore[arg-type]


def claimed(store: SqliteStore, **changes: object) -> Delivery:
    found = claim(store, **changes)
    assert found is not None
    return found.delivery


def freeze(store: SqliteStore, count: int = 3) -> list[Delivery]:
    readers = [reader(number) for number in range(count)]
    put(store, readers)
    rows = [delivery(one) for one in readers]
    store.freeze_audience(rows, now=NOW)
    return rows


def test_an_audience_is_frozen_once(store: SqliteStore) -> None:
    rows = freeze(store)
    store.finish_delivery(replace(claimed(store), state=DeliveryState.SENT))

    assert store.freeze_audience([*rows, delivery(reader(9))], now=NOW) == 1
    assert store.tally(ISSUE).sent == 1
    assert store.tally(ISSUE).frozen == 4


def test_a_row_is_claimed_by_one_and_comes_with_its_reader(store: SqliteStore) -> None:
    freeze(store, 1)

    found = claim(store)

    assert found is not None
    assert found.subscriber == reader(0)
    assert found.delivery == replace(
        delivery(reader(0)), state=DeliveryState.SENDING, updated_at=NOW
    )
    assert claim(store) is None


def test_service_letters_overtake_editions(store: SqliteStore) -> None:
    freeze(store, 2)
    put(store, [reader(7)])
    later = NOW + timedelta(seconds=1)
    store.freeze_audience(
        [delivery(reader(7), letter=Letter.CONFIRM, due_at=later)], now=NOW
    )

    assert claimed(store).letter is Letter.EDITION
    assert claimed(store, now=later).letter is Letter.CONFIRM


def test_nothing_goes_before_its_time(store: SqliteStore) -> None:
    put(store, [reader(0)])
    due = NOW + timedelta(hours=1)
    store.freeze_audience([delivery(reader(0), due_at=due)], now=NOW)

    assert claim(store) is None
    assert store.next_due(now=NOW) == due
    row = claimed(store, now=due)
    again = due + timedelta(minutes=5)
    store.finish_delivery(
        replace(row, state=DeliveryState.PENDING, attempts=1, next_at=again)
    )

    assert claim(store, now=due) is None
    assert store.next_due(now=due) == again
    assert claimed(store, now=again).attempts == 1


def test_what_is_late_expires_and_what_may_not_go_is_skipped(
    store: SqliteStore,
) -> None:
    freeze(store, 3)

    def refuse_first(row: Delivery, *_: object) -> str | None:
        return "paused" if row.subscriber_id == reader(0).id else None

    claimed(store, may_send=refuse_first)
    tally = store.tally(ISSUE)
    assert tally.skipped == (("paused", 1),)

    late = NOW + timedelta(hours=13)
    assert claim(store, now=late, lease_until=late + LEASE) is None
    tally = store.tally(ISSUE)
    assert (tally.expired, tally.pending) == (1, 1)


def test_a_long_block_that_may_not_go_is_passed(store: SqliteStore) -> None:
    freeze(store, 450)
    last = reader(449).id

    row = claimed(
        store,
        may_send=lambda row, *_: None if row.subscriber_id == last else "suppressed",
    )

    assert row.subscriber_id == last
    assert store.tally(ISSUE).skipped == (("suppressed", 449),)


def test_who_unsubscribes_meanwhile_is_seen_at_the_claim(store: SqliteStore) -> None:
    freeze(store, 2)
    for number in range(2):
        held = Suppression(
            key_of(reader(number).address), SuppressionReason.UNSUBSCRIBED, NOW
        )
        store.suppress(held)

    assert claim(store, may_send=lambda _d, _r, held: held and held.reason) is None
    assert store.tally(ISSUE).skipped == (("unsubscribed", 2),)


def test_a_dead_process_is_found_by_its_lease(store: SqliteStore) -> None:
    freeze(store, 1)
    row = claimed(store)

    assert store.overdue_leases(now=NOW + LEASE - timedelta(seconds=1)) == ()
    assert store.overdue_leases(now=NOW + LEASE) == (row,)

    def hold(one: Delivery) -> Delivery:
        return replace(one, state=DeliveryState.UNCERTAIN)

    assert len(store.settle_overdue(hold, now=NOW + LEASE)) == 1
    assert store.settle_overdue(hold, now=NOW + LEASE) == ()
    assert store.tally(ISSUE).uncertain == 1


def test_failed_rows_can_be_tried_again_on_purpose(store: SqliteStore) -> None:
    rows = freeze(store, 3)
    for state in (DeliveryState.FAILED, DeliveryState.SENT, DeliveryState.UNCERTAIN):
        store.finish_delivery(replace(claimed(store), state=state, code="550 5.1.1"))
    tally = store.tally(ISSUE)
    assert (tally.failed, tally.sent) == ((("550 5.1.1", 1),), 1)

    until = NOW + timedelta(hours=20)
    count = store.retry_deliveries([one.id for one in rows], now=NOW, expires_at=until)

    assert count == 2
    assert store.pending_deliveries(issue_id=ISSUE) == 2
    assert claimed(store).expires_at == until
    assert store.issues() == (ISSUE,)


def test_rows_are_listed_by_issue_and_state(store: SqliteStore) -> None:
    freeze(store, 5)
    row = replace(claimed(store), state=DeliveryState.FAILED, reason="x")
    store.finish_delivery(row)

    assert store.deliveries(issue_id=ISSUE, states=["failed"]) == (row,)
    assert len(store.deliveries(issue_id=ISSUE, limit=2)) == 2
    assert store.deliveries(issue_id="other") == ()


def test_a_webhook_s_row_is_for_the_poster_alone(store: SqliteStore) -> None:
    row = replace(delivery(), channel="team", subscriber_id="")
    store.freeze_audience([row], now=NOW)

    assert claim(store) is None
    found = store.claim_post(now=NOW, lease_until=NOW + LEASE)
    assert found is not None
    assert (found.id, found.state) == (row.id, DeliveryState.SENDING)
    assert store.claim_post(now=NOW, lease_until=NOW + LEASE) is None


def test_many_threads_claim_each_row_once(store: SqliteStore) -> None:
    freeze(store, 120)
    seen: Counter[str] = Counter()

    def work() -> None:
        while (found := claim(store)) is not None:
            seen[found.delivery.id] += 1
            store.finish_delivery(replace(found.delivery, state=DeliveryState.SENT))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert set(seen.values()) == {1}
    assert store.tally(ISSUE).sent == 120


def test_two_processes_claim_each_row_once(store: SqliteStore) -> None:
    freeze(store, 120)
    code = (
        "import sys; from tests.contracts.test_store_delivery import claim\n"
        "from briefing.store import SqliteStore; from pathlib import Path\n"
        "store = SqliteStore(Path(sys.argv[1]))\n"
        "print('ready', flush=True)\n"
        "while (found := claim(store)) is not None: print(found.delivery.id)\n"
    )
    path = str(store._database.path)
    with subprocess.Popen(
        [sys.executable, "-c", code, path], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        ours = []
        while (found := claim(store)) is not None:
            ours.append(found.delivery.id)
        theirs = other.stdout.read().split()

    assert not set(ours) & set(theirs)
    assert len(ours) + len(theirs) == 120


def test_the_next_row_is_found_by_an_index(store: SqliteStore) -> None:
    with sqlite3.connect(store._database.path) as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT * FROM deliveries WHERE state = 'pending' "
            "AND ready_at <= 'z' AND channel = 'mail' "
            "ORDER BY urgency, ready_at LIMIT 1"
        ).fetchall()
    connection.close()

    assert ["deliveries_ready" in row[3] for row in plan] == [True]


def test_a_morning_belongs_to_one_until_its_lease_ends(store: SqliteStore) -> None:
    day = date(2026, 5, 26)

    def ours(minutes: int = 0) -> bool:
        now = NOW + timedelta(minutes=minutes)
        return store.claim_morning("daily", day, now=now, lease_until=now + LEASE)

    assert [ours(), ours(1), ours(5)] == [True, False, True]
    store.release_morning("daily", day)
    assert ours(5)
    store.finish_morning("daily", day, now=NOW)
    store.release_morning("daily", day)
    assert not ours(99)
    assert store.claim_morning(
        "daily", date(2026, 5, 27), now=NOW, lease_until=NOW + LEASE
    )


def test_a_transport_remembers(store: SqliteStore) -> None:
    assert store.transport_state("smtp") == ""
    store.save_transport_state("smtp", "1")
    store.save_transport_state("smtp", "2")

    assert store.transport_state("smtp") == "2"


class Ledger(RuleBasedStateMachine):
    """Whatever happens, every frozen row is somewhere, and sent rows stay sent."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.store = SqliteStore(blank(Path(self._folder.name) / "a.db"))
        self.frozen: set[str] = set()
        self.sending: list[Delivery] = []
        self.sent: set[str] = set()
        self.now = NOW

    def teardown(self) -> None:
        self.store.close()
        self._folder.cleanup()

    @rule(numbers=st.sets(st.integers(0, 9), min_size=1))
    def freeze(self, numbers: set[int]) -> None:
        rows = [delivery(reader(one)) for one in sorted(numbers)]
        new = self.store.freeze_audience(rows, now=self.now)
        ids = {one.id for one in rows}
        assert new == len(ids - self.frozen)
        self.frozen |= ids

    @rule(skips=st.booleans())
    def claim(self, skips: bool) -> None:
        found = claim(
            self.store,
            now=self.now,
            lease_until=self.now + LEASE,
            may_send=lambda *_: "paused" if skips else None,
        )
        if found is not None:
            assert found.delivery.id not in self.sent
            self.sending.append(found.delivery)

    @rule(
        state=st.sampled_from(
            [DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.PENDING]
        )
    )
    def finish(self, state: DeliveryState) -> None:
        if self.sending:
            row = self.sending.pop()
            self.store.finish_delivery(replace(row, state=state))
            if state is DeliveryState.SENT:
                self.sent.add(row.id)

    @rule(hours=st.integers(1, 5))
    def wait_and_recover(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.store.settle_overdue(
            lambda one: replace(one, state=DeliveryState.UNCERTAIN), now=self.now
        )
        self.sending.clear()

    @invariant()
    def every_row_is_somewhere(self) -> None:
        tally = self.store.tally(ISSUE)
        parts = (
            tally.pending
            + tally.sent
            + tally.expired
            + tally.uncertain
            + sum(count for _, count in (*tally.failed, *tally.skipped))
        )
        assert tally.frozen == parts == len(self.frozen)
        assert tally.sent == len(self.sent)


TestLedger = Ledger.TestCase
TestLedger.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
