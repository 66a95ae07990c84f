"""The pages of an edition's folder, opened as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.looking import PHONE, view
from tests.conftest import Demo

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.needs("chromium")

DAY, QUIET_DAY = "2026-05-26", "2026-05-27"


@pytest.fixture(scope="module")
def pages(demo: Demo) -> tuple[Path, ...]:
    """The whole edition, one brief with a ranking, one without, and a quiet day."""
    busy = demo.output / DAY
    return (
        busy / "index.html",
        next(busy.glob("tokenmeter-*.html")),
        next(busy.glob("silvane-*.html")),
        demo.output / QUIET_DAY / "index.html",
    )


def test_pages_are_sound_by_day_by_night_and_on_every_screen(
    chromium: Browser, pages: tuple[Path, ...]
) -> None:
    found = []
    with view(chromium, looks_at_many=True) as seen:
        for page in pages:
            seen.page.goto(page.as_uri())
            name = f"folder-{page.parent.name}-{page.stem[:20]}"
            found += [f"{page.name}, {one}" for one in seen.unsound(name)]

    assert found == []


def test_evidence_opens_in_a_file_without_scripts(
    chromium: Browser, pages: tuple[Path, ...]
) -> None:
    with view(chromium, width=PHONE, scripts=False) as seen:
        seen.page.goto(pages[1].as_uri())
        mark = seen.page.locator("a.mark").first
        mark.click()

        note = seen.page.locator(mark.get_attribute("href") or "")
        assert note.is_visible()
        seen.page.locator(".note:visible .close").click()
        assert not note.is_visible()


def test_a_term_opens_by_keyboard_without_scripts_and_leads_back(
    chromium: Browser, pages: tuple[Path, ...]
) -> None:
    with view(chromium, width=PHONE, scripts=False) as seen:
        # At rest at once: its place is measured, not its way there.
        seen.page.emulate_media(reduced_motion="reduce")
        seen.page.goto(pages[1].as_uri())
        term = seen.page.locator("a.term").first
        term.focus()
        seen.page.keyboard.press("Enter")

        entry = seen.page.locator(term.get_attribute("href") or "")
        box = entry.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < box["y"] + box["height"] <= 800
        entry.locator(".back").focus()
        seen.page.keyboard.press("Enter")
        assert seen.page.url.endswith(f"#{term.get_attribute('id')}")


def test_an_open_term_is_sound(chromium: Browser, pages: tuple[Path, ...]) -> None:
    with view(chromium) as seen:
        seen.page.goto(f"{pages[1].as_uri()}#term-1")

        assert seen.unsound("term-open") == []


def test_pages_of_a_folder_ask_for_nothing_outside_of_it(
    chromium: Browser, pages: tuple[Path, ...]
) -> None:
    with view(chromium) as seen:
        for page in pages:
            seen.page.goto(page.as_uri())

        assert seen.asked == []
        assert seen.said == []
