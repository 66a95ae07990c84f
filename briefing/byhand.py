"""Wiring of what is done by hand: the sample days, checking a text or an edition."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from briefing import app, folder, settings
from briefing.domain.document import Document
from briefing.domain.edition import Edition
from briefing.domain.report import Report
from briefing.domain.source import Problem
from briefing.errors import InputError
from briefing.logic.codec import document_from, from_json
from briefing.pipeline.publish import DOCUMENTS_FILE
from briefing.pipeline.recheck import Fault, recheck

if TYPE_CHECKING:
    from briefing.pipeline.check_prose import ProseFindings
    from briefing.run import Progress


@dataclass(frozen=True, slots=True)
class DemoDay:
    """One sample day that was run.

    Attributes:
        folder: where its edition was written.
        report: of the run.
        surprises: failures that the sample does not hold, or that did not happen.
    """

    folder: str
    report: Report
    surprises: tuple[str, ...]


def run_demo(
    output: Path,
    *,
    model_url: str | None,
    model: str,
    progress: Progress,
    editions: int | None = None,
) -> tuple[DemoDay, ...]:
    """Every sample day in order, each at its own time, from an empty store; on days
    without an edition the rankings alone are asked. `editions`: stop after so many.
    """
    from briefing.isolate import WorkerIsolate
    from briefing.sample.content import all_days, expected_failures, settings_text
    from briefing.sample.server import SampleServer

    output.mkdir(parents=True, exist_ok=True)
    for name in ("demo.db", "demo.db-wal", "demo.db-shm"):
        (output / name).unlink(missing_ok=True)
    made: list[DemoDay] = []
    with SampleServer() as server, WorkerIsolate() as isolate:
        text = settings_text(server.address)
        if model_url is not None:
            named = f"base_url = {json.dumps(model_url)}\nname = {json.dumps(model)}"
            text = f"{text}\n[model]\n{named}\n"
        chosen = replace(
            settings.parse(text, folder=output, environment=os.environ, name="sample"),
            store=output / "demo.db",
            output=output,
        )
        for day in all_days():
            if len(made) == editions:
                break
            server.day = day.date
            if not day.has_edition:
                app.gather_rankings(
                    chosen, moment=day.now, progress=progress, isolate=isolate
                )
                continue
            edition, place = app.make_edition(
                chosen,
                moment=day.now,
                edition_date=day.date,
                progress=progress,
                isolate=isolate,
            )
            expected = {
                (one.subject, one.reason) for one in expected_failures(day.date)
            }
            found = {(one.subject, one.reason) for one in edition.report.failures}
            made.append(
                DemoDay(
                    folder=str(place),
                    report=edition.report,
                    surprises=(
                        *(f"{day.date}: {one}" for one in sorted(found - expected)),
                        *(
                            f"{day.date}: {one} did not happen"
                            for one in sorted(expected - found)
                        ),
                    ),
                )
            )
    return tuple(made)


def check_text(
    path: Path, places: Sequence[str], *, config: Path | None, moment: datetime
) -> tuple[ProseFindings, tuple[Problem, ...]]:
    """A text file against its sources, and the sources that could not be read."""
    from briefing.isolate import WorkerIsolate
    from briefing.logic.prose_reader import read_prose
    from briefing.pipeline.check_prose import check_prose

    chosen = app.load_settings(config) if config else app.settings_if_any()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} cannot be read: {error}", hint="Name a text file in UTF-8."
        ) from error
    with WorkerIsolate() as isolate, app.open_http(chosen) as http:
        documents, problems = app.read_material(places, http, isolate, moment)
    if not documents:
        raise InputError(
            problems[0].message if problems else "no source could be read",
            hint="Name sources that hold text.",
        )
    specs = app.specs()
    findings = check_prose(
        read_prose(text, specs), documents, specs=specs, filler=app.filler()
    )
    return findings, problems


def line_checker() -> Callable[[str], tuple[str, ProseFindings]]:
    """A function from a line {id, text, sources} to its id and what was found."""
    from briefing.logic.prose_reader import read_prose
    from briefing.pipeline.check_prose import check_prose

    specs, filler = app.specs(), app.filler()

    def check_line(line: str) -> tuple[str, ProseFindings]:
        try:
            raw = json.loads(line)
            name, given = str(raw["id"]), list(raw["sources"])
            # Through the same door as a source's text: no lone surrogate comes in.
            asked = document_from(json.dumps({"id": name, "text": raw["text"]}))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise InputError(
                f"not a line of the form {{id, text, sources}}: {error!r}",
                hint="See docs/formats.md.",
            ) from error
        documents = tuple(document_from(json.dumps(one)) for one in given)
        prose = read_prose(asked.text, specs)
        return name, check_prose(prose, documents, specs=specs, filler=filler)

    return check_line


def check_edition(place: Path) -> tuple[tuple[Fault, ...], int]:
    """What a published edition's stored texts do not bear out, and its briefs' count.

    Raises InputError if the folder holds no edition with its audit.
    """
    edition, texts = edition_in(place)
    specs, filler = app.specs(), app.filler()
    faults = [
        fault
        for brief in edition.briefs
        for fault in recheck(brief, texts, specs=specs, filler=filler)
    ]
    return tuple(faults), len(edition.briefs)


def edition_in(place: Path) -> tuple[Edition, dict[str, Document]]:
    """The edition of a folder and its stored texts by id.

    Raises InputError if the folder holds no edition with its audit.
    """
    files = folder.read(place)
    if "edition.json" not in files or DOCUMENTS_FILE not in files:
        raise InputError(
            f"{place} holds no edition with its audit folder",
            hint="Name a folder such as output/2026-05-25.",
        )
    edition = from_json(Edition, files["edition.json"])
    texts: dict[str, Document] = {}
    for line in files[DOCUMENTS_FILE].decode(errors="replace").split("\n"):
        if line:
            document = document_from(line)
            texts[document.id] = document
    return edition, texts
