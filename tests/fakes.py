"""Fakes for ports; each passes the same contract tests as the real thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, TypeVarTuple

from briefing.errors import BriefingError
from briefing.isolate import unexpected

IsolateArgs = TypeVarTuple("IsolateArgs")
IsolateResult = TypeVar("IsolateResult")


class MemoryLedger:
    """A StepLedger in a dictionary."""

    def __init__(self) -> None:
        self._steps: dict[tuple[str, str], dict[str, str]] = {}

    def finished_steps(self, run_id: str, name: str) -> Mapping[str, str]:
        return dict(self._steps.get((run_id, name), {}))

    def save_step(self, run_id: str, name: str, key: str, value: str) -> None:
        self._steps.setdefault((run_id, name), {}).setdefault(key, value)


class InlineIsolate:
    """ports.Isolate without processes: the same errors, but no limits."""

    def run(
        self,
        function: Callable[[*IsolateArgs], IsolateResult],
        *args: *IsolateArgs,
        limit_s: float = 5.0,
    ) -> IsolateResult:
        """What the function returns, here and now."""
        try:
            return function(*args)
        except BriefingError:
            raise
        except Exception as error:
            raise unexpected(error) from error
