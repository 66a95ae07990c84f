"""A JSON document to ranking rows by JMESPath, in a worker; strict about its shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from briefing.domain.ranking import RankingRow, Window
from briefing.domain.source import RankingSpec
from briefing.errors import ParseError
from briefing.ingest.strict_json import load_json
from briefing.ingest.timestamps import read_moment
from briefing.logic.cleaning import EARLIEST, clean_line

MAX_ROWS = 20_000  # the largest real ranking met has 15,000 (INGEST 2.2)
KEPT_ROWS = 1_000
_LONGEST_WINDOW = timedelta(days=366)
MAX_LABEL = 120  # INGEST 5.1
MAX_VALUE = Decimal("1e24")  # far above any count of anything that is ranked

# Plain digits, or English thousands: "12345", "12,345.6", "1.2e9".
_NUMBER = re.compile(
    r"[+]?(?:\d{1,40}|\d{1,3}(?:,\d{3})+)(?:\.\d{1,20})?(?:[eE]\+?\d{1,2})?"
)


@dataclass(frozen=True, slots=True)
class ParsedRanking:
    """What a ranking document said.

    Attributes:
        rows: by rank, at most KEPT_ROWS.
        as_of: the document's own moment (aware UTC), None if it is not asked for one.
        window: the days measured, None if not asked for.
        total: over all items, None if not stated.
        found: how many rows the document held.
    """

    rows: tuple[RankingRow, ...]
    as_of: datetime | None
    window: Window | None
    total: Decimal | None
    found: int


def parse_ranking(body: bytes, spec: RankingSpec, now: datetime) -> ParsedRanking:
    """The rows of the document, ranked by value, biggest first.

    Equal values share the smaller rank. Where no row has a value the document's order
    is the ranking; a row without one among rows with values stands behind them.
    Raises ParseError (reason "bad_json", "no_rows", "bad_rows", "bad_as_of").
    """
    document = load_json(body)
    selected = _select(spec.rows, document)
    if not isinstance(selected, list):
        raise _wrong("no_rows", f"{spec.rows!r} selects no list of rows")
    if not spec.min_rows <= len(selected) <= MAX_ROWS:
        raise _wrong(
            "no_rows",
            f"{len(selected)} rows, where {spec.min_rows} to {MAX_ROWS:,} are expected",
        )
    rows = _ranked([_row(one, spec, place) for place, one in enumerate(selected, 1)])
    return ParsedRanking(
        rows=rows[:KEPT_ROWS],
        as_of=_as_of(document, spec, now),
        window=_window(document, spec, now),
        total=_total(document, spec, rows),
        found=len(rows),
    )


def _select(expression: str, value: object) -> Any:
    try:
        return jmespath.search(expression, value)
    except (JMESPathError, ValueError, TypeError, RecursionError) as error:
        raise _wrong(
            "bad_rows", f"{expression!r} does not fit the document ({error})"
        ) from error


def _wrong(reason: str, message: str) -> ParseError:
    return ParseError(
        f"the ranking has changed its shape: {message}"[:400],
        hint="Compare the document with the [source.ranking] expressions.",
        reason=reason,
    )


def _row(one: object, spec: RankingSpec, place: int) -> RankingRow:
    key = _words(_select(spec.key, one), 200)
    label = _words(_select(spec.label, one), MAX_LABEL)
    if not key or not label:
        raise _wrong("bad_rows", f"row {place} has no {'label' if key else 'key'}")
    value = _select(spec.value, one) if spec.value else None
    group = _words(_select(spec.group, one), MAX_LABEL) if spec.group else ""
    return RankingRow(
        rank=place,
        key=key,
        label=label,
        value=None if value is None else _number(value, f"row {place}, {label!r}"),
        group=group or None,
    )


def _words(value: object, limit: int) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return clean_line(str(value), limit=limit)


def _number(value: object, where: str) -> Decimal:
    text = str(value).strip() if isinstance(value, (str, int, float)) else ""
    if isinstance(value, bool) or not _NUMBER.fullmatch(text):
        raise _wrong(
            "bad_rows", f"{where}: {str(value)[:60]!r} is no number of zero or more"
        )
    try:
        number = Decimal(text.replace(",", "").lstrip("+"))
    except InvalidOperation as error:
        raise _wrong("bad_rows", f"{where}: {text[:60]!r} is no number") from error
    if number > MAX_VALUE:
        raise _wrong("bad_rows", f"{where}: {text[:60]} is beyond belief")
    # 3.43E+12 and 3430000000000.0 are one value: kept and printed in the plain form.
    is_whole = number == number.to_integral_value()
    return Decimal(int(number)) if is_whole else Decimal(f"{number:f}")


def _ranked(rows: list[RankingRow]) -> tuple[RankingRow, ...]:
    seen: set[str] = set()
    for row in rows:
        if row.key in seen:
            raise _wrong("bad_rows", f"the key {row.key!r} stands in two rows")
        seen.add(row.key)
    if all(row.value is None for row in rows):
        return tuple(rows)
    # Sorting is stable: tied rows keep the document's order.
    ordered = sorted(rows, key=lambda row: (row.value is None, -(row.value or 0)))
    ranked: list[RankingRow] = []
    for place, row in enumerate(ordered, start=1):
        is_tied = bool(ranked) and ranked[-1].value == row.value
        rank = ranked[-1].rank if is_tied else place
        ranked.append(
            RankingRow(rank, row.key, row.label, row.value, row.group, row.link)
        )
    return tuple(ranked)


def _as_of(document: object, spec: RankingSpec, now: datetime) -> datetime | None:
    if spec.as_of is None:
        return None
    said = _select(spec.as_of, document)
    moment = read_moment(said, now)
    if moment is None:
        # Our clock instead would make an old ranking look fresh (INGEST 0.10).
        raise _wrong("bad_as_of", f"{str(said)[:60]!r} is no usable as-of")
    return moment


def _window(document: object, spec: RankingSpec, now: datetime) -> Window | None:
    if spec.window_start is None or spec.window_end is None:
        return None
    start = _day(_select(spec.window_start, document), now)
    end = _day(_select(spec.window_end, document), now)
    if end < start:
        raise _wrong("bad_as_of", f"the window ends ({end}) before it starts ({start})")
    return Window(start, end)


def _day(said: object, now: datetime) -> date:
    try:
        # The week that is being measured may end after today.
        day = date.fromisoformat(str(said)[:10])
    except ValueError:
        day = None
    if day is not None and EARLIEST.date() <= day <= (now + _LONGEST_WINDOW).date():
        return day
    moment = read_moment(said, now)
    if moment is None:
        raise _wrong("bad_as_of", f"{str(said)[:60]!r} is no usable day of a window")
    return moment.astimezone(UTC).date()


def _total(
    document: object, spec: RankingSpec, rows: tuple[RankingRow, ...]
) -> Decimal | None:
    said = _select(spec.total, document) if spec.total else None
    if said is None:
        return None
    total = _number(said, "the total")
    listed = sum((row.value for row in rows if row.value is not None), Decimal(0))
    # Printed values may be rounded: a hair's breadth below the sum is still a total.
    if total < listed * Decimal("0.995"):
        raise _wrong("bad_rows", f"the total {total} is below the sum of rows {listed}")
    return total
