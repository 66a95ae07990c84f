"""What is said and what it rests on: Quantity, DateMention, Citation, Claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from briefing.domain.document import Span
from briefing.domain.ranking import Window


class Direction(StrEnum):
    """Which way a quantity says that something moved."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Approximation(StrEnum):
    """The word in front of a figure: "about", "more than", "at least" and their kin."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class QuantityKind(StrEnum):
    """What sort of number it is; quantities of different kinds are never equal."""

    COUNT = "count"
    FIRSTS = "a = b = ... = 1"
    RISES = "a > b > ..."
    RECORD = "a > all others"
    SHARE_CHANGE = "a / b * 100 - c / d * 100"
    SHARE_OF_CHANGE = "(a - b) / (c - d) * 100"
    PASSED = "a < c and b > d"
    TOP_SHARE = "(a + b + ...) / z * 100"
    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    ORDINAL = "ordinal"
    MULTIPLE = "multiple"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as somebody printed it, with everything needed to compare or recompute.

    `3.43T`, `3.43 trillion` and `3,430,000,000,000` have one `value`; what differs is
    `precision`.

    Attributes:
        value: scale and sign applied (3.43T is 3430000000000; "minus 3" is -3).
            A move keeps its size here and its sense in `direction`: "fell 12%" is
            12, DOWN; "-12%" is 12, DOWN as well.
        kind: count, money, percent, percentage points, ordinal, multiple, measure.
        unit: canonical and singular: "token", "USD", "percent", "percentage_point",
            "km"; "" when the text gives none.
        precision: worth of one step of the last printed digit (1E+10 for 3.43T), > 0.
        text: exactly as printed, text[span.start:span.end].
        span: where it stands in the text that was read.
        direction: from a sign or a word of movement next to it.
        approximation: from the word in front of it.
        upper: the far end of a range ("3 to 5 million"), else None.
        base: what a move is measured against: "week", "month", "quarter", "year" for
            week-over-week and so on; "" when the sentence does not say.
        subject: whose quantity it is as far as the sentence tells, "" if it does not.
        metric: what is measured ("weekly tokens"), "" if the sentence does not tell.
        window: days it covers, None if not stated.
        as_of: day it was true, None if not stated.
    """

    value: Decimal
    kind: QuantityKind
    unit: str
    precision: Decimal
    text: str
    span: Span
    direction: Direction = Direction.NONE
    approximation: Approximation = Approximation.EXACT
    upper: Decimal | None = None
    base: str = ""
    subject: str = ""
    metric: str = ""
    window: Window | None = None
    as_of: date | None = None


class Grain(StrEnum):
    """How exact a date expression is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression in a text, resolved where that can be done honestly.

    Attributes:
        text: as printed ("18-24 May", "last Tuesday").
        span: where it stands.
        window: the days meant; None if it cannot be resolved (no year, no anchor).
        grain: how exact it is.
        is_relative: needs the publication date to be understood ("on Tuesday").
        has_year: the year is printed in the expression itself.
    """

    text: str
    span: Span
    window: Window | None
    grain: Grain
    is_relative: bool
    has_year: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a stored text; the hash lets it be checked again years later.

    Attributes:
        document_id: whose text.
        start: offset of the first character.
        end: offset after the last character.
        text_hash: sha256 of the whole text when it was cited.
    """

    document_id: str
    start: int
    end: int
    text_hash: str


class Formula(StrEnum):
    """The arithmetic that we allow ourselves; `a`, `b` ... are the inputs in order.

    FIRSTS counts its inputs, ranks that are all 1. RISES has the newest value first and
    counts the steps up to it, each higher than the one before. RECORD has it first too
    and counts the values of which it is the highest. TOP_SHARE has the whole last.
    PASSED counts those that were passed: the ranks of who passed them, now and before,
    then theirs.
    """

    SHARE = "a / b * 100"
    CHANGE = "(a - b) / b * 100"
    RATIO = "a / b"
    DIFFERENCE = "a - b"
    SUM = "a + b + ..."
    COUNT = "count"
    FIRSTS = "a = b = ... = 1"
    RISES = "a > b > ..."
    RECORD = "a > all others"
    SHARE_CHANGE = "a / b * 100 - c / d * 100"
    SHARE_OF_CHANGE = "(a - b) / (c - d) * 100"
    PASSED = "a < c and b > d"
    TOP_SHARE = "(a + b + ...) / z * 100"


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a derived number was computed; the checker recomputes it.

    Attributes:
        formula: which arithmetic.
        inputs: in the formula's order, each read from its citation.
        citations: where each input stands, same order and length as `inputs`.
        result: the exact value before rounding.
    """

    formula: Formula
    inputs: tuple[Quantity, ...]
    citations: tuple[Citation, ...]
    result: Decimal


class ClaimKind(StrEnum):
    """How we know it."""

    REPORTED = "reported"
    QUOTED = "quoted"
    DERIVED = "derived"
    BACKGROUND = "background"
    INFERENCE = "inference"


class Status(StrEnum):
    """The checker's finding on one claim."""

    SUPPORTED = "SUPPORTED"
    REFUTED = "REFUTED"
    NOT_ENOUGH_INFO = "NOT_ENOUGH_INFO"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the evidence says of a claim.

    Attributes:
        status: supported, refuted, or not enough information.
        rule: id of the rule that decided ("N1", "C3"); "" when supported.
        reason: one sentence that a reader understands.
        evidence: the spans that the finding rests on, best first.
    """

    status: Status
    rule: str
    reason: str
    evidence: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence with its evidence.

    Attributes:
        text: the sentence as readers see it, final punctuation included, no marks.
        kind: reported, quoted, derived, background or inference.
        citations: what it rests on; empty only for an inference.
        derivation: for a derived claim: the arithmetic.
        verdict: None until it was checked.
        written: what the writer had put, when the checker replaced the text.
        edits: how a sentence of a source was changed: "shortened", "date resolved",
            "reference resolved", "quantity normalised"; () if it stands there as it is
            or if a model phrased it.
    """

    text: str
    kind: ClaimKind
    citations: tuple[Citation, ...] = ()
    derivation: Derivation | None = None
    verdict: Verdict | None = None
    written: str | None = None
    edits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more publishers give different values for one thing.

    Attributes:
        about: subject and metric in words, for a reader.
        sides: each value with the places that state it; at least two, by first seen.
    """

    about: str
    sides: tuple[tuple[Quantity, tuple[Citation, ...]], ...]
