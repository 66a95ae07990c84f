"""Negation, direction and modality: the claim does not turn the evidence round."""

from __future__ import annotations

from briefing.logic.verification.alignment import Alignment
from briefing.logic.verification.findings import Finding, refuted, unproven
from briefing.logic.verification.lexicon import (
    NEGATORS,
    OPPOSITE_PAIRS,
    REVERSERS,
)
from briefing.logic.verification.reading import Kind, Passage, Token, stem
from briefing.logic.verification.search import Evidence

_REACH = 4
_WIDE_REACH = 7
# Not "in-", "im-", "dis-": "prove" and "improve", "close" and "disclose" are no pairs.
_NOT = ("un", "ir", "il", "non")
_SHORTEST_STEM = 4

_OPPOSITES: dict[str, frozenset[str]] = {}
for _left, _right in OPPOSITE_PAIRS:
    for _a, _b in ((_left, _right), (_right, _left)):
        for _key in {_a, stem(_a)}:
            _OPPOSITES[_key] = _OPPOSITES.get(_key, frozenset()) | {_b, stem(_b)}


def check_polarity(claim: Passage, evidence: Evidence) -> Finding | None:
    """A negation or direction that differs from the evidence's, or None."""
    for number, alignment in enumerate(evidence.alignments):
        if number and alignment.share < 0.5:
            continue
        finding = _turned(alignment, number) or _reversed(alignment, evidence, number)
        if finding is not None:
            return finding
    return _lone_negation(claim, evidence)


def is_negator(token: Token) -> bool:
    """True for "not", "never", "isn't" and their kin."""
    return token.word in NEGATORS or token.word.endswith(("n't", "n’t"))


def are_opposites(left: Token, right: Token) -> bool:
    """True if the two words mean the reverse of each other in one place: a pair of the
    table, or one is the other with "un-" or its kin ("crewed", "uncrewed").
    """
    short, long = sorted((left.word, right.word), key=len)
    if len(short) > _SHORTEST_STEM and long in {f"{p}{short}" for p in _NOT}:
        return True
    for mine in {left.word, left.stem}:
        known = _OPPOSITES.get(mine)
        if known is not None and (right.word in known or right.stem in known):
            return left.stem != right.stem
    return False


def _turned(alignment: Alignment, number: int) -> Finding | None:
    partner = alignment.partner
    back = {j: i for i, j in alignment.pairs}
    claim, passage = alignment.claim.tokens, alignment.passage.tokens
    for index, token in enumerate(claim):
        if not is_negator(token):
            continue
        hit = _negated_word(claim, index, partner)
        if hit is not None and not _has_reverse(passage, partner[hit]):
            if not is_anchored(alignment, hit, partner):
                continue
            word = claim[hit].word
            return refuted("C3", f"The cited text does not negate “{word}”.", number)
    for index, token in enumerate(passage):
        if not is_negator(token):
            continue
        hit = _negated_word(passage, index, back)
        if hit is not None and not _has_reverse(claim, back[hit]):
            if not is_anchored(alignment, back[hit], partner):
                continue
            word = passage[hit].word
            return refuted("C3", f"The cited text negates “{word}”.", number)
    return None


def _negated_word(
    tokens: tuple[Token, ...], negator: int, partner: dict[int, int]
) -> int | None:
    """Index of the first matched content word soon after a negator."""
    for index in range(negator + 1, min(len(tokens), negator + 1 + _REACH)):
        if index in partner and tokens[index].kind is not Kind.STOP:
            return index
    return None


def _has_reverse(tokens: tuple[Token, ...], index: int) -> bool:
    near = tokens[max(0, index - _WIDE_REACH) : index + 3]
    return any(is_negator(t) or t.stem in REVERSERS for t in near)


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


def _reversed(alignment: Alignment, evidence: Evidence, number: int) -> Finding | None:
    claim, passage = alignment.claim.tokens, alignment.passage.tokens
    for gap in alignment.gaps:
        low = max(0, gap.passage.start - 1)
        high = min(len(passage), gap.passage.stop + 1)
        for i in gap.claim:
            for j in range(low, high):
                if not are_opposites(claim[i], passage[j]):
                    continue
                if claim[i].kind is passage[j].kind is Kind.NUMBER:
                    # "First" and "second" are numbers, and numbers have a rule.
                    continue
                if claim[i].word in {t.word for t in passage[max(0, j - 8) : j + 9]}:
                    continue
                said, there = claim[i].word, passage[j].word
                return refuted(
                    "C3", f"The cited text says “{there}”, not “{said}”.", number
                )
    return None


def _lone_negation(claim: Passage, evidence: Evidence) -> Finding | None:
    if not any(is_negator(token) for token in claim.tokens):
        return None
    tokens = [token for passage in evidence.passages for token in passage.tokens]
    if any(is_negator(t) or t.stem in REVERSERS for t in tokens):
        return None
    return unproven("C3", "The cited text holds no negation.")
