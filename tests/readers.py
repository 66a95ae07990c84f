"""Subscribers and rows of the ledger with sensible defaults, and a clock to turn."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from briefing.domain.audience import Preferences, Subscriber, SubscriberState
from briefing.domain.delivery import Delivery, Letter, Mail
from briefing.logic.delivery_ids import edition_delivery_id, letter_id
from briefing.mailing import Unsendable
from briefing.ports import Addressed, Change
from briefing.store import SqliteStore
from tests.builders import NOW
from tests.mails_sent import SENDER, body_of

ISSUE = "daily-2026-05-26"


class FakeClock:
    """Time that passes only when somebody sleeps."""

    def __init__(self, now: datetime = NOW) -> None:
        self._now = now
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        with self._lock:
            return self._now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._now += timedelta(seconds=seconds)


def reader(number: int = 0, **changes: object) -> Subscriber:
    """An active subscriber of the daily digest."""
    base = Subscriber(
        id=f"reader{number:05}",
        digest_id="daily",
        address=f"reader{number}@post{number % 7}.example",
        state=SubscriberState.ACTIVE,
        preferences=Preferences(),
        created_at=NOW,
        confirmed_at=NOW,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def delivery(to: Subscriber | None = None, **changes: object) -> Delivery:
    """A pending row, due now, for twelve hours."""
    subscriber = to or reader()
    letter = changes.get("letter", Letter.EDITION)
    assert isinstance(letter, Letter)
    is_edition = letter is Letter.EDITION
    issue_id = str(changes.get("issue_id", ISSUE)) if is_edition else ""
    revision = int(str(changes.get("revision", 1)))
    base = Delivery(
        id=edition_delivery_id(issue_id, revision, subscriber.id, "mail")
        if is_edition
        else letter_id(letter, subscriber.id, NOW),
        letter=letter,
        channel="mail",
        subscriber_id=subscriber.id,
        due_at=NOW,
        expires_at=NOW + timedelta(hours=12),
        created_at=NOW,
        issue_id=issue_id,
        edition_id="daily-default-2026-05-26" if is_edition else "",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def key_of(address: str) -> str:
    """Stands for an address; readable in tests."""
    return f"key of {address.casefold()}"


def put(store: SqliteStore, readers: Iterable[Subscriber]) -> None:
    """Keeps subscribers as they are."""
    for one in readers:
        store.change_by_address(
            one.digest_id,
            one.address,
            key_of(one.address),
            lambda _row, _held, one=one: Change(subscriber=one),
        )


def compose(addressed: Addressed, _now: datetime) -> Mail | Unsendable:
    """A small letter; readers without an address get none."""
    if addressed.subscriber is None:
        return Unsendable("gone")
    to, name = addressed.subscriber.address, addressed.delivery.id
    words = f"{addressed.delivery.letter.value} {addressed.delivery.revision}"
    return Mail(name, SENDER, to, body_of(name, to, words))
