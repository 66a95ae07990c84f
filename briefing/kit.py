"""What a run is given: the Kit, and how its steps are spread and told of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefing.domain.audience import Digest, Profile
from briefing.domain.brief import SectionSpec
from briefing.domain.delivery import Rendition
from briefing.domain.report import Report
from briefing.domain.source import Problem, Source
from briefing.pipeline.for_me import Asker
from briefing.pipeline.judge import Judge
from briefing.ports import (
    Engine,
    Http,
    Ingester,
    Isolate,
    PageReader,
    Renderer,
    StepResult,
    Store,
    Writer,
)

# Told (stage, done, total) as steps finish; the door decides how it looks.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything a run needs, wired by app.py.

    Attributes:
        digest: the product.
        profile: the reader.
        sources: all configured ones.
        specs: the brief's sections, in order.
        filler: phrases that no brief may hold.
        store: what survives.
        engine: what spreads and resumes.
        http: the one client.
        isolate: workers for hostile bytes.
        ingester: the reader for a source's kind.
        read_page: the reader of pages behind excerpts.
        write: the writer.
        writer_name: "extract" or the model's name.
        write_workers: stories written at once.
        asker: asks a model what a brief means for a reader; None without a model.
        judge: a second opinion on what was checked; None unless configured.
        renderers: an edition's formats.
        progress: told what is going on.
    """

    digest: Digest
    profile: Profile
    sources: tuple[Source, ...]
    specs: tuple[SectionSpec, ...]
    filler: tuple[str, ...]
    store: Store
    engine: Engine
    http: Http
    isolate: Isolate
    ingester: Callable[[str], Ingester]
    read_page: PageReader
    write: Writer
    writer_name: str
    write_workers: int
    asker: Asker | None
    judge: Judge | None
    renderers: tuple[Renderer, ...]
    progress: Progress


@dataclass(frozen=True, slots=True)
class Made:
    """A published edition.

    Attributes:
        files: of its folder, by path.
        report: what was done; of a frozen edition the report of that day.
        was_frozen: it had been published before, nothing was done now.
    """

    files: tuple[Rendition, ...]
    report: Report
    was_frozen: bool


def failed(stage: str, result: StepResult) -> Problem:
    """The problem that a step without a value is."""
    return Problem(stage, result.key, "failed", result.error or "", result.hint)


def spread(
    kit: Kit,
    run_id: str,
    name: str,
    step: Callable[[str], str],
    keys: Sequence[str],
    workers: int,
) -> tuple[StepResult, ...]:
    """`engine.map`, with the progress told step by step."""
    done = 0

    def on_done(_result: StepResult) -> None:
        nonlocal done
        done += 1
        kit.progress(name, done, len(keys))

    if keys:
        kit.progress(name, 0, len(keys))
    return kit.engine.map(run_id, name, step, keys, workers=workers, on_done=on_done)
