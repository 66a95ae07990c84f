"""What a feed's poll remembers, and feeds that mean harm."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import timedelta

import pytest

from briefing.domain.source import FetchState
from briefing.errors import FetchError, ParseError
from briefing.ingest.feed import ingest
from briefing.ingest.feed_parsing import parse_feed
from briefing.isolate import WorkerIsolate
from tests.builders import NOW, source
from tests.web import Page, redirect, web

FEED = "http://ledger.example/feed.xml"
STATE = FetchState(source_id="ledger")
ONE = (
    b"<rss version='2.0'><channel><title>L</title><item><title>One</title>"
    b"<link>http://ledger.example/1</link></item></channel></rss>"
)


def test_a_feed_is_remembered_by_its_validators_and_its_bytes(
    isolate: WorkerIsolate,
) -> None:
    page = Page(ONE, headers={"ETag": '"a"', "Cache-Control": "max-age=3600"})
    failed = replace(STATE, failures=3, last_error="it was down")
    with web({FEED: page}) as net, net.http() as http:
        harvest = ingest(source(), failed, http, isolate, NOW)

    state = harvest.state
    assert (state.etag, state.failures, state.last_error) == ('"a"', 0, None)
    assert state.last_ok_at == NOW
    assert state.next_poll_at == NOW + timedelta(hours=1)
    assert state.body_hash
    assert [one.title for one in harvest.documents] == ["One"]


def test_a_feed_that_the_server_calls_unchanged_yields_nothing(
    isolate: WorkerIsolate,
) -> None:
    page = Page(ONE, headers={"ETag": '"a"'}, then=Page(status=304))
    with web({FEED: page}) as net, net.http() as http:
        first = ingest(source(), STATE, http, isolate, NOW)
        second = ingest(source(), first.state, http, isolate, NOW)

    assert second.is_unchanged
    assert second.documents == ()
    assert second.state == first.state


def test_a_feed_of_the_same_bytes_is_not_parsed_again(isolate: WorkerIsolate) -> None:
    with web({FEED: ONE}) as net, net.http() as http:
        first = ingest(source(), STATE, http, isolate, NOW)
        second = ingest(source(), first.state, http, isolate, NOW)

    assert (first.is_unchanged, second.is_unchanged) == (False, True)
    assert second.documents == ()


def test_a_feed_is_read_although_robots_may_not_read_pages(
    isolate: WorkerIsolate,
) -> None:
    pages = {
        "http://ledger.example/robots.txt": b"User-agent: *\nDisallow: /",
        FEED: ONE,
    }
    with web(pages) as net, net.http() as http:
        assert len(ingest(source(), STATE, http, isolate, NOW).documents) == 1


def test_a_feed_that_moved_for_good_says_where(isolate: WorkerIsolate) -> None:
    pages = {FEED: redirect("/new.xml", 301), "http://ledger.example/new.xml": ONE}
    with web(pages) as net, net.http() as http:
        harvest = ingest(source(), STATE, http, isolate, NOW)

    assert harvest.state.moved_to == "http://ledger.example/new.xml"


def test_a_feed_that_is_gone_is_a_fetch_error(isolate: WorkerIsolate) -> None:
    with web({}) as net, net.http() as http:
        with pytest.raises(FetchError) as caught:
            ingest(source(), STATE, http, isolate, NOW)

        assert caught.value.reason == "http_404"


def test_a_feed_without_end_is_stopped_by_the_clock(isolate: WorkerIsolate) -> None:
    item = (
        b"<item><title>x</title><description>&lt;p&gt;y&lt;/p&gt;</description></item>"
    )
    body = b"<rss version='2.0'><channel>" + item * 60_000 + b"</channel></rss>"

    with pytest.raises(ParseError) as caught:
        isolate.run(parse_feed, body, FEED, None, NOW, 50, limit_s=0.5)

    assert caught.value.reason == "timeout"


def test_deep_nesting_is_read(isolate: WorkerIsolate) -> None:
    deep = b"<a>" * 100_000
    head = b"<rss version='2.0'><channel><title>x</title><item><title>One</title>"
    tail = deep + b"</item></channel></rss>"

    feed = isolate.run(parse_feed, head + tail, FEED, None, NOW, 50, limit_s=60.0)

    assert [entry.title for entry in feed.entries] == ["One"]


@pytest.mark.parametrize("body", [b"/etc/hostname", b"file:///etc/hostname"])
def test_a_body_that_names_a_file_does_not_open_it(body: bytes) -> None:
    with pytest.raises(ParseError) as caught:
        parse_feed(body, FEED, None, NOW, 50)

    assert socket.gethostname() not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        b"\x00" * 1000,
        b"\xff\xfe\x00\x00",
        b"\xef\xbb\xbf",
        b"<" * 100_000,
        b"<rss",
        b"{" * 100_000,
        b"[]",
        b'{"version": "https://jsonfeed.org/version/1", "items": "none"}',
        b'{"version": "https://jsonfeed.org/version/1", "items": [1, null, "x"]}',
    ],
    ids=range(9),
)
def test_bytes_that_are_no_feed_are_a_parse_error(body: bytes) -> None:
    with pytest.raises(ParseError) as caught:
        parse_feed(body, FEED, None, NOW, 50)

    assert caught.value.reason in {"bad_feed", "bad_json"}
