"""The questions a ledger answers, as SQL and rows. No user's text ever becomes SQL or full-text syntax."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

from sayso.decisions import Decision, decision_of
from sayso.decisions.records import in_words
from sayso.ledger.decided import FORGOTTEN
from sayso.ledger.escapes import kept
from sayso.ledger.rows import (
    Counts,
    DecisionFilter,
    DecisionRow,
    DocumentFilter,
    DocumentRow,
    DroppedFilter,
    DroppedRow,
    FigureFilter,
    FigureRow,
    FindingFilter,
    FindingRow,
    SpeakerFilter,
    SpeakerRow,
    StatementFilter,
    StatementRow,
    fitting,
)
from sayso.ledger.soundness import Cutter

Sql = tuple[str, list[Any]]
_PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')
_HEX = re.compile(r"[0-9a-f]+")


def full_text(text: str) -> str:
    """What a user typed as a full-text query: all words, "words in a row", and beginnings with a star (``ceas*``).

    Everything else is taken as words, so that no text is a syntax error. Empty where nothing can be searched for.
    """
    pieces = []
    for match in _PIECE.finditer(text):
        phrase, word = match[1], match[2]
        star = "*" if word is not None and word.endswith("*") else ""
        words = (phrase if word is None else word.rstrip("*")).strip()
        if any(character.isalnum() for character in words):
            pieces.append('"' + kept(words).replace('"', '""') + '"' + star)
    return " ".join(pieces)


class _Where:
    """Conditions and their parameters, in one order.

    Most conditions are marked as always true: documents are then gone through by name, so that a first page comes at
    once from a large ledger. Full-text search and ids lead the other way.
    """

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.parameters: list[Any] = []

    def add(self, condition: str, *parameters: Any) -> None:
        self.conditions.append(condition)
        self.parameters += [kept(p) if isinstance(p, str) else p for p in parameters]

    def folded(self, column: str, value: str) -> None:
        """Equal in any case."""
        if value:
            self.add(f"likelihood(fold({column}) = ?, 1.0)", value.casefold())

    def part(self, column: str, value: str) -> None:
        """With this in it, in any case."""
        if value:
            self.add(f"likelihood(instr(fold({column}), ?), 1.0)", value.casefold())

    def dates(self, since: str, until: str) -> None:
        """Published between the two, each compared over the digits that both dates have."""
        for value, sign in ((since, ">="), (until, "<=")):
            if value:
                same_length = f"substr(published, 1, length(?)) {sign} substr(?, 1, length(published))"
                self.add(f"likelihood(published GLOB '[0-9]*' AND {same_length}, 1.0)", value, value)

    def words(self, key: str, table: str, text: str, columns: str = "") -> None:
        """Found by full-text search; no rows where the text holds no word."""
        if text:
            query = full_text(text)
            self.add(f"{key} IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)" if query else "0")
            if query:
                self.parameters.append(f"{{{columns}}} : ({query})" if columns else query)

    def sql(self, order: str, limit: int | None) -> Sql:
        """The end of a query."""
        where = f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""
        end = "" if limit is None else " LIMIT ?"
        return f"{where} ORDER BY {order}{end}", self.parameters + ([] if limit is None else [max(0, limit)])


def documents(where: DocumentFilter) -> Sql:
    """Documents by name."""
    w = _Where()
    w.part("outlet", where.outlet)
    w.folded("language", where.language)
    w.dates(where.since, where.until)
    w.words("key", "document_words", where.words)
    end, parameters = w.sql("name, id", where.limit)
    columns = "id, name, title, outlet, coalesce(published, ''), language, words, statements, speakers, findings, url"
    return f"SELECT {columns} FROM document_list{end}", parameters


def document_row(row: tuple[Any, ...]) -> DocumentRow:
    """A row of :func:`documents`."""
    return fitting(DocumentRow, row)


_STATEMENTS = """SELECT id, document, document_id, outlet, coalesce(published, ''),
    coalesce(speaker, ''), coalesce(speaker_kind, ''), source, cue, content, kind, act, stance,
    (SELECT json_group_array(name) FROM (SELECT name FROM chain
        WHERE statement = statement_list.key ORDER BY position)),
    confidence, speaker_confidence, start, end, part,
    (SELECT json_group_array(name) FROM (SELECT speakers.name FROM joint_speakers
        JOIN speakers ON speakers.key = joint_speakers.speaker
        WHERE joint_speakers.statement = statement_list.key ORDER BY joint_speakers.position)), decided
    FROM statement_list"""
_JOINT_NAMED = """EXISTS (SELECT 1 FROM joint_speakers JOIN speakers ON speakers.key = joint_speakers.speaker
    WHERE joint_speakers.statement = statement_list.key AND instr(fold(speakers.name), ?))"""


def statements(where: StatementFilter, document: int | None) -> Sql:
    """Statements by document name, headline first, then by where their content begins; ``document`` is a key."""
    w = _Where()
    if where.speaker:
        part = where.speaker.casefold()
        w.add(f"likelihood(instr(fold(speaker), ?) OR {_JOINT_NAMED}, 1.0)", part, part)
    for column in ("kind", "act"):
        if getattr(where, column):
            w.add(f"likelihood({column} = ?, 1.0)", getattr(where, column))
    if where.id:
        begins = where.id.casefold()
        w.add("id >= ? AND id < ?", begins, begins + "g") if _HEX.fullmatch(begins) else w.add("0")
    w.part("outlet", where.outlet)
    w.dates(where.since, where.until)
    w.words("key", "statement_words", where.words, "content")
    if document is not None:
        w.add("document_key = ?", document)
    end, parameters = w.sql("document, document_id, part, start, key", where.limit)
    return _STATEMENTS + end, parameters


def search(text: str, limit: int) -> Sql | None:
    """Statements that full-text search over content, source and speaker finds, best first; None if it asks nothing."""
    query = full_text(text)
    if not query:
        return None
    return (
        f"""{_STATEMENTS} JOIN (SELECT rowid AS found, rank AS score FROM statement_words
            WHERE statement_words MATCH ? ORDER BY rank, rowid LIMIT ?)
        ON found = statement_list.key ORDER BY score, document, document_id, part, start, key""",
        [query, max(0, limit)],
    )


def statement_row(row: tuple[Any, ...]) -> StatementRow:
    """A row of :func:`statements` or :func:`search`."""
    values = list(row)
    values[13], values[19] = (tuple(json.loads(value, strict=False)) for value in (row[13], row[19]))
    values[20] = tuple(row[20].split())
    return fitting(StatementRow, values)


def speakers(where: SpeakerFilter, document: int | None) -> Sql:
    """Speakers, those with most statements first. With a ``document`` (key) the counts are of that document."""
    w = _Where()
    w.add("r.current = 1")
    if where.name:
        w.add("instr(fold(sp.name), ?)", where.name.casefold())
    if where.kind:
        w.add("sp.kind = ?", where.kind)
    if document is not None:
        w.add("r.document = ?", document)
    conditions = " AND ".join(w.conditions)
    limit = "" if where.limit is None else " LIMIT ?"
    sql = f"""SELECT sp.name, sp.kind, count(DISTINCT r.document),
        sum((SELECT count(*) FROM statements s WHERE s.speaker = sp.key AND s.act = 'say')
          + (SELECT count(*) FROM joint_speakers j JOIN statements s ON s.key = j.statement
             WHERE j.speaker = sp.key AND s.act = 'say')) AS said
        FROM readings r JOIN speakers sp ON sp.reading = r.key WHERE {conditions}
        GROUP BY sp.name, sp.kind ORDER BY said DESC, sp.name, sp.kind{limit}"""
    return sql, w.parameters + ([] if where.limit is None else [max(0, where.limit)])


def speaker_row(connection: sqlite3.Connection, row: tuple[Any, ...], document: int | None) -> SpeakerRow:
    """A row of :func:`speakers` with roles, spellings and ids."""
    name, kind, documents_, said = row
    here = "" if document is None else " AND r.document = ?"
    found = f"""FROM speakers sp JOIN readings r ON r.key = sp.reading AND r.current = 1{{}}
        WHERE sp.name = ? AND sp.kind = ?{here}"""
    parameters = [kept(name), kept(kind), *([] if document is None else [document])]

    def every(column: str, join: str = "") -> tuple[str, ...]:
        rows = connection.execute(f"SELECT DISTINCT {column} {found.format(join)}", parameters)
        return tuple(sorted(value for (value,) in rows))

    roles = every("x.text", " JOIN roles x ON x.speaker = sp.key")
    spellings = every("x.words", " JOIN mentions x ON x.speaker = sp.key")
    return fitting(SpeakerRow, (name, kind, documents_, said, roles, spellings, every("sp.id")))


def findings(where: FindingFilter, document: int | None) -> Sql:
    """Findings by document, then in their order: (document key, name, id, code, message, finding key)."""
    w = _Where()
    if where.code:
        w.add("f.code = ?", where.code)
    if document is not None:
        w.add("d.key = ?", document)
    end, parameters = w.sql("d.name, d.id, f.key", where.limit)
    return (
        f"""SELECT d.key, d.name, d.id, f.code, f.message, f.key FROM documents d
        JOIN readings r ON r.document = d.key AND r.current = 1 JOIN findings f ON f.reading = r.key{end}""",
        parameters,
    )


def finding_row(connection: sqlite3.Connection, row: tuple[Any, ...], text: Cutter) -> FindingRow:
    """A row of :func:`findings` with its places and their words in ``text``."""
    _, name, identity, code, message, key = row
    spans = tuple(
        connection.execute("SELECT start, end FROM finding_spans WHERE finding = ? ORDER BY position", (key,))
    )
    words = tuple(text.words(a, b) for a, b in spans)
    return fitting(FindingRow, (name, identity, code, message, spans, words))


_VOICE = """CASE WHEN f.statement IS NOT NULL THEN 'statement' ELSE
    (SELECT CASE WHEN sum(v.voice = 'statement') THEN 'statement' WHEN sum(v.voice = 'quoted') THEN 'quoted'
        WHEN sum(v.voice = 'unsure') THEN 'unsure' WHEN sum(v.voice = 'own') THEN 'own' ELSE 'unsure' END
     FROM voices v WHERE v.reading = f.reading AND f.part = 'text' AND v.start < f.end AND v.end > f.start) END"""
_FIGURES = f"""SELECT * FROM (SELECT d.name AS document, d.id AS document_id, d.outlet AS outlet,
    coalesce(d.published, '') AS published, f.part AS part, f.words AS words, {_VOICE} AS voice,
    coalesce(sp.name, '') AS speaker, coalesce(sp.kind, ''),
    (SELECT json_group_array(name) FROM (SELECT x.name FROM joint_speakers j JOIN speakers x ON x.key = j.speaker
        WHERE j.statement = f.statement ORDER BY j.position)) AS joint,
    f.id AS id, f.start AS start, f.end, f.low, f.high, f.qualifier, f.qualifier_start, f.qualifier_end,
    f.counted AS counted, f.counted_start, f.counted_end, f.unit AS unit, f.currency, f.event AS event, f.who, f.place,
    f.period, f.since, f.as_of AS as_of, f.as_of_start, f.as_of_end, f.share_of, s.id, d.key AS document_key
    FROM documents d JOIN readings r ON r.document = d.key AND r.current = 1 JOIN figures f ON f.reading = r.key
    LEFT JOIN statements s ON s.key = f.statement LEFT JOIN speakers sp ON sp.key = s.speaker)"""
EVENTS = ("killed", "injured", "missing", "displaced", "detained", "casualties")
_THING = f"""event = '', instr(' {" ".join(EVENTS)} ', ' ' || event || ' '), event = '' AND counted = '',
    CASE event WHEN '' THEN fold(counted) END, coalesce(nullif(as_of, ''), published), document, document_id, part, start"""


def figures(where: FigureFilter, document: int | None) -> Sql:
    """Figures by what is counted: event, or else the words; then by the time that they are of, or of their page."""
    w = _Where()
    for column in ("unit", "event"):
        if getattr(where, column):
            w.add(f"{column} = ?", getattr(where, column))
    if where.speaker:
        w.add("instr(fold(speaker || ' | ' || joint), ?)", where.speaker.casefold())
    w.part("outlet", where.outlet)
    w.part("(counted || ' | ' || words)", where.words)
    w.dates(where.since, where.until)
    if where.own:
        w.add("voice = 'own'")
    if document is not None:
        w.add("document_key = ?", document)
    end, parameters = w.sql(_THING, where.limit)
    return _FIGURES + end, parameters


def figure_row(row: tuple[Any, ...]) -> FigureRow:
    """A row of :func:`figures`. ValueError where it holds what its columns cannot."""

    def span(at: int) -> tuple[Any, Any] | None:
        return None if row[at] is None else (row[at], row[at + 1])

    joint = tuple(json.loads(row[9], strict=False))
    edges = (span(11), *row[13:16], span(16), row[18], span(19), *row[21:29], span(29), *row[31:33])
    return fitting(FigureRow, (*row[:9], joint, row[10], *edges))


def dropped(where: DroppedFilter, document: int | None) -> Sql:
    """Dropped parts by document, then in their order: (document key, name, id, code, reason, start, end)."""
    w = _Where()
    if where.code:
        w.add("x.code = ?", where.code)
    if document is not None:
        w.add("d.key = ?", document)
    end, parameters = w.sql("d.name, d.id, x.position", where.limit)
    return (
        f"""SELECT d.key, d.name, d.id, x.code, x.reason, x.start, x.end FROM documents d
        JOIN readings r ON r.document = d.key AND r.current = 1 JOIN dropped x ON x.reading = r.key{end}""",
        parameters,
    )


def dropped_row(row: tuple[Any, ...], text: Cutter) -> DroppedRow:
    """A row of :func:`dropped` with its words in ``text``."""
    _, name, identity, code, reason, start, end = row
    return fitting(DroppedRow, (name, identity, code, reason, start, end, text.words(start, end)))


def with_texts(
    connection: sqlite3.Connection, rows: Iterator[tuple[Any, ...]]
) -> Iterator[tuple[tuple[Any, ...], Cutter]]:
    """Each row, which begins with a document's key, and that document's text; texts are read once, one at a time."""
    held, text = None, Cutter("")
    for row in rows:
        if row[0] != held:
            held = row[0]
            text = Cutter(connection.execute("SELECT text FROM documents WHERE key = ?", (held,)).fetchone()[0])
        yield row, text


def counts(connection: sqlite3.Connection) -> Counts:
    """How much stands in the ledger. ``count(*)`` of a whole table would be one step that nothing can stop."""

    def number(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    current = "JOIN readings r ON r.key = x.reading AND r.current = 1"
    return Counts(
        documents=number("SELECT count(key) FROM documents"),
        statements=number(f"SELECT count(*) FROM statements x {current} WHERE x.act = 'say'"),
        thoughts=number(f"SELECT count(*) FROM statements x {current} WHERE x.act <> 'say'"),
        speakers=number(f"SELECT count(*) FROM (SELECT DISTINCT x.name, x.kind FROM speakers x {current})"),
        findings=number(f"SELECT count(*) FROM findings x {current}"),
        dropped=tuple(
            connection.execute(f"SELECT x.code, count(*) FROM dropped x {current} GROUP BY x.code ORDER BY x.code")
        ),
        unreadable=number("SELECT count(name) FROM unreadable"),
        outlets=number("SELECT count(DISTINCT outlet) FROM documents WHERE outlet <> ''"),
        figures=number(f"SELECT count(*) FROM figures x {current}"),
    )


def places_of_statement(connection: sqlite3.Connection, statement: str) -> list[tuple[str, int, int]]:
    """Statements that an id, or 6 or more first digits of one, may mean: (id, document key, 1 where it is shown)."""
    begins = statement.casefold()
    if len(begins) < 6 or not _HEX.fullmatch(begins):
        return []
    return connection.execute(
        """SELECT s.id, r.document, max(r.current) FROM statements s JOIN readings r ON r.key = s.reading
        WHERE s.id >= ? AND s.id < ? GROUP BY s.id, r.document ORDER BY s.id""",
        (begins, begins + "g"),
    ).fetchall()


def speaker_places(connection: sqlite3.Connection, speaker: str) -> list[tuple[str, int]]:
    """Speakers shown that an id, or 6 or more first digits of one, may mean: (id, document key)."""
    begins = speaker.casefold()
    if len(begins) < 6 or not _HEX.fullmatch(begins):
        return []
    return connection.execute(
        """SELECT DISTINCT s.id, r.document FROM speakers s JOIN readings r ON r.key = s.reading AND r.current = 1
        WHERE s.id >= ? AND s.id < ? ORDER BY s.id""",
        (begins, begins + "g"),
    ).fetchall()


def decisions(where: DecisionFilter, document: int | None) -> Sql:
    """Decisions in order, each with what became of it on each page it concerns; ``document`` is a key."""
    w = _Where()
    if document is not None:
        w.add("d.key = ?", document)
    erased = "o.state IS NULL AND x.what = '' AND x.action <> 'undo'"
    state = f"CASE WHEN {erased} THEN 'lost' ELSE coalesce(o.state, '') END"
    for column, value in (("x.action", where.action), (state, where.state)):
        if value:
            w.add(f"{column} = ?", value)
    if where.reviewer:
        w.add("instr(fold(x.reviewer), ?)", where.reviewer.casefold())
    end, parameters = w.sql("x.number, d.name, d.id", where.limit)
    return (
        f"""SELECT x.id, x.action, {state},
        CASE WHEN {erased} THEN '{FORGOTTEN}' ELSE coalesce(o.reason, '') END, x.what, x.reviewer, x.decided, x.note,
        coalesce(d.name, ''), coalesce(d.id, x.document), coalesce(o.statement, ''), coalesce(x.undoes, '')
        FROM decisions x LEFT JOIN outcomes o ON o.decision = x.number LEFT JOIN documents d
        ON d.key = coalesce(o.document, (SELECT key FROM documents WHERE id = x.document)){end}""",
        parameters,
    )


def decision_row(row: tuple[Any, ...]) -> DecisionRow:
    """A row of :func:`decisions`. ValueError, TypeError, KeyError where what was decided cannot be read."""
    identity, action, state, reason, what, reviewer, at, note, name, document, statement, undoes = row
    blank = Decision(action, document, reviewer, at, note, undoes=undoes, id=identity)
    words, said = in_words(decision_of(what, blank))
    values = (identity, action, state, reason, words, said, reviewer, at, note, name, document, statement, undoes)
    return fitting(DecisionRow, values)
