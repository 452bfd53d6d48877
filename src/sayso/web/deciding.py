"""What a page of the room sends to be written: decisions and their undoing, one or a lot.

Each is one short transaction under the same lock as any other writer's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Literal, cast

from sayso.decisions import Across, Change
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.web import many, mending
from sayso.web.wishes import Taken, Wish

PATIENCE = 5.0
"""Seconds that a decision waits for another writer, as every command does."""
NOBODY = "nobody is named who decides: give your name at the foot of the page first"
Act = Callable[[Ledger, Wish, str], Taken]


def _plain(ledger: Ledger, wish: Wish, reviewer: str) -> Taken:
    """accept, reject, note."""
    action = cast(Literal["accept", "reject", "note"], wish.action)
    return Taken(ledger.decide(action, [wish.statement], reviewer=reviewer, note=wish.note).id, wish.back)


def _speaker(ledger: Ledger, wish: Wish, reviewer: str) -> Taken:
    if not wish.name:
        raise UsageError("choose a speaker of the page or give a name; “-” leaves it open who speaks")
    change = Change(speaker=wish.name, speaker_kind=wish.speaker_kind)
    return Taken(ledger.decide("speaker", [wish.statement], change, reviewer=reviewer, note=wish.note).id, wish.back)


def _across(ledger: Ledger, wish: Wish, reviewer: str) -> Taken:
    """Two speakers are one, or are not; those of one page are merged there. With pairs, all of them are, as a lot."""
    if wish.pairs and wish.action == "same-person":
        return many.unite(ledger, wish, reviewer)
    if not all((*wish.one, *wish.other)):
        raise UsageError(f"{wish.action} wants two speakers, each with its page")
    if wish.one[0] == wish.other[0] and wish.action == "same-person":
        speakers = [wish.one[1], wish.other[1]]
        return Taken(ledger.decide("merge", speakers, reviewer=reviewer, note=wish.note).id, wish.back)
    action = cast(Across, wish.action)
    done = ledger.decide_across(action, wish.one, wish.other, reviewer=reviewer, note=wish.note)
    return Taken(done.id, wish.back)


def _undo(ledger: Ledger, wish: Wish, reviewer: str) -> Taken:
    return Taken(ledger.undo(wish.decision, reviewer=reviewer, note=wish.note).id, wish.back)


ACTS: Final[Mapping[str, Act]] = {
    "accept": _plain, "reject": _plain, "speaker": _speaker, "note": _plain, "span": mending.span, "kind": mending.kind,
    "edit": mending.edit, "add": mending.add, "same-person": _across, "other-person": _across, "undo": _undo,
    "undo-all": many.undo_all,
}  # fmt: skip
"""What one form decides, by its action."""
LOTS: Final[Mapping[str, Act]] = {
    "alike": many.alike, "accept-all": many.whole_choice, "reject-all": many.whole_choice, "split": many.split,
}  # fmt: skip
"""What a form with many statements decides."""
NO_STATEMENT = ("add", "same-person", "other-person", "undo", "undo-all", *LOTS)


def decide(path: Path, wish: Wish, reviewer: str, acts: Mapping[str, Act] = ACTS) -> Taken:
    """Take a decision or a lot. Raises UsageError where it cannot be, LedgerBusy where somebody else is writing."""
    if not reviewer:
        raise UsageError(NOBODY)
    if wish.action not in acts:
        raise UsageError(f"{wish.action!r:.60} is no decision of the room; these are: {', '.join(acts)}")
    if wish.action not in NO_STATEMENT and not wish.statement:
        raise UsageError("say which statement it is about")
    with Ledger(path, write=True, wait=PATIENCE) as ledger:
        return acts[wish.action](ledger, wish, reviewer)
