"""What is wrong with a finished mail, read from its bytes as a mail reader gets them.

Rules are those of docs/delivery.md by id: E for what mail readers show, H for header
lines on the wire. `lint_mail` holds for every mail, `lint_letter` for an edition that
is sent to a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from briefing.logic.mail_fault import MailFault
from briefing.logic.mail_headers import (
    HeaderLines,
    header_lines,
    lint_lines,
    lint_list_headers,
)
from briefing.logic.mail_html import HtmlMail, lint_html, lint_preheader

__all__ = ["MailFault", "lint_letter", "lint_mail", "read_mail"]

# Gmail cuts off at about 102 KB of decoded HTML (DELIVERY.md E1).
WARN_HTML_BYTES = 90_000
MAX_HTML_BYTES = 100_000
MAX_SUBJECT = 78
_RESIDUE = re.compile(r"\{\{|\{%|\}\}|%\}|\bTK\b|(?:^|: )(?:None|Undefined|null)$")
_TOKEN_URL = re.compile(r"https?://[^\s<>\"]*/([upcxdr])/([A-Za-z0-9_.-]{20,})")
_URL = re.compile(r"https?://[^\s>]+")


@dataclass(frozen=True, slots=True)
class ReadMail:
    """A mail as a mail reader sees it.

    Attributes:
        subject: decoded.
        text: plain text, "" without any.
        html: HTML, "" without any.
        types: media types of its parts, in order.
    """

    subject: str
    text: str
    html: str
    types: tuple[str, ...]


def read_mail(raw: bytes) -> ReadMail:
    """The mail decoded."""
    message = BytesParser(policy=default).parsebytes(raw)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what this policy makes
    leaves = [one for one in message.walk() if not one.is_multipart()]
    bodies = {one.get_content_type(): _content(one) for one in reversed(leaves)}
    return ReadMail(
        subject=str(message["Subject"] or ""),
        text=bodies.get("text/plain", ""),
        html=bodies.get("text/html", ""),
        types=tuple(one.get_content_type() for one in leaves),
    )


def _content(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    octets = payload if isinstance(payload, bytes) else b""
    return octets.decode("utf-8", "replace").replace("\r\n", "\n")


def lint_mail(raw: bytes) -> tuple[MailFault, ...]:
    """What is wrong with any mail that we write; () for a good one."""
    return tuple(_mail_faults(raw, header_lines(raw), read_mail(raw)))


def lint_letter(
    raw: bytes, *, postal_lines: Sequence[str] = ()
) -> tuple[MailFault, ...]:
    """The same for an edition to a reader, which must also say where it comes from and
    how to end it. `postal_lines` is the sender's address, if one is configured.
    """
    lines, mail = header_lines(raw), read_mail(raw)
    return (
        *_mail_faults(raw, lines, mail),
        *lint_list_headers(lines),
        *_footer_faults(lines, mail, postal_lines),
        *(lint_preheader(HtmlMail(mail.html)) if mail.html else ()),
    )


def _mail_faults(raw: bytes, lines: HeaderLines, mail: ReadMail) -> Iterator[MailFault]:
    yield from lint_lines(raw, lines)
    yield from _size_faults(mail)
    yield from _subject_faults(mail.subject)
    if mail.types not in (("text/plain",), ("text/plain", "text/html")):
        yield MailFault("E7", f"its parts are {', '.join(mail.types)}")
    if not mail.text.strip():
        yield MailFault("E7", "it has no plain text")
    if not mail.html:
        return
    page = HtmlMail(mail.html)
    yield from lint_html(page)
    in_text = set(_URL.findall(mail.text))
    for url in page.urls:
        if url not in in_text:
            yield MailFault("E7", f"{_masked(url)} does not stand in the plain text")
    yield from _token_faults(page)


def _size_faults(mail: ReadMail) -> Iterator[MailFault]:
    # Line ends count as they are sent.
    size = len(mail.html.encode("utf-8")) + mail.html.count("\n")
    if size > MAX_HTML_BYTES:
        yield MailFault("E1", f"its HTML has {size:,} bytes, over {MAX_HTML_BYTES:,}")
    elif size > WARN_HTML_BYTES:
        yield MailFault(
            "E1", f"its HTML has {size:,} bytes, over {WARN_HTML_BYTES:,}", True
        )


def _subject_faults(subject: str) -> Iterator[MailFault]:
    if not subject.strip():
        yield MailFault("E12", "its subject is empty")
    if len(subject) > MAX_SUBJECT:
        yield MailFault(
            "E12", f"its subject has {len(subject)} characters, over {MAX_SUBJECT}"
        )
    if _RESIDUE.search(subject):
        yield MailFault("E12", "its subject holds something of the template")


def _token_faults(page: HtmlMail) -> Iterator[MailFault]:
    tokens = {found[2] for url in page.foot_urls if (found := _TOKEN_URL.search(url))}
    for url in page.urls_above_foot:
        if any(token in url for token in tokens):
            yield MailFault("E11", f"a link above the foot has a token: {_masked(url)}")


def _footer_faults(
    lines: HeaderLines, mail: ReadMail, postal_lines: Sequence[str]
) -> Iterator[MailFault]:
    for name, body in (("plain text", mail.text), ("HTML", mail.html)):
        if not body:
            continue
        shown = body.encode("utf-8")[:WARN_HTML_BYTES].decode("utf-8", "ignore")
        words = HtmlMail(shown).words if name == "HTML" else " ".join(shown.split())
        pages = {found[1] for found in _TOKEN_URL.finditer(shown)}
        if "u" not in pages:
            yield MailFault("E10", f"its {name} has no link to unsubscribe")
        if "p" not in pages:
            yield MailFault("E10", f"its {name} has no link to the preferences")
        archived = lines.value("Archived-At").strip("<>")
        if archived and archived not in shown:
            yield MailFault("E10", f"its {name} has no link to the edition on the web")
        subscribe = lines.value("List-Subscribe").strip("<>")
        if subscribe and subscribe not in shown:
            yield MailFault("E10", f"its {name} has no link to subscribe")
        if not re.search(r"\bbecause\b", words):
            yield MailFault("E10", f"its {name} does not say why it was sent", True)
        for line in postal_lines:
            if " ".join(line.split()) not in words:
                yield MailFault("E10", f"its {name} lacks the postal address")
                break


def _masked(url: str) -> str:
    """An address without its token, fit for a report."""
    return _TOKEN_URL.sub(lambda one: one[0].replace(one[2], "…"), url)
