"""`briefing demo` in two processes, with other hash seeds, in other zones: are the
editions of the sample days the same, byte for byte? Needs no labelled data.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from briefing import folder

_DEMO = (sys.executable, "-m", "briefing.cli", "demo", "--json", "--output")
_WORLDS = (
    {"PYTHONHASHSEED": "1", "TZ": "UTC"},
    {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
)


def run(_data: Path) -> dict[str, float]:
    """`same_bytes`: the share of editions that are equal, 0 to 1."""
    with tempfile.TemporaryDirectory() as place:
        outputs = [Path(place, str(number)) for number in range(len(_WORLDS))]
        running = [
            subprocess.Popen(
                [*_DEMO, str(output)],
                stdout=subprocess.DEVNULL,
                env={**os.environ, **world},
            )
            for output, world in zip(outputs, _WORLDS, strict=True)
        ]
        codes = [one.wait() for one in running]
        assert codes == [0, 0], f"the demo ended with {codes}"
        return {"same_bytes": same_editions(*outputs)}


def same_editions(left: Path, right: Path) -> float:
    """The share of the folders below both that hold the same files, 0 to 1; 0 without
    any.
    """
    places = [*left.iterdir(), *right.iterdir()]
    names = {one.name for one in places if one.is_dir()}
    same = [
        (left / name).is_dir()
        and (right / name).is_dir()
        and folder.read(left / name) == folder.read(right / name)
        for name in names
    ]
    return sum(same) / len(same) if same else 0.0
