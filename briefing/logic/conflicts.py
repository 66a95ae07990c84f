"""Where publishers contradict each other: one thing, one window, two values.

A false conflict is worse than a missed one, so every doubt keeps two figures apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from briefing.domain.claim import Citation, Conflict, Direction, Quantity, QuantityKind
from briefing.domain.document import Document, DocumentKind, Span
from briefing.logic.dates import read_dates
from briefing.logic.names import read_names, same_name
from briefing.logic.quantities import equal, read_quantities, same_thing
from briefing.logic.text import content_words, sentences

_MAX_CHARS = 20_000
_MAX_FIGURES = 400
# Words that share a sentence with a figure of another time or another account of it.
_OTHER_TIME = re.compile(
    r"\b(?:earlier|previous(?:ly)?|initial(?:ly)?|revised|originally|at first|"
    r"up from|down from|compared|year ago|last year|instead of|rather than|between|"
    r"forecast|expected|target|goal|limit|so far|each|average|per|would|could|"
    r"might|(?-i:may))\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|against|than|versus|of up to)\s+(?:\w+\s+)?$")
# Chosen: two accounts of one figure differ by less than this factor.
_FARTHEST = 1.6
_ALIKE = 0.4
# Texts further apart may both be right, each for its own day.
_NEWS_CYCLE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class _Figure:
    document: Document
    span: Span
    quantity: Quantity
    noun: str
    stems: frozenset[str]
    near: frozenset[str]
    names: tuple[str, ...]
    windows: frozenset[object]


def find_conflicts(documents: Sequence[Document]) -> tuple[Conflict, ...]:
    """Every pair of independent publishers that give one thing two values, or one
    value two base periods, in order of the documents.
    """
    figures = _figures(documents)
    printed: dict[str, list[Quantity]] = {}
    for figure in figures:
        printed.setdefault(figure.document.id, []).append(figure.quantity)
    found: list[Conflict] = []
    for number, left in enumerate(figures):
        for right in figures[number + 1 :]:
            if left.document.house == right.document.house:
                continue
            is_dispute = _differ(left, right) and not (
                _mentions(printed[left.document.id], right.quantity)
                or _mentions(printed[right.document.id], left.quantity)
            )
            if is_dispute or _bases_differ(left, right):
                _add(found, left, right)
    return tuple(found)


def _figures(documents: Sequence[Document]) -> list[_Figure]:
    found: list[_Figure] = []
    for document in documents:
        if document.kind is DocumentKind.RANKING:
            continue
        if not (document.language or "en").startswith("en"):
            continue
        found.extend(_figures_of(document))
    return found[:_MAX_FIGURES]


def _figures_of(document: Document) -> Iterator[_Figure]:
    text = document.text[:_MAX_CHARS]
    published = document.published_at.date() if document.published_at else None
    for span in sentences(text)[:60]:
        line = text[span.start : span.end]
        if not any(mark.isdigit() for mark in line):
            continue
        names = tuple(name.text for name in read_names(line))
        windows = frozenset(
            mention.window
            for mention in read_dates(line, published=published)
            if mention.window is not None
        )
        quantities = read_quantities(line)
        for quantity in quantities:
            if _is_plain(quantity, line):
                noun = _noun(quantity, line)
                if _has_rival(quantity, noun, quantities, line):
                    noun = ""
                stems, near = _stems(line, quantity)
                yield _Figure(
                    document, span, quantity, noun, stems, near, names, windows
                )


def _is_plain(quantity: Quantity, line: str) -> bool:
    """A figure that states how things are: no ordinal, no range, no small number."""
    if quantity.kind in {QuantityKind.ORDINAL, QuantityKind.MULTIPLE}:
        return False
    if quantity.upper is not None or (
        abs(quantity.value) < 10 and quantity.kind is QuantityKind.COUNT
    ):
        return False
    return not _FROM.search(line[: quantity.span.start])


def _noun(quantity: Quantity, line: str) -> str:
    """What is counted: the unit, else the first plural right behind the figure."""
    if quantity.unit:
        return quantity.unit
    for word in line[quantity.span.end :].split()[:3]:
        bare = word.strip(",.;:")
        if not bare.isalpha() or not bare.islower():
            return ""
        if bare.endswith("s") or bare in {"people", "staff"}:
            return _stem(bare)
        if bare != word:
            return ""
    return ""


def _has_rival(
    quantity: Quantity, noun: str, all_of_them: Sequence[Quantity], line: str
) -> bool:
    """Another figure of the same noun in one sentence: whose is which is a guess."""
    return any(
        other is not quantity
        and other.kind is quantity.kind
        and _noun(other, line) in {noun, ""}
        and other.kind is not QuantityKind.ORDINAL
        for other in all_of_them
    )


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending)
    return word


def _stems(line: str, quantity: Quantity) -> tuple[frozenset[str], frozenset[str]]:
    """Content stems of the sentence, and of the few words around the figure."""
    before = content_words(line[: quantity.span.start])
    after = content_words(line[quantity.span.end :])
    near = [word for word in (*before[-3:], *after[:3]) if word.isalpha()]
    every = [word for word in (*before, *after) if word.isalpha()]
    return frozenset(map(_stem, every)), frozenset(map(_stem, near))


def _differ(left: _Figure, right: _Figure) -> bool:
    ours, theirs = left.quantity, right.quantity
    if ours.kind is not theirs.kind or not left.noun or left.noun != right.noun:
        return False
    if equal(ours, theirs) or equal(theirs, ours) or ours.direction != theirs.direction:
        return False
    if ours.base and theirs.base and ours.base != theirs.base:
        return False
    small, large = sorted((abs(ours.value), abs(theirs.value)))
    if not small or float(large / small) > _FARTHEST:
        return False
    lines = (_line(left), _line(right))
    if any(_OTHER_TIME.search(line) for line in lines):
        return False
    return _about_one_thing(left, right, _ALIKE)


def _about_one_thing(left: _Figure, right: _Figure, least: float) -> bool:
    if not _is_one_time(left, right):
        return False
    is_count = left.quantity.kind is QuantityKind.COUNT
    if is_count and left.near & right.near and not (left.names and right.names):
        return True
    if not _names_agree(left, right):
        return False
    small = min(len(left.stems), len(right.stems))
    return small >= 3 and len(left.stems & right.stems) / small >= least


def _is_one_time(left: _Figure, right: _Figure) -> bool:
    """Same days named, or texts of the same days."""
    if left.windows and right.windows:
        return bool(left.windows & right.windows)
    ours, theirs = left.document.published_at, right.document.published_at
    if ours is None or theirs is None:
        return ours is theirs
    return abs(ours - theirs) <= _NEWS_CYCLE


def _names_agree(left: _Figure, right: _Figure) -> bool:
    """The one with fewer names has none that the other lacks, and they share one."""
    few, many = sorted((left.names, right.names), key=len)
    shared = [name for name in few if any(same_name(name, other) for other in many)]
    return bool(shared) and len(shared) * 2 >= len(few)


def _bases_differ(left: _Figure, right: _Figure) -> bool:
    """One exact value, called a weekly change here and a monthly change there."""
    ours, theirs = left.quantity, right.quantity
    if not (ours.base and theirs.base) or ours.base == theirs.base:
        return False
    is_exact = ours.precision < 1 and same_thing(ours, theirs)
    shares_word = bool(left.stems & right.stems)
    is_one = is_exact and shares_word and _is_one_time(left, right)
    return (is_one and Direction.NONE in {ours.direction, theirs.direction}) or (
        is_one and ours.direction == theirs.direction
    )


def _mentions(printed: Sequence[Quantity], quantity: Quantity) -> bool:
    return any(same_thing(one, quantity) for one in printed)


def _line(figure: _Figure) -> str:
    return figure.document.text[figure.span.start : figure.span.end]


def _cite(figure: _Figure) -> Citation:
    document, span = figure.document, figure.span
    return Citation(document.id, span.start, span.end, document.text_hash)


def _add(found: list[Conflict], left: _Figure, right: _Figure) -> None:
    """A further pair joins the conflict that has one of its values already."""
    about = _about(left, right)
    for index, held in enumerate(found):
        if held.about == about:
            sides = list(held.sides)
            for figure in (left, right):
                sides = _with_side(sides, figure)
            found[index] = Conflict(about, tuple(sides))
            return
    sides = _with_side(_with_side([], left), right)
    if len(sides) >= 2:
        found.append(Conflict(about, tuple(sides)))


def _with_side(
    sides: list[tuple[Quantity, tuple[Citation, ...]]], figure: _Figure
) -> list[tuple[Quantity, tuple[Citation, ...]]]:
    place = _cite(figure)
    for index, (quantity, places) in enumerate(sides):
        same_base = quantity.base == figure.quantity.base
        if same_thing(quantity, figure.quantity) and same_base:
            if place not in places:
                sides[index] = (quantity, (*places, place))
            return sides
    return [*sides, (figure.quantity, (place,))]


_UNITS = {"percent": "percentage", "percentage_point": "percentage points"}


def _about(left: _Figure, right: _Figure) -> str:
    """Subject and metric in words: "the number of jobs at Harbour Works"."""
    quantity = left.quantity
    if left.quantity.base and left.quantity.base != right.quantity.base:
        return f"what the change of {quantity.text} is measured against"
    shared = [
        name
        for name in left.names
        if any(same_name(name, other) for other in right.names)
    ]
    where = f" ({shared[0]})" if shared else ""
    if quantity.kind is QuantityKind.COUNT:
        return f"the number of {_counted(left)}{where}"
    if quantity.kind is QuantityKind.MONEY:
        return f"the sum of money{where}"
    return f"the {_UNITS.get(quantity.unit, quantity.unit)}{where}"


def _counted(figure: _Figure) -> str:
    """The counted noun as the sentence prints it."""
    line = _line(figure)
    behind = line[figure.quantity.span.start :].split()
    for word in behind[:5]:
        bare = word.strip(",.;:")
        if bare.isalpha() and _stem(bare) == _stem(figure.noun):
            return bare
    return figure.noun if figure.noun.endswith("s") else f"{figure.noun}s"
