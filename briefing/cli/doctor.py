"""doctor: looks at every part and says what to do."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from briefing.cli.console import Exit, out, print_pretty
from briefing.cli.options import Config, Json, Now, moment_of
from briefing.domain.checkup import Finding, Health

_STYLES = {Health.OK: "green", Health.WARN: "yellow", Health.BAD: "bold red"}


def add_to(app: typer.Typer) -> None:
    """Registers the commands of this file."""
    app.command(name="doctor")(doctor)


def doctor(
    ask_model: Annotated[
        bool,
        typer.Option("--ask-model", help="Also ask the model one tiny question."),
    ] = False,
    try_model: Annotated[
        bool,
        typer.Option(
            "--try-model",
            help="Also let the model write a small brief, and say how good it is; a "
            "few thousand tokens, up to five minutes.",
        ),
    ] = False,
    config: Config = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Looks at settings, store, disk, model, site, mail server, DNS records and clock.

    Sends, writes and upgrades nothing. Each line says ok, warn or bad, and what to do.
    Exit code 1 if a part is bad.
    """
    from briefing import app as wiring
    from briefing import checkup
    from briefing.checkup.outside import Asks

    asks = Asks.A_WORD if ask_model else Asks.NOTHING
    chosen = wiring.load_settings(config)
    found = checkup.check_up(
        chosen,
        environment=os.environ,
        moment=moment_of(now, wiring.now()),
        asks_model=Asks.A_BRIEF if try_model else asks,
    )
    if as_json:
        print_pretty(found)
    else:
        _print(found)
    is_bad = any(one.health is Health.BAD for one in found)
    raise typer.Exit(Exit.PARTLY if is_bad else Exit.DONE)


def _print(found: Sequence[Finding]) -> None:
    widest = max(len(one.part) for one in found)
    for one in found:
        out.print(f"{one.health:<5}", style=_STYLES[one.health], end="")
        out.print(f"{one.part:<{widest}}  {one.says}", markup=False)
        for more in (one.todo, one.paste):
            if more:
                out.print(f"{'':<5}{'':<{widest}}  → {more}", markup=False)
    counts = {kind: sum(one.health is kind for one in found) for kind in Health}
    out.print(
        f"{counts[Health.OK]} ok, {counts[Health.WARN]} to look at, "
        f"{counts[Health.BAD]} bad"
    )
