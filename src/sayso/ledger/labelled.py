"""The rows of ``labels``: which labels stand on what. They follow from readings and decisions, and are made anew with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from sayso.decisions import Applied, Decision, active, speaker_of
from sayso.decisions.labelling import folded
from sayso.errors import UsageError
from sayso.ledger.escapes import kept
from sayso.records import Reading

Row = tuple[int, int | None, str, str, str]
"""Decision, document (key), target, id, label."""
TARGETS = ("statement", "speaker", "name", "outlet")

_SPEAKERS = """SELECT sp.key FROM labels l JOIN readings r ON r.document = l.document AND r.current = 1
        JOIN speakers sp ON sp.reading = r.key AND sp.id = l.id WHERE l.target = 'speaker' AND l.label = ?
    UNION SELECT sp.key FROM speakers sp JOIN readings r ON r.key = sp.reading AND r.current = 1
        WHERE folded(sp.name) IN (SELECT id FROM labels WHERE target = 'name' AND label = ?)
    UNION SELECT sp.key FROM speakers sp JOIN readings r ON r.key = sp.reading AND r.current = 1
        JOIN documents d ON d.key = r.document
        WHERE d.id || ' ' || sp.id IN (SELECT value FROM json_each(?))"""
SPEAKERS = f"({_SPEAKERS})"
"""Keys of speakers that bear a label, and of others that are named by page and id. Parameters: the label twice, a JSON list."""
STATEMENTS = f"""(SELECT key FROM statements WHERE speaker IN ({_SPEAKERS})
    UNION SELECT statement FROM joint_speakers WHERE speaker IN ({_SPEAKERS})
    UNION SELECT s.key FROM labels l JOIN readings r ON r.document = l.document AND r.current = 1
        JOIN statements s ON s.reading = r.key AND s.id = l.id WHERE l.target = 'statement' AND l.label = ?)"""
"""Keys of statements that bear a label or whose speakers do. Parameters: those of :data:`SPEAKERS` twice, the label."""
ON_SPEAKER = """(x.target = 'speaker' AND x.id = sp.id AND x.document = r.document)
    OR (x.target = 'name' AND x.id = folded(sp.name))"""
"""Which labels ``x`` are on a speaker ``sp`` of a reading ``r``."""
OUTLETS = "(SELECT id FROM labels WHERE target = 'outlet' AND label = ?)"
"""Outlets that bear a label, folded."""


def of_speakers(label: str, others: str) -> list[str]:
    """The parameters of :data:`SPEAKERS`; ``others`` is a JSON list of speakers, each ``page id``."""
    return [label, label, others]


def of_statements(label: str, others: str) -> list[str]:
    """The parameters of :data:`STATEMENTS`."""
    return [*of_speakers(label, others) * 2, label]


def rows_of(document: int, after: Reading, about: Iterable[Decision], said: Iterable[Applied]) -> list[Row]:
    """The rows of one page, by its key: its reading once decisions stand, the decisions, and what became of each."""
    stands = {each.decision for each in said if each.state == "stands"}
    head = after.headline.statements if after.headline else ()
    rows: list[Row] = []
    for d in about:
        if d.action != "label" or d.id not in stands:
            continue
        if d.statements:
            bearing = [s.id for s in (*after.statements, *head) if d.id in s.decided]
            rows += [(d.number, document, "statement", each, d.label) for each in bearing]
        else:
            speaker = speaker_of(after, d.speakers[0])
            rows += [(d.number, document, "speaker", speaker, d.label)] if speaker else []
    return sorted(set(rows), key=str)


def put(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Add rows."""
    sql = "INSERT INTO labels (decision, document, target, id, label) VALUES (?, ?, ?, ?, ?)"
    connection.executemany(sql, [(a, b, c, kept(d), kept(e)) for a, b, c, d, e in rows])


def take(connection: sqlite3.Connection, document: int) -> None:
    """Delete the rows of a page."""
    connection.execute("DELETE FROM labels WHERE document = ?", (document,))


def there(connection: sqlite3.Connection, document: int | None) -> list[Row]:
    """The rows of a page, or those of names and outlets."""
    sql = "SELECT decision, document, target, id, label FROM labels WHERE document IS ?"
    return sorted(connection.execute(sql, (document,)).fetchall(), key=str)


def rows_everywhere(decisions: Iterable[Decision]) -> list[Row]:
    """The rows of names and outlets, from the decisions without a page, in order."""
    rows: list[Row] = []
    for d in active(d for d in decisions if not d.document):
        if d.action == "label" and d.label:
            target, name = ("name", d.speakers[0].name) if d.speakers else ("outlet", d.outlet)
            rows.append((d.number, None, target, folded(name), d.label))
    return sorted(rows, key=str)


def spelled(connection: sqlite3.Connection, label: str) -> str:
    """A label as it is spelled in the ledger already, whatever its case; else as it is given."""
    found = connection.execute(
        "SELECT min(label) FROM labels WHERE folded(label) = ?", (kept(folded(label)),)
    ).fetchone()[0]
    return label if found is None else str(found)


def known(connection: sqlite3.Connection, label: str) -> str:
    """A label that something bears, as it is spelled there. Raises UsageError, which names those that there are."""
    every = [name for (name,) in connection.execute("SELECT DISTINCT label FROM labels ORDER BY label")]
    for name in every:
        if folded(name) == folded(label):
            return str(name)
    there = f"these are: {', '.join(every)}" if every else "nothing bears one yet (sayso label add)"
    raise UsageError(f"there is no label {label!r}; {there}")


def on_page(connection: sqlite3.Connection, document: str) -> dict[str, tuple[str, ...]]:
    """The labels on a page (by id): of its statements and speakers by their ids, of its outlet by the empty string."""
    sql = """SELECT l.id, l.label FROM labels l JOIN documents d ON d.key = l.document WHERE d.id = :page
        UNION SELECT sp.id, l.label FROM documents d JOIN readings r ON r.document = d.key AND r.current = 1
            JOIN speakers sp ON sp.reading = r.key JOIN labels l ON l.target = 'name' AND l.id = folded(sp.name)
            WHERE d.id = :page
        UNION SELECT '', l.label FROM documents d JOIN labels l ON l.target = 'outlet' AND l.id = folded(d.outlet)
            WHERE d.id = :page ORDER BY 1, 2"""
    found: dict[str, list[str]] = {}
    for identity, label in connection.execute(sql, {"page": document}):
        found.setdefault(identity, []).append(label)
    return {identity: tuple(each) for identity, each in found.items()}
