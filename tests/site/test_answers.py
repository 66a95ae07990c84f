"""Whether a page is sent, told to be known, or not there at all."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as Html
from starlette.requests import Request

from briefing.domain.audience import Visibility
from briefing.store import SqliteStore
from briefing.web.caching import PageCache, printed
from tests.blank import blank
from tests.builders import NOW
from tests.render.builders import brief
from tests.site.published import (
    CORRECTED,
    NEW_SLUG,
    OLD_SLUG,
    PROFILE,
    dated,
    keep,
)
from tests.site.sites import client, site

PAGES = (
    "/",
    "/2026-05-25/",
    f"/2026-05-25/{NEW_SLUG}",
    "/2026-05-25/r1/",
    f"/2026-05-25/for/{PROFILE}/",
    "/week/2026-05-25/",
    "/days/",
    "/days/2026-05/",
    "/topics/",
    "/topics/ai/",
    "/sources/",
    "/search?q=berth",
)
FEEDS = (
    "/feeds/all.atom",
    "/feeds/all.rss",
    "/feeds/all.json",
    "/feeds/topics/ai.atom",
    "/sitemap.xml",
)
PLAIN = {"Accept-Encoding": "identity"}


@pytest.mark.parametrize("path", [*PAGES, *FEEDS, "/robots.txt"])
def test_a_page_that_is_known_is_not_sent_again(filled: SqliteStore, path: str) -> None:
    browser = client(site(filled))
    first = browser.get(path, headers=PLAIN)

    same = browser.get(path, headers={**PLAIN, "If-None-Match": first.headers["etag"]})
    since = browser.get(
        path, headers={**PLAIN, "If-Modified-Since": first.headers["last-modified"]}
    )
    weak = browser.get(
        path, headers={**PLAIN, "If-None-Match": f'"x", W/{first.headers["etag"]}'}
    )
    other = browser.get(path, headers={**PLAIN, "If-None-Match": '"other"'})

    assert first.headers["etag"].startswith('"')
    assert [one.status_code for one in (same, since, weak, other)] == [
        304,
        304,
        304,
        200,
    ]
    assert same.content == b""
    for name in ("etag", "cache-control", "vary", "last-modified"):
        assert same.headers[name] == first.headers[name]


def test_an_etag_counts_more_than_a_date(filled: SqliteStore) -> None:
    browser = client(site(filled))
    first = browser.get("/days/")

    answer = browser.get(
        "/days/",
        headers={
            "If-None-Match": '"old"',
            "If-Modified-Since": first.headers["last-modified"],
        },
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Sat, 01 Jan 2000 00:00:00 GMT", 200),
        ("Fri, 01 Jan 2100 00:00:00 GMT", 304),
        ("yesterday", 200),
        ("", 200),
    ],
)
def test_a_date_is_read_or_ignored(
    filled: SqliteStore, since: str, status: int
) -> None:
    answer = client(site(filled)).get("/days/", headers={"If-Modified-Since": since})

    assert answer.status_code == status


@pytest.mark.parametrize("path", [*PAGES, *FEEDS])
def test_head_has_the_headers_of_get_and_no_body(
    filled: SqliteStore, path: str
) -> None:
    browser = client(site(filled))

    got, head = browser.get(path, headers=PLAIN), browser.head(path, headers=PLAIN)

    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)


def test_compressed_and_plain_bytes_have_their_own_etags(filled: SqliteStore) -> None:
    browser = client(site(filled))

    plain = browser.get("/2026-05-25/", headers=PLAIN)
    zipped = browser.get("/2026-05-25/", headers={"Accept-Encoding": "br, gzip;q=0.8"})
    refused = browser.get("/2026-05-25/", headers={"Accept-Encoding": "gzip;q=0"})

    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.content == plain.content == refused.content
    assert int(zipped.headers["content-length"]) < len(plain.content) / 2
    assert zipped.headers["etag"] != plain.headers["etag"]
    assert "content-encoding" not in refused.headers
    assert "Accept-Encoding" in plain.headers["vary"]


def test_only_what_can_never_change_is_kept_for_long(filled: SqliteStore) -> None:
    browser = client(site(filled))
    style = Html(browser.get("/").text).css_first('link[rel="stylesheet"]')
    frozen = ["/2026-05-25/r1/", f"/2026-05-25/r1/{OLD_SLUG}"]
    frozen.append(style.attributes["href"] or "")

    for path in frozen:
        control = browser.get(path).headers["cache-control"]
        assert control == "public, max-age=31536000, immutable"
    for path in (*PAGES[:3], *FEEDS, "/assets/style.0123456789ab.css"):
        assert browser.get(path).headers["cache-control"] == "public, max-age=60"


def test_a_correction_is_seen_at_once(tmp_path: Path) -> None:
    with SqliteStore(blank(tmp_path / "b.db")) as store:
        keep(store, dated(CORRECTED, brief()))
        browser = client(site(store))
        before = browser.get("/2026-05-25/", headers=PLAIN)
        keep(store, dated(CORRECTED, revision=2))
        after = browser.get(
            "/2026-05-25/",
            headers={**PLAIN, "If-None-Match": before.headers["etag"]},
        )

    assert after.status_code == 200
    assert "A quiet day" in after.text


@pytest.mark.parametrize("path", [*PAGES, *FEEDS])
def test_nobody_may_post_to_a_page(filled: SqliteStore, path: str) -> None:
    answer = client(site(filled)).post(path)

    assert answer.status_code == 405
    assert "This page can be read, and nothing else." in answer.text


@pytest.mark.parametrize("visibility", [Visibility.SUBSCRIBERS, Visibility.OFF])
@pytest.mark.parametrize("path", [*PAGES[1:], *FEEDS])
def test_what_is_not_public_is_not_there(
    filled: SqliteStore, visibility: Visibility, path: str
) -> None:
    answer = client(site(filled, visibility=visibility)).get(path)

    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"
    assert "DeepSeek" not in answer.text
    assert "Ferry" not in answer.text


@pytest.mark.parametrize("visibility", [Visibility.SUBSCRIBERS, Visibility.OFF])
def test_the_front_page_of_a_closed_archive_invites_and_tells_nothing(
    filled: SqliteStore, visibility: Visibility
) -> None:
    answer = client(site(filled, visibility=visibility)).get("/")

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "by e-mail" in answer.text
    assert 'rel="alternate"' not in answer.text
    assert "26 May 2026" not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_a_subscriber_reads_what_is_for_subscribers(
    filled: SqliteStore, path: str
) -> None:
    def admits(request: Request) -> bool:
        return request.cookies.get("reader") == "yes"

    made = site(filled, visibility=Visibility.SUBSCRIBERS, admits=admits)

    answer = client(made).get(path, headers={"Cookie": "reader=yes"})

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["vary"] == "Accept-Encoding, Cookie"
    assert 'rel="alternate"' not in answer.text


def test_feeds_of_a_closed_archive_are_for_nobody(filled: SqliteStore) -> None:
    made = site(filled, visibility=Visibility.SUBSCRIBERS, admits=lambda _request: True)

    assert {client(made).get(path).status_code for path in FEEDS} == {404}


def test_a_site_is_well_when_its_store_answers(filled: SqliteStore) -> None:
    answer = client(site(filled)).get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_store_that_cannot_answer_is_told_to_wait_for(tmp_path: Path) -> None:
    with SqliteStore(blank(tmp_path / "b.db")) as store:
        browser = client(site(store))
        with sqlite3.connect(tmp_path / "b.db") as other:
            other.execute("DROP TABLE archive_changes")
        other.close()

        answer = browser.get("/days/")

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "60"
    assert "Try again in a minute" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_bug_is_answered_in_the_frame_with_every_header(
    filled: SqliteStore,
) -> None:
    def broken(_request: Request) -> bool:
        raise RuntimeError("a secret in a traceback")

    made = site(filled, visibility=Visibility.SUBSCRIBERS, admits=broken)

    answer = client(made).get("/days/")

    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_an_address_below_a_path_is_served_with_and_without_it(
    filled: SqliteStore,
) -> None:
    made = site(filled, base_url="https://org.example/news")
    browser = client(made, root_path="")

    stripped = browser.get("https://org.example/2026-05-25/")
    whole = browser.get("https://org.example/news/2026-05-25/")

    assert stripped.text == whole.text
    links = {
        one.attributes["href"] or "" for one in Html(whole.text).css("a, link[href]")
    }
    inner = {one for one in links if one.startswith("/")}
    assert inner
    assert all(one.startswith("/news/") for one in inner)


def test_the_cache_lets_go_of_what_was_asked_for_longest() -> None:
    page = printed(b"x" * 100, "text/plain", NOW)
    cache = PageCache(max_bytes=250)

    for name in "abc":
        cache.put(name, page)
        cache.get("a")

    assert [name for name in "abc" if cache.get(name)] == ["a", "c"]
