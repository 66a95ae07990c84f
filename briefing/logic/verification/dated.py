"""D1, D2: every date of the claim is a date of the evidence."""

from __future__ import annotations

import re
from itertools import islice

from briefing.domain.claim import DateMention
from briefing.logic.verification.findings import Finding, refuted, unproven
from briefing.logic.verification.placing import fit, place_of
from briefing.logic.verification.reading import Passage, date_key, date_parts
from briefing.logic.verification.search import Evidence
from briefing.logic.verification.worked_days import worked_days

# "A week earlier", "the week before" and "the previous week" are one.
_STEP_BACK = re.compile(
    r"(?:an?|one)\s(\w+)\s(?:earlier|before)|(?:previous|prior|preceding)\s(\w+)",
    re.IGNORECASE,
)
_ONE_STEP = re.compile(
    r"(?:an?\s|one\s|the\s)?(week|month|year|decade|(?:12|twelve) months|"
    r"(?:7|seven) days)\s(?:ago|earlier|before)"
    r"|(?:the\s)?(?:last|previous|prior|preceding|past)\s(week|month|year|decade)",
    re.IGNORECASE,
)
_WHOLE = {
    "12 months": "year", "twelve months": "year", "7 days": "week",
    "seven days": "week",
}  # fmt: skip
_HOURS = (
    re.compile(r"\s*(?:night|evening|late)\b", re.IGNORECASE),
    re.compile(r"\s*(?:morning|early)\b", re.IGNORECASE),
)
_ONE_BACK = (
    r"\b(?:(?:an?|one|the)\s{0}\s(?:earlier|before|ago)"
    r"|(?:previous|prior|preceding|last)\s{0})"
)
# As `date_key` cuts them.
_WEEKEND_DAYS = frozenset({"sat", "sun"})
_MARGIN = 0.25
_GOOD_FIT = 0.45


def check_dates(claim: Passage, evidence: Evidence) -> Finding | None:
    """The first date that the evidence does not give, or None."""
    pool = [
        (number, place_of(passage, mention), mention.thing)
        for number, passage in enumerate(evidence.passages)
        for mention in passage.dates
    ]
    around = [m.thing for passage in evidence.context for m in passage.dates]
    for mention in claim.dates:
        day = mention.thing
        fits = [(fit(place_of(claim, mention), found[1]), found) for found in pool]
        own = [value for value, found in fits if means(day, found[2])]
        others = [
            (value, found)
            for value, found in fits
            if not means(day, found[2])
            and found[2].grain is day.grain
            and not means(found[2], day)
            and not any(means(m.thing, found[2]) for m in claim.dates)
        ]
        if not own:
            place = place_of(claim, mention)
            ways = [one for one in worked_days(evidence) if one.gives(day)]
            own = [fit(place, one.place) for one in ways]
            others = [
                (value, found)
                for value, found in others
                if not any(one.is_counted_from(found[2]) for one in ways)
            ]
        value, rival = max(others, key=lambda one: one[0], default=(0.0, None))
        best = max(own, default=0.0)
        if rival is not None and value > _GOOD_FIT and value > best + _MARGIN:
            reason = f"The cited text says {rival[2].text}, not {day.text}."
            return refuted("D1", reason, rival[0])
        if own or _is_printed(day, evidence) or any(means(day, m) for m in around):
            continue
        return unproven("D1", f"The cited text does not give the date {day.text}.")
    return None


def explain_dates(claim: Passage, evidence: Evidence) -> tuple[str, ...]:
    """How each date was worked out that the evidence has in no form of its own."""
    held = [m.thing for passage in evidence.passages for m in passage.dates]
    found: list[str] = []
    for day in (mention.thing for mention in claim.dates):
        if any(means(day, one) for one in held) or _is_printed(day, evidence):
            continue
        ways = (one for one in worked_days(evidence) if one.gives(day))
        found.extend(one.explain(day) for one in islice(ways, 1))
    return tuple(found)


def means(claim: DateMention, evidence: DateMention) -> bool:
    """True if the evidence's date is the claim's, or a part of it (August 2013 for
    2013); a claim is never more exact than its evidence.
    """
    mine, theirs = date_key(claim).split(), date_key(evidence).split()
    if mine == theirs:
        return True
    if _step_back(claim) is not None and _step_back(claim) == _step_back(evidence):
        return True
    if _is_weekend(claim) and set(theirs) & _WEEKEND_DAYS:
        return True
    if claim.window is not None and evidence.window is not None:
        return (
            claim.window.start <= evidence.window.start
            and evidence.window.end <= claim.window.end
        )
    # "Monday" of "Monday, 6 March" too.
    return bool(mine) and set(mine) <= {*theirs, *date_parts(evidence)}


def _step_back(day: DateMention) -> str | None:
    """The unit of "a week ago", "a week earlier", "last week", "12 months ago"."""
    match = _ONE_STEP.fullmatch(day.text)
    if match is None:
        return None
    unit = str(match[1] or match[2]).lower()
    return _WHOLE.get(" ".join(unit.split()), unit)


def _is_weekend(day: DateMention) -> bool:
    return "weekend" in day.text.lower()


def _is_printed(day: DateMention, evidence: Evidence) -> bool:
    step = _STEP_BACK.fullmatch(day.text)
    if step:
        unit = next(filter(None, step.groups()))
        other = re.compile(rf"{_ONE_BACK.format(unit)}\b", re.IGNORECASE)
        return any(other.search(p.text) for p in evidence.passages)
    for hours in _HOURS:
        bare = hours.sub("", day.text).strip()
        if (
            bare
            and bare != day.text
            and any(
                hours.search(p.text) and bare.lower() in p.text.lower()
                for p in evidence.passages
            )
        ):
            # "Tuesday evening" of "late on Tuesday".
            return True
    if _is_weekend(day) and any("weekend" in p.text.lower() for p in evidence.passages):
        return True
    short = _short_form(day)
    if short is not None and any(short.search(p.text) for p in evidence.passages):
        return True
    return any(day.text.lower() in p.text.lower() for p in evidence.passages)


def _short_form(day: DateMention) -> re.Pattern[str] | None:
    """ "’95" of 1995; "’90s", "the 90s" and "nineties" of the 1990s."""
    match = _YEARS.fullmatch(day.text)
    if match is None:
        return None
    if not match["decade"]:
        return re.compile(rf"[’‘']{match['year']}(?!\w)")
    word = _DECADES.get(match["year"])
    told = rf"|\b{word}\b" if word else ""
    return re.compile(rf"(?:[’‘']|\bthe )\s?{match['year']}s\b{told}", re.IGNORECASE)


_YEARS = re.compile(r"(?:the )?(?:19|20)(?P<year>\d\d)(?P<decade>s?)")
_DECADES = {
    "20": "twenties", "30": "thirties", "40": "forties", "50": "fifties",
    "60": "sixties", "70": "seventies", "80": "eighties", "90": "nineties",
}  # fmt: skip
