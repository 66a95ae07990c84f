"""The printed table says what the snapshots say and nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from briefing.domain.ranking import Window
from briefing.logic.ranking_table import ranking_table
from tests.builders import snapshot

OLD = snapshot(
    ("A", 50), ("B", 40), ("C", 30), ("D", 20), ("E", 10), ("F", 9),
    window=Window(date(2026, 5, 11), date(2026, 5, 17)),
    taken_at=datetime(2026, 5, 18, 2, tzinfo=UTC),
)  # fmt: skip
NEW = snapshot(
    ("B", 60), ("A", 50), ("D", 40), ("E", 30), ("F", 20), ("C", 10),
    total=Decimal(300),
    attribution="Source: Usage Board (sample).",
    caveats=("Not comparable.",),
)  # fmt: skip


def test_the_top_rows_and_the_movers_below_are_printed() -> None:
    table = ranking_table(NEW, OLD, base=OLD, document_id=NEW.id, limit=2)

    assert [(one.rank, one.label, one.rank_before) for one in table.lines] == [
        (1, "B", 2),
        (2, "A", 1),
        (6, "C", 3),
    ]
    assert table.lines[0].change_percent == Decimal(50)
    assert table.lines[0].share_percent == Decimal(20)
    assert table.as_of == "Week of 18–24 May 2026, as of 25 May 2026."
    assert (table.attribution, table.caveats) == (NEW.attribution, NEW.caveats)


def test_rows_that_tie_with_the_last_one_are_shown() -> None:
    rows = tuple(
        replace(row, rank=2) if row.rank in {2, 3} else row for row in NEW.rows
    )

    table = ranking_table(
        replace(NEW, rows=rows), None, base=None, document_id=NEW.id, limit=2
    )

    assert [one.label for one in table.lines] == ["B", "A", "D"]


def test_an_incomparable_snapshot_gives_no_comparison() -> None:
    other = replace(OLD, metric="requests")

    table = ranking_table(NEW, other, base=other, document_id=NEW.id, limit=3)

    assert {(one.rank_before, one.change_percent) for one in table.lines} == {
        (None, None)
    }


def test_a_limit_of_none_prints_no_row() -> None:
    assert ranking_table(NEW, OLD, base=OLD, document_id=NEW.id, limit=0).lines == ()
