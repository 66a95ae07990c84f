"""What a sentence holds, read once: words, fingerprints, quantities, names, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.domain.claim import DateMention, Quantity, QuantityKind
from briefing.domain.document import Span
from briefing.logic.dates import read_dates
from briefing.logic.names import read_names
from briefing.logic.quantities import read_quantities
from briefing.logic.text import content_words, normalise, plain_marks, shingles, words

_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence taken apart; quantities and dates inside quotations are left out.

    Attributes:
        normal: one spelling for comparison.
        grams: fingerprints of its runs of five words.
        words: lower case, in order.
        content: its words without function words.
        quantities: outside quotations, in order.
        names: as printed.
        dates: outside quotations, in order; relative ones are not resolved.
        unquoted: the text with quotations blanked out, same length.
    """

    normal: str
    grams: frozenset[int]
    words: tuple[str, ...]
    content: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    names: tuple[str, ...]
    dates: tuple[DateMention, ...]
    unquoted: str


def quotations(text: str) -> tuple[Span, ...]:
    """Places of the passages in quotation marks, marks included."""
    return tuple(Span(*match.span()) for match in _QUOTED.finditer(text))


# A fixed point loop reads the same forty sentences many times over.
@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """The sentence's parts; the same text gives the same reading."""
    unquoted = _QUOTED.sub(lambda match: " " * len(match.group()), text)
    return Reading(
        normal=normalise(text),
        grams=shingles(text, 5),
        words=words(text),
        content=tuple(word for word in content_words(plain_marks(text))),
        quantities=read_quantities(unquoted),
        names=tuple(name.text for name in read_names(text)),
        dates=read_dates(unquoted, published=None),
        unquoted=unquoted,
    )


def is_minor(quantity: Quantity) -> bool:
    """Ordinals and bare counts up to ten: too common to identify a fact by."""
    if quantity.kind is QuantityKind.ORDINAL:
        return True
    small = abs(quantity.value) <= 10
    return quantity.kind is QuantityKind.COUNT and not quantity.unit and small
