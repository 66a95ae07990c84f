"""Addresses that get no mail, without the addresses; and caps on what may be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from briefing.domain.audience import Suppression, SuppressionReason
from briefing.ports import Cap
from briefing.store.audience_tables import cap_events, suppressions
from briefing.store.database import Database

# A reader's own wish is lifted by a new own wish; the others by the operator alone.
_HARDNESS = {
    SuppressionReason.UNSUBSCRIBED: 0,
    SuppressionReason.HARD_BOUNCE: 1,
    SuppressionReason.MANUAL: 2,
    SuppressionReason.COMPLAINT: 3,
}


# Built once: a send asks it for each mail.
_BY_KEY = select(suppressions).where(suppressions.c.key == bindparam("wanted"))


class SuppressionStore:
    """Suppressions and caps, both by keys that name nobody."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def suppression(self, key: str) -> Suppression | None:
        """Why this address gets no mail, None if it may."""
        with self._database.read() as connection:
            return suppression(connection, key)

    def suppress(self, suppression: Suppression) -> None:
        """Keeps it; an earlier, harder reason stays (unsubscribed is the softest)."""
        with self._database.write() as connection:
            put_suppression(connection, suppression)

    def lift_suppression(self, key: str) -> bool:
        """Takes it away; whether there was one."""
        with self._database.write() as connection:
            return drop_suppression(connection, key)

    def suppressions(self) -> tuple[Suppression, ...]:
        """All, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(suppressions).order_by(
                    suppressions.c.since.desc(), suppressions.c.key
                )
            )
            return tuple(
                Suppression(
                    row.key, SuppressionReason(row.reason), row.since, row.detail
                )
                for row in rows
            )

    def within_caps(self, caps: Sequence[Cap], *, now: datetime) -> bool:
        """Whether none of them is reached; if so, counts one event for each of them."""
        with self._database.write() as connection:
            connection.execute(delete(cap_events).where(cap_events.c.gone_at <= now))
            if any(_count(connection, cap, now) >= cap.limit for cap in caps):
                return False
            # Two caps of one key share its events; the longer window keeps them.
            longest = {
                cap.key: max(other.per for other in caps if other.key == cap.key)
                for cap in caps
            }
            for key, per in longest.items():
                connection.execute(
                    insert(cap_events).values(key=key, at=now, gone_at=now + per)
                )
        return True


def suppression(connection: Connection, key: str) -> Suppression | None:
    """The suppression as this transaction sees it."""
    row = connection.execute(_BY_KEY, {"wanted": key}).first()
    if row is None:
        return None
    return Suppression(row.key, SuppressionReason(row.reason), row.since, row.detail)


def put_suppression(connection: Connection, wanted: Suppression) -> None:
    """Keeps it unless a harder one is held."""
    held = suppression(connection, wanted.key)
    if held is not None and _HARDNESS[held.reason] >= _HARDNESS[wanted.reason]:
        return
    values = {
        "reason": wanted.reason.value,
        "since": wanted.since,
        "detail": wanted.detail,
    }
    connection.execute(
        upsert(suppressions)
        .values(key=wanted.key, **values)
        .on_conflict_do_update(index_elements=["key"], set_=values)
    )


def drop_suppression(connection: Connection, key: str) -> bool:
    """Takes it away; whether there was one."""
    gone = connection.execute(delete(suppressions).where(suppressions.c.key == key))
    return gone.rowcount > 0


def _count(connection: Connection, cap: Cap, now: datetime) -> int:
    found = connection.scalar(
        select(func.count()).where(
            cap_events.c.key == cap.key, cap_events.c.at > now - cap.per
        )
    )
    return int(found or 0)
