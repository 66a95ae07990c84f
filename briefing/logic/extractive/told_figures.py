"""Which figures of a sentence a reader has met already, in some precision."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.domain.claim import Quantity, QuantityKind
from briefing.logic.quantities import equal, same_amount
from briefing.logic.rules.reading import Reading, is_minor
from briefing.logic.rules.repetition import is_among, is_distinctive

_FEW = 10
# Chosen: fewer of one thing than these may be rounded to others by chance.
_MANY = 1000


def figures_of(reading: Reading) -> list[Quantity]:
    """The quantities that say how much, minor ones left out."""
    return [one for one in reading.quantities if not is_minor(one)]


def is_small(figure: Quantity) -> bool:
    """ "Four countries", "two doses": hardly more than a word."""
    return figure.kind is QuantityKind.COUNT and abs(figure.value) <= _FEW


def is_told(figure: Quantity, told: Sequence[Quantity]) -> bool:
    """One of `told` is the figure, or the figure more or less exactly printed."""
    return any(is_same(figure, one) for one in told)


def is_same(figure: Quantity, other: Quantity) -> bool:
    """Both are one figure, in whatever precision and form."""
    kinds = {figure.kind, other.kind}
    if len(kinds) > 1 and QuantityKind.MULTIPLE not in kinds:
        # Asked of every pair in a story, and most of them end here.
        return False
    if is_among(figure, (other,)):
        return True
    return _is_rounded(figure, other) and (
        (is_distinctive(figure) and is_distinctive(other))
        # "19,400 children", "about 19,000 children".
        or _is_count_of(figure, other)
    )


def rounds(figure: Quantity, told: Sequence[Quantity]) -> bool:
    """ "About 19,000 children" beside "19,400 children" would pass for two counts."""
    return figure.kind is QuantityKind.COUNT and any(
        _is_count_of(figure, one)
        and not same_amount(figure, one)
        and _is_rounded(figure, one)
        for one in told
    )


def _is_rounded(figure: Quantity, other: Quantity) -> bool:
    """One of the two is the other, as exact or less."""
    return equal(figure, other) or equal(other, figure)


def _is_count_of(figure: Quantity, other: Quantity) -> bool:
    """Both count many of one thing."""
    is_alike = figure.unit != "" and figure.unit == other.unit
    return is_alike and figure.value >= _MANY
