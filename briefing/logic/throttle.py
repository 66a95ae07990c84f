"""Token buckets: how many letters may leave a second, in all and to one domain.

A bucket is one moment: when it will be full again. That is all there is to remember
over a restart (the generic cell rate algorithm, ITU-T I.371).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from briefing.logic.breaker import Breaker, after_trouble

# Chosen: a server that throttles us twice within this many letters means it.
_ACCEPTED_TO_RECOVER = 200
_LEAST_SHARE = 1 / 64


@dataclass(frozen=True, slots=True)
class TransportState:
    """What a transport remembers over a restart.

    Attributes:
        full_at: when its own bucket will be full again, None for full.
        domains: the same for recipient domains whose bucket is not full.
        share: of the configured rate that is used; halved when the server throttles.
        accepted: letters taken since the share last changed.
        breaker: its trouble.
    """

    full_at: datetime | None = None
    domains: Mapping[str, datetime] = field(default_factory=dict)
    share: float = 1.0
    accepted: int = 0
    breaker: Breaker = field(default_factory=Breaker)


def take(
    full_at: datetime | None, a_second: float, now: datetime
) -> tuple[datetime, datetime]:
    """When the next letter may leave, and when the bucket will be full after it.

    A full bucket holds the letters of one second, at least one.
    """
    step = step_of(a_second)
    tolerance = step * (max(1.0, a_second) - 1)
    base = max(full_at or now, now)
    return max(now, base - tolerance), base + step


def step_of(a_second: float) -> timedelta:
    """The time that one letter takes out of a bucket."""
    return timedelta(seconds=1 / a_second)


def domain_of(address: str) -> str:
    """The recipient domain that shares a bucket."""
    return address.rpartition("@")[2].casefold()


def filling(domains: Mapping[str, datetime], now: datetime) -> dict[str, datetime]:
    """The buckets that are not full yet; the others need no remembering."""
    return {name: at for name, at in sorted(domains.items()) if at > now}


def after_accepted(state: TransportState) -> TransportState:
    """The breaker closed; the share doubled after long enough without a complaint."""
    accepted = state.accepted + 1
    share = state.share
    if share < 1.0 and accepted >= _ACCEPTED_TO_RECOVER:
        share, accepted = min(1.0, 2 * share), 0
    breaker = state.breaker if state.breaker == Breaker() else Breaker()
    return replace(state, share=share, accepted=accepted, breaker=breaker)


def after_throttle(state: TransportState, now: datetime) -> TransportState:
    """Half the share and an open breaker; once for all threads that heard it."""
    breaker = after_trouble(state.breaker, now)
    if breaker == state.breaker:
        return state
    share = max(_LEAST_SHARE, state.share / 2)
    return replace(state, share=share, accepted=0, breaker=breaker)
