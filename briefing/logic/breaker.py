"""When a transport that failed may be tried again: 10 seconds, doubled, 5 minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# DELIVERY.md D4.
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(seconds=300)


@dataclass(frozen=True, slots=True)
class Breaker:
    """The trouble of one transport; closed while there is none.

    Attributes:
        failures: in a row.
        open_until: nothing is tried before then, None while it is closed.
        since: of the first of those failures, None while it is closed.
    """

    failures: int = 0
    open_until: datetime | None = None
    since: datetime | None = None


def after_trouble(breaker: Breaker, now: datetime) -> Breaker:
    """Opened for the next wait; as it was while it is open, because several threads
    meet the same trouble.
    """
    if wait(breaker, now):
        return breaker
    failures = breaker.failures + 1
    # 2**5 times the first wait is past the longest already.
    pause = min(FIRST_WAIT * 2 ** min(failures - 1, 5), LONGEST_WAIT)
    return Breaker(failures, now + pause, breaker.since or now)


def wait(breaker: Breaker, now: datetime) -> timedelta:
    """How long nothing may be tried."""
    until = breaker.open_until
    return max(until - now, timedelta(0)) if until else timedelta(0)
