"""``sayso series``: figures of all pages that count the same thing, in order of as-of, each held against earlier ones.

``--json`` prints one object a line for each series: ``id, event, counted, unit, currency, places, started, pages, outlets,
originators, scopes, figures, ranges``. Schema: ``schemas/series.schema.json``. ``--csv`` has a row for each figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.cli.figures import EVENTS, UNITS

if TYPE_CHECKING:
    from sayso.pile.series.answers import FigureLine, RelationRow, SeriesRow

COLUMNS = (
    "series", "event", "as_of", "as_of_basis", "low", "high", "qualifier", "unit", "currency", "counted", "words", "originator",
    "originator_basis", "relation", "rule", "why", "to_words", "to_document", "scope", "outlet", "published", "document", "part",
    "span", "document_id", "id", "to", "series_id",
)  # fmt: skip
EXAMPLES = (
    "sayso series --event killed",
    "sayso series --place pellgate --why",
    "sayso series --event injured --pages 1 --since 2025-03-11",
    "sayso series --words plugs --all --csv > plugs.csv",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a series as a line of a table: the number of the series, the series, the figure, its main relation."""

    series: int
    row: SeriesRow
    figure: FigureLine
    first: bool = False

    @property
    def series_id(self) -> str:
        """The id of the series."""
        return self.row.id

    @property
    def event(self) -> str:
        """What befell those counted."""
        return self.row.event

    @property
    def currency(self) -> str:
        """The currency of the series."""
        return self.row.currency

    @property
    def relation(self) -> str:
        """The kind of the main relation."""
        return self.main.kind if self.main else ""

    @property
    def main(self) -> RelationRow | None:
        """The main relation."""
        return self.figure.relation

    def __getattr__(self, name: str) -> object:
        """The columns of the relation and of the figure itself."""
        if name in ("rule", "why", "to", "to_words", "to_document"):
            return getattr(self.main, name) if self.main else ""
        return getattr(self.figure, name)


def lines(rows: Iterable[SeriesRow]) -> Iterator[Line]:
    """Series as lines, a line for each figure."""
    for number, row in enumerate(rows, 1):
        for at, figure in enumerate(row.figures):
            yield Line(number, row, figure, at == 0)


@click.command("series", cls=Explained, examples=EXAMPLES, short_help="List figures that count the same thing, in order.")
@click.option("--event", type=click.Choice(EVENTS), metavar="EVENT", help=f"Only of {', '.join(EVENTS)}.")
@click.option("--unit", type=click.Choice(UNITS), metavar="UNIT", help=f"Only {', '.join(UNITS)}.")
@click.option("--words", default="", help="Only with this in what is counted.")
@click.option("--place", default="", help="Only with this in a place.")
@click.option("--outlet", default="", help="Only with a page from an outlet with this in its name.")
@click.option("--originator", default="", help="Only with a number of an originator with this in its name.")
@click.option("--document", default="", metavar="DOC", help="Only with a figure of that page.")
@click.option("--pages", type=options.Count(), default=2, show_default=True, help="Only told by at least N pages.")
@click.option("--all", "every", is_flag=True, help="Also things of which nobody tells another number.")
@click.option("--why", is_flag=True, help="Say for each figure which rule decided, and to whom else it stands how.")
@click.option("--since", type=options.Day(), default="", help="With a figure as of that day or later (YYYY[-MM[-DD]]).")
@click.option("--until", type=options.Day(), default="", help="With a figure as of that day or earlier.")
@options.limit
@options.table_options
def command(
    event: str | None, unit: str | None, words: str, place: str, outlet: str, originator: str, document: str, pages: int,
    every: bool, why: bool, since: str, until: str, limit: int | None, ledger: str, as_json: bool, as_csv: bool,
) -> None:  # fmt: skip
    """List figures of all pages that count the same thing: what agrees, what supersedes what, what disagrees.

    A later number supersedes an earlier one only where the same originator tells the same thing in the same scope as of a
    later time. Ranges are over independent originators. Nothing is summed; deaths and injuries are never mixed.
    """
    from sayso.cli import render, render_series
    from sayso.cli.piled import open_pile
    from sayso.pile.series.answers import SeriesFilter, series

    options.one_form(as_json, as_csv)
    where = SeriesFilter(
        event or "", unit or "", words, place, outlet, originator, document, since, until, pages, every, limit
    )
    with open_pile(ledger, "series", "people", "copies", "stamps") as pile:
        rows = series(pile, where)
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, lines(rows))
        else:
            render_series.put_series(rows, limit, why=why)
