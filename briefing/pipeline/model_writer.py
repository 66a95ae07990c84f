"""A model that phrases, what it is told, and how an answer is read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from pydantic import BaseModel

from briefing.domain.brief import Item, SectionSpec
from briefing.domain.claim import Claim
from briefing.errors import ModelError
from briefing.pipeline.model_answer import Sections, parse_as
from briefing.ports import Llm, ModelAnswer, ModelRequest

# Chosen: English prose has about four characters a token with the usual vocabularies;
# lower is safer.
_CHARS_PER_TOKEN = 3.5
# What stands around the evidence in a question, and its fault when it is asked again.
_AROUND = 400

# Files of prompts/, in the order of ModelWriter's fields.
BRIEF_PROMPTS = ("brief.md", "sentences.md", "questions.md")

_Answer = TypeVar("_Answer", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Prompt:
    """The words of one file of prompts/.

    Attributes:
        file: its name.
        words: what it says.
        sha256: of the words.
    """

    file: str
    words: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelWriter:
    """A model and what it is told.

    Attributes:
        llm: who phrases.
        brief: asks for a whole brief.
        sentences: asks for one section of sentences.
        questions: asks for one section of questions with answers.
        context_tokens: that fit into one request, answer included.
        max_tokens: of one answer.
    """

    llm: Llm
    brief: Prompt
    sentences: Prompt
    questions: Prompt
    context_tokens: int
    max_tokens: int


@dataclass(frozen=True, slots=True)
class Phrased:
    """What a model made of a story.

    Attributes:
        headline: None when it was not asked for one, or gave none with evidence.
        sections: the body of each section that it gave, by name.
        prompts: (file, sha256) of what it was told.
        note: why it was asked in another way than for a whole brief, or not at all;
            "" if there is nothing to say.
    """

    headline: Claim | None
    sections: tuple[tuple[str, tuple[Item, ...]], ...]
    prompts: tuple[tuple[str, str], ...]
    note: str = ""


def phrased_by_model(specs: Sequence[SectionSpec]) -> tuple[SectionSpec, ...]:
    """The sections that a model is asked for, in order; the others are computed."""
    return tuple(spec for spec in specs if spec.name in Sections.model_fields)


def limits(spec: SectionSpec) -> str:
    """A section's size and instruction, as a line for the model."""
    each = " each" if spec.is_limit_per_item else " together"
    size = f"at most {spec.max_items} items, of {spec.max_words} words at most{each}."
    if spec.max_items == 1:
        size = f"one item of {spec.max_words} words at most."
    return " ".join(part for part in (size, spec.instruction) if part)


def instruction_hash(spec: SectionSpec) -> tuple[str, str]:
    """A section's file and the sha256 of its instruction, for the record."""
    digest = hashlib.sha256(spec.instruction.encode()).hexdigest()
    return f"sections/{spec.name}.md", digest


def room(context_tokens: int, answer_tokens: int, system: str) -> float:
    """Characters of evidence that fit beside the instructions and the answer."""
    most = (context_tokens - answer_tokens) * _CHARS_PER_TOKEN
    return most - len(system) - _AROUND


def asked(
    llm: Llm,
    request: ModelRequest,
    kind: type[_Answer],
    answers: list[ModelAnswer],
    *,
    times: int,
) -> _Answer | ModelError:
    """The answer, or the fault of one that stays out of shape; it is asked for `times`
    times at most, each time with the fault of the one before.

    Every answer that was paid for is added to `answers`. Raises ModelError when there
    is none.
    """
    question = request
    for _ in range(times):
        answers.append(llm.complete(question))
        try:
            return parse_as(kind, answers[-1].text)
        except ModelError as error:
            fault = error
            question = replace(request, user=f"{request.user}\n\n{error.message}")
    return fault
