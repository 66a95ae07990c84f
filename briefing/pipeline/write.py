"""A Story into a Draft: by a model that phrases numbered evidence, or by none.

Choosing, ranking and citing are ours: the model sees numbered sentences and returns
claims that name evidence numbers and ids of quantities. It is asked for the whole brief
at once; section by section where the context is short or its answer stays out of shape.
Rankings, key numbers and disagreements are computed from the sources in both cases. A
section that the model does not give comes from the writer without a model.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from briefing.domain.audience import Profile
from briefing.domain.brief import Draft, Provenance, Section, SectionSpec
from briefing.domain.claim import Claim, Status
from briefing.domain.story import Story
from briefing.errors import ModelError
from briefing.logic import extractive
from briefing.logic.extractive.candidates import Candidate, candidates
from briefing.logic.extractive.glosses import glosses
from briefing.logic.rules.numbers import as_sentence
from briefing.logic.rules.page import FEWEST_CLAIMS, LEAD
from briefing.logic.verification import index, verify
from briefing.pipeline.by_section import by_section
from briefing.pipeline.model_writer import ModelWriter, Phrased, phrased_by_model
from briefing.pipeline.whole_brief import fits_whole, whole
from briefing.ports import ModelAnswer


def write(
    story: Story,
    edition_date: date,
    specs: Sequence[SectionSpec],
    profile: Profile,
    *,
    model: ModelWriter | None = None,
    explained: Collection[str] = (),
) -> Draft:
    """The story's unchecked words, and what its sources say that terms of them mean;
    `explained` are spellings that a glossary explains already, lower case.

    Raises ModelError only when asking again cannot help any story (a bad key).
    """
    plain = extractive.write(story, edition_date, specs, profile)
    if model is None:
        return replace(plain, glosses=glosses(plain, explained))
    said, answers = phrase(story, edition_date, specs, model)
    draft, notes = _filled_up(plain, said, specs)
    return replace(
        draft,
        provenance=_provenance(draft, model, said, answers, notes),
        glosses=glosses(draft, explained),
    )


def phrase(
    story: Story,
    edition_date: date,
    specs: Sequence[SectionSpec],
    model: ModelWriter,
) -> tuple[Phrased, tuple[ModelAnswer, ...]]:
    """What the model says, nothing if it does not answer, and every answer that was
    paid for. Raises ModelError only when asking again cannot help any story.
    """
    found = sorted(candidates(story), key=lambda one: -one.score)
    answers: list[ModelAnswer] = []
    try:
        said = _phrased(found, edition_date, specs, model, answers)
    except ModelError as error:
        if error.is_final:
            raise
        said = Phrased(None, (), (), f"written without it: {error.message}")
    return said, tuple(answers)


def _phrased(
    found: Sequence[Candidate],
    edition_date: date,
    specs: Sequence[SectionSpec],
    model: ModelWriter,
    answers: list[ModelAnswer],
) -> Phrased:
    """What the model says, and how it had to be asked. Raises ModelError when it does
    not answer.
    """
    fault: ModelError | None = None
    if fits_whole(found, specs, model):
        said = whole(found, specs, model, answers)
        if isinstance(said, Phrased):
            return said
        fault = said
    said = by_section(found, edition_date, specs, model, answers)
    if not any(items for _, items in said.sections):
        why = said.note or "no sentence could be shown to the model"
        return replace(said, sections=(), note=f"written without it: {why}")
    return replace(
        said, note=f"asked section by section: {fault.message}" if fault else ""
    )


def _filled_up(
    plain: Draft, said: Phrased, specs: Sequence[SectionSpec]
) -> tuple[Draft, tuple[str, ...]]:
    """The model's sections, those of the writer without it where there are none, and
    the fallbacks that were taken, a sentence each.

    The checker strikes what is not supported. A headline that is not, or a lead that
    would be left with too little, would hold the brief: there the writer without a
    model stands in at once.
    """
    given, from_plain = dict(said.sections), {one.name: one for one in plain.sections}
    wanted = {spec.name for spec in phrased_by_model(specs)}
    lead = [claim for item in given.get(LEAD, ()) for claim in item.claims]
    if _supported(lead, plain.story) < FEWEST_CLAIMS:
        given[LEAD] = ()
    sections: list[Section] = []
    missing: list[str] = []
    for spec in specs:
        if items := given.get(spec.name, ()):
            sections.append(Section(spec.name, spec.heading, spec.shape, items))
        elif spec.name in from_plain:
            sections.append(from_plain[spec.name])
            if spec.name in wanted:
                missing.append(spec.name)
    notes = [said.note] if said.note else []
    if missing and said.sections:
        notes.append(f"sections written without it: {', '.join(missing)}")
    headline = said.headline
    if headline is None or not _supported([headline], plain.story):
        headline = plain.headline
    return replace(plain, headline=headline, sections=tuple(sections)), tuple(notes)


def _supported(claims: Sequence[Claim], story: Story) -> int:
    """How many of the claims their own evidence bears out."""
    if not claims:
        return 0
    evidence = index({one.id: one for one in story.documents})
    verdicts = (
        verify(replace(one, text=as_sentence(one.text, story.documents)), evidence)
        for one in claims
    )
    return sum(one.status is Status.SUPPORTED for one in verdicts)


def _provenance(
    draft: Draft,
    model: ModelWriter,
    said: Phrased,
    answers: Sequence[ModelAnswer],
    notes: tuple[str, ...],
) -> Provenance:
    """The sum of all requests."""
    costs = [one.cost_usd for one in answers if one.cost_usd is not None]
    paid = [one for one in answers if not one.is_cached]
    return Provenance(
        writer=model.llm.name,
        prompt_hashes=said.prompts,
        document_ids=draft.story.document_ids,
        requests=len(answers),
        cached_requests=len(answers) - len(paid),
        tokens_in=sum(one.tokens_in for one in answers),
        tokens_out=sum(one.tokens_out for one in answers),
        cost_usd=sum(costs, Decimal(0)) if costs else None,
        seconds=round(sum(one.seconds for one in paid), 3),
        notes=notes,
    )
