"""What each story of an edition means for its reader: asked, checked, or left out.

A step a brief, so that a killed run pays for no answer twice. Whatever goes wrong
leaves the brief as it was and is noted in its provenance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from briefing.domain.audience import Profile
from briefing.domain.brief import Brief, Held
from briefing.errors import ModelError
from briefing.kit import Kit, spread
from briefing.logic.reader_question import reader_question
from briefing.pipeline.check import check
from briefing.pipeline.for_me import accepted


def for_reader(
    kit: Kit, run_id: str, profile: Profile, outcomes: Mapping[str, Brief | Held]
) -> dict[str, Brief | Held]:
    """The outcomes by story, with the reader's question in every brief that answers it.

    They are as they were without a model, or for a reader who named no work. What is
    kept under `run_id` goes when that run ends.
    """
    made = dict(outcomes)
    if kit.asker is None or not reader_question(profile):
        return made
    briefs = {key: one for key, one in made.items() if isinstance(one, Brief)}

    def ask_step(story_id: str) -> str:
        kit.store.save_outcome(run_id, _asked(kit, briefs[story_id], profile))
        return "asked"

    spread(kit, run_id, "for_me", ask_step, tuple(briefs), kit.write_workers)
    for story_id in briefs:
        kept = kit.store.outcome(run_id, story_id)
        if kept is not None:
            made[story_id] = kept
    return made


def _asked(kit: Kit, brief: Brief, profile: Profile) -> Brief:
    if kit.asker is None:
        return brief
    try:
        asked = kit.asker(brief, profile)
    except ModelError as error:
        note = f"the reader's question was not answered: {error.message}"
        notes = (*brief.provenance.notes, note)
        return replace(brief, provenance=replace(brief.provenance, notes=notes))
    if asked.draft is None:
        return replace(brief, provenance=asked.provenance)
    told = kit.store.told([brief.story.id])
    outcome = check(asked.draft, specs=kit.specs, told=told, filler=kit.filler)
    return accepted(brief, asked.draft, outcome)
