"""Checks side by side, each with a time limit; one that fails is one bad line."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from briefing.domain.checkup import Finding, bad
from briefing.errors import BriefingError
from briefing.logic import health
from briefing.settings import Settings


@dataclass(slots=True)
class Look:
    """What every check is handed.

    Attributes:
        chosen: the settings.
        moment: now, for what is due when.
        wall: the clock, for comparing it with others'.
        skews: (who, seconds their clock is ahead of ours), filled on the way.
    """

    chosen: Settings
    moment: datetime
    wall: Callable[[], datetime]
    skews: list[tuple[str, float]] = field(default_factory=list)

    def hears_time(self, who: str, said: str) -> None:
        """Keeps how far a Date header or greeting is from our clock."""
        sent_at = health.sent_at(said)
        if sent_at is not None:
            self.skews.append((who, (sent_at - self.wall()).total_seconds()))


@dataclass(frozen=True, slots=True)
class Check:
    """One part.

    Attributes:
        part: its word, for the line that says it failed or took too long.
        run: gives its findings; may raise BriefingError or OSError.
        limit_s: in place of the common one.
    """

    part: str
    run: Callable[[], Sequence[Finding]]
    limit_s: float | None = None


def run_all(checks: Sequence[Check], *, limit_s: float) -> tuple[Finding, ...]:
    """The findings in the order of `checks`; a bug in one is raised here."""
    started = time.monotonic()
    answers = [_start(one) for one in checks]
    found: list[Finding] = []
    for check, answer in zip(checks, answers, strict=True):
        limit = limit_s if check.limit_s is None else check.limit_s
        left = max(0.0, started + limit - time.monotonic())
        try:
            said = answer.get(timeout=left)
        except queue.Empty:
            found.append(
                bad(
                    check.part,
                    f"no answer in {limit:.0f} seconds",
                    "Look whether a server or a disk hangs.",
                )
            )
            continue
        if isinstance(said, BriefingError):
            found.append(bad(check.part, said.message, said.hint))
        elif isinstance(said, OSError):
            found.append(bad(check.part, str(said), "Check the path and its rights."))
        elif isinstance(said, BaseException):
            raise said
        else:
            found.extend(said)
    return tuple(found)


def _start(
    check: Check,
) -> queue.SimpleQueue[Sequence[Finding] | BaseException]:
    answer: queue.SimpleQueue[Sequence[Finding] | BaseException] = queue.SimpleQueue()

    def work() -> None:
        try:
            answer.put(check.run())
        except BaseException as error:  # handed on, and raised there
            answer.put(error)

    # A daemon: one that hangs must not keep the command from its end.
    threading.Thread(target=work, name=f"doctor {check.part}", daemon=True).start()
    return answer
