"""C3, H1, N7: the evidence holds the claim's words, its causes and its superlatives."""

from __future__ import annotations

import re
from itertools import pairwise

from briefing.logic.verification.alignment import has_synonym
from briefing.logic.verification.families import family
from briefing.logic.verification.findings import Finding, unproven
from briefing.logic.verification.lexicon import CAUSAL, CAUSES
from briefing.logic.verification.reading import Kind, Passage, stem
from briefing.logic.verification.roles import told_alike
from briefing.logic.verification.search import Evidence

# Share of the claim's content words that the passages must hold, by rarity weight.
# Measured on the development sets: docs/evidence.md.
_LEAST_COVERAGE = 0.35
# The same of a clause with four content words at least; more is asked of one that says
# what may be.
_LEAST_OF_A_CLAUSE = 0.15
_LEAST_OF_A_GUESS = 0.4
_FEWEST_WORDS = 4
_CLAUSE = re.compile(
    r"[,;:] +(?=(?:which|who|where|and|but|while|so|as|thus|making|leading|meaning|"
    r"allowing|causing|potentially|possibly|thereby|raising|signall?ing|suggesting|"
    r"highlighting|underscoring|reflecting|[a-z]+ing)\b)|; +|,? (?=because\b)"
)
_GUESS = re.compile(
    r"\b(?:could|may|might|would|potentially|possibly|likely|perhaps|seems?)\b", re.I
)
_CAUSE = re.compile(rf"\b(?:{'|'.join(CAUSES)})\b", re.IGNORECASE)
_RECORD = re.compile(
    r"\brecord\b|\b(?:weeks?|months?|quarters?|years?|days?) in a row\b"
    r"|\bfor the first time\b",
    re.IGNORECASE,
)
# The label of a row: "Total: 300 ships". These words of one say nothing.
_LABEL = re.compile(r"[^:.!?\n]{1,80}:\s")
_GENERIC = frozenset(
    stem(word)
    for word in "amount total size number share sum count level value figure cost "
    "price rise increase growth fall rate".split()
)
_LIGHT = frozenset(
    stem(word)
    for word in "take make give get put come go stand set bring have still also then "
    "already later earlier meanwhile according period part way fact case number total "
    "place amount level including involving regarding concerning".split()
)
_LIGHT_WEIGHT = 0.3
_RECORD_STEMS = frozenset("record high first row straight consecutive never".split())


def check_support(claim: Passage, evidence: Evidence) -> Finding | None:
    """Too few of the claim's words in the evidence, or a cause that is not stated."""
    share, missing = coverage(claim, evidence)
    if share < _LEAST_COVERAGE:
        words = ", ".join(missing[:4])
        return unproven("C3", f"The cited text does not say this: no {words}.")
    return (
        _added_clause(claim, evidence)
        or _causes(claim, evidence)
        or _records(claim, evidence)
    )


def _added_clause(claim: Passage, evidence: Evidence) -> Finding | None:
    """A clause of its own that the evidence says nothing of: what a model adds behind
    a true sentence ("..., which could make it harder for buyers to compare").
    """
    text = claim.text
    starts = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    if len(starts) == 2:
        return None
    for start, end in pairwise(starts):
        part = Passage(claim.reading, claim.start + start, claim.start + end)
        content = [token for token in part.tokens if token.kind is Kind.WORD]
        if len(content) < _FEWEST_WORDS:
            continue
        share, missing = coverage(part, evidence)
        is_guess = _GUESS.search(text[start:end]) is not None
        if share < (_LEAST_OF_A_GUESS if is_guess else _LEAST_OF_A_CLAUSE):
            words = ", ".join(missing[:4])
            return unproven("C3", f"The cited text does not add this: no {words}.")
    return None


def coverage(claim: Passage, evidence: Evidence) -> tuple[float, list[str]]:
    """Weighted share of content words in the passages, and the words that are not.

    A synonym, a word of the same family and a word of the title count for less. Light
    words ("take place", "still") weigh little: a rewording adds and drops them.
    """
    have = total = 0.0
    missing: list[str] = []
    titles = frozenset().union(*(p.reading.title_stems for p in evidence.passages))
    label = _LABEL.match(claim.text)
    particles = {place + 1 for place in claim.phrases}
    roots = {act.root for act in told_alike(claim, evidence)}
    for place, token in enumerate(claim.tokens):
        if token.kind is not Kind.WORD or place in particles:
            continue
        if label and token.end <= claim.start + label.end() and token.stem in _GENERIC:
            continue
        weight = min(evidence.index.weight(token.stem), 4.0)
        if token.stem in _LIGHT:
            weight *= _LIGHT_WEIGHT
        total += weight
        if token.stem in evidence.stems:
            have += weight
        elif token.stem in roots or _is_retold(
            token.stem, claim.phrases.get(place), evidence, titles
        ):
            have += 0.8 * weight
        elif token.word not in missing:
            missing.append(token.word)
    return (have / total if total else 1.0), missing


def _is_retold(
    root: str, phrase: str | None, evidence: Evidence, titles: frozenset[str]
) -> bool:
    """Whether the passages have the word, or what its phrase means, in another form."""
    if root in titles or has_synonym(root, evidence.stems):
        return True
    if phrase is not None and (
        phrase in evidence.stems or has_synonym(phrase, evidence.stems)
    ):
        return True
    return family(root) in evidence.families


def _causes(claim: Passage, evidence: Evidence) -> Finding | None:
    match = _CAUSE.search(claim.text)
    if match is None or any(
        token.word in CAUSAL
        for passage in evidence.passages
        for token in passage.tokens
    ):
        return None
    return unproven("H1", f"The cited text states no cause (“{match.group()}”).")


def _records(claim: Passage, evidence: Evidence) -> Finding | None:
    match = _RECORD.search(claim.text)
    # By the words themselves too: the stem of "first" is its value.
    words = {token.word for passage in evidence.passages for token in passage.tokens}
    if match is None or not _RECORD_STEMS.isdisjoint(words | evidence.stems):
        return None
    return unproven("N7", f"The cited text does not say “{match.group()}”.")
