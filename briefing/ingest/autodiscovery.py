"""The feed behind an address: the address itself, or what its page links as a feed.

Source: rssboard.org/rss-autodiscovery (2026-11).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser
from w3lib.encoding import html_to_unicode

from briefing.errors import FetchError, InputError, ParseError
from briefing.ingest.feed_parsing import ParsedFeed, parse_feed
from briefing.ingest.html_text import check_markup
from briefing.ports import Http, Isolate, Response

LIMIT_S = 10.0
_TRIED = 3
_ENTRIES = 3
_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json"}
)


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that was read.

    Attributes:
        url: where it is.
        title: of the feed, "" if none.
    """

    url: str
    title: str


def find_feed(url: str, http: Http, isolate: Isolate, now: datetime) -> FoundFeed:
    """The feed at the address or linked by its page, read once to be sure.

    Raises FetchError for the address, InputError when there is no feed.
    """
    response = http.get(url)
    try:
        return _found(_parsed(response, isolate, now), response)
    except ParseError:
        links = isolate.run(
            feed_links, response.body, response.charset, response.url, limit_s=LIMIT_S
        )
    for link in links[:_TRIED]:
        try:
            answer = http.get(link, obeys_robots=False)
            return _found(_parsed(answer, isolate, now), answer)
        except (FetchError, ParseError):
            continue
    raise InputError(
        f"{url} is no feed and links none that can be read",
        hint="Look for the address of its feed on the page, and add that.",
    )


def feed_links(body: bytes, charset: str | None, base: str) -> tuple[str, ...]:
    """Addresses that a page links as its feeds, in order, once each. Raises
    ParseError.
    """
    header = f"text/html; charset={charset}" if charset else None
    markup = html_to_unicode(header, body)[1]
    check_markup(markup)
    found: dict[str, None] = {}
    for node in LexborHTMLParser(markup).css("link[rel][href]"):
        kinds = (node.attributes.get("rel") or "").lower().split()
        media = (node.attributes.get("type") or "").lower().partition(";")[0].strip()
        if "alternate" in kinds and media in _TYPES:
            try:
                link = urljoin(base, (node.attributes.get("href") or "").strip())
            except ValueError:
                continue
            if link.startswith(("http://", "https://")):
                found[link] = None
    return tuple(found)


def _parsed(response: Response, isolate: Isolate, now: datetime) -> ParsedFeed:
    return isolate.run(
        parse_feed,
        response.body,
        response.url,
        response.charset,
        now,
        _ENTRIES,
        limit_s=LIMIT_S,
    )


def _found(feed: ParsedFeed, response: Response) -> FoundFeed:
    return FoundFeed(response.moved_to or response.url, feed.title)
