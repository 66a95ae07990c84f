"""The page behind an excerpt, and pages that keep a parser busy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefing.domain.document import Access
from briefing.domain.source import FetchState
from briefing.errors import ParseError, RefusedError
from briefing.ingest.html_text import html_to_text
from briefing.ingest.page import LIMIT_S, ingest, read
from briefing.ingest.page_reading import parse_page
from briefing.isolate import WorkerIsolate
from tests.builders import NOW, document, source
from tests.web import Page, redirect, web

URL = "http://ledger.example/crane"
SENTENCES = (
    "The harbour board approved a second crane on Monday, the port said.",
    "It will cost 4.2 million euros and be paid for by the port itself.",
    "Work on the quay starts in September and takes until the spring.",
    "Two of the nine members voted against the plan and asked for a study.",
)
EXCERPT = replace(
    document("The harbour board approved a second crane.", title="Crane approved"),
    url=URL,
    author="Feed desk",
    is_complete=False,
)


def html(head: str = "", sentences: tuple[str, ...] = SENTENCES) -> Page:
    body = "".join(f"<p>{one}</p>" for one in sentences)
    text = f"<html lang='en'><head>{head}</head><body><article>{body}</article></body>"
    return Page(text.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def test_the_page_replaces_the_excerpt_and_keeps_what_only_the_feed_said(
    isolate: WorkerIsolate,
) -> None:
    with web({URL: html("<title>Ledger</title>")}) as net, net.http() as http:
        complete = read(EXCERPT, http, isolate, NOW)

    assert complete.text == "\n\n".join(SENTENCES)
    assert complete.is_complete
    assert (complete.title, complete.author) == ("Crane approved", "Feed desk")
    assert complete.published_at == EXCERPT.published_at
    assert complete.publisher == EXCERPT.publisher
    assert complete.id != EXCERPT.id


def test_what_the_page_states_itself_is_taken(isolate: WorkerIsolate) -> None:
    head = (
        '<meta property="og:title" content="Second crane approved">'
        '<meta name="author" content="Harbour desk">'
        '<meta property="article:published_time" content="2026-05-25T14:05:00Z">'
    )
    with web({URL: html(head)}) as net, net.http() as http:
        complete = read(EXCERPT, http, isolate, NOW)

    assert complete.title == "Second crane approved"
    assert complete.author == "Harbour desk"
    assert complete.published_at == datetime(2026, 5, 25, 14, 5, tzinfo=UTC)


def test_a_day_on_the_page_does_not_replace_the_feeds_moment_on_that_day(
    isolate: WorkerIsolate,
) -> None:
    head = '<meta property="article:published_time" content="2026-05-26">'
    with web({URL: html(head)}) as net, net.http() as http:
        complete = read(EXCERPT, http, isolate, NOW)

    assert complete.published_at == EXCERPT.published_at


def test_a_feed_longer_than_the_page_keeps_its_text(isolate: WorkerIsolate) -> None:
    long = replace(EXCERPT, text=" ".join(SENTENCES * 3))
    paid = '<script type="application/ld+json">{"@type": "NewsArticle", '
    paid += '"isAccessibleForFree": false}</script>'
    with web({URL: html(paid)}) as net, net.http() as http:
        complete = read(long, http, isolate, NOW)

    assert complete.text == long.text
    assert complete.is_complete
    assert complete.access is Access.PAID


def test_the_address_is_where_the_page_really_is(isolate: WorkerIsolate) -> None:
    link = "http://count.example/click/1"
    pages = {link: redirect(URL + "?utm_source=feed"), URL + "?utm_source=feed": html()}
    with web(pages) as net, net.http() as http:
        complete = read(replace(EXCERPT, url=link), http, isolate, NOW)

    assert complete.url == URL


def test_a_page_closed_to_robots_is_not_read(isolate: WorkerIsolate) -> None:
    robots = b"User-agent: *\nDisallow: /crane"
    pages = {"http://ledger.example/robots.txt": robots, URL: html()}
    with web(pages) as net, net.http() as http:
        with pytest.raises(RefusedError):
            read(EXCERPT, http, isolate, NOW)

        assert net.urls_asked() == []


def test_an_excerpt_without_an_address_cannot_be_completed(
    isolate: WorkerIsolate,
) -> None:
    with web({}) as net, net.http() as http:
        with pytest.raises(ParseError) as caught:
            read(replace(EXCERPT, url=None), http, isolate, NOW)

        assert caught.value.reason == "no_url"


def test_a_page_that_did_not_change_is_not_parsed_again(
    isolate: WorkerIsolate,
) -> None:
    page = source(kind="page", url=URL)
    state = FetchState(source_id=page.id)
    with web({URL: html()}) as net, net.http() as http:
        first = ingest(page, state, http, isolate, NOW)
        second = ingest(page, first.state, http, isolate, NOW)

    assert len(first.documents) == 1
    assert (second.is_unchanged, second.documents) == (True, ())


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000,
        "<p>text" * 100_000,
        "<b>" * 2_000,
        "<" * 2_000_000,
    ],
    ids=["deep", "many", "open", "brackets"],
)
def test_markup_that_keeps_parsers_busy_is_refused_at_once(markup: str) -> None:
    with pytest.raises(ParseError) as caught:
        html_to_text(markup)

    assert caught.value.reason == "too_complex"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0" * 1000,
        b"<html>",
        b"\xff\xfe<\0h\0t\0m\0l\0>\0",
        b"<p>" + b"1234567890 " * 1000,
        "<p>\ud800".encode("utf-8", "surrogatepass"),
        b'<script type="application/ld+json">' + b"[" * 10_000 + b"</script>",
    ],
    ids=range(7),
)
def test_a_body_without_readable_text_is_a_parse_error(body: bytes) -> None:
    with pytest.raises(ParseError) as caught:
        parse_page(body, URL, "text/html", None, NOW)

    assert caught.value.reason == "no_text"


def test_a_text_of_megabytes_is_cut(isolate: WorkerIsolate) -> None:
    body = b"<html><body><article><p>" + b"A long word follows here. " * 80_000
    page = isolate.run(
        parse_page, body, URL, "text/html", None, NOW, limit_s=LIMIT_S * 4
    )

    assert len(page.text) <= 100_000


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain, a < b", "plain, a < b"),
        ("<p>One\ntwo</p><p>three</p>", "One two\n\nthree"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>x<li>y</ul>after", "x\n\ny\n\nafter"),
        ("AT&amp;T &#8212; R&amp;D", "AT&T — R&D"),
        ("<p>see <a href='javascript:x'>this</a>.</p>", "see this."),
        (
            "<style>p{}</style><p onclick='x'>only this</p><!-- not this -->",
            "only this",
        ),
        ("<p>a<span style='font-size: 0px'>hid</span>b</p>", "ab"),
        ("<p>a<span style='font-size:0.8em'>shown</span>b</p>", "ashownb"),
        ("<div hidden><p hidden>x</p></div><p>y</p>", "y"),
    ],
)
def test_html_becomes_the_text_that_a_reader_sees(markup: str, text: str) -> None:
    assert html_to_text(markup) == text
