"""What a sentence does in a story: looks ahead, explains, compares, warns, defines."""

from __future__ import annotations

import re
from collections.abc import Collection

from briefing.logic.extractive.candidates import Candidate
from briefing.logic.text import content_words

_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_FUTURE = re.compile(
    r"\b(?:will|plans? to|plan to|intends? to|aims? to|hopes? to|is due|are due|due to "
    r"(?:be|begin|start|open|close|publish|vote|meet|decide|report|appear|return|end|"
    r"take|release|launch)|(?:is|are) expected|(?:is|are) scheduled|(?:is|are) set to|"
    r"(?:must|has to|have to|needs to) still|still (?:has|have|needs?) to|"
    r"(?:is|are) to (?:be|begin|start|vote|meet|decide|report|open|publish)|"
    r"may (?:file|appeal|apply|still)|takes effect|take effect|comes into force)\b"
)
_PAST_FUTURE = re.compile(r"\b(?:will have|would|had (?:planned|hoped|expected))\b")
_CAUSE = re.compile(
    r"\b(?:because|due to (?!be\b|begin\b|start\b|open\b|vote\b)|owing to|thanks to|"
    r"as a result of|driven by|caused by|prompted by|triggered by|blam(?:es|ed)|"
    r"attribut(?:es|ed)|the reason|stems? from|stemmed from|led to|explained by|"
    r"put (?:the|it) down to|helped by|fuelled by|fueled by)\b"
)
_COMPARABLE = re.compile(
    r"\b(?:not (?:directly |strictly )?comparable|cannot be compared|"
    r"(?:be|are) compared directly|count tokens differently|differ(?:ent|s)? "
    r"(?:definitions?|methods?|tokeni[sz]ers?)|like[- ]for[- ]like)\b",
    re.IGNORECASE,
)
_FIRMNESS = re.compile(
    r"\b(?:preliminary|provisional|unaudited|"
    r"may be revised|margin of error|subject to revision|"
    r"(?:figures?|count|total|numbers?|data) (?:do(?:es)? not include|excludes?|"
    r"leaves? out|covers? only)|not been independently|could not be "
    r"(?:independently )?(?:verified|confirmed)|small sample)\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(?:unclear|not (?:yet )?(?:clear|known)|unknown|did not (?:say|give|name|"
    r"disclose|specify|comment|respond|provide)|declined to|has not (?:said|named|"
    r"published|given|disclosed|decided|commented)|have not (?:said|named|published|"
    r"given|decided)|no (?:date|details?|decision|figures?|timetable) "
    r"(?:has|have|was|were)|yet to (?:decide|say|publish|be))\b",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    r"\b(?:compared (?:with|to)|(?:more|less|fewer|higher|lower|larger|smaller|faster|"
    r"slower) than (?=the |a |in |last |it |its )|up from|down from|"
    r"twice|double|triple|times (?:as|more|the)|"
    r"versus|against [\d$€£]|from (?:about |around )?[\d$€£][\w.,]*[\w ]* (?:a|in|the) "
    r"(?:year|month|week|quarter)|year earlier|week earlier|month earlier|"
    r"the (?:week|month|quarter|year) before)\b"
)
_RARE = re.compile(
    r"\b(?:record|(?:largest|biggest|highest|lowest|worst|steepest|smallest|longest|"
    r"fastest|deadliest|strongest|weakest)\b.{0,50}\b(?:since|ever|on record|in "
    r"(?:\w+ )?(?:years|decades|history))|first time|"
    r"first (?:[a-z-]+ ){1,3}(?:in|for) (?:\w+ )?(?:years|decades)|"
    r"(?:third|fourth|fifth|sixth|seventh|eighth|second) (?:straight|consecutive|"
    r"successive|\w+ (?:rise|fall|week|month|quarter|year)? ?in a row))\b"
)
_AFFECTED = re.compile(
    r"^(?:[\w’'%.,-]+ ){0,6}(?:customers|residents|passengers|patients|students|"
    r"pupils|users|consumers|"
    r"pharmacies|hospitals|schools|clinics|shops|airlines|"
    r"households|drivers|workers|employees|staff|farmers|investors|taxpayers|"
    r"travellers|travelers|commuters|tenants|pensioners|families|subscribers|"
    r"shoppers|developers|suppliers|homeowners|borrowers)\b[^.,]{0,25}\b(?:will|must|"
    r"face|lose|lost|have to|had to|affected|pay|can no longer|could not)\b"
)
_HISTORY = re.compile(
    r"\b(?:since (?:19|20)\d\d|"
    r"(?:in|until|from) (?:19\d\d|20[01]\d|202[0-4])|"
    r"first (?:opened|published|proposed|announced)|years? (?:ago|earlier)|"
    r"previously)\b"
)
_LEAVES_OUT = re.compile(r"\b(?:but (?:it|that|this) (?:leaves out|excludes))\b")
_DISPUTED = re.compile(
    r"\b(?:rather than the (?=[\d$€£])|"
    r"puts? the (?:figure|number|sum|total|cost|count)s? "
    r"(?:higher|lower|at)|contradict|disputed by|disagree|differs? from)"
)
_CRITICAL = re.compile(
    r"\b(?:critics|opponents)\b.{0,60}\b(?:say|said|argue|warn|fear|call)|"
    r"\b(?:criticis|criticiz|condemn|denounc)e[sd]\b",
    re.IGNORECASE,
)


_CAUTION = re.compile(
    r"^(?:(?:One|A|An|The|Another) )?(?:main |further |important )?"
    r"(?:caution|caveat|reservation|limitation)s?\b|"
    r"\b(?:with|some) (?:caution|reservations)\b|"
    r"\btoo (?:few|small|little|early|short) for (?:a|any) "
    r"(?:firm|clear|sure|final|safe)\b",
    re.IGNORECASE,
)


def bare(text: str) -> str:
    """`text` with its quotations blanked out."""
    return _QUOTED.sub(" ", text)


def looks_ahead(one: Candidate) -> bool:
    """Speaks of what is planned, due or expected, outside quotations."""
    outside = bare(one.text)
    return bool(_FUTURE.search(outside)) and not _PAST_FUTURE.search(outside)


def gives_cause(one: Candidate) -> bool:
    """States why, in the source's own words."""
    return bool(_CAUSE.search(bare(one.text)))


def warns_of_comparing(one: Candidate) -> bool:
    """Says that figures cannot be set side by side."""
    return bool(_COMPARABLE.search(one.text))


def limits_figures(one: Candidate) -> bool:
    """Says how firm or how complete a figure is."""
    has_figure = any(mark.isdigit() for mark in one.text)
    return has_figure and bool(_FIRMNESS.search(one.text))


def cautions(one: Candidate) -> bool:
    """Says with what caution the rest is to be read."""
    return bool(_CAUTION.search(bare(one.text)))


def names_gap(one: Candidate) -> bool:
    """Says what nobody has said yet."""
    return bool(_UNKNOWN.search(bare(one.text)))


def compares(one: Candidate) -> bool:
    """Sets one figure against another."""
    return bool(one.quantities) and bool(_COMPARISON.search(bare(one.text)))


def is_rare(one: Candidate) -> bool:
    """Calls it a record, a first, a row."""
    return bool(_RARE.search(bare(one.text)))


def is_first(one: Candidate) -> bool:
    """ "Its first strike in nine years": rare without a figure of its own."""
    return bool(_FIRST_IN.search(bare(one.text)))


_FIRST_IN = re.compile(
    r"\bfirst (?:[a-z-]+ ){1,3}(?:in|for) (?:\w+ )?(?:years|decades)"
)


def affects(one: Candidate) -> bool:
    """Says what it does to a group of people."""
    return bool(_AFFECTED.search(bare(one.text)))


def disputes(one: Candidate) -> bool:
    """Sets one account of a figure against another."""
    outside = bare(one.text)
    if _LEAVES_OUT.search(outside):
        return bool(one.quantities)
    return len(one.quantities) >= 2 and bool(_DISPUTED.search(outside))


def is_history(one: Candidate) -> bool:
    """Tells what went before: an earlier year, or "had" done something."""
    return bool(_HISTORY.search(bare(one.text))) and not looks_ahead(one)


def criticises(one: Candidate) -> bool:
    """Reports an objection or a warning by somebody."""
    return bool(_CRITICAL.search(bare(one.text)))


def tells_places_only(text: str, listed: Collection[str]) -> bool:
    """Who is first and second of a list that stands there for all to see: names of
    `listed` and words for places, no figure of its own.
    """
    if not any(name in text for name in listed):
        return False
    left = text
    for name in sorted(listed, key=len, reverse=True):
        left = left.replace(name, " ")
    left = _NAMED.sub(" ", left)
    is_place = _PLACE.search(left) is not None
    return is_place and all(word in _PLACING for word in content_words(left))


_NAMED = re.compile(r"\b[A-Z][\w-]*(?:['’]s)?")
_PLACE = re.compile(
    r"\b(?:leads?|led|tops?|topped|first|second|third|fourth|fifth|ahead)\b"
)
_PLACING = frozenset(
    "lead leads led leading top tops topped first second third fourth fifth sixth "
    "seventh eighth ninth tenth place places position spot rank ranks ranked ranking "
    "table list chart ahead behind follow follows followed hold holds held take takes "
    "took keep keeps kept stay stays stayed remain remains remained come comes came "
    "stand stands stood weekly daily monthly usage model models "
    "package packages token tokens download downloads".split()
)


def is_quoted(text: str) -> bool:
    """Holds a passage in quotation marks of five words or more."""
    return any(len(found.split()) >= 5 for found in _QUOTED.findall(text))
