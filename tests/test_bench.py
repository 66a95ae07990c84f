"""Each benchmark runs, with sizes so small that its figures mean nothing."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from bench import __main__ as bench
from bench import numbers, rankings
from tests.conftest import Demo


@pytest.mark.parametrize("name", ["mail", "archive", "gather", "rankings", "numbers"])
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


def test_the_held_out_strings_say_what_is_right_of_them() -> None:
    strings = numbers.held_out()

    assert len(strings) >= 120
    assert len({(one.locale, one.text) for one in strings}) == len(strings)
    assert numbers.is_right(strings[0], Decimal(0))
    assert not numbers.is_right(strings[0], None)


def test_no_number_is_right_only_where_there_is_none() -> None:
    refused = numbers.Printed("10-20", "en", ".", numbers.REFUSED, "")

    assert numbers.is_right(refused, numbers.REFUSED)
    assert numbers.is_right(refused, None)
    assert not numbers.is_right(refused, numbers.NOTHING)
    assert not numbers.is_right(refused, Decimal(10))


def test_a_generated_ranking_is_the_same_every_time_and_moves_by_day() -> None:
    assert rankings.document(50, 0) == rankings.document(50, 0)
    assert rankings.document(50, 0) != rankings.document(50, 1)


def test_a_peer_that_is_not_installed_is_left_out_and_named() -> None:
    def make() -> numbers.Reader:
        raise AssertionError("it is not installed")

    absent = numbers.Peer("A peer", "no_module_of_this_name", make)

    result = numbers.run(1, peers=(absent,))

    assert result.notes == ("A peer is not installed: left out.",)
    assert len(result.figures) == 1
