"""What a wish of a reader or of the operator changes: pure decisions on a row.

    nobody ──ask──▶ PENDING ──confirm──▶ ACTIVE ──unsubscribe──▶ UNSUBSCRIBED
                                           ▲                          │
                                           └────── ask, confirm ──────┘

An unsubscribed address comes back by its own new confirmation only; whoever asks for
it changes nothing but the preferences that would then hold. Letters are queued, never
sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from briefing.domain.audience import (
    Change,
    ConsentEvent,
    ConsentKind,
    Preferences,
    Subscriber,
    SubscriberState,
    Suppression,
    SuppressionReason,
)
from briefing.domain.delivery import Delivery, Letter
from briefing.logic.delivery_ids import letter_id

# A link in a letter that waits longer than this would reach nobody who still wants it.
_LETTER_LIFETIME = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish as it arrived.

    Attributes:
        at: aware UTC.
        wording_hash: of the words that were agreed to, "" without any.
        token_id: of the link that was used, "" without one.
        ip: only where the operator keeps it.
    """

    at: datetime
    wording_hash: str = ""
    token_id: str = ""
    ip: str | None = None


def ask(
    reader: Subscriber | None,
    held: Suppression | None,
    *,
    new: Subscriber,
    asked: Asked,
) -> Change | None:
    """Somebody typed an address into the form; `new` is the row if there is none.

    None when mail to this address would be unwanted: its mailbox is dead, it has
    complained, or the operator refused it.
    """
    if held is not None and held.reason is not SuppressionReason.UNSUBSCRIBED:
        return None
    if reader is not None and reader.state is SubscriberState.ACTIVE:
        return Change(letters=(letter(Letter.ALREADY, reader, asked.at),))
    row = new if reader is None else replace(reader, preferences=new.preferences)
    return Change(
        subscriber=row,
        events=(_event(row, ConsentKind.ASKED, asked),),
        letters=(letter(Letter.CONFIRM, row, asked.at),),
    )


def may_confirm(
    reader: Subscriber, held: Suppression | None, signed_at: datetime | None
) -> str:
    """Why a confirmation link no longer works, "" if it does.

    A link from before the last unsubscription is dead: whoever keeps an old mail must
    not bring a reader back.
    """
    if held is not None and held.reason is not SuppressionReason.UNSUBSCRIBED:
        return "suppressed"
    is_old = (
        reader.state is SubscriberState.UNSUBSCRIBED
        and reader.ended_at is not None
        and signed_at is not None
        # Links are signed to the second; one of that very second is taken for an old.
        and signed_at <= reader.ended_at.replace(microsecond=0)
    )
    return "ended" if is_old else ""


def confirm(
    reader: Subscriber, held: Suppression | None, asked: Asked
) -> Change | None:
    """The reader's own click; None if nothing changes."""
    if reader.state is SubscriberState.ACTIVE:
        return None
    row = replace(reader, state=SubscriberState.ACTIVE, confirmed_at=asked.at)
    return Change(
        subscriber=row,
        events=(_event(row, ConsentKind.CONFIRMED, asked),),
        lifts_suppression=held is not None,
    )


def unsubscribe(reader: Subscriber, key: str, asked: Asked) -> Change | None:
    """The end, effective at once; None if it had ended already."""
    if reader.state is SubscriberState.UNSUBSCRIBED:
        return None
    row = replace(reader, state=SubscriberState.UNSUBSCRIBED, ended_at=asked.at)
    return Change(
        subscriber=row,
        events=(_event(row, ConsentKind.UNSUBSCRIBED, asked),),
        suppress=Suppression(key, SuppressionReason.UNSUBSCRIBED, asked.at),
    )


def change(reader: Subscriber, preferences: Preferences, asked: Asked) -> Change | None:
    """Other preferences; None if they are as they were."""
    if reader.preferences == preferences:
        return None
    row = replace(reader, preferences=preferences)
    return Change(subscriber=row, events=(_event(row, ConsentKind.CHANGED, asked),))


def put_on_list(
    reader: Subscriber | None,
    held: Suppression | None,
    *,
    new: Subscriber,
    kind: ConsentKind,
    asked: Asked,
) -> Change | str:
    """The operator adds or imports an address: as ACTIVE when `new` is so, else it gets
    a confirmation letter first. A word says why not: "suppressed", "known".
    """
    if held is not None:
        return "suppressed"
    if reader is not None and reader.state is not SubscriberState.PENDING:
        return "known"
    row = new if reader is None else replace(new, id=reader.id, epoch=reader.epoch)
    is_active = row.state is SubscriberState.ACTIVE
    return Change(
        subscriber=row,
        events=(_event(row, kind, asked),),
        letters=() if is_active else (letter(Letter.CONFIRM, row, asked.at),),
    )


def letter(kind: Letter, reader: Subscriber, asked_at: datetime) -> Delivery:
    """A service letter, to go at once."""
    return Delivery(
        id=letter_id(kind, reader.id, asked_at),
        letter=kind,
        channel="mail",
        subscriber_id=reader.id,
        due_at=asked_at,
        expires_at=asked_at + _LETTER_LIFETIME,
        created_at=asked_at,
    )


def _event(reader: Subscriber, kind: ConsentKind, asked: Asked) -> ConsentEvent:
    return ConsentEvent(
        subscriber_id=reader.id,
        kind=kind,
        at=asked.at,
        wording_hash=asked.wording_hash,
        token_id=asked.token_id,
        ip=asked.ip,
    )
