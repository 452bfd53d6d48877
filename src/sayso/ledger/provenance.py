"""Where a page came from: its file, who read it when, whether the original is kept, its other versions."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from sayso.ledger import decided, forgetting


@dataclass(frozen=True, slots=True)
class Observed:
    """One observed reading of a page: its place (from 1), when it was made (UTC; empty where no time was kept), by what."""

    place: int
    at: str
    sayso: str
    model: str
    runtime: str
    extractor: str
    code: str


@dataclass(frozen=True, slots=True)
class Version:
    """Another page: a version of one (one address at one outlet, or without an address one file), or a copy."""

    id: str
    name: str
    published: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a page came from. ``sha256`` and ``bytes`` are those of the file's bytes; ``kept`` says whether they are kept.

    ``readings`` are the observed ones, oldest first; ``versions`` the other versions of the page, ``copies`` other pages with
    the very same text or file; ``decisions`` counts those about the page that are not undone.
    """

    document: str
    id: str
    text_id: str
    outlet: str
    url: str
    published: str
    words: int
    path: str
    sha256: str
    bytes: int | None
    media_type: str
    kept: bool
    readings: tuple[Observed, ...]
    versions: tuple[Version, ...]
    copies: tuple[Version, ...]
    decisions: int


def provenance(connection: sqlite3.Connection, document: int) -> Provenance:
    """Where the page with this key came from."""
    name, identity, text_id, outlet, url, published, words, path, sha256, size, media_type = connection.execute(
        """SELECT name, id, text_id, outlet, url, coalesce(published, ''), words, coalesce(path, ''),
        coalesce(sha256, ''), bytes, coalesce(media_type, '') FROM documents WHERE key = ?""",
        (document,),
    ).fetchone()
    readings = connection.execute(
        """SELECT r.place, coalesce(t.at, ''), r.sayso, r.model, r.runtime, r.extractor, r.code
        FROM readings r LEFT JOIN times t ON t.reading = r.key WHERE r.document = ? AND r.base IS NULL ORDER BY r.place""",
        (document,),
    )
    return Provenance(
        name, identity, text_id, outlet, url, published, words, path, sha256, size, media_type,
        kept=connection.execute("SELECT 1 FROM originals WHERE sha256 = ?", (sha256,)).fetchone() is not None,
        readings=tuple(Observed(*row) for row in readings),
        versions=_others(connection, document, decided.versions(connection, document)),
        copies=_others(connection, document, forgetting.alike(connection, document)),
        decisions=len(decided.standing(connection, document)),
    )  # fmt: skip


def _others(connection: sqlite3.Connection, document: int, keys: list[int]) -> tuple[Version, ...]:
    """The pages with these keys but for the one itself, by name, date and id."""
    sql = "SELECT id, name, coalesce(published, '') FROM documents WHERE key = ?"
    rows = [connection.execute(sql, (key,)).fetchone() for key in keys if key != document]
    return tuple(sorted((Version(*row) for row in rows), key=lambda each: (each.name, each.published, each.id)))


def wanted(connection: sqlite3.Connection, sha256: str) -> bool:
    """Whether a page came from a file with this hash whose bytes are not kept."""
    return (
        connection.execute(
            """SELECT 1 FROM documents WHERE sha256 = ? AND NOT EXISTS
        (SELECT 1 FROM originals WHERE originals.sha256 = documents.sha256)""",
            (sha256,),
        ).fetchone()
        is not None
    )
