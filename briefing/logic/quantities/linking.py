"""Numbers that share what is printed once: ranges, and "$0.14 / $0.28 per token"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from briefing.domain.claim import QuantityKind
from briefing.logic.quantities.found import Found
from briefing.logic.quantities.tokens import Token

_DASHES = frozenset("-–—‑")
_LARGEST = 10**12  # "trillion": no word in use goes further


@dataclass(slots=True)
class Linked:
    """A number, and the far end of its range if it has one."""

    found: Found
    upper: Decimal | None = None


def link(tokens: list[Token], numbers: list[Found]) -> list[Linked]:
    """The numbers with ranges joined into one and shared scales and units spread."""
    linked: list[Linked] = []
    index = 0
    while index < len(numbers):
        left = numbers[index]
        right = numbers[index + 1] if index + 1 < len(numbers) else None
        if right is None:
            linked.append(Linked(left))
            break
        joint = tokens[left.after : right.first]
        if len(joint) <= 2 and _is_range(tokens, left, right, joint):
            _share(left, right)
            linked.append(_joined(left, right))
            index += 2
            continue
        if _is_list(joint):
            _share_unit(left, right, may_be_money=joint[0].low == "/")
        linked.append(Linked(left))
        index += 1
    return linked


def _is_range(
    tokens: list[Token], left: Found, right: Found, joint: list[Token]
) -> bool:
    if left.sign == "-" or right.sign == "-" or left.is_vague or right.is_vague:
        return False
    if QuantityKind.ORDINAL in {left.kind, right.kind}:
        return False
    if not _may_share(left, right) or len(joint) != 1:
        return False
    before = tokens[left.first - 1].low if left.first else ""
    word = joint[0].low
    if word == "and":
        return before == "between" and _least(left, right) < right.numeral.value
    if word == "to" or word in _DASHES:
        if before == "from" and word == "to":
            earlier = tokens[left.first - 2].low if left.first > 1 else ""
            if earlier not in {"ranging", "range", "ranged", "ranges"}:
                return False
        return _least(left, right) < right.numeral.value
    if word == "or":
        return right.numeral.value - left.numeral.value == 1
    return False


def _least(left: Found, right: Found) -> Decimal:
    """The left value once it has the scale that is printed on the right only."""
    if right.is_scaled and not left.is_scaled and right.numeral.precision >= 1:
        scale = _scale(right)
        if left.numeral.value < scale:
            return left.numeral.value * scale
    return left.numeral.value


def _scale(right: Found) -> Decimal:
    """The power of ten that the right number's scale word stands for."""
    scale = Decimal(1)
    while scale * 1000 <= right.numeral.value and scale < _LARGEST:
        scale *= 1000
    return scale


def _may_share(left: Found, right: Found) -> bool:
    if left.kind is right.kind and (
        left.unit == right.unit or right.unit.startswith(left.unit + "/")
    ):
        return True
    if left.unit == "" and left.kind is QuantityKind.COUNT and left.noun_end is None:
        return True
    # "$3 billion to 5 billion", "$3-5 billion": the sign is printed once.
    return left.kind is QuantityKind.MONEY and right.kind is QuantityKind.COUNT and (
        right.unit == "" and right.is_digits
    )  # fmt: skip


def _share(left: Found, right: Found) -> None:
    if right.is_scaled and not left.is_scaled:
        factor = _scale(right)
        if left.numeral.value < factor:
            left.numeral = left.numeral.times(int(factor))
            left.is_scaled = True
    _share_unit(left, right, may_be_money=True)


def _share_unit(left: Found, right: Found, *, may_be_money: bool) -> None:
    if left.kind is QuantityKind.MONEY and right.kind is QuantityKind.COUNT:
        if right.unit == "" and may_be_money:
            right.kind, right.unit = left.kind, left.unit
    elif left.unit == "" and left.kind is QuantityKind.COUNT:
        if right.kind in {QuantityKind.ORDINAL, QuantityKind.MULTIPLE}:
            return
        if right.kind is QuantityKind.MONEY and not may_be_money:
            return
        left.kind, left.unit = right.kind, right.unit
    elif left.kind is right.kind and right.unit.startswith(left.unit + "/"):
        left.unit = right.unit


def _joined(left: Found, right: Found) -> Linked:
    upper = right.numeral.value
    left.end, left.after = right.end, right.after
    left.noun_end = right.noun_end
    left.unit = right.unit
    return Linked(left, upper)


def _is_list(joint: list[Token]) -> bool:
    """ "3 and 5 percent", "$0.14 / $0.28 per token"."""
    return len(joint) == 1 and joint[0].low in {"/", "and", "or", "to"}
