"""Questions for what a plain clause says of one thing: how long, what share, what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from briefing.domain.claim import Quantity, QuantityKind
from briefing.logic.extractive.asking import (
    cut_date,
    dangles,
    is_sound,
    questions,
    short,
    turned,
)
from briefing.logic.extractive.clauses import Clause, parse, question_subject
from briefing.logic.extractive.verbs import Form
from briefing.logic.quantities import read_quantities
from briefing.logic.rules.questions import grammar_fault

_TIMES = frozenset("minute hour day week month year".split())
_LASTS = frozenset("spend take need last wait stay remain".split())
_SHIFTS = frozenset(
    "raise lower cut reduce increase decrease boost expand shorten extend".split()
)
_MOVES = frozenset("rise fall grow drop increase decrease decline jump slip".split())
_DECIDES = frozenset(
    "pass approve adopt order reject ban decide agree rule suspend grant".split()
)
_WANTS = frozenset("need require want demand seek receive face".split())
_WHOLE = re.compile(
    r"^ of (?P<whole>(?!(?:its|their|his|her|those)\b)[\w’'-]+(?: [\w’'-]+){0,5}?)"
    r"(?P<rest>(?:,| (?:in|by|from|on|at|for|to|with|since|until|and|as)\b).*)?$"
)
_HEDGE = re.compile(
    r"(?:only|just|about|around|some|nearly|almost|more than|at least|up to|over|"
    r"roughly|less than|fewer than)?$"
)
_DECIDER = re.compile(
    r"\b(?:assembly|parliament|council|board|court|committee|commission|government|"
    r"cabinet|senate|congress|office|authority|agency|ministry|regulator|bank|union|"
    r"association|members|shareholders|judges?|ministers?|voters|jury|mayor|company)\b",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\b(?:price|cost|fee|rate|share|level|average|temperature|yield|wage|rent|limit|"
    r"ceiling|target|margin|capacity|protection|inflation|unemployment|turnout)\b"
)
# "The sequence holds five units found at ...": a verb that no table has.
_TWO_VERBS = re.compile(
    r"\b[a-z]{3,}(?:s|ed) (?:the|a|an|its|their|two|three|four|five|six|\d\S*)\b"
)
_FEWEST_WANTED = 2
_MOST_OBJECT = 9


def asked_of(text: str) -> Iterator[str]:
    """Every question that the sentence answers, the most telling first; none of a
    sentence that is no plain clause.
    """
    clause = parse(text)
    if clause is None:
        for of_text in (_how_high_is, _of_every, _how_many_people, _unchanged):
            made = of_text(text)
            if made is not None and not grammar_fault(made):
                yield made
        return
    if _TWO_VERBS.search(clause.subject) or _is_any(clause):
        return
    makers = (
        _how_long,
        _how_often,
        _what_share,
        _how_much_change,
        _how_high,
        _put_at,
        _decided,
    )
    for make in makers:
        made = make(clause)
        if made is not None and is_sound(made):
            yield made
    yield from questions(clause)
    for make in (_wants, _must):
        made = make(clause)
        if made is not None and is_sound(made):
            yield made


def _is_any(clause: Clause) -> bool:
    """ "A new quay would have cost ...", "A shortage raised ...": which one, a question
    could not say; what "a ship spends" on average is said of all.
    """
    is_habit = clause.form in {Form.THIRD, Form.BASE} and not clause.auxiliary
    return not is_habit and re.match(r"An? ", clause.subject) is not None


def _first(text: str) -> tuple[Quantity, str, str] | None:
    """The first quantity but ordinals, with what stands before and behind it."""
    for one in read_quantities(text):
        if one.kind is QuantityKind.ORDINAL:
            continue
        return one, text[: one.span.start].strip(), text[one.span.end :]
    return None


def _tail(after: str) -> str:
    """What is left behind a figure, as far as it may stand in a question."""
    kept = short(cut_date(re.sub(r" on average\b", "", after)))
    return kept if kept and not read_quantities(kept) and not dangles(kept) else ""


def _how_long(clause: Clause) -> str | None:
    """ "How long does a ship spend at berth?", of a time that it spends there."""
    asked, found = turned(clause), _first(clause.rest)
    if asked is None or found is None or clause.known.base not in _LASTS:
        return None
    quantity, before, after = found
    if quantity.unit not in _TIMES or not _HEDGE.fullmatch(before.lower()):
        return None
    if clause.known.base == "last" and not clause.auxiliary:
        # Not "How long did the last strike last?".
        was = "was" if clause.form is Form.PAST else "is"
        return f"How long {was} {question_subject(clause.subject)}?"
    return f"How long {asked} {_tail(after)}".strip() + "?"


def _how_often(clause: Clause) -> str | None:
    """ "How often did side effects occur?", of what occurred "in" a share of them."""
    asked, found = turned(clause), _first(clause.rest)
    if asked is None or found is None or clause.known.base not in {"occur", "happen"}:
        return None
    quantity, before, _ = found
    is_share = quantity.kind is QuantityKind.PERCENT and before == "in"
    return f"How often {asked}?" if is_share else None


def _what_share(clause: Clause) -> str | None:
    """ "What share of the output has the plant sold?", of a percentage."""
    asked, found = turned(clause), _first(clause.rest)
    if asked is None or found is None or clause.known.base == "be":
        return None
    quantity, before, after = found
    whole = _WHOLE.match(after)
    is_share = quantity.kind is QuantityKind.PERCENT and whole is not None
    if not is_share or whole is None or not _HEDGE.fullmatch(before.lower()):
        return None
    tail = _tail(whole.group("rest") or "")
    return f"What share of {whole.group('whole')} {asked} {tail}".strip() + "?"


def _how_much_change(clause: Clause) -> str | None:
    """ "How much did the shortage raise the price?", "How much did rents fall?"."""
    # "A shortage in 2025": the question would grow too long, and the answer says it.
    subject = re.sub(r" in (?:19|20)\d\d$", "", clause.subject)
    asked, found = turned(replace(clause, subject=subject)), _first(clause.rest)
    if asked is None or found is None:
        return None
    quantity, before, _ = found
    if quantity.kind in {QuantityKind.ORDINAL, QuantityKind.COUNT}:
        return None
    if clause.known.base in _MOVES and before in {"from", "by"}:
        return f"How {'far' if before == 'from' else 'much'} {asked}?"
    thing = re.fullmatch(r"(?P<what>.+?) (?:by|from)(?: about)?", cut_date(before))
    dated = re.fullmatch(r"(?P<what>.+?) (?:by|from)(?: about)?", before)
    if clause.known.base not in _SHIFTS or dated is None:
        return None
    what = thing.group("what") if thing else cut_date(dated.group("what"))
    if len(what.split()) > _MOST_OBJECT or read_quantities(what) or dangles(what):
        return None
    return f"How much {asked} {what}?"


def _how_high(clause: Clause) -> str | None:
    """ "How high is the average price?", of a level that "is" a figure."""
    found = _first(clause.rest)
    if found is None or clause.known.base != "be" or clause.auxiliary:
        return None
    if found[0].kind not in {QuantityKind.MONEY, QuantityKind.PERCENT}:
        return None
    is_level = _LEVEL.search(clause.subject) and not found[1]
    subject = question_subject(clause.subject)
    return f"How high {clause.verb} {subject}?" if is_level else None


def _how_high_is(text: str) -> str | None:
    """The same of a subject with a clause of its own: "Protection against dengue that
    leads to hospital treatment was 85.2%."
    """
    match = _LEVEL_IS.match(text)
    if match is None or not _LEVEL.search(match.group("subject").lower()):
        return None
    subject = question_subject(match.group("subject"))
    return f"How high {match.group('verb')} {subject}?"


_LEVEL_IS = re.compile(
    r"^(?P<subject>(?!It |He |She |They |There )[A-Z](?:(?! (?:is|was|are|were)\b)"
    r"[^,;“”\"]){3,90}) (?P<verb>is|was) (?:about |only |just )?[€$£]?\d"
)


def _of_every(text: str) -> str | None:
    """ "How many children fell ill with fever?", of "Of every 1,000 children who were
    vaccinated, 14 fell ill with fever within a year".
    """
    match = _OF_EVERY.match(text)
    return f"How many {match.group('who')} {match.group('did')}?" if match else None


_OF_EVERY = re.compile(
    r"Of every [\d,]+ (?P<who>[a-z]+)(?: [^,;“”\"]{3,60})?, (?:about |only |just )?\d+ "
    r"(?P<did>(?:fell|became|got) ill with [a-z -]+?)"
    r"(?=[.,;]| (?:in|within|after|before|during|by|over|on)\b)"
)


def _how_many_people(text: str) -> str | None:
    """ "How many people depend on the lake?", of "About 2 million people and 300 farms
    depend on the lake".
    """
    match = _PEOPLE_DO.fullmatch(text.rstrip("."))
    return f"How many {match.group('who')} {match.group('do')}?" if match else None


_PEOPLE_DO = re.compile(
    r"(?:(?:About|Some|Around|Nearly|Almost|More than|At least) )?"
    r"\d[\d,.]*(?: million)? "
    r"(?P<who>people|households|families|farmers|workers|children|patients)"
    r"(?: and \d[\d,.]* [a-z]+(?: of [a-z]+)?)? "
    r"(?P<do>(?:depend|rely|live|work) (?:on|in|at|for|along) (?:the )?[\w’' -]{3,40})"
)


def _unchanged(text: str) -> str | None:
    """ "What has not changed?", of what "is unchanged"."""
    return "What has not changed?" if _SAME_AS_EVER.search(text) else None


_SAME_AS_EVER = re.compile(
    r"^(?!It |He |She |They |There )[A-Z][^;“”\"]+ "
    r"(?:is|are|remains?|stays?) unchanged\.$"
)


def _put_at(clause: Clause) -> str | None:
    """ "How high did the union put the loss?", of what it put "at" a figure."""
    asked, found = turned(clause), _first(clause.rest)
    if asked is None or found is None or clause.known.base not in {"put", "estimate"}:
        return None
    thing = re.fullmatch(r"(?P<what>(?:the|its|their) [\w’' -]+) at", found[1])
    return f"How high {asked} {thing.group('what')}?" if thing else None


def _decided(clause: Clause) -> str | None:
    """ "What did the assembly decide?", of what somebody who may decide passed."""
    is_told = clause.form is Form.PAST and not clause.auxiliary
    if not is_told or clause.known.base not in _DECIDES or clause.lead:
        return None
    if not _DECIDER.search(clause.subject) or "," in clause.subject:
        return None
    return f"What did {question_subject(clause.subject)} decide?"


def _wants(clause: Clause) -> str | None:
    """ "What does the plant need?" """
    asked = turned(clause)
    wants_little = len(clause.rest.split()) < _FEWEST_WANTED
    if asked is None or clause.known.base not in _WANTS or wants_little:
        return None
    return None if clause.auxiliary else f"What {asked}?"


def _must(clause: Clause) -> str | None:
    """ "What must projects do?" """
    if clause.auxiliary != "must" or clause.known.base == "be" or clause.lead:
        return None
    return f"What must {question_subject(clause.subject)} do?"
