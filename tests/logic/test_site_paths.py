"""Addresses of the site."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.logic import site_paths

DAY = date(2026, 5, 26)


def test_an_edition_has_an_address_for_each_reader_week_and_revision() -> None:
    assert site_paths.edition(DAY) == "/2026-05-26/"
    assert site_paths.edition(DAY, profile_id="p1") == "/2026-05-26/for/p1/"
    assert site_paths.edition(DAY, is_weekly=True) == "/week/2026-05-26/"
    assert site_paths.edition(DAY, profile_id="p1", revision=2) == (
        "/2026-05-26/for/p1/r2/"
    )


@pytest.mark.parametrize(
    ("url", "host", "root"),
    [
        ("https://daily.example", "daily.example", ""),
        ("https://Daily.example:8443", "daily.example", ""),
        ("http://127.0.0.1:8000", "127.0.0.1", ""),
        ("http://[::1]:8000", "[::1]", ""),
        ("https://org.example/news", "org.example", "/news"),
        ("https://org.example/news/", "org.example", "/news"),
    ],
)
def test_a_base_url_has_a_host_and_a_root(url: str, host: str, root: str) -> None:
    assert site_paths.host_of(url) == host
    assert site_paths.root_of(url) == root


def test_a_feed_is_of_everything_or_of_a_topic() -> None:
    assert site_paths.feed("atom") == "/feeds/all.atom"
    assert site_paths.feed("json", "energy") == "/feeds/topics/energy.json"
