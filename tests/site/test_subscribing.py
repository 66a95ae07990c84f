"""Subscribing and confirming on the web: DELIVERY.md S1 to S7, S11 to S13."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.domain.audience import (
    ConsentKind,
    Preferences,
    SubscriberState,
    Suppression,
    SuppressionReason,
)
from briefing.logic.addresses import readable_address
from briefing.tokens import Purpose
from briefing.web.subscribing import CONSENT
from tests.builders import NOW
from tests.site.visiting import ADDRESS, heading, stamp_of, visit

SENT = "Look into your mailbox"


def test_the_answer_is_the_same_for_every_address(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        site.post("pending@mail.example")
        site.subscribed("active@mail.example")
        left = site.subscribed("left@mail.example")
        site.browser.post(site.link(Purpose.UNSUBSCRIBE, left))
        key = site.tokens.suppression_key("refused@mail.example")
        site.store.suppress(Suppression(key, SuppressionReason.COMPLAINT, NOW))
        site.later(hours=1)

        answers = [
            site.post(f"{name}@mail.example")
            for name in ("new", "pending", "active", "left", "refused")
        ]

    said = {(one.status_code, one.content, str(one.headers)) for one in answers}
    assert len(said) == 1
    assert heading(answers[0]) == SENT


def test_a_new_reader_is_asked_to_confirm_and_nothing_is_sent(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        site.post(topic="energy", send_at="06:30", timezone="Europe/Berlin")

        assert site.reader().state is SubscriberState.PENDING
        assert site.reader().preferences.topics == ("energy",)
        assert site.letters() == ["confirm"]
        (event,) = site.store.consents(site.reader().id)
        assert event.kind is ConsentKind.ASKED
        assert event.wording_hash


def test_a_reader_who_is_there_already_is_told_so_by_letter(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        before = site.subscribed()
        site.later(hours=1)
        site.post(ADDRESS.upper(), role="editor")

        assert site.reader() == before
        assert site.letters() == ["already", "confirm"]


def test_a_hundred_posts_queue_one_letter_even_over_a_restart(tmp_path: Path) -> None:
    for _ in range(2):
        with visit(tmp_path) as site:
            for _ in range(25):
                site.post()
            assert site.letters() == ["confirm"]


def test_an_address_gets_three_letters_a_day_at_most(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        for _ in range(6):
            site.post()
            site.later(minutes=11)

        assert site.letters() == ["confirm"] * 3


def test_one_visitor_cannot_write_to_a_whole_town(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        for number in range(14):
            site.post(f"house{number}@mail.example")

        assert len(site.letters()) == 10


def test_many_who_never_confirm_make_the_caps_tighter(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        for number in range(60):
            site.readers.subscribe(
                f"r{number}@mail.example",
                Preferences(),
                visitor=f"192.0.2.{number}",
                wording=CONSENT,
            )
        site.later(hours=2)
        before = len(site.letters())
        for number in range(4):
            site.post(f"more{number}@mail.example")

        assert len(site.letters()) - before == 2
        assert site.alerts
        assert "mail.example" not in " ".join(site.alerts)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "reader",
        "a@b",
        "а@mail.example",  # a Cyrillic letter
        f"{'a' * 65}@mail.example",
        f"{'a' * 60}@{'b' * 200}.example",
        "a@mail.example\r\nBcc: all@mail.example",
        "a b@mail.example",
        "a@[192.0.2.1]",
        "<a@mail.example>",
        'a"b@mail.example',
        "a@-mail.example",
    ],
)
def test_what_is_no_address_is_told_beside_the_field(
    address: str, tmp_path: Path
) -> None:
    assert readable_address(address) is None
    with visit(tmp_path) as site:
        answer = site.post(address)

        assert "That is no e-mail address" in answer.text
        assert site.letters() == []


def test_an_international_domain_is_written_in_ascii() -> None:
    found = readable_address(" Leserin@zürich.ch ")

    assert found == "Leserin@xn--zrich-kva.ch"


def test_the_box_of_an_archive_page_leads_to_the_whole_form(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        answer = site.browser.post("/subscribe", data={"address": ADDRESS})

        assert heading(answer) == "One more step"
        assert f'value="{ADDRESS}"' in answer.text
        assert site.letters() == []

        site.later(seconds=4)
        sent = {"address": ADDRESS, "stamp": stamp_of(answer)}
        assert heading(site.browser.post("/subscribe", data=sent)) == SENT
        assert site.letters() == ["confirm"]


def test_each_trap_alone_stops_a_robot_and_looks_like_success(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        honey = site.post(website="https://spam.example")
        fast = site.post(stamp=site.tokens.stamp(site.now))
        stale = site.post(stamp=site.tokens.stamp(NOW.replace(year=2020)))
        forged = site.post(stamp="forged")
        cross = site.post(headers={"Sec-Fetch-Site": "cross-site"})
        origin = site.post(headers={"Origin": "https://elsewhere.example"})
        answers = (honey, fast, stale, forged, cross, origin)

        assert {one.status_code for one in answers} == {200}
        assert {heading(one) for one in answers} == {SENT}
        assert site.letters() == []

        site.post(headers={"Origin": "https://daily.example"})
        assert site.letters() == ["confirm"]


def test_confirming_is_one_button_and_twice_is_as_good_as_once(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        site.post()
        link = site.link(Purpose.CONFIRM)
        shown = site.browser.get(link)
        assert site.reader().state is SubscriberState.PENDING

        first, second = site.browser.post(link), site.browser.post(link)

        assert heading(shown) == "Confirm your subscription"
        assert shown.text.count("<button") == 1
        assert heading(first) == heading(second) == "You are subscribed"
        kinds = [one.kind for one in site.store.consents(site.reader().id)]
        assert kinds == [ConsentKind.ASKED, ConsentKind.CONFIRMED]


def test_pages_behind_a_link_are_kept_and_listed_by_nobody(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        site.subscribed()

        for purpose in Purpose:
            answer = site.browser.get(site.link(purpose))
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert "noindex" in answer.headers["x-robots-tag"]


def test_a_confirmation_link_dies_after_a_week(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        site.post()
        link = site.link(Purpose.CONFIRM)
        site.later(days=7, seconds=2)

        answer = site.browser.post(link)

        assert (answer.status_code, heading(answer)) == (
            410,
            "This link no longer works",
        )
        assert "expired" in answer.text
        assert site.reader().state is SubscriberState.PENDING


def test_an_old_confirmation_does_not_undo_an_unsubscription(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        site.post()
        old = site.link(Purpose.CONFIRM)
        site.browser.post(old)
        site.later(hours=1)
        site.browser.post(site.link(Purpose.UNSUBSCRIBE))

        assert site.browser.post(old).status_code == 410
        assert site.reader().state is SubscriberState.UNSUBSCRIBED


def test_who_left_comes_back_by_an_own_new_confirmation(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        key = site.tokens.suppression_key(ADDRESS)
        site.subscribed()
        site.browser.post(site.link(Purpose.UNSUBSCRIBE))
        assert site.store.suppression(key) is not None
        site.later(hours=1)

        site.post()
        assert site.reader().state is SubscriberState.UNSUBSCRIBED
        site.browser.post(site.link(Purpose.CONFIRM))

        assert site.reader().state is SubscriberState.ACTIVE
        assert site.store.suppression(key) is None


def test_a_dead_mailbox_is_not_asked_again(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        key = site.tokens.suppression_key(ADDRESS)
        site.store.suppress(Suppression(key, SuppressionReason.HARD_BOUNCE, NOW))

        site.post()

        assert site.letters() == []
        assert site.store.subscriber_by_address("daily", ADDRESS) is None


def test_who_never_confirms_is_forgotten_after_a_month(tmp_path: Path) -> None:
    with visit(tmp_path) as site:
        site.post()
        site.later(days=29)
        assert site.readers.purge() == 0
        site.later(days=2)

        assert site.readers.purge() == 1
        assert site.store.subscriber_by_address("daily", ADDRESS) is None
        assert ADDRESS.encode() not in (tmp_path / "a.db").read_bytes()


def test_the_consent_log_keeps_addresses_of_visitors_only_if_told(
    tmp_path: Path,
) -> None:
    kept = []
    for keeps_ip in (False, True):
        folder = tmp_path / str(keeps_ip)
        folder.mkdir()
        with visit(folder, keeps_ip=keeps_ip) as site:
            site.post()
            (event,) = site.store.consents(site.reader().id)
            kept.append(event.ip)

    assert kept == [None, "testclient"]
