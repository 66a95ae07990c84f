"""The writer without a model prints only what stands in the sources."""

from datetime import date
from pathlib import Path

from briefing.domain.audience import Profile
from briefing.domain.brief import Brief, Draft
from briefing.domain.document import Document
from briefing.domain.story import Story
from briefing.logic.extractive import write
from briefing.pipeline.check import check
from briefing.prompts import sections
from tests.builders import document, story

SPECS = sections([Path(__file__).parents[3] / "prompts"])
DAY = date(2026, 5, 26)
PROFILE = Profile()

LEDGER = document(
    "Harbour Works will cut 420 jobs at its Elmsworth yard by March 2027, the company "
    "said on Monday.\n\n"
    "The yard built 12 ferries in 2025, down from 19 in 2024.\n\n"
    "It lost €31 million last year because orders from two ferry lines were "
    "cancelled.\n\n"
    "Harbour Works is a shipbuilder that employs 2,600 people in Aldermark.\n\n"
    "The works council will vote on the plan on 9 June 2026.",
    title="Harbour Works to cut 420 jobs at Elmsworth yard",
    url="http://ledger.example/harbour-works",
)
WIRE = document(
    "ELMSWORTH (Wire) - Shipbuilder Harbour Works plans to shed 420 of 1,150 posts at "
    "its Elmsworth yard.\n\n"
    "Severance payments will cost €18 million, the company estimated.\n\n"
    "Sign up for our newsletter.\n\n"
    "The yard's order book holds three ferries, its lowest number since 2011.\n\n"
    "But the union said that 140 apprentices would be kept.",
    title="Shipbuilder plans to shed 420 posts",
    url="http://wire.example/ferries",
    publisher="The Wire (sample)",
    family="wire",
)


def drafted(*documents: Document) -> Draft:
    return write(story(*documents), DAY, SPECS, PROFILE)


def sentences(draft: Draft) -> list[str]:
    return [
        claim.text
        for section in draft.sections
        for item in section.items
        for claim in item.claims
    ]


def test_a_small_story_passes_the_checker() -> None:
    brief = check(drafted(LEDGER, WIRE), specs=SPECS)

    assert isinstance(brief, Brief)
    assert brief.headline.text == "Harbour Works to cut 420 jobs at Elmsworth yard"
    assert not [one for one in brief.violations if one.level == "E"]


def test_the_same_story_gives_the_same_draft() -> None:
    assert drafted(LEDGER, WIRE) == drafted(LEDGER, WIRE)


def test_datelines_notices_and_leading_conjunctions_are_left_out() -> None:
    printed = " ".join(sentences(drafted(LEDGER, WIRE)))

    assert "ELMSWORTH" not in printed
    assert "newsletter" not in printed
    assert "But the union" not in printed


def test_a_text_in_another_language_is_not_quoted() -> None:
    german = document(
        "Die Werft streicht bis 2027 rund 420 Stellen in Elmsworth. Das teilte das "
        "Unternehmen am Montag mit.",
        title="Werft streicht 420 Stellen",
        url="http://werk.example/a",
        language="de",
    )

    assert drafted(LEDGER, german).sections == drafted(LEDGER).sections


def test_odd_texts_give_a_draft_all_the_same() -> None:
    texts = ["", "?", "One.", "a" * 100_000, "“" * 500, "1 2 3 " * 1500, "\n\n" * 50]

    for text in texts:
        held = Document(id="x", text=text)
        made = write(Story("s1", "", (held,)), DAY, SPECS, PROFILE)

        assert made.headline.text
