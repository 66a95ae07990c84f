"""The ledger of deliveries: frozen once, claimed by one, finished by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from briefing.domain.delivery import Delivery, DeliveryState, Letter, Tally
from briefing.ports import Addressed, MaySend
from briefing.store.claims import claim, keep, ready
from briefing.store.database import Database
from briefing.store.delivery_rows import delivery_of, values_of
from briefing.store.delivery_tables import deliveries

# Rows a statement: SQLite takes at most 32,766 parameters in one.
_ROWS_A_STATEMENT = 1000
_OPEN = (DeliveryState.PENDING.value, DeliveryState.SENDING.value)


class DeliveryStore:
    """One row a delivery; every change of state is one commit."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def freeze_audience(self, deliveries: Sequence[Delivery], *, now: datetime) -> int:
        """Inserts all in one transaction; a row whose id is known stays as it is."""
        with self._database.write() as connection:
            return put_deliveries(connection, deliveries)

    def claim_delivery(
        self,
        *,
        now: datetime,
        lease_until: datetime,
        suppression_key_of: Callable[[str], str],
        may_send: MaySend,
        letters: Sequence[Letter] = (),
        issue_id: str = "",
        except_issues: Sequence[str] = (),
    ) -> Addressed | None:
        """Marks the next due row SENDING and returns it; None when nothing is due."""
        query = ready(
            is_mail=True,
            letters=tuple(letters),
            issue_id=issue_id,
            except_issues=tuple(except_issues),
        )
        while True:
            with self._database.write() as connection:
                looked = claim(
                    connection, query, now, lease_until, suppression_key_of, may_send
                )
            if looked.is_done:
                return looked.claimed

    def claim_post(self, *, now: datetime, lease_until: datetime) -> Delivery | None:
        """The same for the rows of webhooks."""
        query = ready(is_mail=False)
        while True:
            with self._database.write() as connection:
                looked = claim(
                    connection, query, now, lease_until, lambda _: "", _anybody
                )
            if looked.is_done:
                return looked.claimed.delivery if looked.claimed else None

    def finish_delivery(self, delivery: Delivery) -> None:
        """Keeps state, reason, code, attempts and next_at as given; ends the lease."""
        with self._database.write() as connection:
            keep(connection, delivery)

    def overdue_leases(self, *, now: datetime) -> tuple[Delivery, ...]:
        """SENDING rows whose lease ran out: their process died."""
        with self._database.read() as connection:
            return _overdue(connection, now)

    def settle_overdue(
        self, decide: Callable[[Delivery], Delivery], *, now: datetime
    ) -> tuple[Delivery, ...]:
        """Keeps what `decide` makes of each row whose lease ran out; those rows."""
        if not self.overdue_leases(now=now):
            return ()
        with self._database.write() as connection:
            settled = tuple(map(decide, _overdue(connection, now)))
            for one in settled:
                keep(connection, one)
        return settled

    def pending_deliveries(self, *, issue_id: str = "") -> int:
        """Rows that are PENDING or SENDING."""
        query = select(func.count()).where(deliveries.c.state.in_(_OPEN))
        if issue_id:
            query = query.where(deliveries.c.issue_id == issue_id)
        with self._database.read() as connection:
            return int(connection.scalar(query) or 0)

    def next_due(self, *, now: datetime) -> datetime | None:
        """When the next PENDING row may be sent, None if there is none."""
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(
                select(func.min(deliveries.c.ready_at)).where(
                    deliveries.c.state == DeliveryState.PENDING.value
                )
            )
        return found

    def deliveries(
        self, *, issue_id: str = "", states: Sequence[str] = (), limit: int = 100
    ) -> tuple[Delivery, ...]:
        """Rows, newest first."""
        query = select(deliveries).order_by(
            deliveries.c.created_at.desc(), deliveries.c.id
        )
        if issue_id:
            query = query.where(deliveries.c.issue_id == issue_id)
        if states:
            query = query.where(deliveries.c.state.in_(states))
        with self._database.read() as connection:
            return tuple(map(delivery_of, connection.execute(query.limit(limit))))

    def deliveries_to(self, subscriber_id: str) -> tuple[Delivery, ...]:
        """Everything that the ledger holds on one subscriber, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(deliveries)
                .where(deliveries.c.subscriber_id == subscriber_id)
                .order_by(deliveries.c.created_at.desc(), deliveries.c.id)
            )
            return tuple(map(delivery_of, rows))

    def retry_deliveries(
        self, ids: Sequence[str], *, now: datetime, expires_at: datetime
    ) -> int:
        """FAILED, EXPIRED and UNCERTAIN rows become PENDING again; how many."""
        again = (
            DeliveryState.FAILED.value,
            DeliveryState.EXPIRED.value,
            DeliveryState.UNCERTAIN.value,
        )
        count = 0
        with self._database.write() as connection:
            for start in range(0, len(ids), _ROWS_A_STATEMENT):
                done = connection.execute(
                    update(deliveries)
                    .where(
                        deliveries.c.id.in_(ids[start : start + _ROWS_A_STATEMENT]),
                        deliveries.c.state.in_(again),
                    )
                    .values(
                        state=DeliveryState.PENDING.value,
                        reason="",
                        next_at=None,
                        ready_at=now,
                        expires_at=expires_at,
                        updated_at=now,
                        lease_until=None,
                    )
                )
                count += done.rowcount
        return count

    def tally(self, issue_id: str) -> Tally:
        """What became of the issue."""
        key = (deliveries.c.state, deliveries.c.code, deliveries.c.reason)
        with self._database.read() as connection:
            rows = connection.execute(
                select(*key, func.count())
                .where(deliveries.c.issue_id == issue_id)
                .group_by(*key)
            ).all()
        states: Counter[str] = Counter()
        failed: Counter[str] = Counter()
        skipped: Counter[str] = Counter()
        for state, code, reason, count in rows:
            states[state] += count
            if state == DeliveryState.FAILED.value:
                failed[code or reason] += count
            if state == DeliveryState.SKIPPED.value:
                skipped[reason] += count
        return Tally(
            issue_id=issue_id,
            frozen=states.total(),
            pending=sum(states[one] for one in _OPEN),
            sent=states[DeliveryState.SENT.value],
            failed=_most_first(failed),
            skipped=_most_first(skipped),
            expired=states[DeliveryState.EXPIRED.value],
            uncertain=states[DeliveryState.UNCERTAIN.value],
        )

    def issues(self, *, limit: int = 20) -> tuple[str, ...]:
        """Issue ids that have deliveries, newest first."""
        with self._database.read() as connection:
            return tuple(
                connection.scalars(
                    select(deliveries.c.issue_id)
                    .where(deliveries.c.issue_id != "")
                    .group_by(deliveries.c.issue_id)
                    .order_by(
                        func.max(deliveries.c.due_at).desc(), deliveries.c.issue_id
                    )
                    .limit(limit)
                )
            )


def _overdue(connection: Connection, now: datetime) -> tuple[Delivery, ...]:
    rows = connection.execute(
        select(deliveries)
        .where(
            deliveries.c.state == DeliveryState.SENDING.value,
            deliveries.c.lease_until <= now,
        )
        .order_by(deliveries.c.due_at, deliveries.c.id)
    )
    return tuple(map(delivery_of, rows))


def _anybody(*_seen: object) -> None:
    """A webhook has no reader who could have left."""


def put_deliveries(connection: Connection, wanted: Sequence[Delivery]) -> int:
    """Inserts rows whose ids are not known; how many were new."""
    count = 0
    for start in range(0, len(wanted), _ROWS_A_STATEMENT):
        # One statement, many parameter sets: the driver counts rows over all of them.
        done = connection.execute(
            upsert(deliveries).on_conflict_do_nothing(),
            [values_of(one) for one in wanted[start : start + _ROWS_A_STATEMENT]],
        )
        count += done.rowcount
    return count


def _most_first(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
