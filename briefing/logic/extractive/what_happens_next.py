"""What happens next: what sources say is planned or due, with its day or trigger."""

from __future__ import annotations

import re
from datetime import date

from briefing.domain.claim import Claim, Grain
from briefing.logic.extractive.candidates import Candidate
from briefing.logic.extractive.page import Page, is_speech
from briefing.logic.extractive.roles import looks_ahead
from briefing.logic.extractive.scoring import stems
from briefing.logic.rules.reading import read

_WILL = re.compile(r"\b(?:will|is due|are due|is to|are to|is expected|are expected)\b")
_TRIGGER = re.compile(
    r"\b(?:if|once|until|unless|as soon as|pending|subject to|deadline|when)\b"
)


def what_happens_next(
    page: Page, edition_date: date, limit: int, max_items: int
) -> tuple[Claim, ...]:
    """Sentences that look ahead of `edition_date`, the nearest day first."""
    made: list[tuple[date, int, Claim]] = []
    page.ledger.kept.clear()
    for number, one in enumerate(list(page.free())):
        if len(made) >= max_items:
            break
        day = _outlook_day(one, edition_date)
        if day is None:
            continue
        if any(_is_one_appointment(day, one.text, *other) for other in made):
            continue
        claim = page.take(
            one, limit, checks=lambda text: _keeps_point(text, edition_date)
        )
        if claim is not None:
            made.append((day, number, claim))
    return tuple(claim for _, _, claim in sorted(made, key=lambda one: one[:2]))


def keep_room(page: Page, edition_date: date) -> None:
    """Keeps the words of the best outlook out of what Why it matters may lend of its
    source, so that a brief of few sources does not end before what comes next.
    """
    for one in page.free():
        if _outlook_day(one, edition_date) is not None:
            page.ledger.kept[one.document.id] = one.size
            return


def _outlook_day(one: Candidate, edition_date: date) -> date | None:
    """The day of a sentence that looks ahead of `edition_date`, None for any other."""
    day = None if is_speech(one.text) else _day(one, edition_date)
    is_ahead = looks_ahead(one) or names_day_after(one, edition_date)
    return day if is_ahead else None


def names_day_after(one: Candidate, edition_date: date) -> bool:
    """A single day after `edition_date` makes an outlook of a plain sentence."""
    return any(
        mention.grain is Grain.DAY
        and mention.window is not None
        and mention.window.start > edition_date
        for mention in read(one.text).dates
    )


def _is_one_appointment(
    day: date, text: str, other_day: date, _: int, other: Claim
) -> bool:
    """On the same day for the same thing: "the regulator's ruling is due on ..."."""
    shared = set(stems(text)) & set(stems(other.text))
    dates = " ".join(mention.text for mention in read(text).dates)
    return day == other_day != date.max and bool(shared - set(stems(dates)))


def is_outlook(one: Candidate) -> bool:
    """Speaks of days after its own text: newer texts may have changed that."""
    return looks_ahead(one) or names_coming_day(one)


def names_coming_day(one: Candidate) -> bool:
    """A single day behind that of its text: it has a section of its own."""
    published = one.document.published_at
    return published is not None and names_day_after(one, published.date())


def is_past(one: Candidate, edition_date: date) -> bool:
    """An outlook on days that are over: "will vote on Monday", read on Tuesday; "will
    use what was new in 2011" looks back with that.
    """
    will = _WILL.search(one.text)
    if will is None:
        return False
    published = one.document.published_at
    ahead = [
        mention.window
        for mention in read(one.text).dates
        if mention.window
        and mention.span.start > will.end()
        and not (published and mention.window.end < published.date())
    ]
    return bool(ahead) and all(window.end < edition_date for window in ahead)


def _day(one: Candidate, edition_date: date) -> date | None:
    """The first day still ahead; the far future for a trigger; None if all is past."""
    windows = [mention.window for mention in read(one.text).dates if mention.window]
    ahead = [window.end for window in windows if window.end >= edition_date]
    if ahead:
        return min(ahead)
    if windows or not _TRIGGER.search(one.text):
        return None
    return date.max


def _keeps_point(text: str, edition_date: date) -> bool:
    ahead = any(
        mention.window is not None and mention.window.end >= edition_date
        for mention in read(text).dates
    )
    return ahead or bool(_TRIGGER.search(text))
