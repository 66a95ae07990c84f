"""Sentences made to stand alone: who is a name, when is a date; else not used."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.domain.document import Span
from briefing.logic.dates import absolute
from briefing.logic.extractive.clauses import parse
from briefing.logic.extractive.reading import Told
from briefing.logic.extractive.verbs import AUXILIARIES, MODALS, Form, verb_of
from briefing.logic.name_words import ORDINARY
from briefing.logic.names import read_names
from briefing.logic.quantities import read_quantities

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_CONNECTIVE = re.compile(
    r"^(?:But|And|However|Meanwhile|Still|Yet|Also|In addition|Moreover|Furthermore|"
    r"Separately|Nevertheless|Nonetheless|Indeed|Of course|So far|In fact|Additionally|"
    r"Overall|Notably|For now|Crucially|Even so|That said|Besides|Finally|Or|Though|"
    r"In return|At the same time|On the other hand|For its part|For their part|"
    r"As it happens)"
    r"(?P<comma>,)?\s+"
)
_NEED_A_COMMA = frozenset("Still Yet Also Besides Finally Though Overall Or".split())
# These words lose their sense without the sentence before.
_LEANS = re.compile(
    r"^(?:(?:A|The|One) (?:day|week|month|quarter|year) (?:earlier|later|before|after)|"
    r"Together|Whether|Instead|Otherwise|Similarly|Likewise|As a result|Therefore|"
    r"Thus|Hence|Then|"
    r"Consequently|Accordingly|Conversely|For example|For instance|In contrast|"
    r"By contrast|By comparison|In other words|That is|That's|This|That|These|Those|"
    r"Such|Another|Others?|Both|Neither|Either|Here|There he|There she|Afterwards?|"
    r"Later|Earlier|Since then|By then|Until then|At that|In that|In this|At this|"
    r"After that|Before that|For that|For this|From there|So|The (?:same|former|"
    r"latter|two|pair|duo|trio|three|four|others?|rest|first|second|third|remaining|"
    r"remainder|reason|result|answer|problem|question|idea|aim|goal|move|figures? "
    r"(?:is|are|was|were)|comments?|remarks?|announcement|news|decision|change|step)|"
    r"It (?:is|was|'s) (?:the|not|also|a|an|unclear if)|What|Which|Who|Why|How|If so|"
    r"Not|Nor|One of|None|Some|Many|Most|All|Several|Two|Three|Four|Five|Each|"
    r"More|Less|Again|Now|Today|Asked|Speaking|Citing|Adding|Responding|Using)\b"
)
_SOFT = frozenset(
    "some many most all several two three four five each more less one none "
    "not what".split()
)
_SOFT_START = re.compile(
    r"^(?:Some|Many|Most|All|Several|One|[A-Z][\w ]{2,40} (?:also|added))\b"
)
_PERSON = re.compile(r"^(?:He|She|His|Her)\b")
_THING = re.compile(r"^(?:It|They|Its|Their|The (?:company|firm))\b(?!['’])")
_BARE_ROLE = re.compile(
    r"^The (?:man|woman|boy|girl|suspect|victim|couple|pair|family|teen(?:ager)?|"
    r"officer|\d+-year-old|actor|actress|singer|star|author|father|mother|agency|"
    r"company|firm|ministry|group|statement|post|letter|video|report|document)s?\b"
)
_INNER = re.compile(r"\b(?:he|she|his|her|him|hers)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:this|these|those) (?!week|month|year|quarter|time|spring|summer|autumn|"
    r"winter|who\b|with\b|of\b|in\b|that\b|is\b|was\b)[a-z]+|"
    r"^(?:If|When|While|As|Although|Because|Once|After|Before|Since|Until|Under) "
    r"(?:it|they|he|she|its|their|his|her)\b|"
    r"\bsuch (?!as\b|a\b|an\b)[a-z]+|\b(?:before|by|since|until) then\b|"
    r"\b(?:is|are|was|were) (?:even |much |slightly |far )?(?:lower|higher|larger|"
    r"smaller|bigger|worse|better|warmer|colder|cheaper|longer|shorter)"
    r"(?=[.,;]| (?:with|at|in)\b)|"
    # "The fund attached two conditions." and does not say which.
    r"\b(?:two|three|four|five|several) (?:new )?(?:conditions|reasons|steps|options|"
    r"points|things|ways|changes|demands|goals|problems|questions)\.$|"
    r"\bthe figure (?:was|is|rose|fell|stood)\b|^(?:On|In|At) the same |^Nothing |"
    r"^\w+ there \b|\bfollowed with\b|\banother matter\b|"
    r"\b(?:would|will|could|can|may|must) then\b|"
    r"^The [a-z]+(?<!s) (?:said|says) (?:that )?they\b|"
    r"\b(?:of|among|between) them\b|\bthe (?:former|latter)\b|"
    r", (?:it|he|she|they) (?:says?|said|states?|adds?|added)"
    r"(?=[.,]|$)"
)
_CALENDAR = re.compile(
    rf"^(?:On|In|By|At|Since|After) "
    rf"(?:{_WEEKDAY},? ?|\d{{1,2}} |[A-Z][a-z]+ |\d{{4}} ?)+,?"
)
_QUOTE = re.compile(r"[“\"][^“”\"]*[”\"]")
_DAY_ADVERB = re.compile(
    rf",? (?:(?:early|late) )?(?:on |earlier |late )?"
    rf"(?:{_WEEKDAY}|today|yesterday|tonight)"
    r"(?: (?:morning|afternoon|evening|night))?(?=[ ,.])(?!['’])(?! (?:and|or)\b)"
)
_LEADING_DAY = re.compile(
    rf"^(?:On |Early |Late )+(?:{_WEEKDAY}|today|yesterday)"
    r"(?: (?:morning|afternoon|evening|night))?,\s+"
)
# "from Thursday", said on Sunday: the one to come, which a look back gets wrong.
_COMING_DAY = re.compile(
    rf"\b(?:from|until|till|by|starting|next|for|begins?|beginning) (?:on )?{_WEEKDAY}"
    r"(?!,? (?:the )?\d)(?!,? [A-Z][a-z]+ \d)"
)
# No calendar knows which day these are.
_STILL_RELATIVE = re.compile(
    r"\b(?:days?|weeks?|months?|years?|hours?) ago\b|\bTODAY\b|"
    r"\b(?:this|last|next) (?:morning|afternoon|evening|night)\b"
)
# "On the morning of 24 May 2026, 24 May 2026": the date was there already.
_TWICE = re.compile(r"\b(\d{1,2} [A-Z][a-z]+ \d{4})\b,? \1")
_DAY_MATTERS = re.compile(
    rf"\b(?:for|by|until|till|since|from|before|after|of|last|next|this|through|"
    rf"between|and|or) (?:{_WEEKDAY}|today|yesterday|tonight)"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A sentence that is understood without its neighbours.

    Attributes:
        text: for a reader.
        antecedent: span of the sentence that names who is meant, None if not needed.
        is_first_fit: also fit to open a brief (no soft back-reference).
    """

    text: str
    antecedent: Span | None
    is_first_fit: bool


def stand_alone(sentence: Told, before: Told | None) -> Standing | None:
    """`sentence` for a reader who saw nothing else, None when that is not certain.

    `before` is the quotable sentence directly in front of it, None if there is none.
    """
    text = _without_connective(sentence.text)
    antecedent = None
    if _PERSON.match(text) or _THING.match(text):
        name = _subject_name(before, is_person=bool(_PERSON.match(text)))
        if name is None or before is None or not _agrees(text):
            return None
        text = _named(text, name)
        antecedent = before.span
    elif _leans(text):
        return None
    if _has_loose_pronoun(text):
        return None
    dated = _with_dates(text, sentence)
    if dated is None:
        return None
    return Standing(dated, antecedent, not (antecedent or _SOFT_START.match(dated)))


def _without_connective(text: str) -> str:
    match = _CONNECTIVE.match(text)
    if match is None:
        return text
    # "Still water ..." and "Yet another ..." are not connectives.
    if match.group("comma") is None and match.group().split()[0] in _NEED_A_COMMA:
        return text
    rest = text[match.end() :]
    return rest[:1].upper() + rest[1:]


# "An extension would have cost ...": of what, the sentence before has to say.
_OF_WHAT = re.compile(
    r"An? (?:[a-z-]+ )?(?:extension|expansion|enlargement|upgrade|renewal|replacement|"
    r"repeal|shortage|closure|reduction)(?! (?:of|to|for|at|on)\b)"
)


_CUBIC = re.compile(r"\bcubic (?:metre|kilometre|meter|kilometer|f[eo]+t)")
_STUFF = re.compile(
    r"\b(?:water|gas|oil|wood|timber|waste|earth|concrete|snow|ice|soil|sand|mud|fuel|"
    r"milk|wine|air|rain)\b"
)


# "Confident of 38 votes": in which house, the sentence before has to say.
_VOTES = re.compile(r"\b\d[\d,]* (?:votes|seats|delegates|signatures)(?=[.,;]|$)")
_WHOSE_VOTES = re.compile(
    r"(?i)\b(?:assembly|council|parliament|senate|house|chamber|congress|board|court|"
    r"committee|commission|cabinet|members|pass(?:ed|es)|adopt(?:ed|s)|approved?|"
    r"reject(?:ed|s)|elect(?:ed|ion|ions)|won|lost|party|parties|petition|against|"
    r"of the)\b"
)


def _leans(text: str) -> bool:
    if _OF_WHAT.match(text) or (_CUBIC.search(text) and not _STUFF.search(text)):
        return True
    if any(one.unit.startswith("/") for one in read_quantities(text)):
        # "4.1 million a year", of what?
        return True
    if _VOTES.search(text) and not _WHOSE_VOTES.search(text):
        return True
    match = _LEANS.match(text)
    if match is None:
        return bool(_BARE_ROLE.match(text))
    first = match.group().split()[0].lower()
    if first in _SOFT:
        # "Two of the plants ..." leans; "Two workers at the Harbour plant ..." stands.
        return len(read_names(text)) == 0 or " of them" in text
    return True


def _subject_name(before: Told | None, *, is_person: bool) -> str | None:
    """The one name that a pronoun after `before` can mean, None when in doubt."""
    if before is None:
        return None
    line = _without_connective(before.text)
    names = read_names(line)
    if not names or names[0].span.start > len("The "):
        return None
    first = names[0]
    if " " not in first.text and _is_ordinary(first.text, before.document.text):
        return None
    following = line[first.span.end :].split()
    if not following or not _is_verb(following[0]):
        return None
    names_person = looks_person(first.text)
    if is_person != names_person:
        return None
    rivals = [
        name
        for name in names[1:]
        if (looks_person(name.text) or not is_person) and name.text not in first.text
    ]
    if rivals:
        return None
    lead = "The " if line.startswith("The ") and first.span.start == 4 else ""
    return lead + first.text.removesuffix("'s").removesuffix("’s")


def _is_ordinary(word: str, text: str) -> bool:
    """A capital at a sentence's start only: "Wages rose", "wages" elsewhere."""
    lower = word.lower()
    return lower in ORDINARY or re.search(rf"\b{re.escape(lower)}\b", text) is not None


def _is_verb(word: str) -> bool:
    return word in AUXILIARIES or verb_of(word.strip(",")) is not None


_ORGANISATION = re.compile(
    r"(?i)\b(?:inc|ltd|plc|group|bank|agency|ministry|party|university|council|"
    r"corp\w*|works|systems|airlines?|motors?|energy|foods?|labs?|institute|office|"
    r"committee|union|association|commission|authority|department|court|police|club|"
    r"times|post|ledger|wire|news|house|board|exchange|technologies|software|media|"
    r"international|national|company|holdings?|services?|partners?|foundation|"
    r"network|center|centre|school|hospital|street|city|county|river|bay|island|"
    r"lake|park|airport|station|port|north|south|east|west|united|new)\b"
)


def looks_person(name: str) -> bool:
    """Two to four plain capitalised words, none of an organisation or a place."""
    parts = name.split()
    if not 2 <= len(parts) <= 4 or _ORGANISATION.search(name):
        return False
    return all(part[:1].isupper() and part.strip(".").isalpha() for part in parts)


def _named(text: str, name: str) -> str:
    owner = re.match(r"^(?:His|Her|Its|Their)\b", text)
    if owner is not None:
        return f"{name}'s{text[owner.end() :]}"
    pronoun = re.match(r"^(?:He|She|It|They|The [\w-]+)", text)
    return name + text[pronoun.end() :] if pronoun else text


def _agrees(text: str) -> bool:
    """Whether a singular name may stand for the first word: "They are" says no."""
    if not text.startswith("They "):
        return True
    verb = text.split()[1].lower()
    found = verb_of(verb)
    if verb in AUXILIARIES:
        return verb in MODALS | {"had", "did"}
    return found is not None and found[1] is Form.PAST


def _has_loose_pronoun(text: str) -> bool:
    """A "he" or "her" with no name in front of it: nobody knows who is meant."""
    outside = _QUOTE.sub(lambda match: " " * len(match.group()), text)
    if _POINTS_BACK.search(outside):
        return True
    if _is_object_unknown(outside) or _OF_WHOM.match(_LEADING_WHEN.sub("", outside)):
        return True
    owner = re.search(r"\b(?:its|their|it|they)\b", outside)
    if owner and len(outside[: owner.start()].split()) <= 5:
        head = _CALENDAR.sub("", outside[: owner.start()])
        if not re.search(r"[A-Z][a-z]+.*[A-Z]|^(?:The|A|An|[A-Z]\w+s?) [a-z]", head):
            return True
    match = _INNER.search(outside)
    if match is None:
        return bool(
            re.search(r"(?:^|[,”\"] )(?:they|it) (?:said|says|added)\b", outside)
        )
    names = [
        name
        for name in read_names(text)
        if name.span.start < match.start() and not name.text.isupper()
    ]
    return not names


# "A faulty update stopped its database service": hardly the update's.
_OF_WHOM = re.compile(r"^[Aa]n? (?:[a-z-]+ ){1,4}?[a-z]+(?:ed|s) (?:its|their) ")
_LEADING_WHEN = re.compile(r"^(?:On|In|At|By|Since|After) (?:[A-Z0-9][\w,]* )+")


def _is_object_unknown(text: str) -> bool:
    """ "Survey flights measured it": not the flights; "... estimate them": no things
    of which there are several stand in front.
    """
    clause = parse(text)
    if clause is not None and _ITS_OBJECT.match(clause.rest):
        return True
    them = re.search(r"\bthem\b", text)
    if them is None:
        return False
    before = text[: them.start()]
    return not (_SEVERAL_THINGS.search(before) or " and " in before)


# "Said it would", "made it clear": no object.
_ITS_OBJECT = re.compile(
    r"(?:it|them)(?= (?:in|on|at|by|between|from|to|with|for|after|before|during|until|"
    r"as|about)\b|[,.;]|$)"
)
_SEVERAL_THINGS = re.compile(
    r"\b(?!(?:was|is|has|this|its|does|says|plus)\b)[\w-]+[^s\W]s\b(?!['’])|"
    r"\b(?:people|children|women|men|police|staff|two|three|four|five|six)\b"
)


def _is_every_year(text: str) -> bool:
    """ "Snow feeds the river until August": a habit, of no year."""
    if not _BARE_MONTH.search(_QUOTE.sub(" ", text)):
        return False
    clause = parse(text)
    return (
        clause is not None
        and clause.form in {Form.THIRD, Form.BASE}
        and not clause.auxiliary
        and clause.known.base not in _SCHEDULED
    )


_BARE_MONTH = re.compile(
    r"\b(?:until|till|through|from|in|every) (?:January|February|March|April|May|June|"
    r"July|August|September|October|November|December)\b(?! \d)(?!,? (?:19|20)\d\d)"
)
# Of these the present tense tells what a calendar has: "the ban ends in June".
_SCHEDULED = frozenset(
    "be have begin start open end close expire take leave become come go return run "
    "last meet vote decide retire expect plan say want intend".split()
)


def _with_dates(text: str, sentence: Told) -> str | None:
    if _COMING_DAY.search(text) or _STILL_RELATIVE.search(_QUOTE.sub(" ", text)):
        return None
    if _is_every_year(text):
        return None
    published = sentence.document.published_at
    day = published.date() if published else None
    dated = absolute(text, published=day)
    if dated is not None:
        return None if _TWICE.search(dated) else dated
    if _DAY_MATTERS.search(text) or _QUOTE.search(text):
        return None
    shorter = _LEADING_DAY.sub("", text)
    shorter = _DAY_ADVERB.sub("", shorter[:1].upper() + shorter[1:])
    if shorter == text or not shorter[:1].isupper():
        return None
    return absolute(shorter, published=day)
