"""How well documents are grouped by event, against labels that people gave.

Run by hand: `python -m tests.evals.grouping DATA_FOLDER`. The folder holds sets
`cluster_*.jsonl` (id, cluster, title, text, date); without it the result is empty.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing.domain.document import Document
from briefing.pipeline.group import group

_SETS = ("g5", "ecbplus")


def run(data_folder: Path | str) -> dict[str, float]:
    """Each measure by its name; empty when the folder has no sets.

    `<set>.b_cubed` and `<set>.pairwise` are F1 over all documents grouped at once,
    `.a` and `.b` the same counted on either half of the labels, `<set>.by_topic.*` the
    mean over topics grouped on their own, `<set>.per_second` the speed.
    """
    measures: dict[str, float] = {}
    for name in _SETS:
        path = Path(data_folder) / f"cluster_{name}.jsonl"
        if path.is_file():
            lines = path.read_text(encoding="utf-8").splitlines()
            measures.update(_measure(name, [json.loads(line) for line in lines]))
    return measures


def b_cubed(labels: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """F1 of the mean share of right neighbours (Bagga and Baldwin, 1998), 0..1."""
    label_sizes, found_sizes = Counter(labels), Counter(found)
    both = Counter(zip(labels, found, strict=True))
    precision = sum(n * n / found_sizes[pair[1]] for pair, n in both.items())
    recall = sum(n * n / label_sizes[pair[0]] for pair, n in both.items())
    return _f1(precision / len(labels), recall / len(labels)) if labels else 0.0


def pairwise(labels: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """F1 over pairs of documents that are put together, 0..1; 1 if there are none."""
    right = _pairs(Counter(zip(labels, found, strict=True)))
    together, wanted = _pairs(Counter(found)), _pairs(Counter(labels))
    return 2 * right / (together + wanted) if together + wanted else 1.0


def _pairs(sizes: Mapping[Any, int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall)


def _measure(name: str, rows: list[dict[str, Any]]) -> dict[str, float]:
    began = time.perf_counter()
    found = _grouped(rows)
    seconds = time.perf_counter() - began
    measures = _scored(name, rows, found)
    for half in "ab":
        part = [row for row in rows if _half(row) == half]
        scored = _scored(name, part, found)
        measures |= {f"{key}.{half}": value for key, value in scored.items()}
    topics: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row.get("topic"):
            topics[row["topic"]].append(row)
    alone = [_scored(name, part, _grouped(part)) for part in topics.values()]
    for key in measures.copy() if alone else ():
        if key in alone[0]:
            mean = sum(one[key] for one in alone) / len(alone)
            measures[key.replace(".", ".by_topic.", 1)] = round(mean, 3)
    measures[f"{name}.per_second"] = round(len(rows) / seconds)
    return measures


def _scored(
    name: str, rows: Sequence[dict[str, Any]], found: Mapping[str, str]
) -> dict[str, float]:
    labels = [row["cluster"] for row in rows]
    ours = [found[row["id"]] for row in rows]
    return {
        f"{name}.b_cubed": round(b_cubed(labels, ours), 3),
        f"{name}.pairwise": round(pairwise(labels, ours), 3),
    }


def _half(row: dict[str, Any]) -> str:
    """By topic where there is one, so that look-alikes stay in one half."""
    key = str(row.get("topic") or row["cluster"])
    return "ab"[hashlib.sha256(key.encode()).digest()[0] % 2]


def _grouped(rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    stories = group([_document(row) for row in rows])
    return {one: story.id for story in stories for one in story.document_ids}


def _document(row: dict[str, Any]) -> Document:
    published = datetime.fromisoformat(row["date"]) if row.get("date") else None
    if published is not None and published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    return Document(
        id=row["id"],
        text=row["text"],
        title=row.get("title") or "",
        publisher=row.get("source") or "",
        published_at=published,
    )


if __name__ == "__main__":
    for measure, value in run(sys.argv[1]).items():
        print(f"{measure:32} {value:g}")
