"""briefing send and deliveries: what leaves, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from briefing import settings
from briefing.domain.audience import Preferences, Subscriber, SubscriberState
from briefing.domain.delivery import DeliveryState, Letter
from briefing.membership import make_tokens
from briefing.ports import Change
from briefing.store import SqliteStore
from tests import smtp_server
from tests.blank import blank
from tests.builders import NOW
from tests.cli.calling import Said, call
from tests.readers import delivery, reader
from tests.site import published
from tests.smtp_server import Plan, Script

DAY = "2026-05-25"
ISSUE = f"daily-{DAY}"
SETTINGS = """
[digest]
id = "daily"
title = "The Daily"

[site]
base_url = "https://daily.example"

[mail]
sender = "desk@daily.example"
"""


class Desk:
    """A folder with settings, a store of editions, and the command line."""

    def __init__(self, folder: Path, more: str = "") -> None:
        self.folder = folder
        self.config = folder / "briefing.toml"
        self.write(more)
        with SqliteStore(blank(folder / "briefing.db")) as store:
            published.fill(store)

    def write(self, more: str) -> None:
        self.config.write_text(SETTINGS + more)

    def __call__(self, *arguments: object, now: str = "2026-05-25T09:00:00Z") -> Said:
        return call(*arguments, "--config", self.config, "--now", now)

    @property
    def store(self) -> SqliteStore:
        return SqliteStore(self.folder / "briefing.db")

    def add(self, *readers: Subscriber) -> None:
        chosen = settings.parse(
            self.config.read_text(), folder=self.folder, environment={}
        )
        key = make_tokens(chosen).suppression_key
        with self.store as store:
            for one in readers:
                store.change_by_address(
                    "daily",
                    one.address,
                    key(one.address),
                    lambda _row, _held, one=one: Change(subscriber=one),
                )

    def mails(self) -> list[bytes]:
        return [
            one.read_bytes() for one in sorted((self.folder / "outbox").glob("*.eml"))
        ]


def early(number: int, **changes: object) -> Subscriber:
    """A reader who joined the day before and reads at seven."""
    before = NOW - timedelta(days=3)
    return replace(
        reader(number),
        confirmed_at=before,
        created_at=before,
        **changes,  # type: ignore[arg-type]
    )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.add(early(0), early(1))
    return made


def headers(mail: bytes) -> dict[str, str]:
    return dict(message_from_bytes(mail).items())


def test_an_edition_goes_to_its_readers_once(desk: Desk) -> None:
    first = desk("send", "--edition", DAY)
    second = desk("send", "--edition", DAY)

    assert (first.code, second.code) == (0, 0)
    assert "2 sent, 0 failed" in first.out
    assert "0 sent" in second.out
    to = {headers(one)["To"] for one in desk.mails()}
    assert to == {"reader0@post0.example", "reader1@post1.example"}


def test_each_letter_has_its_readers_own_links_and_the_id_of_its_row(
    desk: Desk,
) -> None:
    desk("send", "--edition", DAY)

    with desk.store as store:
        ids = {row.id for row in store.deliveries(issue_id=ISSUE)}
    found = [headers(one) for one in desk.mails()]
    assert {one["Message-ID"] for one in found} == {
        f"<{one}@daily.example>" for one in ids
    }
    assert {path.stem for path in (desk.folder / "outbox").iterdir()} == ids
    links = {one["List-Unsubscribe"] for one in found}
    assert len(links) == 2
    assert all(one.startswith("<https://daily.example/u/") for one in links)


def test_the_newest_revision_is_what_goes(desk: Desk) -> None:
    desk("send", "--edition", DAY)

    with desk.store as store:
        rows = store.deliveries(issue_id=ISSUE)
    assert {row.revision for row in rows} == {2}
    assert published.NEW_HEADLINE.split(" leads ")[1] in desk.mails()[0].decode()


def test_a_correction_is_mailed_only_on_purpose(desk: Desk) -> None:
    with desk.store as store:
        old = [delivery(early(0), issue_id=ISSUE, edition_id=f"daily-default-{DAY}")]
        rows = [replace(one, due_at=NOW - timedelta(days=1, hours=1)) for one in old]
        store.freeze_audience(rows, now=NOW)
    desk("send")

    again = desk("send", "--edition", DAY)
    fixed = desk("send", "--edition", DAY, "--correction")

    with desk.store as store:
        tally = store.tally(ISSUE)
    assert "1 sent" in again.out  # the other reader, for the first time
    assert "1 sent" in fixed.out
    assert (tally.frozen, tally.sent) == (3, 3)


def test_who_reads_later_waits_for_their_time(desk: Desk) -> None:
    desk.add(early(2, preferences=Preferences(timezone="America/New_York")))

    said = desk("send", "--edition", DAY)

    assert "2 sent" in said.out
    assert "1 waiting, next at 2026-05-25 11:00 UTC" in said.out
    later = desk("send", now="2026-05-25T11:00:01Z")
    assert "1 sent" in later.out


def test_an_edition_of_its_own_goes_to_its_reader_else_everybodys(desk: Desk) -> None:
    chosen = Preferences(topics=("ai",), interests=("chips",))
    desk.add(early(3, preferences=chosen))

    desk("send", "--edition", DAY)

    with desk.store as store:
        found = {row.subscriber_id: row.edition_id for row in store.deliveries()}
    assert found["reader00003"] == f"daily-default-{DAY}"


def test_a_dry_run_writes_and_sends_nothing(desk: Desk) -> None:
    said = desk("send", "--edition", DAY, "--dry-run")
    as_json = desk("send", "--edition", DAY, "--dry-run", "--json").json

    assert said.code == 0
    assert "2 readers would be added" in said.out
    assert "2 would leave at once" in said.out
    assert as_json["issues"][0]["new"] == 2
    assert as_json["channel"] == "outbox"
    assert desk.mails() == []
    with desk.store as store:
        assert store.deliveries() == ()


def test_a_test_copy_stands_in_no_ledger_and_on_no_list(desk: Desk) -> None:
    said = desk("send", "--edition", DAY, "--to", "me@house.example")
    newest = desk("send", "--to", "me@house.example")

    assert said.code == 0
    assert f"Test copy of daily-default-{DAY} to me@house.example: sent" in said.out
    assert "daily-default-2026-05-26" in newest.out
    assert {headers(one)["To"] for one in desk.mails()} == {"me@house.example"}
    with desk.store as store:
        assert store.deliveries() == ()
        assert store.subscriber_by_address("daily", "me@house.example") is None


def test_seeds_get_every_issue_in_the_ledger_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path, 'seeds = ["seed@house.example"]\n')
    desk.add(early(0))

    desk("send", "--edition", DAY)
    desk("send", "--edition", DAY)

    to = sorted((one["To"], one["Archived-At"]) for one in map(headers, desk.mails()))
    assert to == [
        ("reader0@post0.example", f"<https://daily.example/{DAY}/>"),
        ("seed@house.example", f"<https://daily.example/{DAY}/>"),
        ("seed@house.example", f"<https://daily.example/week/{DAY}/>"),
    ]


def test_seeds_get_an_issue_that_was_frozen_elsewhere(tmp_path: Path) -> None:
    desk = Desk(tmp_path, 'seeds = ["seed@house.example"]\n')
    desk.add(early(0))
    row = delivery(early(0), issue_id=ISSUE, edition_id=f"daily-default-{DAY}")
    with desk.store as store:
        store.freeze_audience([row], now=NOW)

    desk("send", now="2026-05-26T06:30:00Z")

    to = sorted(headers(one)["To"] for one in desk.mails())
    assert to == ["reader0@post0.example", "seed@house.example"]


@pytest.mark.parametrize(
    ("letter", "page"),
    [(Letter.CONFIRM, "c"), (Letter.EXPORT, "x"), (Letter.DELETE, "d")],
)
def test_a_service_letter_leads_to_its_page(
    desk: Desk, letter: Letter, page: str
) -> None:
    asking = early(9, state=SubscriberState.PENDING)
    desk.add(asking)
    row = delivery(asking, letter=letter, issue_id="", edition_id="")
    with desk.store as store:
        store.freeze_audience([row], now=NOW)

    desk("send", now="2026-05-26T06:30:00Z")

    (mail,) = desk.mails()
    text = message_from_bytes(mail)
    body = "".join(
        part.get_payload(decode=True).decode()  # type: ignore[union-attr]
        for part in text.walk()
        if part.get_content_type() == "text/plain"
    )
    assert f"https://daily.example/{page}/" in body
    assert text["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("--edition", "2026-01-01"),
        ("--edition", "May"),
        ("--correction",),
        ("--to", "nobody"),
        ("--to", "me@house.example", "--dry-run"),
    ],
)
def test_a_wish_that_cannot_be_met_says_what_to_do(
    desk: Desk, arguments: tuple[str, ...]
) -> None:
    said = desk("send", *arguments)

    assert said.code == 2
    assert "hint:" in said.err


def test_by_smtp_each_failure_is_counted_shown_and_tried_again(tmp_path: Path) -> None:
    plans = {
        "reader1@post1.example": [Plan(rcpt="550 5.7.1 blocked"), Plan()],
        "reader2@post2.example": [Plan(rcpt="550 5.1.1 unknown")],
    }
    with smtp_server.SmtpServer(Script(plans=plans)) as server:
        desk = Desk(
            tmp_path,
            'channel = "smtp"\n[smtp]\nhost = "127.0.0.1"\nsecurity = "plaintext"\n'
            f"port = {server.port}\n",
        )
        desk.add(early(0), early(1), early(2))

        sent = desk("send", "--edition", DAY)
        shown = desk("deliveries")
        failed = desk("deliveries", ISSUE, "--who", "failed")
        retried = desk("deliveries", ISSUE, "--who", "failed", "--retry")
        again = desk("send")

    assert sent.code == 1
    assert "1 sent, 2 failed" in sent.out
    assert f"{ISSUE} failed: 1 550 5.1.1, 1 550 5.7.1" in shown.out
    assert "reader1@post1.example" in failed.out
    assert "2 rows wait again" in retried.err
    assert "1 sent, 0 failed" in again.out
    with desk.store as store:
        tally = store.tally(ISSUE)
    assert (tally.frozen, tally.sent) == (3, 2)
    assert tally.skipped == (("suppressed", 1),)


def test_a_server_that_wants_a_login_stops_and_says_how(tmp_path: Path) -> None:
    with smtp_server.SmtpServer(Script(login=("desk", "x"))) as server:
        desk = Desk(
            tmp_path,
            'channel = "smtp"\n[smtp]\nhost = "127.0.0.1"\nsecurity = "plaintext"\n'
            f"port = {server.port}\n",
        )
        desk.add(early(0))

        said = desk("send", "--edition", DAY)

    assert said.code == 3
    assert "BRIEFING_SMTP_PASSWORD" in said.err


def test_deliveries_account_for_every_row_in_json_too(desk: Desk) -> None:
    desk("send", "--edition", DAY)

    found = desk("deliveries", ISSUE, "--who", "sent", "--json").json

    (tally,) = found["issues"]
    assert (tally["frozen"], tally["sent"]) == (2, 2)
    assert {row["state"] for row in found["rows"]} == {DeliveryState.SENT.value}


def test_nothing_sent_yet_says_how_to_begin(desk: Desk) -> None:
    said = desk("deliveries")
    unknown = desk("deliveries", "daily-1999-01-01")

    assert (said.code, unknown.code) == (0, 2)
    assert "briefing send --edition" in said.out
