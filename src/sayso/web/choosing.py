"""Which statements are chosen for review: a filter out of an address or a form, as SQL over those that nobody decided about."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso.errors import UsageError
from sayso.ledger.escapes import kept
from sayso.web.wishes import STATEMENT_KINDS

NAMES = ("document", "outlet", "speaker", "told", "least", "most")
"""The values that choose, as they stand in addresses and forms."""
LOT = 500
"""Decisions taken at once: a lot must stay one short transaction (375 on the demo's 21 pages took 0.34 s of one core)."""
_OPEN = "s.act = 'say' AND s.decided = ''"
_ALONG = f"""FROM statements s INDEXED BY statements_unsure CROSS JOIN readings r ON r.key = s.reading AND r.current = 1
    CROSS JOIN documents d ON d.key = r.document LEFT JOIN speakers p ON p.key = s.speaker WHERE {_OPEN}"""
_BY_PAGE = f"""FROM documents d CROSS JOIN readings r ON r.document = d.key AND r.current = 1 CROSS JOIN statements s
    ON s.reading = r.key LEFT JOIN speakers p ON p.key = s.speaker WHERE {_OPEN}"""
_BY_SPEAKER = f"""FROM speakers p CROSS JOIN statements s ON s.speaker = p.key CROSS JOIN readings r ON r.key = s.reading
    AND r.current = 1 CROSS JOIN documents d ON d.key = r.document WHERE {_OPEN}"""
_BETWEEN = "s.confidence BETWEEN ? AND ?"
_EVERY = f"SELECT count(s.key) FROM statements s INDEXED BY statements_unsure WHERE {_OPEN} AND {_BETWEEN}"
_PAST = f"SELECT count(*) FROM readings r CROSS JOIN statements s ON s.reading = r.key AND {_OPEN} WHERE r.current = 0 AND {_BETWEEN}"
"""In a large ledger it matters where one begins: along the order of confidence, with the pages chosen, or with the speakers."""
COUNTED = 5000
"""Statements of one kind that are counted: 50 ms; all of a million would take ten seconds."""
FEW = 2000
"""Pages of an outlet up to which its statements are put in order; beyond, one goes along the order until enough are found."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of statements. Empty means any; ``least`` and ``most`` bound their confidence, ``told`` is their kind.

    ``outlet`` and ``speaker`` are whole names, ``document`` an id.
    """

    document: str = ""
    outlet: str = ""
    speaker: str = ""
    told: str = ""
    least: float = 0.0
    most: float = 1.0

    @property
    def is_any(self) -> bool:
        """Whether nothing is chosen by."""
        return self == Choice()

    def values(self) -> dict[str, str]:
        """The values that make this choice in an address; those that choose nothing are left out."""
        found = {name: str(getattr(self, name)) for name in NAMES}
        return {
            name: value
            for name, value in found.items()
            if value and (name, value) not in (("least", "0.0"), ("most", "1.0"))
        }

    def _from(self, pages: int, *, counting: bool) -> str:
        """Where statements come from: ``pages`` is how many the outlet has."""
        if self.speaker:
            return _BY_SPEAKER
        if self.document or (self.outlet and (counting or pages <= FEW)):
            return _BY_PAGE
        return _ALONG

    def sql(self, pages: int = 0, *, counting: bool = False) -> tuple[str, list[Any]]:
        """What follows SELECT, without an order, and its parameters."""
        conditions = [
            ("d.id = ?", self.document), ("d.outlet = ?", self.outlet), ("p.name = ?", self.speaker), ("s.kind = ?", self.told),
        ]  # fmt: skip
        wanted: list[tuple[str, str | float]] = [(sql, kept(value)) for sql, value in conditions if value]
        wanted += [("s.confidence >= ?", self.least)] if self.least > 0 else []
        wanted += [("s.confidence <= ?", self.most)] if self.most < 1 else []
        where = (self._from(pages, counting=counting), *(sql for sql, _ in wanted))
        return " AND ".join(where), [value for _, value in wanted]


def choice_of(values: Mapping[str, str]) -> Choice:
    """The choice that values make. Raises UsageError for a kind or a confidence that is none."""
    told = values.get("told", "").strip()
    if told and told not in STATEMENT_KINDS:
        raise UsageError(f"told is one of {', '.join(STATEMENT_KINDS)}, not {told!r:.40}")
    document, outlet, speaker = (values.get(name, "").strip() for name in NAMES[:3])
    return Choice(
        document, outlet, speaker, told, _share(values.get("least", ""), 0.0), _share(values.get("most", ""), 1.0)
    )


def _share(given: str, usual: float) -> float:
    """A confidence, ``0.8``. Raises UsageError."""
    if not given.strip():
        return usual
    try:
        found = float(given)
    except ValueError:
        found = -1.0
    if not 0.0 <= found <= 1.0:
        raise UsageError(f"a confidence lies between 0 and 1, as 0.8; {given!r:.40} does not")
    return found


def counted(connection: sqlite3.Connection, choice: Choice) -> int:
    """How many statements are chosen; of one kind in the whole ledger up to ``COUNTED``, as each of them is looked at."""
    if choice == Choice(least=choice.least, most=choice.most):
        bounds = (choice.least, choice.most)
        every, past = (connection.execute(sql, bounds).fetchone()[0] for sql in (_EVERY, _PAST))
        return int(every) - int(past)
    sql, values = choice.sql(counting=True)
    bound = -1 if choice.document or choice.outlet or choice.speaker else COUNTED
    return int(connection.execute(f"SELECT count(*) FROM (SELECT 1 {sql} LIMIT ?)", [*values, bound]).fetchone()[0])


def chosen(
    connection: sqlite3.Connection, choice: Choice, most: int, after: tuple[float, str] = (-1.0, "")
) -> list[tuple[float, str]]:
    """Confidence and id of the statements that are chosen, the least sure first, behind a place in that order."""
    pages = "SELECT count(*) FROM (SELECT 1 FROM documents WHERE outlet = ? LIMIT ?)"
    many = int(connection.execute(pages, (kept(choice.outlet), FEW + 1)).fetchone()[0]) if choice.outlet else 0
    sql, values = choice.sql(many)
    behind = " AND s.confidence >= ? AND (s.confidence, s.id) > (?, ?) ORDER BY s.confidence, s.id LIMIT ?"
    rows = connection.execute(f"SELECT s.confidence, s.id {sql}{behind}", [*values, after[0], *after, most])
    return [(float(a), str(b)) for a, b in rows]


def seal(ids: list[str]) -> str:
    """A mark that tells one list of statements from another, so that what is confirmed is what was shown."""
    return hashlib.sha256(" ".join(ids).encode("ascii", "replace")).hexdigest()[:16]
