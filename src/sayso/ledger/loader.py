"""A reading back from its rows, equal to the one that was added."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from math import isfinite
from typing import Any, cast, get_args

from sayso.ledger.keys import PLACES
from sayso.ledger.migrations import column_types
from sayso.ledger.tables import DOCUMENT_COLUMNS, TABLES, extra_of
from sayso.records import (
    Act,
    Block,
    BlockKind,
    DateMention,
    Document,
    Dropped,
    Figure,
    Finding,
    Headline,
    Hop,
    HopKind,
    MadeBy,
    Published,
    Reading,
    Role,
    SourceFile,
    Span,
    Spans,
    Speaker,
    SpeakerKind,
    Statement,
    StatementKind,
    Voice,
)

_SELECTS = {
    table: f"SELECT {', '.join(columns)} FROM {table} WHERE {columns[0]} BETWEEN ? AND ? ORDER BY "
    + ("1" if columns[0] == "key" else "1, role, position" if table == "statement_spans" else "1, position")
    for table, columns in TABLES.items()
}

_FIGURE_SPANS = ("qualifier", "counted", "as_of")
_FIGURE_SAME = (
    "id", "low", "high", "qualifier", "counted", "unit", "currency", "event", "who", "place", "period", "since",
    "as_of", "share_of",
)  # fmt: skip


_PARTS = ("text", "headline")
_KNOWN: dict[tuple[str, str], tuple[str, ...]] = {
    ("blocks", "kind"): get_args(BlockKind),
    ("speakers", "kind"): get_args(SpeakerKind),
    ("speakers", "part"): _PARTS,
    ("statements", "kind"): get_args(StatementKind),
    ("statements", "act"): get_args(Act),
    ("statements", "part"): _PARTS,
    ("figures", "part"): _PARTS,
    ("chain", "kind"): get_args(HopKind),
    ("voices", "voice"): get_args(Voice),
}
"""Columns that hold one of few words."""


def refuse_odd(table: str, columns: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Raise ValueError where a value is not what its column holds, as in a file that another hand wrote."""
    held = column_types()[table]
    types = [held[column] for column in columns]
    finite = [place for place, column in enumerate(columns) if column.endswith("confidence")]
    words = [(place, _KNOWN[table, column]) for place, column in enumerate(columns) if (table, column) in _KNOWN]
    for row in rows:
        fits = all(map(isinstance, row, types)) and all(row[place] in known for place, known in words)
        if not fits or not all(isfinite(row[place]) for place in finite):
            raise ValueError(f"a row of {table} holds what its columns cannot")


def reading_rows(connection: sqlite3.Connection, base: int, table: str) -> list[tuple[Any, ...]]:
    """All rows of one table that belong to the reading with this key, in order."""
    return connection.execute(_SELECTS[table], (base, base + PLACES - 1)).fetchall()


def load_reading(connection: sqlite3.Connection, base: int) -> Reading:
    """The reading with this key, as it was added. KeyError where there is none, ValueError where its rows are odd."""
    try:
        return _load(connection, base)
    except RecursionError as error:
        raise ValueError("a value in it is nested without end") from error


def _load(connection: sqlite3.Connection, base: int) -> Reading:
    columns = ("id", "text_id", "text", "outlet", "url", *DOCUMENT_COLUMNS)
    made = connection.execute(
        "SELECT document, headline, page_then, sayso, model, runtime, extractor, contract, code"
        " FROM readings WHERE key = ?",
        (base,),
    ).fetchone()
    if made is None:
        raise KeyError(base)
    document, headline, page_then, *made_by = made
    found = connection.execute(f"SELECT {', '.join(columns)} FROM documents WHERE key = ?", (document,)).fetchone()
    page: dict[str, Any] = dict(zip(columns, found, strict=True))
    if page_then is not None:
        page.update(json.loads(page_then, strict=False))
    if set(page) != set(columns) or not all(isinstance(value, str) for value in (headline or "", *made_by[:-2])):
        raise ValueError("its page or what made it is not as it should be")
    refuse_odd("documents", columns, [tuple(page.values())])
    return _Rows(connection, base).reading(page, MadeBy(*made_by), headline)


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else (start, end)


class _Rows:
    """The rows of one reading, and the records they make."""

    def __init__(self, connection: sqlite3.Connection, base: int) -> None:
        self.connection, self.base = connection, base
        self.speaker_ids: dict[int, str] = {}
        self.statement_ids: dict[int, str] = {}

    def _all(self, table: str) -> list[tuple[Any, ...]]:
        rows = reading_rows(self.connection, self.base, table)
        refuse_odd(table, TABLES[table], rows)
        return rows

    def reading(self, page: dict[str, Any], made_by: MadeBy, headline: str | None) -> Reading:
        speakers = self._speakers()
        statements = self._statements()
        figures = self._figures()
        read, ingested = self._findings()
        head = None
        if headline is not None:
            head = Headline(
                headline,
                tuple(s for part, s in statements if part == "headline"),
                tuple(f for part, f in figures if part == "headline"),
            )
        return Reading(
            id=page["id"],
            text_id=page["text_id"],
            document=self._document(page, ingested),
            made_by=made_by,
            headline=head,
            statements=tuple(s for part, s in statements if part == "text"),
            speakers=speakers,
            figures=tuple(f for part, f in figures if part == "text"),
            dates=tuple(
                DateMention((a, b), value, granularity) for _, _, a, b, value, granularity in self._all("dates")
            ),
            findings=read,
            dropped=tuple(Dropped(code, (a, b), reason) for _, _, code, a, b, reason in self._all("dropped")),
            voices=tuple((cast(Voice, voice), (a, b)) for _, _, voice, a, b in self._all("voices")),
        )

    def _document(self, page: dict[str, Any], findings: tuple[Finding, ...]) -> Document:
        published = None
        if page["published"] is not None:
            published = Published(
                page["published"],
                page["published_granularity"],
                page["published_basis"],
                _span(page["published_start"], page["published_end"]),
            )
        file = None
        if page["path"] is not None:
            file = SourceFile(page["path"], page["sha256"], page["bytes"], page["media_type"])
        return Document(
            name=page["name"],
            text=page["text"],
            title=page["title"],
            outlet=page["outlet"],
            byline=page["byline"],
            url=page["url"],
            language=page["language"],
            published=published,
            file=file,
            blocks=tuple(Block(cast(BlockKind, kind), (a, b)) for _, _, kind, a, b in self._all("blocks")),
            findings=findings,
            extra=extra_of(page["extra"]),
            extractor=page["extractor"],
        )

    def _speakers(self) -> tuple[Speaker, ...]:
        mentions: defaultdict[int, list[Span]] = defaultdict(list)
        roles: defaultdict[int, list[Role]] = defaultdict(list)
        for key, _, start, end, _ in self._all("mentions"):
            mentions[key].append((start, end))
        for key, _, text, start, end in self._all("roles"):
            roles[key].append(Role(text, (start, end)))
        rows = self._all("speakers")
        self.speaker_ids = {key: identity for key, _, identity, *_ in rows}
        return tuple(
            Speaker(identity, name, kind, tuple(mentions[key]), tuple(roles[key]))
            for key, _, identity, _, name, kind in rows
        )

    def _statements(self) -> list[tuple[str, Statement]]:
        spans: defaultdict[tuple[int, str], list[Span]] = defaultdict(list)
        chains: defaultdict[int, list[Hop]] = defaultdict(list)
        joint: defaultdict[int, list[str]] = defaultdict(list)
        for key, role, _, start, end, _ in self._all("statement_spans"):
            spans[key, role].append((start, end))
        for key, _, name, kind, start, end in self._all("chain"):
            chains[key].append(Hop(name, kind, (start, end)))
        for key, _, speaker in self._all("joint_speakers"):
            joint[key].append(self.speaker_ids[speaker])
        rows = self._all("statements")
        self.statement_ids = {row[0]: row[2] for row in rows}
        return [self._statement(row, spans, tuple(chains[row[0]]), tuple(joint[row[0]])) for row in rows]

    def _statement(
        self,
        row: tuple[Any, ...],
        spans: defaultdict[tuple[int, str], list[Span]],
        chain: tuple[Hop, ...],
        joint: tuple[str, ...],
    ) -> tuple[str, Statement]:
        key, _, identity, part, kind, act, speaker, reason, stance, within, *sure, decided = row

        def of(role: str) -> Spans:
            return tuple(spans[key, role])

        return part, Statement(
            id=identity,
            kind=kind,
            source=of("source"),
            cue=of("cue"),
            content=of("content"),
            act=act,
            speaker=None if speaker is None else self.speaker_ids[speaker],
            joint=joint,
            speaker_reason=reason,
            stance=stance,
            chain=chain,
            within=None if within is None else self.statement_ids[within],
            confidence=sure[0],
            speaker_confidence=sure[1],
            decided=tuple(decided.split()),
        )

    def _figures(self) -> list[tuple[str, Figure]]:
        return [(row[3], self._figure(dict(zip(TABLES["figures"], row, strict=True)))) for row in self._all("figures")]

    def _figure(self, row: dict[str, Any]) -> Figure:
        same = {name: row[name] for name in _FIGURE_SAME}
        edges = {f"{name}_span": _span(row[f"{name}_start"], row[f"{name}_end"]) for name in _FIGURE_SPANS}
        values: dict[str, Any] = {**same, **edges}
        return Figure(
            **values,
            span=(row["start"], row["end"]),
            statement=None if row["statement"] is None else self.statement_ids[row["statement"]],
        )

    def _findings(self) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        spans: defaultdict[int, list[Span]] = defaultdict(list)
        for key, _, start, end in self._all("finding_spans"):
            spans[key].append((start, end))
        read: dict[int, Finding] = {}
        ingested: dict[int, Finding] = {}
        for key, _, code, message, at_reading, at_ingest in self._all("findings"):
            finding = Finding(code, message, tuple(spans[key]))
            if at_reading is not None:
                read[at_reading] = finding
            if at_ingest is not None:
                ingested[at_ingest] = finding
        return tuple(read[i] for i in sorted(read)), tuple(ingested[i] for i in sorted(ingested))
