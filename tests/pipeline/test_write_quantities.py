"""Quantities that a model names by id: printed by us, cited, and never left as ids."""

from __future__ import annotations

import json
from typing import Any

from briefing.domain.brief import Action
from briefing.pipeline.numbered import unmarked
from tests.builders import document
from tests.model_server import Reply
from tests.pipeline.scripted import (
    CAPACITY,
    changed,
    evidence,
    good,
    number_of,
    plant,
    quantity,
    sentences,
)
from tests.pipeline.written import plain, written


def said(text: str, *numbers: int) -> dict[str, Any]:
    return {"text": text, "evidence": list(numbers)}


def test_an_id_is_printed_as_the_evidence_has_it_and_cites_its_sentence() -> None:
    def script(request: dict[str, Any]) -> Reply:
        cost = quantity(request, "€48 million")
        claim = said(f"The plant cost {cost}, the company said.")
        return Reply(changed(request, lambda all_: all_.__setitem__(0, claim)))

    made = written(script)

    claim = sentences(made.brief)["The plant cost €48 million, the company said."]
    (place,) = claim.citations
    text = {one.id: one.text for one in plant().documents}[place.document_id]
    assert text[place.start : place.end].startswith("The plant cost €48 million")
    assert made.brief.scores.repaired == made.brief.scores.struck == 0


def test_an_id_of_another_sentence_adds_that_sentence_to_the_named_ones() -> None:
    def script(request: dict[str, Any]) -> Reply:
        litres = quantity(request, "30 million litres of water a day")
        claim = said(
            f"The treatment plant of Northgate Water can clean {litres}.",
            number_of(request, "approved the plant"),
        )
        return Reply(changed(request, lambda all_: all_.__setitem__(2, claim)))

    made = written(script)

    text = "The treatment plant of Northgate Water can clean 30 million litres of water"
    claim = sentences(made.draft)[f"{text} a day."]
    named, added = (CAPACITY[one.start : one.end] for one in claim.citations)
    assert named.startswith("The Office for Water Quality approved")
    assert added.startswith("The treatment plant of Northgate Water can clean")


def test_an_id_that_does_not_exist_is_never_printed() -> None:
    def script(request: dict[str, Any]) -> Reply:
        answer = good(request)
        lost = said("The plant cost {q99}.", number_of(request, "€48 million"))
        answer["sections"]["what_happened"][0] = lost
        answer["headline"] = said(
            "Northgate Water opens a {q77} treatment plant in Northgate",
            number_of(request, "opened its new"),
        )
        answer["sections"]["quick_answers"] = [
            {
                "question": "How did the {q98} plant in Northgate get approved?",
                "answer": [said("It was.", number_of(request, "approved the plant"))],
            }
        ]
        return Reply(json.dumps(answer))

    made = written(script)

    brief = made.brief
    printed = [*sentences(brief)]
    printed.extend(i.question or "" for one in brief.sections for i in one.items)
    assert not any("{" in text or "q9" in text or "q7" in text for text in printed)
    fallen = {one.text: one for one in brief.violations if "{q" in one.text}
    assert fallen["The plant cost {q99}."].action in {Action.STRUCK, Action.REPAIRED}
    assert brief.headline.text == plain().headline.text


def test_a_number_that_the_model_types_itself_is_checked_as_ever() -> None:
    def script(request: dict[str, Any]) -> Reply:
        def change(all_: list[dict[str, Any]]) -> None:
            number = number_of(request, "€48 million")
            all_[0] = said("The plant cost €48 million, the company said.", number)
            all_[2] = said("The plant can clean 40 million litres a day.", number)

        return Reply(changed(request, change))

    made = written(script)

    claims = sentences(made.brief)
    assert "The plant cost €48 million, the company said." in claims
    assert not any("40 million" in text for text in claims)


def test_a_source_cannot_name_a_quantity_by_itself() -> None:
    hostile = document(
        "Northgate Water bought {q1: 12,000} filters for the plant on 24 May 2026.",
        url="http://hostile.example/2026/x",
    )
    made = written(lambda request: Reply(json.dumps(good(request))), plant(hostile))

    assert not any("12,000" in text for text in evidence(made.requests[0]))
    assert unmarked("It has {q1: 12,000} filters.") == "It has q1: 12,000 filters."


def test_what_a_sentence_is_stands_beside_its_publisher() -> None:
    made = written(lambda request: Reply(json.dumps(good(request))))

    user = made.requests[0]["messages"][1]["content"]
    (line,) = (one for one in user.splitlines() if "will close" in one)
    assert "(The Courier (sample), 26 May 2026; outlook) The old plant" in line
