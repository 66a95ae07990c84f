"""Polls of a ranking that need more than one document, or another source."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from briefing.domain.source import FanOut, FetchState, Harvest, Join, Source
from briefing.errors import FetchError
from briefing.ingest import ranking
from briefing.isolate import WorkerIsolate
from tests.builders import NOW, ranking_spec, source
from tests.web import Page, Web, web

BOARD = "http://board.example/usage"
NAMES = "http://names.example/models"
ROWS = [{"slug": slug, "name": slug.upper(), "tokens": 9} for slug in "abc"]


def served(document: object, **headers: str) -> Page:
    body = json.dumps(document).encode()
    return Page(body, headers={"Content-Type": "application/json", **headers})


def board(**changes: object) -> Source:
    spec = ranking_spec()
    return source(id="usage", kind="ranking", url=BOARD, ranking=spec, **changes)


def polled(
    net: Web, asked: Source, isolate: WorkerIsolate, state: FetchState | None = None
) -> Harvest:
    with net.http() as http:
        return ranking.ingest(asked, state or FetchState("usage"), http, isolate, NOW)


def test_a_fallback_answers_and_the_snapshot_says_so(isolate: WorkerIsolate) -> None:
    other = source(
        id="usage-official",
        kind="ranking",
        url="http://official.example/usage",
        publisher="Official Board",
        title="Other title",
        ranking=ranking_spec(attribution="Source: Official Board.", caveats=("Slow.",)),
    )
    dead = source(id="dead", kind="ranking", url=NAMES, ranking=ranking_spec())
    asked = board(fallback=(dead, other))
    with web({other.url: served({"data": ROWS})}) as net:
        state = FetchState("usage", etag='"1"', body_hash="x", failures=2)
        harvest = polled(net, asked, isolate, state)

    snapshot = harvest.snapshot
    assert snapshot is not None
    assert (snapshot.source_id, snapshot.title) == ("usage", asked.title)
    assert (snapshot.url, snapshot.publisher) == (other.url, "Official Board")
    assert snapshot.attribution == "Source: Official Board."
    assert snapshot.caveats == (
        "Slow.",
        "Read from Official Board (usage-official), not from the usual page.",
    )
    (problem,) = harvest.problems
    assert (problem.reason, problem.is_failure) == ("fallback", False)
    assert "usage-official answered" in problem.message
    assert "404" in problem.message
    assert (harvest.state.failures, harvest.state.etag) == (0, '"1"')
    assert "404" in (harvest.state.last_error or "")
    assert net.urls_asked() == [BOARD, NAMES, other.url]


def test_where_no_fallback_answers_the_first_failure_counts(
    isolate: WorkerIsolate,
) -> None:
    dead = source(id="dead", kind="ranking", url=NAMES, ranking=ranking_spec())
    with web({}) as net, pytest.raises(FetchError) as caught:
        polled(net, board(fallback=(dead,)), isolate)

    assert caught.value.url == BOARD


def test_a_good_answer_asks_no_fallback(isolate: WorkerIsolate) -> None:
    dead = source(id="dead", kind="ranking", url=NAMES, ranking=ranking_spec())
    with web({BOARD: served({"data": ROWS})}) as net:
        harvest = polled(net, board(fallback=(dead,)), isolate)

    assert net.urls_asked() == [BOARD]
    assert harvest.problems == ()


def test_names_are_asked_for_once_a_poll_and_not_for_an_unchanged_page(
    isolate: WorkerIsolate,
) -> None:
    join = Join(url=NAMES, rows="data", on="id", label="name")
    asked = source(
        id="usage", kind="ranking", url=BOARD, ranking=ranking_spec(join=join)
    )
    names = {"data": [{"id": slug, "name": f"Model {slug}"} for slug in "abc"]}
    with web({BOARD: served({"data": ROWS}), NAMES: served(names)}) as net:
        first = polled(net, asked, isolate)
        again = polled(net, asked, isolate, first.state)

    assert first.snapshot is not None
    assert [row.label for row in first.snapshot.rows] == [
        "Model a",
        "Model b",
        "Model c",
    ]
    assert again.is_unchanged
    assert net.urls_asked() == [BOARD, NAMES, BOARD]


def test_a_page_whose_names_failed_is_read_again_though_it_is_unchanged(
    isolate: WorkerIsolate,
) -> None:
    join = Join(url=NAMES, rows="data", on="id", label="name")
    asked = source(
        id="usage", kind="ranking", url=BOARD, ranking=ranking_spec(join=join)
    )
    names = {"data": [{"id": slug, "name": f"Model {slug}"} for slug in "abc"]}
    with web({BOARD: served({"data": ROWS}, ETag='"1"')}) as net:
        first = polled(net, asked, isolate)
        net.pages[NAMES] = served(names)
        again = polled(net, asked, isolate, first.state)

    assert [one.reason for one in first.problems] == ["join"]
    assert again.snapshot is not None
    assert again.snapshot.rows[0].label == "Model a"
    assert again.problems == ()


def test_so_many_keys_are_asked_for_in_several_addresses(
    isolate: WorkerIsolate,
) -> None:
    keys = [f"{place:0>40}" for place in range(100)]
    rows = [{"slug": key, "name": key, "tokens": 1} for key in keys]
    join = Join(url=NAMES + "?ids={keys}", rows="data", on="id", label="name")
    asked = source(
        id="usage", kind="ranking", url=BOARD, ranking=ranking_spec(join=join)
    )
    names = {"data": [{"id": key, "name": f"Model {int(key)}"} for key in keys]}

    def answer(handler: object) -> None:
        body = json.dumps(names).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        handler.wfile.write(head + body)  # type: ignore[attr-defined]

    class Everywhere(dict[str, object]):
        def get(self, url: str, default: object = None) -> object:
            found = NAMES + "?ids=" in url
            return Page(raw=answer) if found else super().get(url, default)

    with web({}) as net:
        net.pages = Everywhere({BOARD: served({"data": rows})})  # type: ignore[assignment]
        harvest = polled(net, asked, isolate)

    assert harvest.snapshot is not None
    assert harvest.snapshot.rows[99].label == "Model 99"
    lengths = [len(url) for url in net.urls_asked()]
    assert len(lengths) == 4
    assert max(lengths) <= 2083


def test_items_are_asked_for_again_though_the_list_is_the_same(
    isolate: WorkerIsolate,
) -> None:
    fan_out = FanOut(url="http://board.example/item/{id}")
    spec = ranking_spec(rows="@", fan_out=fan_out, order="document")
    asked = source(id="usage", kind="ranking", url=BOARD, ranking=spec)
    items = {f"http://board.example/item/{row['slug']}": served(row) for row in ROWS}
    with web({BOARD: served(list("abc"), ETag='"1"'), **items}) as net:
        first = polled(net, asked, isolate)
        same = polled(net, asked, isolate, first.state)
        net.pages["http://board.example/item/a"] = served({**ROWS[0], "tokens": 10})
        changed = polled(net, asked, isolate, first.state)

    assert same.is_unchanged
    assert changed.snapshot is not None
    assert str(changed.snapshot.rows[0].value) == "10"


def test_a_new_day_is_asked_for_without_what_is_known_of_the_last(
    isolate: WorkerIsolate,
) -> None:
    asked = source(
        id="usage", kind="ranking", url=BOARD + "?day={day}", ranking=ranking_spec()
    )
    state = FetchState("usage", etag='"1"', last_ok_at=NOW - timedelta(days=1))
    with web({BOARD + "?day=2026-05-25": served({"data": ROWS})}) as net:
        harvest = polled(net, asked, isolate, state)

    assert "if-none-match" not in net.asked[-1].headers
    assert harvest.snapshot is not None
    assert harvest.snapshot.url == BOARD + "?day=2026-05-25"
