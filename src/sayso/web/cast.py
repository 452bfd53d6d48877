"""Who speaks in one reading, numbered in the order of their first words: what the text, legend and list share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.errors import UsageError
from sayso.records import Reading, Speaker, Statement

OPEN = "?"
HERE = "this page"
CRUMB = " → "


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of the page, with the text that its offsets count in and its place in the list (from 1)."""

    number: int
    statement: Statement
    text: str

    def words(self, role: str) -> str:
        """The words of its ``source``, ``cue`` or ``content``, fragments joined by " … "."""
        return " … ".join(self.text[start:end] for start, end in getattr(self.statement, role))


@dataclass(frozen=True, slots=True)
class Cast:
    """The statements that are shown, the headline's first; the page's speakers by id, and their numbers (from 1)."""

    lines: tuple[Line, ...]
    speakers: Mapping[str, Speaker]
    numbers: Mapping[str, int]

    def who(self, statement: Statement) -> tuple[Speaker, ...]:
        """The speakers of a statement; none where the page leaves it open."""
        voices = (statement.speaker or "", *statement.joint)
        return tuple(self.speakers[each] for each in voices if each in self.speakers)

    def mark(self, statement: Statement) -> str:
        """Number of the speaker: "1", "1+3" for joint speakers, "?" where it is open who speaks."""
        return "+".join(str(self.numbers[each.id]) for each in self.who(statement)) or OPEN

    def name(self, statement: Statement) -> str:
        """The speaker's name, joint ones with " + "; the reason in brackets where it is open who speaks."""
        names = " + ".join(each.name for each in self.who(statement))
        return names or f"({reason(statement)})"

    def depth(self, statement: Statement) -> int:
        """Within how many of the statements that are shown it is told, each within the next."""
        outer = {each.statement.id: each.statement.within for each in self.lines}
        depth, at, seen = 0, statement.within, {statement.id}
        while at in outer and at not in seen:
            seen.add(at)
            depth, at = depth + 1, outer[at]
        return depth

    def crumbs(self, statement: Statement) -> tuple[str, ...]:
        """The way of a statement, from its speaker by the hops of its chain to the page; empty where there are none."""
        hops = tuple(hop.name for hop in statement.chain)
        return (self.name(statement), *hops, HERE) if hops else ()

    def by_mark(self) -> dict[str, list[Line]]:
        """The statements under their marks: by number, those left open last."""
        found: dict[str, list[Line]] = {}
        for each in self.lines:
            found.setdefault(self.mark(each.statement), []).append(each)
        last = len(self.speakers) + 1
        order = {mark: [last if mark == OPEN else int(part) for part in mark.split("+")] for mark in found}
        return {mark: found[mark] for mark in sorted(found, key=lambda mark: order[mark])}


def reason(statement: Statement) -> str:
    """Why it is open who speaks, in words."""
    return statement.speaker_reason.replace("-", " ") or "open"


def cast_of(reading: Reading, all_acts: bool = False, speaker: str = "") -> Cast:
    """The statements of a reading that were said (or all), by speakers with ``speaker`` in their name (or all).

    Raises ``UsageError`` where no speaker has that in the name; it names those there are.
    """
    by_id = {each.id: each for each in reading.speakers}
    chosen = _named(reading, speaker)
    lines: list[Line] = []
    order: dict[str, Speaker] = {}
    for number, (statement, text) in enumerate(_in_order(reading, all_acts), 1):
        voices = (statement.speaker or "", *statement.joint)
        order.update({each: by_id[each] for each in voices if each in by_id and each not in order})
        if chosen is None or any(each in chosen for each in voices):
            lines.append(Line(number, statement, text))
    return Cast(tuple(lines), order, {each: number for number, each in enumerate(order, 1)})


def _in_order(reading: Reading, all_acts: bool) -> list[tuple[Statement, str]]:
    def place(statement: Statement) -> tuple[int, int]:
        spans = statement.content or statement.cue or statement.source or ((0, 0),)
        return spans[0][0], -spans[-1][1]

    def shown(statements: Sequence[Statement], text: str) -> list[tuple[Statement, str]]:
        kept = [each for each in statements if all_acts or each.act == "say"]
        return [(each, text) for each in sorted(kept, key=place)]

    headline = shown(reading.headline.statements, reading.headline.text) if reading.headline else []
    return headline + shown(reading.statements, reading.document.text)


def _named(reading: Reading, part: str) -> set[str] | None:
    if not part:
        return None
    chosen = {each.id for each in reading.speakers if part.casefold() in each.name.casefold()}
    if not chosen:
        names = ", ".join(sorted({each.name for each in reading.speakers})) or "nobody"
        raise UsageError(f"no speaker “{part}” on {reading.document.name}; there speak: {names}")
    return chosen
