"""Who does what to whom in a text, told by a verb or by a noun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.logic.names import Name
from briefing.logic.verification.reading import Kind, Mention, Passage, Token, stem

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
_BEAT, _LOSE = stem("beat"), stem("lose")
# "B's 4-1 defeat at A": the other one did it.
_LOSSES = frozenset(stem(word) for word in "defeat loss".split())
_OF_A_LOSS = frozenset("at to by against".split())
# "A's win over B": its own one did it; the verb that says the same.
_DEEDS = {
    stem(noun): (stem(verb), frozenset(links.split()))
    for noun, verb, links in (
        ("win", "beat", "over against at"),
        ("victory", "beat", "over against at"),
        ("triumph", "beat", "over against at"),
        ("takeover", "buy", "of"),
        ("acquisition", "buy", "of"),
        ("purchase", "buy", "of"),
    )
}
# "Liverpool's comfortable 4-1 defeat": so many words may describe it.
_DESCRIBED = 4


@dataclass(frozen=True, slots=True)
class Act:
    """One name does something to another.

    Attributes:
        doer: who does it.
        verb: stem of what is done; "beat" of who lost to the doer.
        root: stem of the word that tells it ("defeat", "lose").
        link: preposition behind the verb, "" if there is none or only "by".
        target: to whom.
        words: from the first name to the second, as printed.
    """

    doer: str
    verb: str
    root: str
    link: str
    target: str
    words: str


def acts(passage: Passage) -> Iterator[Act]:
    """Each "A bought B", "A lost to B" and "B was bought by A" of a text, in order."""
    tokens = passage.tokens
    for left in passage.names:
        first = left.last - passage.first
        if _owns(passage, first - 1):
            continue
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
        link = _link(tokens, verb)
        words = passage.reading.text[left.thing.span.start : right.thing.span.end]
        names = (left.thing.text, right.thing.text)
        if link == "by":
            if not is_passive:
                continue
            names, link = (names[1], names[0]), ""
        elif is_passive:
            continue
        root = does = tokens[verb].stem
        if root == _LOSE and link in _OF_A_LOSS:
            names, does, link = (names[1], names[0]), _BEAT, ""
        yield Act(names[0], does, root, link, names[1], " ".join(words.split()))
    yield from _told_by_nouns(passage)


def _link(tokens: tuple[Token, ...], verb: int) -> str:
    """The preposition behind the verb, a score between them aside ("lost 4-1 to")."""
    place = verb + 1
    while place < len(tokens) and tokens[place].kind is Kind.NUMBER:
        place += 1
    is_near = place == verb + 1 or tokens[verb].stem == _LOSE
    link = tokens[place].word if place < len(tokens) and is_near else ""
    return link if link in _PREPOSITIONS else ""


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


def _told_by_nouns(passage: Passage) -> Iterator[Act]:
    """ "B's 4-1 defeat at A" and "A's win over B": A beat B."""
    for left in passage.names:
        first = left.last - passage.first
        if not _owns(passage, first - 1):
            continue
        for noun in range(first, min(first + _DESCRIBED, len(passage.tokens) - 2)):
            act = _of_noun(passage, left, noun)
            if act is not None:
                yield act
                break


def _owns(passage: Passage, place: int) -> bool:
    """The token is of somebody who has something: "Norvale's"."""
    token = passage.tokens[place]
    printed = passage.reading.text[token.start : token.end + 1]
    return printed.rstrip().endswith(("’s", "'s", "s’", "s'"))


def _of_noun(passage: Passage, left: Mention[Name], noun: int) -> Act | None:
    """The act that the token tells with the name right behind its preposition."""
    tokens = passage.tokens
    link = tokens[noun + 1].word
    right = _next_name(passage, noun + 2)
    if right is None or right.first - passage.first > noun + 3:
        return None
    start, end = left.thing.span.start, right.thing.span.end
    words = " ".join(passage.reading.text[start:end].split())
    if any(mark in words for mark in ",;:!?"):
        return None
    names = (left.thing.text, right.thing.text)
    root = tokens[noun].stem
    if root in _LOSSES and link in _OF_A_LOSS:
        return Act(names[1], _BEAT, root, "", names[0], words)
    verb, links = _DEEDS.get(root, ("", frozenset()))
    return Act(names[0], verb, root, "", names[1], words) if link in links else None
