"""Amounts, changes and streaks that articles state of one item or of the whole.

Held against the snapshots and the kept history. Speaks only of sentences about this
ranking that name one item, or the total, and no group; a figure that stands anywhere in
the snapshots, as an amount or a difference, is somebody's right figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from briefing.domain.claim import (
    Approximation,
    Citation,
    Claim,
    ClaimKind,
    Derivation,
    Direction,
    Formula,
    Quantity,
    QuantityKind,
)
from briefing.domain.document import Document, Span
from briefing.domain.ranking import RankingSnapshot
from briefing.logic.extractive.ranking import Told, figure_in, percent_text
from briefing.logic.extractive.ranking_statements import (
    BASE_WORDS,
    ELSEWHERE,
    Stated,
    hedged,
    house,
)
from briefing.logic.history_claims import BY_THE_RANKING, firsts_claim, rises_claim
from briefing.logic.ranking_diff import change_percent, window_days
from briefing.logic.ranking_groups import group_changes
from briefing.logic.ranking_history import (
    Streak,
    first_streak,
    points,
    rise_streak,
)
from briefing.logic.ranking_text import plain_line, rounded_text, row_span, total_span

_BASES = {1: "day", 7: "week", 30: "month"}
# Chosen: a figure further away is of something else, a nearer one is rounding.
_FAR, _NEAR = Decimal("0.25"), Decimal("0.005")
# Percentage points: nearer ones may differ by how each rounds.
_POINTS = Decimal(2)
_BEFORE = re.compile(
    r"\b(?:(?:week|day) before|previous (?:week|day)|prior (?:week|day)|last week|"
    r"(?:week|day) earlier|yesterday)\b",
    re.IGNORECASE,
)
_DIFFERENCE_AHEAD = re.compile(
    r"\b(?:by|another|additional|extra|gained|gains|lost|loses|added|adds|lead of|"
    r"gap of|increase of|rise of|fall of|drop of|growth of|each|average of)\s*$",
    re.IGNORECASE,
)
_DIFFERENCE_BEHIND = re.compile(
    r"^\W*(?:\w+\W+){0,2}(?:more|less|fewer|higher|lower|ahead|behind|extra|apart|"
    r"a day|per|each|increase|gain|context|parameters?)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:in total|altogether|all (?:models|items|tokens|packages|downloads)|"
    r"platform (?:as a whole|total)|total (?:traffic|volume|usage)|"
    r"the whole platform)\b",
    re.IGNORECASE,
)
_STREAK = re.compile(
    r"\b(?:straight|consecutive) (?:weeks?|days?|months?)\b(?: in a row)?"
    r"|\b(?:weeks?|days?|months?) (?:in a row|running)\b",
    re.IGNORECASE,
)
_LED = re.compile(r"\b(?:first|lead|leads|led|top|tops|topped|number one)\b", re.I)
_ROSE = re.compile(r"\b(?:rose|rises?|rising|grew|grows?|gains?|gained|increase)", re.I)
_LONGEST_STREAK = 100


def wrong_level(told: Told, stated: Stated) -> Claim | None:
    """An amount of an item, or of all, that no snapshot has."""
    said = stated.quantity
    about = _about(told, stated)
    if about is None or said.approximation is not Approximation.EXACT:
        return None
    before, after = _around(stated)
    if _DIFFERENCE_AHEAD.search(before) or _DIFFERENCE_BEHIND.match(after):
        return None
    name, key = about
    is_past = _BEFORE.search(after) is not None
    snapshot, document = (
        (told.base, told.document_base) if is_past else (told.newest, told.document)
    )
    if snapshot is None or document is None:
        return None
    held = _figure(snapshot, document, key)
    if held is None:
        return None
    figure, place = held
    if (figure.kind, figure.unit) != (said.kind, said.unit) or not figure.value:
        return None
    away = abs(said.value - figure.value) / figure.value
    if not _NEAR < away <= _FAR or _stands_somewhere(told, said):
        return None
    when = f" {_step(told)} before" if is_past else ""
    made = Derivation(
        Formula.DIFFERENCE,
        (replace(said, base=""), figure),
        (stated.citation, place),
        said.value - figure.value,
    )
    text = (
        f"{stated.publisher} gives {said.text} for {name}"
        f"{f' in the{when}' if when else ''}; the ranking has "
        f"{rounded_text(told.newest.unit, figure.value)}."
    )
    return Claim(text, ClaimKind.DERIVED, (stated.citation, place), made)


def wrong_change(told: Told, stated: Stated) -> Claim | None:
    """A percentage that an item, or all, is said to have moved by, and has not."""
    said, about = stated.quantity, _about(told, stated)
    ours = _BASES.get(window_days(told.newest) or 0, "")
    if about is None or said.kind is not QuantityKind.PERCENT or said.base != ours:
        return None
    if not ours or said.approximation is not Approximation.EXACT:
        return None
    if told.base is None or told.document_base is None:
        return None
    name, key = about
    now = _figure(told.newest, told.document, key)
    was = _figure(told.base, told.document_base, key)
    result = change_percent(was[0].value, now[0].value) if now and was else None
    if now is None or was is None or result is None:
        return None
    signed = -said.value if said.direction is Direction.DOWN else said.value
    is_turned = said.direction is not Direction.NONE and signed * result < 0
    if abs(abs(result) - abs(said.value)) <= _POINTS and not is_turned:
        return None
    made = Derivation(Formula.CHANGE, (now[0], was[0]), (now[1], was[1]), result)
    way = "a rise" if result > 0 else "a fall"
    text = (
        f"{stated.publisher} gives {hedged(said)} for the change of {name} "
        f"{BASE_WORDS[ours]}; by the ranking it is {way} of "
        f"{percent_text(abs(result))}."
    )
    places = (stated.citation, now[1], was[1])
    return Claim(text, ClaimKind.DERIVED, places, made)


def wrong_streak(told: Told, stated: Stated) -> Claim | None:
    """A number of steps in a row that the kept history does not give."""
    history, document = told.history, told.document_history
    about = _about(told, stated)
    if about is None or not about[1] or history is None or document is None:
        return None
    count, counted = stated.quantity.value, _counted(stated)
    if not counted or not 2 < count < _LONGEST_STREAK:
        return None
    if about[1] not in {line.key for line in history.lines}:
        return None
    course = points(history, about[1])
    if _LED.search(stated.sentence):
        found, ours = first_streak(course), firsts_claim(history, document, about[1])
    elif _ROSE.search(stated.sentence):
        found, ours = rise_streak(course), rises_claim(history, document, about[1])
    else:
        return None
    if ours is None or _may_be(found, count):
        return None
    text = f"{stated.publisher} counts {counted}; {BY_THE_RANKING}{ours.text}"
    return replace(ours, text=text, citations=(stated.citation, *ours.citations))


def _may_be(found: Streak, count: Decimal) -> bool:
    """What began before the first snapshot may be longer than we know."""
    return count == found.length or (found.is_at_least and count > found.length)


def _counted(stated: Stated) -> str:
    """ "the third week in a row" as the sentence has it, "" if the figure counts no
    steps.
    """
    span, sentence = stated.quantity.span, stated.sentence
    for match in _STREAK.finditer(sentence):
        if match.end() > span.start and match.start() <= span.end + 1:
            words = sentence[span.start : max(span.end, match.end())]
            is_ordinal = stated.quantity.kind is QuantityKind.ORDINAL
            return f"the {words}" if is_ordinal else words
    return ""


def _about(told: Told, stated: Stated) -> tuple[str, str] | None:
    """(name, key) of the one item that a sentence about this ranking names, or of the
    whole with key ""; None if it names several, or a group, or another time.
    """
    sentence = stated.sentence
    board = house(told.document).casefold()
    about = f"{stated.document.title} {sentence}".casefold()
    if not board or board not in about or ELSEWHERE.search(sentence):
        return None
    low = sentence.casefold()
    groups = group_changes(told.base, told.newest) if told.base else ()
    if any(one.name.casefold() in low for one in groups):
        return None
    named: list[tuple[str, str]] = []
    # The longest names first: "Larkspur 4 Pro" is not "Larkspur 4".
    for row in sorted(told.newest.rows, key=lambda one: -len(one.label)):
        label = re.compile(rf"(?<!\w){re.escape(row.label.casefold())}(?![\w-])")
        if label.search(low):
            named.append((plain_line(row.label), row.key))
            low = label.sub(" ", low)
    if len(named) == 1:
        return None if _WHOLE.search(sentence) else named[0]
    if not named and _WHOLE.search(sentence):
        unit = f"all {told.newest.unit}s" if told.newest.unit else "the whole ranking"
        return unit, ""
    return None


def _around(stated: Stated) -> tuple[str, str]:
    """What stands before and behind the figure, up to the next figure's clause."""
    span, sentence = stated.quantity.span, stated.sentence
    after = re.split(r"[;,]| than | from | to | against ", sentence[span.end :])[0]
    return sentence[: span.start], after


def _figure(
    snapshot: RankingSnapshot, document: Document, key: str
) -> tuple[Quantity, Citation] | None:
    if key and not any(row.key == key for row in snapshot.rows):
        return None
    span: Span | None = row_span(snapshot, key) if key else total_span(snapshot)
    if span is None:
        return None
    figure, place = figure_in(document, span)
    return (figure, place) if figure is not None else None


def _stands_somewhere(told: Told, said: Quantity) -> bool:
    """Whether any snapshot has the figure: of an item, a sum, or a difference."""
    room = said.precision / 2
    return any(abs(said.value - one) <= room for one in _amounts(told))


def _amounts(told: Told) -> Iterator[Decimal]:
    kept = [one for one in (told.newest, told.before, told.base) if one is not None]
    for snapshot in kept:
        held = [row.value for row in snapshot.rows if row.value is not None]
        yield from held
        if snapshot.total is not None:
            yield snapshot.total
        yield from (abs(a - b) for a, b in combinations(held[:20], 2))
    for old, new in combinations(kept, 2):
        was = {row.key: row.value for row in old.rows}
        for row in new.rows:
            earlier = was.get(row.key)
            if row.value is not None and earlier is not None:
                yield abs(row.value - earlier)
    if told.base is not None:
        for moved in group_changes(told.base, told.newest):
            sums = (moved.before, moved.after)
            yield from (one.value for one in sums if one is not None)
    if told.history is not None:
        for line in told.history.lines:
            for point in points(told.history, line.key):
                if point.value is not None:
                    yield point.value


def _step(told: Told) -> str:
    return _BASES.get(window_days(told.newest) or 0, "step")
