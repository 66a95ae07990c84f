"""Valid values with sensible defaults; a test states only what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from briefing.domain.brief import Draft, Item, Provenance, Section, Shape
from briefing.domain.claim import Citation, Claim, ClaimKind
from briefing.domain.document import Document, document_id
from briefing.domain.ranking import RankingRow, RankingSnapshot, Window
from briefing.domain.source import RankingSpec, Source
from briefing.domain.story import Story

NOW = datetime(2026, 5, 26, 6, 0, tzinfo=UTC)


def document(
    text: str = "The plant opened on 25 May 2026.", **changes: object
) -> Document:
    """A complete report of one publisher, published an hour before NOW."""
    base = Document(
        id="",
        text=text,
        title="Plant opens",
        url="http://ledger.example/plant-opens",
        publisher="The Ledger (sample)",
        family="ledger",
        published_at=datetime(2026, 5, 26, 5, 0, tzinfo=UTC),
        fetched_at=NOW,
        language="en",
    )
    made = replace(base, **changes)  # type: ignore[arg-type]
    return made if made.id else replace(made, id=document_id(made.url, made.text))


def source(**changes: object) -> Source:
    """A feed of one publisher."""
    base = Source(
        id="ledger",
        kind="feed",
        url="http://ledger.example/feed.xml",
        title="The Ledger",
        publisher="The Ledger (sample)",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def ranking_spec(**changes: object) -> RankingSpec:
    """Rows under "data" with key, name and tokens."""
    base = RankingSpec(
        rows="data",
        key="slug",
        label="name",
        value="tokens",
        metric="tokens processed",
        unit="token",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def snapshot(*values: tuple[str, int | str], **changes: object) -> RankingSnapshot:
    """A weekly ranking; `values` are (label, value) in order of rank."""
    rows = tuple(
        RankingRow(rank=rank, key=label.lower(), label=label, value=Decimal(value))
        for rank, (label, value) in enumerate(values, start=1)
    )
    base = RankingSnapshot(
        source_id="usage",
        title="Weekly usage",
        publisher="Usage Board (sample)",
        url="http://usage.example/rankings",
        taken_at=datetime(2026, 5, 25, 2, 0, tzinfo=UTC),
        fetched_at=NOW,
        metric="tokens processed",
        unit="token",
        window=Window(date(2026, 5, 18), date(2026, 5, 24)),
        rows=rows,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def story(*documents: Document, **changes: object) -> Story:
    """A story of the given documents, or of one."""
    held = documents or (document(),)
    base = Story(
        id="s" + held[0].id[1:],
        title=held[0].title,
        documents=held,
        first_seen_at=NOW,
        new_document_ids=tuple(one.id for one in held),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def citation(source_document: Document, words: str | None = None) -> Citation:
    """The place of `words` in the document's text, or the whole text."""
    start = source_document.text.index(words) if words else 0
    end = start + len(words) if words else len(source_document.text)
    return Citation(source_document.id, start, end, source_document.text_hash)


def claim(
    text: str, *citations: Citation, kind: ClaimKind = ClaimKind.REPORTED
) -> Claim:
    """An unchecked sentence."""
    return Claim(text=text, kind=kind, citations=citations)


def section(
    name: str,
    *claims: Claim,
    shape: Shape = Shape.BULLETS,
    question: str | None = None,
) -> Section:
    """A section with one item a claim; the heading is the name in words."""
    items = tuple(Item(claims=(one,), question=question) for one in claims)
    return Section(
        name=name,
        heading=name.replace("_", " ").capitalize(),
        shape=shape,
        items=items,
    )


def draft(
    about: Story, headline: Claim, *sections: Section, **changes: object
) -> Draft:
    """An unchecked text about a story, dated with NOW's day."""
    base = Draft(
        story=about,
        headline=headline,
        sections=sections,
        provenance=Provenance(writer="extract"),
        edition_date=NOW.date(),
    )
    return replace(base, **changes)  # type: ignore[arg-type]
