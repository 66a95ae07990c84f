"""Buckets let a second's letters pass at once and then keep their rate."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.logic.breaker import Breaker, wait
from briefing.logic.throttle import (
    TransportState,
    after_accepted,
    after_throttle,
    domain_of,
    filling,
    take,
)
from tests.builders import NOW


def slots(count: int, a_second: float, start: datetime = NOW) -> list[float]:
    """Seconds after `start` at which `count` letters asked for at once may leave."""
    full_at, found = None, []
    for _ in range(count):
        slot, full_at = take(full_at, a_second, start)
        found.append((slot - start).total_seconds())
    return found


def test_a_full_bucket_lets_a_second_of_letters_pass_at_once() -> None:
    assert slots(7, 4) == [0, 0, 0, 0, 0.25, 0.5, 0.75]


def test_a_rate_below_one_a_second_lets_one_pass() -> None:
    assert slots(3, 0.1) == [0, 10, 20]


@given(
    gaps=st.lists(st.floats(0, 3), min_size=30, max_size=60),
    a_second=st.floats(0.5, 20),
)
def test_no_second_has_more_than_twice_the_rate(
    gaps: list[float], a_second: float
) -> None:
    now, full_at, left = NOW, None, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        slot, full_at = take(full_at, a_second, now)
        left.append(slot)
        now = max(now, slot)

    for first in left:
        second = [one for one in left if first <= one < first + timedelta(seconds=1)]
        assert len(second) <= max(1.0, a_second) + a_second + 1


@pytest.mark.parametrize(
    ("address", "domain"),
    [("a@News.Example", "news.example"), ('"a@b"@c.example', "c.example")],
)
def test_a_bucket_is_of_the_domain_whatever_its_case(address: str, domain: str) -> None:
    assert domain_of(address) == domain


def test_full_buckets_are_not_remembered() -> None:
    later = NOW + timedelta(seconds=1)

    assert filling({"b.example": later, "a.example": NOW}, NOW) == {"b.example": later}


def test_a_throttle_halves_the_rate_once_for_all_who_heard_it() -> None:
    first = after_throttle(TransportState(), NOW)

    assert (first.share, wait(first.breaker, NOW)) == (0.5, timedelta(seconds=10))
    assert after_throttle(first, NOW + timedelta(seconds=1)) == first


def test_the_rate_never_falls_to_nothing() -> None:
    state, now = TransportState(), NOW
    for _ in range(20):
        state = after_throttle(state, now)
        now += timedelta(hours=1)

    assert state.share == 1 / 64


def test_the_rate_comes_back_after_two_hundred_letters() -> None:
    state = after_throttle(TransportState(), NOW)
    for _ in range(199):
        state = after_accepted(state)
    before = state.share

    assert (before, after_accepted(state).share) == (0.5, 1.0)


def test_a_letter_that_is_accepted_closes_the_breaker() -> None:
    state = after_throttle(TransportState(), NOW)

    assert after_accepted(state).breaker == Breaker()
