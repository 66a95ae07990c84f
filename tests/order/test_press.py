"""The wired press: folders, notes, one at a time, broken off and gone on with."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from briefing import app, settings
from briefing.domain.audience import SubscriberState
from briefing.engine.inline import only_one
from briefing.errors import StoreError
from briefing.serving.press import HaltedError, IssuePress, plan_of
from briefing.settings import Settings
from briefing.store import SqliteStore
from tests.blank import blank
from tests.conftest import quiet
from tests.order.issues import (
    DAY,
    DIGEST,
    NOW,
    edition,
    enlist,
    reader,
    rows,
    tell_all,
    weekly_reader,
)


def chosen_of(folder: Path, text: str = "") -> Settings:
    return replace(settings.parse(text, folder=folder, environment={}), digest=DIGEST)


def press_of(chosen: Settings, store: SqliteStore, **more: object) -> IssuePress:
    return IssuePress(chosen, store, clock=lambda: NOW, **more)  # type: ignore[arg-type]


def test_the_edition_of_everybody_is_a_folder_and_readers_editions_are_not(
    tmp_path: Path,
) -> None:
    chosen = chosen_of(tmp_path)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "2026-05-26.md").write_text("Good *morning*.")
    with SqliteStore(blank(chosen.store)) as store:
        tell_all(store)
        enlist(store, reader(1, topics=("chips",)), reader(2))

        issued = press_of(chosen, store).daily(DAY)

        own = rows(store, "daily-2026-05-26")["reader00001"].edition_id
        files = [file.path for file in store.frozen_files(own)]
        assert [path.name for path in chosen.output.iterdir()] == ["2026-05-26"]
        assert (issued.editions, issued.rows) == (1, 2)
        assert "<em>morning</em>" in edition(store, own).note
        assert files == [
            "audit/documents.jsonl",
            "audit/sha256.txt",
            "edition.json",
            "report.json",
        ]


def test_a_stop_breaks_an_issue_off_and_the_next_press_goes_on(tmp_path: Path) -> None:
    chosen, stop = chosen_of(tmp_path), threading.Event()

    def after_two(stage: str, done: int, _total: int) -> None:
        if (stage, done) == ("write", 2):
            stop.set()

    with SqliteStore(blank(chosen.store)) as store:
        tell_all(store)
        enlist(store, reader(1))
        with pytest.raises(HaltedError):
            press_of(chosen, store, stop=stop, progress=after_two).daily(DAY)
        begun = store.last_runs()
        before = rows(store, "daily-2026-05-26")

        issued = press_of(chosen, store).daily(DAY)

        assert before == {}
        assert issued.rows == 1
        assert [one.id for one in store.last_runs()] == [one.id for one in begun]


def test_an_issue_waits_for_another_run_on_the_store(tmp_path: Path) -> None:
    chosen = chosen_of(tmp_path)
    with SqliteStore(blank(chosen.store)) as store:
        press = press_of(chosen, store)

        with only_one(chosen.store.with_suffix(".lock")):
            for make in (press.daily, press.weekly):
                with pytest.raises(StoreError, match="another run"):
                    make(DAY)


def test_a_week_is_frozen_without_a_folder(tmp_path: Path) -> None:
    chosen = chosen_of(tmp_path)
    with SqliteStore(blank(chosen.store)) as store:
        tell_all(store)
        enlist(store, weekly_reader(1, DAY.weekday()))
        press = press_of(chosen, store)
        press.daily(DAY)

        issued = press.weekly(DAY)

        assert issued.rows == 1
        assert store.revisions("daily-weekly-default-2026-05-26")
        assert [path.name for path in chosen.output.iterdir()] == ["2026-05-26"]


def test_who_never_confirmed_is_forgotten_after_a_month(tmp_path: Path) -> None:
    chosen = chosen_of(tmp_path)
    with SqliteStore(blank(chosen.store)) as store:
        old = replace(
            reader(1),
            state=SubscriberState.PENDING,
            created_at=NOW - timedelta(days=31),
        )
        enlist(store, old, reader(2))
        press = press_of(chosen, store)

        assert press.tidy() == "readers.forgotten never_confirmed=1"
        assert press.tidy() == ""
        assert press.counts().active == 1


def test_the_plan_is_that_of_the_settings(tmp_path: Path) -> None:
    text = '[schedule]\nat = "05:30"\ndays = ["sunday", "monday"]\n'

    plan = plan_of(chosen_of(tmp_path, text))

    assert (plan.digest_id, plan.zone) == ("daily", "Europe/Berlin")
    assert (f"{plan.at:%H:%M}", plan.days) == ("05:30", (0, 6))


def test_a_run_by_hand_makes_readers_editions_and_mails_nobody(tmp_path: Path) -> None:
    chosen = chosen_of(tmp_path)
    with SqliteStore(blank(chosen.store)) as store:
        tell_all(store)
        enlist(store, reader(1, topics=("chips",)), weekly_reader(2, DAY.weekday()))

        made, _ = app.make_edition(chosen, moment=NOW, progress=quiet)

        ids = store.edition_ids()
        assert made.report.failures == ()
        assert len(ids) == 3
        assert {"daily-default-2026-05-26", "daily-weekly-default-2026-05-26"} < set(
            ids
        )
        assert rows(store, "daily-2026-05-26") == {}


def test_a_run_for_another_day_makes_nothing_for_readers(tmp_path: Path) -> None:
    chosen = chosen_of(tmp_path)
    with SqliteStore(blank(chosen.store)) as store:
        tell_all(store)
        enlist(store, reader(1, topics=("chips",)))

        app.make_edition(
            chosen, moment=NOW, edition_date=DAY - timedelta(days=1), progress=quiet
        )

        assert store.edition_ids() == ("daily-default-2026-05-25",)
