"""Wiring of kept rankings: the store's snapshots of a source as a history."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from briefing import app
from briefing.domain.ranking import RankingChange, RankingRow, RankingSnapshot
from briefing.domain.source import FetchState, Problem, Source
from briefing.errors import InputError
from briefing.ingest import ranking, ranking_asking, ranking_proposal
from briefing.isolate import WorkerIsolate
from briefing.logic.csv_lines import csv_line
from briefing.logic.ranking_diff import (
    by_key,
    change_percent,
    diff,
    leaders,
    share_percent,
)
from briefing.logic.ranking_groups import GroupChange, group_changes, top_share
from briefing.logic.ranking_history import History, history, overtaken, tracked
from briefing.logic.ranking_toml import source_toml
from briefing.logic.slugs import slug
from briefing.ports import Store
from briefing.render import chart
from briefing.render.history import MOST_LINES
from briefing.settings import Settings, load, parse
from briefing.source_list import append
from briefing.starter.presets import Preset

# Some years of a daily ranking.
_MOST_SNAPSHOTS = 2000
_PROPOSAL_S = 15.0
_NO_ADDRESS = "https://board.example/its-address"
_COLUMNS = (
    "ranking",
    "as_of",
    "fetched_at",
    "window_start",
    "window_end",
    "rank",
    "key",
    "label",
    "value",
    "unit",
    "group",
    "link",
)
_Cell = str | int | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What moved between two snapshots of a ranking.

    Attributes:
        changes: of items, a new first place before all, then by size.
        groups: of vendors, countries or the like, the largest first.
        gap_to_next: by how much the first leads the second; None for a tie.
        top_three_share: (before, after), in percent of all; None where not stated.
    """

    changes: tuple[Moved, ...]
    groups: tuple[GroupChange, ...]
    gap_to_next: Decimal | None
    top_three_share: tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class Moved:
    """A change with what follows from the two snapshots.

    Attributes:
        change: what happened.
        change_percent: of the value, unrounded; None if one is unknown.
        share_points: that its share of the total gained; None if one is unknown.
        overtook: labels that it passed, best first.
    """

    change: RankingChange
    change_percent: Decimal | None
    share_points: Decimal | None
    overtook: tuple[str, ...]


def ranking_sources(chosen: Settings) -> tuple[Source, ...]:
    """The configured sources that are rankings."""
    return tuple(one for one in chosen.sources if one.ranking is not None)


def source_of(chosen: Settings, source_id: str) -> Source:
    """The ranking of that id. Raises InputError naming those there are."""
    rankings = {one.id: one for one in ranking_sources(chosen)}
    if source_id not in rankings:
        known = ", ".join(rankings) or "none"
        raise InputError(
            f"{source_id!r} is no configured ranking", hint=f"Known: {known}."
        )
    return rankings[source_id]


def snapshots_of(
    store: Store, source: Source, until: datetime
) -> tuple[RankingSnapshot, ...]:
    """What is kept of it, newest first. Raises InputError when nothing is."""
    found = store.snapshots(source.id, until=until, limit=_MOST_SNAPSHOTS)
    if not found:
        raise InputError(
            f"nothing is kept of {source.id} yet", hint="Run `briefing run` first."
        )
    return found


def history_of(store: Store, source: Source, until: datetime) -> History:
    """Its comparable snapshots, a step each. Raises InputError when nothing is kept."""
    return history(snapshots_of(store, source, until), source.cadence)


def on_day(snapshots: Sequence[RankingSnapshot], day: date) -> RankingSnapshot:
    """The newest that was taken on that day or before it. Raises InputError."""
    for one in snapshots:
        if one.taken_at.date() <= day:
            return one
    raise InputError(
        f"nothing is kept from {day} or before",
        hint=f"The oldest is of {snapshots[-1].taken_at.date()}.",
    )


def row_of(snapshots: Sequence[RankingSnapshot], words: str) -> RankingRow:
    """The newest row of that key or label, or the only one whose label holds `words`.

    Raises InputError when there is none, or more than one.
    """
    wanted = words.casefold()
    rows: dict[str, RankingRow] = {}
    for one in snapshots:
        for key, row in by_key(one).items():
            rows.setdefault(key, row)
    names = {key: (key.casefold(), row.label.casefold()) for key, row in rows.items()}
    exact = [rows[key] for key, both in names.items() if wanted in both]
    found = exact or [rows[key] for key, both in names.items() if wanted in both[1]]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(
            f"{words!r} was never on this ranking",
            hint="See `briefing rankings show` for what is.",
        )
    several = ", ".join(row.key for row in found[:8])
    raise InputError(f"{words!r} may be several: {several}", hint="Give the key.")


def compare(old: RankingSnapshot, new: RankingSnapshot, min_move: int) -> Difference:
    """What moved from `old` to `new`. Raises InputError if they measure different
    things.
    """
    try:
        changes = diff(old, new, min_move=min_move)
    except ValueError as error:
        raise InputError(
            f"the two cannot be compared: {error}", hint="Choose other days."
        ) from error
    return Difference(
        changes=tuple(
            Moved(
                one,
                change_percent(one.value_before, one.value_after),
                _points(
                    share_percent(one.value_before, old.total),
                    share_percent(one.value_after, new.total),
                ),
                overtaken(old, new, one.key),
            )
            for one in changes
        ),
        groups=group_changes(old, new),
        gap_to_next=_gap(new),
        top_three_share=(top_share(old, 3), top_share(new, 3)),
    )


def _points(was: Decimal | None, now: Decimal | None) -> Decimal | None:
    return None if was is None or now is None else now - was


def _gap(snapshot: RankingSnapshot) -> Decimal | None:
    rows = list(by_key(snapshot).values())[:2]
    values = [row.value for row in rows if row.value is not None]
    return (
        values[0] - values[1]
        if len(values) > 1 and len(leaders(snapshot)) == 1
        else None
    )


def picture_of(told: History, items: Sequence[str], form: str) -> bytes:
    """The history of these items, or of the first five, as ".svg" or ".png".

    Raises InputError for an unknown item and without the extra "charts".
    """
    if not chart.can_draw():
        raise InputError(
            "pictures need matplotlib", hint="Install briefing[charts], then try again."
        )
    kept = [slot.snapshot for slot in reversed(told.slots)]
    named = [row_of(kept, one).key for one in items]
    keys = named or list(by_key(told.newest))[:MOST_LINES]
    draw = chart.png if form == ".png" else chart.svg
    return draw(tracked(told, keys, most_steps=len(told.slots)), "en")


def add_preset(path: Path, chosen: Preset) -> None:
    """Writes the preset at the end of the settings file, which must be there.

    Raises SettingsError, InputError; the file is changed whole or not at all.
    """
    before = load(path, os.environ)
    if any(one.id == chosen.name for one in before.sources):
        raise InputError(
            f"{path.name} has a source {chosen.name!r} already", hint="Edit it there."
        )
    append(path, chosen.text)


def read_once(
    chosen: Settings | None, wanted: Preset, place: str, now: datetime
) -> tuple[RankingSnapshot, tuple[Problem, ...]]:
    """The ranking at an address or in a file as the preset reads it; nothing is kept.

    Raises InputError, FetchError, ParseError.
    """
    made = parse(wanted.text, folder=Path(), environment={})
    (source,) = made.sources
    with WorkerIsolate() as isolate:
        if not place.startswith(("http://", "https://")):
            return ranking.from_file(_bytes_of(Path(place)), source, isolate, now)
        asked = replace(source, url=place)
        with app.open_http(chosen) as http:
            harvest = ranking.ingest(asked, FetchState(asked.id), http, isolate, now)
    if harvest.snapshot is None:
        raise InputError(f"{place} gave no ranking", hint="Try again later.")
    return harvest.snapshot, harvest.problems


def propose(
    chosen: Settings | None, place: str, now: datetime
) -> tuple[str, RankingSnapshot]:
    """A definition in TOML for an address or a file that none is known for, and what it
    reads; nothing is kept. Raises InputError, FetchError, ParseError.
    """
    is_web = place.startswith(("http://", "https://"))
    with WorkerIsolate() as isolate:
        if is_web:
            with app.open_http(chosen) as http:
                body = http.get(place, max_bytes=ranking_asking.MAX_BYTES).body
        else:
            body = _bytes_of(Path(place))
        made = isolate.run(ranking_proposal.propose, body, now, limit_s=_PROPOSAL_S)
        host = urlsplit(place).hostname if is_web else None
        text = source_toml(
            slug(host or Path(place).stem, "board"),
            place if is_web else _NO_ADDRESS,
            host or "Whose ranking it is",
            made.spec,
        )
        # What is printed is what was tried.
        (source,) = parse(text, folder=Path(), environment={}).sources
        snapshot, _ = ranking.from_file(body, source, isolate, now)
    return text, snapshot


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}", hint="Check the name."
        ) from error


def csv_of(snapshots: Sequence[RankingSnapshot]) -> Iterator[str]:
    """Lines of CSV, a row of a snapshot each, oldest snapshot first."""
    yield csv_line(_COLUMNS)
    for cells in _cells(snapshots):
        yield csv_line([_text_of(one) for one in cells])


def parquet_of(snapshots: Sequence[RankingSnapshot]) -> bytes:
    """The same columns and rows as a Parquet file: values are exact decimals, moments
    UTC, what is not stated null. Raises InputError without the extra "parquet".
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise InputError(
            "Parquet needs pyarrow", hint="Install briefing[parquet], then try again."
        ) from error
    types = {
        "as_of": pa.timestamp("us", tz="UTC"),
        "fetched_at": pa.timestamp("us", tz="UTC"),
        "window_start": pa.date32(),
        "window_end": pa.date32(),
        "rank": pa.int32(),
        "value": _decimals(pa, [row.value for one in snapshots for row in one.rows]),
    }
    schema = pa.schema([(name, types.get(name, pa.string())) for name in _COLUMNS])
    columns = zip(*_cells(snapshots), strict=True)
    arrays = [
        pa.array(cells, field.type)
        for cells, field in zip(columns, schema, strict=True)
    ]
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), sink)
    return sink.getvalue()


def _decimals(pa: Any, values: Sequence[Decimal | None]) -> Any:
    """The type of a column that holds each of these exactly."""
    parts = [one.as_tuple() for one in values if one is not None]
    scale = max((-int(one.exponent) for one in parts), default=0)
    scale = max(scale, 0)
    whole = max((len(one.digits) + int(one.exponent) for one in parts), default=0)
    # Not every reader knows the wider type: only where the narrow one does not do.
    is_wide = whole + scale > 38
    return pa.decimal256(76, scale) if is_wide else pa.decimal128(38, scale)


def _cells(snapshots: Sequence[RankingSnapshot]) -> Iterator[tuple[_Cell, ...]]:
    """A row of a snapshot each in the order of _COLUMNS, oldest snapshot first."""
    for one in reversed(snapshots):
        window = one.window
        for row in one.rows:
            yield (
                one.source_id,
                one.taken_at,
                one.fetched_at,
                window.start if window else None,
                window.end if window else None,
                row.rank,
                row.key,
                row.label,
                row.value,
                one.unit,
                row.group,
                row.link,
            )


def _text_of(cell: _Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)
