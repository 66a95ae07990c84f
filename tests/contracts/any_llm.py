"""What every model behind the Llm port must do, scripted or real, bare or wrapped."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.errors import ModelError
from briefing.ports import Llm, ModelRequest

HELLO = ModelRequest(system="Be brief.", user="Say hello.", max_tokens=16)


def an_answer_has_words_and_counts_what_it_took(llm: Llm) -> None:
    answer = llm.complete(HELLO)

    assert answer.text.strip()
    assert answer.model
    assert answer.tokens_in > 0
    assert 0 < answer.tokens_out <= HELLO.max_tokens
    assert answer.seconds >= 0
    assert not answer.is_cached


def its_name_is_the_configured_one(llm: Llm) -> None:
    assert llm.name == "small"


def a_refusal_is_a_model_error_and_the_next_question_is_answered(llm: Llm) -> None:
    """The question is longer than what any model of the tests can hold."""
    long = ModelRequest(system="", user="word " * 20_000, schema='{"type": "object"}')

    with pytest.raises(ModelError, match="too long") as caught:
        llm.complete(long)

    assert "context_tokens" in caught.value.hint
    assert not caught.value.is_final
    assert llm.complete(HELLO).text.strip()


EVERY: tuple[Callable[[Llm], None], ...] = (
    an_answer_has_words_and_counts_what_it_took,
    its_name_is_the_configured_one,
    a_refusal_is_a_model_error_and_the_next_question_is_answered,
)
