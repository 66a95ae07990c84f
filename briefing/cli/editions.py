"""run, topic, brief, status, demo: everything that makes a brief."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import (
    NUMBERS,
    Exit,
    err,
    numbers,
    out,
    print_json,
    print_pretty,
    print_problems,
    progress,
    table,
)
from briefing.cli.demo import demo
from briefing.cli.options import Config, Day, Json, Now, day_of, moment_of

if TYPE_CHECKING:
    from briefing.domain.report import Report
    from briefing.domain.source import Problem
    from briefing.run import Made


def add_to(app: typer.Typer) -> None:
    """Registers the commands of this file."""
    app.command(name="run")(run)
    app.command(name="topic")(topic)
    app.command(name="brief")(brief)
    app.command(name="status")(status)
    app.command(name="demo")(demo)


def run(
    config: Config = None,
    day: Day = None,
    now: Now = None,
    note: Annotated[
        Path | None,
        typer.Option(
            help="An editor's note in Markdown; notes/<date>.md if left out.",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Makes today's edition from the configured sources.

    A day that was published already is given again as it was, byte for byte; a run
    that was killed goes on where it was.
    """
    from briefing import app as wiring

    chosen = wiring.load_settings(config)
    moment = moment_of(now, wiring.now())
    if not chosen.http.contact:
        err.print(
            "note: no contact in [http]; servers cannot tell whom to ask. "
            "Set `contact` to your address or page.",
            style="yellow",
            markup=False,
        )
    with progress(quiet=as_json) as show:
        made, place = wiring.make_edition(
            chosen, moment=moment, edition_date=day_of(day), note=note, progress=show
        )
    if as_json:
        print_pretty(made.report)
    else:
        print_made(made, place)
    raise typer.Exit(exit_of(made))


def topic(
    query: Annotated[str, typer.Argument(help="What it is about, in a few words.")],
    config: Config = None,
    url: Annotated[
        list[str] | None,
        typer.Option(help="Also read this page (repeatable).", show_default=False),
    ] = None,
    file: Annotated[
        list[Path] | None,
        typer.Option(help="Also read this file or folder.", show_default=False),
    ] = None,
    search: Annotated[
        bool,
        typer.Option(
            "--search",
            help="Also ask search services: your sources of kind `search`, else "
            "GDELT, Bing News and Hacker News.",
        ),
    ] = False,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Writes one brief by hand, from the sources, the store and what you add.

    Example: briefing topic "DeepSeek on OpenRouter" --url https://…
    """
    from briefing import app as wiring

    chosen = wiring.load_settings(config)
    places = [*(url or []), *(str(path) for path in file or [])]
    with progress(quiet=as_json) as show:
        made, place = wiring.make_topic(
            chosen,
            query,
            places=places,
            searches=search,
            moment=moment_of(now, wiring.now()),
            progress=show,
        )
    if as_json:
        print_pretty(made.report)
    elif made.files:
        print_made(made, place)
    if not made.files:
        if not as_json:
            print_problems(made.report.problems)
            reasons = [line.reason for line in made.report.stories]
            err.print(
                f"Nothing could be told about {query!r}: "
                + (reasons[0] if reasons else "no source mentions it."),
                markup=False,
            )
        raise typer.Exit(Exit.NOTHING)
    raise typer.Exit(exit_of(made))


def brief(
    places: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|FOLDER|URL…",
            help="JSON Lines of documents, text, Markdown or HTML files, addresses.",
        ),
    ],
    config: Config = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Writes one brief from the given documents alone, without a store.

    A line of JSON needs `id` and `text`; see docs/formats.md. Prints Markdown, or
    with --json the brief with all claims, citations and verdicts.
    """
    from briefing import app as wiring
    from briefing.domain.brief import Held

    chosen = wiring.load_settings(config) if config else wiring.settings_if_any()
    moment = moment_of(now, wiring.now())
    outcome, text, problems = wiring.make_brief(places, chosen=chosen, moment=moment)
    print_problems(problems)
    if as_json:
        print_pretty(outcome)
    if isinstance(outcome, Held):
        err.print(f"The brief was held: {outcome.reason}", markup=False)
        raise typer.Exit(Exit.NOTHING)
    if not as_json:
        print_json(text)
    failed = any(problem.is_failure for problem in problems)
    raise typer.Exit(Exit.PARTLY if failed else Exit.DONE)


def status(config: Config = None, as_json: Json = False) -> None:
    """Shows the last runs and how each source is doing."""
    from briefing import app as wiring

    chosen = wiring.load_settings(config)
    found = wiring.status(chosen)
    if as_json:
        print_pretty(found)
        return
    runs = [
        (
            f"{one.started_at:%Y-%m-%d %H:%M}",
            one.edition_id,
            "done" if one.finished_at else "cut off; the next run goes on",
        )
        for one in found.runs
    ]
    if runs:
        out.print(table(("Started (UTC)", "Edition", "State"), runs, title="Runs"))
    else:
        out.print("No run yet. Make the first edition with `briefing run`.")
    out.print()
    states = [
        (
            one.source_id,
            f"{one.last_ok_at:%Y-%m-%d %H:%M}" if one.last_ok_at else "never",
            str(one.failures),
            f"{one.next_poll_at:%m-%d %H:%M}" if one.next_poll_at else "next run",
            one.last_error or "",
        )
        for one in found.sources
    ]
    out.print(
        table(
            ("Source", "Last read", "Failures", "Due", "Last error"),
            states,
            right=("Failures",),
            title="Sources",
        )
    )


def print_made(made: Made, place: Path) -> None:
    """The table of briefs, what went wrong, and the files to open."""
    report = made.report
    if made.was_frozen:
        out.print("This edition was published before; here it is again, unchanged.")
    out.print(stories_table(report))
    others = [line for line in report.stories if line.outcome != "published"]
    for line in others:
        out.print(f"{line.outcome}: {line.title}: {line.reason}", markup=False)
    print_problems(report.problems)
    out.print(f"Open {place / 'index.html'}", markup=False)


def stories_table(report: Report) -> object:
    """Headline, sources, claims checked, repaired and struck, minutes of reading."""
    rows = [
        (line.headline, *numbers(line))
        for line in report.stories
        if line.outcome == "published"
    ]
    if not rows:
        return "A quiet day: no story had enough that is new."
    return table(("Brief", *NUMBERS), rows, right=NUMBERS)


def exit_of(made: Made) -> Exit:
    """Partly done when anything in the report failed."""
    return Exit.PARTLY if _failures(made.report.problems) else Exit.DONE


def _failures(problems: tuple[Problem, ...]) -> bool:
    return any(problem.is_failure for problem in problems)
