"""The seams: what the order of work needs from the world, as Protocols without code."""

from briefing.ports.archive import (
    ArchiveState,
    ArchiveStore,
    BriefRef,
    EditionRef,
)
from briefing.ports.audience import AudienceStore, Cap, Change, Decide, ListCounts
from briefing.ports.delivery import (
    Addressed,
    Broken,
    Carrier,
    Channel,
    DeliveryStore,
    MaySend,
    Phase,
    Refused,
    Sent,
)
from briefing.ports.keeping import (
    Engine,
    StepLedger,
    StepResult,
    Store,
    StoredBrief,
    StoredRun,
)
from briefing.ports.posting import Answered, Poster, PostHttp
from briefing.ports.world import Http, Ingester, Isolate, PageReader, Response
from briefing.ports.writing import (
    AnswerClaim,
    Llm,
    ModelAnswer,
    ModelRequest,
    Renderer,
    Writer,
)

__all__ = [
    "Addressed",
    "AnswerClaim",
    "Answered",
    "ArchiveState",
    "ArchiveStore",
    "AudienceStore",
    "BriefRef",
    "Broken",
    "Cap",
    "Carrier",
    "Change",
    "Channel",
    "Decide",
    "DeliveryStore",
    "EditionRef",
    "Engine",
    "Http",
    "Ingester",
    "Isolate",
    "ListCounts",
    "Llm",
    "MaySend",
    "ModelAnswer",
    "ModelRequest",
    "PageReader",
    "Phase",
    "PostHttp",
    "Poster",
    "Refused",
    "Renderer",
    "Response",
    "Sent",
    "StepLedger",
    "StepResult",
    "Store",
    "StoredBrief",
    "StoredRun",
    "Writer",
]
