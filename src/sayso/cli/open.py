"""``sayso open``: the reading room, in a browser on this machine."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from sayso.cli import options
from sayso.cli.door import Explained

EXAMPLES = ("sayso open sayso.db", "sayso open sayso.db --port 8080 --no-browser")


class Port(click.ParamType[int]):
    """The number of a port."""

    name = "N"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; fails where no port has it."""
        if not (str(value).isdecimal() and int(str(value)) < 1 << 16):
            self.fail(f"“{value}” is no port: write a number from 1 to 65535, or 0 for any that is free", param, ctx)
        return int(str(value))


@click.command("open", cls=Explained, examples=EXAMPLES, short_help="Open the reading room in your browser.")
@click.argument("ledger", required=False, default=options.DEFAULT, metavar="[LEDGER]")
@click.option("--port", type=Port(), help="The port to answer at.  [default: 7297, or any that is free]")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@options.reviewer
def command(ledger: str, port: int | None, no_browser: bool, reviewer: str) -> None:
    """Read, search, compare and put right a pile in your browser. LEDGER is the ledger to open (default: sayso.db).

    The first line printed is the address, with a key that is new every time. Only this machine is answered, and only who
    has the key. Ctrl-C closes the room.
    """
    import webbrowser

    from sayso.cli.piled import open_pile
    from sayso.web.desk import QUESTIONS, Desks, is_large
    from sayso.web.guard import Place
    from sayso.web.keeper import Keeper
    from sayso.web.keys import Keys
    from sayso.web.room import Room
    from sayso.web.serving import bound, serve

    with options.open_ledger(ledger) as opened:
        large = is_large(opened)
    if not large:  # a large one is brought up to date while the room is open
        with open_pile(ledger, *(question.name for question in QUESTIONS)):
            pass  # what is derived is made now, with progress, and not when the first page is asked for
    keeper = Keeper(Path(ledger))
    socket = bound(port)
    place, keys = Place(socket.getsockname()[1]), Keys()
    name = " ".join(reviewer.split())
    given = click.get_current_context().get_parameter_source("reviewer") is not ParameterSource.DEFAULT
    room = Room(Path(ledger).resolve(), place, keys, Desks(Path(ledger), wake=keeper.wake), name if given else "", name)
    address = place.origins[0]

    def ready() -> None:
        click.echo(f"{address}/?token={keys.token}")
        click.echo(
            "The room is open on this machine alone; whoever has this address may read and decide. Ctrl-C closes it."
        )
        if not no_browser:
            webbrowser.open(f"{address}/?token={keys.lend()}")

    try:
        serve(room.app(), socket, ready)
    finally:
        room.desks.close()
        keeper.close()
