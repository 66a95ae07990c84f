"""One text counts once, whoever prints it and under whatever headline."""

from datetime import UTC, datetime

from briefing.domain.document import DocumentKind
from briefing.logic.copies import find_copies, independent_houses
from tests.builders import document

WIRE = (
    "Engineers closed the northern lock of the Tarn canal on Monday after a crack was "
    "found in its lower gate. Barges will wait at least nine days, the canal authority "
    "said, while a spare gate is brought up from the coast by road and rail."
)
OWN = (
    "Traders at Millport counted forty barges at anchor. A grain merchant put the cost "
    "of the closed canal at two thousand crowns a day and asked for a second lock."
)


def at(hour: int) -> datetime:
    return datetime(2026, 5, 25, hour, tzinfo=UTC)


def test_a_wire_copy_under_another_headline_is_a_copy_of_the_earliest() -> None:
    wire = document(WIRE, id="wire", title="Lock closed", published_at=at(6))
    late = document(
        WIRE + " Nobody was hurt.",
        id="late",
        title="Barges stuck on Tarn",
        family="herald",
        published_at=at(9),
    )
    own = document(OWN, id="own", family="courier", published_at=at(8))

    assert find_copies([late, own, wire]) == (("late", "wire"),)


def test_a_text_that_quotes_a_sentence_is_no_copy() -> None:
    wire = document(WIRE, id="wire", published_at=at(6))
    quoting = document(
        f"{OWN} {OWN.upper()} Barges will wait at least nine days, the canal "
        "authority said. What comes after that nobody at the quay would tell.",
        id="quoting",
        family="courier",
        published_at=at(8),
    )

    assert find_copies([wire, quoting]) == ()


def test_of_one_hour_the_primary_source_is_the_original() -> None:
    report = document(WIRE, id="a", family="herald", published_at=at(6))
    primary = document(
        WIRE,
        id="b",
        family="authority",
        kind=DocumentKind.PRIMARY,
        published_at=at(6),
    )

    assert find_copies([report, primary]) == (("a", "b"),)


def test_a_chain_of_copies_leads_to_one_original() -> None:
    first = document(f"{WIRE} {OWN}", id="first", published_at=at(5), family="x")
    second = document(WIRE, id="second", published_at=at(6), family="y")
    third = document(WIRE[:180], id="third", published_at=at(7), family="z")

    assert find_copies([third, second, first]) == (
        ("second", "first"),
        ("third", "first"),
    )


def test_a_rewrite_within_one_family_is_a_copy_sooner_than_among_strangers() -> None:
    base = document(WIRE, id="base", published_at=at(6), family="herald")
    rewrite = WIRE[:85] + " " + OWN
    kin = document(rewrite, id="kin", published_at=at(7), family="herald")
    stranger = document(rewrite, id="other", published_at=at(7), family="courier")

    assert find_copies([base, kin]) == (("kin", "base"),)
    assert find_copies([base, stranger]) == ()


def test_two_snapshots_of_one_ranking_are_not_copies() -> None:
    documents = [
        document(WIRE, id=name, kind=DocumentKind.RANKING) for name in ("one", "two")
    ]

    assert find_copies(documents) == ()


def test_empty_texts_are_not_copies_of_each_other() -> None:
    assert find_copies([document("", id="a"), document("", id="b")]) == ()


def test_copies_and_family_members_add_no_independent_house() -> None:
    documents = [
        document(WIRE, id="wire", family="agency"),
        document(WIRE, id="late", family="herald"),
        document(OWN, id="own", family="courier"),
        document("Something else.", id="more", family="courier"),
    ]

    assert independent_houses(documents, [("late", "wire")]) == 2


def test_copies_of_an_absent_original_speak_once() -> None:
    documents = [
        document(WIRE, id="one", family="herald"),
        document(WIRE, id="two", family="courier"),
    ]

    assert independent_houses(documents, [("one", "wire"), ("two", "wire")]) == 1


def test_a_house_with_a_copy_and_a_text_of_its_own_is_one_house() -> None:
    documents = [
        document(WIRE, id="copy", family="herald"),
        document(OWN, id="own", family="herald"),
    ]

    assert independent_houses(documents, [("copy", "wire")]) == 1
    assert independent_houses([], []) == 0
