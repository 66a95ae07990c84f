"""The pages of an edition's folder, opened as files, and its mail."""

from __future__ import annotations

from collections.abc import Iterator
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.looking import PHONE, WIDTHS, View, view
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


@pytest.mark.parametrize("dark", [False, True])
def test_pages_are_free_of_accessibility_faults(
    chromium: Browser, pages: tuple[Path, ...], dark: bool
) -> None:
    found = []
    with view(chromium, dark=dark) as seen:
        for page in pages:
            seen.page.goto(page.as_uri())
            seen.picture(f"folder-{page.parent.name}-{page.stem[:20]}-dark-{dark}")
            found += [f"{page.name}: {one}" for one in seen.faults()]

    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(
    chromium: Browser, pages: tuple[Path, ...], width: int
) -> None:
    found = []
    with view(chromium, width=width) as seen:
        for page in pages:
            seen.page.goto(page.as_uri())
            seen.picture(f"folder-{page.parent.name}-{page.stem[:20]}-{width}")
            found += [f"{page.name}: {one}" for one in seen.too_wide()]

    assert found == []
