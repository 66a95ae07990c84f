"""Sentences, words and fingerprints of plain text; every offset is into the input."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from briefing.domain.document import Span

# Abbreviations after which a full stop does not end a sentence when a capital or a
# digit follows. Chosen from English and general news usage.
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sr jr st gen col lt capt sgt rev hon gov sen rep pres rt inc "
    "ltd corp co llc plc bros dept univ assn ave blvd rd mt ft no nos vol vols fig "
    "figs eq al vs v etc approx est ca cf e.g i.e eg ie viz p pp ed eds jan feb mar "
    "apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun "
    "a.m p.m u.s u.k u.n e.u d.c u.s.a ph.d m.d b.a m.a".split()
)
# After these a capital still usually begins a new sentence ("at 5 p.m. The bank ...").
_MAY_END = frozenset(
    "a.m p.m u.s u.k u.n e.u d.c u.s.a inc ltd corp co llc plc etc jr sr al "
    "ph.d".split()
)
_STARTERS = frozenset(
    "the a an in on at it its this that these those he she they we i but and for if "
    "when while after before as there their his her our however meanwhile last next "
    "under with by from among more most some all no not what who how".split()
)
_END = re.compile(
    r"""(?P<mark>(?<![.!?…])[.!?…]+|[。！？])(?P<close>["'”’»)\]]*)(?=\s|$)"""
)
_BREAK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-•*–]|\d{1,2}[.)])\s)")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*", re.UNICODE)
# Looking back further than the longest abbreviation would make a text of nothing but
# abbreviations cost the square of its length.
_LONGEST_WORD = 24
_LAST_TOKEN = re.compile(r"""[^\s"'“”‘’()\[\]]+$""")


def sentences(text: str) -> tuple[Span, ...]:
    """Spans of the sentences, in order, white space at both ends left out.

    Paragraph breaks (blank lines) and list markers at a line's start always end a
    sentence; a single newline inside a paragraph does not. Abbreviations, initials,
    decimal points and dotted names (U.S., example.com, v4.1) do not end one.
    """
    spans: list[Span] = []
    start = 0
    for block in _BREAK.finditer(text):
        spans.extend(_block_sentences(text, start, block.start()))
        start = block.end()
    spans.extend(_block_sentences(text, start, len(text)))
    return tuple(spans)


def _block_sentences(text: str, start: int, end: int) -> Iterable[Span]:
    position = start
    for match in _END.finditer(text, start, end):
        if match.end() < end and not _ends_sentence(text, match, position, end):
            continue
        span = _trim(text, position, match.end())
        if span is not None:
            yield span
        position = match.end()
    span = _trim(text, position, end)
    if span is not None:
        yield span


def _ends_sentence(text: str, match: re.Match[str], start: int, end: int) -> bool:
    following = text[match.end() : min(end, match.end() + 60)].lstrip()
    if not following:
        return True
    first = following.lstrip("\"'“‘«([")[:1]
    mark = match.group("mark")
    if mark in {"。", "！", "？"}:
        return True
    if mark != ".":
        # "Yahoo! said" and "..." inside a sentence: a lower-case letter goes on.
        return not first.islower()
    if first.islower():
        return False
    nearby = max(start, match.start() - _LONGEST_WORD)
    token = _LAST_TOKEN.search(text[nearby : match.start()])
    word = token.group().lower().rstrip(".") if token else ""
    if len(word) == 1 and word.isalpha() and not match.group("close"):
        # An initial ("J. Smith"); "Plan B. The ..." ends when a common starter follows.
        return _first_word(following) in _STARTERS and word != "i"
    if word in _MAY_END:
        return _first_word(following) in _STARTERS
    if word in {"no", "nos"}:
        return not first.isdigit()
    return word not in _ABBREVIATIONS


def _first_word(text: str) -> str:
    match = _WORD.search(text)
    return match.group().lower() if match else ""


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None


def words(text: str) -> tuple[str, ...]:
    """Lower-cased words and numbers in order; punctuation is left out."""
    return tuple(map(str.lower, _WORD.findall(text)))


def normalise(text: str) -> str:
    """One spelling of a sentence for comparison: lower case, plain marks, one space.

    Typographic quotation marks, dashes and spaces become plain ones, all other
    punctuation at word edges is dropped; digits and signs inside numbers stay.
    """
    folded = unicodedata.normalize("NFKC", text).translate(_PLAIN).lower()
    return " ".join(re.findall(r"[\w$€£%+\-.,:/']*\w[%]?", folded))


_PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "‘": "'", "’": "'", "‚": "'",
        "–": "-", "—": "-", "‑": "-", "−": "-",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    }
)  # fmt: skip


def plain_marks(text: str) -> str:
    """Typographic quotation marks, dashes and spaces as plain ASCII, same length."""
    return text.translate(_PLAIN)


STOPWORDS = frozenset(
    "a about above after again against all also am an and any are as at be because "
    "been before being below between both but by can could did do does doing down "
    "during each few for from further had has have having he her here hers him his "
    "how i if in into is it its itself just me more most my no nor not now of off "
    "on once only or other our out over own said same say says she should so some "
    "such than that the their them then there these they this those through to too "
    "under until up very was we were what when where which while who whom why will "
    "with would you your".split()
)


def content_words(text: str) -> tuple[str, ...]:
    """`words` without the English function words, in order."""
    return tuple(word for word in words(text) if word not in STOPWORDS)


def shingles(text: str, size: int) -> frozenset[int]:
    """64-bit fingerprints of every run of `size` words; fewer words give one run."""
    tokens = words(text)
    if not tokens:
        return frozenset()
    runs = (
        " ".join(tokens[i : i + size]) for i in range(max(1, len(tokens) - size + 1))
    )
    return frozenset(
        int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big")
        for run in runs
    )


def jaccard(left: frozenset[int], right: frozenset[int]) -> float:
    """Shared over all, 0..1; two empty sets share nothing."""
    if not left or not right:
        return 0.0
    return len(left & right) / len(left | right)
