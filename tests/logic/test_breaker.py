"""A transport in trouble is left alone, longer each time."""

from __future__ import annotations

from datetime import timedelta

from briefing.logic.breaker import Breaker, after_trouble, wait
from tests.builders import NOW


def test_the_waits_double_from_ten_seconds_to_five_minutes() -> None:
    breaker, now, waits = Breaker(), NOW, []

    for _ in range(8):
        breaker = after_trouble(breaker, now)
        waits.append(wait(breaker, now).total_seconds())
        now += wait(breaker, now)

    assert waits == [10, 20, 40, 80, 160, 300, 300, 300]
    assert breaker.since == NOW


def test_trouble_that_several_threads_meet_counts_once() -> None:
    first = after_trouble(Breaker(), NOW)

    assert after_trouble(first, NOW + timedelta(seconds=9)) == first


def test_a_closed_breaker_waits_for_nothing() -> None:
    assert wait(Breaker(), NOW) == timedelta(0)


def test_an_open_breaker_ends_by_itself() -> None:
    breaker = after_trouble(Breaker(), NOW)

    assert wait(breaker, NOW + timedelta(seconds=4)) == timedelta(seconds=6)
    assert wait(breaker, NOW + timedelta(seconds=11)) == timedelta(0)
