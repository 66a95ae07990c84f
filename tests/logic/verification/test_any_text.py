"""The check never raises, and a sentence always proves itself."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.domain.claim import Claim, ClaimKind, Status
from briefing.logic.text import sentences
from briefing.logic.verification import index, verify
from tests.builders import citation, claim, document
from tests.logic.verification.samples import SAMPLES

_SENTENCES = [
    (source, source.text[span.start : span.end])
    for source in SAMPLES
    for span in sentences(source.text)
]
_MORE = (
    "Not a single crane moved, nor did any ship leave.",
    "Prices fell 3.5% to $12.40 — the lowest since 2019 — and then rose 4%.",
    "“Nobody here expected that,” the co-operative said on Tuesday.",
    "GPT-4o and Qwen3-32B cost $2.50 and $0.14 per million tokens.",
    "东京股市周三下跌百分之二。",
    "Der Umsatz stieg um 3,5 Prozent auf 1,2 Milliarden Euro.",
    "7",
)


@given(st.sampled_from(_SENTENCES))
def test_a_sentence_of_a_document_is_supported_by_itself(held: tuple) -> None:  # type: ignore[type-arg]
    source, sentence = held

    verdict = verify(claim(sentence, citation(source, sentence)), {source.id: source})

    assert verdict.status is Status.SUPPORTED


@given(st.lists(st.sampled_from(_MORE), min_size=1, max_size=6))
def test_a_sentence_is_found_among_others(chosen: list[str]) -> None:
    source = document("\n\n".join(chosen))

    verdict = verify(claim(chosen[0], citation(source, chosen[0])), {source.id: source})

    assert verdict.status is Status.SUPPORTED


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=400), st.booleans())
def test_any_text_gets_a_verdict(said: str, source: str, is_cited: bool) -> None:
    held = document(source)
    cited = (citation(held),) if is_cited else ()

    verdict = verify(claim(said, *cited), {held.id: held})

    assert verdict.status in set(Status)
    for place in verdict.evidence:
        assert 0 <= place.start <= place.end <= len(source)


def test_a_brief_is_checked_within_a_second() -> None:
    body = " ".join(text for _, text in _SENTENCES)
    sources = [document(f"{body}\n\nCopy {n}.\n\n{body}") for n in range(10)]
    held = {source.id: source for source in sources}
    texts = [text for _, text in _SENTENCES] * 4

    began = time.process_time()
    built = index(held)
    for text in texts[:30]:
        verify(Claim(text=text, kind=ClaimKind.REPORTED), built)

    # Ten times the aim: this stands for "not quadratic" on a loaded machine.
    assert time.process_time() - began < 10


def test_a_text_of_a_hundred_thousand_characters_is_read() -> None:
    source = document("word " * 20_000 + "The port of Ghent reopened.")
    bare = Claim(text="The port of Ghent reopened.", kind=ClaimKind.REPORTED)

    verdict = verify(bare, {source.id: source})

    assert verdict.status in set(Status)


def test_a_claim_as_long_as_a_book_is_refused_at_once() -> None:
    source = document("The port of Ghent reopened.")
    text = "Ghent and Antwerp " * 5_000

    verdict = verify(claim(text, citation(source)), {source.id: source})

    assert verdict.status is Status.NOT_ENOUGH_INFO
