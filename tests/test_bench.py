"""Each benchmark runs, with sizes so small that its figures mean nothing."""

from __future__ import annotations

import json

import pytest

from bench import __main__ as bench
from tests.conftest import Demo


@pytest.mark.parametrize("name", ["mail", "archive", "gather"])
def test_a_benchmark_runs_beside_its_peer(
    demo: Demo, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    bench.main([name, "--tiny", "--json"], store=demo.output / "demo.db")

    said = json.loads(capsys.readouterr().out)
    (result,) = said["results"]
    assert result["name"] == name
    assert {len(pair) for pair in result["figures"]} == {2}
    assert all(one["value"] > 0 for pair in result["figures"] for one in pair)
    assert result["ratios"]
    assert said["machine"]["python"]


def test_figures_are_printed_for_people(
    demo: Demo, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.main(["mail", "--tiny"], store=demo.output / "demo.db")

    said = capsys.readouterr().out
    assert "letters/s" in said
    assert "x the peer's rate" in said
    assert "cores" in said


def test_an_unknown_benchmark_is_named(
    demo: Demo, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        bench.main(["speed"], store=demo.output / "demo.db")

    assert "no benchmark 'speed'" in capsys.readouterr().err
