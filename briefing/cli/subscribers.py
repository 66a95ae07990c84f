"""subscribers: add, list, import, export, remove; and addresses that get no mail."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import Exit, err, out, print_json, print_pretty, table
from briefing.cli.options import Config, Json, lines_of
from briefing.domain.audience import (
    ConsentKind,
    SubscriberState,
    Suppression,
    SuppressionReason,
)
from briefing.errors import InputError

Address = Annotated[str, typer.Argument(help="The e-mail address.")]
Confirmed = Annotated[
    bool,
    typer.Option(
        "--confirmed",
        help="They agreed elsewhere: begin at once, without a confirmation letter.",
    ),
]
Origin = Annotated[
    str,
    typer.Option(help="With --confirmed: where and when they agreed; kept as a hash."),
]
_WORDS = {
    "added": "on the list",
    "known": "already on the list, or left it",
    "suppressed": "suppressed: only their own new confirmation brings them back",
    "invalid": "no e-mail address",
}


def add_to(app: typer.Typer) -> None:
    """Registers the commands of this file."""
    group = typer.Typer(help="Who gets the digest by e-mail.", no_args_is_help=True)
    group.command(name="add")(add)
    group.command(name="list")(list_subscribers)
    group.command(name="import")(import_)
    group.command(name="export")(export)
    group.command(name="remove")(remove)
    group.command(name="suppress")(suppress)
    group.command(name="lift")(lift)
    group.command(name="suppressions")(suppressions)
    app.add_typer(group, name="subscribers")


def add(
    address: Address,
    confirmed: Confirmed = False,
    origin: Origin = "",
    config: Config = None,
) -> None:
    """Puts one address on the list; without --confirmed it is asked by letter first."""
    from briefing import app as wiring
    from briefing import membership

    _need_origin(confirmed, origin)
    chosen = wiring.load_settings(config)
    with membership.open_readers(chosen) as (readers, _):
        said = readers.add(
            address,
            membership.first_preferences(chosen),
            kind=ConsentKind.ADDED,
            is_confirmed=confirmed,
            origin=origin,
        )
    if said == "invalid":
        raise InputError(
            f"{address!r} is no e-mail address", hint="Write it like you@mail.example."
        )
    out.print(f"{address}: {_WORDS[said]}", markup=False)
    if said == "added" and not confirmed:
        out.print("A confirmation letter waits; `briefing send` hands it over.")
    raise typer.Exit(Exit.DONE if said == "added" else Exit.PARTLY)


def list_subscribers(
    state: Annotated[
        SubscriberState | None,
        typer.Option(help="Only those that stand so.", show_default=False),
    ] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Shows who is on the list, oldest first."""
    from briefing import app as wiring
    from briefing import membership
    from briefing.logic.codec import to_json

    chosen = wiring.load_settings(config)
    with membership.open_readers(chosen) as (_, store):
        found = store.subscribers(chosen.digest.id, state=state)
        if as_json:
            for one in found:
                print_json(to_json(one))
            return
        rows = [
            (
                one.address,
                one.state.value,
                one.preferences.frequency.value,
                f"{one.preferences.send_at:%H:%M} {one.preferences.timezone}",
                ", ".join(one.preferences.topics) or "all",
            )
            for one in found
        ]
        counts = store.count_subscribers(chosen.digest.id)
    out.print(table(("Address", "State", "How often", "Local time", "Topics"), rows))
    out.print(
        f"{counts.active} active, {counts.pending} not confirmed yet, "
        f"{counts.unsubscribed} left."
    )


def import_(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="CSV with a column address or email, or an address a line; standard "
            "input if left out.",
            show_default=False,
        ),
    ] = None,
    confirmed: Confirmed = False,
    origin: Origin = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only count what would happen.")
    ] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Adds many. Whoever left, complained or was refused stays away."""
    from briefing import app as wiring
    from briefing import membership
    from briefing.logic import subscriber_csv

    _need_origin(confirmed, origin)
    chosen = wiring.load_settings(config)
    counts: Counter[str] = Counter()
    first = membership.first_preferences(chosen)
    with membership.open_readers(chosen) as (readers, _):
        for number, address in subscriber_csv.addresses(lines_of(file)):
            said = (
                readers.would_add(address)
                if dry_run
                else readers.add(
                    address,
                    first,
                    kind=ConsentKind.IMPORTED,
                    is_confirmed=confirmed,
                    origin=origin,
                )
            )
            counts[said] += 1
            if said == "invalid":
                err.print(f"line {number}: no e-mail address", markup=False)
    if as_json:
        print_pretty({one: counts[one] for one in _WORDS})
    else:
        verb = "would be " if dry_run else ""
        for one, words in _WORDS.items():
            out.print(f"{counts[one]:>7}  {verb}{words}", markup=False)
    if not counts["added"]:
        raise typer.Exit(Exit.NOTHING)
    raise typer.Exit(Exit.PARTLY if counts["invalid"] else Exit.DONE)


def export(
    state: Annotated[
        SubscriberState | None,
        typer.Option(help="Only those that stand so.", show_default=False),
    ] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Prints the list as CSV (or JSON lines), safe to open in a spreadsheet."""
    from briefing import app as wiring
    from briefing import membership
    from briefing.logic import subscriber_csv
    from briefing.logic.codec import to_json

    chosen = wiring.load_settings(config)
    with membership.open_readers(chosen) as (_, store):
        found = store.subscribers(chosen.digest.id, state=state)
        lines = map(to_json, found) if as_json else subscriber_csv.written(found)
        for line in lines:
            sys.stdout.write(line if line.endswith("\n") else f"{line}\n")


def remove(address: Address, config: Config = None) -> None:
    """Forgets one reader; the address stays suppressed without being known."""
    from briefing import app as wiring
    from briefing import membership

    chosen = wiring.load_settings(config)
    with membership.open_readers(chosen) as (readers, _):
        if not readers.remove(address):
            raise InputError(
                f"{address!r} is not on the list",
                hint="See who is with `briefing subscribers list`.",
            )
    out.print(f"{address} is forgotten.", markup=False)


def suppress(
    address: Address,
    why: Annotated[str, typer.Option(help="For your own memory.")] = "",
    config: Config = None,
) -> None:
    """Never mail this address, whoever asks."""
    from briefing import app as wiring
    from briefing import membership

    chosen = wiring.load_settings(config)
    readable = _readable(address)
    if readable in why:
        raise InputError("--why names the address", hint="Say it without the address.")
    with membership.open_readers(chosen) as (_, store):
        store.suppress(
            Suppression(
                membership.make_tokens(chosen).suppression_key(readable),
                SuppressionReason.MANUAL,
                wiring.now(),
                why,
            )
        )
    out.print(f"No mail goes to {readable} any more.", markup=False)


def lift(address: Address, config: Config = None) -> None:
    """Lets an address get mail again; it still has to subscribe."""
    from briefing import app as wiring
    from briefing import membership

    chosen = wiring.load_settings(config)
    key = membership.make_tokens(chosen).suppression_key(_readable(address))
    with membership.open_readers(chosen) as (_, store):
        was_there = store.lift_suppression(key)
    out.print("Lifted." if was_there else "It was not suppressed.")
    raise typer.Exit(Exit.DONE if was_there else Exit.PARTLY)


def suppressions(config: Config = None, as_json: Json = False) -> None:
    """Shows why addresses get no mail; the addresses themselves are not kept."""
    from briefing import app as wiring
    from briefing import membership

    chosen = wiring.load_settings(config)
    with membership.open_readers(chosen) as (_, store):
        found = store.suppressions()
    if as_json:
        print_pretty(found)
        return
    rows = [
        (one.key[:12], one.reason.value, f"{one.since:%Y-%m-%d %H:%M}", one.detail)
        for one in found
    ]
    out.print(table(("Key", "Reason", "Since (UTC)", "Detail"), rows))


def _readable(address: str) -> str:
    from briefing.logic.addresses import readable_address

    readable = readable_address(address)
    if readable is None:
        raise InputError(
            f"{address!r} is no e-mail address", hint="Write it like you@mail.example."
        )
    return readable


def _need_origin(confirmed: bool, origin: str) -> None:
    if confirmed and not origin.strip():
        raise InputError(
            "--confirmed needs --origin",
            hint="Say where and when they agreed, such as --origin 'member form 2025'.",
        )
