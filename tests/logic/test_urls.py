"""Addresses: canonical, resolved, refused."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefing.logic.urls import (
    address,
    canonical,
    fault,
    first_base,
    registrable,
    resolve,
    site,
    unwrapped,
    url_key,
)

NAMES = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
HOSTS = st.builds(lambda *parts: ".".join([*parts, "example"]), NAMES, NAMES)
PATHS = st.text(string.printable + "äß漢/%.;:@", max_size=30)
URLS = st.builds(
    lambda scheme, host, port, path, query, fragment: (
        f"{scheme}://{host}{port}/{path}?{query}#{fragment}"
    ),
    st.sampled_from(["http", "https", "HTTP"]),
    HOSTS,
    st.sampled_from(["", ":80", ":443", ":8080"]),
    PATHS,
    PATHS,
    PATHS,
)


@given(URLS)
def test_canonical_twice_is_canonical_once(url: str) -> None:
    once = canonical(url)

    assert once is None or canonical(once) == once


@given(URLS)
def test_canonical_asks_the_same_host_on_the_same_port(url: str) -> None:
    before, made = address(url), canonical(url)

    if before is not None and made is not None:
        assert address(made) == before


@given(URLS)
def test_canonical_is_plain_ascii_without_fragment(url: str) -> None:
    made = canonical(url)

    assert made is None or (made.isascii() and "#" not in made and " " not in made)


@given(URLS, NAMES)
def test_a_tracking_parameter_changes_nothing(url: str, value: str) -> None:
    head, _, fragment = url.partition("#")
    assume("?" in head)

    assert canonical(f"{head}&utm_source={value}#{fragment}") == canonical(url)


@given(st.text(max_size=60))
def test_any_text_is_canonical_or_none_and_never_an_error(text: str) -> None:
    made = canonical(text)

    assert made is None or made.startswith(("http://", "https://"))
    assert (fault(text) is None) == (address(text) is not None)
    assert isinstance(url_key(text), str)
    assert isinstance(site(text), str)
    assert isinstance(unwrapped(text), str)


@given(URLS, st.text(max_size=40))
def test_what_resolves_may_be_asked_for(base: str, link: str) -> None:
    made = resolve(base, link)

    assert made is None or fault(made) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://WWW.A.example:80/a/../b?b=2&a=1#f", "http://www.a.example/b?a=1&b=2"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example:443/x/", "https://a.example/x/"),
        ("http://a.example:8080/X", "http://a.example:8080/X"),
        ("http://a.example/x?fbclid=1&gclid=2&id=3", "http://a.example/x?id=3"),
        ("http://a.example/x?UTM_Source=1", "http://a.example/x"),
        ("http://a.example/x?ref=main", "http://a.example/x?ref=main"),
        ("http://a.example/x?ref=news.example", "http://a.example/x"),
        ("http://a.example/%c3%bc", "http://a.example/%C3%BC"),
        ("http://a.example/ü b", "http://a.example/%C3%BC%20b"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("  http://a.example/x\n", "http://a.example/x"),
        ("http://a.example/a b\n c", "http://a.example/a%20b%20c"),
        ("ftp://a.example/x", None),
        ("//a.example/x", None),
        ("http://u:p@a.example/", None),
        ("http://a.example\\@b.example/", None),
        ("http://a.example/\ud800", None),
        ("http://[::1", None),
        ("http://a.example:0/", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("http://a.example/" + "x" * 3000, None),
    ],
)
def test_canonical(url: str, expected: str | None) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.ledger.example", "ledger.example"),
        ("news.ledger.co.uk", "ledger.co.uk"),
        ("ledger.com.au", "ledger.com.au"),
        ("a.b.ledger.de", "ledger.de"),
        ("writer.substack.com", "writer.substack.com"),
        ("a.writer.github.io", "writer.github.io"),
        ("192.168.1.5", "192.168.1.5"),
        ("::1", "::1"),
        ("localhost", "localhost"),
    ],
)
def test_the_site_of_a_host(host: str, expected: str) -> None:
    assert registrable(host) == expected


def test_spellings_of_one_page_share_a_key() -> None:
    spellings = [
        "http://ledger.example/a",
        "https://www.ledger.example/a/",
        "https://m.ledger.example/a?utm_medium=rss",
        "HTTP://LEDGER.EXAMPLE:80/a#top",
    ]

    assert len({url_key(one) for one in spellings}) == 1
    assert url_key("http://ledger.example/A") != url_key("http://ledger.example/a")


def test_links_count_from_the_innermost_base() -> None:
    assert first_base((), "http://a.example/feed") == "http://a.example/feed"
    assert first_base(("sub/", "/home/"), "http://a.example/feed") == (
        "http://a.example/home/sub/"
    )
    assert first_base(("javascript:x",), "http://a.example/f") == "http://a.example/f"


def test_a_counting_link_is_unwrapped_without_asking() -> None:
    wrapped = (
        "http://www.bing.com/news/apiclick.aspx?x=1&url=https%3a%2f%2fa.example%2fb"
    )

    assert unwrapped(wrapped) == "https://a.example/b"
    assert unwrapped("http://www.google.com/url?url=javascript:x") == (
        "http://www.google.com/url?url=javascript:x"
    )
