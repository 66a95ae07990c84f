"""extract: the text of one page or file, as the writer would get it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import Exit, out, print_pretty, print_problems
from briefing.cli.options import Config, Json, Now, moment_of

if TYPE_CHECKING:
    from briefing.domain.document import Document


def add_to(app: typer.Typer) -> None:
    """Registers the commands of this file."""
    app.command(name="extract")(extract)


def extract(
    place: Annotated[
        str,
        typer.Argument(metavar="URL|FILE", help="A web page, or a text or HTML file."),
    ],
    config: Config = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Prints the clean text of a page with its title, publisher and date, as Markdown.

    For seeing what a source gives: menus, notices and hidden words are gone. Asked as
    politely as by a run. Exits 3 when there is no text.
    """
    from briefing import app as wiring
    from briefing.isolate import WorkerIsolate

    chosen = wiring.load_settings(config) if config else wiring.settings_if_any()
    moment = moment_of(now, wiring.now())
    with WorkerIsolate() as isolate, wiring.open_http(chosen) as http:
        documents, problems = wiring.read_material([place], http, isolate, moment)
    if not documents:
        print_problems(problems)
        raise typer.Exit(Exit.NOTHING)
    if as_json:
        print_pretty(documents)
        return
    out.print(
        "\n\n".join(_told(one) for one in documents), markup=False, soft_wrap=True
    )


def _told(document: Document) -> str:
    from briefing.domain.document import Access

    facts = [
        document.publisher,
        document.author or "",
        f"{document.published_at:%Y-%m-%d %H:%M} UTC" if document.published_at else "",
        document.language or "",
        "" if document.access is Access.UNKNOWN else document.access.value,
    ]
    head = [
        f"# {document.title or 'Untitled'}",
        " · ".join(one for one in facts if one),
    ]
    return "\n\n".join(one for one in (*head, document.url or "", document.text) if one)
