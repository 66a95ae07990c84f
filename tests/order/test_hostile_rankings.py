"""Poisoned rankings: a named failure or a cleaned row each, and what was kept stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.domain.ranking import ChangeKind
from briefing.logic.ranking_diff import diff
from tests.order.test_rankings_stand_still import DAILY, gathered, kept
from tests.web import Page

KEYS = [f"item-{number:03}" for number in range(100)]
RANKED = DAILY + 'rank = "rank"\nmin_rows = 50\n'


def row(place: int, **changes: object) -> dict[str, object]:
    return {
        "rank": place + 1,
        "slug": KEYS[place],
        "tokens": 1000 - place,
        "link": "https://elsewhere.example/phish",
        **changes,
    }


def page(rows: object, day: int = 26) -> Page:
    body = json.dumps({"as_of": f"2026-05-{day}", "data": rows})
    return Page(body.encode(), headers={"Content-Type": "application/json"})


def raw(body: str) -> Page:
    return Page(body.encode(), headers={"Content-Type": "application/json"})


ALL = [row(place) for place in range(100)]
AS_OF = '{"as_of": "2026-05-27", "data": '


@pytest.mark.parametrize(
    ("served", "reason"),
    [
        pytest.param(page(ALL[:15], 27), "no_rows", id="85 rows missing"),
        pytest.param(page([row(0, rank=0), *ALL[1:]], 27), "bad_rows", id="rank 0"),
        pytest.param(page([row(0, rank=-1), *ALL[1:]], 27), "bad_rows", id="rank -1"),
        pytest.param(page([*ALL, row(3)], 27), "bad_rows", id="a key twice"),
        pytest.param(page([row(0, tokens=-1), *ALL[1:]], 27), "bad_rows", id="-1"),
        pytest.param(
            page([row(0, tokens=1e308), *ALL[1:]], 27), "bad_rows", id="1e308"
        ),
        pytest.param(
            page([row(0, tokens="NaN"), *ALL[1:]], 27), "bad_rows", id='"NaN"'
        ),
        pytest.param(page([row(0, tokens=float("nan"))] * 99), "bad_json", id="NaN"),
        pytest.param(
            raw(f'{AS_OF}[{{"slug": "a", "tokens": 1e400}}]}}'), "bad_json", id="1e400"
        ),
        pytest.param(
            raw(f'{AS_OF}[{{"slug": "a", "tokens": {"9" * 5_000}}}]}}'),
            "bad_json",
            id="5,000 digits",
        ),
        pytest.param(raw("[" * 200_000), "bad_json", id="200,000 levels"),
        pytest.param(raw('{"a":' * 200_000), "bad_json", id="200,000 objects"),
        pytest.param(
            raw(f"{AS_OF}[{','.join(['{}'] * 100_000)}]}}"), "no_rows", id="100k rows"
        ),
        pytest.param(
            lambda: page([row(n % 100, pad="x" * 40) for n in range(100_000)]),
            "too_large",
            id="100k long rows",
        ),
        pytest.param(page({"rows": ALL}), "no_rows", id="no list"),
        pytest.param(page([row(0, slug=None), *ALL[1:]]), "bad_rows", id="no key"),
        pytest.param(page([row(0, slug={}), *ALL[1:]]), "bad_rows", id="key an object"),
        pytest.param(page(ALL, 31), "bad_as_of", id="as of next week"),
    ],
)
def test_what_is_poisoned_fails_by_name_and_the_last_good_stays(
    tmp_path: Path, served: Page | Callable[[], Page], reason: str
) -> None:
    # A large one is made only here, not in every worker that collects tests.
    served = served if isinstance(served, Page) else served()
    good = gathered(tmp_path, page(ALL), 0, RANKED)
    after = gathered(tmp_path, served, 1, RANKED)

    assert good.problems == ()
    assert [one.reason for one in after.problems if one.is_failure] == [reason]
    assert all(one.hint for one in after.problems)
    (only,) = kept(tmp_path)
    assert [one.key for one in only.rows] == KEYS


def test_a_shared_rank_is_a_tie_and_takes_no_first_place(tmp_path: Path) -> None:
    gathered(tmp_path, page(ALL), 0, RANKED)
    gathered(tmp_path, page([row(n, rank=1) for n in range(100)], 27), 1, RANKED)

    new, old = kept(tmp_path)
    assert {one.rank for one in new.rows} == {1}
    assert ChangeKind.TOOK_FIRST not in {one.kind for one in diff(old, new)}


def test_a_partial_page_that_is_let_in_sends_nobody_away(tmp_path: Path) -> None:
    lax = RANKED.replace("min_rows = 50", "min_rows = 3")
    gathered(tmp_path, page(ALL), 0, lax)
    gathered(tmp_path, page(ALL[:15], 27), 1, lax)

    new, old = kept(tmp_path)
    assert len(new.rows) == 15
    assert diff(old, new) == ()
    assert diff(new, old) == ()


def test_links_to_other_hosts_are_not_taken(tmp_path: Path) -> None:
    gathered(tmp_path, page(ALL), 0, RANKED)

    (only,) = kept(tmp_path)
    assert {one.link for one in only.rows} == {None}
    assert "elsewhere.example" not in repr(only)


def test_names_in_markup_are_kept_as_plain_words(tmp_path: Path) -> None:
    rows = [
        row(n, name=f"<b onclick=x>Item\u202e {n}</b>\r\nBcc: all") for n in range(99)
    ]
    gathered(
        tmp_path, page(rows), 0, RANKED.replace('label = "slug"', 'label = "name"')
    )

    (only,) = kept(tmp_path)
    assert only.rows[0].label == "Item 0 Bcc: all"
