"""rankings gather | plot: ask the rankings now, and their history as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import Exit, out, print_pretty, progress, table
from briefing.cli.options import Config, Json, Now, moment_of
from briefing.errors import InputError

_FORMS = (".svg", ".png")


def add_to(group: typer.Typer) -> None:
    """Registers the commands of this file."""
    group.command(name="gather")(gather)
    group.command(name="plot")(plot)


def gather(config: Config = None, now: Now = None, as_json: Json = False) -> None:
    """Asks every configured ranking now and keeps what it says; makes no edition.

    For a timer that fires more often than the morning run, so that a history has no
    gap. Exits 3 when some of them failed.
    """
    from briefing import app as wiring
    from briefing import rankings

    chosen = wiring.load_settings(config)
    if not rankings.ranking_sources(chosen):
        raise InputError(
            "no ranking is configured", hint="See `briefing rankings presets`."
        )
    with progress(quiet=as_json) as show:
        lines = wiring.gather_rankings(
            chosen, moment=moment_of(now, wiring.now()), progress=show
        )
    if as_json:
        print_pretty(lines)
    else:
        rows = [(one.id, one.outcome) for one in lines]
        out.print(table(("Ranking", "Outcome"), rows))
    if any(one.outcome == "failed" for one in lines):
        raise typer.Exit(Exit.PARTLY)


def plot(
    ranking: Annotated[
        str, typer.Argument(metavar="RANKING", help="The id of its source.")
    ],
    picture: Annotated[
        Path,
        typer.Option("--output", "-o", help="The file, .svg or .png."),
    ] = Path("ranking.svg"),
    item: Annotated[
        list[str] | None,
        typer.Option(
            "--item",
            help="An item instead of the first five; again for another.",
            show_default=False,
        ),
    ] = None,
    config: Config = None,
    now: Now = None,
) -> None:
    """Draws the history of a ranking's leaders, or of the items that are named."""
    from briefing import app as wiring
    from briefing import rankings
    from briefing.store import SqliteStore

    if picture.suffix.lower() not in _FORMS:
        raise InputError(
            f"{picture.name} is neither .svg nor .png", hint="Name the file so."
        )
    chosen = wiring.load_settings(config)
    source = rankings.source_of(chosen, ranking)
    with SqliteStore(chosen.store) as store:
        told = rankings.history_of(store, source, moment_of(now, wiring.now()))
    drawn = rankings.picture_of(told, item or (), picture.suffix.lower())
    picture.write_bytes(drawn)
    out.print(f"{picture}: {len(told.slots)} steps", markup=False)
