"""Feeds: Atom (RFC 4287) and RSS 2.0 by feedgen, JSON Feed 1.1 by hand.

All three carry the same entries in full. Paging is RFC 5005 and `next_url`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import nh3
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from briefing.render.escaping import one_line
from briefing.render.templates import Templates
from briefing.render.view import BriefPage

_ATOM = "http://www.w3.org/2005/Atom"
# Everything a brief is printed with, and nothing that could act (DELIVERY.md T8).
_TAGS = set(
    "p ul ol li h2 h3 h4 b i em strong a span br dl dt dd div blockquote table caption"
    " thead tbody tr th td abbr data".split()
)
_ATTRIBUTES = {"a": {"href"}, "th": {"scope"}, "abbr": {"title"}, "li": {"value"}}


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A brief in a feed.

    Attributes:
        id: a tag URI; never changes, whatever is corrected.
        url: of the brief's page.
        title: the headline.
        summary: its first sentence, "" if none.
        html: the whole brief, sanitised.
        published: aware UTC.
        updated: aware UTC; later than `published` after a correction.
        topics: of the brief.
    """

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed, without its form.

    Attributes:
        title: of the digest, and of the topic.
        description: one sentence.
        language: ISO 639-1.
        home_url: the page that shows the same.
        first_url: of the feed's first page: its permanent id.
        self_url: of this page.
        next_url: of the page with older entries, "" on the last one.
        subscribe_url: where one asks for it by e-mail.
        site_title: who speaks.
        site_url: front page.
        icon_url: a picture.
        updated: when the newest entry changed.
        entries: newest first.
    """

    title: str
    description: str
    language: str
    home_url: str
    first_url: str
    self_url: str
    next_url: str
    subscribe_url: str
    site_title: str
    site_url: str
    icon_url: str
    updated: datetime
    entries: tuple[FeedEntry, ...]


def entry_html(
    templates: Templates, brief: BriefPage, *, url: str, subscribe_url: str
) -> str:
    """The whole brief for a feed reader: no class, no style, links absolute."""
    text = templates.render(
        "site/feed_brief.html", brief=brief, url=url, subscribe_url=subscribe_url
    )
    clean = nh3.clean(
        text,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel=None,
    )
    return "\n".join(line.strip() for line in clean.splitlines() if line.strip())


def atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    made: bytes = _generator(feed, "application/atom+xml").atom_str(pretty=True)
    return made


def rss(feed: Feed) -> bytes:
    """The feed as RSS 2.0 with content:encoded."""
    made: bytes = _generator(feed, "application/rss+xml").rss_str(pretty=True)
    return made


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1."""
    author = {"name": feed.site_title, "url": feed.site_url}
    value: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": one_line(feed.title),
        "home_page_url": feed.home_url,
        "feed_url": feed.self_url,
        "description": one_line(feed.description),
        "user_comment": f"Get it by e-mail: {feed.subscribe_url}",
        "icon": feed.icon_url,
        "language": feed.language,
        "authors": [author],
        "items": [_item(one, feed.language) for one in feed.entries],
    }
    if feed.next_url:
        value["next_url"] = feed.next_url
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _item(entry: FeedEntry, language: str) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": one_line(entry.title),
        "content_html": entry.html,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "language": language,
    }
    if entry.summary:
        item["summary"] = one_line(entry.summary)
    if entry.topics:
        item["tags"] = list(entry.topics)
    return item


class _Links(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """atom:link elements that feedgen leaves out of RSS."""

    def __init__(self) -> None:
        self.links: Sequence[tuple[str, str, str]] = ()

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        channel = feed[0]
        for rel, href, title in self.links:
            link = etree.SubElement(channel, f"{{{_ATOM}}}link", rel=rel, href=href)
            if title:
                link.set("title", title)
        return feed


class _Updated(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """atom:updated in an RSS item, which has no word for it."""

    def __init__(self) -> None:
        self.at = ""

    def extend_rss(self, entry: etree._Element) -> etree._Element:
        etree.SubElement(entry, f"{{{_ATOM}}}updated").text = self.at
        return entry


def _generator(feed: Feed, media_type: str) -> FeedGenerator:
    made = FeedGenerator()
    made.register_extension("more", _Links, _Updated, atom=False, rss=True)
    made.id(feed.first_url)
    made.title(one_line(feed.title))
    made.subtitle(one_line(feed.description))
    made.description(one_line(feed.description))
    made.author(name=one_line(feed.site_title), uri=feed.site_url)
    made.language(feed.language)
    made.generator("Briefing")
    made.docs("https://www.rssboard.org/rss-specification")
    made.updated(feed.updated)
    made.lastBuildDate(feed.updated)
    made.link(href=feed.home_url, rel="alternate", type="text/html")
    made.link(href=feed.self_url, rel="self", type=media_type)
    more = [("related", feed.subscribe_url, "Get it by e-mail")]
    if feed.next_url:
        more.append(("next", feed.next_url, ""))
    for rel, href, title in more:
        made.link(href=href, rel=rel, title=title or None)
    made.more.links = more
    for entry in feed.entries:
        _add(made, entry)
    return made


def _add(made: FeedGenerator, entry: FeedEntry) -> None:
    one = made.add_entry(order="append")
    one.id(entry.id)
    one.title(one_line(entry.title))
    one.link(href=entry.url, rel="alternate", type="text/html")
    one.published(entry.published)
    one.updated(entry.updated)
    if entry.summary:
        one.summary(one_line(entry.summary))
    one.content(entry.html, type="html")
    for topic in entry.topics:
        one.category(term=topic)
    one.more.at = entry.updated.isoformat()
