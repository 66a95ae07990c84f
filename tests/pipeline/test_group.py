"""Documents become stories that keep their names from day to day."""

from datetime import UTC, datetime

from briefing.domain.document import Document, DocumentKind
from briefing.pipeline.group import group
from tests.builders import document, story

MONDAY = datetime(2026, 5, 25, 7, tzinfo=UTC)
TUESDAY = datetime(2026, 5, 26, 7, tzinfo=UTC)


MILL = {
    "Mill burns in Eastport": """A fire destroyed the Harbour Mill in Eastport on Monday
        night. Forty workers were led out unhurt, the fire brigade said.""",
    "Eastport loses its mill": """Forty workers escaped when the Harbour Mill burned
        down, the Eastport fire brigade said. The mill had stood since 1910.""",
    "Cable blamed": """Investigators said a faulty cable set the Harbour Mill alight.
        The Eastport fire brigade had led forty workers out.""",
}


def fire(number: int, **changes: object) -> Document:
    """The first, second or third report of the fire, each by a house of its own."""
    title, text = list(MILL.items())[number]
    base: dict[str, object] = {
        "text": text,
        "title": title,
        "url": f"http://press{number}.example/mill",
        "family": f"press{number}",
        "published_at": MONDAY,
        "fetched_at": MONDAY,
    }
    return document(**{**base, **changes})


def rates(**changes: object) -> Document:
    return document(
        "The central bank of Norland raised its key rate to 4.25 percent. Inflation "
        "stands at 3.1 percent.",
        title="Norland raises rates",
        url="http://bank.example/rates",
        **changes,
    )


def test_reports_of_one_event_become_one_story_with_the_oldest_ones_name() -> None:
    old = fire(1, published_at=datetime(2026, 5, 24, 7, tzinfo=UTC))
    new = fire(0)

    first, second = group([rates(), new, old])
    told = first if len(first.documents) == 2 else second

    assert told.document_ids == (old.id, new.id)
    assert told.new_document_ids == (old.id, new.id)
    assert told.first_seen_at == MONDAY
    assert told.id == group([old])[0].id


def test_the_order_of_the_documents_changes_nothing() -> None:
    documents = [fire(0), fire(1), fire(2), rates()]

    backwards = group(documents[::-1])

    assert backwards == group(documents)


def test_a_document_of_today_joins_yesterdays_story_under_its_old_name() -> None:
    (yesterday,) = group([fire(0), fire(1)])
    late = fire(2, published_at=TUESDAY, fetched_at=TUESDAY)

    (today,) = group([late], known=[yesterday])

    assert today.id == yesterday.id
    assert today.first_seen_at == MONDAY
    assert today.new_document_ids == (late.id,)
    assert len(today.documents) == 3


def test_an_older_document_that_comes_late_does_not_rename_the_story() -> None:
    (yesterday,) = group([fire(0)])
    older = fire(1, published_at=datetime(2026, 5, 23, 7, tzinfo=UTC))

    (today,) = group([older], known=[yesterday])

    assert today.id == yesterday.id
    assert today.document_ids[0] == older.id


def test_a_story_without_a_new_document_is_not_returned() -> None:
    yesterday = group([fire(0), rates()])

    today = group([fire(0), fire(1)], known=yesterday)

    assert [one.new_document_ids for one in today] == [(fire(1).id,)]
    assert group([fire(0)], known=yesterday) == ()
    assert group([], known=yesterday) == ()


def test_two_known_stories_that_are_clearly_one_go_on_under_the_older_name() -> None:
    older = story(fire(0), id="s-older", first_seen_at=MONDAY)
    younger = story(fire(0, id="twin"), id="s-younger", first_seen_at=TUESDAY)

    (merged,) = group([fire(1)], known=[younger, older])

    assert merged.id == "s-older"
    assert merged.first_seen_at == MONDAY
    assert set(merged.document_ids) == {fire(0).id, "twin", fire(1).id}
    assert merged.new_document_ids == (fire(1).id,)


def test_one_document_given_twice_is_one_document() -> None:
    (told,) = group([fire(0), fire(0)])

    assert told.document_ids == (fire(0).id,)


def test_a_wire_copy_is_marked_as_a_copy_of_the_first_print() -> None:
    copy = fire(
        0, id="copy", title="Blaze at the quay", family="herald", published_at=TUESDAY
    )

    (told,) = group([copy, fire(0)])

    assert told.copies == (("copy", fire(0).id),)


def test_a_story_without_a_title_is_called_by_its_first_words() -> None:
    (told,) = group([document("It rained.  Then it\nstopped.", title="")])

    assert told.title == "It rained."


def test_a_story_of_empty_text_has_no_title_and_does_no_harm() -> None:
    (told,) = group([document("", id="empty", title="", url=None)])

    assert (told.title, told.document_ids) == ("", ("empty",))


def test_ranking_texts_of_a_known_story_stay_with_it() -> None:
    page = document("A ranked first.", id="page", kind=DocumentKind.RANKING)
    (yesterday,) = group([fire(0)])
    held = story(*yesterday.documents, page, id=yesterday.id, new_document_ids=())

    (today,) = group([fire(1)], known=[held])

    assert set(today.document_ids) == {fire(0).id, fire(1).id, "page"}
