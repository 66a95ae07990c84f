"""What every engine must do."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.engine.inline import InlineEngine, only_one
from briefing.errors import InputError, StoreError
from briefing.ports import StepResult
from tests.fakes import MemoryLedger


def test_results_come_in_the_order_of_the_keys() -> None:
    engine = InlineEngine(MemoryLedger())

    results = engine.map("run", "double", lambda key: key * 2, ["b", "a"], workers=4)

    assert results == (StepResult("b", "bb"), StepResult("a", "aa"))


def test_a_failure_costs_only_its_own_key_and_is_tried_again_next_time() -> None:
    ledger = MemoryLedger()
    calls: list[str] = []

    def step(key: str) -> str:
        calls.append(key)
        if key == "bad" and calls.count("bad") == 1:
            raise InputError("bad: broke", hint="Mend it.")
        return "ok"

    first = InlineEngine(ledger).map("run", "step", step, ["bad", "good"])
    second = InlineEngine(ledger).map("run", "step", step, ["bad", "good"])

    assert first == (
        StepResult("bad", None, error="bad: broke", hint="Mend it."),
        StepResult("good", "ok"),
    )
    assert second == (
        StepResult("bad", "ok"),
        StepResult("good", "ok", was_done=True),
    )
    assert calls == ["bad", "good", "bad"]


def test_a_bug_stops_the_run_and_keeps_what_was_finished() -> None:
    ledger = MemoryLedger()

    def step(key: str) -> str:
        if key == "bug":
            raise ZeroDivisionError
        return key

    with pytest.raises(ZeroDivisionError):
        InlineEngine(ledger).map("run", "step", step, ["a", "bug"])

    assert ledger.finished_steps("run", "step") == {"a": "a"}


def test_progress_is_told_once_a_key() -> None:
    seen: list[str] = []

    InlineEngine(MemoryLedger()).map(
        "run", "step", str, ["a", "b"], on_done=lambda result: seen.append(result.key)
    )

    assert sorted(seen) == ["a", "b"]


def test_only_one_run_holds_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"

    with (
        only_one(path),
        pytest.raises(StoreError, match="another run"),
        only_one(path),
    ):
        pass

    with only_one(path):
        assert path.exists()
