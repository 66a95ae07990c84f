"""Every ready ranking reads a payload of the shape that its site serves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing import rankings
from briefing.starter.presets import Preset, preset, preset_for, presets
from tests.builders import NOW
from tests.ingest.test_cases import snapshot_in_short

CASES = Path(__file__).parent / "presets"


def test_every_preset_has_a_case() -> None:
    assert {path.name for path in CASES.iterdir()} == {one.name for one in presets()}


@pytest.mark.parametrize("chosen", presets(), ids=lambda one: one.name)
def test_a_preset_reads_its_payload(chosen: Preset) -> None:
    (body,) = (CASES / chosen.name).glob("body.*")

    snapshot, problems = rankings.read_once(None, chosen, str(body), NOW)

    expected = json.loads((CASES / chosen.name / "expected.json").read_text("utf-8"))
    told = snapshot_in_short(snapshot)
    assert {**told, "rows": told["rows"][:6], "count": len(told["rows"])} == expected
    assert not [one for one in problems if one.is_failure]
    assert snapshot.metric


@pytest.mark.parametrize("chosen", presets(), ids=lambda one: one.name)
def test_a_preset_says_when_its_shape_was_seen(chosen: Preset) -> None:
    assert "Shape seen 20" in chosen.about
    assert chosen.url.startswith("https://")


def test_an_address_finds_its_preset() -> None:
    assert preset_for("https://openrouter.ai/api/other").name == "openrouter-weekly"
    url = preset("huggingface-downloads").url
    assert preset_for(url).name == "huggingface-downloads"
