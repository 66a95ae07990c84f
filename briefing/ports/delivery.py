"""Sending: the ledger of deliveries, and channels that carry a mail away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from briefing.domain.audience import Subscriber, Suppression
from briefing.domain.delivery import Delivery, Letter, Mail, Tally


class Phase(StrEnum):
    """How far a transaction had come when it ended without a final reply."""

    BEFORE_DOT = "before_dot"
    AFTER_DOT = "after_dot"


@dataclass(frozen=True, slots=True)
class Sent:
    """Accepted.

    Attributes:
        reply: code and text of the server, or the file that was written.
    """

    reply: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The server answered this transaction with an error; nothing was accepted.

    Attributes:
        code: SMTP code, 400..599.
        enhanced: enhanced status ("5.1.1"), "" without one.
        text: what it said, one line, at most 200 characters.
        command: "mail", "rcpt" or "data"; "post" of a webhook, whose code is HTTP's.
        retry_after_s: seconds it asked us to wait, None if it did not say.
    """

    code: int
    enhanced: str
    text: str
    command: str
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """The connection failed: connect, TLS, login, greeting, time-out, close.

    Attributes:
        phase: BEFORE_DOT is certainly unsent; AFTER_DOT may have arrived.
        reason: short stable word: "connect", "dns", "tls", "timeout", "closed",
            "greeting", "auth", "plaintext".
        code: of the reply, if there was one, else 0.
        text: one line for the report, never a password.
    """

    phase: Phase
    reason: str
    code: int = 0
    text: str = ""


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
    ) -> Addressed | None:
        """Marks the next due row SENDING and returns it: service letters first, then
        by due time. Rows past `expires_at` become EXPIRED and rows that `may_send`
        refuses SKIPPED in the same transaction, and the next is looked at. None:
        nothing is due. `letters` and `issue_id` narrow the choice; rows of webhooks
        are for `claim_post`.
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
