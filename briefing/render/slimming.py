"""A brief with less behind its sentences, for a page that would grow too large."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from briefing.render.escaping import cut
from briefing.render.evidence import Quote
from briefing.render.first_use import with_sentences
from briefing.render.view import BriefPage, Exhibit, Sentence

# DELIVERY.md A2.
MAX_PAGE_BYTES = 100_000
_SHORT_QUOTE = 160

Slim = Callable[[Exhibit], Exhibit]


def slimmer(brief: BriefPage) -> Iterator[BriefPage]:
    """The brief as it is, then without the surroundings of its quotations, then with
    short ones, then with one a source. No sentence, mark or source is ever lost.
    """
    yield brief
    for slim in (_without_context, _short, _single):
        yield _with_exhibits(brief, slim)


def _without_context(exhibit: Exhibit) -> Exhibit:
    quotes = tuple(Quote("", one.words, "") for one in exhibit.quotes)
    return replace(exhibit, quotes=quotes)


def _short(exhibit: Exhibit) -> Exhibit:
    quotes = tuple(
        Quote("", cut(one.words, _SHORT_QUOTE), "") for one in exhibit.quotes
    )
    return replace(exhibit, quotes=quotes)


def _single(exhibit: Exhibit) -> Exhibit:
    return replace(exhibit, quotes=_short(exhibit).quotes[:1])


def _with_exhibits(brief: BriefPage, slim: Slim) -> BriefPage:
    def sentence(one: Sentence) -> Sentence:
        return replace(one, exhibits=tuple(map(slim, one.exhibits)))

    glossed = tuple(map(sentence, brief.glossed))
    return replace(with_sentences(brief, sentence), glossed=glossed)
