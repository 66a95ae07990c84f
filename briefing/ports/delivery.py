"""Sending: the ledger of deliveries, and channels that carry a mail away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from briefing.domain.audience import Subscriber, Suppression
from briefing.domain.delivery import (
    Broken,
    Delivery,
    Letter,
    Mail,
    Phase,
    Refused,
    Sent,
    Tally,
)

__all__ = [
    "Addressed",
    "Broken",
    "Carrier",
    "Channel",
    "DeliveryStore",
    "MaySend",
    "Phase",
    "Refused",
    "Sent",
]


class Carrier(Protocol):
    """One connection, used by one thread; renewed by itself when it must be."""

    def send(self, mail: Mail) -> Sent | Refused | Broken:
        """One transaction, one recipient."""
        ...


class Channel(Protocol):
    """A way to deliver mail: the outbox or SMTP."""

    @property
    def name(self) -> str:
        """ "outbox" or "smtp"; for messages and reports."""
        ...

    @property
    def connections(self) -> int:
        """How many carriers may work at once."""
        ...

    def carrier(self) -> AbstractContextManager[Carrier]:
        """A carrier for one thread; closed at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Addressed:
    """A claimed delivery with its reader as the claiming transaction saw it."""

    delivery: Delivery
    subscriber: Subscriber | None


# Why a delivery is not to be sent, a short stable word; None to send it.
MaySend = Callable[[Delivery, Subscriber | None, Suppression | None], str | None]


class DeliveryStore(Protocol):
    """The ledger; every method is one transaction."""

    def freeze_audience(self, deliveries: Sequence[Delivery], *, now: datetime) -> int:
        """Inserts all in one transaction; a row whose id is known stays as it is.
        Returns how many were new.
        """
        ...

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
        """Marks the next due row SENDING and returns it: service letters first, then
        by due time. Rows past `expires_at` become EXPIRED and rows that `may_send`
        refuses SKIPPED in the same transaction, and the next is looked at. None:
        nothing is due. `letters`, `issue_id` and `except_issues` narrow the choice;
        rows of webhooks are for `claim_post`.
        """
        ...

    def claim_post(self, *, now: datetime, lease_until: datetime) -> Delivery | None:
        """The same for the rows of webhooks."""
        ...

    def finish_delivery(self, delivery: Delivery) -> None:
        """Keeps state, reason, code, attempts and next_at as given; ends the lease."""
        ...

    def overdue_leases(self, *, now: datetime) -> tuple[Delivery, ...]:
        """SENDING rows whose lease ran out: their process died."""
        ...

    def settle_overdue(
        self, decide: Callable[[Delivery], Delivery], *, now: datetime
    ) -> tuple[Delivery, ...]:
        """Keeps what `decide` makes of each of them, in one transaction, so that no
        other process settles them too; those rows.
        """
        ...

    def pending_deliveries(self, *, issue_id: str = "") -> int:
        """Rows that are PENDING or SENDING."""
        ...

    def next_due(self, *, now: datetime) -> datetime | None:
        """When the next PENDING row may be sent, None if there is none."""
        ...

    def deliveries(
        self, *, issue_id: str = "", states: Sequence[str] = (), limit: int = 100
    ) -> tuple[Delivery, ...]:
        """Rows, newest first."""
        ...

    def retry_deliveries(
        self, ids: Sequence[str], *, now: datetime, expires_at: datetime
    ) -> int:
        """FAILED, EXPIRED and UNCERTAIN rows become PENDING again; how many."""
        ...

    def tally(self, issue_id: str) -> Tally:
        """What became of the issue."""
        ...

    def issues(self, *, limit: int = 20) -> tuple[str, ...]:
        """Issue ids that have deliveries, newest first."""
        ...

    def transport_state(self, name: str) -> str:
        """What a transport wants to remember over a restart (token bucket, breaker) as
        JSON text, "" if nothing.
        """
        ...

    def save_transport_state(self, name: str, text: str) -> None:
        """Keeps it."""
        ...

    def claim_morning(
        self, digest_id: str, day: date, *, now: datetime, lease_until: datetime
    ) -> bool:
        """Whether the edition of that local date is ours to make: nobody finished it,
        and nobody else holds a lease on it.
        """
        ...

    def finish_morning(self, digest_id: str, day: date, *, now: datetime) -> None:
        """The edition of that date is made; it is never claimed again."""
        ...

    def release_morning(self, digest_id: str, day: date) -> None:
        """It failed: others may claim it."""
        ...

    def finished_mornings(self, digest_id: str, *, since: date) -> frozenset[date]:
        """The dates from `since` on whose edition is made."""
        ...
