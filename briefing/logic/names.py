"""Proper names in running text: people, organisations, places and products."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from briefing.domain.document import Span
from briefing.logic.name_words import (
    CALENDAR,
    COMPANY_ENDINGS,
    CONNECTORS,
    FAMILY_NAMES_FIRST,
    LONE_ENDINGS,
    NUMBERED,
    OF_HEADS,
    OPENERS,
    ORDINARY,
    ORDINARY_ENDINGS,
    ORDINARY_TOO,
    ORGAN_ENDINGS,
    PLACE_HEADS,
    PLACES,
    RANKS,
    SHAPED_LIKE_WORDS,
    SINGULAR_S,
    TITLES,
)
from briefing.logic.text import sentences

# A dot joins "example.com" and "V4.1", but not "... for longer.The bank ...".
_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|[^\W_]+(?:(?:[’'&\-‑]|\.(?=[a-z]{2,4}\b|\d|[A-Z]\b))[^\W_]+)*|&",
    re.UNICODE,
)
_POSSESSIVE = re.compile(r"[’']s$|(?<=s)[’']$", re.IGNORECASE)
# Between two words of one name: blanks, one line break, the dot of an initial.
_GAP = re.compile(r"\.?[ \t\u00a0\u202f]*\n?[ \t\u00a0\u202f]*\Z")
_AMOUNT = re.compile(r"(?:RM|Rs|R)\d")
_DIGIT_NAME = re.compile(r"\d[A-Z](?![CF]\b)\w*\Z")
_CONTRACTIONS = ("'ll", "'d", "'re", "'ve", "'m", "n't")
_CURRENCY = ("$", "€", "£", "¥", "₹")
_INITIAL_BEFORE = re.compile(r"[:\"“”«‘'(\[—–]\s*\Z|[•\-*–—]\s+\Z")
_STRIPPED = TITLES | CONNECTORS
_BARE = _STRIPPED | RANKS
# More capitals than this in a sentence and capitals say nothing (a headline).
_HEADLINE_SHARE = 0.7
_LONGEST_NAME = 7
# Words of names that are printed short; their other forms mean no other word.
_SHORT = {"utd": "united", "assn": "association", "dept": "department"}


# Longer than any sentence: whole documents are read once and not kept.
_KEPT_CHARS = 1_000


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name as printed, without title and possessive.

    Attributes:
        text: as printed, text[span.start:span.end].
        span: where it stands in the text that was read.
    """

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    is_initial: bool

    @property
    def key(self) -> str:
        return self.text.lower().replace("’", "'")


def read_names(text: str, *, known: Collection[str] = frozenset()) -> tuple[Name, ...]:
    """Proper names of running text, in order; one that stands twice comes twice.

    Runs of capitalised words with their connectors ("Bank of Japan"), acronyms and
    product names with digits ("GPT-4o"); nationality words count ("Chinese"). A word
    that begins a sentence counts when it is no ordinary word or when the text has it
    capitalised inside a sentence too; alone, it must not look like a plural or an
    abstract noun either ("Wages", "Construction"). Months, weekdays and bare titles do
    not count. `known` are words in lower case that are names in the text's sources.
    """
    if len(text) <= _KEPT_CHARS:
        return _kept(text, frozenset(known))
    return _read(text, frozenset(known))


def _read(text: str, known: frozenset[str]) -> tuple[Name, ...]:
    spans = sentences(text)
    rows = [_tokens(text, span) for span in spans]
    inner = known | _inner_words(rows)
    lower = frozenset(
        token.text for row in rows for token in row if token.text[:1].islower()
    )
    found: list[Name] = []
    for row in rows:
        every_word_is_big = _is_headline(row)
        marked = [_is_part(token, every_word_is_big, inner, lower) for token in row]
        if not every_word_is_big:
            _mark_openers(text, row, marked)
        found.extend(_runs(text, row, marked, inner))
    return tuple(found)


# Rules read the same sentences dozens of times; the next text comes soon enough.
_kept = lru_cache(maxsize=2048)(_read)


def _inner_words(rows: list[list[_Token]]) -> frozenset[str]:
    return frozenset(
        token.key
        for row in rows
        if not _is_headline(row)
        for token in row
        if not token.is_initial and _is_capital(token.text)
    )


def _tokens(text: str, span: Span) -> list[_Token]:
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text, span.start, span.end):
        word = _POSSESSIVE.sub("", match.group())
        before = text[max(span.start, match.start() - 3) : match.start()]
        if before.endswith(_CURRENCY) and word[:1].isdigit():
            # "$2B" is an amount, whatever "2B" is elsewhere.
            continue
        is_initial = not tokens or bool(_INITIAL_BEFORE.search(before))
        end = match.start() + len(word)
        tokens.append(_Token(word, match.start(), end, is_initial))
    return tokens


def _is_capital(word: str) -> bool:
    if word.isascii():
        return word != word.lower()
    return any(letter.isupper() for letter in word)


def _is_headline(row: list[_Token]) -> bool:
    letters = [token for token in row if token.text[:1].isalpha()]
    long_words = [token for token in letters if len(token.text) > 3]
    if len(long_words) < 4:
        return False
    big = sum(token.text[:1].isupper() for token in long_words)
    return big > _HEADLINE_SHARE * len(long_words)


def _mark_openers(text: str, row: list[_Token], marked: list[bool]) -> None:
    """ "New" in "New York fell" belongs to the name, in "New rules" it does not."""
    for index, (token, following) in enumerate(pairwise(row)):
        if (
            token.is_initial
            and token.key in OPENERS
            and marked[index + 1]
            and following.key not in PLACES
            and _touch(text, token, following)
        ):
            marked[index] = True


def _is_part(
    token: _Token, in_headline: bool, inner: frozenset[str], lower: frozenset[str]
) -> bool:
    word = token.text
    if not _is_capital(word) or token.key in CALENDAR:
        return False
    if (word[:1].isdigit() and not _DIGIT_NAME.match(word)) or _AMOUNT.match(word):
        # "20th-Century", "15-Year", "16.2C", "RM1.6m"; but "3M", "5G".
        return False
    if token.key.partition("-")[2] in CALENDAR or token.key.endswith(_CONTRACTIONS):
        # "mid-December", "It'll".
        return False
    if len(word) == 1 and word != "X":
        return word not in {"I", "A", "O"}
    mixed = any(c.isupper() for c in word[1:]) and not word.isupper()
    if mixed or (any(c.isdigit() for c in word) and not in_headline):
        return True
    if token.is_initial or in_headline:
        is_shouted = in_headline and len(word) > 4 and word.isupper()
        return _stands_for_a_name(token, inner, lower, is_shouted=is_shouted)
    return token.key not in {"i'm", "i've", "i'll", "i'd", "ok"}


def _stands_for_a_name(
    token: _Token, inner: frozenset[str], lower: frozenset[str], *, is_shouted: bool
) -> bool:
    key = token.key
    if key in ORDINARY and key not in OF_HEADS:
        return False
    if key in inner:
        return True
    if key in lower or is_shouted:
        return False
    is_name_by_nature = key in PLACES or key in SHAPED_LIKE_WORDS
    return is_name_by_nature or not key.endswith(ORDINARY_ENDINGS)


def _is_lone_word(run: list[_Token], inner: frozenset[str]) -> bool:
    """Whether a run is one first word that looks like a common noun or adjective."""
    first, key = run[0], run[0].key
    if len(run) > 1 or not first.is_initial or key in inner | SHAPED_LIKE_WORDS:
        return False
    if key in PLACES or not first.text[1:].islower():
        return False
    is_plural = key.endswith("s") and not key.endswith(SINGULAR_S)
    return is_plural or key.endswith(LONE_ENDINGS) or key in ORDINARY_TOO


def _runs(
    text: str, row: list[_Token], marked: list[bool], inner: frozenset[str]
) -> Iterator[Name]:
    index = 0
    while index < len(row):
        if not marked[index]:
            index += 1
            continue
        last = _run_end(text, row, marked, index)
        after = row[last + 1].key if last + 1 < len(row) else ""
        # "Usage of GPT-4o rose": the first word is plain unless its kind takes "of".
        is_plain = index == last and row[index].is_initial and after == "of"
        run = row[index : last + 1]
        is_plain = is_plain or _is_lone_word(run, inner)
        name = None if is_plain else _name(text, run)
        if name is not None:
            yield name
        index = last + 1


def _run_end(text: str, row: list[_Token], marked: list[bool], first: int) -> int:
    last = first
    while last + 1 < len(row) and last - first < _LONGEST_NAME:
        step = _next_part(text, row, marked, last)
        if step is None:
            break
        last = step
    following = row[last + 1] if last + 1 < len(row) else None
    if (
        following is not None
        and row[last].key in NUMBERED
        and re.fullmatch(r"\d{1,4}[A-Za-z]{0,4}", following.text)
        and _touch(text, row[last], following)
    ):
        return last + 1
    return last


def _next_part(
    text: str, row: list[_Token], marked: list[bool], last: int
) -> int | None:
    """Index of the word that goes on with the name, over at most two connectors."""
    for reach in (1, 2, 3):
        index = last + reach
        if index >= len(row) or not _touch(text, row[index - 1], row[index]):
            return None
        if marked[index]:
            between = [token.key for token in row[last + 1 : index]]
            is_plain_word = row[last].is_initial and row[last].key not in OF_HEADS
            if not _connects(between) or (between[:1] == ["of"] and is_plain_word):
                return None
            return index
        if row[index].text not in CONNECTORS:
            return None
    return None


def _connects(between: list[str]) -> bool:
    # "Trump and Biden", "the Fed for Europe" are two; "Bank of the West" is one.
    if between in (["and"], ["the"], ["for"], ["for", "the"], ["and", "the"]):
        return False
    return "and" not in between and "for" not in between


def _touch(text: str, left: _Token, right: _Token) -> bool:
    gap = text[left.end : right.start]
    if not _GAP.match(gap):
        return False
    if gap.startswith("."):
        return len(left.text) == 1 or left.key in TITLES
    return bool(gap) or "&" in {left.text, right.text}


def _name(text: str, run: list[_Token]) -> Name | None:
    while run and run[0].key in _STRIPPED:
        run = run[1:]
    while len(run) > 1 and run[-1].key in TITLES:
        run = run[:-1]
    if not run or all(token.key in _BARE for token in run):
        return None
    if len(run) == 1 and (len(run[0].text) == 1 or run[0].key in ORDINARY):
        return None
    start, end = run[0].start, run[-1].end
    return Name(text[start:end], Span(start, end))


# A claim's names are held against those of its text by six rules in turn.
@lru_cache(maxsize=20_000)
def same_name(a: str, b: str) -> bool:
    """True if two names may stand for one bearer, in either order of the arguments.

    Case, accents, titles, possessives and company endings aside; surname after full
    name, initials, acronyms ("BOJ"), a place and its adjective ("Chinese", "China").
    """
    left, right = name_key(a), name_key(b)
    if not left or not right:
        return False
    if left == right or "".join(left) == "".join(right):
        return True
    if _is_acronym(a, left, right) or _is_acronym(b, right, left):
        return True
    forms = [(x, y) for x in _forms(left) for y in _forms(right)]
    return any(_is_short_form(*sorted((x, y), key=len)) for x, y in forms)


def _forms(key: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The name as it is, and without a rank that may be one ("General Milley")."""
    return (key, key[1:]) if len(key) > 1 and key[0] in RANKS else (key,)


@lru_cache(maxsize=20_000)
def name_key(name: str) -> tuple[str, ...]:
    """Words of a name without case, accents, title, possessive and company ending."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"'s\b|(?<=s)'(?=\s|$)", "", plain)
    plain = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", plain)
    parts = [_SHORT.get(part, part) for part in re.findall(r"[^\W_]+", plain)]
    while len(parts) > 1 and (parts[0] in TITLES or parts[0] == "the"):
        parts = parts[1:]
    while len(parts) > 1 and parts[-1] in COMPANY_ENDINGS:
        parts = parts[:-1]
    place = PLACES.get(" ".join(parts))
    if place is not None:
        return tuple(place.split())
    if len(parts) > 2 or (parts and parts[0] in PLACES):
        parts = [PLACES.get(part, part) for part in parts]
    return tuple(parts)


def _is_acronym(printed: str, letters: tuple[str, ...], full: tuple[str, ...]) -> bool:
    if len(letters) != 1 or len(full) < 2 or not printed.replace(".", "")[:2].isupper():
        return False
    heavy = "".join(word[0] for word in full if word not in CONNECTORS)
    every = "".join(word[0] for word in full)
    return len(letters[0]) >= 2 and letters[0] in {heavy, every}


def _is_short_form(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if len(short) == len(long):
        # "J Smith" and "John Smith".
        if len(short) == 1:
            return short == long
        pairs = list(zip(short, long, strict=True))
        return short[-1] == long[-1] and all(
            a == b or (1 in {len(a), len(b)} and a[0] == b[0]) for a, b in pairs
        )
    if len(short) >= 2 and short[0] == long[0] and short[-1] == long[-1]:
        return True
    if len(short) >= 2 and long == (*short, long[-1]) and long[-1] in ORGAN_ENDINGS:
        return True
    if "of" in long or long[0] in PLACE_HEADS:
        return False
    if long[-len(short) :] == short:
        return len(short[0]) > 1 and not short[0].isdigit()
    return len(short) == 1 and short[0] == long[0] and short[0] in FAMILY_NAMES_FIRST
