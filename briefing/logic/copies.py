"""Which documents repeat another one's text, and how many publishers really speak."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from briefing.domain.document import Document, DocumentKind
from briefing.logic.text import words

SHINGLE_WORDS = 8
# Of the shorter text's 8-grams; more than this is one text (BRIEF.md, rule S3).
COPY_SHARE = 0.3
# Two texts of one house share a house style and boilerplate; chosen by us: a third of
# the bar for strangers is already a rewrite of the same text.
FAMILY_COPY_SHARE = 0.1
_NEVER = datetime.max.replace(tzinfo=UTC)

# A run of words as it stands: compared within one call only, so it needs no hash.
Run = tuple[str, ...]


def find_copies(documents: Sequence[Document]) -> tuple[tuple[str, str], ...]:
    """(copy id, original id) pairs in order of copy id; an original is never a copy.

    The original is the earliest published; at one time a primary source goes before a
    report and the longer text before the shorter. Undated texts come last. Headlines
    play no part: a wire copy under another headline is found. Ranking documents are
    our own wording and copy nothing.
    """
    ordered = sorted(
        (one for one in documents if one.kind is not DocumentKind.RANKING),
        key=_originality,
    )
    if len(ordered) < 2:
        return ()
    prints = [_runs(one.text) for one in ordered]
    holders: defaultdict[Run, list[int]] = defaultdict(list)
    original_of: dict[int, int] = {}
    for position, document in enumerate(ordered):
        found = _copied(position, document, ordered, prints, holders)
        if found is not None:
            original_of[position] = original_of.get(found, found)
        for shingle in prints[position]:
            holders[shingle].append(position)
    return tuple(
        sorted(
            (ordered[copy].id, ordered[original].id)
            for copy, original in original_of.items()
        )
    )


def _runs(text: str) -> frozenset[Run]:
    """Every run of eight words; a shorter text is one run, an empty one none."""
    tokens = words(text)
    if len(tokens) < SHINGLE_WORDS:
        return frozenset((tokens,)) if tokens else frozenset()
    return frozenset(zip(*(tokens[i:] for i in range(SHINGLE_WORDS)), strict=False))


def _originality(document: Document) -> tuple[datetime, bool, int, str]:
    return (
        document.published_at or _NEVER,
        document.kind is not DocumentKind.PRIMARY,
        -len(document.text),
        document.id,
    )


def _copied(
    position: int,
    document: Document,
    ordered: Sequence[Document],
    prints: Sequence[frozenset[Run]],
    holders: defaultdict[Run, list[int]],
) -> int | None:
    """The earlier text that this one shares most with, None if it stands alone."""
    shared = Counter(
        earlier
        for shingle in prints[position]
        if shingle in holders
        for earlier in holders[shingle]
    )
    best: tuple[float, int] | None = None
    for earlier, count in shared.items():
        share = count / min(len(prints[position]), len(prints[earlier]))
        is_family = document.house == ordered[earlier].house
        if share > (FAMILY_COPY_SHARE if is_family else COPY_SHARE):
            best = min(best or (0.0, earlier), (-share, earlier))
    return best[1] if best else None


def independent_houses(
    documents: Sequence[Document], copies: Sequence[tuple[str, str]]
) -> int:
    """How many publishers speak for themselves: copies and family members add none.

    `documents` may be a part of what `copies` was made from: copies whose original is
    not among them speak once, together, for that original.
    """
    original_of = dict(copies)
    present = {document.id for document in documents}
    voices: set[tuple[str, str]] = set()
    absent: dict[str, set[str]] = {}
    for document in documents:
        original = original_of.get(document.id)
        if original is None:
            voices.add(("house", document.house))
        elif original not in present:
            absent.setdefault(original, set()).add(document.house)
    for original in sorted(absent):
        # One text, however many printed it; and no new voice where one of these
        # houses has already spoken.
        if not any(("house", house) in voices for house in absent[original]):
            voices.add(("text", original))
    return len(voices)
