"""What lies beside a ledger and is not its own: logs, journals and locks that are garbage, links, pipes or another file's."""

from __future__ import annotations

import os
import random
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

from ledgers_base import PRECIOUS, Make, Mutant

JOURNAL = bytes.fromhex("d9d505f920a163d7")
"""What every rollback journal of SQLite begins with."""


def beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def garbage(*ends: str) -> Make:
    """Noise in a file that SQLite would read."""

    def make(path: Path, chance: random.Random) -> None:
        begin = chance.choice(
            (b"", struct.pack(">II", 0x377F0682, 3007000), struct.pack(">II", 0x377F0683, 3007000), JOURNAL)
        )
        beside(path, chance.choice(ends)).write_bytes(begin + chance.randbytes(chance.choice((0, 24, 4096, 33000))))

    return make


def link(*ends: str) -> Make:
    """A link to a file that is none of ours."""
    return lambda path, chance: beside(path, chance.choice(ends)).symlink_to(path.with_name(PRECIOUS))


def pipe(*ends: str) -> Make:
    """A pipe that nobody writes to."""
    return lambda path, chance: os.mkfifo(beside(path, chance.choice(ends)))


def folder(*ends: str) -> Make:
    """A folder of that name."""
    return lambda path, chance: beside(path, chance.choice(ends)).mkdir()


def other_pipe(path: Path, chance: random.Random) -> None:
    """The ledger itself is a pipe."""
    path.unlink()
    os.mkfifo(path)


def loop(path: Path, chance: random.Random) -> None:
    """The ledger is a link to itself."""
    path.unlink()
    path.symlink_to(path.name)


def super_journal(path: Path, chance: random.Random) -> None:
    """A journal that is to be played back, and names another file as its own: SQLite deletes that one afterwards."""
    name = str(path.with_name(PRECIOUS)).encode()
    pages, page = path.stat().st_size // 4096, 4096
    head = JOURNAL + struct.pack(">iIIII", 0, 1, pages, 512, page)
    end = struct.pack(">I", 0x40000000 // page + 1) + name
    end += struct.pack(">II", len(name), sum(b - 256 if b > 127 else b for b in name) & 0xFFFFFFFF) + JOURNAL
    beside(path, "-journal").write_bytes(head.ljust(512, b"\0") + end)


def _hostile_log(path: Path, chance: random.Random, *sql: str) -> None:
    """A whole write-ahead log with a change in it that was committed and never folded in."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA writable_schema = ON")
        for each in sql:
            connection.execute(each)
        log, shared = (beside(path, end).read_bytes() for end in ("-wal", "-shm"))
        main = path.read_bytes()
    path.write_bytes(main)
    beside(path, "-wal").write_bytes(log)
    if chance.random() < 0.3:
        beside(path, "-shm").write_bytes(shared)


LOGS = (
    "CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM voices; END",
    "UPDATE statements SET within = key",
    "UPDATE sqlite_schema SET sql = replace(sql, 'FROM documents d', 'FROM documents d, documents e') WHERE name = 'document_list'",
    "PRAGMA user_version = 77",
    "DELETE FROM voices",
)


def hostile_log(path: Path, chance: random.Random) -> None:
    _hostile_log(path, chance, chance.choice(LOGS))


def torn_log(path: Path, chance: random.Random) -> None:
    """A log with bytes flipped or cut off."""
    _hostile_log(path, chance, "DELETE FROM voices", "DELETE FROM dates")
    log = beside(path, "-wal")
    data = bytearray(log.read_bytes())
    for _ in range(chance.randint(0, 5)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    log.write_bytes(data[: chance.choice((len(data), chance.randrange(len(data))))])


def other_log(path: Path, chance: random.Random) -> None:
    """The log of another database."""
    other = path.with_name("other.db")
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE x (y)")
        connection.execute("INSERT INTO x VALUES (randomblob(20000))")
        log = beside(other, "-wal").read_bytes()
    other.unlink()
    beside(path, "-wal").write_bytes(log)
    if chance.random() < 0.5:
        data = bytearray(path.read_bytes())
        data[18:20] = b"\2\2"
        path.write_bytes(data)


def other_journal(path: Path, chance: random.Random) -> None:
    """The journal of another database, or of this one with other pages in it."""
    page = chance.randbytes(4096) if chance.random() < 0.5 else path.read_bytes()[4096:8192]
    number, nonce = chance.randrange(1, 9), chance.getrandbits(32)
    total = nonce
    at = 4096 - 200
    while at > 0:
        total += page[at]
        at -= 200
    head = JOURNAL + struct.pack(">iIIII", chance.choice((1, -1)), nonce, path.stat().st_size // 4096, 512, 4096)
    record = struct.pack(">I", number) + page + struct.pack(">I", total & 0xFFFFFFFF)
    beside(path, "-journal").write_bytes(head.ljust(512, b"\0") + record)


def odd_lock(path: Path, chance: random.Random) -> None:
    """A lock whose words are hostile."""
    beside(path, ".lock").write_bytes(chance.choice((
        b"[" * 100_000, b'{"pid": 1e999, "host": [], "since": {}}', b'{"pid": 1, "host": "\\u001b[2J", "since": "x"}',
        b"\xff" * 10, b'{"pid": ' + b"9" * 4000 + b', "host": "x", "since": "y"}', b'{"pid": 1, "host": "far", "since": "2031"}',
    )))  # fmt: skip


BESIDE = (
    Mutant("garbage in the log", garbage("-wal", "-shm")),
    Mutant("garbage in the journal", garbage("-journal")),
    Mutant("a log that is a link", link("-wal")),
    Mutant("a log's index that is a link", link("-shm")),
    Mutant("a journal that is a link", link("-journal")),
    Mutant("a lock that is a link", link(".lock")),
    Mutant("a pipe beside it", pipe("-wal", "-shm", "-journal", ".lock")),
    Mutant("a folder beside it", folder("-wal", "-shm", "-journal", ".lock")),
    Mutant("the ledger is a pipe", other_pipe),
    Mutant("the ledger is a loop", loop),
    Mutant("a journal that names another file", super_journal),
    Mutant("a log with a hostile change", hostile_log),
    Mutant("a torn log", torn_log),
    Mutant("another file's log", other_log),
    Mutant("another file's journal", other_journal),
    Mutant("odd words in the lock", odd_lock),
)
