"""Fakes for ports; each passes the same contract tests as the real thing."""

from __future__ import annotations

from collections.abc import Mapping


class MemoryLedger:
    """A StepLedger in a dictionary."""

    def __init__(self) -> None:
        self._steps: dict[tuple[str, str], dict[str, str]] = {}

    def finished_steps(self, run_id: str, name: str) -> Mapping[str, str]:
        return dict(self._steps.get((run_id, name), {}))

    def save_step(self, run_id: str, name: str, key: str, value: str) -> None:
        self._steps.setdefault((run_id, name), {}).setdefault(key, value)
