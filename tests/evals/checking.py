"""How well the evidence check tells true sentences from false ones.

Run by hand: `python -m tests.evals.checking DATA_FOLDER`. The folder holds
`verify_docs.jsonl` and sets `verify_*.jsonl`; without it there is nothing to measure
and the result is empty.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.domain.claim import Claim, ClaimKind, Status, Verdict
from briefing.domain.document import Document
from briefing.logic.text import sentences
from briefing.logic.verification import EvidenceIndex, index, support_score, verify

_SETS = ("edits", "summedits_news", "bump")
# Rows marked true that say what their text does not, read by hand on 28 November 2026
# after the last rule was written: of the refused ones only (docs/evidence.md).
NOT_IN_TEXT = {
    "pt-f32b29283f": "no 25 March: the text says last week",
    "pt-aaaa5c4d0c": "no National Stadium",
    "pt-5aba42f051": "no 2 May, no fight in Las Vegas",
    "pt-f60bc325e6": "no day of the interview: its Wednesday is another one",
    "pt-ea6ed75f0f": "no Premier League",
    "pt-e82163fbad": "no English: 7.7kg was made seven.7kg",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One row of a set with the check's answer.

    Attributes:
        row: as read.
        half: "a" (tuned on) or "b" (held out), by hash of the document.
        verdicts: of each sentence of the claim.
        score: mean of its sentences' support scores, 0..1.
    """

    row: dict[str, Any]
    half: str
    verdicts: tuple[Verdict, ...]
    score: float

    @property
    def passed(self) -> bool:
        """Every sentence was found supported."""
        return all(one.status is Status.SUPPORTED for one in self.verdicts)

    @property
    def fault(self) -> str:
        """The kind of edit, or what was done to a faithful sentence."""
        none = "faithful" if self.row["label"] else "unnamed"
        return str(self.row.get("kind") or self.row.get("error_type") or none)


def run(data_folder: Path | str) -> dict[str, float]:
    """Each measure by its name; empty when the folder has no sets.

    `<set>.balanced` (and `.a`, `.b` for the halves, `.<kind>` for a family of errors
    against all true claims) is balanced accuracy, `<set>.precision` and `<set>.recall`
    are those of refusing (by family: of its rows and all true claims), `<set>.passed`
    the share of true claims passed and `<set>.false_alarms` of those refused (also of
    sentences taken from the text and of rewritten ones; `edits.passed.borne_out` leaves
    out those of `NOT_IN_TEXT`), `<set>.caught.<kind>` the
    share of false ones refused, `bump.pairs` the share of false summaries that score
    less than their faithful twin, `seconds` the time for all of it.
    """
    folder = Path(data_folder)
    if not (folder / "verify_docs.jsonl").is_file():
        return {}
    began = time.perf_counter()
    measures: dict[str, float] = {}
    for name in _SETS:
        judged = list(judge(folder, name))
        measures.update(_measure(name, judged))
        measures.update(_pairs(name, judged))
    measures["seconds"] = round(time.perf_counter() - began, 1)
    return measures


def judge(folder: Path, name: str) -> Iterator[Judged]:
    """Each row of one set with its verdicts."""
    texts = {row["doc_id"]: row["text"] for row in _rows(folder / "verify_docs.jsonl")}
    indexes: dict[str, EvidenceIndex] = {}
    for row in _rows(folder / f"verify_{name}.jsonl"):
        key = row["doc_id"]
        if key not in indexes:
            indexes[key] = index({key: Document(id=key, text=texts[key])})
        half = "ab"[hashlib.sha256(key.encode()).digest()[0] % 2]
        claims = tuple(_claims(row))
        verdicts = tuple(verify(one, indexes[key]) for one in claims)
        scores = [support_score(one, indexes[key]) for one in claims if "ref_id" in row]
        yield Judged(row, half, verdicts, sum(scores) / max(len(scores), 1))


def _claims(row: dict[str, Any]) -> Iterator[Claim]:
    text = row["claim"]
    parts = [text]
    if row["unit"] == "summary":
        parts = [text[span.start : span.end] for span in sentences(text)]
    for part in parts:
        yield Claim(text=part, kind=ClaimKind.REPORTED)


def _pairs(name: str, judged: list[Judged]) -> dict[str, float]:
    """How often the faithful one of two twins scores higher, a tie counting half."""
    scores = {one.row["id"]: one.score for one in judged}
    won: defaultdict[str, list[float]] = defaultdict(list)
    for one in judged:
        twin = one.row.get("ref_id")
        if one.row["label"] or twin not in scores:
            continue
        better = scores[twin] - one.score
        point = 0.5 if better == 0 else float(better > 0)
        won[f"{name}.pairs"].append(point)
        won[f"{name}.pairs.{one.half}"].append(point)
        won[f"{name}.pairs.{one.fault}"].append(point)
    return {group: sum(points) / len(points) for group, points in sorted(won.items())}


def _measure(name: str, judged: list[Judged]) -> dict[str, float]:
    measures = {f"{name}.balanced": balanced(judged)}
    for half in "ab":
        rows = [one for one in judged if one.half == half]
        measures[f"{name}.balanced.{half}"] = balanced(rows)
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    for one in judged:
        if one.row["label"]:
            groups["false_alarms"].append(not one.passed)
            groups[f"false_alarms.{one.fault}"].append(not one.passed)
            groups[f"false_alarms.{one.half}"].append(not one.passed)
            if name == "edits" and one.row["id"] not in NOT_IN_TEXT:
                groups["passed.borne_out"].append(one.passed)
            if "base" in one.row:
                groups[f"false_alarms.{one.row['base']}"].append(not one.passed)
        else:
            groups[f"caught.{one.fault}"].append(not one.passed)
            groups[f"caught.{one.fault}.{one.half}"].append(not one.passed)
    for group, hits in sorted(groups.items()):
        measures[f"{name}.{group}"] = sum(hits) / len(hits)
    measures.update(_refusals(name, judged))
    return measures


def _refusals(name: str, judged: list[Judged]) -> dict[str, float]:
    """Precision and recall of refusing, and each family against all true claims."""
    false = [one for one in judged if not one.row["label"]]
    true = [one for one in judged if one.row["label"]]
    hits = sum(not one.passed for one in false)
    wrong = sum(not one.passed for one in true)
    measures = {
        f"{name}.passed": 1 - wrong / len(true) if true else 0.0,
        f"{name}.precision": _share(hits, wrong),
        f"{name}.recall": hits / len(false) if false else 0.0,
    }
    for fault in sorted({one.fault for one in false}):
        family = [one for one in false if one.fault == fault]
        caught = sum(not one.passed for one in family)
        measures[f"{name}.precision.{fault}"] = _share(caught, wrong)
        measures[f"{name}.balanced.{fault}"] = balanced([*true, *family])
    return measures


def _share(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else 0.0


def balanced(judged: Iterable[Judged]) -> float:
    """Mean of the shares of true claims passed and of false claims refused."""
    passed = {0: [0, 0], 1: [0, 0]}
    for one in judged:
        tally = passed[one.row["label"]]
        tally[0] += one.passed
        tally[1] += 1
    true, false = passed[1], passed[0]
    if not true[1] or not false[1]:
        return 0.0
    return (true[0] / true[1] + 1 - false[0] / false[1]) / 2


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    for measure, value in run(sys.argv[1]).items():
        sys.stdout.write(f"{value:8.3f}  {measure}\n")
