"""Ids of deliveries: same letter to the same reader, same id, so none goes twice."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime

from briefing.domain.audience import Preferences, Subscriber, SubscriberState
from briefing.domain.delivery import Letter


def edition_delivery_id(
    issue_id: str, revision: int, subscriber_id: str, channel: str
) -> str:
    """32 hex digits. `revision` is that of the edition."""
    return _hash("edition", issue_id, revision, subscriber_id, channel)


def letter_id(letter: Letter, subscriber_id: str, asked_at: datetime) -> str:
    """32 hex digits of a service letter."""
    return _hash(letter.value, subscriber_id, asked_at.astimezone(UTC).isoformat())


def copy_id(address: str, edition_id: str, at: datetime) -> str:
    """32 hex digits of a test copy, which stands in no ledger."""
    return _hash("copy", address, edition_id, at.astimezone(UTC).isoformat())


def seed_reader(address: str, digest_id: str, since: datetime) -> Subscriber:
    """The stand-in for an address of the house, which is on no list."""
    digest = hashlib.blake2b(f"{digest_id}\0{address}".encode(), digest_size=8).digest()
    return Subscriber(
        # As long as a subscriber's id, so that its links can be made like any other.
        id=base64.urlsafe_b64encode(digest).decode().rstrip("="),
        digest_id=digest_id,
        address=address,
        state=SubscriberState.ACTIVE,
        preferences=Preferences(),
        created_at=since,
    )


def _hash(*parts: object) -> str:
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=16).hexdigest()
