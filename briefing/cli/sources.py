"""sources list | check | add | remove | import | export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import (
    Exit,
    err,
    out,
    print_pretty,
    print_problems,
    progress,
    table,
)
from briefing.cli.options import Config, Json, Now, moment_of
from briefing.errors import InputError


def add_to(app: typer.Typer) -> None:
    """Registers the commands of this file."""
    group = typer.Typer(help="The places that are read.", no_args_is_help=True)
    group.command(name="list")(list_sources)
    group.command(name="check")(check)
    group.command(name="add")(add)
    group.command(name="remove")(remove)
    group.command(name="import")(import_list)
    group.command(name="export")(export)
    app.add_typer(group, name="sources")


def list_sources(config: Config = None, as_json: Json = False) -> None:
    """Shows every configured source."""
    from briefing import app as wiring

    chosen = wiring.load_settings(config)
    if as_json:
        print_pretty(chosen.sources)
        return
    rows = [
        (one.id, one.kind, one.publisher, ", ".join(one.topics), one.url)
        for one in chosen.sources
    ]
    out.print(table(("Id", "Kind", "Publisher", "Topics", "Address"), rows))


def check(
    ids: Annotated[
        list[str] | None,
        typer.Argument(help="Only these sources; all if left out.", show_default=False),
    ] = None,
    config: Config = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Asks each source once and says what it gives; keeps nothing."""
    from briefing import app as wiring
    from briefing import source_list

    chosen = wiring.load_settings(config)
    with progress(quiet=as_json) as show:
        found = source_list.check_sources(
            chosen, ids or [], moment=moment_of(now, wiring.now()), progress=show
        )
    failed = [
        one for one in found if any(problem.is_failure for problem in one.problems)
    ]
    if as_json:
        print_pretty(found)
    else:
        rows = [
            (
                one.source.id,
                "failed" if one in failed else "ok",
                str(one.documents),
                str(one.rows or ""),
            )
            for one in found
        ]
        right = ("Documents", "Rows")
        out.print(table(("Source", "State", *right), rows, right=right))
        for one in found:
            print_problems(one.problems)
    if found and len(failed) == len(found):
        raise typer.Exit(Exit.NOTHING)
    raise typer.Exit(Exit.PARTLY if failed else Exit.DONE)


def add(
    place: Annotated[
        str,
        typer.Argument(metavar="URL", help="A feed, or a page that links its feed."),
    ],
    source_id: Annotated[
        str | None,
        typer.Option(
            "--id", help="Made from the title if left out.", show_default=False
        ),
    ] = None,
    publisher: Annotated[
        str | None,
        typer.Option(help="The feed's title if left out.", show_default=False),
    ] = None,
    topics: Annotated[
        str, typer.Option(help="With commas; without any it belongs to all.")
    ] = "",
    config: Config = None,
    now: Now = None,
) -> None:
    """Finds the feed behind an address and adds it to the settings file."""
    from briefing import app as wiring
    from briefing import source_list
    from briefing.settings import FILE_NAME

    path = config or Path(FILE_NAME)
    made = source_list.add_feed(
        path,
        place,
        source_id=source_id,
        publisher=publisher,
        topics=[one.strip() for one in topics.split(",") if one.strip()],
        moment=moment_of(now, wiring.now()),
    )
    out.print(f"{path.name} reads {made} now.", markup=False)


def remove(
    source_id: Annotated[
        str, typer.Argument(metavar="ID", help="See `briefing sources list`.")
    ],
    config: Config = None,
) -> None:
    """Takes a source out of the settings file; what was read of it stays kept."""
    from briefing import source_list
    from briefing.settings import FILE_NAME

    path = config or Path(FILE_NAME)
    left = source_list.remove(path, source_id)
    out.print(f"{source_id} is gone; {len(left.sources)} left.", markup=False)


def import_list(
    file: Annotated[
        Path | None,
        typer.Argument(help="OPML; standard input if left out.", show_default=False),
    ] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Adds the feeds of a feed reader's list (OPML) to the settings file."""
    from briefing import source_list
    from briefing.settings import FILE_NAME

    try:
        body = file.read_bytes() if file else sys.stdin.buffer.read()
    except OSError as error:
        raise InputError(
            f"{file} cannot be read: {error.strerror}", hint="Check the name."
        ) from error
    made = source_list.import_feeds(config or Path(FILE_NAME), body)
    if as_json:
        print_pretty(made)
    else:
        out.print(f"{len(made.added)} added, {made.known} known already.")
    for url, reason in made.refused:
        err.print(f"refused: {url}: {reason}", markup=False)
    raise typer.Exit(Exit.PARTLY if made.refused else Exit.DONE)


def export(config: Config = None) -> None:
    """Prints the feeds as OPML, for any feed reader."""
    from briefing import app as wiring
    from briefing.logic.opml import write_opml

    chosen = wiring.load_settings(config)
    sys.stdout.write(write_opml(chosen.digest.title, chosen.sources))
