"""A document to ranking rows, in a worker; strict about its shape."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from briefing.domain.ranking import RankingRow, Window
from briefing.domain.source import Fact, RankingFormat, RankingSpec
from briefing.ingest.ranking_addresses import end_of
from briefing.ingest.ranking_documents import Reading, Served, read_document, wrong
from briefing.ingest.timestamps import read_moment
from briefing.logic.cleaning import EARLIEST, clean_line, clean_title
from briefing.logic.printed_numbers import Mark, decimal_mark, read_printed

MAX_ROWS = 20_000  # the largest real ranking met has 15,000 (INGEST 2.2)
KEPT_ROWS = 1_000
_LONGEST_WINDOW = timedelta(days=366)
MAX_LABEL = 120  # INGEST 5.1
MAX_KEY = 200
MAX_VALUE = Decimal("1e24")  # far above any count of anything that is ranked

# Forms whose values are printed for people.
_PRINTED = frozenset(
    {
        RankingFormat.HTML,
        RankingFormat.TABLE,
        RankingFormat.CSV,
        RankingFormat.FEED,
    }
)
# Fields that only some rows have are found among the first so many (chosen).
_LOOKED_AT = 20
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
        at_least: keys whose figures are lower bounds: they miss days of the window.
        fields: names of the fields that its rows have, sorted; () without names.
    """

    rows: tuple[RankingRow, ...]
    as_of: datetime | None
    window: Window | None
    total: Decimal | None
    found: int
    at_least: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


def parse_ranking(served: Served, spec: RankingSpec, now: datetime) -> ParsedRanking:
    """The rows of the document, ranked by value, biggest first.

    Equal values share the smaller rank. Where no row has a value the document's order
    is the ranking; a row without one among rows with values stands behind them.
    Raises ParseError (reason "bad_json", "no_rows", "bad_rows", "bad_as_of",
    "too_complex").
    """
    reading = read_document(served, spec)
    selected = reading.rows()
    if not spec.min_rows <= len(selected) <= MAX_ROWS:
        raise wrong(
            "no_rows",
            f"{len(selected)} rows, where {spec.min_rows} to {MAX_ROWS:,} are expected",
        )
    mark = spec.decimal or _mark(reading, selected, spec)
    listed = [_row(reading, one, spec, place, mark) for place, one in selected]
    rows = _ranked(_counted(_merged(listed, spec), spec), spec)
    as_of = _as_of(reading, spec, served, now)
    window = _window(reading, spec, served, now)
    at_least: frozenset[str] = frozenset()
    if spec.day:
        days = [_day(reading.field(one, spec.day), now) for _, one in selected]
        at_least = _lower_bounds(listed, days, window)
    return ParsedRanking(
        rows=rows[:KEPT_ROWS],
        as_of=as_of,
        window=window,
        total=_total(reading, spec, rows, mark),
        found=len(rows),
        at_least=tuple(row.key for row in rows[:KEPT_ROWS] if row.key in at_least),
        fields=_fields(reading, selected),
    )


def _fields(reading: Reading, selected: Sequence[tuple[int, Any]]) -> tuple[str, ...]:
    found = (reading.names(one) for _, one in selected[:_LOOKED_AT])
    return tuple(sorted(frozenset().union(*found)))


def parse_ids(body: bytes, spec: RankingSpec) -> tuple[str, ...]:
    """The ids that the document lists, in its order. In a worker; raises ParseError."""
    found = [key_of(one) for _, one in read_document(Served(body), spec).rows()]
    if not spec.min_rows <= len(found) <= MAX_ROWS or not all(found):
        raise wrong("no_rows", f"{spec.rows!r} selects no list of ids")
    return tuple(found)


def kept_key(served: str, spec: RankingSpec) -> str:
    """The key that stays the same when the page dates or renames it."""
    if spec.key_strip:
        served = re.sub(spec.key_strip, "", served).strip()
    return dict(spec.aliases).get(served, served)


def key_of(value: object) -> str:
    """A key or an id on one clean line; "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return clean_line(str(value), limit=MAX_KEY)


def words(value: object) -> str:
    """A name on one clean line, without markup; "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return clean_title(str(value), limit=MAX_LABEL)


def _mark(
    reading: Reading, selected: Sequence[tuple[int, Any]], spec: RankingSpec
) -> Mark:
    """What stands before decimals: as the whole column shows; a point where it does
    not. Raises ParseError where its cells disagree.
    """
    if spec.format not in _PRINTED or not spec.value:
        return "."
    said = (reading.field(one, spec.value) for _, one in selected)
    try:
        return decimal_mark(one for one in said if isinstance(one, str)) or "."
    except ValueError as error:
        raise wrong("bad_rows", f"{spec.value!r}: {error}") from error


def _row(
    reading: Reading, one: Any, spec: RankingSpec, place: int, mark: Mark
) -> RankingRow:
    served = key_of(reading.field(one, spec.key))
    if spec.key_strip:
        served = re.sub(spec.key_strip, "", served).strip()
    key = kept_key(served, spec)
    # A page without names shows its keys: in the form that readers may see.
    is_named = spec.label not in {"", spec.key}
    label = words(reading.field(one, spec.label) if is_named else served)
    label = " ".join(label.translate(dict.fromkeys(map(ord, spec.blanks), " ")).split())
    if not key or not label:
        raise wrong("bad_rows", f"row {place} has no {'label' if key else 'key'}")
    where = f"row {place}, {label!r}"
    value = reading.field(one, spec.value) if spec.value else None
    group = words(reading.field(one, spec.group)) if spec.group else ""
    low, high = _interval(reading, one, spec, mark, where)
    return RankingRow(
        rank=_rank(reading.field(one, spec.rank), where) if spec.rank else place,
        key=key,
        label=label,
        value=stated(value, spec, mark, where),
        group=dict(spec.groups).get(group, group) or None,
        low=low,
        high=high,
        facts=facts_of(reading, one, spec.facts),
    )


def facts_of(reading: Reading, one: Any, wanted: Sequence[Fact]) -> tuple[str, ...]:
    """What a row says beside; what it does not state, or as no plain number, is left
    out: a card is no ranking, and may hold "varies". Raises ParseError for an
    expression that does not fit.
    """
    found = []
    for fact in wanted:
        said = reading.field(one, fact.value)
        digits = str(said).strip() if isinstance(said, (str, int, float)) else ""
        if isinstance(said, bool) or not _NUMBER.fullmatch(digits):
            continue
        amount = _number(said, fact.value) * fact.times
        amount = amount.normalize()
        # "$2.50", not "$2.5"; a whole number stays one.
        places = -int(amount.as_tuple().exponent)
        text = f"{amount:,.2f}" if places == 1 else f"{amount:,f}"
        found.append(clean_line(fact.says.replace("{value}", text), limit=MAX_LABEL))
    return tuple(found)


def _interval(
    reading: Reading, one: Any, spec: RankingSpec, mark: Mark, where: str
) -> tuple[Decimal | None, Decimal | None]:
    """Both ends or none. Raises ParseError for one alone, or if turned round."""
    if not spec.low or not spec.high:
        return None, None
    said = (reading.field(one, spec.low), reading.field(one, spec.high))
    low, high = (stated(each, spec, mark, where) for each in said)
    if low is None and high is None:
        return None, None
    if low is None or high is None:
        raise wrong("bad_rows", f"{where}: an interval with one end")
    if low > high:
        raise wrong("bad_rows", f"{where}: the interval {low} to {high} is turned")
    return low, high


def _rank(said: object, where: str) -> int:
    digits = str(said).strip().strip("#.") if isinstance(said, (int, str)) else ""
    if isinstance(said, bool) or not re.fullmatch(r"[1-9]\d{0,5}", digits):
        raise wrong("bad_rows", f"{where}: {str(said)[:60]!r} is no rank")
    return int(digits)


def stated(value: object, spec: RankingSpec, mark: Mark, where: str) -> Decimal | None:
    """The number that a document states; in forms for people as it is printed there
    ("$1.2M", "3,086 stars today"). None for an empty cell; raises ParseError.
    """
    if value is None:
        return None
    if spec.format not in _PRINTED or not isinstance(value, str):
        return _number(value, where)
    try:
        number = read_printed(value, mark)
    except ValueError as error:
        raise wrong("bad_rows", f"{where}: {error}") from error
    return None if number is None else _number(f"{number:f}", where)


def _merged(rows: list[RankingRow], spec: RankingSpec) -> list[RankingRow]:
    """Rows of one key added up, at the place of the first of them."""
    if not spec.sums:
        return rows
    merged: dict[str, RankingRow] = {}
    for row in rows:
        first = merged.get(row.key)
        if first is None:
            merged[row.key] = row
            continue
        values = [one.value for one in (first, row) if one.value is not None]
        merged[row.key] = replace(
            first, value=sum(values, Decimal(0)) if values else None
        )
    return list(merged.values())


def _counted(rows: list[RankingRow], spec: RankingSpec) -> list[RankingRow]:
    """Rows that count; the document's own ranks close up behind those that do not."""
    if not spec.exclude:
        return rows
    out = re.compile(spec.exclude)
    left = [r for r in rows if not out.search(r.key) and not out.search(r.label)]
    gone = sorted(r.rank for r in rows if out.search(r.key) or out.search(r.label))
    return [replace(r, rank=r.rank - bisect_left(gone, r.rank)) for r in left]


def _number(value: object, where: str) -> Decimal:
    text = str(value).strip() if isinstance(value, (str, int, float)) else ""
    if isinstance(value, bool) or not _NUMBER.fullmatch(text):
        raise wrong(
            "bad_rows", f"{where}: {str(value)[:60]!r} is no number of zero or more"
        )
    try:
        number = Decimal(text.replace(",", "").lstrip("+"))
    except InvalidOperation as error:
        raise wrong("bad_rows", f"{where}: {text[:60]!r} is no number") from error
    if number > MAX_VALUE:
        raise wrong("bad_rows", f"{where}: {text[:60]} is beyond belief")
    # 3.43E+12 and 3430000000000.0 are one value: kept and printed in the plain form.
    is_whole = number == number.to_integral_value()
    return Decimal(int(number)) if is_whole else Decimal(f"{number:f}")


def _ranked(rows: list[RankingRow], spec: RankingSpec) -> tuple[RankingRow, ...]:
    seen: set[str] = set()
    for row in rows:
        if row.key in seen:
            raise wrong("bad_rows", f"the key {row.key!r} stands in two rows")
        seen.add(row.key)
    if spec.rank:
        return tuple(sorted(rows, key=lambda row: row.rank))
    if spec.fan_out and spec.order == "document":
        # An item that is gone leaves its place free.
        return tuple(rows)
    if spec.order == "document" or all(row.value is None for row in rows):
        return tuple(replace(row, rank=place) for place, row in enumerate(rows, 1))
    # Sorting is stable: tied rows keep the document's order.
    ordered = sorted(rows, key=lambda row: (row.value is None, -(row.value or 0)))
    ranked: list[RankingRow] = []
    for place, row in enumerate(ordered, start=1):
        is_tied = bool(ranked) and ranked[-1].value == row.value
        ranked.append(replace(row, rank=ranked[-1].rank if is_tied else place))
    return tuple(ranked)


def _lower_bounds(
    rows: Sequence[RankingRow], days: Sequence[date], window: Window | None
) -> frozenset[str]:
    """Keys that do not stand in the list of every day. Raises ParseError when a whole
    day is missing, or one is there that was not asked for.
    """
    listed: dict[str, set[date]] = {}
    for row, day in zip(rows, days, strict=True):
        listed.setdefault(row.key, set()).add(day)
    all_days = set(days)
    if window:
        length = (window.end - window.start).days + 1
        asked = {window.start + timedelta(days=n) for n in range(length)}
        if asked != all_days:
            odd = ", ".join(sorted(str(day) for day in asked ^ all_days)[:3])
            raise wrong("bad_rows", f"not the days that were asked for: {odd}")
    return frozenset(key for key, seen in listed.items() if seen != all_days)


def _as_of(
    reading: Reading, spec: RankingSpec, served: Served, now: datetime
) -> datetime | None:
    if spec.as_of is None:
        return end_of(served.window) if served.window else None
    said = reading.whole(spec.as_of)
    moment = read_moment(said, now)
    if moment is None:
        # Our clock instead would make an old ranking look fresh (INGEST 0.10).
        raise wrong("bad_as_of", f"{str(said)[:60]!r} is no usable as-of")
    return moment


def _window(
    reading: Reading, spec: RankingSpec, served: Served, now: datetime
) -> Window | None:
    if spec.window_start is None or spec.window_end is None:
        return served.window
    start = _day(reading.whole(spec.window_start), now)
    end = _day(reading.whole(spec.window_end), now)
    if end < start:
        raise wrong("bad_as_of", f"the window ends ({end}) before it starts ({start})")
    if served.window not in {None, Window(start, end)}:
        raise wrong("bad_as_of", f"{start} to {end} is not what was asked for")
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
        raise wrong("bad_as_of", f"{str(said)[:60]!r} is no usable day of a window")
    return moment.astimezone(UTC).date()


def _total(
    reading: Reading, spec: RankingSpec, rows: tuple[RankingRow, ...], mark: Mark
) -> Decimal | None:
    said = reading.whole(spec.total) if spec.total else None
    total = stated(said, spec, mark, "the total")
    if total is None:
        return None
    listed = sum((row.value for row in rows if row.value is not None), Decimal(0))
    # Printed values may be rounded: a hair's breadth below the sum is still a total.
    if total < listed * Decimal("0.995"):
        raise wrong("bad_rows", f"the total {total} is below the sum of rows {listed}")
    return total
