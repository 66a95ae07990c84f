"""A headline for a story whose titles cannot be used: its best lead, cut short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.domain.claim import Claim, ClaimKind
from briefing.logic.extractive.candidates import Candidate
from briefing.logic.extractive.clauses import parse
from briefing.logic.extractive.page import Page, is_speech
from briefing.logic.extractive.roles import names_gap
from briefing.logic.extractive.scoring import cosine, vectors
from briefing.logic.extractive.trims import shorten, without_asides, without_speaker
from briefing.logic.extractive.verbs import AUXILIARIES, Form, verb_of
from briefing.logic.names import read_names
from briefing.logic.rules.reading import read

_LONGEST = 90
_LOOKED_AT = 40
_FEWEST_WORDS = 5
# A phrase that begins so may be cut off without making the rest untrue.
_CUT_BEFORE = re.compile(
    r",? (?:in|on|at|after|during|as|while|amid|following|since|according to|when|"
    r"where|which|who|with)\b|,"
)
_DENIES = re.compile(r"\b(?:not|no|never|without|unless|if|except|but|denied)\b|n't\b")
# Words that lean on what was told before, or tell of an earlier day than the news.
_LEANS = re.compile(
    r"\b(?:also|later|then|however|meanwhile|earlier|eventually|initially|previously|"
    r"once|another|others?|the same|even|still|instead|had [a-z]+(?:ed|en))\b|"
    r"^(?:Yet|Then|Even|Ultimately|Later|Over|With|Three|Two|In (?:the|a|an|19|20)|At|"
    r"For|Under)\b"
)
_WEAK = frozenset(
    "be have say tell write add refer include mean seem appear call know want need "
    "think believe stand lie show look play help".split()
)
# What they report or ask is what a cut would take away.
_WANT_MORE = frozenset(
    "provide give supply tell say ask suggest show find claim believe reveal note "
    "argue propose confirm want lead force allow seek prompt make see hear".split()
)
_LOOSE_ENDS = frozenset(
    "said says the a an of to and that by up out off down away over for from into "
    "her his their its more most less only just about university".split()
)
# "Mira Hale attends a launch": the caption of a picture.
_PICTURED = frozenset(
    "attend pose arrive walk leave speak sign sit wave smile watch hold return talk "
    "gesture describe perform ride celebrate".split()
)
_MAY = re.compile(r"\b(?:could|should|might|may|must)\b")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_FIRST_SENTENCES = 5
_SHORT = 35


@dataclass(frozen=True, slots=True)
class Heading:
    """A lead as a heading.

    Attributes:
        text: at most 90 characters, without the full stop.
        is_cut: a phrase was cut off its end, not a whole clause.
    """

    text: str
    is_cut: bool


def from_leads(page: Page) -> Claim | None:
    """The lead that tells most, as a heading; None when no sentence can be used."""
    leads = [
        (_worth(heading, one, page), heading.text, one)
        for one in page.pool[:_LOOKED_AT]
        if not (is_speech(one.text) or one.is_background)
        and (heading := cut_short(one.text)) is not None
    ]
    leads.sort(key=lambda lead: -lead[0])
    for text, one in (*((text, one) for _, text, one in leads), *_short(page)):
        claim = Claim(text, ClaimKind.REPORTED, one.citations)
        if page.holds(claim):
            return claim
    return None


def _short(page: Page) -> Iterator[tuple[str, Candidate]]:
    """Sentences that are short as they are, when none can be taken apart."""
    for one in page.pool:
        text = without_speaker(one.text)
        if len(text) <= _LONGEST and text[-1].isalnum() and not is_speech(one.text):
            yield text, one


def _worth(heading: Heading, one: Candidate, page: Page) -> float:
    """Weight of the lead and nearness of the heading, less what is wrong with it.

    What each fault costs is chosen by reading the Multi-News headlines; a lead weighs
    1 at most and nearness seldom more than 0.3.
    """
    text = heading.text
    found = vectors([text, *(other.text for other in page.pool[:12])])
    near = sum(cosine(found[0], other) for other in found[1:]) / len(found[1:])
    worth = one.score / page.pool[0].score + near
    costs = (
        (heading.is_cut, 0.25),
        (not one.is_first_fit or bool(_LEANS.search(text)), 0.4),
        (_is_weak(text), 0.5),
        (not one.names or names_gap(one), 0.3),
        (_has_unknown_subject(text), 0.3),
        (len(text) < _SHORT, 0.3),
        (bool(_YEAR.search(text)), 0.2),
        (one.source.number > _FIRST_SENTENCES, 0.2),
        (bool(read(text).quantities), -0.1),
    )
    return worth - sum(cost for holds, cost in costs if holds)


def _is_weak(text: str) -> bool:
    """Somebody says or is something, or a picture is described: no event."""
    clause = parse(text + ".")
    if clause is None or clause.known.base in _WEAK or text[0] in '“"':
        return True
    may = bool(_MAY.search(clause.auxiliary))
    return may or (clause.form is Form.THIRD and clause.known.base in _PICTURED)


def _has_unknown_subject(text: str) -> bool:
    """ "The incident", "the supervisors": of what, a headline's reader cannot know."""
    clause = parse(text + ".")
    return clause is None or (
        clause.subject.split()[0] in {"The", "It", "It's", "It’s", "There"}
        and not read_names(clause.subject[3:])
    )


def cut_short(text: str) -> Heading | None:
    """A sentence as a heading of at most 90 characters, None if it will not fit."""
    bare = without_asides(text)
    for form in (text, bare, shorten(bare, 16), shorten(bare, 13, keeps_numbers=False)):
        if form is not None:
            kept = without_speaker(form)
            if len(kept) <= _LONGEST and kept[-1].isalnum() and _is_sentence(kept):
                return Heading(kept, is_cut=False)
    return _at_phrase(without_speaker(bare))


def _at_phrase(text: str) -> Heading | None:
    if any(mark in text for mark in '“”"'):
        return None
    names = [name.span for name in read_names(text)]
    for match in reversed(list(_CUT_BEFORE.finditer(text))):
        end = match.start()
        kept, dropped = text[:end], text[end:]
        if len(kept) > _LONGEST or len(kept.split()) < _FEWEST_WORDS:
            continue
        is_safe = not _DENIES.search(dropped) and kept.count("(") == kept.count(")")
        splits = any(name.start < end < name.end for name in names)
        if is_safe and not splits and _may_end(kept):
            return Heading(kept, is_cut=True)
    return None


def _is_sentence(text: str) -> bool:
    clause = parse(text + ".")
    return clause is not None and text.split()[-1].lower() not in _LOOSE_ENDS


def _may_end(text: str) -> bool:
    """Whether what was cut off may be missed: not a verb's object, not half a list."""
    clause = parse(text + ".")
    if clause is None or not _is_sentence(text) or clause.known.base in _WANT_MORE:
        return False
    if "," in f"{clause.subject}{clause.rest}":
        return False
    last = text.split()[-1]
    # "a car listed [on the site]": the word speaks of what is gone.
    hangs = last.islower() and last not in AUXILIARIES and _is_participle(last)
    return not (hangs and last != clause.verb) and not _COMPARES.search(text)


_COMPARES = re.compile(r"\b(?:more|less|as|so|too) [a-z]+$")


def _is_participle(word: str) -> bool:
    found = verb_of(word)
    is_past = found is not None and found[1] in {Form.PAST, Form.PARTICIPLE}
    return is_past or word.endswith("ing")
