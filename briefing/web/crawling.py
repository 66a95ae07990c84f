"""For machines: sitemap.xml, robots.txt, and whether the site is well."""

from __future__ import annotations

from datetime import datetime

from lxml import etree

from briefing.logic import site_paths
from briefing.web.desk import Made
from briefing.web.shelf import path_of, place_of
from briefing.web.site import Site

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# sitemaps.org allows 50,000 addresses a file; the newest are listed, the older ones
# are found through the days.
MOST_ADDRESSES = 45_000
# Pages of one reader, under tokens; and what only costs work.
_CLOSED = ("/c/", "/u/", "/p/", "/x/", "/d/", "/r/", "/search")


class Crawling:
    """Makes them for one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def sitemap(self) -> Made:
        """Every listed page with the day of its last change."""
        store, digest_id = self._site.store, self._site.digest.id
        root = etree.Element("urlset", nsmap={None: _NAMESPACE})
        for path in ("/", "/days/", "/topics/", "/sources/", "/subscribe"):
            self._add(root, path)
        for topic, _ in store.topics(digest_id):
            self._add(root, site_paths.topic(topic))
        for slug, _, _ in store.publishers(digest_id):
            self._add(root, site_paths.publisher(slug))
        for month, _ in store.months(digest_id):
            self._add(root, site_paths.month(month))
        weekly = digest_id + site_paths.WEEKLY_SUFFIX
        for one in (digest_id, weekly):
            for edition in store.editions(one, limit=MOST_ADDRESSES):
                self._add(root, place_of(edition).path(), edition.built_at)
            room = max(0, MOST_ADDRESSES - len(root))
            for brief in store.briefs(one, limit=room) if room else ():
                self._add(root, path_of(brief), brief.edition.built_at)
        body = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        return Made(body, "application/xml; charset=utf-8")

    def _add(
        self, root: etree._Element, path: str, changed_at: datetime | None = None
    ) -> None:
        one = etree.SubElement(root, "url")
        etree.SubElement(one, "loc").text = self._site.base_url + path
        if changed_at:
            etree.SubElement(one, "lastmod").text = changed_at.isoformat()

    def robots(self) -> Made:
        """What crawlers may read: nothing, unless everybody may."""
        root = self._site.root
        if not self._site.is_open:
            return _text("User-agent: *\nDisallow: /\n")
        closed = "".join(f"Disallow: {root}{path}\n" for path in _CLOSED)
        sitemap = f"Sitemap: {self._site.base_url}/sitemap.xml\n"
        return _text(f"User-agent: *\n{closed}\n{sitemap}")


def _text(words: str) -> Made:
    return Made(words.encode(), "text/plain; charset=utf-8")
