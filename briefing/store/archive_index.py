"""Filling the archive's index, in the transaction that freezes an edition."""

from __future__ import annotations

import json

from sqlalchemy import Connection, delete, func, insert, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from briefing.domain.brief import Brief
from briefing.domain.edition import Edition
from briefing.logic import catalogue
from briefing.logic.site_paths import DEFAULT_PROFILE
from briefing.store.archive_tables import (
    archive_briefs,
    archive_changes,
    archive_editions,
    archive_publishers,
    archive_topics,
)
from briefing.store.tables import editions


def index_edition(connection: Connection, edition: Edition) -> None:
    """Puts the edition in the place of its earlier revision."""
    held = connection.scalar(
        select(archive_editions.c.revision).where(
            archive_editions.c.edition_id == edition.id
        )
    )
    if held is not None and held > edition.revision:
        return
    _forget(connection, edition.id)
    first = connection.scalar(
        select(func.min(editions.c.built_at)).where(editions.c.id == edition.id)
    )
    values = {
        "digest_id": edition.digest.id,
        "profile_id": edition.profile.id,
        "edition_date": edition.edition_date.isoformat(),
        "revision": edition.revision,
        "built_at": edition.built_at,
        "first_built_at": first or edition.built_at,
        "headlines": json.dumps(
            [brief.headline.text for brief in edition.briefs], ensure_ascii=False
        ),
    }
    connection.execute(
        upsert(archive_editions)
        .values(edition_id=edition.id, **values)
        .on_conflict_do_update(set_=values)
    )
    if edition.profile.id != DEFAULT_PROFILE:
        return
    for position, brief in enumerate(edition.briefs):
        _add_brief(connection, edition, position, brief)
    _count_change(connection, edition)


def _forget(connection: Connection, edition_id: str) -> None:
    ids = connection.scalars(
        select(archive_briefs.c.id).where(archive_briefs.c.edition_id == edition_id)
    ).all()
    for brief_id in ids:
        connection.execute(
            text("DELETE FROM archive_fts WHERE rowid = :id"), {"id": brief_id}
        )
    for table in (archive_topics, archive_publishers):
        connection.execute(delete(table).where(table.c.brief_id.in_(ids)))
    connection.execute(
        delete(archive_briefs).where(archive_briefs.c.edition_id == edition_id)
    )


def _add_brief(
    connection: Connection, edition: Edition, position: int, brief: Brief
) -> None:
    made = connection.execute(
        insert(archive_briefs).values(
            edition_id=edition.id,
            digest_id=edition.digest.id,
            edition_date=edition.edition_date.isoformat(),
            position=position,
            slug=brief.slug,
            story_id=brief.story.id,
            headline=brief.headline.text,
            lead=catalogue.lead(brief),
        )
    )
    brief_id = made.inserted_primary_key[0] if made.inserted_primary_key else None
    connection.execute(
        text("INSERT INTO archive_fts (rowid, headline, body) VALUES (:id, :h, :b)"),
        {
            "id": brief_id,
            "h": brief.headline.text,
            "b": catalogue.words_of(brief),
        },
    )
    for place, topic in enumerate(catalogue.topics(brief)):
        connection.execute(
            insert(archive_topics).values(
                brief_id=brief_id, topic=topic, position=place
            )
        )
    for place, (slug, name) in enumerate(catalogue.publishers(brief)):
        connection.execute(
            insert(archive_publishers).values(
                brief_id=brief_id, slug=slug, name=name, position=place
            )
        )


def _count_change(connection: Connection, edition: Edition) -> None:
    made = upsert(archive_changes).values(
        digest_id=edition.digest.id, number=1, changed_at=edition.built_at
    )
    connection.execute(
        made.on_conflict_do_update(
            set_={
                "number": archive_changes.c.number + 1,
                "changed_at": func.max(
                    archive_changes.c.changed_at, made.excluded.changed_at
                ),
            }
        )
    )
