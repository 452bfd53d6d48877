"""People of several pages on the screen: a line each, or with every page and what makes the speaker there the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from sayso.cli.render import Screen, one_line, screen
from sayso.cli.render_table import Column, Noun, Told, put_rows, table
from sayso.cli.render_text import FAINT, STRONG, line, wrapped

if TYPE_CHECKING:
    from sayso.pile.people.answers import ApartRow, PersonRow

PEOPLE, APART = Noun("person or body", "people and bodies"), Noun("pair left apart", "pairs left apart")


def _others(row: PersonRow) -> tuple[str, ...]:
    return tuple(name for name in row.spellings if name != row.name)


GROUPS = (
    Column("name", lambda row: row.name, 16, 36, style=STRONG),
    Column("kind", lambda row: row.kind, 6, 6),
    Column("pages", lambda row: f"{row.documents:,}", 5, 7, right=True),
    Column("outlets", lambda row: f"{row.outlets:,}", 7, 7, right=True, wide=90),
    Column("statements", lambda row: f"{row.statements:,}", 10, 10, right=True),
    Column("also spelled", _others, 12, 40),
    Column("roles", lambda row: row.roles, 12, 80),
)


def person_lines(rows: Iterable[PersonRow], shown: Screen, told: Told) -> Iterator[Text]:
    """Each person or body with its pages: what each calls it, and why it is the same."""
    for row in rows:
        if told.rows:
            yield line("")
        told.rows += 1
        yield line((one_line(row.name), STRONG), f"  {row.kind}", (f"  {row.documents} pages", FAINT))
        for member in row.members:
            where = " · ".join(one_line(part) for part in (member.outlet, member.published[:10]) if part)
            called = "" if member.name == row.name else f"  “{one_line(member.name)}”"
            yield line("  ", one_line(member.document), called, (f"  {where}" if where else "", FAINT))
            yield from wrapped(line((one_line(member.why), FAINT)), shown, indent=4)


def apart_lines(rows: Iterable[ApartRow], shown: Screen, told: Told) -> Iterator[Text]:
    """Each two who were left apart, and why."""
    for row in rows:
        told.rows += 1
        one, other = (f"{one_line(name)}" for name in (row.name, row.other_name))
        yield line(
            (one, STRONG),
            f"  {one_line(row.document)}  ",
            ("≠", FAINT),
            "  ",
            (other, STRONG),
            f"  {one_line(row.other)}",
        )
        yield from wrapped(line((one_line(row.why), FAINT)), shown, indent=4)


def put_people(rows: Iterable[PersonRow], limit: int | None, *, why: bool) -> None:
    """People and bodies to standard output."""
    put_rows(person_lines if why else table(GROUPS), rows, screen(), PEOPLE, limit)


def put_apart(rows: Iterable[ApartRow], limit: int | None) -> None:
    """Pairs that were left apart to standard output."""
    put_rows(apart_lines, rows, screen(), APART, limit)
