"""A definition is proposed for a document that nobody described, and reads it again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.domain.source import RankingSpec
from briefing.errors import ParseError
from briefing.ingest.ranking_documents import Served
from briefing.ingest.ranking_parsing import ParsedRanking, parse_ranking
from briefing.ingest.ranking_proposal import Proposal, propose
from briefing.isolate import WorkerIsolate
from briefing.logic.ranking_toml import source_toml
from briefing.settings import parse
from tests.builders import NOW

HERE = Path(__file__).parent
PRESETS = sorted((HERE / "presets").glob("*/body.*"))
CASES = sorted((HERE / "cases" / "ranking").glob("*/body.*"))
# What a preset knows and no look at one document can tell: items that do not count,
# dates inside of keys, names from elsewhere, a list that is only ids.
BEYOND = {
    "hacker-news-top": "only ids",
    "openrouter-models": "variants are rows of their own",
    "openrouter-official": "the row `other`; names of another document",
    "openrouter-weekly": "dates in keys; names of another document",
    "steam-most-played": "names of another document",
    "wikipedia-pageviews": "pages that are no articles",
}
SUM = "sum([total_prompt_tokens, total_completion_tokens])"


def pasted(spec: RankingSpec) -> RankingSpec:
    """The definition as briefing.toml gives it back."""
    text = source_toml("board", "https://board.example/", "Board", spec)
    (source,) = parse(text, folder=Path(), environment={}).sources
    assert source.ranking is not None
    return source.ranking


def names(parsed: ParsedRanking) -> list[tuple[int, str, str]]:
    return [(row.rank, row.label, str(row.value)) for row in parsed.rows]


@pytest.mark.parametrize(
    "body", [*PRESETS, *CASES], ids=lambda one: f"{one.parent.name}"
)
def test_what_is_printed_reads_the_same_rows_again(body: Path) -> None:
    made: Proposal | None
    try:
        made = propose(body.read_bytes(), NOW)
    except ParseError:
        made = None  # a login page, no list, or a hostile document
    if made is None:
        return

    again = parse_ranking(Served(body.read_bytes()), pasted(made.spec), NOW)

    assert pasted(made.spec) == made.spec
    assert again == made.parsed
    assert len(made.parsed.rows) >= 3


@pytest.mark.parametrize("body", PRESETS, ids=lambda one: one.parent.name)
def test_a_proposal_finds_rows_names_and_figures_of_the_presets(body: Path) -> None:
    expected = json.loads((body.parent / "expected.json").read_text("utf-8"))
    wanted = [(row[0], row[2], str(row[3])) for row in expected["rows"]]
    try:
        found = names(propose(body.read_bytes(), NOW).parsed)
    except ParseError:
        found = []

    is_right = found[: len(wanted)] == wanted
    assert is_right is (body.parent.name not in BEYOND)


@pytest.mark.parametrize(
    ("preset", "part"),
    [
        ("openrouter-weekly", ("sums", True)),
        ("openrouter-weekly", ("value", SUM)),
        ("openrouter-official", ("as_of", "meta.as_of")),
        ("openrouter-official", ("value", "total_tokens")),
        ("openrouter-models", ("value", "context_length")),
        ("steam-most-played", ("value", "peak_in_game")),
        ("steam-most-played", ("rank", "rank")),
        ("wikipedia-pageviews", ("value", "views")),
        ("box-office", ("key_strip", r"\?.*$")),
        ("box-office", ("unit", "USD")),
        ("github-trending", ("unit", "star")),
        ("hacker-news", ("value", "+ .score")),
        ("apple-top-free", ("value", "")),
        ("lmarena-text", ("rank", "rank")),
    ],
)  # fmt: skip
def test_what_else_a_proposal_sees(preset: str, part: tuple[str, object]) -> None:
    (body,) = (HERE / "presets" / preset).glob("body.*")

    spec = propose(body.read_bytes(), NOW).spec

    name, value = part
    assert getattr(spec, name) == value


def test_the_list_that_looks_most_like_a_ranking_wins() -> None:
    menu = [{"title": title, "href": f"/{title}"} for title in ("a", "b", "c", "d")]
    board = [{"team": f"Team {n}", "points": 90 - n} for n in range(4)]
    body = json.dumps({"menu": menu, "league": {"table": board}}).encode()

    spec = propose(body, NOW).spec

    assert (spec.rows, spec.label, spec.value) == ("league.table", "team", "points")
    assert (spec.metric, spec.unit) == ("points", "point")


def test_keys_that_no_settings_file_could_hold_are_not_proposed() -> None:
    rows = [
        {"na\u202eme": "x", 'the "name"': f"Team {n}", "points": n} for n in (3, 2, 1)
    ]
    body = json.dumps({"a-list": rows}).encode()

    made = propose(body, NOW)

    assert made.spec.rows == '"a-list"'
    assert made.spec.label == '"the \\"name\\""'
    assert pasted(made.spec) == made.spec


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[1, 2, 3]",
        b"<",
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"<div>" * 50_000,
        b'[{"a": ' + b"9" * 5_000 + b"}]",
        b'[{"name": "a", "v": NaN}, {"name": "b", "v": 1}, {"name": "c", "v": 1}]',
        b"a,b\n1,2\n3,4\n5,6\n",
        bytes(range(256)) * 40,
        b"<table><tr>" + b"<td>x</td>" * 5_000 + b"</tr></table>",
    ],
    ids=lambda one: f"{one[:12]!r}",
)
def test_hostile_bytes_give_a_named_error(body: bytes, isolate: WorkerIsolate) -> None:
    with pytest.raises(ParseError) as caught:
        isolate.run(propose, body, NOW, limit_s=10.0)

    assert caught.value.reason not in {"crash", "timeout", "memory"}
    assert caught.value.hint


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
)
ROWS = st.lists(
    st.dictionaries(st.text(min_size=1, max_size=6), VALUES, max_size=4),
    min_size=3,
    max_size=6,
)


@settings(deadline=None)
@given(rows=ROWS, key=st.text(max_size=5))
def test_whatever_is_proposed_can_be_pasted(rows: list[object], key: str) -> None:
    body = json.dumps({key: rows, "updated": "2026-05-25"}).encode()
    made: Proposal | None
    try:
        made = propose(body, NOW)
    except ParseError:
        made = None
    if made is not None:
        assert pasted(made.spec) == made.spec
        again = parse_ranking(Served(body), pasted(replace(made.spec)), NOW)
        assert again == made.parsed
