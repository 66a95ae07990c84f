"""From a source's kind to the module that reads it: the file's name is the kind."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import cast

from briefing.errors import SettingsError
from briefing.ports import Ingester

# By name: modules of one floor do not import each other.
_PACKAGE = "briefing.ingest"


def ingester(kind: str) -> Ingester:
    """The `ingest` function of briefing/ingest/<kind>.py. Raises SettingsError."""
    if re.fullmatch(r"[a-z][a-z0-9_]*", kind):
        try:
            module = importlib.import_module(f"{_PACKAGE}.{kind}")
        except ModuleNotFoundError as error:
            if error.name != f"{_PACKAGE}.{kind}":
                raise  # the module is there, something that it needs is not
        else:
            function = getattr(module, "ingest", None)
            if function is not None:
                return cast("Ingester", function)
    raise SettingsError(
        f"no source can be of kind {kind!r}",
        hint=f"Write one of these kinds: {', '.join(kinds())}.",
    )


def kinds() -> tuple[str, ...]:
    """All kinds that a source may have, sorted."""
    found = []
    for module in pkgutil.iter_modules(importlib.import_module(_PACKAGE).__path__):
        loaded = importlib.import_module(f"{_PACKAGE}.{module.name}")
        if hasattr(loaded, "ingest"):
            found.append(module.name)
    return tuple(sorted(found))
