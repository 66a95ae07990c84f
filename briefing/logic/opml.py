"""Lists of feeds as OPML 2.0, the form in which feed readers exchange them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.domain.source import Source
from briefing.errors import InputError
from briefing.logic.cleaning import clean_line

MOST_FEEDS = 5_000
_MOST_BYTES = 5_000_000
_HINT = "Export it anew from your feed reader, as OPML."


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """One feed of a list.

    Attributes:
        title: as the reader shows it, "" if none.
        url: of the feed.
    """

    title: str
    url: str


def read_opml(body: bytes) -> tuple[ListedFeed, ...]:
    """Every feed of the list, once, folders taken apart.

    Raises InputError for what is no OPML. A list that declares a document type is
    refused: entities are how small files grow large.
    """
    if len(body) > _MOST_BYTES:
        raise InputError("the list is larger than 5 MB", hint=_HINT)
    if b"\0" in body:
        raise InputError("the list is not UTF-8", hint=_HINT)
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise InputError("the list declares a document type", hint=_HINT)
    try:
        # Without a document type there is no entity to grow or to fetch.
        root = ET.fromstring(body)  # noqa: S314
    except (ET.ParseError, ValueError, LookupError) as error:
        raise InputError(f"the list is no XML: {error}", hint=_HINT) from error
    if root.tag.lower() != "opml":
        raise InputError(f"the list is <{root.tag}>, not <opml>", hint=_HINT)
    found: dict[str, ListedFeed] = {}
    for outline in root.iter("outline"):
        url = (outline.get("xmlUrl") or "").strip()
        if url:
            title = clean_line(outline.get("title") or outline.get("text") or "")
            found.setdefault(url, ListedFeed(title, url))
    return tuple(found.values())[:MOST_FEEDS]


def write_opml(title: str, sources: Iterable[Source]) -> str:
    """The feeds among `sources`; ends with a newline."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = title
    body = ET.SubElement(root, "body")
    for one in sources:
        if one.kind == "feed":
            names = {"text": one.title, "title": one.title, "type": "rss"}
            ET.SubElement(body, "outline", {**names, "xmlUrl": one.url})
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
