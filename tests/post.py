"""A store with readers, a clock and a scripted mail server, for tests of sending."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from briefing.deliver.smtp import Smtp, SmtpServer
from briefing.domain.audience import Subscriber
from briefing.domain.delivery import Delivery, DeliveryState, Mail, Tally
from briefing.mailing import (
    MailKit,
    Policy,
    SendReport,
    Unsendable,
    send_due,
)
from briefing.store import SqliteStore
from tests import smtp_server
from tests.blank import blank
from tests.builders import NOW
from tests.readers import ISSUE, FakeClock, compose, delivery, key_of, put, reader
from tests.smtp_server import Plan, Script


@dataclass
class Post:
    """A store with readers, a clock, and a mail server."""

    store: SqliteStore
    server: smtp_server.SmtpServer
    clock: FakeClock = field(default_factory=FakeClock)
    said: list[str] = field(default_factory=list)

    def kit(
        self,
        policy: Policy | None = None,
        *,
        connections: int = 1,
        letters: Callable[..., Mail | Unsendable] = compose,
        **changes: object,
    ) -> MailKit:
        told = SmtpServer(
            "127.0.0.1",
            self.server.port,
            "plaintext",
            connections=connections,
            timeout_s=5.0,
        )
        values: dict[str, object] = {
            "store": self.store,
            "channel": Smtp(told),
            "compose": letters,
            "policy": policy or Policy(),
            "suppression_key_of": key_of,
            "clock": self.clock,
            "sleep": self.clock.sleep,
            "say": self.said.append,
            **changes,
        }
        return MailKit(**values)  # type: ignore[arg-type]

    def issue(self, count: int, **changes: object) -> list[Subscriber]:
        """Readers with a frozen row each."""
        readers = [reader(number) for number in range(count)]
        put(self.store, readers)
        rows = [delivery(one, **changes) for one in readers]
        self.store.freeze_audience(rows, now=NOW)
        return readers

    def send(self, policy: Policy | None = None, **options: object) -> SendReport:
        return send_due(self.kit(policy), **options)  # type: ignore[arg-type]

    def rows(self, *states: DeliveryState) -> Sequence[Delivery]:
        return self.store.deliveries(states=[one.value for one in states])

    def plan(self, to: Subscriber, *plans: Plan) -> None:
        self.server.script.plans = {**self.server.script.plans, to.address: plans}


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    with (
        SqliteStore(blank(tmp_path / "briefing.db")) as store,
        smtp_server.SmtpServer(Script()) as server,
    ):
        yield Post(store, server)


def tally(**changes: object) -> Tally:
    values: dict[str, object] = {
        "frozen": 0,
        "pending": 0,
        "sent": 0,
        "failed": (),
        "skipped": (),
        "expired": 0,
        "uncertain": 0,
        **changes,
    }
    return Tally(issue_id=ISSUE, **values)  # type: ignore[arg-type]
