"""The event of a headline, and how much of it a sentence tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from briefing.domain.claim import Quantity
from briefing.logic.extractive.candidates import Candidate
from briefing.logic.extractive.clauses import parse
from briefing.logic.extractive.scoring import stem, stems
from briefing.logic.extractive.verbs import verb_of
from briefing.logic.names import read_names, same_name
from briefing.logic.rules.reading import is_minor, read
from briefing.logic.rules.repetition import is_among

_TO_COME = re.compile(r"^(?P<doer>[^,:]{3,60}?) to (?P<act>[a-z]+) (?P<rest>.+)$")
# Behind so many characters another clause's subject may stand.
_EARLY = 40
_AGREED = 2
_SCALES = frozenset(stem(word) for word in "thousand million billion trillion".split())
_HALF, _NEAR = 0.5, 0.35
# Chosen: what a text says of a day so long before its own is no news.
_LONG_AGO = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Event:
    """Who does what, and how much.

    Attributes:
        doer: as printed in front of the verb, "" if the headline has no plain clause.
        act: the verb's base form, or "".
        gist: stems of all its words; figures are a part of their own.
        rest: those behind the verb; of no plain clause, all of them.
        figures: that the headline gives.
    """

    doer: str
    act: str
    gist: frozenset[str]
    rest: frozenset[str]
    figures: tuple[Quantity, ...]


def event_of(title: str) -> Event:
    """The event that a headline tells; what stands in front of a colon is its label."""
    told = title.rpartition(": ")[2]
    gist = _word_stems(told)
    figures = tuple(one for one in read(told).quantities if not is_minor(one))
    if match := _TO_COME.match(told):
        found = verb_of(match.group("act"))
        if found is not None:
            rest = _word_stems(match.group("rest"))
            return Event(match.group("doer"), found[0].base, gist, rest, figures)
    clause = parse(told[:1].upper() + told[1:] + ".")
    if clause is None:
        return Event("", "", gist, gist, figures)
    rest = _word_stems(clause.rest)
    return Event(clause.subject, clause.known.base, gist, rest, figures)


def _word_stems(text: str) -> frozenset[str]:
    return frozenset(
        one for one in stems(text) if one[:1].isalpha() and one not in _SCALES
    )


def parts_told(event: Event, text: str) -> int:
    """How many of doer, act, object and measure the sentence shares, 0 to 4."""
    own = set(stems(text))
    figures = read(text).quantities
    acts = {found[0].base for word in read(text).words if (found := verb_of(word))}
    shared = (
        _has_doer(event, text, own),
        event.act != "" and event.act in acts,
        bool(event.rest) and len(event.rest & own) >= _HALF * len(event.rest),
        any(is_among(one, figures) for one in event.figures),
    )
    return sum(shared)


def tells(event: Event, text: str) -> bool:
    """The sentence shares at least two of doer, act, object and measure, or half of
    the words; a third of them where the headline is no plain clause.
    """
    if parts_told(event, text) >= _AGREED:
        return True
    if read_names(event.doer) and not _has_doer(event, text, set(stems(text))):
        # The words of a long name would make half of the headline.
        return False
    return gist_share(event, text) >= (_HALF if event.doer else _NEAR)


def gist_share(event: Event, text: str) -> float:
    """How much of the headline's words stands in the sentence, 0..1."""
    return len(event.gist & set(stems(text))) / len(event.gist) if event.gist else 0.0


def _has_doer(event: Event, text: str, own: set[str]) -> bool:
    """Who does it is what the sentence speaks of, not only a name in it."""
    if not event.doer:
        return False
    clause = parse(text)
    subject = (clause.subject if clause is not None else text)[:_EARLY]
    names = [one.text for one in read_names(event.doer)]
    if names:
        theirs = read(subject).names
        # "Aldermark" may be "The Central Bank of Aldermark" in the text.
        is_part = set(stems(event.doer)) <= set(stems(subject))
        return is_part or any(same_name(a, b) for a in names for b in theirs)
    wanted = _word_stems(event.doer)
    return bool(wanted) and len(wanted & own) > _HALF * len(wanted)


def is_long_ago(one: Candidate) -> bool:
    """All days that it names lie two months before its text: background, no event."""
    published = one.document.published_at
    windows = [mention.window for mention in read(one.text).dates if mention.window]
    return bool(published and windows) and all(
        published is not None and window.end < published.date() - _LONG_AGO
        for window in windows
    )


def in_a_row(text: str) -> frozenset[str]:
    """ "fourth" of "for the fourth week in a row", and of any other row in the text."""
    return frozenset(match.group("nth") for match in _ROW.finditer(text))


_ROW = re.compile(r"\b(?P<nth>[a-z]+th|second|third) (?:[a-z]+ ){1,2}in a row\b")
