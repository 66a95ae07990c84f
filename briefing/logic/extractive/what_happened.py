"""In one line, and the bullets: event, magnitude, comparison, context."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from briefing.domain.claim import Claim, Quantity, QuantityKind
from briefing.logic.extractive.candidates import Candidate
from briefing.logic.extractive.clauses import parse
from briefing.logic.extractive.definitions import definition, main_names
from briefing.logic.extractive.event import (
    event_of,
    gist_share,
    is_long_ago,
    parts_told,
    tells,
)
from briefing.logic.extractive.introduced import is_detail
from briefing.logic.extractive.page import Page, is_speech, place
from briefing.logic.extractive.roles import (
    cautions,
    compares,
    is_rare,
    limits_figures,
    looks_ahead,
    names_gap,
    warns_of_comparing,
)
from briefing.logic.extractive.scoring import cosine
from briefing.logic.extractive.told_figures import figures_of
from briefing.logic.extractive.what_happens_next import names_coming_day
from briefing.logic.extractive.who_says import introduces_speaker
from briefing.logic.quantities import equal
from briefing.logic.rules.reading import read
from briefing.logic.text import words

_BULLET_WORDS = 30
# Of an item of What happens next (BRIEF.md section 2).
_OUTLOOK_WORDS = 25
# Chosen: what a lead that shares nothing with the headline is worth beside one that
# tells all of it, which is worth 5.
_FAR = 0.1
_LEAD_WORDS = 34
_GIST = 0.35
# So many of the wishes below are for the event; the first that is met is enough.
_LEADS = 6
# Who, does and what of the headline: the event, however little else is said of it.
_SURELY = 3
_HANDFUL = 10
_FEWEST_WORDS = 8
_FEWEST_WITH_FIGURE = 6
# A sentence that is cut to fewer words than these has lost what made it worth telling.
_LEAST_ROOM = 12
# Fewer bullets, and the checker holds the brief (BRIEF.md section 3).
_FEWEST = 2
Fits = Callable[[Candidate], bool]


def in_one_line(page: Page, limit: int, *, ours: Sequence[Claim] = ()) -> Claim | None:
    """The change in at most `limit` words, with a figure or a date; the first of `ours`
    that fits where no source tells it.
    """
    event = event_of(page.title)
    choices = sorted(
        page.pool[:25], key=lambda one: -one.score * (0.5 + gist_share(event, one.text))
    )
    on_it = [one for one in choices if gist_share(event, one.text) >= _GIST]
    near = [one for one in choices if one not in on_it]
    # A headline that was cut from a lead says less of what the story is about.
    is_titled = any(document.title for document in page.story.documents)
    if is_titled:
        on_it = [one for one in choices if tells(event, one.text)]
        # "The strike is suspended": who or where, a line by itself has to say.
        on_it.sort(key=lambda one: (not one.names, -parts_told(event, one.text)))
        near = []

    def still(one: Candidate) -> Callable[[str], bool]:
        # "The assembly will vote on 25 May 2026", and no word on what.
        fewest = min(one.size - 1, _LEAST_ROOM)
        return lambda text: (
            _has_digit(text)
            and len(words(text)) >= fewest
            and (not is_titled or tells(event, text))
        )

    # What the headline speaks of comes first; what it does not, is no summary of it.
    for one in (*on_it, *near):
        if not one.is_first_fit or is_speech(one.text) or not _tells(one):
            continue
        is_gist = one.size >= 9 and one in on_it
        if one.is_background or not (one.names or is_gist):
            continue
        if not (one.quantities or one.has_date):
            continue
        made = page.take(one, limit, is_summary=True, checks=still(one))
        if made is not None:
            return made
    short = (one for one in ours if len(words(one.text)) <= limit)
    return next((one for one in short if page.say(one, is_summary=True)), None)


def _has_digit(text: str) -> bool:
    return any(mark.isdigit() for mark in text)


def _tells(one: Candidate) -> bool:
    """An event or a measure, no caveat, gap or outlook: those have their own places."""
    is_limit = limits_figures(one) or warns_of_comparing(one) or cautions(one)
    return not (is_limit or names_gap(one))


def what_happened(
    page: Page,
    limit: int,
    max_items: int,
    *,
    lead: Claim | None = None,
    ours: Sequence[Claim] = (),
) -> tuple[Claim, ...]:
    """Bullets of `limit` words together: the event first, then size, rank, context.

    `lead` is a sentence of our own that takes the first place; `ours` are others that
    fill what the sources leave, so that a change nobody wrote about is told as well.
    """
    event = event_of(page.title)

    def detail(one: Candidate) -> bool:
        return is_detail(one.text, page.title)

    def is_gist(one: Candidate) -> bool:
        return gist_share(event, one.text) >= _GIST

    order: Sequence[Fits] = (
        # "Silvane will build its plant here": also an event that is still to come.
        lambda one: one.is_first_fit and tells(event, one.text),
        lambda one: one.is_first_fit and one.has_date and not looks_ahead(one),
        lambda one: one.is_first_fit and is_gist(one) and not looks_ahead(one),
        # "The assembly votes on Monday": the news itself is still ahead.
        lambda one: one.is_first_fit and is_gist(one),
        # What is only on the subject opens with a figure, if any does.
        lambda one: (
            one.is_first_fit and _has_size(one.quantities) and not looks_ahead(one)
        ),
        lambda one: one.is_first_fit and not looks_ahead(one),
        lambda one: bool(one.quantities),
        lambda one: compares(one) or is_rare(one),
        lambda one: True,
        lambda one: True,
    )
    made: list[tuple[Candidate, Claim]] = []
    opening: Candidate | None = None
    first = page.say(lead) if lead is not None else None
    _name_days_once(page, first)
    said = [one for one in page.pool if place(one) in page.used]
    left = limit - (len(words(first.text)) if first else 0)
    room = max_items - (1 if first else 0)
    for number, fits in enumerate(order):
        if len(made) >= room or (number < _LEADS and (made or first)):
            continue
        before = [*said, *(one for one, _ in made)]
        is_needy = number >= len(order) - 2 and len(made) + bool(first) < _FEWEST
        found = _next(
            page, fits, before, left, is_lead=number < _LEADS, takes_any=is_needy
        )
        if found is not None:
            opening = found[0] if number < _LEADS else opening
            made.append(found)
            _name_days_once(page, found[1])
            left -= len(words(found[1].text))
    page.windows.clear()
    # What was long before the news comes behind it, and so does what only says more
    # of a thing that somebody else has named; what is still to come, behind both.
    made.sort(
        key=lambda pair: (
            is_long_ago(pair[0]),
            detail(pair[0]),
            pair[0] is not opening and looks_ahead(pair[0]),
        )
    )
    told = with_their_steps([*((first,) if first else ()), *(one for _, one in made)])
    for one in ours:
        size = len(words(one.text))
        if len(told) < max_items and size <= left and page.say(one) is not None:
            told.append(one)
            left -= size
    return tuple(told)


def with_their_steps(told: Sequence[Claim]) -> list[Claim]:
    """ "The increase alone, 600 jobs, ..." stands behind the sentence with the two
    figures between which it lies, so that a reader knows which increase.
    """
    ordered = list(told)
    for one in told:
        if _OF_A_STEP.search(one.text) is None:
            continue
        steps = figures_of(read(one.text))
        for before in told:
            if before is not one and _has_step(before, steps):
                ordered.remove(one)
                ordered.insert(ordered.index(before) + 1, one)
                break
    return ordered


_OF_A_STEP = re.compile(
    r"\b[Tt]he (?:increase|rise|gain|growth|jump|decrease|fall|drop|decline|loss)\b"
)


def _has_step(one: Claim, steps: Sequence[Quantity]) -> bool:
    """Two of its figures lie as far apart as one of `steps` says."""
    figures = figures_of(read(one.text))
    return any(
        step.unit == high.unit == low.unit
        and high.value > low.value
        and equal(step, replace(step, value=high.value - low.value))
        for step in steps
        for high in figures
        for low in figures
    )


def _name_days_once(page: Page, printed: Claim | None) -> None:
    """The first bullet that names a week stands for those behind it."""
    if printed is not None and not page.windows:
        mentions = read(printed.text).dates
        page.windows.update(one.window for one in mentions if one.window is not None)


def _next(
    page: Page,
    fits: Fits,
    before: Sequence[Candidate],
    left: int,
    *,
    is_lead: bool,
    takes_any: bool,
) -> tuple[Candidate, Claim] | None:
    """The next bullet; with `takes_any` also what Why it matters would rather have."""
    names = main_names(page.pool)
    defining = [one for one in page.free() if definition(one, names)]
    event = event_of(page.title)
    # The event is among the best sentences, or there is none to tell.
    least = 0.5 * page.pool[0].score if is_lead and page.pool else 0.0
    choices = [
        one
        for one in page.free()
        if _is_news(one)
        and fits(one)
        and (one.score >= least or parts_told(event, one.text) >= _SURELY)
        and not (is_lead and (is_long_ago(one) or is_detail(one.text, page.title)))
        and (takes_any or is_lead or (_says_much(one) and not _is_to_come(one)))
        and (takes_any or not any(_follows(one, other) for other in defining))
    ][:25]

    def worth(one: Candidate) -> float:
        if not is_lead:
            return _worth(page, one, before)
        near = gist_share(event, one.text) ** 2 * (1 + parts_told(event, one.text))
        return _worth(page, one, before) * (_FAR + near)

    choices.sort(key=lambda one: -worth(one))
    for one in choices:
        limit = min(_LEAD_WORDS if is_lead else _BULLET_WORDS, left)
        made = page.take(one, limit) if limit >= _LEAST_ROOM else None
        if made is not None:
            return one, made
    return None


def _has_size(figures: Sequence[Quantity]) -> bool:
    """One of them is more than a handful."""
    return any(
        figure.kind is not QuantityKind.COUNT or abs(figure.value) > _HANDFUL
        for figure in figures
    )


def _is_news(one: Candidate) -> bool:
    is_told = _tells(one) and not one.is_background and not is_speech(one.text)
    # Who speaks has to be introduced first: that is no event.
    is_told = is_told and not introduces_speaker(one.text)
    fewest = _FEWEST_WITH_FIGURE if one.quantities else _FEWEST_WORDS
    return is_told and one.size >= fewest


def _says_much(one: Candidate) -> bool:
    """A figure, a name or a date: "A second cut is part of the order" has none."""
    return bool(one.quantities or one.names or one.has_date)


def _is_to_come(one: Candidate) -> bool:
    """A day to come, in no more words than What happens next may print: its place."""
    return one.size <= _OUTLOOK_WORDS and names_coming_day(one)


def _follows(one: Candidate, other: Candidate) -> bool:
    """Is the definition, goes on with what it began, or says the like of its thing."""
    if one.document.id == other.document.id:
        return 0 <= one.source.number - other.source.number <= 1
    clause, defining = parse(one.text), parse(other.text)
    return (
        clause is not None
        and defining is not None
        and clause.subject == defining.subject
        and clause.known.base in {"be", "have"}
        and not one.has_date
    )


def _worth(page: Page, one: Candidate, before: Sequence[Candidate]) -> float:
    """Importance, less what the bullets before have said."""
    said = max((cosine(one.vector, other.vector) for other in before), default=0.0)
    return page.worth(one) * (1 - 0.8 * said)
