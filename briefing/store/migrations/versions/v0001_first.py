"""The first schema: documents with full-text search, stories, editions, ledgers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _text(name: str, *, primary: bool = False, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=primary, nullable=null)


def upgrade() -> None:
    op.create_table(
        "documents",
        _text("id", primary=True),
        _text("url", null=True),
        _text("source_id", null=True),
        _text("fetched_at", null=True),
        _text("published_at", null=True),
        sa.Column("is_complete", sa.Boolean, nullable=False),
        _text("replaced_by", null=True),
        _text("payload"),
    )
    op.create_index("documents_url", "documents", ["url"])
    op.create_index("documents_fetched_at", "documents", ["fetched_at"])
    op.execute(
        "CREATE VIRTUAL TABLE documents_fts USING fts5("
        "id UNINDEXED, title, body, tokenize = 'unicode61 remove_diacritics 2')"
    )
    op.create_table("fetch_states", _text("source_id", primary=True), _text("payload"))
    op.create_table(
        "snapshots",
        _text("id", primary=True),
        _text("fetched_at", primary=True),
        _text("source_id"),
        _text("taken_at"),
        _text("payload"),
    )
    op.create_index("snapshots_source", "snapshots", ["source_id", "taken_at"])
    op.create_table(
        "stories",
        _text("id", primary=True),
        _text("title"),
        _text("first_seen_at", null=True),
        _text("touched_at"),
        _text("copies"),
    )
    op.create_index("stories_touched_at", "stories", ["touched_at"])
    op.create_table(
        "story_documents",
        sa.Column("story_id", sa.Text, sa.ForeignKey("stories.id"), primary_key=True),
        sa.Column(
            "document_id", sa.Text, sa.ForeignKey("documents.id"), primary_key=True
        ),
        sa.Column("position", sa.Integer, nullable=False),
    )
    op.create_index("story_documents_document", "story_documents", ["document_id"])
    op.create_table(
        "outcomes",
        _text("run_id", primary=True),
        _text("story_id", primary=True),
        _text("kind"),
        _text("payload"),
    )
    op.create_table(
        "editions",
        _text("id", primary=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        _text("built_at"),
    )
    op.create_table(
        "edition_files",
        _text("edition_id", primary=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        _text("path"),
        _text("media_type"),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "told",
        _text("edition_id", primary=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        _text("story_id", primary=True),
        _text("edition_date"),
        _text("headline"),
        _text("sentences"),
    )
    op.create_index("told_story", "told", ["story_id"])
    op.create_table(
        "answers",
        _text("request_hash", primary=True),
        _text("claimed_at"),
        _text("payload", null=True),
    )
    op.create_table(
        "jobs",
        _text("run_id", primary=True),
        _text("name", primary=True),
        _text("key", primary=True),
        _text("value"),
    )
    op.create_table(
        "runs",
        _text("id", primary=True),
        _text("edition_id"),
        _text("started_at"),
        _text("finished_at", null=True),
        _text("report", null=True),
    )
    op.create_index("runs_edition", "runs", ["edition_id"])
