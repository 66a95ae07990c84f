"""What holds of every ranking, whatever its rows are."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.domain.ranking import ChangeKind, RankingSnapshot, Window
from briefing.domain.source import RankingSpec
from briefing.ingest.ranking_documents import Served
from briefing.ingest.ranking_parsing import parse_ranking
from briefing.logic.ranking_diff import diff
from tests.builders import NOW, ranking_spec, snapshot

KEYS = st.text(alphabet="abcdefghij", min_size=1, max_size=3)
BOARDS = st.dictionaries(KEYS, st.integers(0, 50), min_size=4, max_size=15)


def read(
    board: list[tuple[str, int]], spec: RankingSpec | None = None
) -> RankingSnapshot:
    """The snapshot of a page that serves these rows in this order."""
    rows = [{"slug": key, "name": f"Item {key}", "tokens": n} for key, n in board]
    body = json.dumps({"data": rows}).encode()
    parsed = parse_ranking(Served(body), spec or ranking_spec(), NOW)
    return replace(snapshot(), rows=parsed.rows, total=parsed.total)


def later(one: RankingSnapshot) -> RankingSnapshot:
    return replace(one, taken_at=one.taken_at + timedelta(days=7))


@settings(deadline=None)
@given(board=BOARDS, data=st.data())
def test_the_order_in_which_rows_are_served_moves_no_item(
    board: dict[str, int], data: st.DataObject
) -> None:
    served = list(board.items())
    other = data.draw(st.permutations(served))

    before, after = read(served), read(other)

    # Tied rows keep the page's order; who stands where does not depend on it.
    def standing(one: RankingSnapshot) -> set[tuple[int, str, str, Decimal | None]]:
        return {(row.rank, row.key, row.label, row.value) for row in one.rows}

    assert standing(before) == standing(after)
    assert diff(before, later(after), min_move=1) == ()


@settings(deadline=None)
@given(values=st.lists(st.integers(0, 10**6), min_size=4, max_size=12, unique=True))
def test_rows_without_ties_give_one_snapshot_whatever_their_order(
    values: list[int],
) -> None:
    served = [(f"k{n}", value) for n, value in enumerate(values)]

    assert read(served) == read(served[::-1]) == read(sorted(served, reverse=True))


@settings(deadline=None)
@given(board=BOARDS, data=st.data())
def test_a_partial_page_sends_nobody_away(
    board: dict[str, int], data: st.DataObject
) -> None:
    whole = sorted(board.items(), key=lambda one: -one[1])
    top = data.draw(st.integers(3, len(whole)))
    # The first of a list, as a page that was cut off gives them.
    while top < len(whole) and whole[top - 1][1] == whole[top][1]:
        top += 1

    changes = diff(read(whole), later(read(whole[:top])), min_move=1)

    assert changes == ()


@settings(deadline=None)
@given(board=BOARDS, data=st.data())
def test_a_renamed_key_is_no_entrant(
    board: dict[str, int], data: st.DataObject
) -> None:
    served = list(board.items())
    old_key, value = data.draw(st.sampled_from(served))
    renamed = [(f"new/{key}" if key == old_key else key, n) for key, n in served]
    spec = ranking_spec(aliases=((f"new/{old_key}", old_key),))

    changes = diff(read(served), later(read(renamed, spec)), min_move=1)

    assert value == board[old_key]
    assert {one.kind for one in changes} & {
        ChangeKind.ENTERED,
        ChangeKind.LEFT,
    } == set()
    assert changes == ()


@settings(deadline=None)
@given(board=BOARDS, days=st.integers(1, 60))
def test_windows_of_unlike_length_are_refused(board: dict[str, int], days: int) -> None:
    week = read(list(board.items()))
    assert week.window is not None
    start = week.window.end - timedelta(days=days - 1)
    other = replace(later(week), window=Window(start, week.window.end))

    if days == 7:
        assert diff(week, other) == ()
        return
    with pytest.raises(ValueError, match="cannot be compared"):
        diff(week, other)
    with pytest.raises(ValueError, match="cannot be compared"):
        diff(week, replace(other, window=None))
