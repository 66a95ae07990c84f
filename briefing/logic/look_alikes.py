"""Two groups that tell of one kind of event, and yet of two: what tells them apart.

Reports of two earthquakes share most of their words. What they do not share are the
terms that nearly every report of the one has and no report of the other: the place,
the name, the number. Follow-ups of one event have such terms on one side at most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from briefing.logic.term_vectors import Terms

# Measured (docs/grouping.md); the figures stand on a plateau, none on a peak.
_NAMES_WEIGHT = 0.8
_TERMS = 4
_TOLERATED = 0.2
_DOUBT = 2
_SMALLEST = 2
_LONE_PAIR = 0.8
# Terms of fewer members than this share make nobody's mark.
_RARE_SHARE = 0.15


def name_agreement(left: Terms, right: Terms) -> float:
    """1 where either text speaks of the other's title names, down to 0.2 where each
    title names only what the other text does not know.
    """
    if not left.named or not right.named:
        return 1.0
    unknown = min(
        len(left.named - right.held) / len(left.named),
        len(right.named - left.held) / len(right.named),
    )
    return 1.0 - _NAMES_WEIGHT * unknown * unknown


class LookAlikes:
    """Tells how far groups of documents stand apart, by the terms of each document."""

    def __init__(self, terms: Sequence[Terms]) -> None:
        self._terms = terms
        self._shares: dict[tuple[int, ...], Mapping[str, float]] = {}

    def kinship(self, left: tuple[int, ...], right: tuple[int, ...]) -> float:
        """1 for groups without marks of their own, towards 0 the clearer both are.

        A group of one document has no marks: nobody says which of its terms matter. Two
        of them must be more alike than others: no third text speaks for either.
        """
        if len(left) == len(right) == 1:
            return _LONE_PAIR
        if min(len(left), len(right)) < _SMALLEST:
            return 1.0
        ours, theirs = self._held(left), self._held(right)
        apart = min(_marked(ours, theirs), _marked(theirs, ours))
        return 1.0 - max(0.0, apart - _TOLERATED)

    def _held(self, members: tuple[int, ...]) -> Mapping[str, float]:
        """Share of the members that hold a term; few members count as unsure."""
        if members not in self._shares:
            counts = Counter(
                term for one in members for term in self._terms[one].weights
            )
            size = len(members) + _DOUBT
            self._shares[members] = {
                term: count / size
                for term, count in counts.items()
                if count / size >= _RARE_SHARE
            }
        return self._shares[members]


def _marked(ours: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    """How much more often our most telling terms stand with us than with them."""
    more = sorted(
        (share - theirs.get(term, 0.0) for term, share in ours.items()), reverse=True
    )
    return sum(more[:_TERMS]) / _TERMS
