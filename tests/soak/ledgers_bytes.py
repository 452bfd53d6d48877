"""Mutations of the bytes of a ledger: flips, cuts, pages swapped, pointers that lead in circles."""

from __future__ import annotations

import os
import random
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from ledgers_base import Mutant

PAGE = 4096
FAR = 1 << 40
INTERIOR = {2: "index", 5: "table"}


def page_of(path: Path, name: str) -> int:
    """The root page of a table or index."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0])


def edit(path: Path, work: Callable[[bytearray], None]) -> None:
    """Change the bytes of a file in place."""
    data = bytearray(path.read_bytes())
    work(data)
    path.write_bytes(data)


def flips(first: int, last: int, most: int) -> Callable[[Path, random.Random], None]:
    """Up to ``most`` bytes changed in pages ``first`` to ``last`` (0: the end of the file)."""

    def make(path: Path, chance: random.Random) -> None:
        def work(data: bytearray) -> None:
            end = min(len(data), last * PAGE) if last else len(data)
            for _ in range(chance.randint(1, most)):
                data[chance.randrange(first * PAGE, end)] = chance.choice((0, 0x7F, 0x80, 0xFF, chance.randrange(256)))

        edit(path, work)

    return make


def header_bytes(path: Path, chance: random.Random) -> None:
    edit(path, lambda data: data.__setitem__(chance.randrange(100), chance.randrange(256)))


def header(path: Path, chance: random.Random) -> None:
    """One field of the file's header with an odd value."""
    at, width = chance.choice([(16, 2), (18, 1), (19, 1), (20, 1), (21, 1), (24, 4), (28, 4), (32, 4), (36, 4), (40, 4),
                               (44, 4), (48, 4), (52, 4), (56, 4), (60, 4), (64, 4), (68, 4), (92, 4), (96, 4)])  # fmt: skip
    value = chance.choice((0, 1, 2, 3, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, chance.getrandbits(32)))
    edit(path, lambda data: data.__setitem__(slice(at, at + width), (value % (1 << 8 * width)).to_bytes(width, "big")))


def cells(path: Path, chance: random.Random) -> None:
    """Cell pointers, counts and free blocks at the head of some pages."""

    def work(data: bytearray) -> None:
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(data) // PAGE) * PAGE
            at = (start or 100) + chance.choice((0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 20, 21))
            data[at] = chance.randrange(256)

    edit(path, work)


def kinds(path: Path, chance: random.Random) -> None:
    """A page of another kind than it is."""

    def work(data: bytearray) -> None:
        page = chance.randrange(1, len(data) // PAGE)
        data[page * PAGE] = chance.choice((0, 2, 5, 10, 13))

    edit(path, work)


def _loose_pages(data: bytearray) -> list[int]:
    return [n for n in range(1, len(data) // PAGE) if data[n * PAGE] not in (2, 5, 10, 13)]


def overflow(path: Path, chance: random.Random) -> None:
    """Pages that are no tree pages (overflow and free ones): their pointers lead elsewhere."""

    def work(data: bytearray) -> None:
        for _ in range(3):
            at = chance.choice(_loose_pages(data)) * PAGE
            goal = chance.choice((0, 1, at // PAGE + 1, len(data) // PAGE + 9, chance.randrange(len(data) // PAGE)))
            struct.pack_into(">I", data, at + chance.choice((0, 0, 4, 8)), goal)

    edit(path, work)


def free_list(path: Path, chance: random.Random) -> None:
    """The list of free pages leads to a page that is in use, or says that there are many more."""

    def work(data: bytearray) -> None:
        pages = len(data) // PAGE
        struct.pack_into(">I", data, 32, chance.randrange(1, pages + 2))
        struct.pack_into(">I", data, 36, chance.choice((0, 1, pages, 0xFFFFFFFF)))

    edit(path, work)


def cut(path: Path, chance: random.Random) -> None:
    size = path.stat().st_size
    os.truncate(
        path, chance.choice((0, 1, 99, 100, 512, PAGE, chance.randrange(size), PAGE * chance.randrange(size // PAGE)))
    )


def swapped(path: Path, chance: random.Random) -> None:
    """Two pages have changed places."""

    def work(data: bytearray) -> None:
        a, b = (chance.randrange(1, len(data) // PAGE) * PAGE for _ in range(2))
        data[a : a + PAGE], data[b : b + PAGE] = data[b : b + PAGE], data[a : a + PAGE]

    edit(path, work)


def doubled(path: Path, chance: random.Random) -> None:
    """One page written over another."""

    def work(data: bytearray) -> None:
        a, b = (chance.randrange(len(data) // PAGE) * PAGE for _ in range(2))
        data[max(b, PAGE) : max(b, PAGE) + PAGE] = data[a : a + PAGE]

    edit(path, work)


def blanked(path: Path, chance: random.Random) -> None:
    """A page of zeros, of ones or of noise."""

    def work(data: bytearray) -> None:
        at = chance.randrange(1, len(data) // PAGE) * PAGE
        data[at : at + PAGE] = chance.choice((bytes(PAGE), b"\xff" * PAGE, chance.randbytes(PAGE)))

    edit(path, work)


def circle(path: Path, chance: random.Random) -> None:
    """A pointer of an inner page leads back up."""

    def work(data: bytearray) -> None:
        inner = [n for n in range(1, len(data) // PAGE) if data[n * PAGE] in INTERIOR]
        at = chance.choice(inner)
        struct.pack_into(">I", data, at * PAGE + 8, chance.choice((at + 1, chance.choice(inner) + 1, 1)))

    edit(path, work)


def lattice(data: bytearray, root: int, leaf: int, depth: int = 12) -> None:
    """Turn the tree at ``root`` into one whose inner pages each point many times to the next: it has no end in practice."""
    pages = len(data) // PAGE
    data.extend(bytes(PAGE * depth))
    level = [root, *range(pages + 1, pages + depth + 1)]
    for place, page in enumerate(level):
        goal = level[place + 1] if place + 1 < len(level) else leaf
        start = (page - 1) * PAGE
        head = 100 if page == 1 else 0
        count = 300
        body = bytearray(PAGE - head)
        pointers = bytearray()
        at = PAGE
        for number in range(count):
            cell = struct.pack(">IB", goal, number % 100 + 1)
            at -= len(cell)
            body[at - head : at - head + len(cell)] = cell
            pointers += struct.pack(">H", at)
        body[: 12 + len(pointers)] = struct.pack(">BHHHBI", 5, 0, count, at, 0, goal) + pointers
        data[start + head : start + PAGE] = body
    struct.pack_into(">I", data, 28, len(data) // PAGE)


def endless(table: str, room: int) -> Callable[[Path, random.Random], None]:
    """A table without end in a small file; ``room`` empty bytes behind it, so that it passes for a large one."""

    def make(path: Path, chance: random.Random) -> None:
        root = page_of(path, table)

        def work(data: bytearray) -> None:
            leaf = next(n + 1 for n in range(1, len(data) // PAGE) if data[n * PAGE] == 13)
            lattice(data, root, leaf)

        edit(path, work)
        padded(path, room)

    return make


def padded(path: Path, room: int) -> None:
    """Empty pages behind the last, counted in the header. They take room on the disk."""
    size = (path.stat().st_size + room) // PAGE * PAGE
    with path.open("r+b") as out:
        out.seek(0, os.SEEK_END)
        out.write(bytes(size - out.tell()))
        out.seek(28)
        out.write(struct.pack(">I", size // PAGE))


def endless_schema(path: Path, chance: random.Random) -> None:
    """The table of the schema holds what it should, and behind it one harmless row again and again without end."""
    name, table = b"sqlite_autoindex_documents_1", b"documents"
    root = page_of(path, name.decode())

    def work(data: bytearray) -> None:
        pages = len(data) // PAGE
        data.extend(bytes(2 * PAGE))
        first, leaf = pages * PAGE, (pages + 1) * PAGE
        head = 12 if data[100] == 5 else 8
        count = struct.unpack_from(">H", data, 103)[0]
        whole = bytearray(data[:PAGE])
        whole[: head + 2 * count] = data[100 : 100 + head + 2 * count]
        data[first : first + PAGE] = whole
        row = bytes((6, 13 + 2 * 5, 13 + 2 * len(name), 13 + 2 * len(table), 2, 0)) + b"index" + name + table
        row += struct.pack(">H", root)
        cell = bytes((len(row), 120)) + row
        data[leaf : leaf + 8] = struct.pack(">BHHHB", 13, 0, 1, PAGE - len(cell), 0)
        data[leaf + 8 : leaf + 10] = struct.pack(">H", PAGE - len(cell))
        data[leaf + PAGE - len(cell) : leaf + PAGE] = cell
        lattice(data, 1, pages + 2)
        struct.pack_into(">I", data, struct.unpack_from(">H", data, 112)[0], pages + 1)

    edit(path, work)


def sparse(path: Path, chance: random.Random) -> None:
    """A file that says and seems to hold 2^40 bytes and takes none of them."""
    os.truncate(path, FAR)
    with path.open("r+b") as out:
        out.seek(28)
        out.write(struct.pack(">I", chance.choice((FAR // PAGE, 0, 7))))


BYTES = (
    Mutant("header bytes flipped", header_bytes),
    Mutant("a field of the header", header),
    Mutant("schema page flipped", flips(0, 1, 6)),
    Mutant("schema pages flipped", flips(0, 12, 6)),
    Mutant("any byte flipped", flips(0, 0, 3)),
    Mutant("many bytes flipped", flips(1, 0, 200)),
    Mutant("cell pointers", cells),
    Mutant("kind of a page", kinds),
    Mutant("overflow pages", overflow),
    Mutant("free list", free_list),
    Mutant("cut", cut),
    Mutant("pages swapped", swapped),
    Mutant("page doubled", doubled),
    Mutant("page blanked", blanked),
    Mutant("inner pages in a circle", circle),
    Mutant("endless table", endless("statements", 0)),
    Mutant("endless table in a large file", endless("documents", 17 << 20)),
    Mutant("endless spans in a large file", endless("voices", 17 << 20)),
    Mutant("endless schema", endless_schema),
    Mutant("2^40 bytes", sparse),
)  # fmt: skip
