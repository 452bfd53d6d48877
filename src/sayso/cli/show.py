"""``sayso show``: one page, with whose words are whose.

``--json`` prints the reading as the contract has it, one object, whatever else is asked for but where it came from.
Schemas: ``schemas/reading.schema.json``, and ``schemas/provenance.schema.json`` with ``--provenance``.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.ledger import Ledger

EXAMPLES = (
    "sayso show bridge.txt --speaker Halden",
    "sayso show bridge.txt --list --all",
    "sayso show bridge.txt --figures",
    "sayso show bridge.txt --provenance",
)


@click.command("show", cls=Explained, examples=EXAMPLES, short_help="Show one page, with whose words are whose.")
@click.argument("document", metavar="DOC")
@click.option("--speaker", default="", metavar="NAME", help="Mark only speakers with this in their name.")
@click.option("--list", "as_list", is_flag=True, help="List the statements, with ids and what was decided.")
@click.option("--figures", is_flag=True, help="List all figures of the page, with whose word each is.")
@click.option("--left-out", is_flag=True, help="List what was seen and not read, with the reason.")
@click.option("--provenance", is_flag=True, help="Show where the page came from, and when it was read by what.")
@click.option("--original", is_flag=True, help="Write the bytes of the file it came from, as read --keep kept them.")
@options.all_acts
@options.ledger
@options.as_json
def command(
    document: str,
    speaker: str,
    as_list: bool,
    figures: bool,
    left_out: bool,
    provenance: bool,
    original: bool,
    all_acts: bool,
    ledger: str,
    as_json: bool,
) -> None:
    """Show one page with whose words are whose. DOC is its name or place, or the beginning of its name or id.

    In colour on a terminal; NO_COLOR=1 puts marks in place of colours, FORCE_COLOR=1 keeps them in a pipe.
    """
    asked = {
        "--list": as_list, "--figures": figures, "--left-out": left_out, "--provenance": provenance, "--original": original,
    }  # fmt: skip
    chosen = [name for name, wanted in asked.items() if wanted]
    if len(chosen) > 1:
        raise UsageError(f"{chosen[0]} and {chosen[1]} cannot both be; choose one")
    with options.open_ledger(ledger) as opened:
        if original:
            _original(opened, document, as_json)
        elif provenance:
            _provenance(opened, document, as_json)
        else:
            _page(opened, document, speaker, "".join(chosen), all_acts, as_json)


def _page(opened: Ledger, document: str, speaker: str, form: str, all_acts: bool, as_json: bool) -> None:
    from sayso.cli import render, render_figures, render_list, render_reading
    from sayso.contract import reading_json
    from sayso.ledger import DecisionFilter
    from sayso.web.cast import cast_of

    reading = opened.reading(document)
    if as_json:
        render.write_json([reading_json(reading)])
    elif form == "--left-out":
        render_list.put_left_out(reading)
    elif form == "--figures":
        render_figures.put_figures_of_page(reading)
    elif form == "--list":
        decided = {row.id: row for row in opened.decisions(DecisionFilter(document=reading.id))}
        render_list.put_list(reading, cast_of(reading, all_acts, speaker), decided)
    else:
        render_reading.put_reading(reading, cast_of(reading, all_acts, speaker))


def _provenance(opened: Ledger, document: str, as_json: bool) -> None:
    from sayso.cli import render, render_provenance

    found = opened.provenance(document)
    if as_json:
        render.write_json([render.row_json(found)])
    else:
        render_provenance.put_provenance(found, str(opened.path))


def _original(opened: Ledger, document: str, as_json: bool) -> None:
    if as_json:
        raise UsageError("--original writes the bytes as they are; leave --json out")
    if sys.stdout.isatty():
        raise UsageError("the original is bytes for a file, not for a terminal; add > FILE to the command")
    click.echo(opened.original(document), nl=False)
