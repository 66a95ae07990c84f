"""Briefing: feeds, articles and ranking pages in; short, cited, checked briefs out."""

__version__ = "0.1.0"
