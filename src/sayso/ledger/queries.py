"""The questions a ledger answers, as SQL and rows. No user's text ever becomes SQL or full-text syntax."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sayso.ledger import labelled
from sayso.ledger.escapes import kept
from sayso.ledger.rows import (
    Counts,
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
HEX = re.compile(r"[0-9a-f]+")


def phrases(text: str) -> list[str]:
    """What a user typed, word by word, each as a full-text query: words, "words in a row", beginnings with a star (``ceas*``).

    Everything else is taken as words, so that no text is a syntax error.
    """
    pieces = []
    for match in _PIECE.finditer(text):
        phrase, word = match[1], match[2]
        star = "*" if word is not None and word.endswith("*") else ""
        words = (phrase if word is None else word.rstrip("*")).strip()
        if any(character.isalnum() for character in words):
            pieces.append('"' + kept(words).replace('"', '""') + '"' + star)
    return pieces


def full_text(text: str) -> str:
    """All :func:`phrases` as one full-text query. Empty where nothing can be searched for."""
    return " ".join(phrases(text))


class Where:
    """Conditions and their parameters, in one order.

    Most conditions are marked as always true: documents are then gone through by name, so that a first page comes at
    once from a large ledger. Full-text search and ids lead the other way.
    """

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.parameters: list[Any] = []

    def add(self, condition: str, *parameters: Any) -> None:
        """One more condition, with its parameters."""
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

    def labelled(self, label: str, key: str, others: Iterable[str]) -> None:
        """Bearing a label: the statement (``key``), one of its speakers, or the outlet; or said by one of ``others``."""
        if label:
            bearing = f"{key} IN {labelled.STATEMENTS} OR folded(outlet) IN {labelled.OUTLETS}"
            self.add(f"({bearing})", *labelled.of_statements(label, json.dumps(sorted(others))), label)

    def newest(self, old: Collection[int], key: str) -> None:
        """Not of one of these documents."""
        if old:
            self.add(f"{key} NOT IN (SELECT value FROM json_each(?))", json.dumps(sorted(old)))

    def sql(self, order: str, limit: int | None) -> Sql:
        """The end of a query."""
        where = f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""
        end = "" if limit is None else " LIMIT ?"
        return f"{where} ORDER BY {order}{end}", self.parameters + ([] if limit is None else [max(0, limit)])


DOCUMENT = """SELECT id, name, title, outlet, coalesce(published, ''), language, words, statements, speakers, findings, url
    FROM document_list"""
"""A row of a document, to be ended by conditions and an order."""


def documents(where: DocumentFilter) -> Sql:
    """Documents by name."""
    w = Where()
    w.part("outlet", where.outlet)
    w.folded("language", where.language)
    w.dates(where.since, where.until)
    w.words("key", "document_words", where.words)
    if where.id:
        w.add("id = ?", where.id)
    end, parameters = w.sql("name, id", where.limit)
    return DOCUMENT + end, parameters


def document_row(row: tuple[Any, ...]) -> DocumentRow:
    """A row of :func:`documents`."""
    return fitting(DocumentRow, row)


STATEMENT = """SELECT id, document, document_id, outlet, coalesce(published, ''),
    coalesce(speaker, ''), coalesce(speaker_kind, ''), source, cue, content, kind, act, stance,
    (SELECT json_group_array(name) FROM (SELECT name FROM chain
        WHERE statement = statement_list.key ORDER BY position)),
    confidence, speaker_confidence, start, end, part,
    (SELECT json_group_array(name) FROM (SELECT speakers.name FROM joint_speakers
        JOIN speakers ON speakers.key = joint_speakers.speaker
        WHERE joint_speakers.statement = statement_list.key ORDER BY joint_speakers.position)), decided,
    (SELECT json_group_array(label) FROM (SELECT DISTINCT label FROM labels WHERE target = 'statement'
        AND id = statement_list.id AND document = statement_list.document_key ORDER BY label)),
    (SELECT json_group_array(label) FROM (SELECT DISTINCT l.label AS label FROM statements s
        JOIN speakers sp ON sp.key = s.speaker JOIN labels l ON (l.target = 'name' AND l.id = folded(sp.name))
            OR (l.target = 'speaker' AND l.id = sp.id AND l.document = statement_list.document_key)
        WHERE s.key = statement_list.key ORDER BY label)),
    (SELECT json_group_array(label) FROM (SELECT DISTINCT label FROM labels WHERE target = 'outlet'
        AND id = folded(statement_list.outlet) ORDER BY label))
    FROM statement_list"""
"""A row of a statement, to be ended by conditions and an order."""
_JOINT_NAMED = """EXISTS (SELECT 1 FROM joint_speakers JOIN speakers ON speakers.key = joint_speakers.speaker
    WHERE joint_speakers.statement = statement_list.key AND instr(fold(speakers.name), ?))"""


def statements(where: StatementFilter, document: int | None, old: Collection[int] = ()) -> Sql:
    """Statements by document name, headline first, then by where their content begins; ``document`` is a key.

    ``old`` are keys of documents that are left out.
    """
    w = Where()
    if where.speaker:
        part = where.speaker.casefold()
        w.add(f"likelihood(instr(fold(speaker), ?) OR {_JOINT_NAMED}, 1.0)", part, part)
    for column in ("kind", "act"):
        if getattr(where, column):
            w.add(f"likelihood(+{column} = ?, 1.0)", getattr(where, column))  # no index over it is the way in
    if where.id:
        begins = where.id.casefold()
        w.add("id >= ? AND id < ?", begins, begins + "g") if HEX.fullmatch(begins) else w.add("0")
    w.part("outlet", where.outlet)
    w.dates(where.since, where.until)
    w.words("key", "statement_words", where.words, "content")
    if document is not None:
        w.add("document_key = ?", document)
    w.labelled(where.label, "key", where.others)
    w.newest(old, "document_key")
    end, parameters = w.sql("document, document_id, part, start, key", where.limit)
    return STATEMENT + end, parameters


def search(text: str, limit: int) -> Sql | None:
    """Statements that full-text search over content, source and speaker finds, best first; None if it asks nothing."""
    query = full_text(text)
    if not query:
        return None
    return (
        f"""{STATEMENT} JOIN (SELECT rowid AS found, rank AS score FROM statement_words
            WHERE statement_words MATCH ? ORDER BY rank, rowid LIMIT ?)
        ON found = statement_list.key ORDER BY score, document, document_id, part, start, key""",
        [query, max(0, limit)],
    )


def statement_row(row: tuple[Any, ...]) -> StatementRow:
    """A row of :func:`statements` or :func:`search`."""
    values = list(row)
    values[13], values[19] = (tuple(json.loads(value, strict=False)) for value in (row[13], row[19]))
    values[20] = tuple(row[20].split())
    values[21:24] = (tuple(json.loads(value, strict=False)) for value in row[21:24])
    return fitting(StatementRow, values)


def speakers(where: SpeakerFilter, document: int | None) -> Sql:
    """Speakers, those with most statements first. With a ``document`` (key) the counts are of that document."""
    w = Where()
    w.add("r.current = 1")
    if where.name:
        w.add("instr(fold(sp.name), ?)", where.name.casefold())
    if where.kind:
        w.add("sp.kind = ?", where.kind)
    if document is not None:
        w.add("r.document = ?", document)
    if where.label:
        w.add(f"sp.key IN {labelled.SPEAKERS}", *labelled.of_speakers(where.label, "[]"))
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
    labels = every("x.label", f" JOIN labels x ON {labelled.ON_SPEAKER}")
    return fitting(SpeakerRow, (name, kind, documents_, said, roles, spellings, every("sp.id"), labels))


def findings(where: FindingFilter, document: int | None) -> Sql:
    """Findings by document, then in their order: (document key, name, id, code, message, finding key)."""
    w = Where()
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


VOICE = """CASE WHEN f.statement IS NOT NULL THEN 'statement' ELSE
    (SELECT CASE WHEN sum(v.voice = 'statement') THEN 'statement' WHEN sum(v.voice = 'quoted') THEN 'quoted'
        WHEN sum(v.voice = 'unsure') THEN 'unsure' WHEN sum(v.voice = 'own') THEN 'own' ELSE 'unsure' END
     FROM voices v WHERE v.reading = f.reading AND f.part = 'text' AND v.start < f.end AND v.end > f.start) END"""
FIGURES = f"""SELECT * FROM (SELECT d.name AS document, d.id AS document_id, d.outlet AS outlet,
    coalesce(d.published, '') AS published, f.part AS part, f.words AS words, {VOICE} AS voice,
    coalesce(sp.name, '') AS speaker, coalesce(sp.kind, ''),
    (SELECT json_group_array(name) FROM (SELECT x.name FROM joint_speakers j JOIN speakers x ON x.key = j.speaker
        WHERE j.statement = f.statement ORDER BY j.position)) AS joint,
    f.id AS id, f.start AS start, f.end, f.low, f.high, f.qualifier, f.qualifier_start, f.qualifier_end,
    f.counted AS counted, f.counted_start, f.counted_end, f.unit AS unit, f.currency, f.event AS event, f.who, f.place,
    f.period, f.since, f.as_of AS as_of, f.as_of_start, f.as_of_end, f.share_of, s.id, d.key AS document_key,
    f.statement AS statement_key, f.key AS key
    FROM documents d JOIN readings r ON r.document = d.key AND r.current = 1 JOIN figures f ON f.reading = r.key
    LEFT JOIN statements s ON s.key = f.statement LEFT JOIN speakers sp ON sp.key = s.speaker)"""
"""A row of a figure, to be ended by conditions and an order."""
EVENTS = ("killed", "injured", "missing", "displaced", "detained", "casualties")
THING = f"""event = '', instr(' {" ".join(EVENTS)} ', ' ' || event || ' '), event = '' AND counted = '',
    CASE event WHEN '' THEN fold(counted) END, coalesce(nullif(as_of, ''), published), document, document_id, part, start"""


def figures(where: FigureFilter, document: int | None, old: Collection[int] = ()) -> Sql:
    """Figures by what is counted: event, or else the words; then by the time that they are of, or of their page."""
    w = Where()
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
    w.labelled(where.label, "statement_key", where.others)
    w.newest(old, "document_key")
    end, parameters = w.sql(THING, where.limit)
    return FIGURES + end, parameters


def figure_row(row: tuple[Any, ...]) -> FigureRow:
    """A row of :func:`figures`. ValueError where it holds what its columns cannot."""

    def span(at: int) -> tuple[Any, Any] | None:
        return None if row[at] is None else (row[at], row[at + 1])

    joint = tuple(json.loads(row[9], strict=False))
    edges = (span(11), *row[13:16], span(16), row[18], span(19), *row[21:29], span(29), *row[31:33])
    return fitting(FigureRow, (*row[:9], joint, row[10], *edges))


def dropped(where: DroppedFilter, document: int | None) -> Sql:
    """Dropped parts by document, then in their order: (document key, name, id, code, reason, start, end)."""
    w = Where()
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
    """How much stands in the ledger. ``count(*)`` of a whole table would be one step that nothing can stop.

    Rows of all readings are counted, and those of the few that are not shown taken off: none is looked up by itself.
    """

    def number(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    def shown(table: str, condition: str = "1") -> int:
        return number(f"SELECT count(key) FROM {table} x WHERE {condition}") - number(
            f"SELECT count(*) FROM readings r CROSS JOIN {table} x ON x.reading = r.key AND {condition} WHERE r.current = 0"
        )

    gone = """SELECT count(*) FROM (SELECT DISTINCT x.name, x.kind FROM readings r CROSS JOIN speakers x ON x.reading = r.key
        WHERE r.current = 0 AND NOT EXISTS (SELECT 1 FROM speakers y JOIN readings c ON c.key = y.reading
        WHERE y.name = x.name AND y.kind = x.kind AND c.current = 1))"""
    current = "JOIN readings r ON r.key = x.reading AND r.current = 1"
    said = shown("statements", "x.act = 'say'")
    return Counts(
        documents=number("SELECT count(key) FROM documents"),
        statements=said,
        thoughts=shown("statements") - said,
        speakers=number("SELECT count(*) FROM (SELECT DISTINCT name, kind FROM speakers)") - number(gone),
        findings=shown("findings"),
        dropped=tuple(
            connection.execute(f"SELECT x.code, count(*) FROM dropped x {current} GROUP BY x.code ORDER BY x.code")
        ),
        unreadable=number("SELECT count(name) FROM unreadable"),
        outlets=number("SELECT count(DISTINCT outlet) FROM documents WHERE outlet <> ''"),
        figures=shown("figures"),
    )
