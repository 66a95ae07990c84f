"""The OpenRouter story of the renderers' tests: its documents, table and sections."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from briefing.domain.brief import Figure, Item, RankedLine, RankingTable, Section, Shape
from briefing.domain.claim import (
    Claim,
    ClaimKind,
    Derivation,
    Formula,
    Quantity,
    QuantityKind,
)
from briefing.domain.document import Document, DocumentKind, Span
from tests import builders

LEDGER = builders.document(
    "DeepSeek-V4-Flash led OpenRouter's usage table for the week of 18-24 May 2026, "
    "the platform said. It processed 3.43 trillion tokens, more than any other model. "
    "The platform as a whole handled 28.9 trillion tokens, 7.4% more than the week "
    "before.\n\nIt was the fifth weekly rise in a row. Chinese models that appear in "
    "the ranking took 9.223 trillion tokens, a month-over-month rise of 19.89%. "
    "Models from the United States took 4.93 trillion.\n\nThe platform publishes its "
    "next table on 1 June 2026.",
    title="DeepSeek-V4-Flash leads OpenRouter's weekly table",
    url="http://ledger.example/technology/2026/05/deepseek-v4-flash-leads-openrouter",
)
HERALD = builders.document(
    "Tokens sent to ranked Chinese models rose 19.89% week-over-week to 9.223 "
    "trillion, a trade body said on 25 May 2026. Tokens of different providers are "
    "not directly comparable, because each cuts text in its own way. “Price is what"
    " moved the developers,” the trade body said. The model costs $0.14 per million"
    " tokens in and $0.28 per million tokens out.",
    title="Cheap tokens, crowded table: what the usage figures do not say",
    url="http://herald.example/business/tokens?id=20260525&page=1",
    publisher="The Harbour Herald (sample)",
    family="herald",
    published_at=datetime(2026, 5, 25, 16, 30, tzinfo=UTC),
)
BOARD = builders.document(
    "DeepSeek-V4-Flash ranked 1 with 3.43 trillion tokens, 18-24 May 2026. "
    "Claude-Sonnet-5 ranked 2 with 2.11 trillion tokens, 18-24 May 2026. "
    "All models together processed 28.9 trillion tokens, 18-24 May 2026.",
    title="OpenRouter weekly usage",
    url="http://usage.example/rankings?view=week",
    publisher="Usage Board (sample)",
    family="board",
    kind=DocumentKind.RANKING,
    published_at=datetime(2026, 5, 25, 2, 0, tzinfo=UTC),
)
LETTER = builders.document(
    "The model has 284 billion parameters, of which 13 billion are active for a token. "
    "Its context holds 1,048,576 tokens.",
    title="DeepSeek-V4-Flash: model card",
    url=None,
    publisher="DeepSeek (sample)",
    family="deepseek",
    kind=DocumentKind.PRIMARY,
    fetched_at=None,
    published_at=None,
)


def said(text: str, *places: tuple[Document, str], **changes: object) -> Claim:
    """A claim that rests on `words` of each document."""
    citations = tuple(builders.citation(one, words) for one, words in places)
    claim = Claim(text=text, kind=ClaimKind.REPORTED, citations=citations)
    return replace(claim, **changes)  # type: ignore[arg-type]


def tokens(source: Document, text: str, value: str) -> Quantity:
    """A count of tokens as it stands in `source`."""
    start = source.text.index(text)
    return Quantity(
        value=Decimal(value),
        kind=QuantityKind.COUNT,
        unit="token",
        precision=Decimal("1E+10"),
        text=text,
        span=Span(start, start + len(text)),
    )


def share_claim() -> Claim:
    """11.9% of the platform, computed from two sources."""
    part = tokens(LEDGER, "3.43 trillion tokens", "3430000000000")
    whole = tokens(BOARD, "28.9 trillion tokens", "28900000000000")
    cited = (
        builders.citation(LEDGER, part.text),
        builders.citation(BOARD, whole.text),
    )
    derivation = Derivation(
        formula=Formula.SHARE,
        inputs=(part, whole),
        citations=cited,
        result=part.value / whole.value * 100,
    )
    return Claim(
        text="That is 11.9% of all tokens on the platform.",
        kind=ClaimKind.DERIVED,
        citations=cited,
        derivation=derivation,
    )


def ranking() -> RankingTable:
    """Five rows: first place taken, up, down, unchanged and new, one without value."""
    rows = (
        (1, "DeepSeek-V4-Flash", "3430000000000", 3, "66.02", "11.868"),
        (2, "Claude-Sonnet-5", "2110000000000", 1, "-2.96", "7.301"),
        (3, "Gemini-3.5-Flash", "1874000000000", 2, "0.04", "6.484"),
        (4, "Qwen3.5-397B-A17B", "1202000000000", 4, "19.6", "4.159"),
        (5, "Kimi-K3", None, None, None, None),
    )
    lines = tuple(
        RankedLine(
            rank=rank,
            label=label,
            value=Decimal(value) if value else None,
            rank_before=before,
            change_percent=Decimal(change) if change else None,
            share_percent=Decimal(share) if share else None,
        )
        for rank, label, value, before, change, share in rows
    )
    return RankingTable(
        snapshot_id="r1",
        document_id=BOARD.id,
        title="OpenRouter weekly usage",
        metric="tokens processed",
        unit="token",
        lines=lines,
        as_of="As of 25 May 2026, for 18–24 May 2026, compared with 11–17 May 2026.",
        attribution="Source: Usage Board (sample), free to quote with attribution.",
        caveats=("Tokens of different providers are not directly comparable.",),
    )


def _figure(value: str, label: str, claim: Claim, **cells: str) -> Item:
    figure = Figure(value=value, label=label, **cells)
    return Item(claims=(replace(claim, text=f"{label}: {value}"),), figure=figure)


def sections() -> tuple[Section, ...]:
    led = said(
        "DeepSeek-V4-Flash processed 3.43 trillion tokens on OpenRouter in the week of "
        "18–24 May 2026, more than any other model.",
        (LEDGER, "It processed 3.43 trillion tokens, more than any other model."),
        (
            BOARD,
            "DeepSeek-V4-Flash ranked 1 with 3.43 trillion tokens, 18-24 May 2026.",
        ),
    )
    rise = said(
        "The platform as a whole handled 28.9 trillion tokens, 7.4% more than the week "
        "before, its fifth weekly rise in a row.",
        (LEDGER, "The platform as a whole handled 28.9 trillion tokens, 7.4% more"),
        (LEDGER, "It was the fifth weekly rise in a row."),
    )
    price = said(
        "The model costs $0.14 per million tokens in and $0.28 per million tokens out.",
        (HERALD, "The model costs $0.14 per million tokens in and $0.28"),
        written="The model is nearly free.",
    )
    card = said(
        "The model has 284 billion parameters, of which 13 billion are active for a "
        "token.",
        (
            LETTER,
            "The model has 284 billion parameters, of which 13 billion are active",
        ),
    )
    quoted = said(
        "“Price is what moved the developers,” a trade body said on 25 May 2026.",
        (HERALD, "“Price is what moved the developers,” the trade body said."),
        kind=ClaimKind.QUOTED,
    )
    caveat = said(
        "Tokens of different providers are not directly comparable, because each cuts "
        "text in its own way.",
        (HERALD, "Tokens of different providers are not directly comparable"),
    )
    ours = Claim(
        "Usage is a measure of habit, not of quality.", kind=ClaimKind.INFERENCE
    )
    dispute = said(
        "The Ledger (sample) calls the rise of 19.89% month-over-month, The Harbour "
        "Herald (sample) week-over-week.",
        (LEDGER, "a month-over-month rise of 19.89%"),
        (HERALD, "rose 19.89% week-over-week"),
    )
    following = said(
        "The platform publishes its next table on 1 June 2026.",
        (LEDGER, "The platform publishes its next table on 1 June 2026."),
    )
    one_line = said(
        "A model that costs cents took first place on OpenRouter with 3.43 trillion "
        "tokens in a week.",
        (LEDGER, "3.43 trillion tokens"),
    )
    return (
        Section("in_one_line", "In one line", Shape.PROSE, (Item((one_line,)),)),
        Section(
            "what_happened",
            "What happened",
            Shape.BULLETS,
            (Item((led, share_claim())), Item((rise,)), Item((card,))),
        ),
        Section("ranking", "The ranking", Shape.RANKING, table=ranking()),
        Section(
            "why_it_matters",
            "Why it matters",
            Shape.ANSWERS,
            (
                Item((price, quoted), "Why did developers move to DeepSeek-V4-Flash?"),
                Item((caveat, ours), "Can the token figures be trusted?"),
            ),
        ),
        Section(
            "key_numbers",
            "Key numbers",
            Shape.FIGURES,
            (
                _figure(
                    "28.9 trillion tokens",
                    "processed by the whole platform",
                    rise,
                    window="18–24 May 2026",
                    comparison="+7.4% on the week before",
                ),
                _figure("$0.14", "per million tokens in", price),
                _figure(
                    "284 billion",
                    "parameters, 13 billion of them active for a token",
                    card,
                ),
                _figure(
                    "9.223 trillion tokens",
                    "sent to ranked Chinese models",
                    dispute,
                    window="18–24 May 2026",
                ),
            ),
        ),
        Section(
            "what_happens_next",
            "What happens next",
            Shape.BULLETS,
            (Item((following,)),),
        ),
        Section(
            "where_sources_disagree",
            "Where sources disagree",
            Shape.BULLETS,
            (Item((dispute,)),),
        ),
    )
