from decimal import Decimal

from briefing.domain.claim import Citation, Conflict, Quantity, QuantityKind
from briefing.domain.document import Span
from briefing.logic.rules.numbers import (
    as_sentence,
    hidden_conflicts,
    loose_cells,
    printed_forms,
)
from tests.builders import document
from tests.logic.rules.pages import bullets, cited, disagreement, figures, found, page

WEEK = document("Chinese models gained 19.89% on the week.", publisher="A")
MONTH = document("Chinese models gained 19.8% in the week.", publisher="B")


def percent(value: str) -> Quantity:
    return Quantity(
        Decimal(value),
        QuantityKind.PERCENT,
        "percent",
        Decimal("0.01"),
        f"{value}%",
        Span(0, 5),
    )


def place(of) -> Citation:
    return Citation(of.id, 0, len(of.text), of.text_hash)


DISPUTE = Conflict(
    "the gain of Chinese models",
    ((percent("19.89"), (place(WEEK),)), (percent("19.8"), (place(MONTH),))),
)


def test_a_second_printed_form_is_struck():
    second = "Its 3.43T tokens led."
    text = page(bullets("It processed 3,430,000,000,000 tokens.", second))

    assert found(printed_forms(text)) == [("N6", second)]


def test_one_form_with_and_without_its_noun_is_one_form():
    text = page(
        bullets("Prices rose 12% to $1.2 billion.", "The 12% is $1.2 billion."),
        headline="3.43T tokens lead",
    )

    assert printed_forms(text) == ()


def test_a_spelled_out_number_is_no_second_form():
    text = page(bullets("Twenty banks failed.", "The 20 banks were small."))

    assert printed_forms(text) == ()


def test_quotations_may_print_a_figure_in_their_own_way():
    said = "“It was 3.43T tokens,” the company said."
    text = page(bullets("It processed 3.43 trillion tokens.", said))

    assert printed_forms(text) == ()


def test_a_disputed_figure_is_struck_when_the_dispute_is_hidden():
    sentence = cited("Chinese models gained 19.89%.", WEEK)
    text = page(bullets(sentence), documents=(WEEK, MONTH), conflicts=(DISPUTE,))

    assert found(hidden_conflicts(text)) == [("N8", sentence.text)]


def test_a_disputed_figure_stays_when_both_sides_are_shown():
    text = page(
        bullets(cited("Chinese models gained 19.89%.", WEEK)),
        disagreement(cited("A says 19.89%.", WEEK), cited("B says 19.8%.", MONTH)),
        documents=(WEEK, MONTH),
        conflicts=(DISPUTE,),
    )

    assert hidden_conflicts(text) == ()


def test_a_comparison_cell_that_no_place_holds_is_struck():
    rows = figures(("19.89%", "gain of Chinese models", "after 12% a week before"))

    assert found(loose_cells(page(rows))) == [("N1", "gain of Chinese models: 19.89%")]


def test_a_cell_that_the_row_says_itself_is_proven():
    assert loose_cells(page(figures(("19.89%", "gain of Chinese models")))) == ()


def test_the_capital_of_a_label_makes_no_name():
    assert as_sentence("Size: 284 billion", ()) == "size: 284 billion"
    assert as_sentence("Models listed: 14", (WEEK,)) == "models listed: 14"


def test_a_name_in_a_label_keeps_its_capital():
    assert as_sentence("Zorblax: 3.43T tokens", (WEEK,)) == "Zorblax: 3.43T tokens"
    assert as_sentence("Models gained much.", (WEEK,)) == "Models gained much."


def test_a_table_of_another_locale_is_no_second_form_of_the_prose():
    prose = "Prices rose 7.4% and 1,048,576 people noticed."
    rows = (("7,4 %", "Rise in prices"), ("1.048.576 people", "Who noticed"))

    assert printed_forms(page(bullets(prose), figures(*rows))) == ()


def test_another_precision_in_a_table_is_a_second_form():
    text = page(bullets("Prices rose 7.4%."), figures(("7,40 %", "Rise in prices")))

    assert [rule for rule, _ in found(printed_forms(text))] == ["N6"]


def test_two_sentences_of_prose_have_one_grouping():
    second = "The 1.048.576 people went home."
    text = page(bullets("It was seen by 1,048,576 people.", second))

    assert found(printed_forms(text)) == [("N6", second)]
