"""A brief in one request to a model."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.domain.brief import SectionSpec
from briefing.errors import ModelError
from briefing.logic.extractive.candidates import Candidate
from briefing.logic.rules.form import headline_fault
from briefing.pipeline.model_answer import ModelBrief, schema
from briefing.pipeline.model_writer import (
    ModelWriter,
    Phrased,
    asked,
    instruction_hash,
    limits,
    phrased_by_model,
    room,
)
from briefing.pipeline.numbered import claim_of, fitting, items_of, numbered
from briefing.ports import ModelAnswer, ModelRequest

_TIMES = 2


def fits_whole(
    found: Sequence[Candidate], specs: Sequence[SectionSpec], model: ModelWriter
) -> bool:
    """Whether one request holds enough for all sections: all of the evidence, or a
    sentence for each item that they may print.

    With fewer its sections would tell the same sentences, which R1 to R4 strike.
    """
    wanted = 1 + sum(spec.max_items for spec in phrased_by_model(specs))
    count = len(_chosen(found, specs, model))
    return 0 < count >= min(len(found), wanted)


def whole(
    found: Sequence[Candidate],
    specs: Sequence[SectionSpec],
    model: ModelWriter,
    answers: list[ModelAnswer],
) -> Phrased | ModelError:
    """The model's brief from the most important sentences, or the fault of an answer
    that stays out of shape. Raises ModelError when there is no answer.
    """
    under = numbered(_chosen(found, specs, model))
    request = ModelRequest(
        system=_system(specs, model),
        user=f"{under.text}\n\nWrite the brief as JSON.",
        schema=schema(ModelBrief),
        max_tokens=model.max_tokens,
    )
    said = asked(model.llm, request, ModelBrief, answers, times=_TIMES)
    if isinstance(said, ModelError):
        return said
    headline = claim_of(said.headline, under)
    stands = bool(headline.citations) and not headline_fault(headline.text)
    wanted = phrased_by_model(specs)
    return Phrased(
        headline=headline if stands else None,
        sections=tuple(
            (spec.name, items_of(getattr(said.sections, spec.name), spec.shape, under))
            for spec in wanted
        ),
        prompts=(
            (model.brief.file, model.brief.sha256),
            *(instruction_hash(spec) for spec in wanted),
        ),
    )


def _chosen(
    found: Sequence[Candidate], specs: Sequence[SectionSpec], model: ModelWriter
) -> tuple[Candidate, ...]:
    system = _system(specs, model)
    return fitting(found, room(model.context_tokens, model.max_tokens, system))


def _system(specs: Sequence[SectionSpec], model: ModelWriter) -> str:
    lines = (f"- {spec.name}: {limits(spec)}" for spec in phrased_by_model(specs))
    return model.brief.words + "\n".join(lines)
