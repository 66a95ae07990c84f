"""What robots.txt allows us, as RFC 9309 says to read it; kept for a day."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from briefing.errors import FetchError
from briefing.logic.urls import Address, robots_url

MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: at least this much must be read
KEPT_S = 86_400.0  # RFC 9309, 2.4
KEPT_AFTER_ERROR_S = 600.0  # chosen: long enough to spare the host within a run
LONGEST_DELAY_S = 30.0  # INGEST 1.1; a longer wish would stall a run


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """What asking for robots.txt gave.

    Attributes:
        status: HTTP status, None if no usable answer came.
        body: its bytes, cut at MAX_BYTES.
        error: why no usable answer came, else None.
    """

    status: int | None
    body: bytes = b""
    error: FetchError | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one origin: parsed, or one verdict for everything.

    Attributes:
        parsed: the file, None if there is none that counts.
        allows_all: the verdict where nothing was parsed.
        error: why the file could not be had at all, else None.
    """

    parsed: Protego | None
    allows_all: bool = True
    error: FetchError | None = None

    def allow(self, url: str, user_agent: str) -> bool:
        """Whether the address may be read by us."""
        if self.parsed is None:
            return self.allows_all
        return bool(self.parsed.can_fetch(url, user_agent))

    def delay_s(self, user_agent: str) -> float:
        """The wished spacing in seconds, at most 30, 0 if none is stated."""
        wished = self.parsed.crawl_delay(user_agent) if self.parsed else None
        return min(max(float(wished or 0.0), 0.0), LONGEST_DELAY_S)


def read_rules(answer: RobotsAnswer) -> Rules:
    """RFC 9309, 2.3.1: unreachable and 5xx forbid all, "not found" allows all.

    401 and 403 are read as a refusal, as the large crawlers' practice was before the
    RFC: a site that locks the file away does not invite us. 429 means "not now".
    """
    if answer.status is None or answer.status >= 500 or answer.status == 429:
        return Rules(None, allows_all=False, error=answer.error)
    if answer.status in {401, 403}:
        return Rules(None, allows_all=False)
    if answer.status != 200:
        return Rules(None)
    text = answer.body.decode("utf-8", "replace").lstrip("\ufeff")
    if text.lstrip().startswith("<"):
        return Rules(None)  # an HTML page served for every address: no rules
    return Rules(Protego.parse(text))


class Robots:
    """Rules by origin, each asked for once a day by one thread."""

    def __init__(
        self, ask: Callable[[str], RobotsAnswer], clock: Callable[[], float]
    ) -> None:
        self._ask = ask
        self._clock = clock
        self._kept: dict[str, tuple[float, Rules]] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def rules(self, where: Address) -> Rules:
        """The rules for this origin, asked for if not held."""
        with self._lock:
            one = self._locks.setdefault(where.origin, threading.Lock())
        with one:
            held = self._kept.get(where.origin)
            if held is not None and self._clock() < held[0]:
                return held[1]
            rules = read_rules(self._ask(robots_url(where)))
            kept_s = KEPT_S if rules.error is None else KEPT_AFTER_ERROR_S
            self._kept[where.origin] = (self._clock() + kept_s, rules)
            return rules
