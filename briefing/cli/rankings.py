"""rankings list | show | history | diff | export: leaderboards as they were kept."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from briefing.cli.console import out, print_pretty, table
from briefing.cli.options import Config, Json, Now, day_of, moment_of
from briefing.cli.presets import add_to as add_presets
from briefing.cli.ranking_tools import add_to as add_tools
from briefing.errors import InputError

Id = Annotated[str, typer.Argument(metavar="RANKING", help="The id of its source.")]


class Form(StrEnum):
    """Forms of an export."""

    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def add_to(app: typer.Typer) -> None:
    """Registers the commands of this file."""
    group = typer.Typer(
        help="Leaderboards that were kept, and what moved.", no_args_is_help=True
    )
    group.command(name="list")(list_rankings)
    group.command(name="show")(show)
    group.command(name="history")(history)
    group.command(name="diff")(diff)
    group.command(name="export")(export)
    add_tools(group)
    add_presets(group)
    app.add_typer(group, name="rankings")


def list_rankings(
    config: Config = None, now: Now = None, as_json: Json = False
) -> None:
    """Shows every configured ranking with what is kept of it."""
    from briefing import app as wiring
    from briefing import rankings
    from briefing.cli.ranking_lines import DASH
    from briefing.logic.staleness import stale_since
    from briefing.store import SqliteStore

    chosen = wiring.load_settings(config)
    moment = moment_of(now, wiring.now())
    with SqliteStore(chosen.store) as store:
        found = [
            (one, store.snapshots(one.id, until=moment, limit=2000))
            for one in rankings.ranking_sources(chosen)
        ]
    if as_json:
        lines = [
            {
                "id": source.id,
                "title": source.title,
                "snapshots": len(kept),
                "oldest": kept[-1].taken_at if kept else None,
                "newest": kept[0].taken_at if kept else None,
                "stale_since": stale_since(source, next(iter(kept), None), moment),
            }
            for source, kept in found
        ]
        print_pretty(lines)
        return
    rows = [
        (
            source.id,
            source.title,
            str(len(kept)),
            f"{kept[-1].taken_at:%Y-%m-%d}" if kept else DASH,
            f"{kept[0].taken_at:%Y-%m-%d}" if kept else DASH,
            kept[0].rows[0].label if kept and kept[0].rows else DASH,
            f"{since:%Y-%m-%d}"
            if (since := stale_since(source, next(iter(kept), None), moment))
            else "",
        )
        for source, kept in found
    ]
    columns = ("Id", "Title", "Snapshots", "Oldest", "Newest", "First", "Stale since")
    out.print(table(columns, rows, right=("Snapshots",)))


def show(
    ranking: Id,
    top: Annotated[int, typer.Option(min=1, help="So many rows.")] = 20,
    config: Config = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Prints the newest snapshot beside the step before, movers below the top too."""
    from briefing import app as wiring
    from briefing import rankings
    from briefing.cli.ranking_lines import facts, print_table
    from briefing.logic.ranking_diff import by_key
    from briefing.logic.ranking_history import course
    from briefing.logic.ranking_match import base_of
    from briefing.logic.ranking_table import ranking_table
    from briefing.store import SqliteStore

    chosen = wiring.load_settings(config)
    source = rankings.source_of(chosen, ranking)
    with SqliteStore(chosen.store) as store:
        told = rankings.history_of(store, source, moment_of(now, wiring.now()))
        base = base_of([slot.snapshot for slot in told.slots])
    made = ranking_table(told.newest, told.before, base=base, document_id="", limit=top)
    if as_json:
        print_pretty(made)
        return
    print_table(made)
    lead = next(iter(by_key(told.newest).values()), None)
    if lead is None:
        return
    for line in facts(lead.label, course(told, lead.key), told.stride):
        out.print(line, markup=False)


def history(
    ranking: Id,
    item: Annotated[str, typer.Argument(help="A key, a name, or a part of one.")],
    config: Config = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Shows where one item stood at every step that is kept."""
    from briefing import app as wiring
    from briefing import rankings
    from briefing.cli.ranking_lines import DASH, facts, number, percent
    from briefing.logic.ranking_history import (
        course,
        first_streak,
        record_of,
        rise_streak,
    )
    from briefing.store import SqliteStore

    chosen = wiring.load_settings(config)
    source = rankings.source_of(chosen, ranking)
    until = moment_of(now, wiring.now())
    with SqliteStore(chosen.store) as store:
        told = rankings.history_of(store, source, until)
        row = rankings.row_of([one.snapshot for one in reversed(told.slots)], item)
    points = course(told, row.key)
    if as_json:
        print_pretty(
            {
                "key": row.key,
                "label": row.label,
                "metric": told.newest.metric,
                "unit": told.newest.unit,
                "points": points,
                "first_streak": first_streak(points),
                "rise_streak": rise_streak(points),
                "record_of": record_of(points),
            }
        )
        return
    rows = [
        (
            f"{one.at:%Y-%m-%d}",
            str(one.rank or DASH),
            number(one.value),
            percent(one.share_percent),
            "a step before it is missing" if one.is_after_gap and place else "",
        )
        for place, one in enumerate(points)
    ]
    right = ("Rank", "Value", "Share")
    title = f"{row.label}: {told.newest.metric}, in {told.newest.unit}"
    out.print(table(("Up to", *right, ""), rows, right=right, title=title))
    for line in facts(row.label, points, told.stride):
        out.print(line, markup=False)


def diff(
    ranking: Id,
    since: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="YYYY-MM-DD",
            help="The older day; the step before the newer one if left out.",
            show_default=False,
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="YYYY-MM-DD",
            help="The newer day; the newest if left out.",
            show_default=False,
        ),
    ] = None,
    min_move: Annotated[int, typer.Option(min=1, help="Fewer places are noise.")] = 3,
    config: Config = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Says what moved between two snapshots; that nothing did is a result too."""
    from briefing import app as wiring
    from briefing import rankings
    from briefing.cli.ranking_lines import around, sentence
    from briefing.store import SqliteStore

    chosen = wiring.load_settings(config)
    source = rankings.source_of(chosen, ranking)
    until = moment_of(now, wiring.now())
    with SqliteStore(chosen.store) as store:
        kept = rankings.snapshots_of(store, source, until)
        newer, older = day_of(to), day_of(since)
        new = rankings.on_day(kept, newer) if newer else kept[0]
        if older:
            old = rankings.on_day(kept, older)
        else:
            told = rankings.history_of(store, source, new.taken_at)
            if told.before is None:
                raise InputError(
                    f"the step before {new.taken_at:%Y-%m-%d} is not kept",
                    hint="Name an older day with --from.",
                )
            old = told.before
    moved = rankings.compare(old, new, min_move)
    if as_json:
        print_pretty(moved)
        return
    out.print(f"{old.taken_at:%Y-%m-%d} → {new.taken_at:%Y-%m-%d}")
    for one in moved.changes:
        out.print(sentence(one), markup=False)
    if not moved.changes:
        out.print("Nothing moved.")
    for line in around(moved):
        out.print(line, markup=False)


def export(
    ranking: Id,
    form: Annotated[Form, typer.Option("--format", help="The form.")] = Form.CSV,
    config: Config = None,
    now: Now = None,
) -> None:
    """Prints every kept row, oldest snapshot first; Parquet goes to a file: > FILE."""
    from briefing import app as wiring
    from briefing import rankings
    from briefing.store import SqliteStore

    if form is Form.PARQUET and sys.stdout.isatty():
        raise InputError(
            "a Parquet file is nothing to look at",
            hint="Send it to a file: … --format parquet > rows.parquet",
        )
    chosen = wiring.load_settings(config)
    source = rankings.source_of(chosen, ranking)
    with SqliteStore(chosen.store) as store:
        kept = rankings.snapshots_of(store, source, moment_of(now, wiring.now()))
    if form is Form.JSON:
        print_pretty(kept[::-1])
        return
    if form is Form.PARQUET:
        sys.stdout.buffer.write(rankings.parquet_of(kept))
        return
    for line in rankings.csv_of(kept):
        sys.stdout.write(line)
