"""Shorter forms of a sentence that say nothing that the long one did not say."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from briefing.domain.ranking import Window
from briefing.logic.dates import read_dates
from briefing.logic.extractive.clauses import parse
from briefing.logic.extractive.verbs import AUXILIARIES, verb_of
from briefing.logic.text import words

_PARENTHESIS = re.compile(r" \([^()]{1,80}\)")
_TAIL = re.compile(
    r", (?:which|who|where|whose|when|while|as|with|adding|saying|after|although|"
    r"though|despite|including|making|leaving|bringing|following|amid|before|"
    r"citing|meaning|prompting|and that|but)\b[^,“”\"]*(?:, [^,“”\"]*)?$"
)
_AND_TAIL = re.compile(r",? (?:and|but) (?P<verb>[a-z]+)\b(?P<rest>[^,“”\"]*)$")
_ASIDE = re.compile(
    r"(?<=[\w.”’\"]), (?:which|who|whose|where|a|an|the|based|known|once|including|"
    r"formerly|also|in part|however|meanwhile|too)\b[^,“”\"]{2,90},"
    # A relative clause behind the aside speaks of it and would hang on another noun.
    r"(?= (?!(?:which|who|whose|whom|where|when|that)\b)[a-z])"
)
_SPEAKER_TAIL = re.compile(
    r", (?:[\w.’' -]{2,60} (?:said|says|reports?|reported)|(?:said|says|reports?) "
    r"[\w.’' -]{2,60})(?: in a (?:statement|report|post|press release))?$"
)
_IN_A_STATEMENT = re.compile(
    r",? in (?:a|an|its|their) (?:\w+ )?(?:statement|interview|email|e-mail|blog post|"
    r"news release|press release|report|filing|post|tweet|news conference|"
    r"press conference)(?: (?:on|to) [A-Z]\w+)?(?=[ ,.]|$)"
)
_NUMBER = re.compile(r"\d")
# "On Monday, 25 May 2026": the date is enough where room is scarce.
_WEEKDAY = re.compile(
    r"(?<=\bon )(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, "
    r"(?P<date>\d{1,2} [A-Z][a-z]+ \d{4}\b)"
    # The comma that closes the date goes with the one that opened it.
    r"(?:,(?= (?:on|in|at|to|by|for|over|about|with|whether|that) ))?"
)


def tidy(text: str) -> str:
    """`text` without parentheses, doubled blanks and a leaning "also"; quotations are
    left alone.
    """
    if any(mark in text for mark in '“”"'):
        return text
    text = _SAID_IN.sub(r"\g<said>", text)
    if not _ONLY.search(text):
        text = _ALSO.sub(" ", text)
    return re.sub(r"\s+([,.;])", r"\1", " ".join(_PARENTHESIS.sub("", text).split()))


# In what it was said tells nothing where what was said follows.
_SAID_IN = re.compile(
    r"\b(?P<said>said|says|announced|added) in an? (?:written |joint |short )?"
    r"(?:statement|e-?mail|press release)(?= that\b)"
)
# It points to a sentence that is not there; "not only ... but also" is a pair.
_ALSO = re.compile(r"(?<=[\w’'”]) also (?=[a-z]+)")
_ONLY = re.compile(r"\b(?:only|just|but also)\b")


def without_told(text: str, is_told: Callable[[str], bool]) -> str:
    """`text` without an aside that the reader knows, if it is whole without it."""
    if any(mark in text for mark in '“”"'):
        return text
    for match in _ASIDE.finditer(text):
        if is_told(match.group().strip(", ")):
            shorter = text[: match.start()] + text[match.end() :]
            return shorter if _is_whole(shorter.rstrip(".")) else text
    return text


def without_told_tail(text: str, is_told: Callable[[str], bool]) -> str:
    """`text` without a last clause that tells again what the reader knows: "..., whose
    average was €61.20", "..., less than half of the total of 5.2 million".
    """
    if not text.endswith(".") or any(mark in text for mark in '“”"'):
        return text
    match = _TOLD_TAIL.search(text[:-1])
    if match is None or not is_told(match.group()) or _SPEAKER_TAIL.search(text[:-1]):
        return text
    shorter = text[: match.start()]
    return f"{shorter}." if _is_whole(shorter) else text


def without_told_days(text: str, told: Collection[Window]) -> str:
    """`text` without "in the week of 4–10 May 2026" where `told` has these days, if it
    is whole without; single days are no such window.
    """
    if any(mark in text for mark in '“”"'):
        return text
    for mention in read_dates(text, published=None):
        window = mention.window
        if window is None or window.start == window.end or window not in told:
            continue
        before = _WINDOWED.search(text[: mention.span.start])
        after = text[mention.span.end :]
        if before is None or not re.match(r"[.,]| (?:with|at|by|to|from)\b", after):
            continue
        shorter = text[: before.start()] + after
        if _is_whole(shorter.rstrip(".")):
            return shorter
    return text


_WINDOWED = re.compile(
    r" (?:(?:in|during|for) the(?: (?:week|month) of)?|in|for|during) $"
)
# No "which" behind a colon or "and": what it speaks of would be a guess.
_TOLD_TAIL = re.compile(
    r", (?:which|whose|while|after|compared|against|up|down|less|more|fewer|higher|"
    r"lower|larger|smaller|below|above|and (?:it|they))\b[^,;:“”\"]*$"
)


def shorten(text: str, limit: int, *, keeps_numbers: bool = True) -> str | None:
    """`text` in at most `limit` words by dropping whole clauses, None if impossible.

    A tail clause, an aside and "in a statement" go, longest reach last; what is left
    is a full sentence. With `keeps_numbers` a clause that holds a figure stays.
    """
    if len(words(text)) <= limit:
        return text
    text = _WEEKDAY.sub(r"\g<date>", text)
    if len(words(text)) <= limit:
        return text
    body, mark = text.rstrip("."), "."
    if text[-1:] not in {".", "”", '"'} or any(sign in text for sign in '“”"'):
        return None
    for pattern in (_PARENTHESIS, _IN_A_STATEMENT, _ASIDE, _TAIL, _AND_TAIL, _TAIL):
        body = _drop(body, pattern, keeps_numbers)
        if len(words(body)) <= limit and _is_whole(body):
            return body + mark
    cut = _cut_at_clause(text.rstrip("."), limit)
    return cut + mark if cut is not None else None


def _cut_at_clause(body: str, limit: int) -> str | None:
    """The longest beginning of at most `limit` words that is a sentence by itself."""
    for match in reversed(list(_CLAUSE.finditer(body))):
        kept = body[: match.start()]
        rest = body[match.end() :]
        if len(words(kept)) > limit or _CHANGES_SENSE.match(rest):
            continue
        if _AGAIN.search(kept) and _AFTER.match(body[match.start() :].lstrip(",")):
            continue
        if _LAST_OF_SEVERAL.match(rest) and _ANOTHER_ONE.search(kept):
            # "A receives this, B that, and C the other": each of them, or none.
            continue
        if parse(kept + ".") is not None and _is_whole(kept):
            return kept
    return None


# Where a further clause or phrase begins; what stands before is told without it.
_CLAUSE = re.compile(
    r", (?=(?:and|as|which|who|where|when|while|with|after|because|making|leaving|"
    r"in|on|at|according|down|up|compared|more|less|enough|the|[A-Z]|"
    r"(?:a|an|one|two|three|"
    r"hours|days|weeks|months|minutes|less than)\b[\w ]{0,20}"
    r"\b(?:after|before|than)\b))"
    r"| (?=(?:after|because|while|although|whereas|as [a-z]+ [a-z]+ed)\b)"
)
_CHANGES_SENSE = re.compile(
    r"(?:and|as|which) (?:\w+ ){0,2}(?:not|never|no)\b|(?:if|unless|except|but)\b|"
    r"[A-Z][\w’'-]*(?: [\w’'-]+)?(?:,| and )"
)


_LAST_OF_SEVERAL = re.compile(r"and (?:the )?[A-Z]")
_ANOTHER_ONE = re.compile(r", (?:the )?[A-Z]")


def without_tail(text: str, limit: int) -> str | None:
    """`shorten` that may give up figures of side clauses as well."""
    return shorten(text, limit) or shorten(text, limit, keeps_numbers=False)


def _drop(body: str, pattern: re.Pattern[str], keeps_numbers: bool) -> str:
    match = pattern.search(body)
    if match is None or (keeps_numbers and _NUMBER.search(match.group())):
        return body
    if pattern is _AND_TAIL and verb_of(match.group("verb")) is None:
        return body
    if _SPEAKER_TAIL.search(match.group()):
        return body
    if _AGAIN.search(body) and _AFTER.match(match.group()):
        return body
    shorter = (body[: match.start()] + body[match.end() :]).rstrip(" ,;")
    return shorter if _is_whole(shorter) else body


# "Could again be read, after a failure had ...": again after what?
_AGAIN = re.compile(r"\b(?:again|resumed?|restored?|back to work|reopen(?:ed|s)?)\b")
_AFTER = re.compile(r",? (?:after|following)\b")


def _is_whole(body: str) -> bool:
    """A subject and a verb, five words at least, no loose end."""
    found = body.split()
    if len(found) < 5 or found[-1].lower() in _LOOSE_ENDS:
        return False
    if re.search(r", [\w’'-]+(?: [\w’'-]+){0,2}$", body):
        # "images, videos": the end of a list was cut off.
        return False
    # "after learning that another client": the clause has lost its verb.
    inner = _LAST_CLAUSE.search(body)
    if inner is not None and not _has_verb(inner.group("rest").split()):
        return False
    return parse(body + ".") is not None or _has_verb(found[1:])


_LAST_CLAUSE = re.compile(
    r"\b(?:that|because|whether|if|although) (?P<rest>(?:[\w’'.-]+ ?){1,6})$"
)


def _has_verb(found: Sequence[str]) -> bool:
    return any(
        word in AUXILIARIES or verb_of(word) is not None
        for word in (token.strip(",;") for token in found)
    )


_LOOSE_ENDS = frozenset(
    "the a an of to in on at by for with from and or but that which who as is are was "
    "were be been has have had will would could not than said says its their".split()
)


def without_asides(text: str) -> str:
    """`text` without its relative clauses and appositions, if it is whole without."""
    if any(mark in text for mark in '“”"'):
        return text
    shorter = _ASIDE.sub("", _PARENTHESIS.sub("", text))
    return shorter if _is_whole(shorter.rstrip(".")) else text


def without_speaker(text: str) -> str:
    """`text` without a closing ", X said", for a heading only."""
    return _SPEAKER_TAIL.sub("", text.rstrip("."))
