"""Wiring of `briefing explain`: a sentence of a published edition with its proof."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefing import byhand
from briefing.domain.brief import Brief
from briefing.domain.claim import Citation, Claim
from briefing.domain.document import Document
from briefing.errors import InputError
from briefing.logic.verification import EvidenceIndex, index, support_score
from briefing.pipeline.recheck import claims_of
from briefing.render import words


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One cited place.

    Attributes:
        publisher: who says so.
        title: of the text.
        url: where it stood, or None.
        published: date in words, "" if unknown.
        quote: the cited words.
        is_as_cited: the stored text is the one that was cited, byte for byte.
    """

    publisher: str
    title: str
    url: str | None
    published: str
    quote: str
    is_as_cited: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """A sentence and what it rests on.

    Attributes:
        brief: headline of its brief.
        text: as readers see it.
        kind: reported, quoted, derived, background or inference.
        verdict: what the checker found, in one sentence.
        nearness: 0..1, how near its words stand to those of its evidence: 1 is word for
            word; None for a derived sentence, whose words are ours.
        calculation: of a derived sentence, else "".
        edits: how a sentence of a source was changed.
        written: what the writer had put, where the checker replaced it, else "".
        exhibits: in the order of its marks, inputs of a calculation behind them.
    """

    brief: str
    text: str
    kind: str
    verdict: str
    nearness: float | None
    calculation: str
    edits: tuple[str, ...]
    written: str
    exhibits: tuple[Exhibit, ...]


def explain(place: Path, wanted: str) -> tuple[Explained, ...]:
    """Every sentence of the edition in `place` that holds `wanted`, in reading order;
    small and large letters are one. Raises InputError when there is none.
    """
    edition, texts = byhand.edition_in(place)
    evidence = index(texts)
    needle = " ".join(wanted.split()).casefold()
    found: dict[tuple[str, str], Explained] = {}
    for brief in edition.briefs:
        for claim in claims_of(brief):
            if needle and needle in claim.text.casefold():
                one = _explained(brief, claim, texts, evidence)
                found.setdefault((one.brief, one.text), one)
    if not found:
        raise InputError(
            f"no sentence of {place} holds {wanted!r}",
            hint="Give a few words as they are printed, such as a figure.",
        )
    return tuple(found.values())


def _explained(
    brief: Brief, claim: Claim, texts: dict[str, Document], evidence: EvidenceIndex
) -> Explained:
    derivation = claim.derivation
    inputs = derivation.citations if derivation else ()
    places = dict.fromkeys((*claim.citations, *inputs))
    return Explained(
        brief=brief.headline.text,
        text=claim.text,
        kind=claim.kind.value,
        verdict=f"{claim.verdict.status.value}: {claim.verdict.reason}"
        if claim.verdict
        else "",
        nearness=None if derivation else round(support_score(claim, evidence), 2),
        calculation=words.calculation(derivation, claim.text) if derivation else "",
        edits=claim.edits,
        written=claim.written or "",
        exhibits=tuple(_exhibit(one, texts) for one in places),
    )


def _exhibit(citation: Citation, texts: dict[str, Document]) -> Exhibit:
    document = texts.get(citation.document_id)
    if document is None:
        return Exhibit("", "", None, "", "", is_as_cited=False)
    published = document.published_at
    return Exhibit(
        publisher=document.publisher,
        title=document.title,
        url=document.url,
        published=words.day(published) if published else "",
        quote=" ".join(document.text[citation.start : citation.end].split()),
        is_as_cited=document.text_hash == citation.text_hash,
    )
