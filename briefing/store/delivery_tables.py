"""Tables of the delivery ledger, of transports and of mornings."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from briefing.store.tables import Moment, metadata

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String, primary_key=True),
    Column("letter", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("subscriber_id", String, nullable=False),
    Column("issue_id", String, nullable=False),
    Column("edition_id", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("code", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Moment),
    Column("updated_at", Moment),
    # 0 for service letters, which overtake editions.
    Column("urgency", Integer, nullable=False),
    # The later of due_at and next_at, so that one index answers what is ready.
    Column("ready_at", Moment, nullable=False),
    Column("lease_until", Moment),
    Index("deliveries_ready", "state", "urgency", "ready_at"),
    Index("deliveries_issue", "issue_id", "state"),
    Index("deliveries_subscriber", "subscriber_id"),
)

transports = Table(
    "transports",
    metadata,
    Column("name", String, primary_key=True),
    Column("payload", Text, nullable=False),
)

mornings = Table(
    "mornings",
    metadata,
    Column("digest_id", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("lease_until", Moment),
    Column("finished_at", Moment),
)
