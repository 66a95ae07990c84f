"""How good the writer without a model is: its extract beside five others, its briefs.

The data is third-party text that is not part of the project; without it nothing is
measured. Peers run on the same rows with the same sentences of at most 220 words.
Run by hand: `python -m tests.evals.writing DATA_FOLDER [--rows N]`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from briefing.domain.document import Document
from briefing.logic.extractive.extract import extract
from tests.evals import briefs, peers
from tests.evals.briefs import Row, ratio
from tests.evals.rouge import names_kept, novelty, numbers_kept, rouge

_WORDS = 220
_FILE = "mds_multinews200.jsonl"
# Rows that are written once more in other processes.
_TWICE = 4
_PROGRESS_EVERY = 20
Summariser = Callable[[Sequence[Document], int], str]
_WRITERS: dict[str, Summariser] = {
    "extract": extract,
    "lead3": peers.lead_3,
    "lead": peers.lead,
    "centroid": peers.centroid,
    "lexrank": peers.lexrank,
    "textrank": peers.textrank,
}


def run(data_folder: Path, rows: int | None = None) -> dict[str, float]:
    """Each measure by its name; empty without the data.

    `<writer>.rouge1`, `.rouge2`, `.rougeL`: mean F1, 0..100; `.numbers`, `.names`: the
    share of the references' that is kept; `.novelty`. `brief.*`: `briefs.measure`.
    """
    path = data_folder / _FILE
    if not path.is_file():
        return {}
    held = briefs.read_rows(path, rows)
    result: dict[str, float] = {}
    for name, write in _WRITERS.items():
        result.update(_measure(name, write, held))
    made = []
    started = time.perf_counter()
    for number, row in enumerate(held, start=1):
        made.append(briefs.brief(briefs.texts_of(row)))
        if number % _PROGRESS_EVERY == 0:
            spent = time.perf_counter() - started
            print(f"  {number} briefs in {spent:.0f} s", file=sys.stderr)
    result.update(briefs.measure(made, held))
    result["brief.same_bytes"] = briefs.same_bytes(path, 0, min(_TWICE, len(held)))
    return {name: round(value, 3) for name, value in result.items()}


def _measure(name: str, write: Summariser, rows: Sequence[Row]) -> dict[str, float]:
    pairs = []
    for row in rows:
        documents = briefs.story(briefs.texts_of(row)).documents
        pairs.append((write(documents, _WORDS), str(row["summary"])))
    scores = [rouge(*pair) for pair in pairs]
    means = [100 * sum(column) / len(rows) for column in zip(*scores, strict=True)]
    return {
        f"{name}.rouge1": means[0],
        f"{name}.rouge2": means[1],
        f"{name}.rougeL": means[2],
        f"{name}.numbers": ratio(numbers_kept(*pair) for pair in pairs),
        f"{name}.names": ratio(names_kept(*pair) for pair in pairs),
        f"{name}.novelty": sum(novelty(text) for text, _ in pairs) / len(pairs),
    }


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data_folder", type=Path)
    options.add_argument("--rows", type=int, default=None, help="only the first N")
    chosen = options.parse_args()
    for measure, figure in run(chosen.data_folder, chosen.rows).items():
        print(f"  {measure:<44} {figure:8.3f}")
