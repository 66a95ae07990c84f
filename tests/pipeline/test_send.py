"""Who may get a letter, and what becomes of its row."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.domain.audience import (
    Subscriber,
    SubscriberState,
    Suppression,
    SuppressionReason,
)
from briefing.domain.delivery import (
    Broken,
    DeliveryState,
    Letter,
    Phase,
    Refused,
    Sent,
)
from briefing.pipeline.send import may_send, settle
from tests.builders import NOW
from tests.readers import delivery, reader

BROKEN_OFF = Broken(Phase.AFTER_DOT, "closed")
SERVICE = [one for one in Letter if one is not Letter.EDITION]


def held(reason: SuppressionReason) -> Suppression:
    return Suppression("key", reason, NOW)


@pytest.mark.parametrize(
    ("subscriber", "suppression", "why"),
    [
        (reader(), None, None),
        (None, None, "gone"),
        (reader(state=SubscriberState.PENDING), None, "pending"),
        (reader(state=SubscriberState.UNSUBSCRIBED), None, "unsubscribed"),
        *((reader(), held(reason), "suppressed") for reason in SuppressionReason),
    ],
)
def test_an_edition_goes_only_to_whom_it_may(
    subscriber: Subscriber | None, suppression: Suppression | None, why: str | None
) -> None:
    assert may_send(delivery(), subscriber, suppression) == why


@pytest.mark.parametrize(
    ("until", "why"), [(date(2026, 5, 27), "paused"), (date(2026, 5, 26), None)]
)
def test_a_pause_ends_on_the_readers_own_calendar(until: date, why: str | None) -> None:
    base = reader()
    # 22:30 UTC on the 25th is the 26th in Tokyo.
    row = delivery(due_at=datetime(2026, 5, 25, 22, 30, tzinfo=UTC))
    preferences = replace(base.preferences, timezone="Asia/Tokyo", paused_until=until)

    assert may_send(row, replace(base, preferences=preferences), None) == why


@pytest.mark.parametrize("letter", SERVICE)
def test_who_left_may_still_be_written_to_about_coming_back(letter: Letter) -> None:
    left = held(SuppressionReason.UNSUBSCRIBED)
    gone = reader(state=SubscriberState.UNSUBSCRIBED)

    why = may_send(delivery(letter=letter), gone, left)

    assert why == ("unsubscribed" if letter is Letter.ALREADY else None)


@pytest.mark.parametrize("letter", SERVICE)
@pytest.mark.parametrize(
    "reason",
    [
        SuppressionReason.HARD_BOUNCE,
        SuppressionReason.COMPLAINT,
        SuppressionReason.MANUAL,
    ],
)
def test_a_dead_address_gets_no_letter_at_all(
    letter: Letter, reason: SuppressionReason
) -> None:
    assert may_send(delivery(letter=letter), reader(), held(reason)) == "suppressed"


def test_an_accepted_letter_is_sent_at_its_first_attempt() -> None:
    row = settle(delivery(), Sent("250 2.0.0 queued"), NOW, resends=True).delivery

    assert (row.state, row.code, row.attempts, row.reason) == (
        DeliveryState.SENT,
        "250",
        1,
        "",
    )


def test_soft_failures_wait_longer_each_time_and_end_in_time() -> None:
    row, now, waits = delivery(expires_at=NOW + timedelta(hours=12)), NOW, []
    while row.state is DeliveryState.PENDING:
        row = settle(
            row, Refused(450, "4.2.1", "busy", "rcpt"), now, resends=True
        ).delivery
        if row.next_at is not None:
            waits.append(row.next_at - now)
            now = row.next_at

    minutes = [wait.total_seconds() / 60 for wait in waits]
    assert minutes == [5, 15, 60, 180, 180, 180]
    assert (row.state, row.code, row.attempts) == (
        DeliveryState.EXPIRED,
        "450 4.2.1",
        7,
    )


@pytest.mark.parametrize(
    "answer",
    [
        Broken(Phase.BEFORE_DOT, "connect"),
        Broken(Phase.BEFORE_DOT, "auth", 535),
        Refused(421, "4.7.0", "slow", "mail"),
    ],
)
def test_trouble_of_the_transport_is_no_attempt(answer: Refused | Broken) -> None:
    row = settle(delivery(), answer, NOW, resends=True).delivery

    assert (row.state, row.attempts, row.next_at) == (DeliveryState.PENDING, 0, None)


@pytest.mark.parametrize(
    ("answer", "reason", "code"),
    [
        (Refused(550, "5.1.1", "x", "rcpt"), "no_such_address", "550 5.1.1"),
        (Refused(552, "5.2.2", "x", "rcpt"), "mailbox_full", "552 5.2.2"),
        (Refused(550, "5.7.1", "x", "data"), "policy", "550 5.7.1"),
        (Refused(554, "", "x", "data"), "policy", "554"),
    ],
)
def test_a_refusal_for_good_fails_with_reason_and_code(
    answer: Refused, reason: str, code: str
) -> None:
    row = settle(delivery(), answer, NOW, resends=True).delivery

    assert (row.state, row.reason, row.code) == (DeliveryState.FAILED, reason, code)


@pytest.mark.parametrize(
    ("letter", "resends", "state"),
    [
        (Letter.EDITION, True, DeliveryState.PENDING),
        (Letter.EDITION, False, DeliveryState.UNCERTAIN),
        (Letter.CONFIRM, False, DeliveryState.PENDING),
    ],
)
def test_what_may_have_arrived_goes_again_or_is_held(
    letter: Letter, resends: bool, state: DeliveryState
) -> None:
    row = settle(delivery(letter=letter), BROKEN_OFF, NOW, resends=resends).delivery

    assert (row.state, row.reason, row.attempts) == (state, "uncertain", 1)


@given(troubles=st.lists(st.sampled_from(["connect", "421"]), max_size=4))
def test_a_letter_that_may_have_arrived_twice_is_known_whatever_comes_between(
    troubles: list[str],
) -> None:
    row = settle(delivery(), BROKEN_OFF, NOW, resends=True).delivery
    for trouble in troubles:
        answer = (
            Refused(421, "", "", "mail")
            if trouble == "421"
            else Broken(Phase.BEFORE_DOT, trouble)
        )
        row = settle(row, answer, NOW, resends=True).delivery

    row = settle(row, Sent("250 ok"), NOW, resends=True).delivery

    assert (row.state, row.reason, row.attempts) == (DeliveryState.SENT, "resent", 2)
