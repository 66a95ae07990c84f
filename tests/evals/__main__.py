"""`./run eval`: the measured quality of grouping, checking and writing, with floors.

Reads the labelled development data from a folder beside the checkout (or the one that
is named); the data is not part of the project. Exit 1 when a figure fell below its
floor in floors.json, 2 when there is no data.
"""

from __future__ import annotations

import json
import platform
import sys
import time
from pathlib import Path

from tests.evals import checking, grouping, writing

_HERE = Path(__file__).resolve().parent
_BESIDE = _HERE.parents[2] / "shared" / "data"
_PARTS = {"grouping": grouping.run, "checking": checking.run, "writing": writing.run}


def main(arguments: list[str]) -> int:
    """Prints `part figure value floor`, a line a figure; returns the exit code."""
    folder = Path(arguments[0]) if arguments else _BESIDE
    if not folder.is_dir():
        print(f"{folder}: no such folder; name one with the labelled data.")
        return 2
    floors = json.loads((_HERE / "floors.json").read_text(encoding="utf-8"))
    print(f"Python {platform.python_version()}, {platform.machine()}")
    fell = 0
    for part, run in _PARTS.items():
        started = time.perf_counter()
        figures = run(folder)
        print(f"\n{part} ({time.perf_counter() - started:.0f} s)")
        for name, value in figures.items():
            if name.endswith((".a", ".b")) or "," in name:
                continue  # halves and rare mixtures: in the functions' results only
            floor = floors.get(part, {}).get(name)
            verdict = "" if floor is None else f"  floor {floor:.3f}"
            if floor is not None and value < floor:
                verdict += "  FELL"
                fell += 1
            print(f"  {name:<44} {value:8.3f}{verdict}")
    return 1 if fell else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
