"""A page without what the rules took out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from briefing.domain.brief import Action, Item, Level, Section, Shape, Violation
from briefing.domain.claim import Claim
from briefing.logic.rules.page import HEADLINE, Line, Page

_Place = tuple[str, int, int | None]


def strike(
    page: Page, violations: Iterable[Violation]
) -> tuple[Page, tuple[Violation, ...]]:
    """The page without the struck sentences, rows and sections, and what went.

    An answer whose first sentence goes loses its question and with it the rest; a
    section without a sentence goes. What goes in their wake is recorded too.
    """
    wanted = list(violations)
    places = {
        (one.section, one.item, one.claim): one
        for one in wanted
        if one.action is Action.STRUCK and one.item is not None
    }
    dropped = {
        one.section: one for one in wanted if one.action is Action.SECTION_DROPPED
    }
    done = [_recorded(one) for one in wanted if one.action is not Action.REPORTED]
    sections: list[Section] = []
    for section in page.sections:
        if section.name in dropped:
            continue
        items, followers = _items(section, places)
        done.extend(followers)
        if items or section.table is not None or section.chart is not None:
            sections.append(replace(section, items=items))
        elif section.items:
            cause = next(one for one in wanted if one.section == section.name)
            done.append(
                Violation(
                    cause.rule,
                    Level.E,
                    section.name,
                    "",
                    f"{section.heading} has no sentence left.",
                    Action.SECTION_DROPPED,
                )
            )
    return replace(page, sections=tuple(sections)), tuple(done)


def _items(
    section: Section, places: dict[_Place, Violation]
) -> tuple[tuple[Item, ...], list[Violation]]:
    kept: list[Item] = []
    followers: list[Violation] = []
    for number, item in enumerate(section.items):
        if (section.name, number, None) in places:
            continue
        claims = tuple(
            claim
            for index, claim in enumerate(item.claims)
            if (section.name, number, index) not in places
        )
        if section.shape is Shape.ANSWERS and claims and claims[0] != item.claims[0]:
            followers.extend(_orphans(section, claims))
        elif claims:
            kept.append(replace(item, claims=claims))
    return tuple(kept), followers


def _orphans(section: Section, claims: tuple[Claim, ...]) -> list[Violation]:
    message = "It went with the first sentence of its answer."
    return [
        Violation("G3", Level.E, section.name, claim.text, message, Action.STRUCK)
        for claim in claims
    ]


def _recorded(violation: Violation) -> Violation:
    """Without a place: what is struck has none in the printed brief."""
    return replace(violation, item=None, claim=None)


def put(page: Page, line: Line, claim: Claim) -> Page:
    """The page with `claim` where `line` stands."""
    if line.section == HEADLINE:
        return replace(page, headline=claim)
    return replace(
        page,
        sections=tuple(
            replace(section, items=_with(section.items, line, claim))
            if section.name == line.section
            else section
            for section in page.sections
        ),
    )


def _with(items: tuple[Item, ...], line: Line, claim: Claim) -> tuple[Item, ...]:
    return tuple(
        replace(
            item,
            claims=tuple(
                claim if index == line.index else one
                for index, one in enumerate(item.claims)
            ),
        )
        if number == line.item
        else item
        for number, item in enumerate(items)
    )
