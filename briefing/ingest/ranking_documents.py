"""The bytes of a ranking in any form, as rows and fields that can be asked for.

What an expression is depends on the form: JMESPath for data, a CSS value for `html`,
the name of a column for `table` and `csv`. A CSS value is "selector",
"selector@attribute", or "@attribute" of the row itself; "+ selector" looks into the
row's next sibling.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import jmespath
from jmespath.exceptions import JMESPathError
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError
from w3lib.encoding import html_to_unicode

from briefing.domain.ranking import Window
from briefing.domain.source import RankingFormat, RankingSpec
from briefing.errors import ParseError
from briefing.ingest.embedded import flight, having, ld_json, script_json
from briefing.ingest.feed_parsing import read_xml_feed
from briefing.ingest.html_text import check_markup
from briefing.ingest.strict_json import load_json

_MAX_CELLS = 200
_NAMES_BETWEEN = "|"
_EMBEDDED: dict[RankingFormat, Callable[[LexborHTMLParser], Iterator[Any]]] = {
    RankingFormat.LD_JSON: ld_json,
    RankingFormat.SCRIPT_JSON: script_json,
    RankingFormat.FLIGHT: flight,
}


@dataclass(frozen=True, slots=True)
class Served:
    """What a poll fetched of a ranking.

    Attributes:
        body: the document.
        items: (place, document) of each item where every item has its own, else None.
        window: the days that the address asked for, or None.
    """

    body: bytes
    items: tuple[tuple[int, bytes], ...] | None = None
    window: Window | None = None


class Reading(Protocol):
    """A document that can be asked."""

    def rows(self) -> list[tuple[int, Any]]:
        """Its rows with their places, from 1. Raises ParseError."""
        ...

    def field(self, row: Any, expression: str) -> Any:
        """What a row says; None if nothing. Raises ParseError."""
        ...

    def whole(self, expression: str) -> Any:
        """What the document says as a whole. Raises ParseError."""
        ...

    def names(self, row: Any) -> frozenset[str]:
        """Names of the fields that the row has; none where it has no names."""
        ...


def read_document(served: Served, spec: RankingSpec) -> Reading:
    """The document in the form that `spec` names. Raises ParseError."""
    body = served.body
    if served.items is not None:
        return _Items(load_json(body), served.items, spec)
    if spec.format is RankingFormat.JSON:
        document = load_json(body)
        return _Data(having(iter([document]), spec.has) if spec.has else document, spec)
    if spec.format is RankingFormat.CSV:
        return _Cells(_csv_rows(body, spec), None)
    if spec.format is RankingFormat.FEED:
        return _Data(_feed(body), spec)
    markup = html_to_unicode(None, body)[1]
    check_markup(markup)
    tree = LexborHTMLParser(markup)
    if spec.format is RankingFormat.HTML:
        return _Page(tree, spec)
    if spec.format is RankingFormat.TABLE:
        return _Cells(_table_rows(tree, spec), tree)
    return _Data(having(_EMBEDDED[spec.format](tree), spec.has), spec)


def wrong(reason: str, message: str) -> ParseError:
    """The error of a document that is not what its definition says."""
    return ParseError(
        f"the ranking has changed its shape: {message}"[:400],
        hint="Compare the document with the [sources.ranking] expressions.",
        reason=reason,
    )


class _Data:
    """Data asked by JMESPath."""

    def __init__(self, document: Any, spec: RankingSpec) -> None:
        self._document = document
        self._spec = spec

    def rows(self) -> list[tuple[int, Any]]:
        found = self.whole(self._spec.rows)
        if not isinstance(found, list):
            raise wrong("no_rows", f"{self._spec.rows!r} selects no list of rows")
        return list(enumerate(found, start=1))

    def field(self, row: Any, expression: str) -> Any:
        try:
            return jmespath.search(expression, row)
        except (JMESPathError, ValueError, TypeError, RecursionError) as error:
            raise wrong(
                "bad_rows", f"{expression!r} does not fit the document ({error})"
            ) from error

    def whole(self, expression: str) -> Any:
        return self.field(self._document, expression)

    def names(self, row: Any) -> frozenset[str]:
        return frozenset(map(str, row)) if isinstance(row, dict) else frozenset()


class _Items(_Data):
    """Items with a document each; one that is null (deleted) leaves its place free."""

    def __init__(
        self, document: Any, items: tuple[tuple[int, bytes], ...], spec: RankingSpec
    ) -> None:
        super().__init__(document, spec)
        self._items = items

    def rows(self) -> list[tuple[int, Any]]:
        read = [(place, load_json(body)) for place, body in self._items]
        return [(place, item) for place, item in read if item is not None]


class _Page:
    """Markup asked by CSS values."""

    def __init__(self, tree: LexborHTMLParser, spec: RankingSpec) -> None:
        self._tree = tree
        self._spec = spec

    def rows(self) -> list[tuple[int, Any]]:
        rows = _select(self._tree, self._spec.rows)
        if self._spec.drop:
            dropped = {one.mem_id for one in _select(self._tree, self._spec.drop)}
            rows = [one for one in rows if one.mem_id not in dropped]
        return list(enumerate(rows, start=1))

    def field(self, row: Any, expression: str) -> Any:
        return css_value(row, expression)

    def whole(self, expression: str) -> Any:
        return css_value(self._tree.root, expression)

    def names(self, row: Any) -> frozenset[str]:
        return frozenset()


class _Cells:
    """Rows of cells asked by the names of their columns."""

    def __init__(
        self, rows: list[dict[str, str]], tree: LexborHTMLParser | None
    ) -> None:
        self._rows = rows
        self._tree = tree

    def rows(self) -> list[tuple[int, Any]]:
        return list(enumerate(self._rows, start=1))

    def field(self, row: Any, expression: str) -> Any:
        if expression not in row:
            raise wrong("bad_rows", f"there is no column {expression!r}")
        return row[expression]

    def whole(self, expression: str) -> Any:
        if self._tree is None:
            return None
        return css_value(self._tree.root, expression)

    def names(self, row: Any) -> frozenset[str]:
        return frozenset(row)


def _feed(body: bytes) -> dict[str, Any]:
    """A feed's entries in its order, with every field that is a text or a number."""
    found = read_xml_feed(body, None)
    if not found.entries:
        raise wrong("no_rows", "the body is no feed with entries (a login page?)")
    return {
        "feed": _plain_fields(found.feed),
        "entries": [_plain_fields(one) for one in found.entries],
    }


def _plain_fields(holder: Any) -> dict[str, Any]:
    return {
        str(name): value
        for name, value in holder.items()
        if isinstance(value, (str, int, float))
    }


def _select(inside: LexborHTMLParser | LexborNode, selector: str) -> list[LexborNode]:
    try:
        return inside.css(selector)
    except SelectolaxError as error:
        raise wrong("bad_rows", f"{selector!r} is no CSS selector") from error


def css_value(node: LexborNode | None, expression: str) -> str | None:
    """What a CSS value says of a node; None if nothing. Raises ParseError."""
    selector, at, attribute = expression.partition("@")
    selector = selector.strip()
    if selector.startswith("+"):
        selector = selector[1:].strip()
        node = _next_element(node)
    if node is None:
        return None
    if selector:
        found = _select(node, selector)
        if not found:
            return None
        node = found[0]
    if at:
        return node.attributes.get(attribute.strip())
    return " ".join(node.text(deep=True, separator=" ").split())


def _next_element(node: LexborNode | None) -> LexborNode | None:
    following = node.next if node is not None else None
    while following is not None and (following.tag or "-").startswith("-"):
        following = following.next
    return following


def _csv_rows(body: bytes, spec: RankingSpec) -> list[dict[str, str]]:
    if body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise wrong("no_rows", "the body is a web page, not CSV (a login page?)")
    try:
        text = body.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise wrong("bad_rows", f"the body is not usable CSV ({error})") from error
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    names = [name.strip() for name in lines[0]] if lines else []
    _require(names, spec, "the first line")
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(names):
            raise wrong(
                "bad_rows", f"line {number} has {len(line)} cells of {len(names)}"
            )
    return [dict(zip(names, line, strict=True)) for line in lines[1:]]


def _table_rows(tree: LexborHTMLParser, spec: RankingSpec) -> list[dict[str, str]]:
    """Rows of the first table that has all the columns."""
    wanted = set(spec.rows.split(_NAMES_BETWEEN))
    for table in tree.css("table"):
        if wanted <= set(_names_of(table)):
            return table_lines(table)[1]
    raise wrong("no_rows", f"no table has the columns {', '.join(sorted(wanted))}")


def _names_of(table: LexborNode) -> list[str]:
    lines = [line for line in table.css("tr") if line.css("td, th")]
    return _texts(_cells(lines[0])) if lines else []


def table_lines(table: LexborNode) -> tuple[list[str], list[dict[str, str]]]:
    """The names in its first line, and its rows; a cell's link is "Name@href".

    Rows with a cell over several columns are no items. Raises ParseError where a row
    has other cells than the first line.
    """
    lines = [line for line in table.css("tr") if line.css("td, th")]
    names = _names_of(table)
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = _cells(line)
        if any("colspan" in cell.attributes for cell in cells):
            continue
        texts = _texts(cells)
        if texts == names:
            continue
        if len(cells) != len(names):
            raise wrong(
                "bad_rows", f"row {number} has {len(cells)} cells of {len(names)}"
            )
        row = dict(zip(names, texts, strict=True))
        for name, cell in zip(names, cells, strict=True):
            row[f"{name}@href"] = css_value(cell, "a@href") or ""
        rows.append(row)
    return names, rows


def _texts(cells: list[LexborNode]) -> list[str]:
    return [css_value(cell, "") or "" for cell in cells]


def _cells(line: LexborNode) -> list[LexborNode]:
    cells = line.css("td, th")
    if len(cells) > _MAX_CELLS:
        raise wrong("bad_rows", f"a row has more than {_MAX_CELLS} cells")
    return cells


def _require(names: list[str], spec: RankingSpec, where: str) -> None:
    missing = [one for one in spec.rows.split(_NAMES_BETWEEN) if one not in names]
    if missing:
        raise wrong("no_rows", f"{where} does not name {', '.join(missing)}")
