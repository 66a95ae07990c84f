from dataclasses import replace

from briefing.domain.brief import Level, SourceRef
from briefing.domain.claim import Claim, ClaimKind
from briefing.domain.document import DocumentKind
from briefing.logic.rules.citations import (
    cited_documents,
    is_bare,
    is_single_source,
    shallow_links,
    strange_links,
    uncited,
    unmatched_marks,
    unresolved,
    unused_primary,
)
from tests.builders import document
from tests.logic.rules.pages import bullets, cited, claim, found, page

ONE = document("The plant opened.", url="http://a.example/1", family="a")
TWO = document("The plant is open.", url="http://b.example/2", family="b")


def ref(of, **changes: object) -> SourceRef:
    base = SourceRef(
        1, of.id, of.publisher, of.title, of.url, None, None, DocumentKind.REPORT
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_a_sentence_without_a_citation_is_struck():
    bare = claim("The plant is large.")
    ours = Claim("That is a lot.", ClaimKind.INFERENCE)
    text = page(bullets(cited("It opened.", ONE), bare, ours), documents=(ONE,))
    text = replace(text, headline=cited("Plant opens", ONE))

    assert found(uncited(text)) == [("C1", bare.text)]


def test_a_citation_to_another_text_is_found():
    good = cited("It opened.", ONE)
    stranger = cited("It is open.", TWO)
    changed = replace(good, citations=(replace(good.citations[0], text_hash="0"),))
    outside = replace(good, citations=(replace(good.citations[0], end=999),))
    text = page(bullets(good, stranger, changed, outside), documents=(ONE,))

    assert [one.item for one in unresolved(text)] == [1, 2, 3]
    assert {one.rule for one in unresolved(text)} == {"C2"}


def test_a_source_line_links_to_the_page_of_its_text():
    assert shallow_links((ref(ONE),), (ONE,)) == ()
    [violation] = shallow_links((ref(ONE, url="http://a.example/"),), (ONE,))
    assert (violation.rule, violation.level) == ("C2", Level.E)


def test_a_site_is_no_page():
    assert is_bare("https://a.example")
    assert is_bare("https://a.example/")
    assert not is_bare("https://a.example/x")
    assert not is_bare("https://a.example/?id=3")


def test_marks_and_source_list_must_match():
    assert unmatched_marks((1, 2, 1), (1, 2)) == ()
    assert found(unmatched_marks((1, 3), (1, 2))) == [("C4", "[3]"), ("C4", "[2]")]


def test_a_lead_on_one_house_is_labelled():
    alone = page(bullets(cited("It opened.", ONE)), documents=(ONE, TWO))
    both = page(bullets(cited("It opened.", ONE), cited("It is open.", TWO)))

    assert is_single_source(alone)
    assert not is_single_source(replace(both, documents=(ONE, TWO)))


def test_a_copy_adds_no_second_house():
    text = page(
        bullets(cited("It opened.", ONE), cited("It is open.", TWO)),
        documents=(ONE, TWO),
        copies=((TWO.id, ONE.id),),
    )

    assert is_single_source(text)


def test_a_primary_source_that_is_not_cited_is_reported():
    primary = replace(TWO, kind=DocumentKind.PRIMARY)
    without = page(bullets(cited("It opened.", ONE)), documents=(ONE, primary))
    with_it = page(bullets(cited("It opened.", primary)), documents=(ONE, primary))

    assert [one.rule for one in unused_primary(without)] == ["C6"]
    assert unused_primary(with_it) == ()


def test_sources_come_in_the_order_of_their_first_mark():
    sections = (bullets(cited("B.", TWO), cited("A.", ONE), cited("B again.", TWO)),)

    assert cited_documents(sections) == (TWO.id, ONE.id)


def test_a_link_to_a_host_that_no_text_came_from_is_found():
    assert strange_links((ref(ONE),), (ONE,)) == ()
    bad = ref(ONE, url="http://bad.example/1")
    assert found(strange_links((bad,), (ONE,))) == [("S2", "http://bad.example/1")]
    script = ref(ONE, url="javascript:alert(1)")
    assert [one.rule for one in strange_links((script,), (ONE,))] == ["S2"]
