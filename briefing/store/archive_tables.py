"""The archive's index: made from frozen editions, and from nothing else.

The words of briefs stand in the virtual table archive_fts under the brief's id.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from briefing.store.tables import Moment, metadata

archive_editions = Table(
    "archive_editions",
    metadata,
    Column("edition_id", String, primary_key=True),
    Column("digest_id", String, nullable=False),
    Column("profile_id", String, nullable=False),
    Column("edition_date", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("built_at", Moment, nullable=False),
    Column("first_built_at", Moment, nullable=False),
    Column("headlines", Text, nullable=False),
    Index("archive_editions_day", "digest_id", "profile_id", "edition_date"),
)

# Briefs of default profiles only: other profiles choose among the same stories.
archive_briefs = Table(
    "archive_briefs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "edition_id",
        ForeignKey("archive_editions.edition_id"),
        nullable=False,
    ),
    Column("digest_id", String, nullable=False),
    Column("edition_date", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("slug", String, nullable=False),
    Column("story_id", String, nullable=False),
    Column("headline", Text, nullable=False),
    Column("lead", Text, nullable=False),
    Index("archive_briefs_edition", "edition_id"),
    Index("archive_briefs_day", "digest_id", "edition_date"),
    Index("archive_briefs_story", "story_id"),
)

archive_topics = Table(
    "archive_topics",
    metadata,
    Column("brief_id", ForeignKey("archive_briefs.id"), primary_key=True),
    Column("topic", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Index("archive_topics_topic", "topic"),
)

archive_publishers = Table(
    "archive_publishers",
    metadata,
    Column("brief_id", ForeignKey("archive_briefs.id"), primary_key=True),
    Column("slug", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Index("archive_publishers_slug", "slug"),
)

# How often a digest's archive has changed, so that pages know whether they are fresh.
archive_changes = Table(
    "archive_changes",
    metadata,
    Column("digest_id", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
)
