"""One day's editions for readers: chosen anew for each, written once for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from briefing import day as days
from briefing import run
from briefing.asking import for_reader
from briefing.domain.audience import Digest, Profile
from briefing.domain.brief import Brief, Held
from briefing.domain.edition import Edition
from briefing.domain.source import Problem
from briefing.domain.story import Choice, Outcome, Story
from briefing.editions.kit import IssueKit, freeze_edition
from briefing.errors import BriefingError
from briefing.kit import Made
from briefing.logic.frozen import edition_of
from briefing.logic.profiles import edition_id
from briefing.logic.reporting import make_report
from briefing.logic.selection import Reading
from briefing.pipeline.assemble import assemble
from briefing.pipeline.choose import choose


class Desk:
    """Makes the editions of one day; a story is written for the first that wants it."""

    def __init__(self, kit: IssueKit, made: Made, now: datetime) -> None:
        self._kit = kit
        self._now = now
        self._report = made.report
        self._files = made.files
        self._edition: Edition | None = None
        self._stories: tuple[Story, ...] = ()
        self._outcomes: dict[str, Brief | Held] = {}
        self._readings: dict[str, Reading] = {}

    def make(self, profile: Profile, digest: Digest) -> None:
        """Freezes the edition of this reader. Raises BriefingError."""
        default = self._default()
        # By the clock of the default edition: who joins at noon reads the same.
        choices = choose(
            self._stories,
            digest,
            profile,
            default.built_at,
            read_story=self._read,
        )
        told, problems = self._written(choices, default.edition_date)
        own = edition_id(digest, profile, default.edition_date)
        told = for_reader(self._kit.run, own, profile, told)
        edition = assemble(
            [one for one in told.values() if isinstance(one, Brief)],
            digest=digest,
            profile=profile,
            edition_date=default.edition_date,
            built_at=self._now,
            looked_at=replace(
                default.looked_at,
                stories=len(self._stories),
                held=sum(isinstance(one, Held) for one in told.values()),
            ),
            note=default.note,
        )
        report = make_report(
            run_id=self._report.run_id,
            edition=edition,
            started_at=self._now,
            writer=self._kit.run.writer_name,
            sources=self._report.sources,
            choices=choices,
            outcomes=told,
            problems=problems,
            documents=(),
        )
        foreign = self._report.documents_in_other_languages
        report = replace(
            report,
            documents_new=self._report.documents_new,
            documents_in_other_languages=foreign,
        )
        freeze_edition(self._kit, edition, report, self._now)
        self._kit.run.store.end_run(own, now=self._now)

    def _read(self, story: Story, language: str) -> Reading:
        if story.id not in self._readings:
            self._readings[story.id] = Reading(story, language)
        return self._readings[story.id]

    def _default(self) -> Edition:
        if self._edition is None:
            self._edition = edition_of(self._files)
            day = self._edition.edition_date
            kept = days.load(self._kit.run, day)
            if kept is None:
                # Made by an earlier version: its own briefs are all there is to tell.
                self._outcomes = {one.story.id: one for one in self._edition.briefs}
                kept = tuple(one.story for one in self._edition.briefs)
            self._stories = kept
        return self._edition

    def _written(
        self, choices: Sequence[Choice], day: date
    ) -> tuple[dict[str, Brief | Held], tuple[Problem, ...]]:
        chosen = [one for one in choices if one.outcome is Outcome.CHOSEN]
        todo = [one for one in chosen if one.story.id not in self._outcomes]
        new, problems = run.write_and_check(self._kit.run, todo, day)
        self._outcomes.update(new)
        told = {
            one.story.id: self._outcomes[one.story.id]
            for one in chosen
            if one.story.id in self._outcomes
        }
        if problems and not told:
            raise BriefingError(problems[0].message, hint=problems[0].hint)
        return told, problems
