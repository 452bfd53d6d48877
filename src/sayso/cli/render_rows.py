"""The tables of the commands: which columns, and how a statement is set where the terminal is narrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.text import Text

from sayso.cli.render import Screen, complain, one_line, screen
from sayso.cli.render_table import WHOLE, Column, Noun, Renderer, Told, put_rows, tabbed_lines, table, table_lines
from sayso.cli.render_text import FAINT, SHORT, STRONG, line, put, short, wrapped
from sayso.ledger.rows import DocumentRow, FindingRow, SpeakerRow, StatementRow
from sayso.records import Unreadable

WIDE = 110
"""Cells from which a statement is one line; under that its words would get less than 40 and it takes two."""
SNIPPET = 160
"""Cells of the words that a finding is about."""
BROAD = 130
"""Cells from which there is room for ids as well."""

OPEN = "(open)"
STATEMENT = Noun("statement", "statements")
DOCUMENT = Noun("document", "documents")


def speaker_of(row: StatementRow) -> str:
    """Who speaks, joint speakers too; "(open)" where the page leaves it open."""
    return " + ".join((row.speaker, *row.joint)) if row.speaker else OPEN


def cue_of(row: StatementRow) -> str:
    """The cue; with the act behind it where that is not saying."""
    return row.cue if row.act == "say" else f"{row.cue} ({row.act})".lstrip()


def stance_of(row: StatementRow) -> str:
    """The stance; nothing where it is neutral or was not judged."""
    return "" if row.stance in (None, "neutral") else str(row.stance)


def chain_of(row: StatementRow) -> str:
    """What carried the words, from the speaker outwards: "Telegram → Newsweek"."""
    return " → ".join(row.chain)


def labels_of(row: StatementRow) -> tuple[str, ...]:
    """The user's labels on the statement, its speaker and its outlet, each once."""
    return tuple(dict.fromkeys((*row.labels, *row.speaker_labels, *row.outlet_labels)))


STATEMENTS = (
    Column("speaker", speaker_of, 14, 26, style=STRONG),
    Column("words", lambda row: row.content, 36, 400),
    Column("cue", cue_of, 8, 16),
    Column("stance", stance_of, 4, 8, if_any=True),
    Column("through", chain_of, 8, 24, if_any=True),
    Column("labels", labels_of, 6, 20, if_any=True),
    Column("outlet", lambda row: row.outlet, 8, 18),
    Column("date", lambda row: row.published[:10], 10, 10),
    Column("document", lambda row: row.document, 10, 24),
    Column("id", lambda row: short(row.id), SHORT, SHORT, wide=BROAD),
)
DOCUMENTS = (
    Column("name", lambda row: row.name, 28, 36, style=STRONG),
    Column("title", lambda row: row.title, 10, 60),
    Column("outlet", lambda row: row.outlet, 6, 20),
    Column("date", lambda row: row.published[:10], 10, 10),
    Column("lang", lambda row: row.language, 4, 4, wide=WIDE),
    Column("words", lambda row: f"{row.words:,}", 5, 9, right=True),
    Column("said", lambda row: f"{row.statements:,}", 4, 9, right=True),
    Column("who", lambda row: f"{row.speakers:,}", 3, 9, right=True, wide=WIDE),
    Column("find", lambda row: f"{row.findings:,}", 4, 9, right=True),
    Column("id", lambda row: short(row.id), SHORT, SHORT, wide=BROAD),
)
SPEAKERS = (
    Column("name", lambda row: row.name, 16, 36, style=STRONG),
    Column("kind", lambda row: row.kind, 6, 12),
    Column("said", lambda row: f"{row.statements:,}", 4, 9, right=True),
    Column("pages", lambda row: f"{row.documents:,}", 5, 9, right=True),
    Column("also as", lambda row: tuple(each for each in row.spellings if each != row.name), 12, 60),
    Column("labels", lambda row: row.labels, 6, 24, if_any=True),
    Column("roles", lambda row: row.roles, 12, 80),
)
FINDINGS = (
    Column("document", lambda row: row.document),
    Column("code", lambda row: row.code),
    Column("what", lambda row: row.message),
    Column("words", lambda row: " … ".join(row.words)),
)
UNREADABLE = (
    Column("name", lambda row: row.name),
    Column("code", lambda row: row.code),
    Column("why", lambda row: row.message),
)


def statement_lines(rows: Iterable[StatementRow], shown: Screen, told: Told) -> Iterator[Text]:
    """Statements as a table; on a narrow terminal two lines each: who and where, then the words."""
    if shown.width is None or shown.width >= WIDE:
        yield from table_lines(STATEMENTS, rows, shown, told)
        return
    for row in rows:
        told.rows += 1
        yield from _two_lines(row, shown.width, told)


def _two_lines(row: StatementRow, width: int, told: Told) -> Iterator[Text]:
    who, cue = told.shorten(one_line(speaker_of(row)), 30), told.shorten(one_line(cue_of(row)), 16)
    taken = line((who, STRONG), "  ", cue, "  " if cue else "")
    told_so = (stance_of(row), f"through {chain_of(row)}" if row.chain else "", ", ".join(labels_of(row)))
    where = " · ".join(one_line(part) for part in (row.outlet, row.published[:10], row.document, *told_so) if part)
    yield line(taken, (told.shorten(where, width - taken.cell_len), FAINT))
    yield line("  ", told.shorten(one_line(row.content), width - 2))


def explained_lines(columns: Sequence[Column]) -> Renderer:
    """The renderer for rows whose third column is a sentence: it is wrapped under the first two, and is never cut."""

    def lines(rows: Iterable[Any], shown: Screen, told: Told) -> Iterator[Text]:
        if shown.width is None:
            yield from tabbed_lines(columns, rows, told)
            return
        for row in rows:
            told.rows += 1
            name, code, sentence, *more = (column.show(row) for column in columns)
            yield from wrapped(line((name, STRONG), "  ", code), shown, indent=2, first=0)
            words = [told.shorten(each, SNIPPET) for each in more]
            yield from wrapped(line(sentence, "  ", ("".join(words), FAINT)), shown, indent=2)

    return lines


def put_statements(rows: Iterable[StatementRow], limit: int | None) -> None:
    """Statements to standard output."""
    put_rows(statement_lines, rows, screen(), STATEMENT, limit)


def put_documents(rows: Iterable[DocumentRow], limit: int | None) -> None:
    """Documents to standard output."""
    put_rows(table(DOCUMENTS), rows, screen(), DOCUMENT, limit)


def put_speakers(rows: Iterable[SpeakerRow], limit: int | None) -> None:
    """Speakers to standard output."""
    put_rows(table(SPEAKERS), rows, screen(), Noun("speaker", "speakers"), limit)


def put_findings(rows: Iterable[FindingRow], limit: int | None) -> None:
    """Findings to standard output."""
    put_rows(explained_lines(FINDINGS), rows, screen(), Noun("finding", "findings"), limit)


def put_unreadable(rows: Iterable[Unreadable]) -> None:
    """Documents that could not be read to standard output."""
    put_rows(explained_lines(UNREADABLE), rows, screen(), Noun("unreadable document", "unreadable documents"))


def put_found(text: str, statements: Iterable[StatementRow], documents: Iterable[DocumentRow], limit: int) -> None:
    """What a search found: statements, then pages, each under a heading."""
    shown, told = screen(), Told()
    parts: tuple[tuple[list[Any], Noun, Renderer], ...] = (
        (list(statements), STATEMENT, statement_lines),
        (list(documents), DOCUMENT, table(DOCUMENTS)),
    )
    for place, (rows, noun, renderer) in enumerate(part for part in parts if part[0]):
        first = "the first " if len(rows) >= limit else ""
        heading = line((f"{first}{noun(len(rows))} with “{one_line(text)}”", STRONG))
        put([line(), heading] if place else [heading], shown)
        put(renderer(rows, shown, told), shown)
    if not told.rows:
        complain(f"nothing found with “{text}”")
    elif told.cut:
        put([line((WHOLE, FAINT))], shown)
