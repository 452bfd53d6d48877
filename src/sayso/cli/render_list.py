"""The statements of one page as a numbered list, and what was left out of it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from sayso.cli.cast import Cast, Line
from sayso.cli.render import Screen, complain, one_line, screen
from sayso.cli.render_reading import colour, crumbs
from sayso.cli.render_text import FAINT, STRONG, line, put, wrapped
from sayso.records import Reading

INDENT = 6


def _sure(confidence: float) -> str:
    return f"{confidence:.2f}"


def _one(each: Line, cast: Cast, shown: Screen) -> Iterator[Text]:
    statement, mark = each.statement, cast.mark(each.statement)
    kind = " + ".join(dict.fromkeys(speaker.kind for speaker in cast.who(statement)))
    name = (one_line(cast.name(statement)), f"{colour(mark)} bold")
    act = "" if statement.act == "say" else f" · {statement.act}"
    sure = _sure(statement.confidence)
    sure += f", speaker {_sure(statement.speaker_confidence)}" if kind else ""
    facts = " · ".join(part for part in (kind, statement.kind + act, sure) if part)
    cue = one_line(each.words("cue"))
    head = line(f"{each.number:>{INDENT - 2}}  ", name, f"  {cue}  " if cue else "  ", (facts, FAINT))
    yield from wrapped(head, shown, indent=INDENT, first=0)
    yield from wrapped(line(one_line(each.words("content"))), shown, indent=INDENT)
    if statement.chain:
        yield from wrapped(line((crumbs(each, cast), FAINT)), shown, indent=INDENT)


def list_lines(cast: Cast, shown: Screen) -> Iterator[Text]:
    """The statements, numbered in the order of the text: speaker, cue, kinds, how sure; the words; the chain."""
    for each in cast.lines:
        yield from _one(each, cast, shown)


def left_out_lines(reading: Reading, shown: Screen) -> Iterator[Text]:
    """What was dropped: code, reason and place, then the words."""
    for dropped in reading.dropped:
        start, end = dropped.span
        head = line((dropped.code, STRONG), f"  {one_line(dropped.reason)}", (f"  {start}-{end}", FAINT))
        yield from wrapped(head, shown, indent=2, first=0)
        yield from wrapped(line(one_line(reading.document.text[start:end])), shown, indent=2)


def put_list(reading: Reading, cast: Cast) -> None:
    """The numbered list to standard output."""
    shown = screen()
    if not cast.lines:
        complain(f"no statements on {reading.document.name}")
    put(list_lines(cast, shown), shown)


def put_left_out(reading: Reading) -> None:
    """What was left out to standard output."""
    shown = screen()
    if not reading.dropped:
        complain(f"nothing was left out of {reading.document.name}")
    put(left_out_lines(reading, shown), shown)
