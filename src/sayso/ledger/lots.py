"""Several decisions of one person at one time: taken together or not at all, and taken back together.

A lot is what has one reviewer and one time, told to the microsecond; single decisions have their time to the second. So the
rows of a lot are decisions like all others, each with its own undoing, and no table says more of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from sqlite3 import Connection

from sayso.decisions import Action, Change, Decision, across, make, undoing
from sayso.decisions.records import undone_by
from sayso.errors import UsageError
from sayso.ledger import decided
from sayso.ledger.escapes import kept
from sayso.ledger.store import Ledger
from sayso.records import Reading

NO_CHANGE = Change()


def lot_time() -> str:
    """The time of a lot: now, in UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def is_lot_time(at: str) -> bool:
    """Whether a decision of this time may have others beside it in a lot."""
    return "." in at


def lot_of(ledger: Ledger, decision: Decision) -> dict[str, str]:
    """The ids of the lot that a decision is of, in order, each with its state (empty for an undoing); its own alone where it was
    taken by itself.
    """  # noqa: D205
    sql = """SELECT x.id, coalesce(max(o.state), '') FROM decisions x LEFT JOIN outcomes o ON o.decision = x.number
        WHERE (x.id = ? OR ?) AND x.decided = ? AND x.reviewer = ? GROUP BY x.number ORDER BY x.number"""
    with ledger._asked() as connection:
        values = (decision.id, is_lot_time(decision.at), decision.at, kept(decision.reviewer))
        return {str(identity): str(state) for identity, state in connection.execute(sql, values)}


def decide_lot(
    ledger: Ledger, action: Action, targets: Sequence[tuple[str, ...]], change: Change = NO_CHANGE, *, reviewer: str,
    note: str = "", at: str = "",
) -> tuple[Decision, ...]:  # fmt: skip
    """The same decision about many things: a row each, all of them or none, lasting when this returns.

    Each of ``targets`` is what a decision is about, as in :meth:`Ledger.decide`: the id of a statement, or of a speaker and
    its statements that are another's.

    ``at`` is the time of the lot (:func:`lot_time`). Raises UsageError, which names the statement that cannot be decided so,
    UnknownDocument, LedgerError.
    """
    at, taken = at or lot_time(), []
    with ledger._whole() as connection:
        seen: dict[int, tuple[Reading, Reading]] = {}
        for target in dict.fromkeys(targets):
            found, key = ledger._targets(action, target, "")
            if key not in seen:
                seen[key] = ledger._current(key), ledger._load((decided.newest(connection, key)[0],))
            now, observed = seen[key]
            try:
                wish = make(action, now, found, change, reviewer=reviewer, at=at, note=note, observed=observed)
            except UsageError as error:
                raise UsageError(
                    f"nothing was decided, because of {target[-1][:12]} on {now.document.name}: {error}"
                ) from error
            taken.append(decided.inserted(connection, wish))
        if not taken:
            raise UsageError("there is nothing to decide about")
        decided.follow(connection, taken)
    return tuple(taken)


def unite_lot(
    ledger: Ledger, pairs: Sequence[tuple[tuple[str, str], tuple[str, str]]], *, reviewer: str, note: str = ""
) -> tuple[Decision, ...]:
    """Speakers taken for one, pair by pair, each the id of its page and its own: those of one page merged, those of two the same
    person. All or none. Raises UsageError, UnknownDocument, LedgerError.
    """  # noqa: D205
    at, taken = lot_time(), []
    with ledger._whole() as connection:
        for (page, one), (other_page, other) in dict.fromkeys(pairs):
            mine, yours = (ledger._current(ledger._resolve(each)) for each in (page, other_page))
            if mine.id == yours.id:
                wish = make("merge", mine, (one, other), reviewer=reviewer, at=at, note=note)
            else:
                wish = across("same-person", (mine, one), (yours, other), reviewer=reviewer, at=at, note=note)
            taken.append(decided.inserted(connection, wish))
        if not taken:
            raise UsageError("there is nothing to decide about")
        decided.follow(connection, taken)
    return tuple(taken)


def _decision(connection: Connection, identity: str) -> Decision:
    found = decided.beginning_with(connection, identity)
    if len(found) != 1:
        raise UsageError(f"no decision has the id {identity!r:.60}")
    return found[0]


def undo_lot(ledger: Ledger, decisions: Sequence[str], *, reviewer: str, note: str = "") -> tuple[Decision, ...]:
    """Take several decisions back (by id), the last first, as a lot of its own; those that are undone already stay so.

    Raises UsageError where there is no such decision, or nothing to take back, and LedgerError.
    """
    at, taken = lot_time(), []
    with ledger._whole() as connection:
        undone = undone_by(decided.undoings(connection))
        for identity in dict.fromkeys(reversed(decisions)):
            if identity not in undone:
                wish = undoing(_decision(connection, identity), reviewer=reviewer, note=note, at=at)
                taken.append(decided.inserted(connection, wish))
        if not taken:
            raise UsageError("these decisions are undone already")
        decided.follow(connection, taken)
    return tuple(taken)
