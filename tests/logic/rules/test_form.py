import pytest

from briefing.domain.brief import Action
from briefing.logic.rules.form import leak, leaks, long_headline
from tests.logic.rules.pages import answers, bullets, figures, found, page


@pytest.mark.parametrize(
    "text",
    [
        "It rose ### Why it matters.",
        "It rose <b>fast</b>.",
        "Profit &amp; loss rose.",
        "It rose **fast.",
        "It rose.[3]",
        "{{ headline }} rose.",
        "Sales rose TK percent.",
        "Here lorem ipsum dolor sit.",
        "It rose by undefined tokens.",
        "It cost $None last year.",
        "It rose to NaN.",
        "None",
        "See d0123456789abcdef for more.",
        "It is in what_happened.",
        "It rose (fast.",
        "It rose fast).",
        "“It rose, they said.",
        'It "rose, they said.',
        "It rose \ufffd fast.",
    ],
)
def test_what_only_a_machine_should_see_is_named(text):
    assert leak(text)


@pytest.mark.parametrize(
    "text",
    [
        "None of the plants opened.",
        "The term was left undefined, the court said; it is undefined.",
        "It rose (fast), “they said”.",
        'A 27" screen costs €300.',
        "a) The first point stands.",
        "AT&T rose 3% – a record.",
        "C# and the # sign are no headings.",
        "5 < 6 and 7 > 6 hold.",
    ],
)
def test_ordinary_text_is_no_leak(text):
    assert leak(text) == ""


def test_leaks_are_found_in_sentences_questions_and_cells():
    text = page(
        bullets("It rose **fast."),
        answers(("What is {{ name }} about?", "It is a plant.")),
        figures(("undefined", "tokens")),
    )

    assert found(leaks(text)) == [
        ("F1", "It rose **fast."),
        ("F1", "tokens: undefined"),
        ("F1", "What is {{ name }} about?"),
        ("F1", "undefined"),
    ]


def test_a_headline_of_more_than_90_characters_holds_the_brief():
    [violation] = long_headline(page(headline="Plant opens " * 8))

    assert (violation.rule, violation.action) == ("F2", Action.HELD)


def test_a_headline_of_90_characters_fits():
    assert long_headline(page(headline="x" * 90)) == ()
