"""How we talk: one console, plain lines when not a terminal, JSON when asked."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from briefing.errors import BriefingError

if TYPE_CHECKING:
    from rich.progress import TaskID

    from briefing.domain.report import StoryLine
    from briefing.domain.source import Problem

# rich itself respects NO_COLOR and drops colours when not a terminal.
out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

_STAGE_WORDS = {
    "poll": "Asking the sources",
    "read": "Reading the pages",
    "group": "Grouping into stories",
    "write": "Writing and checking",
    "ask": "Asking the sources",
    "for_me": "Asking what it means for readers",
    "send": "Sending",
}
# A pipe or a log wants a line now and then, not one a step.
_PLAIN_EVERY_S = 5.0


class Exit(IntEnum):
    """Exit codes that mean something; the same for every command."""

    DONE = 0
    PARTLY = 1
    USAGE = 2
    NOTHING = 3


def print_json(text: str) -> None:
    """One JSON document to standard output, untouched by colours and wrapping."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def print_pretty(value: object) -> None:
    """A value of ours as one JSON document over several lines."""
    from briefing.logic.codec import to_pretty

    print_json(to_pretty(value))


def print_error(error: BriefingError) -> None:
    """What happened and what to do next, to standard error."""
    # Ours name settings like [http], which rich would take for markup.
    for word, style, text in (
        ("error:", "bold red", error.message),
        ("hint:", "bold", error.hint),
    ):
        err.print(word, style=style, end=" ")
        err.print(text, markup=False)


def print_problems(problems: Sequence[Problem]) -> None:
    """One line a problem, failures first; nothing when there is none."""
    for problem in sorted(problems, key=lambda one: not one.is_failure):
        word = "failed" if problem.is_failure else "note"
        style = "red" if problem.is_failure else "yellow"
        err.print(f"[{style}]{word}:[/] ", end="")
        err.print(f"{problem.message} ({problem.reason})", markup=False)
        if problem.hint and problem.is_failure:
            err.print(f"        {problem.hint}", style="dim", markup=False)


NUMBERS = ("Sources", "Checked", "Repaired", "Struck", "Min")


def numbers(line: StoryLine) -> tuple[str, ...]:
    """Cells for NUMBERS: cited sources, claims, minutes of reading as pages tell it."""
    minutes = max(1, -(-line.reading_time_s // 60))
    return tuple(
        str(one)
        for one in (line.sources, line.claims, line.repaired, line.struck, minutes)
    )


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Sequence[str] = (),
    title: str = "",
) -> Table:
    """A table; columns named in `right` are aligned to the right."""
    made = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        made.add_column(
            column,
            justify="right" if column in right else "left",
            no_wrap=column in right,
            overflow="fold",
        )
    for row in rows:
        # Text from outside may hold what rich would take for markup.
        made.add_row(*(cell.replace("[", r"\[") for cell in row))
    return made


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """A callable(stage, done, total): bars on a terminal, else a line now and then."""
    if quiet:
        yield lambda _stage, _done, _total: None
    elif err.is_terminal:
        with _bars() as show:
            yield show
    else:
        yield _plain()


@contextmanager
def _bars() -> Iterator[Callable[[str, int, int], None]]:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=err, transient=True) as bars:

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                words = _STAGE_WORDS.get(stage, stage)
                tasks[stage] = bars.add_task(words, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


def _plain() -> Callable[[str, int, int], None]:
    last: dict[str, float] = {}

    def show(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        is_edge = done == total
        if is_edge or (stage in last and now - last[stage] >= _PLAIN_EVERY_S):
            err.print(f"{_STAGE_WORDS.get(stage, stage)}: {done}/{total}", markup=False)
            last[stage] = now
        else:
            last.setdefault(stage, now)

    return show
