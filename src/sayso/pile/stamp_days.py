"""The stamp of a page and the days that it tells of, as numbers: what stamps are held against (see ``stamps``)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from sayso.dates import told
from sayso.pile.hashing import key63
from sayso.pile.question import Item, Place, Relation
from sayso.pile.rows import odd
from sayso.pile.voices.words import WORD, fold
from sayso.records import Reading, Span
from sayso.sentences import sentences
from sayso.tables import load

MOST = 64
"""Days kept for one page at most, the first of its text: of 348 pages measured the most has 33."""
AFTER = 20
"""Characters behind a date that may tell that it is to come: two or three words."""
KEPT = 8
"""Names kept beside each day."""
_HEAD = struct.Struct("<IIIBBHHB")
_DAY = struct.Struct("<IIHBBBBQ")
Tense = Literal["", "past", "ahead"]
_TENSES: tuple[Tense, ...] = ("", "past", "ahead")
_BASES = ("metadata", "dateline", "text", "inferred")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_VALUE = re.compile(r"(\d{4}|XXXX)-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Stamp:
    """The date of publication of one page: ``year`` 0 where it is open, ``years`` those that its weekday allows."""

    document: str
    year: int
    month: int
    day: int
    basis: str
    span: Span
    years: tuple[int, ...] = ()

    @property
    def date(self) -> date | None:
        """The day, where all of it is known."""
        return day_of(self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Told:
    """A day that a page tells of: ``year`` 0 where open, ``names`` are keys of those in its sentence.

    ``explicit``: its words give the year; ``counted``: they give the day of the month; ``tense``: its sentence tells it
    as past, or looks ahead.
    """

    document: str
    span: Span
    year: int
    month: int
    day: int
    explicit: bool
    counted: bool
    tense: Tense
    names: frozenset[int]
    sentence: int = 0
    """A hash of the words of its sentence: pages with one sentence are one text, and one witness."""


@dataclass(frozen=True, slots=True)
class StampsQuestion:
    """Keeps the stamp of each page and the days it tells of, as numbers. It compares nothing: its items have no keys."""

    name: str = "stamps"
    version: int = 2
    old_versions: bool = False
    compares: bool = False

    def items(self, reading: Reading) -> Iterable[Item]:
        """One item for the page."""
        yield Item(reading.id, "", (), pack(stamp_of(reading), days_of(reading)))

    def near(self, a: Item, b: Item) -> bool:
        """Never: nothing is compared."""
        return False

    def compare(self, a: Place, b: Place) -> Relation | None:
        """Nothing."""
        return None


QUESTION = StampsQuestion()


def stamp_of(reading: Reading) -> Stamp | None:
    """The page's stamp, to the day; None where it has none."""
    published = reading.document.published
    match = _VALUE.match(published.date) if published else None
    if published is None or match is None:
        return None
    year, month, day = (0 if part == "XXXX" else int(part) for part in match.groups())
    years: tuple[int, ...] = ()
    if not year:
        found = told(reading.document.text, reading.document.blocks, None)
        years = next((c.years for c in found if c.published.date[:10] == published.date[:10]), ())
    return Stamp(reading.id, year, month, day, published.basis, published.span or (0, 0), years[:8])


def days_of(reading: Reading) -> tuple[Told, ...]:
    """The days that a page tells of, in order, each with the names of its sentence; its stamp is none of them."""
    text = reading.document.text
    stamped = reading.document.published.span if reading.document.published else None
    blocks = [b.span for b in reading.document.blocks if b.kind not in ("furniture", "dateline", "byline")]
    bounds = sentences(text, blocks)
    known = _capitals(text, bounds)
    found: list[Told] = []
    for mention in sorted(reading.dates, key=lambda each: each.span):
        match = _VALUE.fullmatch(mention.value)
        sentence = next(((a, b) for a, b in bounds if a <= mention.span[0] < b), None)
        if match is None or sentence is None or mention.span == stamped or len(found) == MOST:
            continue
        words = text[slice(*mention.span)]
        year, month, day = (0 if part == "XXXX" else int(part) for part in match.groups())
        if not _exists(year, month, day):
            continue
        explicit, counted = bool(_YEAR.search(words)), any(map(str.isdigit, _YEAR.sub("", words)))
        names = _names(text, sentence, mention.span, known)
        tense = _tense(text, (sentence[0], min(sentence[1], mention.span[1] + AFTER)))
        found.append(Told(reading.id, mention.span, year, month, day, explicit, counted, tense, names, _words(text, sentence)))
    return tuple(found)


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(load("stamps")[name])


def _tense(text: str, clause: Span) -> Tense:
    """Whether a stretch looks ahead, else whether it tells what was."""
    words = {fold(match[0]) for match in WORD.finditer(text, *clause)}
    if not words.isdisjoint(_set("ahead")):
        return "ahead"
    return "" if words.isdisjoint(_set("past")) else "past"


def _capitals(text: str, bounds: Sequence[Span]) -> frozenset[str]:
    """Words with a capital inside sentences: those that are names at the head of one, too."""
    found: set[str] = set()
    for start, end in bounds:
        inner = list(WORD.finditer(text, start, end))[1:]
        found.update(fold(match[0]) for match in inner if match[0][0].isupper())
    return frozenset(found)


def _names(text: str, sentence: Span, date_span: Span, known: frozenset[str]) -> frozenset[int]:
    """Keys of the names of a sentence by their first words; days, months and words of grammar are none."""
    first, last = True, -1
    found: list[str] = []
    for match in WORD.finditer(text, *sentence):
        word, here = fold(match[0]), match[0][0].isupper()
        named = here and (not first or word in known) and word not in _set("no_names") and not word.isdigit()
        inside = date_span[0] <= match.start() < date_span[1]
        if named and not inside and not (last >= 0 and text[last : match.start()].isspace()):
            found.append(word)
        last = match.end() if named and not inside else -1
        first = False
    return frozenset(key63(word) for word in list(dict.fromkeys(found))[:KEPT])


def _words(text: str, sentence: Span) -> int:
    return key63(" ".join(fold(match[0]) for match in WORD.finditer(text, *sentence)))


def _exists(year: int, month: int, day: int) -> bool:
    return day_of(year or 2000, month, day) is not None


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, where the year is known (not 0) and there is such a day."""
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None


# --- as numbers ---


def pack(stamp: Stamp | None, days: Sequence[Told]) -> bytes:
    """A page's stamp and days as bytes."""
    s = stamp or Stamp("", 0, 0, 0, "metadata", (0, 0))
    head = (*s.span, s.year, s.month, s.day, len(days), _BASES.index(s.basis), len(s.years))
    out = _HEAD.pack(*head) + struct.pack(f"<{len(s.years)}H", *s.years)
    for told_ in days:
        flags = told_.explicit | told_.counted << 1 | _TENSES.index(told_.tense) << 2
        out += _DAY.pack(*told_.span, told_.year, told_.month, told_.day, flags, len(told_.names), told_.sentence)
        out += struct.pack(f"<{len(told_.names)}Q", *sorted(told_.names))
    return out


def unpack(document: str, packed: bytes) -> tuple[Stamp | None, tuple[Told, ...]]:
    """What :func:`pack` made bytes of. Raises sqlite3.DatabaseError where they are no such bytes."""
    try:
        stamp, days, end = _unpacked(document, packed)
    except (struct.error, IndexError, ValueError) as error:
        raise odd("the days of a page") from error
    if end != len(packed):
        raise odd("the days of a page")
    return stamp, days


def _unpacked(document: str, packed: bytes) -> tuple[Stamp | None, tuple[Told, ...], int]:
    start, end, year, month, day, many, basis, many_years = _HEAD.unpack_from(packed)
    at = _HEAD.size + 2 * many_years
    years = struct.unpack_from(f"<{many_years}H", packed, _HEAD.size)
    stamp = Stamp(document, year, month, day, _BASES[basis], (start, end), years) if month else None
    if stamp is not None:
        date(stamp.year or 2000, stamp.month, stamp.day)
    days = []
    for _ in range(many):
        a, b, y, m, d, flags, names, sentence = _DAY.unpack_from(packed, at)
        at += _DAY.size
        keys = frozenset(struct.unpack_from(f"<{names}Q", packed, at))
        at += 8 * names
        date(y or 2000, m, d)
        tense = _TENSES[flags >> 2]
        days.append(Told(document, (a, b), y, m, d, bool(flags & 1), bool(flags & 2), tense, keys, sentence))
    return stamp, tuple(days), at
