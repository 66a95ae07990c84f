"""check: anybody's text against given sources, or a published edition again."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.cli.console import Exit, err, out, print_json, print_problems
from briefing.cli.options import Config, Json, Now, lines_of, moment_of
from briefing.errors import BriefingError, InputError

if TYPE_CHECKING:
    from briefing.domain.brief import Violation
    from briefing.domain.claim import Verdict
    from briefing.pipeline.check_prose import ProseFindings


def add_to(app: typer.Typer) -> None:
    """Registers the commands of this file."""
    app.command(name="check")(check)


def check(
    place: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE|FOLDER",
            help="A text in Markdown, or the folder of a published edition.",
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE|URL",
            help="What the text must rest on: file, folder or address (repeatable).",
            show_default=False,
        ),
    ] = None,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help="Read lines {id, text, sources} from FILE or standard input.",
        ),
    ] = False,
    config: Config = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Checks a text against its sources, or an edition against its stored texts.

    Examples: briefing check brief.md --source article.html --source https://…;
    briefing check output/2026-05-25. Exit 1 when a rule is broken.
    """
    from briefing import app as wiring
    from briefing import byhand

    if jsonl:
        _check_lines(place)
    if place is None:
        raise InputError("nothing to check", hint="Name a file, or use --jsonl.")
    if place.is_dir():
        _check_edition(place, as_json=as_json)
    if not source:
        raise InputError(
            f"{place}: no source to check it against", hint="Add --source FILE_OR_URL."
        )
    findings, problems = byhand.check_text(
        place, source, config=config, moment=moment_of(now, wiring.now())
    )
    print_problems(problems)
    if as_json:
        print_json(json.dumps(_plain(place.name, findings), ensure_ascii=False))
    else:
        _print(findings)
    clean = findings.is_clean and not problems
    raise typer.Exit(Exit.DONE if clean else Exit.PARTLY)


def _check_edition(folder: Path, *, as_json: bool) -> None:
    from briefing import byhand

    faults, briefs = byhand.check_edition(folder)
    if as_json:
        rows = [
            {"brief": one.slug, "text": one.text, "message": one.message}
            for one in faults
        ]
        print_json(json.dumps({"briefs": briefs, "faults": rows}, ensure_ascii=False))
    else:
        for one in faults:
            out.print(f"{one.slug}: {one.text or 'whole brief'}", markup=False)
            out.print(f"    {one.message}", markup=False)
        if not faults:
            out.print(
                f"{briefs} briefs: every sentence holds against the stored texts."
            )
    raise typer.Exit(Exit.PARTLY if faults else Exit.DONE)


def _check_lines(place: Path | None) -> None:
    """One result a line, in order; a line that is none is named and passed over."""
    from briefing import byhand

    worst = Exit.DONE
    checker = byhand.line_checker()
    for number, line in enumerate(lines_of(place), start=1):
        if not line.strip():
            continue
        try:
            name, findings = checker(line)
        except BriefingError as error:
            err.print(f"line {number}: {error.message}", markup=False)
            worst = Exit.PARTLY
            continue
        print_json(json.dumps(_plain(name, findings), ensure_ascii=False))
        sys.stdout.flush()
        if not findings.is_supported:
            worst = Exit.PARTLY
    raise typer.Exit(worst)


def _plain(name: str, findings: ProseFindings) -> dict[str, Any]:
    return {
        "id": name,
        "supported": findings.is_supported,
        "claims": [_claim(text, verdict) for text, verdict in findings.claims],
        "violations": [_violation(one) for one in findings.violations],
    }


def _claim(text: str, verdict: Verdict) -> dict[str, Any]:
    return {
        "text": text,
        "verdict": verdict.status.value,
        "reason": verdict.reason,
        "evidence": [
            {"source_id": one.document_id, "start": one.start, "end": one.end}
            for one in verdict.evidence
        ],
    }


def _violation(one: Violation) -> dict[str, str]:
    return {
        "rule": one.rule,
        "level": one.level.value,
        "text": one.text,
        "message": one.message,
    }


def _print(findings: ProseFindings) -> None:
    from briefing.domain.brief import Level
    from briefing.domain.claim import Status

    for one in findings.violations:
        style = "red" if one.level is Level.E else "yellow"
        out.print(f"[{style}]{one.rule} {one.level.value}[/] ", end="")
        out.print(one.text, markup=False)
        out.print(f"     {one.message}", style="dim", markup=False)
    held = sum(one.status is Status.SUPPORTED for _, one in findings.claims)
    out.print(
        f"{held} of {len(findings.claims)} sentences supported, "
        f"{len({one.rule for one in findings.violations})} rules broken."
    )
