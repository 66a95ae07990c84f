"""What a page says in words, once more as schema.org data (JSON-LD).

Nothing stands here that the page does not show. FAQPage only where its questions and
answers are on the page; Google shows it for few sites, others read it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from briefing.domain.brief import Shape
from briefing.render.escaping import one_line
from briefing.render.pages import EditionPage
from briefing.render.site import Frame
from briefing.render.view import BriefPage, Section, SourceLine

# In a script element only "<" can end it; the others are unsafe in XML and in old
# scripts.
_ESCAPES = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})


@dataclass(frozen=True, slots=True)
class Dated:
    """When an article was first published and last changed; aware UTC."""

    published: datetime
    modified: datetime


def brief_data(
    brief: BriefPage, frame: Frame, *, path: str, lead: str, dated: Dated
) -> Markup:
    """NewsArticle of a brief, and FAQPage if it answers questions."""
    url = frame.base_url + path
    house = _house(frame)
    article: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "headline": one_line(brief.headline),
        "description": one_line(lead or brief.headline),
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": dated.published.isoformat(),
        "dateModified": dated.modified.isoformat(),
        "inLanguage": frame.language,
        "isAccessibleForFree": frame.is_open,
        "image": [frame.base_url + frame.card],
        "author": house,
        "publisher": house,
        "citation": [_work(one) for one in brief.sources],
        "isBasedOn": [one.url for one in brief.sources if one.url],
    }
    graph = [article]
    questions = _questions(brief.sections)
    if questions:
        graph.append(
            {"@type": "FAQPage", "@id": f"{url}#questions", "mainEntity": questions}
        )
    return _script({"@context": "https://schema.org", "@graph": graph})


def edition_data(
    edition: EditionPage,
    frame: Frame,
    *,
    path: str,
    briefs: Sequence[tuple[str, str]],
    dated: Dated,
) -> Markup:
    """CollectionPage of an edition; `briefs` are (path, headline) in reading order."""
    url = frame.base_url + path
    page: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "@id": f"{url}#edition",
        "name": one_line(f"{edition.title}, {edition.day}"),
        "url": url,
        "datePublished": dated.published.isoformat(),
        "dateModified": dated.modified.isoformat(),
        "inLanguage": frame.language,
        "publisher": _house(frame),
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": len(briefs),
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "url": frame.base_url + place,
                    "name": one_line(headline),
                }
                for position, (place, headline) in enumerate(briefs, start=1)
            ],
        },
    }
    return _script(page)


def _house(frame: Frame) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "name": one_line(frame.title),
        "url": f"{frame.base_url}/",
        "logo": {"@type": "ImageObject", "url": frame.base_url + frame.card},
    }


def _work(source: SourceLine) -> dict[str, Any]:
    work: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": one_line(source.title),
        "publisher": {"@type": "Organization", "name": one_line(source.publisher)},
    }
    if source.url:
        work["url"] = source.url
    if source.published_on:
        work["datePublished"] = source.published_on
    return work


def _questions(sections: Sequence[Section]) -> list[dict[str, Any]]:
    return [
        {
            "@type": "Question",
            "name": one_line(entry.question),
            "acceptedAnswer": {
                "@type": "Answer",
                "text": one_line(" ".join(one.text for one in entry.sentences)),
            },
        }
        for section in sections
        if section.shape is Shape.ANSWERS
        for entry in section.entries
        if entry.question and entry.sentences
    ]


def _script(value: dict[str, Any]) -> Markup:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - "<" is escaped above
