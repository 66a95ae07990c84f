"""C3: who did it and to whom it was done are not exchanged, active or passive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.logic.names import Name, same_name
from briefing.logic.verification.alignment import are_synonyms
from briefing.logic.verification.findings import Finding, refuted
from briefing.logic.verification.reading import Kind, Mention, Passage, Token, stem
from briefing.logic.verification.search import Evidence

# Between a verb and the name it acts on: "bought its smaller rival, the map maker, X".
_MOST_BETWEEN = 5
_BE = frozenset("is are was were be been being".split())
_HELPERS = _BE | frozenset(
    "has have had will would may might could should can to not also then later soon "
    "now finally already reportedly just".split()
)
_PREPOSITIONS = frozenset(
    "to from with against over for at on of in into by behind ahead after".split()
)
# What two do together has no roles to exchange.
_MUTUAL = frozenset(
    stem(word)
    for word in "meet marry face play merge draw fight talk speak agree join share "
    "compete partner sign clash date divorce border".split()
)


@dataclass(frozen=True, slots=True)
class Act:
    """One name does something to another.

    Attributes:
        doer: who does it.
        verb: stem of what is done.
        link: preposition behind the verb, "" if there is none or only "by".
        target: to whom.
        words: from the first name to the second, as printed.
    """

    doer: str
    verb: str
    link: str
    target: str
    words: str


def check_roles(claim: Passage, evidence: Evidence) -> Finding | None:
    """The first act whose doer and target the evidence has the other way, or None."""
    told = [
        (number, act)
        for number, passage in enumerate(evidence.passages)
        for act in acts(passage)
    ]
    for act in acts(claim):
        if any(_is_same(act, other) for _, other in told):
            continue
        for number, other in told:
            if _is_turned(act, other):
                reason = (
                    f"In the cited text it is the other way round: “{other.words}”."
                )
                return refuted("C3", reason, number)
    return None


def confirms(claim: Passage, passage: Passage, left: str, right: str) -> bool:
    """Whether the passage holds an act of the claim between two names as it stands."""
    told = list(acts(passage))
    return any(
        _is_same(act, other)
        for act in acts(claim)
        if {act.doer, act.target} == {left, right}
        for other in told
    )


def acts(passage: Passage) -> Iterator[Act]:
    """Each "A bought B", "A lost to B" and "B was bought by A" of a text, in order."""
    tokens = passage.tokens
    for left in passage.names:
        first = left.last - passage.first
        verb = first
        is_passive = False
        while verb < len(tokens) and _may_help(tokens[verb]):
            is_passive = tokens[verb].word in _BE
            verb += 1
        if verb >= len(tokens) or tokens[verb].kind is not Kind.WORD:
            continue
        right = _next_name(passage, verb + 1)
        if right is None or _is_broken(passage, first, right.first - passage.first):
            continue
        link = tokens[verb + 1].word if verb + 1 < len(tokens) else ""
        link = link if link in _PREPOSITIONS else ""
        words = passage.reading.text[left.thing.span.start : right.thing.span.end]
        names = (left.thing.text, right.thing.text)
        if link == "by":
            if not is_passive:
                continue
            names, link = (names[1], names[0]), ""
        elif is_passive:
            continue
        yield Act(names[0], tokens[verb].stem, link, names[1], " ".join(words.split()))


def _next_name(passage: Passage, place: int) -> Mention[Name] | None:
    for mention in passage.names:
        if mention.first - passage.first >= place:
            near = mention.first - passage.first - place <= _MOST_BETWEEN
            return mention if near else None
    return None


def _is_broken(passage: Passage, first: int, last: int) -> bool:
    """Punctuation stands between: the two names are of different clauses."""
    start, end = passage.tokens[first - 1].end, passage.tokens[last].start
    gap = passage.reading.text[start:end].removeprefix("’s").removeprefix("'s")
    return any(mark in gap for mark in ',;:.!?()“”"—–') or "'s" in gap or "’s" in gap


def _may_help(token: Token) -> bool:
    return token.word in _HELPERS or (
        token.word.endswith("ly") and token.kind is Kind.WORD
    )


def _does_alike(act: Act, other: Act) -> bool:
    is_one = act.verb == other.verb or are_synonyms(act.verb, other.verb)
    return is_one and act.link == other.link


def _is_same(act: Act, other: Act) -> bool:
    return (
        _does_alike(act, other)
        and same_name(act.doer, other.doer)
        and same_name(act.target, other.target)
    )


def _is_turned(act: Act, other: Act) -> bool:
    return (
        act.verb not in _MUTUAL
        and _does_alike(act, other)
        and same_name(act.doer, other.target)
        and same_name(act.target, other.doer)
        and not same_name(act.doer, act.target)
    )
