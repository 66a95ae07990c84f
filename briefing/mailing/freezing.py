"""Freezing an audience: who gets an issue is written down before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from briefing.domain.delivery import Delivery, DeliveryState
from briefing.mailing.kit import MailKit
from briefing.ports import DeliveryStore

_ALL = 10_000_000
CORRECTED = "corrected"


def freeze(kit: MailKit, issue_id: str, rows: Sequence[Delivery], now: datetime) -> int:
    """Adds the rows of readers who have none in this issue yet; how many were new.

    A reader gets one letter an issue: a new revision alone mails nobody.
    """
    known = newest_rows(kit.store, issue_id)
    new = [one for one in rows if _reader(one) not in known]
    return kit.store.freeze_audience(new, now=now) if new else 0


def freeze_correction(
    kit: MailKit, issue_id: str, rows: Sequence[Delivery], now: datetime
) -> int:
    """Adds the rows of readers whose letter was of an older revision; how many.

    An older letter that has not gone yet does not go any more.
    """
    known = newest_rows(kit.store, issue_id)
    new = []
    for row in rows:
        old = known.get(_reader(row))
        if old is None or old.revision >= row.revision:
            continue
        if old.state is DeliveryState.PENDING:
            # First the new row: a crash in between costs a second letter, not the only.
            kit.store.freeze_audience([row], now=now)
            kit.store.finish_delivery(
                replace(
                    old,
                    state=DeliveryState.SKIPPED,
                    reason=CORRECTED,
                    next_at=None,
                    updated_at=now,
                )
            )
        new.append(row)
    kit.store.freeze_audience(new, now=now)
    return len(new)


def newest_rows(store: DeliveryStore, issue_id: str) -> dict[tuple[str, str], Delivery]:
    """The row of the newest revision by (reader, channel)."""
    found: dict[tuple[str, str], Delivery] = {}
    for row in store.deliveries(issue_id=issue_id, limit=_ALL):
        held = found.get(_reader(row))
        if held is None or held.revision < row.revision:
            found[_reader(row)] = row
    return found


def _reader(row: Delivery) -> tuple[str, str]:
    return row.subscriber_id, row.channel
