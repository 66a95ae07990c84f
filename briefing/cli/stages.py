"""stage NAME: each stage as a filter of JSON Lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from briefing import app as wiring
from briefing import material
from briefing.cli.console import Exit, print_problems
from briefing.cli.options import Config, Day, Now, day_of, lines_of, moment_of
from briefing.domain.brief import Brief, Draft
from briefing.domain.source import Problem, Source
from briefing.domain.story import Outcome, Story
from briefing.errors import BriefingError, InputError
from briefing.logic.codec import from_json, read_lines, to_json
from briefing.logic.lines import outcome_from, outcome_line, story_line
from briefing.stages import Stages


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
    run = _STAGES.get(name)
    if run is None:
        raise InputError(
            f"there is no stage {name!r}", hint=f"Take one of {', '.join(_STAGES)}."
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


Lines = Iterator[str]
T = TypeVar("T")
_Stage = Callable[[Stages, Iterable[str], Path | None, list[Problem]], Lines]


def _gather(
    stages: Stages, lines: Iterable[str], _known: Path | None, problems: list[Problem]
) -> Lines:
    for source in _values(lines, lambda line: from_json(Source, line), problems):
        harvest = stages.gather(source)
        problems.extend(one for one in harvest.problems if one.is_failure)
        for document in harvest.documents:
            yield to_json(document)


def _group(
    stages: Stages, lines: Iterable[str], known: Path | None, problems: list[Problem]
) -> Lines:
    documents, bad = material.lines("".join(lines))
    problems.extend(bad)
    before: tuple[Story, ...] = ()
    if known is not None:
        before = tuple(read_lines(Story, lines_of(known)))
    for story in stages.group(documents, before):
        yield story_line(story)


def _choose(
    stages: Stages, lines: Iterable[str], _known: Path | None, problems: list[Problem]
) -> Lines:
    stories = tuple(_values(lines, lambda line: from_json(Story, line), problems))
    for choice in stages.choose(stories):
        if choice.outcome is Outcome.CHOSEN:
            yield story_line(choice.story)


def _write(
    stages: Stages, lines: Iterable[str], _known: Path | None, problems: list[Problem]
) -> Lines:
    for story in _values(lines, lambda line: from_json(Story, line), problems):
        yield to_json(stages.write(story))


def _check(
    stages: Stages, lines: Iterable[str], _known: Path | None, problems: list[Problem]
) -> Lines:
    for draft in _values(lines, lambda line: from_json(Draft, line), problems):
        yield outcome_line(stages.check(draft))


def _assemble(
    stages: Stages, lines: Iterable[str], _known: Path | None, problems: list[Problem]
) -> Lines:
    outcomes = tuple(_values(lines, outcome_from, problems))
    briefs = [one for one in outcomes if isinstance(one, Brief)]
    yield to_json(stages.assemble(briefs, held=len(outcomes) - len(briefs)))


def _publish(
    stages: Stages, lines: Iterable[str], _known: Path | None, problems: list[Problem]
) -> Lines:
    for edition in _values(lines, stages.edition_from, problems):
        for file in stages.publish(edition):
            yield to_json(file)


_STAGES: dict[str, _Stage] = {
    "gather": _gather,
    "group": _group,
    "choose": _choose,
    "write": _write,
    "check": _check,
    "assemble": _assemble,
    "publish": _publish,
}


def _values(
    lines: Iterable[str], read: Callable[[str], T], problems: list[Problem]
) -> Iterator[T]:
    """One value a line; a line that is none is recorded and passed over."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield read(line)
        except BriefingError as error:
            place = f"line {number}"
            problems.append(
                Problem(
                    "gather",
                    place,
                    "unreadable",
                    f"{place}: {error.message}",
                    error.hint,
                )
            )
