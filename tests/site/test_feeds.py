"""Feeds: readable by machines, whole, stable over corrections and rebuilds."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser as Html

from briefing.store import SqliteStore
from tests.blank import blank
from tests.render.builders import brief, small_brief
from tests.render.hostile import HOSTILE, hostile_brief
from tests.site.published import (
    CORRECTED,
    CORRECTED_AT,
    FIRST,
    NEW_HEADLINE,
    NEW_SLUG,
    corrected,
    dated,
    keep,
    on_topics,
)
from tests.site.sites import client, site

FORMS = ("atom", "rss", "json")
TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


# A page of fifty entries is read for its entries and for what follows it.
read_feed = lru_cache(maxsize=1)(feedparser.parse)


def entries(body: str, form: str) -> list[dict[str, Any]]:
    """id, title, html, updated and link of each entry, whatever the form."""
    if form == "json":
        return [
            {
                "id": one["id"],
                "title": one["title"],
                "html": one["content_html"],
                "updated": one["date_modified"],
                "link": one["url"],
            }
            for one in json.loads(body)["items"]
        ]
    read = read_feed(body)
    assert not read.bozo, read.get("bozo_exception")
    return [
        {
            "id": one.id,
            "title": one.title,
            "html": one.content[0].value,
            "updated": one.updated,
            "link": one.link,
        }
        for one in read.entries
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_holds_every_brief_whole_and_newest_first(
    filled: SqliteStore, form: str
) -> None:
    answer = client(site(filled)).get(f"/feeds/all.{form}")

    found = entries(answer.text, form)
    assert answer.headers["content-type"] == TYPES[form]
    assert [one["link"] for one in found] == [
        f"https://daily.example/2026-05-25/{NEW_SLUG}",
        "https://daily.example/2026-05-25/plant-opens",
        "https://daily.example/2026-05-24/ferry-line-plans-a-third-berth",
    ]
    assert found[0]["title"] == NEW_HEADLINE
    told = " ".join(Html(found[0]["html"]).text().split())
    for section in brief().sections:
        for item in section.items:
            if item.figure is None:
                assert all(claim.text in told for claim in item.claims)
    assert all("https://daily.example/subscribe" in one["html"] for one in found)


@pytest.mark.parametrize("form", FORMS)
def test_a_correction_keeps_the_id_and_moves_the_time(
    tmp_path: Path, form: str
) -> None:
    edition = dated(CORRECTED, brief(), small_brief())
    fixed = dated(
        CORRECTED, corrected(brief()), small_brief(), revision=2, built_at=CORRECTED_AT
    )
    with SqliteStore(blank(tmp_path / "b.db")) as store:
        keep(store, edition)
        browser = client(site(store))
        before = entries(browser.get(f"/feeds/all.{form}").text, form)
        keep(store, fixed)
        after = entries(browser.get(f"/feeds/all.{form}").text, form)

    assert [one["id"] for one in after] == [one["id"] for one in before]
    assert after[0]["id"].startswith("tag:daily.example,2026-05-25:daily/")
    assert before[0]["updated"] == "2026-05-25T06:00:00+00:00"
    assert after[0]["updated"] == CORRECTED_AT.isoformat()
    # The other brief's words are the same: readers shall not see it twice.
    assert after[1]["updated"] == before[1]["updated"]


@pytest.mark.parametrize("form", FORMS)
def test_a_rebuilt_site_gives_the_same_bytes(
    filled: SqliteStore, tmp_path: Path, form: str
) -> None:
    once = client(site(filled)).get(f"/feeds/all.{form}").content

    again = client(site(filled)).get(f"/feeds/all.{form}").content

    assert again == once


def test_atom_names_itself_its_page_and_where_to_subscribe(
    filled: SqliteStore,
) -> None:
    body = client(site(filled)).get("/feeds/topics/world.atom").content

    root = etree.fromstring(body)
    links = {
        one.get("rel"): one.get("href")
        for one in root.iterfind("{http://www.w3.org/2005/Atom}link")
    }
    assert links == {
        "alternate": "https://daily.example/topics/world/",
        "self": "https://daily.example/feeds/topics/world.atom",
        "related": "https://daily.example/subscribe",
    }
    assert root.findtext("{http://www.w3.org/2005/Atom}id") == links["self"]
    assert root.findtext("{http://www.w3.org/2005/Atom}title") == "The Daily: World"
    assert root.find("{http://www.w3.org/2005/Atom}author") is not None


def test_rss_has_full_text_a_fixed_guid_and_its_own_address(
    filled: SqliteStore,
) -> None:
    body = client(site(filled)).get("/feeds/all.rss").content

    channel = etree.fromstring(body)[0]
    item = channel.find("item")
    atom = "{http://www.w3.org/2005/Atom}link"
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.find("{http://purl.org/rss/1.0/modules/content/}encoded") is not None
    assert item.findtext("{http://www.w3.org/2005/Atom}updated") == (
        CORRECTED_AT.isoformat()
    )
    assert [(one.get("rel"), one.get("href")) for one in channel.iterfind(atom)] == [
        ("self", "https://daily.example/feeds/all.rss"),
        ("related", "https://daily.example/subscribe"),
    ]


def test_a_json_feed_has_what_its_format_asks_for(filled: SqliteStore) -> None:
    feed = client(site(filled)).get("/feeds/all.json").json()

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://daily.example/feeds/all.json"
    assert feed["home_page_url"] == "https://daily.example/"
    assert feed["authors"] == [{"name": "The Daily", "url": "https://daily.example/"}]
    assert feed["items"][0]["tags"] == ["ai", "business"]
    assert "next_url" not in feed
    assert all(isinstance(one["id"], str) for one in feed["items"])


def next_atom(body: str) -> str:
    links = read_feed(body).feed.links
    return next((one.href for one in links if one.rel == "next"), "")


def next_json(body: str) -> str:
    return str(json.loads(body).get("next_url", ""))


@pytest.mark.parametrize(
    ("form", "following"),
    [("atom", next_atom), ("rss", next_atom), ("json", next_json)],
)
def test_older_entries_are_on_further_pages_each_once(
    long: SqliteStore, form: str, following: Callable[[str], str]
) -> None:
    browser = client(site(long))
    url = f"https://daily.example/feeds/all.{form}"
    seen: list[str] = []
    for _ in range(4):
        body = browser.get(url).text
        seen += [one["id"] for one in entries(body, form)]
        url = following(body)
        if not url:
            break

    assert url == ""
    assert len(seen) == len(set(seen)) == 68


@pytest.mark.parametrize("form", FORMS)
def test_hostile_words_cannot_act_in_a_feed_reader(tmp_path: Path, form: str) -> None:
    briefs = [on_topics(hostile_brief(text), "ai") for text in HOSTILE[:8]]
    with SqliteStore(blank(tmp_path / "b.db")) as store:
        for number, one in enumerate(briefs):
            keep(store, dated(FIRST.replace(day=number + 1), one))

        found = entries(client(site(store)).get(f"/feeds/all.{form}").text, form)

    assert len(found) == 8
    for one in found:
        tree = Html(one["html"])
        assert tree.css("script, img, svg, iframe, style, form, object") == []
        allowed = {"href", "scope", "title", "value"}
        for node in tree.css("body *"):
            assert set(node.attributes) <= allowed
        assert all(
            (link.attributes["href"] or "").startswith(("http://", "https://"))
            for link in tree.css("a[href]")
        )


@pytest.mark.parametrize("path", ["/", "/2026-05-25/", f"/2026-05-25/{NEW_SLUG}"])
def test_every_page_names_the_feeds(filled: SqliteStore, path: str) -> None:
    tree = Html(client(site(filled)).get(path).text)

    named = {
        one.attributes["type"]: one.attributes["href"]
        for one in tree.css('link[rel="alternate"]')
    }
    assert named == {
        "application/atom+xml": "/feeds/all.atom",
        "application/rss+xml": "/feeds/all.rss",
        "application/feed+json": "/feeds/all.json",
    }
