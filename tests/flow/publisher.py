"""A publisher as `briefing serve` wires it, with its clock, press and postman by hand.

The site answers to https://daily.example as behind a proxy that ends TLS: requests go
to a port on loopback, with that name in the Host header.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import httpx2

from briefing import settings
from briefing.domain.audience import Subscriber
from briefing.domain.delivery import Tally
from briefing.editions import Issued
from briefing.mailing import MailKit, SendReport, send_due
from briefing.posting import open_mailroom
from briefing.serving import make_site
from briefing.serving.press import IssuePress
from briefing.settings import Settings
from briefing.store import SqliteStore
from tests.blank import blank
from tests.flow.house import Clock
from tests.order.issues import NOW, tell_all
from tests.served import served

BASE = "https://daily.example"
TEXT = """
[digest]
id = "daily"
title = "The Daily"
timezone = "Europe/Berlin"
topics = ["ai", "business", "chips", "energy"]
[site]
base_url = "https://daily.example"
[mail]
sender = "digest@daily.example"
postal_address = "Harbour House, 1 Quay Street"
[schedule]
at = "06:00"
"""
# Two of the stories of tests.order.issues: letters are the matter here.
_SUBJECTS = ("Halvard Chips", "Orrin Energy")
# What happens at the plants; each morning something else than the day before.
_STEPS = ("enlarged", "closed", "opened")
# Only loopback is asked, without TLS: reading the system's authorities takes 60 ms.
_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
_LINK = re.compile(r"https://daily\.example/[^\s>\"]+")
_STAMP = re.compile(r'name="stamp" value="([^"]+)"')


@dataclass(frozen=True)
class Letter:
    """A file of the outbox.

    Attributes:
        name: of the file, the delivery's id.
        raw: its bytes.
    """

    name: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """As a mail reader sees it."""
        found = BytesParser(policy=default).parsebytes(self.raw)
        assert isinstance(found, EmailMessage)
        return found

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    def text(self, kind: str = "plain") -> str:
        """Its plain or HTML body."""
        part = self.message.get_body((kind,))
        assert part is not None
        return str(part.get_content())

    def link(self, page: str) -> str:
        """The only address in the text that leads to that page ("c", "u", ...)."""
        (found,) = {
            one
            for one in _LINK.findall(self.text())
            if one.startswith(f"{BASE}/{page}/")
        }
        return str(found)


@dataclass
class Publisher:
    """What a test holds in its hands.

    Attributes:
        chosen: settings.
        store: everything that is kept.
        clock: of all parts.
        press: makes issues.
        mail: sends letters to the outbox.
        web: a visitor without cookies.
        port: of the site on loopback.
        said: lines for the operator and the log.
        report: of the last sending.
    """

    chosen: Settings
    store: SqliteStore
    clock: Clock
    press: IssuePress
    mail: MailKit
    web: httpx2.Client
    port: int
    said: list[str] = field(default_factory=list)
    report: SendReport = field(default_factory=SendReport)
    _seen: set[str] = field(default_factory=set)

    def ask(self, method: str, url: str, **how: object) -> httpx2.Response:
        """The answer to somebody who follows a link, but no redirect."""
        assert url.startswith(BASE), url
        headers = {"Host": "daily.example", **how.pop("headers", {})}  # type: ignore[dict-item]
        place = f"http://127.0.0.1:{self.port}{url.removeprefix(BASE)}"
        return self.web.request(method, place, headers=headers, **how)  # type: ignore[arg-type]

    def fill_in(self, address: str, **fields: object) -> httpx2.Response:
        """The form of the site, opened, filled in at human speed, and sent."""
        form = self.ask("GET", f"{BASE}/subscribe").text
        found = _STAMP.search(form)
        assert found is not None
        self.clock.later(seconds=30)
        data = {"address": address, "stamp": found[1], **fields}
        return self.ask("POST", f"{BASE}/subscribe", data=data)

    def reader(self, address: str) -> Subscriber:
        """The row of an address, which is there."""
        found = self.store.subscriber_by_address("daily", address)
        assert found is not None
        return found

    def subscribe(self, address: str, **fields: object) -> Subscriber:
        """Somebody who has filled in the form and pressed the button in the letter."""
        self.fill_in(address, **fields)
        (letter,) = self.send()
        assert self.ask("POST", letter.link("c")).status_code == 200
        return self.reader(address)

    def send(self) -> tuple[Letter, ...]:
        """The letters that leave now, by recipient."""
        self.report = send_due(self.mail)
        new = [one for one in self.outbox() if one.name not in self._seen]
        self._seen |= {one.name for one in new}
        return tuple(sorted(new, key=lambda one: one.to))

    def outbox(self) -> tuple[Letter, ...]:
        """All letters that ever left."""
        folder = self.chosen.store.parent / "outbox"
        return tuple(
            Letter(path.stem, path.read_bytes())
            for path in sorted(folder.glob("*.eml"))
        )

    def print_issue(self) -> Issued:
        """The issue of this morning, its rows frozen."""
        return self.press.daily(self.clock().date())

    def tally(self) -> Tally:
        """What became of this morning's issue."""
        return self.store.tally(f"daily-{self.clock().date()}")

    def next_morning(self, hour: int = 4) -> datetime:
        """The clock stands at that hour of the next day, and there is news."""
        now = self.clock()
        day = now.replace(hour=hour, minute=0, second=0, microsecond=0)
        self.clock.now = day if day > now else day + timedelta(days=1)
        step = _STEPS[self.clock.now.day % 3]
        tell_all(self.store, self.clock.now, step=step, subjects=_SUBJECTS)
        return self.clock.now


@contextmanager
def publisher(folder: Path, *, text: str = TEXT) -> Iterator[Publisher]:
    """A publisher without readers, the evening before NOW."""
    chosen = settings.parse(text, folder=folder, environment={})
    clock = Clock(NOW - timedelta(hours=10))
    said: list[str] = []
    with (
        SqliteStore(blank(chosen.store)) as store,
        open_mailroom(chosen, store=store, clock=clock, say=said.append) as mail,
        served(lambda _port: make_site(chosen, store, said.append, clock)) as port,
        httpx2.Client(trust_env=False, verify=_NOBODY) as web,
    ):
        press = IssuePress(chosen, store, clock=clock)
        yield Publisher(chosen, store, clock, press, mail, web, port, said)
