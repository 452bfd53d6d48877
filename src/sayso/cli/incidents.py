"""``sayso incidents``: all accounts of one event by place and date, with what each originator tells.

``--json`` prints one object a line for each incident: ``id, date, places, kinds, pages, outlets, originators, counts, names,
documents, accounts, beside``. Schema: ``schemas/incidents.schema.json``. ``--csv`` has a row for each count and originator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.cli.figures import EVENTS

if TYPE_CHECKING:
    from sayso.pile.incidents.answers import CountRow, IncidentRow, OriginatorRow

COLUMNS = (
    "incident", "date", "places", "event", "who", "originator", "basis", "low", "high", "least", "most", "latest", "as_of",
    "as_of_basis", "told_by_pages", "pages", "outlets", "originators", "names", "documents", "kinds", "id",
)  # fmt: skip
EXAMPLES = (
    "sayso incidents",
    "sayso incidents --place pellgate --event killed",
    "sayso incidents --since 2025-03 --pages 2",
    "sayso incidents --csv > incidents.csv",
)


@dataclass(frozen=True, slots=True)
class Line:
    """What one originator tells of one event and group, as a line of a table."""

    incident: int
    row: IncidentRow
    count: CountRow
    by: OriginatorRow

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the dead."""
        return tuple(each.name for each in self.row.names)

    @property
    def told_by_pages(self) -> int:
        """How many pages tell the originator's numbers."""
        return self.by.pages

    def __getattr__(self, name: str) -> object:
        """The columns of the incident, of the count and of the originator."""
        if name in ("event", "who"):
            return getattr(self.count, name)
        if name in ("date", "places", "pages", "outlets", "originators", "documents", "kinds", "id"):
            return getattr(self.row, name)
        return getattr(self.by, name)


def lines(rows: Iterable[IncidentRow]) -> Iterator[Line]:
    """Incidents as lines: one for each event, group and originator."""
    for number, row in enumerate(rows, 1):
        for count in row.counts:
            for by in count.by:
                yield Line(number, row, count, by)


@click.command("incidents", cls=Explained, examples=EXAMPLES, short_help="List events by place and date, as told by whom.")
@click.option("--event", type=click.Choice(EVENTS), metavar="EVENT", help=f"Only with a count of {', '.join(EVENTS)}.")
@click.option("--place", default="", help="Only in a place with this in its name.")
@click.option("--outlet", default="", help="Only with a page from an outlet with this in its name.")
@click.option("--document", default="", metavar="DOC", help="Only those that this page tells of.")
@click.option("--pages", type=options.Count(), default=1, show_default=True, help="Only told by at least N pages.")
@click.option("--all", "every", is_flag=True, help="Also those of which neither place nor date is known.")
@click.option("--since", type=options.Day(), default="", help="On that day or later (YYYY[-MM[-DD]]).")
@click.option("--until", type=options.Day(), default="", help="On that day or earlier.")
@options.limit
@options.table_options
def command(
    event: str | None, place: str, outlet: str, document: str, pages: int, every: bool, since: str, until: str,
    limit: int | None, ledger: str, as_json: bool, as_csv: bool,
) -> None:  # fmt: skip
    """List events by place and date: the least and most that each originator tells of killed, injured and missing.

    With the names of the dead where a page surely gives them, and the pages. A place that no page puts inside another is
    another place. Nothing is summed, and no number is chosen.
    """
    from sayso.cli import render, render_incidents
    from sayso.cli.piled import open_pile
    from sayso.pile.incidents.answers import IncidentFilter, incidents

    options.one_form(as_json, as_csv)
    where = IncidentFilter(event or "", place, outlet, document, since, until, pages, every, limit)
    with open_pile(ledger, "series", "people", "copies", "stamps") as pile:
        rows = incidents(pile, where)
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, lines(rows))
        else:
            render_incidents.put_incidents(rows, limit)
