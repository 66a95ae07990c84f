from datetime import date

from briefing.domain.brief import Action
from briefing.logic.rules.repetition import (
    empty_sentences,
    lead_with_news,
    nothing_new,
    repeated_quantities,
    repeated_sentences,
    stale_figures,
)
from tests.logic.rules.pages import (
    answers,
    bullets,
    claim,
    disagreement,
    figures,
    found,
    page,
)

SMELTER = "The smelter in Duisburg will make 400,000 tonnes of steel a year."


def test_a_sentence_that_stands_twice_is_struck_the_second_time():
    text = page(
        bullets(SMELTER),
        answers(("What will the smelter make?", SMELTER.upper())),
    )

    assert found(repeated_sentences(text)) == [("R1", SMELTER.upper())]


def test_a_sentence_that_repeats_the_headline_is_struck():
    text = page(bullets("Plant opens!"), headline="Plant opens")

    assert found(repeated_sentences(text)) == [("R1", "Plant opens!")]


def test_a_sentence_with_two_words_changed_is_nearly_the_same():
    other = "The smelter in Duisburg will make 400,000 tonnes of steel every year."
    text = page(bullets(SMELTER, other))

    assert found(repeated_sentences(text)) == [("R2", other)]


def test_different_sentences_about_one_thing_are_no_repeat():
    other = "Duisburg has waited for the new smelter since the old one closed."
    text = page(bullets(SMELTER, other))

    assert repeated_sentences(text) == ()


def test_the_third_sentence_with_one_figure_is_struck():
    third = "Rivals will find 3.43 trillion tokens hard to match."
    text = page(
        bullets("DeepSeek processed 3.43 trillion tokens.", "It took first place."),
        bullets("The 3.43 trillion tokens were a record.", third, name="next"),
    )

    assert found(repeated_quantities(text)) == [("R3", third)]


def test_a_figure_in_two_sentences_a_quotation_and_a_dispute_is_no_repeat():
    text = page(
        bullets(
            "DeepSeek processed 3.43 trillion tokens.", "Its 3.43 trillion tokens led."
        ),
        bullets("“We saw 3.43 trillion tokens,” the company said.", name="next"),
        disagreement("One source gives 3.43 trillion tokens, another 3.4 trillion."),
    )

    assert repeated_quantities(text) == ()


def test_small_counts_and_ranks_may_come_back():
    text = page(
        bullets("The first model had two rivals.", "Two more came first."),
        bullets("The two were first to go.", name="next"),
    )

    assert repeated_quantities(text) == ()


def test_a_sentence_that_adds_nothing_is_struck():
    empty = "The smelter will make steel in Duisburg."
    text = page(bullets(SMELTER, empty))

    assert found(empty_sentences(text)) == [("R4", empty)]


def test_a_figure_a_name_a_date_or_new_words_make_a_sentence_worth_its_place():
    text = page(
        bullets(
            SMELTER,
            "The smelter in Duisburg will make steel for 30 years.",
            "The smelter in Duisburg will make steel for Thyssenkrupp.",
            "The smelter in Duisburg will make steel from 3 May 2027.",
            "Environmental groups welcomed cleaner furnaces.",
        )
    )

    assert empty_sentences(text) == ()


def test_in_one_line_may_sum_up_and_the_body_may_say_it_in_full():
    line = bullets("The smelter in Duisburg will make steel.", name="in_one_line")
    text = page(line, bullets("The smelter in Duisburg will make steel."))

    assert empty_sentences(text) == ()


def test_key_numbers_that_the_prose_has_are_struck_until_half_are_new():
    text = page(
        bullets("It will make 400,000 tonnes for €2 billion with 900 workers."),
        figures(
            ("400,000 tonnes", "yearly steel"),
            ("€2 billion", "cost"),
            ("1,600 degrees", "heat"),
        ),
    )

    assert found(stale_figures(text)) == [("R4", "cost: €2 billion")]


def test_key_numbers_without_one_new_figure_are_dropped():
    text = page(
        bullets("It will make 400,000 tonnes for €2 billion."),
        figures(("400,000 tonnes", "yearly steel"), ("Growing", "the mood")),
    )

    [violation] = stale_figures(text)

    assert (violation.rule, violation.action) == ("R4", Action.SECTION_DROPPED)


def test_a_row_that_gives_the_figure_of_an_earlier_row_is_struck():
    text = page(
        figures(
            ("3.43 trillion tokens", "tokens processed"),
            ("3.43 trillion", "model traffic"),
            ("400 tonnes", "steel"),
        ),
    )

    assert found(stale_figures(text)) == [("R4", "model traffic: 3.43 trillion")]


def test_a_new_comparison_makes_a_key_number_new():
    text = page(
        bullets("It will make 400,000 tonnes."),
        figures(("400,000 tonnes", "yearly steel", "+12% on the year")),
    )

    assert stale_figures(text) == ()


def test_a_story_told_before_without_news_is_held():
    text = page(bullets(SMELTER), told=(SMELTER,), told_on=date(2026, 5, 25))

    [violation] = nothing_new(text)

    assert (violation.rule, violation.action) == ("R5", Action.HELD)
    assert "since 2026-05-25" in violation.message


def test_a_story_with_news_comes_back():
    text = page(
        bullets(SMELTER, "Unions called a strike for 4 June 2026."), told=(SMELTER,)
    )

    assert nothing_new(text) == ()


def test_news_moves_to_the_top_of_what_happened():
    strike = "Unions called a strike for 4 June 2026."
    text = page(bullets(SMELTER, strike), told=(SMELTER,))

    led = lead_with_news(text)

    assert led.sections == (bullets(strike, SMELTER),)


def test_a_bullet_that_tells_a_new_headline_stays_on_top():
    left = "Two towns are left for the new steel works of Orrin, Lorne and Skov."
    chosen = "Orrin will build its new steel works in Skov."
    aid = "The state decides on aid of €1.1 billion by 30 June 2026."
    text = page(
        bullets(chosen, aid),
        headline="Orrin chooses Skov for steel works",
        told=(left,),
    )

    assert lead_with_news(text) == text


def test_a_first_telling_keeps_its_order():
    text = page(bullets(claim(SMELTER), "Unions called a strike."))

    assert lead_with_news(text) == text
