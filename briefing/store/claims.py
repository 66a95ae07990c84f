"""Claiming rows of the ledger, and keeping what became of them.

Statements are built once: a send runs them for each mail, and building one costs as
much as running it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, update

from briefing.domain.delivery import Delivery, DeliveryState, Letter
from briefing.ports import Addressed, MaySend
from briefing.store.delivery_rows import delivery_of, ready_at
from briefing.store.delivery_tables import deliveries
from briefing.store.subscriber_rows import subscriber_by_id
from briefing.store.suppressions import suppression

MAIL = "mail"
# Rows that may be skipped or found too late in one transaction, so that a long block of
# them does not hold the lock.
_SKIPS_A_CLAIM = 200
_UPDATE = update(deliveries).where(deliveries.c.id == bindparam("wanted"))


@dataclass(frozen=True, slots=True)
class Looked:
    """What one transaction of a claim came to.

    Attributes:
        claimed: the row with its reader, or None.
        is_done: nothing more is to be looked at: one was claimed, or none is due.
    """

    claimed: Addressed | None
    is_done: bool


@lru_cache(maxsize=64)
def ready(
    *,
    is_mail: bool,
    letters: tuple[Letter, ...] = (),
    issue_id: str = "",
    except_issues: tuple[str, ...] = (),
) -> Select[Any]:
    """The next row that is due at the bound value "now"."""
    column = deliveries.c
    query = select(deliveries).where(
        column.state == DeliveryState.PENDING.value,
        column.ready_at <= bindparam("now"),
        column.channel == MAIL if is_mail else column.channel != MAIL,
    )
    if letters:
        query = query.where(column.letter.in_([one.value for one in letters]))
    if issue_id:
        query = query.where(column.issue_id == issue_id)
    if except_issues:
        query = query.where(column.issue_id.not_in(except_issues))
    return query.order_by(column.urgency, column.ready_at).limit(1)


def claim(
    connection: Connection,
    query: Select[Any],
    now: datetime,
    lease_until: datetime,
    suppression_key_of: Callable[[str], str],
    may_send: MaySend,
) -> Looked:
    """Marks the next row SENDING; the write lock is held, so nobody else can."""
    for _ in range(_SKIPS_A_CLAIM):
        row = connection.execute(query, {"now": now}).first()
        if row is None:
            return Looked(None, is_done=True)
        delivery = delivery_of(row)
        if delivery.expires_at <= now:
            _leave(connection, delivery, DeliveryState.EXPIRED, "expired", now)
            continue
        reader = subscriber_by_id(connection, delivery.subscriber_id)
        held = (
            suppression(connection, suppression_key_of(reader.address))
            if reader
            else None
        )
        reason = may_send(delivery, reader, held)
        if reason is not None:
            _leave(connection, delivery, DeliveryState.SKIPPED, reason, now)
            continue
        sending = replace(delivery, state=DeliveryState.SENDING, updated_at=now)
        connection.execute(
            _UPDATE,
            {
                "wanted": delivery.id,
                "state": sending.state.value,
                "lease_until": lease_until,
                "updated_at": now,
            },
        )
        return Looked(Addressed(sending, reader), is_done=True)
    return Looked(None, is_done=False)


def keep(connection: Connection, delivery: Delivery) -> None:
    """Writes what became of a row and ends its lease."""
    connection.execute(
        _UPDATE,
        {
            "wanted": delivery.id,
            "state": delivery.state.value,
            "reason": delivery.reason,
            "code": delivery.code,
            "attempts": delivery.attempts,
            "next_at": delivery.next_at,
            "ready_at": ready_at(delivery),
            "updated_at": delivery.updated_at,
            "lease_until": None,
        },
    )


def _leave(
    connection: Connection,
    delivery: Delivery,
    state: DeliveryState,
    reason: str,
    now: datetime,
) -> None:
    connection.execute(
        _UPDATE,
        {
            "wanted": delivery.id,
            "state": state.value,
            "reason": reason,
            "updated_at": now,
        },
    )
