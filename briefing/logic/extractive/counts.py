"""A bare count gets its noun back: "the union's 4,500" are jobs; else not used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.domain.claim import Quantity, QuantityKind
from briefing.logic.extractive.reading import Told
from briefing.logic.extractive.verbs import AUXILIARIES, Form, verb_of
from briefing.logic.quantities import read_quantities
from briefing.logic.rules.reading import is_minor

_NUMBER = re.compile(r"\d[\d.,]*\d(?: (?:thousand|million|billion|trillion))?")
# Whose count it is, who tells it, or nothing in front of it at all.
_IN_FRONT = re.compile(
    r"(?:['’]s?|\b(?:its|their)(?: own)?|"
    r"\b(?:speaks?|spoke|talks?|talked) of(?: about| only| some)?|"
    r"\b(?:reached|totalled|totaled)|"
    r"\b(?:counts?|counted|reports?|reported|names?|named|expects?|expected) only|"
    r"^(?:About|Some|Only|Another)?) ?$"
)
_GOES_ON = re.compile(
    r"[,.;:]|$| (?:but|and|or|in|on|by|at|for|from|to|against|after|before|while|which|"
    r"that|than|as|were|was|are|is|will|would|had|have|has)\b"
)
_PLURALS = {"is": "are", "was": "were", "has": "have", "does": "do"}


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence whose counts say what they count.

    Attributes:
        text: with the noun behind the count.
        antecedent: the sentence that has the noun, None if none was missing.
    """

    text: str
    antecedent: Told | None


def with_nouns(text: str, earlier: Sequence[Told]) -> Counted | None:
    """`text` with the noun of its bare count, None where that noun is not certain.

    `earlier` are the sentences in front of it, in order. Certain is the noun of the
    same count, or else the only one that the sentence directly in front counts.
    """
    bare = next((one for one in read_quantities(text) if _is_bare(text, one)), None)
    if bare is None:
        bare = next(
            (one for one in read_quantities(text) if _is_scale(text, one)), None
        )
        if bare is None:
            return Counted(text, None)
        found = _same_count(bare, earlier) or _scaled_noun(earlier)
    else:
        found = _same_count(bare, earlier) or _only_noun(earlier[-1:])
    if found is None:
        return None
    noun, place = found
    after = text[bare.span.end :]
    return Counted(f"{text[: bare.span.end]} {noun}{_agreeing(after)}", place)


def _is_bare(text: str, quantity: Quantity) -> bool:
    if quantity.kind is not QuantityKind.COUNT or quantity.unit or is_minor(quantity):
        return False
    before, after = text[: quantity.span.start], text[quantity.span.end :]
    if not _NUMBER.fullmatch(quantity.text) or not _IN_FRONT.search(before):
        return False
    if any(_noun(one) for one in read_quantities(before)):
        return False
    word = re.match(r" ([a-z]+)\b", after)
    found = verb_of(word.group(1)) if word else None
    is_verb = found is not None and found[1] in {Form.THIRD, Form.PAST}
    return is_verb or _GOES_ON.match(after) is not None


def _is_scale(text: str, quantity: Quantity) -> bool:
    """ "Third with 1.92 trillion": of what, only the sentences before can say."""
    if quantity.kind is not QuantityKind.COUNT or quantity.unit:
        return False
    before, after = text[: quantity.span.start], text[quantity.span.end :]
    if not _SCALED.fullmatch(quantity.text) or not _HAS.search(before):
        return False
    # "Baihe lost 160 billion tokens and Larkspur 200 billion", "from €3 million ...".
    said = (one for one in read_quantities(before) if abs(one.value) > _HANDFUL)
    return all(not one.unit for one in said) and bool(_GOES_ON.match(after))


_SCALED = re.compile(r"\d[\d.,]* (?:million|billion|trillion)")
_SCALE = re.compile(r"\d (?:million|billion|trillion)\b")
_HAS = re.compile(
    r"\b(?:with|has|had|have|processed|handled|recorded|posted|drew)"
    r"(?: (?:about|some|only|nearly|almost|over|more than))? $"
)
_HANDFUL = 10


def _noun(quantity: Quantity) -> str:
    """ "jobs" of "4,500 jobs", "" of anything else."""
    if quantity.kind is not QuantityKind.COUNT or not quantity.unit:
        return ""
    number = _NUMBER.match(quantity.text)
    return quantity.text[number.end() :].strip() if number else ""


def _same_count(bare: Quantity, earlier: Sequence[Told]) -> tuple[str, Told] | None:
    found = [
        (noun, one)
        for one in earlier
        for other in read_quantities(one.text)
        if other.value == bare.value and (noun := _noun(other))
    ]
    return found[-1] if len({noun for noun, _ in found}) == 1 else None


def _only_noun(earlier: Sequence[Told]) -> tuple[str, Told] | None:
    found = [
        (noun, one)
        for one in earlier
        for other in read_quantities(one.text)
        if (noun := _noun(other))
    ]
    return found[0] if len(found) == 1 and found[0][0].endswith("s") else None


def _scaled_noun(earlier: Sequence[Told]) -> tuple[str, Told] | None:
    """What all counts in millions and more in front are counts of, if it is one thing,
    and the nearest sentence that says so.
    """
    found = [
        (noun, one)
        for one in earlier
        for other in read_quantities(one.text)
        if (noun := _noun(other) or other.unit) and _SCALE.search(other.text)
    ]
    return found[-1] if len({noun for noun, _ in found}) == 1 else None


def _agreeing(after: str) -> str:
    """ " includes 300" as " include 300": the subject is several now."""
    word = re.match(r" ([a-z]+)\b", after)
    if word is None:
        return after
    first, rest = word.group(1), after[word.end() :]
    if first in _PLURALS:
        return f" {_PLURALS[first]}{rest}"
    found = verb_of(first)
    if found is None or found[1] is not Form.THIRD or first in AUXILIARIES:
        return after
    return f" {found[0].base}{rest}"
