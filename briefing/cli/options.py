"""Options that several commands share, so that they read the same everywhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from briefing.errors import InputError

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        help="The settings file; briefing.toml of this folder if left out.",
        show_default=False,
    ),
]
Json = Annotated[
    bool, typer.Option("--json", help="Print JSON for programs instead of a table.")
]
Now = Annotated[
    str | None,
    typer.Option(
        "--now",
        metavar="TIME",
        help="Pretend it is this time (ISO 8601), for tests and late runs.",
        show_default=False,
    ),
]
Day = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="YYYY-MM-DD",
        help="The edition's day; today in the digest's zone if left out.",
        show_default=False,
    ),
]


def moment_of(text: str | None, otherwise: datetime) -> datetime:
    """The time in `text` as aware UTC. Raises InputError for anything else."""
    if text is None:
        return otherwise
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            f"--now {text!r} is no time", hint="Write it like 2026-05-26T06:00:00Z."
        ) from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def lines_of(path: Path | None) -> Iterator[str]:
    """The lines of a file, of standard input without one, one by one as they come.

    Bytes that are not UTF-8 stay in the line as lone surrogates, so that what reads it
    refuses that line alone. Raises InputError for a file that cannot be read.
    """
    try:
        with open(path, "rb") if path else nullcontext(sys.stdin.buffer) as lines:
            for line in lines:
                yield line.decode("utf-8", errors="surrogateescape")
    except OSError as error:
        raise InputError(
            f"{path or 'standard input'} cannot be read: {error.strerror}",
            hint="Check the name and its rights.",
        ) from error


def day_of(text: str | None) -> date | None:
    """The day in `text`. Raises InputError for anything else."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            f"--date {text!r} is no day", hint="Write it like 2026-05-26."
        ) from error
