"""Preferences as profiles: who shares an edition with whom."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time

import pytest

from briefing.domain.audience import (
    Digest,
    Frequency,
    MailFormat,
    Preferences,
    Profile,
)
from briefing.domain.edition import Edition, LookedAt
from briefing.logic.profiles import (
    digest_for,
    digest_of,
    edition_for,
    edition_id,
    profile_of,
    weekly,
)
from tests.builders import NOW

DIGEST = Digest("daily", "Morning", topics=("ai", "chips", "energy"))


def test_who_chose_nothing_reads_the_default_edition() -> None:
    blank = Preferences(topics=(" ",), interests=("",), role="  ")

    assert profile_of(Preferences()) == Profile("default")
    assert profile_of(blank) == Profile("default")


def test_times_and_forms_of_the_mail_change_no_choice() -> None:
    about_mail = Preferences(
        frequency=Frequency.WEEKLY,
        weekday=4,
        send_at=time(21, 0),
        timezone="Asia/Tokyo",
        format=MailFormat.TEXT,
        paused_until=date(2026, 6, 1),
    )

    assert profile_of(about_mail).id == "default"


def test_equal_wishes_share_a_profile_however_they_are_written() -> None:
    one = Preferences(("chips", "ai"), ("Open models", "DeepSeek"), "CEO", "Fintech")
    other = Preferences(
        ("AI", "chips", "ai"), ("deepseek", " open  models "), "ceo ", "fintech"
    )

    assert profile_of(one).id == profile_of(other).id
    assert re.fullmatch(r"p[0-9a-f]{10}", profile_of(one).id)


def test_readers_of_another_pace_share_an_edition_of_their_own() -> None:
    slow = profile_of(Preferences(words_a_minute=175))

    assert slow == profile_of(Preferences(topics=(" ",), words_a_minute=175))
    assert (slow.words_a_minute, slow.id) != (238, "default")
    assert slow.id != profile_of(Preferences(words_a_minute=300)).id


def test_the_average_pace_changes_no_id_that_was_given_before() -> None:
    assert profile_of(Preferences((), (), "founder", "")).id == "p14a33565f2"


@pytest.mark.parametrize(
    "other",
    [
        Preferences(("ai",), ("chips",), "founder", "fintech"),
        Preferences(("ai", "chips"), (), "founder", "fintech"),
        Preferences(("ai",), (), "fintech", "founder"),
        Preferences(("ai",), (), "founder", ""),
        Preferences((), (), "founder", "fintech"),
    ],
)
def test_another_wish_is_another_profile(other: Preferences) -> None:
    one = Preferences(("ai",), (), "founder", "fintech")

    assert profile_of(other).id != profile_of(one).id


def test_a_word_is_not_split_into_another_profile() -> None:
    joined = Preferences(interests=("ai chips",))
    apart = Preferences(interests=("ai", "chips"))

    assert profile_of(joined).id != profile_of(apart).id


def test_a_profile_keeps_the_readers_spelling() -> None:
    made = profile_of(Preferences(interests=("xAI", "DeepSeek"), role=" CEO "))

    assert (made.interests, made.role) == (("DeepSeek", "xAI"), "CEO")


def test_topics_narrow_the_digest_and_keep_its_order() -> None:
    chosen = digest_for(DIGEST, Preferences(topics=("Energy", "ai")))

    assert chosen == replace(DIGEST, topics=("ai", "energy"))


def test_a_digest_of_all_topics_takes_the_readers() -> None:
    everything = Digest("daily", "Morning")

    assert digest_of(everything, ("chips", "ai")).topics == ("ai", "chips")
    assert digest_of(everything, ()) == everything


def test_topics_that_the_digest_gave_up_do_not_silence_it() -> None:
    assert digest_of(DIGEST, ("gardening",)) == DIGEST


def test_who_named_every_topic_shares_the_edition_of_who_named_none() -> None:
    everything = Preferences(topics=("chips", "energy", "ai"))
    gone = Preferences(topics=("gardening",))

    assert edition_for(DIGEST, everything) == (Profile("default"), DIGEST)
    assert edition_for(DIGEST, gone) == (Profile("default"), DIGEST)
    assert edition_for(DIGEST, Preferences(topics=("ai",)))[0].id != "default"


def test_the_id_of_an_edition_is_known_before_it_is_made() -> None:
    day = date(2026, 5, 26)
    looked = LookedAt(0, 0, 0, 0, 0)
    made = Edition(DIGEST, Profile("p1"), day, NOW, (), looked)

    assert edition_id(DIGEST, Profile("p1"), day) == made.id


def test_a_weekly_digest_is_one_of_its_own_with_more_to_read() -> None:
    made = digest_for(DIGEST, Preferences(("ai",), frequency=Frequency.WEEKLY))

    assert (made.id, made.title) == ("daily-weekly", "Morning: the week")
    assert made.topics == ("ai",)
    assert made.reading_time_s == 2 * DIGEST.reading_time_s
    assert made.max_briefs == 2 * DIGEST.max_briefs


def test_a_weekly_digest_stays_within_what_settings_allow() -> None:
    made = weekly(Digest("long", "Long", reading_time_s=7000, max_briefs=39))

    assert (made.reading_time_s, made.max_briefs) == (7200, 40)
