"""From the form on the site to the last letter, through an outbox of files."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from briefing.domain.audience import ConsentKind, MailFormat, SubscriberState
from tests.flow.publisher import BASE, TEXT, publisher

ADA, BEN = "ada@inbox.example", "ben@inbox.example"


def test_a_reader_from_the_form_to_the_first_mail(tmp_path: Path) -> None:
    with publisher(tmp_path) as house:
        answer = house.fill_in(ADA, timezone="Europe/Berlin", send_at="07:00")
        assert answer.status_code == 200
        assert house.outbox() == ()

        (asked,) = house.send()
        assert (asked.to, asked.subject) == (
            ADA,
            "Confirm your subscription to The Daily",
        )
        assert house.ask("GET", asked.link("c")).status_code == 200
        assert house.reader(ADA).state is SubscriberState.PENDING
        assert house.ask("POST", asked.link("c")).status_code == 200
        assert house.reader(ADA).state is SubscriberState.ACTIVE

        house.next_morning()
        assert house.print_issue().rows == 1
        assert house.send() == ()
        house.clock.later(hours=1)
        (mail,) = house.send()

        assert mail.to == ADA
        assert "Tessin" in mail.text()
        assert "Tessin" in mail.text("html")
        assert mail.message["List-Unsubscribe"] == f"<{mail.link('u')}>"
        assert (house.tally().frozen, house.tally().sent) == (1, 1)
        assert house.send() == ()


def test_other_preferences_make_another_edition(tmp_path: Path) -> None:
    with publisher(tmp_path) as house:
        house.subscribe(ADA)
        house.subscribe(BEN)
        house.next_morning()
        house.print_issue()
        house.clock.later(hours=2)
        first = house.send()
        assert [one.to for one in first] == [ADA, BEN]
        assert first[0].text("html") != first[1].text("html")  # their own links
        assert first[0].subject == first[1].subject

        wishes = {"topic": "energy", "format": "text", "send_at": "08:00"}
        saved = house.ask("POST", first[1].link("p"), data=wishes)
        assert "Saved." in saved.text
        house.next_morning()
        house.print_issue()
        house.clock.later(hours=5)
        second = house.send()

        assert [one.to for one in second] == [ADA, BEN]
        assert second[0].subject != second[1].subject
        assert "Calder" in second[1].text()
        assert "Tessin" not in second[1].text()
        assert "Tessin" in second[0].text()
        assert second[1].message.get_content_type() == "text/plain"
        assert house.reader(BEN).preferences.format is MailFormat.TEXT


def test_one_click_after_the_freeze_stops_the_mail_of_the_same_morning(
    tmp_path: Path,
) -> None:
    with publisher(tmp_path) as house:
        house.subscribe(ADA)
        house.subscribe(BEN)
        house.next_morning()
        house.print_issue()
        house.clock.later(hours=2)
        ben = house.send()[1]

        house.next_morning()
        assert house.print_issue().rows == 2
        once = {"List-Unsubscribe": "One-Click"}
        assert house.ask("POST", ben.link("u"), data=once).status_code == 200
        house.clock.later(hours=2)

        assert [one.to for one in house.send()] == [ADA]
        tally = house.tally()
        assert (tally.frozen, tally.sent) == (2, 1)
        assert tally.skipped == (("unsubscribed", 1),)

        house.next_morning()
        assert house.print_issue().rows == 1


def test_who_left_comes_back_by_the_own_new_confirmation_alone(
    tmp_path: Path,
) -> None:
    with publisher(tmp_path) as house:
        house.fill_in(ADA)
        (asked,) = house.send()
        house.ask("POST", asked.link("c"))
        house.next_morning()
        house.print_issue()
        house.clock.later(hours=2)
        (mail,) = house.send()
        house.ask("POST", mail.link("u"))

        old = house.ask("POST", asked.link("c"))
        assert old.status_code == 410
        assert house.reader(ADA).state is SubscriberState.UNSUBSCRIBED
        house.fill_in(ADA)
        (again,) = house.send()
        assert house.reader(ADA).state is not SubscriberState.ACTIVE
        assert house.ask("POST", again.link("c")).status_code == 200
        assert house.reader(ADA).state is SubscriberState.ACTIVE

        house.next_morning()
        house.print_issue()
        house.clock.later(hours=2)
        assert [one.to for one in house.send()] == [ADA]
        kinds = [one.kind for one in house.store.consents(house.reader(ADA).id)]
        assert kinds == [
            ConsentKind.ASKED,
            ConsentKind.CONFIRMED,
            ConsentKind.UNSUBSCRIBED,
            ConsentKind.ASKED,
            ConsentKind.CONFIRMED,
        ]


def test_a_pause_holds_mail_back_until_its_day(tmp_path: Path) -> None:
    with publisher(tmp_path) as house:
        house.subscribe(ADA)
        house.next_morning()
        house.print_issue()
        house.clock.later(hours=2)
        (mail,) = house.send()
        house.ask("POST", mail.link("p"), data={"paused_until": "2026-05-28"})

        sent = {}
        for _ in range(2):
            house.next_morning()
            house.print_issue()
            house.clock.later(hours=2)
            sent[house.clock().date()] = [one.to for one in house.send()]

    assert sent == {date(2026, 5, 27): [], date(2026, 5, 28): [ADA]}


def test_the_answer_and_its_time_tell_nobody_who_is_on_the_list(
    tmp_path: Path,
) -> None:
    with publisher(tmp_path) as house:
        house.subscribe(ADA)
        house.clock.later(days=1)

        known, new = house.fill_in(ADA), house.fill_in(BEN)

        assert known.content == new.content
        heads = [
            {name: told for name, told in one.headers.items() if name != "date"}
            for one in (known, new)
        ]
        assert (known.status_code, heads[0]) == (200, heads[1])
        told = {one.to: one.subject for one in house.send()}
        assert told == {
            ADA: "You are already subscribed to The Daily",
            BEN: "Confirm your subscription to The Daily",
        }


def test_a_deleted_reader_stands_in_no_file(tmp_path: Path) -> None:
    with publisher(tmp_path) as house:
        house.subscribe(ADA, interests="Obscurium")
        house.subscribe(BEN)
        subscriber_id = house.reader(ADA).id
        house.next_morning()
        house.print_issue()
        house.clock.later(hours=2)
        mail = house.send()[0]
        asked = house.ask("POST", mail.link("p"), data={"wish": "delete"})
        assert "15 minutes" in asked.text
        (letter,) = house.send()
        assert letter.to == ADA
        house.ask("GET", letter.link("d"))
        assert house.reader(ADA).id == subscriber_id

        assert _files_with(tmp_path, ADA.encode(), subscriber_id.encode()) != []

        answer = house.ask("POST", letter.link("d"))

        assert "You are forgotten" in answer.text
        assert house.store.subscriber_by_address("daily", ADA) is None
        tally = house.store.tally("daily-2026-05-26")
        assert (tally.frozen, tally.sent) == (2, 2)
        # With a connection that is open and a log that may be there, as it is at night.
        assert _files_with(tmp_path, ADA.encode(), subscriber_id.encode()) == []
        assert {one.to for one in house.outbox()} == {BEN}
        assert house.ask("POST", mail.link("p")).status_code == 410
        house.next_morning()
        house.print_issue()
        house.clock.later(hours=2)
        assert [one.to for one in house.send()] == [BEN]
        assert not [one for one in house.said if ADA in one]


def _files_with(folder: Path, *needles: bytes) -> list[str]:
    """Files that hold any of these bytes: database, write-ahead log, letters, all."""
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(one in path.read_bytes() for one in needles)
    ]


def test_a_morning_that_is_printed_and_sent_twice_mails_once(tmp_path: Path) -> None:
    with publisher(tmp_path) as house:
        house.subscribe(ADA)
        house.next_morning()
        house.print_issue()
        house.print_issue()
        house.clock.later(hours=2)
        house.send()
        names = [one.name for one in house.outbox()]
    with publisher(tmp_path) as house:
        house.next_morning(hour=6)
        house.print_issue()
        house.send()

        assert [one.name for one in house.outbox()] == names
        assert len(names) == 2


def test_an_archive_for_subscribers_opens_by_way_of_a_mail(tmp_path: Path) -> None:
    closed = TEXT.replace("[mail]", 'visibility = "subscribers"\n[mail]')
    with publisher(tmp_path, text=closed) as house:
        house.subscribe(ADA)
        house.next_morning()
        house.print_issue()
        house.clock.later(hours=2)
        (mail,) = house.send()
        read_at = f"{BASE}/2026-05-26/"
        assert read_at in mail.text()
        refused = house.ask("GET", read_at)
        assert refused.status_code == 404
        assert "“Read the archive in this browser”" in refused.text

        page = house.ask("GET", mail.link("p")).text
        (path,) = re.findall(
            r'<a href="(/r/[^"]+)">Read the archive in this browser', page
        )
        opened = house.ask("GET", f"{BASE}{path}")

        assert opened.status_code == 303
        cookie = opened.headers["set-cookie"]
        assert {"HttpOnly", "Secure", "SameSite=lax"} <= set(cookie.split("; "))
        with_it = {"Cookie": cookie.partition(";")[0]}
        assert house.ask("GET", read_at, headers=with_it).status_code == 200
        house.ask("POST", mail.link("u"))
        assert house.ask("GET", read_at, headers=with_it).status_code == 404


def test_a_weekly_reader_gets_the_week_on_the_chosen_day(tmp_path: Path) -> None:
    with publisher(tmp_path) as house:
        house.subscribe(ADA, frequency="weekly", weekday="3")
        house.subscribe(BEN)
        sent = {}
        for _ in range(3):
            house.next_morning()
            house.print_issue()
            house.press.weekly(house.clock().date())
            house.clock.later(hours=2)
            sent[f"{house.clock():%A}"] = {one.to: one for one in house.send()}

        assert {day: list(mails) for day, mails in sent.items()} == {
            "Tuesday": [BEN],
            "Wednesday": [BEN],
            "Thursday": [ADA, BEN],
        }
        week = sent["Thursday"][ADA]
        assert week.text().startswith("THE DAILY: THE WEEK")
        place = f"{BASE}/week/2026-05-28/"
        assert place in week.text()
        assert house.ask("GET", place).status_code == 200
