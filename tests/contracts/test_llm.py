"""What every model behind the Llm port must do, over a real HTTP conversation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from briefing.errors import ModelError, SettingsError
from briefing.llm.budget import BudgetLlm
from briefing.llm.embedded import EmbeddedLlm
from briefing.llm.ledger import LedgerLlm
from briefing.llm.openai import OpenAiLlm
from briefing.ports import Llm, ModelRequest
from briefing.store import SqliteStore
from tests.blank import blank
from tests.builders import NOW
from tests.contracts.any_llm import EVERY
from tests.model_server import ModelServer, Reply, Script

ASK = ModelRequest(system="Be brief.", user="Say hello.", max_tokens=50)
# The client waits as long as a server asks; ours asks for a millisecond.
SOON = {"retry-after-ms": "1"}


@contextmanager
def model(script: Script, timeout_s: float = 5.0) -> Iterator[tuple[OpenAiLlm, list]]:  # type: ignore[type-arg]
    with ModelServer(script) as server:
        llm = OpenAiLlm(
            base_url=server.base_url,
            name="small",
            api_key="k",
            timeout_s=timeout_s,
            usd_per_million_in=Decimal("0.10"),
            usd_per_million_out=Decimal("0.40"),
        )
        try:
            yield llm, server.requests
        finally:
            llm.close()


def sequence(*replies: Reply) -> Script:
    left = list(replies)
    return lambda _request: left.pop(0) if len(left) > 1 else left[0]


def short_of_room(request: dict) -> Reply:  # type: ignore[type-arg]
    """A server with the refusal that llama.cpp gives."""
    size = sum(len(one["content"]) for one in request["messages"])
    if size < 5000:
        return Reply("Hello.")
    body = b'{"error": {"code": 400, "type": "exceed_context_size_error"}}'
    return Reply(status=400, raw=body)


@pytest.mark.parametrize("must", EVERY)
@pytest.mark.parametrize("wrapped", ["bare", "bounded", "kept"])
def test_every_model_keeps_the_contract(
    tmp_path: Path, must: Callable[[Llm], None], wrapped: str
) -> None:
    with (
        SqliteStore(blank(tmp_path / "a.db")) as store,
        model(short_of_room) as (llm, _),
    ):
        kept = LedgerLlm(llm, store, clock=lambda: NOW, sleep=lambda _s: None)
        must({"bare": llm, "bounded": bounded(llm), "kept": kept}[wrapped])


def test_a_question_that_is_too_long_does_not_cost_the_schema() -> None:
    asked = ModelRequest(system="s", user="u", schema='{"type": "object"}')
    with model(short_of_room) as (llm, requests):
        with pytest.raises(ModelError):
            llm.complete(ModelRequest("s", "u" * 6000, schema=asked.schema))
        llm.complete(asked)

    assert ["response_format" in one for one in requests] == [True, True]


def test_a_refusal_with_and_without_a_schema_is_a_model_error() -> None:
    asked = ModelRequest(system="s", user="u", schema='{"type": "object"}')
    with (
        model(lambda _request: Reply(status=400)) as (llm, requests),
        pytest.raises(ModelError, match="400"),
    ):
        llm.complete(asked)

    assert ["response_format" in one for one in requests] == [True, False]


def test_an_answer_carries_its_tokens_and_its_price() -> None:
    with model(lambda _request: Reply("Hello there, reader.")) as (llm, requests):
        answer = llm.complete(ASK)

    assert answer.text == "Hello there, reader."
    assert (answer.tokens_in, answer.tokens_out) == (4, 5)
    assert answer.cost_usd == Decimal("0.0000024")
    assert requests[0]["messages"][0] == {"role": "system", "content": "Be brief."}


def test_a_busy_server_is_asked_again() -> None:
    replies = sequence(Reply(status=429, headers=SOON), Reply("ok"))
    with model(replies) as (llm, requests):
        answer = llm.complete(ASK)

    assert answer.text == "ok"
    assert len(requests) == 2


def test_a_server_that_stays_busy_is_given_up_with_a_hint() -> None:
    with (
        model(lambda _request: Reply(status=429, headers=SOON)) as (llm, requests),
        pytest.raises(ModelError, match="429") as caught,
    ):
        llm.complete(ASK)

    assert len(requests) == 3
    assert "workers" in caught.value.hint


def test_a_bad_key_is_final_and_asked_once() -> None:
    with (
        model(lambda _request: Reply(status=401)) as (llm, requests),
        pytest.raises(ModelError) as caught,
    ):
        llm.complete(ASK)

    assert caught.value.is_final
    assert len(requests) == 1


def test_a_server_that_knows_no_schema_is_asked_without_one() -> None:
    def script(request: dict) -> Reply:  # type: ignore[type-arg]
        return Reply(status=400) if "response_format" in request else Reply("{}")

    asked = ModelRequest(system="s", user="u", schema='{"type": "object"}')
    with model(script) as (llm, requests):
        first, second = llm.complete(asked), llm.complete(asked)

    assert (first.text, second.text) == ("{}", "{}")
    assert ["response_format" in one for one in requests] == [True, False, False]


def test_a_question_that_is_refused_either_way_is_a_model_error() -> None:
    long = ModelRequest(system="s", user="u" * 99, schema='{"type": "object"}')
    short = ModelRequest(system="s", user="u", schema='{"type": "object"}')

    def script(request: dict) -> Reply:  # type: ignore[type-arg]
        is_long = len(request["messages"][1]["content"]) > 50
        return Reply(status=400) if is_long else Reply("{}")

    with model(script) as (llm, requests):
        with pytest.raises(ModelError, match="400") as caught:
            llm.complete(long)
        llm.complete(short)

    assert not caught.value.is_final
    assert ["response_format" in one for one in requests] == [True, False, True]


@pytest.mark.parametrize(
    "reply",
    [Reply(""), Reply(raw=b"<html>"), Reply(raw=b'{"choices": []}'), Reply(raw=b"[]")],
)
def test_an_answer_out_of_form_is_a_model_error(reply: Reply) -> None:
    with model(lambda _request: reply) as (llm, _), pytest.raises(ModelError):
        llm.complete(ASK)


def test_a_stall_ends_at_the_time_limit() -> None:
    with (
        model(lambda _request: Reply(stalls=True), timeout_s=0.2) as (llm, _),
        pytest.raises(ModelError, match="did not answer"),
    ):
        llm.complete(ASK)


def test_the_same_question_is_paid_for_once(tmp_path: Path) -> None:
    with (
        SqliteStore(blank(tmp_path / "a.db")) as store,
        model(lambda _request: Reply("Hello.")) as (llm, requests),
    ):
        kept = LedgerLlm(llm, store, clock=lambda: NOW, sleep=lambda _s: None)
        first, second = kept.complete(ASK), kept.complete(ASK)

    assert (first.is_cached, second.is_cached) == (False, True)
    assert first.text == second.text
    assert len(requests) == 1


def test_a_failed_question_may_be_asked_again(tmp_path: Path) -> None:
    replies = sequence(Reply(status=401), Reply("ok"))
    with (
        SqliteStore(blank(tmp_path / "a.db")) as store,
        model(replies) as (llm, _),
    ):
        kept = LedgerLlm(llm, store, clock=lambda: NOW, sleep=lambda _s: None)
        with pytest.raises(ModelError):
            kept.complete(ASK)
        answer = kept.complete(ASK)

    assert answer.text == "ok"


def test_a_question_that_another_process_asks_is_waited_for(tmp_path: Path) -> None:
    with (
        SqliteStore(blank(tmp_path / "a.db")) as store,
        model(lambda _request: Reply("Hello.")) as (llm, requests),
    ):
        other = LedgerLlm(llm, store, clock=lambda: NOW, sleep=lambda _s: None)
        answer = other.complete(ASK)
        from briefing.llm.ledger import hash_of

        busy = ModelRequest(system="s", user="busy")
        store.claim_answer(hash_of("small", busy), now=NOW)
        waits: list[float] = []

        def wait(seconds: float) -> None:
            waits.append(seconds)
            store.save_answer(hash_of("small", busy), answer)

        kept = LedgerLlm(llm, store, clock=lambda: NOW, sleep=wait)
        got = kept.complete(busy)

    assert got.text == "Hello."
    assert len(waits) == 1
    assert len(requests) == 1


def bounded(llm: OpenAiLlm, **limits: object) -> BudgetLlm:
    prices = {
        "usd_per_million_in": Decimal("0.10"),
        "usd_per_million_out": Decimal("0.40"),
    }
    return BudgetLlm(llm, **prices, **limits)  # type: ignore[arg-type]


def test_a_budget_of_tokens_is_never_exceeded() -> None:
    with model(lambda _request: Reply("Hello.")) as (llm, requests):
        budget = bounded(llm, max_tokens=60)
        budget.complete(ASK)  # counts what it was: 5 tokens, not the 58 reserved
        with pytest.raises(ModelError, match="60 tokens") as caught:
            budget.complete(ModelRequest("s", "u", max_tokens=56))

    assert len(requests) == 1
    assert "max_tokens_a_run" in caught.value.hint
    assert not caught.value.is_final


def test_a_budget_of_money_is_never_exceeded() -> None:
    with model(lambda _request: Reply("Hello.")) as (llm, requests):
        budget = bounded(llm, max_usd=Decimal("0.00002"))

        with pytest.raises(ModelError, match="US dollars"):
            budget.complete(ASK)

    assert requests == []


def test_a_failed_question_costs_nothing_of_the_budget() -> None:
    replies = sequence(Reply(status=401), Reply("ok"))
    with model(replies) as (llm, _):
        budget = bounded(llm, max_tokens=60)
        with pytest.raises(ModelError, match="401"):
            budget.complete(ASK)

        assert budget.complete(ASK).text == "ok"


def test_a_model_file_without_its_library_names_what_to_install() -> None:
    with pytest.raises(SettingsError) as caught:
        EmbeddedLlm(
            Path("any.gguf"),
            name="small",
            timeout_s=1.0,
            context_tokens=1000,
            library="no_library_of_this_name",
        )

    assert caught.value.hint == "Run: pip install 'briefing[local]'"
