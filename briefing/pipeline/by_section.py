"""A brief in one short request a section, for small models and short contexts.

Each request shows only what that section may tell: the most important sentences that no
section before it rests on. The headline is left to the writer without a model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from briefing.domain.brief import Item, SectionSpec, Shape
from briefing.domain.claim import Citation
from briefing.errors import ModelError
from briefing.logic.extractive.candidates import Candidate
from briefing.logic.extractive.roles import looks_ahead
from briefing.logic.extractive.what_happens_next import is_past, names_day_after
from briefing.pipeline.model_answer import (
    SectionOfAnswers,
    SectionOfSaids,
    section_schema,
)
from briefing.pipeline.model_writer import (
    ModelWriter,
    Phrased,
    Prompt,
    asked,
    instruction_hash,
    limits,
    phrased_by_model,
    room,
)
from briefing.pipeline.numbered import Numbered, fitting, items_of, numbered
from briefing.ports import ModelAnswer, ModelRequest

_OUTLOOK = "what_happens_next"
# Chosen: sentences for each item, enough to choose from and few enough for a model
# that loses the thread of a long list.
_A_CHOICE = 3
# Chosen: whoever failed so often in a row has no sense of the shape; asking on costs
# minutes on a small machine.
_MOST_FAULTS = 2


def by_section(
    found: Sequence[Candidate],
    edition_date: date,
    specs: Sequence[SectionSpec],
    model: ModelWriter,
    answers: list[ModelAnswer],
) -> Phrased:
    """The sections that the model gave; the fault that ended the asking, or the last
    one if it gave nothing, is in `note`. Raises ModelError only for a final one.
    """
    sections: list[tuple[str, tuple[Item, ...]]] = []
    prompts: dict[tuple[str, str], None] = {}
    told: set[Citation] = set()
    fault, faults = "", 0
    for spec in _in_asking_order(specs):
        free = [one for one in found if told.isdisjoint(one.citations)]
        under = _shown(free, edition_date, spec, model)
        if not under.evidence:
            continue
        prompt = _prompt(spec, model)
        prompts[prompt.file, prompt.sha256] = None
        prompts[instruction_hash(spec)] = None
        try:
            said = _said(under, spec, model, answers)
        except ModelError as error:
            if error.is_final:
                raise
            fault = error.message
            break
        if isinstance(said, ModelError):
            fault, faults = said.message, faults + 1
            if faults == _MOST_FAULTS:
                break
            continue
        faults = 0
        sections.append((spec.name, said))
        told.update(place for one in said for c in one.claims for place in c.citations)
    has_words = any(items for _, items in sections)
    return Phrased(None, tuple(sections), tuple(prompts), "" if has_words else fault)


def _in_asking_order(specs: Sequence[SectionSpec]) -> list[SectionSpec]:
    """Questions last: they are asked of whatever sentences are left."""
    wanted = phrased_by_model(specs)
    return sorted(wanted, key=lambda spec: spec.shape is Shape.ANSWERS)


def _said(
    under: Numbered, spec: SectionSpec, model: ModelWriter, answers: list[ModelAnswer]
) -> tuple[Item, ...] | ModelError:
    is_asking = spec.shape is Shape.ANSWERS
    kind = SectionOfAnswers if is_asking else SectionOfSaids
    request = ModelRequest(
        system=_system(spec, model),
        user=f"{under.text}\n\nWrite the section “{spec.heading}” as JSON.",
        schema=section_schema(kind, spec.max_items),
        max_tokens=_answer_tokens(model),
    )
    said: SectionOfSaids | SectionOfAnswers | ModelError
    if is_asking:
        said = asked(model.llm, request, SectionOfAnswers, answers, times=1)
    else:
        said = asked(model.llm, request, SectionOfSaids, answers, times=1)
    if isinstance(said, ModelError):
        return said
    return items_of(said.items, spec.shape, under)


def _shown(
    free: Sequence[Candidate], edition_date: date, spec: SectionSpec, model: ModelWriter
) -> Numbered:
    if spec.name == _OUTLOOK:
        free = [one for one in free if _is_ahead(one, edition_date)]
    best = free[: _A_CHOICE * spec.max_items]
    space = room(model.context_tokens, _answer_tokens(model), _system(spec, model))
    return numbered(_in_turns(fitting(best, space)))


def _in_turns(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence of each house, then the second of each: a small model takes
    what comes first, and one source may lend a quarter of a brief only (C7).
    """
    turns: Counter[tuple[str, ...]] = Counter()
    placed = []
    for one in sorted(chosen, key=lambda one: -one.score):
        placed.append((turns[one.houses], one))
        turns[one.houses] += 1
    return [one for _, one in sorted(placed, key=lambda pair: pair[0])]


def _is_ahead(one: Candidate, edition_date: date) -> bool:
    is_outlook = looks_ahead(one) or names_day_after(one, edition_date)
    return is_outlook and not is_past(one, edition_date)


def _answer_tokens(model: ModelWriter) -> int:
    """A third of the context at most: the evidence needs the rest."""
    return min(model.max_tokens, model.context_tokens // 3)


def _prompt(spec: SectionSpec, model: ModelWriter) -> Prompt:
    return model.questions if spec.shape is Shape.ANSWERS else model.sentences


def _system(spec: SectionSpec, model: ModelWriter) -> str:
    return f"{_prompt(spec, model).words}{spec.heading}: {limits(spec)}"
