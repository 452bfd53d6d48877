"""``sayso decisions``: what people decided, and what became of it.

``--json`` prints one object a line: ``id, action, state`` (stands, lost, undone; empty for an undoing, and where the page
was forgotten), ``reason`` (why it is lost or undone), ``words`` (those it is about), ``said`` (what was decided),
``reviewer, at`` (UTC), ``note, document`` (name), ``document_id, statement`` (id that it leads to now; may be empty),
``undoes`` (id of a decision; may be empty) and ``version`` ("2 of 3", of a page with several). Schema: ``schemas/decisions.schema.json``.
"""

from __future__ import annotations

import click

from sayso.cli import options
from sayso.cli.door import Explained

ACTIONS = (
    "accept", "reject", "speaker", "span", "kind", "add", "merge", "split", "same-person", "other-person", "note",
    "label", "undo",
)  # fmt: skip
STATES = ("stands", "lost", "undone")
COLUMNS = (
    "id", "state", "reason", "action", "said", "words", "reviewer", "at", "note", "document", "document_id",
    "version", "statement", "undoes",
)  # fmt: skip
EXAMPLES = (
    "sayso decisions",
    "sayso decisions --state lost",
    "sayso decisions --document bridge.txt --csv > decisions.csv",
)


@click.command(
    "decisions", cls=Explained, examples=EXAMPLES, short_help="List what was decided, and what became of it."
)
@click.option("--state", type=click.Choice(STATES), metavar="STATE", help=f"Only those with that: {', '.join(STATES)}.")
@click.option("--action", type=click.Choice(ACTIONS), metavar="ACTION", help=f"Only {', '.join(ACTIONS)}.")
@click.option("--reviewer", default="", metavar="NAME", help="Only by reviewers with this in their name.")
@click.option("--document", default="", metavar="DOC", help="Only about that page: its name, or its id's beginning.")
@options.limit
@options.table_options
def command(
    state: str | None,
    action: str | None,
    reviewer: str,
    document: str,
    limit: int | None,
    ledger: str,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List what was decided, in the order in which it was, and what became of it.

    A decision is lost where its words stand nowhere on the page now, as after a new version of it. It stays in the
    list, and comes back by itself when the words do.
    """
    from sayso.cli import render, render_decisions
    from sayso.ledger import DecisionFilter

    options.one_form(as_json, as_csv)
    where = DecisionFilter(action or "", state or "", reviewer, document, limit)
    with options.open_ledger(ledger) as opened:
        rows = opened.decisions(where)
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, rows)
        else:
            render_decisions.put_decisions(rows, limit)
