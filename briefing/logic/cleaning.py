"""Text and dates at the door: what a stranger sent, made safe to keep and to print."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import UTC, datetime, timedelta

MAX_TITLE = 300  # chosen after RSSHub (150) and newspaper4k (200), INGEST 1.2
MAX_TEXT = 100_000  # newspaper4k's limit, INGEST 1.2
# Before the first feeds there is no publication date to believe, and after two days
# ahead no clock error or time zone explains it (INGEST 1.1).
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
AHEAD = timedelta(hours=48)

# C0 and C1 controls but for tab and newline; surrogates; bidi controls; zero-width
# characters and BOM; soft hyphen; interlinear marks; tag characters (invisible text).
# ZWNJ and ZWJ stay: Persian, Hindi and emoji are spelled with them.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u00ad\u034f\u061c\u180e\u200b"
    "\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_GAPS = re.compile(r" ?\n ?(?:\n ?)+")
_ANY_SPACE = re.compile(r"\s+")


def clean_text(text: str, *, limit: int = MAX_TEXT) -> str:
    """NFC text without invisible or control characters, cut at a word.

    Line ends become "\\n", runs of blanks one space, runs of blank lines one blank
    line; nothing stands at either end. Idempotent.
    """
    # Normalising costs time in the length of the input: cut the absurd first.
    text = _LINE_BREAKS.sub("\n", text[: limit * 4])
    text = unicodedata.normalize("NFC", _DROPPED.sub("", text))
    text = _GAPS.sub("\n\n", _BLANKS.sub(" ", text))
    text = text.replace(" \n", "\n").replace("\n ", "\n").strip()
    return _cut(text, limit)


def clean_line(text: str, *, limit: int = MAX_TITLE) -> str:
    """The same on one line: a title, a name; safe in a mail header."""
    return _cut(_ANY_SPACE.sub(" ", clean_text(text, limit=limit * 4)), limit)


def clean_title(text: str, *, limit: int = MAX_TITLE) -> str:
    """`clean_line` of a title in which feeds leave markup or its escapes."""
    plain = _MARKUP.sub("", _CODE.sub("", text[: limit * 20]))
    return clean_line(html.unescape(plain), limit=limit)


# Only what is surely a tag: "a < b" and "<3" stay. One pass, before unescaping, so that
# an escaped "&lt;b&gt;" is printed as the author meant it.
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,400}>|<!--.{0,400}?-->", re.DOTALL)
_CODE = re.compile(
    r"<(script|style)\b[^<>]{0,400}>.{0,4000}?</\1\s*>", re.IGNORECASE | re.DOTALL
)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ", limit - 60 if limit > 60 else 0)
    return (head[:space] if space > 0 else head).rstrip() + "…"


def plausible(moment: datetime | None, now: datetime) -> datetime | None:
    """The moment in UTC if somebody can have published then, else None ("unknown").

    A time without a zone is taken as UTC. Year 0, 1970, 9999 and anything more than
    48 hours ahead of `now` is a mistake of the sender.
    """
    if moment is None:
        return None
    try:
        utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        utc = utc.astimezone(UTC).replace(microsecond=0)
    except (OverflowError, ValueError):
        return None
    return utc if EARLIEST <= utc <= now + AHEAD else None


def letters(text: str) -> int:
    """How many letters of any script the text holds."""
    return sum(1 for character in text if character.isalpha())
