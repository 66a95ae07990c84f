"""JSON-LD, OpenGraph, sitemap and robots: what machines are told is what is shown."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser as Html

from briefing.domain.audience import Visibility
from briefing.store import SqliteStore
from tests.blank import blank
from tests.render.builders import brief, small_brief
from tests.render.hostile import HOSTILE, hostile_brief
from tests.site.published import (
    CORRECTED_AT,
    FIRST,
    NEW_HEADLINE,
    NEW_SLUG,
    PROFILE,
    dated,
    keep,
)
from tests.site.sites import client, site

BRIEF = f"/2026-05-25/{NEW_SLUG}"


def graph(page: str) -> dict[str, dict[str, Any]]:
    """Every JSON-LD object of the page by its type."""
    (script,) = Html(page).css('script[type="application/ld+json"]')
    value = json.loads(script.text())
    return {one["@type"]: one for one in value.get("@graph", [value])}


def shown(page: str) -> str:
    return " ".join((Html(page).css_first("main").text() or "").split())


def meta(page: str, name: str) -> list[str]:
    found = Html(page).css(f'meta[property="{name}"], meta[name="{name}"]')
    return [one.attributes["content"] or "" for one in found]


def test_a_brief_is_a_news_article_with_its_sources(filled: SqliteStore) -> None:
    page = client(site(filled)).get(BRIEF).text

    article = graph(page)["NewsArticle"]
    house = {
        "@type": "Organization",
        "name": "The Daily",
        "url": "https://daily.example/",
        "logo": article["publisher"]["logo"],
    }
    assert article["headline"] == NEW_HEADLINE
    assert (
        article["url"] == article["mainEntityOfPage"] == f"https://daily.example{BRIEF}"
    )
    assert article["datePublished"] == "2026-05-25T06:00:00+00:00"
    assert article["dateModified"] == CORRECTED_AT.isoformat()
    assert article["inLanguage"] == "en"
    assert article["author"] == article["publisher"] == house
    assert article["image"][0].startswith("https://daily.example/assets/card.")
    assert [one["name"] for one in article["citation"]] == [
        one.title for one in brief().sources
    ]
    assert article["isBasedOn"] == [one.url for one in brief().sources if one.url]


def test_what_the_data_say_stands_on_the_page(filled: SqliteStore) -> None:
    page = client(site(filled)).get(BRIEF).text

    words = shown(page)
    data = graph(page)
    assert data["NewsArticle"]["headline"] in words
    assert data["NewsArticle"]["description"] in words
    for source in data["NewsArticle"]["citation"]:
        assert source["name"] in words
        assert source["publisher"]["name"] in words
    for question in data["FAQPage"]["mainEntity"]:
        assert question["name"] in words
        assert question["acceptedAnswer"]["text"].split(". ")[0] in words


def test_questions_are_data_only_where_they_are_shown(filled: SqliteStore) -> None:
    browser = client(site(filled))

    asked = graph(browser.get(BRIEF).text)
    plain = graph(browser.get("/2026-05-25/plant-opens").text)

    assert len(asked["FAQPage"]["mainEntity"]) == len(
        [
            item
            for section in brief().sections
            for item in section.items
            if item.question
        ]
    )
    assert "FAQPage" not in plain


def test_an_edition_lists_its_briefs_in_order(filled: SqliteStore) -> None:
    page = client(site(filled)).get("/2026-05-25/").text

    items = graph(page)["CollectionPage"]["mainEntity"]["itemListElement"]
    assert [(one["position"], one["url"], one["name"]) for one in items] == [
        (1, f"https://daily.example{BRIEF}", NEW_HEADLINE),
        (
            2,
            "https://daily.example/2026-05-25/plant-opens",
            small_brief().headline.text,
        ),
    ]


@pytest.mark.parametrize("text", [*HOSTILE, "</script><script>alert(1)</script>"])
def test_no_text_ends_the_script_element(tmp_path: Path, text: str) -> None:
    told = replace(hostile_brief(text), slug="hostile")
    with SqliteStore(blank(tmp_path / "b.db")) as store:
        keep(store, dated(FIRST, told))

        page = client(site(store)).get("/2026-05-24/hostile").text

    (script,) = Html(page).css("script")
    assert "<" not in (script.text() or "")
    assert graph(page)["NewsArticle"]["headline"] in shown(page)


def test_a_page_has_a_title_a_description_and_a_picture(filled: SqliteStore) -> None:
    page = client(site(filled)).get(BRIEF).text

    assert meta(page, "og:title") == [NEW_HEADLINE]
    assert meta(page, "og:type") == ["article"]
    assert meta(page, "og:site_name") == ["The Daily"]
    assert meta(page, "og:url") == [f"https://daily.example{BRIEF}"]
    assert meta(page, "og:description") == meta(page, "description")
    assert meta(page, "article:modified_time") == [CORRECTED_AT.isoformat()]
    (picture,) = meta(page, "og:image")
    answer = client(site(filled)).get(picture)
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


def test_every_listed_page_is_canonical_to_itself(filled: SqliteStore) -> None:
    browser = client(site(filled))
    sitemap = etree.fromstring(browser.get("/sitemap.xml").content)
    urls = [str(one.text) for one in sitemap.iterfind("{*}url/{*}loc")]

    for url in urls:
        if url.endswith("/subscribe"):
            continue
        page = browser.get(url).text
        (link,) = Html(page).css('link[rel="canonical"]')
        assert link.attributes["href"] == url
        assert 'content="noindex"' not in page


def test_the_sitemap_lists_what_is_for_everybody(filled: SqliteStore) -> None:
    answer = client(site(filled)).get("/sitemap.xml")

    root = etree.fromstring(answer.content)
    found = {
        one.findtext("{*}loc"): one.findtext("{*}lastmod")
        for one in root.iterfind("{*}url")
    }
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    assert found[f"https://daily.example{BRIEF}"] == CORRECTED_AT.isoformat()
    assert "https://daily.example/week/2026-05-25/" in found
    assert "https://daily.example/topics/ai/" in found
    assert not [one for one in found if one and ("/for/" in one or "/r1/" in one)]
    assert PROFILE not in answer.text


def test_robots_are_shown_the_sitemap_and_kept_from_readers_pages(
    filled: SqliteStore,
) -> None:
    text = client(site(filled)).get("/robots.txt").text

    assert text.endswith("Sitemap: https://daily.example/sitemap.xml\n")
    for path in ("/c/", "/u/", "/p/", "/x/", "/d/", "/r/", "/search"):
        assert f"Disallow: {path}\n" in text


def test_robots_are_kept_out_of_an_archive_that_is_not_for_all(
    filled: SqliteStore,
) -> None:
    made = site(filled, visibility=Visibility.SUBSCRIBERS)

    assert client(made).get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
