"""Sample texts of the evidence check, written for these tests."""

from __future__ import annotations

from datetime import UTC, datetime

from briefing.domain.claim import Claim, ClaimKind, Verdict
from briefing.domain.document import Document
from briefing.logic.verification import verify
from tests.builders import citation, claim, document

USAGE = document(
    "DeepSeek-V4-Flash processed 3.43 trillion tokens in the week of 18-24 May 2026, "
    "OpenRouter said. The platform as a whole handled 28.9 trillion tokens, up 7.4% on "
    "the week. Ranked Chinese models rose 19.89% to 9.223 trillion tokens, while US "
    "models rose 16.27% to 4.93 trillion. OpenRouter does not compare tokens of "
    "different providers directly.",
    title="DeepSeek tops OpenRouter",
    published_at=datetime(2026, 5, 25, 9, 0, tzinfo=UTC),
)
PORT = document(
    "The port of Ghent reopened on 12 March 2026 after a strike of nine days. "
    "The Harbour Authority lost €4.2 million, and Antwerp gained 300 ships. "
    "“We expect a slow return to normal traffic this spring,” the Harbour Authority "
    "said in a statement. The Dockers' Union denied that the strike had damaged trade. "
    "It was the port's first closure since 1998. Trade fell because two cranes failed.",
    title="Port of Ghent reopens",
)
SAMPLES = (USAGE, PORT)


def judge(text: str, source: Document, words: str | None = None) -> Verdict:
    """The verdict on a sentence that cites `words` of the source, or all of it."""
    return verify(claim(text, citation(source, words)), {source.id: source})


def search(text: str, *sources: Document) -> Verdict:
    """The verdict on a sentence without citations, against whole documents."""
    bare = Claim(text=text, kind=ClaimKind.REPORTED)
    return verify(bare, {source.id: source for source in sources})
