"""A text read once for checking: tokens, sentences, quantities, dates, names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from briefing.domain.claim import DateMention, Quantity
from briefing.domain.document import Document, Span
from briefing.logic.dates import read_dates
from briefing.logic.names import Name, read_names
from briefing.logic.quantities import read_quantities
from briefing.logic.text import STOPWORDS, sentences
from briefing.logic.verification.lexicon import BASE_FORMS
from briefing.logic.verification.synonyms import PHRASES

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'][^\W\d_]+)*|[^\W_]+|[%$€£¥]", re.UNICODE
)
# "Meridian Wire (sample)": what stands in brackets is no part of the name.
_NOTE = re.compile(r"\s*\([^()]*\)\s*$")
_DATE_FILLERS = frozenset("the of on in st nd rd th".split())
_WEEKDAYS = frozenset("mon tue wed thu fri sat sun".split())
_FIGURES = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
_QUARTERS = {"q": "qua", "fir": "1", "sec": "2", "thi": "3", "fou": "4"}
_VOWELS = frozenset("aeiouy")
_SHORT_WITH_E = re.compile(r"[^aeiou][aeiou][^aeiouwxy]")

T = TypeVar("T", Quantity, DateMention, Name)


class Kind(IntEnum):
    """What a token is for the check; a name, number or date has rules of its own."""

    STOP = 0
    WORD = 1
    NAME = 2
    DATE = 3
    NUMBER = 4


class Token(NamedTuple):
    """One word, number or currency mark; a tuple, since a day's texts have a million.

    Attributes:
        word: lower case, plain apostrophe, possessive left out.
        stem: `stem(word)`; equal stems are the same word in another form.
        start: offset in the text that was read.
        end: offset after it.
        kind: what it is part of.
    """

    word: str
    stem: str
    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Mention(Generic[T]):
    """A quantity, date or name with its place in the row of tokens.

    Attributes:
        thing: what was read.
        first: index of its first token.
        last: index after its last token.
    """

    thing: T
    first: int
    last: int


class Reading:
    """A whole text, analysed once and shared by all claims.

    `known` are words of names in the sources, for a claim that begins with one.

    Attributes:
        document_id: whose text, "" for a claim.
        text: what was read.
        text_hash: of the text, for citations.
        title: the document's, "" for a claim.
        publisher: who says it, without a note in brackets; "" if unknown.
        published: the day that relative dates count from; None if unknown.
        spans: its sentences, in order.
        tokens: of the whole text, in order.
        bounds: of each sentence, the range of its tokens.
    """

    def __init__(
        self,
        text: str,
        *,
        document_id: str = "",
        text_hash: str = "",
        title: str = "",
        publisher: str = "",
        published: date | None = None,
        known: Collection[str] = frozenset(),
    ) -> None:
        self.document_id = document_id
        self.text = text
        self.text_hash = text_hash
        self.title = title
        self.publisher = publisher
        self.published = published
        self.spans = sentences(text)
        quantities = read_quantities(text)
        dates = read_dates(text, published=published)
        names = read_names(text, known=known)
        self.tokens = _tokens(
            text,
            (
                (Kind.NAME, [one.span for one in names]),
                (Kind.DATE, [one.span for one in dates]),
                (Kind.NUMBER, [one.span for one in quantities]),
            ),
        )
        self._starts = [token.start for token in self.tokens]
        self.quantities = self._mentions(quantities)
        self.dates = self._mentions(dates)
        self.names = self._mentions(names)
        self.tokens = self._with_values()
        self.bounds = tuple(self.token_range(s.start, s.end) for s in self.spans)

    @cached_property
    def title_stems(self) -> frozenset[str]:
        """The stems of the title's words."""
        return frozenset(stem(w) for w in re.findall(r"[^\W\d_]+", self.title.lower()))

    @cached_property
    def stems(self) -> list[str]:
        """The stem of each token."""
        return [token.stem for token in self.tokens]

    @cached_property
    def phrases(self) -> dict[int, str]:
        """The stem of the one word that a phrasal verb stands for, by index of its
        first token: read once, since every window of evidence asks.
        """
        return {
            place: _PHRASES[pair]
            for place, pair in enumerate(pairwise(self.stems))
            if pair in _PHRASES
        }

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        """Indices (first, after the last) of the tokens that begin in the range."""
        return bisect_left(self._starts, start), bisect_left(self._starts, end)

    def _with_values(self) -> tuple[Token, ...]:
        """Tokens whose stem is the value where a quantity or a date begins.

        So "seven" and "7", "3.43T" and "3.43 trillion", "4 March" and "March 4" align.
        """
        tokens = list(self.tokens)
        for quantity in self.quantities:
            value = f"#{quantity.thing.value.normalize()}"
            _set_stems(tokens, quantity.first, quantity.last, value)
        for day in self.dates:
            _set_stems(tokens, day.first, day.last, f"@{date_key(day.thing)}")
        return tuple(tokens)

    def _mentions(self, things: Iterable[T]) -> tuple[Mention[T], ...]:
        found = []
        for thing in things:
            # A token may begin before the thing ("3.43T" is read as one quantity).
            first = max(bisect_right(self._starts, thing.span.start) - 1, 0)
            last = max(bisect_left(self._starts, thing.span.end), first + 1)
            found.append(Mention(thing, first, min(last, len(self.tokens))))
        return tuple(found)


class Passage:
    """Neighbouring sentences of one Reading, or a part of one."""

    def __init__(self, reading: Reading, start: int, end: int) -> None:
        self.reading = reading
        self.start = start
        self.end = end
        self.first, self.last = reading.token_range(start, end)

    @property
    def text(self) -> str:
        """The words of the passage as they stand in the text."""
        return self.reading.text[self.start : self.end]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its tokens, in order."""
        return self.reading.tokens[self.first : self.last]

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem in it, function words too, and what its phrasal verbs mean."""
        plain = frozenset(self.reading.stems[self.first : self.last])
        return plain.union(self.phrases.values()) if self.phrases else plain

    @cached_property
    def phrases(self) -> dict[int, str]:
        """The stem of the one word that a phrasal verb stands for ("step down" for
        "resign"), by index in `tokens` of its first word.
        """
        phrases, first = self.reading.phrases, self.first
        return {
            place - first: phrases[place]
            for place in phrases
            if first <= place < self.last - 1
        }

    @cached_property
    def quantities(self) -> tuple[Mention[Quantity], ...]:
        """Quantities that begin in the passage."""
        return self._within(self.reading.quantities)

    @cached_property
    def dates(self) -> tuple[Mention[DateMention], ...]:
        """Date expressions that begin in the passage."""
        return self._within(self.reading.dates)

    @cached_property
    def names(self) -> tuple[Mention[Name], ...]:
        """Names that begin in the passage."""
        return self._within(self.reading.names)

    def _within(self, mentions: tuple[Mention[T], ...]) -> tuple[Mention[T], ...]:
        return tuple(m for m in mentions if self.first <= m.first < self.last)


def date_key(mention: DateMention) -> str:
    """A date expression without order and abbreviation ("4 march" for "Mar. 4")."""
    kept = date_parts(mention)
    dropped = _DATE_FILLERS
    days = [part for part in kept if part.isdigit() and len(part) < 3]
    if days:
        dropped = dropped | _WEEKDAYS
    if len(days) > 1:
        # "The week of 18–24 May" is "18–24 May", but no day is its week.
        dropped = dropped | {"wee"}
    return " ".join(sorted(part for part in kept if part not in dropped))


def date_parts(mention: DateMention) -> list[str]:
    """The words of a date expression, cut to three letters, small numbers as figures;
    "Q4" and "fourth quarter" give the same parts.
    """
    parts = re.findall(r"\d+|[a-z]+", mention.text.lower())
    parts = [_FIGURES.get(part, part) for part in parts]
    cut = [part if part.isdigit() else part[:3] for part in parts]
    if "qua" in cut or "q" in cut:
        cut = [_QUARTERS.get(part, part) for part in cut]
    return cut


def _set_stems(tokens: list[Token], first: int, last: int, value: str) -> None:
    for index in range(first, last):
        token = tokens[index]
        root = value if index == first else f"{value}+{index - first}"
        tokens[index] = Token(token.word, root, token.start, token.end, token.kind)


# Writer and checker read the same documents, and so does every profile's edition.
@lru_cache(maxsize=128)
def read_document(document: Document) -> Reading:
    """The document's text, analysed; relative dates count from its publication."""
    published = document.published_at.date() if document.published_at else None
    return Reading(
        document.text,
        document_id=document.id,
        text_hash=document.text_hash,
        title=document.title,
        publisher=_NOTE.sub("", document.publisher),
        published=published,
    )


def whole(reading: Reading) -> Passage:
    """All of a text as one passage."""
    return Passage(reading, 0, len(reading.text))


def _tokens(text: str, masks: tuple[tuple[Kind, list[Span]], ...]) -> tuple[Token, ...]:
    marked: list[tuple[int, int, Kind]] = sorted(
        (span.start, span.end, kind) for kind, spans in masks for span in spans
    )
    found: list[Token] = []
    waiting = 0
    for match in _TOKEN.finditer(text):
        while waiting < len(marked) and marked[waiting][1] <= match.start():
            waiting += 1
        kind = None
        if waiting < len(marked) and marked[waiting][0] < match.end():
            for start, _, one in marked[waiting : waiting + 3]:
                if start < match.end() and (kind is None or one > kind):
                    kind = one
        word = match.group().lower()
        if not word.isalnum():
            word = word.replace("’", "'").removesuffix("'s").removesuffix("'")
        if kind is None:
            kind = Kind.STOP if word in STOPWORDS or len(word) < 2 else Kind.WORD
        root = word if kind is Kind.NAME else stem(word)
        found.append(Token(word, root, match.start(), match.end(), kind))
    return tuple(found)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its English ending; different forms of one word agree."""
    base = BASE_FORMS.get(word)
    if base is not None:
        return base
    if len(word) < 4 or not word.isalpha():
        return word
    cut = _without_ending(word)
    base = BASE_FORMS.get(cut) or (BASE_FORMS.get(f"{cut}e") if cut != word else None)
    if base is not None:
        return base
    if len(cut) == 3 and cut != word and _SHORT_WITH_E.fullmatch(cut):
        # "Fined", "hiring": of "fine", "hire"; "banned" keeps its double letter here.
        return f"{cut}e"
    if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "lsz":
        cut = cut[:-1]
    return cut.rstrip("e") if len(cut) > 4 else cut


def _without_ending(word: str) -> str:
    for ending, instead in (
        ("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ingly", ""), ("edly", ""),
        ("ments", ""), ("ment", ""), ("ations", "at"), ("ation", "at"),
        ("ings", ""), ("ing", ""), ("ers", "er"), ("ed", ""), ("ly", ""),
        ("es", "e"), ("s", ""),
    ):  # fmt: skip
        if word.endswith(ending) and not word.endswith("ss"):
            rest = word[: -len(ending)]
            if len(rest) >= 3 and _VOWELS & set(rest):
                return rest + instead
    return word


_PHRASES = {(stem(first), stem(second)): stem(word) for first, second, word in PHRASES}
