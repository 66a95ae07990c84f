"""Published editions with their bytes; a fix is a new revision."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from briefing.domain.brief import Brief
from briefing.domain.delivery import Rendition
from briefing.domain.edition import Edition
from briefing.domain.story import Story
from briefing.errors import StoreError
from briefing.store.archive_index import index_edition
from briefing.store.database import Database
from briefing.store.ledgers import finish_run
from briefing.store.stories import put_story
from briefing.store.tables import edition_files, editions, told


class EditionStore:
    """Frozen editions: the same digest and date again gives the same bytes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def publish_edition(
        self,
        edition: Edition,
        files: Sequence[Rendition],
        *,
        stories: Sequence[Story] = (),
        run_id: str = "",
        report: str = "",
        now: datetime,
    ) -> None:
        """Freezes the edition, keeps its stories and closes the run, all or nothing."""
        with self._database.write() as connection:
            if _freeze(connection, edition, files):
                index_edition(connection, edition)
            for story in stories:
                put_story(connection, story, now)
            finish_run(connection, run_id, report, now=now)

    def frozen_files(self, edition_id: str) -> tuple[Rendition, ...]:
        """Bytes of the newest frozen revision, () if there is none."""
        with self._database.read() as connection:
            revision = connection.scalar(
                select(func.max(editions.c.revision)).where(editions.c.id == edition_id)
            )
            return (
                () if revision is None else files_of(connection, edition_id, revision)
            )

    def edition_ids(self, *, limit: int = 30) -> tuple[str, ...]:
        """Ids of published editions, newest first."""
        with self._database.read() as connection:
            rows = connection.scalars(
                select(editions.c.id)
                .group_by(editions.c.id)
                .order_by(func.max(editions.c.built_at).desc(), editions.c.id)
                .limit(limit)
            )
            return tuple(rows)


def _freeze(
    connection: Connection, edition: Edition, files: Sequence[Rendition]
) -> bool:
    """Whether the edition is new, and not the same once more."""
    held = files_of(connection, edition.id, edition.revision)
    if held == tuple(files) and held:
        return False
    if held:
        raise StoreError(
            f"edition {edition.id} revision {edition.revision} is published",
            hint="Publish a correction as a new revision.",
        )
    connection.execute(
        insert(editions).values(
            id=edition.id, revision=edition.revision, built_at=edition.built_at
        )
    )
    for position, file in enumerate(files):
        connection.execute(
            insert(edition_files).values(
                edition_id=edition.id,
                revision=edition.revision,
                position=position,
                path=file.path,
                media_type=file.media_type,
                body=file.body,
            )
        )
    for brief in edition.briefs:
        connection.execute(
            insert(told).values(
                edition_id=edition.id,
                revision=edition.revision,
                story_id=brief.story.id,
                edition_date=edition.edition_date.isoformat(),
                headline=brief.headline.text,
                sentences=json.dumps(_sentences(brief), ensure_ascii=False),
            )
        )
    return True


def files_of(
    connection: Connection, edition_id: str, revision: int
) -> tuple[Rendition, ...]:
    """Bytes of one revision, () if there is none."""
    rows = connection.execute(
        select(edition_files)
        .where(
            edition_files.c.edition_id == edition_id,
            edition_files.c.revision == revision,
        )
        .order_by(edition_files.c.position)
    )
    return tuple(Rendition(row.path, row.media_type, row.body) for row in rows)


def _sentences(brief: Brief) -> list[str]:
    return [
        claim.text
        for section in brief.sections
        for item in section.items
        for claim in item.claims
    ]
