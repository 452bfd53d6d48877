"""``sayso show``: one page, with whose words are whose.

``--json`` prints the reading as the contract has it, one object, whatever else is asked for. Schema:
``schemas/reading.schema.json``.
"""

from __future__ import annotations

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.errors import UsageError

EXAMPLES = (
    "sayso show bridge.txt",
    "sayso show bridge.txt --speaker Halden",
    "sayso show bridge.txt --list --all",
    "sayso show bridge.txt --left-out",
)


@click.command("show", cls=Explained, examples=EXAMPLES, short_help="Show one page, with whose words are whose.")
@click.argument("document", metavar="DOC")
@click.option("--speaker", default="", metavar="NAME", help="Mark only speakers with this in their name.")
@click.option("--list", "as_list", is_flag=True, help="List the statements, numbered, in place of the text.")
@click.option("--left-out", is_flag=True, help="List what was seen and not read, with the reason.")
@options.all_acts
@options.ledger
@options.as_json
def command(
    document: str, speaker: str, as_list: bool, left_out: bool, all_acts: bool, ledger: str, as_json: bool
) -> None:
    """Show one page with whose words are whose; DOC is its name, or the beginning of its id.

    In colour on a terminal; NO_COLOR=1 puts marks in place of colours, FORCE_COLOR=1 keeps them in a pipe.
    """
    from sayso.cli import render, render_list, render_reading
    from sayso.cli.cast import cast_of
    from sayso.contract import reading_json

    if as_list and left_out:
        raise UsageError("--list and --left-out cannot both be; choose one")
    with options.open_ledger(ledger) as opened:
        reading = opened.reading(document)
    if as_json:
        render.write_json([reading_json(reading)])
    elif left_out:
        render_list.put_left_out(reading)
    elif as_list:
        render_list.put_list(reading, cast_of(reading, all_acts, speaker))
    else:
        render_reading.put_reading(reading, cast_of(reading, all_acts, speaker))
