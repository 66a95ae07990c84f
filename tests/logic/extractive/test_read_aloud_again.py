"""What a hard-to-please listener still stumbled over: cut, asked, placed otherwise."""

import pytest

from briefing.domain.brief import Brief, Section
from briefing.logic.extractive.asking_what import asked_of
from briefing.logic.extractive.candidates import Candidate, candidates
from briefing.logic.extractive.counts import with_nouns
from briefing.logic.extractive.introduced import is_detail, is_introduced
from briefing.logic.extractive.key_numbers import rows
from briefing.logic.extractive.ranking_reconciled import as_disputed
from briefing.logic.extractive.reading import told
from briefing.logic.extractive.roles import is_first, looks_ahead
from briefing.logic.extractive.trims import shorten, tidy
from briefing.logic.extractive.what_happened import with_their_steps
from briefing.logic.extractive.who_says import (
    institution,
    introduces_speaker,
    who_adds,
    who_says,
)
from briefing.pipeline.check import check
from tests.builders import claim, document, story
from tests.logic.extractive.test_headings import written
from tests.logic.extractive.test_questions import answers
from tests.logic.extractive.test_read_aloud import after, texts
from tests.logic.extractive.test_write import SPECS, drafted


def counted(text: str) -> str | None:
    """The last sentence of the text, its bare number with what it counts."""
    *earlier, last = told(document(text))
    found = with_nouns(last.text, earlier)
    return found.text if found else None


def only(text: str) -> Candidate:
    (one,) = candidates(story(document(text)))
    return one


def bullets(sections: dict[str, Section]) -> list[str]:
    return [item.claims[0].text for item in sections["what_happened"].items]


def test_millions_say_of_what_when_all_millions_before_are_of_one_thing() -> None:
    assert (
        counted(
            "Brack Rail carried 3.1 million passengers in May 2026, and Lorne Lines "
            "2.8 million passengers. Tarn Ferries is third with 1.4 million."
        )
        == "Tarn Ferries is third with 1.4 million passengers."
    )


@pytest.mark.parametrize(
    "before",
    [
        "Brack Rail carried 3.1 million passengers and 2 million tonnes in May 2026.",
        "Brack Rail carried more than anybody else in May 2026.",
    ],
)
def test_millions_of_nobody_knows_what_are_not_used(before: str) -> None:
    assert counted(f"{before} Tarn Ferries is third with 1.4 million.") is None


@pytest.mark.parametrize(
    "text",
    [
        "Brack Rail lost 3 million passengers and Tarn Ferries had 1.4 million.",
        "The town of Lindham has €3 million now and had 1.4 million.",
        "Sales of the yard rose to 1.4 million.",
    ],
)
def test_millions_that_the_sentence_explains_stay_as_they_are(text: str) -> None:
    assert counted(f"The town of Lindham has a new ferry. {text}") == text


def test_a_brief_with_a_unit_from_the_sentence_before_passes_the_checker() -> None:
    text = (
        "Brack Rail opened a ferry line at Lindham on 25 May 2026.\n\n"
        "Brack Rail carried 3.1 million passengers on its ferries in May 2026. "
        "Tarn Ferries is second with 1.4 million."
    )
    title = "Brack Rail opens a ferry line at Lindham"

    made = check(drafted(document(text, title=title)), specs=SPECS)

    assert isinstance(made, Brief)
    printed = [
        one.text for part in made.sections for item in part.items for one in item.claims
    ]
    assert "Tarn Ferries is second with 1.4 million passengers." in printed


def test_votes_in_a_house_that_nobody_named_are_not_told() -> None:
    alone = "The transport ministry said it was confident of 41 votes."

    assert alone not in texts(f"The rafts law needs a majority of 79. {alone}")
    named = "The transport ministry is confident of 41 votes in the Council of Towns."
    assert texts(f"The rafts law needs 40 votes to pass. {named}")[-1] == named


def test_a_count_rounded_otherwise_is_not_told_beside_the_exact_one() -> None:
    ledger = after("A survey", "The survey asked 12,300 skippers in five harbours.")

    again = "In the survey about 12,000 skippers of ferries answered forty questions."
    assert not ledger.admits(again, ())
    assert ledger.admits(again.replace("12,000", "900"), ())


def test_who_the_story_is_not_about_stands_behind() -> None:
    title = "Fever drug FD-3 cures 71% of patients"

    assert is_detail("The volunteers, aged 30 to 70, live in six towns.", title)
    assert not is_detail("The volunteers received 1,200 doses.", title)
    assert not is_detail("The drug works within hours.", title)
    assert not is_detail("Lindham has bought it.", title)


def test_a_detail_is_not_the_first_bullet() -> None:
    text = (
        "The fever drug FD-3 cured 71% of patients in a trial with 2,400 volunteers on "
        "3 May 2026. The volunteers, aged 30 to 70, live in six towns. There were 132 "
        "relapses among 1,200 treated volunteers and 462 among those without the drug."
    )

    made = written(document(text, title="Fever drug FD-3 cures 71% of patients"))

    assert bullets(made)[-1].startswith("The volunteers")


def test_what_is_to_come_has_its_own_section() -> None:
    text = (
        "Lindham will close its old ferry pier, the town said on 25 May 2026. "
        "The pier handled 240,000 ferry passengers in 2025, 7% fewer than in 2024. "
        "The council of Lindham will choose a builder for the new pier on 9 June 2026. "
        "Tarn Ferries carried 81% of the passengers at the old pier in 2025. "
        "Lorne Lines moved its 12 ferries from Lindham to Calder in April 2026."
    )

    made = written(document(text, title="Lindham closes its old ferry pier"))

    assert not any("9 June" in one for one in bullets(made))
    (due,) = made["what_happens_next"].items
    assert "9 June 2026" in due.claims[0].text


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "About 2.3 million people and 9,000 hectares of forest depend on the lake.",
            "How many people depend on the lake?",
        ),
        (
            "Leaks occurred in 0.8% of the new valves and in 1.2% of the old ones.",
            "How often did leaks occur?",
        ),
        (
            "Of every 1,000 patients on the old drug, 31 fell ill with fever in May.",
            "How many patients fell ill with fever?",
        ),
        (
            "The price of €90 million and the day of delivery, 3 June, are unchanged.",
            "What has not changed?",
        ),
    ],
)
def test_a_sentence_is_asked_by_what_it_says(text: str, question: str) -> None:
    assert question in list(asked_of(text))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "The Lindham Growers' Guild said 46 of its 70 farms lie on the lake.",
            "What does the Lindham Growers' Guild say?",
        ),
        (
            "The chain Bluefinch, which runs 90 shops, said a flood in May shut nine.",
            "What does the chain Bluefinch say?",
        ),
        ("The Jets said they would play all five of the games.", None),
    ],
)
def test_somebody_who_speaks_is_asked(text: str, question: str | None) -> None:
    assert who_says(only(text)) == question


def test_who_closes_the_sentence_is_asked_if_the_name_is_whole() -> None:
    text = "On 3 May 2026 some 43 ferries left an hour late, {} said."

    assert who_adds(only(text.format("Lindham Harbour"))) == (
        "What does Lindham Harbour say?"
    )
    assert who_adds(only(text.format("Lindham"))) is None


def test_a_speaker_who_has_to_be_introduced_is_no_event() -> None:
    text = "The chain Bluefinch, which runs 1,100 shops, said that it had closed them."

    assert introduces_speaker(text)
    assert not introduces_speaker("The chain Bluefinch closed 1,100 shops.")


def test_the_second_sentence_on_one_body_begins_with_it() -> None:
    text = (
        "The Tarn Skippers' Association estimates the cost of rafts at €31 million.\n\n"
        "The Tarn Skippers' Association called the rafts law of Lindham unworkable."
    )

    (told_of,) = answers(document(text)).values()

    assert told_of[1:] == ["It called the rafts law of Lindham unworkable."]


def test_only_a_body_is_called_it() -> None:
    assert institution("The Tide Fund paid €3 million.") == "The Tide Fund"
    assert institution("The Jets paid €3 million.") is None
    assert institution("Growers paid €3 million.") is None


def test_a_first_in_years_is_unusual() -> None:
    one = only("The harbour of Lindham is heading for its first closure in nine years.")

    assert is_first(one)
    assert "How unusual is this?" in answers(document(one.text))


def test_in_a_statement_goes_where_what_was_said_follows() -> None:
    assert (
        tidy("The town said in a statement that the pier would stay open.")
        == "The town said that the pier would stay open."
    )
    other = "The town announced the closure in a statement on 3 May 2026."
    assert tidy(other) == other


def test_again_keeps_what_it_was_after() -> None:
    text = (
        "The ferries of Lindham could sail to the islands again on 3 May 2026, "
        "after a storm over the lake had kept them in the harbour."
    )

    assert shorten(text, 18) is None


def test_of_three_that_receive_something_the_last_is_not_cut_off() -> None:
    text = (
        "Tarn Ferries receives the northern pier with 40 berths, Lorne Lines the "
        "western pier with 30 berths, and Brack Rail the southern pier with 20 berths."
    )

    first = "Tarn Ferries receives the northern pier with 40 berths."
    assert shorten(text, 22) == first


def test_an_outage_is_what_shut_something_down() -> None:
    said = {"shut", "storage"}

    assert is_introduced("The outage lasted 6 hours.", said)
    assert not is_introduced("The outage lasted 6 hours.", {"storage"})


def test_a_third_thing_wants_two_before_it() -> None:
    text = "A third pier must open by 3 May 2027."

    assert not is_introduced(text, {"ferry"})
    assert is_introduced(text, {"ferry", "pier"})


def test_what_somebody_must_still_do_is_ahead() -> None:
    assert looks_ahead(only("The council of Lindham must still approve the pier."))


def test_a_row_of_ours_is_not_told_after_the_same_row_of_a_source() -> None:
    ledger = after(
        "Corvid-2 rises to third",
        "Traffic on the board reached 9 trillion tokens, its fourth rise in a row.",
    )

    every = "All models together rose for the {} week in a row."
    assert not ledger.admits(every.format("fourth"), (), is_ours=True)
    assert ledger.admits(every.format("fifth"), (), is_ours=True)
    own = "Corvid-2 rose for the fourth week in a row."
    assert ledger.admits(own, (), is_ours=True)


def test_a_rows_value_and_label_do_not_both_name_what_is_counted() -> None:
    text = "The harbour of Lindham handles 3.4 million crates a year."
    sold = "Brack Chips has sold 40% of the output in advance."

    found = [
        (row.cells.value, row.cells.label) for row in rows((only(text), only(sold)))
    ]

    assert found == [
        ("3.4 million a year", "Crates that the harbour of Lindham handles"),
        ("40%", "Share of the output that Brack Chips has sold in advance"),
    ]


def test_a_percentage_is_as_exact_as_the_dispute_of_it() -> None:
    ours = claim("The Northern models came to 2 trillion tokens, 18.2% more.")
    dispute = claim("By the ranking, 18.18% is the change of the Northern models.")

    (told_of,) = as_disputed((ours,), (dispute,), lambda one: True)
    (kept,) = as_disputed((ours,), (dispute,), lambda one: False)

    assert told_of.text.endswith("18.18% more.")
    assert kept == ours


@pytest.mark.parametrize(
    ("step", "place"),
    [
        ("The increase alone, 600 passengers, is more than Lorne has.", 1),
        ("The increase alone, 700 passengers, is more than Lorne has.", 2),
        ("An increase of 600 passengers is more than Lorne has.", 2),
    ],
)
def test_the_increase_stands_behind_the_figures_that_it_lies_between(
    step: str, place: int
) -> None:
    told = [
        claim("Tarn Ferries carried 3,000 passengers in May, after 2,400 passengers."),
        claim("All lines together carried 9,000 passengers."),
        claim(step),
    ]

    ordered = with_their_steps(told)

    assert ordered.index(told[2]) == place
    assert [one for one in ordered if one is not told[2]] == told[:2]
