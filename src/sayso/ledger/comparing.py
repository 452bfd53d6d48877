"""What a reading has that an earlier one had not: statements gained, lost, re-attributed, cut otherwise; decisions touched.

Two readings of one text are compared by the places of their statements, two versions of a page by their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sayso.decisions import Applied, Decision, applied
from sayso.decisions.applying import likest
from sayso.ledger.rows import DiffRow
from sayso.records import Reading, Spans, Statement

Side = tuple[Reading, str, Statement]


def statements_of(reading: Reading) -> list[tuple[str, Statement]]:
    """All statements of a reading with the part that they stand in."""
    head = reading.headline.statements if reading.headline else ()
    return [*(("text", s) for s in reading.statements), *(("headline", s) for s in head)]


def words(reading: Reading, part: str, spans: Spans) -> str:
    """The words at spans, fragments joined by " … "."""
    text = reading.document.text if part == "text" else reading.headline.text if reading.headline else ""
    return " … ".join(text[start:end] for start, end in spans)


def speaker(reading: Reading, statement: Statement) -> str:
    """Who speaks, joint speakers joined by " + "; empty where it is open."""
    names = {s.id: s.name for s in reading.speakers}
    return " + ".join(names[each] for each in (statement.speaker, *statement.joint) if each in names)


def compare(before: Reading, after: Reading) -> list[DiffRow]:
    """Where two readings differ: what was lost or changed, then what was gained, each in the order of the text."""
    old, new = statements_of(before), statements_of(after)
    pairs = _same_text(old, new) if before.id == after.id else _same_words(before, after, old, new)
    rows = [_row(before, after, one, pairs.get(n)) for n, one in enumerate(old)]
    taken = {id(other[1]) for other in pairs.values()}
    gained = [_row(before, after, None, other) for other in new if id(other[1]) not in taken]
    return [row for row in (*rows, *gained) if row.change]


def _same_text(
    old: Sequence[tuple[str, Statement]], new: Sequence[tuple[str, Statement]]
) -> dict[int, tuple[str, Statement]]:
    """For each old statement the new one at its place: by id, then by most of the characters of its content."""
    by_id = {(part, s.id): (part, s) for part, s in new}
    pairs = {n: by_id.pop((part, s.id)) for n, (part, s) in enumerate(old) if (part, s.id) in by_id}
    for n, (part, s) in enumerate(old):
        if n not in pairs:
            found = likest((other for where, other in by_id.values() if where == part), s.content, s.source)
            if found is not None:
                pairs[n] = by_id.pop((part, found.id))
    return pairs


def _same_words(
    before: Reading, after: Reading, old: Sequence[tuple[str, Statement]], new: Sequence[tuple[str, Statement]]
) -> dict[int, tuple[str, Statement]]:
    """For each statement of one page the first on the other with the same words."""
    by_words: dict[str, list[tuple[str, Statement]]] = {}
    for part, s in new:
        by_words.setdefault(" ".join(words(after, part, s.content).split()), []).append((part, s))
    pairs = {}
    for n, (part, s) in enumerate(old):
        there = by_words.get(" ".join(words(before, part, s.content).split()))
        if there:
            pairs[n] = there.pop(0)
    return pairs


def _row(
    before: Reading, after: Reading, old: tuple[str, Statement] | None, new: tuple[str, Statement] | None
) -> DiffRow:
    """One difference; its ``change`` is empty where there is none."""
    was = words(before, old[0], old[1].content) if old else ""
    now = words(after, new[0], new[1].content) if new else ""
    who, whose = (speaker(before, old[1]) if old else ""), (speaker(after, new[1]) if new else "")
    change = ""
    if old is None or new is None:
        change = "gained" if old is None else "lost"
    elif who.casefold() != whose.casefold():
        change = "speaker"
    elif was.split() != now.split():
        change = "words"
    elif old[1].kind != new[1].kind:
        change = "kind"
    return DiffRow(
        after.document.name, after.id, change, who, whose, was, now, old[1].id if old else "", new[1].id if new else "",
        kind_before=old[1].kind if old else "", kind=new[1].kind if new else "",
        before="" if before.id == after.id else before.document.name, before_id="" if before.id == after.id else before.id,
    )  # fmt: skip


def touched(before: Reading, after: Reading, standing: Iterable[Decision]) -> Iterator[DiffRow]:
    """Decisions that no longer lead where they led, or again do."""
    decisions = list(standing)
    if not decisions:
        return
    once, now = (applied(reading, decisions)[1] for reading in (before, after))
    for decision, was, then in zip(decisions, once, now, strict=True):
        if was.state != then.state or was.statement != then.statement:
            said = f"{decision.action} by {decision.reviewer}: {_said(was)}, now {_said(then)}"
            yield DiffRow(
                after.document.name, after.id, "decision", "", "", "", said, was.statement, then.statement, decision.id
            )


def _said(outcome: Applied) -> str:
    return "stands" if outcome.state == "stands" else f"{outcome.state} ({outcome.reason})"
