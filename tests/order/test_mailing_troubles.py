"""What sending does with refusals, silence and breaks of a mail server."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest

from briefing.domain.audience import SuppressionReason
from briefing.domain.delivery import DeliveryState, Mail
from briefing.mailing import (
    Policy,
    Unsendable,
    lift_pause,
    send_due,
)
from briefing.ports import Addressed
from tests.builders import NOW
from tests.post import Post, post, tally
from tests.readers import ISSUE, compose, delivery, key_of, reader
from tests.smtp_server import Plan

__all__ = ["post"]


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
