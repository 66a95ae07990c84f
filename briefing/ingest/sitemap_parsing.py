"""The bytes of a sitemap as addresses, in a worker: of news, plain, or an index."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from briefing.errors import ParseError
from briefing.ingest.timestamps import read_moment
from briefing.logic import urls
from briefing.logic.cleaning import clean_title

# A sitemap may hold 50,000 addresses and 50 MB (sitemaps.org/protocol).
MAX_BYTES = 50_000_000
_MAX_ENTRIES = 50_000
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One address of a sitemap.

    Attributes:
        url: absolute http or https address.
        title: of a news sitemap, "" where none is stated.
        published_at: of a news sitemap, aware UTC, or None.
        changed_at: `lastmod`, aware UTC, or None.
        language: ISO 639-1 of a news sitemap, or None.
    """

    url: str
    title: str
    published_at: datetime | None
    changed_at: datetime | None
    language: str | None

    @property
    def newest(self) -> datetime | None:
        """When something is known to have happened to it."""
        return self.published_at or self.changed_at


@dataclass(frozen=True, slots=True)
class ParsedSitemap:
    """What a sitemap held: addresses of pages, or of further sitemaps."""

    entries: tuple[SitemapEntry, ...]
    sitemaps: tuple[SitemapEntry, ...]


def parse_sitemap(body: bytes, url: str, now: datetime) -> ParsedSitemap:
    """The addresses of a sitemap in its order. Raises ParseError ("bad_sitemap")."""
    root = _root(_plain(body, url), url)
    kind = etree.QName(root).localname
    if kind not in {"urlset", "sitemapindex"}:
        raise _no_sitemap(url, f"the root is <{kind[:40]}>, no sitemap (a login page?)")
    found: list[SitemapEntry] = []
    for node in root:
        if len(found) >= _MAX_ENTRIES:
            break
        if isinstance(node.tag, str) and (entry := _entry(node, url, now)):
            found.append(entry)
    if kind == "urlset":
        return ParsedSitemap(tuple(found), ())
    return ParsedSitemap((), tuple(found))


def _plain(body: bytes, url: str) -> bytes:
    """A `.xml.gz` unpacked, at most 50 MB of it."""
    if not body.startswith(_GZIP):
        return body
    try:
        inflater = zlib.decompressobj(wbits=31)
        plain = inflater.decompress(body, MAX_BYTES)
    except zlib.error as error:
        raise _no_sitemap(url, f"the archive is damaged ({error})") from error
    if inflater.unconsumed_tail:
        raise _no_sitemap(url, f"it unpacks to more than {MAX_BYTES:,} bytes")
    return plain


def _root(body: bytes, url: str) -> etree._Element:
    # Entities stay unresolved and nothing is fetched: bombs and XXE are plain text.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _no_sitemap(url, f"it is no XML ({error})"[:200]) from error
    if root is None:
        raise _no_sitemap(url, "it is no XML")
    return root


def _entry(node: etree._Element, base: str, now: datetime) -> SitemapEntry | None:
    """None for an entry without an address that we may ask."""
    said: dict[str, str] = {}
    for one in node.iter():
        if isinstance(one.tag, str) and one.text and one.text.strip():
            said.setdefault(etree.QName(one).localname, one.text.strip())
    address = urls.resolve(base, said.get("loc", ""))
    if not said.get("loc") or address is None:
        return None
    language = said.get("language", "").lower()[:2]
    return SitemapEntry(
        url=address,
        title=clean_title(said.get("title", "")),
        published_at=read_moment(said.get("publication_date"), now),
        changed_at=read_moment(said.get("lastmod"), now),
        language=language if len(language) == 2 and language.isalpha() else None,
    )


def _no_sitemap(url: str, what: str) -> ParseError:
    return ParseError(
        f"{url}: {what}",
        hint="Look for the line `Sitemap:` in the site's robots.txt.",
        reason="bad_sitemap",
    )
