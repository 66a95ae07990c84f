"""A plain extract of some documents: what the choice of sentences is measured by."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.domain.document import Document
from briefing.logic.extractive.reading import readable, told
from briefing.logic.extractive.scoring import scores, spread_out, vectors


def extract(documents: Sequence[Document], words: int = 220) -> str:
    """The best sentences of the documents, best first, in at most `words` words."""
    sentences = [one for document in readable(documents) for one in told(document)]
    found = vectors([one.text for one in sentences])
    order = spread_out(scores(sentences, found), found, limit=40)
    chosen: list[str] = []
    left = words
    for index in order:
        text = sentences[index].text
        size = len(text.split())
        if size <= left:
            chosen.append(text)
            left -= size
    return " ".join(chosen)
