import pytest

from briefing.logic.rules.questions import (
    asks_same,
    bad_grammar,
    grammar_fault,
    headlines_inside,
    same_questions,
    unanswered,
)
from tests.logic.rules.pages import answers, found, page


@pytest.mark.parametrize(
    "question",
    [
        "What is OpenRouter?",
        "What changed in the ranking this year?",
        "Why did DeepSeek overtake its rivals now?",
        "How big is the lead over second place?",
        "How many more tokens were processed than before?",
        "Who pays for the new line?",
        "When does the new law apply to importers?",
        "Is the figure comparable with other rankings?",
        "Can I trust the figure that leads the report?",
        "Which models lost the most ground?",
        "What happens next?",
        "Where will the plant be built?",
        "What does the company say about the delay?",
        "Who leads the court in The Hague under US law?",
    ],
)
def test_a_question_that_somebody_would_ask_passes(question):
    expected = "" if len(question.split()) >= 4 else "It has 3 words"

    assert grammar_fault(question).startswith(expected)
    assert bool(grammar_fault(question)) == bool(expected)


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        ("What happened in DeepSeek tops OpenRouter with 3.43T?", "glued in: 'tops'"),
        ("Why did DeepSeek overtake its rivals", "question mark"),
        ("DeepSeek overtook its rivals why?", "begins with 'deepseek'"),
        ("Why not?", "2 words"),
        ("Why the new ranking of models from China?", "no verb"),
        ("How much did Among smaller models and Juniper gain?", "'Among' begins one"),
        ("What is it? And why does it matter?", "more than one sentence"),
        ("What is the the point of it?", "twice in a row"),
        (
            "What is the one thing that a reader would still want to know of it?",
            "4 to 14",
        ),
    ],
)
def test_a_question_that_nobody_would_ask_is_named(question, fault):
    assert fault in grammar_fault(question)


def test_a_bad_question_goes_with_its_answer():
    text = page(answers(("Why the ranking of models?", "It counts tokens.")))

    [violation] = bad_grammar(text)

    assert (violation.rule, violation.item, violation.claim) == ("G1", 0, None)


def test_the_headline_inside_a_question_is_found():
    headline = "DeepSeek tops OpenRouter with 3.43T"
    question = "What happened in DeepSeek tops OpenRouter with 3.43T?"
    text = page(answers((question, "It led.")), headline=headline)

    assert found(headlines_inside(text)) == [("G2", question)]


def test_a_question_may_name_what_the_headline_names():
    text = page(
        answers(("How many tokens did DeepSeek process on OpenRouter?", "3.43T.")),
        headline="DeepSeek tops OpenRouter with 3.43T",
    )

    assert headlines_inside(text) == ()


def test_how_many_wants_a_figure_in_the_first_sentence():
    question = "How many tokens did the model process?"
    text = page(answers((question, "It processed more than all others.")))

    assert found(unanswered(text)) == [("G3", question)]


def test_a_figure_answers_how_many():
    text = page(answers(("How many tokens did it process?", "It processed 3.43T.")))

    assert unanswered(text) == ()


def test_the_second_question_that_asks_the_same_goes():
    second = "Why is the Duisburg smelter delayed again?"
    text = page(
        answers(("Why was the Duisburg smelter delayed?", "Parts were late.")),
        answers((second, "Parts were late again."), name="quick_answers"),
    )

    assert found(same_questions(text)) == [("G4", second)]


def test_when_and_why_are_two_questions():
    assert not asks_same("Why did the plant open?", "When did the plant open?")
