"""The command line: parse, call app, print. Exit codes: 0 done, 1 done in part,
2 usage or settings, 3 nothing could be done.

A command imports the program when it is called, not before: help, wrong usage and the
completion of a shell are waited for, and the whole program takes a second to load.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import lru_cache

import typer

from briefing import __version__
from briefing.cli.checking import add_to as add_checking
from briefing.cli.console import Exit, out, print_error
from briefing.cli.doctor import add_to as add_doctor
from briefing.cli.editions import add_to as add_editions
from briefing.cli.explain import add_to as add_explain
from briefing.cli.extract import add_to as add_extract
from briefing.cli.rankings import add_to as add_rankings
from briefing.cli.sending import add_to as add_sending
from briefing.cli.serving import add_to as add_serving
from briefing.cli.setup import add_to as add_setup
from briefing.cli.sources import add_to as add_sources
from briefing.cli.stages import add_to as add_stages
from briefing.cli.subscribers import add_to as add_subscribers
from briefing.errors import BriefingError, InputError, SettingsError

app = typer.Typer(
    name="briefing",
    help=(
        "Reads feeds, articles and ranking pages, groups what they say into stories, "
        "and writes each as a short brief in which every sentence opens to its "
        "evidence.\n\nStart with [bold]briefing init[/], then [bold]briefing run[/]. "
        "`briefing demo` shows it all offline."
    ),
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done · 1 done, but a part failed · 2 usage or settings · "
    "3 nothing could be done.",
)


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"briefing {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Holds the options that belong to no command."""


for add in (
    add_editions,
    add_sources,
    add_rankings,
    add_stages,
    add_checking,
    add_explain,
    add_extract,
    add_setup,
    add_doctor,
    add_serving,
    add_subscribers,
    add_sending,
):
    add(app)


@lru_cache(maxsize=1)
def _command() -> Callable[..., object]:
    """All commands, read from their functions once a process."""
    return typer.main.get_command(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script; errors of ours become two lines and an exit code.

    `arguments` are those of the process if left out.
    """
    try:
        _command()(args=arguments)
    except (SettingsError, InputError) as error:
        print_error(error)
        sys.exit(Exit.USAGE)
    except BriefingError as error:
        print_error(error)
        sys.exit(Exit.NOTHING)
