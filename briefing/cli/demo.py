"""demo: the bundled sample days through the same code path as real sources."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import (
    NUMBERS,
    Exit,
    err,
    numbers,
    out,
    print_pretty,
    progress,
    table,
)
from briefing.cli.options import Json


def demo(
    output: Annotated[
        Path, typer.Option(help="Where the editions are written.")
    ] = Path("output"),
    model_url: Annotated[
        str | None,
        typer.Option(
            help="Write with the model at this OpenAI-compatible address.",
            show_default=False,
        ),
    ] = None,
    model: Annotated[
        str, typer.Option(help="The model's name, with --model-url.")
    ] = "default",
    editions: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Stop after so many editions: a small model takes minutes for each.",
            show_default="all",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Makes the editions of the sample days, offline and without a key.

    A server on this machine plays the web of the sample: feeds in several formats,
    pages, a ranking, and what goes wrong in real life. Exits 0 when exactly the
    failures that the sample holds were reported.
    """
    from briefing import byhand

    with progress(quiet=as_json) as show:
        days = byhand.run_demo(
            output,
            model_url=model_url,
            model=model,
            editions=editions,
            progress=show,
        )
    surprises = [text for day in days for text in day.surprises]
    if as_json:
        print_pretty(days)
    else:
        rows = [
            (
                day.report.edition_date.isoformat(),
                line.headline,
                *numbers(line),
            )
            for day in days
            for line in day.report.stories
            if line.outcome == "published"
        ]
        out.print(table(("Day", "Brief", *NUMBERS), rows, right=NUMBERS))
        for day in days:
            if not any(one.outcome == "published" for one in day.report.stories):
                out.print(f"{day.report.edition_date}: a quiet day, told in one line.")
        failures = sum(len(day.report.failures) for day in days)
        out.print(
            f"{failures} failures of sources and pages, as the sample holds them."
        )
        for day in days:
            out.print(f"Open {day.folder}/index.html", markup=False)
    for text in surprises:
        err.print(f"unexpected: {text}", style="red", markup=False)
    raise typer.Exit(Exit.PARTLY if surprises else Exit.DONE)
