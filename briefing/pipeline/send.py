"""May this letter go, and what becomes of its row after the server's answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from briefing.domain.audience import (
    Subscriber,
    SubscriberState,
    Suppression,
    SuppressionReason,
)
from briefing.domain.delivery import (
    Broken,
    Delivery,
    DeliveryState,
    Letter,
    Refused,
    Sent,
)
from briefing.logic.replies import Action, Ruling, classify

# DELIVERY.md D3; the last one again until the row expires.
BACKOFF = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
)
# Reasons of rows that wait, see Delivery.
PACED, UNCERTAIN, RESENT = "paced", "uncertain", "resent"


@dataclass(frozen=True, slots=True)
class Settled:
    """A row after an answer.

    Attributes:
        delivery: as it shall be kept.
        ruling: what the answer meant, None for a letter that was accepted.
    """

    delivery: Delivery
    ruling: Ruling | None = None


def may_send(
    delivery: Delivery, subscriber: Subscriber | None, suppression: Suppression | None
) -> str | None:
    """Why the letter must not go, None if it may; asked in the claiming transaction."""
    if subscriber is None:
        return "gone"
    if delivery.letter is Letter.EDITION:
        return _may_read(delivery, subscriber, suppression)
    # Who left may come back by a link of this letter; a dead address or a complaint
    # is the end of all letters.
    if suppression and suppression.reason is not SuppressionReason.UNSUBSCRIBED:
        return "suppressed"
    if delivery.letter is Letter.ALREADY and (
        subscriber.state is not SubscriberState.ACTIVE
    ):
        return subscriber.state.value
    return None


def _may_read(
    delivery: Delivery, subscriber: Subscriber, suppression: Suppression | None
) -> str | None:
    if subscriber.state is not SubscriberState.ACTIVE:
        return subscriber.state.value
    if suppression is not None:
        return "suppressed"
    until = subscriber.preferences.paused_until
    if until is not None:
        zone = ZoneInfo(subscriber.preferences.timezone)
        if delivery.due_at.astimezone(zone).date() < until:
            return "paused"
    return None


def settle(
    delivery: Delivery,
    answer: Sent | Refused | Broken,
    now: datetime,
    *,
    resends: bool,
) -> Settled:
    """The row after an answer. `resends` is the policy for what is uncertain."""
    if isinstance(answer, Sent):
        return Settled(accepted(delivery, answer, now))
    ruling = classify(answer)
    code = code_of(answer)
    match ruling.action:
        case Action.AGAIN | Action.SLOW_DOWN | Action.STOP_RUN:
            return Settled(_waiting(delivery, now, code, None), ruling)
        case Action.ASK_POLICY:
            return Settled(doubtful(delivery, now, resends=resends), ruling)
        case Action.DEFER:
            return Settled(deferred(delivery, code, now), ruling)
        case _:
            done = failed(delivery, ruling.reason, now, code)
            return Settled(replace(done, attempts=done.attempts + 1), ruling)


def accepted(delivery: Delivery, answer: Sent, now: datetime) -> Delivery:
    """The server has it, now and perhaps for the second time."""
    is_again = delivery.reason == UNCERTAIN
    first = answer.reply.split(" ", 1)[0]
    return replace(
        delivery,
        state=DeliveryState.SENT,
        reason=RESENT if is_again else "",
        code=first if first.isdigit() else "",
        attempts=delivery.attempts + 1,
        next_at=None,
        updated_at=now,
    )


def deferred(delivery: Delivery, code: str, now: datetime) -> Delivery:
    """Later, and one attempt older; EXPIRED when later is too late."""
    attempts = delivery.attempts + 1
    next_at = now + BACKOFF[min(attempts, len(BACKOFF)) - 1]
    if next_at >= delivery.expires_at:
        late = replace(delivery, attempts=attempts, code=code, next_at=None)
        return replace(
            late, state=DeliveryState.EXPIRED, reason="deferred", updated_at=now
        )
    return replace(_waiting(delivery, now, code, next_at), attempts=attempts)


def doubtful(delivery: Delivery, now: datetime, *, resends: bool) -> Delivery:
    """It may have arrived. Sent again if `resends` and for service letters, which
    somebody waits for; else held for the operator. It counts as an attempt.
    """
    goes_again = resends or delivery.letter is not Letter.EDITION
    return replace(
        delivery,
        state=DeliveryState.PENDING if goes_again else DeliveryState.UNCERTAIN,
        reason=UNCERTAIN,
        attempts=delivery.attempts + 1,
        next_at=None,
        updated_at=now,
    )


def paced(delivery: Delivery, slot: datetime, now: datetime) -> Delivery:
    """Waits for its moment in the queue of its domain; then it goes at once."""
    return replace(
        delivery,
        state=DeliveryState.PENDING,
        reason=PACED,
        next_at=slot,
        updated_at=now,
    )


def failed(delivery: Delivery, reason: str, now: datetime, code: str = "") -> Delivery:
    """Not sent, and not to be tried again by itself."""
    return replace(
        delivery,
        state=DeliveryState.FAILED,
        reason=reason,
        code=code,
        next_at=None,
        updated_at=now,
    )


def code_of(answer: Refused | Broken) -> str:
    """ "550 5.1.1", "550", or "" where nothing was said."""
    if isinstance(answer, Broken):
        return str(answer.code) if answer.code else ""
    return f"{answer.code} {answer.enhanced}".rstrip()


def _waiting(
    delivery: Delivery, now: datetime, code: str, next_at: datetime | None
) -> Delivery:
    """Certainly unsent this time; whether it was sent before is not forgotten."""
    return replace(
        delivery,
        state=DeliveryState.PENDING,
        reason=UNCERTAIN if delivery.reason == UNCERTAIN else "",
        code=code,
        next_at=next_at,
        updated_at=now,
    )
