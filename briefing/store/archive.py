"""Reading what was published: the frozen editions by day, topic, source and words."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    func,
    select,
    text,
)

from briefing.domain.delivery import Rendition
from briefing.logic.site_paths import DEFAULT_PROFILE
from briefing.logic.text import words
from briefing.ports import ArchiveState, BriefRef, EditionRef
from briefing.store.archive_tables import (
    archive_briefs,
    archive_changes,
    archive_editions,
    archive_publishers,
    archive_topics,
)
from briefing.store.database import Database
from briefing.store.editions import files_of
from briefing.store.tables import editions

# Longer queries are pasted texts; the first words say enough (chosen).
_MOST_TERMS = 16
# SQLite takes at most 32,766 values in a statement (sqlite.org/limits.html).
_MOST_IDS = 10_000
# Built once: every page that is asked for asks this first.
_STATE = select(
    func.sum(archive_changes.c.number), func.max(archive_changes.c.changed_at)
).where(archive_changes.c.digest_id.in_(bindparam("ids", expanding=True)))


class ArchiveReader:
    """The archive's half of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def editions(
        self,
        digest_id: str,
        *,
        profile_id: str = DEFAULT_PROFILE,
        before: date | None = None,
        limit: int = 30,
    ) -> tuple[EditionRef, ...]:
        """Newest date first; `before` is exclusive, for paging."""
        table = archive_editions
        query = (
            _of(digest_id, profile_id)
            .order_by(table.c.edition_date.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(table.c.edition_date < before.isoformat())
        with self._database.read() as connection:
            return tuple(_edition(row) for row in connection.execute(query))

    def neighbours(
        self, edition: EditionRef
    ) -> tuple[EditionRef | None, EditionRef | None]:
        """The edition of the day before and of the day after, of the same profile."""
        table = archive_editions
        day = edition.edition_date.isoformat()
        query = _of(edition.digest_id, edition.profile_id).limit(1)
        earlier = query.where(table.c.edition_date < day).order_by(
            table.c.edition_date.desc()
        )
        later = query.where(table.c.edition_date > day).order_by(table.c.edition_date)
        with self._database.read() as connection:
            before = connection.execute(earlier).first()
            after = connection.execute(later).first()
        return (
            _edition(before) if before else None,
            _edition(after) if after else None,
        )

    def months(self, digest_id: str) -> tuple[tuple[date, int], ...]:
        """(first day of a month, editions in it), newest first."""
        month = func.substr(archive_editions.c.edition_date, 1, 7)
        query = (
            select(month.label("month"), func.count().label("count"))
            .where(
                archive_editions.c.digest_id == digest_id,
                archive_editions.c.profile_id == DEFAULT_PROFILE,
            )
            .group_by(month)
            .order_by(month.desc())
        )
        with self._database.read() as connection:
            return tuple(
                (date.fromisoformat(f"{name}-01"), count)
                for name, count in connection.execute(query)
            )

    def edition_ref(self, edition_id: str) -> EditionRef | None:
        """The newest revision."""
        query = select(archive_editions).where(
            archive_editions.c.edition_id == edition_id
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return _edition(row) if row else None

    def revisions(self, edition_id: str) -> tuple[tuple[int, datetime], ...]:
        """(revision, built_at), oldest first."""
        query = (
            select(editions.c.revision, editions.c.built_at)
            .where(editions.c.id == edition_id)
            .order_by(editions.c.revision)
        )
        with self._database.read() as connection:
            return tuple(
                (row.revision, row.built_at) for row in connection.execute(query)
            )

    def edition_files(self, edition_id: str, revision: int) -> tuple[Rendition, ...]:
        """Bytes of that revision, () if there is none."""
        with self._database.read() as connection:
            return files_of(connection, edition_id, revision)

    def briefs(
        self,
        digest_id: str,
        *,
        topic: str = "",
        publisher: str = "",
        story_id: str = "",
        query: str = "",
        before: date | None = None,
        limit: int = 30,
    ) -> tuple[BriefRef, ...]:
        """Briefs of newest revisions; newest first, or best first with a `query`, which
        may be any text.
        """
        table = archive_briefs
        wanted = _briefs(digest_id).limit(limit)
        if topic:
            wanted = wanted.join(
                archive_topics,
                and_(
                    archive_topics.c.brief_id == table.c.id,
                    archive_topics.c.topic == topic,
                ),
            )
        if publisher:
            wanted = wanted.join(
                archive_publishers,
                and_(
                    archive_publishers.c.brief_id == table.c.id,
                    archive_publishers.c.slug == publisher,
                ),
            )
        if story_id:
            wanted = wanted.where(table.c.story_id == story_id)
        if before is not None:
            wanted = wanted.where(table.c.edition_date < before.isoformat())
        if not query:
            in_order = wanted.order_by(table.c.edition_date.desc(), table.c.position)
            with self._database.read() as connection:
                return _refs(connection, connection.execute(in_order).all())
        match = _match(query)
        if not match:
            return ()
        with self._database.read() as connection:
            rows = connection.execute(_found(wanted), {"match": match}).all()
            return _refs(connection, rows)

    def topics(self, digest_id: str) -> tuple[tuple[str, int], ...]:
        """(topic, briefs), most first."""
        count = func.count()
        query = (
            select(archive_topics.c.topic, count)
            .join(archive_briefs, archive_briefs.c.id == archive_topics.c.brief_id)
            .where(archive_briefs.c.digest_id == digest_id)
            .group_by(archive_topics.c.topic)
            .order_by(count.desc(), archive_topics.c.topic)
        )
        with self._database.read() as connection:
            return tuple((row[0], row[1]) for row in connection.execute(query))

    def publishers(self, digest_id: str) -> tuple[tuple[str, str, int], ...]:
        """(slug, name, briefs), by name."""
        table = archive_publishers
        # A publisher that changed its name within a slug goes by the newest one.
        query = (
            select(table.c.slug, table.c.name, func.count(), func.max(table.c.brief_id))
            .join(archive_briefs, archive_briefs.c.id == table.c.brief_id)
            .where(archive_briefs.c.digest_id == digest_id)
            .group_by(table.c.slug)
        )
        with self._database.read() as connection:
            found = [(row[0], row[1], row[2]) for row in connection.execute(query)]
        return tuple(sorted(found, key=lambda one: (one[1].casefold(), one[0])))

    def archive_state(self, digest_ids: Sequence[str]) -> ArchiveState:
        """How often and when the archives of these digests last changed."""
        with self._database.read() as connection:
            row = connection.execute(_STATE, {"ids": list(digest_ids)}).one()
        return ArchiveState(
            changes=row[0] or 0,
            changed_at=row[1] or datetime(1970, 1, 1, tzinfo=UTC),
        )


def _of(digest_id: str, profile_id: str) -> Select[Any]:
    return select(archive_editions).where(
        archive_editions.c.digest_id == digest_id,
        archive_editions.c.profile_id == profile_id,
    )


def _briefs(digest_id: str) -> Select[Any]:
    return (
        select(
            archive_briefs.c.id,
            archive_briefs.c.slug,
            archive_briefs.c.story_id,
            archive_briefs.c.headline,
            archive_briefs.c.lead,
            archive_editions,
        )
        .join(
            archive_editions,
            archive_editions.c.edition_id == archive_briefs.c.edition_id,
        )
        .where(archive_briefs.c.digest_id == digest_id)
    )


def _match(query: str) -> str:
    """FTS5's form of any text: its words, each quoted so that no operator gets through;
    the last one may be the beginning of a longer word.
    """
    terms = list(dict.fromkeys(words(unicodedata.normalize("NFKC", query))))[
        :_MOST_TERMS
    ]
    if not terms:
        return ""
    return " ".join(f'"{term}"' for term in terms) + "*"


def _found(wanted: Select[Any]) -> Select[Any]:
    return (
        wanted.add_columns(
            text("snippet(archive_fts, 1, char(2), char(3), '…', 28) AS excerpt")
        )
        .join(text("archive_fts"), text("archive_fts.rowid = archive_briefs.id"))
        .where(text("archive_fts MATCH :match"))
        # A headline counts five times its text, as in the search of documents.
        .order_by(
            text("bm25(archive_fts, 5.0, 1.0)"),
            archive_briefs.c.edition_date.desc(),
            archive_briefs.c.position,
        )
    )


def _edition(row: Row[Any]) -> EditionRef:
    return EditionRef(
        id=row.edition_id,
        digest_id=row.digest_id,
        profile_id=row.profile_id,
        edition_date=date.fromisoformat(row.edition_date),
        revision=row.revision,
        built_at=row.built_at,
        headlines=tuple(json.loads(row.headlines)),
        published_at=row.first_built_at,
    )


def _refs(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[BriefRef, ...]:
    topics: dict[int, list[str]] = {}
    publishers: dict[int, list[tuple[str, str]]] = {}
    for start in range(0, len(rows), _MOST_IDS):
        ids = [row.id for row in rows[start : start + _MOST_IDS]]
        for found in connection.execute(_filed(archive_topics, ids)):
            topics.setdefault(found.brief_id, []).append(found.topic)
        for found in connection.execute(_filed(archive_publishers, ids)):
            publishers.setdefault(found.brief_id, []).append((found.slug, found.name))
    return tuple(
        replace(
            _brief(row),
            topics=tuple(topics.get(row.id, ())),
            publishers=tuple(publishers.get(row.id, ())),
        )
        for row in rows
    )


def _filed(table: Table, ids: Sequence[int]) -> Select[Any]:
    return select(table).where(table.c.brief_id.in_(ids)).order_by(table.c.position)


def _brief(row: Row[Any]) -> BriefRef:
    return BriefRef(
        edition=_edition(row),
        slug=row.slug,
        headline=row.headline,
        lead=row.lead,
        topics=(),
        publishers=(),
        story_id=row.story_id,
        excerpt=getattr(row, "excerpt", "") or "",
    )
