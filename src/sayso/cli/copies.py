"""``sayso copies``: pages that are one text, and what one page shares with others.

``--json`` prints one object a line. Without a page each is a group: ``found`` (``group``), ``id, outlets, origin, origin_by,
pages, pieces``; with one, each is a pair: ``found`` (``pair``), both pages, ``kind, share, other_share, words, first, credits,
origin, by, why, passages``. Schema: ``schemas/copies.schema.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.pile.copies.answers import Group, PageRow, PairRow

COLUMNS = (
    "group", "kind", "share", "shared_with", "credit", "outlet", "published", "document", "why", "by", "origin", "origin_by",
    "document_id", "shared_with_id",
)  # fmt: skip
PAIR_COLUMNS = (
    "kind", "share", "other_share", "words", "document", "outlet", "published", "other", "other_outlet", "other_published",
    "first", "credits", "origin", "by", "why", "document_id", "other_id",
)  # fmt: skip
EXAMPLES = (
    "sayso copies",
    "sayso copies --outlet courier --pages 3",
    "sayso copies bridge.txt",
    "sayso copies --json > copies.jsonl",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One page of a group, as a line of a table: the number of the group, whose text it is, and the page."""

    group: int
    origin: str
    origin_by: str
    page: PageRow
    first: bool = False

    def __getattr__(self, name: str) -> object:
        """The columns of the page itself."""
        return getattr(self.page, name)


def lines(groups: Iterable[Group]) -> Iterator[Line]:
    """Groups as lines, members before pages that hold a piece."""
    for number, group in enumerate(groups, 1):
        for at, page in enumerate((*group.pages, *group.pieces)):
            yield Line(number, group.origin, group.origin_by, page, at == 0)


@click.command("copies", cls=Explained, examples=EXAMPLES, short_help="List pages that are copies of one text.")
@click.argument("document", metavar="[DOC]", required=False, default="")
@click.option("--outlet", default="", help="Only groups with a page from an outlet with this in its name.")
@click.option("--pages", type=options.Count(), default=2, show_default=True, help="Only groups of at least N pages.")
@options.since
@options.until
@options.limit
@options.table_options
def command(
    document: str, outlet: str, pages: int, since: str, until: str, limit: int | None, ledger: str, as_json: bool, as_csv: bool
) -> None:  # fmt: skip
    """List pages that are copies, cuts or versions of one text, and where it came from as far as dates and credits tell.

    With DOC, show what that page shares with which others, passage by passage. A quotation that two pages share makes no copy.
    """
    from sayso.cli.piled import open_pile
    from sayso.pile.copies import answers

    options.one_form(as_json, as_csv)
    if document and (outlet or since or until or pages != 2):
        raise UsageError("--outlet, --pages, --since and --until choose groups; leave them out beside a page")
    with open_pile(ledger, "copies", "stamps") as pile:
        if document:
            page = pile.ledger.reading(document).id
            found = list(answers.pairs(pile, page))
            _put_pairs(found if limit is None else found[:limit], limit, as_json, as_csv)
        else:
            where = answers.GroupFilter(outlet, since, until, pages, limit)
            _put_groups(answers.groups(pile, where), limit, as_json, as_csv)


def _put_groups(groups: Iterable[Group], limit: int | None, as_json: bool, as_csv: bool) -> None:
    from sayso.cli import render, render_copies

    if as_json:
        render.write_json({"found": "group", **render.row_json(group)} for group in groups)
    elif as_csv:
        render.write_csv(COLUMNS, lines(groups))
    else:
        render_copies.put_groups(lines(groups), limit)


def _put_pairs(found: list[PairRow], limit: int | None, as_json: bool, as_csv: bool) -> None:
    from sayso.cli import render, render_copies

    if as_json:
        render.write_json({"found": "pair", **render.row_json(pair)} for pair in found)
    elif as_csv:
        render.write_csv(PAIR_COLUMNS, found)
    else:
        render_copies.put_pairs(found, limit)
