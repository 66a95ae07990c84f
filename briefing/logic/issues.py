"""An issue and its readers: who gets it, when, and which edition of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from briefing.domain.audience import (
    Digest,
    Frequency,
    Profile,
    Subscriber,
    SubscriberState,
)
from briefing.domain.delivery import Delivery, Letter
from briefing.logic.delivery_ids import edition_delivery_id
from briefing.logic.profiles import edition_for, edition_id
from briefing.logic.slots import issue_id, reader_slot

MAIL = "mail"
# A correction is mailed only when it is asked for, and then not from here.
_REVISION = 1


@dataclass(frozen=True, slots=True)
class Issue:
    """What every reader of one frequency gets one of.

    Attributes:
        digest: the daily product, whatever the frequency.
        frequency: daily or weekly.
        day: of its editions.
        at: when it is made, local time in the digest's zone.
        ttl: so long after a reader's time it is still worth mailing.
    """

    digest: Digest
    frequency: Frequency
    day: date
    at: time
    ttl: timedelta

    @property
    def id(self) -> str:
        """Digest, frequency and day."""
        return issue_id(self.digest.id, self.frequency, self.day)


@dataclass(frozen=True, slots=True)
class Place:
    """A reader's part in an issue.

    Attributes:
        profile: whose edition it shares.
        digest: the product that edition is of.
        edition_id: of that edition.
        due_at: the reader's own time, aware UTC.
    """

    profile: Profile
    digest: Digest
    edition_id: str
    due_at: datetime


def place_of(issue: Issue, reader: Subscriber, now: datetime) -> Place | None:
    """The reader's part in the issue; None for who gets none of it.

    That is who is not active, paused on that day of theirs, wants another frequency or
    weekday, or joined after its time and so late that it is no news any more.
    """
    wish = reader.preferences
    if reader.state is not SubscriberState.ACTIVE:
        return None
    if wish.frequency is not issue.frequency:
        return None
    their_day, due_at = reader_slot(
        issue.day, issue.at, issue.digest.timezone, wish.send_at, wish.timezone
    )
    if wish.frequency is Frequency.WEEKLY and their_day.weekday() != wish.weekday:
        return None
    if wish.paused_until is not None and their_day < wish.paused_until:
        return None
    joined_at = reader.confirmed_at or reader.created_at
    if joined_at > due_at and now > due_at + issue.ttl:
        return None
    profile, digest = edition_for(issue.digest, wish)
    found = edition_id(digest, profile, issue.day)
    return Place(profile, digest, found, due_at)


def mail_of(issue: Issue, reader: Subscriber, place: Place, now: datetime) -> Delivery:
    """The reader's row of the ledger; due at once if its time has passed."""
    return _row(issue, MAIL, reader.id, place.edition_id, place.due_at, now)


def post_of(issue: Issue, webhook: str, edition: str, now: datetime) -> Delivery:
    """The row of a webhook, due at once."""
    return _row(issue, webhook, "", edition, now, now)


def _row(
    issue: Issue,
    channel: str,
    subscriber_id: str,
    edition: str,
    wanted_at: datetime,
    now: datetime,
) -> Delivery:
    due_at = max(wanted_at, now)
    return Delivery(
        id=edition_delivery_id(issue.id, _REVISION, subscriber_id, channel),
        letter=Letter.EDITION,
        channel=channel,
        subscriber_id=subscriber_id,
        due_at=due_at,
        expires_at=due_at + issue.ttl,
        created_at=now,
        issue_id=issue.id,
        edition_id=edition,
        revision=_REVISION,
    )
