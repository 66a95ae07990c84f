"""An issue: editions by profile that share the day's briefs, and a row a reader."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

from briefing import editions
from briefing.domain.audience import Subscriber, SubscriberState
from briefing.domain.brief import Draft
from briefing.domain.story import Story
from briefing.errors import BriefingError
from briefing.store import SqliteStore
from tests.order.issues import (
    DAY,
    DIGEST,
    NOW,
    active,
    edition,
    enlist,
    issue_kit,
    reader,
    reports,
    rows,
    tell,
    tell_all,
    weekly_reader,
)

ISSUE = "daily-2026-05-26"
DEFAULT = "daily-default-2026-05-26"


def headlines(store: SqliteStore, edition_id: str) -> list[str]:
    return [one.headline.text for one in edition(store, edition_id).briefs]


def test_readers_with_equal_wishes_share_one_edition(tmp_path: Path) -> None:
    with issue_kit(tmp_path) as (kit, store, _):
        tell_all(store)
        enlist(
            store,
            reader(1),
            reader(2, interests=("Warehouse robot",)),
            reader(3, interests=(" warehouse  robot",)),
            reader(4, topics=("chips",)),
        )

        issued = editions.make_issue(kit, DAY, NOW, active(store))

        found = rows(store, ISSUE)
        ids = {name: row.edition_id for name, row in found.items()}
        assert (issued.editions, issued.rows, issued.problems) == (2, 4, ())
        assert ids["reader00001"] == DEFAULT
        assert ids["reader00002"] == ids["reader00003"]
        assert len(set(ids.values())) == 3
        assert headlines(store, ids["reader00004"]) == [
            "Halvard Chips opened wafer plant in Tessin"
        ]
        assert "robot" in headlines(store, ids["reader00002"])[0]


def test_a_story_is_written_once_a_day_whoever_reads_it(tmp_path: Path) -> None:
    narrow = replace(DIGEST, max_briefs=1)
    with issue_kit(tmp_path, digest=narrow) as (kit, store, watched):
        tell_all(store)
        enlist(store, reader(1, topics=("energy",)), reader(2, interests=("Norwick",)))

        editions.make_issue(kit, DAY, NOW, active(store))
        at_once = list(watched.written)
        later = NOW + timedelta(hours=2)
        joined = reader(3, topics=("energy", "chips"), interests=("Orrin",))
        enlist(store, joined, reader(4, topics=("chips",)))
        editions.make_issue(kit, DAY, later, active(store))

        first, second = (
            edition(store, rows(store, ISSUE)[name].edition_id).briefs[0]
            for name in ("reader00001", "reader00003")
        )
        assert first == second
        assert len(at_once) == len(set(at_once)) >= 2
        assert len(watched.written) == len(set(watched.written)) == len(at_once) + 1


def test_who_joins_after_the_run_reads_the_day_as_it_was_chosen(
    tmp_path: Path,
) -> None:
    with issue_kit(tmp_path) as (kit, store, _):
        tell_all(store)
        enlist(store, reader(1, topics=("chips",)))
        editions.make_issue(kit, DAY, NOW, active(store))
    noon = NOW + timedelta(hours=6)
    with issue_kit(tmp_path) as (kit, store, watched):
        tell(store, *reports("Halvard Chips", noon, step="closed"))
        enlist(store, replace(reader(2, topics=("energy",)), confirmed_at=noon))

        issued = editions.make_issue(kit, DAY, noon, active(store), since=noon)

        row = rows(store, ISSUE)["reader00002"]
        assert issued.made is not None
        assert issued.made.was_frozen
        assert (issued.editions, issued.rows, watched.written) == (1, 1, [])
        assert (row.due_at, row.expires_at) == (noon, noon + timedelta(hours=12))
        assert headlines(store, row.edition_id) == [
            "Orrin Energy opened turbine plant in Calder"
        ]


def test_a_day_of_an_earlier_version_is_told_from_its_own_briefs(
    tmp_path: Path,
) -> None:
    with issue_kit(tmp_path) as (kit, store, watched):
        tell_all(store)
        editions.make_issue(kit, DAY, NOW, active(store))
        store.end_run("daily-day-2026-05-26", now=NOW)
        watched.written.clear()
        enlist(store, reader(1, topics=("business",)))

        editions.make_issue(kit, DAY, NOW, active(store))

        row = rows(store, ISSUE)["reader00001"]
        assert headlines(store, row.edition_id) == [
            "Tidewater Bank opened mortgage plant in Norwick"
        ]
        assert watched.written == []


def test_mail_is_due_at_the_readers_own_time(tmp_path: Path) -> None:
    with issue_kit(tmp_path) as (kit, store, _):
        tell_all(store)
        enlist(
            store,
            reader(1),
            reader(2, send_at=time(5, 0)),
            reader(3, timezone="Asia/Tokyo"),
            reader(4, timezone="America/New_York", send_at=time(7, 30)),
        )

        editions.make_issue(kit, DAY, NOW, active(store))

        due = {name: row.due_at for name, row in rows(store, ISSUE).items()}
        assert {name: f"{one:%d %H:%M}" for name, one in due.items()} == {
            "reader00001": "26 05:00",
            "reader00002": "27 03:00",
            "reader00003": "26 22:00",
            "reader00004": "26 11:30",
        }


def test_a_late_run_is_due_at_once_and_keeps_its_hours(tmp_path: Path) -> None:
    late = NOW + timedelta(hours=9)
    with issue_kit(tmp_path) as (kit, store, _):
        tell_all(store)
        enlist(store, reader(1), reader(2, send_at=time(20, 0)))

        editions.make_issue(kit, DAY, late, active(store))

        found = rows(store, ISSUE)
        assert found["reader00001"].due_at == late
        assert found["reader00001"].expires_at == late + timedelta(hours=12)
        assert found["reader00002"].due_at == late + timedelta(hours=5)


def test_the_same_issue_again_mails_nobody_twice(tmp_path: Path) -> None:
    with issue_kit(tmp_path) as (kit, store, watched):
        tell_all(store)
        enlist(store, reader(1), reader(2, topics=("chips",)))
        editions.make_issue(kit, DAY, NOW, active(store))
        before = rows(store, ISSUE)
        watched.written.clear()
        enlist(store, reader(1, send_at=time(9, 0)), reader(2, topics=("energy",)))

        again = editions.make_issue(kit, DAY, NOW, active(store))

        assert again.rows == 0
        assert rows(store, ISSUE) == before
        assert watched.written == []


def test_paused_pending_and_departed_readers_get_no_row(tmp_path: Path) -> None:
    with issue_kit(tmp_path) as (kit, store, _):
        tell_all(store)
        enlist(
            store,
            reader(1, paused_until=DAY + timedelta(days=1)),
            reader(2, paused_until=DAY),
            replace(reader(3), state=SubscriberState.PENDING),
            replace(reader(4), state=SubscriberState.UNSUBSCRIBED),
        )

        editions.make_issue(kit, DAY, NOW, lambda: store.subscribers(DIGEST.id))

        assert set(rows(store, ISSUE)) == {"reader00002"}


def test_who_joins_when_the_news_is_old_waits_for_the_next_issue(
    tmp_path: Path,
) -> None:
    night = NOW + timedelta(hours=16)
    with issue_kit(tmp_path) as (kit, store, _):
        tell_all(store)
        enlist(store, replace(reader(1), confirmed_at=night), reader(2))

        editions.make_issue(kit, DAY, night, active(store))

        assert set(rows(store, ISSUE)) == {"reader00002"}


def test_one_readers_failure_costs_only_that_edition(tmp_path: Path) -> None:
    narrow = replace(DIGEST, max_briefs=1)
    with issue_kit(tmp_path, digest=narrow) as (kit, store, watched):
        tell_all(store)
        first = editions.make_issue(kit, DAY, NOW, active(store))
        told = headlines(store, DEFAULT)[0].split()[0]
        topics = {"Lumen": "ai", "Halvard": "chips", "Orrin": "energy"}
        other = "energy" if topics[told] != "energy" else "chips"

        def refuses(story: Story, edition_date: date) -> Draft:
            if story.documents[0].topics == (other,):
                raise BriefingError("the model is away", hint="Start it.")
            return watched(story, edition_date)

        enlist(
            store,
            reader(1),
            reader(2, topics=(other,)),
            reader(3, topics=("business",)),
        )
        broken = replace(kit, run=replace(kit.run, write=refuses))
        issued = editions.make_issue(broken, DAY, NOW, active(store))
        found = set(rows(store, ISSUE))
        mended = editions.make_issue(kit, DAY, NOW, active(store))

        assert first.problems == ()
        assert [one.message for one in issued.problems] == ["the model is away"]
        assert issued.problems[0].subject.startswith("daily-p")
        assert found == {"reader00001", "reader00003"}
        assert (mended.editions, mended.rows, mended.problems) == (1, 1, ())


def test_a_quiet_day_for_one_reader_is_an_edition_in_one_line(tmp_path: Path) -> None:
    with issue_kit(tmp_path) as (kit, store, _):
        tell(store, *reports("Orrin Energy", NOW))
        enlist(store, reader(1, topics=("chips",)))

        issued = editions.make_issue(kit, DAY, NOW, active(store))

        row = rows(store, ISSUE)["reader00001"]
        made = edition(store, row.edition_id)
        assert issued.rows == 1
        assert (made.briefs, made.looked_at.stories) == ((), 1)


def test_what_one_reader_was_told_today_is_no_news_told_to_another(
    tmp_path: Path,
) -> None:
    with issue_kit(tmp_path) as (kit, store, _):
        tell_all(store)
        enlist(store, reader(1, interests=("wafer",)), reader(2, topics=("chips",)))

        editions.make_issue(kit, DAY, NOW, active(store))

        found = rows(store, ISSUE)
        shared, own = (
            next(b for b in edition(store, one).briefs if "Halvard" in b.headline.text)
            for one in (DEFAULT, found["reader00002"].edition_id)
        )
        assert shared == own
        assert not any(one.rule == "R5" for one in own.violations)


def test_a_later_day_leads_with_what_yesterday_did_not_tell(tmp_path: Path) -> None:
    tomorrow = NOW + timedelta(days=1)
    with issue_kit(tmp_path) as (kit, store, _):
        tell_all(store)
        enlist(store, reader(1, topics=("chips",)))
        editions.make_issue(kit, DAY, NOW, active(store))
        tell(store, *reports("Halvard Chips", tomorrow, step="closed"))

        editions.make_issue(kit, DAY + timedelta(days=1), tomorrow, active(store))

        row = rows(store, "daily-2026-05-27")["reader00001"]
        (brief,) = edition(store, row.edition_id).briefs
        (before,) = store.told([brief.story.id])[:1]
        lead = next(one for one in brief.sections if one.name == "what_happened")
        assert before.edition_date == DAY
        assert lead.items[0].claims[0].text not in before.sentences
        assert brief.edition_date == DAY + timedelta(days=1)


def test_chats_get_one_row_an_issue(tmp_path: Path) -> None:
    with issue_kit(tmp_path) as (kit, store, _):
        tell_all(store)
        with_chat = replace(kit, webhooks=("team",))

        editions.make_issue(with_chat, DAY, NOW, active(store))
        editions.make_issue(with_chat, DAY, NOW, active(store))

        (row,) = rows(store, ISSUE).values()
        assert (row.channel, row.edition_id, row.due_at) == ("team", DEFAULT, NOW)


def week_of(tmp_path: Path, **wishes: object) -> list[str]:
    """The headlines of a weekly edition after two days of one store."""
    tomorrow = NOW + timedelta(days=1)
    with issue_kit(tmp_path) as (kit, store, watched):
        tell(store, *reports("Orrin Energy", NOW), *reports("Halvard Chips", NOW))
        editions.make_issue(kit, DAY, NOW, active(store))
        tell(store, *reports("Halvard Chips", tomorrow, step="closed"))
        tell(store, *reports("Tidewater Bank", tomorrow))
        day = DAY + timedelta(days=1)
        editions.make_issue(kit, day, tomorrow, active(store))
        watched.written.clear()
        enlist(store, weekly_reader(1, day.weekday(), **wishes))

        issued = editions.make_weekly(kit, day, tomorrow, active(store))

        row = rows(store, "daily-weekly-2026-05-27")["reader00001"]
        made = edition(store, row.edition_id)
        assert watched.written == []
        assert (issued.made, issued.rows) == (None, 1)
        assert store.revisions("daily-weekly-default-2026-05-27")
        assert made.digest.id == "daily-weekly"
        return [one.headline.text for one in made.briefs]


def test_a_week_tells_the_newest_of_each_story_without_writing(tmp_path: Path) -> None:
    told = week_of(tmp_path)

    assert sorted(one.split()[0] for one in told) == ["Halvard", "Orrin", "Tidewater"]
    assert [one for one in told if "Halvard" in one and "opened" in one] == []


def test_a_week_is_chosen_for_its_reader(tmp_path: Path) -> None:
    assert [one.split()[0] for one in week_of(tmp_path, topics=("energy",))] == [
        "Orrin"
    ]


def test_weekly_readers_get_only_their_weekdays_issue(tmp_path: Path) -> None:
    with issue_kit(tmp_path) as (kit, store, _):
        tell_all(store)
        tuesday, wednesday = weekly_reader(1, 1), weekly_reader(2, 2)
        # In Tokyo the issue of Tuesday arrives on Wednesday.
        tokyo = weekly_reader(3, 2, timezone="Asia/Tokyo")
        enlist(store, tuesday, wednesday, tokyo, reader(4))
        editions.make_issue(kit, DAY, NOW, active(store))

        editions.make_weekly(kit, DAY, NOW, active(store))

        assert set(rows(store, "daily-weekly-2026-05-26")) == {
            "reader00001",
            "reader00003",
        }
        assert set(rows(store, ISSUE)) == {"reader00004"}


def test_a_week_in_which_nothing_was_told_is_quiet(tmp_path: Path) -> None:
    with issue_kit(tmp_path) as (kit, store, _):
        enlist(store, weekly_reader(1, 1))

        issued = editions.make_weekly(kit, DAY, NOW, active(store))

        row = rows(store, "daily-weekly-2026-05-26")["reader00001"]
        assert issued.rows == 1
        assert edition(store, row.edition_id).briefs == ()


def test_a_long_list_is_frozen_whole_and_not_held_in_memory(tmp_path: Path) -> None:
    count = 2000

    def many() -> Iterator[Subscriber]:
        return (reader(number) for number in range(count))

    with issue_kit(tmp_path) as (kit, store, _):
        tell(store, *reports("Orrin Energy", NOW))
        editions.make_issue(kit, DAY, NOW, active(store))

        tracemalloc.start()
        issued = editions.make_issue(kit, DAY, NOW, many)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()

        assert issued.rows == store.tally(ISSUE).pending == count
        assert most < 7_000_000
