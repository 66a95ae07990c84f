"""The stages of `briefing stage`, each from lines of JSON to lines of JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from briefing import material
from briefing.cli.options import lines_of
from briefing.domain.brief import Brief, Draft
from briefing.domain.source import Problem, Source
from briefing.domain.story import Outcome, Story
from briefing.errors import BriefingError
from briefing.logic.codec import from_json, read_lines, to_json
from briefing.logic.lines import outcome_from, outcome_line, story_line
from briefing.stages import Stages

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


STAGES: dict[str, _Stage] = {
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
