"""How well a model writes: the sample's stories through an endpoint and the checker.

`./run eval --model NAME --base-url URL` prints each figure beside the writer without a
model on the same stories. The stories are those that the sample days' editions tell,
made by the whole order of work without a model.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from briefing import app, byhand
from briefing.domain.audience import Profile
from briefing.domain.brief import Brief, Draft, Held, Item, Level, SectionSpec
from briefing.domain.claim import Claim, Status
from briefing.domain.story import Story
from briefing.llm.openai import OpenAiLlm
from briefing.logic.rules.numbers import as_sentence
from briefing.logic.verification import index, verify
from briefing.pipeline.check import check
from briefing.pipeline.model_writer import ModelWriter, phrased_by_model
from briefing.pipeline.write import phrase, write
from briefing.ports import Llm, ModelAnswer, ModelRequest
from briefing.writers import model_writer


@dataclass(frozen=True)
class Endpoint:
    """Where to ask, and what it costs; None where no price is known."""

    model: str
    base_url: str
    api_key: str
    context_tokens: int = 16_000
    max_tokens: int = 2_000
    timeout_s: float = 120.0
    usd_per_million_in: Decimal | None = None
    usd_per_million_out: Decimal | None = None


@dataclass(frozen=True)
class Told:
    """A story, and the day that it is told on."""

    story: Story
    edition_date: date


@dataclass(frozen=True)
class Written:
    """A story written up and checked.

    Attributes:
        draft: as it was written.
        outcome: what the checker made of it.
        claims: this writer's own words, used or not, by section: the headline and the
            sections that a model phrases.
        fallbacks: sections that a model should have phrased and did not.
    """

    draft: Draft
    outcome: Brief | Held
    claims: tuple[tuple[str, Claim], ...]
    fallbacks: int = 0


@dataclass(frozen=True)
class Figures:
    """One writer on all stories; counts, but for money and seconds.

    Attributes:
        claims: written in the sections that a model phrases, headlines included.
        supported: of these, borne out by what they cite as they were first written.
        printed: of these, in a brief as they were written.
        repaired: of these, replaced by their evidence or dated.
        struck: of these, in no brief; those of a held brief are among them.
        rules: how often each rule of level E was broken, by id.
    """

    writer: str
    stories: int
    held: int
    claims: int
    supported: int
    printed: int
    repaired: int
    struck: int
    fallbacks: int
    words: int
    rules: tuple[tuple[str, int], ...]
    requests: int
    tokens_in: int
    tokens_out: int
    cost_usd: Decimal | None
    seconds: float


class Remembering:
    """Implements ports.Llm around another one; an answer is asked for once."""

    def __init__(self, llm: Llm) -> None:
        self._llm = llm
        self._answers: dict[ModelRequest, ModelAnswer] = {}

    @property
    def name(self) -> str:
        return self._llm.name

    def complete(self, request: ModelRequest) -> ModelAnswer:
        if request not in self._answers:
            self._answers[request] = self._llm.complete(request)
        return self._answers[request]


def run(
    endpoint: Endpoint, *, most: int | None = None, say: Callable[[str], None] = print
) -> None:
    """Prints a line a story, then the table; `most` stories of the sample at most."""
    with tempfile.TemporaryDirectory() as place:
        output = Path(place) / "output"
        byhand.run_demo(output, model_url=None, model="", progress=lambda *_: None)
        told = stories(output)
    for line in table(*compare(endpoint, told[:most], say=say)):
        say(line)


def stories(output: Path) -> tuple[Told, ...]:
    """What the editions of a folder tell, day by day, with all texts."""
    found = []
    for day in sorted(path for path in output.iterdir() if path.is_dir()):
        edition, texts = byhand.edition_in(day)
        for brief in edition.briefs:
            documents = tuple(texts[one.id] for one in brief.story.documents)
            story = replace(brief.story, documents=documents)
            found.append(Told(story, brief.edition_date))
    return tuple(found)


def compare(
    endpoint: Endpoint, told: Sequence[Told], *, say: Callable[[str], None]
) -> tuple[Figures, Figures]:
    """The model's figures, and those of the writer without one."""
    specs, filler = app.specs(), app.filler()
    llm = OpenAiLlm(
        base_url=endpoint.base_url,
        name=endpoint.model,
        api_key=endpoint.api_key,
        timeout_s=endpoint.timeout_s,
        usd_per_million_in=endpoint.usd_per_million_in,
        usd_per_million_out=endpoint.usd_per_million_out,
    )
    model = model_writer(llm, endpoint.context_tokens, endpoint.max_tokens)
    by_model, by_none = [], []
    try:
        for number, one in enumerate(told, start=1):
            made, plain = _both(one, specs, filler, model)
            by_model.append(made)
            by_none.append(plain)
            say(f"{number}/{len(told)} {_in_short(made)}")
    finally:
        llm.close()
    return figures(endpoint.model, by_model), figures("extract", by_none)


def _both(
    told: Told, specs: Sequence[SectionSpec], filler: Sequence[str], model: ModelWriter
) -> tuple[Written, Written]:
    story, day = told.story, told.edition_date
    plain = write(story, day, specs, Profile())
    # Asked twice and answered once: first its own words, then the draft made of them.
    model = replace(model, llm=Remembering(model.llm))
    said, _ = phrase(story, day, specs, model)
    draft = write(story, day, specs, Profile(), model=model)
    names = {spec.name for spec in phrased_by_model(specs)}
    same = [one for one in draft.sections if one in plain.sections]
    return (
        Written(
            draft,
            check(draft, specs=specs, filler=filler),
            _claims(said.headline, said.sections),
            sum(one.name in names for one in same),
        ),
        Written(
            plain,
            check(plain, specs=specs, filler=filler),
            _claims(
                plain.headline,
                [(one.name, one.items) for one in plain.sections if one.name in names],
            ),
        ),
    )


def _claims(
    headline: Claim | None, sections: Sequence[tuple[str, tuple[Item, ...]]]
) -> tuple[tuple[str, Claim], ...]:
    title = [("headline", headline)] if headline else []
    body = (
        (name, claim)
        for name, items in sections
        for item in items
        for claim in item.claims
    )
    return (*title, *body)


def figures(writer: str, written: Sequence[Written]) -> Figures:
    """The sums over all stories."""
    fates = Counter(_fate(one, *pair) for one in written for pair in one.claims)
    broken = Counter(
        violation.rule
        for one in written
        for violation in one.outcome.violations
        if violation.level is Level.E
    )
    made = [one.draft.provenance for one in written]
    costs = [one.cost_usd for one in made if one.cost_usd is not None]
    briefs = [one.outcome for one in written if isinstance(one.outcome, Brief)]
    return Figures(
        writer=writer,
        stories=len(written),
        held=len(written) - len(briefs),
        claims=fates.total(),
        supported=sum(_supported(one) for one in written),
        printed=fates["printed"],
        repaired=fates["repaired"],
        struck=fates["struck"],
        fallbacks=sum(one.fallbacks for one in written),
        words=sum(one.scores.words for one in briefs),
        rules=tuple(sorted(broken.items())),
        requests=sum(one.requests for one in made),
        tokens_in=sum(one.tokens_in for one in made),
        tokens_out=sum(one.tokens_out for one in made),
        cost_usd=sum(costs, Decimal(0)) if costs else None,
        seconds=round(sum(one.seconds for one in made), 1),
    )


def _supported(written: Written) -> int:
    documents = written.draft.story.documents
    evidence = index({document.id: document for document in documents})
    verdicts = (
        verify(replace(one, text=as_sentence(one.text, documents)), evidence)
        for _, one in written.claims
    )
    return sum(one.status is Status.SUPPORTED for one in verdicts)


def _fate(written: Written, section: str, claim: Claim) -> str:
    """What became of a claim: "printed", "repaired" or "struck"."""
    outcome = written.outcome
    if isinstance(outcome, Held):
        return "struck"
    left = [outcome.headline] if section == "headline" else [
        one
        for other in outcome.sections
        if other.name == section
        for item in other.items
        for one in item.claims
    ]  # fmt: skip
    if any(one.text == claim.text for one in left):
        return "printed"
    return "repaired" if any(one.written == claim.text for one in left) else "struck"


def _in_short(written: Written) -> str:
    made = written.draft.provenance
    fates = Counter(_fate(written, *pair) for pair in written.claims)
    parts = (f"{fates[fate]} {fate}" for fate in ("printed", "repaired", "struck"))
    notes = "".join(f"; {note}" for note in made.notes)
    return (
        f"{written.draft.headline.text}: {len(written.claims)} claims, "
        f"{', '.join(parts)}; {made.requests} requests, {made.seconds:.0f} s{notes}"
    )


def table(model: Figures, plain: Figures) -> tuple[str, ...]:
    """Both writers side by side, a figure a line."""
    lines = [("", model.writer, plain.writer)]
    lines.extend(
        (label, show(model), show(plain))
        for label, show in (
            ("stories", lambda one: str(one.stories)),
            ("briefs held", lambda one: str(one.held)),
            ("claims written", lambda one: str(one.claims)),
            ("  supported at first writing", lambda one: _share(one, one.supported)),
            ("  printed as written", lambda one: _share(one, one.printed)),
            ("  repaired", lambda one: _share(one, one.repaired)),
            ("  struck", lambda one: _share(one, one.struck)),
            ("sections written without it", lambda one: str(one.fallbacks)),
            ("words of prose", lambda one: str(one.words)),
            ("rules broken", _rules),
            ("requests", lambda one: str(one.requests)),
            ("tokens in", lambda one: f"{one.tokens_in:,}"),
            ("tokens out", lambda one: f"{one.tokens_out:,}"),
            ("US dollars", _dollars),
            ("seconds", lambda one: f"{one.seconds:,.1f}"),
        )
    )
    widths = [max(len(line[place]) for line in lines) for place in range(3)]
    return tuple(
        f"{label:<{widths[0]}}  {left:>{widths[1]}}  {right:>{widths[2]}}".rstrip()
        for label, left, right in lines
    )


def _share(of: Figures, count: int) -> str:
    return f"{count} ({100 * count / of.claims:.1f}%)" if of.claims else "-"


def _rules(of: Figures) -> str:
    return ", ".join(f"{rule} {count}" for rule, count in of.rules) or "none"


def _dollars(of: Figures) -> str:
    return f"{of.cost_usd:.6f}" if of.cost_usd is not None else "-"
