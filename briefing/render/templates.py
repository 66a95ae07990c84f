"""The templates of every format: where they are found and how they print."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    select_autoescape,
)

from briefing.errors import RenderError
from briefing.render import escaping, numbers
from briefing.render.glossary import Glossary, glossary_of
from briefing.render.wrapping import fill


class Templates:
    """The words and shapes around a brief, from the first folder that has the file."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._environment = _environment(self._folders)

    @property
    def changed_at(self) -> datetime:
        """When the newest of the templates was last changed, aware UTC."""
        files = (path for folder in self._folders for path in folder.rglob("*.*"))
        newest = max((int(path.stat().st_mtime) for path in files), default=0)
        return datetime.fromtimestamp(newest, UTC)

    def data(self, name: str) -> bytes:
        """The bytes of file `name`, a picture. Raises RenderError if there is none."""
        for folder in self._folders:
            path = folder / name
            if path.is_file():
                return path.read_bytes()
        raise RenderError(
            f"template {name} is missing",
            hint="Install Briefing again, or put the file into your templates folder.",
        )

    def glossary(self) -> Glossary:
        """What terms mean, as it stands in its file now. Raises RenderError."""
        return glossary_of(self._folders)

    def sentences(self, name: str) -> _Sentences:
        """The macros of the text template `name`, for templates of every format."""
        return _Sentences(self._environment, name)

    def render(self, name: str, **values: object) -> str:
        """The text of template `name`. Raises RenderError naming file and line."""
        try:
            return self._environment.get_template(name).render(**values)
        except TemplateSyntaxError as error:
            raise RenderError(
                f"template {error.name or name}, line {error.lineno}: {error.message}",
                hint="Correct the template, or remove your copy to get ours back.",
            ) from error
        except TemplateError as error:
            raise RenderError(
                f"template {name}: {error}",
                hint="Compare your template with the one of this version.",
            ) from error


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> Environment:
    """One a set of folders and process: compiling all templates takes a second, and a
    file that changed since is compiled again by itself.
    """
    made = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=select_autoescape(["html"], default=False, default_for_string=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=escaping.clean,
    )
    made.globals["words"] = _Sentences(made, "words.txt")
    made.filters.update(
        md=escaping.md,
        md_part=escaping.md_part,
        md_cell=escaping.md_cell,
        md_url=escaping.md_url,
        web_url=escaping.web_url,
        one_line=escaping.one_line,
        cut=escaping.cut,
        fill=fill,
        number=numbers.whole,
        share=numbers.whole_percent,
    )
    return made


class _Sentences:
    """The macros of a text template, as text that is escaped like any other.

    Imported into a page, a macro of a text template would pass for safe HTML.
    """

    def __init__(self, environment: Environment, name: str) -> None:
        self._environment = environment
        self._name = name

    def __getattr__(self, name: str) -> Callable[..., str]:
        macro = getattr(self._environment.get_template(self._name).module, name)
        return lambda *values: str(macro(*values))


def tidy(text: str) -> str:
    """Plain text without trailing spaces or more than one blank line in a row."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"
