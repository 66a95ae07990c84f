"""Terms explained where they first stand: marked in the sentence, which stays as it is.

What a source explains comes first, since it is cited and must be printed; entries of
the glossary fill the rest of the four that a reader is asked to learn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from briefing.domain.brief import Brief, Gloss
from briefing.logic.glossary import MOST, Term, Use, used
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
    taken = [(one.number, one.start, one.end) for _, one in cited]
    ours = [
        one
        for one in used(texts, glossary.of(page.language))
        if not any(
            one.number == number and one.start < end and start < one.end
            for number, start, end in taken
        )
    ]
    found: list[tuple[Gloss | None, Use]] = list(cited)
    found += [(None, one) for one in ours[: max(0, MOST - len(cited))]]
    found.sort(key=lambda one: (one[1].number, one[1].start))
    proofs = dict(zip(brief.glosses, page.glossed, strict=True))
    places = [
        _Place(
            _explanation(
                number,
                use,
                proofs[gloss] if gloss is not None else None,
                is_running=use.number < len(running),
            ),
            order[use.number].id,
            use.start,
            use.end,
        )
        for number, (gloss, use) in enumerate(found, start=1)
    ]
    return replace(_marked(page, places), terms=tuple(one.told for one in places))


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
    found = []
    for gloss in glosses:
        # The checker saw to it that the term stands in a sentence of the prose.
        for use in used(texts, (Term(gloss.term, gloss.meaning),)):
            found.append((gloss, use))
    return found


def _explanation(
    number: int, use: Use, proof: Sentence | None, *, is_running: bool
) -> Explanation:
    return Explanation(
        id=f"term-{number}",
        use_id=f"term-{number}-use" if is_running else "",
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
