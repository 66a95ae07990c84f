"""Looking at pages in Chromium: as which reader, and what is wrong with them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE, TABLET, DESKTOP = 360, 768, 1280
WIDTHS = (PHONE, TABLET, DESKTOP)
# wcag2a and wcag2aa of DELIVERY.md A7, with the rules that came after them.
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# The rules whose verdict depends on the colours, for a page that was seen in others.
COLOUR_RULES = ("color-contrast", "link-in-text-block")
# A folder that gets a picture of everything that is looked at: ./run test tests/browser
# with this variable set.
PICTURES = "BRIEFING_PICTURES"


@dataclass
class View:
    """A page as one kind of reader sees it, with all that happened meanwhile.

    Attributes:
        page: of playwright.
        asked: addresses that the browser asked for, data: and file: left out.
        said: console errors and warnings, CSP violations among them.
    """

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def unsound(self, name: str) -> list[str]:
        """What is wrong in light and dark, and at every width.

        Keeps pictures under `name`; leaves the window light, and wide.
        """
        self.page.emulate_media(color_scheme="dark")
        self.picture(f"{name}-dark")
        found = [f"dark: {one}" for one in self.faults(colours_alone=True)]
        self.page.emulate_media(color_scheme="light")
        self.picture(f"{name}-light")
        found += [f"light: {one}" for one in self.faults()]
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            self.picture(f"{name}-{width}")
            found += [f"{width} px: {one}" for one in self.too_wide()]
        return found

    def faults(self, *, colours_alone: bool = False) -> list[str]:
        """What axe finds, one line a node."""
        return [
            f"{rule['id']}: {' '.join(node['target'])}: {_message(node)}"
            for rule in self._violations(colours_alone=colours_alone)
            for node in rule["nodes"]
        ]

    def _violations(self, *, colours_alone: bool) -> list[dict[str, Any]]:
        if self.page.evaluate("typeof axe") == "undefined":
            self.page.evaluate(_axe())
        only = ("rule", COLOUR_RULES) if colours_alone else ("tag", AXE_TAGS)
        asked = {"type": only[0], "values": list(only[1])}
        found: dict[str, list[Any]] = self.page.evaluate(
            _EACH_LOOK, [asked, sorted(_SOUND_LOOKS)]
        )
        if not found["violations"]:
            _SOUND_LOOKS.update(found["looks"])
        return found["violations"]

    def too_wide(self) -> list[str]:
        """What reaches past the right edge, a line each; () where the page fits."""
        found: list[str] = self.page.evaluate(_TOO_WIDE)
        return found

    def stop(self) -> dict[str, Any]:
        """Where the keyboard is: tag, text, y, order in the page, and whether that is
        to be seen.
        """
        found: dict[str, Any] = self.page.evaluate(_STOP)
        return found

    def picture(self, name: str) -> None:
        """Kept only where the environment names a folder for it."""
        if chosen := os.environ.get(PICTURES):
            path = Path(chosen) / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png"
            self.page.screenshot(path=path, full_page=True)


def _axe() -> str:
    from axe_playwright_python.base import AXE_SCRIPT

    return str(AXE_SCRIPT)


def _message(node: dict[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return "; ".join(one["message"] for one in checks)


# Contrast takes four fifths of axe's time, and is the same wherever an element and all
# that it stands in look the same: one of each look is measured, on the first page that
# has it.
_SOUND_LOOKS: set[int] = set()
_EACH_LOOK = """([only, sound]) => {
  const measured = new Set(sound);
  const hash = text => {
    let one = 0xdeadbeef, two = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      one = Math.imul(one ^ text.charCodeAt(at), 2654435761);
      two = Math.imul(two ^ text.charCodeAt(at), 1597334677);
    }
    return 4294967296 * (2097151 & two) + (one >>> 0);
  };
  const known = new Map(), one_of = new Map();
  const look = one => {
    if (!one) return "";
    if (!known.has(one)) {
      const style = getComputedStyle(one);
      known.set(one, look(one.parentElement) + " > " + [
        one.tagName, one.className, style.color, style.backgroundColor,
        style.backgroundImage, style.fontSize, style.fontWeight, style.opacity,
        style.textDecorationLine, style.borderBottomWidth,
      ].join(" "));
    }
    return known.get(one);
  };
  for (const one of document.body.querySelectorAll("*")) {
    const has_words = [...one.childNodes].some(
      node => node.nodeType === Node.TEXT_NODE && node.textContent.trim()
    );
    if (has_words || one.matches("input, select, textarea, button")) {
      const key = hash(look(one));
      if (!measured.has(key) && !one_of.has(key)) one_of.set(key, one);
    }
  }
  for (const one of one_of.values()) one.setAttribute("data-look", "");
  axe.configure({rules: [
    {id: "color-contrast", selector: "[data-look]"},
    {id: "link-in-text-block", selector: "a[href][data-look]"},
  ]});
  const asked = {resultTypes: ["violations"], runOnly: only};
  return axe.run(document, asked).then(found => {
    for (const one of one_of.values()) one.removeAttribute("data-look");
    return {violations: found.violations, looks: [...one_of.keys()]};
  });
}"""

# The page must not scroll sideways; a box with overflow of its own may.
_TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  return [...document.body.querySelectorAll("*")]
    .filter(one => one.getBoundingClientRect().right > edge + 0.5)
    .map(one => `${one.tagName} ${one.className}: ${one.textContent.slice(0, 60)}`);
}"""

_STOP = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    tag: one.tagName,
    text: one.textContent.trim().slice(0, 80),
    y: box.top + window.scrollY,
    order: [...document.querySelectorAll("*")].indexOf(one),
    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      && box.width > 0 && box.height > 0 && box.left >= 0,
  };
}"""


@contextmanager
def view(
    browser: Browser,
    *,
    width: int = DESKTOP,
    dark: bool = False,
    scripts: bool = True,
    still: bool = False,
    ignores_policy: bool = False,
    pictures: bool = True,
    looks_at_many: bool = False,
) -> Iterator[View]:
    """A fresh window of a reader without cookies.

    `scripts` off is a browser with JavaScript switched off, `still` asks for reduced
    motion, `pictures` off blocks images, `ignores_policy` lets a test add styles.
    `looks_at_many` brings axe into each page by itself: sending it takes a tenth of a
    second each time.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
        java_script_enabled=scripts,
        reduced_motion="reduce" if still else "no-preference",
        bypass_csp=ignores_policy,
        locale="en-GB",
        timezone_id="Europe/Berlin",
        is_mobile=width == PHONE,
        has_touch=width == PHONE,
    )
    context.set_default_timeout(10_000)
    if looks_at_many:
        context.add_init_script(_axe())
    if not pictures:
        context.route("**/*.{png,jpg,gif,svg}", lambda route: route.abort())
    seen = View(context.new_page())
    context.on(
        "request",
        lambda request: (
            seen.asked.append(request.url)
            if request.url.startswith(("http:", "https:", "ws:", "wss:"))
            else None
        ),
    )
    context.on(
        "console",
        lambda message: (
            seen.said.append(message.text)
            if message.type in {"error", "warning"}
            else None
        ),
    )
    try:
        yield seen
    finally:
        context.close()
