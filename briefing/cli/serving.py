"""serve and schedule: the processes that stay, and the lines that start a daily run."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import print_json
from briefing.cli.options import Config
from briefing.errors import InputError, SettingsError

if TYPE_CHECKING:
    from briefing.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Registers the commands of this file."""
    app.command(name="serve")(serve)
    app.command(name="schedule")(schedule)


def serve(
    config: Config = None,
    host: Annotated[
        str | None,
        typer.Option(help="Listen here; [site] host if left out.", show_default=False),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            help="Port, 0 for a free one; [site] port if left out.",
            min=0,
            max=65535,
            show_default=False,
        ),
    ] = None,
    with_schedule: Annotated[
        bool,
        typer.Option("--with-schedule", help="Make the editions in this process too."),
    ] = False,
) -> None:
    """Serves the site and sends what is due, until it is stopped.

    With --with-schedule this is all that a small installation needs.
    """
    from briefing import app as wiring
    from briefing import serving

    chosen = wiring.load_settings(config)
    if with_schedule:
        _needs_contact(chosen)
    site = replace(
        chosen.site,
        host=host if host is not None else chosen.site.host,
        port=port if port is not None else chosen.site.port,
    )
    serving.serve(replace(chosen, site=site), with_schedule=with_schedule, say=_say)


def schedule(
    config: Config = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--print",
            metavar="systemd|cron|launchd",
            help="Print what starts a daily run instead of staying.",
            show_default=False,
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="HH:MM",
            help="With --print: local time of the run; [schedule] at if left out.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Makes the editions at their times and sends what is due, until it is stopped.

    Missed mornings are caught up once. For a run by another program:
    briefing schedule --print cron --at 06:30 | crontab -
    """
    from briefing import app as wiring
    from briefing.settings import FILE_NAME

    chosen = wiring.load_settings(config)
    _needs_contact(chosen)
    if kind is not None:
        print_json(_units(chosen, kind, at, (config or Path(FILE_NAME)).resolve()))
        return
    if at is not None:
        raise InputError(
            "--at only goes with --print", hint="Set `at` in [schedule] instead."
        )
    from briefing import serving

    serving.schedule(chosen, say=_say)


def _units(chosen: Settings, kind: str, at: str | None, path: Path) -> str:
    from briefing.logic import schedule as units

    command = [sys.executable, "-m", "briefing.cli", "run", "--config", str(path)]
    return units.daily(
        kind,
        at=at if at is not None else f"{chosen.schedule.at:%H:%M}",
        days=chosen.schedule.days,
        timezone=chosen.digest.timezone,
        command=shlex.join(command),
        folder=str(path.parent),
    )


def _needs_contact(chosen: Settings) -> None:
    if not chosen.http.contact:
        raise SettingsError(
            "a scheduled run needs a contact",
            hint="Set `contact` in [http] to your address or page.",
        )


def _say(line: str) -> None:
    """One line an event; several threads talk, so each line is one write."""
    sys.stdout.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {line}\n")
    sys.stdout.flush()
