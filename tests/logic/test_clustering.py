"""Texts of one event come together, look-alikes stay apart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from briefing.domain.document import Document
from briefing.logic.clustering import cluster
from briefing.logic.look_alikes import LookAlikes, name_agreement
from briefing.logic.term_vectors import read_terms
from tests.builders import document

DAY = datetime(2026, 5, 20, 6, tzinfo=UTC)

FIRE = {
    "Mill burns in Eastport": """
        A fire destroyed the Harbour Mill in Eastport on Monday night. Forty workers
        were led out unhurt, the fire brigade said.""",
    "Eastport loses its mill": """
        Forty workers escaped when the Harbour Mill burned down, the Eastport fire
        brigade said. The mill had stood on the quay since 1910.""",
    "Cable blamed for Eastport mill fire": """
        Investigators said a faulty cable set the Harbour Mill alight. The Eastport
        fire brigade had led forty workers out.""",
}
RATES = {
    "Norland raises rates": """
        The central bank of Norland raised its key rate to 4.25 percent. Inflation
        stands at 3.1 percent, above its goal.""",
    "Norland key rate at 4.25 percent": """
        Norland's central bank lifted the key rate by a quarter point to 4.25 percent
        to bring inflation down.""",
}
QUAKE = (
    """The earthquake struck {p} at dawn with a magnitude of {s}. Residents of {p} ran
    into the street. No damage was reported after the earthquake.""",
    """Residents ran into the street when an earthquake of magnitude {s} shook {p}. The
    geological survey said no damage was reported from {p}.""",
    """An earthquake with a magnitude of {s} was felt in {p}, the geological survey
    said. Residents spoke of a short shock at dawn and no damage in {p}.""",
)


def texts(told: dict[str, str], name: str) -> list[Document]:
    return [
        document(text, id=f"{name}{place}", title=title, published_at=DAY)
        for place, (title, text) in enumerate(told.items())
    ]


def grouped(documents: list[Document]) -> list[list[str]]:
    return [
        [documents[member].id for member in group.members]
        for group in cluster(documents)
    ]


def quake(place: str, size: str, number: int) -> Document:
    """Reports of two earthquakes that differ in place and size alone."""
    return document(
        QUAKE[number].format(p=place, s=size),
        id=f"{place}{number}",
        title=f"Earthquake shakes {place}",
        published_at=None,
    )


def test_reports_of_one_event_come_together_even_in_a_small_batch() -> None:
    documents = texts(FIRE, "fire") + texts(RATES, "rate")

    assert grouped(documents) == [["fire0", "fire1", "fire2"], ["rate0", "rate1"]]


def test_two_earthquakes_of_different_places_stay_two() -> None:
    documents = [quake("Healdsburg", "4.4", n) for n in range(3)]
    documents += [quake("Manokwari", "6.1", n) for n in range(3)]

    assert grouped(documents) == [
        ["Healdsburg0", "Healdsburg1", "Healdsburg2"],
        ["Manokwari0", "Manokwari1", "Manokwari2"],
    ]


def test_months_between_two_texts_make_them_less_alike_but_do_not_part_them() -> None:
    first, second = texts(FIRE, "fire")[:2]
    late = document(
        second.text,
        id="late",
        title=second.title,
        published_at=DAY + timedelta(days=120),
    )

    assert grouped([first, late]) == [["fire0", "late"]]


def test_a_text_without_words_is_alone() -> None:
    documents = [
        document("", id="empty", title=""),
        document("", id="other", title=""),
        document("…", id="dots", title=""),
    ]

    assert grouped(documents) == [["empty"], ["other"], ["dots"]]


def test_known_groups_stay_together_and_take_in_what_belongs() -> None:
    documents = texts(FIRE, "fire") + texts(RATES, "rate")
    odd_pair = [0, 3]

    groups = [group.members for group in cluster(documents, [odd_pair])]

    assert any({0, 3} <= set(members) for members in groups)
    assert sorted(one for members in groups for one in members) == [0, 1, 2, 3, 4]


def test_the_centre_is_the_text_likest_to_the_others() -> None:
    documents = texts(FIRE, "fire")

    (group,) = cluster(documents)

    assert documents[group.centre].title == "Mill burns in Eastport"


def test_text_without_spaces_between_words_is_compared_by_character_pairs() -> None:
    same = document(
        "中央銀行は政策金利を引き上げた。", id="a", title="", published_at=DAY
    )
    again = document(
        "政策金利の引き上げを中央銀行が決めた。", id="b", title="", published_at=DAY
    )
    other = document("港の工場で火災が発生した。", id="c", title="", published_at=DAY)

    assert grouped([same, other, again]) == [["a", "b"], ["c"]]


def test_common_words_weigh_less_than_rare_ones_without_any_corpus() -> None:
    (terms,) = read_terms([("", "The company said people saw the Zarnitz zeppelin")])

    assert terms.weights["zarnitz"] > 2 * terms.weights["company"]
    assert abs(sum(weight**2 for weight in terms.weights.values()) - 1) < 1e-9


def test_names_of_a_title_are_its_capitals_that_are_no_everyday_words() -> None:
    (terms,) = read_terms(
        [("Bank In Norland Lifts Key Rate", "The bank lifts its key rate in Norland.")]
    )

    assert terms.named == {"norland"}


def test_texts_that_know_each_others_names_agree() -> None:
    fire, again, quake_ = read_terms(
        [
            *list(FIRE.items())[:2],
            ("Earthquake shakes Manokwari", "Manokwari was shaken at dawn."),
        ]
    )

    assert name_agreement(fire, again) == 1.0
    assert name_agreement(fire, quake_) < 0.5
    assert name_agreement(fire, replace(quake_, named=frozenset())) == 1.0


def test_groups_with_marks_on_both_sides_are_less_kin() -> None:
    fire = "Mill burns on the quay, the mill fire brigade said after the mill burned"
    barn = "Barn burns at noon, the hay in the barn burned, said the barn farmer"
    cable = fire + ", and the cable inspector blamed a cable"
    terms = read_terms([("", text) for text in (fire, fire, cable, cable, barn, barn)])
    groups = LookAlikes(terms)

    assert groups.kinship((0, 1), (2, 3)) == 1.0
    assert groups.kinship((0, 1), (4, 5)) < 1.0
    assert groups.kinship((0,), (4, 5)) == 1.0
    assert groups.kinship((0,), (4,)) < 1.0
