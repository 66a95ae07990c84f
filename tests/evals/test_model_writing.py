"""The measure of a model's writing, on scripted models whose faults are known."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import Demo
from tests.evals.model_writing import Endpoint, Told, compare, stories, table
from tests.model_server import ModelServer, Reply, Script

_LINE = re.compile(r"^\[(\d+)\] \(.*?\) (.*)$", re.MULTILINE)
_FEW = 3


@pytest.fixture(scope="module")
def told(demo: Demo) -> tuple[Told, ...]:
    return stories(demo.output)


def shown(request: dict[str, Any]) -> list[dict[str, Any]]:
    user = request["messages"][1]["content"]
    bare = re.sub(r"\{(q\d+): [^{}]*\}", r"{\1}", user)
    return [
        {"text": text, "evidence": [int(number)]}
        for number, text in _LINE.findall(bare)
    ]


def copying(request: dict[str, Any]) -> Reply:
    """Says the first sentences of the evidence, quantities by id."""
    said = shown(request)[:3]
    sections = {"what_happened": said, "in_one_line": said[:1]}
    return Reply(json.dumps({"headline": said[0], "sections": sections}))


def inventing(request: dict[str, Any]) -> Reply:
    """Says what no source says, and cites it."""
    said = [
        {"text": f"Veltram bought {n} ships in Quorn on 3 May 2019.", "evidence": [n]}
        for n in (1, 2)
    ]
    sections = {"what_happened": [*said, *shown(request)[:2]]}
    return Reply(json.dumps({"headline": said[0], "sections": sections}))


def measured(script: Script, told: tuple[Told, ...]) -> tuple[str, ...]:
    lines: list[str] = []
    with ModelServer(script) as server:
        endpoint = Endpoint(
            "small",
            server.base_url,
            "k",
            usd_per_million_in=Decimal("0.10"),
            usd_per_million_out=Decimal("0.40"),
        )
        found = compare(endpoint, told[:_FEW], say=lines.append)
    return (*lines, *table(*found))


def test_the_sample_tells_at_least_eight_stories_with_their_texts(
    told: tuple[Told, ...],
) -> None:
    assert len(told) >= 8
    assert all(one.text for each in told for one in each.story.documents)


def test_a_model_that_copies_is_supported_at_first_writing(
    told: tuple[Told, ...],
) -> None:
    *progress, head, number, held, claims, supported = measured(copying, told)[:8]

    assert len(progress) == _FEW
    assert head.split() == ["small", "extract"]
    assert number.split() == ["stories", "3", "3"]
    assert held.split() == ["briefs", "held", "0", "0"]
    assert int(claims.split()[2]) >= _FEW * 3
    assert "(100.0%)" in supported


def test_what_a_model_invents_is_counted_and_never_printed(
    told: tuple[Told, ...],
) -> None:
    lines = {line[:30].strip(): line[30:] for line in measured(inventing, told)[_FEW:]}

    share = re.search(r"\d+ \(([\d.]+)%\)", lines["supported at first writing"])
    struck = re.search(r"(\d+) \(", lines["struck"])
    assert share is not None
    assert float(share[1]) < 60
    assert struck is not None
    assert int(struck[1]) >= _FEW * 2
    assert lines["rules broken"].split()[0] != "none"
    assert lines["requests"].split() == ["3", "0"]
    assert lines["US dollars"].split()[0] != "-"
    assert lines["US dollars"].split()[1] == "-"
