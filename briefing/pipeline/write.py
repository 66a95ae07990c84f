"""A Story into a Draft: by a model that phrases numbered evidence, or by none.

Choosing, ranking and citing are ours: the model sees numbered sentences and returns
claims that name evidence numbers; an answer out of shape is asked for once more.
Rankings, key numbers and disagreements are computed from the sources in both cases. A
section that the model does not give, or the whole answer when it stays out of shape,
comes from the writer without a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from briefing.domain.audience import Profile
from briefing.domain.brief import (
    Draft,
    Item,
    Provenance,
    Section,
    SectionSpec,
    Shape,
)
from briefing.domain.story import Story
from briefing.errors import ModelError
from briefing.logic import extractive
from briefing.logic.extractive.candidates import Candidate, candidates
from briefing.pipeline.model_answer import (
    Answered,
    ModelBrief,
    Said,
    Sections,
    parse,
    schema,
)
from briefing.pipeline.numbered import claim_of, fitting, shown
from briefing.ports import Llm, ModelAnswer, ModelRequest

# Chosen: English prose has about four characters a token with the usual vocabularies;
# lower is safer.
_CHARS_PER_TOKEN = 3.5


@dataclass(frozen=True, slots=True)
class ModelWriter:
    """A model and what it is told.

    Attributes:
        llm: who phrases.
        prompt: the words of prompts/brief.md.
        prompt_hash: their sha256.
        context_tokens: that fit into one request, answer included.
        max_tokens: of one answer.
    """

    llm: Llm
    prompt: str
    prompt_hash: str
    context_tokens: int
    max_tokens: int


def write(
    story: Story,
    edition_date: date,
    specs: Sequence[SectionSpec],
    profile: Profile,
    *,
    model: ModelWriter | None = None,
) -> Draft:
    """The story's unchecked words.

    Raises ModelError only when asking again cannot help any story (a bad key).
    """
    plain = extractive.write(story, edition_date, specs, profile)
    if model is None:
        return plain
    evidence = _evidence(story, model)
    if not evidence:
        return _noted(plain, model, (), "no sentence could be shown to the model")
    request = _request(model, evidence, specs)
    answers: list[ModelAnswer] = []
    try:
        said = _asked(model, request, answers)
    except ModelError as error:
        if error.is_final:
            raise
        return _noted(plain, model, answers, f"written without it: {error.message}")
    return _draft(plain, said, evidence, specs, model, answers)


def _asked(
    model: ModelWriter, request: ModelRequest, answers: list[ModelAnswer]
) -> ModelBrief:
    """What the model says; an answer out of shape is asked for once more, with its
    fault. Every answer that was paid for is added to `answers`. Raises ModelError.
    """
    answers.append(model.llm.complete(request))
    try:
        return parse(answers[-1].text)
    except ModelError as error:
        again = replace(request, user=f"{request.user}\n\n{error.message}")
    answers.append(model.llm.complete(again))
    return parse(answers[-1].text)


def _evidence(story: Story, model: ModelWriter) -> tuple[Candidate, ...]:
    """The most important sentences that fit, in the order of their texts."""
    room = (model.context_tokens - model.max_tokens) * _CHARS_PER_TOKEN
    room -= len(model.prompt) * 1.5
    ranked = sorted(candidates(story), key=lambda one: -one.score)
    return fitting(ranked, room)


def _request(
    model: ModelWriter, evidence: Sequence[Candidate], specs: Sequence[SectionSpec]
) -> ModelRequest:
    limits = "\n".join(
        f"- {spec.name}: at most {spec.max_items} items, {spec.max_words} words"
        f"{' each' if spec.is_limit_per_item else ' together'}."
        + (f" {spec.instruction}" if spec.instruction else "")
        for spec in specs
        if spec.name in Sections.model_fields
    )
    return ModelRequest(
        system=model.prompt + limits,
        user=f"{shown(evidence)}\n\nWrite the brief as JSON.",
        schema=schema(),
        max_tokens=model.max_tokens,
    )


def _draft(
    plain: Draft,
    said: ModelBrief,
    evidence: Sequence[Candidate],
    specs: Sequence[SectionSpec],
    model: ModelWriter,
    answers: Sequence[ModelAnswer],
) -> Draft:
    from_plain = {section.name: section for section in plain.sections}
    sections: list[Section] = []
    missing: list[str] = []
    for spec in specs:
        items = _items(said.sections, spec, evidence)
        if items:
            sections.append(Section(spec.name, spec.heading, spec.shape, items))
        elif spec.name in from_plain:
            sections.append(from_plain[spec.name])
            if spec.name in Sections.model_fields:
                missing.append(spec.name)
    headline = claim_of(said.headline, evidence)
    note = f"sections written without it: {', '.join(missing)}" if missing else ""
    draft = replace(
        plain,
        headline=headline if headline.citations else plain.headline,
        sections=tuple(sections),
    )
    return _noted(draft, model, answers, note)


def _items(
    said: Sections, spec: SectionSpec, evidence: Sequence[Candidate]
) -> tuple[Item, ...]:
    given: Sequence[Said | Answered] = getattr(said, spec.name, ())
    items: list[Item] = []
    for one in given:
        if isinstance(one, Answered):
            answer = tuple(claim_of(part, evidence) for part in one.answer)
            items.append(Item(answer, question=one.question))
        elif spec.shape is Shape.PROSE and items:
            items[0] = Item((*items[0].claims, claim_of(one, evidence)))
        else:
            items.append(Item((claim_of(one, evidence),)))
    return tuple(items)


def _noted(
    draft: Draft, model: ModelWriter, answers: Sequence[ModelAnswer], note: str
) -> Draft:
    costs = [one.cost_usd for one in answers if one.cost_usd is not None]
    paid = [one for one in answers if not one.is_cached]
    return replace(
        draft,
        provenance=Provenance(
            writer=model.llm.name,
            prompt_hashes=(("brief.md", model.prompt_hash),),
            document_ids=draft.story.document_ids,
            requests=len(answers),
            cached_requests=len(answers) - len(paid),
            tokens_in=sum(one.tokens_in for one in answers),
            tokens_out=sum(one.tokens_out for one in answers),
            cost_usd=sum(costs, Decimal(0)) if costs else None,
            seconds=round(sum(one.seconds for one in paid), 3),
            notes=(note,) if note else (),
        ),
    )
