"""Negation and direction: the claim does not turn the evidence round."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.logic.names import same_name
from briefing.logic.verification.alignment import (
    Alignment,
    are_synonyms,
    has_synonym,
)
from briefing.logic.verification.findings import Finding, refuted, unproven
from briefing.logic.verification.negation import (
    are_opposites,
    denied_word,
    has_opposite,
    is_denied,
    is_denied_closely,
    is_negator,
    tells_of_none,
)
from briefing.logic.verification.placing import Place, fit
from briefing.logic.verification.reading import Kind, Passage, Token
from briefing.logic.verification.search import Evidence

_WIDE_REACH = 7
# A passage that holds less of the claim speaks of something else.
_LEAST_SHARE = 0.5
# Where the passage has the claim's word too, the reverse must fit its place so much
# better.
_MARGIN = 0.1
# The same where the passage has the claim's word nowhere. Measured: 0 to 0.4 catch as
# much (docs/evidence.md).
_FAIR_FIT = 0.3
# "Told to open their windows", "told to keep their windows shut": the reverse may stand
# so far beyond the words that the claim's word stands between.
_BEYOND = 3
# Of a claim that denies, one word must stand in a sentence that denies too; two where
# the claim has more content words than this.
_SHORT_CLAIM = 5
# What a claim says in spite of; and how a text may say so in other words.
_CONCEDING = frozenset("despite although though notwithstanding".split())
_CONTRASTING = _CONCEDING | frozenset(
    "but however yet still even while whereas nevertheless nonetheless regardless "
    "spite instead unlike only just".split()
)
_SPANS = frozenset("second minute hour day week fortnight month year decade".split())
_ONE = frozenset("a an one".split())
_GENDERS = (
    frozenset("he his him himself".split()),
    frozenset("she her hers herself".split()),
)


def check_polarity(claim: Passage, evidence: Evidence) -> Finding | None:
    """A negation or direction that differs from the evidence's, or None."""
    for number, alignment in enumerate(evidence.alignments):
        if number and alignment.share < _LEAST_SHARE:
            continue
        finding = _turned(alignment, number) or _reversed(alignment, evidence, number)
        if finding is not None:
            return finding
    return _lone_negation(claim, evidence) or _lone_concession(claim, evidence)


def is_anchored(alignment: Alignment, hit: int, partner: dict[int, int]) -> bool:
    """Whether another content word near by is matched at about the same distance."""
    there = partner[hit]
    tokens = alignment.claim.tokens
    return any(
        i != hit
        and abs(i - hit) <= _WIDE_REACH
        and abs((i - hit) - (j - there)) <= 3
        and tokens[i].kind is not Kind.STOP
        for i, j in alignment.pairs
    )


def _turned(alignment: Alignment, number: int) -> Finding | None:
    partner = alignment.partner
    back = {j: i for i, j in alignment.pairs}
    claim, passage = alignment.claim.tokens, alignment.passage.tokens
    for hit in _denied(claim):
        there = partner.get(hit)
        if there is None or is_denied(passage, there):
            continue
        if is_anchored(alignment, hit, partner):
            word = claim[hit].word
            return refuted("C3", f"The cited text does not negate “{word}”.", number)
    for hit in _denied(passage):
        mine = back.get(hit)
        if mine is None or is_denied(claim, mine):
            continue
        if is_anchored(alignment, mine, partner):
            word = passage[hit].word
            return refuted("C3", f"The cited text negates “{word}”.", number)
    return None


def _denied(tokens: tuple[Token, ...]) -> Iterator[int]:
    """Indices of the words that a negator denies."""
    for index, token in enumerate(tokens):
        if is_negator(token):
            hit = denied_word(tokens, index)
            if hit is not None:
                yield hit


def _reversed(alignment: Alignment, evidence: Evidence, number: int) -> Finding | None:
    claim, passage = alignment.claim.tokens, alignment.passage.tokens
    back = {j for _, j in alignment.pairs}
    for gap in alignment.gaps:
        low = max(0, gap.passage.start - _BEYOND)
        high = min(len(passage), gap.passage.stop + _BEYOND)
        for i in gap.claim:
            if not has_opposite(claim[i]) and len(claim[i].word) < 4:
                continue
            for j in range(low, high):
                is_outside = j < gap.passage.start - 1 or j > gap.passage.stop
                if is_outside and j in back:
                    continue
                if _is_reverse(alignment, evidence, i, j):
                    said, there = claim[i].word, passage[j].word
                    return refuted(
                        "C3", f"The cited text says “{there}”, not “{said}”.", number
                    )
    return None


def _is_reverse(alignment: Alignment, evidence: Evidence, i: int, j: int) -> bool:
    """Whether the passage's word is the reverse of the claim's in the claim's place."""
    claim, passage = alignment.claim.tokens, alignment.passage.tokens
    mine, other = claim[i], passage[j]
    if not are_opposites(mine, other) and not _are_other_spans(alignment, i, j):
        return False
    if mine.kind is other.kind is Kind.NUMBER:
        # "First" and "second" are numbers, and numbers have a rule.
        return False
    if is_denied_closely(claim, i) != is_denied_closely(passage, j):
        # "Not guilty" is "acquitted".
        return False
    if _is_converse(alignment, i, j):
        return False
    if _is_pronoun(mine) and _has_both_genders(evidence):
        return False
    place = Place(alignment.claim, i, i + 1)
    there = fit(place, Place(alignment.passage, j, j + 1))
    own = [
        fit(place, Place(alignment.passage, k, k + 1))
        for k, token in enumerate(passage)
        if token.stem == mine.stem or are_synonyms(token.stem, mine.stem)
    ]
    if not own:
        return there > _FAIR_FIT
    return there > max(own) + _MARGIN


def _are_other_spans(alignment: Alignment, i: int, j: int) -> bool:
    """ "A month after" of "a week after": one of each, and another unit of time."""
    claim, passage = alignment.claim.tokens, alignment.passage.tokens
    mine, other = claim[i].word, passage[j].word
    if mine not in _SPANS or other not in _SPANS or mine == other:
        return False
    return all(
        index > 0 and tokens[index - 1].word in _ONE
        for tokens, index in ((claim, i), (passage, j))
    )


def _is_converse(alignment: Alignment, i: int, j: int) -> bool:
    """ "B lost to A" of "A beat B": the names around are exchanged too."""
    mine, theirs = _around(alignment.claim, i), _around(alignment.passage, j)
    if mine is None or theirs is None:
        return False
    return same_name(mine[0], theirs[1]) and same_name(mine[1], theirs[0])


def _around(passage: Passage, index: int) -> tuple[str, str] | None:
    """The last name in front of a word and the first behind it."""
    place = passage.first + index
    before = [one.thing.text for one in passage.names if one.last <= place]
    behind = [one.thing.text for one in passage.names if one.first > place]
    return (before[-1], behind[0]) if before and behind else None


def _is_pronoun(token: Token) -> bool:
    return any(token.word in gender for gender in _GENDERS)


def _has_both_genders(evidence: Evidence) -> bool:
    """Both "he" and "she" stand in or before the passages: whose is whose is open."""
    words = {
        token.word
        for passage in (*evidence.passages, *evidence.context)
        for token in passage.tokens
    }
    return not any(gender.isdisjoint(words) for gender in _GENDERS)


def _lone_negation(claim: Passage, evidence: Evidence) -> Finding | None:
    if not any(is_negator(token) for token in claim.tokens):
        return None
    denied = [claim.tokens[hit] for hit in _denied(claim.tokens)]
    if any(is_negator(token) for token in claim.tokens) and not denied:
        return None
    for passage in evidence.passages:
        if _denies_some(passage, claim):
            return None
        if any(are_opposites(a, b) for a in denied for b in passage.tokens):
            return None
    return unproven("C3", "The cited text holds no negation.")


def _denies_some(passage: Passage, claim: Passage) -> bool:
    """Whether a sentence of the passage that shares words with the claim denies."""
    wanted = {token.stem for token in claim.tokens if token.kind is not Kind.STOP}
    for first, last in passage.reading.bounds:
        first, last = max(first, passage.first), min(last, passage.last)
        tokens = passage.reading.tokens[first:last]
        if tells_of_none(tokens):
            roots = frozenset(token.stem for token in tokens)
            shared = sum(one in roots or has_synonym(one, roots) for one in wanted)
            if shared >= (2 if len(wanted) > _SHORT_CLAIM else 1):
                return True
    return False


def _lone_concession(claim: Passage, evidence: Evidence) -> Finding | None:
    """ "Despite" where the cited text sets nothing against anything."""
    words = [token.word for token in claim.tokens]
    match = next((word for word in words if word in _CONCEDING), None)
    if match is None or any(
        token.word in _CONTRASTING or is_negator(token)
        for passage in evidence.passages
        for token in passage.tokens
    ):
        return None
    return unproven("H1", f"The cited text sets nothing against it (“{match}”).")
