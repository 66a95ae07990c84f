"""briefing rankings …: what was kept of a leaderboard, and what moved."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing.cli import main
from briefing.domain.ranking import RankingSnapshot, Window
from briefing.domain.source import FetchState, Harvest
from briefing.rankings import parquet_of
from briefing.store import SqliteStore
from tests.builders import snapshot
from tests.cli.calling import Said, call

CONFIG = """\
[digest]
title = "The Daily"

[[sources]]
id = "usage"
kind = "ranking"
url = "http://usage.example/rankings"
title = "Weekly usage"
publisher = "Usage Board (sample)"

[sources.ranking]
rows = "data"
key = "slug"
label = "name"
value = "tokens"
metric = "tokens processed"
unit = "token"

[[sources]]
id = "news"
kind = "feed"
url = "http://news.example/feed"
title = "News"
publisher = "News (sample)"
"""
WEEKS = (
    (("Alder", 90), ("Birch", 80), ("Cedar", 70), ("Dogwood", 60), ("Elm", 50)),
    (("Birch", 95), ("Alder", 90), ("Cedar", 70), ("Dogwood", 60), ("Elm", 50)),
    (("Birch", 99), ("Elm", 98), ("Alder", 97), ("Cedar", 96), ("Dogwood", 95)),
)


def weekly(number: int) -> RankingSnapshot:
    end = date(2026, 5, 10) + timedelta(days=7 * number)
    taken = datetime(end.year, end.month, end.day, 2, tzinfo=UTC) + timedelta(days=1)
    return snapshot(
        *WEEKS[number],
        window=Window(end - timedelta(days=6), end),
        taken_at=taken,
        fetched_at=taken,
        attribution=f"Source: Usage Board, as of {taken:%Y-%m-%d}.",
        caveats=("Figures may be restated.",),
    )


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "briefing.toml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


@pytest.fixture
def kept(config: Path) -> Path:
    with SqliteStore(config.with_name("briefing.db")) as store:
        for number in range(len(WEEKS)):
            harvest = Harvest("usage", FetchState("usage"), snapshot=weekly(number))
            store.save_harvest(harvest)
    return config


def rankings(config: Path, *arguments: object) -> Said:
    return call("rankings", *arguments, "--config", config)


def test_the_list_names_rankings_alone_with_what_is_kept(kept: Path) -> None:
    said = rankings(kept, "list")
    (line,) = rankings(kept, "list", "--json").json

    assert said.code == 0
    assert "2026-05-11  2026-05-25  Birch" in said.out
    assert (line["id"], line["snapshots"]) == ("usage", 3)
    assert "news" not in said.out


def test_the_newest_is_shown_beside_the_week_before_with_its_source(
    kept: Path,
) -> None:
    said = rankings(kept, "show", "usage", "--top", 3)
    table = rankings(kept, "show", "usage", "--json").json

    assert said.code == 0
    assert "tokens processed, in token" in said.out
    assert "Elm       98    5  +96.0%" in said.out
    assert "Source: Usage Board, as of 2026-05-25." in said.out
    assert "Figures may be restated." in said.out
    assert "Birch is first for 2 weeks." in said.out
    assert "Its value rose at least 2 weeks in a row." in said.out
    assert "Its value is the highest of the 3 weeks that are kept." in said.out
    assert [one["rank_before"] for one in table["lines"]] == [1, 5, 2, 3, 4]


def test_an_earlier_day_sees_what_was_known_then(kept: Path) -> None:
    said = rankings(kept, "show", "usage", "--now", "2026-05-12T00:00:00Z")

    assert "Alder" in said.out.splitlines()[2]
    assert "is first for" not in said.out


def test_one_item_is_followed_by_a_part_of_its_name(kept: Path) -> None:
    said = rankings(kept, "history", "usage", "dogw")
    told = rankings(kept, "history", "usage", "elm", "--json").json

    assert said.code == 0
    assert "2026-05-10     4     60" in said.out
    assert "2026-05-24     5     95" in said.out
    assert [one["rank"] for one in told["points"]] == [5, 5, 2]
    assert (told["record_of"], told["first_streak"]["length"]) == (3, 0)


def test_what_moved_is_told_with_who_was_passed(kept: Path) -> None:
    said = rankings(kept, "diff", "usage")
    earlier = rankings(kept, "diff", "usage", "--to", "2026-05-20")
    over = rankings(kept, "diff", "usage", "--from", "2026-05-11", "--json").json

    assert said.out.splitlines() == [
        "2026-05-18 → 2026-05-25",
        "rose: Elm (5 → 2), 98 (+96.0%), past Alder, Cedar, Dogwood",
        "the first leads by 1",
    ]
    assert "took first: Birch (2 → 1), 95 (+18.8%), past Alder" in earlier.out
    assert [one["change"]["kind"] for one in over["changes"]] == ["took_first", "rose"]


def test_that_nothing_moved_is_a_result(kept: Path) -> None:
    said = rankings(kept, "diff", "usage", "--from", "2026-05-25")

    assert (said.code, said.out.splitlines()[1]) == (0, "Nothing moved.")


def test_groups_and_concentration_are_told_beside_the_moves(config: Path) -> None:
    with SqliteStore(config.with_name("briefing.db")) as store:
        for number in (1, 2):
            made = weekly(number)
            rows = tuple(
                replace(row, group="Softwood" if row.label == "Cedar" else "Hardwood")
                for row in made.rows
            )
            told = replace(made, rows=rows, total=Decimal(600 + 100 * number))
            store.save_harvest(Harvest("usage", FetchState("usage"), snapshot=told))

    said = rankings(config, "diff", "usage")
    full = rankings(config, "diff", "usage", "--json").json

    assert said.out.splitlines()[2:] == [
        "the first leads by 1",
        "Hardwood: +31.9%, +6.5 points of all",
        "the first three hold 36.8% of all (was 36.4%)",
    ]
    assert [one["name"] for one in full["groups"]] == ["Hardwood"]
    assert full["gap_to_next"] == "1"


def test_an_export_holds_every_row_as_text(kept: Path) -> None:
    said = rankings(kept, "export", "usage")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    whole = rankings(kept, "export", "usage", "--format", "json").json

    assert len(rows) == 15
    assert (rows[0]["label"], rows[0]["value"], rows[0]["window_end"]) == (
        "Alder",
        "90",
        "2026-05-10",
    )
    assert [one["rows"][0]["label"] for one in whole] == ["Alder", "Birch", "Birch"]


def test_an_export_as_parquet_keeps_types_and_exact_values(kept: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    with CliRunner().isolation() as streams:
        with pytest.raises(SystemExit, match="0"):
            main(
                [
                    "rankings",
                    "export",
                    "usage",
                    "--format",
                    "parquet",
                    "--config",
                    str(kept),
                ]
            )
        sys.stdout.flush()
        body = streams[0].getvalue()
    printed = list(csv.DictReader(io.StringIO(rankings(kept, "export", "usage").out)))

    rows = parquet.read_table(io.BytesIO(body)).to_pylist()

    assert len(rows) == 15
    assert list(rows[0]) == list(printed[0])
    assert [str(row["value"]) for row in rows] == [row["value"] for row in printed]
    assert (rows[0]["rank"], rows[0]["value"]) == (1, Decimal(90))
    assert (rows[0]["window_end"], rows[0]["group"]) == (date(2026, 5, 10), None)
    assert rows[0]["as_of"] == datetime(2026, 5, 11, 2, tzinfo=UTC)


def test_parquet_holds_fractions_and_huge_values_exactly() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    values = (Decimal("1e24"), Decimal("0.00000000000000000001"), None)
    one = snapshot(("A", 3), ("B", 2), ("C", 1))
    rows = tuple(
        replace(row, value=value) for row, value in zip(one.rows, values, strict=True)
    )

    body = parquet_of([replace(one, rows=rows)])

    column = parquet.read_table(io.BytesIO(body))["value"]
    assert tuple(column.to_pylist()) == values


def test_without_pyarrow_parquet_says_what_to_install(kept: Path) -> None:
    blocked = "import sys; sys.modules['pyarrow'] = None\nfrom briefing.cli import main"
    words = [
        "rankings",
        "export",
        "usage",
        "--format",
        "parquet",
        "--config",
        str(kept),
    ]

    done = subprocess.run(
        [sys.executable, "-c", f"{blocked}\nmain({words!r})"],
        capture_output=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stdout == b""
    assert "Install briefing[parquet]" in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "news"), "'news' is no configured ranking"),
        (("history", "usage", "Willow"), "was never on this ranking"),
        (("history", "usage", "e"), "may be several: elm, alder, cedar"),
        (("diff", "usage", "--from", "2026-01-01"), "from 2026-01-01 or before"),
        (("diff", "usage", "--to", "2026-05-11"), "the step before 2026-05-11"),
        (("diff", "usage", "--to", "soon"), "'soon' is no day"),
    ],
)
def test_what_cannot_be_told_is_named(
    kept: Path, arguments: tuple[str, ...], message: str
) -> None:
    said = rankings(kept, *arguments)

    assert said.code == 2
    assert message in " ".join(said.err.split())


def test_before_the_first_run_there_is_a_list_and_a_hint(config: Path) -> None:
    listed, shown = rankings(config, "list"), rankings(config, "show", "usage")

    assert (listed.code, shown.code) == (0, 2)
    assert "nothing is kept of usage yet" in shown.err
    assert "briefing run" in shown.err


def test_the_history_is_drawn_as_a_picture(kept: Path) -> None:
    for name, start in (("usage.svg", b"<svg "), ("usage.png", b"\x89PNG")):
        said = rankings(kept, "plot", "usage", "-o", kept.with_name(name))

        assert said.code == 0, said
        assert kept.with_name(name).read_bytes().startswith(start)
    drawn = kept.with_name("usage.svg").read_text(encoding="utf-8")
    assert all(name in drawn for name in ("Birch", "Elm", "10 May", "24 May"))


def test_a_picture_is_of_the_items_that_are_named(kept: Path) -> None:
    rankings(kept, "plot", "usage", "-o", kept.with_name("one.svg"), "--item", "elm")

    drawn = kept.with_name("one.svg").read_text(encoding="utf-8")
    assert "Elm" in drawn
    assert "Birch" not in drawn


def test_a_picture_needs_a_form_and_an_item_that_was_listed(kept: Path) -> None:
    odd = rankings(kept, "plot", "usage", "-o", kept.with_name("usage.jpg"))
    nobody = rankings(kept, "plot", "usage", "--item", "Zelkova")

    assert (odd.code, nobody.code) == (2, 2)
    assert "neither .svg nor .png" in odd.err
    assert "was never on this ranking" in nobody.err
