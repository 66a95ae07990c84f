"""The command line called in this process: what it prints and how it ends."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from typer.testing import CliRunner

from briefing.cli import main


@dataclass(frozen=True)
class Said:
    """The end of one command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.split("\n") if line]


def call(*arguments: object, stdin: str | bytes = "") -> Said:
    """`briefing ARGUMENTS` with its own standard streams."""
    words: Sequence[str] = [str(one) for one in arguments]
    with CliRunner().isolation(input=stdin) as streams:
        try:
            main(words)
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        sys.stdout.flush()
        out, err = (stream.getvalue().decode() for stream in streams[:2])
    return Said(code, out, err)
