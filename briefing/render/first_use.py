"""Terms explained where they first stand: marked in the sentence, which stays as it is.

What a source explains comes first, since it is cited and must be printed; entries of
the glossary fill the rest of the four that a reader is asked to learn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from briefing.domain.brief import Brief, Gloss
from briefing.logic.glossary import MOST, Term, Use, first_use, used
from briefing.render.glossary import Glossary
from briefing.render.terms import Explanation, Part
from briefing.render.view import BriefPage, Section, Sentence


@dataclass(frozen=True, slots=True)
class _Place:
    """An explanation and the characters of a sentence that it is about."""

    told: Explanation
    sentence_id: str
    start: int
    end: int


def with_terms(page: BriefPage, brief: Brief, glossary: Glossary) -> BriefPage:
    """The page with what its terms mean, each marked at its first use: in running text,
    or else in a row of figures.
    """
    running, rows = _sentences(page)
    order = (*running, *rows)
    texts = [one.text for one in order]
    cited = _cited(brief.glosses, texts)
    names = {gloss.term.casefold() for gloss, _ in cited}
    ours: list[tuple[Gloss | None, Use]] = [
        (None, one)
        for one in used(texts, glossary.of(page.language))
        if one.term.name.casefold() not in names
        and not any(_overlap(one, other) for _, other in cited)
    ]
    found = [*cited, *ours[: max(0, MOST - len(cited))]]
    found.sort(key=lambda one: (one[1].number, one[1].start, -one[1].end))
    proofs = dict(zip(brief.glosses, page.glossed, strict=True))
    places: list[_Place] = []
    terms: list[Explanation] = []
    last: Use | None = None
    for number, (gloss, use) in enumerate(found, start=1):
        # A name inside another is explained, and marked nowhere.
        is_apart = last is None or not _overlap(use, last)
        proof = proofs[gloss] if gloss is not None else None
        has_way_back = is_apart and use.number < len(running)
        terms.append(_explanation(number, use, proof, has_way_back=has_way_back))
        if is_apart:
            sentence_id = order[use.number].id
            places.append(_Place(terms[-1], sentence_id, use.start, use.end))
            last = use
    return replace(_marked(page, places), terms=tuple(terms))


def _overlap(one: Use, other: Use) -> bool:
    is_near = one.start < other.end and other.start < one.end
    return one.number == other.number and is_near


def once(pages: Iterable[BriefPage]) -> tuple[BriefPage, ...]:
    """The briefs of one page or mail, each term explained in the first that uses it. A
    source that is cited for nothing else keeps its explanation.
    """
    made: list[BriefPage] = []
    seen: set[str] = set()
    for page in pages:
        cited = {source.number for one in page.sentences for source in one.sources}
        kept = tuple(
            one
            for one in page.terms
            if one.name.casefold() not in seen
            or not {source.number for source in one.sources} <= cited
        )
        seen.update(one.name.casefold() for one in page.terms)
        made.append(page if kept == page.terms else _only(page, kept))
    return tuple(made)


def with_sentences(
    page: BriefPage, change: Callable[[Sentence], Sentence]
) -> BriefPage:
    """The page with every sentence of its sections as `change` gives it back."""

    def section(one: Section) -> Section:
        entries = (
            replace(entry, sentences=tuple(map(change, entry.sentences)))
            for entry in one.entries
        )
        return replace(one, entries=tuple(entries))

    standfirst = section(page.standfirst) if page.standfirst else None
    sections = tuple(map(section, page.sections))
    return replace(page, standfirst=standfirst, sections=sections)


def _sentences(page: BriefPage) -> tuple[list[Sentence], list[Sentence]]:
    """Those that are printed as they are, and those of figure rows, which are not."""
    running: list[Sentence] = []
    rows: list[Sentence] = []
    for section in (page.standfirst, *page.sections):
        for entry in section.entries if section else ():
            (rows if entry.figure else running).extend(entry.sentences)
    return running, rows


def _cited(glosses: Sequence[Gloss], texts: Sequence[str]) -> list[tuple[Gloss, Use]]:
    """Where each first stands; the checker saw to it that it stands in the prose. Each
    is printed, since its source is listed.
    """
    places = ((one, first_use((one.term,), texts)) for one in glosses)
    return [
        (one, Use(Term(one.term, one.meaning), *place))
        for one, place in places
        if place is not None
    ]


def _explanation(
    number: int, use: Use, proof: Sentence | None, *, has_way_back: bool
) -> Explanation:
    return Explanation(
        id=f"term-{number}",
        use_id=f"term-{number}-use" if has_way_back else "",
        name=use.term.name,
        meaning=use.term.meaning,
        sources=proof.sources if proof else (),
        note_id=proof.note_id if proof else "",
        sentence_id=proof.id if proof else "",
    )


def _marked(page: BriefPage, places: Sequence[_Place]) -> BriefPage:
    def sentence(one: Sentence) -> Sentence:
        here = [place for place in places if place.sentence_id == one.id]
        return replace(one, parts=_parts(one.text, here)) if here else one

    return with_sentences(page, sentence)


def _only(page: BriefPage, kept: Sequence[Explanation]) -> BriefPage:
    def sentence(one: Sentence) -> Sentence:
        parts = tuple(
            part if part.term is None or part.term in kept else Part(part.text)
            for part in one.parts
        )
        return replace(one, parts=parts)

    return replace(with_sentences(page, sentence), terms=tuple(kept))


def _parts(text: str, places: Sequence[_Place]) -> tuple[Part, ...]:
    """The text cut at the places, which stand in order and apart."""
    parts: list[Part] = []
    at = 0
    for place in places:
        parts += [Part(text[at : place.start])] if place.start > at else []
        parts.append(Part(text[place.start : place.end], place.told))
        at = place.end
    return (*parts, Part(text[at:])) if at < len(text) else tuple(parts)
