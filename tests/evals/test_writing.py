"""The measures of writing give the figures that can be worked out by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from briefing.domain.brief import Brief, Item, Section, Shape
from briefing.domain.claim import Claim, ClaimKind
from tests.evals.briefs import brief, figures_once, measure, ratio, same_bytes, story
from tests.evals.peers import centroid, lead, lead_3, lexrank, textrank
from tests.evals.rouge import names_kept, novelty, numbers_kept, rouge
from tests.evals.writing import run

FERRY = (
    "The ferry Nordlys ran aground off Skerry Island on 4 May 2026. "
    "All 212 passengers were taken off by lifeboats within two hours. "
    "Skerry Island has 1,900 residents and one harbour."
)
PORT = (
    "Lifeboats took 212 passengers off the ferry Nordlys near Skerry Island. "
    "The harbour of Skerry Island stays closed until the ferry is towed away. "
    "Divers found a hole of three metres in the hull."
)


def test_a_text_is_its_own_best_summary() -> None:
    assert rouge(FERRY, FERRY) == (1.0, 1.0, 1.0)


def test_words_in_another_order_keep_single_words_only() -> None:
    # Four words, no pair of neighbours in common, two in the same order.
    assert rouge("red green blue black", "black blue green red") == (1.0, 0.0, 0.25)


def test_a_number_is_kept_in_any_notation() -> None:
    assert numbers_kept("It cost $1.2bn.", "The price was $1.2 billion.") == (1, 1)
    assert numbers_kept("It cost $1.2 million.", "It was $1.2 billion.") == (0, 1)


def test_a_name_is_kept_by_its_short_form_and_counted_once() -> None:
    reference = "Harbour Halvorsen leads Northgate Mills. Halvorsen lives in Elmsworth."

    assert names_kept("Halvorsen spoke in Elmsworth.", reference) == (2, 3)


def test_a_sentence_told_twice_is_not_new_the_second_time() -> None:
    once = "Divers found a hole of three metres in the hull."

    assert novelty(once) == 1.0
    assert novelty(f"{once} {once}") == 0.5


def test_nothing_wanted_is_everything_kept() -> None:
    assert ratio([]) == 1.0
    assert ratio([(1, 2), (0, 2)]) == 0.25


@pytest.mark.parametrize("peer", [lead, lead_3, centroid, lexrank, textrank])
def test_every_peer_keeps_to_the_words_it_is_given(peer) -> None:
    documents = story([FERRY, PORT]).documents

    made = peer(documents, 30)

    assert 10 < len(made.split()) <= 30


def test_lead_3_takes_the_texts_in_turn() -> None:
    documents = story([FERRY, PORT]).documents

    assert lead_3(documents, 24).split(". ")[1].startswith("Lifeboats took 212")


def test_a_brief_is_counted_with_what_the_checker_did_to_it() -> None:
    made = brief([FERRY, PORT])

    figures = measure([made], [{"summary": "All 212 passengers of Nordlys are safe."}])

    assert isinstance(made, Brief)
    assert figures["brief.printed"] == figures["brief.clean"] == 1.0
    assert figures["brief.numbers"] == figures["brief.names"] == 1.0


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"docs": ["' + FERRY + '", "' + PORT + '"], "summary": ""}\n')

    assert same_bytes(rows, 0, 1) == 1.0


def test_without_data_there_is_nothing_to_measure(tmp_path: Path) -> None:
    assert run(tmp_path) == {}


def test_a_figure_in_two_sentences_is_not_told_once() -> None:
    told = [
        "The tender closed at €52.75 per megawatt-hour for 1.4 gigawatts.",
        "Harrow Wind won 1.4 gigawatts.",
        "Its price was below the average of €52.75.",
        "A cable of 38 kilometres comes on top.",
    ]

    assert figures_once([_told(*told)]) == pytest.approx(1 / 3)
    assert figures_once([_told(told[0], told[3])]) == 1.0


def _told(*sentences: str) -> Brief:
    """The ferry's brief with other sentences in its lead."""
    made = brief([FERRY, PORT])
    assert isinstance(made, Brief)
    items = tuple(Item((Claim(one, ClaimKind.REPORTED),)) for one in sentences)
    lead = Section("what_happened", "What happened", Shape.BULLETS, items)
    return replace(made, sections=(lead,))
