"""Copies of every issue for addresses of the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from briefing.domain.audience import Subscriber
from briefing.domain.delivery import Delivery, DeliveryState
from briefing.logic.delivery_ids import edition_delivery_id

_DATE_LENGTH = len("2026-05-26")
_DEFAULT = "default"


def seed_rows(
    row: Delivery, seeds: Sequence[Subscriber], now: datetime
) -> tuple[Delivery, ...]:
    """A row a seed for the issue that `row` is of, with everybody's edition of it."""
    head, day = row.issue_id[:-_DATE_LENGTH], row.issue_id[-_DATE_LENGTH:]
    return tuple(
        replace(
            row,
            id=edition_delivery_id(row.issue_id, row.revision, one.id, row.channel),
            subscriber_id=one.id,
            edition_id=f"{head}{_DEFAULT}-{day}",
            state=DeliveryState.PENDING,
            due_at=now,
            created_at=now,
            reason="",
            code="",
            attempts=0,
            next_at=None,
            updated_at=None,
        )
        for one in seeds
    )
