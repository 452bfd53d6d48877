"""``sayso diff``: what a new reading changed.

``--json`` prints one object a line: ``document`` (name), ``document_id, change`` (gained, lost, speaker, words, kind or
decision), ``speaker_before, speaker, content_before, content, kind_before, kind`` (words; empty where there was or is no
statement), ``statement_before, statement, decision`` (ids; may be empty), ``before, before_id`` (the other page, where two
are compared). Schema: ``schemas/diff.schema.json``.
"""

from __future__ import annotations

import click

from sayso.cli import options
from sayso.cli.door import Explained

COLUMNS = (
    "document", "change", "speaker_before", "speaker", "content_before", "content", "kind_before", "kind",
    "statement_before", "statement", "decision", "document_id", "before", "before_id",
)  # fmt: skip
EXAMPLES = (
    "sayso diff",
    "sayso diff bridge.txt",
    "sayso diff bridge.txt ferry:1",
)


@click.command("diff", cls=Explained, examples=EXAMPLES, short_help="Show what a new reading changed.")
@click.argument("document", default="", metavar="[DOC]")
@click.argument("other", default="", metavar="[OTHER]")
@options.table_options
def command(document: str, other: str, ledger: str, as_json: bool, as_csv: bool) -> None:
    """Show what the newest reading of each page has that the one before had not, or of DOC alone; and, of a page with several
    versions, what the newest one has that the one before it had not.

    That is statements gained and lost, other speakers, words or kinds, and decisions that lead elsewhere now. With OTHER
    show what that page has that DOC has not.
    """  # noqa: D205
    from sayso.cli import render, render_diff

    options.one_form(as_json, as_csv)
    with options.open_ledger(ledger) as opened:
        rows = opened.diff(document, other)
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, rows)
        else:
            render_diff.put_diff(rows)
