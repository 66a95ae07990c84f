"""Without citations: further sentences with a number, date or name of the claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import attrgetter

from briefing.logic.names import Name
from briefing.logic.verification.alignment import align
from briefing.logic.verification.dated import means
from briefing.logic.verification.numbers import agrees
from briefing.logic.verification.placing import Place, fit, place_of
from briefing.logic.verification.reading import Mention, Passage, Reading, T
from briefing.logic.verification.search import Evidence, sentence_at
from briefing.logic.verification.seats import stands_for

# How much of what stands around the claim's number must stand around the other one.
# Measured: 0.25 and 0.4 do equally well, so the stricter (docs/evidence.md).
_LEAST_FIT = 0.4
# Or how much of the whole claim its sentence must hold, by rarity weight.
_LEAST_SHARE = 0.6


def widen(claim: Passage, evidence: Evidence) -> Evidence:
    """The evidence and, for each number, date and name that its passages miss, the
    sentence of any document that has it among the same words, if there is one.
    """
    more = [
        *_numbers(claim, evidence),
        *_dates(claim, evidence),
        *_names(claim, evidence),
    ]
    extra = tuple({(p.reading.document_id, p.start): p for p in more}.values())
    return replace(
        evidence,
        passages=(*evidence.passages, *extra),
        alignments=(*evidence.alignments, *(align(claim, p) for p in extra)),
    )


def _numbers(claim: Passage, evidence: Evidence) -> Iterator[Passage]:
    held = [m.thing for passage in evidence.passages for m in passage.quantities]
    for mention in claim.quantities:
        if not any(agrees(mention.thing, one) for one in held):
            place = place_of(claim, mention)
            yield from _best(place, mention, evidence, attrgetter("quantities"), agrees)


def _dates(claim: Passage, evidence: Evidence) -> Iterator[Passage]:
    held = [m.thing for passage in evidence.passages for m in passage.dates]
    for mention in claim.dates:
        if not any(means(mention.thing, one) for one in held):
            place = place_of(claim, mention)
            yield from _best(place, mention, evidence, attrgetter("dates"), means)


def _names(claim: Passage, evidence: Evidence) -> Iterator[Passage]:
    rows = (*evidence.passages, *evidence.context)
    held = [mention.thing for passage in rows for mention in passage.names]
    for mention in claim.names:
        if not any(_are_one(mention.thing, one) for one in held):
            place = place_of(claim, mention)
            yield from _best(place, mention, evidence, attrgetter("names"), _are_one)


def _are_one(claim: Name, evidence: Name) -> bool:
    return stands_for(claim.text, evidence.text)


def _best(
    place: Place,
    wanted: Mention[T],
    evidence: Evidence,
    mentions: Callable[[Reading], tuple[Mention[T], ...]],
    is_same: Callable[[T, T], bool],
) -> Iterator[Passage]:
    best: Passage | None = None
    best_fit = _LEAST_FIT
    weights = evidence.index.weights(place.passage)
    least = _LEAST_SHARE * sum(weights.values())
    likest: Passage | None = None
    for reading in evidence.index.readings.values():
        for mention in mentions(reading):
            if not is_same(wanted.thing, mention.thing):
                continue
            passage = sentence_at(reading, mention.first)
            value = fit(place, place_of(passage, mention))
            if value > best_fit or (best is None and value == best_fit):
                best, best_fit = passage, value
            share = sum(weights[root] for root in weights if root in passage.stems)
            if share > least:
                likest, least = passage, share
    found = best or likest
    if found is not None:
        yield found
