"""A real, very small model in a child process: protocol, schema, faults, poor text."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing import app, prompts
from briefing.domain.brief import Brief, Provenance
from briefing.domain.claim import ClaimKind, Status
from briefing.errors import ModelError
from briefing.llm.embedded import EmbeddedLlm
from briefing.llm.ledger import LedgerLlm
from briefing.pipeline.judge import PROMPT_FILE, Judge
from briefing.ports import Llm, ModelRequest
from briefing.settings import parse
from briefing.store import SqliteStore
from tests.builders import NOW, citation, claim, document
from tests.contracts.any_llm import EVERY, HELLO
from tests.model.conftest import model_file, small
from tests.pipeline.scripted import CAPACITY, OPENING, sentences

SCHEMA = json.dumps(
    {
        "type": "object",
        "properties": {
            "verdict": {"enum": ["supported", "refuted", "not_enough"]},
            "evidence": {"type": "array", "items": {"enum": [1, 2]}, "maxItems": 2},
        },
        "required": ["verdict", "evidence"],
        "additionalProperties": False,
    }
)


@pytest.mark.parametrize("must", EVERY)
def test_a_real_model_keeps_the_contract(
    llm: EmbeddedLlm, must: Callable[[Llm], None]
) -> None:
    must(llm)


def test_an_answer_keeps_the_schema_that_was_asked_for(llm: EmbeddedLlm) -> None:
    asked = ModelRequest(
        "Answer as JSON.", "Is water wet?", schema=SCHEMA, max_tokens=120
    )

    answer = json.loads(llm.complete(asked).text)

    assert sorted(answer) == ["evidence", "verdict"]
    assert answer["verdict"] in {"supported", "refuted", "not_enough"}
    assert set(answer["evidence"]) <= {1, 2}


def test_a_judge_answers_in_shape_or_is_noted(llm: EmbeddedLlm) -> None:
    words, words_hash = prompts.text(PROMPT_FILE, prompts.data_folders("prompts"))
    held = document(OPENING)
    said = claim("The plant cost €48 million.", citation(held))

    judged = Judge(llm, words, words_hash)((said,), (held,), Provenance("extract"))

    assert judged.provenance.tokens_out > 0
    assert bool(judged.opinions) != bool(judged.provenance.notes)


def test_the_same_question_is_asked_once(llm: EmbeddedLlm, tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "a.db") as store:
        kept = LedgerLlm(llm, store, clock=lambda: NOW, sleep=lambda _s: None)
        first, second = kept.complete(HELLO), kept.complete(HELLO)

    assert (first.is_cached, second.is_cached) == (False, True)
    assert first.text == second.text


def test_a_file_that_is_no_model_is_named_once_and_for_all(tmp_path: Path) -> None:
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + bytes(1000))
    broken = small(tmp_path / "broken.gguf")

    with pytest.raises(ModelError, match="could not be loaded") as caught:
        broken.complete(HELLO)

    assert caught.value.is_final
    assert "GGUF" in caught.value.hint
    broken.close()


def children() -> set[int]:
    """Processes that this one started."""
    here = f"/proc/{os.getpid()}/task"
    listed = [path.read_text() for path in Path(here).glob("*/children")]
    return {int(one) for line in listed for one in line.split()}


def test_a_model_that_dies_costs_its_questions_alone(llm: EmbeddedLlm) -> None:
    llm.complete(HELLO)  # so that it is no new child below
    before = children()
    other = small(model_file())
    other.complete(HELLO)
    (child,) = children() - before
    os.kill(child, signal.SIGKILL)

    with pytest.raises(ModelError) as caught:
        other.complete(HELLO)

    assert not caught.value.is_final
    other.close()
    assert llm.complete(HELLO).text


def test_a_brief_that_it_wrote_poorly_is_published_with_what_stands(
    tmp_path: Path,
) -> None:
    (tmp_path / "opening.txt").write_text(OPENING, encoding="utf-8")
    (tmp_path / "capacity.txt").write_text(CAPACITY, encoding="utf-8")
    (tmp_path / "small.gguf").symlink_to(model_file())
    table = (
        '[model]\nembedded = "small.gguf"\ncontext_tokens = 2048\nmax_tokens = 120\n'
        "max_tokens_a_run = 4000\n"
    )
    chosen = parse(table, folder=tmp_path, environment={})
    places = (str(tmp_path / "opening.txt"), str(tmp_path / "capacity.txt"))

    brief, words, problems = app.make_brief(places, chosen=chosen, moment=NOW)

    assert isinstance(brief, Brief)
    assert problems == ()
    assert "Northgate Water" in words
    assert brief.provenance.writer == "small"
    assert brief.provenance.tokens_out > 0
    assert brief.provenance.notes != ()
    (happened,) = (one for one in brief.sections if one.name == "what_happened")
    assert sum(len(item.claims) for item in happened.items) >= 2
    assert [
        one.text
        for one in sentences(brief).values()
        if one.kind is not ClaimKind.INFERENCE
        and (one.verdict is None or one.verdict.status is not Status.SUPPORTED)
    ] == []
