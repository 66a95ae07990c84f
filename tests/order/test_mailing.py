"""The order of sending, on the real ledger against a scripted mail server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from briefing.deliver.smtp import Smtp, SmtpServer
from briefing.domain.audience import Subscriber, SubscriberState, SuppressionReason
from briefing.domain.delivery import Delivery, DeliveryState, Letter, Mail, Tally
from briefing.mailing import (
    MailKit,
    Policy,
    SendReport,
    Unsendable,
    freeze,
    freeze_correction,
    lift_pause,
    send_due,
)
from briefing.ports import Addressed, Change
from briefing.store import SqliteStore
from tests import smtp_server
from tests.builders import NOW
from tests.readers import ISSUE, FakeClock, compose, delivery, key_of, put, reader
from tests.smtp_server import Plan, Script


@dataclass
class Post:
    """A store with readers, a clock, and a mail server."""

    store: SqliteStore
    server: smtp_server.SmtpServer
    clock: FakeClock = field(default_factory=FakeClock)
    said: list[str] = field(default_factory=list)

    def kit(
        self,
        policy: Policy | None = None,
        *,
        connections: int = 1,
        letters: Callable[..., Mail | Unsendable] = compose,
        **changes: object,
    ) -> MailKit:
        told = SmtpServer(
            "127.0.0.1",
            self.server.port,
            "plaintext",
            connections=connections,
            timeout_s=5.0,
        )
        values: dict[str, object] = {
            "store": self.store,
            "channel": Smtp(told),
            "compose": letters,
            "policy": policy or Policy(),
            "suppression_key_of": key_of,
            "clock": self.clock,
            "sleep": self.clock.sleep,
            "say": self.said.append,
            **changes,
        }
        return MailKit(**values)  # type: ignore[arg-type]

    def issue(self, count: int, **changes: object) -> list[Subscriber]:
        """Readers with a frozen row each."""
        readers = [reader(number) for number in range(count)]
        put(self.store, readers)
        rows = [delivery(one, **changes) for one in readers]
        self.store.freeze_audience(rows, now=NOW)
        return readers

    def send(self, policy: Policy | None = None, **options: object) -> SendReport:
        return send_due(self.kit(policy), **options)  # type: ignore[arg-type]

    def rows(self, *states: DeliveryState) -> Sequence[Delivery]:
        return self.store.deliveries(states=[one.value for one in states])

    def plan(self, to: Subscriber, *plans: Plan) -> None:
        self.server.script.plans = {**self.server.script.plans, to.address: plans}


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    with (
        SqliteStore(tmp_path / "briefing.db") as store,
        smtp_server.SmtpServer(Script()) as server,
    ):
        yield Post(store, server)


def tally(**changes: object) -> Tally:
    values: dict[str, object] = {
        "frozen": 0,
        "pending": 0,
        "sent": 0,
        "failed": (),
        "skipped": (),
        "expired": 0,
        "uncertain": 0,
        **changes,
    }
    return Tally(issue_id=ISSUE, **values)  # type: ignore[arg-type]


def test_everybody_gets_one_letter_under_the_id_of_its_row(post: Post) -> None:
    readers = post.issue(25)

    report = send_due(post.kit(connections=2))
    again = post.send()

    assert sorted(post.server.recipients) == sorted(one.address for one in readers)
    assert {one.message_id for one in post.server.received} == {
        f"{row.id}@news.example" for row in post.rows(DeliveryState.SENT)
    }
    assert (report.sent, report.waiting) == (25, 0)
    assert report.tallies == (tally(frozen=25, sent=25),)
    assert again.sent == 0


def test_who_leaves_between_freezing_and_sending_is_skipped(post: Post) -> None:
    first, _ = post.issue(2)
    post.store.change_by_id(
        first.id,
        key_of,
        lambda row, _held: Change(
            subscriber=reader(0, state=SubscriberState.UNSUBSCRIBED)
        ),
    )

    report = post.send()
    (other,) = post.rows(DeliveryState.SENT)

    assert other.subscriber_id == reader(1).id
    assert post.store.tally(ISSUE) == tally(
        frozen=2, sent=1, skipped=(("unsubscribed", 1),)
    )
    assert report.sent == 1


def test_a_letter_that_is_not_due_waits_for_its_time(post: Post) -> None:
    post.issue(1, due_at=NOW + timedelta(hours=2))

    early = post.send()
    post.clock.sleep(2 * 3600)
    late = post.send()

    assert (early.sent, early.waiting, early.next_at) == (
        0,
        1,
        NOW + timedelta(hours=2),
    )
    assert late.sent == 1


def test_a_letter_that_comes_too_late_expires(post: Post) -> None:
    post.issue(1)
    post.clock.sleep(13 * 3600)

    report = post.send()

    assert report.sent == 0
    assert post.store.tally(ISSUE) == tally(frozen=1, expired=1)


def test_a_dead_address_fails_and_is_never_written_to_again(post: Post) -> None:
    (dead,) = post.issue(1)
    post.plan(dead, Plan(rcpt="550 5.1.1 <reader0@post0.example> unknown"))

    post.send()
    post.store.freeze_audience([delivery(dead, issue_id="daily-2026-05-27")], now=NOW)
    post.send()

    suppression = post.store.suppression(key_of(dead.address))
    assert suppression is not None
    assert suppression.reason is SuppressionReason.HARD_BOUNCE
    assert suppression.detail == "550 5.1.1"
    assert post.store.tally(ISSUE) == tally(frozen=1, failed=(("550 5.1.1", 1),))
    assert post.store.tally("daily-2026-05-27").skipped == (("suppressed", 1),)


def test_a_refusal_of_our_name_ends_no_address(post: Post) -> None:
    (one,) = post.issue(1)
    post.plan(one, Plan(dot="550 5.7.1 spam"))

    post.send()

    assert post.store.suppressions() == ()
    assert post.store.tally(ISSUE).failed == (("550 5.7.1", 1),)


def test_a_busy_mailbox_is_tried_again_after_five_minutes(post: Post) -> None:
    (one,) = post.issue(1)
    post.plan(one, Plan(rcpt="450 4.2.1 busy"), Plan())

    first = post.send()
    post.clock.sleep(299)
    too_early = post.send()
    post.clock.sleep(2)
    later = post.send()

    assert (first.deferred, first.next_at) == (1, NOW + timedelta(minutes=5))
    assert (too_early.sent, later.sent) == (0, 1)
    assert post.rows(DeliveryState.SENT)[0].attempts == 2


def test_a_server_that_goes_away_and_comes_back_costs_no_attempt(post: Post) -> None:
    readers = post.issue(30)
    lock, went_away = threading.Lock(), threading.Event()
    gone_at: list[datetime] = []

    def sleep(seconds: float) -> None:
        post.clock.sleep(seconds)
        with lock:
            if gone_at and post.clock() - gone_at[0] >= timedelta(seconds=25):
                gone_at.clear()
                post.server.start()

    def letters(addressed: Addressed, now: object) -> Mail | Unsendable:
        with lock:
            if len(post.server.received) >= 10 and not went_away.is_set():
                went_away.set()
                gone_at.append(post.clock())
                post.server.stop()
        return compose(addressed, NOW)

    report = send_due(post.kit(connections=2, letters=letters, sleep=sleep))

    assert report.tallies == (tally(frozen=30, sent=30),)
    assert {row.attempts for row in post.rows(DeliveryState.SENT)} == {1}
    assert sorted(post.server.recipients) == sorted(one.address for one in readers)
    assert any("trying again in 10 s" in line for line in post.said)


def test_a_server_that_never_comes_back_ends_a_run_that_is_not_patient(
    post: Post,
) -> None:
    post.issue(1)
    post.server.stop()

    report = post.send(Policy(patience=timedelta(minutes=10)))

    assert report.stopped is not None
    assert (report.stopped.reason, report.waiting) == ("transport", 1)
    assert timedelta(minutes=10) <= post.clock() - NOW < timedelta(minutes=16)


def test_a_refused_login_stops_the_run_with_a_hint(post: Post) -> None:
    post.issue(5)
    post.server.script.mails = ["530 5.7.0 log in"] * 9

    report = send_due(post.kit(connections=2))

    assert report.stopped is not None
    assert report.stopped.reason == "login"
    assert "BRIEFING_SMTP_PASSWORD" in report.stopped.hint
    assert (report.waiting, post.server.received) == (5, [])


def test_a_throttle_halves_the_rate_and_waits(post: Post) -> None:
    post.issue(6)
    # A used connection that hears 421 is renewed at once; the new one hears it too.
    post.server.script.mails = ["250 ok", "421 4.7.0 slow", "421 4.7.0 slow"]
    policy = Policy(a_second=1.0)

    report = post.send(policy)

    assert report.sent == 6
    assert {row.attempts for row in post.rows(DeliveryState.SENT)} == {1}
    # One at once, ten seconds of rest, then one every two seconds.
    assert timedelta(seconds=18) <= post.clock() - NOW <= timedelta(seconds=22)


def test_a_row_that_is_throttled_for_ever_does_not_hold_up_the_others(
    post: Post,
) -> None:
    first, *_ = post.issue(3)
    post.plan(first, Plan(rcpt="450 4.7.0 too much mail for you"))

    report = post.send()

    assert (report.sent, report.deferred) == (2, 1)


def test_a_letter_that_broke_off_after_the_dot_is_resent_and_known(post: Post) -> None:
    one, _ = post.issue(2)
    post.plan(one, Plan(dot=""), Plan())

    report = post.send()

    twice = [name for name in post.server.recipients if name == one.address]
    assert len(twice) == 2
    assert len({one.message_id for one in post.server.received}) == 2
    assert report.resent == (delivery(one).id,)
    assert any(delivery(one).id in line for line in post.said)


def test_held_letters_are_shown_to_the_operator_and_not_sent_again(post: Post) -> None:
    one, _ = post.issue(2)
    post.plan(one, Plan(dot=""), Plan())

    report = post.send(Policy(resends=False))

    assert [row.id for row in report.uncertain] == [delivery(one).id]
    assert report.tallies == (tally(frozen=2, sent=1, uncertain=1),)
    assert post.server.recipients.count(one.address) == 1


def test_rows_of_a_dead_process_are_taken_over_when_their_lease_ends(
    post: Post,
) -> None:
    post.issue(2)
    policy = Policy(lease=timedelta(minutes=15))
    post.store.claim_delivery(
        now=NOW,
        lease_until=NOW + policy.lease,
        suppression_key_of=key_of,
        may_send=lambda *_: None,
    )

    before = post.send(policy)
    post.clock.sleep(15 * 60)
    after = post.send(policy)

    assert (before.sent, before.waiting) == (1, 1)
    assert (after.sent, len(after.resent), after.waiting) == (1, 1, 0)


def test_a_letter_of_confirmation_goes_before_the_rest_of_an_issue(post: Post) -> None:
    post.issue(40)
    asking = reader(99, state=SubscriberState.PENDING)
    put(post.store, [asking])

    def letters(addressed: Addressed, now: object) -> Mail | Unsendable:
        if len(post.server.received) == 10:
            row = delivery(asking, letter=Letter.CONFIRM, issue_id="")
            post.store.freeze_audience([row], now=NOW)
        return compose(addressed, NOW)

    send_due(post.kit(letters=letters))

    assert post.server.recipients.index(asking.address) == 11


def test_letters_leave_at_the_configured_rate(post: Post) -> None:
    post.issue(20)

    post.send(Policy(a_second=2.0))

    left = sorted(
        row.updated_at - NOW for row in post.rows(DeliveryState.SENT) if row.updated_at
    )
    # Two at once, then one each half second.
    assert [one.total_seconds() for one in left] == [0, *(n / 2 for n in range(19))]


def test_a_killed_run_that_starts_again_keeps_the_rate(post: Post) -> None:
    post.issue(40)
    policy = Policy(a_second=2.0)
    halfway = threading.Event()

    def letters(addressed: Addressed, now: object) -> Mail | Unsendable:
        if len(post.server.received) == 20:
            raise KeyboardInterrupt  # nothing of this run is kept after it
        return compose(addressed, NOW)

    kit = post.kit(policy, letters=letters)
    with pytest.raises(KeyboardInterrupt):
        send_due(kit, stop=halfway)
    post.clock.sleep(0.001)
    post.send(policy)

    assert len(post.server.received) == 39  # one row is still leased
    assert post.clock() - NOW >= timedelta(seconds=18)


def test_one_slow_domain_does_not_hold_up_the_others(post: Post) -> None:
    crowd = [reader(n, address=f"r{n}@big.example") for n in range(12)]
    others = [reader(n, address=f"r{n}@small{n}.example") for n in range(12, 18)]
    put(post.store, [*crowd, *others])
    post.store.freeze_audience([delivery(one) for one in [*crowd, *others]], now=NOW)

    report = post.send(Policy(a_second=100.0, a_second_a_domain=1.0))

    domains = [one.rpartition("@")[2] for one in post.server.recipients]
    assert "big.example" not in domains[1:7]
    assert report.sent == 18
    assert timedelta(seconds=11) <= post.clock() - NOW <= timedelta(seconds=13)
    assert {row.attempts for row in post.rows(DeliveryState.SENT)} == {1}


def test_a_wish_to_stop_lets_the_rest_wait(post: Post) -> None:
    post.issue(20)
    stop = threading.Event()

    def letters(addressed: Addressed, now: object) -> Mail | Unsendable:
        if len(post.server.received) == 5:
            stop.set()
        return compose(addressed, NOW)

    report = send_due(post.kit(letters=letters), stop=stop)

    assert report.stopped is not None
    assert report.stopped.reason == "asked"
    assert report.tallies == (tally(frozen=20, sent=6, pending=14),)
    assert [row.state for row in post.rows(DeliveryState.SENDING)] == []


def test_twenty_one_refusals_in_a_row_pause_the_issue_until_it_is_lifted(
    post: Post,
) -> None:
    readers = post.issue(30)
    for one in readers:
        post.plan(one, Plan(dot="550 5.7.1 blocked"), Plan())

    report = post.send()
    still = post.send()
    lift_pause(post.store, ISSUE)
    lifted = post.send(Policy(patience=timedelta(0)))

    assert report.paused == ((ISSUE, "refused"),)
    assert report.tallies == (tally(frozen=30, pending=9, failed=(("550 5.7.1", 21),)),)
    assert (still.sent, still.failed, lifted.failed) == (0, 0, 9)
    assert post.store.suppressions() == ()


def test_a_letter_over_the_servers_limit_pauses_the_issue_at_once(post: Post) -> None:
    post.issue(5)
    post.server.script.extensions = ["SIZE 50"]

    report = post.send()

    assert report.paused == ((ISSUE, "too_large"),)
    assert report.failed == 1


def test_a_letter_that_cannot_be_written_fails_alone(post: Post) -> None:
    post.issue(3)

    def letters(addressed: Addressed, now: object) -> Mail | Unsendable:
        if addressed.delivery.subscriber_id == reader(1).id:
            return Unsendable("address")
        return compose(addressed, NOW)

    report = send_due(post.kit(letters=letters))

    assert report.tallies == (tally(frozen=3, sent=2, failed=(("address", 1),)),)


def test_a_bug_stops_the_run_and_keeps_its_traceback(post: Post) -> None:
    post.issue(3)

    def letters(addressed: Addressed, now: object) -> Mail | Unsendable:
        raise ZeroDivisionError("a bug")

    with pytest.raises(ZeroDivisionError, match="a bug"):
        send_due(post.kit(connections=2, letters=letters))


def test_a_new_revision_alone_mails_nobody(post: Post) -> None:
    readers = post.issue(3)
    rows = [delivery(one, revision=2) for one in readers]

    count = freeze(post.kit(), ISSUE, rows, NOW)

    assert count == 0


def test_readers_who_came_later_get_the_issue_too(post: Post) -> None:
    readers = [*post.issue(2), reader(2)]
    put(post.store, readers[2:])

    count = freeze(post.kit(), ISSUE, [delivery(one) for one in readers], NOW)

    assert count == 1


def test_a_correction_goes_to_who_has_the_older_text_and_replaces_what_waits(
    post: Post,
) -> None:
    readers = post.issue(3)
    post.server.stop()
    post.send(Policy(patience=timedelta(0)))
    post.server.start()
    first = post.store.claim_delivery(
        now=post.clock(),
        lease_until=NOW + timedelta(days=1),
        suppression_key_of=key_of,
        may_send=lambda *_: None,
    )
    assert first is not None
    rows = [delivery(one, revision=2) for one in [*readers, reader(9)]]

    count = freeze_correction(post.kit(), ISSUE, rows, NOW)
    again = freeze_correction(post.kit(), ISSUE, rows, NOW)
    post.clock.sleep(400)
    post.send()

    assert (count, again) == (3, 0)
    assert post.store.tally(ISSUE) == tally(
        frozen=6, pending=1, sent=3, skipped=(("corrected", 2),)
    )
    assert all(b"edition 2" in one.body for one in post.server.received)


def test_an_issue_can_be_sent_alone_and_service_letters_go_with_it(post: Post) -> None:
    one, two = post.issue(2)
    other = delivery(one, issue_id="daily-2026-05-25")
    service = delivery(two, letter=Letter.EXPORT, issue_id="")
    post.store.freeze_audience([other, service], now=NOW)

    report = post.send(issue_id=ISSUE)

    assert report.sent == 3
    assert [row.id for row in post.rows(DeliveryState.PENDING)] == [other.id]
