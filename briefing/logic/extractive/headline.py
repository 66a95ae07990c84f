"""The headline: a source's title that its body proves, else a lead cut short."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.domain.claim import Claim, ClaimKind
from briefing.domain.document import Document
from briefing.logic.extractive.candidates import cite, is_old
from briefing.logic.extractive.lead_headline import from_leads
from briefing.logic.extractive.page import Page
from briefing.logic.extractive.reading import Told, readable, told
from briefing.logic.extractive.scoring import cosine, stems, vectors
from briefing.logic.extractive.verbs import AUXILIARIES, verb_of
from briefing.logic.rules.reading import read

_LONGEST = 90
_SUFFIX = re.compile(r"\s+(?:[-–—|·•»:]|::)\s+(?P<tail>[^-–—|·•»]{2,40})$")
_CHATTY = re.compile(
    r"\?|!|\b(?:you|your|we|our|my|here's|here are|what to know|things to|how to|"
    r"why|live updates?|watch|opinion|analysis|explained|podcast|review|"
    r"this is|these are)\b|^(?:How|What|Why|When|Who|Where|Is|Are|Can|Will|Should)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|(?:this|last|next) (?:week|month|year|"
    r"quarter|weekend)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
    re.IGNORECASE,
)
# "Joint statement: mediation begins": whose, nobody knows.
_LABEL = re.compile(r"[A-Z][a-z]+(?: [a-z]+){1,3}: ")
_HALF_SENTENCE = re.compile(r"^(?:After|As|With|When|Amid|Despite|Before|While)\b")


def headline(page: Page) -> Claim | None:
    """At most 90 characters, proved by a body; None when no sentence can be used."""
    titles = [
        made
        for document in _fresh(page)
        if (made := _from_title(document, page)) is not None
    ]
    for _, title in sorted(titles, key=lambda pair: -pair[0]):
        if page.holds(title):
            return title
    return from_leads(page)


def _fresh(page: Page) -> tuple[Document, ...]:
    """The texts whose titles are today's: new ones, of the newest news cycle."""
    documents = readable(page.story.documents)
    new = [one for one in documents if one.id in page.story.new_document_ids]
    held = new or list(documents)
    newest = max((one.published_at for one in held if one.published_at), default=None)
    return tuple(one for one in held if not is_old(one, newest))


def _from_title(document: Document, page: Page) -> tuple[float, Claim] | None:
    title = _clean(document)
    if not 20 <= len(title) <= _LONGEST or len(title.split()) < 4:
        return None
    if _CHATTY.search(title) or _RELATIVE.search(title) or not _has_verb(title):
        return None
    places = prove(title, told(document)[:12])
    if not places:
        return None
    citations = tuple(cite(document, one.span) for one in places)
    claim = Claim(title, ClaimKind.REPORTED, citations)
    return _worth(title, document, page), claim


def _clean(document: Document) -> str:
    title = " ".join(document.title.split())
    while match := _SUFFIX.search(title):
        tail = match.group("tail").casefold()
        if not _is_publisher(tail, document.publisher):
            break
        title = title[: match.start()]
    return title.rstrip(".")


def _is_publisher(tail: str, publisher: str) -> bool:
    house = publisher.casefold().replace("(sample)", "").strip()
    known = bool(house) and (tail in house or house in tail)
    return known or bool(re.search(r"\b(?:news|times|post|\w+\.\w{2,3})$", tail))


def _has_verb(title: str) -> bool:
    found = [word.strip(",;:'\"“”").lower() for word in title.split()]
    return any(word in AUXILIARIES or verb_of(word) is not None for word in found[1:])


def prove(text: str, body: Sequence[Told]) -> tuple[Told, ...]:
    """Up to three sentences of `body` that share most with `text`; () if they miss
    more than half of it.
    """
    missing = set(stems(text))
    gist = len(missing)
    chosen: list[Told] = []
    for _ in range(3):
        best = max(
            body,
            key=lambda one: (len(missing & set(stems(one.text))), -one.number),
            default=None,
        )
        if best is None or not missing & set(stems(best.text)):
            break
        chosen.append(best)
        missing -= set(stems(best.text))
    return tuple(chosen) if 2 * len(missing) <= gist else ()


def _worth(title: str, document: Document, page: Page) -> float:
    tops = page.pool[:12]
    found = vectors([title, *(one.text for one in tops)])
    near = sum(cosine(found[0], other) for other in found[1:]) / max(1, len(tops))
    words = title.split()
    capitals = sum(word[:1].isupper() for word in words) / len(words)
    worth = near + (0.15 if read(title).quantities else 0.0)
    if capitals > 0.7 or _HALF_SENTENCE.match(title):
        worth -= 0.15
    if _LABEL.match(title):
        worth -= 0.2
    if read(title).names:
        worth += 0.1
    if page.story.new_document_ids and document.id in page.story.new_document_ids:
        worth += 0.1
    return worth
