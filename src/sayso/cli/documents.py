"""``sayso documents``: the pages in a ledger.

``--json`` prints one object a line: ``id, name, title, outlet, published`` (ISO, may be empty), ``language, words,
statements`` (what was said), ``speakers, findings`` (counts) and ``url``; with ``--unreadable`` the error lines of the
contract. Schema: ``schemas/documents.schema.json``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.records import Unreadable

COLUMNS = (
    "name", "title", "outlet", "published", "language", "words", "statements", "speakers", "findings", "url", "id",
)  # fmt: skip


EXAMPLES = (
    "sayso documents",
    'sayso documents --outlet "Tarn Courier" --since 2031-04',
    "sayso documents --words ferry --csv > ferry.csv",
    "sayso documents --unreadable",
)


@click.command(
    "documents", cls=Explained, examples=EXAMPLES, short_help="List the pages, with how much was read out of each."
)
@click.option("--outlet", default="", help="Only from outlets with this in their name.")
@click.option("--words", default="", help="Only with these words in title or text.")
@click.option("--language", default="", metavar="CODE", help="Only in that language (en, fr …).")
@options.since
@options.until
@click.option("--unreadable", is_flag=True, help="List those that could not be read, with the reason.")
@options.limit
@options.table_options
def command(
    outlet: str,
    words: str,
    language: str,
    since: str,
    until: str,
    unreadable: bool,
    limit: int | None,
    ledger: str,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the pages in the ledger, with how much was read out of each."""
    from sayso.cli import render, render_rows
    from sayso.ledger.rows import DocumentFilter

    options.one_form(as_json, as_csv)
    where = DocumentFilter(outlet, since, until, words, language, limit)
    if unreadable and where != DocumentFilter():
        raise UsageError("--unreadable lists all that could not be read; nothing is known to choose them by")
    with options.open_ledger(ledger) as opened:
        if unreadable:
            _list_unreadable(opened.unreadable(), as_json, as_csv)
            return
        rows = opened.documents(where)
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, rows)
        else:
            render_rows.put_documents(rows, limit)


def _list_unreadable(rows: Iterator[Unreadable], as_json: bool, as_csv: bool) -> None:
    from sayso.cli import render, render_rows
    from sayso.contract import unreadable_json

    if as_json:
        render.write_json(map(unreadable_json, rows))
    elif as_csv:
        render.write_csv(("name", "code", "message", "path"), rows)
    else:
        render_rows.put_unreadable(rows)
