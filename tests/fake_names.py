"""A domain name system in a dictionary; tests/contracts/test_names.py holds it to the
real one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.ports.names import RecordKind, Records, Unasked

Zone = Mapping[tuple[str, str], Sequence[str] | Unasked]


class FakeNames:
    """ports.NameServer over {(name, kind): values}; kind "CNAME" names an alias."""

    def __init__(self, zone: Zone) -> None:
        self.zone = {
            (name.lower(), kind): found for (name, kind), found in zone.items()
        }
        self.asked: list[tuple[str, str]] = []

    def ask(self, name: str, kind: RecordKind) -> Records | Unasked:
        """See ports.NameServer."""
        self.asked.append((name, kind))
        name = name.lower().rstrip(".")
        if not _is_name(name, kind):
            return Unasked("name")
        for _ in range(8):
            alias = self.zone.get((name, "CNAME"))
            if alias is None or isinstance(alias, Unasked):
                break
            name = alias[0]
        found = self.zone.get((name, kind), ())
        if isinstance(found, Unasked):
            return found
        if kind == "MX":
            ordered = sorted(found, key=lambda one: (int(one.split()[0]), one))
        else:
            ordered = sorted(found)
        is_known = any(one == name or one.endswith(f".{name}") for one, _ in self.zone)
        return Records(tuple(ordered), is_name_known=is_known)


def _is_name(name: str, kind: str) -> bool:
    if kind == "PTR":
        return all(one in "0123456789abcdef.:" for one in name)
    labels = name.split(".")
    return all(0 < len(one) < 64 for one in labels)
