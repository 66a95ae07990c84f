"""A killed run goes on where it was, and its edition is the one of a whole run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefing import app, run, settings
from briefing.domain.brief import Draft
from briefing.domain.story import Story
from briefing.run import Kit, Made
from briefing.sample.content import (
    Answer,
    SampleDay,
    all_days,
    sample_days,
    settings_text,
)
from briefing.sample.server import SampleServer
from tests.conftest import Demo, quiet
from tests.parsers import parsers


class ListeningServer(SampleServer):
    """Counts what was asked on each day."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: Counter[str] = Counter()

    def answer(self, host: str, target: str) -> Answer:
        self.asked[f"{host}{target}"] += 1
        return super().answer(host, target)


class Killer:
    """A progress that is Ctrl-C after so many steps of a stage, once each."""

    def __init__(self, *moments: tuple[str, int]) -> None:
        self.left = list(moments)

    def __call__(self, stage: str, done: int, _total: int) -> None:
        if (stage, done) in self.left:
            self.left.remove((stage, done))
            raise KeyboardInterrupt


@contextmanager
def kit_of(server: SampleServer, folder: Path, progress: run.Progress) -> Iterator[Kit]:
    text = settings_text(server.address)
    chosen = settings.parse(text, folder=folder, environment={})
    with app.open_kit(
        replace(chosen, store=folder / "b.db"), progress, isolate=parsers()
    ) as kit:
        yield kit


def test_runs_that_are_killed_publish_what_whole_ones_do(
    demo: Demo, tmp_path: Path
) -> None:
    """Two days as the sample tells them, in an own store; the first is killed."""
    first, second = sample_days()[:2]
    killer = Killer(("poll", 9), ("read", 4), ("write", 2))
    written: list[str] = []
    runs = 0

    def go_on(server: SampleServer, day: SampleDay) -> Made:
        nonlocal runs
        runs += 1
        with kit_of(server, tmp_path, killer) as kit:

            def write(story: Story, edition_date: date) -> Draft:
                written.append(story.id)
                return kit.write(story, edition_date)

            return run.make_edition(replace(kit, write=write), day.date, day.now)

    def tell_history(server: SampleServer, since: date, until: date) -> None:
        for day in all_days():
            if since <= day.date < until and not day.has_edition:
                server.day = day.date
                with kit_of(server, tmp_path, quiet) as kit:
                    rankings = tuple(one for one in kit.sources if one.ranking)
                    run.gather_only(replace(kit, sources=rankings), day.now)
        server.day = until

    with ListeningServer() as server:
        tell_history(server, date.min, first.date)
        server.asked.clear()
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                go_on(server, first)
        made = go_on(server, first)
        asked, told = server.asked.copy(), Counter(written)
        tell_history(server, first.date, second.date)
        after = go_on(server, second)

    assert (killer.left, runs) == ([], 5)
    assert {file.path: file.body for file in made.files} == demo.files("2026-05-18")
    assert {file.path: file.body for file in after.files} == demo.files("2026-05-25")
    # A step that had begun when the key was pressed ends; the others wait. The slow
    # host is asked twice by the client itself.
    pages = {key: n for key, n in asked.items() if "robots.txt" not in key}
    assert {key for key, n in pages.items() if n > 1} <= {"slowtide.example/feed.xml"}
    assert [one for one, n in told.items() if n > 1] == []


def test_a_bug_stops_the_run_with_its_traceback_and_the_next_goes_on(
    tmp_path: Path,
) -> None:
    day = sample_days()[0]

    def broken(_story: Story, _edition_date: date) -> Draft:
        raise ZeroDivisionError("a bug")

    with SampleServer() as server:
        with kit_of(server, tmp_path, quiet) as kit:
            with pytest.raises(ZeroDivisionError):
                run.make_edition(replace(kit, write=broken), day.date, day.now)
            (killed,) = kit.store.last_runs()
        with kit_of(server, tmp_path, quiet) as kit:
            made = run.make_edition(kit, day.date, day.now)
            (finished,) = kit.store.last_runs()

    assert killed.finished_at is None
    assert finished.id == killed.id == made.report.run_id
    assert finished.finished_at == day.now
    assert not made.was_frozen
