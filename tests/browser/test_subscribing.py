"""Subscribing, choosing and leaving in Chromium, with and without scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from briefing.domain.audience import Frequency, MailFormat, SubscriberState
from briefing.tokens import Purpose
from tests.browser.looking import DESKTOP, PHONE, TABLET, View, view
from tests.flow.house import DIGEST, House, open_house
from tests.served import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.needs("chromium")

SENT = "Look into your mailbox"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _another_day(house: House) -> None:
    """Caps of one test shall not reach into the next."""
    house.clock.later(days=2)


def heading(seen: View) -> str:
    return str(seen.page.locator("h1").inner_text())


def press(seen: View, name: str) -> None:
    seen.page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize(
    ("scripts", "width"), [(True, DESKTOP), (False, PHONE), (False, TABLET)]
)
def test_a_reader_comes_chooses_and_leaves(
    chromium: Browser, house: House, scripts: bool, width: int
) -> None:
    address = f"reader{width}@inbox.example"
    with view(chromium, scripts=scripts, width=width) as seen:
        page = seen.page
        page.goto(f"{house.base}/subscribe")
        page.get_by_label("Your e-mail address").fill(address)
        page.get_by_label("business").uncheck()
        house.clock.later(seconds=30)
        press(seen, "Subscribe")
        assert heading(seen) == SENT
        assert house.reader(address).state is SubscriberState.PENDING

        page.goto(house.link(Purpose.CONFIRM, address))
        assert house.reader(address).state is SubscriberState.PENDING
        press(seen, "Confirm")
        assert heading(seen) == "You are subscribed"
        assert house.reader(address).state is SubscriberState.ACTIVE
        assert house.reader(address).preferences.topics == ("ai", "world")

        page.get_by_role("link", name="Choose topics, time and form").click()
        page.get_by_label("business").check()
        page.get_by_label("world").uncheck()
        page.get_by_label("Once a week").check()
        page.get_by_label("Day of a weekly mail").select_option("Thursday")
        page.get_by_label("Your local time").fill("06:30")
        page.get_by_label("Time zone").select_option("America/New_York")
        page.get_by_label("Role").fill("product manager")
        page.get_by_label("Names or words").fill("Orvane, chips")
        page.get_by_label("Plain text alone").check()
        page.get_by_label("No mail until this day").fill("2026-07-01")
        press(seen, "Save")
        assert page.get_by_role("status").inner_text().startswith("Saved.")
        chosen = house.reader(address).preferences
        assert chosen.topics == ("ai", "business")
        assert (chosen.frequency, chosen.weekday) == (Frequency.WEEKLY, 3)
        assert (chosen.send_at, chosen.timezone) == (time(6, 30), "America/New_York")
        assert (chosen.role, chosen.interests) == (
            "product manager",
            ("Orvane", "chips"),
        )
        assert chosen.format is MailFormat.TEXT
        assert chosen.paused_until == date(2026, 7, 1)

        page.get_by_role("link", name="Unsubscribe").click()
        press(seen, "Unsubscribe")
        assert heading(seen) == "You are unsubscribed"
        assert house.reader(address).state is SubscriberState.UNSUBSCRIBED
        assert seen.said == []
        assert [one for one in seen.asked if not one.startswith(house.base)] == []


def test_everything_is_done_by_keyboard_alone(chromium: Browser, house: House) -> None:
    address = "keys@inbox.example"
    with view(chromium, still=True) as seen:
        page, keys = seen.page, seen.page.keyboard
        page.goto(f"{house.base}/subscribe")
        _tab_to(seen, "#address")
        keys.type(address)
        _tab_to(seen, "[value=weekly], [value=daily]")
        keys.press("ArrowRight")
        house.clock.later(seconds=30)
        _tab_to(seen, "main button[type=submit]")
        keys.press("Enter")
        page.wait_for_selector(f"h1:has-text('{SENT}')")
        assert house.reader(address).preferences.frequency is Frequency.WEEKLY

        page.goto(house.link(Purpose.CONFIRM, address))
        _tab_to(seen, "main button")
        keys.press("Space")
        page.wait_for_selector("h1:has-text('You are subscribed')")

        _tab_to(seen, "main a")
        keys.press("Enter")
        page.wait_for_selector("h1:has-text('Your preferences')")
        _tab_to(seen, "#role")
        keys.type("editor")
        keys.press("Enter")
        page.wait_for_selector("[role=status]")
        assert house.reader(address).preferences.role == "editor"

        page.goto(house.link(Purpose.UNSUBSCRIBE, address))
        _tab_to(seen, "main button")
        keys.press("Enter")
        page.wait_for_selector("h1:has-text('You are unsubscribed')")
        assert house.reader(address).state is SubscriberState.UNSUBSCRIBED


def _tab_to(seen: View, selector: str) -> None:
    """Presses Tab until what has the focus matches; every stop on the way is seen."""
    for _ in range(40):
        seen.page.keyboard.press("Tab")
        stop = seen.stop()
        assert stop["seen"], stop
        if seen.page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")


def test_pages_of_the_form_are_sound(chromium: Browser, house: House) -> None:
    found = []
    with view(chromium, looks_at_many=True) as seen:

        def look(name: str) -> None:
            found.extend(f"{name}, {one}" for one in seen.unsound(f"readers-{name}"))

        seen.page.goto(f"{house.base}/days/")
        seen.page.locator(".box input").fill("box@inbox.example")
        seen.page.locator(".box button").click()
        assert heading(seen) == "One more step"
        assert seen.page.locator("#address").input_value() == "box@inbox.example"
        look("second step")
        seen.page.locator("#address").fill("nobody@localhost")
        house.clock.later(seconds=30)
        press(seen, "Subscribe")
        assert seen.page.get_by_role("alert").is_visible()
        assert seen.page.locator("#address").get_attribute("aria-invalid") == "true"
        look("fault")
        seen.page.locator("#address").fill("box@inbox.example")
        house.clock.later(seconds=30)
        press(seen, "Subscribe")
        assert heading(seen) == SENT
        look("sent")
        seen.page.goto(f"{house.base}/subscribe")
        look("form")

    assert found == []


def test_pages_of_links_are_sound(chromium: Browser, house: House) -> None:
    address = "links@inbox.example"
    house.asked(address)
    found = []
    with view(chromium, looks_at_many=True) as seen:

        def look(name: str) -> None:
            found.extend(f"{name}, {one}" for one in seen.unsound(f"readers-{name}"))

        def follow(purpose: Purpose, button: str) -> None:
            seen.page.goto(house.link(purpose, address))
            look(purpose)
            press(seen, button)
            look(f"{purpose}, then {button}")

        follow(Purpose.CONFIRM, "Confirm")
        follow(Purpose.PREFERENCES, "Save")
        press(seen, "Send me a link to my data")
        look("mailed")
        seen.page.goto(house.link(Purpose.EXPORT, address))
        look("export")
        follow(Purpose.UNSUBSCRIBE, "Unsubscribe")
        seen.page.goto(house.link(Purpose.PREFERENCES, address))
        look("ended")
        dead = house.link(Purpose.CONFIRM, address)
        follow(Purpose.DELETE, "Delete everything")
        seen.page.goto(dead)
        assert heading(seen) == "This link no longer works"
        look("dead")

    assert found == []


def test_the_reader_gets_the_data_as_a_file(
    chromium: Browser, house: House, tmp_path: Path
) -> None:
    address = "data@inbox.example"
    house.subscribed(address)
    with view(chromium, scripts=False) as seen:
        seen.page.goto(house.link(Purpose.EXPORT, address))
        with seen.page.expect_download() as coming:
            press(seen, "Get the file")
        coming.value.save_as(tmp_path / "data.json")

    data = json.loads((tmp_path / "data.json").read_text(encoding="utf-8"))
    assert coming.value.suggested_filename == "briefing-data.json"
    assert data["subscriber"]["address"] == address
    kinds = [one["kind"] for one in data["consent"]]
    assert kinds == ["asked", "confirmed", "exported"]


def test_a_link_of_a_letter_leaves_no_trace_at_other_sites(
    chromium: Browser, house: House
) -> None:
    address = "trace@inbox.example"
    house.subscribed(address)
    with view(chromium) as seen:
        seen.page.goto(house.link(Purpose.PREFERENCES, address))
        token = house.token(Purpose.PREFERENCES, address)
        said = []
        seen.page.on("request", lambda one: said.append(one.headers.get("referer", "")))
        seen.page.locator(".site-nav a", has_text="Days").click()

        assert heading(seen) == "Editions by day"
        assert said
        assert not [one for one in said if token in one]
        assert seen.page.context.cookies() == []


FOREIGN = """<!doctype html><title>A foreign page</title>
<form method="post" action="{base}/subscribe">
<input name="address" value="{address}"><input name="stamp" value="{stamp}">
<button>Win a prize</button></form>"""


def test_another_site_cannot_subscribe_a_visitor(
    chromium: Browser, house: House
) -> None:
    address = "victim@inbox.example"
    stamp = house.tokens.stamp(house.clock())
    house.clock.later(seconds=30)
    body = FOREIGN.format(base=house.base, address=address, stamp=stamp)
    app = Starlette(routes=[Route("/", lambda _request: HTMLResponse(body))])

    with served(lambda _port: app) as port, view(chromium) as seen:
        seen.page.goto(f"http://elsewhere.localhost:{port}/")
        press(seen, "Win a prize")

        # It looks like success, so that the other site learns nothing.
        assert heading(seen) == SENT
        assert house.store.subscriber_by_address(DIGEST.id, address) is None


def test_no_other_site_can_show_a_reader_page_in_a_frame(
    chromium: Browser, house: House
) -> None:
    address = "frame@inbox.example"
    house.subscribed(address)
    link = house.link(Purpose.UNSUBSCRIBE, address)
    body = f"<!doctype html><title>Around</title><iframe src='{link}'></iframe>"
    app = Starlette(routes=[Route("/", lambda _request: HTMLResponse(body))])

    with served(lambda _port: app) as port, view(chromium) as seen:
        seen.page.goto(f"http://elsewhere.localhost:{port}/")

        assert seen.page.frames[1].locator("button").count() == 0
        assert any("frame-ancestors" in one for one in seen.said)
