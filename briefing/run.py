"""THE ORDER of a run: which stage when, and the only caller of the store.

    make_edition(kit, edition_date, now):
        is it published?            -> its frozen files, byte for byte
        run = the killed one that is found, else a new one
        poll     every source       -> Harvests            (threads; a step a source)
        sift     what is new        -> ids                 (one step)
        read     every new excerpt  -> Documents           (threads; a step a page)
        group    with known stories -> Stories             (pure)
        choose   for this reader    -> Choices             (pure)
        write    every chosen story -> Draft               (a step a story)
        check    right after it     -> Brief | Held        (same step)
        assemble                    -> Edition             (pure)
        publish                     -> files               (pure)
        freeze the edition, keep its stories, close the run

An edition is frozen for good, so none is made when no source could be read or no story
could be written.
A killed run goes on where it was: a step is kept under (run, name, key) once done, and
takes and gives ids and small values. Nothing here decides what is news, and nothing
here formats.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from briefing.domain.audience import Digest, Profile
from briefing.domain.brief import Brief, Held, SectionSpec
from briefing.domain.delivery import Rendition
from briefing.domain.document import Document
from briefing.domain.ranking import RankingSnapshot
from briefing.domain.report import Report, SourceLine
from briefing.domain.source import Problem, Source
from briefing.domain.story import Choice, Outcome, Story
from briefing.errors import BriefingError
from briefing.logic.backoff import is_due
from briefing.logic.codec import from_json, to_json, to_plain
from briefing.logic.reporting import looked_at, make_report
from briefing.pipeline.assemble import assemble
from briefing.pipeline.check import check
from briefing.pipeline.choose import choose
from briefing.pipeline.gather import enabled, poll, read_page
from briefing.pipeline.group import group
from briefing.pipeline.publish import REPORT_FILE, publish
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

# Waiting for servers, not computing: a few threads keep two cores busy enough.
_POLL_WORKERS = 12
# A story may rest this long and still be continued under its id (chosen: the longest
# story of the development data ran for five weeks).
_STORY_MEMORY = timedelta(days=45)
# Texts that no edition has grouped yet; older ones would be told as news too late.
_DOCUMENT_MEMORY = timedelta(days=7)


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


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the sources gave in this run.

    Attributes:
        lines: one a source.
        problems: what went wrong.
        document_ids: new ones, excerpts that were read in full replaced.
    """

    lines: tuple[SourceLine, ...]
    problems: tuple[Problem, ...]
    document_ids: tuple[str, ...]


def make_edition(
    kit: Kit, edition_date: date, now: datetime, *, note: str = ""
) -> Made:
    """The edition of that day, made now unless it is published already."""
    edition_id = f"{kit.digest.id}-{kit.profile.id}-{edition_date.isoformat()}"
    frozen = kit.store.frozen_files(edition_id)
    if frozen:
        return Made(frozen, report_of(frozen), was_frozen=True)
    killed = kit.store.unfinished_run(edition_id)
    started_at = killed.started_at if killed else now
    run_id = killed.id if killed else f"{edition_id}@{now:%Y%m%dT%H%M%S}"
    kit.store.start_run(run_id, edition_id, now=now)

    gathered = gather(kit, run_id, now)
    documents = kit.store.ungrouped_documents(since=now - _DOCUMENT_MEMORY, until=now)
    if not documents and _is_cut_off(kit):
        kit.store.end_run(run_id, now=now)
        raise BriefingError(
            "no source could be read, so no edition was made",
            hint="Check the network, and see `briefing status` for when to run again.",
        )
    known = kit.store.stories(since=now - _STORY_MEMORY)
    grouped = group(documents, known, held_snapshots(kit, now))
    choices = choose(grouped, kit.digest, kit.profile, now)
    kit.progress("group", 1, 1)
    outcomes, problems = write_and_check(kit, run_id, choices, edition_date)
    if problems and not outcomes:
        # An edition is for good: not a quiet day, a model that asks for a valid key.
        raise BriefingError(problems[0].message, hint=problems[0].hint)

    briefs = [one for one in outcomes.values() if isinstance(one, Brief)]
    edition = assemble(
        briefs,
        digest=kit.digest,
        profile=kit.profile,
        edition_date=edition_date,
        built_at=started_at,
        looked_at=looked_at(gathered.lines, documents, grouped, outcomes),
        note=note,
    )
    report = make_report(
        run_id=run_id,
        edition=edition,
        started_at=started_at,
        writer=kit.writer_name,
        sources=gathered.lines,
        choices=choices,
        outcomes=outcomes,
        problems=gathered.problems + problems,
        documents=documents,
    )
    files = publish(edition, kit.renderers, report)
    kit.store.publish_edition(
        edition,
        files,
        stories=grouped,
        run_id=run_id,
        report=to_json(report),
        now=now,
    )
    return Made(files, report, was_frozen=False)


def gather(kit: Kit, run_id: str, now: datetime) -> Gathered:
    """Every source polled, every new excerpt's page read; only bugs raise."""
    sources = {one.id: one for one in enabled(kit.sources, kit.digest.topics)}

    def poll_step(source_id: str) -> str:
        source = sources[source_id]
        state = kit.store.fetch_state(source_id)
        if not is_due(state, now):
            line = SourceLine(source_id, source.publisher, "waiting", 0)
            return _polled(line, (), ())
        harvest = poll(
            source, state, kit.ingester(source.kind), kit.http, kit.isolate, now
        )
        new = kit.store.save_harvest(harvest)
        has_failed = any(one.is_failure for one in harvest.problems)
        outcome = (
            "failed"
            if has_failed and not harvest.documents and harvest.snapshot is None
            else "unchanged"
            if harvest.is_unchanged
            else "read"
        )
        line = SourceLine(source_id, source.publisher, outcome, len(new))
        return _polled(line, new, harvest.problems)

    polled = _map(kit, run_id, "poll", poll_step, tuple(sources), _POLL_WORKERS)
    lines: list[SourceLine] = []
    problems: list[Problem] = []
    new_ids: list[str] = []
    for result in polled:
        if result.value is None:
            publisher = sources[result.key].publisher
            lines.append(SourceLine(result.key, publisher, "failed", 0))
            problems.append(_failed("gather", result))
            continue
        said = json.loads(result.value)
        lines.append(SourceLine(**said["line"]))
        problems.extend(Problem(**one) for one in said["problems"])
        new_ids.extend(said["new"])
    kept = _kept(kit, run_id, new_ids, now)
    replaced, more = _read_pages(kit, run_id, sources, tuple(kept), now)
    given = Counter(kept.values())
    return Gathered(
        lines=tuple(replace(one, documents=given[one.id]) for one in lines),
        problems=(*problems, *more),
        document_ids=tuple(replaced.get(one, one) for one in kept),
    )


def _kept(
    kit: Kit, run_id: str, new_ids: Sequence[str], now: datetime
) -> dict[str, str | None]:
    """The new documents with their sources, once each: where two sources gave one
    address, which was faster must not show.
    """

    def sift_step(_key: str) -> str:
        held = kit.store.documents(since=now - _DOCUMENT_MEMORY, until=now)
        new = set(new_ids)
        return json.dumps({one.id: one.source_id for one in held if one.id in new})

    (result,) = kit.engine.map(run_id, "sift", sift_step, ("new",))
    kept: dict[str, str | None] = json.loads(result.value or "{}")
    return kept


def _polled(line: SourceLine, new: Sequence[str], problems: Sequence[Problem]) -> str:
    return json.dumps(
        {
            "line": to_plain(line),
            "new": list(new),
            "problems": [to_plain(one) for one in problems],
        }
    )


def _read_pages(
    kit: Kit,
    run_id: str,
    sources: Mapping[str, Source],
    new_ids: Sequence[str],
    now: datetime,
) -> tuple[dict[str, str], list[Problem]]:
    def read_step(document_id: str) -> str:
        (excerpt,) = kit.store.documents_by_id([document_id])
        read = read_page(excerpt, kit.read_page, kit.http, kit.isolate, now)
        if isinstance(read, Problem):
            return json.dumps({"problem": to_plain(read)})
        kit.store.replace_document(document_id, read)
        return json.dumps({"document": read.id})

    excerpts = [
        one.id
        for one in kit.store.documents_by_id(new_ids)
        if not one.is_complete and one.url and _reads_pages(sources, one)
    ]
    replaced: dict[str, str] = {}
    problems: list[Problem] = []
    for result in _map(kit, run_id, "read", read_step, excerpts, _POLL_WORKERS):
        if result.value is None:
            problems.append(_failed("gather", result))
            continue
        said = json.loads(result.value)
        if "document" in said:
            replaced[result.key] = said["document"]
        else:
            problems.append(Problem(**said["problem"]))
    return replaced, problems


def _reads_pages(sources: Mapping[str, Source], document: Document) -> bool:
    source = sources.get(document.source_id or "")
    return source is not None and source.reads_pages


def write_and_check(
    kit: Kit, run_id: str, choices: Sequence[Choice], edition_date: date
) -> tuple[dict[str, Brief | Held], tuple[Problem, ...]]:
    """What became of each chosen story, in reading order, and what went wrong."""
    chosen: dict[str, Story] = {
        one.story.id: one.story for one in choices if one.outcome is Outcome.CHOSEN
    }

    def write_step(story_id: str) -> str:
        draft = kit.write(chosen[story_id], edition_date)
        told = kit.store.told([story_id])
        outcome = check(draft, specs=kit.specs, told=told, filler=kit.filler)
        kit.store.save_outcome(run_id, outcome)
        return "brief" if isinstance(outcome, Brief) else "held"

    results = _map(kit, run_id, "write", write_step, tuple(chosen), kit.write_workers)
    problems = tuple(_failed("write", one) for one in results if one.value is None)
    outcomes: dict[str, Brief | Held] = {}
    for result in results:
        outcome = kit.store.outcome(run_id, result.key)
        if outcome is not None:
            outcomes[result.key] = outcome
    return outcomes, problems


def _failed(stage: str, result: StepResult) -> Problem:
    return Problem(stage, result.key, "failed", result.error or "", result.hint)


def _map(
    kit: Kit,
    run_id: str,
    name: str,
    step: Callable[[str], str],
    keys: Sequence[str],
    workers: int,
) -> tuple[StepResult, ...]:
    done = 0

    def on_done(_result: StepResult) -> None:
        nonlocal done
        done += 1
        kit.progress(name, done, len(keys))

    if keys:
        kit.progress(name, 0, len(keys))
    return kit.engine.map(run_id, name, step, keys, workers=workers, on_done=on_done)


def held_snapshots(kit: Kit, now: datetime) -> tuple[RankingSnapshot, ...]:
    """The kept history of every ranking, newest first within each."""
    return tuple(
        snapshot
        for source in enabled(kit.sources, kit.digest.topics)
        if source.ranking is not None
        for snapshot in kit.store.snapshots(source.id, until=now)
    )


def _is_cut_off(kit: Kit) -> bool:
    """No source at all gave its last answer: the network, not a quiet day."""
    asked = enabled(kit.sources, kit.digest.topics)
    return bool(asked) and all(kit.store.fetch_state(one.id).failures for one in asked)


def report_of(files: Sequence[Rendition]) -> Report:
    """The report that stands among an edition's files."""
    (body,) = (file.body for file in files if file.path == REPORT_FILE)
    return from_json(Report, body)
