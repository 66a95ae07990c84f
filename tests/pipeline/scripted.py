"""A story, and a model that answers about it as a test wants."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from briefing.domain.brief import Brief, Draft, Held
from briefing.domain.claim import Claim
from briefing.domain.document import Document
from briefing.domain.story import Story
from tests.builders import document, story

OPENING = (
    "Northgate Water opened its new treatment plant in Northgate on 25 May 2026. "
    "The plant cost €48 million and took three years to build, the company said. "
    "It will supply 120,000 households in Northgate and Calder Port. "
    "Northgate Water will open a second plant in Calder Port in March 2029."
)
CAPACITY = (
    "The treatment plant of Northgate Water can clean 30 million litres of water a "
    "day. The Office for Water Quality approved the plant on 20 May 2026. "
    "The old plant in Northgate, built in 1974, will close on 30 June 2026."
)
# A brief on the plant leaves out its second sentence.
DIARY = document(
    "Engineers of the plant measure the taste of the water in a small laboratory. "
    "Pupils of the town painted the long wall of the yard.",
    title="A walk along the basins of Northgate",
    url="http://weekly.example/2026/05/basins",
    publisher="The Weekly (sample)",
    family="weekly",
)
_QUANTITY = re.compile(r"\{q\d+: ([^{}]*)\}")
_LINE = re.compile(r"^\[(\d+)\] \((.*?)\) (.*)$", re.MULTILINE)


def plant(*more: Document) -> Story:
    """Two reports about one plant."""
    ledger = document(OPENING, title="Northgate Water opens treatment plant")
    courier = document(
        CAPACITY,
        title="New plant in Northgate cleans 30 million litres a day",
        url="http://courier.example/2026/05/plant",
        publisher="The Courier (sample)",
        family="courier",
    )
    return story(ledger, courier, *more)


def evidence(request: dict[str, Any]) -> dict[str, int]:
    """The sentences that the model was shown, with their numbers, quantities bare."""
    user = _QUANTITY.sub(r"\1", request["messages"][1]["content"])
    return {match[3]: int(match[1]) for match in _LINE.finditer(user)}


def number_of(request: dict[str, Any], words: str) -> int:
    """The evidence number of the sentence that holds `words`."""
    (number,) = (n for text, n in evidence(request).items() if words in text)
    return number


def quantity(request: dict[str, Any], words: str) -> str:
    """The id under which the model was shown a quantity, as it is to be written."""
    user = request["messages"][1]["content"]
    (found,) = re.findall(rf"\{{(q\d+): {re.escape(words)}\}}", user)
    return f"{{{found}}}"


def good(request: dict[str, Any]) -> dict[str, Any]:
    """An answer that says what the evidence says, in other words."""

    def said(text: str, words: str) -> dict[str, Any]:
        return {"text": text, "evidence": [number_of(request, words)]}

    return {
        "headline": said(
            "Northgate Water opens a treatment plant in Northgate", "opened its new"
        ),
        "sections": {
            "in_one_line": [
                said(
                    "Northgate Water opened a new treatment plant on 25 May 2026.",
                    "opened its new",
                )
            ],
            "what_happened": [
                said("The plant cost €48 million, the company said.", "€48 million"),
                said(
                    "The Office for Water Quality approved the plant on 20 May 2026.",
                    "approved the plant",
                ),
                said(
                    "The plant can clean 30 million litres of water a day.",
                    "30 million",
                ),
            ],
            "what_happens_next": [
                said("The old plant will close on 30 June 2026.", "will close")
            ],
        },
    }


def changed(
    request: dict[str, Any], change: Callable[[list[dict[str, Any]]], None]
) -> str:
    """The good answer with its What happened changed, as JSON."""
    answer = good(request)
    change(answer["sections"]["what_happened"])
    return json.dumps(answer)


def sentences(outcome: Draft | Brief | Held) -> dict[str, Claim]:
    """Every claim of a text by its words, the headline first."""
    text = outcome.draft if isinstance(outcome, Held) else outcome
    claims = (
        claim
        for section in text.sections
        for item in section.items
        for claim in item.claims
    )
    return {one.text: one for one in (text.headline, *claims)}
