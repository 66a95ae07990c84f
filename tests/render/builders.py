"""A rich brief and edition for the renderers: every shape, kind and label once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from briefing.domain.audience import Digest, Profile
from briefing.domain.brief import (
    Brief,
    Item,
    Provenance,
    Scores,
    Section,
    Shape,
    SourceRef,
)
from briefing.domain.document import Document
from briefing.domain.edition import Edition, LookedAt
from tests import builders
from tests.render.openrouter import BOARD, HERALD, LEDGER, LETTER, said, sections


def source_ref(number: int, document: Document, **changes: object) -> SourceRef:
    """The line under "Sources" of a document."""
    base = SourceRef(
        number=number,
        document_id=document.id,
        publisher=document.publisher,
        title=document.title,
        url=document.url,
        published_at=document.published_at,
        fetched_at=document.fetched_at,
        kind=document.kind,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def scores(**changes: object) -> Scores:
    """Of a brief that lost two sentences to the checker."""
    base = Scores(
        evidence_coverage=1.0,
        number_precision=1.0,
        number_recall=10 / 11,
        salient_numbers=11,
        novelty=0.97,
        conflicts_shown=1,
        single_source=False,
        hedge_density=0.2,
        words=312,
        reading_time_s=95,
        claims=16,
        repaired=1,
        struck=2,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def brief(**changes: object) -> Brief:
    """The OpenRouter story with every block shape, kind of claim and kind of source."""
    headline = said(
        "DeepSeek-V4-Flash tops OpenRouter with 3.43T tokens in the week of 18–24 May",
        (LEDGER, "DeepSeek-V4-Flash led OpenRouter's usage table"),
    )
    documents = (BOARD, HERALD, LEDGER, LETTER)
    base = Brief(
        story=builders.story(*documents),
        slug="deepseek-v4-flash-tops-openrouter",
        headline=headline,
        sections=sections(),
        sources=(
            source_ref(1, LEDGER),
            source_ref(2, BOARD),
            source_ref(3, LETTER),
            source_ref(4, HERALD, copy_of=1),
        ),
        labels=("short",),
        violations=(),
        scores=scores(),
        provenance=Provenance(
            writer="extract", document_ids=tuple(one.id for one in documents)
        ),
        edition_date=date(2026, 5, 26),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def small_brief(slug: str = "plant-opens", **changes: object) -> Brief:
    """One source, one bullet, written by a model."""
    document = builders.document(
        "The ferry line opens a second berth at the north quay on 25 May 2026. "
        "It cost 41 million euros. Crossings start at six in the morning."
    )
    text = "The ferry line opens a second berth at the north quay on 25 May 2026."
    bullet = said(text, (document, text))
    price = said("It cost 41 million euros.", (document, "It cost 41 million euros."))
    base = Brief(
        story=builders.story(document),
        slug=slug,
        headline=said(
            "Ferry line opens a €41 million berth at the north quay", (document, text)
        ),
        sections=(
            Section("in_one_line", "In one line", Shape.PROSE, (Item((price,)),)),
            Section(
                "what_happened", "What happened", Shape.BULLETS, (Item((bullet,)),)
            ),
        ),
        sources=(source_ref(1, document),),
        labels=(
            "single source",
            "The timetable is of 12 May 2026 and may have changed since.",
        ),
        violations=(),
        scores=scores(
            salient_numbers=0, reading_time_s=20, single_source=True, claims=2
        ),
        provenance=Provenance(
            writer="small-model-1",
            requests=3,
            cached_requests=1,
            tokens_in=12_034,
            tokens_out=811,
            cost_usd=Decimal("0.00412"),
            notes=("One answer was cut and asked for again.",),
        ),
        edition_date=date(2026, 5, 26),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def edition(*briefs: Brief, **changes: object) -> Edition:
    """An edition of the given briefs, or of the two above."""
    base = Edition(
        digest=Digest(id="daily", title="The Daily Briefing"),
        profile=Profile(),
        edition_date=date(2026, 5, 26),
        built_at=builders.NOW,
        briefs=briefs or (brief(), small_brief()),
        looked_at=LookedAt(
            sources=9, sources_failed=2, documents=1_026, stories=7, held=1
        ),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def quiet_edition() -> Edition:
    """A day with nothing worth telling."""
    return edition(brief(), briefs=())
