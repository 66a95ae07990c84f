"""THE ORDER of a brief by hand: for a topic, or from documents that were given.

make_topic(kit, query):
    poll and read the sources    as in a run, whatever is due
    search the store             + what was handed in
    group                        -> the story that answers the query best
    write, check, publish        one brief; nothing is frozen

make_brief(documents):           one story of all of them; no store at all
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from briefing import run
from briefing.domain.audience import Digest, Profile
from briefing.domain.brief import Brief, Held, SectionSpec
from briefing.domain.document import Document
from briefing.domain.edition import Edition, LookedAt
from briefing.domain.source import FetchState, Harvest, Problem, Source
from briefing.domain.story import Choice, Outcome, Story
from briefing.errors import InputError
from briefing.judging import check_and_judge
from briefing.logic.copies import find_copies
from briefing.logic.judging import disagreements
from briefing.logic.reporting import make_report
from briefing.logic.slugs import slug
from briefing.logic.text import content_words
from briefing.pipeline.assemble import assemble
from briefing.pipeline.gather import poll
from briefing.pipeline.group import group
from briefing.pipeline.judge import Judge
from briefing.pipeline.publish import publish
from briefing.ports import Http, Ingester, Isolate, Writer
from briefing.run import Kit, Made, Progress

# A text that has fewer of the query's words than this is about something else.
_LEAST_SHARE = 0.6
_SEARCHED = 60


def make_topic(
    kit: Kit,
    query: str,
    edition_date: date,
    now: datetime,
    *,
    handed: Sequence[Document] = (),
    problems: Sequence[Problem] = (),
) -> Made:
    """One brief about `query`, with its report; no files when nothing could be told.

    Raises InputError for a query without a word to look for.
    """
    terms = frozenset(content_words(query))
    if not terms:
        raise InputError(
            f"the topic {query!r} has no word to look for",
            hint="Name the thing, such as: briefing topic 'DeepSeek on OpenRouter'.",
        )
    run_id = f"topic-{slug(query, 'topic')}@{now:%Y%m%dT%H%M%S}"
    gathered = run.gather(kit, run_id, now)
    # Asked again in the same second, it is asked again: nothing here is resumed.
    kit.store.end_run(run_id, now=now)
    found = [
        document
        for document in kit.store.search(query, limit=_SEARCHED)
        if _share(terms, document) >= _LEAST_SHARE
    ]
    documents = tuple({one.id: one for one in (*handed, *found)}.values())
    stories = group(documents, (), run.held_snapshots(kit, now))
    story = _best(stories, terms, handed)
    choices = () if story is None else (_chosen(story),)
    draft = None if story is None else kit.write(story, edition_date)
    outcome = (
        None
        if draft is None
        else check_and_judge(draft, kit.judge, specs=kit.specs, filler=kit.filler)
    )
    edition = assemble(
        [outcome] if isinstance(outcome, Brief) else [],
        digest=kit.digest,
        profile=kit.profile,
        edition_date=edition_date,
        built_at=now,
        looked_at=LookedAt(
            sources=len(gathered.lines),
            sources_failed=sum(one.outcome == "failed" for one in gathered.lines),
            documents=len(documents),
            stories=len(stories),
            held=int(isinstance(outcome, Held)),
        ),
    )
    outcomes = {} if story is None or outcome is None else {story.id: outcome}
    report = make_report(
        run_id=run_id,
        edition=edition,
        started_at=now,
        writer=kit.writer_name,
        sources=gathered.lines,
        choices=choices,
        outcomes=outcomes,
        problems=(*problems, *gathered.problems, *disagreements(outcomes)),
        documents=documents,
    )
    files = publish(edition, kit.renderers, report) if edition.briefs else ()
    return Made(files, report, was_frozen=False)


def folder_name(query: str, edition_date: date) -> str:
    """Where the brief of a topic is written, below the output folder."""
    return f"{edition_date.isoformat()}-{slug(query, 'topic')}"


def make_brief(
    documents: Sequence[Document],
    write: Writer,
    specs: Sequence[SectionSpec],
    filler: Sequence[str],
    edition_date: date,
    now: datetime,
    *,
    judge: Judge | None = None,
) -> Brief | Held:
    """A brief of all given documents as one story.

    Raises InputError when there are none.
    """
    if not documents:
        raise InputError("no document could be read", hint="Hand in at least one text.")
    ordered = tuple(sorted(documents, key=_told_at))
    story = Story(
        id="s" + ordered[0].id,
        title=next((one.title for one in ordered if one.title), ""),
        documents=ordered,
        copies=find_copies(ordered),
        first_seen_at=now,
        new_document_ids=tuple(one.id for one in ordered),
    )
    return check_and_judge(
        write(story, edition_date), judge, specs=specs, filler=filler
    )


def edition_of_one(brief: Brief, digest: Digest, now: datetime) -> Edition:
    """An edition that holds only this brief, for its renditions."""
    return assemble(
        [brief],
        digest=digest,
        profile=Profile(),
        edition_date=brief.edition_date,
        built_at=now,
        looked_at=LookedAt(0, 0, len(brief.story.documents), 1, 0),
    )


def try_sources(
    sources: Sequence[Source],
    ingester: Callable[[str], Ingester],
    http: Http,
    isolate: Isolate,
    now: datetime,
    progress: Progress,
) -> tuple[Harvest, ...]:
    """What each source gives when it is asked as if for the first time."""
    found = []
    for number, source in enumerate(sources):
        progress("ask", number, len(sources))
        state = FetchState(source.id)
        found.append(poll(source, state, ingester(source.kind), http, isolate, now))
    progress("ask", len(sources), len(sources))
    return tuple(found)


def _share(terms: frozenset[str], document: Document) -> float:
    held = set(content_words(f"{document.title}\n{document.text}"))
    return len(terms & held) / len(terms)


def _best(
    stories: Sequence[Story], terms: frozenset[str], handed: Sequence[Document]
) -> Story | None:
    """The story that holds what was handed in, else the one that fits best."""
    ids = {one.id for one in handed}

    def fit(story: Story) -> tuple[int, float, int, str]:
        shares = [_share(terms, one) for one in story.documents]
        title_share = max(
            len(terms & set(content_words(one.title))) / len(terms)
            for one in story.documents
        )
        return (
            len(ids & set(story.document_ids)),
            title_share + sum(shares) / len(shares),
            len(story.documents),
            story.id,
        )

    return max(stories, key=fit, default=None)


def _chosen(story: Story) -> Choice:
    return Choice(story, Outcome.CHOSEN, "asked for by hand", 1.0)


def _told_at(document: Document) -> tuple[bool, str, str]:
    moment = document.published_at or document.fetched_at
    return moment is None, moment.isoformat() if moment else "", document.id
