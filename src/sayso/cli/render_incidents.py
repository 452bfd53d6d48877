"""Incidents on the screen: date and place, a line for each event with its range, then what each originator tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from sayso.cli.render import Screen, one_line
from sayso.cli.render_cut import put_first
from sayso.cli.render_series import LEGEND, OPEN, bounds, named, time
from sayso.cli.render_table import Noun, Told
from sayso.cli.render_text import FAINT, STRONG, line, wrapped

if TYPE_CHECKING:
    from sayso.pile.incidents.answers import CountRow, IncidentRow, NameRow, OriginatorRow

INCIDENT = Noun("incident", "incidents")
EVENT = 11
"""Cells of the longest word for an event."""
MOST = 20
"""Incidents that a terminal is shown where no number is asked for; each has some five lines."""
PAGES = 12
"""Pages that a terminal is shown for one incident."""
NOTHING = (
    "no incidents found: no page that fits tells how many were killed, injured, missing, detained or displaced "
    "at a place or on a day; --all shows those without either"
)


def put_incidents(rows: Iterable[IncidentRow], limit: int | None) -> None:
    """Incidents to standard output."""
    put_first(incident_lines, rows, INCIDENT, limit, MOST, NOTHING)


def incident_lines(rows: Iterable[IncidentRow], shown: Screen, told: Told) -> Iterator[Text]:
    """Each incident: its head, its counts by originator, the names, the pages."""
    marked = False
    for row in rows:
        if told.rows:
            yield line("")
        told.rows += 1
        where = named(row.places) or "place open"
        facts = ", ".join((*row.kinds, f"{row.pages} pages" if row.pages > 1 else "1 page"))
        yield from wrapped(line((f"{row.date or 'date open'}  {where}", STRONG), (f"  {facts}", FAINT)), shown, indent=2, first=0)
        for count in row.counts:
            marked = marked or any(by.as_of_basis == "published" for by in count.by)
            yield from _count(count, shown)
        if row.names:
            yield from wrapped(line(("named      ", FAINT), "; ".join(map(_name, row.names))), shown, indent=13, first=2)
        pages = row.documents if shown.width is None else row.documents[:PAGES]
        more = f" and {len(row.documents) - len(pages)} more" if len(row.documents) > len(pages) else ""
        told.cut = told.cut or bool(more)
        told_by = (f"{', '.join(map(one_line, pages))}{more}", FAINT)
        yield from wrapped(line(("pages      ", FAINT), told_by), shown, indent=13, first=2)
    if marked and shown.width is not None:
        yield from wrapped(line((LEGEND, FAINT)), shown, indent=2, first=0)


def _count(count: CountRow, shown: Screen) -> Iterator[Text]:
    who = f" ({one_line(' '.join(count.who))})" if count.who else ""
    told = Counter(_by(each) for each in count.by)  # of those that nobody vouches for many say the same
    by = "; ".join(each if times == 1 else f"{each} ×{times}" for each, times in told.items())
    head = line((f"{count.event:<{EVENT}}", STRONG), (f"{bounds(count)}{who}", STRONG), f"  {by}")
    yield from wrapped(head, shown, indent=13, first=2)


def _by(row: OriginatorRow) -> str:
    """What an originator tells: "River Guard 35-41 (41 people, 2031-04-09)"."""
    name = one_line(row.originator) or OPEN
    span = f" {bounds(row)}" if row.least != row.most else ""
    return f"{name}{span} ({one_line(row.latest)}, {time(row.as_of, row.as_of_basis)})"


def _name(row: NameRow) -> str:
    return one_line(row.name) + (f" ({row.age})" if row.age is not None else "")
