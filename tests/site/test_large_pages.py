"""A page stays small however much there is to tell; only surroundings are given up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser as Html

from briefing.domain.brief import Brief, Item, Section, Shape
from briefing.store import SqliteStore
from tests.blank import blank
from tests.builders import citation, claim, document, story
from tests.render.builders import brief, small_brief, source_ref
from tests.site.published import FIRST, dated, keep
from tests.site.sites import client, site

LIMIT = 100_000


def wordy(sentences: int) -> Brief:
    """A brief whose every sentence cites three long passages."""
    texts = [
        " ".join(
            f"Passage {place} of source {number}, {'word ' * 60}ends here."
            for place in range(sentences)
        )
        for number in range(3)
    ]
    documents = tuple(
        document(text, url=f"http://wordy.example/{number}", title=f"Source {number}")
        for number, text in enumerate(texts)
    )
    claims = [
        claim(
            f"Sentence {place} says what three sources say.",
            *(
                citation(one, f"Passage {place} of source {number}, {'word ' * 60}ends")
                for number, one in enumerate(documents)
            ),
        )
        for place in range(sentences)
    ]
    items = tuple(Item((one,)) for one in claims)
    return replace(
        small_brief("wordy"),
        story=story(*documents),
        sections=(Section("what_happened", "What happened", Shape.BULLETS, items),),
        sources=tuple(
            source_ref(number, one) for number, one in enumerate(documents, start=1)
        ),
    )


def test_a_brief_with_much_evidence_keeps_every_sentence_and_every_note(
    tmp_path: Path,
) -> None:
    with SqliteStore(blank(tmp_path / "b.db")) as store:
        keep(store, dated(FIRST, wordy(40)))

        answer = client(site(store)).get("/2026-05-24/wordy")

    tree = Html(answer.text)
    assert len(answer.content) < LIMIT
    assert len(tree.css("article .sentence")) == 40
    assert len(tree.css(".note")) == 40
    assert len(tree.css(".note .exhibit")) == 120
    assert len(tree.css(".note blockquote mark")) == 120


def test_an_edition_of_forty_briefs_keeps_every_headline(tmp_path: Path) -> None:
    base = brief()
    briefs = [
        replace(base, slug=f"brief-{n}", story=replace(base.story, id=f"s{n}"))
        for n in range(40)
    ]
    with SqliteStore(blank(tmp_path / "b.db")) as store:
        keep(store, dated(FIRST, *briefs))

        answer = client(site(store)).get("/2026-05-24/")

    assert len(answer.content) < LIMIT
    assert len(Html(answer.text).css("article h2 a")) == 40


def test_a_brief_of_usual_size_keeps_the_surroundings_of_its_evidence(
    filled: SqliteStore,
) -> None:
    page = client(site(filled)).get("/2026-05-25/plant-opens").text

    quoted = [one.text() or "" for one in Html(page).css(".note blockquote")]
    marked = [one.text() or "" for one in Html(page).css(".note blockquote mark")]
    assert any(
        len(whole) > len(mark) for whole, mark in zip(quoted, marked, strict=True)
    )
