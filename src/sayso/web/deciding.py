"""What a page of the room sends to be written: decisions, their undoing, and the reviewer's name.

Each is one short transaction under the same lock as any other writer's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sayso.decisions import ACROSS, Across, Change
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.records import SpeakerKind
from sayso.web.pages.statement import KINDS

ACTIONS: Final[tuple[str, ...]] = ("accept", "reject", "speaker", "note")
LONGEST = {"note": 2000, "name": 200, "reviewer": 100}
"""Characters that a field may have: what is written is kept for good."""
HOME = "/pile"
PATIENCE = 5.0
"""Seconds that a decision waits for another writer, as every command does."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A decision as a form or a program sends it. ``reviewer`` is empty where the cookie names who decides.

    ``one`` and ``other`` are speakers of two pages, each the id of its page and its own.
    """

    action: str
    statement: str
    decision: str
    name: str
    kind: SpeakerKind
    note: str
    reviewer: str
    back: str
    one: tuple[str, str] = ("", "")
    other: tuple[str, str] = ("", "")


def way_back(given: str) -> str:
    """Where to go after a decision: an address of the room, whatever was sent."""
    if (
        not given.startswith("/")
        or given.startswith("//")
        or any(c in "\\\r\n\t" or not c.isprintable() for c in given)
    ):
        return HOME
    parts = urlsplit(given)
    return HOME if parts.scheme or parts.netloc else given


def with_done(back: str, decision: str) -> str:
    """The way back with the decision that was taken, so that the page can say it and offer to undo it."""
    parts = urlsplit(back)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name != "done"]
    return urlunsplit(("", "", parts.path, urlencode([*kept, ("done", decision)]), parts.fragment))


def reviewer_of(given: str) -> str:
    """A reviewer's name on one line. Raises UsageError where it is too long or holds what is no letter."""
    name = " ".join(given.split())
    if len(name) > LONGEST["reviewer"] or not name.isprintable():
        raise UsageError(f"a reviewer's name has at most {LONGEST['reviewer']} characters, all of which can be seen")
    return name


def wish_of(fields: Mapping[str, str]) -> Wish:
    """The wish that the fields of a form make. Raises UsageError for one that cannot be."""
    for name, most in LONGEST.items():
        if len(fields.get(name, "")) > most:
            raise UsageError(f"the {name} has {len(fields[name]):,} characters; {most:,} are the most")
    kind = fields.get("kind", "") or "person"
    if kind not in KINDS:
        raise UsageError(f"a speaker's kind is one of {', '.join(KINDS)}")
    chosen = fields.get("name", "").strip() or fields.get("speaker", "").strip()
    return Wish(
        fields.get("action", ""), fields.get("statement", "").strip(), fields.get("decision", "").strip(), chosen,
        kind, fields.get("note", "").strip(), reviewer_of(fields.get("reviewer", "")),
        way_back(fields.get("back", "")), _pair(fields.get("one", "")), _pair(fields.get("other", "")),
    )  # fmt: skip


def _pair(given: str) -> tuple[str, str]:
    """A page and a speaker out of one field: their ids, a blank between."""
    page, _, speaker = given.strip().partition(" ")
    return page, speaker.strip()


def _across(path: Path, wish: Wish, reviewer: str) -> str:
    if not all((*wish.one, *wish.other)):
        raise UsageError(f"{wish.action} wants two speakers, each with its page")
    with Ledger(path, write=True, wait=PATIENCE) as ledger:
        action = cast(Across, wish.action)
        return ledger.decide_across(action, wish.one, wish.other, reviewer=reviewer, note=wish.note).id


def decide(path: Path, wish: Wish, reviewer: str) -> str:
    """Take a decision; its id. Raises UsageError where it cannot be, LedgerBusy where somebody else is writing."""
    if not reviewer:
        raise UsageError("nobody is named who decides: give your name at the top of the page first")
    if wish.action == "undo":
        with Ledger(path, write=True, wait=PATIENCE) as ledger:
            return ledger.undo(wish.decision, reviewer=reviewer, note=wish.note).id
    if wish.action in ACROSS:
        return _across(path, wish, reviewer)
    if wish.action not in ACTIONS:
        raise UsageError(
            f"{wish.action!r:.60} is no decision of the room; these are: {', '.join((*ACTIONS, *ACROSS, 'undo'))}"
        )
    if not wish.statement:
        raise UsageError("say which statement it is about")
    if wish.action == "speaker" and not wish.name:
        raise UsageError("choose a speaker of the page or give a name; “-” leaves it open who speaks")
    change = Change(speaker=wish.name, speaker_kind=wish.kind) if wish.action == "speaker" else Change()
    with Ledger(path, write=True, wait=PATIENCE) as ledger:
        taken = ledger.decide(
            cast(Literal["accept", "reject", "speaker", "note"], wish.action), [wish.statement], change,
            reviewer=reviewer, note=wish.note,
        )  # fmt: skip
        return taken.id
