"""explain: a sentence of a published edition with its evidence and arithmetic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import Exit, out, print_pretty
from briefing.cli.options import Json

if TYPE_CHECKING:
    from briefing.explaining import Explained


def add_to(app: typer.Typer) -> None:
    """Registers the commands of this file."""
    app.command(name="explain")(explain)


def explain(
    place: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="The folder of a published edition."),
    ],
    words: Annotated[
        str, typer.Argument(help="A few words of the sentence, as they are printed.")
    ],
    as_json: Json = False,
) -> None:
    """Shows what a sentence rests on: cited words, arithmetic, and what was checked.

    Works offline from the stored texts. Example: briefing explain output/2026-05-25
    "11.9%". Exits 1 when a stored text is not the one that was cited.
    """
    from briefing import explaining

    found = explaining.explain(place, words)
    if as_json:
        print_pretty(found)
    else:
        for number, one in enumerate(found):
            out.print("\n" * bool(number) + _told(one), markup=False, soft_wrap=True)
    if any(not each.is_as_cited for one in found for each in one.exhibits):
        raise typer.Exit(Exit.PARTLY)


def _told(one: Explained) -> str:
    lines = [one.text, f"  in: {one.brief}", f"  kind: {one.kind}"]
    if one.verdict:
        lines.append(f"  checked: {one.verdict}")
    if one.nearness is not None:
        lines.append(f"  words as in its evidence: {one.nearness:.0%}")
    if one.calculation:
        lines.append(f"  our calculation: {one.calculation}")
    if one.edits:
        lines.append(f"  changed: {', '.join(one.edits)}")
    if one.written:
        lines.append(f"  the writer had put: {one.written}")
    for exhibit in one.exhibits:
        dated = f", {exhibit.published}" if exhibit.published else ""
        lines.append(f"  {exhibit.publisher or 'unknown'}: {exhibit.title}{dated}")
        lines.append(f"    “{exhibit.quote}”")
        if exhibit.url:
            lines.append(f"    {exhibit.url}")
        if not exhibit.is_as_cited:
            lines.append("    The stored text is missing or was changed since.")
    return "\n".join(lines)
