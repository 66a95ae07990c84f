"""Draws docs/pictures anew from the sample days: python -m tests.browser.pictures

site.png  a brief on the site with the evidence of a sentence open
mail.png  the mail of an edition on a phone, light and dark
"""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from briefing import byhand
from briefing.domain.audience import Digest, MailFormat
from briefing.logic.frozen import edition_of
from briefing.store import SqliteStore
from briefing.web import create_app
from tests.browser.conftest import FLAGS, chromium_path
from tests.conftest import quiet
from tests.render import readers
from tests.served import served
from tests.site import sites

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SAMPLE = Digest(id="sample", title="Sample Briefing")
PLACE = Path(__file__).resolve().parents[2] / "docs" / "pictures"
_SHARP = 1.25
_PHONES = (
    "<body style='margin:0;display:flex;gap:24px;padding:24px;background:#e7e3d9'>"
    "{pictures}"
)
_PHONE = "<img style='width:375px;border-radius:16px' src='data:image/png;base64,{}'>"


def main() -> None:
    """Writes both pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        output = Path(folder)
        byhand.run_demo(output, model_url=None, model="", progress=quiet)
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(FLAGS)
        )
        with SqliteStore(output / "demo.db") as store:
            _draw_site(browser, store)
            _draw_mail(browser, store)
        browser.close()


def _draw_site(browser: Browser, store: SqliteStore) -> None:
    def app(port: int) -> object:
        base = f"http://daily.localhost:{port}"
        return create_app(sites.site(store, digest=SAMPLE, base_url=base))

    with served(app) as port:
        page = _window(browser, width=1000, height=800)
        page.goto(f"http://daily.localhost:{port}/2026-05-26/")
        page.locator("article h2 a").nth(1).click()
        page.locator("article.brief li a.mark").first.click()
        page.evaluate("window.scrollTo(0, 0)")
        page.screenshot(path=PLACE / "site.png")


def _draw_mail(browser: Browser, store: SqliteStore) -> None:
    edition = edition_of(store.edition_files("sample-default-2026-05-25", 1))
    letter = readers.letters(list_title=SAMPLE.title).template(
        edition, MailFormat.HTML, read_url=f"{readers.SITE}/2026-05-25/"
    )
    body = readers.parsed(letter.fill(readers.recipient())).get_body(("html",))
    assert body is not None
    phones = []
    for scheme in ("light", "dark"):
        page = _window(browser, width=375, height=740)
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_content(body.get_content())
        phones.append(_PHONE.format(base64.b64encode(page.screenshot()).decode()))
    page = _window(browser, width=822, height=788)
    page.set_content(_PHONES.format(pictures="".join(phones)))
    page.screenshot(path=PLACE / "mail.png")


def _window(browser: Browser, *, width: int, height: int) -> Page:
    return browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=_SHARP,
        reduced_motion="reduce",
    ).new_page()


if __name__ == "__main__":
    main()
