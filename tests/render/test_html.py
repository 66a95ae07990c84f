"""The pages: anchors, evidence, safety and sizes."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from briefing.domain.brief import Brief, Item, Section, Shape
from briefing.domain.claim import Claim, ClaimKind, Status, Verdict
from briefing.domain.edition import Edition
from briefing.errors import RenderError
from briefing.render.html import html_renderer
from briefing.render.note import clean_note
from tests.render import builders, openrouter
from tests.render.hostile import HOSTILE, hostile_brief

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def pages(edition: Edition) -> dict[str, str]:
    made = html_renderer([TEMPLATES])(edition)
    return {one.path: one.body.decode() for one in made}


def brief_page(brief: Brief) -> LexborHTMLParser:
    return LexborHTMLParser(pages(builders.edition(brief))[f"{brief.slug}.html"])


def test_an_edition_is_an_index_a_page_a_brief_and_a_style_sheet() -> None:
    made = html_renderer([TEMPLATES])(builders.edition())

    assert [(one.path, one.media_type) for one in made] == [
        ("index.html", "text/html; charset=utf-8"),
        ("deepseek-v4-flash-tops-openrouter.html", "text/html; charset=utf-8"),
        ("plant-opens.html", "text/html; charset=utf-8"),
        ("style.css", "text/css; charset=utf-8"),
    ]


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert pages(builders.edition()) == pages(builders.edition())


def test_every_link_inside_the_edition_has_its_target() -> None:
    made = pages(builders.edition(note=clean_note("See [this](http://a.example/).")))
    ids = {
        path: {node.attributes["id"] for node in LexborHTMLParser(text).css("[id]")}
        for path, text in made.items()
    }

    broken = [
        (path, target)
        for path, text in made.items()
        for node in LexborHTMLParser(text).css("[href]")
        if not (target := str(node.attributes["href"])).startswith("http")
        and not _is_found(target, path, ids)
    ]

    assert broken == []


def _is_found(target: str, path: str, ids: dict[str, set[str | None]]) -> bool:
    file, _, anchor = target.partition("#")
    return (file or path) in ids and (not anchor or anchor in ids[file or path])


def test_no_page_uses_an_id_twice() -> None:
    for text in pages(builders.edition()).values():
        ids = Counter(
            node.attributes["id"] for node in LexborHTMLParser(text).css("[id]")
        )

        assert [one for one, count in ids.items() if count > 1] == []


def test_marks_and_sources_are_a_bijection() -> None:
    tree = brief_page(builders.brief())

    marks = {node.text() for node in tree.css("main .mark")}
    listed = {f"[{node.attributes['value']}]" for node in tree.css(".sources li")}

    assert marks == listed == {"[1]", "[2]", "[3]", "[4]"}


def test_headings_and_questions_carry_no_marks() -> None:
    tree = brief_page(builders.brief())

    assert [node.text() for node in tree.css(":is(h1, h2, h3) .mark")] == []


def test_a_mark_follows_the_final_punctuation() -> None:
    tree = brief_page(builders.brief())

    assert tree.css_first("#sentence-2").text() == (
        "DeepSeek-V4-Flash processed 3.43 trillion tokens on OpenRouter in the week of "
        "18–24 May 2026, more than any other model.[1][2]"
    )


def test_a_mark_opens_the_span_with_a_sentence_on_either_side() -> None:
    tree = brief_page(builders.brief())

    quote = tree.css_first("#evidence-2 blockquote")

    assert quote.css_first("mark").text() == (
        "It processed 3.43 trillion tokens, more than any other model."
    )
    assert quote.text() == openrouter.LEDGER.text.partition("\n\n")[0]


def test_evidence_names_publisher_page_and_dates() -> None:
    exhibit = brief_page(builders.brief()).css_first("#evidence-2 .exhibit")

    link = exhibit.css_first("a")
    assert exhibit.css_first("b").text() == "The Ledger (sample)"
    assert link.attributes["href"] == openrouter.LEDGER.url
    assert link.attributes["rel"] == "noopener nofollow"
    assert exhibit.css_first(".dates").text() == (
        "Published 26 May 2026, retrieved 26 May 2026"
    )


def test_a_derived_sentence_shows_its_calculation() -> None:
    note = brief_page(builders.brief()).css_first("#evidence-3 .calculation")

    assert note.text().endswith(
        "3.43 trillion tokens ÷ 28.9 trillion tokens × 100 = 11.9%"
    )


def test_an_inference_is_labelled_and_opens_nothing() -> None:
    tree = brief_page(builders.brief())

    node = tree.css_first(".ours").parent

    assert node is not None
    assert node.text() == "Usage is a measure of habit, not of quality. our reading"
    assert tree.css_first(f"#{node.attributes['id']} .mark") is None


def test_a_repaired_sentence_says_so_in_its_evidence() -> None:
    tree = brief_page(builders.brief())

    repaired = tree.css_first(".note .repaired")

    assert repaired.parent is not None
    assert (
        repaired.parent.css_first(".claim").text().startswith("The model costs $0.14")
    )


def test_evidence_says_what_the_checker_found_and_how_a_sentence_was_changed() -> None:
    brief = builders.small_brief()
    section = brief.sections[0]
    (claim, *_) = section.items[0].claims
    found = Verdict(Status.SUPPORTED, "", "The cited text says so.")
    changed = replace(claim, verdict=found, edits=("date resolved", "shortened"))
    shown = replace(section, items=(Item((changed,)),))

    checked = brief_page(replace(brief, sections=(shown,))).css_first(".note .checked")

    assert checked.text() == (
        "Checked: The cited text says so. Changed from the source: date resolved, "
        "shortened."
    )


def test_evidence_of_a_changed_text_is_not_shown_as_if_it_were_the_cited_one() -> None:
    brief = builders.small_brief()
    document = replace(brief.story.documents[0], text="Something else altogether.")
    changed = replace(brief, story=replace(brief.story, documents=(document,)))

    note = brief_page(changed).css_first("#evidence-1")

    assert "Something else" not in note.text()
    assert note.css_first(".missing") is not None


def test_a_citation_outside_the_source_list_is_an_error() -> None:
    with pytest.raises(RenderError, match="not among its sources"):
        pages(builders.edition(builders.brief(sources=())))


def test_the_ranking_shows_short_values_moves_and_the_exact_figure() -> None:
    tree = brief_page(builders.brief())

    rows = [
        [" ".join(cell.text().split()) for cell in row.css("td, th")]
        for row in tree.css("tbody tr")
    ]

    assert rows[0] == ["1▲up 2", "DeepSeek-V4-Flash", "3.43T", "+66.0%", "11.9%"]
    assert rows[1] == ["2▼down 1", "Claude-Sonnet-5", "2.11T", "−3.0%", "7.3%"]
    assert rows[4] == ["5new", "Kimi-K3", "–", "–", "–"]
    assert tree.css_first("tbody data").attributes["value"] == "3430000000000"
    assert "not directly comparable" in tree.css_first(".caveat").text()


def test_labels_are_visible_and_a_long_one_is_a_banner() -> None:
    tree = brief_page(builders.small_brief())

    assert [node.text() for node in tree.css(".tags li")] == ["single source"]
    assert tree.css_first(".banner").text().startswith("The timetable is of 12 May")


def test_a_model_is_named_with_its_price_and_requests() -> None:
    made = brief_page(builders.small_brief()).css_first(".made p").text()

    assert made == (
        "Written by small-model-1, out of 1 document. 2 sentences checked, 1 repaired, "
        "2 struck. 100% of the sentences carry their evidence. Cost $0.0041 (3 "
        "requests, 1 answered from the store; 12,034 tokens in, 811 out). One answer "
        "was cut and asked for again."
    )


def test_a_quiet_day_says_so_with_what_was_looked_at() -> None:
    made = pages(builders.quiet_edition())

    assert set(made) == {"index.html", "style.css"}
    assert LexborHTMLParser(made["index.html"]).css_first(".quiet").text() == (
        "A quiet day: nothing new was worth your time. 9 sources asked (2 without an "
        "answer), 1,026 documents read, 7 stories weighed, 1 brief stopped by the "
        "checker."
    )


def test_pages_have_language_landmarks_one_h1_and_no_skipped_heading() -> None:
    for path, text in pages(builders.edition()).items():
        tree = LexborHTMLParser(text)
        if path == "style.css":
            continue
        levels = [int(node.tag[1]) for node in tree.css("h1, h2, h3, h4")]

        assert tree.css_first("html").attributes == {"lang": "en", "dir": "ltr"}
        assert len(tree.css("main")) == len(tree.css("h1")) == 1
        assert tree.css_first('meta[name="description"]').attributes["content"]
        assert all(after - before < 2 for before, after in itertools.pairwise(levels))


def test_pages_ask_nobody_and_run_nothing() -> None:
    made = pages(builders.edition())
    css = made.pop("style.css")

    for text in made.values():
        tree = LexborHTMLParser(text)
        assert tree.css("script, iframe, img, object, form, style, [style]") == []
        assert [node.attributes["href"] for node in tree.css("link")] == ["style.css"]
        assert not re.search(r"\son\w+\s*=", re.sub(r">[^<]*<", "><", text))
    assert not re.search(r"url\(|@import|http", css)


def test_a_rtl_language_turns_the_page() -> None:
    edition = builders.edition()
    turned = replace(edition, digest=replace(edition.digest, language="ar"))

    assert '<html lang="ar" dir="rtl">' in pages(turned)["index.html"]


def test_a_slug_cannot_take_the_place_of_the_index() -> None:
    made = pages(builders.edition(builders.small_brief("index")))

    assert set(made) == {"index.html", "index-brief.html", "style.css"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_words_and_nothing_else(text: str) -> None:
    calm = pages(builders.edition(hostile_brief("calm words")))
    made = pages(builders.edition(hostile_brief(text)))

    for path, page in made.items():
        tree, model = LexborHTMLParser(page), LexborHTMLParser(calm[path])
        assert Counter(node.tag for node in tree.css("*")) == Counter(
            node.tag for node in model.css("*")
        )
        assert [sorted(node.attributes) for node in tree.css("*")] == [
            sorted(node.attributes) for node in model.css("*")
        ]
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", page)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example/x",
        "file:///etc/passwd",
        "http://",
        "http://user:word@evil.example/",
        "https://a.example/ onclick=x",
    ],
)
def test_an_address_that_is_no_web_page_is_not_linked(url: str) -> None:
    brief = builders.small_brief()
    bad = replace(brief, sources=(replace(brief.sources[0], url=url),))

    tree = brief_page(bad)

    assert tree.css(".sources a, .note .from a") == []


def test_an_unsafe_note_from_a_foreign_edition_is_cleaned_again() -> None:
    note = '<p onclick="x">Hello <script>alert(1)</script></p>'

    page = pages(builders.edition(note=note))["index.html"]

    assert "<p>Hello </p>" in page
    assert "alert" not in page


def test_a_users_template_comes_before_ours(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "style.css").write_text("body { color: teal }")

    made = html_renderer([tmp_path, TEMPLATES])(builders.edition())

    assert made[-1].body == b"body { color: teal }"


def test_a_broken_template_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "edition.html").write_text("one\n{% if %}\n")

    with pytest.raises(RenderError, match=r"html/edition\.html, line 2"):
        html_renderer([tmp_path, TEMPLATES])(builders.edition())


def test_a_brief_without_sections_and_sources_is_still_a_page() -> None:
    headline = Claim("Nothing but a headline", kind=ClaimKind.INFERENCE)
    section = Section("x", "X", Shape.ANSWERS, (Item((headline,)),))
    bare = builders.small_brief(sources=(), sections=(section,), headline=headline)

    assert brief_page(bare).css_first("h1").text() == "Nothing but a headline"
