"""The stages by hand: what `briefing stage` calls, each with its settings bound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from briefing.domain.audience import Digest, Profile
from briefing.domain.brief import Brief, Draft, Held, SectionSpec
from briefing.domain.delivery import Rendition
from briefing.domain.document import Document
from briefing.domain.edition import Edition, LookedAt
from briefing.domain.report import Report
from briefing.domain.source import FetchState, Harvest, Source
from briefing.domain.story import Choice, Story
from briefing.judging import check_and_judge
from briefing.logic.codec import from_json
from briefing.pipeline.assemble import assemble
from briefing.pipeline.choose import choose
from briefing.pipeline.gather import poll
from briefing.pipeline.group import group
from briefing.pipeline.judge import Judge
from briefing.pipeline.publish import publish
from briefing.ports import Http, Ingester, Isolate, Renderer, Writer


@dataclass(frozen=True, slots=True)
class Stages:
    """Each stage of the street with everything but its input bound.

    Attributes:
        digest: the product.
        profile: the reader.
        specs: the brief's sections.
        filler: phrases that no brief may hold.
        writer: writes a story up.
        judge: a second opinion on what was checked; None unless configured.
        renderers: an edition's formats.
        ingester: the reader for a source's kind.
        http: the one client.
        isolate: workers for hostile bytes.
        now: of the run.
        edition_date: the reader's calendar day.
    """

    digest: Digest
    profile: Profile
    specs: tuple[SectionSpec, ...]
    filler: tuple[str, ...]
    writer: Writer
    judge: Judge | None
    renderers: tuple[Renderer, ...]
    ingester: Callable[[str], Ingester]
    http: Http
    isolate: Isolate
    now: datetime
    edition_date: date

    def gather(self, source: Source) -> Harvest:
        """What the source gives, asked as if for the first time."""
        ingest = self.ingester(source.kind)
        state = FetchState(source.id)
        return poll(source, state, ingest, self.http, self.isolate, self.now)

    def group(
        self, documents: Sequence[Document], known: Sequence[Story]
    ) -> tuple[Story, ...]:
        """Documents of one event become one story."""
        return group(documents, known)

    def choose(self, stories: Sequence[Story]) -> tuple[Choice, ...]:
        """Every story with its fate, in reading order."""
        return choose(stories, self.digest, self.profile, self.now)

    def write(self, story: Story) -> Draft:
        """The story's draft."""
        return self.writer(story, self.edition_date)

    def check(self, draft: Draft) -> Brief | Held:
        """The draft with every claim checked, or why it was held."""
        return check_and_judge(draft, self.judge, specs=self.specs, filler=self.filler)

    def assemble(self, briefs: Sequence[Brief], *, held: int) -> Edition:
        """The edition of these briefs."""
        documents = {one.id for brief in briefs for one in brief.story.documents}
        sources = {one.source_id for brief in briefs for one in brief.story.documents}
        return assemble(
            briefs,
            digest=self.digest,
            profile=self.profile,
            edition_date=self.edition_date,
            built_at=self.now,
            looked_at=LookedAt(
                sources=len(sources),
                sources_failed=0,
                documents=len(documents),
                stories=len(briefs) + held,
                held=held,
            ),
        )

    def edition_from(self, line: str) -> Edition:
        """The edition on a line. Raises InputError."""
        return from_json(Edition, line)

    def publish(self, edition: Edition) -> tuple[Rendition, ...]:
        """Every file of the edition's folder, with a report of these briefs alone."""
        report = Report(
            run_id="by-hand",
            edition_id=edition.id,
            edition_date=edition.edition_date,
            started_at=edition.built_at,
            writer="by hand",
            sources=(),
            stories=(),
            problems=(),
            documents_new=edition.looked_at.documents,
            documents_in_other_languages=0,
        )
        return publish(edition, self.renderers, report)
