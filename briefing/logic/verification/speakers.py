"""C3: whom the claim has saying something, the evidence has saying it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.logic.names import same_name
from briefing.logic.verification.findings import Finding, refuted, unproven
from briefing.logic.verification.reading import Kind, Passage, Reading, stem
from briefing.logic.verification.search import Evidence

SAYS = frozenset(
    stem(word)
    for word in "say tell add claim announce state argue insist warn confirm deny note "
    "declare explain write tweet admit stress".split()
)
# Any of these in the text and somebody may be heard in it.
_HEARD = SAYS | frozenset(
    stem(word)
    for word in "report statement interview letter spokesman spokeswoman spokesperson "
    "call describe predict expect estimate believe think plan want promise agree ask "
    "reveal disclose publish show find suggest accuse blame praise criticise post "
    "comment speak talk quote cite testify according hope urge survey study".split()
)
# What nearly any speaker may be called in other words.
_ANYBODY = frozenset(
    stem(word)
    for word in "official authority company firm group agency organisation government "
    "organization administration man woman people leader boss chief head executive "
    "president director manager lawyer attorney police officer source expert analyst "
    "researcher scientist author writer reporter journalist critic family resident "
    "witness victim maker giant state country nation".split()
)
_HELPERS = frozenset("has have had also later earlier then was is and who".split())
_CLOSING = re.compile(r"[,;:.!?—–\"“”’']")
_QUOTED = re.compile('["“”]')
# Before a speaker's verb, or behind an inverted one, so many words may describe him.
_REACH = 12
# A sentence that holds this share of what is said is where it is said.
_SAME_SAYING = 0.6


@dataclass(frozen=True, slots=True)
class Saying:
    """Somebody says something.

    Attributes:
        names: in the words that name the speaker; empty for "he" or "the firm".
        first: index in the reading's tokens where these words begin.
        last: index after them.
    """

    names: tuple[str, ...]
    first: int
    last: int


def check_speakers(claim: Passage, evidence: Evidence) -> Finding | None:
    """The first named speaker whom the evidence does not have saying it, or None.

    Where the evidence has "he" or "the firm" speaking, that may be the named one.
    """
    for saying in _sayings(claim):
        if saying.names and not _is_publisher(saying, evidence):
            finding = _check(claim, saying, evidence)
            if finding is not None:
                return finding
    return None


def _check(claim: Passage, saying: Saying, evidence: Evidence) -> Finding | None:
    rows = [*_rows(evidence.passages), *_rows(evidence.context)]
    heard = [one for row in rows for one in _sayings(row)]
    name = saying.names[-1]
    if not heard:
        texts = (*evidence.passages, *evidence.context)
        if any(_is_heard(passage) for passage in texts):
            return None
        return unproven(
            "C3", f"In the cited text nobody is heard: “{name}” says nothing."
        )
    wanted = frozenset(
        token.stem
        for place, token in enumerate(claim.tokens, start=claim.first)
        if token.kind is not Kind.STOP
        and token.stem not in SAYS
        and not saying.first <= place < saying.last
    )
    by_another = _said_by_another(saying, wanted, evidence)
    if by_another is not None or any(_is_one(saying, other) for other in heard):
        return by_another
    if any(_speaks(name, row) for row in rows):
        return None
    if any(not other.names for other in heard):
        return _of_another_kind(claim, saying, evidence)
    return refuted("C3", f"In the cited text {heard[0].names[-1]} says it, not {name}.")


def _of_another_kind(
    claim: Passage, saying: Saying, evidence: Evidence
) -> Finding | None:
    """ "Aldermark's competition office" where only "importers" are heard, and nobody
    speaks of an office: that is somebody else.
    """
    tokens = claim.reading.tokens[saying.first : saying.last]
    kinds = [one for one in tokens if one.kind is Kind.WORD]
    known = frozenset[str]().union(
        *(passage.reading.stems for passage in (*evidence.passages, *evidence.context))
    )
    if not kinds or any(one.stem in known | _HEARD | _ANYBODY for one in kinds):
        return None
    phrase = claim.reading.text[tokens[0].start : tokens[-1].end]
    return unproven("C3", f"In the cited text no “{phrase}” is heard.")


def _said_by_another(
    saying: Saying, wanted: frozenset[str], evidence: Evidence
) -> Finding | None:
    """Both are heard, and the sentence that holds the words is another's."""
    for number, passage in enumerate(evidence.passages):
        for row in _rows((passage,)):
            share = len(wanted & row.stems) / len(wanted) if wanted else 0.0
            heard = list(_sayings(row))
            if share < _SAME_SAYING or not heard:
                continue
            if any(not one.names or _is_one(saying, one) for one in heard):
                return None
            other, name = heard[0].names[-1], saying.names[-1]
            reason = f"In the cited text {other} says it, not {name}."
            return refuted("C3", reason, number)
    return None


def _is_one(saying: Saying, other: Saying) -> bool:
    return any(same_name(a, b) for a in saying.names for b in other.names)


def _is_publisher(saying: Saying, evidence: Evidence) -> bool:
    return any(
        same_name(name, passage.reading.publisher)
        for passage in evidence.passages
        for name in saying.names
    )


def _speaks(name: str, row: Passage) -> bool:
    """The sentence names him and holds some word of speech ("X called for ...")."""
    is_named = any(same_name(name, mention.thing.text) for mention in row.names)
    return is_named and not _HEARD.isdisjoint(row.stems - SAYS)


def _is_heard(passage: Passage) -> bool:
    if _QUOTED.search(passage.text):
        return True
    return any(token.stem in _HEARD for token in passage.tokens)


def _rows(passages: tuple[Passage, ...]) -> Iterator[Passage]:
    """Each sentence of the passages, as far as it stands in them."""
    for passage in passages:
        for span in passage.reading.spans:
            start, end = max(span.start, passage.start), min(span.end, passage.end)
            if start < end:
                yield Passage(passage.reading, start, end)


def _sayings(row: Passage) -> Iterator[Saying]:
    tokens, reading = row.reading.tokens, row.reading
    for place in range(row.first, row.last):
        token = tokens[place]
        if token.kind is Kind.NAME:
            continue
        if token.word == "to" and place and tokens[place - 1].word == "according":
            yield _behind(reading, place + 1, row)
        elif token.stem in SAYS:
            found = _before(reading, place, row)
            if found is None and _is_inverted(reading, place):
                found = _behind(reading, place + 1, row)
            if found is not None:
                yield found


def _before(reading: Reading, verb: int, row: Passage) -> Saying | None:
    """The words in front of a verb back to a mark; an apposition between commas counts
    with the name that it explains. None if a mark stands right before the verb.
    """
    last = verb
    while last > row.first and _may_help(reading, last - 1):
        last -= 1
    last = _before_the_day(reading, last, row)
    if last > row.first and _mark(reading, last) == ",":
        comma = _comma_before(reading, last - 1, row)
        if comma is None:
            return None
        if reading.tokens[comma].kind is Kind.NAME:
            # "The mayor, X, said".
            first = comma
        elif reading.tokens[comma - 1].kind is Kind.NAME:
            first = comma - 1
        else:
            return None
    elif last == row.first or _mark(reading, last):
        return None
    else:
        first = last - 1
    while first > row.first and last - first < _REACH and not _mark(reading, first):
        first -= 1
    return Saying(_names(reading, first, last), first, last)


def _before_the_day(reading: Reading, last: int, row: Passage) -> int:
    """Index behind the name in front of a day: "X on Sunday, 28 January, said"."""
    first = last
    while first > row.first and reading.tokens[first - 1].kind is Kind.DATE:
        first -= 1
    if first < last and first > row.first and reading.tokens[first - 1].word == "on":
        first -= 1
    is_named = (
        first > row.first
        and reading.tokens[first - 1].kind is Kind.NAME
        and not _mark(reading, first)
    )
    return first if is_named else last


def _comma_before(reading: Reading, last: int, row: Passage) -> int | None:
    """Index of the token behind the last comma before `last`, near by."""
    for place in range(last, max(row.first, last - _REACH), -1):
        if _mark(reading, place) == ",":
            return place
    return None


def _mark(reading: Reading, place: int) -> str:
    """What closes the words in front of a token: a mark, or "" if they run on."""
    gap = reading.text[reading.tokens[place - 1].end : reading.tokens[place].start]
    found = _CLOSING.search(gap)
    # "Brink's plan": a mark of possession closes nothing, nor does an initial's dot;
    # behind a digit it stands by itself ("KTAR9's").
    is_own = gap in {"’", "'"} and reading.tokens[place].word == "s"
    if found is None or is_own or gap.strip() in {"’s", "'s", "."}:
        return ""
    return gap.strip()


def _behind(reading: Reading, first: int, row: Passage) -> Saying:
    """The words behind an inverted verb or "according to" up to the clause's end."""
    last = first
    while last < min(row.last, first + _REACH):
        if last > first and _mark(reading, last):
            break
        last += 1
    return Saying(_names(reading, first, last), first, last)


def _may_help(reading: Reading, place: int) -> bool:
    token = reading.tokens[place]
    if _mark(reading, place + 1):
        return False
    return token.word in _HELPERS or (
        token.word.endswith("ly") and token.kind is Kind.WORD
    )


def _is_inverted(reading: Reading, verb: int) -> bool:
    """A comma or a closing mark stands right before the verb: “...,” said X."""
    return verb > 0 and bool(_mark(reading, verb))


def _names(reading: Reading, first: int, last: int) -> tuple[str, ...]:
    return tuple(m.thing.text for m in reading.names if first <= m.first < last)
