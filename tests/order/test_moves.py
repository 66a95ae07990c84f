"""A source that has moved for good is asked there; one that is gone is not asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from briefing import app, run, settings
from briefing.gathering import Gathered
from tests.builders import NOW
from tests.conftest import quiet
from tests.parsers import parsers
from tests.web import Page, Web, web

OLD, NEW = "http://ledger.example/feed", "http://ledger.example/rss.xml"
FEED = (
    b'<rss version="2.0"><channel><title>Ledger</title><item><title>Strike at the port'
    b"</title><description>Dockworkers stop work on Thursday.</description></item>"
    b"</channel></rss>"
)


def to(place: str, status: int) -> Page:
    return Page(status=status, headers={"Location": place})


def gathered(folder: Path, net: Web, day: int, url: str = OLD) -> Gathered:
    text = (
        f'[http]\nspacing_s = 0\n[[sources]]\nid = "ledger"\nurl = "{url}"\n'
        'publisher = "Ledger (sample)"\n'
    )
    read = settings.parse(text, folder=folder, environment={})
    http = replace(read.http, connect_to=net.connect_to)
    with app.open_kit(replace(read, http=http), quiet, isolate=parsers()) as kit:
        return run.gather(kit, f"run-{day}-{url}", NOW + timedelta(days=day))


def asked(net: Web) -> list[str]:
    found = [one.url for one in net.asked if "robots.txt" not in one.url]
    net.asked.clear()
    return found


def test_the_same_permanent_move_twice_is_believed(tmp_path: Path) -> None:
    with web({OLD: to(NEW, 301), NEW: FEED}) as net:
        first = gathered(tmp_path, net, 0)
        second = gathered(tmp_path, net, 1)
        before = asked(net)
        third = gathered(tmp_path, net, 2)

        assert before == [OLD, NEW, OLD, NEW]
        assert asked(net) == [NEW]
    assert (first.problems, third.problems) == ((), ())
    (told,) = second.problems
    assert (told.reason, told.is_failure) == ("moved", False)
    assert f"asked at {NEW} now" in told.message


def test_a_temporary_or_changing_move_is_never_believed(tmp_path: Path) -> None:
    other = "http://ledger.example/other.xml"
    with web({OLD: to(NEW, 302), NEW: FEED, other: FEED}) as net:
        for day in range(3):
            gathered(tmp_path, net, day)
        net.pages[OLD] = to(NEW, 308)
        gathered(tmp_path, net, 3)
        net.pages[OLD] = to(other, 308)
        found = gathered(tmp_path, net, 4)
        asked(net)
        gathered(tmp_path, net, 5)

        assert asked(net)[0] == OLD
    assert found.problems == ()


def test_another_address_in_the_settings_ends_what_is_remembered(
    tmp_path: Path,
) -> None:
    mine = "http://ledger.example/mine.xml"
    with web({OLD: to(NEW, 301), NEW: FEED, mine: FEED}) as net:
        for day in range(3):
            gathered(tmp_path, net, day)
        asked(net)
        gathered(tmp_path, net, 3, url=mine)

        assert asked(net) == [mine]


def test_what_is_gone_is_not_asked_until_its_address_changes(tmp_path: Path) -> None:
    with web({OLD: Page(status=410), NEW: FEED}) as net:
        (refused,) = gathered(tmp_path, net, 0).problems
        asked(net)
        (told,) = gathered(tmp_path, net, 2).problems
        silent = asked(net)
        found = gathered(tmp_path, net, 3, url=NEW)

    assert (refused.reason, told.reason) == ("http_410", "gone")
    assert silent == []
    assert "sources remove ledger" in told.hint
    assert len(found.document_ids) == 1
