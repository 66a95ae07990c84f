"""What a chat's answer means for its row of the ledger.

Source: RFC 9110 (status codes), RFC 6585 (429); how Slack, Discord and Mattermost
answer a webhook that was taken away: 403, 404 or 410.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from briefing.domain.delivery import (
    Broken,
    Delivery,
    DeliveryState,
    Phase,
    Refused,
    Sent,
)

# Chosen: a chat is nobody's mailbox; it is asked sooner than a mail server.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
)
_PASSING = frozenset({408, 425, 429})
_FINAL = {401: "no_right", 403: "no_right", 404: "gone", 410: "gone"}
# A wrong address stays wrong; trouble on the way passes.
_WRONG = frozenset({"address", "private_address"})


def after_answer(
    delivery: Delivery, answer: Sent | Refused | Broken, *, holds: bool, now: datetime
) -> Delivery:
    """The row as it stands then. `holds`: what may have arrived is not posted again."""
    if isinstance(answer, Sent):
        return _ended(delivery, DeliveryState.SENT, "", answer.reply, now)
    if isinstance(answer, Refused):
        return _refused(delivery, answer, now)
    if answer.phase is Phase.AFTER_DOT:
        if holds:
            return _ended(
                delivery, DeliveryState.UNCERTAIN, answer.reason, answer.text, now
            )
        return _later(delivery, answer.reason, _wait(delivery), now, attempts=1)
    if answer.reason in _WRONG:
        return _ended(delivery, DeliveryState.FAILED, answer.reason, "", now)
    # It did not get there: that is no attempt of the chat's.
    return _later(delivery, answer.reason, WAITS[1], now, attempts=0)


def unpostable(delivery: Delivery, reason: str, now: datetime) -> Delivery:
    """The row of a post that there is nothing or nobody for."""
    return replace(
        delivery, state=DeliveryState.FAILED, reason=reason, code="", updated_at=now
    )


def _refused(delivery: Delivery, answer: Refused, now: datetime) -> Delivery:
    code = f"HTTP {answer.code}"
    if answer.code not in _PASSING and answer.code < 500:
        is_redirect = 300 <= answer.code < 400
        reason = "redirect" if is_redirect else _FINAL.get(answer.code, "refused")
        return _ended(delivery, DeliveryState.FAILED, reason, code, now)
    asked = timedelta(seconds=answer.retry_after_s or 0.0)
    wait = max(_wait(delivery), asked)
    return replace(
        _later(delivery, "deferred", wait, now, attempts=1),
        code=code,
    )


def _wait(delivery: Delivery) -> timedelta:
    return WAITS[min(delivery.attempts, len(WAITS) - 1)]


def _ended(
    delivery: Delivery, state: DeliveryState, reason: str, code: str, now: datetime
) -> Delivery:
    return replace(
        delivery,
        state=state,
        reason=reason,
        code=code,
        attempts=delivery.attempts + 1,
        next_at=None,
        updated_at=now,
    )


def _later(
    delivery: Delivery, reason: str, wait: timedelta, now: datetime, *, attempts: int
) -> Delivery:
    return replace(
        delivery,
        state=DeliveryState.PENDING,
        reason=reason,
        attempts=delivery.attempts + attempts,
        next_at=now + wait,
        updated_at=now,
    )
