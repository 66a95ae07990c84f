"""Documents and what was remembered of their sources; full-text search."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from briefing.domain.document import Document
from briefing.domain.ranking import RankingSnapshot
from briefing.domain.source import FetchState, Harvest
from briefing.logic.codec import from_json, to_json
from briefing.logic.text import words
from briefing.store.database import Database
from briefing.store.tables import documents, fetch_states, snapshots, story_documents

# SQLite's default limit of bound values is 32,766; far below it, far above a day.
_BATCH = 500

# Chosen: a year of days of a hundred rows; of a ranking of 15,000 rows two weeks.
_MOST_ROWS = 200_000
_FEWEST_SNAPSHOTS = 9


class DocumentStore:
    """What was read; texts are never edited, only replaced by a fuller one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def fetch_state(self, source_id: str) -> FetchState:
        """The remembered state, or a fresh one."""
        with self._database.read() as connection:
            found = connection.scalar(
                select(fetch_states.c.payload).where(
                    fetch_states.c.source_id == source_id
                )
            )
        return from_json(FetchState, found) if found else FetchState(source_id)

    def save_fetch_state(self, state: FetchState) -> None:
        """Keeps the state alone (after a failure)."""
        with self._database.write() as connection:
            _put_state(connection, state)

    def save_harvest(self, harvest: Harvest) -> tuple[str, ...]:
        """Keeps state, new documents and snapshot; returns ids of the new documents."""
        with self._database.write() as connection:
            _put_state(connection, harvest.state)
            if harvest.snapshot is not None:
                _put_snapshot(connection, harvest.snapshot)
            return tuple(
                document.id
                for document in harvest.documents
                if _put_if_new(connection, document)
            )

    def replace_document(self, excerpt_id: str, document: Document) -> None:
        """Keeps the full text and marks the excerpt as replaced by it."""
        with self._database.write() as connection:
            put_document(connection, document)
            if excerpt_id != document.id:
                connection.execute(
                    update(documents)
                    .where(documents.c.id == excerpt_id)
                    .values(replaced_by=document.id)
                )

    def documents(
        self, *, since: datetime, until: datetime | None = None
    ) -> tuple[Document, ...]:
        """Documents fetched in [since, until], not replaced, oldest first."""
        query = _read_in(since, until)
        with self._database.read() as connection:
            return tuple(_document(row) for row in connection.execute(query))

    def ungrouped_documents(
        self, *, since: datetime, until: datetime
    ) -> tuple[Document, ...]:
        """As `documents`, but only those that belong to no story yet."""
        grouped = select(story_documents.c.document_id)
        query = _read_in(since, until).where(documents.c.id.not_in(grouped))
        with self._database.read() as connection:
            return tuple(_document(row) for row in connection.execute(query))

    def documents_by_id(self, ids: Iterable[str]) -> tuple[Document, ...]:
        """In the order of `ids`; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Document] = {}
        with self._database.read() as connection:
            for start in range(0, len(wanted), _BATCH):
                batch = wanted[start : start + _BATCH]
                rows = connection.execute(
                    select(documents.c.payload).where(documents.c.id.in_(batch))
                )
                found.update((one.id, one) for one in map(_document, rows))
        return tuple(found[one] for one in wanted if one in found)

    def documents_by_url(self, urls: Iterable[str]) -> Mapping[str, Document]:
        """The newest complete document for each address that is held."""
        wanted = list(dict.fromkeys(urls))
        found: dict[str, Document] = {}
        with self._database.read() as connection:
            for start in range(0, len(wanted), _BATCH):
                rows = connection.execute(
                    select(documents.c.payload)
                    .where(
                        documents.c.url.in_(wanted[start : start + _BATCH]),
                        documents.c.is_complete,
                        documents.c.replaced_by.is_(None),
                    )
                    .order_by(documents.c.fetched_at, documents.c.id)
                )
                for document in map(_document, rows):
                    found[str(document.url)] = document
        return found

    def search(self, query: str, *, limit: int = 40) -> tuple[Document, ...]:
        """Full-text search, best first; any text is a safe query.

        Documents that hold more of the words come first (bm25, a title counts five
        times its text), so a rare word that nobody used does not empty the answer.
        """
        # Words only, each quoted: no operator of FTS5's query language gets through.
        terms = list(dict.fromkeys(words(query)))[:32]
        if not terms:
            return ()
        match = " OR ".join(f'"{term}"' for term in terms)
        with self._database.read() as connection:
            rows = connection.execute(
                text(
                    "SELECT d.payload FROM documents_fts f"
                    " JOIN documents d ON d.id = f.id"
                    " WHERE documents_fts MATCH :match AND d.replaced_by IS NULL"
                    " ORDER BY bm25(documents_fts, 0, 5.0, 1.0), d.id LIMIT :limit"
                ),
                {"match": match, "limit": limit},
            )
            return tuple(_document(row) for row in rows)

    def snapshots(
        self, source_id: str, *, until: datetime, limit: int = 60
    ) -> tuple[RankingSnapshot, ...]:
        """Snapshots with taken_at <= until, newest first, each as last restated.

        At most `limit`, and fewer of a long ranking, whose history costs as many rows.
        """
        query = (
            select(snapshots.c.id, snapshots.c.payload)
            .where(snapshots.c.source_id == source_id, snapshots.c.taken_at <= until)
            .order_by(snapshots.c.taken_at.desc(), snapshots.c.fetched_at.desc())
        )
        newest: dict[str, RankingSnapshot] = {}
        with self._database.read() as connection:
            for row in connection.execute(query):
                if row.id not in newest:
                    newest[row.id] = from_json(RankingSnapshot, row.payload)
                rows = sum(len(one.rows) for one in newest.values())
                if len(newest) > limit or (
                    len(newest) > _FEWEST_SNAPSHOTS and rows > _MOST_ROWS
                ):
                    break
        return tuple(newest.values())[:limit]


def _read_in(since: datetime, until: datetime | None) -> Select[tuple[str]]:
    query = (
        select(documents.c.payload)
        .where(documents.c.fetched_at >= since, documents.c.replaced_by.is_(None))
        .order_by(documents.c.fetched_at, documents.c.id)
    )
    return query if until is None else query.where(documents.c.fetched_at <= until)


def put_document(connection: Connection, document: Document) -> bool:
    """Keeps a document; False if that very document is held already."""
    added = connection.execute(
        upsert(documents)
        .values(
            id=document.id,
            url=document.url,
            source_id=document.source_id,
            fetched_at=document.fetched_at,
            published_at=document.published_at,
            is_complete=document.is_complete,
            payload=to_json(document),
        )
        .on_conflict_do_nothing()
    )
    if not added.rowcount:
        return False
    connection.execute(
        text("INSERT INTO documents_fts (id, title, body) VALUES (:id, :title, :body)"),
        {"id": document.id, "title": document.title, "body": document.text},
    )
    return True


def _put_if_new(connection: Connection, document: Document) -> bool:
    if document.url is None:
        return put_document(connection, document)
    held = connection.execute(
        select(documents.c.id, documents.c.payload).where(
            documents.c.url == document.url, documents.c.replaced_by.is_(None)
        )
    ).all()
    for one in map(_document, held):
        is_same_run = one.fetched_at == document.fetched_at
        if is_same_run and _worth(one) >= _worth(document):
            return False
        if not is_same_run and (one.is_complete or len(one.text) >= len(document.text)):
            return False
    if any(row.id == document.id for row in held):
        _put_source(connection, document)
        return True
    if not put_document(connection, document):
        return False
    for row in held:
        connection.execute(
            update(documents)
            .where(documents.c.id == row.id)
            .values(replaced_by=document.id)
        )
    return True


def _worth(document: Document) -> tuple[bool, int, float, str]:
    """Of two sources that give one address in one run the same one wins, whichever was
    faster: the fuller text, the weightier source, the later id.
    """
    source_id = document.source_id or ""
    return document.is_complete, len(document.text), document.weight, source_id


def _put_source(connection: Connection, document: Document) -> None:
    """The same text by a better source takes the other one's place."""
    connection.execute(
        update(documents)
        .where(documents.c.id == document.id)
        .values(source_id=document.source_id, payload=to_json(document))
    )


def _put_state(connection: Connection, state: FetchState) -> None:
    connection.execute(
        upsert(fetch_states)
        .values(source_id=state.source_id, payload=to_json(state))
        .on_conflict_do_update(set_={"payload": to_json(state)})
    )


def _put_snapshot(connection: Connection, snapshot: RankingSnapshot) -> None:
    last = connection.scalar(
        select(snapshots.c.payload)
        .where(snapshots.c.id == snapshot.id)
        .order_by(snapshots.c.fetched_at.desc())
        .limit(1)
    )
    if last is not None and _says_the_same(last, snapshot):
        return
    connection.execute(
        insert(snapshots)
        .prefix_with("OR IGNORE")
        .values(
            id=snapshot.id,
            fetched_at=snapshot.fetched_at,
            source_id=snapshot.source_id,
            taken_at=snapshot.taken_at,
            payload=to_json(snapshot),
        )
    )


def _says_the_same(payload: str, snapshot: RankingSnapshot) -> bool:
    before, now = json.loads(payload), json.loads(to_json(snapshot))
    before.pop("fetched_at")
    now.pop("fetched_at")
    return bool(before == now)


def _document(row: Row[*tuple[Any, ...]]) -> Document:
    return from_json(Document, row.payload)
