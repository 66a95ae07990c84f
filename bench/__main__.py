"""`./run bench`: figures of this machine, each beside a peer's of the same run.

Figures are printed and never asserted: a busy machine is no fault. CPU is that of the
process that does the work; clients, sinks and servers of pages run in others.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import archive, gather, mail, numbers, rankings, sample
from bench.figures import Result, machine

_NEED_STORE = frozenset({"mail", "archive"})


def _benchmarks(tiny: bool, store: Path) -> dict[str, Callable[[], Result]]:
    return {
        "mail": lambda: mail.run(mail.TINY if tiny else None, store),
        "archive": lambda: archive.run(archive.TINY if tiny else None, store),
        "gather": lambda: gather.run(gather.TINY if tiny else None),
        "rankings": lambda: rankings.run(rankings.TINY if tiny else None),
        "numbers": lambda: numbers.run(1 if tiny else 20),
    }


def main(arguments: Sequence[str], store: Path | None = None) -> int:
    """Runs the named benchmarks, all without names; `store` holds published days."""
    reader = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    reader.add_argument(
        "names", nargs="*", metavar="mail|archive|gather|rankings|numbers"
    )
    reader.add_argument("--json", action="store_true", help="one JSON document")
    reader.add_argument("--tiny", action="store_true", help="only whether it works")
    asked = reader.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        needs_store = store is None and (
            not asked.names or not _NEED_STORE.isdisjoint(asked.names)
        )
        path = sample.published(Path(folder)) if needs_store else store or Path()
        known = _benchmarks(asked.tiny, path)
        unknown = [one for one in asked.names if one not in known]
        if unknown:
            reader.error(f"no benchmark {unknown[0]!r}; there are {', '.join(known)}")
        done = []
        for name in asked.names or known:
            result = known[name]()
            done.append(result)
            if not asked.json:
                print("\n".join(result.lines()), end="\n\n", flush=True)
    if asked.json:
        results = [one.plain() for one in done]
        print(json.dumps({"machine": machine(), "results": results}, indent=2))
    else:
        print(", ".join(f"{name} {value}" for name, value in machine().items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
