"""The `sitemap` kind: a site's newest pages by its sitemap, for sites without a feed.

Config: `kind = "sitemap"`, `url` of a news sitemap, a plain one or an index, also as
`.xml.gz`; the other fields as in domain/source.py.
Yields: the newest `max_documents` addresses as excerpts, whose pages are read as behind
any short feed entry; nothing when no byte has changed.
Raises: FetchError (robots.txt is obeyed); ParseError (reason "bad_sitemap", "timeout",
"memory") for the first sitemap. One behind an index costs only itself.
Source: sitemaps.org/protocol, Google News sitemaps (2026-11).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from briefing.domain.document import Document, DocumentKind, document_id
from briefing.domain.source import FetchState, Harvest, Problem, Source
from briefing.errors import BriefingError, FetchError, ParseError
from briefing.ingest.sitemap_parsing import (
    MAX_BYTES,
    ParsedSitemap,
    SitemapEntry,
    parse_sitemap,
)
from briefing.logic import urls
from briefing.logic.backoff import after_success
from briefing.logic.cleaning import clean_title
from briefing.logic.language import detect_language
from briefing.ports import Http, Isolate, Response

LIMIT_S = 10.0
# INGEST 5.1: an index may be a loop, or name a sitemap for each month of ten years.
_MOST_SITEMAPS = 20
_CONSIDERED = 500
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def ingest(
    source: Source, state: FetchState, http: Http, isolate: Isolate, now: datetime
) -> Harvest:
    """The newest addresses of the site as excerpts, newest first."""
    responses: list[Response] = []
    problems: list[Problem] = []
    found: list[SitemapEntry] = []
    todo, seen = [source.url], {source.url}
    while todo and len(responses) < _MOST_SITEMAPS and len(found) < _CONSIDERED:
        url = todo.pop(0)
        try:
            response, parsed = _asked(url, http, isolate, now)
        except (FetchError, ParseError) as error:
            if not responses:
                raise
            problems.append(_problem(url, error))
            continue
        responses.append(response)
        found.extend(parsed.entries)
        for one in _newest_first(parsed.sitemaps):
            if one.url not in seen and urls.site(one.url) == urls.site(source.url):
                seen.add(one.url)
                todo.append(one.url)
    whole = hashlib.sha256("".join(one.body_hash for one in responses).encode())
    new_state = after_success(
        state,
        now,
        body_hash=whole.hexdigest(),
        fresh_s=responses[0].fresh_s,
        moved_to=responses[0].moved_to,
    )
    if whole.hexdigest() == state.body_hash:
        return Harvest(source.id, new_state, (), None, tuple(problems), True)
    newest = _newest_first(found)[:_CONSIDERED]
    documents = {
        urls.url_key(one.url): _document(one, source, now)
        for one in reversed([one for one in newest if urls.is_deep(one.url)])
    }
    kept = tuple(reversed(documents.values()))[: source.max_documents]
    return Harvest(source.id, new_state, kept, None, tuple(problems))


def _asked(
    url: str, http: Http, isolate: Isolate, now: datetime
) -> tuple[Response, ParsedSitemap]:
    response = http.get(url, max_bytes=MAX_BYTES)
    parsed = isolate.run(
        parse_sitemap, response.body, response.url, now, limit_s=LIMIT_S
    )
    return response, parsed


def _newest_first(entries: Sequence[SitemapEntry]) -> list[SitemapEntry]:
    """Undated ones last, in the order of the sitemap."""
    return sorted(entries, key=lambda one: one.newest or _LONG_AGO, reverse=True)


def _document(entry: SitemapEntry, source: Source, now: datetime) -> Document:
    url = urls.canonical(entry.url) or entry.url
    title = entry.title or _named(url)
    return Document(
        id=document_id(url, title),
        text=title,
        title=title,
        url=url,
        publisher=source.publisher,
        family=source.family or "",
        # What was changed on a day need not have been published on it.
        published_at=entry.published_at,
        fetched_at=now,
        language=detect_language(title) or source.language or entry.language,
        source_id=source.id,
        kind=DocumentKind.PRIMARY if source.is_primary else DocumentKind.REPORT,
        is_complete=False,
        topics=source.topics,
        weight=source.weight,
    )


def _named(url: str) -> str:
    """The last part of an address in words: what there is until its page is read."""
    path = unquote(urlsplit(url).path).rstrip("/")
    stem = re.sub(r"\.[a-z]{2,5}$", "", path.rpartition("/")[2])
    return clean_title(re.sub(r"[-_+]+", " ", stem)) or url


def _problem(url: str, error: BriefingError) -> Problem:
    return Problem(
        stage="gather",
        subject=url,
        reason=getattr(error, "reason", "failed"),
        message=error.message,
        hint=error.hint,
        is_failure=False,
    )
