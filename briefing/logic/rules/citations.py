"""C1, C2, C4 to C6: every sentence leads to a stored text and its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from briefing.domain.brief import Level, Section, SourceRef, Violation
from briefing.domain.claim import Citation, Claim
from briefing.domain.document import Document, DocumentKind
from briefing.logic.copies import independent_houses
from briefing.logic.rules.page import (
    LEAD,
    Page,
    broken,
    lines,
    reported,
)
from briefing.logic.urls import address, canonical, resolve

SINGLE_SOURCE = "single source"


def uncited(page: Page) -> tuple[Violation, ...]:
    """C1: a sentence that is not our own reading carries a citation."""
    return tuple(
        broken("C1", line, "No source is given for this sentence.")
        for line in (page.title, *lines(page))
        if not line.is_ours and not line.claim.citations
    )


def unresolved(page: Page) -> tuple[Violation, ...]:
    """C2: every citation is a place in a stored text that has not changed since."""
    held = {document.id: document for document in page.documents}
    found: list[Violation] = []
    for line in (page.title, *lines(page)):
        faults = [_fault(one, held) for one in _citations(line.claim)]
        fault = next((one for one in faults if one), "")
        if fault:
            found.append(broken("C2", line, fault))
    return tuple(found)


def _citations(claim: Claim) -> tuple[Citation, ...]:
    inputs = claim.derivation.citations if claim.derivation else ()
    return claim.citations + inputs


def _fault(citation: Citation, held: Mapping[str, Document]) -> str:
    document = held.get(citation.document_id)
    if document is None:
        return f"The cited text {citation.document_id} is not among the story's texts."
    if citation.text_hash != document.text_hash:
        return f"The text of {document.publisher or document.id} is not the cited one."
    if not 0 <= citation.start < citation.end <= len(document.text):
        return f"The cited place is outside the text of {document.publisher}."
    return ""


def is_bare(url: str) -> bool:
    """The address names a site, not a page of it."""
    return canonical(url) == resolve(url, "/")


def shallow_links(
    sources: Iterable[SourceRef], documents: Sequence[Document]
) -> tuple[Violation, ...]:
    """C2: a source's link is the page of its stored text, where that has an address."""
    pages = {document.id: document.url for document in documents}
    found: list[Violation] = []
    for source in sources:
        page = pages.get(source.document_id)
        if page is not None and source.url != page:
            found.append(
                Violation(
                    "C2",
                    Level.E,
                    "",
                    source.url or source.publisher,
                    f"Source {source.number} does not link to its page {page}.",
                )
            )
        elif page is not None and is_bare(page):
            found.append(
                reported(
                    "C2",
                    f"Source {source.number} is known by its site's front page only.",
                    text=page,
                )
            )
    return tuple(found)


def unmatched_marks(
    marks: Sequence[int], sources: Iterable[int]
) -> tuple[Violation, ...]:
    """C4: every mark has its line under Sources, and every line its mark."""
    printed, listed = set(marks), set(sources)
    missing = [
        Violation(
            "C4", Level.E, "", f"[{number}]", f"No source has the number {number}."
        )
        for number in sorted(printed - listed)
    ]
    unused = [
        Violation(
            "C4", Level.E, "", f"[{number}]", f"Source {number} is cited nowhere."
        )
        for number in sorted(listed - printed)
    ]
    return (*missing, *unused)


def is_single_source(page: Page) -> bool:
    """C5, S3: headline and What happened rest on one house; copies count as one."""
    leading = [page.title, *(line for line in lines(page) if line.section == LEAD)]
    cited = {
        citation.document_id for line in leading for citation in line.claim.citations
    }
    documents = [one for one in page.documents if one.id in cited]
    return independent_houses(documents, page.copies) < 2


def unused_primary(page: Page) -> tuple[Violation, ...]:
    """C6: where the subject's own text is held, it is cited."""
    cited = cited_documents(page.sections)
    primary = [one for one in page.documents if one.kind is DocumentKind.PRIMARY]
    if not primary or any(one.id in cited for one in primary):
        return ()
    who = primary[0].publisher or primary[0].title
    return (reported("C6", f"The primary source ({who}) is held but not cited."),)


def cited_documents(sections: Iterable[Section]) -> tuple[str, ...]:
    """Document ids in order of their first mark; the headline prints none."""
    order: dict[str, None] = {}
    for section in sections:
        if section.table is not None:
            order.setdefault(section.table.document_id)
        if section.chart is not None:
            order.setdefault(section.chart.id)
        for item in section.items:
            for claim in item.claims:
                for citation in claim.citations:
                    order.setdefault(citation.document_id)
    return tuple(order)


def strange_links(
    sources: Iterable[SourceRef], documents: Sequence[Document]
) -> tuple[Violation, ...]:
    """S2: a link leads to the host of a cited text by http or https, nowhere else."""
    hosts = {where.host for one in documents if one.url if (where := address(one.url))}
    found: list[Violation] = []
    for source in sources:
        if source.url is None:
            continue
        where = address(source.url)
        if where is None or where.host not in hosts:
            message = f"Source {source.number} links to a host that no text came from."
            found.append(Violation("S2", Level.E, "", source.url, message))
    return tuple(found)
