"""``sayso find``: search in statements and in whole pages.

``--json`` prints one object a line, statements first. Each has ``found``: ``statement`` with the keys of ``sayso
statements``, or ``document`` with those of ``sayso documents``. Schema: ``schemas/find.schema.json``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.ledger.rows import DocumentRow, StatementRow

COLUMNS = ("found", "document", "speaker", "words", "cue", "outlet", "published", "document_id", "id")
LIMIT = 20
EVERY = 1 << 40
"""More statements than any ledger has: those that were thought or wanted are passed over after the search."""


@dataclass(frozen=True, slots=True)
class Found:
    """One line of CSV for either kind; a document has its title as words, and no speaker."""

    found: str
    document: str
    speaker: str
    words: str
    cue: str
    outlet: str
    published: str
    document_id: str
    id: str


def _of_statement(row: StatementRow) -> Found:
    return Found(
        "statement", row.document, row.speaker, row.content, row.cue, row.outlet, row.published, row.document_id, row.id
    )


def _of_document(row: DocumentRow) -> Found:
    return Found("document", row.name, "", row.title, "", row.outlet, row.published, row.id, row.id)


EXAMPLES = (
    "sayso find ferry",
    'sayso find "bridge toll" --limit 5',
    "sayso find halden --json",
)


@click.command("find", cls=Explained, examples=EXAMPLES, short_help="Search in what was said, and in whole pages.")
@click.argument("text")
@click.option("--limit", type=options.Count(), default=LIMIT, show_default=True,
              help="At most N statements and N documents.")  # fmt: skip
@options.all_acts
@options.table_options
def command(text: str, limit: int, all_acts: bool, ledger: str, as_json: bool, as_csv: bool) -> None:
    """Search for words: in what was said, by whom, and in whole pages."""
    from sayso.cli import render, render_rows
    from sayso.ledger.rows import DocumentFilter

    options.one_form(as_json, as_csv)
    if not text.strip():
        raise UsageError("nothing to look for; give words, several of them in quotation marks")
    with options.open_ledger(ledger) as opened:
        hits = opened.search(text, limit=EVERY)
        statements = islice((row for row in hits if all_acts or row.act == "say"), limit)
        documents = opened.documents(DocumentFilter(words=text, limit=limit))
        if as_json:
            render.write_json({"found": "statement", **render.row_json(row)} for row in statements)
            render.write_json({"found": "document", **render.row_json(row)} for row in documents)
        elif as_csv:
            render.write_csv(COLUMNS, _lines(statements, documents))
        else:
            render_rows.put_found(text, statements, documents, limit)


def _lines(statements: Iterator[StatementRow], documents: Iterator[DocumentRow]) -> Iterator[Found]:
    yield from map(_of_statement, statements)
    yield from map(_of_document, documents)
