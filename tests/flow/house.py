"""The whole of a small publisher: archive, subscribers, links, and a clock by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from briefing.domain.audience import Preferences, Subscriber
from briefing.readers import Readers
from briefing.store import SqliteStore
from briefing.tokens import Purpose, Tokens, load_keys
from briefing.web import create_app
from briefing.web.subscribing import CONSENT
from tests.builders import NOW
from tests.served import served
from tests.site import published, sites

DIGEST = replace(sites.DIGEST, topics=("ai", "business", "world"))
PATHS = {
    Purpose.CONFIRM: "c",
    Purpose.UNSUBSCRIBE: "u",
    Purpose.PREFERENCES: "p",
    Purpose.EXPORT: "x",
    Purpose.DELETE: "d",
    Purpose.READ: "r",
}


@dataclass
class Clock:
    """The time, which passes only when told."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def later(self, **how: float) -> datetime:
        self.now += timedelta(**how)
        return self.now


@dataclass
class House:
    """What a test holds in its hands.

    Attributes:
        base: public address of the site.
        store: everything that is kept.
        tokens: signs links.
        readers: the order of subscribing.
        clock: of all of them.
    """

    base: str
    store: SqliteStore
    tokens: Tokens
    readers: Readers
    clock: Clock = field(default_factory=Clock)

    def reader(self, address: str) -> Subscriber:
        """The row of an address, which is there."""
        found = self.store.subscriber_by_address(DIGEST.id, address)
        assert found is not None
        return found

    def asked(self, address: str) -> Subscriber:
        """Somebody who has filled in the form; from a network of its own, for caps."""
        self.readers.subscribe(
            address,
            Preferences(),
            visitor=f"192.0.2.{len(address)}",
            wording=CONSENT,
        )
        return self.reader(address)

    def subscribed(self, address: str) -> Subscriber:
        """Somebody who has confirmed."""
        self.asked(address)
        link = self.readers.confirm(self.token(Purpose.CONFIRM, address))
        assert link.is_active
        return self.reader(address)

    def token(self, purpose: Purpose, address: str) -> str:
        """As it stands in a letter to that reader."""
        return self.tokens.make(purpose, self.reader(address), now=self.clock())

    def link(self, purpose: Purpose, address: str) -> str:
        """What that reader clicks on."""
        return f"{self.base}/{PATHS[purpose]}/{self.token(purpose, address)}"


@contextmanager
def open_house(folder: Path, *, host: str = "daily.localhost") -> Iterator[House]:
    """A publisher of three days whose site is served on loopback under that name."""
    clock = Clock()
    with published.opened(folder) as store:
        tokens = Tokens(load_keys(folder / "briefing.db.keys"), DIGEST.id)
        readers = Readers(store, DIGEST, tokens, clock=clock)

        def app(port: int) -> object:
            site = sites.site(
                store,
                base_url=f"http://{host}:{port}",
                digest=DIGEST,
                readers=readers,
                tokens=tokens,
                clock=clock,
            )
            return create_app(site)

        with served(app) as port:
            yield House(f"http://{host}:{port}", store, tokens, readers, clock)
