"""A week's edition: its best briefs, as they were published; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from briefing.domain.audience import Digest, Profile
from briefing.domain.brief import Brief
from briefing.domain.edition import Edition, LookedAt
from briefing.domain.story import Outcome
from briefing.editions.kit import IssueKit, freeze_edition
from briefing.logic.frozen import edition_of
from briefing.logic.profiles import edition_id
from briefing.logic.reporting import make_report
from briefing.pipeline.assemble import assemble
from briefing.pipeline.choose import choose

_WEEK_DAYS = 7


def make_week(
    kit: IssueKit, day: date, now: datetime, profile: Profile, digest: Digest
) -> None:
    """Freezes one weekly edition."""
    editions = _week(kit, day, profile)
    newest: dict[str, Brief] = {}
    for edition in editions:
        newest.update((brief.story.id, brief) for brief in edition.briefs)
    stories = [brief.story for brief in newest.values()]
    choices = choose(stories, digest, profile, now)
    told = {
        one.story.id: newest[one.story.id]
        for one in choices
        if one.outcome is Outcome.CHOSEN
    }
    week = assemble(
        tuple(told.values()),
        digest=digest,
        profile=profile,
        edition_date=day,
        built_at=now,
        looked_at=_looked_at(
            # A reader's own edition was made of what everybody's was.
            [one.looked_at for one in editions if one.profile.id == kit.run.profile.id]
        ),
    )
    report = make_report(
        run_id=week.id,
        edition=week,
        started_at=now,
        writer=kit.run.writer_name,
        sources=(),
        choices=choices,
        outcomes=told,
        problems=(),
        documents=(),
    )
    freeze_edition(kit, week, report, now)


def _week(kit: IssueKit, day: date, profile: Profile) -> tuple[Edition, ...]:
    """What this reader could read in the seven days up to `day`, oldest first; of one
    day the edition of everybody before the reader's own.
    """
    found = []
    for back in reversed(range(_WEEK_DAYS)):
        earlier = day - timedelta(days=back)
        for reader in dict.fromkeys((kit.run.profile.id, profile.id)):
            one = edition_id(kit.run.digest, Profile(reader), earlier)
            if files := kit.run.store.frozen_files(one):
                found.append(edition_of(files))
    return tuple(found)


def _looked_at(seen: Sequence[LookedAt]) -> LookedAt:
    return LookedAt(
        sources=max((one.sources for one in seen), default=0),
        sources_failed=max((one.sources_failed for one in seen), default=0),
        documents=sum(one.documents for one in seen),
        stories=sum(one.stories for one in seen),
        held=sum(one.held for one in seen),
    )
