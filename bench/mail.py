"""Sending an edition, against a plain smtplib loop over ready-made messages.

Both send to the same sink in a process of its own, over plain text on loopback. Ours
claims and settles every letter in the ledger on disk (two commits at
synchronous=FULL), reads consent and suppression, signs two links and fills the letter;
the loop has its messages in memory, one connection, and forgets them.
"""

from __future__ import annotations

import smtplib
import socket
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench import sample, sink
from bench.figures import Figure, Result, timed
from bench.serving import served
from briefing.deliver.smtp import Smtp, SmtpServer
from briefing.domain.audience import (
    MailFormat,
    Preferences,
    Subscriber,
    SubscriberState,
)
from briefing.domain.delivery import Delivery, Letter, Mail
from briefing.domain.edition import Edition
from briefing.logic.delivery_ids import edition_delivery_id
from briefing.mailing import MailKit, Policy, freeze, send_due
from briefing.ports import Addressed, Change
from briefing.prompts import data_folders
from briefing.render.letters import (
    LetterFrame,
    Letters,
    LetterTemplate,
    Recipient,
    list_id,
)
from briefing.store import SqliteStore
from briefing.tokens import Keys, Purpose, Tokens, new_subscriber_id

_BASE = "https://briefing.example.org"
_SENDER = "digest@briefing.example.org"
_ISSUE = "bench-issue"


@dataclass(frozen=True)
class Size:
    """How much is sent.

    Attributes:
        letters: by ours, and by the loop.
        built: by the loop that builds each message anew.
        connections: of ours.
    """

    letters: int = 3_000
    built: int = 300
    connections: int = 2


TINY = Size(letters=6, built=2, connections=2)


def run(size: Size | None = None, store: Path | None = None) -> Result:
    """Letters a second, and CPU for one; `store` holds published days."""
    size = size or Size()
    with tempfile.TemporaryDirectory() as folder:
        edition = sample.longest_edition(store or sample.published(Path(folder)))
        template = _template(edition)
        readers = [_reader(number) for number in range(size.letters)]
        now = datetime.now(UTC)
        ready = [
            template.fill(_recipient(one, edition, _row(one, edition, now).id, now))
            for one in readers
        ]
        with served(sink.serve) as (port, _):
            theirs = _loop(port, readers, ready)
            built = _building_loop(port, readers[: size.built], edition, template)
            ours = _ours(port, readers, edition, template, size, Path(folder))
            assert _count(port) == 2 * size.letters + size.built
    mine = Figure(f"briefing, {size.connections} connections", "letters/s", *ours)
    return Result(
        "mail",
        f"{size.letters} letters of {len(ready[0]) // 1000} KB "
        f"({len(edition.briefs)} briefs)",
        (
            (mine, Figure("smtplib loop, messages ready-made", "letters/s", *theirs)),
            (mine, Figure("smtplib loop, each message built", "letters/s", *built)),
        ),
    )


def _template(edition: Edition) -> LetterTemplate:
    frame = LetterFrame(
        list_title=edition.digest.title,
        list_id=list_id(edition.digest.id, _BASE),
        base_url=_BASE,
        sender=_SENDER,
    )
    letters = Letters(data_folders("templates"), frame)
    place = f"{_BASE}/{edition.edition_date}/"
    return letters.template(edition, MailFormat.HTML, read_url=place)


def _reader(number: int) -> Subscriber:
    since = datetime(2026, 5, 1, tzinfo=UTC)
    return Subscriber(
        id=new_subscriber_id(),
        digest_id="daily",
        address=f"reader{number}@post{number % 9}.example",
        state=SubscriberState.ACTIVE,
        preferences=Preferences(),
        created_at=since,
        confirmed_at=since,
    )


def _row(reader: Subscriber, edition: Edition, now: datetime) -> Delivery:
    return Delivery(
        id=edition_delivery_id(_ISSUE, 1, reader.id, "mail"),
        letter=Letter.EDITION,
        channel="mail",
        subscriber_id=reader.id,
        due_at=now,
        expires_at=now + timedelta(hours=12),
        created_at=now,
        issue_id=_ISSUE,
        edition_id=edition.id,
    )


def _recipient(
    reader: Subscriber, edition: Edition, delivery_id: str, now: datetime
) -> Recipient:
    tokens = Tokens(Keys(("k" * 43,), "s" * 43), edition.digest.id)
    leave = tokens.make(Purpose.UNSUBSCRIBE, reader, now=now)
    choose = tokens.make(Purpose.PREFERENCES, reader, now=now)
    return Recipient(
        address=reader.address,
        delivery_id=delivery_id,
        at=now,
        unsubscribe_url=f"{_BASE}/u/{leave}",
        preferences_url=f"{_BASE}/p/{choose}",
        subscribed_at=reader.confirmed_at,
    )


def _loop(
    port: int, readers: list[Subscriber], ready: list[bytes]
) -> tuple[float, float]:
    with timed() as spent, smtplib.SMTP("127.0.0.1", port) as server:
        for reader, body in zip(readers, ready, strict=True):
            server.sendmail(_SENDER, [reader.address], body)
    return len(ready) / spent.seconds, spent.cpu_s * 1000 / len(ready)


def _building_loop(
    port: int, readers: list[Subscriber], edition: Edition, template: LetterTemplate
) -> tuple[float, float]:
    now = datetime.now(UTC)
    with timed() as spent, smtplib.SMTP("127.0.0.1", port) as server:
        for reader in readers:
            body = template.compose(_recipient(reader, edition, "0" * 32, now))
            server.sendmail(_SENDER, [reader.address], body)
    return len(readers) / spent.seconds, spent.cpu_s * 1000 / len(readers)


def _ours(
    port: int,
    readers: list[Subscriber],
    edition: Edition,
    template: LetterTemplate,
    size: Size,
    folder: Path,
) -> tuple[float, float]:
    now = datetime.now(UTC)

    def compose(addressed: Addressed, moment: datetime) -> Mail:
        reader = addressed.subscriber
        assert reader is not None
        row = addressed.delivery
        body = template.fill(_recipient(reader, edition, row.id, moment))
        return Mail(row.id, _SENDER, reader.address, body)

    server = SmtpServer(
        "127.0.0.1",
        port,
        security="plaintext",
        connections=size.connections,
        messages_a_connection=100_000,
    )
    with SqliteStore(folder / "ledger.db") as store:
        for reader in readers:
            change = Change(subscriber=reader)
            store.change_by_address("daily", reader.address, "", lambda *_: change)  # noqa: B023
        kit = MailKit(
            store=store,
            channel=Smtp(server),
            compose=compose,
            policy=Policy(),
            suppression_key_of=lambda address: address,
            clock=lambda: datetime.now(UTC),
            sleep=time.sleep,
        )
        freeze(kit, _ISSUE, [_row(one, edition, now) for one in readers], now)
        with timed() as spent:
            report = send_due(kit)
    assert report.sent == len(readers), report
    return len(readers) / spent.seconds, spent.cpu_s * 1000 / len(readers)


def _count(port: int) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as talk:
        lines = talk.makefile("rwb")
        lines.readline()
        lines.write(b"XCOUNT\r\nQUIT\r\n")
        lines.flush()
        return int(lines.readline().split()[1])
