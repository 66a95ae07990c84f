"""Subscribers with their consent, and the ledger of deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _text(name: str, *, primary: bool = False, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=primary, nullable=null)


def _number(name: str, *, primary: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=primary, nullable=False)


def upgrade() -> None:
    _audience()
    _ledger()


def _audience() -> None:
    op.create_table(
        "subscribers",
        _text("id", primary=True),
        _text("digest_id"),
        _text("address"),
        _text("address_key"),
        _text("state"),
        _text("preferences"),
        _number("epoch"),
        _text("created_at"),
        _text("confirmed_at", null=True),
        _text("ended_at", null=True),
    )
    op.create_index(
        "subscribers_address", "subscribers", ["digest_id", "address_key"], unique=True
    )
    op.create_index(
        "subscribers_state", "subscribers", ["digest_id", "state", "created_at", "id"]
    )
    op.create_table(
        "consents",
        _number("id", primary=True),
        _text("subscriber_id"),
        _text("kind"),
        _text("at"),
        _text("wording_hash"),
        _text("token_id"),
        _text("ip", null=True),
    )
    op.create_index("consents_subscriber", "consents", ["subscriber_id"])
    op.execute(
        "CREATE TRIGGER consents_stay BEFORE UPDATE ON consents "
        "BEGIN SELECT RAISE(ABORT, 'the consent log is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER consents_remain BEFORE DELETE ON consents "
        "WHEN EXISTS (SELECT 1 FROM subscribers WHERE id = OLD.subscriber_id) "
        "BEGIN SELECT RAISE(ABORT, 'the consent log is append-only'); END"
    )
    op.create_table(
        "suppressions",
        _text("key", primary=True),
        _text("reason"),
        _text("since"),
        _text("detail"),
    )
    op.create_table(
        "cap_events",
        _number("id", primary=True),
        _text("key"),
        _text("at"),
        _text("gone_at"),
    )
    op.create_index("cap_events_key", "cap_events", ["key", "at"])
    op.create_index("cap_events_gone", "cap_events", ["gone_at"])


def _ledger() -> None:
    op.create_table(
        "deliveries",
        _text("id", primary=True),
        _text("letter"),
        _text("channel"),
        _text("subscriber_id"),
        _text("issue_id"),
        _text("edition_id"),
        _number("revision"),
        _text("due_at"),
        _text("expires_at"),
        _text("created_at"),
        _text("state"),
        _text("reason"),
        _text("code"),
        _number("attempts"),
        _text("next_at", null=True),
        _text("updated_at", null=True),
        _number("urgency"),
        _text("ready_at"),
        _text("lease_until", null=True),
    )
    op.create_index("deliveries_ready", "deliveries", ["state", "urgency", "ready_at"])
    op.create_index("deliveries_issue", "deliveries", ["issue_id", "state"])
    op.create_index("deliveries_subscriber", "deliveries", ["subscriber_id"])
    op.create_table("transports", _text("name", primary=True), _text("payload"))
    op.create_table(
        "mornings",
        _text("digest_id", primary=True),
        _text("day", primary=True),
        _text("lease_until", null=True),
        _text("finished_at", null=True),
    )
