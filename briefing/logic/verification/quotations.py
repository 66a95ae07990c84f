"""Q1: words in quotation marks are the source's own."""

from __future__ import annotations

import re
import unicodedata

from briefing.logic.text import plain_marks
from briefing.logic.verification.findings import Finding, refuted
from briefing.logic.verification.reading import Passage
from briefing.logic.verification.search import Evidence

_QUOTED = re.compile(
    r"[“„«]([^“”„«»]{3,}?)[”»]|\"([^\"]{3,}?)\"|(?<![\w’'])['‘]([^'‘]{3,}?(?:['’]\w[^'‘]*?)*)['’](?!\w)"
)
_BRACKETED = re.compile(r"\s*\[[^\]]*\]\s*")
_ELLIPSIS = re.compile(r"\s*(?:\.\s?\.\s?\.|…)\s*")
_SCALES = {
    short: word
    for word, forms in {
        "thousand": "k thousand",
        "million": "m mn mln million",
        "billion": "b bn bln billion",
        "trillion": "t tn trn trillion",
    }.items()
    for short in forms.split()
}
_SCALE = re.compile(rf"(?<=\d)\s?({'|'.join(_SCALES)})\b")
# Two words in double marks are a quotation; in single marks they may be a nickname.
_FEWEST_WORDS = 2
_FEWEST_IN_SINGLE_MARKS = 3


def check_quotations(claim: Passage, evidence: Evidence) -> Finding | None:
    """The first quotation that is not verbatim in the evidence, or None."""
    texts = [_plain(passage.text) for passage in evidence.passages]
    if not evidence.is_cited:
        texts = [_plain(r.text) for r in evidence.index.readings.values()]
    for quotation in quotations(claim.text):
        if not any(is_verbatim(quotation, text) for text in texts):
            return refuted(
                "Q1", f"The words “{quotation}” do not stand in the cited text."
            )
    return None


def quotations(text: str) -> tuple[str, ...]:
    """What stands in quotation marks and is no single word, in order."""
    found = []
    for match in _QUOTED.finditer(text):
        inner = next(group for group in match.groups() if group is not None)
        is_single = match.group(3) is not None
        fewest = _FEWEST_IN_SINGLE_MARKS if is_single else _FEWEST_WORDS
        if len(_plain(inner).split()) >= fewest:
            found.append(inner.strip())
    return tuple(found)


def is_verbatim(quotation: str, plain_text: str) -> bool:
    """True if every part of the quotation follows in order in `plain_text`.

    Marks, spaces and case of the first letter aside; an ellipsis and a bracketed
    insertion stand for any words.
    """
    parts = [
        _plain(part)
        for piece in _ELLIPSIS.split(quotation)
        for part in _BRACKETED.split(piece)
    ]
    position = 0
    padded = f" {plain_text} "
    for part in parts:
        if not part:
            continue
        place = padded.find(f" {part} ", position)
        if place < 0:
            return False
        position = place + len(part) + 1
    return True


def _plain(text: str) -> str:
    """Words and figures alone, lower case, one space between; a number's printed form
    is the printer's, not the speaker's ("$2.4bn", "$2.4 billion").
    """
    low = unicodedata.normalize("NFKC", plain_marks(text)).lower()
    low = re.sub(r"(?<=\d),(?=\d{3})", "", low)
    low = _SCALE.sub(lambda match: f" {_SCALES[match[1]]}", low)
    low = re.sub(r"\bper ?cent\b", "%", low)
    return " ".join(re.findall(r"[^\W_]+|[$€£¥%]", low))
