"""The order of sending, on the real ledger against a scripted mail server."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from briefing.domain.audience import SubscriberState
from briefing.domain.delivery import DeliveryState, Letter, Mail
from briefing.mailing import (
    Policy,
    Unsendable,
    freeze,
    freeze_correction,
    send_due,
)
from briefing.ports import Addressed, Change
from tests.builders import NOW
from tests.post import Post, post, tally
from tests.readers import ISSUE, compose, delivery, key_of, put, reader

__all__ = ["post"]


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


def test_a_run_that_broke_off_and_starts_again_keeps_the_rate(post: Post) -> None:
    post.issue(40)
    policy = Policy(a_second=2.0)

    def letters(addressed: Addressed, now: object) -> Mail | Unsendable:
        if len(post.server.received) == 20:
            raise KeyboardInterrupt
        return compose(addressed, NOW)

    with pytest.raises(KeyboardInterrupt):
        send_due(post.kit(policy, letters=letters))
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


def test_after_a_long_absence_a_domains_queue_does_not_go_at_once(post: Post) -> None:
    crowd = [reader(n, address=f"r{n}@big.example") for n in range(40)]
    put(post.store, crowd)
    post.store.freeze_audience([delivery(one) for one in crowd], now=NOW)
    policy = Policy(a_second=100.0, a_second_a_domain=1.0)
    stop = threading.Event()

    def letters(addressed: Addressed, now: object) -> Mail | Unsendable:
        if len(post.server.received) == 2:
            stop.set()
        return compose(addressed, NOW)

    send_due(post.kit(policy, letters=letters), stop=stop)
    post.clock.sleep(3600)
    back_at = post.clock()
    post.send(policy)

    assert len(post.server.received) == 40
    assert post.clock() - back_at >= timedelta(seconds=35)


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
