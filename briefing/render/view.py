"""A brief and an edition as templates print them: numbered, dated, with evidence.

Templates hold the words and this module the order, so that Markdown, pages and mails
say the same. It changes no word of a claim.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from briefing.domain.audience import WORDS_A_MINUTE
from briefing.domain.brief import Brief, Figure, Item, Provenance, Scores, Shape
from briefing.domain.brief import Section as DomainSection
from briefing.domain.claim import Citation, Claim, ClaimKind
from briefing.domain.document import DocumentKind
from briefing.errors import RenderError
from briefing.logic.reading_time import at_pace
from briefing.render import numbers, words
from briefing.render.escaping import web_url
from briefing.render.evidence import Quote, Quotes
from briefing.render.history import Chart, chart
from briefing.render.table import Table, table
from briefing.render.terms import Explanation, Part

# Labels longer than this are sentences (a staleness banner), not tags (chosen).
_TAG_LENGTH = 28
# File stems that an edition's folder needs for itself.
_RESERVED = frozenset({"index", "edition", "report", "style", "audit"})


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line under "Sources".

    Attributes:
        number: the mark in the text.
        id: anchor of the line.
        publisher: who speaks, never "".
        title: of the page, never "".
        url: http or https, else None.
        published: date in words, "" if unknown.
        published_on: the same as ISO 8601.
        retrieved: date in words, "" if handed in.
        retrieved_on: the same as ISO 8601.
        kind: primary, report or ranking.
        copy_of: number of the source that it copies, or None.
    """

    number: int
    id: str
    publisher: str
    title: str
    url: str | None
    published: str
    published_on: str
    retrieved: str
    retrieved_on: str
    kind: DocumentKind
    copy_of: int | None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """What one source says for a sentence.

    Attributes:
        source: the line it belongs to.
        quotes: cited spans in order; empty when the stored text is not at hand.
    """

    source: SourceLine
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A claim with the note that opens behind its marks.

    Attributes:
        id: anchor of the sentence.
        note_id: anchor of the evidence note, "" when nothing is cited.
        text: as checked.
        parts: the text, cut where a term is first used.
        sources: cited, by number; their numbers are the marks.
        exhibits: a source each, same order as `sources`.
        is_ours: an inference, labelled as our reading.
        calculation: of a derived claim, else "".
        is_repaired: the checker put its evidence sentence in place of the writer's.
        finding: of the checker, a sentence; "" of what was not checked.
        edits: how a sentence of a source was changed, a few words each.
    """

    id: str
    note_id: str
    text: str
    parts: tuple[Part, ...]
    sources: tuple[SourceLine, ...]
    exhibits: tuple[Exhibit, ...]
    is_ours: bool
    calculation: str
    is_repaired: bool
    finding: str
    edits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A bullet, paragraph, figure row, or question with its answer."""

    sentences: tuple[Sentence, ...]
    question: str | None
    figure: Figure | None

    @property
    def terms(self) -> tuple[Explanation, ...]:
        """Used here for the first time, in order."""
        parts = (part for one in self.sentences for part in one.parts)
        return tuple(part.term for part in parts if part.term is not None)


@dataclass(frozen=True, slots=True)
class Section:
    """A section's body; `table` is set exactly when the shape is ranking.

    Attributes:
        id: anchor, unique in its brief.
        heading: as printed.
        shape: names the macro that prints the body.
        entries: the body, empty for a ranking and a chart.
        table: the ranking, else None.
        chart: the ranking's history, else None.
    """

    id: str
    heading: str
    shape: Shape
    entries: tuple[Entry, ...]
    table: Table | None
    chart: Chart | None = None

    @property
    def terms(self) -> tuple[Explanation, ...]:
        """Used here for the first time, in order."""
        return tuple(term for entry in self.entries for term in entry.terms)


@dataclass(frozen=True, slots=True)
class BriefPage:
    """Everything that a template prints of one brief.

    Attributes:
        stem: file name without its ending, unique in the edition.
        language: ISO 639-1, that it is written in.
        locale: language tag by which figures and dates are printed.
        headline: without marks.
        standfirst: the first prose section, or None.
        sections: the others, in order.
        sources: by number.
        tags: short labels ("single source").
        banners: labels that are sentences.
        minutes: to read it at the reader's pace.
        scores: as measured by the checker.
        provenance: how it was made.
        cost: in US dollars, "" when nothing was paid or no price is known.
        documents: that the writer was shown.
        numbers_used: salient numbers of the sources that the brief uses.
        glossed: what sources say that terms mean, a sentence a gloss of the brief.
        terms: what is explained, in the order of first use (`first_use.with_terms`).
    """

    stem: str
    language: str
    locale: str
    headline: str
    standfirst: Section | None
    sections: tuple[Section, ...]
    sources: tuple[SourceLine, ...]
    tags: tuple[str, ...]
    banners: tuple[str, ...]
    minutes: int
    scores: Scores
    provenance: Provenance
    cost: str
    documents: int
    numbers_used: int
    glossed: tuple[Sentence, ...] = ()
    terms: tuple[Explanation, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every printed sentence in reading order, the headline aside."""
        every = (self.standfirst,) if self.standfirst else ()
        return tuple(
            sentence
            for section in (*every, *self.sections)
            for entry in section.entries
            for sentence in entry.sentences
        )

    @property
    def proven(self) -> tuple[Sentence, ...]:
        """Every sentence that has evidence to show: those, and what explains a term."""
        return (*self.sentences, *self.glossed)

    def first(self, shape: Shape) -> Section | None:
        """The first section of that shape, the standfirst aside."""
        return next((one for one in self.sections if one.shape == shape), None)


def stem(slug: str) -> str:
    """File name of a brief without its ending; never one that the edition needs."""
    return f"{slug}-brief" if slug in _RESERVED else slug


def picture_name(slug: str) -> str:
    """File name of the picture of a brief's chart, without its ending."""
    return f"{stem(slug)}-chart"


def brief_page(
    brief: Brief,
    language: str,
    *,
    locale: str = "",
    first_number: int = 1,
    pictures: Collection[str] = (),
    words_a_minute: int = WORDS_A_MINUTE,
) -> BriefPage:
    """The page of a brief; its sources are numbered from `first_number`. `pictures`
    are the names of those that were drawn, `words_a_minute` is the reader's pace,
    `locale` a tag ("" for the language's) for figures and dates outside sentences.

    Raises RenderError when a citation names a document that is not among its sources.
    """
    locale = locale or language
    sources = _sources(brief, locale, first_number - 1)
    reader = _Reader(brief, sources, locale, pictures)
    sections = tuple(reader.section(one) for one in brief.sections)
    leads = [one for one in sections if one.shape is Shape.PROSE]
    standfirst = leads[0] if leads else None
    return BriefPage(
        stem=stem(brief.slug),
        language=language,
        locale=locale,
        headline=brief.headline.text,
        standfirst=standfirst,
        sections=tuple(one for one in sections if one is not standfirst),
        sources=tuple(sources.values()),
        tags=words.tags(brief, _TAG_LENGTH),
        banners=tuple(one for one in brief.labels if len(one) > _TAG_LENGTH),
        minutes=words.minutes(at_pace(brief.scores.reading_time_s, words_a_minute)),
        scores=brief.scores,
        provenance=brief.provenance,
        cost=words.dollars(brief.provenance.cost_usd, locale),
        documents=len(brief.provenance.document_ids or brief.story.documents),
        glossed=tuple(reader.sentence(one.claim) for one in brief.glosses),
        numbers_used=round(brief.scores.number_recall * brief.scores.salient_numbers),
    )


def _sources(brief: Brief, locale: str, offset: int) -> Mapping[str, SourceLine]:
    return {
        ref.document_id: SourceLine(
            number=ref.number + offset,
            id=f"source-{ref.number + offset}",
            publisher=ref.publisher or ref.title or "unknown",
            title=ref.title or ref.publisher or ref.document_id,
            url=web_url(ref.url),
            published=words.day(ref.published_at, locale) if ref.published_at else "",
            published_on=ref.published_at.isoformat() if ref.published_at else "",
            retrieved=words.day(ref.fetched_at, locale) if ref.fetched_at else "",
            retrieved_on=ref.fetched_at.isoformat() if ref.fetched_at else "",
            kind=ref.kind,
            copy_of=None if ref.copy_of is None else ref.copy_of + offset,
        )
        for ref in sorted(brief.sources, key=lambda one: one.number)
    }


class _Reader:
    """Walks the sections of one brief and numbers its sentences."""

    def __init__(
        self,
        brief: Brief,
        sources: Mapping[str, SourceLine],
        locale: str,
        pictures: Collection[str],
    ) -> None:
        name = picture_name(brief.slug)
        self._picture = name if name in pictures else ""
        self._brief = brief
        self._sources = sources
        self._locale = locale
        self._quotes = Quotes(brief.story.documents)
        self._count = 0
        self._section_ids: set[str] = set()

    def section(self, section: DomainSection) -> Section:
        return Section(
            id=self._section_id(section.name),
            heading=section.heading,
            shape=section.shape,
            entries=tuple(self._entry(item) for item in section.items),
            table=self._table(section),
            chart=self._chart(section),
        )

    def _section_id(self, name: str) -> str:
        # A prefix, so that no section can take the anchor of a sentence or source.
        stem = "part-" + (re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "x")
        made, count = stem, 1
        while made in self._section_ids:
            count += 1
            made = f"{stem}-{count}"
        self._section_ids.add(made)
        return made

    def _table(self, section: DomainSection) -> Table | None:
        if section.table is None:
            return None
        # The checker lists a ranking among the sources only when it is cited.
        source = self._sources.get(section.table.document_id)
        number = source.number if source else None
        return table(section.table, number, self._locale)

    def _chart(self, section: DomainSection) -> Chart | None:
        told = section.chart
        if told is None:
            return None
        source = self._sources.get(told.id)
        number = source.number if source else None
        return chart(told, number, self._locale, self._picture)

    def _entry(self, item: Item) -> Entry:
        return Entry(
            sentences=tuple(self.sentence(claim) for claim in item.claims),
            question=item.question,
            figure=self._figure(item.figure) if item.figure else None,
        )

    def _figure(self, figure: Figure) -> Figure:
        value = numbers.cell(figure.value, self._locale)
        comparison = numbers.cell(figure.comparison, self._locale)
        return replace(figure, value=value, comparison=comparison)

    def sentence(self, claim: Claim) -> Sentence:
        self._count += 1
        exhibits = self._exhibits(claim)
        derivation = claim.derivation
        return Sentence(
            id=f"sentence-{self._count}",
            note_id=f"evidence-{self._count}" if exhibits else "",
            text=claim.text,
            parts=(Part(claim.text),),
            sources=tuple(one.source for one in exhibits),
            exhibits=exhibits,
            is_ours=claim.kind is ClaimKind.INFERENCE,
            calculation=words.calculation(derivation, claim.text, self._locale)
            if derivation
            else "",
            is_repaired=claim.written is not None and claim.written != claim.text,
            finding=claim.verdict.reason if claim.verdict else "",
            edits=claim.edits,
        )

    def _exhibits(self, claim: Claim) -> tuple[Exhibit, ...]:
        by_source: dict[str, list[Citation]] = {}
        inputs = claim.derivation.citations if claim.derivation else ()
        for citation in dict.fromkeys((*claim.citations, *inputs)):
            by_source.setdefault(citation.document_id, []).append(citation)
        exhibits = [
            Exhibit(self._source(document_id), self._quoted(citations))
            for document_id, citations in by_source.items()
        ]
        return tuple(sorted(exhibits, key=lambda one: one.source.number))

    def _source(self, document_id: str) -> SourceLine:
        if document_id not in self._sources:
            raise RenderError(
                f"brief {self._brief.slug!r} cites {document_id!r}, which is not among "
                "its sources",
                hint="Run the brief through the checker again (rule C4).",
            )
        return self._sources[document_id]

    def _quoted(self, citations: list[Citation]) -> tuple[Quote, ...]:
        # In the order of the text, so that two spans of one page read as they stand.
        in_order = sorted(citations, key=lambda one: (one.start, one.end))
        quotes = (self._quotes.of(citation) for citation in in_order)
        return tuple(quote for quote in quotes if quote is not None)
