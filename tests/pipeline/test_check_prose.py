from pathlib import Path

import pytest

from briefing.domain.brief import Level
from briefing.logic.prose_reader import read_prose
from briefing.pipeline.check_prose import check_prose
from briefing.prompts import data_folders, filler, sections
from tests.builders import document

GOLDEN = Path(__file__).parent.parent / "golden"
FOLDERS = data_folders("prompts")
SPECS = sections(FOLDERS)
PAGE = document(
    "DeepSeek-V4-Flash processed 3.43 trillion tokens between 18 and 24 May 2026. "
    "It took first place in the weekly ranking of OpenRouter.",
    url="http://openrouter.example/notes/weekly-ranking",
    publisher="OpenRouter (sample)",
    family="openrouter",
)


def findings(text: str, *documents):
    return check_prose(
        read_prose(text, SPECS), documents, specs=SPECS, filler=filler(FOLDERS)
    )


def errors(text: str, *documents) -> set[str]:
    found = findings(text, *documents).violations
    return {one.rule for one in found if one.level is Level.E}


def test_the_old_article_breaks_the_rules_that_it_was_written_for():
    old = (GOLDEN / "old_article.md").read_text(encoding="utf-8")

    named = errors(old, PAGE)

    assert named >= {"R1", "R3", "R4", "C2", "D1", "D2", "G1", "G2", "F1", "H3"}
    assert not findings(old, PAGE).is_supported


def test_the_good_article_breaks_no_rule_about_the_text():
    good = (GOLDEN / "good_article.md").read_text(encoding="utf-8")
    prose = read_prose(good, SPECS)
    given = [
        document(url=url, text=f"Text {number} of a sample.", id=f"d{number}")
        for number, url in prose.references
    ]

    of_evidence = {"C3", "D1", "H1", "Q1", *(f"N{n}" for n in range(1, 10))}

    assert errors(good, *given) - of_evidence == set()


@pytest.mark.parametrize(
    ("text", "supported"),
    [
        ("DeepSeek-V4-Flash processed 3.43T tokens between 18 and 24 May 2026.", True),
        ("DeepSeek-V4-Flash processed 3.53T tokens between 18 and 24 May 2026.", False),
        ("DeepSeek-V4-Flash processed 3.43 billion tokens.", False),
        ("Zorblax processed 3.43 trillion tokens between 18 and 24 May 2026.", False),
        ("“It is a record,” OpenRouter said.", False),
    ],
)
def test_a_sentence_is_held_against_the_sources_alone(text, supported):
    assert findings(text, PAGE).is_supported is supported


def test_supported_is_about_the_evidence_not_about_style():
    twice = "It took first place in the weekly ranking of OpenRouter. " * 2

    found = findings(twice, PAGE)

    assert found.is_supported
    assert not found.is_clean
    assert {one.rule for one in found.violations if one.level is Level.E} == {
        "R1",
        "R4",
    }


def test_a_text_without_links_is_exempt_from_the_rules_about_them():
    text = "DeepSeek-V4-Flash processed 3.43 trillion tokens."

    assert findings(text, PAGE).violations[0].rule == "F2"
    assert errors(text, PAGE) == set()


def test_marks_at_headings_and_missing_numbers_are_named():
    text = (
        "# DeepSeek leads\n\n## What happened [1]\n\n"
        "It took first place in the weekly ranking of OpenRouter. [2]\n\n"
        "## Sources\n\n1. http://openrouter.example\n"
    )

    assert errors(text, PAGE) >= {"C1", "C2", "C4", "C5"}


def test_a_cited_lead_with_its_label_passes():
    text = (
        "# DeepSeek-V4-Flash took first place\n\nSingle source. [1]\n\n"
        "## What happened\n\nDeepSeek-V4-Flash processed 3.43 trillion tokens between "
        "18 and 24 May 2026. [1]\n\n"
        "## Sources\n\n1. http://openrouter.example/notes/weekly-ranking\n"
    )

    assert errors(text, PAGE) & {"C1", "C2", "C4", "C5"} == set()
