"""``sayso find``: search in statements and in whole pages; a pasted sentence is looked for as it is worded.

``--json`` prints one object a line. Of words: statements first; each has ``found``: ``statement`` with the keys of ``sayso
statements``, or ``document`` with those of ``sayso documents``. Of a sentence: ``passage`` with ``how`` (exact, near, claim,
contradicts), where it stands, whose it is there, and ``differences`` word by word. Schema: ``schemas/find.schema.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.ledger.rows import DocumentRow, StatementRow
    from sayso.pile.find import FoundRow

COLUMNS = (
    "found", "document", "speaker", "words", "cue", "outlet", "published", "document_id", "id", "how", "score",
    "differences",
)  # fmt: skip
LIMIT = 20
EVERY = 1 << 40
"""More statements than any ledger has: those that were thought or wanted are passed over after the search."""


@dataclass(frozen=True, slots=True)
class Found:
    """One line of CSV for any kind; a document has its title as words, and no speaker."""

    found: str
    document: str
    speaker: str
    words: str
    cue: str
    outlet: str
    published: str
    document_id: str
    id: str
    how: str = ""
    score: float | None = None
    differences: str = ""


def _of_statement(row: StatementRow) -> Found:
    return Found(
        "statement", row.document, row.speaker, row.content, row.cue, row.outlet, row.published, row.document_id, row.id
    )


def _of_document(row: DocumentRow) -> Found:
    return Found("document", row.name, "", row.title, "", row.outlet, row.published, row.id, row.id)


def _of_passage(row: FoundRow) -> Found:
    from sayso.cli.render_matches import marked

    speaker = " + ".join(part for part in (row.speaker, *row.joint) if part)
    return Found(
        "passage", row.document, speaker, row.words, row.cue, row.outlet, row.published, row.document_id, row.statement,
        row.how, row.score, marked(row.differences),
    )  # fmt: skip


EXAMPLES = (
    "sayso find ferry --json",
    'sayso find "bridge toll" --limit 5',
    'sayso find "nobody pays a third time for that bridge"',
    'sayso find --quote "We have paid for it twice … nobody pays a third time"',
)


@click.command("find", cls=Explained, examples=EXAMPLES, short_help="Search for words, or for a sentence you paste.")
@click.argument("text")
@click.option("--quote", is_flag=True, help="Check a wording: every page that has it, or nearly, and what differs.")
@click.option("--scattered", is_flag=True, help="Take a sentence as words that may stand anywhere, too.")
@click.option("--limit", type=options.Count(), help=f"At most N of each kind.  [default: {LIMIT}; with --quote all]")
@options.all_acts
@options.table_options
def command(
    text: str, quote: bool, scattered: bool, limit: int | None, all_acts: bool, ledger: str, as_json: bool, as_csv: bool
) -> None:
    """Search for words: in what was said, by whom, and in whole pages.

    A sentence of four words and more is looked for as it is worded: pages that have it exactly, nearly, and statements that
    make its claim or gainsay it, the oldest first, with what differs.
    """
    options.one_form(as_json, as_csv)
    if quote and scattered:
        raise UsageError("--quote and --scattered cannot both be; choose one")
    if not text.strip():
        raise UsageError("nothing to look for; give words, several of them in quotation marks")
    form = "json" if as_json else "csv" if as_csv else "screen"
    if quote or not scattered:
        rows = _passages(text, ledger, quote, limit)
        if quote or rows:
            _put_passages(text, rows, form, quote)
            return
    _words(text, ledger, form, limit or LIMIT, all_acts)


def _passages(text: str, ledger: str, quote: bool, limit: int | None) -> list[FoundRow]:
    """Where the sentence stands; nothing where the text is no sentence and no wording is checked."""
    from sayso.cli.piled import open_pile
    from sayso.pile import Pile
    from sayso.pile.find import find, is_sentence

    if quote:
        with options.open_ledger(ledger) as opened, Pile(opened) as bare:
            return find(bare, text, claims=False, limit=limit)
    if not is_sentence(text):
        return []
    with open_pile(ledger, "matches") as pile:
        return find(pile, text, limit=limit or LIMIT)


def _put_passages(text: str, rows: Iterable[FoundRow], form: str, quote: bool) -> None:
    from sayso.cli import render, render_find

    if form == "json":
        render.write_json({"found": "passage", **render.row_json(row)} for row in rows)
    elif form == "csv":
        render.write_csv(COLUMNS, map(_of_passage, rows))
    else:
        render_find.put_passages(text, list(rows), quote=quote)


def _words(text: str, ledger: str, form: str, limit: int, all_acts: bool) -> None:
    """Statements and documents with all of the words."""
    from sayso.cli import render, render_rows
    from sayso.ledger.rows import DocumentFilter

    with options.open_ledger(ledger) as opened:
        hits = opened.search(text, limit=EVERY)
        statements = islice((row for row in hits if all_acts or row.act == "say"), limit)
        documents = opened.documents(DocumentFilter(words=text, limit=limit))
        if form == "json":
            render.write_json({"found": "statement", **render.row_json(row)} for row in statements)
            render.write_json({"found": "document", **render.row_json(row)} for row in documents)
        elif form == "csv":
            render.write_csv(COLUMNS, _lines(statements, documents))
        else:
            render_rows.put_found(text, statements, documents, limit)


def _lines(statements: Iterator[StatementRow], documents: Iterator[DocumentRow]) -> Iterator[Found]:
    yield from map(_of_statement, statements)
    yield from map(_of_document, documents)
