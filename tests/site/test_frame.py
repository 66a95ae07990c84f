"""What every answer has: headers, frame, an error page that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.domain.audience import Visibility
from briefing.store import SqliteStore
from tests.blank import blank
from tests.site.sites import client, site


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    with SqliteStore(blank(tmp_path / "b.db")) as opened:
        yield opened


def test_an_unknown_address_is_answered_in_the_frame(store: SqliteStore) -> None:
    answer = client(site(store)).get("/no/such/page")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "There is no such page" in answer.text
    assert 'action="/subscribe"' in answer.text
    assert '<meta name="robots" content="noindex">' in answer.text


def test_every_answer_forbids_scripts_frames_and_guessing(store: SqliteStore) -> None:
    answer = client(site(store)).get("/no/such/page")

    assert answer.headers["content-security-policy"] == (
        "default-src 'none'; img-src 'self' https:; style-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_hidden_archive_has_no_links_to_it(store: SqliteStore) -> None:
    answer = client(site(store, visibility=Visibility.OFF)).get("/no/such/page")

    assert 'href="/days/"' not in answer.text
    assert 'href="/subscribe"' in answer.text


def test_links_begin_with_the_path_of_the_base_url(store: SqliteStore) -> None:
    made = site(store, base_url="https://org.example/news")

    answer = client(made).get("/nothing")

    assert 'action="/news/subscribe"' in answer.text
