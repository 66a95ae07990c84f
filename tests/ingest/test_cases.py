"""Every folder of cases/<kind>/: the bytes as served, and what must come of them.

`source.toml` holds the Source's fields; its table `served` may say status, content_type
and url, its table `beside` other addresses with the files that they serve.
`expected.json` holds the harvest in short, or the reason of the error.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from briefing.domain.document import Document
from briefing.domain.ranking import RankingSnapshot
from briefing.domain.source import (
    Fact,
    FanOut,
    FetchState,
    Harvest,
    Join,
    RankingFormat,
    RankingSpec,
    Source,
)
from briefing.errors import FetchError, ParseError
from briefing.isolate import WorkerIsolate
from briefing.plugins import ingester
from tests.builders import NOW, source
from tests.web import Page, web

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/*/source.toml"))
ALWAYS = ("title", "text", "url", "publisher", "published_at", "language", "author")


def read_source(folder: Path) -> tuple[Source, dict[str, Any]]:
    """The Source of a case, and how its bytes are served."""
    stated = tomllib.loads((folder / "source.toml").read_text("utf-8"))
    served = stated.pop("served", {})
    served["beside"] = stated.pop("beside", {})
    if "ranking" in stated:
        stated["ranking"] = RankingSpec(
            **{name: _fixed(name, value) for name, value in stated["ranking"].items()}
        )
    return replace(source(kind=folder.parent.name), **stated), served


def _fixed(name: str, value: Any) -> Any:
    if name == "format":
        return RankingFormat(value)
    if name == "join":
        return Join(**value)
    if name == "facts":
        return tuple(_fact(one) for one in value)
    if name == "fan_out":
        return FanOut(**value)
    if isinstance(value, dict):
        return tuple(value.items())
    return tuple(value) if isinstance(value, list) else value


def in_short(harvest: Harvest) -> dict[str, Any]:
    """What a case states of a harvest; what is as usual is left out."""
    told: dict[str, Any] = {}
    if harvest.documents:
        told["documents"] = [document_in_short(one) for one in harvest.documents]
    if harvest.snapshot is not None:
        told["snapshot"] = snapshot_in_short(harvest.snapshot)
    if harvest.problems:
        told["problems"] = [one.message for one in harvest.problems]
    return told


def document_in_short(document: Document) -> dict[str, Any]:
    told: dict[str, Any] = {name: plain(getattr(document, name)) for name in ALWAYS}
    told["is_complete"] = document.is_complete
    others = {
        "kind": document.kind.value,
        "family": document.family,
        "access": document.access.value,
        "topics": list(document.topics),
    }
    usual = {
        "kind": "report",
        "family": "",
        "access": "unknown",
        "topics": [],
    }
    return told | {name: one for name, one in others.items() if one != usual[name]}


def _fact(stated: dict[str, Any]) -> Fact:
    return Fact(**stated | {"times": Decimal(stated.get("times", 1))})


def snapshot_in_short(snapshot: RankingSnapshot) -> dict[str, Any]:
    window = snapshot.window
    told = {
        "rows": [
            [row.rank, row.key, row.label, plain(row.value), row.group]
            + ([plain(row.low), plain(row.high)] if row.low is not None else [])
            + list(row.facts)
            for row in snapshot.rows
        ],
        "taken_at": plain(snapshot.taken_at),
        "as_of_is_ours": snapshot.as_of_is_ours,
        "window": [str(window.start), str(window.end)] if window else None,
        "total": plain(snapshot.total),
        "attribution": snapshot.attribution,
    }
    return told | ({"caveats": list(snapshot.caveats)} if snapshot.caveats else {})


def plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else str(value)


def told_of(folder: Path, isolate: WorkerIsolate) -> dict[str, Any]:
    """What comes of a case's bytes, served over loopback."""
    case, served = read_source(folder)
    (body,) = folder.glob("body.*")
    kinds = {
        ".xml": "application/xml",
        ".html": "text/html",
        ".json": "application/json",
        ".csv": "text/csv",
    }
    content_type = served.get("content_type", kinds.get(body.suffix, "text/plain"))
    page = Page(body.read_bytes(), headers={"Content-Type": content_type})
    beside = {
        url: (folder / name).read_bytes() for url, name in served["beside"].items()
    }
    with web({served.get("url", case.url): page, **beside}) as net, net.http() as http:
        try:
            state = FetchState(source_id=case.id)
            return in_short(ingester(case.kind)(case, state, http, isolate, NOW))
        except (FetchError, ParseError) as error:
            return {"error": error.reason, "message": error.message}


@pytest.mark.parametrize(
    "folder", FOLDERS, ids=[f"{one.parent.name}-{one.name}" for one in FOLDERS]
)
def test_a_source_gives_what_its_case_says(
    folder: Path, isolate: WorkerIsolate
) -> None:
    told = told_of(folder, isolate)

    assert told == json.loads((folder / "expected.json").read_text("utf-8"))


def test_every_kind_has_cases() -> None:
    from briefing.plugins import kinds

    # A folder is not served; tests/ingest/test_folder.py has its cases.
    assert {folder.parent.name for folder in FOLDERS} == set(kinds()) - {"folder"}
