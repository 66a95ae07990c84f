"""What every store must do for subscribers, consent, suppressions and caps."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.domain.audience import (
    Change,
    ConsentEvent,
    ConsentKind,
    Preferences,
    Subscriber,
    SubscriberState,
    Suppression,
    SuppressionReason,
)
from briefing.domain.delivery import Delivery, Letter
from briefing.ports import Cap, ListCounts
from briefing.store import SqliteStore
from tests.blank import blank
from tests.builders import NOW

READER = Subscriber(
    id="abcdefghijk",
    digest_id="daily",
    address="Reader@mail.example",
    state=SubscriberState.ACTIVE,
    preferences=Preferences(topics=("ai",), interests=("chips, and more",)),
    created_at=NOW,
    confirmed_at=NOW,
)
KEY = "key of the address"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(blank(tmp_path / "a.db")) as opened:
        yield opened


def put(store: SqliteStore, reader: Subscriber = READER, **parts: object) -> None:
    change = Change(subscriber=reader, **parts)  # type: ignore[arg-type]
    store.change_by_address(
        reader.digest_id, reader.address, KEY, lambda _row, _held: change
    )


def event(kind: ConsentKind, reader: Subscriber = READER) -> ConsentEvent:
    return ConsentEvent(reader.id, kind, NOW, "wording", "token", "192.0.2.1")


def letter(reader: Subscriber = READER, **changes: object) -> Delivery:
    base = Delivery(
        id="1" * 32,
        letter=Letter.CONFIRM,
        channel="mail",
        subscriber_id=reader.id,
        due_at=NOW,
        expires_at=NOW + timedelta(days=1),
        created_at=NOW,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_a_subscriber_comes_back_as_it_was(store: SqliteStore) -> None:
    put(store)

    assert store.subscriber(READER.id) == READER
    assert store.subscriber_by_address("daily", "READER@MAIL.example") == READER
    assert store.subscriber_by_address("weekly", READER.address) is None
    assert store.subscriber("nobody") is None


def test_a_decision_sees_the_row_and_the_suppression(store: SqliteStore) -> None:
    put(store)
    held = Suppression(KEY, SuppressionReason.MANUAL, NOW, "by phone")
    store.suppress(held)
    seen: list[object] = []

    def look(row: Subscriber | None, found: Suppression | None) -> None:
        seen.append((row, found))

    store.change_by_address("daily", "reader@mail.example", KEY, look)
    store.change_by_id(READER.id, lambda _address: KEY, look)
    store.change_by_id("nobody", lambda _address: KEY, look)

    assert seen == [(READER, held), (READER, held), (None, None)]


def test_a_decision_is_written_whole_or_not_at_all(store: SqliteStore) -> None:
    broken = Change(
        subscriber=READER,
        events=(event(ConsentKind.ASKED),),
        # The last part cannot be written, after the others were.
        letters=(letter(letter=None),),
    )

    with pytest.raises(AttributeError):
        store.change_by_address("daily", READER.address, KEY, lambda *_: broken)

    assert store.subscriber(READER.id) is None
    assert store.consents(READER.id) == ()


def test_an_error_in_a_decision_leaves_everything(store: SqliteStore) -> None:
    put(store)

    def fail(_row: object, _held: object) -> None:
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        store.change_by_id(READER.id, lambda _: KEY, fail)
    put(store, replace(READER, epoch=1))

    assert store.subscriber(READER.id) == replace(READER, epoch=1)


def test_a_letter_with_a_known_id_is_not_queued_twice(store: SqliteStore) -> None:
    put(store, letters=(letter(),))
    put(store, letters=(letter(reason="again"),))

    assert store.deliveries() == (letter(),)
    assert store.deliveries_to(READER.id) == (letter(),)


def test_readers_are_listed_by_state_and_counted(store: SqliteStore) -> None:
    for number in range(504):
        put(
            store,
            replace(
                READER,
                id=f"reader{number:05}",
                address=f"r{number}@mail.example",
                state=list(SubscriberState)[number % 3],
                # Many in the same second: the id decides between them.
                created_at=NOW + timedelta(seconds=number // 100),
            ),
        )

    every = [one.id for one in store.subscribers("daily")]
    active = list(store.subscribers("daily", state=SubscriberState.ACTIVE))

    assert every == [f"reader{number:05}" for number in range(504)]
    assert len(active) == 168
    assert {one.state for one in active} == {SubscriberState.ACTIVE}
    assert store.count_subscribers("daily") == ListCounts(168, 168, 168)
    assert store.count_subscribers("other") == ListCounts(0, 0, 0)


def test_the_consent_log_is_only_added_to(store: SqliteStore, tmp_path: Path) -> None:
    put(store, events=(event(ConsentKind.ASKED),))
    put(store, events=(event(ConsentKind.CONFIRMED),))

    assert store.consents(READER.id) == (
        event(ConsentKind.ASKED),
        event(ConsentKind.CONFIRMED),
    )
    for statement in ("UPDATE consents SET kind = 'x'", "DELETE FROM consents"):
        other = sqlite3.connect(tmp_path / "a.db")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            other.execute(statement)
        other.close()
    assert len(store.consents(READER.id)) == 2


def test_who_is_forgotten_is_in_no_file(store: SqliteStore, tmp_path: Path) -> None:
    other = replace(READER, id="lmnopqrstuv", address="other@mail.example")
    put(store, other, events=(event(ConsentKind.ASKED, other),))
    put(store, events=(event(ConsentKind.ASKED),), letters=(letter(),))
    edition = letter(
        id="2" * 32, letter=Letter.EDITION, issue_id="daily-1", edition_id="e"
    )
    store.freeze_audience([edition], now=NOW)

    store.forget_subscriber(READER.id)

    assert store.subscriber(READER.id) is None
    assert store.consents(READER.id) == ()
    (left,) = store.deliveries()
    assert left == replace(edition, subscriber_id="")
    assert store.tally("daily-1").frozen == 1
    assert store.subscriber(other.id) == other
    assert len(store.consents(other.id)) == 1
    for file in tmp_path.iterdir():
        assert b"Reader@mail" not in file.read_bytes()
        assert READER.id.encode() not in file.read_bytes()


def test_only_those_who_never_confirmed_are_purged(store: SqliteStore) -> None:
    for number, state in enumerate(SubscriberState):
        for age in (1, 40):
            put(
                store,
                replace(
                    READER,
                    id=f"reader{number}-{age:03}",
                    address=f"r{number}-{age}@mail.example",
                    state=state,
                    created_at=NOW - timedelta(days=age),
                ),
            )

    assert store.purge_pending(before=NOW - timedelta(days=30)) == 1

    assert store.count_subscribers("daily") == ListCounts(1, 2, 2)


def test_a_harder_reason_stays(store: SqliteStore) -> None:
    soft = Suppression(KEY, SuppressionReason.UNSUBSCRIBED, NOW)
    hard = Suppression(KEY, SuppressionReason.COMPLAINT, NOW, "by the provider")
    store.suppress(soft)
    store.suppress(hard)
    store.suppress(replace(soft, since=NOW + timedelta(days=1)))

    assert store.suppression(KEY) == hard
    assert store.suppressions() == (hard,)
    assert store.lift_suppression(KEY)
    assert not store.lift_suppression(KEY)
    assert store.suppression(KEY) is None


def test_caps_count_all_or_nothing_in_sliding_windows(store: SqliteStore) -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    mine = [Cap("a", 1, hour), Cap("a", 2, day)]

    assert store.within_caps([*mine, Cap("all", 9, day)], now=NOW)
    assert not store.within_caps([*mine, Cap("all", 2, day)], now=NOW)
    assert store.within_caps([Cap("all", 2, day)], now=NOW)
    assert not store.within_caps([Cap("all", 2, day)], now=NOW)
    assert store.within_caps(mine, now=NOW + hour)
    assert not store.within_caps(mine, now=NOW + 3 * hour)
    assert store.within_caps(mine, now=NOW + day)


def test_caps_outlive_a_restart(tmp_path: Path) -> None:
    caps = [Cap("a", 1, timedelta(hours=1))]
    answers = []
    for _ in range(2):
        with SqliteStore(tmp_path / "a.db") as store:
            answers.append(store.within_caps(caps, now=NOW))

    assert answers == [True, False]
