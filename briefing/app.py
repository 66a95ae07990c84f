"""THE WIRING: settings, clock and adapters become a Kit; doors call what is here.

What a function opens is imported in it: a command waits for the parts that it uses,
and half of them read neither a page nor the store.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from briefing import prompts, settings
from briefing.domain.audience import Digest, Profile
from briefing.domain.brief import Brief, Held, SectionSpec
from briefing.domain.document import Document
from briefing.domain.report import SourceLine
from briefing.domain.source import FetchState, Problem, Source
from briefing.errors import InputError, ParseError
from briefing.ports import Http, Isolate, Renderer, StoredRun
from briefing.settings import Settings

if TYPE_CHECKING:
    from briefing.run import Kit, Made, Progress
    from briefing.stages import Stages

NOTES_FOLDER = "notes"
# Sources that are asked for a topic, never by a run.
_SEARCH = "search"


def now() -> datetime:
    """The clock; the only place that reads it."""
    return datetime.now(UTC)


def load_settings(path: Path | None) -> Settings:
    """The settings in `path`, or in briefing.toml of the current folder."""
    return settings.load(path or Path(settings.FILE_NAME), os.environ)


def specs(user_folder: Path | None = None) -> tuple[SectionSpec, ...]:
    """The brief's sections, in order."""
    return prompts.sections(prompts.data_folders("prompts", user_folder=user_folder))


def filler(user_folder: Path | None = None) -> tuple[str, ...]:
    """Phrases that no brief may hold."""
    return prompts.filler(prompts.data_folders("prompts", user_folder=user_folder))


def edition_renderers(user_folder: Path | None = None) -> tuple[Renderer, ...]:
    """Every format of an edition."""
    from briefing.render import renderers

    return renderers(prompts.data_folders("templates", user_folder=user_folder))


@contextmanager
def open_http(chosen: Settings | None) -> Iterator[Http]:
    """The one client, as configured; polite defaults without settings."""
    from briefing.http import HttpSettings, PoliteHttp

    part = chosen.http if chosen else None
    configured = (
        HttpSettings(
            contact=part.contact,
            spacing_s=part.spacing_s,
            total_s=part.timeout_s,
            connect_to=part.connect_to,
            allow_hosts=part.allow_hosts,
            keys={one: key.get_secret_value() for one, key in part.keys.items()},
        )
        if part
        else HttpSettings()
    )
    with PoliteHttp(configured) as client:
        yield client


@contextmanager
def open_kit(
    chosen: Settings, progress: Progress, *, isolate: Isolate | None = None
) -> Iterator[Kit]:
    """Everything a run needs; closed at the end, workers ended: its own, since an
    `isolate` that is handed in stays open for the next run.
    """
    from briefing import plugins
    from briefing.engine.inline import InlineEngine
    from briefing.ingest import page
    from briefing.isolate import WorkerIsolate
    from briefing.run import Kit
    from briefing.store import SqliteStore
    from briefing.writers import asker, judge, open_llm, writer

    with ExitStack() as stack:
        store = stack.enter_context(SqliteStore(chosen.store))
        workers = isolate or stack.enter_context(WorkerIsolate())
        http = stack.enter_context(open_http(chosen))
        llm = stack.enter_context(open_llm(chosen.model, store, now))
        write_story, writer_name, at_once = writer(chosen, llm, chosen.folder)
        yield Kit(
            digest=chosen.digest,
            profile=chosen.profile,
            sources=tuple(one for one in chosen.sources if one.kind != _SEARCH),
            specs=specs(chosen.folder),
            filler=filler(chosen.folder),
            store=store,
            engine=InlineEngine(store),
            http=http,
            isolate=workers,
            ingester=plugins.ingester,
            read_page=page.read,
            write=write_story,
            writer_name=writer_name,
            write_workers=at_once,
            asker=asker(llm, chosen.folder),
            judge=judge(chosen, llm, chosen.folder),
            renderers=edition_renderers(chosen.folder),
            progress=progress,
        )


def make_edition(
    chosen: Settings,
    *,
    moment: datetime,
    edition_date: date | None = None,
    note: Path | None = None,
    progress: Progress,
    isolate: Isolate | None = None,
) -> tuple[Made, Path]:
    """Today's edition and the folder it was written to, and the editions that readers
    chose; one run at a time a store. `isolate` as in open_kit.
    """
    from briefing import folder, run
    from briefing.engine.inline import only_one
    from briefing.issuing import with_readers

    day = edition_date or moment.astimezone(chosen.timezone).date()
    note_html = note_of(chosen, day, note)
    with (
        only_one(chosen.store.with_suffix(".lock")),
        open_kit(chosen, progress, isolate=isolate) as kit,
    ):
        made = run.make_edition(kit, day, moment, note=note_html)
        made = with_readers(chosen, kit, made, day, moment)
    place = chosen.output / day.isoformat()
    folder.write(place, made.files)
    return made, place


def gather_rankings(
    chosen: Settings,
    *,
    moment: datetime,
    progress: Progress,
    isolate: Isolate | None = None,
) -> tuple[SourceLine, ...]:
    """The configured rankings asked now and kept; no edition is made. `isolate` as in
    open_kit.
    """
    from briefing import run
    from briefing.engine.inline import only_one

    with (
        only_one(chosen.store.with_suffix(".lock")),
        open_kit(chosen, progress, isolate=isolate) as kit,
    ):
        asked = tuple(one for one in kit.sources if one.ranking is not None)
        gathered = run.gather_only(replace(kit, sources=asked), moment)
    return gathered.lines


def make_topic(
    chosen: Settings,
    query: str,
    *,
    places: Sequence[str] = (),
    searches: bool = False,
    moment: datetime,
    progress: Progress,
) -> tuple[Made, Path]:
    """A brief by hand about `query`, from the sources, the store and `places`; with
    `searches` also from search services: those configured, else those known.
    """
    from briefing import folder, topic
    from briefing.engine.inline import only_one

    day = moment.astimezone(chosen.timezone).date()
    with (
        only_one(chosen.store.with_suffix(".lock")),
        open_kit(chosen, progress) as kit,
    ):
        handed, problems = read_material(places, kit.http, kit.isolate, moment)
        asked = searches_for(chosen, query) if searches else ()
        made = topic.make_topic(
            replace(kit, sources=(*kit.sources, *asked)),
            query,
            day,
            moment,
            handed=handed,
            problems=problems,
        )
    place = chosen.output / topic.folder_name(query, day)
    if made.files:
        folder.write(place, made.files)
    return made, place


def searches_for(chosen: Settings, query: str) -> tuple[Source, ...]:
    """The configured search services, else those that are known, with their addresses
    filled in for `query`.
    """
    from briefing.starter.searches import searches_text

    found = [one for one in chosen.sources if one.kind == _SEARCH]
    if not found:
        known = settings.parse(searches_text(), folder=Path(), environment={})
        found = list(known.sources)
    words = quote(" ".join(query.split()), safe="")
    return tuple(replace(one, url=one.url.replace("{query}", words)) for one in found)


def note_of(chosen: Settings, day: date, note: Path | None = None) -> str:
    """The editor's note for that day as clean HTML, "" if there is none."""
    path = note or chosen.folder / NOTES_FOLDER / f"{day.isoformat()}.md"
    if not path.is_file():
        if note is not None:
            raise InputError(f"{note} is no file", hint="Check --note.")
        return ""
    from briefing.render.note import clean_note

    try:
        return clean_note(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8", hint="Save it as UTF-8.") from error


def read_material(
    places: Sequence[str], http: Http, isolate: Isolate, moment: datetime
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Documents out of files, folders and addresses, and what could not be read."""
    from briefing import material
    from briefing.ingest import page

    def fetch(url: str) -> Document:
        asked = Source(id="handed-in", kind="page", url=url, title=url, publisher="")
        harvest = page.ingest(asked, FetchState("handed-in"), http, isolate, moment)
        if not harvest.documents:
            raise ParseError(f"{url}: no text", hint="Try another address.")
        return harvest.documents[0]

    def page_of(body: bytes, name: str) -> Document:
        return page.from_file(body, name, isolate, moment)

    return material.read(places, fetch=fetch, page_of=page_of, now=moment)


def make_brief(
    places: Sequence[str], *, chosen: Settings | None, moment: datetime
) -> tuple[Brief | Held, str, tuple[Problem, ...]]:
    """A brief of given documents as one story, without a store; its Markdown, "" when
    held; and what could not be read. Raises InputError when nothing could.
    """
    from briefing import topic
    from briefing.isolate import WorkerIsolate
    from briefing.render.markdown import markdown_renderer
    from briefing.writers import judge, open_llm, writer

    user_folder = chosen.folder if chosen else None
    with WorkerIsolate() as isolate, open_http(chosen) as http:
        documents, problems = read_material(places, http, isolate, moment)
    if not documents and problems:
        raise InputError(problems[0].message, hint=problems[0].hint)
    with open_llm(chosen.model if chosen else None, None, now) as llm:
        write_story, _, _ = writer(chosen, llm, user_folder)
        outcome = topic.make_brief(
            documents,
            write_story,
            specs(user_folder),
            filler(user_folder),
            moment.date(),
            moment,
            judge=judge(chosen, llm, user_folder),
        )
    if isinstance(outcome, Held):
        return outcome, "", problems
    folders = prompts.data_folders("templates", user_folder=user_folder)
    edition = topic.edition_of_one(
        outcome, chosen.digest if chosen else Digest("daily", "Briefing"), moment
    )
    (name,) = (brief.slug for brief in edition.briefs)
    files = {file.path: file.body for file in markdown_renderer(folders)(edition)}
    return outcome, files[f"{name}.md"].decode(), problems


@dataclass(frozen=True, slots=True)
class Standing:
    """How the installation is doing.

    Attributes:
        runs: newest first.
        sources: what is remembered of each configured source.
    """

    runs: tuple[StoredRun, ...]
    sources: tuple[FetchState, ...]


def status(chosen: Settings) -> Standing:
    """The last runs, and how each source is doing."""
    from briefing.store import SqliteStore

    with SqliteStore(chosen.store) as store:
        return Standing(
            store.last_runs(),
            tuple(store.fetch_state(one.id) for one in chosen.sources),
        )


@contextmanager
def open_stages(
    config: Path | None, *, moment: datetime, edition_date: date | None
) -> Iterator[Stages]:
    """The stages by hand, with the settings if there are any."""
    from briefing import plugins
    from briefing.isolate import WorkerIsolate
    from briefing.stages import Stages
    from briefing.writers import judge, open_llm, writer

    chosen = load_settings(config) if config else settings_if_any()
    user_folder = chosen.folder if chosen else None
    with (
        WorkerIsolate() as isolate,
        open_http(chosen) as http,
        open_llm(chosen.model if chosen else None, None, now) as llm,
    ):
        write_story, _, _ = writer(chosen, llm, user_folder)
        yield Stages(
            digest=chosen.digest if chosen else Digest("daily", "Briefing"),
            profile=chosen.profile if chosen else Profile(),
            specs=specs(user_folder),
            filler=filler(user_folder),
            writer=write_story,
            judge=judge(chosen, llm, user_folder),
            renderers=edition_renderers(user_folder),
            ingester=plugins.ingester,
            http=http,
            isolate=isolate,
            now=moment,
            edition_date=edition_date or moment.date(),
        )


def settings_if_any() -> Settings | None:
    """The settings of the current folder, None if it has none."""
    path = Path(settings.FILE_NAME)
    return load_settings(path) if path.is_file() else None


def starter_topics() -> tuple[str, ...]:
    """Topics that `briefing init` knows sources for."""
    from briefing.starter import writing as starter

    return starter.topics()


def starter_settings(*, topics: Sequence[str], contact: str, timezone: str) -> str:
    """A first briefing.toml; raises InputError or SettingsError for a wrong wish."""
    from briefing.starter import writing as starter

    text = starter.settings_text(wanted=topics, contact=contact, timezone=timezone)
    settings.parse(text, folder=Path(), environment={})
    return text
