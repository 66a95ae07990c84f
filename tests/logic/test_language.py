"""Which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.logic.language import detect_language, language_code


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("en", "The company said on Tuesday that it will open a plant in the north."),
        (
            "de",
            "Der Konzern will im kommenden Jahr ein Werk eröffnen, wie er mitteilte.",
        ),
        (
            "fr",
            "Le groupe a annoncé qu'il va ouvrir une nouvelle usine dans le nord.",
        ),
        ("es", "La empresa dijo el martes que abrirá una nueva planta en el norte."),
        (
            "it",
            "L'azienda ha detto che aprirà un nuovo stabilimento nel nord del paese.",
        ),
        (
            "pt",
            "A empresa disse na terça-feira que vai abrir uma nova fábrica no norte.",
        ),
        (
            "nl",
            "Het bedrijf zei dinsdag dat het een nieuwe fabriek in het noorden opent.",
        ),
        ("sv", "Företaget sade på tisdagen att det ska öppna en ny fabrik i norr."),
        (
            "pl",
            "Firma poinformowała, że nie otworzy zakładu na północy, ale jest to plan.",
        ),
        (
            "tr",
            "Şirket salı günü yeni bir fabrika için plan yaptı ve daha çok iş olacak.",
        ),
        ("ru", "Компания заявила во вторник, что откроет новый завод на севере."),
        ("uk", "Компанія заявила у вівторок, що відкриє новий завод на півночі."),
        ("zh", "该公司周二表示将在北部开设新工厂"),
        ("ja", "会社は火曜日、北部に新工場を開設すると発表した"),
        ("ko", "회사는 화요일 북부에 새 공장을 열 것이라고 밝혔다"),
        ("el", "Η εταιρεία ανακοίνωσε την Τρίτη νέο εργοστάσιο"),
        ("ar", "أعلنت الشركة يوم الثلاثاء أنها ستفتح مصنعا جديدا"),
    ],
)
def test_a_sentence_or_two_are_enough(expected: str, text: str) -> None:
    assert detect_language(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "OK", "1,234 5,678", "Berlin Paris London Madrid Roma Lisboa", "!?" * 50],
)
def test_what_has_no_small_words_has_no_known_language(text: str) -> None:
    assert detect_language(text) is None


def test_foreign_names_do_not_change_the_language() -> None:
    text = "The mayor of Île-de-France met Der Spiegel and El País in La Paz on Monday."

    assert detect_language(text) == "en"


@given(st.text(max_size=200))
def test_any_text_gives_a_code_or_none(text: str) -> None:
    found = detect_language(text)

    assert found is None or len(found) == 2


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en-US", "en"),
        ("pt_BR", "pt"),
        (" DE ", "de"),
        ("nb-NO", "no"),
        ("zh-Hant", "zh"),
        ("english", None),
        ("x-default", None),
        ("", None),
        (None, None),
    ],
)
def test_the_code_of_a_tag(tag: str | None, expected: str | None) -> None:
    assert language_code(tag) == expected
