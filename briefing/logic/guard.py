"""When an issue is paused because servers refuse it: dead addresses or our name."""

from __future__ import annotations

from dataclasses import dataclass, replace

# DELIVERY.md D9.
_MOST_HARD_SHARE = 0.05
_MOST_REFUSALS_IN_A_ROW = 20
# Chosen: three dead addresses of forty are a small list's year, not a bought list.
_LEAST_HARD = 10


@dataclass(frozen=True, slots=True)
class Guard:
    """What servers said to one issue so far.

    Attributes:
        answered: letters that were accepted or refused for good.
        hard: of these, to addresses that do not exist.
        refused_in_a_row: refusals of us or our letter since the last other answer.
    """

    answered: int = 0
    hard: int = 0
    refused_in_a_row: int = 0


def after_sent(guard: Guard) -> Guard:
    """One letter was accepted."""
    return replace(guard, answered=guard.answered + 1, refused_in_a_row=0)


def after_hard(guard: Guard) -> Guard:
    """One address does not exist."""
    return Guard(guard.answered + 1, guard.hard + 1, 0)


def after_refusal(guard: Guard) -> Guard:
    """One server refused us or the letter."""
    return replace(
        guard,
        answered=guard.answered + 1,
        refused_in_a_row=guard.refused_in_a_row + 1,
    )


def verdict(guard: Guard) -> str | None:
    """Why the issue must pause ("hard_bounces", "refused"), None if it may go on."""
    if guard.refused_in_a_row > _MOST_REFUSALS_IN_A_ROW:
        return "refused"
    share = guard.hard / guard.answered if guard.answered else 0.0
    if guard.hard >= _LEAST_HARD and share > _MOST_HARD_SHARE:
        return "hard_bounces"
    return None
