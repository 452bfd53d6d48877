"""Which pages of a ledger are versions of one, and which version is the newest."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

_SAME_URL = """SELECT d.key FROM (SELECT url, outlet FROM documents WHERE url <> '' GROUP BY url, outlet HAVING count(*) > 1) g
    JOIN documents d ON d.url = g.url AND d.outlet = g.outlet WHERE d.url <> ''"""
_SAME_NAME = """SELECT d.key FROM (SELECT name FROM documents GROUP BY name HAVING count(*) > 1) g
    JOIN documents d ON d.name = g.name WHERE d.url = ''"""
_SAME_TEXT = """SELECT d.key FROM (SELECT text_id FROM documents GROUP BY text_id HAVING count(*) > 1) g
    JOIN documents d ON d.text_id = g.text_id WHERE d.url = ''"""
_PAGE = """SELECT key, id, name, url, outlet, coalesce(path, ''), coalesce(sha256, ''), text_id, coalesce(published, ''),
    coalesce((SELECT min(t.at) FROM readings r JOIN times t ON t.reading = r.key WHERE r.document = d.key), '')
    FROM documents d WHERE key = ?"""


_NUMBERED = re.compile(r"(.*):\d+", re.DOTALL)
_PARTED = re.compile(r"[/\\]")


def has_place(name: str, path: str) -> bool:
    """Whether what lies at this place later is the same page, changed.

    It is not for standard input, nor for an entry or a line that is named by its number alone: the next feed has another third.
    """
    if path in ("", "-"):
        return False
    numbered = _NUMBERED.fullmatch(name)
    return numbered is None or _PARTED.split(path)[-1] not in _PARTED.split(numbered[1])


@dataclass(frozen=True, slots=True)
class Page:
    """One page that may be a version of another. ``read`` is when it first came in, UTC."""

    key: int
    id: str
    name: str
    url: str
    outlet: str
    path: str
    sha256: str
    text_id: str
    published: str
    read: str

    @property
    def age(self) -> tuple[str, str, str, str]:
        """Greater for a newer version: by the day of publication, then by when it came in; a day without a year tells nothing."""
        known = self.published if self.published[:1].isdigit() else ""
        return known, self.read, self.name, self.id


class _Groups:
    """Things put together where they share something."""

    def __init__(self) -> None:
        self.above: dict[int, int] = {}

    def root(self, one: int) -> int:
        while self.above.setdefault(one, one) != one:
            self.above[one] = self.above[self.above[one]]
            one = self.above[one]
        return one

    def join(self, many: Iterable[int]) -> None:
        first, *others = many
        for other in others:
            self.above[self.root(other)] = self.root(first)


def versions(connection: sqlite3.Connection) -> list[tuple[Page, ...]]:
    """Every page of which there are several versions: these, oldest first. The rules are those of ``decided.versions``."""
    keys = {key for sql in (_SAME_URL, _SAME_NAME, _SAME_TEXT) for (key,) in connection.execute(sql).fetchall()}
    pages = [Page(*connection.execute(_PAGE, (key,)).fetchone()) for key in sorted(keys)]
    groups, by_key = _Groups(), {page.key: page for page in pages}
    for same in _same(pages):
        groups.join(same)
    together: defaultdict[int, list[Page]] = defaultdict(list)
    for key in groups.above:
        together[groups.root(key)].append(by_key[key])
    found = [tuple(sorted(group, key=lambda page: page.age)) for group in together.values()]
    return sorted(found, key=lambda group: (group[-1].name, group[-1].id))


def old(connection: sqlite3.Connection) -> frozenset[int]:
    """The keys of the pages that have a newer version."""
    return frozenset(page.key for group in versions(connection) for page in group[:-1])


def _same(pages: Iterable[Page]) -> Iterator[list[int]]:
    """Pages that are versions of one: one address at one outlet, or one file by its place or its bytes."""
    groups: defaultdict[Hashable, list[Page]] = defaultdict(list)
    for page in pages:
        if page.url:
            groups["url", page.url, page.outlet].append(page)
            continue
        if has_place(page.name, page.path):
            groups["place", page.name, page.path].append(page)
        if page.path:
            groups["bytes", page.name, page.sha256].append(page)
        if page.sha256:
            groups["moved", page.sha256, page.text_id, page.outlet].append(page)
    for how, group in groups.items():
        one_place = isinstance(how, tuple) and how[0] == "moved" and len({page.path for page in group}) == 1
        if len(group) > 1 and not one_place:
            yield [page.key for page in group]


def told(connection: sqlite3.Connection) -> dict[str, str]:
    """For each page with several versions which of how many it is, the oldest first ("2 of 3"), by id."""
    return {page.id: f"{n} of {len(group)}" for group in versions(connection) for n, page in enumerate(group, 1)}


def pairs(connection: sqlite3.Connection, document: int | None = None) -> list[tuple[int, int]]:
    """The newest two versions of each page that has several, by key; of a ``document`` alone that one and the one before it."""
    found = versions(connection)
    if document is None:
        return [(group[-2].key, group[-1].key) for group in found]
    return [(a.key, b.key) for group in found for a, b in pairwise(group) if b.key == document]
