"""The `feed` kind: RSS 0.9x to 2.0, Atom, RDF and JSON Feed as excerpts.

Config: `kind = "feed"`, `url` of the feed; `max_documents`, `reads_pages`, `publisher`,
`family`, `language`, `is_primary`, `topics`, `weight` as in domain/source.py.
Yields: the newest entries as Documents, incomplete unless the feed carries the whole
text; an unchanged feed (304, or the same bytes) yields nothing and says so.
Raises: FetchError; ParseError (reason "bad_feed", "bad_json", "timeout", "memory").
Source: RFC 4287, rssboard.org/rss-specification, jsonfeed.org/version/1.1 (2026-11).
robots.txt is not asked: an address that the user configured as a feed is an invitation.
"""

from __future__ import annotations

from datetime import datetime

from briefing.domain.document import Document, DocumentKind, document_id
from briefing.domain.source import FetchState, Harvest, Problem, Source
from briefing.ingest.feed_parsing import FeedEntry, parse_feed
from briefing.logic import urls
from briefing.logic.backoff import after_success
from briefing.logic.language import detect_language
from briefing.ports import Http, Isolate, Response

LIMIT_S = 10.0  # 25 MB of entries take 25 s, a large honest feed 0.1 s (INGEST 4.1)


def ingest(
    source: Source, state: FetchState, http: Http, isolate: Isolate, now: datetime
) -> Harvest:
    """The newest `max_documents` entries of the feed, newest first."""
    response = http.get(source.url, state=state, obeys_robots=False)
    new_state = _remembered(state, response, now)
    if response.status == 304 or response.body_hash == state.body_hash:
        return Harvest(source.id, new_state, is_unchanged=True)
    feed = isolate.run(
        parse_feed,
        response.body,
        response.url,
        response.charset,
        now,
        source.max_documents,
        limit_s=LIMIT_S,
    )
    problems = tuple(
        Problem(
            stage="gather",
            subject=source.id,
            reason="repaired_feed",
            message=f"The feed was read although it is broken: {repair}.",
            hint="Tell the publisher, if it is worth it.",
            is_failure=False,
        )
        for repair in feed.repairs
    )
    documents = tuple(_document(entry, source, now) for entry in feed.entries)
    return Harvest(source.id, new_state, _without_repeats(documents), None, problems)


def _remembered(state: FetchState, response: Response, now: datetime) -> FetchState:
    return after_success(
        state,
        now,
        etag=response.etag,
        last_modified=response.last_modified,
        body_hash=response.body_hash,
        fresh_s=response.fresh_s,
        moved_to=response.moved_to,
    )


def _document(entry: FeedEntry, source: Source, now: datetime) -> Document:
    link = urls.unwrapped(entry.url) if entry.url else None
    url = urls.canonical(link) if link else None
    publisher, family = source.publisher, source.family or ""
    title = entry.title
    if entry.origin and _is_other_site(entry.origin_url, source.url):
        # An aggregator names the publisher; its titles end in the publisher's name.
        publisher, family = entry.origin, ""
        title = title.removesuffix(f" - {entry.origin}")
    text = entry.text or title
    return Document(
        id=document_id(url, text),
        text=text,
        title=title,
        url=url,
        publisher=publisher,
        family=family,
        published_at=entry.published_at,
        fetched_at=now,
        language=detect_language(f"{title}. {text}")
        or source.language
        or entry.language,
        source_id=source.id,
        author=entry.author,
        kind=DocumentKind.PRIMARY if source.is_primary else DocumentKind.REPORT,
        is_complete=entry.is_full,
        topics=source.topics,
        weight=source.weight,
    )


def _is_other_site(origin_url: str | None, source_url: str) -> bool:
    return bool(origin_url) and urls.site(origin_url or "") != urls.site(source_url)


def _without_repeats(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """One document an address, the newest; entries without one by their text.

    A guid used twice for two addresses is two documents: ids come from address and
    text, so a feed's own muddle cannot merge them.
    """
    seen: dict[str, Document] = {}
    for document in documents:
        key = urls.url_key(document.url) if document.url else document.id
        seen.setdefault(key, document)
    return tuple(seen.values())
