"""The sample server answers for every host, by day, conditionally, and ends at once."""

import http.client
import time
from collections.abc import Iterator
from datetime import date

import pytest

from briefing.sample.server import SampleServer

MAY_18, MAY_25, MAY_26, MAY_27 = (date(2026, 5, day) for day in (18, 25, 26, 27))


@pytest.fixture
def server() -> Iterator[SampleServer]:
    with SampleServer(MAY_25) as running:
        yield running


def get(
    server: SampleServer,
    host: str,
    path: str,
    headers: dict[str, str] | None = None,
    *,
    method: str = "GET",
) -> tuple[int, dict[str, str], bytes]:
    client = http.client.HTTPConnection(server.address, timeout=5)
    try:
        client.request(method, path, headers={"Host": host, **(headers or {})})
        answer = client.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        client.close()


def test_the_host_header_chooses_the_site(server: SampleServer) -> None:
    status, headers, body = get(server, "meridianwire.example", "/feed.rss")

    assert status == 200
    assert headers["Content-Type"] == "application/rss+xml"
    assert b"<title>Meridian Wire (sample)</title>" in body


def test_a_page_is_found_without_its_suffix_and_with_tracking(
    server: SampleServer,
) -> None:
    path = "/ai/deepseek-v4-flash-is-the-most-used-model?utm_source=signalstack"

    status, headers, body = get(server, "circuitreview.example:80", path)

    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"3.43 trillion" in body


def test_later_days_lie_over_earlier_ones_and_pages_stay(server: SampleServer) -> None:
    host, path = "openrouter.example", "/api/rankings/weekly.json"
    page = "/notes/2026-05-18-weekly-ranking"

    bodies = {}
    for day in (MAY_18, MAY_25, MAY_27):
        server.day = day
        bodies[day] = get(server, host, path)[2]

    assert b'"end": "2026-05-17"' in bodies[MAY_18]
    assert b'"end": "2026-05-24"' in bodies[MAY_25]
    assert bodies[MAY_27] == bodies[MAY_25]
    assert get(server, host, page)[0] == 200


def test_a_page_of_tomorrow_is_not_there_today(server: SampleServer) -> None:
    path = "/notes/common-tokenizer-recount"

    today = get(server, "tokenmeter.example", path)[0]
    server.day = MAY_26
    tomorrow = get(server, "tokenmeter.example", path)[0]

    assert (today, tomorrow) == (404, 200)


@pytest.mark.parametrize("validator", ["ETag", "Last-Modified"])
def test_an_unchanged_feed_is_not_sent_again(
    server: SampleServer, validator: str
) -> None:
    asked = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[validator]
    _, first, _ = get(server, "meridianwire.example", "/feed.rss")

    status, headers, body = get(
        server, "meridianwire.example", "/feed.rss", {asked: first[validator]}
    )

    assert (status, body) == (304, b"")
    assert headers["ETag"] == first["ETag"]


def test_a_changed_feed_is_sent_in_spite_of_the_old_tag(server: SampleServer) -> None:
    _, first, _ = get(server, "meridianwire.example", "/feed.rss")
    server.day = MAY_26

    status, _, body = get(
        server, "meridianwire.example", "/feed.rss", {"If-None-Match": first["ETag"]}
    )

    assert status == 200
    assert b"Calder port strike suspended" in body


def test_on_the_quiet_day_only_the_aggregator_sends_anything(
    server: SampleServer,
) -> None:
    feeds = {
        "meridianwire.example": "/feed.rss",
        "circuitreview.example": "/feed.atom",
        "continentaldesk.example": "/index.rdf",
        "signalstack.example": "/top.rss",
    }
    server.day = MAY_26
    tags = {host: get(server, host, path)[1]["ETag"] for host, path in feeds.items()}
    server.day = MAY_27

    statuses = {
        host: get(server, host, path, {"If-None-Match": tags[host]})[0]
        for host, path in feeds.items()
    }

    assert statuses == {
        "meridianwire.example": 304,
        "circuitreview.example": 304,
        "continentaldesk.example": 304,
        "signalstack.example": 200,
    }


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("oldbulletin.example", "/feed.rss"),
        ("nobody.example", "/"),
        ("meridianwire.example", "/../responses.toml"),
        ("meridianwire.example", "/%2e%2e/responses.toml"),
        ("..", "/days.toml"),
    ],
)
def test_what_is_not_part_of_the_sample_is_a_404(
    server: SampleServer, host: str, path: str
) -> None:
    assert get(server, host, path)[0] == 404


def test_the_login_page_comes_with_200_where_a_feed_should_be(
    server: SampleServer,
) -> None:
    status, headers, body = get(server, "membersclub.example", "/feed.rss")

    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"Please sign in" in body


def test_robots_txt_refuses_the_pages_of_one_house_only(server: SampleServer) -> None:
    _, _, body = get(server, "continentaldesk.example", "/robots.txt")

    assert b"Disallow: /world/" in body
    assert get(server, "meridianwire.example", "/robots.txt")[0] == 404


def test_a_head_request_gets_no_body(server: SampleServer) -> None:
    status, headers, body = get(
        server, "meridianwire.example", "/feed.rss", method="HEAD"
    )

    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 0


def test_the_slow_host_outlasts_a_short_limit_and_does_not_hold_up_the_end() -> None:
    began = time.monotonic()

    with SampleServer(MAY_25) as server:
        client = http.client.HTTPConnection(server.address, timeout=0.2)
        client.request("GET", "/feed.rss", headers={"Host": "slowtide.example"})
        with pytest.raises(TimeoutError):
            client.getresponse()
        client.close()

    assert time.monotonic() - began < 3


def test_the_slow_host_is_quick_again_on_the_next_day(server: SampleServer) -> None:
    server.day = MAY_26

    assert get(server, "slowtide.example", "/feed.rss")[0] == 200


def test_an_idle_connection_does_not_hold_up_the_end() -> None:
    began = time.monotonic()

    with SampleServer(MAY_26) as server:
        client = http.client.HTTPConnection(server.address, timeout=5)
        client.request("GET", "/feed.rss", headers={"Host": "meridianwire.example"})
        client.getresponse().read()
    client.close()

    assert time.monotonic() - began < 3


def test_the_address_exists_only_while_the_server_runs() -> None:
    server = SampleServer(MAY_26)

    with pytest.raises(RuntimeError, match="with block"):
        _ = server.address
