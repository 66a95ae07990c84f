"""What a judge adds to the evidence check: balanced accuracy without it and with it.

Run by hand: `python -m tests.evals.judging DATA_FOLDER --base-url URL --model NAME`
(or `--embedded FILE.gguf`), `--rows N` for so many rows of each set, spread evenly. The
judge is asked as in a run: about sentences that the check supports, beside the spans
that the check found. The key comes from BRIEFING_MODEL_API_KEY.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing import app, prompts, settings
from briefing.domain.brief import Provenance
from briefing.domain.claim import Claim, ClaimKind, Status, Verdict
from briefing.domain.document import Document
from briefing.logic.judging import Key, Opinion, key_of, lowered
from briefing.logic.text import sentences
from briefing.logic.verification import EvidenceIndex, index, verify
from briefing.pipeline.judge import PROMPT_FILE, Judge
from briefing.ports import Llm
from briefing.writers import open_llm

SETS = ("summedits_news", "edits")


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: whether it is true, and its sentences as the check found them."""

    label: int
    document: Document
    claims: tuple[Claim, ...]


def run(folder: Path, llm: Llm, *, rows: int | None = None) -> dict[str, float]:
    """Each measure by its name; empty when the folder has no sets.

    `<set>.without` and `<set>.judged` are balanced accuracy, `<set>.false_alarms` the
    share of true rows that the judge alone lost, `<set>.caught` the share of false rows
    that it alone caught, of those that the check let pass; `<set>.unanswered` the
    sentences without an opinion, of those asked about; tokens and seconds of each set.
    """
    texts_file = folder / "verify_docs.jsonl"
    if not texts_file.is_file():
        return {}
    texts = {row["doc_id"]: row["text"] for row in _lines(texts_file)}
    words, words_hash = prompts.text(PROMPT_FILE, prompts.data_folders("prompts"))
    judge = Judge(llm, words, words_hash)
    measures: dict[str, float] = {}
    for name in SETS:
        file = folder / f"verify_{name}.jsonl"
        if file.is_file():
            chosen = _spread(_lines(file), rows)
            measures.update(_measured(name, chosen, texts, judge))
    return measures


def _measured(
    name: str, chosen: Sequence[dict[str, Any]], texts: dict[str, str], judge: Judge
) -> dict[str, float]:
    began = time.perf_counter()
    indexes: dict[str, EvidenceIndex] = {}
    found = [_row(one, texts, indexes) for one in chosen]
    opinions: dict[Key, Opinion] = {}
    cost, asked = Provenance("judge"), 0
    for row in found:
        claims = [one for one in row.claims if _passes(one)]
        # As in a run: a row that the check refuses already is not paid for.
        if len(claims) == len(row.claims):
            judged = judge(claims, (row.document,), cost)
            opinions |= judged.opinions
            cost, asked = judged.provenance, asked + len(claims)
    without = [(row.label, all(map(_passes, row.claims))) for row in found]
    with_it = [
        (row.label, all(_passes(_lowered(one, opinions)) for one in row.claims))
        for row in found
    ]
    let_pass = [
        (label, judged)
        for (label, passed), (_, judged) in zip(without, with_it, strict=True)
        if passed
    ]
    return {
        f"{name}.rows": len(found),
        f"{name}.without": _balanced(without),
        f"{name}.judged": _balanced(with_it),
        f"{name}.false_alarms": _share(not one for label, one in let_pass if label),
        f"{name}.caught": _share(not one for label, one in let_pass if not label),
        f"{name}.asked": asked,
        f"{name}.unanswered": asked - len(opinions),
        f"{name}.tokens_in": cost.tokens_in,
        f"{name}.tokens_out": cost.tokens_out,
        f"{name}.seconds": round(time.perf_counter() - began, 1),
    }


def _row(
    row: dict[str, Any], texts: dict[str, str], indexes: dict[str, EvidenceIndex]
) -> _Row:
    document = Document(id=row["doc_id"], text=texts[row["doc_id"]])
    if document.id not in indexes:
        indexes[document.id] = index({document.id: document})
    text = row["claim"]
    parts = [text]
    if row["unit"] == "summary":
        parts = [text[span.start : span.end] for span in sentences(text)]
    return _Row(
        row["label"],
        document,
        tuple(_checked(part, indexes[document.id]) for part in parts),
    )


def _checked(text: str, held: EvidenceIndex) -> Claim:
    """The sentence with the check's verdict, citing what the check found."""
    verdict = verify(Claim(text, ClaimKind.REPORTED), held)
    return Claim(text, ClaimKind.REPORTED, verdict.evidence, verdict=verdict)


def _lowered(claim: Claim, opinions: dict[Key, Opinion]) -> Claim:
    verdict = lowered(_verdict(claim), opinions.get(key_of(claim)))
    return Claim(claim.text, claim.kind, claim.citations, verdict=verdict)


def _verdict(claim: Claim) -> Verdict:
    assert claim.verdict is not None
    return claim.verdict


def _passes(claim: Claim) -> bool:
    return _verdict(claim).status is Status.SUPPORTED


def _balanced(rows: Sequence[tuple[int, bool]]) -> float:
    """Mean of the shares of true rows passed and of false rows refused."""
    true = _share(passed for label, passed in rows if label)
    return (true + _share(not passed for label, passed in rows if not label)) / 2


def _share(hits: Any) -> float:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else 0.0


def _spread(rows: list[dict[str, Any]], wanted: int | None) -> list[dict[str, Any]]:
    """`wanted` rows from all over the set."""
    if wanted is None or wanted >= len(rows):
        return rows
    return [rows[number * len(rows) // wanted] for number in range(wanted)]


def _lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main(arguments: Sequence[str]) -> int:
    """Prints each measure on a line; 2 when there is nothing to measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.judging")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base-url", default="")
    parser.add_argument("--model", default="")
    parser.add_argument("--embedded", default="")
    parser.add_argument("--rows", type=int)
    chosen = parser.parse_args(arguments)
    keys = ("base_url", "model", "embedded")
    table = "\n".join(
        f"{'name' if key == 'model' else key} = {json.dumps(getattr(chosen, key))}"
        for key in keys
        if getattr(chosen, key)
    )
    text = f"[model]\nmax_tokens_a_run = 100000000\n{table}\n"
    part = settings.parse(text, folder=Path(), environment=os.environ).model
    with open_llm(part, None, app.now) as llm:
        assert llm is not None
        measures = run(chosen.folder, llm, rows=chosen.rows)
    for name, value in measures.items():
        sys.stdout.write(f"{value:10.3f}  {name}\n")
    return 0 if measures else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
