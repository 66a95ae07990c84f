"""An issue that servers refuse is paused before it costs the sender's name."""

from __future__ import annotations

from briefing.logic.guard import (
    Guard,
    after_hard,
    after_refusal,
    after_sent,
    verdict,
)


def test_a_few_dead_addresses_on_a_small_list_are_nothing() -> None:
    guard = Guard()
    for _ in range(9):
        guard = after_hard(guard)

    assert verdict(guard) is None


def test_more_than_five_in_a_hundred_dead_addresses_pause() -> None:
    guard = Guard(answered=199, hard=9)

    assert verdict(after_hard(guard)) is None
    assert verdict(after_hard(Guard(answered=190, hard=9))) == "hard_bounces"


def test_twenty_one_refusals_in_a_row_pause() -> None:
    guard = Guard()
    for _ in range(20):
        guard = after_refusal(guard)

    assert verdict(guard) is None
    assert verdict(after_refusal(guard)) == "refused"


def test_a_letter_that_is_accepted_ends_the_row() -> None:
    guard = after_sent(Guard(answered=20, refused_in_a_row=20))

    assert verdict(after_refusal(guard)) is None
