"""Letters to readers: editions, filled in for each of them, and service letters.

An edition's mail is built once for each format and then filled (`placeholders.py`);
`LetterTemplate.compose` builds it anew for one reader, to the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path

from briefing.domain.audience import MailFormat
from briefing.domain.delivery import Letter
from briefing.domain.edition import Edition
from briefing.errors import InputError, RenderError
from briefing.render import chart, words
from briefing.render.email import folder_url
from briefing.render.escaping import cut, one_line
from briefing.render.letter_headers import (
    MAX_HEADERS,
    TOKEN_LENGTH,
    Envelope,
    LetterFrame,
    common_headers,
    is_mail_address,
    list_headers,
    list_id,
)
from briefing.render.mail_bodies import MAX_SUBJECT, Fit, Footer, MailWriter
from briefing.render.mail_message import boundary_of, mail_bytes
from briefing.render.pages import EditionPage, drawn_charts, edition_page, read_through
from briefing.render.placeholders import (
    Hole,
    Piece,
    encoded_line,
    filled,
    mark,
    pieces_of,
)
from briefing.render.templates import Templates

__all__ = [
    "MAX_HEADERS",
    "LetterFrame",
    "LetterTemplate",
    "Letters",
    "Recipient",
    "list_id",
]

_TOKEN = re.compile(rf"[A-Za-z0-9_.-]{{{TOKEN_LENGTH}}}")
_MESSAGE_NAME = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_SERVICE = frozenset({Letter.CONFIRM, Letter.ALREADY, Letter.EXPORT, Letter.DELETE})
# Which header line takes which value of a reader.
_HEADER_VALUES = {
    "To": "address",
    "Date": "date",
    "Message-ID": "message_id",
    "List-Unsubscribe": "list_unsubscribe",
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter is for, and what only that reader's copy says.

    Attributes:
        address: plain ASCII e-mail address.
        delivery_id: names the Message-ID: 32 hex digits.
        at: the moment of sending, aware.
        unsubscribe_url: `{base_url}/u/{token}`; "" only for a service letter.
        preferences_url: `{base_url}/p/{token}`; "" only for a service letter.
        subscribed_at: of the confirmation, None for an address that the operator put
            on the list.
    """

    address: str
    delivery_id: str
    at: datetime
    unsubscribe_url: str = ""
    preferences_url: str = ""
    subscribed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Reader:
    """A recipient's values as the letter prints them."""

    address: str
    date: str
    message_id: str
    unsubscribe_token: str
    preferences_token: str
    reason: str


class Letters:
    """Writes the letters of one list with one set of templates."""

    def __init__(self, template_folders: Sequence[Path], frame: LetterFrame) -> None:
        """The first folder that holds a template wins."""
        self._templates = Templates(template_folders)
        self._writer = MailWriter(self._templates)
        self._site = f"{frame.base_url}/"
        self.frame = frame
        # A day has many readers and a list has few days, compared with its letters.
        self._reason = lru_cache(maxsize=4096)(self._reason_of)

    def template(
        self, edition: Edition, kind: MailFormat, *, read_url: str | None
    ) -> LetterTemplate:
        """The letter of an edition, to be filled for each reader.

        `read_url` is the edition's page on the site, None if there is none; its briefs
        stand below it. Costs as much as thousands of fillings: keep it. Raises
        RenderError when a template of the user's has no link to unsubscribe.
        """
        pictures = drawn_charts(edition, chart.png)
        page = read_through(
            edition_page(
                edition, pictures=pictures, glossary=self._templates.glossary()
            )
        )
        place = self._place(read_url)
        secret = repr(page)
        marks = _Reader(
            address="reader@reader.invalid",
            date=format_datetime(edition.built_at),
            message_id=f"<reader@{self.frame.host}>",
            unsubscribe_token=mark(secret, "unsubscribe", TOKEN_LENGTH),
            preferences_token=mark(secret, "preferences", TOKEN_LENGTH),
            reason=mark(secret, "reason", TOKEN_LENGTH),
        )
        fit = self._writer.fit(page, read_url=place, footer=self._footer(marks))
        subject = self._writer.subject(page)
        boundary = boundary_of(edition.id, edition.revision, "letter")

        def build(reader: _Reader) -> bytes:
            return self._build(
                page, reader, fit, kind, subject, place, boundary, pictures
            )

        pieces = pieces_of(
            build(marks),
            headers=_HEADER_VALUES,
            tokens={
                marks.unsubscribe_token: "unsubscribe",
                marks.preferences_token: "preferences",
            },
            lines={marks.reason: "reason"},
        )
        _refuse_without_end(pieces)
        return LetterTemplate(pieces, build, self._read, self.frame, page, fit)

    def service(self, letter: Letter, recipient: Recipient, *, link: str) -> bytes:
        """A letter about the subscription itself: one link, no word of anybody's.

        Raises ValueError for the letter of an edition and for a link to elsewhere.
        """
        if letter not in _SERVICE:
            raise ValueError(f"{letter.value!r} is no service letter")
        frame = self.frame
        if not re.fullmatch(re.escape(frame.base_url) + r"/[A-Za-z0-9_./~-]+", link):
            raise ValueError("the link of a service letter leads elsewhere")
        values: dict[str, object] = {
            "letter": letter.value,
            "say": self._templates.sentences("email/service_words.txt"),
            "list_title": one_line(frame.list_title),
            "link": link,
            "postal_lines": frame.postal_lines,
        }
        subject = cut(
            self._templates.render("email/service_subject.txt", **values), MAX_SUBJECT
        )
        envelope = Envelope(
            address=_address(recipient),
            subject=subject,
            date=self._date(recipient.at),
            message_id=self._message_id(recipient),
        )
        return mail_bytes(
            common_headers(frame, envelope),
            self._writer.service(values),
            language="en",
            boundary=boundary_of(letter.value, frame.list_id),
        )

    def _place(self, read_url: str | None) -> str | None:
        place = folder_url(read_url)
        if read_url is None:
            return None
        if place is None or not place.isascii() or not place.startswith(self._site):
            raise ValueError(f"{read_url!r} is no page of the site")
        return place

    def _build(
        self,
        page: EditionPage,
        reader: _Reader,
        fit: Fit,
        kind: MailFormat,
        subject: str,
        read_url: str | None,
        boundary: str,
        pictures: Mapping[str, bytes],
    ) -> bytes:
        envelope = Envelope(reader.address, subject, reader.date, reader.message_id)
        footer = self._footer(reader)
        return mail_bytes(
            (
                *common_headers(self.frame, envelope),
                *list_headers(
                    self.frame,
                    unsubscribe_url=footer.unsubscribe_url,
                    read_url=read_url,
                ),
            ),
            self._writer.bodies(
                page, fit, kind, read_url=read_url, footer=footer, pictures=pictures
            ),
            language=page.language,
            boundary=boundary,
        )

    def _footer(self, reader: _Reader) -> Footer:
        frame = self.frame
        return Footer(
            list_title=one_line(frame.list_title),
            reason=reader.reason,
            unsubscribe_url=frame.unsubscribe_url(reader.unsubscribe_token),
            preferences_url=frame.preferences_url(reader.preferences_token),
            subscribe_url=frame.subscribe_url,
            postal_lines=frame.postal_lines,
        )

    def _read(self, recipient: Recipient, locale: str) -> _Reader:
        frame = self.frame
        since = recipient.subscribed_at
        return _Reader(
            address=_address(recipient),
            date=self._date(recipient.at),
            message_id=self._message_id(recipient),
            unsubscribe_token=_token(
                recipient.unsubscribe_url, frame.unsubscribe_url("")
            ),
            preferences_token=_token(
                recipient.preferences_url, frame.preferences_url("")
            ),
            reason=self._reason(
                since.astimezone(frame.zone).date() if since else None, locale
            ),
        )

    def _date(self, moment: datetime) -> str:
        return format_datetime(moment.astimezone(self.frame.zone))

    def _message_id(self, recipient: Recipient) -> str:
        if not _MESSAGE_NAME.fullmatch(recipient.delivery_id):
            raise ValueError(f"{recipient.delivery_id!r} names no delivery")
        return f"<{recipient.delivery_id}@{self.frame.host}>"

    def _reason_of(self, since: date | None, locale: str) -> str:
        printed = words.day(since, locale) if since else ""
        reason = one_line(self._templates.render("email/reason.txt", since=printed))
        if re.search("[&<>]", reason):
            # It goes into text and HTML alike, as it is.
            raise RenderError(
                "template email/reason.txt prints one of & < >",
                hint="Write the reason without them.",
            )
        return reason


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """An edition's letter, ready to be filled for any number of readers; safe to share
    between threads.
    """

    _pieces: tuple[Piece, ...]
    _build: Callable[[_Reader], bytes]
    _read: Callable[[Recipient, str], _Reader]
    _frame: LetterFrame
    _page: EditionPage
    _fit: Fit

    @property
    def told_short(self) -> int:
        """Briefs that are not told in full, because the mail would be cut off."""
        return len(self._page.briefs) - self._fit.whole

    def fill(self, recipient: Recipient) -> bytes:
        """The letter to one reader. Raises InputError for an address that cannot stand
        in a header, ValueError for an address of a page that is not the list's.
        """
        reader = self._read(recipient, self._page.locale)
        unsubscribe = self._frame.unsubscribe_url(reader.unsubscribe_token)
        values = {
            "address": reader.address.encode("ascii"),
            "date": reader.date.encode("ascii"),
            "message_id": reader.message_id.encode("ascii"),
            "list_unsubscribe": f"<{unsubscribe}>".encode("ascii"),
            "unsubscribe": reader.unsubscribe_token.encode("ascii"),
            "preferences": reader.preferences_token.encode("ascii"),
            "reason": encoded_line(reader.reason),
        }
        return filled(self._pieces, values.__getitem__)

    def compose(self, recipient: Recipient) -> bytes:
        """The same bytes as `fill`, built from nothing; a thousand times slower."""
        return self._build(self._read(recipient, self._page.locale))


def _refuse_without_end(pieces: Sequence[Piece]) -> None:
    names = {piece.name for piece in pieces if isinstance(piece, Hole)}
    if "unsubscribe" not in names:
        raise RenderError(
            "the templates of the mail print no link to unsubscribe",
            hint="Print footer.unsubscribe_url in your templates of the mail.",
        )


def _address(recipient: Recipient) -> str:
    if not is_mail_address(recipient.address):
        raise InputError(
            f"delivery {recipient.delivery_id}: the address cannot stand in a header",
            hint="Remove the subscriber and add a plain ASCII address.",
        )
    return recipient.address


def _token(url: str, prefix: str) -> str:
    token = url.removeprefix(prefix)
    if token == url or not _TOKEN.fullmatch(token):
        raise ValueError(f"not an address of {prefix} with {TOKEN_LENGTH} characters")
    return token
