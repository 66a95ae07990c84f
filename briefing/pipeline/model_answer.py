"""What a model is asked to return, as strict shapes, and their JSON schema."""

from __future__ import annotations

import json
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefing.errors import ModelError

# Far above any limit of a section; what is longer is no brief but a runaway model.
_MAX_TEXT = 600
_MAX_ITEMS = 12


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(Strict):
    """One sentence and the numbers of its evidence."""

    text: str = Field(min_length=1, max_length=_MAX_TEXT)
    evidence: tuple[int, ...] = Field(max_length=_MAX_ITEMS)


class Answered(Strict):
    """A question with the sentences that answer it."""

    question: str = Field(min_length=1, max_length=200)
    answer: tuple[Said, ...] = Field(min_length=1, max_length=_MAX_ITEMS)


Saids = Annotated[tuple[Said, ...], Field(max_length=_MAX_ITEMS)]
Answereds = Annotated[tuple[Answered, ...], Field(max_length=_MAX_ITEMS)]


class Sections(Strict):
    """The sections that a model phrases; the others are computed from the sources."""

    in_one_line: Saids = ()
    what_happened: Saids = ()
    why_it_matters: Answereds = ()
    what_happens_next: Saids = ()
    quick_answers: Answereds = ()


class ModelBrief(Strict):
    """A whole answer."""

    headline: Said
    sections: Sections


class SectionOfSaids(Strict):
    """One section alone: bullets or prose."""

    items: Saids


class SectionOfAnswers(Strict):
    """One section alone: questions with their answers."""

    items: Answereds


class ReaderAnswer(Strict):
    """Numbers of sentences that matter to one kind of reader, the best first."""

    sentences: tuple[int, ...] = Field(max_length=3)


_Answer = TypeVar("_Answer", bound=BaseModel)


def schema(kind: type[BaseModel]) -> str:
    """The JSON schema of an answer, for servers that can hold a model to it."""
    return json.dumps(kind.model_json_schema(), sort_keys=True)


def section_schema(
    kind: type[SectionOfSaids | SectionOfAnswers], max_items: int
) -> str:
    """The JSON schema of one section; a model that is held to it ends where the
    section is full.
    """
    shape = kind.model_json_schema()
    shape["properties"]["items"]["maxItems"] = max_items
    return json.dumps(shape, sort_keys=True)


def parse_as(kind: type[_Answer], text: str) -> _Answer:
    """The answer in `text`; a fence around the JSON and thoughts before it are
    forgiven, nothing else is.

    Raises ModelError naming the first fault.
    """
    # Servers of reasoning models may leave the thoughts in front of the answer.
    text = text.rpartition("</think>")[2]
    start, end = text.find("{"), text.rfind("}")
    try:
        return kind.model_validate_json(text[start : end + 1])
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the answer"
        raise ModelError(
            f"the model's answer is out of shape: {place}: {first['msg']}",
            hint="Take a larger model, or raise [model] max_tokens.",
        ) from error
