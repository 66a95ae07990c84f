"""Choosing, leaving, taking one's data along: DELIVERY.md S9, H2, T2, D11."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import FormData

from briefing.domain.audience import (
    Change,
    ConsentKind,
    Frequency,
    MailFormat,
    Preferences,
    SubscriberState,
    SuppressionReason,
)
from briefing.tokens import Purpose
from briefing.web.forms import PACES, fields, filled, zones
from tests.site.visiting import ADDRESS, DIGEST, heading, visit

_WORDS = st.text("abcäß '<>&\"", min_size=1, max_size=20).map(
    lambda w: " ".join(w.split())
)
_PREFERENCES = st.builds(
    Preferences,
    topics=st.sampled_from([(), ("ai",), ("energy",)]),
    interests=st.lists(_WORDS.filter(bool), max_size=5, unique=True).map(tuple),
    role=_WORDS,
    industry=_WORDS,
    frequency=st.sampled_from(Frequency),
    weekday=st.integers(0, 6),
    send_at=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    timezone=st.sampled_from(sorted(available_timezones())),
    language=st.just("en"),
    format=st.sampled_from(MailFormat),
    paused_until=st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    words_a_minute=st.sampled_from(PACES),
)


@given(_PREFERENCES)
@settings(deadline=None)
def test_a_form_reads_back_what_it_shows(chosen: Preferences) -> None:
    got = filled(FormData(list(fields(chosen))), DIGEST, Preferences())

    assert (got.preferences, dict(got.faults)) == (chosen, {})


def test_the_page_shows_what_the_form_sends(tmp_path: Path) -> None:
    sent: dict[str, Any] = {
        "wish": "save",
        "topic": "energy",
        "interests": "chips, <b>open models</b>",
        "role": "editor",
        "frequency": "weekly",
        "weekday": "4",
        "send_at": "18:45",
        "timezone": "Asia/Tokyo",
        "format": "text",
        "paused_until": "2026-08-31",
        "pace": "175",
    }
    with visit(tmp_path) as site:
        site.subscribed()
        link = site.link(Purpose.PREFERENCES)

        answer = site.browser.post(link, data=sent)

        assert "Saved." in answer.text
        assert site.reader().preferences == Preferences(
            topics=("energy",),
            interests=("chips", "<b>open models</b>"),
            role="editor",
            frequency=Frequency.WEEKLY,
            weekday=4,
            send_at=time(18, 45),
            timezone="Asia/Tokyo",
            format=MailFormat.TEXT,
            paused_until=date(2026, 8, 31),
            words_a_minute=175,
        )
        shown = site.browser.get(link).text
        for part in (
            'value="energy" checked',
            'value="chips, &lt;b&gt;open models&lt;/b&gt;"',
            'value="weekly" checked',
            '<option value="4" selected>',
            'value="18:45"',
            '<option value="Asia/Tokyo" selected>',
            'value="text" checked',
            'value="2026-08-31"',
            '<option value="175" selected>',
        ):
            assert part in shown
        assert 'value="ai" checked' not in shown
        assert ADDRESS not in shown
        assert "r•••@mail.example" in shown


def test_what_cannot_be_read_is_told_and_nothing_is_saved(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        before = site.subscribed()
        wrong = {"timezone": "Mars/Base", "send_at": "7 am", "paused_until": "soon"}

        answer = site.browser.post(
            site.link(Purpose.PREFERENCES), data={"wish": "save", **wrong}
        )

        assert answer.text.count('aria-invalid="true"') == 3
        assert site.reader() == before


def test_a_pace_that_is_not_offered_is_not_taken() -> None:
    got = filled(FormData([("pace", "9999")]), DIGEST, Preferences())

    assert got.preferences.words_a_minute == 238


def test_every_zone_that_people_live_in_can_be_chosen() -> None:
    names = {name for _, group in zones() for name in group}

    assert {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"} <= names
    assert names <= available_timezones()


@pytest.mark.parametrize("encoding", ["multipart", "urlencoded"])
def test_one_click_ends_it_without_a_redirect(encoding: str, tmp_path: Path) -> None:
    said = {"List-Unsubscribe": "One-Click"}
    body = (
        {"files": {name: (None, value) for name, value in said.items()}}
        if encoding == "multipart"
        else {"data": said}
    )
    with visit(tmp_path) as site:
        site.subscribed()
        link = site.link(Purpose.UNSUBSCRIBE)

        for _ in range(2):
            answer = site.browser.post(link, **body)
            assert (answer.status_code, answer.is_redirect) == (200, False)

        assert site.reader().state is SubscriberState.UNSUBSCRIBED
        key = site.tokens.suppression_key(ADDRESS)
        held = site.store.suppression(key)
        assert held is not None
        assert held.reason is SuppressionReason.UNSUBSCRIBED
        kinds = [one.kind for one in site.store.consents(site.reader().id)]
        assert kinds.count(ConsentKind.UNSUBSCRIBED) == 1


def test_a_link_to_leave_works_after_years_and_after_coming_back(
    tmp_path: Path,
) -> None:
    with visit(tmp_path) as site:
        site.subscribed()
        link = site.link(Purpose.UNSUBSCRIBE)
        site.browser.post(link)
        site.later(days=900)
        site.subscribed()
        assert site.reader().state is SubscriberState.ACTIVE

        site.browser.post(link)

        assert site.reader().state is SubscriberState.UNSUBSCRIBED


def test_data_is_handed_out_by_a_fresh_link_alone(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        site.subscribed()
        answer = site.browser.post(
            site.link(Purpose.PREFERENCES), data={"wish": "export"}
        )
        link = site.link(Purpose.EXPORT)
        file = site.browser.post(link)
        site.later(minutes=15, seconds=2)
        late = site.browser.post(link)

    assert heading(answer) == "Look into your mailbox"
    told = json.loads(file.text)
    assert told["subscriber"]["address"] == ADDRESS
    assert [one["kind"] for one in told["consent"]] == [
        "asked",
        "confirmed",
        "exported",
    ]
    assert {one["letter"] for one in told["deliveries"]} == {"confirm", "export"}
    assert late.status_code == 410


def test_a_preferences_link_alone_deletes_nothing(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        site.subscribed()
        link = site.link(Purpose.PREFERENCES)

        for _ in range(5):
            site.browser.post(link, data={"wish": "delete"})

        assert site.reader().state is SubscriberState.ACTIVE
        assert site.letters() == ["confirm", "delete"]
        assert site.browser.post(f"/d/{link[3:]}").status_code == 404


def test_who_is_deleted_is_nowhere_and_stays_suppressed(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        reader = site.subscribed()
        stays = site.link(Purpose.UNSUBSCRIBE)
        answer = site.browser.post(site.link(Purpose.DELETE))

        assert heading(answer) == "You are forgotten"
        assert site.store.subscriber(reader.id) is None
        assert site.store.consents(reader.id) == ()
        for file in tmp_path.iterdir():
            assert ADDRESS.encode() not in file.read_bytes()
        assert site.readers.would_add(ADDRESS) == "suppressed"
        # The links of old mails still end politely.
        assert site.browser.post(stays).status_code == 200
        assert site.browser.get(stays).status_code == 410


def test_raising_the_epoch_kills_every_link_of_one_reader() -> None:
    with tempfile.TemporaryDirectory() as folder, visit(Path(folder)) as site:
        reader = site.subscribed()
        other = site.subscribed("other@mail.example")
        links = [
            site.link(purpose, reader)
            for purpose in Purpose
            if purpose is not Purpose.READ
        ]
        site.store.change_by_id(
            reader.id,
            site.tokens.suppression_key,
            lambda row, _held: (
                Change(subscriber=replace(row, epoch=1)) if row else None
            ),
        )

        assert {site.browser.get(link).status_code for link in links} == {410}
        assert site.browser.get(site.link(Purpose.PREFERENCES, other)).is_success
