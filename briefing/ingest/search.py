"""The `search` kind: a search service asked for a topic, by `briefing topic --search`.

Config: `kind = "search"`, `url` with `{query}`; never asked by the morning's run.
Yields: what was found as excerpts with the publisher's own name and address, the
newest first; their pages are read as behind any feed entry.
Raises: FetchError; ParseError (reason "bad_search", "bad_feed").
Forms: GDELT DOC 2.0 (`articles`), Hacker News by Algolia (`hits`), and any RSS or Atom,
such as Bing News, whose links are unwrapped here without asking anybody. Links of
Google News cannot be unwrapped so; they are left out.
Source: INGEST.md 1.1 and 2.2 (2026-11); none was asked live here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from briefing.domain.document import Document, DocumentKind, document_id
from briefing.domain.source import FetchState, Harvest, Source
from briefing.errors import ParseError
from briefing.ingest.feed_parsing import parse_feed
from briefing.ingest.strict_json import load_json
from briefing.ingest.timestamps import read_moment
from briefing.logic import urls
from briefing.logic.backoff import after_success
from briefing.logic.cleaning import clean_title
from briefing.logic.language import detect_language
from briefing.ports import Http, Isolate

LIMIT_S = 10.0
_CLOSED = frozenset({"news.google.com"})


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    url: str
    title: str
    text: str
    published_at: datetime | None


def ingest(
    source: Source, state: FetchState, http: Http, isolate: Isolate, now: datetime
) -> Harvest:
    """What the service finds, once an address."""
    response = http.get(source.url, obeys_robots=False)
    found = isolate.run(parse_hits, response.body, response.url, now, limit_s=LIMIT_S)
    kept: dict[str, Document] = {}
    for hit in found:
        url = urls.canonical(urls.unwrapped(hit.url))
        where = urls.address(url) if url else None
        if url is None or where is None or where.host in _CLOSED:
            continue
        kept.setdefault(urls.url_key(url), _document(hit, url, source, now))
    documents = tuple(kept.values())[: source.max_documents]
    return Harvest(source.id, after_success(state, now), documents)


def parse_hits(body: bytes, url: str, now: datetime) -> tuple[Hit, ...]:
    """What an answer lists, in a worker. Raises ParseError."""
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        feed = parse_feed(body, url, None, now, 100)
        return tuple(
            Hit(one.url, one.title, one.text, one.published_at)
            for one in feed.entries
            if one.url
        )
    said = load_json(body)
    if isinstance(said, dict):
        # GDELT answers an empty search with an empty object.
        if not said or isinstance(said.get("articles"), list):
            return tuple(_articles(said.get("articles") or [], now))
        if isinstance(said.get("hits"), list):
            return tuple(_hits(said["hits"], now))
    raise ParseError(
        f"{url}: the answer is neither a list of articles nor a feed",
        hint="Use a service that answers like GDELT, Hacker News or a news feed.",
        reason="bad_search",
    )


def _articles(found: list[Any], now: datetime) -> Iterator[Hit]:
    for one in found:
        if isinstance(one, dict) and isinstance(one.get("url"), str):
            title = clean_title(str(one.get("title") or ""))
            moment = _packed(str(one.get("seendate") or ""))
            yield Hit(one["url"], title, title, read_moment(moment, now))


def _hits(found: list[Any], now: datetime) -> Iterator[Hit]:
    for one in found:
        # An entry without an address is a question to the site's own readers.
        if isinstance(one, dict) and isinstance(one.get("url"), str):
            title = clean_title(str(one.get("title") or ""))
            yield Hit(one["url"], title, title, read_moment(one.get("created_at"), now))


def _packed(text: str) -> str:
    """ "20260525T101500Z" with its separators."""
    if len(text) != 16 or text[8] != "T":
        return text
    return f"{text[:4]}-{text[4:6]}-{text[6:11]}:{text[11:13]}:{text[13:]}"


def _document(hit: Hit, url: str, source: Source, now: datetime) -> Document:
    text = hit.text or hit.title or url
    return Document(
        id=document_id(url, text),
        text=text,
        title=hit.title,
        url=url,
        publisher=urls.site(url) or source.publisher,
        published_at=hit.published_at,
        fetched_at=now,
        language=detect_language(f"{hit.title}. {text}") or source.language,
        source_id=source.id,
        kind=DocumentKind.REPORT,
        is_complete=False,
        topics=source.topics,
        weight=source.weight,
    )
