from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from briefing.domain.brief import RankedLine, RankingTable, Section, Shape
from briefing.domain.claim import Claim, ClaimKind, Derivation, Formula
from briefing.domain.ranking import ChangeKind, RankingChange, Window
from briefing.logic.rules.rankings import (
    computed_comparisons,
    told_moves,
    wrong_tables,
)
from tests.builders import citation, document, snapshot
from tests.logic.rules.pages import bullets, found, page

BEFORE = snapshot(
    ("Beta", 4),
    ("Alpha", 2),
    taken_at=datetime(2026, 5, 18, 2, 0, tzinfo=UTC),
    window=Window(date(2026, 5, 11), date(2026, 5, 17)),
    total=Decimal(8),
    attribution="Usage Board, CC BY",
)
AFTER = snapshot(
    ("Alpha", 5), ("Beta", 3), total=Decimal(10), attribution="Usage Board, CC BY"
)
TEXT = document("Alpha ranked 1 with 5 tokens.", id=AFTER.id)
EARLIER = document("Alpha ranked 2 with 2 tokens.", id=BEFORE.id)
ROSE = RankingChange(
    ChangeKind.TOOK_FIRST, "usage", BEFORE.id, AFTER.id, "alpha", "Alpha", 2, 1
)
FELL = RankingChange(
    ChangeKind.FELL, "usage", BEFORE.id, AFTER.id, "beta", "Beta", 1, 2
)
LINES = (
    RankedLine(1, "Alpha", Decimal(5), 2, Decimal(150), Decimal(50)),
    RankedLine(2, "Beta", Decimal(3), 1, Decimal(-25), Decimal(30)),
)


def table(*lines: RankedLine, **changes: object) -> Section:
    base = RankingTable(
        AFTER.id,
        AFTER.id,
        "Weekly usage",
        "tokens",
        "token",
        lines,
        "18–24 May 2026",
        "Usage Board, CC BY",
        compared="Change on the week of 11–17 May 2026.",
    )
    made = replace(base, **changes)  # type: ignore[arg-type]
    return Section("ranking", "The ranking", Shape.RANKING, table=made)


def ours(text: str) -> Claim:
    return Claim(text, ClaimKind.DERIVED, (citation(TEXT),))


def held(*sections: Section, **changes: object):
    base = page(*sections, snapshots=(AFTER, BEFORE), changes=(ROSE, FELL))
    return replace(base, documents=(TEXT, EARLIER), **changes)


def test_a_table_that_reproduces_its_snapshot_stands():
    assert wrong_tables(held(table(*LINES))) == ()


def test_a_table_that_differs_from_its_snapshot_is_dropped():
    wrong_value = replace(LINES[0], value=Decimal(6))
    wrong_share = replace(LINES[0], share_percent=Decimal(55))
    wrong_change = replace(LINES[1], change_percent=Decimal(25))
    wrong_before = replace(LINES[1], rank_before=4)

    for bad in (wrong_value, wrong_share, wrong_change, wrong_before):
        [violation] = wrong_tables(held(table(bad)))
        assert (violation.rule, violation.text) == ("K3", bad.label)


def test_a_change_without_its_base_period_is_dropped():
    for said in ("", "Change on the month of April 2026."):
        assert found(wrong_tables(held(table(*LINES, compared=said)))) == [
            ("N7", "Weekly usage")
        ]


def test_a_tie_must_be_shown_in_full():
    tied = replace(AFTER, rows=(AFTER.rows[0], replace(AFTER.rows[1], rank=1)))
    text = replace(held(table(LINES[0])), snapshots=(tied, BEFORE))

    assert [one.rule for one in wrong_tables(text)] == ["K3"]


def test_a_table_without_the_sources_notes_is_dropped():
    assert found(wrong_tables(held(table(*LINES, attribution="")))) == [
        ("K4", "Weekly usage")
    ]


def test_a_change_between_unlike_rankings_is_struck():
    places = (citation(TEXT), citation(EARLIER))
    change = Derivation(Formula.CHANGE, (), places, Decimal(150))
    claim = Claim("Alpha rose 150%.", ClaimKind.DERIVED, places, change)
    monthly = replace(BEFORE, metric="requests")

    assert computed_comparisons(held(bullets(claim))) == ()
    unlike = held(bullets(claim))
    unlike = replace(unlike, snapshots=(AFTER, replace(monthly)))
    # The snapshot's id does not depend on its metric.
    assert found(computed_comparisons(unlike)) == [("K1", "Alpha rose 150%.")]


def test_our_own_first_place_must_be_the_snapshots():
    right, wrong = ours("Alpha tops the ranking."), ours("Beta tops the ranking.")

    assert found(told_moves(held(bullets(right, wrong)))) == [("K2", wrong.text)]


def test_our_own_rise_and_fall_must_be_the_snapshots():
    right = ours("Beta fell to second place.")
    wrong = ours("Beta overtakes Alpha.")
    down = ours("Alpha slipped in the ranking.")

    assert found(told_moves(held(bullets(right, wrong, down)))) == [
        ("K2", wrong.text),
        ("K2", down.text),
    ]


def test_what_a_source_says_of_a_ranking_is_its_own():
    said = Claim("Beta tops the ranking.", ClaimKind.REPORTED, (citation(TEXT),))

    assert told_moves(held(bullets(said))) == ()
