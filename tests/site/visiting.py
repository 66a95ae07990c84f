"""A site on which people subscribe: its store, its clock, and a visitor's browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from briefing.domain.audience import Digest, Subscriber
from briefing.readers import Readers
from briefing.store import SqliteStore
from briefing.tokens import Purpose, Tokens, load_keys
from briefing.web.subscribing import admits
from tests.blank import blank
from tests.builders import NOW
from tests.site.sites import client, site

DIGEST = Digest(id="daily", title="The Daily", topics=("ai", "energy"))
ADDRESS = "reader@mail.example"
HEADING = re.compile(r"<h1>(.*?)</h1>")
_STAMP = re.compile(r'name="stamp" value="([^"]+)"')


@dataclass
class Visit:
    """What a test needs of the site."""

    store: SqliteStore
    tokens: Tokens
    readers: Readers
    browser: TestClient
    now: datetime = NOW
    alerts: list[str] = field(default_factory=list)

    def later(self, **how: float) -> None:
        self.now += timedelta(**how)

    def stamp(self) -> str:
        """Of a form that was opened five seconds ago."""
        return self.tokens.stamp(self.now - timedelta(seconds=5))

    def post(self, address: str = ADDRESS, **changes: Any) -> Any:
        """The form as a person sends it."""
        headers = changes.pop("headers", {})
        sent = {"address": address, "stamp": self.stamp(), **changes}
        return self.browser.post("/subscribe", data=sent, headers=headers)

    def link(self, purpose: Purpose, reader: Subscriber | None = None) -> str:
        """The path of a reader's link."""
        letter = {"confirm": "c", "unsubscribe": "u", "preferences": "p"}
        short = {**letter, "export": "x", "delete": "d", "read": "r"}
        token = self.tokens.make(purpose, reader or self.reader(), now=self.now)
        return f"/{short[purpose.value]}/{token}"

    def reader(self, address: str = ADDRESS) -> Subscriber:
        """The row, which is there."""
        found = self.store.subscriber_by_address("daily", address)
        assert found is not None
        return found

    def subscribed(self, address: str = ADDRESS) -> Subscriber:
        """A reader who has confirmed."""
        self.post(address)
        self.browser.post(self.link(Purpose.CONFIRM, self.reader(address)))
        return self.reader(address)

    def letters(self) -> list[str]:
        """What waits for the postman."""
        return sorted(one.letter.value for one in self.store.deliveries(limit=1000))


@contextmanager
def visit(folder: Path, **changes: Any) -> Iterator[Visit]:
    """The site on a store in `folder`; the same folder again is the same site."""
    with SqliteStore(blank(folder / "a.db")) as store:
        tokens = Tokens(load_keys(folder / "a.keys"), DIGEST.id)
        made: Visit

        def clock() -> datetime:
            return made.now

        keeps_ip = bool(changes.get("keeps_ip"))
        alerts: list[str] = []
        readers = Readers(
            store, DIGEST, tokens, clock=clock, keeps_ip=keeps_ip, alert=alerts.append
        )
        built = site(
            store,
            digest=DIGEST,
            clock=clock,
            readers=readers,
            tokens=tokens,
            admits=admits(readers),
            **changes,
        )
        made = Visit(store, tokens, readers, client(built), alerts=alerts)
        yield made


def heading(answer: Any) -> str:
    """What a page says on top."""
    found = HEADING.search(answer.text)
    assert found is not None
    return found[1]


def stamp_of(answer: Any) -> str:
    """The stamp of a form."""
    found = _STAMP.search(answer.text)
    assert found is not None
    return found[1]
