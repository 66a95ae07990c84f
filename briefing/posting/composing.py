"""Makes the letter of a row: the frozen edition's template, filled for one reader."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime

from briefing.domain.audience import MailFormat, Subscriber, Visibility
from briefing.domain.delivery import Letter, Mail
from briefing.errors import InputError
from briefing.logic import site_paths
from briefing.logic.frozen import edition_of
from briefing.mailing import Unsendable
from briefing.ports import Addressed, ArchiveStore
from briefing.render.letters import Letters, LetterTemplate, Recipient
from briefing.tokens import Purpose, Tokens

# Templates kept: a day's editions of many readers' choices, some megabytes.
_MOST_TEMPLATES = 64
# The page that a service letter leads to, and what its link is for.
_WAYS = {
    Letter.CONFIRM: ("c", Purpose.CONFIRM),
    Letter.ALREADY: ("p", Purpose.PREFERENCES),
    Letter.EXPORT: ("x", Purpose.EXPORT),
    Letter.DELETE: ("d", Purpose.DELETE),
}


class Correspondence:
    """Implements mailing.Composer; thread-safe."""

    def __init__(
        self,
        letters: Letters,
        tokens: Tokens,
        archive: ArchiveStore,
        *,
        visibility: Visibility,
        seeds: Mapping[str, Subscriber],
    ) -> None:
        self._letters = letters
        self._tokens = tokens
        self._archive = archive
        self._visibility = visibility
        self._seeds = seeds
        self._lock = threading.Lock()
        self._kept: OrderedDict[
            tuple[str, int, MailFormat], LetterTemplate | Unsendable
        ] = OrderedDict()

    def __call__(self, addressed: Addressed, now: datetime) -> Mail | Unsendable:
        """The row's letter, or why there is none."""
        row = addressed.delivery
        reader = addressed.subscriber or self._seeds.get(row.subscriber_id)
        if reader is None:
            return Unsendable("gone")
        if row.letter is Letter.EDITION:
            return self.edition(row.id, row.edition_id, row.revision, reader, now)
        return self._service(row.id, row.letter, reader, now)

    def edition(
        self,
        delivery_id: str,
        edition_id: str,
        revision: int,
        reader: Subscriber,
        now: datetime,
    ) -> Mail | Unsendable:
        """The letter of an edition to one reader."""
        template = self._template(edition_id, revision, reader.preferences.format)
        if isinstance(template, Unsendable):
            return template
        base = self._letters.frame.base_url
        recipient = Recipient(
            address=reader.address,
            delivery_id=delivery_id,
            at=now,
            unsubscribe_url=f"{base}/u/{self._made(Purpose.UNSUBSCRIBE, reader, now)}",
            preferences_url=f"{base}/p/{self._made(Purpose.PREFERENCES, reader, now)}",
            subscribed_at=reader.confirmed_at,
        )
        try:
            return self._mail(recipient, template.fill(recipient))
        except InputError:
            return Unsendable("address")

    def _service(
        self, delivery_id: str, letter: Letter, reader: Subscriber, now: datetime
    ) -> Mail | Unsendable:
        page, purpose = _WAYS[letter]
        recipient = Recipient(reader.address, delivery_id, now)
        token = self._made(purpose, reader, now)
        link = f"{self._letters.frame.base_url}/{page}/{token}"
        try:
            body = self._letters.service(letter, recipient, link=link)
        except InputError:
            return Unsendable("address")
        return self._mail(recipient, body)

    def _mail(self, recipient: Recipient, body: bytes) -> Mail:
        sender = self._letters.frame.sender
        return Mail(recipient.delivery_id, sender, recipient.address, body)

    def _made(self, purpose: Purpose, reader: Subscriber, now: datetime) -> str:
        return self._tokens.make(purpose, reader, now=now)

    def _template(
        self, edition_id: str, revision: int, kind: MailFormat
    ) -> LetterTemplate | Unsendable:
        key = (edition_id, revision, kind)
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                kept = self._kept[key] = self._build(*key)
                if len(self._kept) > _MOST_TEMPLATES:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return kept

    def _build(
        self, edition_id: str, revision: int, kind: MailFormat
    ) -> LetterTemplate | Unsendable:
        files = self._archive.edition_files(edition_id, revision)
        if not files:
            return Unsendable("no_edition")
        edition = edition_of(files)
        read_url = None
        if self._visibility is not Visibility.OFF:
            path = site_paths.edition(
                edition.edition_date,
                profile_id=edition.profile.id,
                is_weekly=edition.digest.id.endswith(site_paths.WEEKLY_SUFFIX),
            )
            read_url = f"{self._letters.frame.base_url}{path}"
        return self._letters.template(edition, kind, read_url=read_url)
