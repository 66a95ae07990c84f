"""N1, D1: figures and days that stand in a name or a title are the evidence's too.

"Chrono 42", "COVID-19" and “Black Monday” hold no quantity and no date, so that the
rules of those pass them by; another figure or day in one is still another thing.
"""

from __future__ import annotations

import re

from briefing.domain.claim import QuantityKind
from briefing.logic.verification.findings import Finding, unproven
from briefing.logic.verification.reading import Kind, Passage, Token, stem
from briefing.logic.verification.search import Evidence

_BETWEEN = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february april "
    "june july august september october november december".split()
)


# "2" of a title that spells it; "one" stands for too much.
_SPELLED = {
    word: str(number)
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve".split(), start=2
    )
}


def check_loose(claim: Passage, evidence: Evidence) -> Finding | None:
    """The first such figure or day that the evidence does not have, or None.

    Without citations any sentence of the documents may have a figure.
    """
    near = _words((*evidence.passages, *evidence.context))
    far = near if evidence.is_cited else evidence.index.words
    far = far.union(map(_plain, far))
    known = [(one.first, one.last) for one in claim.quantities]
    known.extend((one.first, one.last) for one in claim.dates)
    taken = {place for first, last in known for place in range(first, last)}
    for place, token in enumerate(claim.tokens, start=claim.first):
        if place in taken:
            continue
        is_foreign = _is_figure(token) and not {token.word, _plain(token.word)} & far
        if is_foreign and not _is_in_order(claim, place, evidence):
            reason = f"The cited text does not hold the number {token.word}."
            return unproven("N1", reason)
        if token.word in _DAYS and token.word not in near:
            printed = claim.reading.text[token.start : token.end]
            return unproven("D1", f"The cited text does not say “{printed}”.")
    return None


def _is_in_order(claim: Passage, place: int, evidence: Evidence) -> bool:
    """ "Game 7" of "the seventh game": the noun is in front, not behind."""
    figure, noun = claim.reading.tokens[place], claim.reading.tokens[place - 1]
    if place == claim.first or not figure.word.isdigit():
        return False
    return any(
        mention.thing.kind is QuantityKind.ORDINAL
        and mention.thing.value == int(figure.word)
        and any(
            stem(token.word) == stem(noun.word)
            for token in passage.reading.tokens[mention.last : mention.last + 1]
        )
        for passage in evidence.passages
        for mention in passage.quantities
    )


def _is_figure(token: Token) -> bool:
    return token.kind is not Kind.DATE and token.word[:1].isdigit()


def _plain(word: str) -> str:
    """The figures of a number, without the marks between thousands."""
    return _SPELLED.get(word) or _BETWEEN.sub("", word)


def _words(passages: tuple[Passage, ...]) -> frozenset[str]:
    titles = (passage.reading.title for passage in passages)
    words = {word.strip(".,:;").lower() for title in titles for word in title.split()}
    return frozenset(words.union(t.word for p in passages for t in p.tokens))
