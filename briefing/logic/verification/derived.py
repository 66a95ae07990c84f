"""N5: a number that we computed comes out again from inputs the sources hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation
from itertools import pairwise

from briefing.domain.claim import Citation, Derivation, Formula, Quantity, QuantityKind
from briefing.domain.document import Span
from briefing.logic.quantities import equal, read_quantities, same_thing
from briefing.logic.verification.findings import Finding, refuted, unproven
from briefing.logic.verification.reading import Passage
from briefing.logic.verification.search import EvidenceIndex

# Room for the last digit of a result that was stored after a division.
_ROUNDING = Decimal("1E-9")


def check_derivation(
    claim: Passage,
    derivation: Derivation,
    index: EvidenceIndex,
    cited: Sequence[Citation] = (),
) -> Finding | None:
    """The first input that its citation does not hold, or a result that is wrong.

    A figure that is neither must stand in one of `cited`, as what somebody says.
    """
    for quantity, place in zip(derivation.inputs, derivation.citations, strict=False):
        if not _stands(quantity, place, index):
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
        if any(_is_result(quantity, one) for one in partial_results(derivation)):
            continue
        said_in = [*cited]
        if quantity.kind is QuantityKind.ORDINAL:
            said_in.extend(derivation.citations)
        if any(_stands(quantity, one, index) for one in said_in):
            continue
        if _is_in_name(claim.text, quantity.span, derivation, index):
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
    if formula in _COUNTED:
        return _COUNTED[formula](values)
    try:
        return _arithmetic(formula, values)
    except (DivisionByZero, InvalidOperation):
        return None


def _arithmetic(formula: Formula, values: Sequence[Decimal]) -> Decimal | None:
    """Raises DivisionByZero, InvalidOperation."""
    if formula is Formula.TOP_SHARE and len(values) > 1:
        return sum(values[:-1], Decimal(0)) / values[-1] * 100
    if len(values) == 4:
        a, b, c, d = values
        if formula is Formula.SHARE_CHANGE:
            return a / b * 100 - c / d * 100
        if formula is Formula.SHARE_OF_CHANGE:
            return (a - b) / (c - d) * 100
    if len(values) != 2:
        return None
    a, b = values
    if formula is Formula.SHARE:
        return a / b * 100
    if formula is Formula.CHANGE:
        return (a - b) / b * 100
    if formula is Formula.RATIO:
        return a / b
    return a - b if formula is Formula.DIFFERENCE else None


def partial_results(derivation: Derivation) -> tuple[Decimal, ...]:
    """What comes out on the way to the result; a sentence may print it as well."""
    values = [quantity.value for quantity in derivation.inputs]
    try:
        if derivation.formula is Formula.TOP_SHARE:
            return (sum(values[:-1], Decimal(0)), Decimal(len(values) - 1))
        if len(values) == 4:
            a, b, c, d = values
            if derivation.formula is Formula.SHARE_CHANGE:
                return (a / b * 100, c / d * 100)
            if derivation.formula is Formula.SHARE_OF_CHANGE:
                return (a - b, c - d)
    except (DivisionByZero, InvalidOperation):
        return ()
    return ()


def _firsts(values: Sequence[Decimal]) -> Decimal | None:
    return Decimal(len(values)) if values and set(values) == {Decimal(1)} else None


def _rises(values: Sequence[Decimal]) -> Decimal | None:
    rises = all(later > earlier for later, earlier in pairwise(values))
    return Decimal(len(values) - 1) if len(values) > 1 and rises else None


def _record(values: Sequence[Decimal]) -> Decimal | None:
    if len(values) < 2 or values[0] <= max(values[1:]):
        return None
    return Decimal(len(values))


def _passed(values: Sequence[Decimal]) -> Decimal | None:
    if len(values) < 4 or len(values) % 2:
        return None
    now, before = values[:2]
    others = list(zip(values[2::2], values[3::2], strict=True))
    passed = all(now < other and before > was for other, was in others)
    return Decimal(len(others)) if passed else None


_COUNTED: Mapping[Formula, Callable[[Sequence[Decimal]], Decimal | None]] = {
    Formula.FIRSTS: _firsts,
    Formula.RISES: _rises,
    Formula.RECORD: _record,
    Formula.PASSED: _passed,
}


def _stands(quantity: Quantity, cited: Citation, index: EvidenceIndex) -> bool:
    reading = index.readings.get(cited.document_id)
    if reading is None:
        return False
    span = Passage(reading, cited.start, cited.end)
    found = [mention.thing for mention in span.quantities]
    found.extend(read_quantities(span.text))
    return any(same_thing(quantity, one) or equal(quantity, one) for one in found)


def _is_in_name(
    text: str, span: Span, derivation: Derivation, index: EvidenceIndex
) -> bool:
    """The figure and the words beside it stand so in an input's sentence: it belongs
    to a name there ("Larkspur 4 Pro") and is no figure of ours.
    """
    before = text[: span.start].rpartition(" ")[0].rpartition(" ")[2]
    after = text[span.end :].strip().partition(" ")[0].strip(".,;")
    if not before[:1].isupper():
        return False
    wanted = f"{before} {text[span.start : span.end]} {after}".strip()
    return any(
        reading is not None and wanted in reading.text[cited.start : cited.end]
        for cited in derivation.citations
        if (reading := index.readings.get(cited.document_id)) is not None
    )


def _is_result(quantity: Quantity, result: Decimal) -> bool:
    # A fall is printed as a size with a word ("down 3%"): the sign is in the direction.
    return abs(quantity.value - abs(result)) <= quantity.precision / 2 or (
        abs(quantity.value - result) <= quantity.precision / 2
    )


def _is_input(quantity: Quantity, derivation: Derivation) -> bool:
    return any(
        equal(quantity, one) or same_thing(quantity, one) or _rounds(quantity, one)
        for one in derivation.inputs
    )


def _rounds(quantity: Quantity, source: Quantity) -> bool:
    """The input with fewer digits (N2): "1.77 million" of 1,765,941."""
    if (quantity.kind, quantity.unit) != (source.kind, source.unit):
        return False
    return (
        quantity.precision >= source.precision
        and abs(quantity.value - source.value) <= quantity.precision / 2
    )
