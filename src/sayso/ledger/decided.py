"""Decisions in the file, and the readings that are shown once they stand.

What people decided is appended and never changed. What follows from it is derived: for each page that a standing
decision changes there is one more reading, made from the newest observed one (``base``), and that is the current one. It
can be dropped and made again to the same rows at any time.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator

from sayso.decisions import ACROSS, Applied, Decision, active, applied, decision_json, decision_of
from sayso.decisions.records import undone_by, with_id
from sayso.errors import NotALedger
from sayso.ledger import labelled
from sayso.ledger.escapes import kept
from sayso.ledger.keeping import index, insert_reading, unindex
from sayso.ledger.loader import load_reading
from sayso.ledger.versions import has_place
from sayso.records import Reading

FORGOTTEN = "its page was forgotten"
_COLUMNS = "action, document, reviewer, decided, note, undoes, id, number, what"
_PAGE = "d.url, d.outlet, d.name, d.text_id, coalesce(d.path, ''), coalesce(d.sha256, '')"
_SAME_PAGE = """SELECT d.key FROM documents d WHERE d.url = :url AND d.outlet = :outlet AND d.url <> ''
    UNION SELECT d.key FROM documents d WHERE d.name = :name AND d.url = '' AND :url = '' AND :path <> ''
        AND (d.path = :place OR d.sha256 = :sha256)
    UNION SELECT d.key FROM documents d WHERE d.sha256 = :sha256 AND :sha256 <> '' AND d.url = '' AND :url = ''
        AND d.text_id = :text_id AND d.outlet = :outlet AND d.path <> :path
    UNION SELECT :key"""
"""The versions of one page: one address at one outlet, or without an address one file, by its place (where it has one) or its
bytes. Lines of one file are pages of their own, and so are two with the same text in it."""


def newest(connection: sqlite3.Connection, document: int) -> tuple[int, int]:
    """Key and place of the newest observed reading of a document (by key). NotALedger where it has none."""
    found = connection.execute(
        "SELECT key, place FROM readings WHERE document = ? AND base IS NULL ORDER BY place DESC LIMIT 1", (document,)
    ).fetchone()
    if found is None:
        raise NotALedger("the ledger is damaged: a document has no reading")
    return int(found[0]), int(found[1])


ODD = (ValueError, TypeError, KeyError, AttributeError)
"""What is raised where a row holds what no row that Sayso wrote does."""


def loaded(connection: sqlite3.Connection, reading: int) -> Reading:
    """The reading with this key. Raises NotALedger where its rows make none."""
    try:
        return load_reading(connection, reading)
    except ODD as error:
        raise NotALedger(f"the ledger is damaged: a reading cannot be put together ({error!r})") from error


def _decision(row: tuple[str, str, str, str, str, str | None, str, int, str]) -> Decision:
    action, document, reviewer, at, note, undoes, identity, number, what = row
    try:
        blank = Decision(action, document, reviewer, at, note, undoes=undoes or "", id=identity, number=number)  # type: ignore[arg-type]
        return decision_of(what, blank)
    except ODD as error:
        raise NotALedger(f"the ledger is damaged: decision {number} cannot be read ({error!r})") from error


def all_decisions(connection: sqlite3.Connection) -> Iterator[Decision]:
    """Every decision, in order, those undone and the undoings too."""
    for row in connection.execute(f"SELECT {_COLUMNS} FROM decisions ORDER BY number"):
        yield _decision(row)


def beginning_with(connection: sqlite3.Connection, digits: str) -> list[Decision]:
    """The decisions whose id begins with these digits."""
    sql = f"SELECT {_COLUMNS} FROM decisions WHERE id >= ? AND id < ? ORDER BY number"
    return [_decision(row) for row in connection.execute(sql, (kept(digits), kept(digits) + "g"))]


def undoings(connection: sqlite3.Connection) -> Iterator[Decision]:
    """The undoings, in order."""
    for row in connection.execute(f"SELECT {_COLUMNS} FROM decisions WHERE undoes IS NOT NULL ORDER BY number"):
        yield _decision(row)


def versions(connection: sqlite3.Connection, document: int) -> list[int]:
    """The keys of all versions of a page, the document itself among them."""
    row = connection.execute(f"SELECT {_PAGE} FROM documents d WHERE d.key = ?", (document,)).fetchone()
    names = ("url", "outlet", "name", "text_id", "path", "sha256")
    values = {**dict(zip(names, (kept(value) for value in row), strict=True)), "key": document}
    values["place"] = values["path"] if has_place(row[2], row[4]) else None
    return sorted(int(key) for (key,) in connection.execute(_SAME_PAGE, values))


def across(connection: sqlite3.Connection) -> tuple[Decision, ...]:
    """The decisions about speakers of two pages that stand and still have their words, in order."""
    kinds = ", ".join(f"'{action}'" for action in ACROSS)
    sql = f"""SELECT {_COLUMNS} FROM decisions WHERE action IN ({kinds}) OR action = 'undo' ORDER BY number"""
    found = [_decision(row) for row in connection.execute(sql)]
    return tuple(d for d in active(found) if d.speakers)


def version_ids(connection: sqlite3.Connection, document: str) -> tuple[str, ...]:
    """The ids of all versions of a page, by the id of one of them, in order; none where it is not in the ledger."""
    row = connection.execute("SELECT key FROM documents WHERE id = ?", (kept(document),)).fetchone()
    keys = ", ".join(str(key) for key in versions(connection, int(row[0]))) if row else ""
    return tuple(i for (i,) in connection.execute(f"SELECT id FROM documents WHERE key IN ({keys}) ORDER BY id"))


def _about(connection: sqlite3.Connection, documents: Iterable[int]) -> list[Decision]:
    """The decisions about any of these documents, in order, with the undoings of them."""
    places = ", ".join(str(int(key)) for key in documents)
    sql = f"""SELECT {_COLUMNS} FROM decisions WHERE document IN (SELECT id FROM documents WHERE key IN ({places}))
        ORDER BY number"""
    return [_decision(row) for row in connection.execute(sql)]


def about(connection: sqlite3.Connection, document: int) -> list[Decision]:
    """The decisions about a page, taken on any version of it, in order, with the undoings of them."""
    return _about(connection, versions(connection, document))


def standing(connection: sqlite3.Connection, document: int) -> list[Decision]:
    """The decisions about a page that stand and whose words are there, in order."""
    return [d for d in active(about(connection, document)) if d.statements or d.speakers or d.to]


def withdraw(connection: sqlite3.Connection, document: int) -> None:
    """Take the derived reading of a document away; its newest observed one is current again."""
    found = connection.execute(
        "SELECT key FROM readings WHERE document = ? AND base IS NOT NULL", (document,)
    ).fetchall()
    if not found:
        return
    for (key,) in found:
        unindex(connection, int(key))
        connection.execute("DELETE FROM readings WHERE key = ?", (key,))
    base, _ = newest(connection, document)
    connection.execute("UPDATE readings SET current = 1 WHERE key = ?", (base,))
    index(connection, base)


def refresh(connection: sqlite3.Connection, document: int) -> None:
    """Make what is shown of a document follow from its newest observed reading and the decisions about its page."""
    withdraw(connection, document)
    connection.execute("DELETE FROM outcomes WHERE document = ?", (document,))
    labelled.take(connection, document)
    if connection.execute("SELECT 1 FROM decisions LIMIT 1").fetchone() is None:
        return
    found = about(connection, document)
    if not found:
        return
    base, place = newest(connection, document)
    before = loaded(connection, base)
    after, said = shown(before, found)
    _outcomes(connection, document, found, said)
    labelled.put(connection, labelled.rows_of(document, after, found, said))
    if after is not before:
        unindex(connection, base)
        connection.execute("UPDATE readings SET current = 0 WHERE key = ?", (base,))
        insert_reading(connection, after, document, place, base=base, id=id_of(connection, base, found))


def shown(before: Reading, decisions: Iterable[Decision]) -> tuple[Reading, tuple[Applied, ...]]:
    """A reading with decisions carried out; those whose words were erased are lost."""
    about = list(decisions)
    blank = {d.id for d in about if d.action != "undo" and not (d.statements or d.speakers or d.to)}
    after, said = applied(before, [d for d in active(about) if d.id not in blank])
    lost = tuple(Applied(d.id, "lost", FORGOTTEN) for d in active(about) if d.id in blank)
    return after, (*said, *lost)


def derived_id(base: str, about: Iterable[Decision]) -> str:
    """The id of a derived reading: a hash of the observed one's and of the decisions that stand."""
    parts = ["decided", base, *(d.id for d in active(about))]
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()[:32]


def id_of(connection: sqlite3.Connection, base: int, about: Iterable[Decision]) -> str:
    """The id of the derived reading of an observed one, given by key."""
    (identity,) = connection.execute("SELECT id FROM readings WHERE key = ?", (base,)).fetchone()
    return derived_id(identity, about)


def outcome_rows(document: int, about: Iterable[Decision], said: Iterable[Applied]) -> list[tuple[int, int, str, str, str]]:
    """The rows of ``outcomes`` for one document, by the number of the decision."""
    about = list(about)
    by_id, undone = {each.decision: each for each in said}, undone_by(about)
    rows = []
    for d in about:
        if d.action == "undo":
            continue
        each = by_id.get(d.id)
        if each is None:
            rows.append((d.number, document, "undone", f"undone by {undone[d.id].id}" if d.id in undone else "", ""))
        else:
            rows.append((d.number, document, each.state, each.reason, each.statement))
    return rows


def _outcomes(
    connection: sqlite3.Connection, document: int, about: Iterable[Decision], said: Iterable[Applied]
) -> None:
    rows = outcome_rows(document, about, said)
    connection.executemany(
        "INSERT INTO outcomes (decision, document, state, reason, statement) VALUES (?, ?, ?, ?, ?)",
        [(a, b, c, kept(d), e) for a, b, c, d, e in rows],
    )


def append(connection: sqlite3.Connection, decision: Decision) -> Decision:
    """Add a decision, and let every version of its page follow it. The decision with its number and id."""
    numbered = inserted(connection, decision)
    follow(connection, (numbered,))
    return numbered


def follow(connection: sqlite3.Connection, decisions: Iterable[Decision]) -> None:
    """Let every version of the pages of these decisions follow them, each page once."""
    for document in dict.fromkeys(d.document for d in decisions):
        if not document:
            refresh_everywhere(connection)
        found = connection.execute("SELECT key FROM documents WHERE id = ?", (document,)).fetchone()
        if found:
            refresh_versions(connection, int(found[0]))


def inserted(connection: sqlite3.Connection, decision: Decision) -> Decision:
    """Add a decision alone; its page follows it only with :func:`follow`. The decision with its number and id."""
    (last,) = connection.execute("SELECT coalesce(max(number), 0) FROM decisions").fetchone()
    numbered = with_id(decision, int(last) + 1)
    d, blank = numbered, numbered.action == "undo"
    connection.execute(
        f"INSERT INTO decisions ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            d.action, d.document, kept(d.reviewer), kept(d.at), kept(d.note), d.undoes or None, d.id, d.number,
            "" if blank else kept(decision_json(d)),
        ),
    )  # fmt: skip
    return numbered


def refresh_versions(connection: sqlite3.Connection, document: int, also: Iterable[int] = ()) -> None:
    """:func:`refresh` for all versions of a page, and for those that were such before it changed its place."""
    for key in sorted({*versions(connection, document), *also}):
        refresh(connection, key)


def everywhere(connection: sqlite3.Connection) -> list[Decision]:
    """The decisions without a page, in order: labels on names and outlets, and the undoings of them."""
    return [_decision(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM decisions WHERE document = '' ORDER BY number")]


def refresh_everywhere(connection: sqlite3.Connection) -> None:
    """Make the labels of names and outlets anew."""
    connection.execute("DELETE FROM labels WHERE document IS NULL")
    labelled.put(connection, labelled.rows_everywhere(everywhere(connection)))


def was_decided(connection: sqlite3.Connection, document: int) -> bool:
    """Whether anything was decided about this very document (by key)."""
    sql = "SELECT 1 FROM decisions WHERE document = (SELECT id FROM documents WHERE key = ?)"
    return connection.execute(sql, (document,)).fetchone() is not None


def refresh_all(connection: sqlite3.Connection) -> int:
    """Make all that is derived from decisions anew; how many documents have any."""
    connection.execute("DELETE FROM outcomes")
    connection.execute("DELETE FROM labels")
    refresh_everywhere(connection)
    derived = "SELECT DISTINCT document FROM readings WHERE base IS NOT NULL"
    keys = {int(key) for (key,) in connection.execute(derived).fetchall()}
    decided = "SELECT key FROM documents WHERE id IN (SELECT document FROM decisions)"
    for (key,) in connection.execute(decided).fetchall():
        keys.update(versions(connection, int(key)))
    for key in sorted(keys):
        refresh(connection, key)
    return len(keys)
