"""The writer with a small model: asked section by section, and what then is missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from briefing.domain.audience import Profile
from briefing.domain.claim import Status
from briefing.errors import ModelError
from briefing.llm.budget import BudgetLlm
from briefing.llm.ledger import LedgerLlm
from briefing.llm.openai import OpenAiLlm
from briefing.pipeline.write import write
from briefing.store import SqliteStore
from tests.builders import NOW
from tests.model_server import ModelServer, Reply
from tests.pipeline.scripted import evidence, number_of, plant, sentences
from tests.pipeline.written import (
    SPECS,
    model_writer,
    plain,
    without_provenance,
    written,
)

SMALL = 1_500
Say = Callable[[dict[str, Any]], str]


def section_of(request: dict[str, Any]) -> str:
    """The heading of the section that is asked for, "" for the whole brief."""
    return request["messages"][1]["content"].partition("“")[2].partition("”")[0]


def items(*pairs: tuple[str, int]) -> str:
    said = [{"text": text, "evidence": [number]} for text, number in pairs]
    return json.dumps({"items": said})


def answered(question: str, text: str, number: int) -> str:
    said = {"text": text, "evidence": [number]}
    return json.dumps({"items": [{"question": question, "answer": [said]}]})


def in_one_line(request: dict[str, Any]) -> str:
    number = number_of(request, "opened its new")
    return items(("Northgate Water opened a new plant on 25 May 2026.", number))


def what_happened(request: dict[str, Any]) -> str:
    return items(
        *(
            (text, number_of(request, words))
            for text, words in (
                ("The plant cost €48 million, the company said.", "€48 million"),
                (
                    "The Office for Water Quality approved the plant on 20 May 2026.",
                    "app",
                ),
            )
        )
    )


def what_happens_next(request: dict[str, Any]) -> str:
    number = number_of(request, "will close")
    return items(("The old plant will close on 30 June 2026.", number))


def why_it_matters(request: dict[str, Any]) -> str:
    number = number_of(request, "30 million")
    text = "The treatment plant can clean 30 million litres of water a day."
    return answered("How much water can the plant clean?", text, number)


def nothing(_request: dict[str, Any]) -> str:
    return '{"items": []}'


GOOD: dict[str, Say] = {
    "In one line": in_one_line,
    "What happened": what_happened,
    "Why it matters": why_it_matters,
    "What happens next": what_happens_next,
    "Quick answers": nothing,
}


def by_section(request: dict[str, Any]) -> Reply:
    return Reply(GOOD[section_of(request)](request))


def test_a_short_context_is_asked_section_by_section() -> None:
    made = written(by_section, context_tokens=SMALL)

    claims = sentences(made.brief)
    assert [section_of(one) for one in made.requests][:3] == [
        "In one line",
        "What happened",
        "What happens next",
    ]
    assert "The plant cost €48 million, the company said." in claims
    assert "The old plant will close on 30 June 2026." in claims
    assert "The treatment plant can clean 30 million litres of water a day." in claims
    assert {one.verdict and one.verdict.status for one in claims.values()} == {
        Status.SUPPORTED
    }
    assert made.draft.headline == plain().headline


def test_the_provenance_is_the_sum_of_all_requests() -> None:
    made = written(by_section, context_tokens=SMALL)

    provenance = made.draft.provenance
    assert provenance.requests == len(made.requests) > 3
    assert provenance.tokens_in == sum(
        sum(len(part["content"]) for part in one["messages"]) // 4
        for one in made.requests
    )
    assert provenance.cost_usd == Decimal("0.0000001") * (
        provenance.tokens_in + 4 * provenance.tokens_out
    )
    assert [file for file, _ in provenance.prompt_hashes][:3] == [
        "sentences.md",
        "sections/in_one_line.md",
        "sections/what_happened.md",
    ]


def test_each_request_fits_and_ends_where_its_section_is_full() -> None:
    made = written(by_section, context_tokens=SMALL)

    for one in made.requests:
        said = sum(len(part["content"]) for part in one["messages"])
        assert said / 3.5 + one["max_tokens"] <= SMALL
    shape = made.requests[1]["response_format"]["json_schema"]["schema"]
    assert shape["properties"]["items"]["maxItems"] == 4


def test_a_section_is_not_shown_what_one_before_it_told() -> None:
    made = written(by_section, context_tokens=SMALL)

    shown = {section_of(one): " ".join(evidence(one)) for one in made.requests}
    assert "€48 million" in shown["What happened"]
    assert "€48 million" not in shown["Why it matters"]
    assert "opened its new" in shown["In one line"]
    assert "opened its new" not in shown["What happened"]


def test_the_outlook_is_shown_what_looks_ahead_and_nothing_else() -> None:
    made = written(by_section, context_tokens=SMALL)

    (asked,) = (one for one in made.requests if section_of(one) == "What happens next")
    assert all(" will " in text for text in evidence(asked))


def test_a_whole_brief_out_of_shape_is_asked_for_by_section() -> None:
    def script(request: dict[str, Any]) -> Reply:
        return by_section(request) if section_of(request) else Reply("No.")

    made = written(script)

    first, *_ = made.draft.provenance.notes
    assert first.startswith("asked section by section: the model's answer is out of")
    assert "The plant cost €48 million, the company said." in sentences(made.draft)
    assert [section_of(one) for one in made.requests][:3] == ["", "", "In one line"]


def test_a_section_out_of_shape_comes_from_the_writer_without_a_model() -> None:
    def script(request: dict[str, Any]) -> Reply:
        is_lead = section_of(request) == "What happened"
        return Reply("No.") if is_lead else by_section(request)

    made = written(script, context_tokens=SMALL)

    by_name = {one.name: one for one in made.draft.sections}
    assert by_name["what_happened"] in plain().sections
    assert by_name["in_one_line"] not in plain().sections
    assert any("what_happened" in one for one in made.draft.provenance.notes)


def test_who_fails_twice_in_a_row_is_asked_no_more() -> None:
    made = written(lambda _request: Reply("No."), context_tokens=SMALL)

    (note,) = made.draft.provenance.notes
    assert without_provenance(made.draft) == plain()
    assert len(made.requests) == made.draft.provenance.requests == 2
    assert note.startswith("written without it: the model's answer is out of shape")


def test_a_server_that_goes_away_costs_the_sections_that_are_left() -> None:
    def script(request: dict[str, Any]) -> Reply:
        is_late = section_of(request) == "What happens next"
        return Reply(status=400) if is_late else by_section(request)

    made = written(script, context_tokens=SMALL)

    claims = sentences(made.draft)
    assert "The plant cost €48 million, the company said." in claims
    assert section_of(made.requests[-1]) == "What happens next"


def test_a_bad_key_at_a_section_is_an_error() -> None:
    def script(request: dict[str, Any]) -> Reply:
        is_late = section_of(request) == "What happened"
        return Reply(status=401) if is_late else by_section(request)

    with pytest.raises(ModelError, match="401") as caught:
        written(script, context_tokens=SMALL)

    assert caught.value.is_final


def test_sections_are_kept_by_their_request_and_stay_in_the_budget(
    tmp_path: Path,
) -> None:
    with (
        ModelServer(by_section) as server,
        SqliteStore(tmp_path / "a.db") as store,
    ):
        client = OpenAiLlm(base_url=server.base_url, name="small", api_key="k")
        kept = LedgerLlm(client, store, clock=lambda: NOW, sleep=lambda _s: None)
        first, again = (
            write(
                plant(), NOW.date(), SPECS, Profile(), model=model_writer(kept, SMALL)
            )
            for _ in range(2)
        )
        asked = len(server.requests)
        poor = model_writer(BudgetLlm(client, max_tokens=100), SMALL)
        without = write(plant(), NOW.date(), SPECS, Profile(), model=poor)
        client.close()

    assert first.provenance.requests == asked
    assert again.provenance.cached_requests == asked == len(server.requests)
    assert first.sections == again.sections
    assert "budget of 100 tokens" in without.provenance.notes[0]
