"""Words and kinds of a statement put right: what a form has them be, against what they are now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, cast

from sayso.decisions import Change, change_of
from sayso.decisions.making import OPEN
from sayso.errors import UsageError
from sayso.ledger import DecisionFilter, Ledger
from sayso.ledger.lots import lot_time
from sayso.records import Act, Reading, Spans, Statement, StatementKind
from sayso.web.wishes import ROLES, Taken, Wish, Words

FRAGMENT = " … "
"""Between the fragments of a statement, as everywhere in Sayso."""
Step = tuple[Literal["kind", "speaker"], Change]


def text_of(reading: Reading, part: str) -> str:
    """The text that the offsets of a part count in."""
    return reading.headline.text if part == "headline" and reading.headline else reading.document.text


def joined(text: str, spans: Spans) -> str:
    """The words of spans."""
    return FRAGMENT.join(text[start:end] for start, end in spans)


def _squeezed(words: str) -> str:
    return " ".join(words.split())


def spans_of(reading: Reading, part: str, role: str, words: Words, near: int | None) -> Spans:
    """Where words stand: at the places sent with them if these hold them, else where the page has them.

    Where it has them several times, the place nearest to ``near`` is meant. Raises UsageError.
    """
    text = text_of(reading, part)
    if words.spans and _squeezed(joined(text, words.spans)) == _squeezed(words.given):
        return words.spans
    fragments = [each.strip() for each in words.given.split(FRAGMENT.strip()) if each.strip()]
    given: dict[str, Any] = {role: fragments, "part": part, "near": near}
    return change_of(reading, **given).get(role, ())


def located(ledger: Ledger, wanted: str) -> tuple[Reading, str, Statement]:
    """The page, part and statement of an id. Raises UsageError."""
    identity, reading = ledger.holding(wanted)
    head = reading.headline.statements if reading.headline else ()
    part = "headline" if any(s.id == identity for s in head) else "text"
    return reading, part, next(s for s in (*reading.statements, *head) if s.id == identity)


def reworded(reading: Reading, part: str, now: Statement, wish: Wish) -> Change | None:
    """The words that a wish changes; None where they are those of now. Raises UsageError for words that are not there."""
    found: dict[str, Any] = {}
    text = text_of(reading, part)
    for role in ROLES:
        given, have = wish.words.get(role), getattr(now, role)
        if given is None or (_squeezed(given.given) == _squeezed(joined(text, have)) and given.spans in ((), have)):
            continue
        found[role] = spans_of(reading, part, role, given, now.content[0][0])
    return Change(**found, part=part) if found else None


def respan(ledger: Ledger, identity: str, change: Change, wish: Wish, reviewer: str, at: str = "") -> tuple[Taken, str]:
    """Give a statement other words; what was taken, and the id that it has now."""
    done = ledger.decide("span", [identity], change, reviewer=reviewer, note=wish.note, at=at)
    rows = ledger.decisions(DecisionFilter(document=done.document))
    now = next((row.statement for row in rows if row.id == done.id and row.statement), identity)
    return Taken(done.id, wish.back.replace(identity, now)), now


def span(ledger: Ledger, wish: Wish, reviewer: str) -> Taken:
    """Other words. Raises UsageError where they are those that it has."""
    reading, part, now = located(ledger, wish.statement)
    change = reworded(reading, part, now, wish)
    if change is None:
        raise UsageError("these are the words that the statement has")
    return respan(ledger, now.id, change, wish, reviewer)[0]


def kind(ledger: Ledger, wish: Wish, reviewer: str) -> Taken:
    """Another kind or act."""
    change = _kinds(wish.kind, wish.act)
    return Taken(ledger.decide("kind", [wish.statement], change, reviewer=reviewer, note=wish.note).id, wish.back)


def _kinds(kind: str, act: str) -> Change:
    return Change(kind=cast(StatementKind, kind) or None, act=cast(Act, act) or None)


def _steps(reading: Reading, now: Statement, wish: Wish) -> Iterator[Step]:
    """What differs from the statement of now besides its words."""
    kind, act = ("" if wish.kind == now.kind else wish.kind), ("" if wish.act == now.act else wish.act)
    if kind or act:
        yield "kind", _kinds(kind, act)
    names = {speaker.id: speaker.name for speaker in reading.speakers}
    same = {now.speaker, names.get(now.speaker or "", OPEN)}
    if wish.name and wish.name not in same:
        yield "speaker", Change(speaker=wish.name, speaker_kind=wish.speaker_kind)


def edit(ledger: Ledger, wish: Wish, reviewer: str) -> Taken:
    """Whatever differs from the statement of now: a decision each, together a lot; a note alone is a note.

    Words come first: they are what may not be found. Raises UsageError where nothing differs.
    """
    reading, part, now = located(ledger, wish.statement)
    change, steps = reworded(reading, part, now, wish), list(_steps(reading, now, wish))
    identity, at, taken = now.id, lot_time(), Taken("", wish.back)
    if change is not None:
        taken, identity = respan(ledger, identity, change, wish, reviewer, at)
    for action, each in steps:
        done = ledger.decide(action, [identity], each, reviewer=reviewer, note=wish.note, at=at)
        taken = Taken(done.id, taken.back)
    if not taken.decision and wish.note:
        return Taken(ledger.decide("note", [identity], reviewer=reviewer, note=wish.note).id, wish.back)
    if not taken.decision:
        raise UsageError("nothing was changed: the statement has these words, this kind and this speaker")
    return taken


def add(ledger: Ledger, wish: Wish, reviewer: str) -> Taken:
    """A statement that was missed. Raises UsageError for words that are not there, or stand in several places."""
    if not wish.document:
        raise UsageError("say which page the statement is missing on")
    content = wish.words.get("content", Words(""))
    if not content.given:
        raise UsageError("a statement needs words: select them on the page, or write them as they stand there")
    reading = ledger.reading(wish.document)
    found: dict[str, Any] = {"content": spans_of(reading, wish.part, "content", content, None)}
    for role in ROLES[1:]:
        given = wish.words.get(role)
        if given is not None and given.given:
            found[role] = spans_of(reading, wish.part, role, given, found["content"][0][0])
    change = Change(
        **found, kind=cast(StatementKind, wish.kind) or None, act=cast(Act, wish.act) or None,
        speaker=wish.name or OPEN, speaker_kind=wish.speaker_kind, part=wish.part,
    )  # fmt: skip
    done = ledger.decide("add", (), change, reviewer=reviewer, note=wish.note, document=reading.id)
    rows = ledger.decisions(DecisionFilter(document=done.document))
    now = next((row.statement for row in rows if row.id == done.id and row.statement), "")
    return Taken(done.id, f"{wish.back.partition('#')[0]}#n-{now}" if now else wish.back)
