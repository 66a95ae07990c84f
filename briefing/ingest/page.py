"""The `page` kind: one article by its address; and `read`, the page behind an excerpt.

Config: `kind = "page"`, `url` of the article; the other fields as in domain/source.py.
Yields: one complete Document; nothing when the page is unchanged (304, same bytes).
Raises: FetchError (robots.txt is obeyed); ParseError (reason "not_html", "no_text",
"too_complex", "timeout", "memory").
Source: trafilatura 2.3 with `fast` (F1 0.920 at 62 % of the CPU, INGEST 4.4);
schema.org/Article, ogp.me (2026-11).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from briefing.domain.document import Document, DocumentKind, document_id
from briefing.domain.source import FetchState, Harvest, Source
from briefing.errors import ParseError
from briefing.ingest.page_reading import ParsedPage, parse_page
from briefing.ingest.timestamps import is_midnight, same_day
from briefing.logic import urls
from briefing.logic.backoff import after_success
from briefing.logic.language import detect_language
from briefing.ports import Http, Isolate, Response

LIMIT_S = 5.0  # the slowest of 1,290 real pages took 0.4 s (INGEST 4.4)

_HTML = frozenset({"", "text/html", "application/xhtml+xml", "application/xml"})


def ingest(
    source: Source, state: FetchState, http: Http, isolate: Isolate, now: datetime
) -> Harvest:
    """The page as one Document."""
    response = http.get(source.url, state=state)
    new_state = after_success(
        state,
        now,
        etag=response.etag,
        last_modified=response.last_modified,
        body_hash=response.body_hash,
        fresh_s=response.fresh_s,
        moved_to=response.moved_to,
    )
    if response.status == 304 or response.body_hash == state.body_hash:
        return Harvest(source.id, new_state, is_unchanged=True)
    page = _parsed(response, isolate, now)
    url = _address(page, response)
    document = Document(
        id=document_id(url, page.text),
        text=page.text,
        title=page.title or source.title,
        url=url,
        publisher=source.publisher or page.site_name or urls.site(response.url),
        family=source.family or "",
        published_at=page.published_at,
        fetched_at=now,
        language=detect_language(page.text) or page.language or source.language,
        source_id=source.id,
        author=page.author,
        kind=DocumentKind.PRIMARY if source.is_primary else DocumentKind.REPORT,
        access=page.access,
        topics=source.topics,
        weight=source.weight,
    )
    return Harvest(source.id, new_state, (document,))


def read(excerpt: Document, http: Http, isolate: Isolate, now: datetime) -> Document:
    """The complete Document behind a feed's excerpt.

    The text is the page's, unless the feed's is longer (a paywall, a stub). The feed's
    title, date and author stay where the page does not state its own. A date that only
    names the day does not replace a moment on that day.
    """
    if excerpt.url is None:
        raise ParseError(
            f"{excerpt.title or excerpt.id}: the entry has no address",
            hint="The feed's own text is kept.",
            reason="no_url",
        )
    response = http.get(excerpt.url)
    page = _parsed(response, isolate, now)
    text = page.text if len(page.text) >= len(excerpt.text) else excerpt.text
    url = _address(page, response)
    is_title_better = page.is_title_stated or not excerpt.title
    return replace(
        excerpt,
        id=document_id(url, text),
        text=text,
        title=page.title if page.title and is_title_better else excerpt.title,
        url=url,
        published_at=_better_date(page.published_at, excerpt.published_at),
        fetched_at=now,
        language=detect_language(text) or page.language or excerpt.language,
        author=page.author or excerpt.author,
        access=page.access,
        is_complete=True,
    )


def from_file(body: bytes, name: str, isolate: Isolate, now: datetime) -> Document:
    """The Document in an HTML file that was handed in; `name` stands in messages.

    Its canonical address is believed: there is no other to hold against it.
    """
    page = isolate.run(parse_page, body, "", "text/html", None, now, limit_s=LIMIT_S)
    url = urls.canonical(page.canonical) if page.canonical else None
    return Document(
        id=document_id(url, page.text),
        text=page.text,
        title=page.title or name,
        url=url,
        publisher=page.site_name or (urls.site(url) or "" if url else ""),
        published_at=page.published_at,
        fetched_at=now,
        language=detect_language(page.text) or page.language,
        author=page.author,
        access=page.access,
    )


def _parsed(response: Response, isolate: Isolate, now: datetime) -> ParsedPage:
    if response.media_type not in _HTML:
        raise ParseError(
            f"{response.url}: served as {response.media_type}, not as a web page",
            hint="Only web pages can be read as articles; leave this address out.",
            reason="not_html",
        )
    return isolate.run(
        parse_page,
        response.body,
        response.url,
        response.media_type,
        response.charset,
        now,
        limit_s=LIMIT_S,
    )


def _address(page: ParsedPage, response: Response) -> str:
    """The page's own canonical address if it is of the same site (syndication lies),
    else where the bytes came from.
    """
    named = page.canonical
    is_own = named is not None and urls.site(named) == urls.site(response.url)
    # A site that calls its front page canonical everywhere names no article.
    if named and is_own and (urls.is_deep(named) or not urls.is_deep(response.url)):
        return urls.canonical(named) or named
    return urls.canonical(response.url) or response.url


def _better_date(page: datetime | None, feed: datetime | None) -> datetime | None:
    if page is None or feed is None:
        return page or feed
    return feed if is_midnight(page) and same_day(page, feed) else page
