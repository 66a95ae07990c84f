"""What the sample days would cost with a hosted model, as the table of docs/costs.md.

Run by hand: `python -m tests.evals.costs`. The sample days are written with the
scripted model server of the tests, which answers every question at the usual length.
Tokens are estimated: four characters each, in and out, whatever the vocabulary.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from briefing import byhand, prompts
from briefing.domain.brief import Brief
from briefing.llm.openai import OpenAiLlm
from briefing.logic.judging import asked_about
from briefing.pipeline.judge import PROMPT_FILE, Judge
from tests.model_server import ModelServer, Reply

PARTS = ("writer", "the reader's question", "judge")
CHARS_PER_TOKEN = 4
# What a provider caches at least (OpenAI's guide; others cache shorter beginnings).
LEAST_CACHED_TOKENS = 1024
_PRICES = Path(__file__).with_name("prices.toml")
_LINE = re.compile(r"^\[(\d+)\] \(.*?\) (.*)$", re.MULTILINE)
_CLAIM = re.compile(r"^\[(\d+)\] Claim: ", re.MULTILINE)
_MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Price:
    """A model's list price in US dollars for a million tokens.

    Attributes:
        provider: who sells.
        model: as the provider names it.
        usd_in: of the prompt.
        usd_in_cached: of a beginning that the provider saw shortly before.
        usd_out: of the answer.
        page: the provider's own, with the price.
        as_of: day for which `source` gives the figure, else the day we read it.
        source: the public text that quotes the page.
        note: when it holds, "" for always.
    """

    provider: str
    model: str
    usd_in: Decimal
    usd_in_cached: Decimal
    usd_out: Decimal
    page: str
    as_of: date
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Used:
    """Tokens of some questions and their answers.

    Attributes:
        requests: questions.
        tokens_in: of all of them.
        cached_in: of these, in long beginnings that an earlier question had too.
        tokens_out: of the answers.
    """

    requests: int = 0
    tokens_in: int = 0
    cached_in: int = 0
    tokens_out: int = 0

    def __add__(self, other: Used) -> Used:
        return Used(
            self.requests + other.requests,
            self.tokens_in + other.tokens_in,
            self.cached_in + other.cached_in,
            self.tokens_out + other.tokens_out,
        )


def prices() -> tuple[Price, ...]:
    """Those of prices.toml, in its order."""
    tables = tomllib.loads(_PRICES.read_text(encoding="utf-8"))["prices"]
    money = ("usd_in", "usd_in_cached", "usd_out")
    return tuple(
        Price(**{**one, **{key: Decimal(one[key]) for key in money}}) for one in tables
    )


def cost(used: Used, price: Price) -> Decimal:
    """US dollars, with the provider's cache."""
    fresh = used.tokens_in - used.cached_in
    total = fresh * price.usd_in + used.cached_in * price.usd_in_cached
    return (total + used.tokens_out * price.usd_out) / _MILLION


def counted(asked: Sequence[tuple[str, str]]) -> Used:
    """The tokens of (question, answer) pairs, in the order in which they were asked."""
    found, earlier = Used(), list[str]()
    for question, answer in asked:
        shared = max((_beginning(question, one) for one in earlier), default=0)
        cached = shared // CHARS_PER_TOKEN
        found += Used(
            1,
            len(question) // CHARS_PER_TOKEN,
            cached if cached >= LEAST_CACHED_TOKENS else 0,
            len(answer) // CHARS_PER_TOKEN,
        )
        earlier.append(question)
    return found


def _beginning(left: str, right: str) -> int:
    """Characters that both begin with."""
    pairs = enumerate(zip(left, right, strict=False))
    shorter = min(len(left), len(right))
    return next((number for number, (a, b) in pairs if a != b), shorter)


class Script:
    """Answers well, at the usual length; keeps every question with its answer."""

    def __init__(self) -> None:
        self.asked: dict[str, list[tuple[str, str]]] = {part: [] for part in PARTS}

    def __call__(self, request: dict[str, Any]) -> Reply:
        system, user = (one["content"] for one in request["messages"])
        part = "writer"
        said: dict[str, Any] = _rulings(user)
        if said:
            part = "judge"
        elif '{"sentences"' in system:
            part, said = "the reader's question", {"sentences": [1]}
        else:
            said = _brief(user)
        answer = json.dumps(said)
        schema = json.dumps(request.get("response_format", ""))
        # Providers count the schema of an answer as part of the question.
        self.asked[part].append((f"{schema}{system}{user}", answer))
        return Reply(answer)


def _brief(user: str) -> dict[str, Any]:
    """Ten sentences, each that of an evidence line."""
    lines = [
        {"text": text[:160], "evidence": [int(number)]}
        for number, text in _LINE.findall(user)
    ]
    said = (lines * 10)[:10]
    return {
        "headline": {**said[0], "text": str(said[0]["text"])[:80]},
        "sections": {
            "in_one_line": said[:1],
            "what_happened": said[1:5],
            "why_it_matters": [
                {"question": "What does the plan change?", "answer": said[5:7]},
            ],
            "what_happens_next": said[7:8],
            "quick_answers": [
                {"question": "When was the decision made?", "answer": said[8:9]},
                {"question": "Who is behind the plan?", "answer": said[9:10]},
            ],
        },
    }


def _rulings(user: str) -> dict[str, Any]:
    rulings = [
        {
            "claim": int(number),
            "reason": "The evidence gives the same figure, name and date.",
            "verdict": "supported",
        }
        for number in _CLAIM.findall(user)
    ]
    return {"rulings": rulings} if rulings else {}


def main() -> int:
    """Prints the tables as Markdown."""
    script = Script()
    with ModelServer(script) as server, tempfile.TemporaryDirectory() as folder:
        days = byhand.run_demo(
            Path(folder),
            model_url=server.base_url,
            model="scripted",
            progress=lambda _stage, _done, _total: None,
        )
        briefs = [
            brief
            for day in days
            for brief in byhand.edition_in(Path(day.folder))[0].briefs
        ]
        _judge_all(briefs, server.base_url)
    used = {part: counted(asked) for part, asked in script.asked.items()}
    sys.stdout.write(tables(used, briefs=len(briefs), days=len(days)))
    return 0


def _judge_all(briefs: Sequence[Brief], base_url: str) -> None:
    words, words_hash = prompts.text(PROMPT_FILE, prompts.data_folders("prompts"))
    llm = OpenAiLlm(base_url=base_url, name="scripted", api_key="unused")
    judge = Judge(llm, words, words_hash)
    for brief in briefs:
        judge(asked_about(brief), brief.story.documents, brief.provenance)
    llm.close()


def tables(used: Mapping[str, Used], *, briefs: int, days: int) -> str:
    """One of tokens by part, and one of prices by model."""
    total = sum(used.values(), Used())
    parts = [("part", "requests", "tokens in", "of them cached", "tokens out")]
    for part, one in (*used.items(), ("all", total)):
        share = one.cached_in / one.tokens_in if one.tokens_in else 0.0
        parts.append(
            (
                part,
                f"{one.requests / briefs:.1f}",
                f"{one.tokens_in / briefs:,.0f}",
                f"{share:.0%}",
                f"{one.tokens_out / briefs:,.0f}",
            )
        )
    models = [("model", *(f"{part}, a brief" for part in used), "all, a year")]
    for price in prices():
        each = [f"${cost(one, price) / briefs:.4f}" for one in used.values()]
        a_year = f"${cost(total, price) / days * 365:.2f}"
        models.append((f"{price.provider} {price.model}", *each, a_year))
    head = f"{briefs} briefs on {days} mornings; the first table is of one brief."
    return "\n\n".join((head, _markdown(parts), _markdown(models))) + "\n"


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    ruled = [rows[0], ["---", *["---:"] * (len(rows[0]) - 1)], *rows[1:]]
    return "\n".join(f"| {' | '.join(row)} |" for row in ruled)


if __name__ == "__main__":
    sys.exit(main())
