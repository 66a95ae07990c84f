"""The HTML of a mail against what mail readers show.

An allow-list: what is not named here is a fault. Facts are caniemail.com's, each for
the newest version tested there, read 2026-11 (DELIVERY.md 4.6).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import SplitResult, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from briefing.logic.mail_fault import MailFault

MAX_STYLE_BYTES = 12_000  # Gmail drops a sheet of more than 16 KB
MIN_FONT_PX = 14
MAX_WIDTH_PX = 600
PREHEADER = (40, 130)

_TAGS = frozenset(
    "html head meta title style body table tbody tr td th div p h1 h2 h3 h4 h5 h6 a b "
    "i em strong code br hr ul ol li span blockquote img -text".split()
)
_ATTRIBUTES = frozenset(
    "lang dir charset name content class style role width height cellpadding "
    "cellspacing border align href title scope rel src alt".split()
)
_PROPERTIES = frozenset(
    "background-color color margin margin-top margin-bottom padding padding-top "
    "padding-bottom max-width width font-family font-size font-weight line-height "
    "text-align text-decoration vertical-align border border-top border-bottom "
    "border-left border-color border-collapse word-break".split()
)
# Why some that a template might reach for are not on the lists.
_FACTS = {
    "svg": "not shown by Gmail, Outlook and Yahoo",
    "picture": "not understood by Gmail",
    "video": "not shown by Gmail",
    "link": "dropped by Gmail",
    "form": "unreliable",
    "script": "dropped everywhere, and a mark of spam",
    "iframe": "dropped everywhere",
    "object": "dropped everywhere",
    "article": "stripped by Outlook on Windows and Yahoo",
    "main": "stripped by Outlook on Windows and Yahoo",
    "section": "stripped by Outlook on Windows and Yahoo",
    "srcset": "not understood by Gmail",
    "id": "local anchors are dead in Gmail on iOS and Yahoo's apps",
    "position": "not understood by Gmail",
    "display": "flex and grid are not understood by Outlook on Windows",
}
_BANNED_VALUES = (
    (re.compile(r"var\(", re.I), "var() is not understood by Gmail"),
    (re.compile(r"url\(", re.I), "pictures of styles are not shown by Outlook"),
    (re.compile(r"[\d.]rem\b", re.I), "rem is not understood by Outlook and Yahoo"),
    (re.compile(r"@import", re.I), "@import is dropped by Gmail"),
    (re.compile(r"\b(?:flex|grid)\b", re.I), "flex and grid fail in Outlook"),
    (re.compile(r"position\s*:", re.I), "position is not understood by Gmail"),
)
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|webp|svg)", re.I)
_EMPTY_WORDS = frozenset(
    {"here", "click here", "click", "link", "this link", "more", "read more", "this"}
)
_SHORTENERS = frozenset(
    "bit.ly t.co tinyurl.com goo.gl ow.ly is.gd buff.ly rebrand.ly cutt.ly lnkd.in "
    "rb.gy shorturl.at t.ly tiny.cc dlvr.it trib.al".split()
)
_LINES = "p, h1, h2, h3, h4, h5, h6, li"
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|max-height|opacity)\s*:"
    r"\s*0(?!\.?[1-9])",
    re.I,
)


class HtmlMail:
    """The HTML of a mail, parsed once."""

    def __init__(self, html: str) -> None:
        self._tree = LexborHTMLParser(html)

    def all(self, selector: str) -> list[LexborNode]:
        """Every element that `selector` finds, in order."""
        return self._tree.css(selector)

    @cached_property
    def words(self) -> str:
        """What a reader sees, on one line."""
        body = self._tree.body
        return " ".join(body.text(separator=" ").split()) if body else ""

    @property
    def urls(self) -> tuple[str, ...]:
        """Addresses of all links, in order."""
        return tuple(_value(one, "href") for one in self.all("a"))

    @property
    def foot_urls(self) -> tuple[str, ...]:
        """Addresses of the links in the foot, which has the class of that name."""
        return tuple(_value(one, "href") for one in self.all(".foot a"))

    @property
    def urls_above_foot(self) -> tuple[str, ...]:
        """All others; the foot is the end of the mail."""
        return self.urls[: len(self.urls) - len(self.foot_urls)]


def lint_html(page: HtmlMail) -> Iterator[MailFault]:
    """E2 to E5 and E11."""
    yield from _allow_list_faults(page)
    yield from _sheet_faults(page)
    yield from _structure_faults(page)
    yield from _image_faults(page)
    yield from _link_faults(page)


def lint_preheader(page: HtmlMail) -> Iterator[MailFault]:
    """E8: the first line is what mail lists show beside the subject."""
    first = next((one for one in page.all(_LINES) if one.text().strip()), None)
    words = " ".join(first.text().split()) if first else ""
    least, most = PREHEADER
    if first is not None and _HIDDEN.search(_value(first, "style")):
        yield MailFault("E8", "its first line is hidden, which Gmail warns against")
    if len(words) > most:
        yield MailFault("E8", f"its first line has {len(words)} characters")
    elif len(words) < least:
        yield MailFault(
            "E8", f"its first line has only {len(words)} characters", is_warning=True
        )


def _value(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""


def _named(kind: str, name: str) -> MailFault:
    fact = _FACTS.get(name)
    return MailFault("E2", f"{kind} {name}" + (f" ({fact})" if fact else ""))


def _allow_list_faults(page: HtmlMail) -> Iterator[MailFault]:
    found: dict[MailFault, None] = {}
    for node in page.all("*"):
        if node.tag not in _TAGS:
            found[_named("tag", str(node.tag))] = None
        for name, value in node.attributes.items():
            if name not in _ATTRIBUTES:
                found[_named("attribute", name)] = None
            if name == "style":
                found.update(dict.fromkeys(_style_faults(value or "")))
    yield from found


def _style_faults(style: str) -> Iterator[MailFault]:
    for pattern, fact in _BANNED_VALUES:
        if pattern.search(style):
            yield MailFault("E2", fact)
    for declaration in filter(str.strip, style.split(";")):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name not in _PROPERTIES:
            yield _named("property", name)
        pixels = re.fullmatch(r"(\d+)px", value)
        if name == "font-size" and (pixels is None or int(pixels[1]) < MIN_FONT_PX):
            yield MailFault("E4", f"text of {value}, under {MIN_FONT_PX}px")
        if name.endswith("width") and pixels and int(pixels[1]) > MAX_WIDTH_PX:
            yield MailFault("E4", f"something is {value} wide, over {MAX_WIDTH_PX}px")


def _sheet_faults(page: HtmlMail) -> Iterator[MailFault]:
    sheets = page.all("style")
    if len(sheets) > 1 or page.all("body style"):
        yield MailFault("E3", "more than one style sheet, or one outside the head")
    for sheet in sheets:
        css = sheet.text()
        if len(css.encode("utf-8")) > MAX_STYLE_BYTES:
            yield MailFault("E3", f"its style sheet is over {MAX_STYLE_BYTES:,} bytes")
        if not all(one.startswith("@media") for one in _statements(css)):
            yield MailFault("E3", "its style sheet holds more than media queries")
        for pattern, fact in _BANNED_VALUES:
            if pattern.search(css):
                yield MailFault("E2", fact)


def _statements(css: str) -> Iterator[str]:
    """What stands outside all braces, piece by piece."""
    depth, start = 0, 0
    for match in re.finditer(r"[{}]", css):
        if match[0] == "{":
            if depth == 0:
                yield css[start : match.start()].strip()
            depth += 1
        else:
            depth -= 1
            start = match.end()
    if css[start:].strip():
        yield css[start:].strip()


def _structure_faults(page: HtmlMail) -> Iterator[MailFault]:
    tables = page.all("table")
    if any(
        _value(one, "role") != "presentation" and not one.css("th") for one in tables
    ):
        yield MailFault("E4", "a layout table without role=presentation")
    for node in (*page.all("html"), *tables[:1]):
        if not (_value(node, "lang") and _value(node, "dir")):
            yield MailFault("E4", f"no lang or no dir on the outer {node.tag}")
    levels = [int(str(one.tag)[1]) for one in page.all("h1, h2, h3, h4, h5, h6")]
    if levels.count(1) != 1:
        yield MailFault("E4", f"{levels.count(1)} headings of the first level")
    if any(after - before > 1 for before, after in itertools.pairwise(levels)):
        yield MailFault("E4", "a level of headings is skipped")
    for node in page.all("[width]"):
        width = _value(node, "width")
        if width.isdecimal() and int(width) > MAX_WIDTH_PX:
            yield MailFault("E4", f"something is {width}px wide, over {MAX_WIDTH_PX}px")


def _image_faults(page: HtmlMail) -> Iterator[MailFault]:
    for image in page.all("img"):
        alt, source = image.attributes.get("alt"), _value(image, "src")
        sizes = [_value(image, "width"), _value(image, "height")]
        if alt is None or _FILE_NAME.fullmatch(alt):
            yield MailFault("E5", "a picture without words for those who do not see it")
        if not all(one.isdecimal() for one in sizes):
            yield MailFault("E5", "a picture without width and height")
        elif min(map(int, sizes)) <= 1:
            yield MailFault("D12", "a picture of one pixel watches who opens the mail")
        if not source.startswith("https://"):
            yield MailFault("E5", "a picture whose address is not https")
        elif re.search(r"\.(?:webp|svg)(?:$|\?)", source, re.I):
            yield MailFault("E2", "WebP and SVG pictures fail in Outlook or Gmail")


def _link_faults(page: HtmlMail) -> Iterator[MailFault]:
    for link in page.all("a"):
        url, words = _value(link, "href"), " ".join(link.text().split())
        parts = _parts(url)
        if parts is None:
            yield MailFault("E11", "a link that is no whole web address")
        elif (parts.hostname or "").removeprefix("www.") in _SHORTENERS:
            yield MailFault("E11", f"a shortened link ({parts.hostname})", True)
        if not words and not any(_value(one, "alt") for one in link.css("img")):
            yield MailFault("E11", "a link without words")
        elif words.lower().strip(" .:»›→") in _EMPTY_WORDS:
            yield MailFault("E11", f"a link that only says {words!r}")


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None
