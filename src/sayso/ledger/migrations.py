"""The versions of the schema, and what a file of each version may hold.

A migration is one SQL file, run in one transaction together with the record of having been run. Version 1 is
``schema.sql``. A later version adds a file and a line to ``MIGRATIONS``; a file that was ever released is never edited.
"""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

APPLICATION_ID = 0x53617973
"""``PRAGMA application_id`` of every ledger: the letters "Says"."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from the version before to ``version``; ``sql`` must not begin or end a transaction."""

    version: int
    name: str
    sql: str


@lru_cache(maxsize=1)
def migrations() -> tuple[Migration, ...]:
    """All migrations, oldest first; the last one's version is the version this code writes."""
    steps = (("schema", "schema.sql"), ("decisions", "schema-2.sql"), ("lists", "schema-3.sql"), ("labels", "schema-4.sql"))
    sql = ((files("sayso.ledger") / file).read_text(encoding="utf-8") for _, file in steps)
    return tuple(Migration(n, name, text) for n, ((name, _), text) in enumerate(zip(steps, sql, strict=True), 1))


def apply(connection: sqlite3.Connection, *steps: Migration) -> None:
    """Run migrations and record them, all or none: nobody ever sees a new ledger between two versions.

    Raises sqlite3.Error and leaves the file as it was.
    """
    script = ["BEGIN IMMEDIATE;"]
    for step in steps:
        digest = hashlib.sha256(step.sql.encode("utf-8")).hexdigest()
        script += [step.sql, f"INSERT INTO migrations VALUES ({int(step.version)}, '{step.name}', '{digest}');"]
        script.append(f"PRAGMA user_version = {int(step.version)};")
    script += [f"PRAGMA application_id = {APPLICATION_ID};", "COMMIT;"]
    try:
        connection.executescript("\n".join(script))
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@lru_cache(maxsize=8)
def expected(steps: tuple[Migration, ...]) -> dict[tuple[str, str], str]:
    """What the schema holds after these steps: (type, name) to the SQL that made it."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step in steps:
            apply(connection, step)
        rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        return {(kind, name): sql for kind, name, sql in rows}
    finally:
        connection.close()


_HELD = {"TEXT": (str,), "INTEGER": (int,), "REAL": (float, int), "ANY": (float, int), "BLOB": (bytes,)}
"""What a column of each type holds; ANY stands for numbers of either kind."""


@lru_cache(maxsize=1)
def column_types() -> dict[str, dict[str, tuple[type, ...]]]:
    """The Python types that each column of each table may hold: what STRICT promises and a hostile file need not keep."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step in migrations():
            apply(connection, step)
        sql = """SELECT t.name, c.name, c.type, c."notnull" OR c.pk > 0 FROM pragma_table_list t, pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.strict"""
        held: dict[str, dict[str, tuple[type, ...]]] = {}
        for table, column, declared, needed in connection.execute(sql):
            held.setdefault(table, {})[column] = _HELD[declared] if needed else (*_HELD[declared], type(None))
        return held
    finally:
        connection.close()
