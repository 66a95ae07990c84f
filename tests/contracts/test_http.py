"""The client's manners towards servers: conditions, redirects, retries, robots."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from briefing.domain.source import FetchState
from briefing.errors import FetchError, RefusedError, SettingsError
from briefing.http import HttpSettings, PoliteHttp
from tests.web import Page, redirect, web

FEED = "http://a.example/feed"
STATE = FetchState(source_id="a")


class Clock:
    """Monotonic seconds that pass only by sleeping."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_a_body_arrives_with_its_validators_type_and_hash() -> None:
    page = Page(
        b"<rss/>",
        headers={
            "ETag": 'W/"x y"',
            "Last-Modified": "Mon, 25 May 2026 10:00:00 GMT",
            "Content-Type": 'Application/RSS+XML; charset="UTF-8"',
            "Cache-Control": "public, max-age=600",
        },
    )
    with web({FEED: page}) as net, net.http() as http:
        response = http.get(FEED)

    assert (response.status, response.body) == (200, b"<rss/>")
    assert response.etag == 'W/"x y"'
    assert response.last_modified == "Mon, 25 May 2026 10:00:00 GMT"
    assert (response.media_type, response.charset) == ("application/rss+xml", "utf-8")
    assert response.fresh_s == 600.0
    assert len(response.body_hash) == 64


def test_validators_go_back_exactly_as_served_and_a_304_has_no_body() -> None:
    state = replace(STATE, etag='W/"x"', last_modified="Mon, 25 May 2026 10:00:00 GMT")
    with web({FEED: Page(status=304)}) as net, net.http() as http:
        response = http.get(FEED, state=state)

        asked = net.asked[-1].headers
    assert asked["if-none-match"] == 'W/"x"'
    assert asked["if-modified-since"] == "Mon, 25 May 2026 10:00:00 GMT"
    assert (response.status, response.body, response.body_hash) == (304, b"", "")


def test_a_304_that_nobody_asked_for_is_an_error() -> None:
    with web({FEED: Page(status=304)}) as net, net.http() as http:
        with pytest.raises(FetchError) as caught:
            http.get(FEED, state=STATE)

        assert caught.value.reason == "http_304"


def test_we_say_who_we_are_and_ask_for_gzip_only() -> None:
    with web({FEED: b"x"}) as net, net.http(contact="mail@home.example") as http:
        http.get(FEED)

        asked = net.asked[-1].headers
    assert asked["user-agent"].startswith("briefing/")
    assert asked["user-agent"].endswith("(+mail@home.example)")
    assert asked["accept-encoding"] == "gzip"
    assert "cookie" not in asked


def test_a_contact_that_would_break_the_header_is_a_settings_error() -> None:
    with pytest.raises(SettingsError):
        HttpSettings(contact="me\r\nX-Evil: 1")


def test_cookies_are_not_kept() -> None:
    page = Page(b"x", headers={"Set-Cookie": "id=1; Path=/"})
    with web({FEED: page}) as net, net.http() as http:
        http.get(FEED)
        http.get(FEED)

        assert all("cookie" not in one.headers for one in net.asked)


def test_a_permanent_move_is_reported_and_a_temporary_one_is_not() -> None:
    pages = {
        "http://a.example/old": redirect("/new", 301),
        "http://a.example/now": redirect("http://b.example/new", 302),
        "http://a.example/new": b"moved",
        "http://b.example/new": b"elsewhere",
    }
    with web(pages) as net, net.http() as http:
        moved = http.get("http://a.example/old")
        visiting = http.get("http://a.example/now")

    assert (moved.url, moved.moved_to) == ("http://a.example/new",) * 2
    assert (visiting.url, visiting.moved_to) == ("http://b.example/new", None)


def test_a_permanent_hop_behind_a_temporary_one_is_no_permanent_move() -> None:
    pages = {
        FEED: redirect("/one", 302),
        "http://a.example/one": redirect("/two", 301),
        "http://a.example/two": b"x",
    }
    with web(pages) as net, net.http() as http:
        assert http.get(FEED).moved_to is None


def test_the_sixth_redirect_is_not_followed() -> None:
    with web({FEED: redirect(FEED)}) as net, net.http() as http:
        with pytest.raises(FetchError) as caught:
            http.get(FEED)

        assert caught.value.reason == "redirects"
        assert len(net.urls_asked()) == 6


@pytest.mark.parametrize("status", [404, 410, 403, 451])
def test_a_refusal_is_final_and_carries_its_status(status: int) -> None:
    with web({FEED: Page(status=status)}) as net, net.http() as http:
        with pytest.raises(FetchError) as caught:
            http.get(FEED)

        assert (caught.value.status, caught.value.reason) == (status, f"http_{status}")
        assert caught.value.hint
        assert net.urls_asked() == [FEED]


def test_a_server_in_trouble_is_asked_once_more_after_a_jittered_wait() -> None:
    clock = Clock()
    tools = {"clock": clock, "sleep": clock.sleep, "jitter": lambda: 0.25}
    page = Page(status=502, then=Page(b"well again"))
    with web({FEED: page}) as net, net.http(tools=tools, retry_wait_s=2.0) as http:
        response = http.get(FEED)

        assert response.body == b"well again"
        assert clock.slept == [1.5]
        assert net.urls_asked() == [FEED, FEED]


def test_a_server_that_stays_in_trouble_is_asked_twice_only() -> None:
    with web({FEED: Page(status=500)}) as net, net.http() as http:
        with pytest.raises(FetchError):
            http.get(FEED)

        assert net.urls_asked() == [FEED, FEED]


def test_a_dropped_connection_is_tried_once_more() -> None:
    page = Page(raw=lambda handler: None, then=Page(b"x"))
    with web({FEED: page}) as net, net.http() as http:
        assert http.get(FEED).body == b"x"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Retry-After": "120"}, 120.0),
        ({"Retry-After": "9999999"}, 86_400.0),
        ({"Retry-After": "Tue, 26 May 2026 06:10:00 GMT"}, 600.0),
        ({"Retry-After": "soon"}, None),
        (
            {
                "Retry-After": "Tue, 26 May 2026 07:00:00 GMT",
                "Date": "Tue, 26 May 2026 06:59:00 GMT",
            },
            60.0,
        ),
    ],
)
def test_the_wait_a_server_asks_for_is_carried_by_the_error(
    headers: dict[str, str], expected: float | None
) -> None:
    wall = {"wall": lambda: datetime(2026, 5, 26, 6, 0, tzinfo=UTC)}

    def serve(handler: object) -> None:
        lines = [f"{name}: {value}" for name, value in headers.items()]
        text = "\r\n".join(["HTTP/1.1 429 Slow", *lines, "Content-Length: 0", "", ""])
        handler.wfile.write(text.encode())  # type: ignore[attr-defined]

    with web({FEED: Page(raw=serve)}) as net, net.http(tools=wall) as http:
        with pytest.raises(FetchError) as caught:
            http.get(FEED)

        assert caught.value.retry_after_s == expected
        assert caught.value.reason == "http_429"


def test_a_site_that_asked_for_quiet_is_left_alone_until_then() -> None:
    clock = Clock()
    tools = {"clock": clock, "sleep": clock.sleep}
    other = "http://www.a.example/other"
    busy = Page(status=503, headers={"Retry-After": "60"})
    with web({FEED: busy, other: b"x"}) as net, net.http(tools=tools) as http:
        with pytest.raises(FetchError):
            http.get(FEED)
        with pytest.raises(RefusedError) as caught:
            http.get(other)
        clock.now += 61

        assert http.get(other).body == b"x"
        assert caught.value.reason == "backing_off"
        assert caught.value.retry_after_s == 60.0
        assert net.urls_asked() == [FEED, other]


def test_requests_to_one_site_are_spaced_and_other_sites_do_not_wait() -> None:
    clock = Clock()
    tools = {"clock": clock, "sleep": clock.sleep}
    pages = {
        "http://www.a.example/1": b"",
        "http://news.a.example/2": b"",
        "http://b.example/1": b"",
    }
    with web(pages) as net, net.http(tools=tools, spacing_s=1.5) as http:
        for url in pages:
            http.get(url, obeys_robots=False)

    assert clock.slept == [1.5]


def test_a_redirect_within_a_site_does_not_wait_another_turn() -> None:
    clock = Clock()
    tools = {"clock": clock, "sleep": clock.sleep}
    pages = {
        FEED: redirect("http://www.a.example/feed"),
        "http://www.a.example/feed": b"",
    }
    with web(pages) as net, net.http(tools=tools, spacing_s=1.0) as http:
        http.get(FEED, obeys_robots=False)

    assert clock.slept == []


def test_no_more_than_two_requests_to_a_site_run_at_once() -> None:
    running, most = [], []

    def serve(handler: Any) -> None:
        running.append(1)
        most.append(len(running))
        handler.net.closing.wait(0.02)
        running.pop()
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    pages = {f"http://{n}.a.example/": Page(raw=serve) for n in range(8)}
    with web(pages) as net, net.http() as http, ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda url: http.get(url, obeys_robots=False), pages))

    assert max(most) == 2


def test_a_site_that_fails_three_times_in_a_row_is_left_alone() -> None:
    clock = Clock()
    tools = {"clock": clock, "sleep": clock.sleep}
    with web({FEED: Page(raw=lambda handler: None)}) as net:
        with net.http(tools=tools) as http:
            reasons = []
            for _ in range(3):
                with pytest.raises(FetchError) as caught:
                    http.get(FEED, obeys_robots=False)
                reasons.append(caught.value.reason)

        assert reasons == ["protocol", "protocol", "backing_off"]
        assert len(net.urls_asked()) == 3


def test_robots_rules_are_obeyed_for_pages_and_asked_for_once() -> None:
    pages = {
        "http://a.example/robots.txt": b"User-agent: *\nDisallow: /*?s=\n",
        "http://a.example/?s=1": b"secret",
        "http://a.example/open": b"open",
    }
    with web(pages) as net, net.http() as http:
        with pytest.raises(RefusedError) as caught:
            http.get("http://a.example/?s=1")

        assert caught.value.reason == "robots"
        assert http.get("http://a.example/open").body == b"open"
        assert http.get("http://a.example/?s=1", obeys_robots=False).body == b"secret"
        assert [one.url for one in net.asked].count("http://a.example/robots.txt") == 1


def test_robots_rules_of_a_redirect_target_are_obeyed() -> None:
    pages = {
        FEED: redirect("http://b.example/closed"),
        "http://b.example/robots.txt": b"User-agent: briefing\nDisallow: /",
        "http://b.example/closed": b"secret",
    }
    with web(pages) as net, net.http() as http:
        with pytest.raises(RefusedError) as caught:
            http.get(FEED)

        assert caught.value.url == "http://b.example/closed"
        assert net.urls_asked() == [FEED]


@pytest.mark.parametrize(
    ("status", "is_allowed"),
    [(404, True), (400, True), (401, False), (403, False), (500, False), (429, False)],
)
def test_what_a_missing_robots_file_means(status: int, is_allowed: bool) -> None:
    pages = {"http://a.example/robots.txt": Page(status=status), FEED: b"x"}
    with web(pages) as net, net.http() as http:
        if is_allowed:
            assert http.get(FEED).body == b"x"
        else:
            with pytest.raises(RefusedError):
                http.get(FEED)

        assert net.urls_asked() == ([FEED] if is_allowed else [])


def test_a_crawl_delay_is_honoured_up_to_thirty_seconds() -> None:
    clock = Clock()
    tools = {"clock": clock, "sleep": clock.sleep}
    robots = b"User-agent: *\nCrawl-delay: 900\n"
    pages = {"http://a.example/robots.txt": robots, FEED: b"x"}
    with web(pages) as net, net.http(tools=tools) as http:
        http.get(FEED)
        http.get(FEED)

    assert clock.slept == [30.0, 30.0]


def test_a_host_without_an_address_is_a_dns_error_tried_twice() -> None:
    asked = []

    def resolver(host: str, port: int) -> tuple[str, ...]:
        asked.append((host, port))
        raise OSError("no such host")

    settings = HttpSettings(retry_wait_s=0.0, spacing_s=0.0)
    with PoliteHttp(settings, resolver=resolver) as http:
        with pytest.raises(FetchError) as caught:
            http.get("http://gone.example/", obeys_robots=False)

        assert caught.value.reason == "dns"
    assert asked == [("gone.example", 80)] * 2


def test_a_key_goes_to_its_own_addresses_and_not_behind_a_redirect() -> None:
    pages = {
        "http://a.example/api/one": redirect("http://b.example/two"),
        "http://b.example/two": b"two",
        "http://a.example/other": b"other",
        "http://a.example.b.example/api/": b"look-alike",
    }
    keys = {"http://a.example/api/": "s3cret"}
    with web(pages) as net, net.http(keys=keys) as http:
        http.get("http://a.example/api/one", obeys_robots=False)
        http.get("http://a.example/other", obeys_robots=False)
        http.get("http://a.example.b.example/api/", obeys_robots=False)

    sent = [one.headers.get("authorization") for one in net.asked]
    assert sent == ["Bearer s3cret", None, None, None]
    assert "s3cret" not in repr(HttpSettings(keys=keys))


@pytest.mark.parametrize(
    ("start", "key"),
    [
        ("http://a.example", "k"),
        ("http://u@a.example/", "k"),
        ("http://a.example/", ""),
    ],
)
def test_a_key_that_could_go_elsewhere_is_a_settings_error(
    start: str, key: str
) -> None:
    with pytest.raises(SettingsError, match="cannot be sent"):
        HttpSettings(keys={start: key})
