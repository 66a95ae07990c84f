"""A brief about a fixed story of our own, written by the configured model as in a run.

The story is invented and small, so that the trial costs the same everywhere; it may use
a few thousand tokens and no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import chain

from briefing.domain.brief import Draft
from briefing.domain.claim import Claim, Status
from briefing.domain.document import Document
from briefing.domain.story import Story
from briefing.llm.budget import BudgetLlm
from briefing.logic.model_trial import Trial
from briefing.logic.verification import index, verify
from briefing.ports import Llm
from briefing.settings import Settings
from briefing.writers import writer

_MOST_TOKENS = 20_000
_DAY = date(2026, 5, 26)
_SEEN = datetime(2026, 5, 26, 6, 0, tzinfo=UTC)
_LEDGER = (
    "Northgate Water opened a treatment plant in Calder Port on 25 May 2026. "
    "The plant cost €48 million, 12% more than was planned in 2023. "
    "It supplies 120,000 households in Calder Port and Northgate. "
    "The old plant in Northgate, built in 1974, will close on 30 June 2026."
)
_COURIER = (
    "The new plant of Northgate Water cleans 30 million litres of water a day. "
    "The Office for Water Quality approved the plant on 20 May 2026. "
    "Unions said that 35 workers of the old plant have no new job yet. "
    "Northgate Water will decide on a second plant in March 2027."
)
_TEXTS = (("Northgate Ledger (sample)", _LEDGER), ("Calder Courier (sample)", _COURIER))


def story() -> Story:
    """Two short reports of one event."""
    documents = tuple(
        Document(
            id=f"trial-{number}",
            text=text,
            title="Northgate Water opens treatment plant in Calder Port",
            publisher=publisher,
            family=publisher,
            published_at=_SEEN,
        )
        for number, (publisher, text) in enumerate(_TEXTS, start=1)
    )
    return Story(
        id="trial",
        title=documents[0].title,
        documents=documents,
        first_seen_at=_SEEN,
        new_document_ids=tuple(one.id for one in documents),
    )


def tried(chosen: Settings, llm: Llm) -> Trial:
    """What the model makes of the story. Raises ModelError when it cannot be asked."""
    about = story()
    bounded = BudgetLlm(llm, max_tokens=_MOST_TOKENS)
    by_model, _, _ = writer(chosen, bounded, chosen.folder)
    by_none, _, _ = writer(None, None, chosen.folder)
    draft = by_model(about, _DAY)
    its_own = _claims(draft, by_none(about, _DAY))
    paid = draft.provenance
    return Trial(
        sentences=len(its_own),
        supported=_supported(its_own, about.documents),
        notes=paid.notes,
        tokens_out=paid.tokens_out,
        seconds=paid.seconds,
    )


def _claims(draft: Draft, plain: Draft) -> list[Claim]:
    """Those of the headline and of the sections that the model wrote."""
    written = [one for one in draft.sections if one not in plain.sections]
    items = chain.from_iterable(one.items for one in written)
    claims = list(chain.from_iterable(one.claims for one in items))
    return claims if draft.headline == plain.headline else [draft.headline, *claims]


def _supported(claims: Sequence[Claim], documents: Sequence[Document]) -> int:
    held = index({one.id: one for one in documents})
    return sum(verify(one, held).status is Status.SUPPORTED for one in claims)
