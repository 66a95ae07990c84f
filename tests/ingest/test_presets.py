"""Every ready ranking reads a payload of the shape that its site serves.

`body.*` is the ranking's document. Where one poll asks for more, `served.toml` names
each address (as http) and its file. `expected.json` holds the first rows in short.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from briefing import rankings
from briefing.domain.ranking import RankingSnapshot
from briefing.domain.source import Problem
from briefing.settings import parse
from briefing.starter.presets import Preset, preset, preset_for, presets
from tests.builders import NOW
from tests.ingest.test_cases import snapshot_in_short
from tests.web import Page, web

CASES = Path(__file__).parent / "presets"
KEYS = '[http.keys]\n"http://openrouter.ai/api/v1/datasets/" = "OPENROUTER_API_KEY"\n'


def read(chosen: Preset) -> tuple[RankingSnapshot, tuple[Problem, ...]]:
    """What the preset reads of its payload, over loopback where it asks twice."""
    folder = CASES / chosen.name
    served = folder / "served.toml"
    if not served.exists():
        (body,) = folder.glob("body.*")
        return rankings.read_once(None, chosen, str(body), NOW)
    files = tomllib.loads(served.read_text("utf-8"))
    kinds = {".html": "text/html", ".json": "application/json"}
    pages = {
        url: Page(
            (folder / name).read_bytes(),
            headers={"Content-Type": kinds[Path(name).suffix]},
        )
        for url, name in files.items()
    }
    plain = replace(chosen, text=chosen.text.replace("https://", "http://"))
    url = chosen.url.replace("https://", "http://")
    with web(pages) as net:
        hosts = dict.fromkeys(urlsplit(one).hostname for one in pages)
        lines = "".join(f'"{one}" = "127.0.0.1:{net.port}"\n' for one in hosts)
        settings = parse(
            f"[http]\nspacing_s = 0\n[http.connect_to]\n{lines}{KEYS}",
            folder=Path(),
            environment={"OPENROUTER_API_KEY": "k"},
        )
        return rankings.read_once(settings, plain, url, NOW)


def test_every_preset_has_a_case() -> None:
    assert {path.name for path in CASES.iterdir()} == {one.name for one in presets()}


@pytest.mark.parametrize("chosen", presets(), ids=lambda one: one.name)
def test_a_preset_reads_its_payload(chosen: Preset) -> None:
    snapshot, problems = read(chosen)

    expected = json.loads((CASES / chosen.name / "expected.json").read_text("utf-8"))
    told = snapshot_in_short(snapshot)
    assert {**told, "rows": told["rows"][:6], "count": len(told["rows"])} == expected
    assert not [one for one in problems if one.is_failure]
    assert snapshot.metric


@pytest.mark.parametrize("chosen", presets(), ids=lambda one: one.name)
def test_a_preset_says_when_its_shape_was_seen(chosen: Preset) -> None:
    assert chosen.last_verified.startswith("20")
    assert "Trap" in chosen.about
    assert chosen.url.startswith("https://")


def test_every_preset_stands_in_the_table_of_the_docs() -> None:
    text = (Path(__file__).parents[2] / "docs" / "rankings.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| `")]

    named = {line.split("`")[1]: line.count("|") for line in lines}
    assert {one.name: named.get(one.name) for one in presets()} == dict.fromkeys(
        (one.name for one in presets()), 7
    )


def test_the_official_interface_can_stand_in_for_the_page() -> None:
    page = preset("openrouter-weekly").text.replace(
        'kind = "ranking"', 'kind = "ranking"\nfallback = ["openrouter-official"]'
    )
    official = preset("openrouter-official").text.replace(
        'kind = "ranking"', 'kind = "ranking"\nenabled = false'
    )

    (source,) = parse(page + official, folder=Path(), environment={}).sources

    assert [one.id for one in source.fallback] == ["openrouter-official"]


def test_an_address_finds_its_preset() -> None:
    assert preset_for("https://arena.ai/other").name == "lmarena-text"
    url = preset("huggingface-downloads").url
    assert preset_for(url).name == "huggingface-downloads"
