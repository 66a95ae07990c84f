"""sources list | check."""

from __future__ import annotations

from typing import Annotated

import typer

from briefing import app as wiring
from briefing.cli.console import (
    Exit,
    out,
    print_json,
    print_problems,
    progress,
    table,
)
from briefing.cli.options import Config, Json, Now, moment_of
from briefing.logic.codec import to_pretty


def add_to(app: typer.Typer) -> None:
    """Registers the commands of this file."""
    group = typer.Typer(help="The places that are read.", no_args_is_help=True)
    group.command(name="list")(list_sources)
    group.command(name="check")(check)
    app.add_typer(group, name="sources")


def list_sources(config: Config = None, as_json: Json = False) -> None:
    """Shows every configured source."""
    chosen = wiring.load_settings(config)
    if as_json:
        print_json(to_pretty(chosen.sources))
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
    chosen = wiring.load_settings(config)
    with progress(quiet=as_json) as show:
        found = wiring.check_sources(
            chosen, ids or [], moment=moment_of(now, wiring.now()), progress=show
        )
    failed = [
        one for one in found if any(problem.is_failure for problem in one.problems)
    ]
    if as_json:
        print_json(to_pretty(found))
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
