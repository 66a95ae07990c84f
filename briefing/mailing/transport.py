"""One transport's buckets and breaker, shared by its threads and kept in the store."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from briefing.errors import InputError
from briefing.logic.breaker import Breaker, after_trouble, wait
from briefing.logic.codec import from_json, to_json
from briefing.logic.throttle import (
    TransportState,
    after_accepted,
    after_throttle,
    filling,
    step_of,
    take,
)
from briefing.mailing.kit import MailKit

# Letters whose tokens are taken out of the kept bucket at once: a killed run has then
# taken more than it used, never less, and a letter costs no commit of its own.
_MOST_A_BLOCK = 100


class Transport:
    """Thread-safe; every moment comes from the kit's clock."""

    def __init__(self, kit: MailKit) -> None:
        self._store = kit.store
        self._clock: Callable[[], datetime] = kit.clock
        self._policy = kit.policy
        self._name = f"transport {kit.channel.name}"
        self._lock = threading.Lock()
        kept = self._kept()
        self._state = (
            kept if kit.policy.minds_old_trouble else replace(kept, breaker=Breaker())
        )
        self._block = 0
        self._reserved: datetime | None = None

    def slot(self) -> datetime:
        """When the next letter may leave; its token is taken."""
        rate = self._policy.a_second
        with self._lock:
            now = self._clock()
            if rate is None:
                return now
            rate *= self._state.share
            if self._block == 0:
                self._reserve(rate, now)
            self._block -= 1
            slot, full_at = take(self._state.full_at, rate, now)
            self._state = replace(self._state, full_at=full_at)
            return slot

    def give_back(self) -> None:
        """The token was not used."""
        rate = self._policy.a_second
        with self._lock:
            if rate is not None and self._state.full_at is not None:
                step = step_of(rate * self._state.share)
                self._state = replace(self._state, full_at=self._state.full_at - step)
                self._block += 1

    def domain_slot(self, domain: str) -> datetime:
        """When a letter to that domain may leave; its token is taken."""
        rate = self._policy.a_second_a_domain
        with self._lock:
            now = self._clock()
            if rate is None:
                return now
            slot, full_at = take(self._state.domains.get(domain), rate, now)
            self._state = replace(
                self._state, domains={**self._state.domains, domain: full_at}
            )
            return slot

    def last_slot(self) -> datetime | None:
        """When the queues of all domains are empty, None if they are."""
        with self._lock:
            return max(self._state.domains.values(), default=None)

    def breaker_wait(self) -> timedelta:
        """How long nothing may be tried."""
        with self._lock:
            return wait(self._state.breaker, self._clock())

    def trouble_lasts(self) -> timedelta:
        """How long nothing has worked."""
        with self._lock:
            since = self._state.breaker.since
            return self._clock() - since if since else timedelta(0)

    def accepted(self) -> None:
        """A letter was taken: there is no trouble."""
        with self._lock:
            before = self._state
            self._state = after_accepted(before)
            if before.breaker != self._state.breaker:
                self._save(self._reserved or self._state.full_at)

    def troubled(self) -> timedelta | None:
        """The transport failed; for how long nothing is tried, None if it was known."""
        with self._lock:
            breaker = after_trouble(self._state.breaker, self._clock())
            return self._opened(replace(self._state, breaker=breaker))

    def throttled(self) -> timedelta | None:
        """The server wants fewer letters; the same."""
        with self._lock:
            return self._opened(after_throttle(self._state, self._clock()))

    def close(self) -> None:
        """Keeps what was really used."""
        with self._lock:
            kept = self._kept().full_at
            if self._reserved is not None and kept == self._reserved:
                self._save(self._state.full_at)
            self._reserved, self._block = None, 0

    def _opened(self, state: TransportState) -> timedelta | None:
        if state.breaker == self._state.breaker:
            return None
        self._state = state
        self._save(self._reserved or state.full_at)
        return wait(state.breaker, self._clock())

    def _reserve(self, rate: float, now: datetime) -> None:
        """Takes the next block out of the kept bucket, behind other processes."""
        self._block = max(1, min(_MOST_A_BLOCK, int(rate)))
        others = self._kept().full_at
        base = max(one for one in (self._state.full_at, others, now) if one)
        if others is not None and others != self._reserved:
            # Somebody else took a block: ours begins behind it.
            self._state = replace(self._state, full_at=base)
        self._reserved = base + self._block * step_of(rate)
        self._save(self._reserved)

    def _kept(self) -> TransportState:
        text = self._store.transport_state(self._name)
        try:
            return from_json(TransportState, text) if text else TransportState()
        except InputError:
            # Written by another version: a full bucket is the worst it costs.
            return TransportState()

    def _save(self, full_at: datetime | None) -> None:
        domains = filling(self._state.domains, self._clock())
        self._state = replace(self._state, domains=domains)
        self._store.save_transport_state(
            self._name, to_json(replace(self._state, full_at=full_at))
        )
