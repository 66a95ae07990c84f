"""Whose turn it is: at most so many requests to a site at once, so far apart."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# Fifty pages behind a dead host would otherwise cost fifty times the connection limit.
FAILURES = 3
REST_S = 600.0


@dataclass(slots=True)
class _Site:
    turns: threading.Semaphore
    next_start: float = 0.0
    closed_until: float = 0.0
    spacing_s: float = 0.0
    failures: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Manners:
    """Turns by site, shared by all threads of a run.

    `clock` is monotonic seconds; `sleep` waits. Both are handed in so that tests need
    neither.
    """

    def __init__(
        self,
        *,
        spacing_s: float,
        per_site: int,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._spacing_s = spacing_s
        self._per_site = per_site
        self._clock = clock
        self._sleep = sleep
        self._sites: dict[str, _Site] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, site: str, *, is_spaced: bool = True) -> Iterator[None]:
        """Waits until a request to `site` may start; the block is the request."""
        held = self._site(site)
        with held.turns:
            if is_spaced:
                with held.lock:
                    now = self._clock()
                    start = max(now, held.next_start)
                    held.next_start = start + held.spacing_s
                if start > now:
                    self._sleep(start - now)
            yield

    def slow_down(self, site: str, spacing_s: float) -> None:
        """The site asks for more room between requests than we give by ourselves."""
        held = self._site(site)
        with held.lock:
            held.spacing_s = max(held.spacing_s, spacing_s)
            held.next_start = max(held.next_start, self._clock() + spacing_s)

    def close(self, site: str, seconds: float) -> None:
        """The site asked to be left alone for so long (Retry-After)."""
        held = self._site(site)
        with held.lock:
            held.closed_until = max(held.closed_until, self._clock() + seconds)

    def failed(self, site: str) -> None:
        """The site gave no usable answer; after three in a row it is left alone."""
        held = self._site(site)
        with held.lock:
            held.failures += 1
            is_dead = held.failures >= FAILURES
        if is_dead:
            self.close(site, REST_S)

    def answered(self, site: str) -> None:
        """The site answered, whatever it said."""
        held = self._site(site)
        with held.lock:
            held.failures = 0

    def closed_for(self, site: str) -> float:
        """Seconds until the site may be asked again, 0 if now."""
        return max(0.0, self._site(site).closed_until - self._clock())

    def _site(self, site: str) -> _Site:
        with self._lock:
            if site not in self._sites:
                self._sites[site] = _Site(
                    threading.Semaphore(self._per_site), spacing_s=self._spacing_s
                )
            return self._sites[site]
