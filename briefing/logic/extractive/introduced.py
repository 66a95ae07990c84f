"""Whether a reader knows which thing a sentence means by "the trial", "the model"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from briefing.domain.claim import QuantityKind
from briefing.logic.extractive.clauses import parse
from briefing.logic.extractive.scoring import stem, stems
from briefing.logic.quantities import read_quantities

# One of its kind in any story, or a time.
_KNOWN_TO_ALL = frozenset(
    stem(word)
    for word in "government opposition police public state president parliament world "
    "country economy weather army ministry minister industry market internet sun "
    "ground rest number total average majority day week month quarter year season "
    "spring summer autumn winter morning afternoon evening night weekend time end "
    "past future start beginning meantime moment air sea way same".split()
)
# An event, and the verbs that tell it before anybody calls it by its name.
_TOLD_AS = {
    stem(name): frozenset(map(stem, told.split()))
    for name, told in (
        ("outage", "shut shuts failed fails down unavailable"),
        ("closure", "close closes closed shut shuts"),
        ("sale", "sell sells sold"),
        ("purchase", "buy buys bought acquire acquires acquired"),
        ("takeover", "buy buys bought acquire acquires acquired"),
        ("theft", "steal steals stole stolen"),
        ("blaze", "fire burned burnt"),
    )
}
_MOST_WORDS = 4
# What makes one thing out of its kind stands behind it ("the cost of the cable"), or
# in front of it ("the first phase").
_TOLD_APART = re.compile(
    r"\d|[A-Z]|['’]s?\b|\b(?:of|for|to|in|on|at|by|with|from|between|against|over|near|"
    r"behind|that|which|who|whose|where|first|second|third|next|last|latest|largest|"
    r"biggest|highest|lowest|only|main|new|newest|oldest|best|worst|other|two|three|"
    r"four|five|six|seven|eight|nine|ten|and|or)\b|\b[a-z]+est\b"
)
_PREPOSITION = (
    r"(?:in|at|during|after|before|under|from|for|of|on|by|with|about|against)"
)
# These are always some trial, some deal: without one before, nobody knows which.
_SOME = (
    r"trial|test|study|survey|experiment|deal|merger|agreement|vote|proposal|plan|"
    r"project|bill|incident|attack|accident|crash|fire|outage|strike|dispute|tender|"
    r"auction|ruling|truce|talks|meeting|investigation|sum|amount"
)
_BEHIND = (
    r"(?! (?:of|for|to|in|on|at|by|with|between|against|over|that|which|who)\b|[\w’'-])"
)
_THE_EVENT = re.compile(rf"\b{_PREPOSITION} the (?P<what>{_SOME})\b{_BEHIND}", re.I)
# "The third factory", "a second cut": nobody has heard of the first.
_ANOTHER = re.compile(
    r"\b(?:[Tt]he (?:other|remaining)|(?:[Tt]he|[Aa]) (?:second|third|fourth|fifth)) "
    r"(?P<what>[a-z]{3,})"
    r"(?=[.,]| (?:with|by|in|on|at|for|to|will|would|must|may|can|could|is|are|was|"
    r"were|has|had)\b)"
)
# "The re-count answers ...", of a verb that no table has.
_OPENS = re.compile(r"^The (?P<what>[a-z][\w-]*)(?=,| [a-z]+(?:ed|s) )")
# "Finding the place took six hours."
_DOING = re.compile(r"[A-Z][a-z]+ing the (?P<what>[a-z][\w-]*)")
_FEWEST_PLURALS = 2


def several(texts: Iterable[str]) -> frozenset[str]:
    """Stems of what the texts speak of in the plural, twice at least and more often
    than of one of the kind: of "models" a bare "the model" may be any.
    """
    plurals: Counter[str] = Counter()
    singles: Counter[str] = Counter()
    for text in texts:
        for word in _PLURAL.findall(text):
            plurals[stem(word)] += stem(word) != word
        singles.update(stem(word) for word in _THE_ONE.findall(text))
    return frozenset(
        one for one, n in plurals.items() if n >= _FEWEST_PLURALS and n > singles[one]
    )


_PLURAL = re.compile(r"\b[a-z][a-z-]+s\b")
_THE_ONE = re.compile(r"\b[Tt]he ([a-z][a-z-]+[a-rt-z])\b")


def is_introduced(
    text: str, known: Collection[str], *, title: str = "", many: Collection[str] = ()
) -> bool:
    """Whether each bare "the ..." of the sentence was spoken of before.

    `known` are the stems that the reader has met, those of `title` apart; `many` are
    kinds of which the story holds several: only the title can tell which is meant.
    """
    headed = set(stems(title))
    subject = _bare_subject(text)
    if subject is not None:
        head = stem(subject.split()[-1].lower())
        is_met = head in known and head not in many
        # "A fault shut the service down", and here "the outage".
        told_as = _TOLD_AS.get(head, frozenset())
        is_met = is_met or not told_as.isdisjoint({*known, *headed})
        if not (is_met or head in headed or head in _KNOWN_TO_ALL):
            return False
    if any(
        stem(match.group("what").lower()) not in {*known, *headed, *_KNOWN_TO_ALL}
        for match in _ANOTHER.finditer(text)
    ):
        return False
    for match in _THE_EVENT.finditer(text):
        head = stem(match.group("what").lower())
        if head not in headed and head not in known:
            return head in stems(text[: match.start()])
    return True


def is_strange(text: str, known: Collection[str], *, title: str) -> bool:
    """Whether "a new vaccine" comes after the vaccine of the headline, and would be
    taken for another one; one with a date of its own is another.
    """
    headed = set(stems(title))
    met = headed & set(known)
    for some in _SOME_OF_THE_TITLE.finditer(text):
        # "Negotiate over a dengue vaccine", of the dengue vaccine.
        if all(stem(word) in met for word in some.groups()):
            return True
    clause = parse(text)
    match = _SOME_THING.match(clause.subject) if clause is not None else None
    if clause is None or match is None or _YEAR.search(clause.subject):
        return False
    head = stem(match.group("what").split()[-1].lower())
    return head in known and head in headed


_SOME_OF_THE_TITLE = re.compile(
    r"\ban? ([a-z][a-z-]+) ([a-z][a-z-]+)(?=[.,]| (?:that|which|against|for|of)\b)"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# "A 48-hour strike", "A new vaccine against dengue": up to what says more of it.
_SOME_THING = re.compile(
    r"An? (?P<what>[\w-]+(?: [\w-]+){0,3}?)"
    r"(?= (?:of|for|to|in|on|at|by|with|from|between|against|over|that|which)\b|$)"
)


def is_detail(text: str, title: str) -> bool:
    """Tells of "the children" of a sentence before, not of what the headline names, and
    gives no figure of more than a handful, ages aside: no event, and no size of one.
    """
    subject = _bare_subject(text)
    if subject is None or stem(subject.split()[-1].lower()) in set(stems(title)):
        return False
    said = _SUBJECTS_ASIDE.sub(r"\1", text)
    return all(
        one.kind in {QuantityKind.COUNT, QuantityKind.ORDINAL}
        and abs(one.value) <= _HANDFUL
        for one in read_quantities(said)
    )


_SUBJECTS_ASIDE = re.compile(r"^(The [a-z][\w -]*), [^,“”\"]{3,90},")
_HANDFUL = 10


def label_is_introduced(label: str, known: Collection[str], *, title: str) -> bool:
    """Whether "the plant" of "Cost of the plant" was spoken of in the brief."""
    met = {*known, *stems(title), *_KNOWN_TO_ALL}
    return all(
        any(stem(word) in met for word in match.group("what").split())
        for match in _IN_A_LABEL.finditer(label)
    )


# Not "the price of power", which says of what; a story has one project.
_IN_A_LABEL = re.compile(
    r"\b(?:of|that|who|on|(?:in|at)(?= the [a-z]+$)) the (?!(?:project|plan)\b)"
    r"(?P<what>[a-z][\w-]*(?: [a-z][\w-]*){0,2}?)"
    r"(?= (?:will|would|has|have|had|is|are|was|were|can|could|may|must|"
    r"[a-z]+(?:ed|s))\b|$)"
)


def _bare_subject(text: str) -> str | None:
    """ "investment" of "The investment amounts to ...": a subject that says only of
    what kind it is; None for any other.
    """
    clause = parse(text)
    if clause is None:
        match = _OPENS.match(text)
        return match.group("what") if match else None
    if gerund := _DOING.fullmatch(clause.subject):
        return gerund.group("what")
    if not clause.subject.lower().startswith("the "):
        return None
    subject = clause.subject[4:]
    is_bare = len(subject.split()) <= _MOST_WORDS and not _TOLD_APART.search(subject)
    return subject if is_bare else None
