"""``sayso people``: who is one person or body across pages, and why.

``--json`` prints one object a line, with ``found``: ``person`` (``id, kind, name, spellings, roles, documents, outlets,
statements, members``), or with ``--apart`` ``apart`` (two speakers, ``reason, evidence, why``). Schema:
``schemas/people.schema.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from sayso.cli import options
from sayso.cli.door import Explained

if TYPE_CHECKING:
    from sayso.pile.people.answers import MemberRow, PersonRow

KINDS = ("person", "body")
COLUMNS = (
    "group", "kind", "name", "speaker_name", "roles", "statements", "outlet", "published", "document", "evidence", "like", "why",
    "document_id", "speaker", "like_id",
)  # fmt: skip
APART = (
    "name", "document", "other_name", "other", "reason", "evidence", "why", "document_id", "speaker", "other_id", "other_speaker",
)  # fmt: skip
EXAMPLES = (
    "sayso people",
    "sayso people --name kjel --why",
    "sayso people --kind body --pages 5",
    "sayso people --apart",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A speaker of one page, as a line of a table: the group, and whether it is the first of it."""

    group: str
    kind: str
    name: str
    member: MemberRow
    first: bool = False

    @property
    def speaker_name(self) -> str:
        """The name that this page gives."""
        return self.member.name

    def __getattr__(self, name: str) -> object:
        """The columns of the speaker."""
        return getattr(self.member, name)


def lines(groups: Iterable[PersonRow]) -> Iterator[Line]:
    """Groups as lines, one for each page."""
    for group in groups:
        for at, member in enumerate(group.members):
            yield Line(group.id, group.kind, group.name, member, at == 0)


@click.command("people", cls=Explained, examples=EXAMPLES, short_help="List who is one across pages, and why.")
@click.option("--name", default="", help="Only with this in a spelling of the name.")
@click.option("--kind", type=click.Choice(KINDS), metavar="KIND", help=f"Only {', '.join(KINDS)}.")
@click.option("--document", default="", metavar="DOC", help="Only those on that page: its name, or its id's beginning.")
@click.option("--pages", type=options.Count(), default=2, show_default=True, help="Only those on at least N pages.")
@click.option("--why", is_flag=True, help="Every page with what makes the speaker there the same.")
@click.option(
    "--apart", is_flag=True, help="Those whose names may be one and who were not taken for one, with the reason."
)
@options.limit
@options.table_options
def command(
    name: str,
    kind: str | None,
    document: str,
    pages: int,
    why: bool,
    apart: bool,
    limit: int | None,
    ledger: str,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the people and bodies that speak on several pages under a full name, with all spellings and roles.

    Nobody is joined on a bare surname. What was joined is a proposal, with its evidence (--why).
    """
    from sayso.cli import render, render_people
    from sayso.cli.piled import open_pile
    from sayso.pile.people.answers import PeopleFilter, apart_rows, people_rows

    options.one_form(as_json, as_csv)
    with open_pile(ledger, "people") as pile:
        page = pile.ledger.reading(document).id if document else ""
        where = PeopleFilter(name, kind or "", page, pages, limit)
        if apart:
            pairs = apart_rows(pile, where)
            if as_json:
                render.write_json({"found": "apart", **render.row_json(row)} for row in pairs)
            elif as_csv:
                render.write_csv(APART, pairs)
            else:
                render_people.put_apart(pairs, limit)
            return
        rows = people_rows(pile, where)
        if as_json:
            render.write_json({"found": "person", **render.row_json(row)} for row in rows)
        elif as_csv:
            render.write_csv(COLUMNS, lines(rows))
        else:
            render_people.put_people(rows, limit, why=why)
