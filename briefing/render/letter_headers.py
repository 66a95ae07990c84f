"""The frame of a list's letters: who sends, where its pages are, its header lines.

Rules: List-Id RFC 2919, List-* RFC 2369, one-click unsubscribing RFC 8058, Archived-At
RFC 5064, Auto-Submitted RFC 3834.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from email.headerregistry import Address
from urllib.parse import urlsplit

from briefing.errors import SettingsError
from briefing.render.escaping import one_line
from briefing.render.mail_message import HeaderValue

TOKEN_LENGTH = 43
# DELIVERY.md T3: longer ones were folded into encoded words by mail software.
MAX_UNSUBSCRIBE_URL = 74
MAX_HEADERS = 30
# A line may have 998 octets with its name (RFC 5322, section 2.1.1).
_MAX_VALUE = 900

_BASE_URL = re.compile(
    r"https?://(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?"
    r"(?:/[A-Za-z0-9._~-]+)*"
)
_DOT_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_MAIL_ADDRESS = re.compile(rf"{_DOT_ATOM}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_PAGE = re.compile(r"https?://[!#-;=?-~]+")
_LIST_ID = re.compile(rf"{_DOT_ATOM}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,75}")
_VALUE = re.compile(r"[!-~](?:[ -~]*[!-~])?")

_RESERVED = frozenset(
    "from to cc bcc sender reply-to subject date message-id in-reply-to references "
    "return-path delivered-to mime-version received dkim-signature domainkey-signature "
    "authentication-results archived-at auto-submitted precedence "
    "x-auto-response-suppress".split()
)
_RESERVED_PREFIXES = ("list-", "content-", "resent-", "arc-", "received-")


def is_mail_address(text: str) -> bool:
    """Whether it can stand in a header and an envelope as it is."""
    return len(text) <= 254 and _MAIL_ADDRESS.fullmatch(text) is not None


def list_id(digest_id: str, base_url: str) -> str:
    """The list's name in List-Id, the same for all its letters ("daily.news.example").

    A machine without a name of its own counts as localhost (RFC 2919, section 2).
    """
    host = (urlsplit(base_url).hostname or "localhost").lower()
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return f"{digest_id}.{host}"
    return f"{digest_id}.localhost"


@dataclass(frozen=True, slots=True)
class LetterFrame:
    """What all letters of a list share. Raises SettingsError when a part of it cannot
    stand in a letter.

    Attributes:
        list_title: of the digest, stands in From.
        list_id: see `list_id`.
        base_url: of the site, without a slash at its end.
        sender: address in From, plain ASCII.
        reply_to: address in Reply-To, "" for none.
        postal_address: printed at the foot, lines of it apart, "" for none.
        help: address or page for List-Help, "" for the site's front page.
        headers: further ones, reserved names refused, at most 30.
        zone: of the Date header.
    """

    list_title: str
    list_id: str
    base_url: str
    sender: str
    reply_to: str = ""
    postal_address: str = ""
    help: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo = UTC

    def __post_init__(self) -> None:
        if not one_line(self.list_title):
            raise SettingsError(
                "digest.title: nothing that can be printed", hint="Name the digest."
            )
        if not _LIST_ID.fullmatch(self.list_id):
            raise SettingsError(
                f"the list's id {self.list_id!r} cannot stand in a List-Id header",
                hint="Use letters, digits and hyphens in digest.id.",
            )
        for name, address in (("sender", self.sender), ("reply_to", self.reply_to)):
            if not is_mail_address(address) and (address or name == "sender"):
                raise SettingsError(
                    f"mail.{name}: {address!r} cannot stand in a header",
                    hint="Write a plain address like digest@news.example.",
                )
        _check_base_url(self.base_url)
        _help_url(self.help, self.base_url)
        _check_headers(self.headers)

    @property
    def host(self) -> str:
        """What stands after the @ of every Message-ID."""
        return self.sender.rpartition("@")[2]

    @property
    def postal_lines(self) -> tuple[str, ...]:
        """The postal address, empty lines left out."""
        lines = map(one_line, self.postal_address.splitlines())
        return tuple(line for line in lines if line)

    def unsubscribe_url(self, token: str) -> str:
        """The page that ends a subscription, and takes a one-click POST."""
        return f"{self.base_url}/u/{token}"

    def preferences_url(self, token: str) -> str:
        """The page that changes it."""
        return f"{self.base_url}/p/{token}"

    @property
    def subscribe_url(self) -> str:
        """The form, for somebody a letter was forwarded to."""
        return f"{self.base_url}/subscribe"


@dataclass(frozen=True, slots=True)
class Envelope:
    """The header lines that differ from letter to letter.

    Attributes:
        address: of the reader.
        subject: one line.
        date: in its zone, as the Date header prints it.
        message_id: with its angle brackets.
    """

    address: str
    subject: str
    date: str
    message_id: str


def common_headers(
    frame: LetterFrame, envelope: Envelope
) -> tuple[tuple[str, HeaderValue], ...]:
    """From, To and what else every letter has."""
    name, _, host = frame.sender.rpartition("@")
    reply_to = (("Reply-To", frame.reply_to),) if frame.reply_to else ()
    return (
        ("From", Address(one_line(frame.list_title), name, host)),
        *reply_to,
        ("To", Address(addr_spec=envelope.address)),
        ("Subject", envelope.subject),
        ("Date", envelope.date),
        ("Message-ID", envelope.message_id),
        ("Auto-Submitted", "auto-generated"),
        # Exchange answers mail of lists with absence notes unless told so.
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
    )


def list_headers(
    frame: LetterFrame, *, unsubscribe_url: str, read_url: str | None
) -> tuple[tuple[str, HeaderValue], ...]:
    """What an edition has beyond `common_headers`, the operator's own lines last."""
    headers = [("List-Id", f"{_list_name(frame.list_title)}<{frame.list_id}>")]
    if frame.base_url.startswith("https://"):
        # Mailbox providers POST to no other address (RFC 8058, section 3).
        headers.append(("List-Unsubscribe", f"<{unsubscribe_url}>"))
        headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    headers.append(("List-Subscribe", f"<{frame.subscribe_url}>"))
    headers.append(("List-Help", f"<{_help_url(frame.help, frame.base_url)}>"))
    headers.append(("List-Post", "NO"))
    if read_url:
        headers.append(("List-Archive", f"<{frame.base_url}/>"))
        headers.append(("Archived-At", f"<{read_url}>"))
    headers.append(("Precedence", "bulk"))
    headers.extend(frame.headers.items())
    return tuple(headers)


def _list_name(title: str) -> str:
    """The title in ASCII before the list's id, "" where that would lose a letter."""
    letters = unicodedata.normalize("NFKD", one_line(title))
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    # Encoded words may not stand in a List-* header (DELIVERY.md H1).
    if not bare.isascii() or "=?" in bare:
        return ""
    quoted = bare.replace("\\", "\\\\").replace('"', '\\"')
    return f"{bare} " if re.fullmatch(r"[A-Za-z0-9 -]+", bare) else f'"{quoted}" '


def _check_base_url(base_url: str) -> None:
    if not _BASE_URL.fullmatch(base_url):
        raise SettingsError(
            f"site.base_url: {base_url!r} cannot stand in a mail",
            hint="Write https://, a host name in ASCII, and no slash at the end.",
        )
    length = len(f"{base_url}/u/") + TOKEN_LENGTH
    if length > MAX_UNSUBSCRIBE_URL:
        allowed = len(base_url) - (length - MAX_UNSUBSCRIBE_URL)
        raise SettingsError(
            f"site.base_url: {base_url!r} has {len(base_url)} characters; with more "
            f"than {allowed} the address in List-Unsubscribe is too long for mail "
            "software",
            hint=f"Give the site a name of at most {allowed} characters, https:// "
            "included.",
        )


def _help_url(text: str, base_url: str) -> str:
    if not text:
        return f"{base_url}/"
    if is_mail_address(text):
        # "%" and "?" would end the address in a mailto link (RFC 6068, section 2).
        return "mailto:" + re.sub(r"[%?&#]", lambda one: f"%{ord(one[0]):02X}", text)
    if _PAGE.fullmatch(text):
        return text
    raise SettingsError(
        f"mail.help: {text!r} is neither an e-mail address nor a page",
        hint="Write help@news.example or https://news.example/help.",
    )


def _check_headers(headers: Mapping[str, str]) -> None:
    if len(headers) > MAX_HEADERS:
        raise SettingsError(
            f"mail.headers: {len(headers)} lines, at most {MAX_HEADERS} are sent",
            hint="Take some out.",
        )
    seen: set[str] = set()
    for name, value in headers.items():
        lower = name.lower()
        if not _NAME.fullmatch(name) or lower in seen:
            raise SettingsError(
                f"mail.headers: {name!r} is no name of a header, or stands twice",
                hint="Use letters, digits and hyphens, like X-Campaign.",
            )
        seen.add(lower)
        if lower in _RESERVED or lower.startswith(_RESERVED_PREFIXES):
            raise SettingsError(
                f"mail.headers: {name!r} is set by Briefing itself or by mail servers",
                hint="Take it out, or choose a name that begins with X-.",
            )
        if not _VALUE.fullmatch(value) or len(value) > _MAX_VALUE or "=?" in value:
            raise SettingsError(
                f"mail.headers: the value of {name!r} is not one line of at most "
                f"{_MAX_VALUE} ASCII characters",
                hint="Shorten it, or write it without accents.",
            )
