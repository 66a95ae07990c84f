"""Subscribers: every change is read, decided and written in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert as upsert

from briefing.domain.audience import (
    ConsentEvent,
    ConsentKind,
    Subscriber,
    SubscriberState,
)
from briefing.domain.delivery import Letter
from briefing.ports import Change, Decide, ListCounts
from briefing.store.audience_tables import consents, subscribers
from briefing.store.database import Database
from briefing.store.deliveries import put_deliveries
from briefing.store.delivery_tables import deliveries
from briefing.store.subscriber_rows import (
    subscriber_by_id,
    subscriber_of,
    values_of,
)
from briefing.store.suppressions import drop_suppression, put_suppression, suppression

# Rows held in memory at once while a whole list is read.
_PAGE = 500


class SubscriberStore:
    """The list of each digest, with its consent log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def change_by_address(
        self, digest_id: str, address: str, suppression_key: str, decide: Decide
    ) -> Change | None:
        """Reads, decides and writes in one transaction; what was decided."""
        with self._database.write() as connection:
            row = _by_address(connection, digest_id, address)
            held = suppression(connection, suppression_key)
            change = decide(row, held)
            if change is not None:
                _apply(connection, change, suppression_key)
        return change

    def change_by_id(
        self,
        subscriber_id: str,
        suppression_key_of: Callable[[str], str],
        decide: Decide,
    ) -> Change | None:
        """The same for a known id; `decide` gets None for a row that is gone."""
        with self._database.write() as connection:
            row = subscriber_by_id(connection, subscriber_id)
            key = suppression_key_of(row.address) if row else ""
            change = decide(row, suppression(connection, key) if row else None)
            if change is not None:
                _apply(connection, change, key)
        return change

    def subscriber(self, subscriber_id: str) -> Subscriber | None:
        """The row, None if it is gone."""
        with self._database.read() as connection:
            return subscriber_by_id(connection, subscriber_id)

    def subscriber_by_address(self, digest_id: str, address: str) -> Subscriber | None:
        """The row of an address, compared case-folded."""
        with self._database.read() as connection:
            return _by_address(connection, digest_id, address)

    def subscribers(
        self, digest_id: str, *, state: SubscriberState | None = None
    ) -> Iterator[Subscriber]:
        """All of that state, oldest first, read in pages so that memory stays small."""
        query = select(subscribers).where(subscribers.c.digest_id == digest_id)
        if state is not None:
            query = query.where(subscribers.c.state == state.value)
        place = (subscribers.c.created_at, subscribers.c.id)
        query = query.order_by(*place).limit(_PAGE)
        after: Row[Any] | None = None
        while True:
            page = query
            if after is not None:
                page = query.where(tuple_(*place) > (after.created_at, after.id))
            with self._database.read() as connection:
                rows = connection.execute(page).all()
            for row in rows:
                yield subscriber_of(row)
            if len(rows) < _PAGE:
                return
            after = rows[-1]

    def count_subscribers(self, digest_id: str) -> ListCounts:
        """How many stand where."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(subscribers.c.state, func.count())
                .where(subscribers.c.digest_id == digest_id)
                .group_by(subscribers.c.state)
            )
            counts = {str(state): int(count) for state, count in rows}
        return ListCounts(
            pending=counts.get(SubscriberState.PENDING, 0),
            active=counts.get(SubscriberState.ACTIVE, 0),
            unsubscribed=counts.get(SubscriberState.UNSUBSCRIBED, 0),
        )

    def consents(self, subscriber_id: str) -> tuple[ConsentEvent, ...]:
        """The consent log of one subscriber, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(consents)
                .where(consents.c.subscriber_id == subscriber_id)
                .order_by(consents.c.id)
            )
            return tuple(
                ConsentEvent(
                    subscriber_id=row.subscriber_id,
                    kind=ConsentKind(row.kind),
                    at=row.at,
                    wording_hash=row.wording_hash,
                    token_id=row.token_id,
                    ip=row.ip,
                )
                for row in rows
            )

    def forget_subscriber(self, subscriber_id: str) -> None:
        """Deletes the row, its consent log and its service letters; rows of the ledger
        stay as numbers, without the id. The bytes are overwritten, in the log too.
        """
        with self._database.write() as connection:
            _forget(connection, subscriber_id)
        self._database.empty_log()

    def purge_pending(self, *, before: datetime) -> int:
        """Deletes subscribers that asked before then and never confirmed; how many."""
        with self._database.write() as connection:
            ids = connection.scalars(
                select(subscribers.c.id).where(
                    subscribers.c.state == SubscriberState.PENDING.value,
                    subscribers.c.created_at < before,
                )
            ).all()
            for one in ids:
                _forget(connection, one)
        if ids:
            self._database.empty_log()
        return len(ids)


def _by_address(
    connection: Connection, digest_id: str, address: str
) -> Subscriber | None:
    row = connection.execute(
        select(subscribers).where(
            subscribers.c.digest_id == digest_id,
            subscribers.c.address_key == address.casefold(),
        )
    ).first()
    return subscriber_of(row) if row else None


def _apply(connection: Connection, change: Change, suppression_key: str) -> None:
    if change.subscriber is not None:
        values = values_of(change.subscriber)
        connection.execute(
            upsert(subscribers)
            .values(values)
            .on_conflict_do_update(index_elements=["id"], set_=values)
        )
    for event in change.events:
        connection.execute(
            insert(consents).values(
                subscriber_id=event.subscriber_id,
                kind=event.kind.value,
                at=event.at,
                wording_hash=event.wording_hash,
                token_id=event.token_id,
                ip=event.ip,
            )
        )
    if change.lifts_suppression:
        drop_suppression(connection, suppression_key)
    if change.suppress is not None:
        put_suppression(connection, change.suppress)
    put_deliveries(connection, change.letters)


def _forget(connection: Connection, subscriber_id: str) -> None:
    connection.execute(delete(subscribers).where(subscribers.c.id == subscriber_id))
    connection.execute(
        delete(consents).where(consents.c.subscriber_id == subscriber_id)
    )
    connection.execute(
        delete(deliveries).where(
            deliveries.c.subscriber_id == subscriber_id,
            deliveries.c.letter != Letter.EDITION.value,
        )
    )
    connection.execute(
        update(deliveries)
        .where(deliveries.c.subscriber_id == subscriber_id)
        .values(subscriber_id="")
    )
