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
) -> tuple[tuple[int, ...], ...]:
    """Which starting groups become one: the likest two merge first, until none is left
    that is as like as `threshold` (of the two smallest start numbers) asks.

    `starts` splits the positions of `links` into groups that stay together. The answer
    lists, for each merged group, the numbers of its starts, ascending.
    """
    sums = _between(starts, links)
    sizes = {number: len(start) for number, start in enumerate(starts)}
    merged: dict[int, tuple[int, ...]] = {
        number: (number,) for number in range(len(starts))
    }
    heap: list[tuple[float, int, int]] = []

    def offer(left: int, right: int, total: float) -> None:
        likeness = total / (sizes[left] * sizes[right])
        if likeness >= _FAINT and likeness >= threshold(
            merged[left][0], merged[right][0]
        ):
            heapq.heappush(heap, (-likeness, min(left, right), max(left, right)))

    for left, row in sums.items():
        for right, total in row.items():
            if left < right:
                offer(left, right, total)
    following = len(starts)
    while heap:
        _, left, right = heapq.heappop(heap)
        if left not in merged or right not in merged:
            continue
        row = _joined(sums, left, right, following)
        sizes[following] = sizes[left] + sizes[right]
        merged[following] = tuple(sorted(merged.pop(left) + merged.pop(right)))
        for other, total in row.items():
            offer(following, other, total)
        following += 1
    return tuple(sorted(merged.values()))


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
