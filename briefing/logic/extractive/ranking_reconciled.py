"""What articles state of a ranking, held against the ranking's own snapshots.

A figure that agrees needs no word. One that does not is told with both sides, as a
derived sentence whose arithmetic the checker does again. Where in doubt nothing is
said: a false correction is worse than a missed one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from briefing.domain.claim import (
    Approximation,
    Citation,
    Claim,
    ClaimKind,
    Derivation,
    Formula,
    Quantity,
    QuantityKind,
)
from briefing.domain.story import Story
from briefing.logic.extractive.ranking import (
    Told,
    figure_in,
    row_figure,
    share_text,
)
from briefing.logic.extractive.ranking_levels import (
    wrong_change,
    wrong_level,
    wrong_streak,
)
from briefing.logic.extractive.ranking_statements import (
    BASE_WORDS,
    ELSEWHERE,
    Stated,
    hedged,
    statements,
)
from briefing.logic.quantities import equal, read_quantities
from briefing.logic.ranking_diff import change_percent, share_percent, window_days
from briefing.logic.ranking_groups import group_changes
from briefing.logic.ranking_text import (
    group_span,
    plain_line,
    total_span,
)

# "45% of its traffic", "a third of all tokens": the whole must be the ranking's.
_OF_ALL = re.compile(
    r"\bof (?:(?:all|the|its|their|total|platform|whole|entire|overall)\s+)*"
    r"(?:tokens?|traffic|usage|use|volume|downloads?|requests?|platform|ranking|total|"
    r"market)\b",
    re.IGNORECASE,
)
_BASES = {1: "day", 7: "week", 30: "month"}
# Chosen: closer shares may differ by how each rounds and counts.
_FAR_APART = Decimal(2)


def reconciled(story: Story, told: Told) -> tuple[Claim, ...]:
    """A sentence for each figure that the snapshots do not bear out, in the order of
    the documents; each figure once.
    """
    found: dict[str, Claim] = {}
    for stated in statements(story.documents):
        claim = next((one for look in _LOOKS if (one := look(told, stated))), None)
        if claim is not None:
            found.setdefault(stated.quantity.text, claim)
    return tuple(found.values())


def as_disputed(
    claims: Sequence[Claim], disputes: Sequence[Claim], holds: Callable[[Claim], bool]
) -> tuple[Claim, ...]:
    """The claims, with each percentage as exact as a dispute of it has it, if that
    `holds`: "19.9%" here and "19.89%" below would pass for two figures.
    """
    stated = [one for dispute in disputes for one in read_quantities(dispute.text)]
    made = []
    for claim in claims:
        text = claim.text
        for ours in reversed(read_quantities(text)):
            exact = next((one for one in stated if _rounds_to(one, ours)), None)
            if exact is not None:
                text = text[: ours.span.start] + exact.text + text[ours.span.end :]
        short = replace(claim, text=text)
        made.append(short if text != claim.text and holds(short) else claim)
    return tuple(made)


def _rounds_to(exact: Quantity, printed: Quantity) -> bool:
    is_percent = exact.kind is printed.kind is QuantityKind.PERCENT
    finer = exact.precision < printed.precision
    return is_percent and finer and equal(printed, exact)


def _wrong_share(told: Told, stated: Stated) -> Claim | None:
    """A share of the whole that is far from what the rows add up to."""
    if stated.quantity.kind is not QuantityKind.PERCENT:
        return None
    if stated.quantity.base or ELSEWHERE.search(stated.sentence):
        return None
    if not _OF_ALL.match(stated.sentence[stated.quantity.span.end :].lstrip(" ")):
        return None
    held = _part(told, stated.sentence)
    if held is None:
        return None
    part, place, name = held
    span = total_span(told.newest)
    whole, place_whole = figure_in(told.document, span) if span else (None, place)
    result = share_percent(part.value, whole.value) if whole else None
    if whole is None or result is None or _agrees(stated.quantity, result):
        return None
    unit = f"all {told.newest.unit}s" if told.newest.unit else "the total"
    made = Derivation(Formula.SHARE, (part, whole), (place, place_whole), result)
    text = (
        f"{stated.publisher} gives {name} {hedged(stated.quantity)} of {unit}; by the "
        f"ranking it is {share_text(result)}."
    )
    citations = (stated.citation, place, place_whole)
    return Claim(text, ClaimKind.DERIVED, citations, made)


def _part(told: Told, sentence: str) -> tuple[Quantity, Citation, str] | None:
    """What the sentence speaks of: the one group it names, else the leading item."""
    low = sentence.casefold()
    names = [
        moved.name
        for moved in (group_changes(told.base, told.newest) if told.base else ())
        if moved.after is not None and moved.name.casefold() in low
    ]
    if len(names) == 1:
        amount, place = figure_in(told.document, group_span(told.newest, names[0]))
        return (amount, place, plain_line(names[0])) if amount else None
    if not names and told.row.label.casefold() in low:
        amount, place = row_figure(told)
        return (amount, place, plain_line(told.row.label)) if amount else None
    return None


def _agrees(said: Quantity, result: Decimal) -> bool:
    """Within its own hedge: "over 45%" is right for 46 and wrong for 32."""
    if said.approximation in {Approximation.OVER, Approximation.AT_LEAST}:
        return result >= said.value - _FAR_APART
    if said.approximation in {Approximation.UNDER, Approximation.AT_MOST}:
        return result <= said.value + _FAR_APART
    return abs(said.value - result) <= _FAR_APART


def _wrong_base(told: Told, stated: Stated) -> Claim | None:
    """A change of two decimals that is right, but called one on another period."""
    quantity = stated.quantity
    ours = _BASES.get(window_days(told.newest) or 0, "")
    is_exact = quantity.kind is QuantityKind.PERCENT and quantity.precision <= Decimal(
        "0.01"
    )
    if not ours or not is_exact or quantity.base in {"", ours}:
        return None
    if quantity.base not in BASE_WORDS:
        return None
    for name, now, was, place, place_was in _pairs(told):
        result = change_percent(was.value, now.value)
        if result is None:
            continue
        if abs(abs(result) - abs(quantity.value)) > quantity.precision / 2:
            continue
        made = Derivation(Formula.CHANGE, (now, was), (place, place_was), result)
        text = (
            f"By the ranking, {quantity.text} is the change of {name} "
            f"{BASE_WORDS[ours]}."
        )
        citations = (place, place_was, stated.citation)
        return Claim(text, ClaimKind.DERIVED, citations, made)
    return None


def _pairs(
    told: Told,
) -> Iterator[tuple[str, Quantity, Quantity, Citation, Citation]]:
    """What the newest snapshot and its base both state: the total, then each group."""
    if told.base is None or told.document_base is None:
        return
    unit = f"all {told.newest.unit}s" if told.newest.unit else "the whole ranking"
    spans = [(unit, total_span(told.newest), total_span(told.base))]
    spans += [
        (
            plain_line(one.name),
            group_span(told.newest, one.name),
            group_span(told.base, one.name),
        )
        for one in group_changes(told.base, told.newest)
        if one.before is not None and one.after is not None
    ]
    for name, span, span_was in spans:
        if span is None or span_was is None:
            continue
        now, place = figure_in(told.document, span)
        was, place_was = figure_in(told.document_base, span_was)
        if now is not None and was is not None:
            yield name, now, was, place, place_was


_LOOKS: tuple[Callable[[Told, Stated], Claim | None], ...] = (
    _wrong_share,
    _wrong_base,
    wrong_change,
    wrong_level,
    wrong_streak,
)
