"""The writer without a model: a story in, its Draft out, by its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from briefing.domain.audience import Profile
from briefing.domain.brief import (
    Draft,
    Item,
    Level,
    Provenance,
    Section,
    SectionSpec,
    Shape,
)
from briefing.domain.claim import Claim, ClaimKind, Conflict
from briefing.domain.story import Story
from briefing.logic.conflicts import find_conflicts
from briefing.logic.copies import independent_houses
from briefing.logic.extractive import ranking, ranking_facts
from briefing.logic.extractive.candidates import Candidate, candidates
from briefing.logic.extractive.definitions import defines
from briefing.logic.extractive.disagree import disagreements
from briefing.logic.extractive.edits import recorded
from briefing.logic.extractive.headline import headline
from briefing.logic.extractive.introduced import several
from briefing.logic.extractive.key_numbers import Row, keep_back, key_numbers
from briefing.logic.extractive.ledger import Ledger
from briefing.logic.extractive.page import Page, items
from briefing.logic.extractive.quick_answers import quick_answers
from briefing.logic.extractive.ranking_reconciled import as_disputed, reconciled
from briefing.logic.extractive.reading import readable
from briefing.logic.extractive.what_happened import in_one_line, what_happened
from briefing.logic.extractive.what_happens_next import (
    is_outlook,
    is_past,
    keep_room,
    what_happens_next,
)
from briefing.logic.extractive.why_it_matters import why_it_matters
from briefing.logic.rules.page import Page as Checked
from briefing.logic.rules.verbatim import reprinted
from briefing.logic.verification.entry import index
from briefing.logic.verification.search import EvidenceIndex

_LONGEST_HEADLINE = 90
# Words a brief may turn out to have; a source's share is cut to the next if too big.
_SIZES = (360, 260, 190, 140, 100, 80)
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
    material = Material(
        story=story,
        pool=_pool(story, edition_date),
        conflicts=find_conflicts(story.documents),
        evidence=index({document.id: document for document in story.documents}),
        houses=independent_houses(story.documents, story.copies),
        told=ranking.told_ranking(story),
        several=several(one.text for one in readable(story.documents)),
    )
    drafts = (_attempt(material, edition_date, specs, size) for size in _SIZES)
    # The first that takes no more from one source than it may; else the last.
    draft = next(drafts)
    for other in drafts:
        if not _reprints(draft):
            break
        draft = other
    return draft


@dataclass(frozen=True, slots=True)
class Material:
    """A story read once, to be written up as often as it takes.

    Attributes:
        story: what it is about.
        pool: printable sentences, best first.
        conflicts: found in the sources.
        evidence: the documents, read for checking.
        houses: independent publishers.
        told: the ranking that the story is about, or None.
        several: stems of what the sources speak of in the plural.
        checked: sentences that were held against the evidence, and whether they hold.
    """

    story: Story
    pool: tuple[Candidate, ...]
    conflicts: tuple[Conflict, ...]
    evidence: EvidenceIndex
    houses: int
    told: ranking.Told | None
    several: frozenset[str]
    checked: dict[Claim, bool] = field(default_factory=dict)


def _reprints(draft: Draft) -> bool:
    """More than the checker allows is one source's own words (C7)."""
    page = Checked(
        headline=draft.headline,
        sections=draft.sections,
        documents=draft.story.documents,
        copies=draft.story.copies,
    )
    return any(one.level is Level.E for one in reprinted(page))


def _attempt(
    material: Material, edition_date: date, specs: Sequence[SectionSpec], size: int
) -> Draft:
    """A draft whose sources lend what a brief of `size` words may take from one."""
    story, told = material.story, material.told
    page = Page(
        story=story,
        pool=material.pool,
        conflicts=material.conflicts,
        evidence=material.evidence,
        several=material.several,
        ledger=Ledger(material.houses, size),
        checked=material.checked,
    )
    keep_back(page)
    lead = told if told is not None and told.is_news else None
    ours = ranking.headlines(lead) if lead else ()
    title = next((one for one in ours if page.holds(one)), None) or headline(page)
    title = title or _title_as_it_is(story)
    page.title = title.text
    page.listed = tuple(row.label for row in lead.newest.rows) if lead else ()
    page.ledger.head(title.text)
    bodies = _bodies(page, edition_date, lead)
    written: dict[str, tuple[Item, ...]] = {}
    for spec in _in_writing_order(specs):
        body = bodies.get(spec.name)
        if body is not None and not spec.needs_model:
            written[spec.name] = body(spec)
    draft = Draft(
        story=story,
        headline=title,
        sections=tuple(_sections(specs, written, told)),
        provenance=Provenance(writer="extract", document_ids=story.document_ids),
        edition_date=edition_date,
    )
    return recorded(draft)


def _sections(
    specs: Sequence[SectionSpec],
    written: Mapping[str, tuple[Item, ...]],
    told: ranking.Told | None,
) -> Iterator[Section]:
    for spec in specs:
        if spec.shape is Shape.RANKING and told is not None:
            table = ranking.table(told, spec.max_items)
            yield Section(spec.name, spec.heading, spec.shape, table=table)
        elif spec.shape is Shape.CHART and told is not None:
            course = ranking.chart(told)
            if course is not None:
                yield Section(spec.name, spec.heading, spec.shape, chart=course)
        elif written.get(spec.name):
            yield Section(spec.name, spec.heading, spec.shape, written[spec.name])


def _pool(story: Story, edition_date: date) -> tuple[Candidate, ...]:
    """What may be printed that day: no outlook that time or newer texts overtook."""
    found = [one for one in candidates(story) if not is_past(one, edition_date)]
    is_back = any(one.is_new for one in found) and not all(one.is_new for one in found)
    if not is_back:
        return tuple(found)
    return tuple(
        one if one.is_new else replace(one, is_background=True)
        for one in found
        if one.is_new or defines(one) or (one.has_date and not is_outlook(one))
    )


def _in_writing_order(specs: Sequence[SectionSpec]) -> list[SectionSpec]:
    """As printed, but Key numbers last: half of them are what the prose left."""
    ordered = sorted(specs, key=lambda spec: (spec.order, spec.name))
    return sorted(ordered, key=lambda spec: spec.name == "key_numbers")


def _bodies(
    page: Page, edition_date: date, told: ranking.Told | None
) -> Mapping[str, Body]:
    return {
        "in_one_line": lambda spec: items(
            _one(
                in_one_line(
                    page,
                    spec.max_words,
                    ours=_one(ranking_facts.part_of_change(told) if told else None),
                )
            )
        ),
        "what_happened": lambda spec: items(
            what_happened(
                page,
                spec.max_words,
                spec.max_items,
                lead=ranking.event(told) if told else None,
                ours=ranking_facts.race(told) if told else (),
            )
        ),
        "why_it_matters": lambda spec: _why(page, edition_date, told, spec),
        "key_numbers": lambda spec: key_numbers(
            page, spec.max_items, ours=_own_rows(told) if told else ()
        ),
        "what_happens_next": lambda spec: items(
            what_happens_next(page, edition_date, spec.max_words, spec.max_items)
        ),
        "where_sources_disagree": lambda spec: disagreements(
            page,
            spec.max_words,
            spec.max_items,
            ours=reconciled(page.story, told) if told else (),
        ),
        "quick_answers": lambda spec: quick_answers(
            page, spec.max_words, spec.max_items
        ),
    }


def _why(
    page: Page, edition_date: date, told: ranking.Told | None, spec: SectionSpec
) -> tuple[Item, ...]:
    keep_room(page, edition_date)
    ours = ranking_facts.answers(told) if told else ()
    if told:
        disputes = reconciled(page.story, told)
        ours = tuple(
            (question, as_disputed(claims, disputes, page.holds))
            for question, claims in ours
        )
    return why_it_matters(page, spec.max_words, spec.max_items, ours=ours)


def _own_rows(told: ranking.Told) -> tuple[Row, ...]:
    # Two about the item, two about the list, then the rest of both.
    share, items = ranking.share_rows(told), ranking_facts.item_rows(told)
    change, *others = (*ranking_facts.more_rows(told), None)
    rows = (*share, change, *items[:2], *others, *items[2:])
    return tuple(one for one in rows if one is not None)


def _one(claim: Claim | None) -> tuple[Claim, ...]:
    return (claim,) if claim is not None else ()


def _title_as_it_is(story: Story) -> Claim:
    """No sentence can be used: the checker holds the brief under this name."""
    text = story.title[:_LONGEST_HEADLINE].strip() or "Untitled story"
    return Claim(text, ClaimKind.REPORTED)
