"""Each chat gets each edition once, by a row of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing import announcing
from briefing.deliver.webhook import Webhook
from briefing.domain.delivery import Delivery, DeliveryState, Letter
from briefing.posts import LEASE, PostKit, PostReport, post_due
from briefing.render.json import json_renderer
from briefing.settings import parse
from briefing.store import SqliteStore
from tests.blank import blank
from tests.deliver.chat import HOST, Chat, Reply, chat
from tests.render import builders

NOW = datetime(2026, 5, 26, 6, 0, tzinfo=UTC)
ISSUE = "daily-2026-05-26"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    edition = builders.edition()
    with SqliteStore(blank(tmp_path / "briefing.db")) as opened:
        opened.publish_edition(edition, json_renderer()(edition), now=NOW)
        yield opened


def row(name: str = "team", **changes: object) -> Delivery:
    base = Delivery(
        id=name.ljust(32, "0"),
        letter=Letter.EDITION,
        channel=name,
        subscriber_id="",
        due_at=NOW,
        expires_at=NOW + timedelta(hours=12),
        created_at=NOW,
        issue_id=ISSUE,
        edition_id=builders.edition().id,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def run(
    store: SqliteStore,
    running: Chat,
    clock: Clock | None = None,
    *,
    names: tuple[str, ...] = ("team",),
    holds: bool = False,
) -> PostReport:
    with running.http(total_s=2.0) as http:
        kit = PostKit(
            ledger=store,
            archive=store,
            posters={
                name: Webhook(name=name, kind="json", url=f"{HOST}/{name}", http=http)
                for name in names
            },
            base_url="https://news.example",
            holds=holds,
            clock=clock or Clock(),
        )
        return post_due(kit)


def kept(store: SqliteStore) -> Delivery:
    (found,) = store.deliveries()
    return found


def test_an_edition_is_posted_once_to_each_chat(store: SqliteStore) -> None:
    store.freeze_audience([row("news"), row("team")], now=NOW)
    with chat() as running:
        first = run(store, running, names=("news", "team"))
        again = store.freeze_audience([row("news"), row("team")], now=NOW)
        second = run(store, running, names=("news", "team"))

    assert first == PostReport(sent=(("news", ISSUE), ("team", ISSUE)))
    assert (again, second) == (0, PostReport())
    assert [path for path, _, _ in running.posts] == ["/news", "/team"]
    assert running.bodies[0]["title"] == "The Daily Briefing"
    assert store.tally(ISSUE).sent == 2


def test_a_chat_that_asks_to_wait_is_waited_for(store: SqliteStore) -> None:
    store.freeze_audience([row()], now=NOW)
    clock = Clock()
    with chat(Reply(429, b"", {"Retry-After": "700"}), Reply()) as running:
        first = run(store, running, clock)
        clock.now = NOW + timedelta(seconds=699)
        early = run(store, running, clock)
        clock.now = NOW + timedelta(seconds=700)
        late = run(store, running, clock)

    assert first == PostReport(waiting=(("team", ISSUE, "deferred"),))
    assert (early, late) == (PostReport(), PostReport(sent=(("team", ISSUE),)))
    assert (kept(store).attempts, kept(store).code) == (2, "HTTP 200")


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (301, "redirect"),
        (308, "redirect"),
        (400, "refused"),
        (401, "no_right"),
        (403, "no_right"),
        (404, "gone"),
        (410, "gone"),
    ],
)
def test_a_refusal_that_stays_is_given_up(
    store: SqliteStore, status: int, reason: str
) -> None:
    store.freeze_audience([row()], now=NOW)
    with chat(Reply(status, b"", {"Location": "/x"})) as running:
        report = run(store, running)

    assert report == PostReport(failed=(("team", ISSUE, reason),))
    assert (kept(store).state, kept(store).code) == ("failed", f"HTTP {status}")
    assert len(running.posts) == 1


def test_waits_grow_while_a_server_is_ill(store: SqliteStore) -> None:
    store.freeze_audience([row()], now=NOW)
    clock, waits = Clock(), []
    with chat(Reply(503)) as running:
        for _ in range(5):
            run(store, running, clock)
            next_at = kept(store).next_at
            assert next_at is not None
            waits.append((next_at - clock.now) // timedelta(minutes=1))
            clock.now = next_at

    assert waits == [1, 5, 15, 60, 60]


def test_a_post_that_is_too_late_expires(store: SqliteStore) -> None:
    store.freeze_audience([row(expires_at=NOW)], now=NOW)
    with chat() as running:
        report = run(store, running)

    assert (report, running.posts) == (PostReport(), [])
    assert kept(store).state is DeliveryState.EXPIRED


@pytest.mark.parametrize(
    ("holds", "state"),
    [(False, DeliveryState.PENDING), (True, DeliveryState.UNCERTAIN)],
)
def test_what_may_have_arrived_follows_the_policy(
    store: SqliteStore, holds: bool, state: DeliveryState
) -> None:
    store.freeze_audience([row()], now=NOW)
    with chat(Reply(hangs_up=True)) as running:
        run(store, running, holds=holds)

    assert (kept(store).state, kept(store).reason) == (state, "closed")


def test_a_server_that_is_not_there_costs_no_attempt(store: SqliteStore) -> None:
    store.freeze_audience([row()], now=NOW)
    with chat() as running:
        pass
    run(store, running)

    assert (kept(store).state, kept(store).attempts) == (DeliveryState.PENDING, 0)
    assert kept(store).next_at == NOW + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"channel": "other"}, "no_such_webhook"),
        ({"edition_id": "daily-default-2020-01-01"}, "no_edition"),
    ],
)
def test_a_row_that_nothing_fits_is_given_up_and_costs_no_other(
    store: SqliteStore, changes: dict[str, object], reason: str
) -> None:
    odd = row(id="0" * 32, **changes)
    store.freeze_audience([odd, row()], now=NOW)
    with chat() as running:
        report = run(store, running)

    assert report.failed == ((odd.channel, ISSUE, reason),)
    assert report.sent == (("team", ISSUE),)


def test_a_row_on_its_way_is_claimed_by_nobody_else(store: SqliteStore) -> None:
    store.freeze_audience([row()], now=NOW)
    store.claim_post(now=NOW, lease_until=NOW + LEASE)
    with chat() as running:
        run(store, running)

    assert running.posts == []


def test_the_webhooks_of_the_settings_are_opened(store: SqliteStore) -> None:
    store.freeze_audience([row(due_at=NOW)], now=NOW)
    with chat() as running:
        chosen = parse(
            '[[webhooks]]\nname = "team"\nkind = "slack"\n'
            f'[http.connect_to]\n"chat.example" = "127.0.0.1:{running.port}"\n',
            folder=Path(),
            environment={"BRIEFING_WEBHOOK_TEAM": f"{HOST}/hook"},
        )
        with announcing.open_posts(chosen, store) as kit:
            post_due(replace(kit, clock=Clock()))

    assert running.bodies[0]["text"].startswith("*<http://127.0.0.1:8000/2026-05-26/|")
