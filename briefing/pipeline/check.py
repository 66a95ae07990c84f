"""Draft to Brief or Held: every sentence against its evidence, every rule of BRIEF.md.

The stage adds no words of its own: it passes a sentence, replaces it with its evidence
sentence, strikes it, or holds the brief. docs/checker.md lists the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from briefing.domain.brief import (
    Action,
    Brief,
    Draft,
    Gloss,
    Held,
    Level,
    SectionSpec,
    SourceRef,
    Violation,
)
from briefing.domain.claim import Claim, Status, Verdict
from briefing.domain.document import Document
from briefing.logic.conflicts import find_conflicts
from briefing.logic.judging import Opinions, key_of, lowered
from briefing.logic.rules.citations import (
    SINGLE_SOURCE,
    cited_documents,
    is_single_source,
    shallow_links,
    strange_links,
)
from briefing.logic.rules.dates import stale_label
from briefing.logic.rules.disagreements import dispute_verdict
from briefing.logic.rules.families import FAMILIES
from briefing.logic.rules.form import headline_fault
from briefing.logic.rules.glosses import standing
from briefing.logic.rules.limits import is_short
from briefing.logic.rules.numbers import as_sentence
from briefing.logic.rules.page import (
    FEWEST_CLAIMS,
    HEADLINE,
    LEAD,
    Page,
    lines,
)
from briefing.logic.rules.repair import (
    from_evidence,
    headline_from_body,
    may_be_repaired,
    with_dates,
)
from briefing.logic.rules.repetition import lead_with_news
from briefing.logic.rules.striking import put, strike
from briefing.logic.scores import score
from briefing.logic.slugs import slug
from briefing.logic.verification import index, verify
from briefing.ports import StoredBrief

Verify = Callable[[Claim], Verdict]


@dataclass(slots=True)
class _State:
    """The page as it stands between two passes, and what was done to it."""

    page: Page
    found: list[Violation]
    held: str = ""


def check(
    draft: Draft,
    *,
    specs: Sequence[SectionSpec] = (),
    told: Sequence[StoredBrief] = (),
    filler: Sequence[str] = (),
    opinions: Opinions | None = None,
) -> Brief | Held:
    """The draft with every claim supported or labelled, or why it was stopped.

    `specs` carry the limits of the sections, `told` what earlier editions said of the
    story, `filler` the phrases of prompts/filler.txt, `opinions` what a judge said of
    claims that the evidence bears out. Rules run again after every
    change until nothing changes: a pass takes a sentence out or replaces one that was
    not replaced before, so it ends.
    """
    page = _page(draft, specs, told, filler)
    verify_claim = _verifier(page, opinions or {})
    state = _State(page, [])
    for _ in range(_most_passes(page)):
        if state.held or not _pass(state, verify_claim):
            break
    else:
        state.held = "The rules did not come to an end on this text."
    state.held = state.held or _too_little(state.page)
    if state.held:
        return Held(draft, state.held, tuple(state.found))
    return _brief(draft, state, verify_claim)


def _most_passes(page: Page) -> int:
    """A pass takes out or replaces one sentence at least, and each is replaced once."""
    return 10 + 3 * len(lines(page))


def _page(
    draft: Draft,
    specs: Sequence[SectionSpec],
    told: Sequence[StoredBrief],
    filler: Sequence[str],
) -> Page:
    story = draft.story
    earlier = [
        one
        for one in told
        if one.story_id == story.id and one.edition_date < draft.edition_date
    ]
    return Page(
        headline=draft.headline,
        sections=draft.sections,
        documents=story.documents,
        copies=story.copies,
        snapshots=story.snapshots,
        changes=story.changes,
        histories=story.histories,
        conflicts=find_conflicts(story.documents),
        specs=tuple(specs),
        told=tuple(text for one in earlier for text in one.sentences),
        told_on=max((one.edition_date for one in earlier), default=None),
        filler=tuple(filler),
        edition_date=draft.edition_date,
        is_extract=draft.provenance.writer == "extract",
    )


def _verifier(page: Page, opinions: Opinions) -> Verify:
    """`verify` on the page's documents; a claim is looked at once, and what it finds
    supported may be lowered by an opinion.
    """
    evidence = index({document.id: document for document in page.documents})
    known: dict[Claim, Verdict] = {}

    def looked_at(claim: Claim) -> Verdict:
        text = as_sentence(claim.text, page.documents)
        bare = replace(claim, text=text, verdict=None, written=None)
        if bare not in known:
            settled = dispute_verdict(page, bare)
            known[bare] = settled or verify(bare, evidence)
        return lowered(known[bare], opinions.get(key_of(claim)))

    return looked_at


def _pass(state: _State, verify_claim: Verify) -> bool:
    """One round of evidence and rules; whether anything was changed."""
    state.page = lead_with_news(state.page)
    if _verify_all(state, verify_claim):
        return True
    for rule in FAMILIES:
        wanted = [one for one in rule(state.page) if one.action is not Action.REPORTED]
        if wanted:
            _act(state, wanted, verify_claim)
            return True
    return False


def _verify_all(state: _State, verify_claim: Verify) -> bool:
    struck: list[Violation] = []
    is_changed = False
    for line in (state.page.title, *lines(state.page)):
        if line.claim.verdict is not None and line.claim.verdict == verify_claim(
            line.claim
        ):
            continue
        verdict = verify_claim(line.claim)
        if verdict.status is Status.SUPPORTED:
            state.page = put(state.page, line, replace(line.claim, verdict=verdict))
            continue
        is_changed = True
        violation = Violation(
            verdict.rule,
            Level.E,
            line.section,
            line.text,
            verdict.reason,
            Action.STRUCK,
            line.item,
            line.index,
        )
        if line.section == HEADLINE:
            _replace_headline(state, violation, verify_claim)
            return True
        better = (
            from_evidence(state.page, line, verdict, verify_claim)
            if may_be_repaired(line)
            else None
        )
        if better is None:
            struck.append(violation)
        else:
            state.page = put(state.page, line, better)
            state.found.append(_done(violation, Action.REPAIRED))
    state.page, done = strike(state.page, struck)
    state.found.extend(done)
    return is_changed


def _done(violation: Violation, action: Action) -> Violation:
    return replace(violation, action=action, item=None, claim=None)


def _act(state: _State, wanted: Sequence[Violation], verify_claim: Verify) -> None:
    """Does what the violations of one rule ask for."""
    for violation in wanted:
        if violation.section == HEADLINE:
            _replace_headline(state, violation, verify_claim)
            return
        if violation.action is Action.HELD:
            state.held = violation.message
            state.found.append(_done(violation, Action.HELD))
            return
    if wanted[0].rule == "D2":
        _date(state, wanted[0], verify_claim)
        return
    state.page, done = strike(state.page, wanted)
    state.found.extend(done)


def _date(state: _State, violation: Violation, verify_claim: Verify) -> None:
    """One at a time: the year that this sentence gets may serve all later ones."""
    place = (violation.section, violation.item, violation.claim)
    line = next(
        one for one in lines(state.page) if (one.section, one.item, one.index) == place
    )
    better = (
        with_dates(state.page, line, verify_claim) if may_be_repaired(line) else None
    )
    if better is not None:
        state.page = put(state.page, line, better)
        state.found.append(_done(violation, Action.REPAIRED))
        return
    state.page, done = strike(state.page, [violation])
    state.found.extend(done)


def _replace_headline(
    state: _State, violation: Violation, verify_claim: Verify
) -> None:
    better = None
    if state.page.headline.written is None:
        better = headline_from_body(state.page, verify_claim)
    if better is None:
        state.held = f"No headline stands: {violation.message}"
        state.found.append(_done(violation, Action.HELD))
        return
    state.page = replace(state.page, headline=better)
    state.found.append(_done(violation, Action.REPAIRED))


def _too_little(page: Page) -> str:
    if fault := headline_fault(page.headline.text):
        return f"No headline stands: {fault}"
    count = sum(line.section == LEAD for line in lines(page))
    if count < FEWEST_CLAIMS:
        return f"What happened has {count} of the {FEWEST_CLAIMS} sentences it needs."
    return ""


def _brief(draft: Draft, state: _State, verify_claim: Verify) -> Brief | Held:
    page = state.page
    kept, struck = standing(page, draft.glosses, verify_claim)
    state.found.extend(struck)
    sources = _sources(page, kept)
    links = (
        *strange_links(sources, page.documents),
        *shallow_links(sources, page.documents),
    )
    if broken_link := next((one for one in links if one.level is Level.E), None):
        found = (*state.found, replace(broken_link, action=Action.HELD))
        return Held(draft, broken_link.message, found)
    warnings = [one for rule in FAMILIES for one in rule(page)]
    claims = (
        1
        + sum(len(item.claims) for section in draft.sections for item in section.items)
        + len(draft.glosses)
    )
    left = (page.title, *lines(page))
    return Brief(
        story=draft.story,
        slug=slug(page.headline.text, draft.story.id),
        headline=page.headline,
        sections=page.sections,
        sources=sources,
        labels=_labels(page),
        violations=(*state.found, *warnings, *links),
        scores=score(
            page,
            claims=claims,
            repaired=sum(line.claim.written is not None for line in left),
            struck=claims - len(left) - len(kept),
        ),
        provenance=draft.provenance,
        edition_date=draft.edition_date,
        glosses=kept,
    )


def _labels(page: Page) -> tuple[str, ...]:
    labels = (
        SINGLE_SOURCE if is_single_source(page) else "",
        "short" if is_short(page) else "",
        stale_label(page),
    )
    return tuple(label for label in labels if label)


def _sources(page: Page, glosses: Sequence[Gloss]) -> tuple[SourceRef, ...]:
    """The cited documents by their first mark, those of terms last."""
    held = {document.id: document for document in page.documents}
    cited = dict.fromkeys(cited_documents(page.sections))
    cited |= {
        place.document_id: None for one in glosses for place in one.claim.citations
    }
    order = [one for one in cited if one in held]
    numbers = {one: number for number, one in enumerate(order, start=1)}
    originals = dict(page.copies)
    return tuple(
        _source(held[one], number, numbers.get(originals.get(one, "")))
        for one, number in numbers.items()
    )


def _source(document: Document, number: int, copy_of: int | None) -> SourceRef:
    return SourceRef(
        number=number,
        document_id=document.id,
        publisher=document.publisher,
        title=document.title,
        url=document.url,
        published_at=document.published_at,
        fetched_at=document.fetched_at,
        kind=document.kind,
        copy_of=copy_of,
    )
