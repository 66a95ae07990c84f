"""The editor's note: Markdown in, clean HTML out, and the same as plain blocks.

Raw HTML in a note passes `markdown` untouched, so the sanitiser runs after it. The
limits come from measured worst cases on 2 cores: 2,000 "[" cost Python-Markdown 0.7 s
and 20,000 a minute; 16,000 nested list marks end in a RecursionError.
"""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

import markdown
import nh3

from briefing.errors import InputError
from briefing.render.escaping import web_url

MAX_BYTES = 50_000
MAX_BRACKETS = 1_000
# 48,000 "<b>" cost 0.35 s; deep nesting is what makes the sanitiser slow.
MAX_TAGS = 2_000

_TAGS = set("p br hr h3 h4 h5 h6 ul ol li blockquote em strong code a".split())
_BLOCKS = frozenset("p h3 h4 h5 h6 li blockquote pre hr".split())


def clean_note(text: str) -> str:
    """The note as HTML that may stand in any page: headings from h3 down, links only
    to http and https addresses, no images, no attributes. Raises InputError when the
    note is larger or more twisted than a note is.
    """
    _refuse_excess(text)
    try:
        # "toc" is there for its base level alone: the page's own headings are h1, h2.
        html = markdown.markdown(
            text, extensions=["toc"], extension_configs={"toc": {"baselevel": 3}}
        )
    except RecursionError as error:
        raise InputError(
            "the editor's note is nested too deeply",
            hint="Take out nested lists or quotations.",
        ) from error
    return sanitised(html).strip()


def _refuse_excess(text: str) -> None:
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise InputError(
            f"the editor's note has {size:,} bytes, at most {MAX_BYTES:,} are read",
            hint="Shorten the note.",
        )
    for mark, limit in (("[", MAX_BRACKETS), ("<", MAX_TAGS)):
        if text.count(mark) > limit:
            raise InputError(
                f"the editor's note has {text.count(mark):,} {mark!r} marks, "
                f"at most {limit:,} are read",
                hint=f"Take out the {mark!r} marks that do not belong to links.",
            )


def sanitised(html: str) -> str:
    """`html` with only the tags and addresses that a note may hold; clean HTML comes
    out as it went in.
    """
    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags={"script", "style", "title", "textarea"},
        attributes={"a": {"href"}},
        attribute_filter=_kept,
        url_schemes={"http", "https"},
        link_rel="noopener nofollow",
    )


def _kept(_tag: str, name: str, value: str) -> str | None:
    # The sanitiser's own rel comes through here as well. It lets relative links pass,
    # which would lead into the edition's folder.
    return web_url(value) if name == "href" else value


@dataclass(frozen=True, slots=True)
class Inline:
    """A run of text in a note.

    Attributes:
        text: without markup.
        url: where it leads, None for plain text.
    """

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item of a note.

    Attributes:
        is_item: of a list.
        inlines: in order, at least one.
    """

    is_item: bool
    inlines: tuple[Inline, ...]


def blocks(html: str) -> tuple[Block, ...]:
    """A cleaned note for formats that have no HTML, block by block."""
    reader = _BlockReader()
    reader.feed(sanitised(html))
    reader.close()
    reader.end_block()
    return tuple(reader.found)


class _BlockReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._inlines: list[Inline] = []
        self._is_item = False
        self._url: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.end_block()
            # A paragraph inside a list item still belongs to the item.
            self._is_item = tag == "li" or (tag == "p" and self._is_item)
        elif tag == "a":
            self._url = web_url(dict(attrs).get("href"))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
            self._is_item = self._is_item and tag != "li"
        elif tag == "a":
            self._url = None

    def handle_data(self, data: str) -> None:
        self._inlines.append(Inline(data, self._url))

    def end_block(self) -> None:
        """Closes the block that is being read, if it holds any text."""
        if any(inline.text.strip() for inline in self._inlines):
            self.found.append(Block(self._is_item, tuple(self._inlines)))
        self._inlines.clear()
