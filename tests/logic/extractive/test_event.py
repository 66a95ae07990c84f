"""The lead tells the headline's event, and "the trial" is one that is known."""

import pytest

from briefing.logic.extractive import write
from briefing.logic.extractive.event import event_of, parts_told, tells
from briefing.logic.extractive.introduced import is_introduced, several
from briefing.logic.extractive.reading import told
from briefing.logic.extractive.resolve import stand_alone
from briefing.logic.extractive.scoring import stems
from tests.builders import document, story
from tests.logic.extractive.test_write import DAY, PROFILE, SPECS

TITLE = "Ostrel Motors chooses Lindham for its €2.3 billion battery plant"
EVENT = event_of(TITLE)


def test_doer_act_object_and_measure_are_counted() -> None:
    assert EVENT.doer == "Ostrel Motors"
    assert EVENT.act == "choose"
    assert (
        parts_told(EVENT, "Ostrel Motors will build its battery plant in Lindham.") == 2
    )
    assert parts_told(EVENT, "The plant costs €2.3 billion.") == 1
    assert parts_told(EVENT, "The union of Lindham welcomed the news.") == 0


def test_who_only_stands_in_a_sentence_is_not_its_doer() -> None:
    assert not tells(EVENT, "Brenmoor offered cheaper land than Ostrel Motors wanted.")


def test_an_act_to_come_is_read_with_its_doer() -> None:
    event = event_of("Tallyhouse to publish an adjusted ranking on 8 June")

    assert (event.doer, event.act) == ("Tallyhouse", "publish")


@pytest.mark.parametrize(
    "text",
    [
        "The investment amounts to €2.3 billion.",
        "The re-count answers the most common objection.",
        "Every provider differs, and in the trial one came to 23% more.",
        "Applied to the ranking of May 2026, the correction would leave it as it is.",
    ],
)
def test_a_thing_that_nobody_spoke_of_is_not_known(text: str) -> None:
    assert not is_introduced(text, set(stems("Ostrel Motors will build a plant.")))


@pytest.mark.parametrize(
    "text",
    [
        "The plant will need 90 megawatts.",
        "The cost of the cable is paid by the state.",
        "The government has promised aid of €400 million.",
        "The first phase begins in March 2027.",
        "In a trial in May 2026 the trial costs fell by 4%.",
    ],
)
def test_what_is_known_or_told_apart_needs_no_introduction(text: str) -> None:
    assert is_introduced(text, set(stems("Ostrel Motors will build a plant.")))


def test_of_many_of_a_kind_the_bare_word_means_any() -> None:
    many = several(["Two models rose.", "The models differ.", "One plant opened."])
    known = set(stems("A new model and a new plant were shown."))

    assert not is_introduced("The model rose by 4%.", known, many=many)
    assert is_introduced("The model rose by 4%.", known, title="A model", many=many)
    assert is_introduced("The plant rose by 4%.", known, many=many)


def test_of_one_that_is_spoken_of_more_often_the_bare_word_means_that_one() -> None:
    assert several(
        ["Taxes fall. The tax is new. The tax and the tax differ. Taxes."]
    ) == (frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "Survey flights by the institute measured it between 9 and 13 May 2026.",
        "Tallyhouse said it would decide by 30 June 2026 whether to count them.",
        "Only 2011 was lower, with 0.8 cubic kilometres of water.",
        "Services would then have 108 days to change their software.",
        "A faulty update stopped its database service for 2 hours.",
        "The fund that pays for the vaccine attached two conditions.",
    ],
)
def test_it_and_them_and_lower_need_what_they_point_to(text: str) -> None:
    (only,) = told(document(text))

    assert stand_alone(only, None) is None


def test_it_said_of_a_name_in_front_is_no_object() -> None:
    (only,) = told(document("Port Elmsworth said it could take 9,000 boxes a week."))

    assert stand_alone(only, None) is not None


def test_the_lead_is_the_headlines_event_though_it_is_still_ahead() -> None:
    draft = write(
        story(
            document(
                "Ostrel Motors will build its new battery plant in Lindham.\n\n"
                "The investment amounts to €2.3 billion.\n\n"
                "The Aid Office must still approve €300 million for Lindham by 30 June "
                "2026.\n\n"
                "The plant will make 60,000 packs a year from 2029 for two car makers.",
                title=TITLE,
                url="http://ostrel.example/lindham",
            )
        ),
        DAY,
        SPECS,
        PROFILE,
    )

    lead = next(one for one in draft.sections if one.name == "what_happened")
    assert lead.items[0].claims[0].text == (
        "Ostrel Motors will build its new battery plant in Lindham."
    )


def test_what_was_long_ago_does_not_lead() -> None:
    draft = write(
        story(
            document(
                "Nine bids for 2.6 gigawatts reached the Grid Office on 15 May.\n\n"
                "The tender for wind farms on Lorne Bank drew twice as many bids as "
                "the office had hoped.\n\n"
                "A tender in 2024 for wind farms drew only four bids for 1.9 "
                "gigawatts.",
                title="Lorne Bank wind tender draws nine bids for 2.6 gigawatts",
                url="http://wire.example/lorne",
            )
        ),
        DAY,
        SPECS,
        PROFILE,
    )

    lead = next(one for one in draft.sections if one.name == "what_happened")
    assert "2024" not in lead.items[0].claims[0].text
