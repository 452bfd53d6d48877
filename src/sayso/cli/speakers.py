"""``sayso speakers``: who speaks in a ledger, by name.

Where the ledger has its pile beside it, those whom ``sayso people`` takes for one are one row. Without a pile, and with
``--as-written``, speakers of exactly one name and kind are shown together; that makes no claim that they are one person.
``--json`` prints one object a line: ``name, kind, documents, statements`` (counts), ``roles, spellings, ids, labels`` (lists). Schema:
``schemas/speakers.schema.json``.
"""

from __future__ import annotations

from contextlib import ExitStack

import click

from sayso.cli import options
from sayso.cli.door import Explained

COLUMNS = ("name", "kind", "statements", "documents", "spellings", "roles", "labels", "ids")
KINDS = ("person", "organisation", "group", "anonymous", "document", "author")


EXAMPLES = (
    "sayso speakers",
    "sayso speakers --name halden",
    "sayso speakers --kind anonymous --document bridge.txt",
    "sayso speakers --label government --as-written",
)


@click.command(
    "speakers", cls=Explained, examples=EXAMPLES, short_help="List who speaks, with their spellings and roles."
)
@click.option("--name", default="", help="Only with this in the name.")
@click.option("--kind", type=click.Choice(KINDS), metavar="KIND", help=f"Only {', '.join(KINDS)}.")
@click.option("--document", default="", metavar="DOC", help="Only from that page: its name, or its id's beginning.")
@click.option("--as-written", is_flag=True, help="Names as they are written, and nobody taken for one under two.")
@click.option("--label", default="", metavar="LABEL", help="Only speakers that bear that label of yours.")
@options.limit
@options.table_options
def command(
    name: str, kind: str | None, document: str, as_written: bool, label: str, limit: int | None, ledger: str, as_json: bool,
    as_csv: bool,
) -> None:  # fmt: skip
    """List who speaks, with the spellings and roles that the pages give them.

    Where sayso people was asked before (the ledger has its pile beside it), who is one across pages is one row.
    """
    from sayso.cli import render, render_rows
    from sayso.cli.bearing import has_pile
    from sayso.cli.piled import open_pile
    from sayso.ledger.rows import SpeakerFilter
    from sayso.pile.speaking import speakers

    options.one_form(as_json, as_csv)
    where = SpeakerFilter(name, kind or "", document, limit, label)
    with ExitStack() as stack:
        if as_written or not has_pile(ledger):
            rows = stack.enter_context(options.open_ledger(ledger)).speakers(where)
        else:
            rows = speakers(stack.enter_context(open_pile(ledger, "people")), where)
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, rows)
        else:
            render_rows.put_speakers(rows, limit)
