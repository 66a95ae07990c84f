"""N1, N5: an age in years that a claim worked out of a year in its evidence.

"The 28-year-old firm" of "founded in 1998" in a report of 2026. A person's age needs
the day of birth, since one born in 1998 may be 27 or 28; and the report its own year.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from briefing.domain.claim import DateMention, Grain, Quantity
from briefing.logic.verification.placing import Place
from briefing.logic.verification.reading import Kind, Mention, Passage, Token, stem
from briefing.logic.verification.stated_days import in_words, stated_day

_BORN = "born"
_BEGUN = frozenset(
    stem(word)
    for word in "founded established created started opened launched built formed "
    "incorporated begun set since".split()
)
# From the verb to its date, and from an age to who has it.
_REACH = 5
_FOR = frozenset("for after over".split())


def explain_age(place: Place, quantity: Quantity, evidence: Passage) -> str | None:
    """How the claim's number of years at `place` comes out as an age, or None."""
    if quantity.unit != "year" or quantity.upper is not None or not _is_age(place):
        return None
    stated = stated_day(evidence.reading)
    if not stated.is_known:
        return None
    bearers = _around(place)
    for mention, began in _beginnings(evidence):
        ages = {_age(mention.thing, day, is_born=began.word == _BORN)
                for day in stated.days}  # fmt: skip
        if ages != {int(quantity.value)} or quantity.value != int(quantity.value):
            continue
        bearer = _bearer(evidence, began, mention)
        if bearer is not None and bearer.stem in bearers:
            day = in_words(stated.days[0])
            return f"“{quantity.text}” is counted from {mention.thing.text} to {day}."
    return None


def _is_age(place: Place) -> bool:
    tokens = place.passage.tokens
    own = tokens[place.first : place.last]
    before = tokens[max(0, place.first - 1) : place.first]
    if any(token.word == "old" for token in own):
        return True
    return any(token.word in _FOR or token.word == "aged" for token in before)


def _around(place: Place) -> frozenset[str]:
    """The stems of who may have the age: the words of the claim near it."""
    tokens = place.passage.tokens
    near = (
        *tokens[max(0, place.first - _REACH - 2) : place.first],
        *tokens[place.last : place.last + _REACH],
    )
    return frozenset(token.stem for token in near if token.kind is not Kind.STOP)


def _beginnings(evidence: Passage) -> Iterator[tuple[Mention[DateMention], Token]]:
    """Each date with the word of beginning that stands before it in its sentence."""
    tokens = evidence.reading.tokens
    for mention in evidence.dates:
        low = max(evidence.first, mention.first - _REACH)
        for index in range(mention.first - 1, low - 1, -1):
            token = tokens[index]
            gap = evidence.reading.text[token.end : tokens[index + 1].start]
            if set(gap) & set(".;:!?"):
                break
            if token.word == _BORN or token.stem in _BEGUN:
                yield mention, token
                break


def _age(day: DateMention, report: date, *, is_born: bool) -> int | None:
    window = day.window
    if window is None:
        return None
    years = report.year - window.start.year
    if day.grain is Grain.DAY and window.start == window.end:
        has_passed = (report.month, report.day) >= (
            window.start.month,
            window.start.day,
        )
        return years if has_passed else years - 1
    return years if day.grain is Grain.YEAR and not is_born else None


def _bearer(
    evidence: Passage, began: Token, mention: Mention[DateMention]
) -> Token | None:
    """What began: the last name before the verb in its sentence, else the last noun;
    the first behind the date where the sentence begins with the verb.
    """
    reading = evidence.reading
    row = next(s for s in reading.spans if s.start <= began.start < s.end)
    first, last = reading.token_range(row.start, row.end)
    before = [t for t in reading.tokens[first:last] if t.start < began.start]
    content = [t for t in before if t.kind in {Kind.NAME, Kind.WORD}]
    if content:
        names = [t for t in content if t.kind is Kind.NAME]
        return names[-1] if names else content[-1]
    behind = reading.tokens[mention.last : min(last, mention.last + _REACH)]
    return next((t for t in behind if t.kind in {Kind.NAME, Kind.WORD}), None)
