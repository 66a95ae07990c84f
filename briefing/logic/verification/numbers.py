"""N1-N4, N7: every number of the claim stands in the evidence, for the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, islice

from briefing.domain.claim import Approximation, Direction, Quantity, QuantityKind
from briefing.logic.quantities import equal, same_thing
from briefing.logic.verification.amounts import (
    are_one_amount,
    is_age,
    is_in_a_word,
    is_one_of_a_kind,
    is_part,
    is_place_in_a_word,
    is_rate,
    is_streak,
)
from briefing.logic.verification.findings import Finding, refuted, unproven
from briefing.logic.verification.placing import Place, fit, place_of
from briefing.logic.verification.reading import Mention, Passage
from briefing.logic.verification.search import Evidence
from briefing.logic.verification.worked_ages import explain_age
from briefing.logic.verification.worked_numbers import explain_change
from briefing.logic.verification.worked_sums import explain_sum

# A different number must fit this much better than the claim's own to refute it, and
# this well at all. Measured: docs/evidence.md.
_MARGIN = 0.22
_GOOD_FIT = 0.45
# Two numbers of the claim that fit each other's places better, by this much in all, are
# exchanged: less than for one, since two places say the same.
_EXCHANGE_MARGIN = 0.1

# "Paid 3.5m": millions, read as metres where no counted noun follows.
_SHORT_MILLIONS = re.compile(r"\d+(?:\.\d+)?m")
_MILLION = 1_000_000
_FIGURES = {
    word: str(number)
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve".split(), start=2
    )
}

_MOST_PAIRS = 28
_Found = tuple[int, Place, Quantity]


def check_numbers(claim: Passage, evidence: Evidence) -> Finding | None:
    """The first number that does not resolve, or None."""
    pool = pool_of(evidence.passages)
    for mention in claim.quantities:
        finding = _check(claim, mention, pool, evidence)
        if finding is not None:
            return finding
    return _exchanged(claim, evidence)


def _exchanged(claim: Passage, evidence: Evidence) -> Finding | None:
    """Two numbers of the claim that stand in each other's places in one passage."""
    pairs = [
        (left, right)
        for left, right in combinations(claim.quantities, 2)
        if left.thing.kind is right.thing.kind
        and left.thing.value != right.thing.value
        and not _is_pronoun(left.thing)
        and not _is_pronoun(right.thing)
    ][:_MOST_PAIRS]
    for number, passage in enumerate(evidence.passages):
        for left, right in pairs:
            a, b = left.thing, right.thing
            here, there = place_of(claim, left), place_of(claim, right)
            straight = _best(here, a, passage), _best(there, b, passage)
            crossed = _best(here, b, passage), _best(there, a, passage)
            is_crossed = all(x > y for x, y in zip(crossed, straight, strict=True))
            gain = sum(crossed) - sum(straight)
            is_exchanged = min(straight) and is_crossed and gain > _EXCHANGE_MARGIN
            if is_exchanged or _count_each_other(a, b, passage):
                reason = f"There the text has {a.text} and {b.text} the other way round"
                return refuted("N4", f"{reason}.", number)
    return None


def _count_each_other(a: Quantity, b: Quantity, passage: Passage) -> bool:
    """ "90 mills and 40 wells" of "40 mills and 90 wells": what is counted."""
    units = [
        {m.thing.unit for m in passage.quantities if m.thing.value == one.value}
        for one in (a, b)
    ]
    is_named = bool(a.unit and b.unit) and a.unit != b.unit
    return is_named and units == [{b.unit}, {a.unit}]


def _best(place: Place, quantity: Quantity, passage: Passage) -> float:
    return max(
        (
            fit(place, place_of(passage, mention))
            for mention in passage.quantities
            if agrees(quantity, mention.thing)
        ),
        default=0.0,
    )


def pool_of(passages: Sequence[Passage]) -> list[_Found]:
    """Every quantity of the passages with its place and its passage's index."""
    return [
        (number, place_of(passage, mention), mention.thing)
        for number, passage in enumerate(passages)
        for mention in passage.quantities
    ]


def _check(
    claim: Passage, mention: Mention[Quantity], pool: list[_Found], evidence: Evidence
) -> Finding | None:
    quantity = mention.thing
    place = place_of(claim, mention)
    fits = [(fit(place, found[1]), found) for found in pool]
    own = [(value, found) for value, found in fits if _retells(place, quantity, found)]
    rival_value, rival = max(
        (
            (value, found)
            for value, found in fits
            if not _retells(place, quantity, found)
            and found[2].kind is quantity.kind
            and not _is_in_claim(found[2], claim)
        ),
        key=lambda one: one[0],
        default=(0.0, None),
    )
    if not own:
        if explain_worked(place, quantity, evidence):
            return None
        if _is_pronoun(quantity) or _stands_as_printed(quantity, evidence):
            return None
        if rival_value <= _GOOD_FIT and _stands_in_words(place, quantity, evidence):
            return None
        return _missing(quantity, fits)
    best = max(value for value, _ in own)
    if rival is not None and rival_value > _GOOD_FIT and rival_value > best + _MARGIN:
        said = _with_next_word(rival[1], rival[2])
        return refuted(
            "N4", f"There the text says {said}, not {quantity.text}.", rival[0]
        )
    return _other_base(quantity, [found for value, found in own if value >= best])


def explain_numbers(claim: Passage, evidence: Evidence) -> tuple[str, ...]:
    """How each number was worked out that the evidence does not hold itself."""
    held = [m.thing for passage in evidence.passages for m in passage.quantities]
    return tuple(
        said
        for mention in claim.quantities
        if not any(agrees(mention.thing, one) for one in held)
        for said in explain_worked(place_of(claim, mention), mention.thing, evidence)
    )


def explain_worked(
    place: Place, quantity: Quantity, evidence: Evidence
) -> tuple[str, ...]:
    """How a number comes out as a change, a total or an age that a passage gives; one
    way at most.
    """
    ways = (
        explain(place, quantity, one)
        for one in evidence.passages
        for explain in (explain_change, explain_sum, explain_age)
    )
    return tuple(islice((way for way in ways if way is not None), 1))


def _retells(place: Place, quantity: Quantity, found: _Found) -> bool:
    """The claim's number is the text's, as it is or in another form."""
    return (
        agrees(quantity, found[2])
        or is_rate(quantity, found[2], place.passage)
        or is_streak(place, quantity, found[1], found[2])
        or is_age(quantity, found[1], found[2])
        or _is_end_of(quantity, found[2], place.passage)
    )


def _is_end_of(quantity: Quantity, whole: Quantity, claim: Passage) -> bool:
    """One end of the text's range, where the claim has the other as well."""
    if whole.upper is None or quantity.upper is not None:
        return False
    if (quantity.kind, quantity.unit) != (whole.kind, whole.unit):
        return False
    ends = {whole.value, whole.upper}
    return quantity.value in ends and ends <= {m.thing.value for m in claim.quantities}


def _stands_in_words(place: Place, quantity: Quantity, evidence: Evidence) -> bool:
    return any(
        is_in_a_word(quantity, passage)
        or is_place_in_a_word(place, quantity, passage)
        or is_part(place, quantity, passage)
        or is_one_of_a_kind(place, quantity, passage)
        for passage in evidence.passages
    )


def agrees(claim: Quantity, evidence: Quantity) -> bool:
    """`equal`, and the liberties of a faithful summary: another noun for what is
    counted ("16 games" for "16 matches"; the noun is a word like others and is checked
    as one), a dropped "about" or "nearly", a share told as percent or as a part, and a
    decade told as ten years.
    """
    if equal(claim, evidence) or _are_millions(claim, evidence):
        return True
    if are_one_amount(claim, evidence):
        return True
    if claim.kind is not evidence.kind and not _are_bare(claim, evidence):
        return False
    if claim.kind is not QuantityKind.COUNT and claim.unit != evidence.unit:
        return False
    ways = {claim.direction, evidence.direction} - {Direction.NONE}
    if len(ways) > 1 or claim.value != evidence.value or claim.upper != evidence.upper:
        return False
    if claim.approximation is evidence.approximation:
        return True
    return claim.approximation in {Approximation.EXACT, Approximation.ABOUT} and (
        evidence.approximation in {Approximation.EXACT, Approximation.ABOUT}
        or _is_nearly(evidence)
    )


def _are_millions(claim: Quantity, evidence: Quantity) -> bool:
    short, full = sorted((claim, evidence), key=lambda one: one.value)
    return (
        full.kind is QuantityKind.COUNT
        and _SHORT_MILLIONS.fullmatch(short.text) is not None
        and short.value * _MILLION == full.value
    )


def _are_bare(claim: Quantity, evidence: Quantity) -> bool:
    return not claim.unit and {claim.kind, evidence.kind} <= {
        QuantityKind.COUNT,
        QuantityKind.MEASURE,
    }


def _is_nearly(quantity: Quantity) -> bool:
    return quantity.approximation is Approximation.UNDER


def _is_in_claim(other: Quantity, claim: Passage) -> bool:
    return any(agrees(mention.thing, other) for mention in claim.quantities)


def _is_pronoun(quantity: Quantity) -> bool:
    return quantity.text.lower() in {"one", "a", "an"} and not quantity.unit


def _stands_as_printed(quantity: Quantity, evidence: Evidence) -> bool:
    """A number that the evidence has in a name, a score or a date ("2015/16")."""
    # "July 9 and ten": of a spelled number the figure.
    text = _FIGURES.get(quantity.text.lower(), quantity.text)
    if quantity.unit or not re.fullmatch(r"[\d.,]+", text):
        return False
    printed = re.compile(rf"(?<![\d.,]){re.escape(text)}(?![\d,.]*\d)(?!\s?%)")
    return any(
        printed.search(passage.text)
        and not any(
            found.thing.text != text and text in found.thing.text
            for found in passage.quantities
        )
        for passage in evidence.passages
    )


def _missing(quantity: Quantity, fits: list[tuple[float, _Found]]) -> Finding:
    printed = quantity.text
    for _, (number, _, other) in sorted(fits, key=lambda one: -one[0]):
        if other.value == quantity.value and not same_thing(quantity, other):
            return refuted("N3", _other_sense(other, quantity), number)
        if same_thing(quantity, other) or (
            other.kind is quantity.kind
            and other.unit == quantity.unit
            and abs(other.value - quantity.value) <= other.precision
        ):
            reason = f"The cited text says {other.text}, which is not the same as"
            return refuted("N2", f"{reason} {printed}.", number)
    near = [one for one in fits if one[1][2].kind is quantity.kind]
    value, found = max(near, key=lambda one: one[0], default=(0.0, None))
    if found is not None and value > _GOOD_FIT:
        reason = f"The cited text says {found[2].text}, not {printed}."
        return refuted("N1", reason, found[0])
    return unproven("N1", f"The cited text does not hold the number {printed}.")


def _other_sense(other: Quantity, quantity: Quantity) -> str:
    """Why one value is not the other: unit, or the way that it went."""
    ways = _WAYS.get(other.direction), _WAYS.get(quantity.direction)
    if None not in ways and ways[0] != ways[1]:
        return f"The cited text tells {other.text} as {ways[0]}, not as {ways[1]}."
    if other.text == quantity.text:
        return f"The cited text has {other.text} of something else."
    return f"The cited text says {other.text}, not {quantity.text}."


_WAYS = {Direction.UP: "a rise", Direction.DOWN: "a fall"}


def _other_base(quantity: Quantity, own: list[_Found]) -> Finding | None:
    bases = [found[2].base for found in own]
    if not quantity.base or not bases or "" in bases or quantity.base in bases:
        return None
    return refuted(
        "N7",
        f"The cited text measures {quantity.text} on the {bases[0]}, "
        f"not on the {quantity.base}.",
        own[0][0],
    )


def _with_next_word(place: Place, quantity: Quantity) -> str:
    tokens = place.passage.tokens
    following = tokens[place.last].word if place.last < len(tokens) else ""
    is_word = following.isalpha() and following not in quantity.text
    return f"{quantity.text} {following}" if is_word else quantity.text
