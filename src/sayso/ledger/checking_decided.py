"""Proving what people decided: every decision is as it was taken, and all that follows from it is in step."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from sayso.decisions import Decision
from sayso.decisions.anchors import Quote, still_there
from sayso.decisions.records import Standing, with_id
from sayso.errors import LedgerError
from sayso.ledger import decided, labelled
from sayso.ledger.originals import BELONG, unpack
from sayso.records import Reading

Fault = Callable[[str], None]


def check_decisions(connection: sqlite3.Connection, fault: Fault) -> str:
    """Numbers, hashes, undoings and anchors of all decisions; a sentence about them."""
    number = quotations = without = 0
    seen: set[str] = set()
    erased = {d.document for d in decided.all_decisions(connection) if d.action != "undo" and _blank(d)}
    for d in decided.all_decisions(connection):
        number += 1
        if d.number != number:
            fault(f"Decision {d.number}: {number} should come here; one was taken out.")
            number = d.number
        if d.action == "undo" and d.undoes not in seen:
            fault(f"Decision {d.number} undoes one that was not taken before it.")
        seen.add(d.id)
        if d.document in erased and _blank(d):  # its page was forgotten; it may have come in again since
            without += d.action != "undo"
        else:
            quotations += _anchors(connection, d, fault)
    words = f" (but for {without} whose words were erased with their page)" if without else ""
    return (
        f"{number} decision{'' if number == 1 else 's'}, none missing: each has the hash it was taken under{words}, and "
        f"{'its' if number == 1 else 'their'} {quotations} quotation{' stands' if quotations == 1 else 's stand'} where "
        f"{'it' if quotations == 1 else 'they'} stood."
    )


def _blank(d: Decision) -> bool:
    """Whether a decision quotes nothing: an undoing, or one whose page was forgotten."""
    return not (d.statements or d.to or d.speakers or d.label)


def _anchors(connection: sqlite3.Connection, d: Decision, fault: Fault) -> int:
    """The quotations of one decision against the page it was taken on; how many there are."""
    if not d.document:
        if with_id(d, d.number).id != d.id:
            fault(f"Decision {d.number} is not as it was taken: its hash is another.")
        return 0
    row = connection.execute(
        """SELECT d.text, r.headline FROM documents d JOIN readings r ON r.document = d.key WHERE d.id = ?
        ORDER BY r.place DESC""", (d.document,),
    ).fetchone()  # fmt: skip
    if row is None:
        gone = connection.execute("SELECT 1 FROM forgotten WHERE id = ?", (d.document,)).fetchone()
        if not gone:
            fault(f"Decision {d.number} is about a page that is neither there nor forgotten.")
        elif d.statements or d.to or d.speakers:
            fault(f"Decision {d.number} still quotes a page that was forgotten.")
        return 0
    if with_id(d, d.number).id != d.id:
        fault(f"Decision {d.number} is not as it was taken: its hash is another.")
    count = 0
    for document, part, quoted in _quotes(d):
        count += part == "text"  # a headline may be another when the page is read again
        text = row[0] if not document else _text(connection, document)
        if part == "text" and not (text and still_there((quoted,), text)):
            fault(f"Decision {d.number}: {quoted.exact!r} does not stand where it stood.")
    return count


def _text(connection: sqlite3.Connection, document: str) -> str:
    """The text of the document with this id; empty where it is not there."""
    found = connection.execute("SELECT text FROM documents WHERE id = ?", (document,)).fetchone()
    return str(found[0]) if found else ""


def _quotes(d: Decision) -> Iterator[tuple[str, str, Quote]]:
    """The quotations of a decision: the page where it is another than the decision's, the part of it, the words."""
    for standing in (*d.statements, *((d.to,) if d.to else ())):
        yield from (("", standing.part, each) for each in _of(standing))
        for who in (standing.speaker, *standing.joint):
            if who and who.mention:
                yield "", who.part, who.mention
    for who in d.speakers:
        if who.mention:
            yield who.document, who.part, who.mention


def _of(standing: Standing) -> tuple[Quote, ...]:
    return (*standing.source, *standing.cue, *standing.content)


def check_derived(connection: sqlite3.Connection, fault: Fault) -> str:
    """What is shown against what follows from readings and decisions; a sentence about it."""
    pages = 0
    keys = {int(key) for (key,) in connection.execute("SELECT DISTINCT document FROM readings WHERE base IS NOT NULL")}
    keys |= {int(key) for (key,) in connection.execute("SELECT DISTINCT document FROM outcomes")}
    keys |= {int(key) for (key,) in connection.execute("SELECT document FROM labels WHERE document IS NOT NULL")}
    for (key,) in connection.execute("SELECT key FROM documents WHERE id IN (SELECT document FROM decisions)"):
        keys.update(decided.versions(connection, int(key)))
    if labelled.there(connection, None) != labelled.rows_everywhere(decided.everywhere(connection)):
        fault("The labels of names and outlets are not in step with the decisions (sayso check --repair makes them anew).")
    for key in sorted(keys):
        pages += 1
        try:
            _document(connection, key, fault)
        except LedgerError as error:
            fault(f"{_name(connection, key)}: {error}.")
    return f"What is shown of {pages} page{'' if pages == 1 else 's'} follows from what was read and decided."


def _name(connection: sqlite3.Connection, key: int) -> str:
    (name,) = connection.execute("SELECT name FROM documents WHERE key = ?", (key,)).fetchone() or ("?",)
    return str(name)


def _document(connection: sqlite3.Connection, key: int, fault: Fault) -> None:
    name = _name(connection, key)
    base, _ = decided.newest(connection, key)
    before = decided.loaded(connection, base)
    about = decided.about(connection, key)
    after, said = decided.shown(before, about)
    there = connection.execute(
        "SELECT key, id, base, current FROM readings WHERE document = ? AND (base IS NOT NULL OR current = 1)", (key,)
    ).fetchall()
    if len(there) != 1 or (there[0][2] is None) != (after is before):
        fault(f"{name}: what is shown is not what follows from the decisions (sayso check --repair makes it anew).")
    elif _differs(connection, there[0], base, before, after, about):
        fault(f"{name}: a shown reading is not what follows from the decisions (sayso check --repair makes it anew).")
    rows = connection.execute(
        "SELECT decision, document, state, reason, statement FROM outcomes WHERE document = ? ORDER BY decision", (key,)
    ).fetchall()
    if rows != decided.outcome_rows(key, about, said):
        fault(f"{name}: what became of its decisions is not in step (sayso check --repair makes it anew).")
    if labelled.there(connection, key) != labelled.rows_of(key, after, about, said):
        fault(f"{name}: its labels are not in step with the decisions (sayso check --repair makes them anew).")


def _differs(
    connection: sqlite3.Connection,
    row: tuple[int, str, int | None, int],
    base: int,
    before: Reading,
    after: Reading,
    about: list[Decision],
) -> bool:
    key, identity, rests_on, _ = row
    if rests_on is None:
        return key != base
    return rests_on != base or identity != decided.id_of(connection, base, about) or decided.loaded(connection, key) != after


def check_originals(connection: sqlite3.Connection, fault: Fault) -> str:
    """Every original that is kept against its hash; a sentence about them."""
    count = size = 0
    for sha256, packed, length in connection.execute("SELECT sha256, packed, bytes FROM originals ORDER BY sha256"):
        try:
            unpack(packed, sha256, int(length))
        except LedgerError as error:
            fault(f"{error}.")
        count, size = count + 1, size + int(length)
    for (sha256,) in connection.execute(f"SELECT sha256 FROM originals EXCEPT {BELONG} ORDER BY sha256"):
        fault(f"An original ({sha256[:12]}) belongs to no page.")
    return f"{count} original{'' if count == 1 else 's'} of {size:,} bytes: each has the hash it is kept under."


def check_forgotten(connection: sqlite3.Connection, fault: Fault) -> str:
    """No page that was forgotten is there; a sentence about them."""
    for (name,) in connection.execute(
        """SELECT name FROM documents WHERE text_id IN (SELECT text_id FROM forgotten)
        OR sha256 IN (SELECT sha256 FROM forgotten WHERE sha256 <> '') ORDER BY name"""
    ):
        fault(f"{name} has a text that was forgotten, or is out of a file that was.")
    (count,) = connection.execute("SELECT count(id) FROM forgotten").fetchone()
    return f"{count} page{' was' if count == 1 else 's were'} forgotten, and none of them is there."

