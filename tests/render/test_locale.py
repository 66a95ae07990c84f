"""An edition for readers of another locale: figures and dates theirs, sentences not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from briefing.domain.edition import Edition
from briefing.logic.printed_numbers import read_printed
from briefing.logic.prose_reader import read_prose
from briefing.pipeline.check_prose import ProseFindings, check_prose
from briefing.render.html import html_renderer
from briefing.render.markdown import markdown_renderer
from tests.render import builders
from tests.render.mails import bodies
from tests.render.openrouter import BOARD, HERALD, LEDGER, LETTER

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LOCALES = ("en", "de", "fr", "es", "pt-BR", "ja", "hi", "ar", "en-IN")
_COMMA = frozenset({"de", "fr", "es", "pt-BR"})
NAME = "deepseek-v4-flash-tops-openrouter"


def told_in(tag: str) -> Edition:
    edition = builders.edition(builders.brief())
    return replace(edition, digest=replace(edition.digest, locale=tag))


def page(tag: str, name: str = f"{NAME}.html") -> LexborHTMLParser:
    made = {one.path: one.body for one in html_renderer([TEMPLATES])(told_in(tag))}
    return LexborHTMLParser(made[name].decode())


def markdown(tag: str) -> str:
    return markdown_renderer([TEMPLATES])(told_in(tag))[1].body.decode()


def check(text: str) -> ProseFindings:
    return check_prose(read_prose(text), (LEDGER, BOARD, LETTER, HERALD))


@pytest.mark.parametrize("tag", LOCALES)
def test_no_character_of_a_sentence_a_question_or_a_quotation_moves(tag: str) -> None:
    selector = ".sentence, h1, h3, .note .claim, blockquote"

    assert [one.text() for one in page(tag).css(selector)] == [
        one.text() for one in page("en").css(selector)
    ]


@pytest.mark.parametrize("tag", LOCALES)
def test_every_value_of_a_table_is_read_back_beside_its_exact_one(tag: str) -> None:
    cells = page(tag).css(".ranking data")

    assert cells
    for cell in cells:
        printed = read_printed(cell.text(), decimal="," if tag in _COMMA else ".")
        exact = Decimal(str(cell.attributes["value"]))
        assert printed is not None
        assert abs(printed - exact) <= abs(exact) * Decimal("0.005")


def test_figures_and_dates_beside_the_sentences_are_the_readers() -> None:
    german = page("de")
    index = page("de", "index.html")
    text, html = bodies(told_in("de"))

    assert german.css_first("html").attributes["lang"] == "en"
    assert "3,43\u00a0Bio." in german.css_first(".ranking").text()
    assert "+66,0\u00a0%" in german.css_first(".ranking").text()
    assert "11,9\u00a0%" in german.css_first(".calculation").text()
    assert "Published 26. Mai 2026" in german.css_first(".sources").text()
    assert "100\u00a0% of the sentences" in german.css_first(".made").text()
    assert "Dienstag, 26. Mai 2026" in index.css_first(".masthead").text()
    assert "1.026 documents read" in index.css_first(".colophon").text()
    assert "3,43 Bio." in text.replace("\u00a0", " ")
    assert "3,43\u00a0Bio." in LexborHTMLParser(html).text()
    assert "Dienstag, 26. Mai 2026" in text


def test_key_numbers_are_the_readers_and_their_labels_are_not() -> None:
    values = [one.text() for one in page("de").css(".figures .value")]
    labels = [one.text() for one in page("de").css(".figures dt")]

    assert [one.text() for one in page("en").css(".figures dt")] == labels
    assert any("," in one for one in values)
    assert not any("trillion" in one for one in values)


@pytest.mark.parametrize("tag", ["de", "fr", "pt-BR"])
def test_a_table_of_another_locale_breaks_no_rule_of_one_printed_form(tag: str) -> None:
    ours = {one.text for one in check(markdown("en")).violations if one.rule == "N6"}
    theirs = {one.text for one in check(markdown(tag)).violations if one.rule == "N6"}

    assert theirs == ours == set()
