"""The archive in Chromium: every kind of page, and the way through it by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from briefing.web import create_app
from tests.browser.looking import DESKTOP, PHONE, View, view
from tests.served import served
from tests.site import published, sites

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.needs("chromium")

EDITION = f"/{published.CORRECTED}/"
BRIEF = EDITION + published.NEW_SLUG
PAGES = (
    "/",
    EDITION,
    f"{EDITION}r1/",
    BRIEF,
    f"{EDITION}r1/{published.OLD_SLUG}",
    f"/{published.QUIET}/",
    f"{EDITION}for/{published.PROFILE}/",
    f"/week{EDITION}",
    "/days/",
    "/days/2026-05/",
    "/topics/",
    "/topics/ai/",
    "/sources/",
    "/search",
    "/search?q=berth",
    "/search?q=nothingofthekind",
    "/there-is-no-such-page",
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site with three days, a correction and a week is served."""
    with published.opened(tmp_path_factory.mktemp("archive")) as store:

        def app(port: int) -> object:
            return create_app(sites.site(store, base_url=address(port)))

        with served(app) as port:
            yield address(port)


def address(port: int) -> str:
    """A name below .localhost: Chromium takes it for loopback, and for secure."""
    return f"http://daily.localhost:{port}"


@pytest.fixture(scope="module")
def window(chromium: Browser) -> Iterator[View]:
    """One for all pages that are only looked at: a new one takes half a second."""
    with view(chromium, looks_at_many=True) as seen:
        yield seen


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound_by_day_by_night_and_on_every_screen(
    window: View, base: str, path: str
) -> None:
    window.page.goto(base + path)

    assert window.unsound(f"site{path}") == []


def test_pages_ask_nobody_else_and_break_no_policy(
    chromium: Browser, base: str
) -> None:
    with view(chromium) as seen:
        for path in PAGES[:-1]:
            seen.page.goto(base + path)

        assert [one for one in seen.asked if not one.startswith(f"{base}/")] == []
        assert seen.said == []
        assert seen.page.context.cookies() == []


def test_the_policy_stops_a_script_that_got_into_a_page(
    chromium: Browser, base: str
) -> None:
    with view(chromium) as seen:
        seen.page.goto(base)
        seen.page.evaluate(
            """() => document.head.append(Object.assign(
                document.createElement("script"), {text: "window.ran = true"}))"""
        )

        assert seen.page.evaluate("window.ran === undefined")
        assert "Content Security Policy" in seen.said[0]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_evidence_opens_and_closes_without_scripts(
    chromium: Browser, base: str, width: int
) -> None:
    with view(chromium, width=width, scripts=False) as seen:
        seen.page.goto(base + BRIEF)
        mark = seen.page.locator("a.mark").first
        note = seen.page.locator(mark.get_attribute("href") or "")
        assert not note.is_visible()

        mark.click()
        seen.picture(f"site-evidence-{width}")

        assert note.is_visible()
        assert note.locator("mark").first.inner_text()
        note.get_by_role("link", name="Close").click()
        assert not note.is_visible()


def test_evidence_is_read_by_keyboard_alone(chromium: Browser, base: str) -> None:
    with view(chromium) as seen:
        seen.page.goto(base + BRIEF)
        focused = _tab_to(seen, "a.mark")
        place = focused["y"]

        seen.page.keyboard.press("Enter")
        seen.page.keyboard.press("Tab")

        assert seen.stop()["text"] == "Close"
        seen.page.keyboard.press("Enter")
        seen.page.keyboard.press("Tab")
        # Back in the text, near the sentence that was left.
        assert abs(seen.stop()["y"] - place) < 400


def test_the_first_stop_skips_to_the_text(chromium: Browser, base: str) -> None:
    with view(chromium) as seen:
        for path in ("/", BRIEF, "/search", "/there-is-no-such-page"):
            seen.page.goto(base + path)
            seen.page.keyboard.press("Tab")
            assert seen.stop()["text"] == "Skip to the text", path

            seen.page.keyboard.press("Enter")
            seen.page.keyboard.press("Tab")

            inside = "document.querySelector('main').contains(document.activeElement)"
            in_box = "!!document.activeElement.closest('.box')"
            assert seen.page.evaluate(f"{inside} || {in_box}"), path


def test_every_stop_shows_where_one_is(chromium: Browser, base: str) -> None:
    with view(chromium) as seen:
        for path in ("/", "/days/", "/search"):
            seen.page.goto(base + path)
            stops = []
            for _ in range(40):
                seen.page.keyboard.press("Tab")
                stop = seen.stop()
                if stop["tag"] == "BODY":
                    break
                stops.append(stop)

            assert {one["tag"] for one in stops} >= {"A", "INPUT", "BUTTON"}, path
            assert [one for one in stops if not one["seen"]] == [], path
            # In the order of the page, top to bottom.
            places = [one["order"] for one in stops]
            assert places == sorted(places), path


def _tab_to(seen: View, selector: str) -> dict[str, object]:
    """Presses Tab until what has the focus matches."""
    for _ in range(60):
        seen.page.keyboard.press("Tab")
        if seen.page.evaluate("s => document.activeElement.matches(s)", selector):
            return seen.stop()
    raise AssertionError(f"Tab never comes to {selector}")


def test_the_archive_is_searched_by_keyboard_without_scripts(
    chromium: Browser, base: str
) -> None:
    with view(chromium, scripts=False) as seen:
        seen.page.goto(f"{base}/search")
        _tab_to(seen, "input[name=q]")
        seen.page.keyboard.type("openrouter")
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_url("**/search?q=openrouter")

        first = seen.page.locator(".result a").first
        assert first.inner_text() == published.NEW_HEADLINE
        assert seen.page.locator(".results mark").count() > 0

        first.click()
        assert seen.page.locator("h1").inner_text() == published.NEW_HEADLINE


def test_an_older_revision_says_so_and_leads_to_the_newest(
    chromium: Browser, base: str
) -> None:
    with view(chromium, scripts=False) as seen:
        seen.page.goto(f"{base}{EDITION}r1/{published.OLD_SLUG}")
        seen.page.locator(".banner a").first.click()

        assert seen.page.url == base + BRIEF


def test_the_sheet_slides_in_only_for_readers_who_like_motion(
    chromium: Browser, base: str
) -> None:
    moves = {}
    for still in (False, True):
        with view(chromium, still=still) as seen:
            seen.page.goto(base + BRIEF)
            seen.page.locator("a.mark").first.click()
            moves[still] = seen.page.evaluate(
                "getComputedStyle(document.querySelector(':target')).animationName"
            )

    assert moves == {False: "rise", True: "none"}


def test_paper_gets_the_text_and_its_sources_alone(
    chromium: Browser, base: str
) -> None:
    with view(chromium, dark=True) as seen:
        seen.page.goto(base + BRIEF)
        seen.page.emulate_media(media="print")
        seen.picture("site-brief-print")

        assert seen.page.locator("article.brief h1").is_visible()
        assert seen.page.locator(".sources").is_visible()
        for selector in (".site-nav", ".box", ".evidence", ".turn", ".skip"):
            assert not seen.page.locator(selector).first.is_visible(), selector
        ink = seen.page.evaluate("getComputedStyle(document.body).color")
        assert ink == "rgb(0, 0, 0)"


def test_the_box_on_a_page_is_sent_by_keyboard(chromium: Browser, base: str) -> None:
    with view(chromium, scripts=False) as seen:
        seen.page.goto(base + BRIEF)
        _tab_to(seen, ".box input")
        seen.page.keyboard.type("reader@inbox.example")
        with seen.page.expect_request(f"{base}/subscribe") as sent:
            seen.page.keyboard.press("Enter")

        assert sent.value.method == "POST"
        assert sent.value.post_data == "address=reader%40inbox.example"
