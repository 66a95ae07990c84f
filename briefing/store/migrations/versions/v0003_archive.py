"""The archive's index with full-text search, filled from the editions frozen so far."""

import sqlalchemy as sa
from alembic import op

from briefing.domain.edition import Edition
from briefing.errors import InputError
from briefing.logic.codec import from_json
from briefing.store.archive_index import index_edition

revision = "0003"
down_revision = "0002"


def _text(name: str, *, primary: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=primary, nullable=False)


def _number(name: str, *, primary: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=primary, nullable=False)


def _brief() -> sa.Column[int]:
    return sa.Column(
        "brief_id", sa.Integer, sa.ForeignKey("archive_briefs.id"), primary_key=True
    )


def upgrade() -> None:
    op.create_table(
        "archive_editions",
        _text("edition_id", primary=True),
        _text("digest_id"),
        _text("profile_id"),
        _text("edition_date"),
        _number("revision"),
        _text("built_at"),
        _text("first_built_at"),
        _text("headlines"),
    )
    op.create_index(
        "archive_editions_day",
        "archive_editions",
        ["digest_id", "profile_id", "edition_date"],
    )
    op.create_table(
        "archive_briefs",
        _number("id", primary=True),
        sa.Column(
            "edition_id",
            sa.Text,
            sa.ForeignKey("archive_editions.edition_id"),
            nullable=False,
        ),
        _text("digest_id"),
        _text("edition_date"),
        _number("position"),
        _text("slug"),
        _text("story_id"),
        _text("headline"),
        _text("lead"),
    )
    op.create_index("archive_briefs_edition", "archive_briefs", ["edition_id"])
    op.create_index(
        "archive_briefs_day", "archive_briefs", ["digest_id", "edition_date"]
    )
    op.create_index("archive_briefs_story", "archive_briefs", ["story_id"])
    op.create_table(
        "archive_topics", _brief(), _text("topic", primary=True), _number("position")
    )
    op.create_index("archive_topics_topic", "archive_topics", ["topic"])
    op.create_table(
        "archive_publishers",
        _brief(),
        _text("slug", primary=True),
        _text("name"),
        _number("position"),
    )
    op.create_index("archive_publishers_slug", "archive_publishers", ["slug"])
    op.create_table(
        "archive_changes",
        _text("digest_id", primary=True),
        _number("number"),
        _text("changed_at"),
    )
    op.execute(
        "CREATE VIRTUAL TABLE archive_fts USING fts5("
        "headline, body, tokenize = 'unicode61 remove_diacritics 2')"
    )
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    # One body at a time: an archive of years does not fit into memory at once.
    rows = connection.execute(
        sa.text("SELECT id, MAX(revision) FROM editions GROUP BY id ORDER BY id")
    ).all()
    for edition_id, newest in rows:
        body = connection.scalar(
            sa.text(
                "SELECT body FROM edition_files WHERE edition_id = :id"
                " AND revision = :revision AND path = 'edition.json'"
            ),
            {"id": edition_id, "revision": newest},
        )
        try:
            edition = from_json(Edition, body) if body else None
        except InputError:
            # Its files stay as they are; only the archive cannot show it.
            edition = None
        if edition is not None:
            index_edition(connection, edition)
