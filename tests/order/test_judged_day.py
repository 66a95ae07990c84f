"""A sample day with a judge: what it refuses goes, is reported, and is asked once."""

from __future__ import annotations

import json
import re
import zlib
from pathlib import Path
from typing import Any

import pytest

from briefing import app, byhand, folder
from briefing.byhand import check_edition
from briefing.domain.edition import Edition
from briefing.logic.codec import from_json
from briefing.run import Made
from briefing.sample.content import sample_days, settings_text
from briefing.sample.server import SampleServer
from briefing.settings import parse
from tests.conftest import quiet
from tests.model_server import ModelServer, Reply
from tests.parsers import parsers

DAY = sample_days()[0]
_CLAIM = re.compile(r"^\[(\d+)\] Claim: (.*)$", re.MULTILINE)


class Script:
    """Writes nothing, and refuses one claim of three, by its words alone."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.refused: list[str] = []

    def __call__(self, request: dict[str, Any]) -> Reply:
        shown = _CLAIM.findall(request["messages"][1]["content"])
        if not shown:
            return Reply("I write no JSON.")
        rulings = []
        for number, text in shown:
            self.asked.append(text)
            is_refused = zlib.crc32(text.encode()) % 3 == 0
            if is_refused:
                self.refused.append(text)
            verdict = "not_enough" if is_refused else "supported"
            rulings.append({"claim": int(number), "reason": "r", "verdict": verdict})
        return Reply(json.dumps({"rulings": rulings}))


def make(place: Path, script: Script) -> tuple[Made, Path, Edition]:
    with SampleServer(DAY.date) as server, ModelServer(script) as model:
        named = f'base_url = "{model.base_url}"\nname = "small"\njudge = true\n'
        chosen = parse(
            f"{settings_text(server.address)}\n[model]\n{named}",
            folder=place,
            environment={},
        )
        made, output = app.make_edition(
            chosen,
            moment=DAY.now,
            edition_date=DAY.date,
            progress=quiet,
            isolate=parsers(),
        )
    return made, output, from_json(Edition, folder.read(output)["edition.json"])


@pytest.fixture(scope="module")
def judged(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Made, Path, Edition, Script]:
    script = Script()
    return (*make(tmp_path_factory.mktemp("judged"), script), script)


def test_what_the_judge_refused_is_not_printed(
    judged: tuple[Made, Path, Edition, Script],
) -> None:
    _, _, edition, script = judged
    printed = {
        claim.text
        for brief in edition.briefs
        for section in brief.sections
        for item in section.items
        for claim in item.claims
    }

    assert len(script.refused) >= 2
    assert printed.isdisjoint(script.refused)
    assert len(edition.briefs) >= 2


def test_the_report_says_what_it_refused_and_each_brief_what_it_cost(
    judged: tuple[Made, Path, Edition, Script],
) -> None:
    made, _, edition, script = judged
    lines = [one for one in made.report.problems if one.reason == "judged"]

    assert lines != []
    assert not any(one.is_failure for one in lines)
    assert any(text in one.message for one in lines for text in script.refused)
    assert all(
        "judge.md" in dict(one.provenance.prompt_hashes)
        for one in edition.briefs
        if one.provenance.requests > 2
    )


def test_its_edition_holds_against_the_stored_texts_without_asking_again(
    judged: tuple[Made, Path, Edition, Script],
) -> None:
    _, output, _, script = judged
    before = len(script.asked)

    faults, _ = check_edition(output)

    assert faults == ()
    assert len(script.asked) == before
    assert byhand.edition_in(output)[0].briefs
