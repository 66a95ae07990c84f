"""Machines that read our mail: a provider's one-click robot, and a link scanner."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from email.parser import BytesParser
from email.policy import compat32
from pathlib import Path
from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from briefing.domain.audience import SubscriberState
from tests.flow.publisher import BASE, Letter, Publisher, publisher

ADA, BEN, CY = "ada@inbox.example", "ben@inbox.example", "cy@inbox.example"
READERS = {
    ADA: {},
    BEN: {"topic": "energy", "role": "engineer"},
    CY: {"format": "text"},
}
# RFC 8058, 3.1: as a provider reads it, out of the bytes, before anything is decoded.
_TARGET = re.compile(rb"^List-Unsubscribe: <(https://[!-;=?-~]+)>\r$", re.MULTILINE)
_POST = re.compile(
    rb"^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$", re.MULTILINE
)
_URL = re.compile(r"https://daily\.example[^\s<>\"]*")


def one_click(raw: bytes) -> str:
    """The address that a mailbox provider would post to; the letter must name one."""
    head = raw.partition(b"\r\n\r\n")[0] + b"\r\n"
    targets = _TARGET.findall(head)
    assert len(targets) == 1, head.decode()
    assert len(_POST.findall(head)) == 1
    return str(targets[0].decode("ascii"))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Publisher]:
    """A publisher whose three readers have got this morning's edition."""
    with publisher(tmp_path) as opened:
        for address, wishes in READERS.items():
            opened.subscribe(address, **wishes)
        opened.next_morning()
        opened.print_issue()
        opened.clock.later(hours=2)
        assert [one.to for one in opened.send()] == list(READERS)
        yield opened


def editions(house: Publisher) -> list[Letter]:
    """The letters that carry an edition, by recipient."""
    found = [one for one in house.outbox() if b"\nList-Unsubscribe:" in one.raw]
    return sorted(found, key=lambda one: one.to)


@pytest.mark.parametrize("encoding", ["multipart", "urlencoded"])
def test_a_provider_unsubscribes_with_one_post(house: Publisher, encoding: str) -> None:
    for letter in editions(house):
        target = one_click(letter.raw)
        field = {"List-Unsubscribe": "One-Click"}
        sent: dict[str, object] = {"data": field}
        if encoding == "multipart":
            sent = {"files": {name: (None, text) for name, text in field.items()}}

        # Twice: a provider that was not sure asks again.
        for answer in (house.ask("POST", target, **sent) for _ in range(2)):
            assert answer.request.headers["content-type"].startswith(
                {"multipart": "multipart/form-data", "urlencoded": "application/x-www"}[
                    encoding
                ]
            )
            assert answer.status_code == 200
            assert not answer.is_redirect
            assert "set-cookie" not in answer.headers
        assert house.reader(letter.to).state is SubscriberState.UNSUBSCRIBED

    house.next_morning()
    assert house.print_issue().rows == 0
    house.clock.later(hours=5)
    assert house.send() == ()


def test_list_headers_stand_in_the_bytes_as_providers_read_them(
    house: Publisher,
) -> None:
    assert len(editions(house)) == 3
    for letter in editions(house):
        head = letter.raw.partition(b"\r\n\r\n")[0]
        lines = head.split(b"\r\n")
        of_list = [line for line in lines if line.lower().startswith(b"list-")]

        assert not [line for line in of_list if b"=?" in line or len(line) > 998]
        # Not folded: what follows is a header of its own.
        assert not [
            line for line in lines if line[:1] in b" \t" and b"daily.example/u" in line
        ]
        assert len(one_click(letter.raw)) <= 74
        message = BytesParser(policy=compat32).parsebytes(letter.raw)
        for name in ("From", "To", "Subject", "Date", "Message-ID", "List-ID"):
            assert len(message.get_all(name, [])) == 1, name
        assert message["Message-ID"] == f"<{letter.name}@daily.example>"


def test_letters_about_the_subscription_offer_no_click_to_a_robot(
    house: Publisher,
) -> None:
    (letter,) = [
        one
        for one in house.outbox()
        if one.to == ADA and one.subject.startswith("Confirm")
    ]

    assert b"List-Unsubscribe" not in letter.raw
    assert set(_URL.findall(letter.text("html"))) == {letter.link("c")}


def test_a_scanner_that_opens_every_link_changes_nothing(house: Publisher) -> None:
    asked = house.ask("POST", editions(house)[0].link("p"), data={"wish": "delete"})
    assert asked.status_code == 200
    house.ask("POST", editions(house)[1].link("p"), data={"wish": "export"})
    house.fill_in("new@inbox.example")
    assert len(house.send()) == 3
    found = sorted({url for letter in house.outbox() for url in addresses(letter)})
    kinds = {url.removeprefix(BASE).split("/")[1] for url in found}
    assert kinds >= {"c", "d", "p", "u", "x", "subscribe", "2026-05-26"}
    before = fingerprint(house)

    answers = {}
    for url in found:
        for method in ("HEAD", "GET", "OPTIONS", "PUT", "DELETE"):
            answers[method, url] = house.ask(method, url).status_code

    assert fingerprint(house) == before
    dead = [
        url
        for (method, url), status in answers.items()
        if method == "GET" and status != 200
    ]
    assert dead == []
    for (method, url), status in answers.items():
        if method in {"OPTIONS", "PUT", "DELETE"}:
            assert status == 405, (method, url)
        else:
            assert status == answers["GET", url], (method, url)
    # The same addresses do something for who presses the button.
    house.ask("POST", editions(house)[0].link("u"))
    assert fingerprint(house) != before


def test_a_crawler_that_follows_the_pages_behind_the_links_changes_nothing(
    house: Publisher,
) -> None:
    before = fingerprint(house)
    todo = sorted({url for letter in house.outbox() for url in addresses(letter)})
    seen: dict[str, int] = {}
    while todo:
        url = todo.pop()
        answer = house.ask("GET", url)
        seen[url] = answer.status_code
        if "text/html" in answer.headers.get("content-type", ""):
            todo += [
                one
                for one in links(url, answer.text)
                if one not in seen and one not in todo
            ]
        assert len(seen) < 400

    assert fingerprint(house) == before
    assert {url for url, status in seen.items() if status != 200} == set()
    assert len(seen) > 30


def addresses(letter: Letter) -> set[str]:
    """Every address of our site in the headers and bodies of a letter."""
    parts = [
        part.get_content()
        for part in letter.message.walk()
        if part.get_content_maintype() == "text"
    ]
    heads = [str(value) for value in letter.message.values()]
    return {
        url.rstrip(".,;)").partition("#")[0]
        for text in (*parts, *heads)
        for url in _URL.findall(text)
    }


def links(page: str, html: str) -> list[str]:
    """Where a page's links, forms and resources lead on our site, without fragments."""
    tree = LexborHTMLParser(html)
    raw = [
        str(one.attributes[name])
        for name in ("href", "src", "action")
        for one in tree.css(f"[{name}]")
    ]
    whole = {urljoin(page, one).partition("#")[0] for one in raw}
    return sorted(one for one in whole if one.startswith(f"{BASE}/"))


def fingerprint(house: Publisher) -> dict[str, str]:
    """A hash of the rows of every table."""
    with closing(sqlite3.connect(house.chosen.store)) as data:
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        return {name: _hash(data, name) for (name,) in data.execute(tables).fetchall()}


def _hash(data: sqlite3.Connection, table: str) -> str:
    rows = data.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own
    return hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
