"""``sayso findings``: what does not add up on the pages of a ledger.

``--json`` prints one object a line: ``document`` (name), ``document_id, code, message, spans`` (of the page's text) and
``words`` (at those spans). Schema: ``schemas/findings.schema.json``.
"""

from __future__ import annotations

import click

from sayso.cli import options
from sayso.cli.door import Explained

COLUMNS = ("document", "code", "message", "words", "document_id")


EXAMPLES = (
    "sayso findings",
    "sayso findings --code name-variants",
    "sayso findings --document bridge.txt --json",
)


@click.command("findings", cls=Explained, examples=EXAMPLES, short_help="List what does not add up on the pages.")
@click.option("--code", default="", help="Only of that code, such as date-missing.")
@click.option("--document", default="", metavar="DOC", help="Only on that page: its name, or its id's beginning.")
@options.limit
@options.table_options
def command(code: str, document: str, limit: int | None, ledger: str, as_json: bool, as_csv: bool) -> None:
    """List what does not add up on the pages: missing dates, filler in the text, names that change."""
    from sayso.cli import render, render_rows
    from sayso.ledger.rows import FindingFilter

    options.one_form(as_json, as_csv)
    with options.open_ledger(ledger) as opened:
        rows = opened.findings(FindingFilter(code, document, limit))
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, rows)
        else:
            render_rows.put_findings(rows, limit)
