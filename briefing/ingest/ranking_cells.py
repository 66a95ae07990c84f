"""Tables of a page and of CSV as they are, before anybody has named their columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from briefing.errors import ParseError
from briefing.ingest.ranking_documents import table_lines

_MOST_TABLES = 50
# Separates the names of columns in RankingSpec.rows, so it cannot be part of one.
_RESERVED = "|"


def table_candidates(tree: LexborHTMLParser) -> Iterator[list[dict[str, str]]]:
    """Rows of every table whose first line names all of its columns, links included."""
    for table in tree.css("table")[:_MOST_TABLES]:
        try:
            names, rows = table_lines(table)
        except ParseError:
            continue
        if _are_names(names):
            yield rows


def csv_candidates(body: bytes) -> Iterator[list[dict[str, str]]]:
    """Rows of the file, if it is CSV with a line of names."""
    try:
        text = body.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    names = [name.strip() for name in lines[0]] if lines else []
    if len(names) > 1 and _are_names(names):
        yield [
            dict(zip(names, line, strict=True))
            for line in lines[1:]
            if len(line) == len(names)
        ]


def cell_columns(rows: list[dict[str, str]]) -> dict[str, list[str | None]]:
    """By name; an empty cell has no value, an empty column is left out."""
    found: dict[str, list[str | None]] = {}
    for name in rows[0] if rows else ():
        values = [row.get(name, "").strip() or None for row in rows]
        if name.strip("@href") and any(values):
            found[name] = values
    return found


def _are_names(names: list[str]) -> bool:
    named = [name for name in names if name]
    has_digits = sum(name.replace(",", "").isdigit() for name in named)
    return (
        len(set(named)) == len(named) > 1
        and not any(_RESERVED in name for name in named)
        and has_digits * 2 < len(named)
    )
