"""What moved between two snapshots, and only what the two lists can say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.domain.ranking import ChangeKind, RankingRow, RankingSnapshot, Window
from briefing.logic.ranking_diff import (
    change_percent,
    diff,
    leaders,
    share_percent,
    unknown_share,
)
from tests.builders import snapshot

EARLIER = Window(date(2026, 5, 11), date(2026, 5, 17))


def listed(keys: Sequence[str], **changes: object) -> RankingSnapshot:
    """A ranking of these keys from the top, worth 100, 99, ..."""
    rows = [(key, 100 - place) for place, key in enumerate(keys)]
    return snapshot(*rows, **changes)


def last_week(keys: Sequence[str]) -> RankingSnapshot:
    return listed(keys, window=EARLIER, taken_at=datetime(2026, 5, 18, 2, tzinfo=UTC))


def moves(old: str, new: str, min_move: int = 3) -> list[tuple[str, str]]:
    changes = diff(last_week(old), listed(new), min_move=min_move)
    return [(change.kind.value, change.key) for change in changes]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abcdef", "bacdef", [("took_first", "b")]),
        ("abcdef", "eabcdf", [("took_first", "e")]),
        ("abcdef", "acdefb", [("fell", "b")]),
        ("abcdef", "aebcdf", [("rose", "e")]),
        ("abcdef", "abcdeg", [("entered", "g"), ("left", "f")]),
        ("abcdef", "xabcde", [("took_first", "x"), ("left", "f")]),
        ("abc", "abcdefgh", []),
        ("abcdefgh", "abc", []),
        ("ab", "ba", []),
    ],
)
def test_a_move_is_told_only_where_both_lists_reach(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert moves(old, new) == expected


def test_a_hole_in_the_old_list_hides_who_is_new_below_it() -> None:
    old = last_week("abcde")
    holed = replace(old, rows=old.rows[:2] + old.rows[3:])

    changes = diff(holed, listed("abcde"))

    assert changes == ()


def test_a_shared_first_place_is_not_taken() -> None:
    new = listed("abcd")
    tied = replace(
        new,
        rows=(new.rows[0], replace(new.rows[1], rank=1), *new.rows[2:]),
    )

    (change,) = diff(last_week("abcd"), tied)

    assert (change.kind, change.key) == (ChangeKind.TIED_FIRST, "b")


def with_intervals(keys: str, reach: int, **changes: object) -> RankingSnapshot:
    """`listed`, every value give or take `reach`."""
    made = listed(keys, **changes)
    return replace(
        made,
        rows=tuple(
            replace(row, low=row.value - reach, high=row.value + reach)
            for row in made.rows
            if row.value is not None
        ),
    )


def test_a_lead_within_the_margin_of_error_is_a_tie() -> None:
    old = with_intervals("abcd", 0, window=EARLIER)

    sure = diff(old, with_intervals("bacd", 0))
    (unsure,) = diff(old, with_intervals("bacd", 1), min_move=9)[:1]

    assert [one.kind for one in sure] == [ChangeKind.TOOK_FIRST]
    assert (unsure.kind, unsure.key) == (ChangeKind.TIED_FIRST, "b")
    assert leaders(with_intervals("bacd", 1)) == ("b", "a", "c")


def test_a_move_within_an_items_own_margin_is_noise() -> None:
    old, new = "abcdefgh", "agbcdefh"

    clear = diff(with_intervals(old, 0, window=EARLIER), with_intervals(new, 0))
    blurred = diff(with_intervals(old, 4, window=EARLIER), with_intervals(new, 4))

    assert [one.key for one in clear] == ["g"]
    assert "rose" not in {one.kind.value for one in blurred}


def test_a_renamed_label_is_the_same_row() -> None:
    new = listed("abcd")
    renamed = replace(
        new, rows=(*new.rows[:3], replace(new.rows[3], label="Delta (new)"))
    )

    assert diff(last_week("abcd"), renamed) == ()


def test_a_change_carries_both_ranks_values_and_snapshots() -> None:
    old, new = last_week("abc"), listed("bac")

    (change,) = diff(old, new)

    assert change.kind is ChangeKind.TOOK_FIRST
    assert (change.rank_before, change.rank_after) == (2, 1)
    assert (change.value_before, change.value_after) == (Decimal(99), Decimal(100))
    assert (change.before_id, change.after_id) == (old.id, new.id)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"source_id": "other"}, "two sources"),
        ({"metric": "requests"}, "two metrics"),
        ({"unit": "request"}, "two metrics"),
        ({"window": Window(date(2026, 5, 1), date(2026, 5, 31))}, "7 and 30 days"),
        ({"window": None}, "None days"),
    ],
)
def test_snapshots_of_different_things_are_refused(
    changes: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        diff(last_week("abc"), listed("abc", **changes))


def test_calendar_months_of_different_length_can_be_compared() -> None:
    april = listed("abcd", window=Window(date(2026, 4, 1), date(2026, 4, 30)))
    may = listed("bacd", window=Window(date(2026, 5, 1), date(2026, 5, 31)))

    assert [change.key for change in diff(april, may)] == ["b"]


KEYS = st.permutations("abcdefgh").flatmap(
    lambda keys: st.integers(0, 8).map(lambda size: "".join(keys[:size]))
)


@given(KEYS)
def test_nothing_moved_between_a_snapshot_and_itself(keys: str) -> None:
    assert diff(listed(keys), listed(keys)) == ()


@given(KEYS, KEYS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(
    old: str, new: str, random: Random
) -> None:
    before, after = last_week(old), listed(new)
    rows: list[RankingRow] = list(after.rows)
    random.shuffle(rows)

    assert diff(before, replace(after, rows=tuple(rows))) == diff(before, after)


@given(KEYS, KEYS)
def test_what_rises_one_way_falls_the_other_way(old: str, new: str) -> None:
    opposite = {"rose": "fell", "fell": "rose", "entered": "left", "left": "entered"}

    there = {key: kind for kind, key in moves(old, new) if kind in opposite}
    back = {key: kind for kind, key in moves(new, old)}

    # A new first place is told as such, which is more than "rose" or "entered".
    for key, kind in there.items():
        assert back[key] in {opposite[kind], "took_first"}


def test_percentages_are_exact_or_absent() -> None:
    assert change_percent(Decimal("80"), Decimal("100")) == Decimal("25")
    assert change_percent(Decimal("100"), Decimal("80")) == Decimal("-20")
    assert change_percent(Decimal(0), Decimal(5)) is None
    assert change_percent(None, Decimal(5)) is None
    assert share_percent(Decimal("3.43"), Decimal("28.9")) == Decimal(343) / Decimal(
        "28.9"
    )
    assert share_percent(Decimal(1), None) is None


@pytest.mark.parametrize(
    ("held", "new", "share"),
    [
        ((), "abc", "0"),
        (("abcd",), "dcba", "0"),
        (("abcd",), "wxyz", "1"),
        (("abcd",), "abyz", "0.5"),
        # A row below what was ever shown says nothing.
        (("abc",), "abcxyz", "0"),
        # Who was there some time before is no stranger.
        (("abcd", "wxcd"), "wxab", "0"),
    ],
)
def test_the_share_of_items_that_were_never_there(
    held: Sequence[str], new: str, share: str
) -> None:
    before = [last_week(one) for one in held]

    assert unknown_share(before, listed(new)) == Decimal(share)
