"""`./run eval`: the measured quality of grouping, checking and writing, with floors.

Reads the labelled development data from a folder beside the checkout (or the one that
is named); the data is not part of the project. Exit 1 when a figure fell below its
floor in floors.json, 2 when there is no data.

`./run eval --model NAME --base-url URL` measures a model on the sample's stories
instead, and needs no such data.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from decimal import Decimal
from pathlib import Path

from tests.evals import checking, grouping, model_writing, sample_days, writing

_HERE = Path(__file__).resolve().parent
_BESIDE = _HERE.parents[2] / "shared" / "data"
_PARTS = {
    "grouping": grouping.run,
    "checking": checking.run,
    "writing": writing.run,
    "sample_days": sample_days.run,
}


def main(arguments: list[str]) -> int:
    """Prints `part figure value floor`, a line a figure, or a model's figures beside
    those of the writer without one; returns the exit code.
    """
    asked = _arguments().parse_args(arguments)
    if asked.model is None:
        return _hold_floors(asked.folder)
    endpoint = model_writing.Endpoint(
        model=asked.model,
        base_url=asked.base_url,
        api_key=os.environ.get(asked.api_key_env, "none"),
        context_tokens=asked.context_tokens,
        max_tokens=asked.max_tokens,
        timeout_s=asked.timeout_s,
        usd_per_million_in=asked.usd_in,
        usd_per_million_out=asked.usd_out,
    )
    model_writing.run(endpoint, most=asked.stories)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run eval")
    parser.add_argument("folder", nargs="?", type=Path, default=_BESIDE)
    model = parser.add_argument_group("a model, on the stories of the sample")
    model.add_argument("--model", help="its name at the endpoint")
    model.add_argument("--base-url", default="http://127.0.0.1:11434/v1")
    model.add_argument("--api-key-env", default="BRIEFING_MODEL_API_KEY")
    model.add_argument("--stories", type=int, help="at most; all without it")
    model.add_argument("--context-tokens", type=int, default=16_000)
    model.add_argument("--max-tokens", type=int, default=2_000)
    model.add_argument("--timeout-s", type=float, default=120.0)
    model.add_argument("--usd-in", type=Decimal, help="a million tokens in")
    model.add_argument("--usd-out", type=Decimal, help="a million tokens out")
    return parser


def _hold_floors(folder: Path) -> int:
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
