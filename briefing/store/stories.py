"""Stories over days, the outcomes of a run, and what editions have told of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from briefing.domain.brief import Brief, Held
from briefing.domain.document import Document
from briefing.domain.story import Story
from briefing.logic.codec import from_json, to_json
from briefing.ports import StoredBrief
from briefing.store.database import Database
from briefing.store.documents import put_document
from briefing.store.tables import documents, outcomes, stories, story_documents, told


class StoryStore:
    """Which documents belong together, and what became of each story."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def stories(self, *, since: datetime) -> tuple[Story, ...]:
        """Stories that had a document since then, with all their documents."""
        with self._database.read() as connection:
            heads = connection.execute(
                select(stories)
                .where(stories.c.touched_at >= since)
                .order_by(stories.c.first_seen_at, stories.c.id)
            ).all()
            members: dict[str, list[Document]] = defaultdict(list)
            rows = connection.execute(
                select(story_documents.c.story_id, documents.c.payload)
                .join(documents, documents.c.id == story_documents.c.document_id)
                .join(stories, stories.c.id == story_documents.c.story_id)
                .where(stories.c.touched_at >= since)
                .order_by(story_documents.c.story_id, story_documents.c.position)
            )
            for row in rows:
                members[row.story_id].append(from_json(Document, row.payload))
        return tuple(
            Story(
                id=head.id,
                title=head.title,
                documents=tuple(members[head.id]),
                copies=tuple((copy, of) for copy, of in json.loads(head.copies)),
                first_seen_at=head.first_seen_at,
            )
            for head in heads
        )

    def save_outcome(self, run_id: str, outcome: Brief | Held) -> None:
        """Keeps a checked brief or a held draft of an unfinished run."""
        is_brief = isinstance(outcome, Brief)
        story = outcome.story if isinstance(outcome, Brief) else outcome.draft.story
        values = {
            "kind": "brief" if is_brief else "held",
            "payload": to_json(outcome),
        }
        with self._database.write() as connection:
            connection.execute(
                upsert(outcomes)
                .values(run_id=run_id, story_id=story.id, **values)
                .on_conflict_do_update(set_=values)
            )

    def outcome(self, run_id: str, story_id: str) -> Brief | Held | None:
        """What `save_outcome` kept."""
        with self._database.read() as connection:
            row = connection.execute(
                select(outcomes).where(
                    outcomes.c.run_id == run_id, outcomes.c.story_id == story_id
                )
            ).first()
        if row is None:
            return None
        if row.kind == "brief":
            return from_json(Brief, row.payload)
        return from_json(Held, row.payload)

    def told(self, story_ids: Iterable[str]) -> tuple[StoredBrief, ...]:
        """What published editions said of these stories, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(told)
                .where(told.c.story_id.in_(list(story_ids)))
                .order_by(told.c.edition_date, told.c.story_id, told.c.revision)
            )
            return tuple(
                StoredBrief(
                    story_id=row.story_id,
                    edition_date=date.fromisoformat(row.edition_date),
                    sentences=tuple(json.loads(row.sentences)),
                    headline=row.headline,
                )
                for row in rows
            )


def put_story(connection: Connection, story: Story, now: datetime) -> None:
    """Keeps id and membership, so that a story keeps its id tomorrow.

    The text forms of ranking snapshots are kept as documents as well: citations point
    into them.
    """
    for document in story.documents:
        put_document(connection, document)
    values = {
        "title": story.title,
        "first_seen_at": story.first_seen_at,
        "touched_at": now,
        "copies": json.dumps(story.copies),
    }
    connection.execute(
        upsert(stories).values(id=story.id, **values).on_conflict_do_update(set_=values)
    )
    connection.execute(
        delete(story_documents).where(story_documents.c.story_id == story.id)
    )
    if story.documents:
        connection.execute(
            insert(story_documents),
            [
                {"story_id": story.id, "document_id": one.id, "position": position}
                for position, one in enumerate(story.documents)
            ],
        )
