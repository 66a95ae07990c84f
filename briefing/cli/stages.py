"""stage NAME: each stage as a filter of JSON Lines."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import Exit, print_problems
from briefing.cli.options import Config, Day, Now, day_of, lines_of, moment_of
from briefing.errors import InputError

if TYPE_CHECKING:
    from briefing.domain.source import Problem


def add_to(app: typer.Typer) -> None:
    """Registers the commands of this file."""
    app.command(name="stage")(stage)


def stage(
    name: Annotated[
        str,
        typer.Argument(help="gather, group, choose, write, check, assemble, publish."),
    ],
    known: Annotated[
        Path | None,
        typer.Option(
            help="For group: yesterday's stories as JSON Lines, to keep their ids.",
            show_default=False,
        ),
    ] = None,
    config: Config = None,
    day: Day = None,
    now: Now = None,
) -> None:
    """Runs one stage as a filter: JSON Lines in, JSON Lines out.

    Example: briefing stage group < documents.jsonl | briefing stage write | briefing
    stage check. The form of each line is in docs/formats.md. A line that cannot be
    used is named on standard error and costs only itself.
    """
    from briefing import app as wiring
    from briefing.cli.filters import STAGES

    run = STAGES.get(name)
    if run is None:
        raise InputError(
            f"there is no stage {name!r}", hint=f"Take one of {', '.join(STAGES)}."
        )
    moment = moment_of(now, wiring.now())
    problems: list[Problem] = []
    with wiring.open_stages(config, moment=moment, edition_date=day_of(day)) as stages:
        count = 0
        for line in run(stages, lines_of(None), known, problems):
            sys.stdout.write(line + "\n")
            count += 1
    print_problems(problems)
    if problems and not count:
        raise typer.Exit(Exit.NOTHING)
    raise typer.Exit(Exit.PARTLY if problems else Exit.DONE)
