"""A number under construction: what the finder passes to the readers of its context."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.domain.claim import QuantityKind
from briefing.logic.quantities.numerals import Numeral
from briefing.logic.quantities.tokens import Token


@dataclass(slots=True)
class Found:
    """A number under construction.

    Attributes:
        numeral: value and precision, scale applied, without sign.
        kind: what sort of number.
        unit: canonical unit, "" if none.
        start: offset of the first printed character, sign and currency included.
        end: offset after the last one, unit included.
        first: index of the first token.
        after: index of the token after the last.
        sign: "", "+" or "-".
        is_digits: printed in digits.
        is_scaled: a scale word or letter was printed.
        is_vague: "thousands".
        noun_end: offset after the counted noun where adjectives part it from the
            number, else None.
    """

    numeral: Numeral
    kind: QuantityKind
    unit: str
    start: int
    end: int
    first: int
    after: int
    sign: str = ""
    is_digits: bool = True
    is_scaled: bool = False
    is_vague: bool = False
    noun_end: int | None = None

    def close(self, tokens: list[Token], after: int) -> bool:
        """Ends the number before token `after`; True, so that a reader can say so."""
        self.after, self.end = after, tokens[after - 1].end
        return True
