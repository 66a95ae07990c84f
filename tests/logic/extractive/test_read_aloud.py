"""What a listener would stumble over is not printed, or printed in other words."""

from datetime import date

import pytest

from briefing.domain.ranking import Window
from briefing.logic.extractive.asking_what import asked_of
from briefing.logic.extractive.candidates import candidates
from briefing.logic.extractive.full_names import in_full
from briefing.logic.extractive.introduced import is_introduced, is_strange
from briefing.logic.extractive.key_numbers import rows
from briefing.logic.extractive.ledger import Ledger
from briefing.logic.extractive.ranking_facts import narrowed
from briefing.logic.extractive.reading import told
from briefing.logic.extractive.roles import tells_places_only
from briefing.logic.extractive.trims import (
    shorten,
    without_told_days,
    without_told_tail,
)
from briefing.logic.extractive.what_happens_next import is_past
from briefing.logic.rules.reading import read
from tests.builders import claim, document, story
from tests.logic.extractive.test_headings import written

WEEK = Window(date(2026, 6, 1), date(2026, 6, 7))


def after(headline: str, *printed: str) -> Ledger:
    """A brief with this headline that has printed these sentences."""
    ledger = Ledger()
    ledger.head(headline)
    for text in printed:
        ledger.add(text, ())
    return ledger


def texts(*paragraphs: str) -> list[str]:
    """The printable sentences of one text."""
    return [one.text for one in candidates(story(document("\n\n".join(paragraphs))))]


@pytest.mark.parametrize(
    "again",
    [
        "Northland awarded 1,400 megawatts of tidal capacity on 3 June 2026 at €58.30.",
        "The energy office awarded 1.4 GW of tidal capacity on 3 June 2026.",
    ],
)
def test_an_act_with_its_figure_is_told_once_in_whatever_unit(again: str) -> None:
    ledger = after(
        "Northland awards 1.4 GW of tidal power at €58.30",
        "The Tide Office has awarded 1.4 gigawatts of tidal capacity to two firms.",
    )

    assert not ledger.admits(again, ())


def test_the_headlines_act_on_one_thing_is_told_once() -> None:
    ledger = after(
        "Ferry strike suspended until 9 July",
        "A 24-hour strike of the ferries at Lindham was suspended on 2 July 2026.",
    )

    assert not ledger.admits(
        "The strike called for 4 July 2026 is suspended until 9 July.", ()
    )


def test_the_same_five_words_with_the_same_figure_are_one_fact() -> None:
    ledger = after(
        "Counting house counts anew",
        "With 5,000 prompts the same text came to 31% more tokens than the cheapest.",
    )

    again = "Every house has a way of its own, and the same text came to 31% more here."
    assert not ledger.admits(again, ())


def test_a_list_that_stands_there_is_not_read_out() -> None:
    listed = ("Corvid-2", "Larch 3")

    assert tells_places_only(
        "Corvid-2 leads the ranking and Larch 3 is second.", listed
    )
    assert not tells_places_only("Corvid-2 leads with 3.1 trillion tokens.", listed)
    assert not tells_places_only("Corvid-2 leads although it is the dearest.", listed)
    assert not tells_places_only("The harbour leads the ranking.", listed)


def test_an_office_has_its_whole_name_at_first_mention() -> None:
    body = told(
        document(
            "The Council of Districts has the last word on the ferry law.\n\n"
            "If the council fails to decide by 30 June 2026, the ferry law lapses."
        )
    )
    last = body[-1].text

    named = in_full(last, body[:-1], known=set())

    assert named is not None
    assert named.text.startswith("If the Council of Districts fails to decide")
    assert in_full(last, body[:-1], known={"council"}) is None


def test_of_two_offices_none_is_guessed() -> None:
    body = told(
        document(
            "The River Office and the Harbour Office met in Lindham on Monday.\n\n"
            "On 4 June 2026 the office will publish the levels of the river."
        )
    )

    assert in_full(body[-1].text, body[:-1], known=set()) is None


def test_some_thing_after_the_thing_of_the_headline_would_be_another() -> None:
    title = "Malaria vaccine MV-2 prevents 64% of cases"
    known = {"malaria", "vaccin"}

    assert is_strange("A new vaccine protects children.", known, title=title)
    assert is_strange(
        "Ministries negotiate over a malaria vaccine that is untested.",
        known,
        title=title,
    )
    assert not is_strange("A vaccine of 2019 failed in Lindham.", known, title=title)
    assert not is_strange("A new vaccine protects children.", set(), title=title)


def test_the_third_of_things_that_nobody_named_is_not_told() -> None:
    text = "Brack Energy would build the third depot with a partner."

    assert not is_introduced(text, {"harbour"})
    assert is_introduced(text, {"depot"})


@pytest.mark.parametrize(
    "sentence",
    [
        "An extension would have cost €41 million and taken until 2031.",
        "A flood in 2025 raised the price of a typical roof by 18%.",
    ],
)
def test_nobody_asks_about_something_unknown(sentence: str) -> None:
    assert not list(asked_of(sentence))


def test_a_question_does_not_say_last_twice() -> None:
    sentence = "The last strike at the yard lasted three days."

    assert next(asked_of(sentence)) == "How long was the last strike at the yard?"


def test_a_sentence_that_lacks_of_what_it_speaks_is_not_used() -> None:
    found = texts(
        "An extension would have cost the town of Lindham €41 million.",
        "Snow feeds the river Brack and its lakes until August.",
        "The yard at Lindham needs 12,000 cubic metres a day for its docks.",
        "The yard at Lindham wants to bring its capacity to 3.1 million a year.",
        "The yard at Lindham will employ 420 people from 2028.",
    )

    assert found == ["The yard at Lindham will employ 420 people from 2028."]


def test_the_days_of_the_first_bullet_are_not_said_again() -> None:
    text = "Larch 3 kept first place in the week of 1–7 June 2026 with 2.1 trillion."

    assert without_told_days(text, {WEEK}) == (
        "Larch 3 kept first place with 2.1 trillion."
    )
    assert without_told_days(text, set()) == text


def test_a_told_sum_at_the_end_goes_with_its_clause() -> None:
    text = "The port wants more room by 2030, and it is ready to spend €640 million."

    assert without_told_tail(text, lambda clause: "€640" in clause) == (
        "The port wants more room by 2030."
    )


def test_a_weekday_goes_before_words_do() -> None:
    text = "The Senate will vote on Monday, 25 May 2026, on rafts for large ferries."

    assert shorten(text, 13) == (
        "The Senate will vote on 25 May 2026 on rafts for large ferries."
    )


def test_a_row_has_the_days_of_its_own_clause_only() -> None:
    pool = candidates(
        story(
            document(
                "The yard will cost €4.2 billion and will make ferries from 2029.\n\n"
                "The lake near Lindham held 0.7 cubic kilometres of water in mid-May "
                "2026, half of the mean of 1991 to 2020."
            )
        )
    )

    found = {row.cells.label: row.cells.window for row in rows(pool)}

    assert found == {
        "Cost of the yard": "",
        "Water that the lake near Lindham held": "mid-May 2026",
    }


def test_what_was_new_in_2011_is_no_plan_that_is_over() -> None:
    held = document(
        "Brack Chips will build its plant in Lindham with tools of the year 2011."
    )
    (one,) = candidates(story(held))

    assert not is_past(one, date(2026, 5, 26))


def test_a_question_on_groups_names_those_that_are_answered() -> None:
    said = [claim("The Northern models in the ranking add up to 1.18 trillion tokens.")]

    asked = narrowed("How did the Northern models and the US models fare?", said)

    assert asked == "How did the Northern models fare?"
    assert narrowed("How large is the lead?", said) == "How large is the lead?"


def test_a_line_by_itself_is_not_cut_down_to_a_date() -> None:
    text = (
        "The Assembly of Lindham will vote on Monday, 25 May 2026, on a law that "
        "obliges all large ferries to carry rafts, belts, flares, whistles and lamps "
        "for every passenger and the crew. Fines may reach 4% of the turnover. "
        "The two governing parties hold 296 of the assembly's 580 seats."
    )

    made = written(document(text, title="Lindham assembly votes on rafts for ferries"))

    assert "in_one_line" not in made


def test_background_stands_behind_the_news() -> None:
    text = (
        "Lindham will close its old ferry pier on 3 June 2026, the town said. "
        "In the summer of 2024 the town closed 46 ferry berths for five weeks. "
        "The town expects 12,000 ferry passengers to use the new pier in July 2026."
    )

    made = written(document(text, title="Lindham closes its old ferry pier"))

    bullets = [item.claims[0].text for item in made["what_happened"].items]
    assert bullets[-1].startswith("In the summer of 2024")


def test_a_rounded_count_is_the_count() -> None:
    ledger = after("A trial", "The trial had 19,400 children in four countries.")
    (figure,) = read("About 19,000 children took part.").quantities

    assert ledger.has_said(figure)
