"""Sentences of the sources that can be quoted: complete, told, no furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.domain.document import Document, DocumentKind, Span
from briefing.logic.text import sentences, words

# Chosen: news beyond this is archive or a live blog; its top holds the event.
_MAX_CHARS = 40_000
_MAX_SENTENCES = 160
_MIN_WORDS, _MAX_WORDS = 5, 55

_MARKER = re.compile(r"^(?:[-•*–—▪·]+|\d{1,2}[.)])\s+")
_CREDIT = re.compile(
    r"^(?:(?:Image|Media|Photo|Video|Picture)\s+(?:copyright|caption|credit)\s+)+"
    r"(?:[A-Z][\w/]*\s+){1,3}(?:Image caption\s+)?"
)
_PLACE = r"[A-Z][\w.’'-]*(?:[ -][A-Z][\w.’'-]*){0,3}"
_DATELINE = re.compile(
    r"^(?:"
    rf"{_PLACE}(?:, [A-Z][\w. ]{{1,20}})?(?:, (?:\w+\.? \d{{1,2}}|\d{{1,2}} \w+)"
    r"(?:,? \d{4})?)? ?\([^)]{2,30}\)\s*(?:[-–—:]+|--)\s*"
    r"|\([A-Z][^)]{1,30}\)\s*(?:[-–—:]+|--)\s*"
    r"|[A-Z][A-Z.’' -]{2,30}(?:, [A-Z][\w.]*(?: [A-Z]\w*)?)?"
    r"(?:, (?:\w+\.? \d{1,2}|\d{1,2} \w+)(?:,? \d{4})?)?\s*(?:[–—]|--|- )\s*"
    r")(?=[\"“A-Z0-9])"
)
_ENDS = re.compile(r"[.!?][\"'”’)\]]*$")
_CUT = re.compile(r"(?:\.{3}|…)[\"'”’)\]]*$|\[(?:…|\.\.\.|\+\d+ chars)\]")
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_FIRST_PERSON = re.compile(
    r"\b(?:I|I'm|I've|we|we're|we've|us|our|ours|my|me|mine|We|We're|We've|Our|My)\b"
)
_YOU = re.compile(r"\b(?:you|your|yours|you're|you'll|you've)\b", re.IGNORECASE)
_FURNITURE = re.compile(
    r"\b(?:sign(?:ed)? up|subscrib\w+|read more|click here|newsletter|cookies?|"
    r"all rights reserved|advertisement|sponsored|follow us|share this|"
    r"photo(?:graph)?(?:s)? by|image (?:copyright|caption|credit)|media caption|"
    r"file photo|getty images|hide caption|toggle caption|enlarge this|"
    r"this (?:is a )?sample (?:text|article|document)|written for (?:the )?sample|"
    r"sample (?:text|article) written|copyright ©|©|terms of (?:use|service)|"
    r"privacy policy|contributed to this (?:report|story)|reporting by|editing by|"
    r"translated by|story continues|continue reading|related (?:stories|articles|"
    r"content)|comments? (?:are|is) closed|updated at|last updated|please (?:enable|"
    r"see|read|contact)|javascript|browser|watch (?:the )?video|see also|"
    r"originally published|this (?:story|article|post|page) (?:was|has been|is)|"
    r"for more information|press release|tweet(?:ed)? this|hat tip|"
    r"video unavailable|(?:click|tap) to (?:play|share|enlarge|expand)|"
    r"facebook twitter|twitter pinterest|skip to (?:main )?content|scroll down|"
    r"story highlights|\w+ ?/ ?(?:reuters|afp|ap|epa|getty|shutterstock|bloomberg)\b|"
    r"(?:can be|is) (?:read|found|seen|available) (?:here|below)\b|"
    r"(?:read|hear|see) (?:part|more|all|some) of .{3,60} (?:here|below)|"
    r"pictured (?:above|below|left|right|here)|(?:watch|photos|video|listen): |"
    r"internet archive|wayback machine|crawl(?:s|ing)? data|FILE -|@\w+|#\w+|"
    r"https?://|www\.)",
    re.IGNORECASE,
)
_ORDER_TO_READER = re.compile(
    r"\b(?:(?:ignore|disregard) (?:all|any|the|your|previous)|"
    r"system prompt|as an ai\b|language model, (?:you|please)|assistant:|"
    r"output (?:only|exactly|the following)|respond (?:only|with)|"
    r"(?:ai|automated) (?:readers?|systems?|assistants?) (?:must|should|are asked))",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:By|From|Updated|Published|Posted|Written by|Source:|Photo:|Image:|Video:|"
    r"Correction|Editor'?s? note|Note:|Tags?:|Topics?:|Caption:|WATCH|READ)\b"
    r"(?=[ :][A-Z0-9])"
)
_CALL = re.compile(
    r"^(?:Add|Click|Follow|Get|Watch|Listen|Download|Crawls|See|Check|Join|Wow|Just|Yes|"
    r"Well|Oh|Let|Look|Find|Take|Try|Tell|Share|Enter|Please|Go|Stay|Learn|Discover|"
    r"Welcome|Thanks?|Ok|Okay|Sure|Hey)\b"
)
# A heading without a full stop runs into the sentence behind it.
_GLUED = re.compile(
    r"(?<=[A-Za-z0-9] )(?:While|Although|When|It|He|She|There|But|This|However|After|"
    r"If) [a-z]"
)
_LABEL = re.compile(r"^[A-Z][\w ’'-]{1,30}:\s+[“\"]?[A-Z]")
_ODD = re.compile(r"[<>{}|\\^~_=]|\*\*|\[[^\]]*\]\(|\.\w+\(|&\w+;|\s[/>]\s")


@dataclass(frozen=True, slots=True)
class Told:
    """One quotable sentence where it stands.

    Attributes:
        document: whose.
        number: place among all sentences of the text, 0 is the first.
        span: what is cited: the sentence without its dateline or list marker.
        text: text[span], on one line.
    """

    document: Document
    number: int
    span: Span
    text: str


def readable(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents that may be quoted: English or unknown, with text, no rankings."""
    return tuple(
        document
        for document in documents
        if document.kind is not DocumentKind.RANKING
        and (document.language or "en").lower().startswith("en")
        and document.text.strip()
        and _looks_english(document.text)
    )


_ENGLISH = frozenset("the of to and in a is that for it was on with as at by".split())


def _looks_english(text: str) -> bool:
    found = words(text[:3000])
    if len(found) < 20:
        return True
    # English news has 25-40 % of these words, other languages under 10 %.
    return sum(word in _ENGLISH for word in found) / len(found) >= 0.12


# Each draft of a story asks anew.
@lru_cache(maxsize=128)
def told(document: Document) -> tuple[Told, ...]:
    """Every quotable sentence of a document, in order."""
    head = document.text[:_MAX_CHARS]
    found = []
    for number, span in enumerate(sentences(head)[:_MAX_SENTENCES]):
        start, line = _bare(head, span)
        if is_quotable(line):
            found.append(Told(document, number, Span(start, span.end), line))
    return tuple(found)


def _bare(text: str, span: Span) -> tuple[int, str]:
    """Start and one-line text of a sentence without marker, credit and dateline."""
    start = span.start
    for pattern in (_MARKER, _CREDIT, _DATELINE):
        if match := pattern.match(text[start : span.end]):
            start += match.end()
    return start, " ".join(text[start : span.end].split())


def is_quotable(line: str) -> bool:
    """Whether a sentence is complete, told in the third person and not furniture."""
    size = len(line.split())
    if not _MIN_WORDS <= size <= _MAX_WORDS or not _ENDS.search(line):
        return False
    if line.endswith("?") or _CUT.search(line) or not _balanced(line):
        return False
    if not (line[0].isupper() or line[0].isdigit() or line[0] in '“"$€£'):
        return False
    patterns = (_CALL, _FURNITURE, _ORDER_TO_READER, _BYLINE, _LABEL, _ODD)
    if any(pattern.search(line) for pattern in patterns):
        return False
    outside = _QUOTED.sub(" ", line)
    if _GLUED.search(outside):
        return False
    if _FIRST_PERSON.search(outside) or _YOU.search(outside):
        return False
    # Headings and tables in running text: mostly capitals, or hardly a small word.
    small = sum(word[0].islower() for word in line.split())
    return small >= max(2, size * 0.3)


def _balanced(line: str) -> bool:
    return (
        line.count("“") == line.count("”")
        and line.count('"') % 2 == 0
        and line.count("(") == line.count(")")
        and line.count("[") == line.count("]") == 0
    )
