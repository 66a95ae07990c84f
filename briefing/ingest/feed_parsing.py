"""Feed bytes to entries, in a worker: RSS, Atom and RDF by feedparser, JSON by us."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from briefing.errors import ParseError
from briefing.ingest.html_text import html_to_text
from briefing.ingest.strict_json import load_json
from briefing.ingest.timestamps import read_moment
from briefing.logic import urls
from briefing.logic.cleaning import clean_line, clean_title, letters
from briefing.logic.language import language_code

# Only the worker reads feeds; what sends them there does not wait for its parser.
WORKER_LOADS = ("feedparser",)
MAX_ENTRIES = 5_000  # looked at before the newest are chosen
MIN_LETTER_SHARE = 0.2  # below it a text is rubbish: a wall of "<", a data dump
COMPLETE_CHARS = 1_200  # an entry's own text of this length is the whole story

_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,31};)")
_CDATA = re.compile(rb"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_XML_CONTROLS = bytes.maketrans(bytes([*range(9), 11, 12, *range(14, 32)]), b" " * 29)
_JSON_FEED = "https://jsonfeed.org/version/"
# feedparser's names for faults that have nothing to do with the XML.
_BOZO = {
    "CharacterEncodingOverride": "it declares another encoding than it has",
    "CharacterEncodingUnknown": "its encoding is unknown",
    "NonXMLContentType": "it is not served as XML",
}
# What blog software and aggregators add below a text; it says nothing.
_TAIL = re.compile(
    r"^(?:the post .{1,400} (?:appeared first on|first appeared on) .{1,200}|"
    r"(?:continue reading|read more|read the full (?:story|article|post)|"
    r"view the full (?:story|article)|weiterlesen|lire la suite|leer más)"
    r"[^.!?]{0,120}[.…→»>]*|\[?link\]?\s*\[?comments\]?)$",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r"(?:\[?\s?(?:…|\.\.\.|&hellip;)\s?\]?|\(more\))\s*$")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry, cleaned.

    Attributes:
        title: one line, "" if none.
        text: paragraphs, "" if none.
        url: absolute address as linked, None if it has none.
        guid: the feed's own identity for it, "" if none.
        published_at: aware UTC, None if not stated or absurd.
        author: as printed, or None.
        language: ISO 639-1 as declared for it or the feed, or None.
        is_full: the text is the whole story.
        origin: name of another publisher that the entry is taken from, or None.
        origin_url: that publisher's address, or None.
    """

    title: str
    text: str
    url: str | None
    guid: str
    published_at: datetime | None
    author: str | None
    language: str | None
    is_full: bool
    origin: str | None = None
    origin_url: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed held.

    Attributes:
        title: of the feed, "" if none.
        entries: newest first, undated ones last in the feed's order.
        repairs: what had to be mended, one clause each.
    """

    title: str
    entries: tuple[FeedEntry, ...]
    repairs: tuple[str, ...] = ()


def parse_feed(
    body: bytes, url: str, charset: str | None, now: datetime, limit: int
) -> ParsedFeed:
    """The newest `limit` entries of a feed in any format.

    `url` is where the bytes came from. Raises ParseError (reason "bad_feed",
    "bad_json") when there is no feed in them.
    """
    start = body[:100].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise _no_feed("the body is empty")
    if start.startswith(b"{"):
        return _json_feed(load_json(body), url, now, limit)
    return _xml_feed(body, url, charset, now, limit)


def _no_feed(message: str) -> ParseError:
    return ParseError(
        message,
        hint="Open the address in a browser; look there for the site's feed address.",
        reason="bad_feed",
    )


def _xml_feed(
    body: bytes, url: str, charset: str | None, now: datetime, limit: int
) -> ParsedFeed:
    parsed = read_xml_feed(body, charset)
    repairs = []
    if parsed.bozo and _has_bare_ampersand(body):
        again = read_xml_feed(_mend_ampersands(body), charset)
        if len(again.entries) >= len(parsed.entries):
            parsed = again
            repairs.append("it holds bare ampersands")
    if not parsed.version and not parsed.entries:
        kind = "a web page" if b"<html" in body[:4000].lower() else "something else"
        raise _no_feed(f"the body is {kind}, not a feed")
    if parsed.bozo:
        problem = type(parsed.get("bozo_exception")).__name__
        repairs.append(_BOZO.get(problem, "it is not well-formed XML"))
    feed = parsed.feed
    bases = (feed.get("link"),)
    language = feed.get("language")
    dated = [(_entry_date(entry, now), entry) for entry in parsed.entries[:MAX_ENTRIES]]
    entries = [
        _xml_entry(entry, published_at, bases, url, language)
        for published_at, entry in _newest(dated, limit)
    ]
    kept = _told(entries, parsed.entries)
    return ParsedFeed(clean_title(_text(feed, "title")), kept, tuple(repairs))


def _told(entries: list[FeedEntry], found: list[Any]) -> tuple[FeedEntry, ...]:
    kept = tuple(entry for entry in entries if entry.title or entry.text)
    if found and not kept:
        raise _no_feed("no entry of the feed has a title or a text")
    return kept


def read_xml_feed(body: bytes, charset: str | None) -> Any:
    """The bytes as feedparser understands them, nothing cleaned; in a worker."""
    import feedparser

    # Bytes that are valid UTF-8 beyond ASCII are UTF-8, whatever is declared.
    if not body.isascii() and _is_utf8(body):
        charset = "utf-8"
    content_type = "application/xml" + (f"; charset={charset}" if charset else "")
    # A BytesIO, always: feedparser opens a path or an address given as bytes or text.
    return feedparser.parse(
        io.BytesIO(body.translate(_XML_CONTROLS) if _is_narrow(body) else body),
        response_headers={"content-type": content_type},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _is_narrow(body: bytes) -> bool:
    """Whether a NUL is a stray character, not half of a UTF-16 one."""
    return not body.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0<" not in body[:64]


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _has_bare_ampersand(body: bytes) -> bool:
    return any(_BARE_AMPERSAND.search(part) for part in _CDATA.split(body)[::2])


def _mend_ampersands(body: bytes) -> bytes:
    parts = _CDATA.split(body)
    parts[::2] = [_BARE_AMPERSAND.sub(b"&amp;", part) for part in parts[::2]]
    return b"".join(parts)


def _newest(
    dated: list[tuple[datetime | None, Any]], limit: int
) -> list[tuple[datetime | None, Any]]:
    known = [pair for pair in dated if pair[0] is not None]
    unknown = [pair for pair in dated if pair[0] is None]
    known.sort(key=lambda pair: pair[0], reverse=True)  # type: ignore[arg-type, return-value]
    return (known + unknown)[:limit]


def _entry_date(entry: Any, now: datetime) -> datetime | None:
    for name in ("published", "updated", "created"):
        moment = read_moment(entry.get(name), now)
        if moment is not None:
            return moment
    return None


def _xml_entry(
    entry: Any,
    published_at: datetime | None,
    bases: tuple[str | None, ...],
    url: str,
    feed_language: str | None,
) -> FeedEntry:
    contents = entry.get("content") or []
    candidates = [_value(part) for part in contents if isinstance(part, dict)]
    text, is_full = _best_text([*candidates, _text(entry, "summary")])
    source = entry.get("source") or {}
    declared = contents[0].get("language") if contents else None
    origin_link = _text(source, "href") or _text(source, "link")
    link = _text(entry, "link") or _permalink(_text(entry, "id"))
    return FeedEntry(
        title=clean_title(_text(entry, "title")),
        text=text,
        url=urls.resolve(urls.first_base(bases, url), link) if link else None,
        guid=clean_line(_text(entry, "id")),
        published_at=published_at,
        author=clean_title(_text(entry, "author"), limit=120) or None,
        language=language_code(declared) or language_code(feed_language),
        is_full=is_full,
        origin=clean_title(_text(source, "title"), limit=120) or None,
        origin_url=urls.resolve(url, origin_link) if origin_link else None,
    )


def _permalink(guid: str) -> str:
    return guid if guid.startswith(("http://", "https://")) else ""


def _text(holder: Any, name: str) -> str:
    value = holder.get(name)
    return value if isinstance(value, str) else ""


def _value(part: Any) -> str:
    # An image or a sound has a "content" of its own in some feeds.
    kind = str(part.get("type") or "text/html")
    return _text(part, "value") if "text" in kind or "html" in kind else ""


def _best_text(candidates: list[str]) -> tuple[str, bool]:
    """The longest of an entry's texts, and whether it is the whole story."""
    texts = [_without_tail(html_to_text(one)) for one in candidates if one.strip()]
    told = [one for one in texts if letters(one) >= len(one) * MIN_LETTER_SHARE]
    text = max(told, key=len, default="")
    is_cut = bool(_CUT_OFF.search(text[-20:]))
    return text, len(text) >= COMPLETE_CHARS and not is_cut


def _without_tail(text: str) -> str:
    paragraphs = text.split("\n\n")
    while len(paragraphs) > 1 and _TAIL.match(paragraphs[-1].replace("\n", " ")):
        paragraphs.pop()
    return "\n\n".join(paragraphs)


def _json_feed(value: Any, url: str, now: datetime, limit: int) -> ParsedFeed:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1, read 2026-11)."""
    if not isinstance(value, dict) or not _text(value, "version").startswith(
        _JSON_FEED
    ):
        raise _no_feed("the body is JSON, but not a JSON Feed")
    items = value.get("items")
    if not isinstance(items, list):
        raise _no_feed("the JSON Feed has no list of items")
    found = [item for item in items[:MAX_ENTRIES] if isinstance(item, dict)]
    dated = [
        (
            read_moment(item.get("date_published"), now)
            or read_moment(item.get("date_modified"), now),
            item,
        )
        for item in found
    ]
    base = _text(value, "home_page_url")
    entries = [
        _json_entry(item, published_at, base, url, _text(value, "language"))
        for published_at, item in _newest(dated, limit)
    ]
    return ParsedFeed(clean_title(_text(value, "title")), _told(entries, items))


def _json_entry(
    item: dict[str, Any],
    published_at: datetime | None,
    base: str,
    url: str,
    feed_language: str,
) -> FeedEntry:
    text, is_full = _best_text(
        [
            _text(item, "content_html"),
            _text(item, "content_text"),
            _text(item, "summary"),
        ]
    )
    guid = clean_line(str(item.get("id") or ""))
    link = _text(item, "url") or _text(item, "external_url") or _permalink(guid)
    authors = item.get("authors") or [item.get("author")]
    first = authors[0] if isinstance(authors, list) and authors else None
    name = _text(first, "name") if isinstance(first, dict) else ""
    return FeedEntry(
        title=clean_title(_text(item, "title")),
        text=text,
        url=urls.resolve(urls.first_base((base,), url), link) if link else None,
        guid=guid,
        published_at=published_at,
        author=clean_title(name, limit=120) or None,
        language=language_code(_text(item, "language")) or language_code(feed_language),
        is_full=is_full,
    )
