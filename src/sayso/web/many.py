"""Decisions about many statements at once: the same again for all that are alike, all that are chosen, a speaker parted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sayso.decisions import Action, Change, Decision
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.ledger.decided import beginning_with
from sayso.ledger.lots import decide_lot, lot_of, undo_lot, unite_lot
from sayso.web.choosing import LOT, choice_of, chosen, seal
from sayso.web.wishes import Taken, Wish

AGAIN: Final = ("accept", "reject", "speaker", "kind")
"""Decisions that can be taken again about other statements."""


def change_again(decision: Decision) -> Change:
    """What a decision changed, for other statements. Raises UsageError for one that is about its own words alone."""
    if decision.action not in AGAIN:
        raise UsageError(
            f"a decision to {decision.action} is about one place alone; these can be taken again: {', '.join(AGAIN)}"
        )
    if decision.action in ("accept", "reject") or decision.to is None:
        return Change()
    if decision.action == "kind":
        was = decision.statements[0]
        to = decision.to
        return Change(kind=to.kind if to.kind != was.kind else None, act=to.act if to.act != was.act else None)
    who = decision.to.speaker
    return Change(speaker=who.name, speaker_kind=who.kind) if who else Change(speaker="-")


def decision_at(ledger: Ledger, wanted: str) -> Decision:
    """The decision with this id. Raises UsageError."""
    with ledger._asked() as connection:
        found = beginning_with(connection, wanted) if len(wanted) == 32 else []
    if len(found) != 1:
        raise UsageError(f"no decision has the id {wanted!r:.60}")
    return found[0]


def _taken(lot: Sequence[Decision], wish: Wish) -> Taken:
    return Taken(lot[-1].id, wish.back, tuple(decision.id for decision in lot))


def alike(ledger: Ledger, wish: Wish, reviewer: str) -> Taken:
    """A decision taken again about the statements that were confirmed."""
    decision = decision_at(ledger, wish.decision)
    change = change_again(decision)
    if not wish.statements:
        raise UsageError("no statement was chosen")
    targets = [(each,) for each in wish.statements]
    note = wish.note or decision.note
    return _taken(decide_lot(ledger, decision.action, targets, change, reviewer=reviewer, note=note), wish)


def whole_choice(ledger: Ledger, wish: Wish, reviewer: str) -> Taken:
    """All that are chosen, where they are those that were shown."""
    with ledger._asked() as connection:
        ids = [identity for _, identity in chosen(connection, choice_of(wish.filter), LOT)]
    if not ids:
        raise UsageError("no statement is chosen that nobody decided about")
    if seal(ids) != wish.seen:
        raise UsageError("other statements are chosen now than were shown: look at them again, then confirm")
    targets = [(each,) for each in ids]
    action: Action = "accept" if wish.action == "accept-all" else "reject"
    return _taken(decide_lot(ledger, action, targets, reviewer=reviewer, note=wish.note), wish)


def split(ledger: Ledger, wish: Wish, reviewer: str) -> Taken:
    """Statements of a speaker that are another's: on each page that they stand on.

    Each is given as the id of the speaker on its page and its own, a blank between.
    """
    if not wish.statements:
        raise UsageError("choose the statements that are somebody else's")
    if not wish.name:
        raise UsageError("say what the other speaker is called")
    pages: dict[str, tuple[str, ...]] = {}
    for each in wish.statements:
        speaker, _, statement = each.partition(" ")
        pages[speaker] = (*pages.get(speaker, ()), statement)
    targets = [(speaker, *statements) for speaker, statements in pages.items()]
    change = Change(speaker=wish.name, speaker_kind=wish.speaker_kind)
    return _taken(decide_lot(ledger, "split", targets, change, reviewer=reviewer, note=wish.note), wish)


def unite(ledger: Ledger, wish: Wish, reviewer: str) -> Taken:
    """Speakers that are one on all their pages."""
    return _taken(unite_lot(ledger, wish.pairs, reviewer=reviewer, note=wish.note), wish)


def undo_all(ledger: Ledger, wish: Wish, reviewer: str) -> Taken:
    """Take back a decision and all that were taken with it."""
    lot = lot_of(ledger, decision_at(ledger, wish.decision))
    return _taken(undo_lot(ledger, list(lot), reviewer=reviewer, note=wish.note), wish)
