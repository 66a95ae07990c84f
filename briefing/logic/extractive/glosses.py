"""What the sources say that a term of the brief is, for readers who meet it there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from briefing.domain.brief import Draft, Gloss
from briefing.domain.claim import Citation, Claim, ClaimKind, Status
from briefing.logic.extractive.reading import Told, readable, told
from briefing.logic.extractive.verbs import AUXILIARIES, verb_of
from briefing.logic.glossary import first_use, is_explained
from briefing.logic.names import read_names
from briefing.logic.rules.page import PROSE
from briefing.logic.text import words
from briefing.logic.verification import index, verify

# With the glossary's they are a list that is still a help (chosen).
MOST = 2
_SHORTEST, _LONGEST = 3, 24
# "X, a maker of pumps, said": what stands between the commas. Superlatives and "the"
# are left to the prose: what is the largest today is not tomorrow.
_APPOSITION = re.compile(
    r", (?P<meaning>an? (?!few\b|lot\b|bit\b)[^,.;:?!()“”\"\d]{8,120})"
    r"(?:,(?= (?!and\b|or\b|but\b|said\b|says\b)[a-z])|\.$)"
)
_IS = re.compile(
    r" is (?P<meaning>an? (?!few\b|lot\b|bit\b)[^,.;:?!()“”\"\d]{8,120})(?:[,.].*)?$"
)
# "A tokenizer is a program that ...", "Heat pumps are devices that ...".
_ONE = re.compile(
    r"^An? (?P<term>[a-z][a-z-]+(?: [a-z-]+){0,2}) is (?P<meaning>(?:an?|the) "
    r"[^,.;:?!()“”\"\d]*?\b(?:that|which|who|used|of|for|in which|where) "
    r"[^,.;:?!()“”\"\d]{3,100})(?:[,.].*)?$"
)
_MANY = re.compile(
    r"^(?P<term>[A-Z][a-z-]+(?: [a-z-]+){0,2}) are (?P<meaning>[a-z-]+"
    r"(?: [a-z-]+){0,3}?s (?:that|which|used) [^,.;:?!()“”\"\d]{3,100})(?:[,.].*)?$"
)
# "The strike is a blow to ...": what somebody thinks of it, not what it is.
_OPINION = re.compile(
    r"(?:an?|the) (?:\w+ ){0,2}?(?:matter|question|sign|signal|possibility|"
    r"chance|reminder|test|win|blow|step|way|must|victory|problem|priority|start|"
    r"challenge|risk|concern|success|failure|result|reason|part|move|decision|time|"
    r"disaster|disgrace|threat|gift|mistake|shame|setback|boost|bargain|favourite|"
    r"candidate|case|day|week|month|year|third|quarter|half|good|bad|great|new|former)"
    r"\b"
)
# What a named thing is called. Surnames stand before appositions as often as products
# do, and a list of what people are would never end. Collected from news; lower case.
_THINGS = frozenset(
    "agency airline airport alliance app archive array association authority bank "
    "battery body brand broker broadcaster business campaign carmaker chain charity "
    "chip chipmaker clinic club coalition college committee company compiler "
    "conference consortium convention cooperative council court currency daily "
    "database dataset dependency device disease drug enzyme exchange exporter facility "
    "factory farm federation festival firm forum foundation framework fund group gene "
    "grid hospital index initiative institute institution insurer journal lab "
    "laboratory language law lender library licence maker manufacturer magazine "
    "medicine method metric ministry mission model module molecule movement museum "
    "network newspaper nonprofit operator organisation organization outlet "
    "pipeline plant platform police port prison probe processor producer product "
    "programme program project protein protocol provider publisher radio registry "
    "regulator reactor refinery region repository retailer rocket satellite school "
    "scheme sensor server service site software spacecraft standard startup station "
    "statute store subsidiary supplier system tax telescope terminal tool toolkit "
    "treaty trust union university utility vaccine vehicle village virus "
    "website wholesaler".split()
)
# Behind these stands what belongs to the thing, and no longer what it is.
_BEHIND = frozenset(
    "of that which who whose where for in by with from at on near based hosted held "
    "used owned run founded made".split()
)
_PRONOUNS = frozenset("he she it they we i you his her its their our my us him".split())
# "In Calder, a court ruled ...": the comma ends an adverbial and begins no apposition.
_ADVERBIAL = re.compile(
    r"^(?:In|At|On|For|From|Near|After|Before|Under|With|Without|According to|By|As|"
    r"Like|Unlike|Since|Across|Outside|Inside|Among|Amid|To|Of|Until|Over)"
    r"(?: the| a)?\s*$"
)
_RELATIVE = frozenset("that which who whose where".split())
# A finite verb before any relative pronoun: a clause, and no apposition.
_TOLD = frozenset(
    "said says told tells ruled reported wrote added announced agreed decided voted "
    "found showed warned rose fell".split()
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A term, what it is, and the sentence that says so."""

    term: str
    meaning: str
    text: str
    where: Told


def glosses(draft: Draft, explained: Collection[str] = ()) -> tuple[Gloss, ...]:
    """Terms of the draft's prose that a source explains, by their first use, two at
    most; `explained` are spellings that a glossary explains already, lower case.

    A term is a name or an ordinary word of which a sentence says in so many words what
    it is: "X, a maker of pumps, ...", "X is a ...", "A tokenizer is a ...". People are
    introduced where they speak; what the brief itself explains needs no gloss. The
    claim of each is borne out by the sentence that it cites.
    """
    printed = [
        claim.text
        for section in draft.sections
        if section.shape in PROSE
        for item in section.items
        for claim in item.claims
    ]
    best: dict[str, tuple[tuple[int, int, int], _Found]] = {}
    for found in _explanations(draft):
        key = found.term.casefold()
        place = first_use((found.term,), printed)
        if place is None or key in best or key in explained:
            continue
        if is_explained((found.term,), printed) or _is_described(printed, place):
            continue
        best[key] = place, found
    chosen = sorted(best.values(), key=lambda one: one[0])
    # Of "Calder" and "Calder Marine" the whole name is meant.
    keys = list(best)
    whole = [
        found
        for _, found in chosen
        if sum(found.term.casefold() in key for key in keys) == 1
    ]
    return tuple(_proven(draft, whole))[:MOST]


def _proven(draft: Draft, found: Sequence[_Found]) -> Iterator[Gloss]:
    if not found:
        return
    evidence = index({one.id: one for one in draft.story.documents})
    for one in found:
        document, span = one.where.document, one.where.span
        place = Citation(document.id, span.start, span.end, document.text_hash)
        claim = Claim(one.text, ClaimKind.BACKGROUND, (place,))
        if verify(claim, evidence).status is Status.SUPPORTED:
            yield Gloss(one.term, one.meaning, claim)


def _explanations(draft: Draft) -> Iterator[_Found]:
    for document in readable(draft.story.documents):
        for sentence in told(document):
            yield from _named(sentence)
            yield from _ordinary(sentence)


def _named(sentence: Told) -> Iterator[_Found]:
    text = sentence.text
    for name in read_names(text):
        before, after = text[: name.span.start], text[name.span.end :]
        article = "The " if before == "The " or before.endswith(" the ") else ""
        is_subject = before in {"", "The "}
        match = _APPOSITION.match(after) or (_IS.match(after) if is_subject else None)
        if match is None or _is_quoted(before) or _ADVERBIAL.match(before):
            continue
        meaning = match.group("meaning").strip()
        if not (_is_thing(meaning) and _is_meaning(meaning)):
            continue
        made = f"{article}{name.text} is {meaning}."
        yield _Found(name.text, meaning, made, sentence)


def _ordinary(sentence: Told) -> Iterator[_Found]:
    text = sentence.text
    match = _ONE.match(text) or _MANY.match(text)
    if match is None:
        return
    meaning = match.group("meaning").strip()
    term = match.group("term")
    if not _is_meaning(meaning) or _SMALL & set(words(term)):
        return
    made = text[: match.end("meaning")].rstrip() + "."
    yield _Found(term[:1].lower() + term[1:], meaning, made, sentence)


def _is_thing(meaning: str) -> bool:
    for word in words(meaning):
        if word in _BEHIND:
            return False
        if word in _THINGS:
            return True
    return False


def _is_meaning(meaning: str) -> bool:
    said = words(meaning)
    if not _SHORTEST <= len(said) <= _LONGEST or _OPINION.match(meaning):
        return False
    if _PRONOUNS & set(said):
        return False
    for word in said:
        if word in _RELATIVE:
            break
        if word in AUXILIARIES or word in _TOLD:
            return False
    return True


def _is_quoted(before: str) -> bool:
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _is_described(printed: Sequence[str], place: tuple[int, int, int]) -> bool:
    """ "the lender Calder Bank": the word in front says what it is."""
    before = printed[place[0]][: place[1]].split()
    if not before:
        return False
    word = before[-1].strip(",;:“”\"'")
    is_noun = word.isalpha() and word.islower() and len(word) > 3
    return is_noun and word not in _SMALL and verb_of(word) is None


_SMALL = frozenset(
    "all and any but here many one other others some there they two what who "
    "about above across after against along also although among around because been "
    "before behind below between beyond both despite does down during each even every "
    "from have here inside into just less like many more most much near neither next "
    "once only onto other outside over past same since some such than that their them "
    "then there these they this those through till toward towards under unless until "
    "upon very what when where whether which while whose with within without".split()
)
