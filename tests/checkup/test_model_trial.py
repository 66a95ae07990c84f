"""The doctor lets a model write a small brief and says how good it is at it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from briefing.checkup.outside import Asks
from briefing.domain.checkup import Finding, Health
from briefing.logic.model_trial import Trial, verdict
from tests.checkup.looking import look
from tests.model_server import ModelServer, Reply, Script

_LINE = re.compile(r"^\[(\d+)\] \(.*?\) (.*)$", re.MULTILINE)


def tried(folder: Path, script: Script) -> tuple[Finding, int]:
    with ModelServer(script) as server:
        table = f'[model]\nbase_url = "{server.base_url}"\nname = "small"\n'
        found = look(folder, table, asks_model=Asks.A_BRIEF)
        return found["model"], len(server.requests)


def copying(request: dict[str, Any]) -> Reply:
    """Says each sentence that it is shown, a comma and all, in the wanted shape."""
    shown = _LINE.findall(request["messages"][1]["content"])
    said = [{"text": text, "evidence": [int(number)]} for number, text in shown[:4]]
    return Reply(
        json.dumps({"headline": said[0], "sections": {"what_happened": said[1:]}})
    )


def lying(request: dict[str, Any]) -> Reply:
    return Reply(re.sub(r"\b(12|48|35|30|1974)\b", "77", copying(request).text))


def test_a_model_that_answers_in_no_shape_is_not_usable(tmp_path: Path) -> None:
    found, asked = tried(tmp_path, lambda _request: Reply("Sure! Here it comes."))

    assert found.health is Health.BAD
    assert "not usable: no answer was in shape" in found.says
    assert "[model]" in found.todo
    assert 1 <= asked <= 8


def test_a_model_that_leaves_sections_out_is_usable_with_fallback(
    tmp_path: Path,
) -> None:
    found, _ = tried(tmp_path, copying)

    assert found.health is Health.WARN
    assert "usable with fallback" in found.says
    assert "written without it" in found.says


def test_a_model_that_changes_figures_is_found_out(tmp_path: Path) -> None:
    copied, _ = tried(tmp_path, copying)
    lied, _ = tried(tmp_path, lying)

    def share(finding: Finding) -> float:
        match = re.search(r"(\d+) of its (\d+) sentences", finding.says)
        assert match is not None
        return int(match[1]) / int(match[2])

    assert share(copied) == 1.0
    assert share(lied) < 1.0


def test_a_model_that_refuses_is_bad_with_its_reason(tmp_path: Path) -> None:
    found, _ = tried(tmp_path, lambda _request: Reply(status=401))

    assert (found.health, "HTTP 401" in found.says) == (Health.BAD, True)


def test_nothing_is_written_unless_it_is_asked_for(tmp_path: Path) -> None:
    with ModelServer(copying) as server:
        table = f'[model]\nbase_url = "{server.base_url}"\nname = "small"\n'
        look(tmp_path, table)

        assert server.requests == []


@pytest.mark.parametrize(
    ("trial", "health", "words"),
    [
        (Trial(10, 10, (), 300, 10.0), Health.OK, "good"),
        (Trial(10, 9, (), 300, 10.0), Health.OK, "30 tokens a second"),
        (Trial(10, 8, (), 300, 10.0), Health.WARN, "usable with fallback"),
        (Trial(10, 10, ("x left out",), 300, 10.0), Health.WARN, "x left out"),
        (Trial(10, 4, (), 300, 10.0), Health.BAD, "4 of its 10"),
        (Trial(0, 0, ("cut off",), 0, 0.0), Health.BAD, "cut off"),
    ],
)
def test_the_verdict_goes_by_shape_and_support(
    trial: Trial, health: Health, words: str
) -> None:
    found = verdict("small", trial)

    assert (found.health, words in found.says) == (health, True)
