"""Lists in a document that may be rankings: arrays of objects, tables, repeated markup.

A candidate knows how its rows and columns are asked for, in the words of RankingSpec;
what the columns mean is said by ranking_columns.py. Runs in a worker.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from selectolax.lexbor import LexborHTMLParser
from w3lib.encoding import html_to_unicode

from briefing.domain.source import RankingFormat
from briefing.errors import ParseError
from briefing.ingest.embedded import flight, having, ld_json, script_json
from briefing.ingest.html_text import check_markup
from briefing.ingest.ranking_cells import cell_columns, csv_candidates, table_candidates
from briefing.ingest.ranking_repeats import repeated_rows
from briefing.ingest.strict_json import load_json
from briefing.logic.cleaning import clean_line

MIN_ROWS = 3
SAMPLE = 200
_MOST_COLUMNS = 60
_MOST_LISTS = 400
_DEEPEST = 8
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_EMBEDDED = (
    (RankingFormat.LD_JSON, ld_json),
    (RankingFormat.SCRIPT_JSON, script_json),
    (RankingFormat.FLIGHT, flight),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        expression: how it is asked for.
        name: what the document calls it.
        values: of the first rows, None where a row has none.
    """

    expression: str
    name: str
    values: tuple[str | int | float | None, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A list that may be a ranking.

    Attributes:
        format: of the document.
        rows: the expression that selects them.
        count: how many there are.
        columns: at most 60.
        has: keys of the objects that hold the list.
        drop: selects rows that are advertisements, or None.
        beside: what stands beside the list, for an as-of: (expression, name, value).
    """

    format: RankingFormat
    rows: str
    count: int
    columns: tuple[Column, ...]
    has: tuple[str, ...] = ()
    drop: str | None = None
    beside: tuple[tuple[str, str, object], ...] = ()


def candidates(body: bytes) -> tuple[Candidate, ...]:
    """All of them, in the document's order. Raises ParseError for hostile bytes."""
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        return tuple(_in_data(load_json(body)))
    if not start.startswith(b"<"):
        return tuple(_of_cells(RankingFormat.CSV, csv_candidates(body)))
    markup = html_to_unicode(None, body)[1]
    check_markup(markup)
    tree = LexborHTMLParser(markup)
    found = list(_of_cells(RankingFormat.TABLE, table_candidates(tree)))
    for form, read in _EMBEDDED:
        found.extend(_in_values(having(read(tree), ()), form))
    for selector, drop, texts in repeated_rows(tree):
        columns = [
            Column(expression, expression.strip("+ "), tuple(values))
            for expression, values in islice(texts.items(), _MOST_COLUMNS)
        ]
        count = len(columns[0].values) if columns else 0
        found.append(
            Candidate(RankingFormat.HTML, selector, count, tuple(columns), drop=drop)
        )
    moments = tuple(
        ("time@datetime", "updated", node.attributes.get("datetime"))
        for node in tree.css("time")[:1]
    )
    markup_forms = {RankingFormat.HTML, RankingFormat.TABLE}
    return tuple(
        replace(one, beside=moments) if one.format in markup_forms else one
        for one in found
    )


def _of_cells(
    form: RankingFormat, tables: Iterator[list[dict[str, str]]]
) -> Iterator[Candidate]:
    for rows in tables:
        columns = [
            Column(name, name, tuple(values))
            for name, values in cell_columns(rows[:SAMPLE]).items()
            if _is_plain(name)
        ]
        if len(rows) >= MIN_ROWS and columns:
            wanted = "|".join(one.name for one in columns if "@" not in one.name)
            yield Candidate(form, wanted, len(rows), tuple(columns[:_MOST_COLUMNS]))


def _in_data(document: Any) -> Iterator[Candidate]:
    """Lists of objects in JSON, each by the path that leads to it."""
    for path, rows, parents in islice(_lists(document), _MOST_LISTS):
        columns = _columns(rows)
        beside: list[tuple[str, str, object]] = [
            (f"{at}.{one.expression}" if at else one.expression, one.name, value)
            for at, parent in parents
            for one in _columns([parent])
            for value in one.values
        ]
        where = path or "@"
        each = path or ""
        beside.extend(
            (f"max({each}[*].{one.expression})", one.name, one.values[0])
            for one in columns
            # A row's "date" may be any day of it; when it was updated is the list's.
            if "updated" in one.name.lower()
            and all(isinstance(value, str) for value in one.values)
        )
        yield Candidate(
            RankingFormat.JSON,
            where,
            len(rows),
            columns,
            beside=tuple(beside),
        )


def _in_values(values: list[Any], form: RankingFormat) -> Iterator[Candidate]:
    """Lists of objects in a page's data, found again by the keys beside them."""
    found: list[tuple[dict[str, Any], str, list[dict[str, Any]]]] = []
    for _, rows, parents in islice(_lists(values, deepest=40), _MOST_LISTS):
        if parents:
            holder = parents[-1][1]
            key = next(name for name, value in holder.items() if value is rows)
            found.append((holder, key, rows))
    for holder, key, rows in found:
        scalars = {
            name: value
            for name, value in holder.items()
            if isinstance(value, (str, int)) and _is_plain(name)
        }
        has = (key, *islice((name for name in scalars if name != key), 3))
        try:
            alike = having(iter(values), has)
        except ParseError:
            continue
        which = _which(holder, scalars, alike)
        yield Candidate(
            form,
            f"{which}.{_quoted(key)}",
            len(rows),
            _columns(rows),
            has=has,
            beside=tuple(
                (f"{which}.{_quoted(name)}", name, value)
                for name, value in scalars.items()
            ),
        )


def _which(
    holder: dict[str, Any], scalars: dict[str, Any], alike: Sequence[dict[str, Any]]
) -> str:
    """The object among those alike: by a name of its own, else by its place."""
    for name, value in scalars.items():
        is_short = isinstance(value, str) and 0 < len(value) <= 60 and "'" not in value
        if not is_short or not _is_plain(value) or "\\" in value:
            continue
        if len(alike) > 1 and sum(one.get(name) == value for one in alike) == 1:
            return f"[?{_quoted(name)}=='{value}'] | [0]"
    return f"[{next(n for n, one in enumerate(alike) if one is holder)}]"


Parents = tuple[tuple[str, dict[str, Any]], ...]


def _lists(
    document: Any, *, deepest: int = _DEEPEST
) -> Iterator[tuple[str, list[dict[str, Any]], Parents]]:
    """(path, rows, the objects on the way with their paths) of lists of objects."""
    stack: list[tuple[str, Any, Parents, int]] = [("", document, (), 0)]
    while stack:
        path, value, parents, depth = stack.pop()
        inner: list[tuple[str, Any, Parents, int]] = []
        if isinstance(value, dict) and depth < deepest:
            held = (*parents[-3:], (path, value))
            for key, one in value.items():
                if isinstance(one, (dict, list)) and _is_plain(key):
                    at = f"{path}.{_quoted(key)}" if path else _quoted(key)
                    inner.append((at, one, held, depth + 1))
        elif isinstance(value, list):
            objects = [one for one in value if isinstance(one, dict)]
            if len(objects) == len(value) >= MIN_ROWS and any(
                map(_has_scalar, objects)
            ):
                yield path, value, parents
            if depth < deepest:
                most = len(value) if deepest > _DEEPEST else 3
                inner.extend(
                    (f"{path}[{n}]", one, parents, depth + 1)
                    for n, one in enumerate(value[:most])
                    if isinstance(one, (dict, list))
                )
        stack.extend(reversed(inner))


def _has_scalar(value: dict[str, Any]) -> bool:
    return any(not isinstance(one, list) for one in value.values())


def _columns(rows: Sequence[dict[str, Any]]) -> tuple[Column, ...]:
    """Columns of objects, and of the objects directly inside of them."""
    sample = rows[:SAMPLE]
    names: Counter[tuple[str, ...]] = Counter()
    for row in sample:
        for key, value in row.items():
            if isinstance(value, dict):
                names.update((key, inner) for inner in value if _is_plain(inner))
            elif not isinstance(value, list):
                names[(key,)] += 1
    made = []
    for path, seen in names.items():
        if seen * 2 < len(sample) or not all(map(_is_plain, path)):
            continue
        values = tuple(_scalar(_at(row, path)) for row in sample)
        made.append(Column(".".join(map(_quoted, path)), path[-1], values))
    return tuple(made[:_MOST_COLUMNS])


def _at(row: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        row = row.get(key) if isinstance(row, dict) else None
    return row


def _scalar(value: Any) -> str | int | float | None:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return value


def _quoted(name: str) -> str:
    if _NAME.fullmatch(name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_plain(name: str) -> bool:
    """Whether the name can stand in a settings file as it is."""
    return bool(name) and len(name) <= 80 and clean_line(name) == name
