"""The cost table's arithmetic, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.evals.costs import Price, Used, cost, counted, prices, tables

PRICE = Price(
    provider="A",
    model="a",
    usd_in=Decimal("0.50"),
    usd_in_cached=Decimal("0.05"),
    usd_out=Decimal("2.00"),
    page="https://a.example/pricing",
    as_of=date(2026, 11, 27),
    source="",
    note="",
)


def test_every_price_says_when_and_where_it_stood() -> None:
    known = prices()

    assert len({one.provider for one in known}) >= 3
    for one in known:
        assert Decimal(0) < one.usd_in_cached < one.usd_in < one.usd_out
        assert one.page.startswith("https://")
        assert one.as_of.year >= 2026
        assert one.source


def test_cached_tokens_are_paid_at_their_own_price() -> None:
    used = Used(requests=2, tokens_in=10_000, cached_in=4_000, tokens_out=1_000)

    # 6,000 x 0.50 + 4,000 x 0.05 + 1,000 x 2.00, a million each.
    assert cost(used, PRICE) == Decimal("0.0052")
    assert cost(replace(used, cached_in=0), PRICE) == Decimal("0.007")


def test_a_long_beginning_that_came_before_counts_as_cached() -> None:
    head = "x" * 8000

    assert counted([(head + "a" * 400, "y" * 40), (head + "b" * 400, "")]) == Used(
        requests=2, tokens_in=4200, cached_in=2000, tokens_out=10
    )


def test_a_short_beginning_is_cached_by_nobody() -> None:
    head = "x" * 4000

    assert counted([(head + "a", ""), (head + "b", "")]).cached_in == 0


def test_the_tables_are_of_one_brief_and_of_a_year() -> None:
    used = {"writer": Used(4, 8000, 0, 2000), "judge": Used(2, 2000, 500, 200)}

    made = tables(used, briefs=4, days=2).splitlines()

    assert "| writer | 1.0 | 2,000 | 0% | 500 |" in made
    assert "| judge | 0.5 | 500 | 25% | 50 |" in made
    assert "| all | 1.5 | 2,500 | 5% | 550 |" in made
    assert len([one for one in made if "$" in one]) == len(prices())
