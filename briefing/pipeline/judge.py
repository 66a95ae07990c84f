"""A second opinion: a model reads claims beside their cited words, and nothing else.

Several claims make one question. It is fallible: an answer out of shape, or none, costs
only itself and leaves the evidence check's verdicts as they are.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import Field

from briefing.domain.brief import Provenance
from briefing.domain.claim import Claim, Status
from briefing.domain.document import Document
from briefing.errors import ModelError
from briefing.logic.judging import Key, Opinion, key_of, spans
from briefing.pipeline.model_answer import Strict, parse_as, schema
from briefing.pipeline.numbered import unmarked
from briefing.pipeline.paid import paid
from briefing.ports import Llm, ModelAnswer, ModelRequest

PROMPT_FILE = "judge.md"
# Claims in one question: more make small models lose count (chosen).
MOST_CLAIMS = 8
# Characters of claims and evidence: with prompt and answer they fit into 4,096 tokens.
_ROOM = 6000
# An entry takes some 50 tokens; the rest is for a server that thinks aloud.
_TOKENS_A_CLAIM = 90
_TOKENS_BESIDES = 300
_MOST_REASON = 300
_OPEN, _CLOSE = "<<<CLAIMS", "CLAIMS>>>"
_STATUS = {
    "supported": Status.SUPPORTED,
    "refuted": Status.REFUTED,
    "not_enough": Status.NOT_ENOUGH_INFO,
}


class Ruling(Strict):
    """One claim's number and what the judge says of it."""

    claim: int
    reason: str = Field(max_length=_MOST_REASON)
    verdict: Literal["supported", "refuted", "not_enough"]


class Rulings(Strict):
    """A whole answer."""

    rulings: Annotated[tuple[Ruling, ...], Field(max_length=MOST_CLAIMS)]


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of asking.

    Attributes:
        opinions: by claim; one that was not answered has none.
        provenance: the brief's, with what the answers cost, and a note on each failure.
    """

    opinions: Mapping[Key, Opinion]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Judge:
    """A model and what it is told.

    Attributes:
        llm: who judges.
        prompt: the words of prompts/judge.md.
        prompt_hash: their sha256.
    """

    llm: Llm
    prompt: str
    prompt_hash: str

    def __call__(
        self,
        claims: Sequence[Claim],
        documents: Sequence[Document],
        provenance: Provenance,
    ) -> Judged:
        """An opinion on each of `claims` that the model gave one on. A claim that an
        answer about several leaves out is asked about once more, by itself: small
        models lose count.
        """
        texts = {one.id: one for one in documents}
        opinions: dict[Key, Opinion] = {}
        waiting = deque(batches(claims, texts))
        while waiting:
            batch = waiting.popleft()
            shown = [text for _, text in batch]
            try:
                said = self.llm.complete(self._request(shown))
            except ModelError as error:
                provenance = _noted(provenance, len(batch), error)
                continue
            provenance = paid(provenance, said, (PROMPT_FILE, self.prompt_hash))
            try:
                found = _opinions(said, len(batch))
            except ModelError as error:
                provenance = _noted(provenance, len(batch), error)
                continue
            for number, one in enumerate(batch, start=1):
                if number in found:
                    opinions[key_of(one[0])] = found[number]
                else:
                    waiting.append([one])
        return Judged(opinions, provenance)

    def _request(self, shown: Sequence[str]) -> ModelRequest:
        numbered = "\n\n".join(
            f"[{number}] {text}" for number, text in enumerate(shown, start=1)
        )
        return ModelRequest(
            system=self.prompt,
            user=f"{_OPEN}\n{numbered}\n{_CLOSE}\n\n"
            f"Judge claims 1 to {len(shown)} as JSON.",
            schema=schema(Rulings),
            max_tokens=_TOKENS_BESIDES + _TOKENS_A_CLAIM * len(shown),
        )


def batches(
    claims: Sequence[Claim], texts: Mapping[str, Document]
) -> Iterator[list[tuple[Claim, str]]]:
    """The claims with what is shown of each, as many to a question as fit."""
    batch: list[tuple[Claim, str]] = []
    size = 0
    for claim in claims:
        shown = _shown(claim, texts)
        if batch and (len(batch) == MOST_CLAIMS or size + len(shown) > _ROOM):
            yield batch
            batch, size = [], 0
        batch.append((claim, shown))
        size += len(shown)
    if batch:
        yield batch


def _shown(claim: Claim, texts: Mapping[str, Document]) -> str:
    evidence = [
        f"    ({_said_by(document)}) {unmarked(words)}"
        for document, words in spans(claim, texts)
    ]
    return "\n".join((f"Claim: {unmarked(claim.text)}", "    Evidence:", *evidence))


def _said_by(document: Document) -> str:
    when = document.published_at
    day = f", {when.day} {when:%B %Y}" if when else ""
    return unmarked((document.publisher or "source") + day)


def _opinions(said: ModelAnswer, count: int) -> dict[int, Opinion]:
    """By the claim's number, as far as the answer has one and only one on it. Raises
    ModelError when it is out of shape, or has none at all.
    """
    rulings = parse_as(Rulings, said.text).rulings
    told = Counter(one.claim for one in rulings)
    found = {
        one.claim: Opinion(_STATUS[one.verdict], unmarked(one.reason))
        for one in rulings
        if told[one.claim] == 1 and 1 <= one.claim <= count
    }
    if not found:
        raise ModelError(
            f"the judge's answer is out of shape: no ruling on any of {count}",
            hint="Take a larger model, or leave [model] judge out.",
        )
    return found


def _noted(before: Provenance, count: int, error: ModelError) -> Provenance:
    note = f"not judged, {count} of its sentences: {error.message}"
    return replace(before, notes=(*before.notes, note))
