"""What a trial brief says of a model: good, usable with fallback, or not usable."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.domain.checkup import Finding, bad, ok, warn

# Chosen: of ten sentences one may be replaced by its source's own without a reader
# missing the model's; of a model that is wrong half the time hardly anything is left.
_GOOD = 0.9
_USABLE = 0.5
_FALLBACK = "what it cannot do is written from the sources' own sentences"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one brief about a story of our own.

    Attributes:
        sentences: that the model wrote in the wanted shape.
        supported: of them, by the evidence check.
        notes: what was written without it, and why.
        tokens_out: of its answers.
        seconds: waited for them.
    """

    sentences: int
    supported: int
    notes: tuple[str, ...]
    tokens_out: int
    seconds: float

    @property
    def share(self) -> float:
        """Of its sentences that the evidence bears out, 0..1."""
        return self.supported / self.sentences if self.sentences else 0.0


def verdict(name: str, trial: Trial) -> Finding:
    """One line: the verdict, what it rests on, and what to do."""
    speed = trial.tokens_out / trial.seconds if trial.seconds else 0.0
    pace = f"{speed:.0f} tokens a second"
    noted = f" ({'; '.join(trial.notes)})" if trial.notes else ""
    if not trial.sentences:
        return bad(
            "model",
            f"{name} is not usable: no answer was in shape, {pace}{noted}",
            "Take a larger model, or leave [model] out: briefs need none.",
        )
    found = (
        f"{trial.supported} of its {trial.sentences} sentences are supported, "
        f"{pace}{noted}"
    )
    if trial.share < _USABLE:
        return bad(
            "model",
            f"{name} is not usable: {found}",
            "Take a larger model, or leave [model] out: briefs need none.",
        )
    if trial.notes or trial.share < _GOOD:
        return warn(
            "model",
            f"{name} is usable with fallback: {found}",
            f"Keep it ({_FALLBACK}), or take a larger model.",
        )
    return ok("model", f"{name} is good: answers in shape, {found}")
