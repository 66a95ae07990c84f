"""Whether the words around a date speak of what was or of what is to come."""

from __future__ import annotations

import re
from enum import Enum

_CLAUSE = re.compile(r"[;:.!?\n]\s|,\s(?:and|but|while)\s")
_LOOK = 160

# The verb nearest to the date decides. `either` leaves it open ("was due on Friday"),
# `plan` is the present tense of a timetable ("opens on Friday").
_TENSE = re.compile(
    r"(?P<either>\b(?:was|were|been)\s+(?:due|to|scheduled|slated|set|expected|planned"
    r"|supposed)\b(?:\s+to\b)?)"
    r"|(?P<future>\b(?:(?:will|won['’]t|shall|would|to)(?:\s+\w+ly)?\s+(?:be|have)"
    r"(?:\s+\w+(?:ed|en))?|will|won['’]t|shall|would|due|scheduled|slated|upcoming|next"
    r"|planned|going\s+to|set\s+to|(?:is|are)\s+to|expected\s+to|expects?|plans?\s+to"
    r"|hopes?\s+to|aims?\s+to|wants?\s+to|about\s+to|likely\s+to|forecast\s+to)\b"
    r"|['’]ll\b)"
    r"|(?P<plan>\b(?:begins|starts|opens|reopens|closes|ends|expires|resumes|meets"
    r"|convenes|publishes|decides|reports|pays|votes|comes?\s+into\s+force"
    r"|takes?\s+effect|goe?s?\s+to\s+the\s+polls)\b"
    r"|(?<!his\s)(?<!her\s)(?<!its\s)(?<!the\s)(?<!their\s)(?<!\ba\s)(?<!['’]s\s)"
    r"\b(?:begin|resume|return|start|expire)\b(?=\s+on\s*$)"
    r"|\b(?:is|are)(?=\s+(?:at\s+[\w:.]+(?:\s+[ap]\.?m\.?)?\s+)?on\s*$))"
    r"|\b(?P<past>said|told|was|were|had|did|rose|fell|went|came|began|became|made|took"
    r"|gave|got|saw|met|held|won|lost|beat|left|found|broke|struck|shot|ran|spoke|wrote"
    r"|sent|sold|bought|paid|led|set|put|cut|hit|grew|drew|sank|flew|\w{2,}ed)\b"
)
_INFINITIVE = re.compile(r"\bto\s+[a-z]{2,}\b")
_BEGINS_THEN = frozenset({"from", "by", "until", "till", "before"})
_SUBJECT = re.compile(
    r"['’]?s?\s+(?:was|were|said|showed|had|rose|fell|saw|went|came|[a-z]{2,}ed)\b"
)

_PREPOSITION = re.compile(
    r"(?:^|(?<=\W))(\w+)\s+(?:the\s+)?"
    r"(?:(?:early|late|mid|end\s+of|start\s+of|beginning\s+of|middle\s+of)[\s-]+)?$",
    re.IGNORECASE,
)
_AT = frozenset({"in", "on", "during"})
_AHEAD_AT = _AT | _BEGINS_THEN | {"at"}
_DELIVERED = re.compile(
    r"\b(?:deliver(?:y|ies|ed)|futures)\s+(?:in|for)\s+$", re.IGNORECASE
)
_DELIVERY = re.compile(r"\s+(?:deliver(?:y|ies)|futures|contracts?|options)\b")
# What is said, agreed or called may be of a day to come: "agreed to a summit in July".
_OF_OTHER_DAYS = frozenset(
    "said told announced agreed planned scheduled set called postponed delayed moved "
    "booked ordered promised pledged warned proposed wanted hoped forecast expected "
    "reported asked demanded invited advised confirmed predicted estimated".split()
)


class Sense(Enum):
    """Which way from the publication a date lies; EITHER may be both, UNTOLD is
    what no verb speaks of.
    """

    PAST = "past"
    AHEAD = "ahead"
    EITHER = "either"
    UNTOLD = "untold"


def of_clause(match: re.Match[str]) -> Sense:
    """The tense of the clause around a date.

    The last verb before the date decides, else the first one behind it: "said on Monday
    that it will" is past, "will vote on Monday" and "on Monday it will" are not.
    """
    before, after = _around(match)
    last = _last(before)
    if last is None:
        behind = _TENSE.search(after)
        return _sense(behind) if behind else _deadline(before)
    sense = _sense(last)
    if last.group("plan") and _SUBJECT.match(after):
        # "The votes on Tuesday were close."
        return Sense.PAST
    is_start = _preposition(before) in _BEGINS_THEN
    if sense is Sense.PAST and is_start and _INFINITIVE.search(before, last.end()):
        # "Answered with a call to stop work from Thursday."
        return Sense.AHEAD
    return sense


def of_date(match: re.Match[str]) -> Sense:
    """The tense that governs this very date: "since October", "will open in April".

    Stricter than `of_clause`: in "power for delivery in July rose" the verb says
    nothing of July.
    """
    before, after = _around(match)
    preposition = _preposition(before)
    if preposition == "since":
        return Sense.PAST
    if _DELIVERED.search(before) or _DELIVERY.match(after):
        return Sense.AHEAD
    last = _last(before)
    if last is None:
        return _of_opening(before, after, preposition)
    sense = _sense(last)
    if sense is Sense.AHEAD:
        return sense if preposition in _AHEAD_AT else Sense.UNTOLD
    if sense is Sense.PAST:
        between = before[last.end() :]
        is_there = preposition in _AT or not between.strip()
        is_open = last.group().lower() in _OF_OTHER_DAYS or _INFINITIVE.search(between)
        return Sense.PAST if is_there and not is_open else Sense.EITHER
    return sense


def _of_opening(before: str, after: str, preposition: str) -> Sense:
    behind = _TENSE.search(after)
    sense = _sense(behind) if behind else Sense.UNTOLD
    if sense is Sense.PAST:
        is_alone = len(before.split()) <= 1 and preposition in _AT
        return Sense.PAST if is_alone else Sense.EITHER
    if sense is Sense.UNTOLD:
        return _deadline(before)
    return sense if preposition in _AHEAD_AT else Sense.UNTOLD


def _deadline(before: str) -> Sense:
    is_deadline = _preposition(before) in {"by", "until", "till"}
    return Sense.AHEAD if is_deadline else Sense.UNTOLD


def _around(match: re.Match[str]) -> tuple[str, str]:
    """What stands before and behind the date in its own clause."""
    text = match.string
    before = text[max(0, match.start() - _LOOK) : match.start()]
    cuts = [found.end() for found in _CLAUSE.finditer(before)]
    after = text[match.end() : match.end() + _LOOK]
    stop = _CLAUSE.search(after)
    return before[cuts[-1] if cuts else 0 :], after[: stop.start()] if stop else after


def _last(before: str) -> re.Match[str] | None:
    return next(reversed(list(_TENSE.finditer(before))), None)


def _sense(verb: re.Match[str]) -> Sense:
    if verb.group("either"):
        return Sense.EITHER
    if verb.group("past"):
        return Sense.PAST
    return Sense.AHEAD


def _preposition(before: str) -> str:
    found = _PREPOSITION.search(before)
    return found.group(1).lower() if found else ""
