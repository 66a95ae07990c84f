"""N1, N5: a change that a claim worked out of "from X to Y" in its evidence.

"Rose by 600" or "by 25%" of "rose from 2,400 to 3,000": only beside a word of change
and where the way, the unit and the printed digits agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from briefing.domain.claim import Quantity, QuantityKind
from briefing.logic.verification.placing import Place
from briefing.logic.verification.reading import Passage, stem

_UP = frozenset(
    stem(word)
    for word in "rise rose grow grew increase gain climb climbed jump up add".split()
)
_DOWN = frozenset(
    stem(word)
    for word in "fall fell drop decline decrease lose lost shrink down cut".split()
)
_REACH = 6
_PLAIN = frozenset({QuantityKind.COUNT, QuantityKind.MEASURE, QuantityKind.MONEY})


def explain_change(place: Place, quantity: Quantity, evidence: Passage) -> str | None:
    """How the claim's number at `place` comes out as a change, or None."""
    way = _way(place)
    if way == 0 or quantity.upper is not None:
        return None
    for before, after in _from_to(evidence):
        change = after.value - before.value
        if change * way <= 0 or before.value == 0:
            continue
        if quantity.kind is QuantityKind.PERCENT:
            share = abs(change) / abs(before.value) * 100
            is_right = abs(share - abs(quantity.value)) <= quantity.precision / 2
        else:
            # Whether 25 of people is a count or a measure hangs on the noun printed.
            is_one_sort = quantity.kind in _PLAIN and quantity.unit in {"", before.unit}
            is_money = quantity.kind is before.kind is QuantityKind.MONEY
            is_plain = QuantityKind.MONEY not in {quantity.kind, before.kind}
            is_right = (
                is_one_sort
                and (is_money or is_plain)
                and abs(abs(change) - abs(quantity.value)) <= step(quantity, before)
            )
        if is_right:
            return (
                f"“{quantity.text}” is the change from {before.text} to {after.text}."
            )
    return None


def step(claim: Quantity, evidence: Quantity) -> Decimal:
    """How far a claim's number may be off: nothing, unless it is printed more coarsely
    than its evidence.
    """
    is_coarser = claim.precision > evidence.precision
    return claim.precision / 2 if is_coarser else Decimal(0)


def _way(place: Place) -> int:
    """1 or -1 by the nearest word of change before or right behind it, 0 for none."""
    tokens = place.passage.tokens
    near = [
        *reversed(tokens[max(0, place.first - _REACH) : place.first]),
        *tokens[place.last : place.last + 2],
    ]
    for token in near:
        if token.stem in _UP or token.stem in _DOWN:
            return 1 if token.stem in _UP else -1
    return 0


def _from_to(evidence: Passage) -> Iterator[tuple[Quantity, Quantity]]:
    """Each "from X to Y" and "to Y from X" of two figures of one unit, X first."""
    for left, right in pairwise(evidence.quantities):
        if left.thing.unit and right.thing.unit and left.thing.unit != right.thing.unit:
            continue
        if left.thing.kind not in _PLAIN or right.thing.kind not in _PLAIN:
            continue
        before = _word(evidence, left.first - evidence.first - 1)
        joint = _word(evidence, right.first - evidence.first - 1)
        if right.first - left.last > 3:
            continue
        if (before, joint) == ("from", "to"):
            yield left.thing, right.thing
        elif (before, joint) == ("to", "from"):
            yield right.thing, left.thing


def _word(evidence: Passage, index: int) -> str:
    return evidence.tokens[index].word if 0 <= index < len(evidence.tokens) else ""
