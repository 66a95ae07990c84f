"""The writer without a model: evidence sentences chosen and ordered."""

from briefing.logic.extractive.entry import write
from briefing.logic.extractive.extract import extract

__all__ = ["extract", "write"]
