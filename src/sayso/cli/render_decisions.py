"""Decisions on the screen: one just taken as a line, many as a table in which those that lost their place stand out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.text import Text

from sayso.cli.options import named
from sayso.cli.render import Screen, complain, one_line, screen
from sayso.cli.render_rows import OPEN
from sayso.cli.render_table import Column, Noun, Told, tabbed_lines, table_lines, tail
from sayso.cli.render_text import FAINT, SHORT, STRONG, line, put, short, wrapped
from sayso.ledger.rows import DecisionRow

LEAST = 40
"""Cells that the words of a decision get at least, however narrow the terminal."""
DECISION = Noun("decision", "decisions")


def said(row: DecisionRow) -> str:
    """What was decided, in few words: "accept", "speaker: Odo Quill"."""
    match row.action:
        case "speaker" | "add":
            who = OPEN if row.said == "open" else row.said
            return f"{row.action}: {who}" if row.action == "speaker" else f"add, by {who}"
        case "kind" | "merge" | "split" | "label":
            return f"{row.action}: {row.said}"
        case "undo":
            return f"undo {short(row.undoes)}"
    return row.action


def words(row: DecisionRow) -> str:
    """The words that a decision is about; both where it gave a statement other ones."""
    if row.action == "merge":
        return ""
    return row.words if row.action != "span" or row.said == row.words else f"{row.words} → {row.said}"


def state(row: DecisionRow) -> str:
    """What became of a decision; "gone" where its page was forgotten, nothing for an undoing."""
    return row.state or ("" if row.action == "undo" or row.document or not row.document_id else "gone")


def fate(row: DecisionRow) -> str:
    """Why a decision is lost, gone or undone, ids shortened; empty where it stands."""
    if state(row) == "gone":
        return "its page was forgotten"
    if row.state != "undone":
        return row.reason
    by = row.reason.removeprefix("undone by ")
    return f"undone by {short(by)}" if by != row.reason else row.reason


# --- one that was just taken ---

_TAKEN = {"accept": "accepted", "reject": "rejected", "note": "noted", "span": "words changed"}


def sentence(row: DecisionRow) -> str:
    """What was just decided: "accepted: the toll would end", safe and on one line."""
    match row.action:
        case "speaker":
            did = "speaker left open" if row.said == "open" else f"speaker is {row.said}"
        case "add":
            did = "added, speaker left open" if row.said == "open" else f"added, speaker {row.said}"
        case "kind":
            did = f"kind is {row.said}"
        case "merge":
            did = f"one speaker: {row.said}"
        case "split":
            did = f"parted: {row.said}"
        case "label":
            did = f"labelled {row.said}"
        case "span" if row.said == row.words:
            did = "source or cue changed"
        case "undo":
            did = f"decision {short(row.undoes)} is undone"
        case _:
            did = _TAKEN.get(row.action, row.action)
    return one_line(f"{did}: {words(row)}" if words(row) else did)


def taken_lines(row: DecisionRow, ledger: str, shown: Screen) -> Iterator[Text]:
    """One decision: its id, what was decided, how to undo it; a second line where it has no place."""
    told, way = Told(), "  " + one_line(f"(undo: sayso undo {short(row.id)}{named(ledger)})")
    head = f"{short(row.id)}  "
    text = sentence(row)
    if shown.width is not None:
        text = told.shorten(text, max(LEAST, shown.width - cell_len(head) - cell_len(way)))
    yield line((head, STRONG), text, (way, FAINT))
    if row.state == "lost":
        yield from wrapped(line(("lost its place: ", STRONG), one_line(row.reason)), shown, indent=len(head))


def put_taken(row: DecisionRow, ledger: str) -> None:
    """A decision that was just taken to standard output."""
    shown = screen()
    put(taken_lines(row, ledger, shown), shown)


# --- the list ---

SHOWN = (
    Column("id", lambda row: short(row.id), SHORT, SHORT, style=STRONG),
    Column("state", state, 6, 6),
    Column("decision", said, 18, 34),
    Column("words", words, 20, 200),
    Column("by", lambda row: row.reviewer, 3, 14),
    Column("date", lambda row: row.at[:10], 10, 10, wide=100),
    Column("document", lambda row: row.document, 10, 24),
    Column("version", lambda row: row.version, 6, 8, if_any=True),
)
PIPED = (
    *SHOWN[:5],
    Column("date", lambda row: row.at),
    *SHOWN[6:],
    Column("reason", fate),
    Column("note", lambda row: row.note),
)


def decision_lines(rows: Iterable[DecisionRow], shown: Screen, told: Told) -> Iterator[Text]:
    """Decisions as a table; under a lost one why, under one with a note the note."""
    if shown.width is None:
        yield from tabbed_lines(PIPED, rows, told)
        return
    every = list(rows)
    indent = SHORT + 2
    for place, each in enumerate(table_lines(SHOWN, every, shown, told)):
        yield each
        row = every[place - 1] if place else None
        if row and state(row) in ("lost", "gone"):
            yield from wrapped(line((f"{state(row)}: ", STRONG), one_line(fate(row))), shown, indent=indent)
        if row and row.note and row.action != "undo":
            yield from wrapped(line(("note: ", FAINT), one_line(row.note)), shown, indent=indent)


def put_decisions(rows: Iterable[DecisionRow], limit: int | None) -> None:
    """Decisions to standard output; on a terminal a last line counts them, and those that lost their place."""
    shown, told, every = screen(), Told(), list(rows)
    put(decision_lines(every, shown, told), shown)
    if not every:
        complain("no decisions found")
    elif shown.width is not None:
        lost = sum(row.state == "lost" for row in every)
        put([line((tail(told, DECISION, limit) + (f"; {lost:,} lost" if lost else ""), FAINT))], shown)
