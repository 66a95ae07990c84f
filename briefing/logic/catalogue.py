"""What the archive finds a brief by: its lead, topics, publishers and words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from briefing.domain.brief import Brief, Section, Shape
from briefing.domain.document import Document
from briefing.logic.slugs import slug

# A brief on two subjects belongs to both; more than three tell nothing (chosen).
MOST_TOPICS = 3
# Of the weight of the strongest topic; a wire service names every topic (chosen).
_LEAST_SHARE = 0.5
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


def lead(brief: Brief) -> str:
    """The first sentence after the headline, of the first paragraph if there is one;
    "" if nothing is told.
    """
    prose = [one for one in brief.sections if one.shape is Shape.PROSE]
    for section in (*prose, *brief.sections):
        for item in section.items:
            if item.claims:
                return item.claims[0].text
    return ""


def topics(brief: Brief) -> tuple[str, ...]:
    """Topics of the cited documents, strongest first.

    A document that names several topics gives each its part, so that a source which
    covers everything does not put a brief under everything.
    """
    weights: dict[str, float] = {}
    for document in _cited(brief):
        # What was handed in may call its topics anything; these become addresses.
        named = [one for one in document.topics if _SLUG.fullmatch(one)]
        for topic in named:
            weights[topic] = weights.get(topic, 0.0) + 1 / len(named)
    if not weights:
        return ()
    least = max(weights.values()) * _LEAST_SHARE
    order = sorted(weights, key=lambda topic: (-weights[topic], topic))
    return tuple(one for one in order if weights[one] >= least)[:MOST_TOPICS]


def publishers(brief: Brief) -> tuple[tuple[str, str], ...]:
    """(slug, name) of the cited sources that name their publisher, in order."""
    names = dict.fromkeys(one.publisher for one in brief.sources if one.publisher)
    return tuple({publisher_slug(name): name for name in names}.items())


def publisher_slug(name: str) -> str:
    """An address part for a publisher; a name without Latin letters gets a hash."""
    return slug(name, hashlib.blake2b(name.encode(), digest_size=6).hexdigest())


def words_of(brief: Brief) -> str:
    """Every printed sentence, question and ranked name, a line each."""
    return "\n".join(
        line for section in brief.sections for line in _lines(section) if line
    )


def _lines(section: Section) -> Sequence[str]:
    lines = []
    for item in section.items:
        lines.append(item.question or "")
        lines.extend(claim.text for claim in item.claims)
    if section.table:
        lines.append(section.table.title)
        lines.extend(line.label for line in section.table.lines)
    return lines


def _cited(brief: Brief) -> Sequence[Document]:
    cited = {source.document_id for source in brief.sources}
    return [one for one in brief.story.documents if one.id in cited]
