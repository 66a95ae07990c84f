"""Rows of subscribers into domain values and back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from briefing.domain.audience import Preferences, Subscriber, SubscriberState
from briefing.logic.codec import from_json, to_json
from briefing.store.audience_tables import subscribers

# Built once: a send asks it for each mail.
_BY_ID = select(subscribers).where(subscribers.c.id == bindparam("wanted"))


def subscriber_by_id(connection: Connection, subscriber_id: str) -> Subscriber | None:
    """The row as this transaction sees it."""
    row = connection.execute(_BY_ID, {"wanted": subscriber_id}).first()
    return subscriber_of(row) if row else None


def values_of(subscriber: Subscriber) -> dict[str, object]:
    """Its columns."""
    return {
        "id": subscriber.id,
        "digest_id": subscriber.digest_id,
        "address": subscriber.address,
        "address_key": subscriber.address.casefold(),
        "state": subscriber.state.value,
        "preferences": to_json(subscriber.preferences),
        "epoch": subscriber.epoch,
        "created_at": subscriber.created_at,
        "confirmed_at": subscriber.confirmed_at,
        "ended_at": subscriber.ended_at,
    }


def subscriber_of(row: Row[Any]) -> Subscriber:
    """The subscriber of a row."""
    return Subscriber(
        id=row.id,
        digest_id=row.digest_id,
        address=row.address,
        state=SubscriberState(row.state),
        preferences=from_json(Preferences, row.preferences),
        created_at=row.created_at,
        epoch=row.epoch,
        confirmed_at=row.confirmed_at,
        ended_at=row.ended_at,
    )
