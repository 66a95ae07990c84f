"""A module that takes longer to import than its task may take."""

from __future__ import annotations

import threading

threading.Event().wait(2.5)


def answer() -> int:
    return 42
