"""A statement that somebody rejected is no longer shown; what another person says of it can be recorded all the same.

The decision is made from the page as it would be had nobody but its own reviewer rejected anything, and is carried out behind
the rejection: a second one changes nothing that is shown, any other puts the statement back, as a later decision outranks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from sayso.ledger import decided
from sayso.ledger.queries_decided import places_of_statement
from sayso.records import Reading

JUDGING = ("accept", "reject", "speaker", "kind")
"""Decisions that may be about a statement that is not shown now."""


def rejected_by_others(
    connection: sqlite3.Connection, action: str, targets: Sequence[str], reviewer: str
) -> tuple[str, int, Reading] | None:
    """The statement that is meant, by id or the first digits of it, where it is not shown because other people rejected it.

    With the key of its document and the page as it would be without their rejections. None where that is not so.
    """
    if action not in JUDGING or len(targets) != 1:
        return None
    found = places_of_statement(connection, targets[0])
    if len(found) != 1 or found[0][2]:
        return None
    identity, key, _ = found[0]
    about = decided.about(connection, key)
    own = [d for d in about if d.action != "reject" or d.reviewer == reviewer]
    if len(own) == len(about):
        return None
    before, _ = decided.shown(decided.loaded(connection, decided.newest(connection, key)[0]), own)
    statements = (*before.statements, *(before.headline.statements if before.headline else ()))
    return (identity, key, before) if any(s.id == identity for s in statements) else None
