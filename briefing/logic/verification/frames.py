"""How a sentence tells of an act: as done, coming, planned, possible, charged, denied.

English has few ways to say that something did not happen yet: a helping verb in front
("may open"), a verb or noun that takes "to" ("plans to open") or a form in -ing
("denied taking"), and "if". The words were chosen from general news usage.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from briefing.logic.verification.reading import Kind, Passage, Token, stem

# "Expected the bank, a small one, to cut": so far back a "to" finds its verb.
_REACH_OF_TO = 5
_REACH_OF_ING = 3
_REACH_OF_IF = 6


class Told(IntEnum):
    """How sure a sentence is of an act; a higher one is less sure."""

    DONE = 0
    NOW = 1
    COMING = 2
    PLANNED = 3
    POSSIBLE = 4
    CHARGED = 5
    DENIED = 6


@dataclass(frozen=True, slots=True)
class Frame:
    """What a sentence says of one of its verbs.

    Attributes:
        told: how sure it is.
        first: index in the passage's tokens of the word that says so; the verb's own
            when there is none.
    """

    told: Told
    first: int


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


_MODALS = {
    **dict.fromkeys("will shall would must".split(), Told.COMING),
    **dict.fromkeys("may might could should".split(), Told.POSSIBLE),
}
_TAKES_TO = {
    **dict.fromkeys(
        _stems("set due going scheduled poised about slated prepare gear ready"),
        Told.COMING,
    ),
    **dict.fromkeys(
        _stems(
            "plan expect expectation aim intend intention agree agreement promise "
            "pledge vow commit project forecast predict hope want wish"
        ),
        Told.PLANNED,
    ),
    **dict.fromkeys(
        _stems(
            "seek try attempt struggle bid offer propose proposal consider threaten "
            "threat ask urge call warn recommend recommendation request demand invite "
            "allow permit permission authorise authorize require order pressure tempt "
            "free tell right option chance opportunity"
        ),
        Told.POSSIBLE,
    ),
    **dict.fromkeys(
        _stems("believe think allege suspect rumour rumor report accuse charge"),
        Told.CHARGED,
    ),
    **dict.fromkeys(
        _stems("refuse fail decline unable unwilling yet reluctant"), Told.DENIED
    ),
}
_TAKES_ING = {
    **dict.fromkeys(
        _stems("consider mull weigh explore propose suggest contemplate recommend"),
        Told.POSSIBLE,
    ),
    **dict.fromkeys(_stems("accuse suspect charge allege"), Told.CHARGED),
    # "Ruled out selling".
    **dict.fromkeys(_stems("deny avoid rule without instead prevent"), Told.DENIED),
}
_IFS = frozenset("if unless whether".split())
_BE = frozenset("is are am was were be been being 's 're".split())
_HAVE = frozenset("has have had having".split())
_BETWEEN = frozenset(
    "not also soon now then only just even still already never ever again later once "
    "finally eventually probably possibly".split()
)
# Behind these a form in -ed is no verb: "its planned closure", "of injured players".
_BEFORE_A_NOUN = frozenset(
    "a an the its their his her our your my this that these those of with for in on at "
    "from no any some all more most less very so as than by".split()
)
_BEFORE_AN_OBJECT = frozenset("the a an its their his her our all".split())
_PAST = frozenset(
    "went gone made took taken gave given got came saw seen knew known thought found "
    "told left kept began begun held wrote written stood lost paid met ran sat spoke "
    "spoken led grew grown fell fallen rose risen sent built spent won bought sold "
    "broke broken drove driven sought fought caught died chose chosen became brought "
    "felt heard shot struck stole stolen threw thrown wore drew drawn flew flown "
    "shrank sank sunk did done said".split()
)
_SAME_IN_PAST = frozenset("cut hit put set shut spread split quit cost bet bid".split())
_PRONOUNS = frozenset("he she it they we i who which".split())


def frame_of(passage: Passage, index: int) -> Frame | None:
    """How the passage tells of the verb at `index` of its tokens; None if that word is
    no verb as far as can be seen, or if nothing is said of it.
    """
    tokens = passage.tokens
    word = tokens[index].word
    if tokens[index].kind is not Kind.WORD:
        return None
    before = _before(passage, index)
    is_past = _is_past(word)
    is_passive = has_have = False
    while before and _may_stand_between(tokens[before[-1]]):
        aux = tokens[before.pop()].word
        is_passive = is_passive or aux in _BE
        has_have = has_have or aux in _HAVE
        is_past = is_past or (aux in _BE | _HAVE and word in _SAME_IN_PAST)
        if aux in {"is", "are", "am", "'s", "'re"}:
            return Frame(Told.NOW, index) if is_past or word.endswith("ing") else None
        if aux in {"was", "were"} and (is_past or word.endswith("ing")):
            return Frame(Told.DONE, index) if is_past else None
    if not before:
        return Frame(Told.DONE, index) if has_have and is_past else None
    last = before[-1]
    token = tokens[last]
    if token.word in _MODALS or token.word.endswith("'ll"):
        return Frame(_MODALS.get(token.word, Told.COMING), last)
    if token.word == "to":
        return _governed(tokens, before[:-1], _TAKES_TO, _REACH_OF_TO)
    if has_have:
        return Frame(Told.DONE, index) if is_past else None
    if word.endswith("ing"):
        return _governed(tokens, before, _TAKES_ING, _REACH_OF_ING)
    if is_passive:
        return None
    return _plain(tokens, index, before, is_past=is_past)


def _plain(
    tokens: tuple[Token, ...], index: int, before: list[int], *, is_past: bool
) -> Frame | None:
    """A verb without helpers: told as done when it has the form and the place of one.

    A verb behind "if" says nothing of what happened.
    """
    last = tokens[before[-1]]
    near = before[-_REACH_OF_IF:]
    doubt = next((place for place in near if tokens[place].word in _IFS), None)
    if doubt is not None:
        return Frame(Told.POSSIBLE, doubt)
    word = tokens[index].word
    if is_past and last.word not in _BEFORE_A_NOUN:
        return Frame(Told.DONE, index)
    has_subject = last.kind is Kind.NAME or last.word in _PRONOUNS
    following = tokens[index + 1].word if index + 1 < len(tokens) else ""
    has_object = last.kind is Kind.WORD and following in _BEFORE_AN_OBJECT
    if not has_subject and not has_object:
        return None
    if word in _SAME_IN_PAST:
        return Frame(Told.DONE, index)
    if word.endswith("s") and not word.endswith("ss"):
        return Frame(Told.NOW, index)
    return None


def _governed(
    tokens: tuple[Token, ...], before: list[int], table: dict[str, Told], reach: int
) -> Frame | None:
    if table is _TAKES_TO and before and tokens[before[-1]].word in _BE:
        return Frame(Told.COMING, before[-1])
    for place in reversed(before[-reach:]):
        # "Likely" has the stem of "like".
        is_likely = tokens[place].word == "likely"
        told = Told.PLANNED if is_likely else table.get(tokens[place].stem)
        if told is not None:
            return Frame(told, place)
    return None


def _before(passage: Passage, index: int) -> list[int]:
    """Indices of the words of the same clause in front of a word, in order."""
    tokens, text = passage.tokens, passage.reading.text
    first = index
    while first > 0 and not any(
        mark in text[tokens[first - 1].end : tokens[first].start]
        for mark in ',;:.!?\n()“”"'
    ):
        first -= 1
    return list(range(first, index))


def _may_stand_between(token: Token) -> bool:
    word = token.word
    return (
        word in _BETWEEN
        or word in _BE
        or word in _HAVE
        or (word.endswith("ly") and token.kind is Kind.WORD)
    )


def _is_past(word: str) -> bool:
    return word in _PAST or (len(word) > 4 and word.endswith("ed"))
