"""N5: a number that we computed comes out again from inputs the sources hold."""

from __future__ import annotations

from decimal import Decimal, DivisionByZero, InvalidOperation

from briefing.domain.claim import Citation, Derivation, Formula, Quantity
from briefing.logic.quantities import equal, read_quantities, same_thing
from briefing.logic.verification.findings import Finding, refuted, unproven
from briefing.logic.verification.reading import Passage
from briefing.logic.verification.search import EvidenceIndex

# Room for the last digit of a result that was stored after a division.
_ROUNDING = Decimal("1E-9")


def check_derivation(
    claim: Passage, derivation: Derivation, index: EvidenceIndex
) -> Finding | None:
    """The first input that its citation does not hold, or a result that is wrong."""
    for quantity, cited in zip(derivation.inputs, derivation.citations, strict=False):
        if not _stands(quantity, cited, index):
            reason = f"The input {quantity.text} does not stand in its citation."
            return unproven("N5", reason)
    if len(derivation.inputs) != len(derivation.citations):
        return unproven("N5", "An input of the calculation has no citation.")
    result = recompute(derivation)
    if result is None:
        return unproven("N5", "The calculation cannot be done with these inputs.")
    if abs(result - derivation.result) > _ROUNDING * max(abs(result), Decimal(1)):
        reason = f"The inputs give {result:.6g}, not {derivation.result:.6g}."
        return refuted("N5", reason)
    for mention in claim.quantities:
        quantity = mention.thing
        if _is_result(quantity, result) or _is_input(quantity, derivation):
            continue
        reason = (
            f"{quantity.text} is neither the result nor an input of the calculation."
        )
        return refuted("N5", reason)
    return None


def recompute(derivation: Derivation) -> Decimal | None:
    """The formula applied to the inputs; None if they do not fit it."""
    values = [quantity.value for quantity in derivation.inputs]
    formula = derivation.formula
    if formula is Formula.COUNT:
        return Decimal(len(values))
    if formula is Formula.SUM:
        return sum(values, Decimal(0)) if values else None
    if len(values) != 2:
        return None
    a, b = values
    try:
        if formula is Formula.SHARE:
            return a / b * 100
        if formula is Formula.CHANGE:
            return (a - b) / b * 100
        return a / b if formula is Formula.RATIO else a - b
    except (DivisionByZero, InvalidOperation):
        return None


def _stands(quantity: Quantity, cited: Citation, index: EvidenceIndex) -> bool:
    reading = index.readings.get(cited.document_id)
    if reading is None:
        return False
    span = Passage(reading, cited.start, cited.end)
    found = [mention.thing for mention in span.quantities]
    found.extend(read_quantities(span.text))
    return any(same_thing(quantity, one) or equal(quantity, one) for one in found)


def _is_result(quantity: Quantity, result: Decimal) -> bool:
    # A fall is printed as a size with a word ("down 3%"): the sign is in the direction.
    return abs(quantity.value - abs(result)) <= quantity.precision / 2 or (
        abs(quantity.value - result) <= quantity.precision / 2
    )


def _is_input(quantity: Quantity, derivation: Derivation) -> bool:
    return any(
        equal(quantity, one) or same_thing(quantity, one) for one in derivation.inputs
    )
