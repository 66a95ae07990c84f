"""The written story: Draft (unchecked), Brief (every claim checked), Held (stopped)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from briefing.domain.claim import Claim
from briefing.domain.document import DocumentKind
from briefing.domain.ranking import RankingHistory
from briefing.domain.story import Story


class Shape(StrEnum):
    """The form of a section's body; templates and checker know shapes, not sections."""

    PROSE = "prose"
    BULLETS = "bullets"
    FIGURES = "figures"
    ANSWERS = "answers"
    RANKING = "ranking"
    CHART = "chart"


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A section as its file in prompts/sections/ describes it.

    Attributes:
        name: file name without ".md"; stable, used in JSON and in messages.
        heading: as printed.
        shape: of its body.
        order: position in the brief, ascending.
        max_items: bullets, figures, questions or rows at most.
        max_words: of the whole section, or of one item where `is_limit_per_item`.
        is_limit_per_item: `max_words` holds for each item.
        needs_model: the section is left out when no model writes.
        instruction: what the writer is asked for, the file's body.
    """

    name: str
    heading: str
    shape: Shape
    order: int
    max_items: int
    max_words: int
    is_limit_per_item: bool = False
    needs_model: bool = False
    instruction: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of key numbers; every part is words for a reader.

    Attributes:
        value: as printed, unit included ("3.43 trillion tokens").
        label: what it is, at most 14 words.
        window: the days or as-of it holds for, "" if not stated.
        comparison: against what ("+7.4% on the week"), "" if none.
    """

    value: str
    label: str
    window: str = ""
    comparison: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A bullet, a paragraph, a figure row, or a question with its answer.

    Attributes:
        claims: its sentences, in order. Of a figure row: one claim whose text is
            "label: value" and whose citations prove the value.
        question: of an answer: the question; else None.
        figure: of a figure row: its cells; else None.
    """

    claims: tuple[Claim, ...]
    question: str | None = None
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class RankedLine:
    """One printed row of a ranking; None prints as a dash.

    Attributes:
        rank: as in the snapshot; ties share it.
        label: as in the snapshot.
        value: as in the snapshot, exact.
        rank_before: in the snapshot before, None if it was not listed.
        change_percent: of the value on the snapshot before, exact, or None.
        share_percent: of the snapshot's total, exact, or None.
    """

    rank: int
    label: str
    value: Decimal | None
    rank_before: int | None
    change_percent: Decimal | None
    share_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class RankingTable:
    """Rows straight from a snapshot, with what a reader must know to trust them.

    Attributes:
        snapshot_id: whose rows.
        document_id: the RANKING document that holds the snapshot's text form.
        title: of the ranking.
        metric: what is counted.
        unit: canonical unit of the values.
        lines: by rank.
        as_of: the line that says when and for which window.
        attribution: licence line.
        caveats: the source's own warnings.
        compared: the line that says what changes are measured against, "" without any.
    """

    snapshot_id: str
    document_id: str
    title: str
    metric: str
    unit: str
    lines: tuple[RankedLine, ...]
    as_of: str
    attribution: str = ""
    caveats: tuple[str, ...] = ()
    compared: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a brief; `table` is set exactly when the shape is RANKING, `chart`
    exactly when it is CHART.

    Attributes:
        name: of its SectionSpec.
        heading: as printed.
        shape: of the body.
        items: the body, empty for a ranking and a chart.
        table: the ranking's rows, else None.
        chart: the history whose first five items are drawn, else None.
    """

    name: str
    heading: str
    shape: Shape
    items: tuple[Item, ...] = ()
    table: RankingTable | None = None
    chart: RankingHistory | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a text came to be: who wrote it, from what, at what price.

    Attributes:
        writer: "extract" or the model's name.
        prompt_hashes: (file, sha256) of each prompt used.
        document_ids: what the writer was shown.
        requests: model calls, cached ones included.
        cached_requests: calls answered from the store without paying again.
        tokens_in: prompt tokens, 0 without a model.
        tokens_out: completion tokens, 0 without a model.
        cost_usd: None when no price is configured.
        seconds: spent waiting for the model; 0.0 without one, so that the same input
            gives the same bytes.
        notes: fallbacks taken, one sentence each.
    """

    writer: str
    prompt_hashes: tuple[tuple[str, str], ...] = ()
    document_ids: tuple[str, ...] = ()
    requests: int = 0
    cached_requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost_usd: Decimal | None = None
    seconds: float = 0.0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gloss:
    """What a term of the prose is, as a source explains it.

    Attributes:
        term: as the prose spells it.
        meaning: a phrase that completes "is".
        claim: "TERM is MEANING.", checked like any other sentence.
    """

    term: str
    meaning: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Draft:
    """The writer's words, unchecked.

    Attributes:
        story: what it is about, with all evidence.
        headline: one claim; its citations are kept but never printed in the heading.
        sections: in order; empty sections are absent.
        provenance: how it was made.
        edition_date: the reader's calendar day it is written for.
        glosses: terms that a source explains, by their first use.
    """

    story: Story
    headline: Claim
    sections: tuple[Section, ...]
    provenance: Provenance
    edition_date: date
    glosses: tuple[Gloss, ...] = ()


class Level(StrEnum):
    """E stops publication of the sentence or the brief, W is reported and counted."""

    E = "E"
    W = "W"


class Action(StrEnum):
    """What the checker did about a violation."""

    REPAIRED = "repaired"
    STRUCK = "struck"
    SECTION_DROPPED = "section_dropped"
    HELD = "held"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule of BRIEF.md, with the sentence and the reason.

    Attributes:
        rule: id ("R1").
        level: E or W.
        section: name of the section, "headline", or "" for the whole brief.
        text: the sentence, question or row that broke it.
        message: one sentence that a reader understands.
        action: what was done.
        item: index of the item in its section, None if it is about more.
        claim: index of the claim in its item, None if it is about more.
    """

    rule: str
    level: Level
    section: str
    text: str
    message: str
    action: Action = Action.REPORTED
    item: int | None = None
    claim: int | None = None


@dataclass(frozen=True, slots=True)
class SourceRef:
    """One line under "Sources"; `number` is the mark in the text.

    Attributes:
        number: from 1, in order of first citation.
        document_id: the stored text.
        publisher: who speaks.
        title: of the page.
        url: deep link, None for text without an address.
        published_at: None if unknown.
        fetched_at: when we read it, None if handed in.
        kind: primary, report or ranking.
        copy_of: number of the source it copies, or None.
    """

    number: int
    document_id: str
    publisher: str
    title: str
    url: str | None
    published_at: datetime | None
    fetched_at: datetime | None
    kind: DocumentKind
    copy_of: int | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """How good a brief is, as BRIEF.md section 5 measures it; shares are 0..1.

    Attributes:
        evidence_coverage: sentences with at least one citation, of all but inferences.
        number_precision: printed numbers that resolve to evidence.
        number_recall: salient numbers of the sources that the brief uses.
        salient_numbers: how many salient numbers the sources hold.
        novelty: distinct sentences' words / all words of the prose.
        conflicts_shown: conflicts found and shown.
        single_source: the lead rests on fewer than two independent publishers.
        hedge_density: hedging words per 60 words.
        words: of prose, bullets and answers.
        reading_time_s: at 238 words a minute, tables and charts included.
        claims: sentences checked.
        repaired: replaced by their evidence sentence.
        struck: taken out.
    """

    evidence_coverage: float
    number_precision: float
    number_recall: float
    salient_numbers: int
    novelty: float
    conflicts_shown: int
    single_source: bool
    hedge_density: float
    words: int
    reading_time_s: int
    claims: int
    repaired: int
    struck: int


@dataclass(frozen=True, slots=True)
class Brief:
    """A Draft whose every claim is supported or a labelled inference.

    Attributes:
        story: what it is about.
        slug: file name stem, unique in its edition, [a-z0-9-], at most 60 characters.
        headline: the checked headline.
        sections: in order.
        sources: cited documents only, by number.
        labels: "single source", "short", a staleness banner.
        violations: what was found and what was done about it.
        scores: see Scores.
        provenance: how it was made.
        edition_date: the reader's calendar day.
        glosses: terms of its prose that a source explains, by their first use.
    """

    story: Story
    slug: str
    headline: Claim
    sections: tuple[Section, ...]
    sources: tuple[SourceRef, ...]
    labels: tuple[str, ...]
    violations: tuple[Violation, ...]
    scores: Scores
    provenance: Provenance
    edition_date: date
    glosses: tuple[Gloss, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A Draft that was stopped, and why.

    Attributes:
        draft: as it was written.
        reason: one sentence that a reader understands.
        violations: what was found.
    """

    draft: Draft
    reason: str
    violations: tuple[Violation, ...]
