"""What leaves the house: a Rendition, and a Delivery of one to one subscriber."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file of an edition, ready to be written or sent.

    Attributes:
        path: relative to the edition's folder, with forward slashes.
        media_type: as HTTP would name it.
        body: the bytes, identical for identical input.
    """

    path: str
    media_type: str
    body: bytes


class Letter(StrEnum):
    """What a delivery carries; all but EDITION are service letters and go first."""

    EDITION = "edition"
    CONFIRM = "confirm"
    ALREADY = "already"
    EXPORT = "export"
    DELETE = "delete"


class DeliveryState(StrEnum):
    """Where a delivery stands.

    PENDING → SENDING → SENT | FAILED | UNCERTAIN, SENDING → PENDING (certainly unsent),
    PENDING → SKIPPED | EXPIRED, UNCERTAIN → PENDING (resent on purpose).
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"
    EXPIRED = "expired"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One letter to one subscriber by one channel; its row is the ledger.

    Attributes:
        id: hash of (issue, revision, subscriber, channel); of a service letter, of
            (letter, subscriber, moment asked). Names Message-ID and outbox file.
        letter: what it carries.
        channel: "mail", or the name of a webhook.
        subscriber_id: to whom; "" for a webhook.
        issue_id: digest, frequency and date ("daily-2026-05-26", "daily-weekly-…"): a
            reader gets one edition an issue, whatever profile it is chosen for. "" for
            a service letter.
        edition_id: what was frozen for this reader, "" for a service letter.
        revision: of the edition.
        due_at: not before; the reader's local time as aware UTC.
        expires_at: not after; then it is EXPIRED.
        created_at: when the audience was frozen or the letter was asked for.
        state: where it stands.
        reason: why it is FAILED, SKIPPED or UNCERTAIN: a short stable word. Of a row
            that is PENDING: "paced" has its moment in the queue of a domain,
            "uncertain" may have arrived and is sent again. SENT and "resent": it may
            have arrived twice.
        code: last reply ("550 5.1.1"), "" without one.
        attempts: that reached the recipient's server; trouble of the transport is none.
        next_at: not before, after a soft failure; None for at once.
        updated_at: of the last change of state.
    """

    id: str
    letter: Letter
    channel: str
    subscriber_id: str
    due_at: datetime
    expires_at: datetime
    created_at: datetime
    issue_id: str = ""
    edition_id: str = ""
    revision: int = 1
    state: DeliveryState = DeliveryState.PENDING
    reason: str = ""
    code: str = ""
    attempts: int = 0
    next_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """A message as it goes over the wire.

    Attributes:
        delivery_id: 32 hex digits; a channel that keeps files names them so.
        sender: envelope sender, ASCII.
        recipient: envelope recipient, ASCII.
        body: all bytes of headers and body, CRLF line ends.
    """

    delivery_id: str
    sender: str
    recipient: str
    body: bytes


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


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of an issue; `frozen` is the sum of all others.

    Attributes:
        issue_id: which.
        frozen: rows of the ledger.
        pending: not tried or to be tried again, those being sent included.
        sent: accepted by the server.
        failed: (code or reason, how many), most first.
        skipped: (reason, how many), most first.
        expired: too late.
        uncertain: broken off after the last byte.
    """

    issue_id: str
    frozen: int
    pending: int
    sent: int
    failed: tuple[tuple[str, int], ...]
    skipped: tuple[tuple[str, int], ...]
    expired: int
    uncertain: int
