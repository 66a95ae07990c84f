"""Several senders on one ledger, and whatever a server may say."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from briefing.deliver.outbox import Outbox
from briefing.domain.delivery import Broken, DeliveryState, Mail, Phase, Refused, Sent
from briefing.mailing import MailKit, Policy, send_due
from briefing.mailing.transport import Transport
from briefing.store import SqliteStore
from tests.blank import blank
from tests.builders import NOW
from tests.readers import ISSUE, FakeClock, compose, delivery, key_of, put, reader

Answer = Sent | Refused | Broken
ACCEPTED = Sent("250 2.0.0 ok")
LOST = Broken(Phase.AFTER_DOT, "closed")
ANSWERS: Sequence[Answer] = (
    ACCEPTED,
    LOST,
    Broken(Phase.BEFORE_DOT, "timeout"),
    Refused(421, "4.7.0", "slow", "mail"),
    Refused(450, "4.2.1", "busy", "rcpt"),
    Refused(550, "5.1.1", "unknown", "rcpt"),
    Refused(550, "5.7.1", "no", "data"),
    Refused(552, "5.2.2", "full", "rcpt"),
)


@dataclass
class Scripted:
    """A channel that answers as it was told, then accepts; counts what arrived."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    arrived: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    name: str = "scripted"
    connections: int = 2

    @contextmanager
    def carrier(self) -> Iterator[Scripted]:
        yield self

    def send(self, mail: Mail) -> Answer:
        with self.lock:
            left = self.answers.get(mail.recipient)
            answer = left.pop(0) if left else ACCEPTED
            # What broke off after the dot has arrived, as far as anybody can know.
            if isinstance(answer, Sent) or answer == LOST:
                self.arrived[mail.delivery_id] += 1
            return answer


def kit(
    store: SqliteStore,
    channel: Scripted | Outbox,
    clock: FakeClock,
    policy: Policy | None = None,
) -> MailKit:
    return MailKit(
        store=store,
        channel=channel,
        compose=compose,
        policy=policy or Policy(),
        suppression_key_of=key_of,
        clock=clock,
        sleep=clock.sleep,
    )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path_factory.mktemp("shared") / "briefing.db") as store:
        yield store


numbers = itertools.count(1000, 10)


@given(
    scripts=st.lists(
        st.lists(st.sampled_from(ANSWERS), max_size=4), min_size=1, max_size=4
    ),
    resends=st.booleans(),
)
@hypothesis_settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_a_server_says_every_row_ends_and_tells_the_truth(
    shared: SqliteStore, scripts: list[list[Answer]], resends: bool
) -> None:
    first = next(numbers)
    issue = f"issue-{first}-2026-05-26"
    readers = [reader(first + number) for number in range(len(scripts))]
    put(shared, readers)
    rows = [delivery(one, issue_id=issue) for one in readers]
    shared.freeze_audience(rows, now=NOW)
    channel = Scripted(
        {one.address: list(said) for one, said in zip(readers, scripts, strict=True)}
    )
    clock = FakeClock()

    while shared.pending_deliveries(issue_id=issue):
        send_due(kit(shared, channel, clock, Policy(resends=resends)))
        clock.sleep(3600)

    tally = shared.tally(issue)
    settled = (tally.sent, tally.expired, tally.uncertain)
    assert tally.frozen == sum(settled) + sum(
        count for _, count in (*tally.failed, *tally.skipped)
    )
    for row in shared.deliveries(issue_id=issue):
        count = channel.arrived[row.id]
        assert count <= row.attempts
        if row.state is DeliveryState.SENT:
            assert count >= 1
            assert count == 1 or row.reason == "resent"
        if row.state is DeliveryState.UNCERTAIN:
            assert (count, resends) == (1, False)


def test_two_senders_on_one_ledger_send_nothing_twice(tmp_path: Path) -> None:
    place = tmp_path / "briefing.db"
    readers = [reader(number) for number in range(60)]
    channel, clock = Scripted(), FakeClock()
    with SqliteStore(place) as one, SqliteStore(place) as other:
        put(one, readers)
        one.freeze_audience([delivery(reader) for reader in readers], now=NOW)

        with ThreadPoolExecutor(2) as pool:
            reports = list(
                pool.map(
                    lambda store: send_due(kit(store, channel, clock)), (one, other)
                )
            )

        tally = one.tally(ISSUE)
    assert set(channel.arrived.values()) == {1}
    assert sum(report.sent for report in reports) == tally.sent == 60


def test_a_killed_run_has_taken_more_tokens_than_it_used_never_less(
    tmp_path: Path,
) -> None:
    clock, policy = FakeClock(), Policy(a_second=10.0, a_second_a_domain=10.0)
    with SqliteStore(blank(tmp_path / "briefing.db")) as store:
        for _ in range(10):
            # Nothing is closed: each of these ends as a killed process does.
            transport = Transport(kit(store, Scripted(), clock, policy))
            for _ in range(25):
                slot = transport.slot()
                clock.sleep(max(0.0, (slot - clock()).total_seconds()))

    # 250 letters at ten a second, with a second's worth at once, and no faster.
    assert timedelta(seconds=23.9) <= clock() - NOW <= timedelta(seconds=34)


def test_two_senders_share_the_rate_of_their_transport(tmp_path: Path) -> None:
    clock, policy = FakeClock(), Policy(a_second=10.0)
    with SqliteStore(blank(tmp_path / "briefing.db")) as store:
        senders = [
            Transport(kit(store, Scripted(), clock, policy)),
            Transport(kit(store, Scripted(), clock, policy)),
        ]
        left = []
        for number in range(200):
            slot = senders[number % 2].slot()
            clock.sleep(max(0.0, (slot - clock()).total_seconds()))
            left.append(clock() - NOW)

    assert left[-1] >= timedelta(seconds=18)


def test_the_outbox_holds_one_letter_whatever_the_ledger_fears(tmp_path: Path) -> None:
    clock = FakeClock()
    folder = tmp_path / "outbox"
    with SqliteStore(blank(tmp_path / "briefing.db")) as store:
        put(store, [reader()])
        store.freeze_audience([delivery()], now=NOW)
        kept = kit(store, Outbox(folder), clock)
        claimed = store.claim_delivery(
            now=NOW,
            lease_until=NOW + timedelta(minutes=1),
            suppression_key_of=key_of,
            may_send=lambda *_: None,
        )
        assert claimed is not None
        letter = compose(claimed, NOW)
        assert isinstance(letter, Mail)
        Outbox(folder).send(letter)  # and killed before the ledger knew
        clock.sleep(61)

        send_due(kept)

        (row,) = store.deliveries()
    assert len(list(folder.iterdir())) == 1
    assert (row.state, row.reason, row.attempts) == (DeliveryState.SENT, "resent", 2)


def test_an_idle_look_writes_nothing(tmp_path: Path) -> None:
    with SqliteStore(blank(tmp_path / "briefing.db")) as store:
        put(store, [reader()])
        store.freeze_audience([delivery(due_at=NOW + timedelta(hours=1))], now=NOW)

        send_due(kit(store, Scripted(), FakeClock(), Policy(a_second=1.0)))

        kept = store.transport_state("transport scripted")
    assert kept == ""


def test_a_run_by_hand_does_not_wait_for_trouble_that_was_mended(
    tmp_path: Path,
) -> None:
    clock = FakeClock()
    away = Broken(Phase.BEFORE_DOT, "connect")
    with SqliteStore(blank(tmp_path / "briefing.db")) as store:
        put(store, [reader()])
        store.freeze_audience([delivery()], now=NOW)
        broken = Scripted({reader().address: [away] * 9})
        send_due(kit(store, broken, clock, Policy(patience=timedelta(minutes=2))))
        ended_at = clock()

        send_due(kit(store, Scripted(), clock, Policy(minds_old_trouble=False)))

        (row,) = store.deliveries()
    assert (row.state, clock()) == (DeliveryState.SENT, ended_at)
