"""rankings presets | add | read: ready definitions, tried and taken over."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import out, print_pretty, table
from briefing.cli.options import Config, Json, Now, moment_of

if TYPE_CHECKING:
    from briefing.domain.ranking import RankingSnapshot


def add_to(group: typer.Typer) -> None:
    """Registers the commands of this file in the group `rankings`."""
    group.command(name="presets")(list_presets)
    group.command(name="add")(add)
    group.command(name="read")(read)


def list_presets(as_json: Json = False) -> None:
    """Shows the rankings that are ready to be added."""
    from briefing.starter.presets import presets

    found = presets()
    if as_json:
        print_pretty(found)
        return
    rows = [(one.name, one.title, one.last_verified, one.about) for one in found]
    out.print(table(("Name", "Title", "Verified", "About"), rows))


def add(
    name: Annotated[
        str,
        typer.Argument(metavar="PRESET", help="See `briefing rankings presets`."),
    ],
    config: Config = None,
) -> None:
    """Adds a ready ranking to the settings file, at its end."""
    from briefing import rankings
    from briefing.settings import FILE_NAME
    from briefing.starter.presets import preset

    path = config or Path(FILE_NAME)
    rankings.add_preset(path, preset(name))
    out.print(f"{path.name} reads {name} now. Try it: briefing sources check {name}")


def read(
    place: Annotated[
        str, typer.Argument(metavar="URL|FILE", help="A page, or a saved one.")
    ],
    name: Annotated[
        str | None,
        typer.Option(
            "--preset",
            metavar="NAME",
            help="The definition; by the address if left out, else proposed.",
            show_default=False,
        ),
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="So many rows.")] = 20,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Reads a ranking once and prints it; nothing is kept. For a page that no preset
    reads it proposes a definition.
    """
    from briefing import app as wiring
    from briefing import rankings
    from briefing.starter.presets import preset, preset_for

    chosen = preset(name) if name else preset_for(place)
    if chosen is None:
        _propose(place, top, now, as_json=as_json)
        return
    snapshot, problems = rankings.read_once(
        wiring.settings_if_any(), chosen, place, moment_of(now, wiring.now())
    )
    if as_json:
        print_pretty(snapshot)
        return
    _print(snapshot, top)
    for one in problems:
        out.print(one.message, markup=False)


def _propose(place: str, top: int, now: str | None, *, as_json: bool) -> None:
    from briefing import app as wiring
    from briefing import rankings

    text, snapshot = rankings.propose(
        wiring.settings_if_any(), place, moment_of(now, wiring.now())
    )
    if as_json:
        print_pretty({"toml": text, "snapshot": snapshot})
        return
    _print(snapshot, top)
    out.print(
        "A proposal: if these are the rows, put what follows into briefing.toml.",
        "Say what is counted (metric, unit) and whose ranking it is in your own words.",
        sep="\n",
    )
    if 'order = "document"' in text and snapshot.rows[0].value is not None:
        out.print(
            "The rows do not come by their values: their order was taken for the "
            'ranking. Without order = "document" the values count.'
        )
    sys.stdout.write(f"\n{text}")


def _print(snapshot: RankingSnapshot, top: int) -> None:
    from briefing.logic.ranking_text import as_of_line

    rows = [
        (
            str(one.rank),
            one.label,
            "–" if one.value is None else f"{one.value:,f}",
            one.group or "",
            one.key,
        )
        for one in snapshot.rows[:top]
    ]
    title = f"{snapshot.title}: {snapshot.metric}"
    columns = ("Rank", "Item", "Value", "Group", "Key")
    out.print(table(columns, rows, right=("Rank", "Value"), title=title))
    left = len(snapshot.rows) - len(rows)
    lines = (
        f"{left} more." if left else "",
        as_of_line(snapshot),
        snapshot.attribution,
        *snapshot.caveats,
    )
    for line in lines:
        if line:
            out.print(line, markup=False)
