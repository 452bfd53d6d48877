"""``sayso labels``: every label with how much bears it.

``--json`` prints one object a line: ``label, statements`` (that bear it themselves), ``speakers, outlets, covered``
(statements that were said and bear it themselves, through a speaker or the outlet), ``documents`` (pages of those) and
``reviewers``. Schema: ``schemas/labels.schema.json``.
"""

from __future__ import annotations

import click

from sayso.cli import options
from sayso.cli.door import Explained

COLUMNS = ("label", "statements", "speakers", "outlets", "covered", "documents", "reviewers")
EXAMPLES = ("sayso labels", "sayso labels --csv")


@click.command("labels", cls=Explained, examples=EXAMPLES, short_help="Count what bears each of your labels.")
@options.table_options
def command(ledger: str, as_json: bool, as_csv: bool) -> None:
    """Count what bears each of your labels. `sayso label list` lists it, `sayso label add` puts one on something."""
    from sayso.cli import render, render_labels
    from sayso.ledger.labelling import label_counts

    options.one_form(as_json, as_csv)
    with options.open_ledger(ledger) as opened:
        rows = label_counts(opened)
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, rows)
        else:
            render_labels.put_counts(rows)
