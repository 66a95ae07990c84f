"""Whose a morning's edition is to make, and what a transport remembers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from briefing.store.database import Database
from briefing.store.delivery_tables import mornings, transports


class MorningStore:
    """Small rows that several processes must agree on."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim_morning(
        self, digest_id: str, day: date, *, now: datetime, lease_until: datetime
    ) -> bool:
        """Whether that date's edition is ours to make: nobody finished it, and nobody
        else holds a lease on it.
        """
        with self._database.write() as connection:
            connection.execute(
                upsert(mornings)
                .values(digest_id=digest_id, day=day.isoformat())
                .on_conflict_do_nothing()
            )
            ours = connection.execute(
                update(mornings)
                .where(
                    mornings.c.digest_id == digest_id,
                    mornings.c.day == day.isoformat(),
                    mornings.c.finished_at.is_(None),
                    or_(
                        mornings.c.lease_until.is_(None), mornings.c.lease_until <= now
                    ),
                )
                .values(lease_until=lease_until)
            )
            return ours.rowcount > 0

    def finish_morning(self, digest_id: str, day: date, *, now: datetime) -> None:
        """The edition of that date is made; it is never claimed again."""
        with self._database.write() as connection:
            values = {"finished_at": now, "lease_until": None}
            connection.execute(
                upsert(mornings)
                .values(digest_id=digest_id, day=day.isoformat(), **values)
                .on_conflict_do_update(index_elements=["digest_id", "day"], set_=values)
            )

    def release_morning(self, digest_id: str, day: date) -> None:
        """It failed: others may claim it."""
        with self._database.write() as connection:
            connection.execute(
                delete(mornings).where(
                    mornings.c.digest_id == digest_id,
                    mornings.c.day == day.isoformat(),
                    mornings.c.finished_at.is_(None),
                )
            )

    def finished_mornings(self, digest_id: str, *, since: date) -> frozenset[date]:
        """The dates from `since` on whose edition is made."""
        with self._database.read() as connection:
            rows = connection.scalars(
                select(mornings.c.day).where(
                    mornings.c.digest_id == digest_id,
                    mornings.c.day >= since.isoformat(),
                    mornings.c.finished_at.is_not(None),
                )
            )
            return frozenset(date.fromisoformat(one) for one in rows)

    def transport_state(self, name: str) -> str:
        """What a transport remembers over a restart, "" if nothing."""
        with self._database.read() as connection:
            found = connection.scalar(
                select(transports.c.payload).where(transports.c.name == name)
            )
        return str(found or "")

    def save_transport_state(self, name: str, text: str) -> None:
        """Keeps it."""
        with self._database.write() as connection:
            connection.execute(
                upsert(transports)
                .values(name=name, payload=text)
                .on_conflict_do_update(index_elements=["name"], set_={"payload": text})
            )
