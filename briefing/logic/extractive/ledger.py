"""What the brief has printed so far, and whether one more sentence may join it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from briefing.domain.claim import Citation, DateMention, Quantity
from briefing.logic.extractive.clauses import Clause, parse
from briefing.logic.extractive.event import in_a_row
from briefing.logic.extractive.scoring import stem, stems
from briefing.logic.extractive.told_figures import (
    figures_of,
    is_same,
    is_small,
    is_told,
    rounds,
)
from briefing.logic.extractive.verbs import verb_of
from briefing.logic.names import same_name
from briefing.logic.quantities import same_amount, same_thing
from briefing.logic.rules.numbers import printed_form
from briefing.logic.rules.reading import Reading, is_minor, read
from briefing.logic.rules.repetition import is_among
from briefing.logic.rules.verbatim import FAIR_SHARES, HOUSES_FOR_SHARE, MOST_SHARE
from briefing.logic.text import jaccard, normalise, words

# BRIEF.md R2, R3, R4, C7, F2, each a little stricter than the checker's own line.
_MOST_ALIKE = 0.45
_MENTIONS = 2
_SAME_FIGURES = 2
# "In the twelve months to April" says when, not how much.
_SPANS = frozenset({"hour", "day", "week", "month", "year"})
_FRESH_SHARE = 0.45
_FRESH_FACTS = 0.55
# Chosen: less of a sentence than this is new, and it is told twice in other words.
_GAIN = 0.4
# Where all its figures were told.
_GAIN_OF_KNOWN = 0.5
_SUMMARY_GAIN = 0.25
_FIGURE, _NAME = 3, 2
# Who says it is nothing new about it.
_SAYING = frozenset(
    stem(word)
    for word in "say says said tell told announce announced report reported according "
    "statement add added".split()
)
# "Mediation" and "mediate" tell one thing.
_ROOT = 6
_WORDS_FROM_ONE = 115
_PROSE_WORDS = 470
_SHARE_ROOM = 0.02


class Ledger:
    """Sentences in printing order. `admits` asks, `add` prints."""

    def __init__(self, houses: int = 1, expected: int = 160) -> None:
        self._houses = houses
        self._expected = expected
        self._readings: list[Reading] = []
        self._headline: Reading | None = None
        self._quantities: list[tuple[Quantity, int]] = []
        self._names: list[str] = []
        self._dates: set[object] = set()
        self._words: set[str] = set()
        # What readers know, In one line included, which R4 does not count.
        self._told: list[Quantity] = []
        self._told_names: list[str] = []
        self._told_dates: set[object] = set()
        self._from: Counter[str] = Counter()
        # Words of a document that a later section is to have.
        self.kept: Counter[str] = Counter()
        self.questions: list[str] = []
        self.stems: set[str] = set()
        self.size = 0

    @property
    def printed(self) -> int:
        """How many sentences there are."""
        return len(self._readings)

    def admits(
        self,
        text: str,
        citations: Sequence[Citation],
        *,
        is_summary: bool = False,
        is_ours: bool = False,
    ) -> bool:
        """Whether `text` may be printed now: new, not too often said, within limits.

        What we computed (`is_ours`) may say again in other words what a source said, as
        long as one of its figures is new.
        """
        reading = read(text)
        size = len(words(text))
        if self.size + size > _PROSE_WORDS:
            return False
        figures = figures_of(reading)
        if not is_ours and any(rounds(one, self._told) for one in figures):
            return False
        if self.clashes(text):
            return False
        if citations and self._is_too_much(citations[0], size):
            return False
        if self._headline and (
            jaccard(reading.grams, self._headline.grams) >= _MOST_ALIKE
        ):
            return False
        if any(self._mentions(one) >= _MENTIONS for one in figures):
            return False
        is_known = bool(figures) and all(map(self.has_said, figures))
        if is_ours:
            # "Of the five weeks that we kept" is told by no other five weeks.
            own = [one for one in figures if one.unit not in _SPANS]
            is_known = bool(own) and all(map(self.has_said, own))
            if is_known or self._has_told_row(reading):
                return False
            return is_summary or self._computes(reading)
        if any(self._says(reading, one) for one in self._readings):
            return False
        if any(self._repeats_act(reading, one) for one in self._readings):
            return False
        if is_summary:
            return self._gain(reading, self._headline) >= _SUMMARY_GAIN
        least = _GAIN_OF_KNOWN if is_known else _GAIN
        return self._is_new(reading) and self._gain(reading) >= least

    def _computes(self, reading: Reading) -> bool:
        """What we computed is new: a count or an ordinal ("for the third week in a
        row"), a name, or much of its words.
        """
        told = [one for other in self._readings for one in other.quantities]
        return (
            any(not is_among(one, told) for one in reading.quantities)
            or not all(map(self.has_named, reading.names))
            or self._is_new(reading)
        )

    def _has_told_row(self, reading: Reading) -> bool:
        """ "Its fourth weekly rise in a row", and all rose "for the fourth week in a
        row": the same, unless either is of what the headline names first.
        """
        rows = in_a_row(reading.unquoted)
        subject = set(self._headline.names[:1]) if self._headline else set()
        return bool(rows) and any(
            rows & in_a_row(one.unquoted)
            and not reading.names
            and subject.isdisjoint(one.names)
            for one in self._readings
        )

    def _is_too_much(self, place: Citation, size: int) -> bool:
        """More than one source may lend: in all, and of the prose with many houses."""
        total = self._from[place.document_id] + size + self.kept[place.document_id]
        if total > min(_WORDS_FROM_ONE, self._expected):
            return True
        # The share is of what the brief will be, not of what it is now.
        expected = max(self._expected, self.size + size)
        most = max(MOST_SHARE, FAIR_SHARES / self._houses) - _SHARE_ROOM
        return self._houses >= HOUSES_FOR_SHARE and total > most * expected

    def harmonise(self, text: str) -> str:
        """`text` with figures in the form in which they were printed before (N6)."""
        reading = read(text)
        for quantity in reversed(reading.quantities):
            earlier = self._clash(quantity)
            if earlier is not None and quantity.upper is None:
                span = quantity.span
                text = f"{text[: span.start]}{earlier.text}{text[span.end :]}"
        return text

    def _clash(self, quantity: Quantity) -> Quantity | None:
        if is_minor(quantity):
            return None
        return next(
            (
                other
                for other, _ in self._quantities
                if same_thing(quantity, other)
                and printed_form(quantity) != printed_form(other)
            ),
            None,
        )

    def clashes(self, text: str) -> bool:
        """A figure of `text` was printed in another form before."""
        return any(self._clash(one) is not None for one in read(text).quantities)

    def _says(self, reading: Reading, other: Reading) -> bool:
        if reading.normal == other.normal:
            return True
        if jaccard(reading.grams, other.grams) >= _MOST_ALIKE:
            return True
        ours, theirs = set(reading.content), set(other.content)
        small = min(len(ours), len(theirs))
        # Nine in ten words of the shorter one: the same again in another order.
        share = len(ours & theirs) / small if small else 0.0
        figures, before = figures_of(reading), figures_of(other)
        printed = {(abs(one.value), one.unit) for one in before}
        wanted = {
            (abs(one.value), one.unit) for one in figures if one.unit not in _SPANS
        }
        if len(wanted) >= _SAME_FIGURES and wanted <= printed:
            # "From 3.1% to 2.9%", "2.9% after 3.1%": one fact, however it is worded.
            return True
        if wanted and wanted <= printed and reading.grams & other.grams:
            # "The same text came to 23% more", and the five words around it again.
            return True
        has_figure_twice = any(
            same_amount(one, two) for one in figures for two in before
        )
        return small >= 4 and share >= (0.65 if has_figure_twice else 0.8)

    def _repeats_act(self, reading: Reading, other: Reading) -> bool:
        """ "Northland awarded 2.4 GW ...", "the office has awarded 2.4 gigawatts ...":
        one act with one figure, or the headline's act on one thing, and no other figure
        that headline or prose have not told.
        """
        ours, theirs = parse(reading.unquoted), parse(other.unquoted)
        if ours is None or theirs is None or ours.known.base != theirs.known.base:
            return False
        head = self._headline
        figures = [one for one in figures_of(reading) if one.unit not in _SPANS]
        headed = figures_of(head) if head else []
        is_known = all(is_told(one, headed) or self.has_said(one) for one in figures)
        if ours.known.base == "be" or not is_known:
            return False
        before = figures_of(other)
        if any(same_amount(one, two) for one in figures for two in before):
            return True
        acts = (
            {found[0].base for word in head.words if (found := verb_of(word))}
            if head
            else set()
        )
        return ours.known.base in acts and _head(ours) == _head(theirs)

    def _gain(self, reading: Reading, other: Reading | None = None) -> float:
        """The share of what the sentence tells that was not told, by weight: a figure
        weighs three words, a name or a date two. `other` is what else was told.
        """
        figures, names, known = list(self._told), list(self._told_names), self.stems
        dates = set(self._told_dates)
        if other is not None:
            figures += figures_of(other)
            names += other.names
            # "On 8 June", and here "on 8 June 2026": the same day.
            years = {one.text for one in other.dates}
            dates |= {
                _day(one)
                for one in (*reading.dates, *other.dates)
                if any(one.text.startswith(year) for year in years)
            }
            known = known | {stem(word) for word in other.content}
        inside = {stem(word) for name in reading.names for word in words(name)}
        plain = {stem(word) for word in reading.content if word.isalpha()}
        plain -= inside | _SAYING
        roots = {word[:_ROOT] for word in known}
        own = figures_of(reading)
        small = [one for one in own if is_small(one)]
        told = (
            (_FIGURE, [is_told(one, figures) for one in own if one not in small]),
            (1, [is_told(one, figures) for one in small]),
            (_NAME, [_is_named(one, names) for one in dict.fromkeys(reading.names)]),
            (_NAME, [_day(one) in dates for one in reading.dates]),
            (1, [word[:_ROOT] in roots for word in plain]),
        )
        whole = sum(weight * len(parts) for weight, parts in told)
        fresh = sum(weight * parts.count(False) for weight, parts in told)
        return fresh / whole if whole else 0.0

    def _is_new(self, reading: Reading) -> bool:
        figures = figures_of(reading)
        if any(not self._mentions(one) for one in figures):
            return True
        if figures:
            # All its figures are known: only many new words make it worth reading.
            fresh = set(reading.content) - self._words
            return len(fresh) >= _FRESH_FACTS * len(set(reading.content))
        content = set(reading.content)
        share = len(content - self._words) / len(content) if content else 0.0
        fresh_name = not all(map(self.has_named, reading.names))
        fresh_date = any(_day(one) not in self._dates for one in reading.dates)
        return share >= _FRESH_SHARE or ((fresh_name or fresh_date) and share >= 0.35)

    def has_named(self, name: str) -> bool:
        """The prose holds this name already, In one line aside."""
        return _is_named(name, self._names)

    def _mentions(self, quantity: Quantity) -> int:
        return sum(
            count for other, count in self._quantities if is_same(quantity, other)
        )

    def head(self, text: str) -> None:
        """Remembers the headline: it may be told again, not repeated word for word."""
        self._headline = read(text)

    def has_told(self, phrase: str) -> bool:
        """These very words stand in a sentence that is printed."""
        return any(normalise(phrase) in one.normal for one in self._readings)

    def has_told_amount(self, text: str) -> bool:
        """The figure that `text` is about stands in the prose, in some precision."""
        figures = [one for one in figures_of(read(text)) if one.unit not in _SPANS]
        return bool(figures) and self.has_said(figures[0])

    def has_told_days(self, text: str) -> bool:
        """Every day that `text` names stands in a sentence that is printed."""
        days = [_day(mention) for mention in read(text).dates]
        return bool(days) and all(day in self._told_dates for day in days)

    def heard(self, document_id: str) -> int:
        """Words that are taken from this document so far."""
        return self._from[document_id]

    def has_said(self, quantity: Quantity) -> bool:
        """The prose holds this figure already."""
        return self._mentions(quantity) > 0

    def add(
        self, text: str, citations: Sequence[Citation], *, is_summary: bool = False
    ) -> None:
        """Prints `text`. A summary's words may be said again by what it sums up."""
        reading = read(text)
        self._readings.append(reading)
        self.stems.update(stems(text))
        self._told.extend(figures_of(reading))
        self._told_names.extend(reading.names)
        self._told_dates.update(map(_day, reading.dates))
        self.size += len(words(text))
        if citations:
            self._from[citations[0].document_id] += len(words(text))
        for quantity in figures_of(reading):
            self._count(quantity)
        if not is_summary:
            self._names.extend(reading.names)
            self._dates.update(map(_day, reading.dates))
            self._words.update(reading.content)

    def _count(self, quantity: Quantity) -> None:
        for index, (other, count) in enumerate(self._quantities):
            if same_amount(quantity, other):
                self._quantities[index] = (other, count + 1)
                return
        self._quantities.append((quantity, 1))


def _head(clause: Clause) -> str:
    """ "strike" of "A 48-hour strike at the port"."""
    return stem(_BEHIND_A_NOUN.split(clause.subject)[0].split()[-1].lower())


_BEHIND_A_NOUN = re.compile(
    r" (?:of|for|to|in|on|at|by|with|from|between|against|over|called|that|which) "
)


def _day(mention: DateMention) -> object:
    return mention.window or mention.text


def _is_named(name: str, others: Sequence[str]) -> bool:
    return any(same_name(name, other) for other in others)
