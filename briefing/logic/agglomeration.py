"""Average-link clustering over a sparse table of likeness."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence

# A pair that is not in the table counts as 0; averages below this are not followed.
_FAINT = 0.02

Links = Sequence[Mapping[int, float]]


def agglomerate(
    starts: Sequence[Sequence[int]],
    links: Links,
    threshold: Callable[[int, int], float],
    kinship: Callable[[tuple[int, ...], tuple[int, ...]], float],
) -> tuple[tuple[int, ...], ...]:
    """Which positions of `links` become one group: the likest two groups merge first.

    `starts` splits the positions into groups that stay together. Two groups are as like
    as the average of their pairs times their `kinship` (0..1, of their positions,
    ascending); they merge until none is as like as `threshold` asks of the two
    smallest start numbers.
    """
    sums = _between(starts, links)
    members = {number: tuple(sorted(start)) for number, start in enumerate(starts)}
    first = {number: number for number in members}
    heap: list[tuple[float, int, int, bool]] = []

    def offer(left: int, right: int, total: float) -> None:
        likeness = total / (len(members[left]) * len(members[right]))
        if likeness >= max(_FAINT, threshold(first[left], first[right])):
            pair = (min(left, right), max(left, right))
            heapq.heappush(heap, (-likeness, *pair, False))

    for left, row in sums.items():
        for right, total in row.items():
            if left < right:
                offer(left, right, total)
    following = len(starts)
    while heap:
        likeness, left, right, is_final = heapq.heappop(heap)
        if left not in members or right not in members:
            continue
        if not is_final:
            # Kinship is dear and only ever lowers: it is asked of a pair whose turn
            # has come, and the pair then waits for its true turn.
            likeness *= kinship(members[left], members[right])
            if -likeness >= threshold(first[left], first[right]):
                heapq.heappush(heap, (likeness, left, right, True))
            continue
        row = _joined(sums, left, right, following)
        members[following] = tuple(sorted(members.pop(left) + members.pop(right)))
        first[following] = min(first[left], first[right])
        for other, total in row.items():
            offer(following, other, total)
        following += 1
    return tuple(sorted(members.values()))


def _between(
    starts: Sequence[Sequence[int]], links: Links
) -> dict[int, dict[int, float]]:
    """Likeness summed over all pairs of two groups."""
    group = {
        position: number for number, start in enumerate(starts) for position in start
    }
    sums: dict[int, dict[int, float]] = {number: {} for number in range(len(starts))}
    for position, row in enumerate(links):
        mine = sums[group[position]]
        for other, likeness in row.items():
            if group[other] != group[position]:
                mine[group[other]] = mine.get(group[other], 0.0) + likeness
    return sums


def _joined(
    sums: dict[int, dict[int, float]], left: int, right: int, new: int
) -> dict[int, float]:
    """Takes both groups out of the table and puts their union in."""
    row, other_row = sums.pop(left), sums.pop(right)
    for number, total in other_row.items():
        row[number] = row.get(number, 0.0) + total
    row.pop(left, None)
    row.pop(right, None)
    for number, total in row.items():
        theirs = sums[number]
        theirs.pop(left, None)
        theirs.pop(right, None)
        theirs[new] = total
    sums[new] = row
    return row
