"""A count is printed with what it counts, or not at all."""

import pytest

from briefing.domain.brief import Brief
from briefing.logic.extractive.counts import with_nouns
from briefing.logic.extractive.reading import told
from briefing.pipeline.check import check
from tests.builders import document
from tests.logic.extractive.test_write import SPECS, drafted


def resolved(text: str) -> str | None:
    """The last sentence of the text as it would stand in a brief."""
    *earlier, last = told(document(text))
    found = with_nouns(last.text, earlier)
    return found.text if found else None


def test_a_count_takes_the_noun_that_it_had_before() -> None:
    assert (
        resolved(
            "The union says that 3,900 jobs are at risk. The port speaks of fewer. The "
            "union's 3,900 includes 240 people of other firms."
        )
        == "The union's 3,900 jobs include 240 people of other firms."
    )


def test_another_count_takes_the_only_noun_of_the_sentence_in_front() -> None:
    assert (
        resolved(
            "About 120 services are concerned, by the count of the paper. The ministry "
            "speaks of 85, but leaves out games."
        )
        == "The ministry speaks of 85 services, but leaves out games."
    )


def test_a_count_whose_noun_nobody_gave_is_not_used() -> None:
    text = "The law is new. The ministry speaks of 85, but leaves out games."

    assert resolved(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "The law passed with 318 votes in favour and 204 against.",
        "The union's 7,800 members vote on 9 June 2026.",
        "The plan of 2024 speaks of growth.",
        "Half of the port's total of 5.2 million containers are empty.",
        "The bank's 2025 report speaks of risks.",
    ],
)
def test_a_count_with_its_noun_stays_as_it_is(text: str) -> None:
    assert resolved(text) == text


def test_a_brief_with_a_resolved_count_passes_the_checker() -> None:
    text = (
        "The union of Lindham says that 3,900 jobs are at risk at the port.\n\n"
        "The union's 3,900 includes 240 people of other firms in Lindham.\n\n"
        "The port of Lindham denied the figures on 4 May 2026."
    )
    made = check(
        drafted(
            document(text, title="Union of Lindham says 3,900 jobs are at risk at port")
        ),
        specs=SPECS,
    )

    assert isinstance(made, Brief)
    assert "The union's 3,900 includes" not in str(made.sections)
