"""A real Chromium for the tests of this folder, one a session."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Nothing that this browser does by itself may leave the machine or cost time.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Fewer processes: a quarter of its work.
    "--in-process-gpu",
    "--renderer-process-limit=1",
)
# The first takes half the work of the others.
BINARIES = ("chromium-headless-shell", "chromium", "chromium-browser")


def missing_for_chromium() -> str:
    """What these tests lack on this machine, "" when all is there."""
    lacking = [
        name
        for name in ("playwright", "axe_playwright_python")
        if importlib.util.find_spec(name) is None
    ]
    if chromium_path() is None:
        lacking.append("Chromium")
    return f"without {', '.join(lacking)}: ./run browser installs" if lacking else ""


def chromium_path() -> str | None:
    """Where Debian put it, the one without a window first; None if there is none."""
    found = (shutil.which(name) for name in BINARIES)
    return next((path for path in found if path), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips with a word where the browser is missing, but never in CI."""
    if os.environ.get("CI") == "true" or not (word := missing_for_chromium()):
        return
    for item in items:
        if any(mark.args == ("chromium",) for mark in item.iter_markers("needs")):
            item.add_marker(pytest.mark.skip(reason=word))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; each test makes contexts of its own in it."""
    word = missing_for_chromium()
    assert not word, word

    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(FLAGS)
        )
        yield browser
        browser.close()
