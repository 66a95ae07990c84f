"""A ranking that cannot be read or does not move: the last good snapshot stays, and
everybody who looks is told since when it is stale.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from briefing import app, run, settings
from briefing.domain.checkup import Health
from briefing.domain.ranking import RankingSnapshot
from briefing.gathering import Gathered
from tests.blank import blank
from tests.builders import NOW
from tests.checkup.looking import look
from tests.cli.calling import call
from tests.conftest import quiet
from tests.order.test_strange_rows import SETTINGS, URL, served, tops
from tests.parsers import parsers
from tests.web import Page, web

DAILY = SETTINGS.replace("cadence_hours = 720", "cadence_hours = 24")
LOGIN = b"<!doctype html><title>Log in</title><form><input name=password></form>"
CAPTCHA = b"<!doctype html><title>One moment</title><div id=captcha></div>"
GOOD = served("abcdefgh", 26)


def gathered(folder: Path, page: Page, days: int, text: str = DAILY) -> Gathered:
    with web({URL: page}) as net:
        read = settings.parse(text, folder=folder, environment={})
        http = replace(read.http, connect_to=net.connect_to)
        blank(read.store)
        with app.open_kit(replace(read, http=http), quiet, isolate=parsers()) as kit:
            return run.gather(kit, f"run-{days}", NOW + timedelta(days=days))


def kept(folder: Path) -> tuple[RankingSnapshot, ...]:
    """Every snapshot of the ranking, newest first."""
    read = settings.parse(DAILY, folder=folder, environment={})
    with app.open_kit(read, quiet) as kit:
        return kit.store.snapshots("usage", until=NOW + timedelta(days=99))


@pytest.mark.parametrize("body", [LOGIN, CAPTCHA], ids=["login", "captcha"])
@pytest.mark.parametrize("kind", ["text/html", "application/json"])
def test_a_login_page_with_status_200_is_a_failed_read_and_the_last_good_stays(
    tmp_path: Path, body: bytes, kind: str
) -> None:
    gathered(tmp_path, GOOD, 0)
    page = Page(body, headers={"Content-Type": kind})
    after = gathered(tmp_path, page, 1)

    (problem,) = after.problems
    assert (problem.reason, problem.is_failure) == ("bad_json", True)
    assert "a login or an error page" in problem.message
    assert [one.outcome for one in after.lines] == ["failed"]
    assert tops(tmp_path) == ["abcdefgh"]


def test_a_read_that_keeps_failing_says_since_when_the_last_good_is_stale(
    tmp_path: Path,
) -> None:
    gathered(tmp_path, GOOD, 0)
    after = gathered(tmp_path, Page(LOGIN), 3)

    assert [one.reason for one in after.problems] == ["bad_json", "stale"]
    assert "as of 2026-05-26, stale since 2026-05-28" in after.problems[1].message
    assert not after.problems[1].is_failure


def test_a_page_that_stands_still_is_told_though_it_answers(tmp_path: Path) -> None:
    gathered(tmp_path, GOOD, 0)
    fresh, old = gathered(tmp_path, GOOD, 1), gathered(tmp_path, GOOD, 4)

    assert [one.outcome for one in (*fresh.lines, *old.lines)] == ["unchanged"] * 2
    assert fresh.problems == ()
    assert [one.reason for one in old.problems] == ["stale"]
    assert tops(tmp_path) == ["abcdefgh"]


def test_list_and_doctor_say_what_stands_still(tmp_path: Path) -> None:
    config = tmp_path / "briefing.toml"
    config.write_text(DAILY, encoding="utf-8")
    gathered(tmp_path, GOOD, 0)

    def asked(*words: str, day: int) -> object:
        now = f"2026-05-{day}T06:00:00Z"
        return call(*words, "--config", config, "--now", now, "--json").json

    (fresh,) = asked("rankings", "list", day=27)  # type: ignore[misc]
    (old,) = asked("rankings", "list", day=30)  # type: ignore[misc]
    table = call(
        "rankings", "list", "--config", config, "--now", "2026-05-30T06:00:00Z"
    )

    assert fresh["stale_since"] is None
    assert old["stale_since"].startswith("2026-05-28")
    assert "2026-05-28" in table.out


def test_the_doctor_names_what_stands_still(tmp_path: Path) -> None:
    table = DAILY[DAILY.index("[[sources]]") :]
    gathered(tmp_path, GOOD, 0)

    finding = look(tmp_path, table)["rankings"]
    patient = table.replace("cadence_hours = 24", "cadence_hours = 8000")

    assert finding.health is Health.WARN
    assert finding.says == "usage (stale since 2026-05-28)"
    assert look(tmp_path, patient)["rankings"].health is Health.OK
