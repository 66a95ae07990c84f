"""Editions as files; changes no word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefing.ports import Renderer


def renderers(template_folders: Sequence[Path]) -> tuple[Renderer, ...]:
    """Every format of an edition; the first folder that holds a template wins."""
    from briefing.render.email import email_renderer
    from briefing.render.html import html_renderer
    from briefing.render.json import json_renderer
    from briefing.render.markdown import markdown_renderer

    return (
        html_renderer(template_folders),
        markdown_renderer(template_folders),
        email_renderer(template_folders),
        json_renderer(),
    )
