"""A list and its readers, for letters."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from zoneinfo import ZoneInfo

from briefing.render.letters import LetterFrame, Letters, Recipient
from tests.render.mails import TEMPLATES

SITE = "https://news.example"
READ_URL = f"{SITE}/2026-05-26/"
TOKEN = "AbCdEfGhIjK.0123456789_-ABCDEFGHIJKLMNOPQRS"
OTHER_TOKEN = "ZyXwVuTsRqP.9876543210-_zyxwvutsrqponmlkjih"


def frame(**changes: object) -> LetterFrame:
    """Of a list with all that a list can have."""
    values: dict[str, object] = {
        "list_title": "The Daily Briefing",
        "list_id": "daily.news.example",
        "base_url": SITE,
        "sender": "digest@news.example",
        "reply_to": "desk@news.example",
        "postal_address": "Harbour House\n1 Quay Street",
        "help": "help@news.example",
        "headers": {"X-Campaign": "daily"},
        "zone": ZoneInfo("Europe/Berlin"),
    }
    return LetterFrame(**{**values, **changes})  # type: ignore[arg-type]


def letters(**changes: object) -> Letters:
    """Of that list, with our templates."""
    return Letters([TEMPLATES], frame(**changes))


def recipient(**changes: object) -> Recipient:
    """Somebody who subscribed on 3 May."""
    values: dict[str, object] = {
        "address": "reader@inbox.example",
        "delivery_id": "0123456789abcdef0123456789abcdef",
        "at": datetime(2026, 5, 26, 5, 0, 7, tzinfo=UTC),
        "unsubscribe_url": f"{SITE}/u/{TOKEN}",
        "preferences_url": f"{SITE}/p/{OTHER_TOKEN}",
        "subscribed_at": datetime(2026, 5, 2, 22, 30, tzinfo=UTC),
    }
    return Recipient(**{**values, **changes})  # type: ignore[arg-type]


def parsed(raw: bytes) -> EmailMessage:
    """A letter as a mail reader sees it."""
    message = BytesParser(policy=default).parsebytes(raw)
    assert isinstance(message, EmailMessage)
    return message


def head(raw: bytes) -> list[str]:
    """The header lines as they go over the wire, folded ones joined."""
    lines = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    return lines.replace("\r\n ", " ").split("\r\n")
