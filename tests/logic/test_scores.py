from briefing.logic.rules.page import prose
from briefing.logic.scores import novelty, salient_numbers, score
from tests.builders import document
from tests.logic.rules.pages import bullets, cited, page

LEDGER = document(
    "It cost €2 billion. It makes 400,000 tonnes in 3 halls. "
    + "More words. " * 40
    + "It has 77 chimneys of 90 metres.",
    publisher="A",
    family="a",
)
COURIER = document(
    "Many more words. " * 20 + "The site cost €2 billion, and 5%.",
    url="http://b.example/1",
    publisher="B",
    family="b",
)


def test_salient_numbers_are_early_or_in_two_houses():
    texts = [one.text for one in salient_numbers((LEDGER, COURIER))]

    assert texts[:2] == ["€2 billion", "400,000 tonnes"]
    assert not any("90" in one or "5%" in one for one in texts)


def test_recall_counts_the_salient_numbers_that_are_printed():
    text = page(
        bullets(cited("It cost €2 billion.", LEDGER, "It cost €2 billion.")),
        documents=(LEDGER, COURIER),
    )
    count = len(salient_numbers((LEDGER, COURIER)))

    made = score(text, claims=2, repaired=0, struck=1)

    assert made.salient_numbers == count
    assert made.number_recall == round(1 / count, 4)
    assert (made.number_precision, made.struck) == (1.0, 1)
    assert made.evidence_coverage == 0.5
    assert made.single_source


def test_a_number_that_its_place_does_not_hold_lowers_the_precision():
    text = page(
        bullets(cited("It cost €3 billion.", LEDGER, "It cost €2 billion.")),
        documents=(LEDGER,),
    )

    assert score(text, claims=2, repaired=0, struck=0).number_precision == 0.0


def test_a_repeated_sentence_halves_the_novelty():
    once = bullets("The plant in Duisburg opened at last.")
    twice = bullets(*["The plant in Duisburg opened at last."] * 2)

    assert novelty(prose(page(once))) == 1.0
    assert novelty(prose(page(twice))) == 0.5
