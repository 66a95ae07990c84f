"""Letters as mail readers show them: light, dark, inverted, bare, without pictures."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import pytest

from briefing.domain.audience import MailFormat
from briefing.domain.delivery import Letter, Rendition
from briefing.logic.frozen import edition_of
from tests.browser.looking import PHONE, View, view
from tests.conftest import Demo
from tests.render import readers

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.needs("chromium")

BUSY_DAY, QUIET_DAY = "2026-05-26", "2026-05-27"
SERVICE_PATHS = {
    Letter.CONFIRM: "c",
    Letter.ALREADY: "p",
    Letter.EXPORT: "x",
    Letter.DELETE: "d",
}


@pytest.fixture(scope="module")
def mails(demo: Demo) -> dict[str, str]:
    """The HTML of two editions of the sample and of every service letter, by name."""
    letters = readers.letters()
    recipient = readers.recipient()
    raw = {
        day: letters.template(
            edition_of(
                Rendition(path, "", body) for path, body in demo.files(day).items()
            ),
            MailFormat.HTML,
            read_url=f"{readers.SITE}/{day}/",
        ).fill(recipient)
        for day in (BUSY_DAY, QUIET_DAY)
    }
    for letter, path in SERVICE_PATHS.items():
        link = f"{readers.SITE}/{path}/{readers.TOKEN}"
        raw[letter.value] = letters.service(letter, recipient, link=link)
    return {name: _html(body) for name, body in raw.items()}


def _html(raw: bytes) -> str:
    """The page with the mail's own pictures in it, as mail programs put them there."""
    mail = readers.parsed(raw)
    part = mail.get_body(("html",))
    assert part is not None
    html = str(part.get_content())
    for one in mail.walk():
        if one.get_content_type() == "image/png":
            name = str(one["Content-ID"]).strip("<>")
            drawn = base64.b64encode(one.get_content()).decode("ascii")
            html = html.replace(f"cid:{name}", f"data:image/png;base64,{drawn}")
    assert "cid:" not in html
    return html


def _bare(html: str) -> str:
    """The mail as many readers show it: its sheet dropped."""
    bare, dropped = re.subn(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    assert dropped == 1
    return bare


def test_mails_are_sound_by_day_by_night_and_on_every_screen(
    chromium: Browser, mails: dict[str, str]
) -> None:
    found = []
    with view(chromium, width=PHONE) as seen:
        for name, html in mails.items():
            seen.page.set_content(html)
            found += [f"{name}, {one}" for one in seen.unsound(f"mail-{name}")]

    assert found == []


def test_mails_survive_a_reader_that_turns_every_colour_round(
    chromium: Browser, mails: dict[str, str]
) -> None:
    found = []
    with view(chromium, width=PHONE) as seen:
        for name, html in mails.items():
            seen.page.set_content(html)
            _invert(seen)
            seen.picture(f"mail-{name}-inverted")
            found += [f"{name}: {one}" for one in seen.faults(colours_alone=True)]

    assert found == []


# The colours themselves are changed: axe measures contrast without looking at filters.
_INVERT = """() => {
  const turned = value => value.replace(
    /rgba?\\((\\d+), (\\d+), (\\d+)/g,
    (_, red, green, blue) => `rgba(${255 - red}, ${255 - green}, ${255 - blue}`
  ).replace(/^(rgba\\(\\d+, \\d+, \\d+)\\)$/, "$1, 1)");
  const all = [...document.querySelectorAll("html, body, body *")];
  const before = all.map(one => {
    const style = getComputedStyle(one);
    return ["color", "background-color", "border-top-color", "border-bottom-color",
            "border-left-color"].map(name => [name, style.getPropertyValue(name)]);
  });
  all.forEach((one, at) => before[at].forEach(([name, value]) => {
    if (value !== "rgba(0, 0, 0, 0)") one.style.setProperty(name, turned(value));
  }));
}"""


def _invert(seen: View) -> None:
    before = seen.page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    seen.page.evaluate(_INVERT)
    after = seen.page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert before != after


def test_a_mail_without_its_sheet_says_and_shows_the_same(
    chromium: Browser, mails: dict[str, str]
) -> None:
    with view(chromium, width=PHONE) as seen:
        for name, html in mails.items():
            seen.page.set_content(html)
            whole = seen.page.inner_text("body"), seen.page.screenshot(full_page=True)
            seen.page.set_content(_bare(html))
            bare = seen.page.inner_text("body"), seen.page.screenshot(full_page=True)

            assert bare == whole, name


def test_a_mail_without_its_sheet_is_sound_in_a_dark_window_too(
    chromium: Browser, mails: dict[str, str]
) -> None:
    # By day it is the mail with its sheet: the test before.
    found = []
    with view(chromium, width=PHONE, dark=True) as seen:
        for name, html in mails.items():
            seen.page.set_content(_bare(html))
            seen.picture(f"mail-{name}-bare-dark")
            found += [f"{name}: {one}" for one in seen.faults(colours_alone=True)]

    assert found == []


def test_a_mail_loads_nothing_and_runs_nothing(
    chromium: Browser, mails: dict[str, str]
) -> None:
    with view(chromium) as seen:
        for html in mails.values():
            seen.page.set_content(html)

        assert seen.asked == []
        assert seen.said == []


def test_the_whole_mail_is_there_with_pictures_off_and_no_scripts(
    chromium: Browser, mails: dict[str, str]
) -> None:
    said = {}
    for fancy in (True, False):
        with view(chromium, scripts=fancy, pictures=fancy) as seen:
            seen.page.set_content(mails[BUSY_DAY])
            said[fancy] = seen.page.inner_text("body")
            words = seen.page.locator("img").all()

            assert all(one.get_attribute("alt") for one in words)

    assert said[True] == said[False]
    assert "Unsubscribe" in said[False]


def test_links_of_a_mail_are_reached_by_keyboard_and_seen(
    chromium: Browser, mails: dict[str, str]
) -> None:
    with view(chromium) as seen:
        seen.page.set_content(mails[BUSY_DAY])
        links = seen.page.locator("a[href]").all()
        reached = []
        for _ in links:
            seen.page.keyboard.press("Tab")
            reached.append(seen.page.evaluate("document.activeElement.href"))

        assert reached == [one.get_attribute("href") for one in links]
        assert all(href.startswith("http") for href in reached)
