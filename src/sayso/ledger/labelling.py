"""The user's own labels: put on statements, speakers and outlets of a ledger, taken off, listed and counted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.decisions import Change, Decision, make, speaker_of, undoing
from sayso.decisions.labelling import folded, label_of, on_name, on_outlet
from sayso.errors import UsageError
from sayso.ledger import decided, labelled
from sayso.ledger.escapes import kept
from sayso.ledger.rows import fitting
from sayso.ledger.store import Ledger, now

SHOWN = 5
"""So many names are told where one that was given fits none or several."""


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One label and what bears it: ``target`` is statement, speaker (of one page), name or outlet.

    ``words`` are the statement's, or the name of the speaker or outlet; ``document`` is the page, empty for names and outlets.
    """

    label: str
    target: str
    id: str
    words: str
    document: str
    document_id: str
    decision: str
    reviewer: str
    at: str
    note: str


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How much bears a label: statements by themselves, speakers of pages (by name too), outlets; who put it there.

    ``covered`` are the statements that were said and bear it by themselves, through a speaker or through their outlet, on
    ``documents`` pages. All versions of pages count.
    """

    label: str
    statements: int
    speakers: int
    outlets: int
    covered: int
    documents: int
    reviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bearer:
    """What a label is put on, and only one of them: a statement by id, an outlet, or a speaker by name.

    With a ``document`` the speaker (by name or id) is the one of that page; without, all of that name on every page.
    """

    statement: str = ""
    speaker: str = ""
    document: str = ""
    outlet: str = ""


def put_label(ledger: Ledger, label: str, on: Bearer, *, reviewer: str, note: str = "", at: str = "") -> Decision:
    """Put a label on something: a decision like the others. It is lasting when this returns.

    A label that is there in another case keeps its spelling. Raises UsageError where nothing, several or what bears the
    label already is meant, UnknownDocument, LedgerError.
    """
    with ledger._whole() as connection:
        label = labelled.spelled(connection, label_of(label))
        target, identity, document = _bearer(ledger, connection, on)
        if _standing(connection, label, target, identity, document):
            raise UsageError(f"{_told(on)} bears the label {label!r} already")
        who = {"reviewer": reviewer, "note": note, "at": at or now()}
        if target == "outlet":
            wish = on_outlet(label, _outlet(connection, on.outlet), **who)
        elif target == "name":
            name, kind = _name(connection, on.speaker)
            wish = on_name(label, name, kind, **who)  # type: ignore[arg-type]  # a kind that the schema lets in
        else:
            assert document is not None
            base, _ = decided.newest(connection, document)
            now_shown, seen = ledger._current(document), ledger._load((base,))
            wish = make("label", now_shown, (identity,), Change(label=label), observed=seen, **who)
        return decided.append(connection, wish)


def take_label(
    ledger: Ledger, label: str, on: Bearer, *, reviewer: str, note: str = "", at: str = ""
) -> tuple[Decision, ...]:
    """Take a label off something: an undoing of every decision that put it there. Raises UsageError where it is not there."""
    with ledger._whole() as connection:
        label = labelled.known(connection, label)
        target, identity, document = _bearer(ledger, connection, on)
        found = _standing(connection, label, target, identity, document)
        if not found:
            raise UsageError(f"{_told(on)} does not bear the label {label!r}; sayso label list shows what does")
        at = at or now()
        return tuple(
            decided.append(connection, undoing(ledger._decision(each), reviewer=reviewer, note=note, at=at))
            for each in found
        )


def _told(on: Bearer) -> str:
    return next(each for each in (on.statement, on.speaker, on.outlet) if each)


def _standing(
    connection: sqlite3.Connection, label: str, target: str, identity: str, document: int | None
) -> list[str]:
    """The decisions that put a label on something, the last first."""
    sql = """SELECT DISTINCT x.id FROM labels l JOIN decisions x ON x.number = l.decision WHERE l.label = ? AND l.target = ?
        AND l.id = ? AND l.document IS ? ORDER BY x.number DESC"""
    return [each for (each,) in connection.execute(sql, (kept(label), target, kept(identity), document))]


def _bearer(ledger: Ledger, connection: sqlite3.Connection, on: Bearer) -> tuple[str, str, int | None]:
    """What is meant: target and id as ``labels`` has them, and the key of its page. Raises UsageError."""
    if sum(map(bool, (on.statement, on.speaker, on.outlet))) != 1:
        raise UsageError("a label is put on one statement, one speaker or one outlet")
    if on.statement:
        identity, key = ledger._statement(on.statement)
        return "statement", identity, key
    if on.outlet:
        return "outlet", folded(_outlet(connection, on.outlet)), None
    if not on.document:
        return "name", folded(_name(connection, on.speaker)[0]), None
    key = ledger._resolve(on.document)
    reading = ledger._current(key)
    blank = make("label", reading, (on.speaker,), Change(label="x"), reviewer="-", at="")
    identity = speaker_of(reading, blank.speakers[0]) if blank.speakers else ""
    if not identity:
        raise UsageError(f"no one speaker {on.speaker!r} speaks on {on.document}")
    return "speaker", identity, key


def _outlet(connection: sqlite3.Connection, given: str) -> str:
    """The one outlet of that name, else the one with this in its name. Raises UsageError, which names those that fit."""
    every = [
        name for (name,) in connection.execute("SELECT DISTINCT outlet FROM documents WHERE outlet <> '' ORDER BY 1")
    ]
    wanted = folded(given)
    found = [name for name in every if folded(name) == wanted] or [name for name in every if wanted in folded(name)]
    if len({folded(name) for name in found}) != 1:
        named = ", ".join((found or every)[:SHOWN]) or "none has a name"
        raise UsageError(f"{len(found) or 'no'} outlet{'s' if found else ''} with {given!r}; there are: {named}")
    return str(found[0])


def _name(connection: sqlite3.Connection, given: str) -> tuple[str, str]:
    """The speakers of that name as they are written most, and their kind. Raises UsageError, which tells names that hold it."""
    current = "FROM speakers sp JOIN readings r ON r.key = sp.reading AND r.current = 1 WHERE"
    sql = f"SELECT sp.name, sp.kind {current} folded(sp.name) = ? GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2 LIMIT 1"
    for name, kind in connection.execute(sql, (kept(folded(given)),)):
        return name, kind
    sql = f"SELECT DISTINCT sp.name {current} instr(folded(sp.name), ?) ORDER BY 1 LIMIT {SHOWN}"
    near = ", ".join(name for (name,) in connection.execute(sql, (kept(folded(given)),)))
    raise UsageError(
        f"no speaker is called {given!r}" + (f"; there are: {near}" if near else "; sayso speakers lists them")
    )


# --- what bears a label ---


@dataclass(frozen=True, slots=True)
class Bearing:
    """What bears one label: outlets (in one case), and statements by themselves or through a speaker (page and id of each)."""

    label: str
    outlets: frozenset[str]
    statements: frozenset[tuple[str, str]]

    def said(self, document: str, statement: str) -> bool:
        """Whether a statement of a page bears it, by itself or through a speaker."""
        return (document, statement) in self.statements

    def takes(self, document: str, outlet: str, statement: str) -> bool:
        """Whether a statement bears it, or all of its outlet does."""
        return self.said(document, statement) or folded(outlet) in self.outlets


def bearing(ledger: Ledger, label: str, others: Iterable[str] = ()) -> Bearing:
    """What bears a label; ``others`` are speakers (page and id, a blank between) that count as bearing it, too.

    Raises UsageError where no label is called so.
    """
    with ledger._asked() as connection:
        label = kept(labelled.known(connection, label))
        sql = f"""SELECT d.id, s.id FROM statements s JOIN readings r ON r.key = s.reading
            JOIN documents d ON d.key = r.document WHERE s.key IN {labelled.STATEMENTS}"""
        given = labelled.of_statements(label, json.dumps(sorted(others)))
        outlets = {each for (each,) in connection.execute(labelled.OUTLETS[1:-1], (label,))}
        return Bearing(label, frozenset(outlets), frozenset(connection.execute(sql, given).fetchall()))


def bearers(ledger: Ledger, label: str) -> list[tuple[str, str]]:
    """The speakers that bear a label: the id of the page and theirs. Raises UsageError where no label is called so."""
    with ledger._asked() as connection:
        label = kept(labelled.known(connection, label))
        sql = f"""SELECT d.id, sp.id FROM speakers sp JOIN readings r ON r.key = sp.reading JOIN documents d ON d.key = r.document
            WHERE sp.key IN {labelled.SPEAKERS} ORDER BY 1, 2"""
        return connection.execute(sql, labelled.of_speakers(label, "[]")).fetchall()


def labels_on(ledger: Ledger, document: str) -> dict[str, tuple[str, ...]]:
    """The labels on a page (by id): of its statements and speakers by their ids, of its outlet by the empty string."""
    with ledger._asked() as connection:
        return labelled.on_page(connection, document)


def label_names(ledger: Ledger) -> tuple[str, ...]:
    """Every label that something bears, by name."""
    with ledger._asked() as connection:
        return tuple(name for (name,) in connection.execute("SELECT DISTINCT label FROM labels ORDER BY label"))


# --- listed and counted ---

_ROWS = """SELECT l.label, l.target, l.id, CASE l.target
        WHEN 'statement' THEN coalesce((SELECT group_concat(words, ' … ') FROM (SELECT p.words AS words FROM statements s
            JOIN readings r ON r.key = s.reading AND r.current = 1 JOIN statement_spans p ON p.statement = s.key
            WHERE s.id = l.id AND r.document = l.document AND p.role = 'content' ORDER BY p.position)), '')
        WHEN 'speaker' THEN coalesce((SELECT sp.name FROM speakers sp JOIN readings r ON r.key = sp.reading AND r.current = 1
            WHERE sp.id = l.id AND r.document = l.document), '')
        WHEN 'name' THEN coalesce(json_extract(x.what, '$.speakers[0].name'), l.id)
        ELSE coalesce(json_extract(x.what, '$.outlet'), l.id) END,
    coalesce(d.name, ''), coalesce(d.id, ''), x.id, x.reviewer, x.decided, x.note
    FROM labels l JOIN decisions x ON x.number = l.decision LEFT JOIN documents d ON d.key = l.document"""
_ORDER = " ORDER BY l.label, l.target, d.name, l.id, x.number"


def label_rows(ledger: Ledger, label: str = "") -> Iterator[LabelRow]:
    """Everything that bears a label, or that one alone. Raises UsageError where no label is called so."""
    with ledger._asked() as connection:
        given = [kept(labelled.known(connection, label))] if label else []
        for row in connection.execute(_ROWS + (" WHERE l.label = ?" if label else "") + _ORDER, given):
            yield fitting(LabelRow, row)


def label_counts(ledger: Ledger) -> Iterator[LabelCount]:
    """Every label with how much bears it, by name."""
    with ledger._asked() as connection:
        for name in label_names(ledger):
            yield _count(connection, kept(name), name)


def _count(connection: sqlite3.Connection, label: str, name: str) -> LabelCount:
    def number(sql: str, *given: str) -> int:
        return int(connection.execute(sql, given).fetchone()[0])

    covered = f"""FROM statements s JOIN readings r ON r.key = s.reading AND r.current = 1 JOIN documents d ON d.key = r.document
        WHERE s.act = 'say' AND (s.key IN {labelled.STATEMENTS} OR folded(d.outlet) IN {labelled.OUTLETS})"""
    given = (*labelled.of_statements(label, "[]"), label)
    said, pages = connection.execute(f"SELECT count(*), count(DISTINCT r.document) {covered}", given).fetchone()
    by = "SELECT DISTINCT x.reviewer FROM labels l JOIN decisions x ON x.number = l.decision WHERE l.label = ? ORDER BY 1"
    return LabelCount(
        name,
        number("SELECT count(*) FROM (SELECT DISTINCT document, id FROM labels WHERE label = ? AND target = 'statement')", label),
        number(f"SELECT count(*) FROM {labelled.SPEAKERS}", *labelled.of_speakers(label, "[]")),
        number("SELECT count(*) FROM (SELECT DISTINCT id FROM labels WHERE label = ? AND target = 'outlet')", label),
        int(said), int(pages), tuple(each for (each,) in connection.execute(by, (label,))),
    )  # fmt: skip
