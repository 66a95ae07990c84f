"""A mail as bytes: header lines that arrive as they were meant, bodies in ASCII.

Everything goes through EmailMessage, which refuses line ends in any header. Two of its
habits are kept away: lines of a header are folded at 998 octets, because at 78 it turns
a long address in List-Unsubscribe into encoded words that no mailbox provider reads;
and the encoded words of Subject and From are made here, because it doubles a space
before a word that is not ASCII (measured on Python 3.11) or puts none between encoded
words (https://github.com/python/cpython/issues/144156).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.charset import Charset
from email.headerregistry import (
    Address,
    HeaderRegistry,
    UniqueSingleAddressHeader,
    UniqueUnstructuredHeader,
)
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Any

# The longest encoded word, and the longest line with one (RFC 2047, section 2).
_WORD = 75
_WORD_LINE = 76
_UTF8 = Charset("utf-8")

# What a header of ours may be set to.
HeaderValue = str | Address | datetime


@dataclass(frozen=True, slots=True)
class Bodies:
    """What a mail says.

    Attributes:
        text: plain text.
        html: the same as HTML, None for a mail of plain text alone.
        pictures: (name, PNG) of what the HTML shows as "cid:name@briefing".
    """

    text: str
    html: str | None
    pictures: tuple[tuple[str, bytes], ...] = ()


class _Subject(UniqueUnstructuredHeader):
    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        # As it is: text that looks like an encoded word is text.
        kwds["parse_tree"] = cls.value_parser("")
        kwds["decoded"] = value

    def fold(self, *, policy: EmailPolicy) -> str:
        return f"Subject: {_words(str(self), 'Subject', policy)}{policy.linesep}"


class _From(UniqueSingleAddressHeader):
    def fold(self, *, policy: EmailPolicy) -> str:
        address = self.address
        if _is_plain(address.display_name):
            return f"From: {address}{policy.linesep}"
        name = _words(address.display_name, "From", policy)
        last = f"From: {name}".rpartition(policy.linesep)[2]
        spec = f" <{address.addr_spec}>"
        fold = policy.linesep if len(last) + len(spec) > _WORD_LINE else ""
        return f"From: {name}{fold}{spec}{policy.linesep}"


def _words(text: str, name: str, policy: EmailPolicy) -> str:
    if _is_plain(text):
        return text
    words = []
    # The first line holds the header's name as well.
    room = _WORD_LINE - len(f"{name}: ")
    while text:
        size = _fitting(text, min(room, _WORD))
        words.append(_UTF8.header_encode(text[:size]))
        text, room = text[size:], _WORD
    return f"{policy.linesep} ".join(words)


def _fitting(text: str, room: int) -> int:
    """How much of `text` one encoded word of at most `room` octets holds, up to behind
    a space if there is one: some mail readers show a space where two words meet.
    """
    size = len(text)
    while size > 1 and len(_UTF8.header_encode(text[:size])) > room:
        size -= 1
    space = text.rfind(" ", 0, size)
    return size if size == len(text) or space < 1 else space + 1


def _is_plain(text: str) -> bool:
    return text.isascii() and "=?" not in text


_HEADERS = HeaderRegistry()
# The registry makes classes out of mixins like these; the stubs do not know.
_HEADERS.map_to_type("subject", _Subject)  # type: ignore[arg-type]
_HEADERS.map_to_type("from", _From)  # type: ignore[arg-type]
# 76 is for the lines of quoted-printable (RFC 2045, section 6.7).
_PARTS = SMTP.clone(header_factory=_HEADERS, max_line_length=76)
_WIRE = _PARTS.clone(max_line_length=998)


def mail_bytes(
    headers: Iterable[tuple[str, HeaderValue]],
    bodies: Bodies,
    *,
    language: str,
    boundary: str,
) -> bytes:
    """The mail, CRLF line ends, the same bytes for the same input.

    Raises ValueError for a line end in a header, and for a second From, To, Subject,
    Date, Message-ID or Reply-To.
    """
    message = EmailMessage(policy=_PARTS)
    for name, value in headers:
        message[name] = value
    # Quoted-printable throughout: readable raw, and no line is too long.
    message.set_content(bodies.text, cte="quoted-printable")
    if bodies.html is not None:
        message.add_alternative(bodies.html, subtype="html", cte="quoted-printable")
        message.set_boundary(boundary)
        if bodies.pictures:
            _add_pictures(message, bodies.pictures, boundary)
    message["Content-Language"] = language
    return message.as_bytes(policy=_WIRE)


def _add_pictures(
    message: EmailMessage, pictures: Iterable[tuple[str, bytes]], boundary: str
) -> None:
    """Beside the HTML, which names them, and inside the mail: nothing is fetched."""
    page = list(message.iter_parts())[-1]
    for name, drawn in pictures:
        page.add_related(
            drawn,
            maintype="image",
            subtype="png",
            cid=f"<{name}@briefing>",
            filename=f"{name}.png",
            disposition="inline",
        )
    page.set_boundary(f"{boundary}+")


def boundary_of(*names: object) -> str:
    """A boundary for the mail that `names` name; Python draws one at random."""
    # "=_" cannot stand in quoted-printable text (RFC 2045, section 6.7).
    seed = "\0".join(map(str, names)).encode("utf-8", "surrogatepass")
    return "=_" + hashlib.blake2b(seed, digest_size=16).hexdigest()
