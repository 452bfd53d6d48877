"""``sayso speakers``: who speaks in a ledger, by name.

Speakers of exactly one name and kind are shown together; that makes no claim that they are one person. ``--json``
prints one object a line: ``name, kind, documents, statements`` (counts), ``roles, spellings, ids`` (lists). Schema:
``schemas/speakers.schema.json``.
"""

from __future__ import annotations

import click

from sayso.cli import options
from sayso.cli.door import Explained

COLUMNS = ("name", "kind", "statements", "documents", "spellings", "roles", "ids")
KINDS = ("person", "organisation", "group", "anonymous", "document", "author")


EXAMPLES = (
    "sayso speakers",
    "sayso speakers --name halden",
    "sayso speakers --kind anonymous --document bridge.txt",
)


@click.command(
    "speakers", cls=Explained, examples=EXAMPLES, short_help="List who speaks, with their spellings and roles."
)
@click.option("--name", default="", help="Only with this in the name.")
@click.option("--kind", type=click.Choice(KINDS), metavar="KIND", help=f"Only {', '.join(KINDS)}.")
@click.option("--document", default="", metavar="DOC", help="Only from that page: its name, or its id's beginning.")
@options.limit
@options.table_options
def command(
    name: str, kind: str | None, document: str, limit: int | None, ledger: str, as_json: bool, as_csv: bool
) -> None:
    """List who speaks, with the spellings and roles that the pages give them."""
    from sayso.cli import render, render_rows
    from sayso.ledger.rows import SpeakerFilter

    options.one_form(as_json, as_csv)
    with options.open_ledger(ledger) as opened:
        rows = opened.speakers(SpeakerFilter(name, kind or "", document, limit))
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, rows)
        else:
            render_rows.put_speakers(rows, limit)
