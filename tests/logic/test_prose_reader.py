from hypothesis import given
from hypothesis import strategies as st

from briefing.domain.brief import Shape
from briefing.logic.prose_reader import read_prose


def shape_of(text: str) -> list[tuple[str, list[str]]]:
    return [
        (one.name, [claim.text for item in one.items for claim in item.claims])
        for one in read_prose(text).sections
    ]


def test_markdown_headings_bullets_and_marks_are_read():
    prose = read_prose(
        "# Plant opens\n\nIt opened. [1] It is **large**.[2][3]\n\n"
        "## What happened\n\n- It cost €2 billion. [^1]\n* It is open.\n\n"
        "## Sources\n\n1. [The Ledger](http://ledger.example/a)\n"
        "[2] The Courier, http://courier.example/b.\n"
    )

    assert prose.headline == "Plant opens"
    assert [
        (one.name, [claim.text for item in one.items for claim in item.claims])
        for one in prose.sections
    ] == [
        ("text", ["It opened.", "It is large."]),
        ("what_happened", ["It cost €2 billion.", "It is open."]),
    ]
    assert [(one.target, one.text) for one in prose.marks] == [
        ("1", "It opened."),
        ("2", "It is large."),
        ("3", "It is large."),
        ("1", "It cost €2 billion."),
    ]
    assert prose.references == (
        (1, "http://ledger.example/a"),
        (2, "http://courier.example/b"),
    )


def test_known_section_names_alone_on_a_line_are_headings():
    text = (
        "Plant opens\n\nWhat happened\n• It opened.\nKey numbers:\n– Cost: €2 billion\n"
    )

    prose = read_prose(text)

    assert [one.name for one in prose.sections] == ["what_happened", "key_numbers"]
    figure = prose.sections[1].items[0].figure
    assert (figure.value, figure.label) == ("€2 billion", "Cost")


def test_a_heading_mark_inside_a_line_is_read_and_kept_as_a_leak():
    prose = read_prose("# Plant\n\nIt opened. ### Why it matters It is large.\n")

    assert [one.name for one in prose.sections] == ["text", "why_it_matters"]
    assert prose.leaks == ("It opened. ### Why it matters It is large.",)


def test_questions_are_headings_bold_lines_or_bullets():
    text = (
        "# Plant\n\n## Quick answers\n\n### Who pays for it?\nThe state does.\n\n"
        "**When did it open?**\nOn 25 May 2026.\n\n"
        "- What does it make? It makes steel. It is hot.\n"
    )

    [section] = read_prose(text).sections

    assert section.shape is Shape.ANSWERS
    assert [
        (item.question, [claim.text for claim in item.claims]) for item in section.items
    ] == [
        ("Who pays for it?", ["The state does."]),
        ("When did it open?", ["On 25 May 2026."]),
        ("What does it make?", ["It makes steel.", "It is hot."]),
    ]


def test_setext_headings_and_rules_are_no_sentences():
    text = (
        "Plant opens\n===========\n\nIt opened.\n\n---\n\nWhat happened\n---\nIt did.\n"
    )

    assert read_prose(text).headline == "Plant opens"
    assert shape_of(text) == [("text", ["It opened."]), ("what_happened", ["It did."])]


def test_rows_of_a_table_are_figures():
    text = (
        "# Plant\n\n## Key numbers\n\n| What | Value |\n|---|---|\n| Cost | €2 bn |\n"
    )

    assert shape_of(text) == [("key_numbers", ["Cost: €2 bn"])]


def test_a_plain_paragraph_has_no_headline():
    prose = read_prose("It opened on 25 May 2026. It is large.")

    assert prose.headline == ""
    assert shape_of("It opened on 25 May 2026. It is large.") == [
        ("text", ["It opened on 25 May 2026.", "It is large."])
    ]


def test_links_and_sites_in_brackets_are_marks():
    prose = read_prose(
        "# Plant\n\nIt opened ([ledger.example](http://ledger.example)). "
        "It cost [€2 billion](http://ledger.example/cost) (courier.example). "
        "See http://echo.example/x.\n"
    )

    assert [c.text for i in prose.sections[0].items for c in i.claims] == [
        "It opened.",
        "It cost €2 billion.",
        "See.",
    ]
    assert [one.target for one in prose.marks] == [
        "http://ledger.example",
        "http://ledger.example/cost",
        "courier.example",
        "http://echo.example/x",
    ]


def test_terms_are_ours_and_no_claims():
    text = "# A headline\n\n## What happened\n\n- It opened. [1]\n\n## Terms\n\n"
    text += "- **berth**: the place where a ship lies.\n\n## Sources\n\n1. A page\n"

    assert shape_of(text) == [("what_happened", ["It opened."])]
    assert len(read_prose(text).references) == 1


def test_what_stands_under_how_it_was_made_is_no_claim():
    text = "# Plant\n\nIt opened.\n\n## How it was made\n\nWithout a model.\n"

    assert shape_of(text) == [("text", ["It opened."])]


@given(st.text(alphabet="#*-•|[]()? .\nab1:_`", max_size=120))
def test_every_text_is_read(text):
    prose = read_prose(text)

    assert all(section.items for section in prose.sections)
    names = [section.name for section in prose.sections]
    assert len(names) == len(set(names))


def test_a_word_explained_below_its_paragraph_is_no_claim() -> None:
    text = (
        "# Ferry line opens a second berth\n\nThe berth opened on 25 May 2026.\n\n"
        "> **berth**: the place where a ship lies.\n\n"
        "> **Correction**: the berth is the third.\n"
    )

    (section,) = read_prose(text).sections

    assert [one.text for item in section.items for one in item.claims] == [
        "The berth opened on 25 May 2026.",
        "Correction: the berth is the third.",
    ]


def test_a_word_that_a_source_explains_is_a_claim() -> None:
    text = (
        "# Ferry line opens a second berth\n\n2 min read · 2 sources · *short*\n\n"
        "Calder Marine built the berth. [1]\n\n"
        "> **Calder Marine**: a builder of quays. [2]\n"
    )

    prose = read_prose(text)
    (section,) = prose.sections

    assert [one.text for item in section.items for one in item.claims] == [
        "Calder Marine built the berth.",
        "Calder Marine is a builder of quays.",
    ]
    assert [one.target for one in prose.marks] == ["1", "2"]
