"""A draft checked, and its sentences read by a judge where one is configured.

Whatever goes wrong with the judge leaves the brief as the evidence check made it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.domain.brief import Brief, Draft, Held, SectionSpec
from briefing.domain.claim import Status
from briefing.logic.judging import Key, Opinion, asked_about, key_of
from briefing.pipeline.check import check
from briefing.pipeline.judge import Judge
from briefing.ports import StoredBrief

# What replaces a sentence that was refused is judged too; what it leads to then is not.
_ROUNDS = 2


def check_and_judge(
    draft: Draft,
    judge: Judge | None,
    *,
    specs: Sequence[SectionSpec] = (),
    told: Sequence[StoredBrief] = (),
    filler: Sequence[str] = (),
) -> Brief | Held:
    """What `check` makes of the draft, less the sentences that the judge refuses."""
    outcome = check(draft, specs=specs, told=told, filler=filler)
    opinions: dict[Key, Opinion] = {}
    asked: set[Key] = set()
    for _ in range(_ROUNDS):
        if judge is None or not isinstance(outcome, Brief):
            break
        claims = [one for one in asked_about(outcome) if key_of(one) not in asked]
        if not claims:
            break
        asked.update(map(key_of, claims))
        judged = judge(claims, draft.story.documents, draft.provenance)
        draft = replace(draft, provenance=judged.provenance)
        outcome = replace(outcome, provenance=judged.provenance)
        if all(one.status is Status.SUPPORTED for one in judged.opinions.values()):
            break
        opinions |= judged.opinions
        outcome = check(draft, specs=specs, told=told, filler=filler, opinions=opinions)
    return outcome
