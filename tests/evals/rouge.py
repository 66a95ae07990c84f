"""What a text keeps of a reference: ROUGE, numbers, names; and what it repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from briefing.domain.claim import Quantity
from briefing.logic.extractive.scoring import stem
from briefing.logic.names import read_names, same_name
from briefing.logic.quantities import equal, read_quantities, same_thing
from briefing.logic.rules.reading import Reading, is_minor, read
from briefing.logic.rules.repetition import alike
from briefing.logic.text import sentences


def rouge(candidate: str, reference: str) -> tuple[float, float, float]:
    """ROUGE-1, -2 and sentence-free ROUGE-L, each as F1 of stems, 0..1."""
    ours, theirs = _tokens(candidate), _tokens(reference)
    return (
        _overlap(ours, theirs, 1),
        _overlap(ours, theirs, 2),
        _f1(_longest_common(ours, theirs), len(ours), len(theirs)),
    )


def numbers_kept(candidate: str, reference: str) -> tuple[int, int]:
    """How many of the reference's numbers the candidate holds, and of how many.

    A number counts once, however often it is printed; small bare counts are left out.
    """
    wanted: list[Quantity] = []
    for one in read_quantities(reference):
        if not is_minor(one) and not any(same_thing(one, other) for other in wanted):
            wanted.append(one)
    printed = read_quantities(candidate)
    kept = sum(
        any(same_thing(one, other) or equal(other, one) for other in printed)
        for one in wanted
    )
    return kept, len(wanted)


def names_kept(candidate: str, reference: str) -> tuple[int, int]:
    """How many of the reference's names the candidate holds, and of how many."""
    wanted: list[str] = []
    for one in read_names(reference):
        if not any(same_name(one.text, other) for other in wanted):
            wanted.append(one.text)
    printed = tuple(dict.fromkeys(one.text for one in read_names(candidate)))
    kept = sum(any(same_name(one, other) for other in printed) for one in wanted)
    return kept, len(wanted)


def novelty(text: str) -> float:
    """Words of sentences that repeat no earlier one (R1, R2), of all words, 0..1."""
    kept: list[Reading] = []
    fresh = total = 0
    for span in sentences(text):
        reading = read(text[span.start : span.end])
        total += len(reading.words)
        if any(reading.normal == one.normal for one in kept) or alike(reading, kept):
            continue
        kept.append(reading)
        fresh += len(reading.words)
    return fresh / total if total else 1.0


def _tokens(text: str) -> list[str]:
    return [stem(word) for word in re.findall(r"[a-z0-9]+", text.lower())]


def _overlap(ours: list[str], theirs: list[str], size: int) -> float:
    left = Counter(zip(*(ours[i:] for i in range(size)), strict=False))
    right = Counter(zip(*(theirs[i:] for i in range(size)), strict=False))
    return _f1((left & right).total(), left.total(), right.total())


def _f1(shared: int, ours: int, theirs: int) -> float:
    return 2 * shared / (ours + theirs) if shared else 0.0


def _longest_common(ours: Sequence[str], theirs: Sequence[str]) -> int:
    row = [0] * (len(theirs) + 1)
    for left in ours:
        diagonal = 0
        for index, right in enumerate(theirs, start=1):
            above = row[index]
            longer = max(above, row[index - 1])
            row[index] = diagonal + 1 if left == right else longer
            diagonal = above
    return row[-1]
