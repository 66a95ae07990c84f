from briefing.domain.brief import Level, SectionSpec, Shape
from briefing.logic.rules.limits import (
    long_sentences,
    over_length,
    over_limits,
    short,
)
from tests.logic.rules.pages import answers, bullets, figures, found, page

TEN = "One two three four five six seven eight nine ten."


def spec(name: str, shape: Shape, **changes: int) -> SectionSpec:
    limits = {"max_items": 4, "max_words": 90} | changes
    return SectionSpec(name, name, shape, 10, limits["max_items"], limits["max_words"])


def test_bullets_beyond_the_number_are_struck():
    limit = spec("what_happened", Shape.BULLETS, max_items=2)
    text = page(bullets("One.", "Two.", "Three."), specs=(limit,))

    assert found(over_limits(text)) == [("F2", "Three.")]


def test_sentences_beyond_the_words_are_struck_from_the_end():
    limit = spec("what_happened", Shape.BULLETS, max_words=25)
    text = page(bullets(TEN, TEN, "Last."), specs=(limit,))
    longer = page(bullets(TEN, TEN, "Last.", TEN), specs=(limit,))

    assert over_limits(text) == ()
    assert found(over_limits(longer)) == [("F2", TEN)]


def test_a_label_of_more_words_than_allowed_is_struck():
    limit = spec("key_numbers", Shape.FIGURES, max_words=3)
    text = page(figures(("5", "one two three four"), ("6", "one two")), specs=(limit,))

    assert found(over_limits(text)) == [("F2", "one two three four: 5")]


def test_a_section_without_a_spec_has_no_limit():
    assert over_limits(page(bullets(*[TEN] * 30))) == ()


def test_words_beyond_480_go_from_the_least_important_end():
    text = page(
        bullets(*[TEN] * 46),
        answers(("Is it so?", TEN), ("Was it so?", "Two words and more words here.")),
        answers(("Who said it?", TEN), name="quick_answers"),
    )

    assert found(over_length(text)) == [("F2", TEN)]
    assert over_length(text)[0].section == "quick_answers"


def test_480_words_are_no_surplus():
    assert over_length(page(bullets(*[TEN] * 48))) == ()


def test_a_short_brief_is_reported():
    [warning] = short(page(bullets(TEN)))

    assert (warning.rule, warning.level) == ("F2", Level.W)
    assert short(page(bullets(*[TEN] * 15))) == ()


def test_a_long_sentence_is_reported():
    long = " ".join(["word"] * 29) + "."

    assert ("F3", long) in found(long_sentences(page(bullets(long))))
    assert long_sentences(page(bullets(TEN))) == ()
