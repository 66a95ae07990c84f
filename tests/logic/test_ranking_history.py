"""A history tells streaks and records only as far as it was kept without a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from briefing.domain.ranking import RankingSnapshot, Window
from briefing.logic.ranking_history import (
    History,
    Streak,
    course,
    first_streak,
    history,
    overtaken,
    record_of,
    rise_streak,
)
from tests.builders import snapshot

DAY = timedelta(days=1)
END = date(2026, 5, 24)


def week(back: int, *values: tuple[str, int], shift: int = 0) -> RankingSnapshot:
    """The week that ended `back` weeks (and `shift` days) before 24 May 2026."""
    end = END - timedelta(days=7 * back + shift)
    window = Window(end - timedelta(days=6), end)
    taken = datetime(end.year, end.month, end.day, 2, tzinfo=UTC) + DAY
    return snapshot(*values, window=window, taken_at=taken)


def weeks(*values: int, key: str = "a") -> History:
    """Weeks of one leader worth these values, oldest first; 0 leaves a week out."""
    last = len(values) - 1
    kept = [
        week(last - place, (key, value), ("b", 1))
        for place, value in enumerate(values)
        if value
    ]
    return history(kept, DAY)


def ends(told: History) -> list[int]:
    """How many days before 24 May 2026 each step ended, oldest first."""
    windows = [one.snapshot.window for one in told.slots]
    return [(END - one.end).days for one in windows if one is not None]


def test_a_week_that_is_read_every_day_is_thinned_to_whole_weeks() -> None:
    kept = [week(0, ("a", 5), ("b", 1), shift=day) for day in range(22)]

    told = history(kept, DAY)

    assert ends(told) == [21, 14, 7, 0]
    assert [one.is_after_gap for one in told.slots] == [True, False, False, False]
    assert told.before is told.slots[-2].snapshot


def test_a_missing_week_is_a_gap_and_a_late_reading_is_none() -> None:
    missing = history([week(back, ("a", 5)) for back in (0, 1, 3)], DAY)
    late = history([week(0, ("a", 5)), week(1, ("a", 5), shift=1)], DAY)

    assert [one.is_after_gap for one in missing.slots] == [True, True, False]
    assert ends(late) == [8, 0]
    assert late.before is not None


def test_what_measures_something_else_is_no_part_of_a_history() -> None:
    others = [
        week(1, ("a", 5)),
        replace(week(2, ("a", 5)), unit="request"),
        replace(week(3, ("a", 5)), metric="requests"),
        replace(week(4, ("a", 5)), window=None),
    ]

    assert ends(history([week(0, ("a", 5)), *others], DAY)) == [7, 0]


def test_without_a_window_the_step_is_the_usual_distance() -> None:
    start = datetime(2026, 5, 1, 6, tzinfo=UTC)
    kept = [
        snapshot(("a", 5), window=None, taken_at=start + day * DAY)
        for day in (0, 1, 2, 3, 6)
    ]

    told = history(kept, timedelta(hours=6))

    assert told.stride == DAY
    assert [one.is_after_gap for one in told.slots] == [True, False, False, False, True]
    assert told.before is None


def test_nothing_kept_is_an_empty_history() -> None:
    told = history([], DAY)

    assert (told.slots, course(told, "a")) == ((), ())
    assert first_streak(()) == rise_streak(()) == Streak(0, is_at_least=False)
    assert record_of(()) == 0


def test_a_streak_of_first_places_ends_where_another_was_first() -> None:
    led = history(
        [
            week(3, ("b", 9), ("a", 5)),
            week(2, ("a", 9), ("b", 5)),
            week(1, ("a", 9), ("b", 5)),
            week(0, ("a", 9), ("b", 5)),
        ],
        DAY,
    )

    assert first_streak(course(led, "a")) == Streak(3, is_at_least=False)
    assert first_streak(course(led, "b")) == Streak(0, is_at_least=False)


def test_a_streak_breaks_at_a_gap_and_is_then_at_least_so_long() -> None:
    assert first_streak(course(weeks(1, 2, 0, 4, 5), "a")) == Streak(2, True)
    assert rise_streak(course(weeks(1, 2, 0, 4, 5), "a")) == Streak(1, True)
    assert first_streak(course(weeks(3, 4, 5), "a")) == Streak(3, True)


def test_a_shared_first_place_is_nobodys_streak() -> None:
    tied = week(0, ("a", 9), ("b", 9))
    rows = tuple(replace(row, rank=1) for row in tied.rows)

    told = history([replace(tied, rows=rows)], DAY)

    assert first_streak(course(told, "a")).length == 0


def test_rises_are_counted_until_a_week_that_did_not_rise() -> None:
    assert rise_streak(course(weeks(9, 3, 4, 5, 8), "a")) == Streak(3, False)
    assert rise_streak(course(weeks(9, 9), "a")) == Streak(0, False)
    assert rise_streak(course(weeks(1, 2, 3), "a")) == Streak(2, True)


def test_a_record_is_the_highest_by_itself_of_three_or_more() -> None:
    assert record_of(course(weeks(3, 5, 4, 6), "a")) == 4
    assert record_of(course(weeks(3, 6, 4, 6), "a")) == 0
    assert record_of(course(weeks(5, 6), "a")) == 0
    assert record_of(course(weeks(3, 5, 0, 6), "a")) == 3
    assert record_of(course(weeks(3, 5, 6), "nobody")) == 0


def test_a_point_says_share_and_absence() -> None:
    told = history(
        [
            replace(week(1, ("b", 5)), total=None),
            replace(week(0, ("b", 6), ("a", 4)), total=16),
        ],
        DAY,
    )

    was, now = course(told, "a")
    assert (was.rank, was.value, was.is_alone) == (None, None, False)
    assert (now.rank, now.share_percent) == (2, 25)


def test_who_was_passed_stood_above_and_stands_below() -> None:
    old = week(1, ("a", 9), ("b", 8), ("c", 7), ("gone", 6), ("d", 5))
    new = week(0, ("a", 9), ("d", 8), ("b", 7), ("c", 6))

    assert overtaken(old, new, "d") == ("b", "c")
    assert overtaken(old, new, "a") == ()
    assert overtaken(old, new, "gone") == ()


def test_who_only_ties_is_not_passed() -> None:
    old = week(1, ("a", 9), ("b", 8))
    new = week(0, ("b", 9), ("a", 9))
    tied = replace(new, rows=tuple(replace(row, rank=1) for row in new.rows))

    assert overtaken(old, tied, "b") == ()


@given(
    st.lists(st.integers(0, 9), max_size=9),
    st.randoms(use_true_random=False),
)
def test_the_order_of_snapshots_and_rows_changes_nothing(
    values: Sequence[int], random: Random
) -> None:
    kept = [
        week(back, ("a", value), ("b", 5)) for back, value in enumerate(values) if value
    ]
    mixed = [
        replace(one, rows=tuple(random.sample(one.rows, len(one.rows)))) for one in kept
    ]
    random.shuffle(mixed)

    assert course(history(mixed, DAY), "a") == course(history(kept, DAY), "a")


@given(st.lists(st.integers(0, 9), max_size=12))
def test_no_streak_reaches_over_a_gap(values: list[int]) -> None:
    points = course(weeks(*values), "a")
    since_gap = 0
    for point in reversed(points):
        since_gap += 1
        if point.is_after_gap:
            break

    assert first_streak(points).length <= since_gap
    assert rise_streak(points).length <= max(0, since_gap - 1)
