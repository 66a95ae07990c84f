"""N9: what a share is part of, and when, is the same above and below the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.domain.brief import Violation
from briefing.domain.claim import Citation, Derivation, Formula
from briefing.logic.rules.page import Page, broken, lines

# Inputs that must be of one snapshot, by their places in the formula. A whole of
# another week, or of another ranking, makes a share of nothing.
_TOGETHER: Mapping[Formula, Sequence[tuple[int, int]]] = {
    Formula.SHARE: ((0, 1),),
    Formula.SHARE_CHANGE: ((0, 1), (2, 3)),
    Formula.SHARE_OF_CHANGE: ((0, 2), (1, 3)),
}


def mixed_shares(page: Page) -> tuple[Violation, ...]:
    """N9: a share of ours whose part and whole are of two snapshots."""
    rankings = {one.id for one in page.snapshots} | {one.id for one in page.histories}
    return tuple(
        broken("N9", line, "Its part and its whole are of two rankings or two times.")
        for line in (page.title, *lines(page))
        if line.claim.derivation is not None and _mixes(line.claim.derivation, rankings)
    )


def _mixes(derivation: Derivation, rankings: set[str]) -> bool:
    places = derivation.citations
    if derivation.formula is Formula.TOP_SHARE:
        return _are_apart(places, rankings)
    return any(
        len(places) > max(pair) and _are_apart([places[n] for n in pair], rankings)
        for pair in _TOGETHER.get(derivation.formula, ())
    )


def _are_apart(places: Sequence[Citation], rankings: set[str]) -> bool:
    """Of two texts, one of them a ranking's; articles may share a figure's whole."""
    held = {one.document_id for one in places}
    return len(held) > 1 and not held.isdisjoint(rankings)
