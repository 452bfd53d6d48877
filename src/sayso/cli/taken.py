"""Decisions just taken: the row of each, and how it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.decisions import Decision
    from sayso.ledger import DecisionRow, Ledger


def row_of(opened: Ledger, decision: Decision) -> DecisionRow:
    """A decision as ``sayso decisions`` lists it, on the page that it was taken on."""
    from sayso.ledger import DecisionFilter

    here = decision.document if opened.has(decision.document) else ""  # a page that was forgotten has none
    rows = [row for row in opened.decisions(DecisionFilter(document=here)) if row.id == decision.id]
    return next((row for row in rows if row.document_id == decision.document), rows[0])


def tell(row: DecisionRow, ledger: str, as_json: bool) -> None:
    """One decision to standard output, as JSON or as a line that says how to undo it."""
    from sayso.cli import render

    if as_json:
        render.write_json([render.row_json(row)])
        return
    from sayso.cli.render_decisions import put_taken

    put_taken(row, ledger)
