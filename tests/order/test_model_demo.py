"""`briefing demo` with a model that answers well and badly: nothing bad is printed."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from briefing import byhand
from briefing.byhand import DemoDay
from briefing.domain.claim import ClaimKind, Status
from briefing.domain.edition import Edition
from briefing.logic.codec import from_json
from tests.cli.calling import call
from tests.conftest import DATES
from tests.model_server import ModelServer, Reply

_LINE = re.compile(r"^\[(\d+)\] \(.*?\) (.*)$", re.MULTILINE)
_DIGIT = re.compile(r"\d")
Made = tuple[tuple[DemoDay, ...], tuple[Edition, ...], "Script", Path]
# Every kind of answer comes within two days; the quiet day needs no model.
DAYS = DATES[:2]
KINDS = ("good", "ids", "lost", "number", "name", "moved", "cut", "busy", "refused")
_QUANTITY = re.compile(r"\{(q\d+): ([^{}]*)\}")


class Script:
    """Answers by the content of the question, so that every run is alike."""

    def __init__(self) -> None:
        self.given: Counter[str] = Counter()
        self._seen: set[str] = set()

    def __call__(self, request: dict[str, Any]) -> Reply:
        user = request["messages"][1]["content"]
        shown = [(int(number), text) for number, text in _LINE.findall(user)]
        # By the texts alone: a question that is asked again is of the same kind.
        key = hashlib.sha256(repr(shown).encode()).hexdigest()
        kind = KINDS[int(key, 16) % len(KINDS)]
        self.given[kind] += 1
        if kind == "busy" and key not in self._seen:
            self._seen.add(key)
            return Reply(status=429, headers={"retry-after-ms": "1"})
        if kind == "refused":
            return Reply("I cannot help with that.")
        said = _said(shown, kind)
        if "Write the section" in user:
            is_asking = "question" in json.dumps(request["response_format"])
            answer = json.dumps({"items": _asked(said) if is_asking else said})
        else:
            answer = json.dumps(
                {"headline": said[0], "sections": {"what_happened": said}}
            )
        return Reply(answer[: len(answer) // 2] if kind == "cut" else answer)


def _said(shown: list[tuple[int, str]], kind: str) -> list[dict[str, Any]]:
    quantity = {"ids": r"{\1}", "lost": "{q999}"}.get(kind, r"\2")
    said: list[dict[str, Any]] = [
        {"text": _QUANTITY.sub(quantity, text), "evidence": [number]}
        for number, text in shown[:5]
    ]
    for one in said[1:]:
        text = str(one["text"])
        if kind == "number":
            one["text"] = _DIGIT.sub(lambda m: str((int(m[0]) + 3) % 10), text)
        if kind == "name":
            one["text"] = f"Veltram Industries said that {text}"
        if kind == "moved":
            one["evidence"] = [shown[-1][0]]
    return said


def _asked(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"question": "What was told?", "answer": [one]} for one in said]


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory,
) -> Made:
    output = tmp_path_factory.mktemp("model") / "output"
    script = Script()
    with ModelServer(script) as server:
        done = call(
            *("demo", "--json", "--output", output, "--editions", len(DAYS)),
            *("--model-url", server.base_url, "--model", "small"),
        )
    assert done.code == 0, done.err
    days = tuple(from_json(DemoDay, json.dumps(one)) for one in done.json)
    editions = tuple(
        from_json(Edition, (output / day / "edition.json").read_bytes()) for day in DAYS
    )
    return days, editions, script, output


def test_the_run_completes_with_the_failures_of_the_sample_alone(
    made: Made,
) -> None:
    days, editions, script, _ = made

    assert [one.surprises for one in days] == [(), ()]
    assert [Path(one.folder).name for one in days] == list(DAYS)
    assert sum(len(one.briefs) for one in editions) >= 8
    assert len(script.given) >= 5
    assert {one.report.writer for one in days} == {"small"}


def test_every_published_claim_is_supported_or_ours_and_labelled(
    made: Made,
) -> None:
    _, editions, _, _ = made
    claims = [
        claim
        for edition in editions
        for brief in edition.briefs
        for section in brief.sections
        for item in section.items
        for claim in item.claims
    ]

    assert len(claims) > 60
    assert [
        one.text
        for one in claims
        if one.kind is not ClaimKind.INFERENCE
        and (one.verdict is None or one.verdict.status is not Status.SUPPORTED)
    ] == []
    assert not any("Veltram" in one.text or "{" in one.text for one in claims)


def test_the_report_counts_tokens_and_a_brief_says_who_wrote_it(
    made: Made,
) -> None:
    days, editions, _, _ = made
    briefs = [brief for edition in editions for brief in edition.briefs]

    assert {one.provenance.writer for one in briefs} == {"small"}
    assert days[1].report.tokens_in > 500
    assert days[1].report.cost_usd is None
    fallen = [one for one in briefs if one.provenance.notes]
    assert any("written without it" in one.provenance.notes[0] for one in fallen)
    assert sum(one.scores.struck + one.scores.repaired for one in briefs) > 0


def test_the_editions_hold_against_their_stored_texts(
    made: Made,
) -> None:
    *_, output = made

    faults = [fault for day in DAYS for fault in byhand.check_edition(output / day)[0]]

    assert faults == []
