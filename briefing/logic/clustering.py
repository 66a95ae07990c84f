"""Documents -> groups that tell of one event, across publishers and over days.

Two documents are as like as the cosine of their term vectors, more where they were
published close together and less where months lie between. Groups merge by the average
likeness of their members, the likest first; less so where each side has marks of its
own (`look_alikes`). Method and figures: docs/grouping.md.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.domain.document import Document
from briefing.logic.agglomeration import agglomerate
from briefing.logic.look_alikes import LookAlikes, name_agreement
from briefing.logic.term_vectors import Terms, Vector, read_terms

# All four are measured (docs/grouping.md): one setting for dated and undated texts.
THRESHOLD = 0.13
# Published on one day, and years apart; a missing date is neutral, factor 1.
_NEAR = 1.25
_FAR = 0.8
_FADING_DAYS = 200.0
# Two stories that yesterday were two must be clearly one to merge today, or they
# would come and go with the words of the day.
_KNOWN_MARGIN = 1.25
_FAINTEST_LINK = 0.02
# Names are compared of pairs that could matter; of the many others it only costs time.
_WORTH_A_LOOK = 0.05


@dataclass(frozen=True, slots=True)
class Group:
    """Documents of one event, as positions in what was given.

    Attributes:
        members: ascending.
        centre: the member that is likest to all others.
    """

    members: tuple[int, ...]
    centre: int


def cluster(
    documents: Sequence[Document], known: Sequence[Sequence[int]] = ()
) -> tuple[Group, ...]:
    """The groups, by first member; the order of `documents` decides ties only.

    `known` are groups of positions that were one story before: they stay together,
    may take in others, and merge with each other only when they are clearly one.
    """
    terms = read_terms([(one.title, one.text) for one in documents])
    links = _links(documents, terms)
    grouped = {position for group in known for position in group}
    starts = [tuple(group) for group in known if group]
    stories = len(starts)
    starts += [(one,) for one in range(len(documents)) if one not in grouped]

    def threshold(left: int, right: int) -> float:
        # Starts are numbered known stories first, so a merged group's smallest number
        # says whether a known story is in it.
        are_known = left < stories and right < stories
        return THRESHOLD * _KNOWN_MARGIN if are_known else THRESHOLD

    groups = []
    for members in agglomerate(starts, links, threshold, LookAlikes(terms).kinship):
        groups.append(Group(members, _centre(members, links)))
    return tuple(sorted(groups, key=lambda group: group.members))


def _links(
    documents: Sequence[Document], terms: Sequence[Terms]
) -> list[dict[int, float]]:
    """For each document the documents like it, both ways."""
    links: list[dict[int, float]] = [{} for _ in documents]
    for position, row in enumerate(_cosines([one.weights for one in terms])):
        published = documents[position].published_at
        for other, cosine in row.items():
            likeness = cosine * _closeness(published, documents[other].published_at)
            if likeness >= _WORTH_A_LOOK:
                likeness *= name_agreement(terms[position], terms[other])
            if likeness >= _FAINTEST_LINK:
                links[position][other] = links[other][position] = likeness
    return links


def _cosines(terms: Sequence[Vector]) -> list[dict[int, float]]:
    """For each text its cosine with each earlier text that shares a term."""
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    rows = []
    for position, vector in enumerate(terms):
        row: defaultdict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            holders = postings[term]
            for other, theirs in holders:
                row[other] += weight * theirs
            holders.append((position, weight))
        rows.append({other: c for other, c in row.items() if c >= _FAINTEST_LINK})
    return rows


def _closeness(left: datetime | None, right: datetime | None) -> float:
    if left is None or right is None:
        return 1.0
    days = abs((left - right).total_seconds()) / 86_400
    return _FAR + (_NEAR - _FAR) * math.exp(-days / _FADING_DAYS)


def _centre(members: Sequence[int], links: Sequence[dict[int, float]]) -> int:
    def likeness(one: int) -> float:
        row = links[one]
        return sum(row.get(other, 0.0) for other in members)

    return max(members, key=lambda one: (likeness(one), -one))
