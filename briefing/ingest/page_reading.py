"""A page's bytes to text and facts, in a worker: trafilatura for the text, and what the
page says of itself (JSON-LD, Open Graph, html lang) for the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from briefing.domain.document import Access
from briefing.errors import ParseError
from briefing.ingest.html_text import check_markup, decode, drop_hidden
from briefing.ingest.timestamps import read_moment
from briefing.logic import urls
from briefing.logic.cleaning import clean_line, clean_text, clean_title, letters
from briefing.logic.language import language_code

# Only the worker reads pages; what sends them there does not wait for its parser.
WORKER_LOADS = ("trafilatura",)
MIN_LETTERS = 200  # below this a page is a stub, a consent wall or built by script
MIN_LETTER_SHARE = 0.4  # 2 MB of "<" came out as text (INGEST 5.1); prose has 0.75
_TELLS_A_STORY = ("article", "posting", "report", "webpage", "review")
_SUFFIX = re.compile(r"\s+(?:[|·•»–—-]|::)\s+([^|·•»–—]{2,60})$")


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """What a page said; an empty or None field is one it does not state.

    Attributes:
        text: paragraphs separated by a blank line.
        title: one line, "" if none.
        is_title_stated: the title is from JSON-LD or Open Graph, not guessed.
        canonical: address that the page names as its own, absolute, or None.
        author: as printed, or None.
        published_at: aware UTC, or None.
        language: ISO 639-1 as declared, or None.
        site_name: as the page calls its site, "" if it does not.
        access: free or paid where the page says so.
    """

    text: str
    title: str
    is_title_stated: bool
    canonical: str | None
    author: str | None
    published_at: datetime | None
    language: str | None
    site_name: str
    access: Access


@dataclass(frozen=True, slots=True)
class _Stated:
    """The facts a page states in its head."""

    headline: str
    heading: str
    published_at: datetime | None
    author: str
    language: str | None
    canonical: str | None
    site_name: str
    access: Access


def parse_page(
    body: bytes, url: str, media_type: str, charset: str | None, now: datetime
) -> ParsedPage:
    """The readable text and the facts of a page. `url` is where it came from.

    Raises ParseError (reason "too_complex", "no_text").
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Extracted

    markup = decode(body, media_type, charset).replace("\0", "")
    check_markup(markup)
    tree = LexborHTMLParser(markup)
    stated = _stated(tree, url, now)
    if drop_hidden(tree):
        markup = tree.html or ""
    found = bare_extraction(
        markup,
        url=url,
        fast=True,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        # The extensive search takes any year in the text for the date, and today by
        # the clock for its latest: a wrong date is worse than none.
        date_extraction_params={
            "extensive_search": False,
            "original_date": True,
            "max_date": now.date().isoformat(),
        },
    )
    if not isinstance(found, Extracted):
        raise _no_text(markup)
    text = _paragraphs(found.text or "")
    count = letters(text)
    if count < MIN_LETTERS or count < len(text) * MIN_LETTER_SHARE:
        raise _no_text(markup)
    site_name = stated.site_name or clean_line(found.sitename or "", limit=120)
    guessed = clean_title(found.title or "")
    title = _without_site(stated.headline or guessed, site_name)
    return ParsedPage(
        text=_without_title(text, {title, guessed, stated.heading}),
        title=title,
        is_title_stated=bool(stated.headline),
        canonical=stated.canonical,
        author=clean_line(stated.author or found.author or "", limit=120) or None,
        published_at=stated.published_at or read_moment(found.date, now),
        language=stated.language or language_code(found.language),
        site_name=site_name,
        access=stated.access,
    )


def _no_text(markup: str) -> ParseError:
    scripts = markup.lower().count("<script")
    built = "__NEXT_DATA__" in markup or "__next_f" in markup or scripts > 5
    return ParseError(
        "no readable text on the page"
        + (" (it is probably built by script in the browser)" if built else ""),
        hint="Read the site's feed instead; the feed's own excerpt is kept.",
        reason="no_text",
    )


def _paragraphs(text: str) -> str:
    lines = (_plain_line(line) for line in text.splitlines())
    return clean_text("\n\n".join(line for line in lines if line))


def _plain_line(line: str) -> str:
    line = line.strip()
    if line.startswith("|") and line.endswith("|"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        return " | ".join(cell for cell in cells if cell.strip("-: "))
    return re.sub(r"^[-*•]\s+", "", line)


def _without_site(title: str, site_name: str) -> str:
    match = _SUFFIX.search(title)
    if match and site_name and match.group(1).casefold() == site_name.casefold():
        return title[: match.start()]
    return title


def _without_title(text: str, titles: set[str]) -> str:
    """The headline is often the first line of the text as well: told once is enough."""
    first, gap, rest = text.partition("\n\n")
    is_title = first.casefold() in {title.casefold() for title in titles}
    return rest if gap and is_title else text


def _stated(tree: LexborHTMLParser, url: str, now: datetime) -> _Stated:
    story = next(_stories(tree), {})
    meta = _meta(tree)
    html_tag = tree.root
    declared = html_tag.attributes.get("lang") if html_tag is not None else None
    published = (
        read_moment(story.get("datePublished"), now)
        or read_moment(meta.get("article:published_time"), now)
        or read_moment(meta.get("date") or meta.get("dc.date"), now)
    )
    heading = tree.css_first("h1")
    return _Stated(
        heading=clean_title(heading.text(deep=True)) if heading is not None else "",
        headline=clean_title(
            _string(story.get("headline")) or meta.get("og:title", "")
        ),
        published_at=published,
        author=_name(story.get("author")) or meta.get("author", ""),
        language=language_code(declared)
        or language_code(_string(story.get("inLanguage")))
        or language_code(meta.get("og:locale")),
        canonical=_canonical(tree, meta, url),
        site_name=clean_line(
            meta.get("og:site_name", "") or _name(story.get("publisher")), limit=120
        ),
        access=_access(story),
    )


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    held: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        name = node.attributes.get("property") or node.attributes.get("name") or ""
        content = node.attributes.get("content") or ""
        held.setdefault(name.strip().lower(), content.strip())
    return held


def _stories(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """JSON-LD objects that describe an article, in the order of the page."""
    for node in tree.css('script[type="application/ld+json"]')[:20]:
        text = node.text(deep=True).strip()
        if len(text) > 500_000:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common, and the page can be read without it
        for one in _objects(value):
            kinds = one.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(_string(name).lower().endswith(_TELLS_A_STORY) for name in names):
                yield one


def _objects(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value[:50]:
            if isinstance(one, dict):
                yield from _objects(one)
    elif isinstance(value, dict):
        yield value
        graph = value.get("@graph")
        if isinstance(graph, list):
            yield from (one for one in graph[:50] if isinstance(one, dict))


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _name(value: object) -> str:
    """The name of a person or organisation as JSON-LD writes it: text, object, list."""
    if isinstance(value, list):
        named = [_name(one) for one in value[:5]]
        return ", ".join(name for name in named if name)
    if isinstance(value, dict):
        return _string(value.get("name"))
    text = _string(value)
    return "" if text.startswith("http") else text


def _canonical(tree: LexborHTMLParser, meta: dict[str, str], url: str) -> str | None:
    node = tree.css_first('link[rel="canonical"][href]')
    href = node.attributes.get("href") if node is not None else meta.get("og:url")
    return urls.resolve(url, href) if href else None


def _access(story: dict[str, Any]) -> Access:
    value = story.get("isAccessibleForFree")
    said = str(value).strip().lower()
    if said in {"false", "no", "0", "http://schema.org/false"}:
        return Access.PAID
    if said in {"true", "yes", "1", "http://schema.org/true"}:
        return Access.FREE
    return Access.UNKNOWN
