"""What a brief means for one reader: from its sources, checked like the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from briefing import app, prompts
from briefing.domain.audience import Profile
from briefing.domain.brief import Brief, Draft, Item
from briefing.domain.claim import Status
from briefing.errors import ModelError
from briefing.llm.openai import OpenAiLlm
from briefing.logic.extractive.candidates import candidates
from briefing.pipeline.check import check
from briefing.pipeline.for_me import PROMPT_FILE, Asker, accepted
from briefing.pipeline.write import write
from tests.builders import NOW
from tests.model_server import ModelServer, Reply
from tests.pipeline.scripted import DIARY, evidence, number_of, plant, sentences

SPECS = app.specs()
READER = Profile(role="engineer", industry="water")
QUESTION = "What does this mean for a water engineer?"
GOOD = "The plant cost €48 million and took three years to build, the company said."
Said = Callable[[dict[str, Any]], list[int]]


def brief() -> Brief:
    draft = write(plant(DIARY), NOW.date(), SPECS, Profile())
    made = check(draft, specs=SPECS, filler=app.filler())
    assert isinstance(made, Brief)
    return made


def asked(
    said: Said, profile: Profile = READER, about: Brief | None = None
) -> tuple[Draft | None, list[dict[str, Any]]]:
    def script(request: dict[str, Any]) -> Reply:
        return Reply(json.dumps({"sentences": said(request)}))

    with ModelServer(script) as server:
        return asker(server)(about or brief(), profile).draft, server.requests


def asker(server: ModelServer) -> Asker:
    words, words_hash = prompts.text(PROMPT_FILE, prompts.data_folders("prompts"))
    llm = OpenAiLlm(base_url=server.base_url, name="small", api_key="k", timeout_s=5.0)
    return Asker(llm, words, words_hash, SPECS)


def answered(said: Said) -> Brief:
    """The brief after asking and checking."""
    before = brief()
    draft, _ = asked(said)
    assert draft is not None
    return accepted(before, draft, check(draft, specs=SPECS, filler=app.filler()))


def good(request: dict[str, Any]) -> list[int]:
    return [number_of(request, "€48 million")]


def answers(made: Brief) -> dict[str, list[str]]:
    return {
        item.question: [claim.text for claim in item.claims]
        for section in made.sections
        for item in section.items
        if item.question is not None
    }


def test_a_good_answer_stands_last_with_the_evidence_of_its_sentences() -> None:
    made = answered(good)

    assert answers(made)[QUESTION] == [GOOD]
    section = next(one for one in made.sections if one.name == "why_it_matters")
    (claim,) = section.items[-1].claims
    assert claim.verdict is not None
    assert claim.verdict.status is Status.SUPPORTED
    cited = {one.document_id for one in claim.citations}
    assert cited <= set(made.story.document_ids)
    assert made.scores.claims == brief().scores.claims + 1
    assert made.scores.struck == brief().scores.struck


def test_the_model_sees_what_the_brief_did_not_use_between_marks() -> None:
    _, (request, backwards) = asked(good)

    system, user = (one["content"] for one in request["messages"])
    assert "Choose up to three numbered sentences" in system
    assert user.startswith("<<<EVIDENCE\n[1] (")
    assert f"EVIDENCE>>>\n\nThe brief: {brief().headline.text}\n" in user
    assert user.endswith(f"Question: {QUESTION}")
    assert "ReaderAnswer" in json.dumps(request["response_format"])
    assert not set(evidence(request)) & set(sentences(brief()))
    assert list(evidence(backwards)) == list(evidence(request))[::-1]


def test_more_than_one_sentence_keeps_the_order_of_the_answer() -> None:
    made = answered(
        lambda request: [
            number_of(request, "the long wall"),
            *good(request),
            *good(request),
        ]
    )

    assert [one.split()[0] for one in answers(made)[QUESTION]] == ["Pupils", "The"]
    assert made.scores.claims == brief().scores.claims + 2


def test_numbers_of_sentences_that_are_not_there_choose_nothing() -> None:
    assert asked(lambda _request: [0, -1, 99])[0] is None
    assert answers(answered(lambda request: [99, *good(request)]))[QUESTION] == [GOOD]


def test_a_sentence_that_breaks_a_rule_leaves_the_brief_as_it_was() -> None:
    before = brief()
    draft, _ = asked(good)
    assert draft is not None
    filler = (*app.filler(), "three years to build")

    made = accepted(before, draft, check(draft, specs=SPECS, filler=filler))

    assert (made.sections, made.labels) == (before.sections, before.labels)
    assert made.provenance.requests == before.provenance.requests + 2


def test_nothing_to_say_and_nobody_to_say_it_to() -> None:
    assert asked(lambda _request: [])[0] is None
    draft, requests = asked(good, profile=Profile())
    assert (draft, requests) == (None, [])


def test_a_brief_that_uses_all_of_its_sources_asks_nothing() -> None:
    told = brief()
    citations = tuple(c for one in candidates(told.story) for c in one.citations)
    lead = told.headline
    everything = Item((replace(lead, citations=citations),))
    section = replace(told.sections[0], items=(everything,))

    draft, requests = asked(good, about=replace(told, sections=(section,)))

    assert (draft, requests) == (None, [])


def test_a_model_that_takes_what_comes_first_chooses_nothing() -> None:
    draft, requests = asked(lambda _request: [1])

    assert (draft, len(requests)) == (None, 2)


def test_what_was_paid_is_told_though_nothing_was_chosen() -> None:
    with ModelServer(lambda _request: Reply('{"sentences": []}')) as server:
        made = asker(server)(brief(), READER)

    assert made.draft is None
    assert made.provenance.requests == brief().provenance.requests + 1
    assert made.provenance.tokens_in > 0


def test_a_model_that_chooses_everything_is_out_of_shape() -> None:
    with pytest.raises(ModelError, match="sentences"):
        asked(lambda _request: [1, 2, 3, 4])


def test_a_refusal_is_an_error_of_the_model() -> None:
    with (
        ModelServer(lambda _request: Reply("I cannot help with that.")) as server,
        pytest.raises(ModelError, match="out of shape"),
    ):
        asker(server)(brief(), READER)
