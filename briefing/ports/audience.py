"""Where subscribers are kept; every method is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from briefing.domain.audience import (
    Change,
    ConsentEvent,
    Subscriber,
    SubscriberState,
    Suppression,
)
from briefing.domain.delivery import Delivery

__all__ = ["AudienceStore", "Cap", "Change", "Decide", "ListCounts"]


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `limit` events of `key` in any window of `per`.

    Attributes:
        key: "confirm:<hmac of the address>", "ip:<hmac>", "all".
        limit: events.
        per: length of the sliding window.
    """

    key: str
    limit: int
    per: timedelta


@dataclass(frozen=True, slots=True)
class ListCounts:
    """How many stand where on the list of one digest."""

    pending: int
    active: int
    unsubscribed: int


# Sees the row and the suppression of the address as they are in the transaction.
Decide = Callable[[Subscriber | None, Suppression | None], Change | None]


class AudienceStore(Protocol):
    """Subscribers, consent, suppressions and caps."""

    def change_by_address(
        self, digest_id: str, address: str, suppression_key: str, decide: Decide
    ) -> Change | None:
        """Reads, decides and writes in one transaction; what was decided.

        `address` is compared case-folded.
        """
        ...

    def change_by_id(
        self,
        subscriber_id: str,
        suppression_key_of: Callable[[str], str],
        decide: Decide,
    ) -> Change | None:
        """The same for a known id; `decide` gets None for a row that is gone.

        `suppression_key_of` makes the key from the row's address.
        """
        ...

    def subscriber(self, subscriber_id: str) -> Subscriber | None:
        """The row, None if it is gone."""
        ...

    def subscriber_by_address(self, digest_id: str, address: str) -> Subscriber | None:
        """The row of an address, compared case-folded."""
        ...

    def subscribers(
        self, digest_id: str, *, state: SubscriberState | None = None
    ) -> Iterator[Subscriber]:
        """All of that state, oldest first, read in pages so that memory stays small."""
        ...

    def count_subscribers(self, digest_id: str) -> ListCounts:
        """How many stand where."""
        ...

    def consents(self, subscriber_id: str) -> tuple[ConsentEvent, ...]:
        """The consent log of one subscriber, oldest first."""
        ...

    def deliveries_to(self, subscriber_id: str) -> tuple[Delivery, ...]:
        """Everything that the ledger holds on one subscriber, newest first."""
        ...

    def forget_subscriber(self, subscriber_id: str) -> None:
        """Deletes the row, its consent log, its service letters and its part in the
        ledger (rows stay as numbers, without the id), and overwrites the bytes.
        """
        ...

    def purge_pending(self, *, before: datetime) -> int:
        """Deletes subscribers that asked before then and never confirmed; how many."""
        ...

    def suppression(self, key: str) -> Suppression | None:
        """Why this address gets no mail, None if it may."""
        ...

    def suppress(self, suppression: Suppression) -> None:
        """Keeps it; an earlier, harder reason stays (unsubscribed is the softest)."""
        ...

    def lift_suppression(self, key: str) -> bool:
        """Takes it away; whether there was one."""
        ...

    def suppressions(self) -> tuple[Suppression, ...]:
        """All, newest first."""
        ...

    def within_caps(self, caps: Sequence[Cap], *, now: datetime) -> bool:
        """Whether none of them is reached; if so, counts one event for each of them.

        Survives a restart. Old events are cleaned away in passing.
        """
        ...
