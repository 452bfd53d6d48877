"""The decisions that were taken on the pages of a ledger, whole."""

from __future__ import annotations

from collections import defaultdict

from sayso.decisions import Decision
from sayso.ledger import Ledger
from sayso.ledger.decided import all_decisions


def by_page(ledger: Ledger) -> dict[str, tuple[Decision, ...]]:
    """Every decision, in order, by the id of the page that it was taken on. People take them: they fit in memory."""
    found: dict[str, list[Decision]] = defaultdict(list)
    with ledger._asked() as connection:
        for decision in all_decisions(connection):
            found[decision.document].append(decision)
    return {document: tuple(each) for document, each in found.items()}
