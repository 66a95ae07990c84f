"""The tables. A change here needs a migration beside it in migrations/versions/."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

metadata = MetaData()

_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime as text that sorts like time; naive ones are refused."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime reached the store")
        return value.astimezone(UTC).strftime(_FORMAT)

    def process_result_value(
        self, value: str | None, dialect: Dialect
    ) -> datetime | None:
        if value is None:
            return None
        return datetime.fromisoformat(value)


documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("url", String),
    Column("source_id", String),
    Column("fetched_at", Moment),
    Column("published_at", Moment),
    Column("is_complete", Boolean, nullable=False),
    Column("replaced_by", String),
    Column("payload", Text, nullable=False),
    Index("documents_url", "url"),
    Index("documents_fetched_at", "fetched_at"),
)

fetch_states = Table(
    "fetch_states",
    metadata,
    Column("source_id", String, primary_key=True),
    Column("payload", Text, nullable=False),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("id", String, primary_key=True),
    # The same as-of read again with other figures is a restatement: a second row.
    Column("fetched_at", Moment, primary_key=True),
    Column("source_id", String, nullable=False),
    Column("taken_at", Moment, nullable=False),
    Column("payload", Text, nullable=False),
    Index("snapshots_source", "source_id", "taken_at"),
)

stories = Table(
    "stories",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("first_seen_at", Moment),
    Column("touched_at", Moment, nullable=False),
    Column("copies", Text, nullable=False),
    Index("stories_touched_at", "touched_at"),
)

story_documents = Table(
    "story_documents",
    metadata,
    Column("story_id", ForeignKey("stories.id"), primary_key=True),
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("position", Integer, nullable=False),
    Index("story_documents_document", "document_id"),
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("story_id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("payload", Text, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("id", String, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("built_at", Moment, nullable=False),
)

edition_files = Table(
    "edition_files",
    metadata,
    Column("edition_id", String, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("path", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

told = Table(
    "told",
    metadata,
    Column("edition_id", String, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("story_id", String, primary_key=True),
    Column("edition_date", String, nullable=False),
    Column("headline", Text, nullable=False),
    Column("sentences", Text, nullable=False),
    Index("told_story", "story_id"),
)

answers = Table(
    "answers",
    metadata,
    Column("request_hash", String, primary_key=True),
    Column("claimed_at", Moment, nullable=False),
    Column("payload", Text),
)

jobs = Table(
    "jobs",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", String, primary_key=True),
    Column("edition_id", String, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("report", Text),
    Index("runs_edition", "edition_id"),
)
