"""Tables of subscribers, their consent, suppressed addresses and counted events."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from briefing.store.tables import Moment, metadata

subscribers = Table(
    "subscribers",
    metadata,
    Column("id", String, primary_key=True),
    Column("digest_id", String, nullable=False),
    Column("address", String, nullable=False),
    # Case-folded: one person, one row.
    Column("address_key", String, nullable=False),
    Column("state", String, nullable=False),
    Column("preferences", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Column("ended_at", Moment),
    Index("subscribers_address", "digest_id", "address_key", unique=True),
    Index("subscribers_state", "digest_id", "state", "created_at", "id"),
)

# Append-only: triggers refuse to change a line, and to delete one of a subscriber that
# still has a row.
consents = Table(
    "consents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subscriber_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("wording_hash", String, nullable=False),
    Column("token_id", String, nullable=False),
    Column("ip", String),
    Index("consents_subscriber", "subscriber_id"),
)

suppressions = Table(
    "suppressions",
    metadata,
    Column("key", String, primary_key=True),
    Column("reason", String, nullable=False),
    Column("since", Moment, nullable=False),
    Column("detail", Text, nullable=False),
)

cap_events = Table(
    "cap_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("at", Moment, nullable=False),
    # After then no window holds it any more.
    Column("gone_at", Moment, nullable=False),
    Index("cap_events_key", "key", "at"),
    Index("cap_events_gone", "gone_at"),
)
