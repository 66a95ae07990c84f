"""C3: every name of the claim is named in the evidence, in the same role."""

from __future__ import annotations

import re
from itertools import combinations

from briefing.logic.name_words import PLACES
from briefing.logic.names import Name, name_key, same_name
from briefing.logic.verification.findings import Finding, refuted, unproven
from briefing.logic.verification.placing import Place, fit, place_of
from briefing.logic.verification.reading import Kind, Mention, Passage, T, stem
from briefing.logic.verification.roles import confirms, told_alike
from briefing.logic.verification.search import Evidence
from briefing.logic.verification.seats import stands_for

_MARGIN = 0.25
_MOST_PAIRS = 28
_LOCATIVES = frozenset("in at to from near into at towards outside inside on".split())
_GOOD_FIT = 0.5
# Less is asked of another name where the claim's own stands among quite other words.
_FAIR_FIT, _NO_FIT = 0.4, 0.1
_SAYS = frozenset(
    stem(word)
    for word in "say report estimate count write find put call calculate note".split()
)
_COUNTS = frozenset(
    stem(word)
    for word in "count figure estimate survey archive data tally table report".split()
)
_LANDS = frozenset(PLACES.values())
_AUTHORITIES = frozenset(
    "authority ministry government council parliament agency court army police navy "
    "commission regulator department office".split()
)
_PRONOUNS = frozenset("he she they it".split())
_JOINTS = frozenset("of in on at for near the".split())
_SHORT_AMOUNT = re.compile(r"\d[KMBT]")
_Found = tuple[int, Place, str]


def check_names(claim: Passage, evidence: Evidence) -> Finding | None:
    """The first name that is not in the evidence or stands in another's place."""
    pool = [
        (number, place_of(passage, mention), mention.thing.text)
        for number, passage in enumerate(evidence.passages)
        for mention in passage.names
    ]
    mine = [mention.thing.text for mention in claim.names]
    for mention in claim.names:
        if any(_overlap(mention, day) for day in claim.dates):
            # "Q4".
            continue
        if _SHORT_AMOUNT.fullmatch(mention.thing.text) and any(
            _overlap(mention, figure) for figure in claim.quantities
        ):
            # "2M people": the figure is checked as one.
            continue
        finding = _check(claim, mention, pool, mine, evidence)
        if finding is not None:
            return finding
    return _swapped(claim, evidence)


def _overlap(name: Mention[Name], other: Mention[T]) -> bool:
    return name.first < other.last and other.first < name.last


def _swapped(claim: Passage, evidence: Evidence) -> Finding | None:
    """Two names of the claim that stand in each other's places in one passage."""
    pairs = list(combinations(claim.names, 2))[:_MOST_PAIRS]
    for number, passage in enumerate(evidence.passages):
        for left, right in pairs:
            a, b = left.thing.text, right.thing.text
            if same_name(a, b) or confirms(claim, passage, a, b):
                continue
            here, there = place_of(claim, left), place_of(claim, right)
            straight = _best(here, a, passage), _best(there, b, passage)
            crossed = _best(here, b, passage), _best(there, a, passage)
            if all(x > y + _MARGIN for x, y in zip(crossed, straight, strict=True)):
                reason = f"In the cited text {a} and {b} stand the other way round."
                return refuted("C3", reason, number)
    return None


def _best(place: Place, name: str, passage: Passage) -> float:
    return max(
        (
            fit(place, place_of(passage, mention))
            for mention in passage.names
            if same_name(name, mention.thing.text)
        ),
        default=0.0,
    )


def _check(
    claim: Passage,
    mention: Mention[Name],
    pool: list[_Found],
    mine: list[str],
    evidence: Evidence,
) -> Finding | None:
    name = mention.thing.text
    place = place_of(claim, mention)
    is_publisher = any(
        same_name(name, passage.reading.publisher) for passage in evidence.passages
    )
    if is_publisher and _is_speaker(place):
        return None
    if any(name in {act.doer, act.target} for act in told_alike(claim, evidence)):
        return None
    fits = [(fit(place, found[1]), found) for found in pool]
    own = [value for value, found in fits if stands_for(name, found[2])]
    rivals = [
        (value, found)
        for value, found in fits
        if not any(stands_for(found[2], one) for one in mine)
        and not _is_of(found, name, pool)
        and _may_replace(found, place, name)
        and not _is_told(found[2], name, place, pool)
        and not (
            own and value > _FAIR_FIT and _is_pronoun_nearer(value, found[1], place)
        )
    ]
    value, rival = max(rivals, key=lambda one: one[0], default=(0.0, None))
    best = max(own, default=0.0)
    is_named = bool(own) or _words_stand(name, evidence)
    is_better = value > _GOOD_FIT and value > best + _MARGIN
    is_astray = bool(own) and best <= _NO_FIT and value > _FAIR_FIT
    if rival is not None and (is_better or is_astray):
        reason = f"The cited text names {rival[2]} there, not {name}."
        return refuted("C3", reason, rival[0])
    if is_named or is_publisher or _is_antecedent(name, evidence):
        return None
    if mention.first == claim.first and _is_plain_word(name, evidence):
        return None
    return unproven("C3", f"The cited text does not name {name}.")


def _may_replace(found: _Found, place: Place, name: str) -> bool:
    """True if the text's name may stand for another bearer in the claim's place.

    Not so for a longer form of the name, for an adjective ("Portuguese") in a bearer's
    place, and for a place ("in Bucha") where the claim has somebody.
    """
    other = found[2]
    if set(name_key(name)) <= set(name_key(other)):
        return False
    if _is_adjective(other) and not _is_adjective(name):
        return False
    return _is_located(found[1]) == _is_located(place)


def _is_of(rival: _Found, name: str, pool: list[_Found]) -> bool:
    """The text's name is a part or an office of the land that the claim names: "the
    Aviation Authority of Oman", "Galveston, on the Texas coast".
    """
    if " ".join(name_key(name)) not in _LANDS:
        return False
    if _is_its_authority(rival, name, pool):
        return True
    parts = [found for found in pool if same_name(found[2], rival[2])]
    return any(
        number == part[0] and _names(other, name) and _touch(part[1], place)
        for number, place, other in pool
        for part in parts
    )


def _is_its_authority(rival: _Found, name: str, pool: list[_Found]) -> bool:
    """A ministry, court or authority behind its land, no other land between: what it
    does its land does.
    """
    key = name_key(rival[2])
    if not key or key[-1] not in _AUTHORITIES:
        return False
    before = [
        other
        for number, place, other in pool
        if number == rival[0] and place.first <= rival[1].first
    ]
    lands = (one for one in reversed(before) if not _LANDS.isdisjoint(_lands(one)))
    last = next(lands, None)
    return last is not None and _names(last, name)


def _lands(name: str) -> set[str]:
    """What of a name may be a land: each word and all of it."""
    parts = name_key(name)
    return {*parts, " ".join(parts)}


def _names(longer: str, land: str) -> bool:
    """ "The Texas Gulf Coast" names Texas."""
    return stands_for(land, longer) or set(name_key(land)) <= set(name_key(longer))


def _is_pronoun_nearer(value: float, rival: Place, place: Place) -> bool:
    """A pronoun behind the text's name fits the claim's place better than that name:
    whoever "he" is, he and not the name stands there.
    """
    passage = rival.passage
    return any(
        fit(place, Place(passage, index, index + 1)) > value
        for index in range(rival.last, len(passage.tokens))
        if passage.tokens[index].word in _PRONOUNS
    )


def _touch(left: Place, right: Place) -> bool:
    first, last = sorted((left, right), key=lambda place: place.first)
    between = left.passage.tokens[first.last : last.first]
    return len(between) <= 3 and all(token.word in _JOINTS for token in between)


def _is_told(other: str, name: str, place: Place, pool: list[_Found]) -> bool:
    """The claim has the text's name in other words: half of its words ("the Ukrainian
    prosecutor general"), or a longer name in the text holds both ("Sultanate of Oman").
    """
    parts, mine = name_key(other), set(name_key(name))
    tokens = place.passage.tokens
    words = {token.word for token in tokens} - mine
    plain = {token.word for token in tokens if token.kind is Kind.WORD}
    is_half = 2 * sum(part in words for part in parts) >= len(parts)
    if is_half and len(plain.intersection(parts)) > 1:
        return True
    return any(mine.union(parts) <= set(name_key(longer)) for _, _, longer in pool)


def _is_speaker(place: Place) -> bool:
    """Whether the claim gives the name as its source: "X reports", "by X's count"."""
    tokens = place.passage.tokens
    before = [token.word for token in tokens[max(0, place.first - 2) : place.first]]
    if before == ["according", "to"]:
        return True
    last = tokens[place.last - 1]
    printed = place.passage.reading.text[last.start : last.end].replace("’", "'")
    known = _COUNTS if printed.endswith("'s") else _SAYS
    return any(token.stem in known for token in tokens[place.last : place.last + 1])


def _is_adjective(name: str) -> bool:
    place = PLACES.get(name.lower())
    return place is not None and place != name.lower() and len(name) > 3


def _is_located(place: Place) -> bool:
    """A preposition of place stands before it, an article between aside."""
    tokens = place.passage.tokens
    before = [token.word for token in tokens[max(0, place.first - 2) : place.first]]
    near = before[-2:] if before[-1:] == ["the"] else before[-1:]
    return not _LOCATIVES.isdisjoint(near)


def _words_stand(name: str, evidence: Evidence) -> bool:
    """All words of a name stand side by side in a passage ("North East delicacy")."""
    parts = name_key(name)
    if not parts:
        return True
    for passage in evidence.passages:
        words = [_folded(token.word) for token in passage.tokens]
        for index, word in enumerate(words):
            if word == parts[0] and tuple(words[index : index + len(parts)]) == parts:
                return True
    return False


def _folded(word: str) -> str:
    # "American" is "united states", of which a longer name's key makes one part.
    return " ".join(name_key(word)) or word


def _is_antecedent(name: str, evidence: Evidence) -> bool:
    """The name stands just before the passage or in the title."""
    for passage in evidence.context:
        if any(stands_for(name, found.thing.text) for found in passage.names):
            return True
    titles = {passage.reading.title for passage in evidence.passages}
    return any(name.lower() in title.lower() for title in titles if title)


def _is_plain_word(name: str, evidence: Evidence) -> bool:
    """A first word that the documents have in lower case is no name."""
    root = stem(name.lower())
    return (
        name.isalpha() and root in evidence.index.stems and name.lower() not in PLACES
    )
