"""THE ORDER of a run: which stage when; gathering.py is its first half.

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
        judge    what it let pass   -> Brief | Held        (same step, if configured)
        ask      what a brief means for this reader's work (a step a brief)
        assemble                    -> Edition             (pure)
        publish                     -> files               (pure)
        keep the day's stories and briefs for the editions of other readers
        freeze the edition, keep its stories, close the run

An edition is frozen for good, so none is made when no source could be read or no story
could be written.
A killed run goes on where it was: a step is kept under (run, name, key) once done, and
takes and gives ids and small values. Nothing here decides what is news, and nothing
here formats.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from briefing import day
from briefing.asking import for_reader
from briefing.domain.brief import Brief, Held
from briefing.domain.delivery import Rendition
from briefing.domain.report import Report
from briefing.domain.source import Problem
from briefing.domain.story import Choice, Outcome, Story
from briefing.errors import BriefingError
from briefing.gathering import (
    DOCUMENT_MEMORY,
    Gathered,
    gather,
    held_snapshots,
    is_cut_off,
)
from briefing.judging import check_and_judge
from briefing.kit import Kit, Made, Progress, failed, spread
from briefing.logic.codec import from_json, to_json
from briefing.logic.judging import disagreements
from briefing.logic.reporting import looked_at, make_report
from briefing.pipeline.assemble import assemble
from briefing.pipeline.choose import choose
from briefing.pipeline.group import group
from briefing.pipeline.publish import REPORT_FILE, publish

__all__ = [
    "Kit",
    "Made",
    "Progress",
    "gather",
    "gather_only",
    "held_snapshots",
    "make_edition",
    "report_of",
    "write_and_check",
]

# A story may rest this long and still be continued under its id (chosen: the longest
# story of the development data ran for five weeks).
_STORY_MEMORY = timedelta(days=45)


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
    documents = kit.store.ungrouped_documents(since=now - DOCUMENT_MEMORY, until=now)
    if not documents and is_cut_off(kit):
        kit.store.end_run(run_id, now=now)
        raise BriefingError(
            "no source could be read, so no edition was made",
            hint="Check the network, and see `briefing status` for when to run again.",
        )
    known = kit.store.stories(since=now - _STORY_MEMORY)
    grouped = group(documents, known, held_snapshots(kit, now))
    choices = choose(grouped, kit.digest, kit.profile, now)
    kit.progress("group", 1, 1)
    outcomes, problems = write_and_check(kit, choices, edition_date)
    if problems and not outcomes:
        # An edition is for good: not a quiet day, a model that asks for a valid key.
        raise BriefingError(problems[0].message, hint=problems[0].hint)
    outcomes = for_reader(kit, run_id, kit.profile, outcomes)

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
        problems=gathered.problems + problems + disagreements(outcomes),
        documents=documents,
    )
    files = publish(edition, kit.renderers, report)
    day.keep(kit, edition_date, grouped, now)
    kit.store.publish_edition(
        edition,
        files,
        stories=grouped,
        run_id=run_id,
        report=to_json(report),
        now=now,
    )
    return Made(files, report, was_frozen=False)


def gather_only(kit: Kit, now: datetime) -> Gathered:
    """Every source of the kit polled and kept; no edition is made and no run recorded,
    what is new waits for the next one.
    """
    run_id = f"gather-{kit.digest.id}@{now:%Y%m%dT%H%M%S}"
    gathered = gather(kit, run_id, now)
    kit.store.end_run(run_id, now=now)
    return gathered


def write_and_check(
    kit: Kit, choices: Sequence[Choice], edition_date: date
) -> tuple[dict[str, Brief | Held], tuple[Problem, ...]]:
    """What became of each chosen story, in reading order, and what went wrong.

    A story is written once a day, whichever edition of the day wants it first.
    """
    run_id = day.day_id(kit.digest, edition_date)
    chosen: dict[str, Story] = {
        one.story.id: one.story for one in choices if one.outcome is Outcome.CHOSEN
    }

    def write_step(story_id: str) -> str:
        draft = kit.write(chosen[story_id], edition_date)
        told = kit.store.told([story_id])
        outcome = check_and_judge(
            draft, kit.judge, specs=kit.specs, told=told, filler=kit.filler
        )
        kit.store.save_outcome(run_id, outcome)
        return "brief" if isinstance(outcome, Brief) else "held"

    results = spread(kit, run_id, "write", write_step, tuple(chosen), kit.write_workers)
    problems = tuple(failed("write", one) for one in results if one.value is None)
    outcomes: dict[str, Brief | Held] = {}
    for result in results:
        outcome = kit.store.outcome(run_id, result.key)
        if outcome is not None:
            outcomes[result.key] = outcome
    return outcomes, problems


def report_of(files: Sequence[Rendition]) -> Report:
    """The report that stands among an edition's files."""
    (body,) = (file.body for file in files if file.path == REPORT_FILE)
    return from_json(Report, body)
