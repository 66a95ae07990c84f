"""THE ORDER of subscribing, and the only caller of the audience's store.

    subscribe(address):   within the caps?  -> row and confirmation letter queued
    confirm(link):        the reader's own click -> active, suppression lifted
    change(link):         preferences
    unsubscribe(link):    ended, suppressed, effective before the next mail
    write_to(link):       a fresh 15-minute link by mail, to export or to delete
    export(link), delete(link)

Nothing is sent here: letters wait in the ledger for the postman. What a visitor is told
never depends on whether an address is known.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from briefing.domain.audience import (
    ConsentEvent,
    ConsentKind,
    Digest,
    Preferences,
    Subscriber,
    SubscriberState,
    Suppression,
    SuppressionReason,
)
from briefing.domain.delivery import Delivery, Letter
from briefing.logic import subscribing
from briefing.logic.addresses import readable_address
from briefing.logic.subscribing import Asked
from briefing.ports import AudienceStore, Cap, Change
from briefing.tokens import Opened, Purpose, Tokens, new_subscriber_id

# DELIVERY.md S3 for the address; the others chosen: an office behind one address may
# subscribe in a morning, a botnet may not use us to flood others.
_LETTER_CAPS = ((1, timedelta(minutes=10)), (3, timedelta(days=1)))
_VISITOR_CAPS = ((10, timedelta(hours=1)), (30, timedelta(days=1)))
_ALL_CAPS = ((300, timedelta(hours=1)), (2000, timedelta(days=1)))
# In attack mode (S12) the caps of visitors and of all are divided by this.
_ATTACK_DIVISOR = 5
# More waiting than confirmed, and enough of both to mean something.
_ATTACK_PENDING = 50
_ATTACK_RATIO = 3
PENDING_LIFETIME = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Link:
    """What a link opens.

    Attributes:
        reader: whose, None when the link opens nothing.
        reason: why it opens nothing: "forged", "expired", "gone", "suppressed" or
            "ended"; "" when it does.
    """

    reader: Subscriber | None
    reason: str = ""

    @property
    def is_active(self) -> bool:
        """It opens a subscription that stands."""
        return self.reader is not None and self.reader.state is SubscriberState.ACTIVE


class Readers:
    """The list of one digest."""

    def __init__(
        self,
        store: AudienceStore,
        digest: Digest,
        tokens: Tokens,
        *,
        clock: Callable[[], datetime],
        keeps_ip: bool = False,
        alert: Callable[[str], None] = lambda _line: None,
        shred: Callable[[Iterable[str]], None] = lambda _ids: None,
    ) -> None:
        """`shred` deletes files of letters, by id, that hold a forgotten address."""
        self._store = store
        self._digest = digest
        self._tokens = tokens
        self._clock = clock
        self._keeps_ip = keeps_ip
        self._alert = alert
        self._shred = shred

    @property
    def digest(self) -> Digest:
        """What people subscribe to."""
        return self._digest

    def subscribe(
        self, address: str, preferences: Preferences, *, visitor: str, wording: str
    ) -> None:
        """Queues a confirmation letter, unless caps or a suppression forbid it.

        `address` is one that `readable_address` gave; `visitor` an IP address.
        """
        now = self._clock()
        key = self._tokens.suppression_key(address)
        if not self._store.within_caps(self._caps(key, visitor, now), now=now):
            return
        asked = Asked(
            now,
            wording_hash=hashlib.sha256(wording.encode()).hexdigest(),
            ip=visitor if self._keeps_ip else None,
        )
        new = self._new(address, preferences, now)
        self._store.change_by_address(
            self._digest.id,
            address,
            key,
            lambda reader, held: subscribing.ask(reader, held, new=new, asked=asked),
        )

    def look(self, purpose: Purpose, token: str) -> Link:
        """What a link opens; changes nothing."""
        opened = self._tokens.read(purpose, token, now=self._clock())
        if not isinstance(opened, Opened):
            return Link(None, opened.reason)
        reader = self._store.subscriber(opened.subscriber_id)
        if reader is None or reader.epoch != opened.epoch:
            return Link(None, "gone")
        if purpose is Purpose.CONFIRM:
            key = self._tokens.suppression_key(reader.address)
            held = self._store.suppression(key)
            reason = subscribing.may_confirm(reader, held, opened.signed_at)
            return Link(None, reason) if reason else Link(reader)
        return Link(reader)

    def confirm(self, token: str) -> Link:
        """The reader's own click on the button."""
        return self._act(
            Purpose.CONFIRM,
            token,
            lambda reader, held, asked: subscribing.confirm(reader, held, asked),
        )

    def unsubscribe(self, token: str) -> Link:
        """The end of it; a second time is as good as the first."""
        return self._act(
            Purpose.UNSUBSCRIBE,
            token,
            lambda reader, _held, asked: subscribing.unsubscribe(
                reader, self._tokens.suppression_key(reader.address), asked
            ),
        )

    def change(self, token: str, preferences: Preferences) -> Link:
        """Other preferences."""
        return self._act(
            Purpose.PREFERENCES,
            token,
            lambda reader, _held, asked: subscribing.change(reader, preferences, asked),
        )

    def write_to(self, token: str, letter: Letter) -> Link:
        """Queues the letter with a fresh link to export or to delete; capped like all
        letters, and told alike whether it was.
        """
        link = self.look(Purpose.PREFERENCES, token)
        if link.reader is None:
            return link
        now = self._clock()
        key = self._tokens.suppression_key(link.reader.address)
        caps = [Cap(f"{letter.value}:{key}", limit, per) for limit, per in _LETTER_CAPS]
        if self._store.within_caps(caps, now=now):
            self._store.change_by_id(
                link.reader.id,
                self._tokens.suppression_key,
                lambda reader, _held: (
                    Change(letters=(subscribing.letter(letter, reader, now),))
                    if reader
                    else None
                ),
            )
        return link

    def export(self, token: str) -> tuple[Subscriber, tuple[ConsentEvent, ...]] | Link:
        """Everything that is kept on one reader."""
        link = self._act(
            Purpose.EXPORT,
            token,
            lambda reader, _held, asked: Change(
                events=(
                    ConsentEvent(
                        reader.id, ConsentKind.EXPORTED, asked.at, "", asked.token_id
                    ),
                )
            ),
        )
        if link.reader is None:
            return link
        return link.reader, self._store.consents(link.reader.id)

    def deliveries(self, subscriber_id: str) -> tuple[Delivery, ...]:
        """What was sent to a reader, newest first."""
        return self._store.deliveries_to(subscriber_id)

    def delete(self, token: str) -> Link:
        """Forgets the reader; the address stays suppressed without being known."""
        link = self.look(Purpose.DELETE, token)
        if link.reader is not None:
            self._forget(link.reader)
        return link

    def add(
        self,
        address: str,
        preferences: Preferences,
        *,
        kind: ConsentKind,
        is_confirmed: bool,
        origin: str = "",
    ) -> str:
        """The operator's hand: "added", "known", "suppressed" or "invalid".

        `origin` says where a confirmed reader agreed; its hash goes into the log.
        """
        readable = readable_address(address)
        if readable is None:
            return "invalid"
        now = self._clock()
        hashed = hashlib.sha256(origin.encode()).hexdigest() if origin else ""
        new = self._new(readable, preferences, now, is_confirmed=is_confirmed)
        said = "added"

        def decide(
            reader: Subscriber | None, held: Suppression | None
        ) -> Change | None:
            nonlocal said
            found = subscribing.put_on_list(
                reader, held, new=new, kind=kind, asked=Asked(now, wording_hash=hashed)
            )
            if isinstance(found, str):
                said = found
                return None
            return found

        key = self._tokens.suppression_key(readable)
        self._store.change_by_address(self._digest.id, readable, key, decide)
        return said

    def would_add(self, address: str) -> str:
        """What `add` would say; changes nothing."""
        readable = readable_address(address)
        if readable is None:
            return "invalid"
        if self._store.suppression(self._tokens.suppression_key(readable)):
            return "suppressed"
        reader = self._store.subscriber_by_address(self._digest.id, readable)
        is_known = reader is not None and reader.state is not SubscriberState.PENDING
        return "known" if is_known else "added"

    def remove(self, address: str) -> bool:
        """Forgets a reader on the operator's word; whether there was one."""
        reader = self._store.subscriber_by_address(self._digest.id, address)
        if reader is None:
            return False
        self._forget(reader)
        return True

    def purge(self) -> int:
        """Forgets who asked a month ago and never confirmed; how many."""
        return self._store.purge_pending(before=self._clock() - PENDING_LIFETIME)

    def _act(
        self,
        purpose: Purpose,
        token: str,
        decide: Callable[[Subscriber, Suppression | None, Asked], Change | None],
    ) -> Link:
        now = self._clock()
        opened = self._tokens.read(purpose, token, now=now)
        if not isinstance(opened, Opened):
            return Link(None, opened.reason)
        found = Link(None, "gone")

        def act(reader: Subscriber | None, held: Suppression | None) -> Change | None:
            nonlocal found
            if reader is None or reader.epoch != opened.epoch:
                return None
            if purpose is Purpose.CONFIRM:
                reason = subscribing.may_confirm(reader, held, opened.signed_at)
                if reason:
                    found = Link(None, reason)
                    return None
            change = decide(reader, held, Asked(now, token_id=opened.token_id))
            changed = change.subscriber if change else None
            found = Link(changed or reader)
            return change

        self._store.change_by_id(
            opened.subscriber_id, self._tokens.suppression_key, act
        )
        return found

    def _forget(self, reader: Subscriber) -> None:
        key = self._tokens.suppression_key(reader.address)
        self._store.suppress(
            Suppression(key, SuppressionReason.UNSUBSCRIBED, self._clock())
        )
        letters = [one.id for one in self._store.deliveries_to(reader.id)]
        self._store.forget_subscriber(reader.id)
        self._shred(letters)

    def _new(
        self,
        address: str,
        preferences: Preferences,
        now: datetime,
        *,
        is_confirmed: bool = False,
    ) -> Subscriber:
        state = SubscriberState.ACTIVE if is_confirmed else SubscriberState.PENDING
        return Subscriber(
            id=new_subscriber_id(),
            digest_id=self._digest.id,
            address=address,
            state=state,
            preferences=preferences,
            created_at=now,
            confirmed_at=now if is_confirmed else None,
        )

    def _caps(self, key: str, visitor: str, now: datetime) -> list[Cap]:
        divisor = _ATTACK_DIVISOR if self._is_attacked() else 1
        house = self._tokens.suppression_key(f"visitor {neighbourhood(visitor)}")
        return [
            *(Cap(f"confirm:{key}", limit, per) for limit, per in _LETTER_CAPS),
            *(
                Cap(f"ip:{house}", limit // divisor, per)
                for limit, per in _VISITOR_CAPS
            ),
            *(Cap("all", limit // divisor, per) for limit, per in _ALL_CAPS),
        ]

    def _is_attacked(self) -> bool:
        """Many ask and few confirm: somebody types in addresses of others."""
        counts = self._store.count_subscribers(self._digest.id)
        is_attacked = (
            counts.pending >= _ATTACK_PENDING
            and counts.pending > _ATTACK_RATIO * counts.active
        )
        if is_attacked:
            self._alert(
                f"subscribe.attack pending={counts.pending} active={counts.active}"
            )
        return is_attacked


def neighbourhood(visitor: str) -> str:
    """The network whose visitors share a cap: an IPv4 address, an IPv6 /64."""
    try:
        address = ipaddress.ip_address(visitor)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
