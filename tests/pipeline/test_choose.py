"""The day's stories are told in order of worth, and every no has its reason."""

from datetime import timedelta

import pytest

from briefing.domain.audience import Digest, Profile
from briefing.domain.document import Document, DocumentKind
from briefing.domain.ranking import ChangeKind, RankingChange
from briefing.domain.story import Choice, Outcome, Story
from briefing.pipeline.choose import choose
from tests.builders import NOW, document, story

DIGEST = Digest(id="daily", title="Daily")
LONG = "The council voted on the new harbour plan after a debate of nine hours. " * 9


def told(name: str, text: str = LONG, **changes: object) -> Document:
    return document(
        f"{name}: {text}",
        id=f"d{name}",
        title=name,
        url=f"http://{name}.example/",
        **{"family": name, **changes},
    )


def of(name: str, *houses: str, **changes: object) -> Story:
    """A story that these houses tell, each in its own words."""
    documents = [
        told(f"{name}-{house}", family=house, **changes) for house in houses or ("a",)
    ]
    return story(*documents, id=f"s{name}", title=name)


def picked(choices: tuple[Choice, ...]) -> list[str]:
    return [one.story.title for one in choices if one.outcome is Outcome.CHOSEN]


def dropped(choices: tuple[Choice, ...]) -> dict[str, str]:
    return {
        one.story.title: one.reason for one in choices if one.outcome is Outcome.DROPPED
    }


def weighed(*stories: Story, profile: Profile | None = None) -> tuple[Choice, ...]:
    return choose(stories, DIGEST, profile or Profile(), NOW)


def test_a_story_of_more_publishers_comes_first() -> None:
    choices = weighed(of("lone", "a"), of("wide", "a", "b", "c"))

    assert picked(choices) == ["wide", "lone"]
    assert choices[0].reason == "3 publishers, published 1 hour ago"


def test_a_copy_adds_no_publisher() -> None:
    wide = of("wide", "a", "b")
    copied = story(*wide.documents, title="copied", copies=(("dwide-b", "dwide-a"),))

    (choice,) = weighed(copied)

    assert choice.reason.startswith("1 publisher,")


def test_a_fresh_story_comes_before_an_old_one() -> None:
    old = of("old", published_at=NOW - timedelta(days=3))

    assert picked(weighed(old, of("fresh"))) == ["fresh", "old"]


def test_a_new_first_place_comes_before_two_publishers() -> None:
    change = RankingChange(
        ChangeKind.TOOK_FIRST, "usage", "r1", "r2", "flash", "Flash", 2, 1
    )
    page = told("page", kind=DocumentKind.RANKING)
    ranked = story(page, title="ranked", changes=(change,))

    choices = weighed(of("wide", "a", "b"), ranked)

    assert picked(choices) == ["ranked", "wide"]
    assert "Flash took first place" in choices[0].reason


@pytest.mark.parametrize(
    "profile",
    [
        Profile(interests=("tidal power",)),
        Profile(industry="tidal power"),
        Profile(role="tidal engineer"),
    ],
)
def test_what_a_reader_cares_about_is_raised(profile: Profile) -> None:
    met = story(told("met", f"Tidal power is coming. {LONG}"), title="met")
    other = of("other")

    choices = weighed(other, met, profile=profile)

    assert picked(choices) == ["met", "other"]
    assert "matches tidal" in choices[0].reason


def test_a_managers_title_matches_nothing() -> None:
    (choice,) = weighed(
        story(told("met", f"The manager spoke. {LONG}")),
        profile=Profile(role="product manager"),
    )

    assert "matches" not in choice.reason


def test_a_weighty_source_comes_first() -> None:
    assert picked(weighed(of("light"), of("weighty", weight=4.0))) == [
        "weighty",
        "light",
    ]


def test_numbers_make_a_story_richer() -> None:
    figures = f"It rose 4% to $3 million, sold 900 cars and cut 20 jobs. {LONG}"

    plain = of("plain")
    rich = story(told("rich", figures), title="rich")

    assert picked(weighed(plain, rich)) == ["rich", "plain"]


def test_topics_take_turns() -> None:
    sport = [of(f"sport{n}", topics=("sport",), weight=1.1) for n in range(3)]
    science = of("science", topics=("science",))

    names = picked(weighed(*sport, science))

    assert names.index("science") == 1


def test_every_story_that_is_not_told_has_a_reason() -> None:
    stale = story(told("stale"), title="stale", new_document_ids=())
    foreign = of("foreign", language="fr")
    thin = story(told("thin", "It rained."), title="thin")
    old = of("old", published_at=NOW - timedelta(days=40))
    muted = of("muted", weight=0.0)

    choices = weighed(stale, foreign, thin, old, muted)

    assert picked(choices) == []
    assert dropped(choices) == {
        "stale": "nothing new since it was last told",
        "foreign": "written in French, not in English",
        "thin": "only 3 words of evidence",
        "old": "its newest document is 40 days old",
        "muted": "its sources are weighted 0",
    }


def test_a_story_that_is_partly_in_the_readers_language_is_told() -> None:
    mixed = story(told("one"), told("two", language="fr"), title="mixed")

    (choice,) = weighed(mixed)

    assert choice.outcome is Outcome.CHOSEN
    assert choice.reason.startswith("1 publisher,")


def test_a_digest_of_some_topics_leaves_the_others_out() -> None:
    digest = Digest(id="ai", title="AI", topics=("ai",))
    stories = [of("on", topics=("ai",)), of("off", topics=("sport",)), of("any")]

    choices = choose(stories, digest, Profile(), NOW)

    assert sorted(picked(choices)) == ["any", "on"]
    assert dropped(choices) == {"off": "outside the topics of this digest (ai)"}


def test_an_edition_has_no_more_briefs_than_it_may() -> None:
    digest = Digest(id="short", title="Short", max_briefs=1)

    choices = choose([of("wide", "a", "b"), of("lone")], digest, Profile(), NOW)

    assert picked(choices) == ["wide"]
    assert dropped(choices)["lone"].startswith("no room after 1 better story (")


def test_an_edition_is_no_longer_than_its_reading_time_but_never_empty() -> None:
    digest = Digest(id="brief", title="Brief", reading_time_s=20)

    choices = choose([of("wide", "a", "b"), of("lone")], digest, Profile(), NOW)

    assert picked(choices) == ["wide"]
    assert "no time left" in dropped(choices)["lone"]


def test_a_fast_reader_is_told_more_in_the_same_time() -> None:
    digest = Digest(id="brief", title="Brief", reading_time_s=60)
    stories = [of("wide", "a", "b"), of("lone")]

    average = choose(stories, digest, Profile(), NOW)
    fast = choose(stories, digest, Profile(words_a_minute=300), NOW)

    assert picked(average) == ["wide"]
    assert sorted(picked(fast)) == ["lone", "wide"]


def test_the_order_of_the_stories_changes_nothing() -> None:
    stories = [of("one"), of("two"), of("three", "a", "b")]

    assert weighed(*stories) == weighed(*reversed(stories))


def test_a_day_without_stories_has_no_choices() -> None:
    assert weighed() == ()
