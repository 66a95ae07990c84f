"""What the web may do to us: DELIVERY.md S5, T4, T6, T8 to T10."""

from __future__ import annotations

import logging
import re
import sqlite3
from pathlib import Path

import pytest
from starlette.requests import Request

from briefing.domain.audience import Visibility
from briefing.tokens import Purpose
from briefing.web.visitors import MAX_BODY_BYTES, redacted, visitor
from tests.site.visiting import ADDRESS, visit

_TOKEN = re.compile(r"[A-Za-z0-9_-]{15}(?:\.[A-Za-z0-9_-]{6})?\.[A-Za-z0-9_-]{27}")


def _everything(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return list(connection.iterdump())


def test_looking_changes_nothing(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        site.subscribed()
        paths = ["/subscribe", *(site.link(purpose) for purpose in Purpose)]
        before = _everything(tmp_path / "a.db")

        for path in paths:
            for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"):
                answer = site.browser.request(method, path, params={"wish": "delete"})
                assert answer.status_code in {200, 303, 405}

        assert _everything(tmp_path / "a.db") == before


def test_links_stand_in_no_log_and_in_no_page_of_the_archive(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        caplog.at_level(logging.INFO, logger="briefing.access"),
        visit(tmp_path) as site,
    ):
        site.subscribed()
        links = [site.link(purpose) for purpose in Purpose]
        for link in links:
            site.browser.get(link)
            site.browser.post(link)
        site.browser.get("/search", params={"q": links[0]})
        archive = [
            site.browser.get(path).text
            for path in ("/", "/days/", "/feeds/all.atom", "/sitemap.xml")
        ]

    assert "/u/… 200" in caplog.text
    assert not _TOKEN.search(caplog.text)
    assert ADDRESS not in caplog.text
    assert not any(_TOKEN.search(page) for page in archive)


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/u/abc", "/u/…"),
        ("/news/p/abc/more", "/news/p/…/more"),
        ("/2026-05-26/a-brief", "/2026-05-26/a-brief"),
        ("/subscribe", "/subscribe"),
    ],
)
def test_a_logged_path_opens_nothing(path: str, logged: str) -> None:
    assert redacted(path) == logged


def test_every_page_forbids_what_it_does_not_need(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        site.subscribed()
        for path in ("/subscribe", "/nowhere", site.link(Purpose.PREFERENCES)):
            answer = site.browser.get(path)
            policy = answer.headers["content-security-policy"]
            assert policy.startswith("default-src 'none'")
            assert "unsafe" not in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "<script" not in answer.text
            assert " style=" not in answer.text


def test_what_people_type_comes_back_as_text(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        evil = '"><script>alert(1)</script>'
        answer = site.post(evil, role=evil, interests=evil)

        assert "<script>" not in answer.text
        assert "&lt;script&gt;" in answer.text


def test_a_body_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        site.subscribed()
        form = {"content-type": "application/x-www-form-urlencoded"}
        for path in ("/subscribe", site.link(Purpose.PREFERENCES)):
            body = b"role=" + b"x" * MAX_BODY_BYTES
            answer = site.browser.post(path, content=body, headers=form)
            assert answer.status_code == 413

        def chunks() -> object:
            for _ in range(40):
                yield b"x" * 1000

        answer = site.browser.post("/subscribe", content=chunks(), headers=form)  # type: ignore[arg-type]
        assert answer.status_code == 413


def test_files_and_floods_of_fields_are_refused(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        file = site.browser.post("/subscribe", files={"address": ("a.txt", b"x")})
        many = site.browser.post("/subscribe", data={f"f{i}": "x" for i in range(200)})
        broken = site.browser.post(
            "/subscribe",
            content=b"no form",
            headers={"content-type": "multipart/form-data; boundary=x"},
        )

        assert {file.status_code, many.status_code, broken.status_code} <= {200, 400}
        assert site.letters() == []


def test_who_posts_without_end_is_told_when_to_come_back(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        answers = [site.browser.post("/p/forged") for _ in range(40)]
        provider = site.browser.post("/u/forged")

    assert answers[0].status_code == 404
    assert answers[-1].status_code == 429
    assert answers[-1].headers["retry-after"] == "60"
    assert provider.status_code == 404


@pytest.mark.parametrize(
    ("peer", "said", "trusted", "found"),
    [
        ("203.0.113.9", "198.51.100.1", (), "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", ("10.0.0.0/8",), "203.0.113.9"),
        ("10.0.0.2", "198.51.100.1", ("10.0.0.0/8",), "198.51.100.1"),
        ("10.0.0.2", "1.2.3.4, 198.51.100.1", ("10.0.0.0/8",), "198.51.100.1"),
        ("10.0.0.2", "198.51.100.1, 10.0.0.3", ("10.0.0.0/8",), "198.51.100.1"),
        ("10.0.0.2", "nonsense", ("10.0.0.0/8",), "10.0.0.2"),
        ("10.0.0.2", "", ("10.0.0.0/8",), "10.0.0.2"),
        ("::1", "2001:db8::7", ("::1/128",), "2001:db8::7"),
    ],
)
def test_only_a_known_proxy_says_who_is_asking(
    peer: str, said: str, trusted: tuple[str, ...], found: str
) -> None:
    request = Request(
        {
            "type": "http",
            "client": (peer, 1),
            "headers": [(b"x-forwarded-for", said.encode())],
        }
    )

    assert visitor(request, trusted) == found


def test_an_archive_for_subscribers_opens_by_a_link_from_a_mail(tmp_path: Path) -> None:
    with visit(tmp_path, visibility=Visibility.SUBSCRIBERS) as site:
        reader = site.subscribed()
        closed = site.browser.get("/days/")
        answer = site.browser.get(site.link(Purpose.READ))
        opened = site.browser.get("/days/")
        cookie = answer.headers["set-cookie"]

        assert (closed.status_code, opened.status_code) == (404, 200)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
            assert part in cookie

        site.browser.post(site.link(Purpose.UNSUBSCRIBE, reader))
        assert site.browser.get("/days/").status_code == 404
        site.browser.cookies.clear()
        site.browser.cookies.set("briefing_reader", "forged")
        assert site.browser.get("/days/").status_code == 404
