"""Quantities of a text, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from briefing.domain.claim import Approximation, DateMention, Direction, Quantity
from briefing.domain.claim import QuantityKind as Kind
from briefing.domain.document import Span
from briefing.logic.dates import read_dates
from briefing.logic.quantities import context, masks, subjects
from briefing.logic.quantities.finding import find
from briefing.logic.quantities.found import Found
from briefing.logic.quantities.linking import Linked, link
from briefing.logic.quantities.tokens import Token, tokenise
from briefing.logic.text import sentences

_MAYBE = re.compile(
    r"[0-9]|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|half|dozens?|hundreds?|thousands?"
    r"|millions?|billions?|trillions?|first|second|thirds?|fourth|fifth|sixth|seventh"
    r"|eighth|ninth|tenth|\w+teenth|\w+tieth|twelfth|eleventh|quarter|twice|thrice"
    r"|doubl\w+|tripl\w+|quadrupl\w+|quintupl\w+|halv\w+|\w+fold|tens)\b",
    re.IGNORECASE,
)
# Longer than any sentence: a whole text, which takes milliseconds and much room.
_KEPT_CHARS = 1_000
_ACCOUNTING = re.compile(r"[|\t]|^[\s\d.,()$€£%+-]+$")


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in order of position, none overlapping another.

    Dates, years, times of day, numbers inside names and versions, citation marks, list
    numbers, telephone numbers and the pronoun "one" are none.

    `text` of a quantity covers sign, currency, numeral, scale and unit as printed; the
    counted noun only where it stands right behind ("4,200 jobs", but "4,200" of
    "4,200 new jobs", whose unit is still "job"). A range is one quantity with `upper`,
    from the first end to the second. Vague plurals ("thousands of jobs") are ABOUT,
    from their least value up to ten times that. A fraction ("two-thirds") is a
    MULTIPLE of 0.666667. Basis points come as percentage points, cents as dollars.
    """
    return _kept(text) if len(text) <= _KEPT_CHARS else _kept_whole(text)


def _read(text: str) -> tuple[Quantity, ...]:
    found: list[Quantity] = []
    for span in sentences(text):
        if _MAYBE.search(text, span.start, span.end):
            found.extend(_sentence(text, span))
    return tuple(found)


# Writer and rules read the same sentences dozens of times: half of an edition's time
# (measured on the sample days).
_kept = lru_cache(maxsize=4096)(_read)
# Choosing, writing, checking and scoring a story look at the same texts in turn.
_kept_whole = lru_cache(maxsize=64)(_read)


def _sentence(text: str, span: Span) -> Iterator[Quantity]:
    # The masks look one line up and down; an offset keeps them inside the sentence.
    line = text[span.start : span.end]
    mentions = read_dates(line, published=None)
    masked = [
        Span(one.start + span.start, one.end + span.start)
        for one in masks.masked(line, [mention.span for mention in mentions])
    ]
    tokens = tokenise(text, span.start, span.end)
    linked = link(tokens, list(find(tokens, masked)))
    if not linked:
        return
    ways = [context.direction(tokens, one.found) for one in linked]
    for index in range(len(linked)):
        if ways[index] is Direction.NONE and index and _goes_on(tokens, linked, index):
            ways[index] = ways[index - 1]
        yield _quantity(text, span, tokens, linked, ways, index, mentions)


def _goes_on(tokens: list[Token], linked: list[Linked], index: int) -> bool:
    """ "Rose 5% and 3%": the second has the direction of the first."""
    left, right = linked[index - 1].found, linked[index].found
    joint = [token.low for token in tokens[left.after : right.first]]
    return left.kind is right.kind and left.kind is Kind.PERCENT and joint == ["and"]


def _quantity(
    text: str,
    span: Span,
    tokens: list[Token],
    linked: list[Linked],
    ways: list[Direction],
    index: int,
    mentions: tuple[DateMention, ...],
) -> Quantity:
    found, upper = linked[index].found, linked[index].upper
    way = ways[index]
    is_change = way is not Direction.NONE or found.kind in {
        Kind.PERCENT, Kind.POINTS, Kind.MULTIPLE,
    }  # fmt: skip
    window, as_of = subjects.day_and_window(mentions)
    value = _signed(text, span, found, way)
    if found.is_vague:
        upper = found.numeral.value * 10
    end = found.end if found.noun_end is None else found.noun_end
    return Quantity(
        value=_plain(value),
        kind=found.kind,
        unit=found.unit,
        precision=found.numeral.precision.normalize(),
        text=text[found.start : found.end],
        span=Span(found.start, found.end),
        direction=way,
        approximation=_approximation(text, linked, index, span.start),
        upper=None if upper is None else _plain(upper),
        base=_base(text, span, linked, ways, index) if is_change else "",
        subject=subjects.subject(text, found.start, span.start),
        metric=subjects.metric(text, found, end, span.start),
        window=window,
        as_of=as_of,
    )


def _plain(value: Decimal) -> Decimal:
    """The value without trailing zeros and without an exponent: 3430000000000."""
    is_whole = value == value.to_integral_value()
    return value.quantize(Decimal(1)) if is_whole else value.normalize()


def _approximation(
    text: str, linked: list[Linked], index: int, floor: int
) -> Approximation:
    found = linked[index].found
    if found.kind is Kind.ORDINAL:
        return Approximation.EXACT
    before = linked[index - 1].found if index else None
    if (
        before is not None
        and before.kind is found.kind
        and before.unit != found.unit
        and text[before.end : found.start] == " ("
    ):
        # "Almost $95m (£62m)": one amount, said once to be less.
        return context.approximation(text, before, floor)
    return context.approximation(text, found, floor)


def _signed(text: str, span: Span, found: Found, way: Direction) -> Decimal:
    """A printed minus makes a level negative; of a move the direction holds it."""
    value = found.numeral.value
    if found.sign == "-" and way is not Direction.DOWN:
        return -value
    if _is_in_brackets(text, found) and _ACCOUNTING.search(
        text[span.start : span.end][:400]
    ):  # fmt: skip
        return -value
    return value


def _is_in_brackets(text: str, found: Found) -> bool:
    """(1,234) in a table's cell: an accountant's minus."""
    return (
        found.start > 0
        and text[found.start - 1] == "("
        and text[found.end : found.end + 1] == ")"
        and found.is_digits
    )


def _base(
    text: str, span: Span, linked: list[Linked], ways: list[Direction], index: int
) -> str:
    """Reads the base of a change between the changes before and after it."""
    before = max(
        (
            linked[other].found.end
            for other in range(max(0, index - 3), index)
            if ways[other] is not Direction.NONE
        ),
        default=span.start,
    )
    after = min(
        (
            linked[other].found.start
            for other in range(index + 1, min(len(linked), index + 4))
            if ways[other] is not Direction.NONE
        ),
        default=span.end,
    )
    return context.base(text, linked[index].found, before, after)
