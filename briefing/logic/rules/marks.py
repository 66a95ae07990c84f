"""C1, C2, C4, C5 and F1 for a text that was handed in: its own marks and links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.domain.brief import Action, Level, Section, Shape, Violation
from briefing.domain.document import Document
from briefing.logic.prose_reader import Cited, Prose
from briefing.logic.rules.citations import SINGLE_SOURCE, is_bare, unmatched_marks
from briefing.logic.rules.page import HEADLINE, LEAD
from briefing.logic.urls import canonical, site, url_key


def mark_faults(prose: Prose, documents: Sequence[Document]) -> tuple[Violation, ...]:
    """What is wrong with the marks and links of a text; nothing if it has none."""
    faults = [
        Violation("F1", Level.E, "", line, "A heading mark stands inside a line.")
        for line in prose.leaks
    ]
    if prose.marks:
        faults.extend(_misplaced(prose))
        faults.extend(_bare_sentences(prose))
        faults.extend(_lead_label(prose))
    faults.extend(_shallow(prose, documents))
    numbers = [one for mark in prose.marks if (one := _number(mark)) is not None]
    if numbers or prose.references:
        listed = [number for number, _ in prose.references]
        # A list without numbers in the text is a list of further reading.
        faults.extend(unmatched_marks(numbers, listed if numbers else ()))
    return tuple(faults)


def _number(mark: Cited) -> int | None:
    return int(mark.target) if mark.target.isdigit() else None


def _misplaced(prose: Prose) -> Iterator[Violation]:
    for mark in prose.marks:
        if mark.claim is None:
            message = "A heading or question carries a citation."
            yield Violation(
                "C1", Level.E, mark.section, mark.text, message, item=mark.item
            )


def _bare_sentences(prose: Prose) -> Iterator[Violation]:
    cited = {(one.section, one.item, one.claim) for one in prose.marks}
    for section in prose.sections:
        for number, item in enumerate(section.items):
            for index, claim in enumerate(item.claims):
                if (section.name, number, index) not in cited:
                    yield Violation(
                        "C1",
                        Level.E,
                        section.name,
                        claim.text,
                        "No source is given for this sentence.",
                        Action.REPORTED,
                        number,
                        index,
                    )


def _targets(prose: Prose) -> Iterator[tuple[str, str]]:
    """Each address that the text leads to once, with the words beside it."""
    seen: set[str] = set()
    listed = [(target, target) for _, target in prose.references]
    for target, text in [*((one.target, one.text) for one in prose.marks), *listed]:
        address = _address(target)
        if address and address not in seen:
            seen.add(address)
            yield address, text


def _address(target: str) -> str:
    if target.isdigit() or " " in target or "." not in target:
        return ""
    return target if "://" in target else f"https://{target}"


def _shallow(prose: Prose, documents: Sequence[Document]) -> Iterator[Violation]:
    pages = {url_key(one.url) for one in documents if one.url}
    for address, text in _targets(prose):
        if url_key(address) in pages or canonical(address) is None:
            continue
        if is_bare(address):
            message = f"{address} is a site, not the page that says it."
        elif pages:
            message = f"{address} is none of the given sources."
        else:
            continue
        yield Violation("C2", Level.E, "", text, message)


def _lead_label(prose: Prose) -> Iterator[Violation]:
    lead = _lead(prose.sections)
    if lead is None:
        return
    words = " ".join(
        claim.text
        for section in prose.sections
        for item in section.items
        for claim in item.claims
    )
    targets = dict(prose.references)
    places = {
        targets.get(int(one.target), one.target) if one.target.isdigit() else one.target
        for one in prose.marks
        if one.section in {HEADLINE, lead.name}
    }
    # A mark that leads nowhere speaks for no publisher; C4 names it.
    houses = {one for place in places if (one := site(_address(place)))}
    if places and len(houses) < 2 and SINGLE_SOURCE not in words.lower():
        message = "What happened rests on one publisher and is not labelled so."
        yield Violation("C5", Level.E, lead.name, lead.heading, message)


def _lead(sections: Sequence[Section]) -> Section | None:
    named = next((one for one in sections if one.name == LEAD), None)
    spoken = (one for one in sections if one.shape is not Shape.FIGURES)
    return named or next(spoken, None)
