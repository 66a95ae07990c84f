"""The sample days as a site: every link holds, every page is small and complete."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser as Html
from starlette.testclient import TestClient

from briefing.domain.audience import Digest
from briefing.logic.frozen import edition_of
from briefing.store import SqliteStore
from tests.conftest import Demo
from tests.site.published import corrected, keep
from tests.site.sites import BASE_URL, client, site

SAMPLE = Digest(id="sample", title="Sample Briefing")
# Another part of the house serves these.
ELSEWHERE = ("/subscribe",)


@dataclass(frozen=True)
class Seen:
    """A page that the crawler met."""

    status: int
    media_type: str
    text: str
    size: int


@pytest.fixture(scope="module")
def crawled(
    demo: Demo, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Seen]]:
    """Every page of the sample site by its path; the day before last is corrected."""
    path: Path = tmp_path_factory.mktemp("sample") / "demo.db"
    shutil.copy(demo.output / "demo.db", path)
    with SqliteStore(path) as store:
        ref = store.edition_ref("sample-default-2026-05-25")
        assert ref is not None
        was = edition_of(store.edition_files(ref.id, ref.revision))
        first, *others = was.briefs
        briefs = (corrected(first), *others)
        keep(store, replace(was, revision=ref.revision + 1, briefs=briefs))
        yield crawl(client(site(store, digest=SAMPLE)))


def crawl(browser: TestClient) -> dict[str, Seen]:
    seen: dict[str, Seen] = {}
    todo = ["/", "/sitemap.xml", "/robots.txt", "/search?q=water"]
    while todo:
        path = todo.pop()
        if path in seen or path.startswith(ELSEWHERE):
            continue
        answer = browser.get(path, headers={"Accept-Encoding": "identity"})
        kind = answer.headers.get("content-type", "")
        binary = kind.startswith("image/png")
        text = "" if binary else answer.text
        seen[path] = Seen(answer.status_code, kind, text, len(answer.content))
        todo += links_of(path, seen[path])
        if "location" in answer.headers:
            todo.append(answer.headers["location"])
    return seen


def links_of(path: str, page: Seen) -> list[str]:
    """Every address of this site that the page names, fragments left out."""
    found: list[str] = []
    if page.media_type.startswith("text/html"):
        tree = Html(page.text)
        for name in ("href", "src", "action"):
            found += [one.attributes[name] or "" for one in tree.css(f"[{name}]")]
        found += [
            one.attributes["content"] or ""
            for one in tree.css('meta[property="og:image"], meta[property="og:url"]')
        ]
    else:
        found += re.findall(rf'{re.escape(BASE_URL)}[^\s"<>&\\]*', page.text)
    whole = (urljoin(BASE_URL + path, one) for one in found)
    return [
        one.removeprefix(BASE_URL).partition("#")[0] or "/"
        for one in whole
        if urlsplit(one).netloc == urlsplit(BASE_URL).netloc
    ]


def pages(crawled: dict[str, Seen]) -> dict[str, str]:
    return {
        path: seen.text
        for path, seen in crawled.items()
        if seen.media_type.startswith("text/html") and seen.status == 200
    }


def test_no_link_is_broken(crawled: dict[str, Seen]) -> None:
    broken = {
        path: seen.status
        for path, seen in crawled.items()
        if seen.status not in (200, 301, 302)
    }

    assert broken == {}
    assert len(pages(crawled)) > 50


def test_every_fragment_has_its_target(crawled: dict[str, Seen]) -> None:
    ids = {
        path: {one.attributes["id"] for one in Html(text).css("[id]")}
        for path, text in pages(crawled).items()
    }

    lost = [
        (path, href)
        for path, text in pages(crawled).items()
        for one in Html(text).css('a[href*="#"]')
        if (href := one.attributes["href"] or "").startswith(("#", "/"))
        and href.partition("#")[2] not in ids[href.partition("#")[0] or path]
    ]

    assert lost == []


def test_every_page_is_small(crawled: dict[str, Seen]) -> None:
    sizes = {path: crawled[path].size for path in pages(crawled)}

    assert max(sizes.values()) < 100_000


def test_every_page_has_one_heading_a_skip_link_and_the_box(
    crawled: dict[str, Seen],
) -> None:
    for path, text in pages(crawled).items():
        tree = Html(text)
        assert len(tree.css("h1")) == 1, path
        assert tree.css_first("body > a.skip[href='#main']") is not None, path
        assert tree.css_first("main#main") is not None, path
        assert tree.css_first("form[action='/subscribe']") is not None, path
        levels = [int(one.tag[1]) for one in tree.css("h1, h2, h3, h4")]
        steps = pairwise(levels)
        assert all(after - before <= 1 for before, after in steps), path


def test_no_page_loads_or_runs_anything_from_elsewhere(
    crawled: dict[str, Seen],
) -> None:
    for path, text in pages(crawled).items():
        tree = Html(text)
        assert tree.css("[style], style, iframe, object, [onclick]") == [], path
        for one in tree.css("img"):
            assert re.fullmatch(r"[a-z0-9-]+-chart\.svg", one.attributes["src"] or "")
            assert (one.attributes["alt"] or "").startswith("Line chart of"), path
        for one in tree.css('link[rel="stylesheet"], link[rel="icon"]'):
            assert (one.attributes["href"] or "").startswith("/assets/"), path
        for one in tree.css("script"):
            assert one.attributes.get("type") == "application/ld+json", path


def test_ids_are_unique_on_every_page(crawled: dict[str, Seen]) -> None:
    for path, text in pages(crawled).items():
        ids = [one.attributes["id"] for one in Html(text).css("[id]")]
        assert len(ids) == len(set(ids)), path


def test_titles_tell_pages_apart(crawled: dict[str, Seen]) -> None:
    titles: dict[str, list[str]] = {}
    for path, text in pages(crawled).items():
        if "/r1/" not in path:
            title = Html(text).css_first("title").text() or ""
            titles.setdefault(title, []).append(path)

    assert {title: paths for title, paths in titles.items() if len(paths) > 1} == {}


def test_the_picture_of_a_ranking_is_served_beside_its_page(demo: Demo) -> None:
    with SqliteStore(demo.output / "demo.db") as store:
        browser = client(site(store, digest=SAMPLE))
        index = Html(browser.get("/2026-05-25/").text)
        (lead,) = (
            link.attributes["href"]
            for link in index.css("article h2 a")
            if "deepseek" in (link.attributes["href"] or "")
        )
        page = urljoin("/2026-05-25/", lead)
        image = Html(browser.get(page).text).css_first(".chart img")
        answer = browser.get(urljoin(page, image.attributes["src"] or ""))
        nothing = browser.get("/2026-05-25/no-such-chart.svg")

    assert (answer.status_code, nothing.status_code) == (200, 404)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.content.startswith(b"<svg ")
