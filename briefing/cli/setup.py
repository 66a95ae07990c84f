"""init: from nothing to a first settings file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import out
from briefing.errors import InputError, SettingsError


def add_to(app: typer.Typer) -> None:
    """Registers the command of this file."""
    app.command(name="init")(init)


def init(
    topics: Annotated[
        str | None,
        typer.Option(
            help="Topics with commas, such as ai,business; asked for if left out.",
            show_default=False,
        ),
    ] = None,
    contact: Annotated[
        str | None,
        typer.Option(
            help="Your address or page for the User-Agent; asked for if left out.",
            show_default=False,
        ),
    ] = None,
    zone: Annotated[
        str, typer.Option("--timezone", help="IANA name, such as Europe/Berlin.")
    ] = "UTC",
    folder: Annotated[
        Path, typer.Option(help="Where briefing.toml is written.")
    ] = Path(),
    force: Annotated[
        bool, typer.Option("--force", help="Write over an existing briefing.toml.")
    ] = False,
) -> None:
    """Writes a commented briefing.toml with public feeds for your topics."""
    from briefing import app as wiring
    from briefing.settings import FILE_NAME

    path = folder / FILE_NAME
    if path.exists() and not force:
        raise SettingsError(
            f"{path} exists already", hint="Edit it, or add --force to replace it."
        )
    known = wiring.starter_topics()
    asked = topics if topics is not None else _ask(f"Topics ({', '.join(known)})", "ai")
    said = contact if contact is not None else _ask("Contact for the User-Agent", "")
    text = wiring.starter_settings(
        topics=[one.strip().lower() for one in asked.split(",") if one.strip()],
        contact=said.strip(),
        timezone=zone,
    )
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    out.print(f"Wrote {path}. Next: briefing sources check, then briefing run.")


def _ask(question: str, otherwise: str) -> str:
    if not sys.stdin.isatty():
        raise InputError(
            f"{question}: nobody to ask", hint="Say --topics and --contact."
        )
    answer: str = typer.prompt(
        question, default=otherwise, show_default=bool(otherwise)
    )
    return answer
