"""The measure of a judge: right about a perfect one, and about one that refuses all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from briefing.llm.openai import OpenAiLlm
from tests.evals import judging
from tests.model_server import ModelServer, Reply

TEXT = (
    "Northgate Water opened a plant in Northgate on 25 May 2026. "
    "Calder Port sold its old pumps to Northgate Water for €3 million."
)
TRUE = "Northgate Water opened a plant in Northgate on 25 May 2026."
# Every word stands in the text; who bought of whom is turned round.
TURNED = "Northgate Water sold its old pumps to Calder Port for €3 million."
WRONG = "Northgate Water opened a plant in Northgate on 25 May 1999."
_CLAIM = re.compile(r"^\[(\d+)\] Claim: (.*)$", re.MULTILINE)


def measured(
    folder: Path, says: Callable[[str], str], **options: Any
) -> dict[str, float]:
    rows = [
        {"id": str(number), "doc_id": "d1", "claim": text, "label": label}
        for number, (text, label) in enumerate([(TRUE, 1), (TURNED, 0), (WRONG, 0)])
    ]
    (folder / "verify_docs.jsonl").write_text(
        json.dumps({"doc_id": "d1", "text": TEXT}) + "\n", encoding="utf-8"
    )
    (folder / "verify_edits.jsonl").write_text(
        "".join(json.dumps({**one, "unit": "sentence"}) + "\n" for one in rows),
        encoding="utf-8",
    )

    def script(request: dict[str, Any]) -> Reply:
        shown = _CLAIM.findall(request["messages"][1]["content"])
        rulings = [
            {"claim": int(number), "reason": "", "verdict": says(text)}
            for number, text in shown
        ]
        return Reply(json.dumps({"rulings": rulings}))

    with ModelServer(script) as server:
        llm = OpenAiLlm(base_url=server.base_url, name="small", api_key="k")
        try:
            return judging.run(folder, llm, **options)
        finally:
            llm.close()


def test_a_perfect_judge_loses_no_true_row(tmp_path: Path) -> None:
    found = measured(tmp_path, lambda text: "supported" if text == TRUE else "refuted")

    assert found["edits.judged"] == 1.0
    assert found["edits.false_alarms"] == 0.0
    assert found["edits.unanswered"] == 0


def test_a_judge_that_refuses_all_is_as_good_as_chance(tmp_path: Path) -> None:
    found = measured(tmp_path, lambda _text: "not_enough")

    assert (found["edits.judged"], found["edits.false_alarms"]) == (0.5, 1.0)


def test_what_the_check_refuses_is_not_paid_for(tmp_path: Path) -> None:
    found = measured(tmp_path, lambda _text: "supported")

    assert found["edits.judged"] == found["edits.without"]
    assert found["edits.asked"] < found["edits.rows"] == 3


def test_fewer_rows_may_be_asked_about_and_none_without_data(tmp_path: Path) -> None:
    assert measured(tmp_path, lambda _text: "supported", rows=1)["edits.rows"] == 1
    with ModelServer(lambda _request: Reply("")) as server:
        llm = OpenAiLlm(base_url=server.base_url, name="small", api_key="k")
        assert judging.run(tmp_path / "none", llm) == {}
        llm.close()
