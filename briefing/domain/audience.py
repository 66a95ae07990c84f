"""Who it is for: a Digest (the product), a Profile (the reader), and who subscribed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from briefing.domain.delivery import Delivery

# How fast adults read English non-fiction in silence: 238 words a minute on average,
# most of them 175 to 300. M. Brysbaert, How many words do we read per minute?, Journal
# of Memory and Language 109 (2019), 104047; 190 studies (abstract read 2026-11-28).
WORDS_A_MINUTE = 238
SLOW_WORDS_A_MINUTE = 175
FAST_WORDS_A_MINUTE = 300


@dataclass(frozen=True, slots=True)
class Profile:
    """A reader; changes choice and order of stories, never the facts.

    Attributes:
        id: slug, "default" for everybody.
        role: "product manager", or "".
        industry: "fintech", or "".
        interests: words or names that raise a story.
        words_a_minute: how fast it reads; decides how much fits into its time.
    """

    id: str = "default"
    role: str = ""
    industry: str = ""
    interests: tuple[str, ...] = ()
    words_a_minute: int = WORDS_A_MINUTE


@dataclass(frozen=True, slots=True)
class Digest:
    """The subscribed product; an Edition is its dated instance.

    Attributes:
        id: slug.
        title: as printed on top.
        language: ISO 639-1 that it is written in.
        locale: language tag of the readers ("de", "en-IN"), whose figures and dates are
            printed beside the sentences; "" for the language's.
        timezone: IANA name; decides the calendar day of an edition.
        topics: stories of other topics are left out; empty means all.
        reading_time_s: budget for one edition, in seconds at the reader's pace.
        max_briefs: at most this many briefs an edition.
    """

    id: str
    title: str
    language: str = "en"
    timezone: str = "UTC"
    topics: tuple[str, ...] = ()
    reading_time_s: int = 900
    max_briefs: int = 8
    locale: str = ""

    @property
    def figures(self) -> str:
        """The language tag by which figures and dates are printed."""
        return self.locale or self.language or "en"


class Frequency(StrEnum):
    """How often a subscriber wants mail."""

    DAILY = "daily"
    WEEKLY = "weekly"


class MailFormat(StrEnum):
    """HTML with a plain text part, or plain text alone."""

    HTML = "html"
    TEXT = "text"


class Visibility(StrEnum):
    """Who may read the archive on the web."""

    PUBLIC = "public"
    SUBSCRIBERS = "subscribers"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a subscriber chose.

    Attributes:
        topics: of the digest's; empty means all.
        interests: words or names that raise a story.
        role: as in Profile.
        industry: as in Profile.
        frequency: daily or weekly.
        weekday: of a weekly mail, Monday is 0.
        send_at: local wall clock, to the minute.
        timezone: IANA name.
        language: ISO 639-1.
        format: of the mail.
        paused_until: first local day on which mail comes again, None if not paused.
        words_a_minute: as in Profile.
    """

    topics: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    role: str = ""
    industry: str = ""
    frequency: Frequency = Frequency.DAILY
    weekday: int = 0
    send_at: time = time(7, 0)
    timezone: str = "UTC"
    language: str = "en"
    format: MailFormat = MailFormat.HTML
    paused_until: date | None = None
    words_a_minute: int = WORDS_A_MINUTE


class SubscriberState(StrEnum):
    """Where a subscription stands."""

    PENDING = "pending"
    ACTIVE = "active"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One address on the list of one digest.

    Attributes:
        id: 11 random URL-safe characters; stands in tokens and never in pages.
        digest_id: what it subscribed to.
        address: ASCII e-mail address as the reader wrote it; compared case-folded.
        state: pending until confirmed by its own click.
        preferences: what it chose.
        epoch: part of every token; raising it kills all links of this subscriber.
        created_at: aware UTC.
        confirmed_at: last confirmation, None before it.
        ended_at: last unsubscription, None while it never happened.
    """

    id: str
    digest_id: str
    address: str
    state: SubscriberState
    preferences: Preferences
    created_at: datetime
    epoch: int = 0
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None


class SuppressionReason(StrEnum):
    """Why an address gets no mail."""

    UNSUBSCRIBED = "unsubscribed"
    HARD_BOUNCE = "hard_bounce"
    COMPLAINT = "complaint"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Suppression:
    """An address that gets no mail, without the address.

    Attributes:
        key: HMAC of the normalised address, so that it outlives a deletion.
        reason: why. Only UNSUBSCRIBED is lifted by the reader's own confirmation.
        since: aware UTC.
        detail: what the server said, or who asked; never an address.
    """

    key: str
    reason: SuppressionReason
    since: datetime
    detail: str = ""


class ConsentKind(StrEnum):
    """A step in the life of a subscription."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
    UNSUBSCRIBED = "unsubscribed"
    IMPORTED = "imported"
    ADDED = "added"
    EXPORTED = "exported"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """One line of the append-only consent log.

    Attributes:
        subscriber_id: whose; the line goes only when the subscriber is deleted.
        kind: what happened.
        at: aware UTC.
        wording_hash: sha256 of the words that were agreed to, "" where none were shown.
        token_id: hash of the token that was used, "" without one.
        ip: only where the operator configured it, else None.
    """

    subscriber_id: str
    kind: ConsentKind
    at: datetime
    wording_hash: str = ""
    token_id: str = ""
    ip: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a decision wants written, all or nothing.

    Attributes:
        subscriber: the row as it shall be; None leaves it.
        events: lines for the consent log.
        letters: service letters to queue; one with a known id is not queued twice.
        suppress: to keep, None for none.
        lifts_suppression: the address may get mail again.
    """

    subscriber: Subscriber | None = None
    events: tuple[ConsentEvent, ...] = ()
    letters: tuple[Delivery, ...] = ()
    suppress: Suppression | None = None
    lifts_suppression: bool = False
