from briefing.domain.brief import Level
from briefing.domain.document import Document
from briefing.logic.rules.verbatim import loans, reprinted
from tests.builders import document
from tests.logic.rules.pages import bullets, cited, page


def sentence(seed: str) -> str:
    """Twenty words that no other seed has."""
    return " ".join(f"{seed}{n}" for n in range(20)).capitalize() + "."


def source(name: str, *seeds: str) -> Document:
    text = " ".join(sentence(seed) for seed in seeds)
    return document(text, publisher=name, family=name, url=f"http://{name}.example/1")


def test_more_than_120_words_of_one_source_are_struck():
    long = source("a", *"bcdefgh")
    quoted = [cited(sentence(seed), long) for seed in "bcdefgh"]
    text = page(
        bullets(*quoted[:3]),
        bullets(*quoted[3:], name="what_happens_next"),
        documents=(long,),
    )

    errors = [one for one in reprinted(text) if one.level is Level.E]

    assert [(one.rule, one.section) for one in errors] == [("C7", "what_happens_next")]


def test_120_words_of_one_source_are_only_reported():
    long = source("a", *"bcdefg")
    text = page(
        bullets(*(cited(sentence(seed), long) for seed in "bcdefg")), documents=(long,)
    )

    assert [(one.rule, one.level) for one in reprinted(text)] == [("C7", Level.W)]


def test_a_share_too_large_is_struck_when_four_houses_are_cited():
    big = source("a", *"bcdh")
    rest = [source(name, name * 2) for name in ("e", "f", "g")]
    text = page(
        bullets(*(cited(sentence(seed), big) for seed in "bcdh")),
        bullets(*(cited(sentence(d.publisher * 2), d) for d in rest), name="next"),
        documents=(big, *rest),
    )

    errors = [one for one in reprinted(text) if one.level is Level.E]

    assert [(one.rule, one.section) for one in errors] == [("C7", "what_happened")]


def test_sixty_words_are_nobodys_share():
    big = source("a", *"bcd")
    rest = [source(name, name * 2) for name in ("e", "f", "g")]
    text = page(
        bullets(*(cited(sentence(seed), big) for seed in "bcd")),
        bullets(cited("E agrees.", rest[0]), cited("F agrees.", rest[1]), name="next"),
        bullets(cited("G agrees.", rest[2]), name="last"),
        documents=(big, *rest),
    )

    assert reprinted(text) == ()


def test_fair_shares_of_four_houses_stand():
    all_of = [source(name, name * 2) for name in "abcd"]
    text = page(
        bullets(*(cited(sentence(d.publisher * 2), d) for d in all_of)),
        documents=tuple(all_of),
    )

    assert reprinted(text) == ()


def test_a_model_is_held_to_a_quarter():
    one = source("a", *"bcde")
    text = page(
        bullets(*(cited("We say it in words of our own.", one) for _ in range(2))),
        bullets(*(cited(sentence(seed), one) for seed in "bcde"), name="next"),
        documents=(one,),
        is_extract=False,
    )

    assert [(v.level, v.section) for v in reprinted(text)] == [(Level.E, "next")]


def test_a_copy_and_its_original_lend_once():
    one, copy = source("a", "b"), source("c", "b")
    text = page(
        bullets(cited(sentence("b"), one)),
        documents=(one, copy),
        copies=((copy.id, one.id),),
    )

    assert [(loan.publisher, loan.total) for loan in loans(text)] == [("a", 20)]


def test_short_shared_phrases_are_no_loan():
    text = page(
        bullets("The plant opened on Monday, say officials."),
        documents=(document("The plant opened on Monday after years of waiting."),),
    )

    assert loans(text) == ()
