"""Why it matters: explainer questions, each asked only when a sentence answers it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefing.domain.brief import Item
from briefing.domain.claim import Claim, Formula
from briefing.logic.extractive.asking import what_if, why
from briefing.logic.extractive.asking_what import asked_of
from briefing.logic.extractive.candidates import Candidate
from briefing.logic.extractive.clauses import parse
from briefing.logic.extractive.definitions import definition, main_names
from briefing.logic.extractive.page import Page, is_speech
from briefing.logic.extractive.ranking_facts import narrowed
from briefing.logic.extractive.roles import (
    affects,
    cautions,
    compares,
    criticises,
    gives_cause,
    is_first,
    is_history,
    is_rare,
    limits_figures,
    looks_ahead,
    names_gap,
    warns_of_comparing,
)
from briefing.logic.extractive.scoring import cosine
from briefing.logic.extractive.the_rest import (
    about,
    carries_weight,
    has_figure,
    speaks_of,
    topics,
)
from briefing.logic.extractive.who_says import institution, who_adds, who_says
from briefing.logic.names import same_name
from briefing.logic.rules.questions import asks_same, holds_headline
from briefing.logic.text import words

_ENOUGH_WORDS = 40
# Of an answer that gathers what is left, of a name and of figures: measured on the
# Multi-News rows, whose briefs would else tell too few names.
_OF_A_NAME, _OF_DETAILS = 60, 45
_FIRST_WORDS = 40
_EARLIER = re.compile(
    r"\b(?:earlier|before|previous|ago|last (?:year|month|week|quarter)|"
    r"in (?:19|20)\d\d|since)\b"
)
_THE_CAUSE = re.compile(r"^The (?:root )?cause (?:of .{3,60} )?(?:was|is)\b")
_LOOKED_AT = 90
_FIGURES = 60, 45
_FIRST_WORDS = 40
_EARLIER = re.compile(
    r"\b(?:earlier|before|previous|ago|last (?:year|month|week|quarter)|"
    r"in (?:19|20)\d\d|since)\b"
)
_THE_CAUSE = re.compile(r"^The (?:root )?cause (?:of .{3,60} )?(?:was|is)\b")
_LOOKED_AT = 90
# Of these a state or a house has one.
_OFFICE = re.compile(
    r"The (?:[a-z]+ )?(?:ministry|government|opposition|union|regulator|council|"
    r"central bank|statistics office|presidency)"
)
_DETAILS = "What else was reported?"
_NO_COMMENT = re.compile(
    r"\b(?:declined|refused|not|nor) (?:to )?(?:comment|respond|answer|reply|elaborate|"
    r"provide)|\bcommented\b"
)
Fits = Callable[[Candidate], bool]


@dataclass(frozen=True, slots=True)
class Slot:
    """A question with the sentences that may answer it.

    Attributes:
        ask: the question for a sentence, None if the sentence does not answer it.
    """

    ask: Callable[[Candidate], str | None]


def why_it_matters(
    page: Page,
    limit: int,
    max_items: int,
    *,
    ours: Sequence[tuple[str, Sequence[Claim]]] = (),
) -> tuple[Item, ...]:
    """Questions in the order of a reader's needs: what, how big, why, how sure, who.

    `ours` are questions that we answer with what we computed: two behind what the
    thing is, the others before whatever is left.
    """
    made: list[Item] = []
    definition_slot, *slots = _slots(page)
    _fill(page, made, [definition_slot], limit, max_items)
    _answer_ourselves(page, made, ours[:2], limit, max_items)
    _fill(page, made, slots, limit, max_items)
    _answer_ourselves(page, made, ours[2:], limit, max_items)
    _tell_the_rest(page, made, limit, max_items)
    return tuple(made)


def _answer_ourselves(
    page: Page,
    made: list[Item],
    ours: Sequence[tuple[str, Sequence[Claim]]],
    limit: int,
    max_items: int,
) -> None:
    for question, claims in ours:
        if len(made) >= max_items or question in page.ledger.questions:
            continue
        said: list[Claim] = []
        before: list[Claim] = []
        left = limit
        for one in claims:
            size = len(words(one.text))
            if page.ledger.has_told_amount(one.text):
                continue
            if size <= left and page.say(one) is not None:
                said.append(_by_pronoun(page, one, before=before[-1:]))
                before.append(one)
                left -= size
        if said:
            asked = question if len(said) == len(claims) else narrowed(question, said)
            page.ledger.questions.append(asked)
            made.append(Item(claims=tuple(said), question=asked))


# Not of who overtook whom: there "it" may be the other one.
_OF_ONE_ITEM = frozenset(
    {Formula.RISES, Formula.RECORD, Formula.FIRSTS, Formula.SHARE_OF_CHANGE}
)


def _by_pronoun(page: Page, one: Claim, *, before: Sequence[Claim]) -> Claim:
    """ "It rose ...", behind a sentence on the same item of the ranking."""
    if one.derivation is None or one.derivation.formula not in _OF_ONE_ITEM:
        return one
    for name in sorted(page.listed, key=len, reverse=True):
        if before and all(part.text.startswith(f"{name} ") for part in (one, *before)):
            return replace(one, text=f"It{one.text[len(name) :]}")
    return one


def _fill(
    page: Page, made: list[Item], slots: Sequence[Slot], limit: int, max_items: int
) -> None:
    for slot in slots:
        if len(made) >= max_items:
            break
        item = _answer(page, slot, limit)
        if item is not None and item.question not in page.ledger.questions:
            page.ledger.questions.append(item.question or "")
            made.append(item)


def _slots(page: Page) -> Iterator[Slot]:
    names = main_names(page.pool)
    yield Slot(lambda one: definition(one, names))
    yield Slot(_size_question)
    yield Slot(_cause_question)
    yield Slot(_fits(warns_of_comparing, "Can the figures be compared?"))
    yield Slot(_fits(limits_figures, "How firm are the figures?"))
    yield Slot(_fits(cautions, "Is there a caveat?"))
    yield Slot(_fits(_affects_now, "Who is affected by this?"))
    yield Slot(_fits(criticises, "What do critics say?"))
    yield Slot(who_says)
    yield Slot(_fits(is_history, "What is the background?"))
    yield Slot(_fits(_leaves_open, "What is not known yet?"))
    yield Slot(lambda one: definition(one, names))


def _tell_the_rest(page: Page, made: list[Item], limit: int, max_items: int) -> None:
    """What is left that carries weight: asked by what it says, else by the name that it
    is about, else as figures.
    """
    own = Slot(lambda one: _own_question(page, one))
    _fill(page, made, [own] * max_items, limit, max_items)
    _tell_topic(page, made, limit, max_items)
    # What one source may lend has grown with the brief.
    _fill(page, made, [own], limit, max_items)
    figures = [
        one
        for one in page.free()
        if carries_weight(one)
        and one.quantities
        and not page.ledger.has_said(one.quantities[0])
    ]
    if len(made) < max_items and (
        claims := _all(page, figures, has_figure, limit, enough=_OF_DETAILS)
    ):
        page.ledger.questions.append(_DETAILS)
        made.append(Item(claims, _DETAILS))
    _tell_topic(page, made, limit, max_items)


def _tell_topic(page: Page, made: list[Item], limit: int, max_items: int) -> None:
    """The name that most of what is left is about, if there is room."""
    if len(made) >= max_items:
        return
    for name, question in topics(page):
        if any(asks_same(question, one) for one in page.ledger.questions):
            continue
        if claims := _all(
            page, about(page, name), _speaks_of(name), limit, enough=_OF_A_NAME
        ):
            page.ledger.questions.append(question)
            made.append(Item(claims, question))
            return


def _own_question(page: Page, one: Candidate) -> str | None:
    """ "What share of the output has Silvane sold?", of a sentence whose first figure
    nobody was told yet.
    """
    if not (carries_weight(one) and one.quantities):
        return None
    if page.ledger.has_said(one.quantities[0]):
        return None
    condition = what_if(one.text)
    if condition is not None:
        return condition
    asked = (made for made in asked_of(one.text) if not _is_known_day(page, made, one))
    return next(asked, None) or who_says(one) or who_adds(one)


def _is_known_day(page: Page, question: str, one: Candidate) -> bool:
    return question.startswith("When ") and page.ledger.has_told_days(one.text)


def _speaks_of(name: str) -> Callable[[str], bool]:
    return lambda text: speaks_of(text, name)


def _all(
    page: Page,
    found: Sequence[Candidate],
    checks: Callable[[str], bool],
    limit: int,
    *,
    enough: int,
) -> tuple[Claim, ...]:
    """The best of `found` that together make an answer of `limit` words at most, and
    of `enough` if there are so many.
    """
    said: list[Claim] = []
    left = limit
    for one in found[:_LOOKED_AT]:
        if said and left <= limit - enough:
            break
        claim = page.take(one, min(left, _FIRST_WORDS), checks=checks)
        if claim is not None:
            said.append(claim)
            left -= len(words(claim.text))
    return _by_it(page, said)


def _by_it(page: Page, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims; one that begins with the institution that the one before it began
    with has "It" instead, if the checker finds that as well.
    """
    made = list(claims[:1])
    for before, one in pairwise(claims):
        house = institution(one.text)
        if house is not None and house == institution(before.text):
            short = replace(one, text=f"It{one.text[len(house) :]}")
            one = short if page.holds(short) else one
        made.append(one)
    return tuple(made)


def _fits(fits: Fits, question: str) -> Callable[[Candidate], str | None]:
    return lambda one: question if fits(one) else None


def _leaves_open(one: Candidate) -> bool:
    """A gap in what is known; that somebody had no comment is none."""
    return names_gap(one) and not _NO_COMMENT.search(one.text)


def _affects_now(one: Candidate) -> bool:
    return affects(one) and not (is_speech(one.text) or one.is_background)


def _size_question(one: Candidate) -> str | None:
    if one.is_background:
        return None
    if is_rare(one) and (one.quantities or is_first(one)):
        return "How unusual is this?"
    has_figure = any(mark.isdigit() for mark in one.text)
    if has_figure and compares(one) and _EARLIER.search(one.text):
        return "How does this compare with earlier figures?"
    return None


def _cause_question(one: Candidate) -> str | None:
    if _THE_CAUSE.match(one.text):
        return "What was the cause?"
    if not gives_cause(one) or warns_of_comparing(one) or limits_figures(one):
        return None
    clause = parse(one.text)
    return why(clause) if clause is not None else None


def _answer(page: Page, slot: Slot, limit: int) -> Item | None:
    for sentence in list(page.free())[:_LOOKED_AT]:
        one = page.in_full(sentence)
        question = slot.ask(one)
        if question is None or _is_asked(page, question):
            continue
        if holds_headline(question, words(page.title)):
            continue
        first = page.take(one, min(limit, _FIRST_WORDS), checks=_still(one, question))
        if first is None:
            continue
        claims = [first]
        left = limit - len(words(first.text))
        # A cause is one sentence; what stands beside it is another matter.
        goes_on = not question.startswith("Why ")
        while goes_on and (more := _companion(page, one, left)):
            claims.append(more)
            left -= len(words(more.text))
        return Item(claims=_by_it(page, claims), question=question)
    return None


def _still(one: Candidate, question: str) -> Callable[[str], bool]:
    """Whether the shortened sentence still answers the question that it made."""
    if question == what_if(one.text):
        return lambda text: question == what_if(text)
    if question not in asked_of(one.text):
        return bool
    return lambda text: question in asked_of(text)


def _is_asked(page: Page, question: str) -> bool:
    """Also "Who is X?" after "What is X?"."""
    rest = question.partition(" ")[2]
    return any(
        other.partition(" ")[2] == rest or asks_same(question, other)
        for other in page.ledger.questions
    )


def _companion(page: Page, first: Candidate, left: int) -> Claim | None:
    """A further sentence on the same thing, when the answer is short so far."""
    if left <= 80 - _ENOUGH_WORDS or left < 12:
        return None
    for one in list(page.free())[:60]:
        if (
            looks_ahead(one)
            or names_gap(one)
            or not (one.quantities or one.names or one.has_date)
        ):
            continue
        if not _goes_on(first, one):
            continue
        made = page.take(one, min(left, 32))
        if made is not None:
            return made
    return None


def _goes_on(first: Candidate, one: Candidate) -> bool:
    shares_name = any(
        same_name(name, other) for name in first.names for other in one.names
    )
    is_next = (
        one.document.id == first.document.id
        and 0 < one.source.number - first.source.number <= 2
    )
    alike = cosine(first.vector, one.vector)
    return (is_next and alike > 0.03) or (shares_name and alike > 0.2)
