"""Header lines of a finished mail, checked in the bytes that go over the wire."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from briefing.logic.mail_fault import MailFault

MAX_LINE = 998  # RFC 5322, section 2.1.1
MAX_ENCODED_LINE = 76  # RFC 2045, section 6.7
_MAX_REPORTED = 60

_ONCE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type")
_BARE_LINE_END = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_NAME = re.compile(r"[!-9;-~]+")
_URL_LINE = re.compile(
    r"<https://[!-;=?-~]+>(?:, <mailto:[!-;=?-~]+>)?|<mailto:[!-;=?-~]+>, "
    r"<https://[!-;=?-~]+>"
)
_LIST_ID = re.compile(r'(?:[A-Za-z0-9 -]+ |"[ -~]+" )?<[!-;=?-~]+\.[A-Za-z0-9.-]+>')
_BRACKETED = re.compile(r"<(?:https?://|mailto:)[!-;=?-~]+>")
# What each list header must look like (RFC 2369, 2919, 3834, 5064).
_LIST_HEADERS = (
    ("List-Id", _LIST_ID),
    ("List-Post", re.compile("NO")),
    ("List-Help", _BRACKETED),
    ("Auto-Submitted", re.compile("auto-generated")),
    ("Precedence", re.compile("bulk")),
)
_OPTIONAL_LIST_HEADERS = (
    ("List-Archive", _BRACKETED),
    ("Archived-At", _BRACKETED),
    ("List-Subscribe", _BRACKETED),
)


@dataclass(frozen=True, slots=True)
class HeaderLines:
    """The header lines as they stand, unfolded.

    Attributes:
        lines: (name, raw value), in order.
    """

    lines: tuple[tuple[str, str], ...]

    def values(self, name: str) -> tuple[str, ...]:
        """Every value of that name, whatever its case."""
        wanted = name.lower()
        return tuple(value for one, value in self.lines if one.lower() == wanted)

    def value(self, name: str) -> str:
        """The first value of that name, "" without one."""
        return next(iter(self.values(name)), "")


def header_lines(raw: bytes) -> HeaderLines:
    """The header of a mail, without any decoding."""
    head = raw.partition(b"\r\n\r\n")[0].decode("latin-1")
    found = []
    for line in re.sub(r"\r\n(?=[ \t])", "", head).split("\r\n"):
        name, _, value = line.partition(":")
        found.append((name, value.strip()))
    return HeaderLines(tuple(found))


def lint_lines(raw: bytes, lines: HeaderLines) -> Iterator[MailFault]:
    """H4: line ends and lengths, and headers that must stand exactly once."""
    if _BARE_LINE_END.search(raw):
        yield MailFault("H4", "a line does not end with CRLF")
    if max(map(len, raw.split(b"\r\n"))) > MAX_LINE:
        yield MailFault("H4", f"a line is longer than {MAX_LINE} octets")
    if not raw.isascii():
        yield MailFault("H4", "a line holds an octet that is not ASCII")
    for name in _ONCE:
        count = len(lines.values(name))
        if count != 1:
            yield MailFault("H4", f"{name} stands {count} times")
    for name in sorted({one for one, _ in lines.lines}):
        if not _NAME.fullmatch(name):
            yield MailFault("H4", f"{name[:_MAX_REPORTED]!r} is no name of a header")
        elif name not in _ONCE and len(lines.values(name)) > 1:
            yield MailFault("H4", f"{name} stands more than once")
    yield from _encoded_line_faults(raw)
    yield from _date_faults(lines.value("Date"))


def _encoded_line_faults(raw: bytes) -> Iterator[MailFault]:
    head, _, body = raw.partition(b"\r\n\r\n")
    if b"quoted-printable" not in raw:
        return
    # The only other lines of a body are boundaries and headers of its parts.
    if max(map(len, body.split(b"\r\n"))) > MAX_ENCODED_LINE:
        yield MailFault(
            "H4", f"a quoted-printable line is longer than {MAX_ENCODED_LINE}"
        )
    for line in head.split(b"\r\n"):
        if b"=?" in line and len(line) > MAX_ENCODED_LINE:
            yield MailFault("H4", "a line with an encoded word is too long")


def _date_faults(date: str) -> Iterator[MailFault]:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        yield MailFault("H4", "Date is no date")
        return
    # "-0000" says that the zone is not known (RFC 5322, section 3.3).
    if moment.tzinfo is None:
        yield MailFault("H4", "Date does not say its zone")


def lint_list_headers(lines: HeaderLines) -> Iterator[MailFault]:
    """H1 and H3: the headers by which mail readers know a list and how to leave it."""
    for name, shape in _LIST_HEADERS:
        if not shape.fullmatch(lines.value(name)):
            yield MailFault("H3", f"{name} is missing or not as it should be")
    for name, shape in _OPTIONAL_LIST_HEADERS:
        if lines.values(name) and not shape.fullmatch(lines.value(name)):
            yield MailFault("H3", f"{name} is not as it should be")
    for name, value in lines.lines:
        if name.lower().startswith("list-") and "=?" in value:
            yield MailFault("H1", f"{name} holds an encoded word")
    yield from _one_click_faults(lines)


def _one_click_faults(lines: HeaderLines) -> Iterator[MailFault]:
    if not lines.value("List-Unsubscribe"):
        yield MailFault(
            "H1", "no one-click unsubscribing: site.base_url is not https", True
        )
        if lines.value("List-Unsubscribe-Post"):
            yield MailFault("H1", "List-Unsubscribe-Post without List-Unsubscribe")
        return
    if not _URL_LINE.fullmatch(lines.value("List-Unsubscribe")):
        yield MailFault("H1", "List-Unsubscribe holds no https address in brackets")
    if lines.value("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click":
        yield MailFault("H1", "List-Unsubscribe-Post is missing or wrong")
