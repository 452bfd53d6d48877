"""The statements of one page as a numbered list, and what was left out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from rich.text import Text

from sayso.cli.render import Screen, complain, one_line, screen
from sayso.cli.render_reading import colour, crumbs
from sayso.cli.render_text import FAINT, STRONG, line, put, short, wrapped
from sayso.ledger.rows import DecisionRow
from sayso.records import Reading
from sayso.web.cast import Cast, Line

INDENT = 6
STEP, DEEPEST = 4, 5
"""Cells that a statement told within another is moved in by, and how often at most."""
DECIDED = {
    "accept": "accepted", "speaker": "speaker decided", "span": "words decided", "kind": "kind decided", "add": "added",
    "split": "speaker parted", "note": "noted", "label": "labelled",
}  # fmt: skip
"""What people did about a statement, in words."""


def _sure(confidence: float) -> str:
    return f"{confidence:.2f}"


def decided_line(identity: str, decided: Mapping[str, DecisionRow]) -> Text:
    """One decision that a statement rests on: what, by whom and when, the note; its id."""
    row = decided.get(identity)
    if row is None:
        return line(("* decided", STRONG), (f"  {short(identity)}", FAINT))
    did = f"* {DECIDED.get(row.action, row.action)} by {row.reviewer} on {row.at[:10]}"
    return line((one_line(did), STRONG), one_line(f": {row.note}" if row.note else ""), (f"  {short(identity)}", FAINT))


def _one(each: Line, cast: Cast, decided: Mapping[str, DecisionRow], shown: Screen) -> Iterator[Text]:
    statement, mark = each.statement, cast.mark(each.statement)
    kind = " + ".join(dict.fromkeys(one_line(speaker.kind) for speaker in cast.who(statement)))
    name = (one_line(cast.name(statement)), f"{colour(mark)} bold")
    act = "" if statement.act == "say" else f" · {statement.act}"
    sure = _sure(statement.confidence)
    sure += f", speaker {_sure(statement.speaker_confidence)}" if kind else ""
    stance = "" if statement.stance in (None, "neutral") else one_line(str(statement.stance))
    facts = " · ".join(part for part in (kind, one_line(statement.kind + act), stance, sure) if part)
    deep = STEP * min(cast.depth(statement), DEEPEST)
    cue = one_line(each.words("cue"))
    identity = (f"{short(statement.id)}  ", FAINT)
    head = line(f"{each.number:>{INDENT - 2}}  ", identity, name, f"  {cue}  " if cue else "  ", (facts, FAINT))
    yield from wrapped(head, shown, indent=deep + INDENT, first=deep)
    yield from wrapped(line(one_line(each.words("content"))), shown, indent=deep + INDENT)
    if statement.chain:
        yield from wrapped(line((crumbs(each, cast), FAINT)), shown, indent=deep + INDENT)
    for by in statement.decided:
        yield from wrapped(decided_line(by, decided), shown, indent=deep + INDENT + 2, first=deep + INDENT)


def list_lines(cast: Cast, shown: Screen, decided: Mapping[str, DecisionRow] = MappingProxyType({})) -> Iterator[Text]:
    """The statements, numbered in the order of the text: id, speaker, cue, kinds, how sure; the words; the chain.

    One that is told within another stands further in; a stance that is not neutral is named.
    ``decided`` holds what people decided, by the decisions' ids.
    """
    for each in cast.lines:
        yield from _one(each, cast, decided, shown)


def left_out_lines(reading: Reading, shown: Screen) -> Iterator[Text]:
    """What was dropped: code, reason and place, then the words."""
    for dropped in reading.dropped:
        start, end = dropped.span
        head = line((one_line(dropped.code), STRONG), f"  {one_line(dropped.reason)}", (f"  {start}-{end}", FAINT))
        yield from wrapped(head, shown, indent=2, first=0)
        yield from wrapped(line(one_line(reading.document.text[start:end])), shown, indent=2)


def put_list(reading: Reading, cast: Cast, decided: Mapping[str, DecisionRow]) -> None:
    """The numbered list to standard output."""
    shown = screen()
    if not cast.lines:
        complain(f"no statements on {reading.document.name}")
    put(list_lines(cast, shown, decided), shown)


def put_left_out(reading: Reading) -> None:
    """What was left out to standard output."""
    shown = screen()
    if not reading.dropped:
        complain(f"nothing was left out of {reading.document.name}")
    put(left_out_lines(reading, shown), shown)
