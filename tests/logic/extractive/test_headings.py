"""Headline and first lines of a story: the event, whole, and no other thing."""

from datetime import date
from pathlib import Path

from briefing.domain.audience import Profile
from briefing.domain.brief import Section
from briefing.domain.document import Document
from briefing.logic.extractive import write
from briefing.logic.extractive.candidates import candidates
from briefing.logic.extractive.key_numbers import rows
from briefing.logic.extractive.lead_headline import cut_short, from_leads
from briefing.logic.extractive.ledger import Ledger
from briefing.logic.extractive.page import Page
from briefing.prompts import sections
from tests.builders import document, story

SPECS = sections([Path(__file__).parents[3] / "prompts"])


def heading(text: str) -> str | None:
    made = cut_short(text)
    return made.text if made else None


def from_texts(*texts: str) -> str | None:
    held = story(*(document(text, title="") for text in texts))
    page = Page(story=held, pool=candidates(held), conflicts=())
    made = from_leads(page)
    return made.text if made else None


def written(*documents: Document) -> dict[str, Section]:
    draft = write(story(*documents), date(2026, 5, 25), SPECS, Profile())
    return {part.name: part for part in draft.sections}


def test_a_lead_that_is_short_enough_is_the_headline() -> None:
    text = "Harbour Works closed its Elmsworth yard on 24 May 2026."

    assert heading(text) == "Harbour Works closed its Elmsworth yard on 24 May 2026"


def test_an_aside_goes_before_the_end_of_a_headline() -> None:
    text = (
        "Harbour Works, whose ferries were praised by the queen, built its first tug "
        "with the help of two hundred apprentices from the islands of the north."
    )

    assert heading(text) == "Harbour Works built its first tug"


def test_a_headline_is_not_cut_where_its_sense_would_change() -> None:
    # Cut before "in early summer" it would tell that the study suggests ferries.
    text = (
        "A study by the Tidal Institute suggests the use of ferries in early summer in "
        "shallow water harms the seals that live on the sandbanks of the bay."
    )

    assert heading(text) is None


def test_what_came_before_the_event_is_no_headline() -> None:
    text = (
        "Three days after a ferry sank in the bay of Elmsworth and the families of the "
        "crew had gathered on the quay in the rain to wait for news of the divers."
    )

    assert heading(text) is None


def test_the_event_goes_before_what_somebody_said_of_it() -> None:
    first = (
        "Harbour Works said the yard in Elmsworth had been in trouble for years. "
        "Harbour Works closed its yard in Elmsworth after 90 years of ferries."
    )

    made = from_texts(first, "Harbour Works closed the Elmsworth yard for good.")

    assert made is not None
    assert " closed " in made


def test_news_that_is_still_ahead_leads_what_happened() -> None:
    text = (
        "The Assembly of Elmsworth will vote on Monday, 25 May 2026, on a law that "
        "obliges all large ferries to carry rafts, belts, flares, whistles and lamps "
        "for every passenger and the crew. "
        "Fines may reach 4% of a company's turnover. "
        "The two governing parties hold 296 of the assembly's 580 seats. "
        "The opposition of Elmsworth wants the limit lowered to 50 passengers."
    )

    made = written(
        document(text, title="Elmsworth assembly votes on rafts for ferries")
    )

    first = made["what_happened"].items[0].claims[0]
    assert first.text.startswith("The Assembly of Elmsworth will vote on Monday")


def test_one_fact_in_other_words_is_not_told_twice() -> None:
    ledger = Ledger()
    ledger.add("Inflation slowed to 2.9% in April 2026 from 3.1% in March.", ())

    again = "Prices climbed 2.9% in the twelve months to April, after 3.1% before that."

    assert not ledger.admits(again, ())
    assert ledger.admits("Wages climbed 4.4% in the twelve months to April.", ())


def test_a_level_is_compared_with_a_figure_or_not_at_all() -> None:
    grown = "Ranked ports handled 9.2 million containers, up 19.9% week-over-week."
    bare = "Ranked ports handled 9.2 million containers, a total on the week."

    def comparisons(text: str) -> list[str]:
        pool = candidates(story(document(text)))
        return [row.cells.comparison for row in rows(pool)]

    assert comparisons(grown) == ["up 19.9% week-over-week"]
    assert comparisons(bare) == [""]
