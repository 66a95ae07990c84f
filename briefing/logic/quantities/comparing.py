"""Whether a claim's quantity says no more than the evidence's (rules N2, N3)."""

from __future__ import annotations

import re
from decimal import Decimal

from briefing.domain.claim import Approximation, Direction, Quantity, QuantityKind

_Approx = Approximation
# How far "about" and "more than" may stand from the exact value, as a share of it;
# chosen: "about 3T" of 3.43T passes, "more than 2T" of 3.43T does not.
_NEAR = Decimal("0.15")
_TIGHT = Decimal("1.25")

# A single point is a decimal point; 1.048.576 has groups.
_DECIMALS = re.compile(r"(?<![\d.])\d*\.\d+(?![\d.]|,\d)")

# Whoever is one of these is a person: "12 people" may tell of 12 soldiers.
_PERSONS = frozenset(
    "person man woman child boy girl adult civilian resident victim worker employee "
    "passenger student soldier officer user customer patient member voter fan migrant "
    "refugee protester demonstrator prisoner inmate hostage suspect detainee citizen "
    "teenager villager tourist policeman police firefighter teacher nurse doctor "
    "journalist player fighter militant rebel driver pedestrian survivor visitor "
    "attendee participant staff personnel troop homeowner consumer individual "
    "minister lawmaker official worshipper pupil crewman sailor guest fatality".split()
)
_SAME = (
    frozenset({"worker", "employee", "staff", "staffer"}),
    frozenset({"soldier", "troop"}),
    frozenset({"child", "kid", "youngster"}),
    frozenset({"firm", "company", "business"}),
    frozenset({"film", "movie"}),
    frozenset({"home", "house", "household"}),
    frozenset({"vehicle", "car"}),
    frozenset({"student", "pupil"}),
    frozenset({"police", "policeman", "officer"}),
    frozenset({"fatality", "death", "dead"}),
)


def same_thing(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are one, whatever their printed form.

    Value, far end of a range, kind and unit agree, and a move up is none down; a minus
    in the value and a move down are one. Approximation, precision and context are not
    looked at.
    """
    return (
        a.kind is b.kind
        and a.unit == b.unit
        and abs(a.value) == abs(b.value)
        and a.upper == b.upper
        and _senses_agree(a, b)
    )


def equal(claim: Quantity, evidence: Quantity) -> bool:
    """Whether the evidence bears the claim's quantity out.

    Kind, unit, currency, sign and direction agree where both say one; a bare count may
    stand for a counted noun ("12 were hurt", "12 people") and "people" for any sort of
    them. The value is the evidence's rounded to the claim's printed step, never finer
    than what the evidence prints. "About" may round once more; "more than", "at least",
    "nearly", "up to" hold where they are true and not idle ("more than 2T" of 3.43T is
    idle). An exact claim needs exact evidence. A base or streak that both name agrees.
    """
    if claim.kind is not evidence.kind or not _units_agree(claim, evidence):
        return False
    if not _senses_agree(claim, evidence):
        return False
    if claim.base and evidence.base and claim.base != evidence.base:
        return False
    if claim.upper is not None or evidence.upper is not None:
        return _ranges_agree(claim, evidence)
    return _bears_out(claim, evidence)


def _senses_agree(claim: Quantity, evidence: Quantity) -> bool:
    if (claim.value < 0) != (evidence.value < 0):
        other = evidence if claim.value < 0 else claim
        return other.direction is Direction.DOWN
    said = {claim.direction, evidence.direction} - {Direction.NONE}
    return len(said) < 2


def _units_agree(claim: Quantity, evidence: Quantity) -> bool:
    if claim.unit == evidence.unit:
        return True
    if claim.kind is QuantityKind.ORDINAL:
        return not claim.unit or not evidence.unit
    if claim.kind is not QuantityKind.COUNT:
        return False
    if not claim.unit or not evidence.unit:
        # A rate is no bare count.
        return "/" not in claim.unit + evidence.unit
    if claim.unit == "person":
        return evidence.unit in _PERSONS
    return any({claim.unit, evidence.unit} <= group for group in _SAME)


def _ranges_agree(claim: Quantity, evidence: Quantity) -> bool:
    if claim.upper is not None and evidence.upper is not None:
        return _is_near(claim.value, evidence.value, claim.precision) and _is_near(
            claim.upper, evidence.upper, claim.precision
        )
    if claim.upper is not None:
        is_loose = claim.approximation is _Approx.ABOUT
        return is_loose and claim.value <= abs(evidence.value) <= claim.upper
    assert evidence.upper is not None  # noqa: S101 - the caller looked
    if claim.approximation is _Approx.AT_MOST:
        return _is_near(claim.value, evidence.upper, claim.precision)
    if claim.approximation is _Approx.AT_LEAST:
        return _is_near(claim.value, evidence.value, claim.precision)
    return False


def _is_near(left: Decimal, right: Decimal, step: Decimal) -> bool:
    return abs(left - right) * 2 <= step


def _bears_out(claim: Quantity, evidence: Quantity) -> bool:
    said, true = abs(claim.value), abs(evidence.value)
    is_finer = significant_step(claim) < evidence.precision
    if is_finer and not (said == true and _is_whole_money(claim)):
        return False
    hedge, known = claim.approximation, evidence.approximation
    if hedge is _Approx.EXACT:
        if known is _Approx.ABOUT:
            return said == true
        return known is _Approx.EXACT and _is_near(said, true, claim.precision)
    if hedge is _Approx.ABOUT:
        return _is_about(said, true, claim)
    if said == true:
        return known is hedge or _follows(hedge, known)
    if known not in {_Approx.EXACT, _Approx.ABOUT, hedge}:
        return False
    step = significant_step(claim)
    if hedge in {_Approx.OVER, _Approx.AT_LEAST}:
        return said < true and (true < said + step or true <= said * _TIGHT)
    return true < said and (said - step < true or said <= true * _TIGHT)


def _follows(hedge: Approximation, known: Approximation) -> bool:
    """Whether the hedge is true of the same number with the evidence's hedge."""
    return (hedge, known) in {
        (_Approx.AT_LEAST, _Approx.OVER),
        (_Approx.AT_LEAST, _Approx.EXACT),
        (_Approx.AT_MOST, _Approx.UNDER),
        (_Approx.AT_MOST, _Approx.EXACT),
    }


def _is_about(said: Decimal, true: Decimal, claim: Quantity) -> bool:
    if _is_near(said, true, claim.precision):
        return True
    is_round = _is_near(said, true, significant_step(claim))
    return is_round and abs(said - true) <= true * _NEAR


def _is_whole_money(quantity: Quantity) -> bool:
    """ "$5.00" says no more than "$5"."""
    return (
        quantity.kind is QuantityKind.MONEY
        and quantity.value == quantity.value.to_integral_value()
        and quantity.precision == Decimal("0.01")
    )


def significant_step(quantity: Quantity) -> Decimal:
    """Worth of the last digit that carries meaning: 10,000 for 3,430,000.

    Zeros at the end of a whole numeral fill places; zeros behind a decimal point
    ("3.430T") are a statement of precision.
    """
    step = quantity.precision
    if quantity.value == 0 or step < 1:
        return step
    if _DECIMALS.search(quantity.text):
        return step
    value = abs(quantity.value)
    while value % (step * 10) == 0:
        step *= 10
    return step
