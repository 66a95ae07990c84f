"""N1, N5: a total that a claim worked out of a row of like figures in one sentence.

"€10m in total" of "fines of €2m, €3m and €5m", and "three fines" of the same row: only
where the claim calls it a total and unit and printed digits agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from briefing.domain.claim import Approximation, Direction, Quantity, QuantityKind
from briefing.logic.verification.placing import Place
from briefing.logic.verification.reading import Mention, Passage, stem
from briefing.logic.verification.worked_numbers import step

_SUMMED = frozenset({QuantityKind.COUNT, QuantityKind.MEASURE, QuantityKind.MONEY})
_TOTALS = frozenset(
    stem(word) for word in "total totalled altogether combined together sum".split()
)
_REACH = 4
# Between two figures of one row stand a few words and no comparison.
_LONGEST_GAP = 60
_JOINT = re.compile(r",|;|\b(?:and|plus)\b", re.IGNORECASE)
_NO_JOINT = re.compile(
    r"\b(?:from|than|to|or|up|down|including|compared|against|after|before|which|"
    r"instead|versus|out of)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"\d+(?:\.\d+)?")
_MOST_COUNTED = 12


def explain_sum(place: Place, quantity: Quantity, evidence: Passage) -> str | None:
    """How the claim's number at `place` comes out as the total, or the count, of a row
    of figures, or None.
    """
    if quantity.kind not in _SUMMED or quantity.upper is not None:
        return None
    is_total = _is_total(place)
    is_count = quantity.kind is QuantityKind.COUNT and bool(quantity.unit)
    if not is_total and not (is_count and 2 <= quantity.value <= _MOST_COUNTED):
        return None
    for first, row in _rows(evidence):
        printed = [one.text for one in row]
        if is_total and _adds_up(quantity, row):
            return f"“{quantity.text}” is {' + '.join(printed)}."
        if (
            is_count
            and quantity.value == len(row)
            and _is_headed(evidence, first, quantity.unit)
        ):
            return f"“{quantity.text}” counts {', '.join(printed)}."
    return None


def _is_total(place: Place) -> bool:
    """The claim calls its number a total: "a total of", "in all", "combined"."""
    tokens = place.passage.tokens
    before = tokens[max(0, place.first - _REACH) : place.first]
    behind = tokens[place.last : place.last + _REACH]
    if any(token.stem in _TOTALS for token in (*before, *behind)):
        return True
    pairs = (*pairwise(before), *pairwise(behind))
    return any((a.word, b.word) == ("in", "all") for a, b in pairs)


def _rows(evidence: Passage) -> Iterator[tuple[int, list[Quantity]]]:
    """Each row of two figures or more of one kind and unit, joined by commas and "and",
    with the index of its first token in the passage.
    """
    text = evidence.reading.text
    found = evidence.quantities
    ends = [span.end for span in evidence.reading.spans]
    for kind, unit in dict.fromkeys((m.thing.kind, m.thing.unit) for m in found):
        row: list[Mention[Quantity]] = []
        for mention in found:
            if not _is_plain(mention.thing):
                continue
            if (mention.thing.kind, mention.thing.unit) != (kind, unit):
                continue
            if row and not _joins(text, row[-1], mention, ends):
                yield from _whole(text, row, found)
                row = []
            row.append(mention)
        yield from _whole(text, row, found)


def _is_plain(quantity: Quantity) -> bool:
    return (
        quantity.kind in _SUMMED
        and quantity.upper is None
        and quantity.direction is Direction.NONE
        and quantity.approximation in {Approximation.EXACT, Approximation.ABOUT}
    )


def _joins(
    text: str, left: Mention[Quantity], right: Mention[Quantity], ends: list[int]
) -> bool:
    start, end = left.thing.span.end, right.thing.span.start
    gap = text[start:end]
    return (
        len(gap) <= _LONGEST_GAP
        and _JOINT.search(gap) is not None
        and _NO_JOINT.search(gap) is None
        and not any(start <= one <= end for one in ends)
    )


def _whole(
    text: str, row: list[Mention[Quantity]], found: tuple[Mention[Quantity], ...]
) -> Iterator[tuple[int, list[Quantity]]]:
    """The row with the bare figures in front of it: "2, 3 and 5 million euros"."""
    if not row:
        return
    members, first = [mention.thing for mention in row], row[0].first
    last = members[0]
    leading = _LEADING.search(last.text)
    factor = last.value / Decimal(leading[0]) if leading and last.value else Decimal(0)
    place = found.index(row[0])
    while place and factor:
        before = found[place - 1].thing
        gap = text[before.span.end : members[0].span.start]
        is_bare = before.kind is QuantityKind.COUNT and not before.unit
        if not is_bare or gap.strip() not in {",", "and", ", and"} or not last.unit:
            break
        value, precision = before.value * factor, before.precision * factor
        members.insert(
            0, replace(last, text=before.text, span=before.span, value=value,
                       precision=precision)
        )  # fmt: skip
        place -= 1
        first = found[place].first
    if len(members) > 1:
        yield first, members


def _adds_up(quantity: Quantity, row: list[Quantity]) -> bool:
    kind, unit = row[0].kind, row[0].unit
    is_money = QuantityKind.MONEY in {kind, quantity.kind}
    if is_money and kind is not quantity.kind:
        return False
    if quantity.unit != unit and (is_money or quantity.unit):
        return False
    total = sum((one.value for one in row), Decimal(0))
    coarsest = max(row, key=lambda one: one.precision)
    return abs(total - quantity.value) <= step(quantity, coarsest)


def _is_headed(evidence: Passage, first: int, unit: str) -> bool:
    """What is counted stands in front of the row: "fines of €2m, €3m and €5m"."""
    start = max(evidence.first, first - _REACH)
    before = evidence.reading.tokens[start:first]
    return any(token.stem == stem(unit) for token in before)
