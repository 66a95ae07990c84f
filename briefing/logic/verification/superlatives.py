"""C3: "the largest", "the second-largest" and their kin are the evidence's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.logic.verification.findings import Finding, refuted, unproven
from briefing.logic.verification.reading import Passage
from briefing.logic.verification.search import Evidence

# Words of one row may stand for each other.
_ROWS = (
    "largest biggest greatest largest-ever biggest-ever",
    "highest tallest",
    "smallest tiniest",
    "lowest",
    "oldest eldest earliest",
    "youngest",
    "newest",
    "longest",
    "shortest",
    "fastest quickest",
    "slowest",
    "richest wealthiest",
    "poorest",
    "strongest",
    "weakest",
    "deadliest bloodiest",
    "worst",
    "cheapest",
    "priciest costliest",
    "busiest",
    "deepest",
    "heaviest",
    "hottest warmest",
    "coldest",
    "widest",
    "safest",
    "toughest hardest",
)
_ROW_OF = {word: number for number, row in enumerate(_ROWS) for word in row.split()}
_ORDINALS = (
    "second third fourth fifth sixth seventh eighth ninth tenth "
    "2nd 3rd 4th 5th 6th 7th 8th 9th 10th"
)
_ORDER = {word: n % 9 + 2 for n, word in enumerate(_ORDINALS.split())}
_SUPERLATIVE = re.compile(
    rf"(?:\b(?P<among>one of|among|some of)\s(?:the\s)?(?:[\w’']+\s){{0,2}}?)?"
    rf"(?:\b(?P<order>{'|'.join(_ORDER)})[\s-])?"
    rf"\b(?P<word>{'|'.join(_ROW_OF)})\b",
    re.IGNORECASE,
)
# Other ways to say that nothing stands above it.
_AT_THE_TOP = re.compile(
    r"\b(?:no\.?\s?1|number one|top(?:s|ped|ping|most)?|leading|leads|led|record|first|"
    r"most|peak|best|more than any|than any other|never (?:before|been))\b",
    re.IGNORECASE,
)
_MOST = frozenset({0, 1, 11, 23})


@dataclass(frozen=True, slots=True)
class _Rank:
    row: int
    order: int
    is_one_of: bool
    text: str


def check_superlatives(claim: Passage, evidence: Evidence) -> Finding | None:
    """The first superlative that the evidence does not give, with its place, or None.

    What may be said in other words ("tops", "a record") is not refused, and "one of
    the largest" follows from "the largest".
    """
    there = [
        (number, rank)
        for number, passage in enumerate(evidence.passages)
        for rank in _ranks(passage.text)
    ]
    for rank in _ranks(claim.text):
        same = [(n, other) for n, other in there if other.row == rank.row]
        if any(_follows(rank, other) for _, other in same):
            continue
        if same:
            number, other = same[0]
            reason = f"The cited text says “{other.text}”, not “{rank.text}”."
            return refuted("C3", reason, number)
        texts = [passage.text for passage in evidence.passages]
        is_told = rank.row in _MOST and any(_AT_THE_TOP.search(one) for one in texts)
        if not is_told and not _stands_elsewhere(rank, evidence):
            return unproven("C3", f"The cited text does not say “{rank.text}”.")
    return None


def _follows(rank: _Rank, other: _Rank) -> bool:
    if rank.is_one_of:
        return True
    return rank.order == other.order and not other.is_one_of


def _stands_elsewhere(rank: _Rank, evidence: Evidence) -> bool:
    """The title or the sentences before the passage have it."""
    texts = [passage.text for passage in evidence.context]
    texts.extend(passage.reading.title for passage in evidence.passages)
    return any(
        _follows(rank, one) for t in texts for one in _ranks(t) if one.row == rank.row
    )


def _ranks(text: str) -> Iterator[_Rank]:
    for match in _SUPERLATIVE.finditer(text):
        word = match["word"].lower()
        order = _ORDER[match["order"].lower()] if match["order"] else 1
        words = " ".join(match.group().split())
        yield _Rank(_ROW_OF[word], order, match["among"] is not None, words)
