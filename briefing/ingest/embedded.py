"""JSON inside of a web page: in scripts, as JSON-LD, in Next.js flight chunks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from briefing.errors import ParseError
from briefing.ingest.strict_json import check_depth, decode_at

# What a page may hold of it; the largest board met has 1 MB.
_MOST_VALUES = 20_000
_PUSH = "self.__next_f.push("
_ROW = re.compile(rb"[0-9a-f]+:(?:T([0-9a-f]+),|[A-Z]?(?=[\[{]))")
_ASSIGNED = re.compile(r"=\s*(?=[\[{])")


def ld_json(tree: LexborHTMLParser) -> Iterator[Any]:
    """Every JSON-LD block; of a graph its members."""
    for text in _scripts(tree, "script[type='application/ld+json']"):
        value = decode_at(text.strip(), 0)
        if isinstance(value, dict) and isinstance(value.get("@graph"), list):
            yield from value["@graph"]
        elif value is not None:
            yield value


def script_json(tree: LexborHTMLParser) -> Iterator[Any]:
    """Every script that is JSON, and every object that a script assigns."""
    for text in _scripts(tree, "script[type='application/json']"):
        value = decode_at(text.strip(), 0)
        if value is not None:
            yield value
    for text in _scripts(tree, "script:not([type]), script[type='text/javascript']"):
        for match in _ASSIGNED.finditer(text):
            value = decode_at(text, match.end())
            if value is not None:
                yield value


def flight(tree: LexborHTMLParser) -> Iterator[Any]:
    """Every row of the flight data, whose chunks may be split anywhere."""
    stream = "".join(_chunks(tree)).encode("utf-8", errors="replace")
    place = 0
    while place < len(stream):
        match = _ROW.match(stream, place)
        if match and match[1]:
            # Text of a stated length in bytes: what is inside is no row.
            place = match.end() + int(match[1], 16)
            continue
        end = stream.find(b"\n", place)
        end = len(stream) if end < 0 else end
        if match:
            value = decode_at(stream[match.end() : end].decode(errors="replace"), 0)
            if value is not None:
                yield value
        place = end + 1


def having(values: Iterator[Any], keys: Sequence[str]) -> list[Any]:
    """The objects anywhere in `values` that hold all of the keys, in their order; the
    values themselves without keys. Raises ParseError (reason "no_rows", "bad_json").
    """
    kept = []
    for value in values:
        check_depth(value)
        kept.append(value)
        if len(kept) > _MOST_VALUES:
            raise ParseError(
                f"the page holds more than {_MOST_VALUES:,} pieces of data",
                hint="Leave this page out.",
                reason="too_complex",
            )
    if not keys:
        return kept
    found = [one for one in _objects(kept) if all(key in one for key in keys)]
    if not found:
        raise ParseError(
            f"the page holds no data with {', '.join(keys)}",
            hint="Look whether the page asks for a login, or compare `has` with it.",
            reason="no_rows",
        )
    return found


def _scripts(tree: LexborHTMLParser, selector: str) -> Iterator[str]:
    for node in tree.css(selector):
        yield node.text(deep=True)


def _chunks(tree: LexborHTMLParser) -> Iterator[str]:
    for text in _scripts(tree, "script"):
        place = text.find(_PUSH)
        while place >= 0:
            value = decode_at(text, place + len(_PUSH))
            if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
                yield value[1]
            place = text.find(_PUSH, place + len(_PUSH))


def _objects(value: object) -> Iterator[dict[str, Any]]:
    """In document order, without recursion."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            yield one
            stack.extend(reversed(list(one.values())))
        elif isinstance(one, list):
            stack.extend(reversed(one))
