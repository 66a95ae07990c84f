"""Citation marks and links in anybody's running text: found, and taken out of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TLD = (
    r"(?:com|org|net|ai|io|dev|edu|gov|info|news|co|eu|uk|de|fr|cn|jp|in|ch|us|tv|me|"
    r"app|example|test|int|blog|tech)"
)
_DOMAIN = rf"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+{_TLD}(?![a-z0-9-])(?:/[^\s\])>]*)?"
_URL = r"https?://[^\s<>\])\"]+"
_PLACE = re.compile(rf"{_URL}|{_DOMAIN}", re.IGNORECASE)
# A Markdown link, a numbered mark, or an address with nothing else in brackets.
_MARK = re.compile(
    rf"""
      (?P<image>!\[[^\]]*\]\([^)\s]*\))
    | (?P<wrapped>\s*\(\[[^\[\]]+\]\((?P<inner>[^)\s]+)\)\))
    | (?P<linked>\[(?P<words>[^\[\]]+)\]\((?P<target>[^)\s]+)(?:\s+"[^"]*")?\))
    | (?P<numbers>\s*\[\^?\d{{1,3}}(?:\s*[,;–-]\s*\d{{1,3}})*\])
    | (?P<bracketed>\s*[(\[<](?:(?:source|via|see)s?:?\s+)?
        (?P<place>{_URL}|{_DOMAIN})[)\]>])
    | (?P<bare>\s*{_URL})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EMPHASIS = re.compile(
    r"\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)"
    r"|(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])"
    r"|(?<!\w)_(?=[^\s_])([^_]+?)(?<=\S)_(?!\w)|`([^`]+)`"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation as somebody wrote it.

    Attributes:
        target: the number ("3"), or the address of a link.
        offset: where it stood in the text that is left without marks.
    """

    target: str
    offset: int

    @property
    def number(self) -> int | None:
        """Of a numbered mark, None of a link."""
        return int(self.target) if self.target.isdigit() else None


def without_marks(text: str) -> tuple[str, tuple[Mark, ...]]:
    """The text without marks, links and emphasis, and the marks in order.

    A link's words stay, unless they are a number or an address; what is no pair of
    marks stays too, so that a leak can be seen.
    """
    plain = _EMPHASIS.sub(lambda found: next(g for g in found.groups() if g), text)
    pieces: list[str] = []
    marks: list[Mark] = []
    length = position = 0
    for match in _MARK.finditer(plain):
        before = plain[position : match.start()]
        pieces.append(before)
        length += len(before)
        words, targets = _parts(match)
        pieces.append(words)
        length += len(words)
        marks.extend(Mark(target, length) for target in targets)
        position = match.end()
    pieces.append(plain[position:])
    return "".join(pieces), tuple(marks)


def _parts(match: re.Match[str]) -> tuple[str, list[str]]:
    """The words that stay of a mark, and what it points to."""
    if match.group("image"):
        return "", []
    if match.group("wrapped"):
        return "", [match.group("inner")]
    if match.group("linked"):
        words = match.group("words")
        if words.strip("[]^ ").isdigit() or _PLACE.fullmatch(words):
            return "", [match.group("target")]
        return words, [match.group("target")]
    if match.group("numbers"):
        return "", _numbers(match.group("numbers"))
    if match.group("bracketed"):
        return "", [match.group("place")]
    address = match.group("bare").strip()
    # A full stop behind an address ends the sentence, not the address.
    bare = address.rstrip(".,;:!?")
    return address[len(bare) :], [bare]


def _numbers(text: str) -> list[str]:
    spread = re.search(r"(\d+)\s*[–-]\s*(\d+)", text)
    if spread and int(spread[1]) < int(spread[2]) <= int(spread[1]) + 30:
        return [str(n) for n in range(int(spread[1]), int(spread[2]) + 1)]
    return [str(int(number)) for number in re.findall(r"\d+", text)]


def place_in(text: str) -> str:
    """The first address or site name in a line of a source list, "" if none."""
    match = _PLACE.search(text)
    return match.group().rstrip(".,;:") if match else ""
