"""A ranking whose keys have changed is not taken: the last good snapshot stays."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from briefing import app, run, settings
from briefing.gathering import Gathered
from tests.builders import NOW
from tests.conftest import quiet
from tests.parsers import parsers
from tests.web import Page, web

URL = "http://board.example/usage"
SETTINGS = f"""\
[http]
spacing_s = 0

[[sources]]
id = "usage"
kind = "ranking"
url = "{URL}"
publisher = "Usage Board (sample)"
cadence_hours = 720

[sources.ranking]
rows = "data"
key = "slug"
label = "slug"
value = "tokens"
as_of = "as_of"
metric = "tokens processed"
unit = "token"
"""


def served(keys: str, day: int) -> Page:
    rows = [{"slug": key, "tokens": 100 - place} for place, key in enumerate(keys)]
    body = json.dumps({"as_of": f"2026-05-{day:02}", "data": rows})
    return Page(body.encode(), headers={"Content-Type": "application/json"})


def gathered(folder: Path, keys: str, week: int, text: str = SETTINGS) -> Gathered:
    """What one run of that week gathers, from a page with these items."""
    with web({URL: served(keys, 1 + 7 * week)}) as net:
        read = settings.parse(text, folder=folder, environment={})
        http = replace(read.http, connect_to=net.connect_to)
        with app.open_kit(replace(read, http=http), quiet, isolate=parsers()) as kit:
            moment = NOW + timedelta(days=7 * week)
            return run.gather(kit, f"run-{week}", moment)


def tops(folder: Path) -> list[str]:
    """The items of every kept snapshot, newest first."""
    read = settings.parse(SETTINGS, folder=folder, environment={})
    with app.open_kit(read, quiet) as kit:
        kept = kit.store.snapshots("usage", until=NOW + timedelta(days=99))
    return ["".join(row.key for row in one.rows) for one in kept]


def test_mostly_unknown_items_are_a_failed_read(tmp_path: Path) -> None:
    gathered(tmp_path, "abcdefgh", 0)
    strange = gathered(tmp_path, "stuvwxyz", 1)

    (problem,) = strange.problems
    assert (problem.reason, problem.is_failure) == ("strange_rows", True)
    assert "100% of the ranking's items" in problem.message
    assert "2026-05-01 stays" in problem.message
    assert [one.outcome for one in strange.lines] == ["failed"]
    assert tops(tmp_path) == ["abcdefgh"]


def test_the_same_page_is_read_again_once_the_settings_allow_it(
    tmp_path: Path,
) -> None:
    gathered(tmp_path, "abcdefgh", 0)
    gathered(tmp_path, "stuvwxyz", 1)
    lax = SETTINGS + "max_unknown = 1.0\n"

    with web({URL: served("stuvwxyz", 8)}) as net:
        read = settings.parse(lax, folder=tmp_path, environment={})
        http = replace(read.http, connect_to=net.connect_to)
        with app.open_kit(replace(read, http=http), quiet, isolate=parsers()) as kit:
            again = run.gather(kit, "run-2", NOW + timedelta(days=14))

    assert [one.is_failure for one in again.problems] in ([], [False])
    assert tops(tmp_path) == ["stuvwxyz", "abcdefgh"]


def test_a_short_page_and_a_few_new_items_are_no_strangers(tmp_path: Path) -> None:
    gathered(tmp_path, "abcdefgh", 0)
    short = gathered(tmp_path, "bac", 1)
    moved = gathered(tmp_path, "zbaxyc", 2)

    assert [*short.problems, *moved.problems] == []
    assert tops(tmp_path) == ["zbaxyc", "bac", "abcdefgh"]


def test_rows_with_other_fields_than_before_are_taken_with_a_warning(
    tmp_path: Path,
) -> None:
    gathered(tmp_path, "abcdefgh", 0)
    rows = [{"slug": key, "tokens": 9, "vendor": "x"} for key in "abcdefgh"]
    body = json.dumps({"as_of": "2026-05-08", "data": rows}).encode()
    page = Page(body, headers={"Content-Type": "application/json"})
    with web({URL: page}) as net:
        read = settings.parse(SETTINGS, folder=tmp_path, environment={})
        http = replace(read.http, connect_to=net.connect_to)
        with app.open_kit(replace(read, http=http), quiet, isolate=parsers()) as kit:
            changed = run.gather(kit, "run-1", NOW + timedelta(days=7))

    (problem,) = changed.problems
    assert (problem.reason, problem.is_failure) == ("new_fields", False)
    assert "served with vendor now" in problem.message
    assert len(tops(tmp_path)) == 2
