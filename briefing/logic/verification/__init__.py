"""The evidence check: a claim against the text it rests on, without a model.

`verify(claim, documents)` runs the rules of the brief's contract that need evidence:
quotations (Q1), numbers (N1-N5, N7), dates (D1), names, polarity and support (C3) and
causes (H1). docs/evidence.md has the method and what it measures.
"""

from briefing.logic.verification.entry import index, support_score, verify
from briefing.logic.verification.search import EvidenceIndex

__all__ = ["EvidenceIndex", "index", "support_score", "verify"]
