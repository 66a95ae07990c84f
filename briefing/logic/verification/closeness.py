"""How near a claim stands to its evidence in words and order, as a number."""

from __future__ import annotations

from itertools import pairwise

from briefing.logic.verification.alignment import has_synonym
from briefing.logic.verification.reading import Kind, Passage
from briefing.logic.verification.search import Evidence, neighbours

# A word in other words counts for less, and no single rare word decides.
_SYNONYM_VALUE = 0.8
_HEAVIEST = 4.0


def closeness(claim: Passage, evidence: Evidence) -> float:
    """0..1: a quarter each for the claim's words that the passages hold and for those
    in the order of the best passage, half for its pairs of neighbours that the text has
    as neighbours too.

    The pairs tell most: who does what to whom is in the order of the words, and a word
    that was exchanged breaks two of them. Measured: docs/evidence.md.
    """
    share = max(alignment.share for alignment in evidence.alignments)
    return (_held(claim, evidence) + share + 2 * _in_order(claim, evidence)) / 4


def _held(claim: Passage, evidence: Evidence) -> float:
    have = total = 0.0
    for token in claim.tokens:
        if token.kind is Kind.STOP:
            continue
        weight = min(evidence.index.weight(token.stem), _HEAVIEST)
        total += weight
        if token.stem in evidence.stems:
            have += weight
        elif has_synonym(token.stem, evidence.stems):
            have += _SYNONYM_VALUE * weight
    return have / total if total else 1.0


def _in_order(claim: Passage, evidence: Evidence) -> float:
    """Share of neighbouring words that stand so, or with one word between, in the cited
    passages; without citations, anywhere in the documents.
    """
    wanted = list(pairwise(token.stem for token in claim.tokens))
    if not wanted:
        return 1.0
    if evidence.is_cited:
        held = frozenset().union(*(neighbours(p.tokens) for p in evidence.passages))
    else:
        held = evidence.index.neighbours
    return sum(pair in held for pair in wanted) / len(wanted)
