"""How good the choice of sentences is: ROUGE against editors' summaries.

The data is third-party text that is not part of the project; without it nothing is
measured. Peers run on the same rows with the same sentences of at most 220 words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from briefing.domain.document import Document
from briefing.logic.extractive.extract import extract
from briefing.logic.extractive.scoring import Vector, cosine, stem, vectors
from briefing.logic.text import sentences

_WORDS = 220
_FILE = "mds_multinews200.jsonl"
Summariser = Callable[[Sequence[Document]], str]


def run(data_folder: Path) -> dict[str, float]:
    """Mean ROUGE-1, -2 and -L F1 (0..100) by writer; empty without the data."""
    path = data_folder / _FILE
    if not path.is_file():
        return {}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    writers: dict[str, Summariser] = {
        "extract": lambda documents: extract(documents, words=_WORDS),
        "lead": _lead,
        "centroid": _centroid,
        "textrank": _textrank,
    }
    result: dict[str, float] = {}
    for name, write in writers.items():
        measured = [_measure(write, row) for row in rows]
        for place, label in enumerate(("rouge1", "rouge2", "rougeL")):
            mean = sum(one[place] for one in measured) / len(measured)
            result[f"{name}.{label}"] = round(100 * mean, 2)
    return result


def _measure(write: Summariser, row: dict[str, object]) -> tuple[float, float, float]:
    texts = row["docs"]
    assert isinstance(texts, list)
    documents = [
        Document(id=f"d{number}", text=text) for number, text in enumerate(texts)
    ]
    return rouge(write(documents), str(row["summary"]))


def rouge(candidate: str, reference: str) -> tuple[float, float, float]:
    """ROUGE-1, -2 and sentence-free ROUGE-L, each as F1 of stems, 0..1."""
    ours, theirs = _tokens(candidate), _tokens(reference)
    return (
        _overlap(ours, theirs, 1),
        _overlap(ours, theirs, 2),
        _f1(_longest_common(ours, theirs), len(ours), len(theirs)),
    )


def _tokens(text: str) -> list[str]:
    return [stem(word) for word in re.findall(r"[a-z0-9]+", text.lower())]


def _overlap(ours: list[str], theirs: list[str], size: int) -> float:
    left = Counter(zip(*(ours[i:] for i in range(size)), strict=False))
    right = Counter(zip(*(theirs[i:] for i in range(size)), strict=False))
    return _f1((left & right).total(), left.total(), right.total())


def _f1(shared: int, ours: int, theirs: int) -> float:
    return 2 * shared / (ours + theirs) if shared else 0.0


def _longest_common(ours: list[str], theirs: list[str]) -> int:
    row = [0] * (len(theirs) + 1)
    for left in ours:
        diagonal = 0
        for index, right in enumerate(theirs, start=1):
            above = row[index]
            longer = max(above, row[index - 1])
            row[index] = diagonal + 1 if left == right else longer
            diagonal = above
    return row[-1]


def _lines(documents: Sequence[Document]) -> list[list[str]]:
    found = []
    for document in documents:
        spans = sentences(document.text[:40_000])[:160]
        lines = [" ".join(document.text[s.start : s.end].split()) for s in spans]
        found.append([line for line in lines if 5 <= len(line.split()) <= 60])
    return found


def _fill(lines: Sequence[str]) -> str:
    chosen: list[str] = []
    left = _WORDS
    for line in lines:
        if len(line.split()) <= left:
            chosen.append(line)
            left -= len(line.split())
    return " ".join(chosen)


def _lead(documents: Sequence[Document]) -> str:
    by_document = _lines(documents)
    longest = max((len(lines) for lines in by_document), default=0)
    in_turn = [
        lines[i] for i in range(longest) for lines in by_document if i < len(lines)
    ]
    return _fill(in_turn)


def _centroid(documents: Sequence[Document]) -> str:
    lines = [line for lines in _lines(documents) for line in lines]
    found = vectors(lines)
    middle: Vector = {}
    for vector in found:
        for term, weight in vector.items():
            middle[term] = middle.get(term, 0.0) + weight
    return _distinct(lines, found, [cosine(vector, middle) for vector in found])


def _textrank(documents: Sequence[Document]) -> str:
    lines = [line for lines in _lines(documents) for line in lines][:250]
    found = vectors(lines)
    links = [[cosine(a, b) if a is not b else 0.0 for b in found] for a in found]
    sums = [sum(row) or 1.0 for row in links]
    worth = [1.0] * len(lines)
    for _ in range(20):
        shares = [value / total for value, total in zip(worth, sums, strict=True)]
        worth = [
            0.15 + 0.85 * sum(w * s for w, s in zip(row, shares, strict=True))
            for row in links
        ]
    return _distinct(lines, found, worth)


def _distinct(lines: list[str], found: list[Vector], worth: list[float]) -> str:
    order = sorted(range(len(lines)), key=lambda i: (-worth[i], i))
    kept: list[int] = []
    for index in order:
        if all(cosine(found[index], found[other]) < 0.5 for other in kept):
            kept.append(index)
        if len(kept) >= 25:
            break
    return _fill([lines[index] for index in kept])
