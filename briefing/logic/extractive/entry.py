"""The writer without a model: a story in, its Draft out, by sentences of its sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from briefing.domain.audience import Profile
from briefing.domain.brief import Draft, Item, Provenance, Section, SectionSpec, Shape
from briefing.domain.claim import Claim, ClaimKind
from briefing.domain.story import Story
from briefing.logic.conflicts import find_conflicts
from briefing.logic.copies import independent_houses
from briefing.logic.extractive import ranking
from briefing.logic.extractive.candidates import Candidate, candidates
from briefing.logic.extractive.definitions import defines
from briefing.logic.extractive.disagree import disagreements
from briefing.logic.extractive.headline import headline
from briefing.logic.extractive.key_numbers import keep_back, key_numbers
from briefing.logic.extractive.ledger import Ledger
from briefing.logic.extractive.page import Page, items
from briefing.logic.extractive.quick_answers import quick_answers
from briefing.logic.extractive.roles import looks_ahead
from briefing.logic.extractive.what_happened import in_one_line, what_happened
from briefing.logic.extractive.what_happens_next import (
    is_past,
    names_day_after,
    what_happens_next,
)
from briefing.logic.extractive.why_it_matters import why_it_matters
from briefing.logic.verification.entry import index

_LONGEST_HEADLINE = 90
Body = Callable[[SectionSpec], tuple[Item, ...]]


def write(
    story: Story,
    edition_date: date,
    specs: Sequence[SectionSpec],
    profile: Profile,
) -> Draft:
    """The story as a Draft; sections without evidence are left out.

    Words come from the sources: whole clauses may be dropped, a leading pronoun and a
    relative date are resolved. The same input gives the same Draft.
    """
    pool = _pool(story, edition_date)
    page = Page(
        story=story,
        pool=pool,
        evidence=index({document.id: document for document in story.documents}),
        conflicts=find_conflicts(story.documents),
        ledger=Ledger(independent_houses(story.documents, story.copies)),
    )
    keep_back(page)
    told = ranking.told_ranking(story)
    ours = ranking.headlines(told) if told else ()
    title = next((one for one in ours if page.holds(one)), None) or headline(page)
    title = title or _title_as_it_is(story)
    page.title = title.text
    page.ledger.head(title.text)
    bodies = _bodies(page, edition_date, told)
    written: dict[str, tuple[Item, ...]] = {}
    for spec in _in_writing_order(specs):
        body = bodies.get(spec.name)
        if body is not None and not spec.needs_model:
            written[spec.name] = body(spec)
    sections = tuple(
        Section(
            spec.name,
            spec.heading,
            spec.shape,
            table=ranking.table(told, spec.max_items),
        )
        if told is not None and spec.shape is Shape.RANKING
        else Section(spec.name, spec.heading, spec.shape, written[spec.name])
        for spec in specs
        if written.get(spec.name) or (told is not None and spec.shape is Shape.RANKING)
    )
    return Draft(
        story=story,
        headline=title,
        sections=sections,
        provenance=Provenance(writer="extract", document_ids=story.document_ids),
        edition_date=edition_date,
    )


def _pool(story: Story, edition_date: date) -> tuple[Candidate, ...]:
    """What may be printed that day: no outlook that time or newer texts overtook."""
    found = [one for one in candidates(story) if not is_past(one, edition_date)]
    is_back = any(one.is_new for one in found) and not all(one.is_new for one in found)
    if not is_back:
        return tuple(found)
    return tuple(
        one if one.is_new else replace(one, is_background=True)
        for one in found
        if one.is_new or defines(one) or (one.has_date and not _is_outlook(one))
    )


def _is_outlook(one: Candidate) -> bool:
    """Speaks of days after its own text: newer texts may have changed that."""
    published = one.document.published_at
    return looks_ahead(one) or (
        published is not None and names_day_after(one, published.date())
    )


def _in_writing_order(specs: Sequence[SectionSpec]) -> list[SectionSpec]:
    """As printed, but Key numbers last: half of them are what the prose left."""
    ordered = sorted(specs, key=lambda spec: (spec.order, spec.name))
    return sorted(ordered, key=lambda spec: spec.name == "key_numbers")


def _bodies(
    page: Page, edition_date: date, told: ranking.Told | None
) -> Mapping[str, Body]:
    story = page.story
    return {
        "in_one_line": lambda spec: items(_one(in_one_line(page, spec.max_words))),
        "what_happened": lambda spec: items(
            what_happened(
                page,
                spec.max_words,
                spec.max_items,
                lead=ranking.event(told) if told else None,
            )
        ),
        "why_it_matters": lambda spec: why_it_matters(
            page, spec.max_words, spec.max_items
        ),
        "key_numbers": lambda spec: key_numbers(
            page, spec.max_items, ours=ranking.share_rows(told) if told else ()
        ),
        "what_happens_next": lambda spec: items(
            what_happens_next(page, edition_date, spec.max_words, spec.max_items)
        ),
        "where_sources_disagree": lambda spec: disagreements(
            page, spec.max_words, spec.max_items
        ),
        "quick_answers": lambda spec: quick_answers(
            page, spec.max_words, spec.max_items
        ),
    }


def _one(claim: Claim | None) -> tuple[Claim, ...]:
    return (claim,) if claim is not None else ()


def _title_as_it_is(story: Story) -> Claim:
    """No sentence can be used: the checker holds the brief under this name."""
    text = story.title[:_LONGEST_HEADLINE].strip() or "Untitled story"
    return Claim(text, ClaimKind.REPORTED)
