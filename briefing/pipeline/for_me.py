"""The last question of "Why it matters": what a story means for one kind of reader.

A model chooses among the sentences of the sources that the brief did not use; it writes
none. Asked to phrase, small models wrote that a story "could impact" the reader
(docs/decisions/0006). The sentences go through the checker like any other text; where
none answers the question, the brief stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing.domain.audience import Profile
from briefing.domain.brief import (
    Brief,
    Draft,
    Held,
    Item,
    Provenance,
    Section,
    SectionSpec,
    Shape,
)
from briefing.domain.claim import Claim, ClaimKind
from briefing.logic.extractive.candidates import Candidate, candidates
from briefing.logic.reader_question import reader_question
from briefing.pipeline.model_answer import ReaderAnswer, parse_as, schema
from briefing.pipeline.numbered import fitting, shown, unmarked
from briefing.pipeline.paid import paid
from briefing.ports import Llm, ModelRequest

SECTION = "why_it_matters"
PROMPT_FILE = "for_me.md"
# Characters of evidence: with the prompt and the answer it fits into 4,096 tokens.
_ROOM = 6000
# Three numbers, with room for a server that thinks aloud.
_MAX_TOKENS = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking.

    Attributes:
        provenance: the brief's, with what the answers cost.
        draft: the brief with the reader's question, unchecked; None when there was
            nothing to ask, or nothing answers it.
    """

    provenance: Provenance
    draft: Draft | None


@dataclass(frozen=True, slots=True)
class Asker:
    """A model and what it is told.

    Attributes:
        llm: who chooses.
        prompt: the words of prompts/for_me.md.
        prompt_hash: their sha256.
        specs: the brief's sections, in order.
    """

    llm: Llm
    prompt: str
    prompt_hash: str
    specs: tuple[SectionSpec, ...]

    def __call__(self, brief: Brief, profile: Profile) -> Asked:
        """The brief as a draft with the reader's question in it, unchecked. Raises
        ModelError.

        The list is shown forwards and backwards: a sentence counts when it is chosen
        both times, so that a model that only takes what comes first chooses nothing.
        """
        question = reader_question(profile)
        spec = next((one for one in self.specs if one.name == SECTION), None)
        evidence = _untold(brief) if question else ()
        asked = Asked(brief.provenance, None)
        if spec is None or not evidence:
            return asked
        chosen, asked = self._chosen(question, brief, evidence, asked)
        if chosen:
            again, asked = self._chosen(question, brief, evidence[::-1], asked)
            chosen = [one for one in chosen if one in again]
        if not chosen:
            return asked
        item = Item(tuple(_claim(one) for one in chosen), question)
        draft = Draft(
            story=brief.story,
            headline=brief.headline,
            sections=_with(brief.sections, item, spec, self.specs),
            provenance=asked.provenance,
            edition_date=brief.edition_date,
            glosses=brief.glosses,
        )
        return Asked(asked.provenance, draft)

    def _chosen(
        self,
        question: str,
        brief: Brief,
        evidence: tuple[Candidate, ...],
        before: Asked,
    ) -> tuple[list[Candidate], Asked]:
        said = self.llm.complete(self._request(question, brief, evidence))
        numbers = dict.fromkeys(parse_as(ReaderAnswer, said.text).sentences)
        chosen = [evidence[one - 1] for one in numbers if 1 <= one <= len(evidence)]
        cost = paid(before.provenance, said, (PROMPT_FILE, self.prompt_hash))
        return chosen, Asked(cost, None)

    def _request(
        self, question: str, brief: Brief, evidence: tuple[Candidate, ...]
    ) -> ModelRequest:
        return ModelRequest(
            system=self.prompt,
            user=f"{shown(evidence)}\n\nThe brief: {unmarked(brief.headline.text)}\n"
            f"Question: {unmarked(question)}",
            schema=schema(ReaderAnswer),
            max_tokens=_MAX_TOKENS,
        )


def accepted(brief: Brief, draft: Draft, outcome: Brief | Held) -> Brief:
    """The brief with what is left of the answer after the check; as it was when nothing
    is, or when the check would change anything else for it.
    """
    unchanged = replace(brief, provenance=draft.provenance)
    if not isinstance(outcome, Brief):
        return unchanged
    question = _question_of(draft, brief)
    kept = _without(outcome.sections, question)
    if kept == outcome.sections or kept != _without(draft.sections, question):
        return unchanged
    if outcome.headline != brief.headline:
        return unchanged
    before, after = brief.scores, outcome.scores
    added = after.claims - (before.claims - before.struck)
    return replace(
        unchanged,
        sections=outcome.sections,
        sources=outcome.sources,
        glosses=outcome.glosses,
        labels=outcome.labels,
        scores=replace(
            after, claims=before.claims + added, struck=before.struck + after.struck
        ),
    )


def _question_of(draft: Draft, brief: Brief) -> str:
    known = {item.question for one in brief.sections for item in one.items}
    return next(
        item.question
        for one in draft.sections
        for item in one.items
        if item.question is not None and item.question not in known
    )


def _without(sections: tuple[Section, ...], question: str) -> tuple[Section, ...]:
    left = (
        replace(one, items=tuple(i for i in one.items if i.question != question))
        for one in sections
    )
    return tuple(
        one for one in left if one.items or one.shape in {Shape.RANKING, Shape.CHART}
    )


def _claim(chosen: Candidate) -> Claim:
    """The sentence as it is told."""
    is_quoted = "“" in chosen.text or '"' in chosen.text
    kind = ClaimKind.QUOTED if is_quoted else ClaimKind.REPORTED
    return Claim(chosen.text, kind, chosen.citations)


def _untold(brief: Brief) -> tuple[Candidate, ...]:
    """Sentences of the sources that the brief does not rest on, as many as fit."""
    cited = {
        citation
        for section in brief.sections
        for item in section.items
        for claim in item.claims
        for citation in claim.citations
    }
    left = [one for one in candidates(brief.story) if cited.isdisjoint(one.citations)]
    return fitting(left, _ROOM)


def _with(
    sections: tuple[Section, ...],
    item: Item,
    spec: SectionSpec,
    specs: tuple[SectionSpec, ...],
) -> tuple[Section, ...]:
    """The reader's question comes last; a full section gives one up for it."""
    made = []
    is_there = False
    for one in sections:
        if one.name == spec.name:
            is_there = True
            kept = one.items[: spec.max_items - 1]
            one = replace(one, items=(*kept, item))
        made.append(one)
    if not is_there:
        made.append(Section(spec.name, spec.heading, spec.shape, (item,)))
    order = {one.name: one.order for one in specs}
    return tuple(sorted(made, key=lambda one: order.get(one.name, 0)))
