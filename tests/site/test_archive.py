"""The archive: permanent addresses, corrections, indexes, search."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as Html

from briefing.store import SqliteStore
from tests.blank import blank
from tests.render.builders import brief
from tests.render.hostile import HOSTILE, hostile_brief
from tests.site.published import (
    FIRST,
    NEW_HEADLINE,
    NEW_SLUG,
    OLD_SLUG,
    PROFILE,
    dated,
    keep,
    on_topics,
)
from tests.site.sites import client, site


def texts(page: str, selector: str) -> list[str]:
    return [" ".join(one.text().split()) for one in Html(page).css(selector)]


def hrefs(page: str, selector: str) -> list[str]:
    return [one.attributes.get("href") or "" for one in Html(page).css(selector)]


def test_the_front_page_is_the_newest_edition(filled: SqliteStore) -> None:
    page = client(site(filled)).get("/").text

    assert texts(page, "h1") == ["The Daily"]
    assert "A quiet day" in page
    assert "26 May 2026" in page
    assert hrefs(page, ".recent h3 a") == ["/2026-05-25/", "/2026-05-24/"]


def test_before_the_first_edition_the_front_page_says_so(tmp_path: Path) -> None:
    with SqliteStore(blank(tmp_path / "b.db")) as empty:
        browser = client(site(empty))

        pages = {path: browser.get(path) for path in ("/", "/days/", "/topics/")}
        feed = browser.get("/feeds/all.atom")

    assert {one.status_code for one in pages.values()} == {200}
    assert "not out yet" in pages["/"].text
    assert "not out yet" in pages["/days/"].text
    assert feed.status_code == 200


def test_an_edition_leads_to_each_of_its_briefs(filled: SqliteStore) -> None:
    page = client(site(filled)).get("/2026-05-25/").text

    assert hrefs(page, "article h2 a") == [
        f"/2026-05-25/{NEW_SLUG}",
        "/2026-05-25/plant-opens",
    ]
    assert texts(page, "h1") == ["Monday, 25 May 2026"]


def test_a_brief_is_shown_with_the_evidence_of_each_sentence(
    filled: SqliteStore,
) -> None:
    page = client(site(filled)).get(f"/2026-05-25/{NEW_SLUG}").text

    marks = hrefs(page, "article .mark")
    notes = {f"#{one.attributes['id']}" for one in Html(page).css(".note")}
    assert texts(page, "h1") == [NEW_HEADLINE]
    assert notes
    assert {one for one in marks if one.startswith("#evidence")} == notes
    assert len(texts(page, ".note blockquote mark")) >= len(notes)


def test_a_corrected_edition_says_so_and_leads_to_what_it_was(
    filled: SqliteStore,
) -> None:
    browser = client(site(filled))
    page = browser.get("/2026-05-25/").text

    old = browser.get("/2026-05-25/r1/").text

    assert "Corrected 26 May 2026, 09:10 UTC" in page
    assert hrefs(page, "main > .banner a") == ["/2026-05-25/r1/"]
    assert "This is an earlier version of this edition" in old
    assert brief().headline.text in texts(old, "article h2")
    assert hrefs(old, "main > .banner a") == ["/2026-05-25/"]
    assert hrefs(old, 'link[rel="canonical"]') == ["https://daily.example/2026-05-25/"]


def test_only_a_brief_whose_words_changed_is_called_corrected(
    filled: SqliteStore,
) -> None:
    browser = client(site(filled))

    changed = browser.get(f"/2026-05-25/{NEW_SLUG}").text
    same = browser.get("/2026-05-25/plant-opens").text

    assert hrefs(changed, "main > .banner a") == [f"/2026-05-25/r1/{OLD_SLUG}"]
    assert texts(same, "main > .banner") == []


def test_the_old_page_of_a_brief_is_canonical_to_the_newest(
    filled: SqliteStore,
) -> None:
    page = client(site(filled)).get(f"/2026-05-25/r1/{OLD_SLUG}").text

    canonical = f"https://daily.example/2026-05-25/{NEW_SLUG}"
    assert hrefs(page, 'link[rel="canonical"]') == [canonical]
    assert 'content="noindex"' in page


@pytest.mark.parametrize(
    ("path", "status", "place"),
    [
        (f"/2026-05-25/{OLD_SLUG}", 301, f"/2026-05-25/{NEW_SLUG}"),
        ("/2026-05-25/r2/", 302, "/2026-05-25/"),
        (f"/2026-05-25/r2/{NEW_SLUG}", 302, f"/2026-05-25/{NEW_SLUG}"),
        ("/2026-05-25", 301, "/2026-05-25/"),
        ("/days", 301, "/days/"),
        ("/days/2026-05", 301, "/days/2026-05/"),
        ("/topics/ai", 301, "/topics/ai/"),
    ],
)
def test_an_address_of_before_leads_to_the_one_of_now(
    filled: SqliteStore, path: str, status: int, place: str
) -> None:
    answer = client(site(filled)).get(path)

    assert (answer.status_code, answer.headers["location"]) == (status, place)


def test_a_brief_that_was_taken_back_is_shown_as_it_was(tmp_path: Path) -> None:
    day = dated(FIRST, brief())
    with SqliteStore(blank(tmp_path / "b.db")) as store:
        keep(store, day)
        keep(store, replace(day, briefs=(), revision=2))

        answer = client(site(store)).get(f"/2026-05-24/{OLD_SLUG}")

    assert answer.status_code == 302
    assert answer.headers["location"] == f"/2026-05-24/r1/{OLD_SLUG}"


@pytest.mark.parametrize(
    "path",
    [
        "/2026-05-25/r3/",
        "/2026-05-25/r0/",
        "/2026-05-25/no-such-brief",
        "/2026-02-30/",
        "/2026-05-01/",
        "/9999-99-99/",
        "/days/2026-13/",
        "/days/2025-01/",
        "/topics/no-such/",
        "/topics/ai/?before=yesterday",
        "/sources/nobody/",
        "/feeds/all.xml",
        "/feeds/topics/no-such.atom",
        "/2026-05-25/for/p999/",
        "/week/2026-05-24/",
        "/assets/../etc/passwd",
        "/assets/none.css",
        "/2026-05-25/%3Cscript%3E",
    ],
)
def test_what_never_was_is_not_found(filled: SqliteStore, path: str) -> None:
    answer = client(site(filled)).get(path)

    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_the_days_and_a_month_list_every_edition(filled: SqliteStore) -> None:
    browser = client(site(filled))

    days = browser.get("/days/").text
    month = browser.get("/days/2026-05/").text

    every = ["/2026-05-26/", "/2026-05-25/", "/2026-05-24/"]
    assert hrefs(days, ".day-name a") == every
    assert hrefs(month, ".day-name a") == every
    assert hrefs(days, ".counts a") == ["/days/2026-05/"]
    assert hrefs(days, ".plain-list a") == ["/week/2026-05-25/"]


def test_topics_and_sources_lead_to_their_briefs(filled: SqliteStore) -> None:
    browser = client(site(filled))

    topics = browser.get("/topics/").text
    world = browser.get("/topics/world/").text
    ledger = browser.get("/sources/the-ledger-sample/").text

    assert texts(topics, ".counts li") == [
        "World 2 briefs",
        "AI 1 brief",
        "Business 1 brief",
    ]
    assert hrefs(world, ".briefs a") == [
        "/2026-05-25/plant-opens",
        "/2026-05-24/ferry-line-plans-a-third-berth",
    ]
    assert "/2026-05-25/plant-opens" in hrefs(ledger, ".briefs a")
    assert hrefs(world, 'link[type="application/rss+xml"]') == [
        "/feeds/all.rss",
        "/feeds/topics/world.rss",
    ]


def test_a_long_list_is_paged_by_whole_days(long: SqliteStore) -> None:
    browser = client(site(long))
    seen: list[str] = []
    path = "/topics/ai/"
    for _ in range(5):
        page = browser.get(path).text
        seen += hrefs(page, ".briefs a")
        older = hrefs(page, '.paging a[rel="next"]')
        if not older:
            break
        path = older[0]

    assert len(seen) == len(set(seen)) == 34


def test_a_story_names_its_other_days(filled: SqliteStore) -> None:
    page = client(site(filled)).get("/2026-05-25/plant-opens").text

    assert hrefs(page, ".beside .plain-list a") == [
        "/2026-05-24/ferry-line-plans-a-third-berth"
    ]


def test_an_edition_for_another_profile_is_read_but_not_listed(
    filled: SqliteStore,
) -> None:
    browser = client(site(filled))

    edition = browser.get(f"/2026-05-25/for/{PROFILE}/")
    told = browser.get(f"/2026-05-25/for/{PROFILE}/{OLD_SLUG}")

    assert (edition.status_code, told.status_code) == (200, 200)
    assert 'content="noindex"' in edition.text
    assert 'content="noindex"' in told.text
    assert hrefs(edition.text, "article h2 a") == [
        f"/2026-05-25/for/{PROFILE}/{OLD_SLUG}"
    ]
    for path in ("/days/", "/sitemap.xml", "/feeds/all.atom", "/search?q=engineer"):
        assert PROFILE not in browser.get(path).text


def test_a_search_shows_what_it_found_and_where(filled: SqliteStore) -> None:
    page = client(site(filled)).get("/search?q=berth").text

    assert len(hrefs(page, ".result a")) == 2
    assert set(texts(page, ".results mark")) == {"berth"}
    assert 'value="berth"' in page


def test_a_search_that_finds_nothing_together_shows_what_it_finds_apart(
    filled: SqliteStore,
) -> None:
    page = client(site(filled)).get("/search?q=berth+zeppelin").text

    assert "No brief has all of these words" in page
    assert len(hrefs(page, ".result a")) == 2


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Every edition is searched"),
        ("%20%20", "Every edition is searched"),
        ("%22%22", "There is no word in"),
        ("zeppelin", "Nothing was found"),
        ("%00", "Search"),
        ("a" * 5000, "Nothing was found"),
    ],
)
def test_an_empty_search_explains_itself(
    filled: SqliteStore, query: str, words: str
) -> None:
    answer = client(site(filled)).get(f"/search?q={query}")

    assert answer.status_code == 200
    assert words in answer.text


def test_a_query_is_shown_as_text_alone(filled: SqliteStore) -> None:
    answer = client(site(filled)).get(
        "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    )

    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_hostile_words_stay_words_on_every_page(tmp_path: Path) -> None:
    briefs = tuple(
        replace(on_topics(hostile_brief(text), "ai"), slug=f"hostile-{number}")
        for number, text in enumerate(HOSTILE)
    )
    with SqliteStore(blank(tmp_path / "b.db")) as store:
        keep(store, dated(FIRST, *briefs))
        browser = client(site(store))
        paths = ["/", "/2026-05-24/", "/days/", "/topics/ai/", "/sources/"]
        paths += ["/search?q=a", *(f"/2026-05-24/{one.slug}" for one in briefs)]

        pages = [browser.get(path).text for path in paths]

    for page in pages:
        tree = Html(page)
        kinds = {one.attributes.get("type") for one in tree.css("script")}
        assert kinds <= {"application/ld+json"}
        assert tree.css("iframe, object, svg, img, style, [style], [onclick]") == []
        assert [one for one in hrefs(page, "a") if "script:" in one.lower()] == []
