"""What a bomb is, and how its bytes are made: files meant to exhaust, confuse or stop whoever reads them.

A bomb has two sizes: ``full`` for the soak, and ``quick`` for the suite that always runs (0: only in the soak). What a sound
outcome is stands beside it: codes of the contract, or "document" where it may be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Parts = Iterator[bytes]
Maker = Callable[[int], Parts]
PART = 1 << 20


@dataclass(frozen=True, slots=True)
class Bomb:
    """One hostile file. ``beside`` holds files that go with it: name → maker; ``meta`` that one of them is a table."""

    name: str
    why: str
    make: Maker
    full: int
    quick: int = 0
    sound: frozenset[str] = frozenset({"document"})
    beside: tuple[tuple[str, Maker], ...] = ()
    meta: str = ""

    def write(self, folder: Path, size: int) -> Path:
        """Write the bomb and what stands beside it; the bomb's path."""
        for name, make in ((self.name, self.make), *self.beside):
            with (folder / name).open("wb") as out:
                for part in make(size):
                    out.write(part)
        return folder / self.name


def run(unit: bytes, before: bytes = b"", after: bytes = b"") -> Maker:
    """``size`` bytes of ``unit`` again and again, between two other pieces."""

    def make(size: int) -> Parts:
        yield before
        block = unit * max(1, PART // len(unit))
        left = size // len(unit) * len(unit)
        while left > 0:
            yield block[:left]
            left -= len(block)
        yield after

    return make


def many(form: str, before: str = "", after: str = "") -> Maker:
    """``size`` times ``form``, each with its own number at ``{}``."""

    def make(size: int) -> Parts:
        yield before.encode()
        for start in range(0, size, 5000):
            yield "".join(form.replace("{}", str(n)) for n in range(start, min(size, start + 5000))).encode()
        yield after.encode()

    return make


def once(data: bytes) -> Maker:
    """The same bytes whatever the size."""
    return lambda _: iter([data])


def nested(opening: bytes, closing: bytes = b"", before: bytes = b"", core: bytes = b"", after: bytes = b"") -> Maker:
    """``size`` openings, a core and as many closings."""

    def make(size: int) -> Parts:
        yield before + opening * size + core + closing * size + after

    return make


def words(size: int) -> Parts:
    """Words of letters that follow no language, by a fixed generator (xorshift), so that no cache helps."""
    state, left = 88172645463325252, size
    while left > 0:
        out = bytearray()
        for _ in range(8000):
            state ^= (state << 13) & (1 << 64) - 1
            state ^= state >> 7
            state ^= (state << 17) & (1 << 64) - 1
            length = 3 + state % 7
            out += bytes(97 + (state >> 6 * i) % 26 for i in range(length)) + b" "
        yield bytes(out[:left])
        left -= len(out)


def prose(size: int) -> Parts:
    """Paragraphs of news prose about invented people, each with its own numbers and names."""
    names = ("Orla Venn", "Tomas Reel", "Ida Marrow", "Pell Hask", "Nina Dray", "Jory Falk", "Mara Ellwood")
    bodies = ("the harbour board", "the growers’ union", "a ministry official", "the district court")
    left, n = size, 0
    while left > 0:
        n += 1
        who, body = names[n % len(names)], bodies[n % len(bodies)]
        text = (
            f"{who} told reporters on day {n} that “{n * 37 % 991} of the gates had been closed since the storm”, and {body} "
            f"said it would look into the matter. According to a report from ward {n % 83}, repairs cost more than expected.\n\n"
        ).encode()
        yield text[:left]
        left -= len(text)


def page(body: bytes, head: bytes = b"") -> tuple[bytes, bytes]:
    """What stands before and after the body of a page."""
    start = b"<!DOCTYPE html><html><head><title>Gates</title>" + head + b"</head><body><article>" + body
    return start, b"<p>The harbour board said on Monday that the gates would stay closed.</p></article></body></html>"


ANY = frozenset({"document"})
LARGE = frozenset({"too-large"})
READ_OR_LARGE = ANY | LARGE
READ_OR_EMPTY = frozenset({"document", "no-text"})
DEEP = frozenset({"too-deep"})
BAD_JSON = frozenset({"bad-json"})
TAKEN_APART = frozenset({"document", "too-large", "too-deep", "timeout", "extractor-failed", "no-text"})
MB = 1_000_000
