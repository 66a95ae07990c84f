"""The writer without a model: evidence sentences chosen, made to stand alone, ordered."""

from briefing.logic.extractive.entry import write
from briefing.logic.extractive.extract import extract

__all__ = ["extract", "write"]
