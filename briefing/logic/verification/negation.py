"""What a sentence denies: by "not" and "never", by a verb of refusing, by "un-"."""

from __future__ import annotations

from briefing.logic.verification.lexicon import (
    DENYING,
    NEGATORS,
    OPPOSITE_PAIRS,
    REVERSERS,
)
from briefing.logic.verification.reading import Kind, Token, stem

# From a negator to the word it denies, and from a word back to what may deny it.
_REACH = 4
_WIDE_REACH = 7
# Not "in-", "im-", "dis-": "prove" and "improve", "close" and "disclose" are no pairs.
_NOT = ("un", "ir", "il", "non")
_SHORTEST_STEM = 4
# "Not only", "no fewer than", "no later than" deny nothing.
_NO_DENIAL_BEFORE = frozenset(
    "only just merely fewer less later sooner least doubt wonder".split()
)
# What may stand between a negator and the word it denies.
_LIGHT = frozenset(
    "since until till even yet still ever again also so such more most much very any "
    "all quite really actually currently immediately longer only just be been being "
    "have has had to".split()
)

_RATES = frozenset("hourly daily weekly monthly quarterly yearly annual".split())
_REVERSERS = frozenset(stem(word) for word in REVERSERS)
_DENYING = frozenset(stem(word) for word in DENYING)


def _forms(word: str) -> frozenset[str]:
    """A word and its stem; not that of a rate: "monthly" is the reverse of "weekly",
    but "in recent weeks" does not deny "for a month".
    """
    return frozenset({word}) if word in _RATES else frozenset({word, stem(word)})


_OPPOSITES: dict[str, frozenset[str]] = {}
for _left, _right in OPPOSITE_PAIRS:
    for _a, _b in ((_left, _right), (_right, _left)):
        for _key in _forms(_a):
            _OPPOSITES[_key] = _OPPOSITES.get(_key, frozenset()) | _forms(_b)


def is_negator(token: Token) -> bool:
    """True for "not", "never", "isn't" and their kin."""
    return token.word in NEGATORS or token.word.endswith(("n't", "n’t"))


def is_denial(token: Token) -> bool:
    """True for a negator and for a word that denies what follows ("refused to")."""
    return is_negator(token) or token.stem in _REVERSERS


def tells_of_none(tokens: tuple[Token, ...]) -> bool:
    """True if any word of a text denies something, whatever its form: a negator, a
    verb of refusing or ending, "without"; "not only" denies nothing.
    """
    for index, token in enumerate(tokens):
        if token.stem in _DENYING or token.stem in _REVERSERS:
            return True
        if is_negator(token):
            following = tokens[index + 1 : index + 2]
            if not following or following[0].word not in _NO_DENIAL_BEFORE:
                return True
    return False


def are_opposites(left: Token, right: Token) -> bool:
    """True if the two words mean the reverse of each other in one place: a pair of the
    table, or one is the other with "un-" or its kin ("crewed", "uncrewed").
    """
    short, long = sorted((left.word, right.word), key=len)
    if len(short) > _SHORTEST_STEM and long in {f"{p}{short}" for p in _NOT}:
        return True
    for mine in {left.word, left.stem}:
        known = _OPPOSITES.get(mine)
        if known is not None and (right.word in known or right.stem in known):
            return left.stem != right.stem
    return False


def has_opposite(token: Token) -> bool:
    """True if the table of opposites knows the word."""
    return token.word in _OPPOSITES or token.stem in _OPPOSITES


def denied_word(tokens: tuple[Token, ...], negator: int) -> int | None:
    """Index of the word that a negator denies: the first content word behind it, light
    words and adverbs aside; None for a name or date and where the negator denies
    nothing ("not only").
    """
    following = tokens[negator + 1 : negator + 2]
    if following and following[0].word in _NO_DENIAL_BEFORE:
        return None
    for index in range(negator + 1, min(len(tokens), negator + 1 + _REACH)):
        token = tokens[index]
        if token.kind is Kind.STOP or token.word in _LIGHT:
            continue
        if token.kind is Kind.WORD and token.word.endswith("ly"):
            continue
        return index if token.kind in {Kind.WORD, Kind.NUMBER} else None
    return None


def is_denied(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a word stands near something that denies it or says its reverse."""
    near = range(max(0, index - _WIDE_REACH), min(len(tokens), index + 3))
    return any(
        is_denial(tokens[place]) or are_opposites(tokens[place], tokens[index])
        for place in near
        if place != index
    )


def is_denied_closely(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a negator's denied word is this one."""
    return any(
        is_negator(tokens[place]) and denied_word(tokens, place) == index
        for place in range(max(0, index - _REACH), index)
    )
