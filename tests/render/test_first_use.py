"""Terms explained where they first stand, in every format; no word of a brief moves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from briefing.domain.brief import Brief, Figure, Gloss, Item, Section, Shape
from briefing.domain.edition import Edition
from briefing.logic.glossary import Term
from briefing.render.first_use import with_terms
from briefing.render.glossary import Glossary
from briefing.render.html import html_renderer
from briefing.render.markdown import markdown_renderer
from briefing.render.pages import edition_page, read_through
from briefing.render.view import BriefPage
from tests import builders as plain
from tests.render import builders
from tests.render.mails import bodies
from tests.render.openrouter import said

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
QUAY = plain.document(
    "The ferry line opens a second berth at the north quay. The berth cost 41 million "
    "euros. Calder Marine, a builder of quays, won the tender. The tender closes.",
    title="A second berth",
)
LEAD = "The ferry line opens a second berth at the north quay."
PRICE = "The berth cost 41 million euros."
WON = "Calder Marine, a builder of quays, won the tender."
BERTH = Glossary("en", (Term("berth", "the place where a ship lies", ("berths",)),))


def _brief(slug: str = "berth", **changes: object) -> Brief:
    built = said("Calder Marine is a builder of quays.", (QUAY, WON))
    lead = said(LEAD, (QUAY, LEAD))
    tender = said("The tender went to Calder Marine.", (QUAY, WON))
    base = builders.small_brief(
        slug,
        story=plain.story(QUAY),
        headline=said("Ferry line opens a berth", (QUAY, LEAD)),
        sections=(
            Section("in_one_line", "In one line", Shape.PROSE, (Item((lead,)),)),
            Section(
                "what_happened",
                "What happened",
                Shape.BULLETS,
                (Item((said(PRICE, (QUAY, PRICE)),)), Item((tender,))),
            ),
        ),
        sources=(builders.source_ref(1, QUAY),),
        glosses=(Gloss("Calder Marine", "a builder of quays", built),),
    )
    return replace(base, **changes)


def _page(brief: Brief, glossary: Glossary = BERTH) -> BriefPage:
    (page,) = edition_page(builders.edition(brief), glossary=glossary).briefs
    return page


def _html(edition: Edition) -> dict[str, LexborHTMLParser]:
    made = html_renderer([TEMPLATES])(edition)
    return {one.path: LexborHTMLParser(one.body.decode()) for one in made}


def test_terms_come_in_the_order_of_their_first_use() -> None:
    page = _page(_brief())

    assert [(one.id, one.name) for one in page.terms] == [
        ("term-1", "berth"),
        ("term-2", "Calder Marine"),
    ]


def test_only_the_first_use_is_marked_and_no_character_moves() -> None:
    page = _page(_brief())

    marked = [part.text for one in page.sentences for part in one.parts if part.term]

    assert marked == ["berth", "Calder Marine"]
    for one in page.sentences:
        assert "".join(part.text for part in one.parts) == one.text


def test_a_term_of_a_row_of_figures_alone_is_explained_without_a_way_back() -> None:
    row = Item(
        (said(PRICE, (QUAY, PRICE)),), figure=Figure("41 million euros", "Price")
    )
    rows = Section("key_numbers", "Key numbers", Shape.FIGURES, (row,))

    page = _page(_brief(sections=(rows,), glosses=()))

    assert [(one.name, one.use_id) for one in page.terms] == [("berth", "")]


def test_what_a_source_explains_goes_before_the_glossary_and_four_are_enough() -> None:
    words = ("ferry", "line", "second", "north", "quay")
    many = Glossary("en", tuple(Term(word, "something") for word in words))

    page = _page(_brief(), many)

    assert [one.name for one in page.terms] == [
        "ferry",
        "line",
        "second",
        "Calder Marine",
    ]


def test_a_glossary_explains_no_word_inside_a_name_that_a_source_explains() -> None:
    page = _page(_brief(), Glossary("en", (Term("marine", "of the sea"),)))

    assert [one.name for one in page.terms] == ["Calder Marine"]


def test_a_name_inside_another_is_explained_and_marked_nowhere() -> None:
    whole = said("Calder Marine is a builder of quays.", (QUAY, WON))
    glosses = (
        Gloss("Calder Marine", "a builder of quays", whole),
        Gloss("Marine", "a builder of quays", whole),
    )

    page = _page(_brief(glosses=glosses), Glossary())

    assert [(one.name, one.use_id) for one in page.terms] == [
        ("Calder Marine", "term-1-use"),
        ("Marine", ""),
    ]
    for one in page.sentences:
        assert "".join(part.text for part in one.parts) == one.text


def test_an_entry_made_later_does_not_explain_twice() -> None:
    page = _page(_brief(), Glossary("en", (Term("Calder Marine", "a firm"),)))

    assert [one.meaning for one in page.terms] == ["a builder of quays"]


def test_a_page_leads_from_the_term_to_its_meaning_and_back() -> None:
    page = _html(builders.edition(_brief()))["berth.html"]

    (mark,) = page.css("a.term")
    entry = page.css_first("#term-1")

    assert mark.text() == "Calder Marine"
    assert mark.attributes["role"] == "doc-glossref"
    assert mark.attributes["href"] == "#term-1"
    assert page.css_first("#" + str(mark.attributes["aria-describedby"])).text() == (
        "a builder of quays"
    )
    assert entry.css_first("dfn").text() == "Calder Marine"
    back = entry.css_first("a[role=doc-backlink]")
    assert back.attributes["href"] == f"#{mark.attributes['id']}"


def test_a_meaning_from_a_source_opens_its_evidence() -> None:
    page = _html(builders.edition(_brief()))["berth.html"]

    mark = page.css_first("#term-1 a.mark")
    note = page.css_first(str(mark.attributes["href"]))

    assert mark.text() == "[1]"
    assert note.css_first(".claim").text() == "Calder Marine is a builder of quays."
    assert note.css_first("mark").text() == WON
    assert page.css_first(str(note.css_first(".close").attributes["href"])) is not None


def test_an_edition_explains_a_term_once_in_all_its_briefs() -> None:
    edition = builders.edition(_brief("one"), _brief("two"))

    page = edition_page(edition, glossary=BERTH)
    once = read_through(page)

    assert [len(one.terms) for one in page.briefs] == [2, 2]
    assert [[t.name for t in one.terms] for one in once.briefs] == [
        ["berth", "Calder Marine"],
        [],
    ]
    assert not any(part.term for one in once.briefs[1].sentences for part in one.parts)


def test_a_source_that_only_explains_keeps_its_mark() -> None:
    other = plain.document(
        "Calder Marine, a builder of quays, is old.",
        id="d2",
        url="http://other.example/quays",
    )
    gloss = Gloss(
        "Calder Marine",
        "a builder of quays",
        said("Calder Marine is a builder of quays.", (other, "Calder Marine")),
    )
    refs = (builders.source_ref(1, QUAY), builders.source_ref(2, other))
    two = _brief("two", glosses=(gloss,), sources=refs, story=plain.story(QUAY, other))

    once = read_through(edition_page(builders.edition(_brief("one"), two)))

    assert [one.name for one in once.briefs[1].terms] == ["Calder Marine"]


def test_the_front_page_marks_a_term_once_and_leads_to_the_briefs_own_list() -> None:
    index = _html(builders.edition(_brief("one"), _brief("two")))["index.html"]

    assert [one.attributes["href"] for one in index.css("a.term")] == [
        "one.html#term-1"
    ]
    assert index.css("[id^=term-]") == []


def test_markdown_explains_below_the_list_and_leaves_every_sentence_alone() -> None:
    made = markdown_renderer([TEMPLATES])(builders.edition(_brief()))
    text = made[1].body.decode()

    assert (
        "- The berth cost 41 million euros. [1]\n"
        "- The tender went to Calder Marine. [1]\n\n"
        "> **Calder Marine**: a builder of quays. [1]\n"
    ) in text


def test_both_bodies_of_a_mail_explain_below_and_link_nowhere_inside() -> None:
    text, html = bodies(builders.edition(_brief("one"), _brief("two")))
    page = LexborHTMLParser(html)

    (gloss,) = page.css("p.gloss")

    lines = text.splitlines()
    assert lines.count("  | Calder Marine: a builder of quays. [1]") == 1
    assert gloss.text() == "Calder Marine: a builder of quays. [1]"
    assert not [one for one in page.css("a") if "#" in str(one.attributes["href"])]


@pytest.mark.parametrize("hostile", ["<b>berth</b>", "ber*th*", "berth](x"])
def test_a_hostile_term_stays_words(hostile: str) -> None:
    text = f"The {hostile} opened."
    document = plain.document(f"{text} It is old.")
    claim = said(text, (document, text))
    gloss = Gloss(hostile, f"a {hostile} <i>x</i>", claim)
    brief = _brief(
        story=plain.story(document),
        headline=claim,
        sections=(
            Section("what_happened", "What happened", Shape.BULLETS, (Item((claim,)),)),
        ),
        sources=(builders.source_ref(1, document),),
        glosses=(gloss,),
    )

    page = _html(builders.edition(brief))["berth.html"]

    assert page.css_first("#term-1 dfn").text() == hostile
    assert page.css("b i, dd i, .sentence b") == []


def test_without_terms_nothing_is_listed() -> None:
    brief = _brief(glosses=())

    assert with_terms(_page(brief, Glossary()), brief, Glossary()).terms == ()
    assert _html(builders.edition(brief))["berth.html"].css("#terms, a.term") == []
