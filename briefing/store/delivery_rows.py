"""Rows of the ledger into domain values and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from briefing.domain.delivery import Delivery, DeliveryState, Letter


def ready_at(delivery: Delivery) -> datetime:
    """Not before: its time, or that of the next try."""
    return max(delivery.due_at, delivery.next_at or delivery.due_at)


def values_of(delivery: Delivery) -> dict[str, object]:
    """Its columns."""
    return {
        "id": delivery.id,
        "letter": delivery.letter.value,
        "channel": delivery.channel,
        "subscriber_id": delivery.subscriber_id,
        "issue_id": delivery.issue_id,
        "edition_id": delivery.edition_id,
        "revision": delivery.revision,
        "due_at": delivery.due_at,
        "expires_at": delivery.expires_at,
        "created_at": delivery.created_at,
        "state": delivery.state.value,
        "reason": delivery.reason,
        "code": delivery.code,
        "attempts": delivery.attempts,
        "next_at": delivery.next_at,
        "updated_at": delivery.updated_at,
        "urgency": 1 if delivery.letter is Letter.EDITION else 0,
        "ready_at": ready_at(delivery),
        "lease_until": None,
    }


def delivery_of(row: Row[Any]) -> Delivery:
    """The delivery of a row."""
    return Delivery(
        id=row.id,
        letter=Letter(row.letter),
        channel=row.channel,
        subscriber_id=row.subscriber_id,
        due_at=row.due_at,
        expires_at=row.expires_at,
        created_at=row.created_at,
        issue_id=row.issue_id,
        edition_id=row.edition_id,
        revision=row.revision,
        state=DeliveryState(row.state),
        reason=row.reason,
        code=row.code,
        attempts=row.attempts,
        next_at=row.next_at,
        updated_at=row.updated_at,
    )
