"""``sayso figures``: the figures on all pages, with whose word each is.

``--json`` prints one object a line: ``document`` (name), ``document_id, outlet, published, part`` (``text`` or
``headline``: where the spans count), ``words`` (of the figure), ``voice`` (statement, quoted, unsure, own), ``speaker``
(empty outside of statements), ``speaker_kind``, ``joint``, and the fields of a figure of a reading. Schema:
``schemas/figures.schema.json``.
"""

from __future__ import annotations

from dataclasses import replace

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.errors import UsageError

COLUMNS = (
    "event", "low", "high", "qualifier", "unit", "currency", "counted", "words", "who", "place", "as_of", "since",
    "period", "share_of", "voice", "speaker", "joint", "speaker_kind", "outlet", "published", "document", "part", "span",
    "statement", "document_id", "id",
)  # fmt: skip
UNITS = ("count", "percent", "money", "duration", "other")
EVENTS = ("killed", "injured", "missing", "displaced", "detained", "casualties")


EXAMPLES = (
    "sayso figures --event killed",
    'sayso figures --words "half" --unit percent --since 2031-04',
    "sayso figures --speaker Halden --csv > figures.csv",
    "sayso figures --label government --event killed",
)


@click.command("figures", cls=Explained, examples=EXAMPLES, short_help="List the figures, with whose word each is.")
@click.option("--speaker", default="", metavar="NAME", help="Only those of speakers with this in their name.")
@click.option("--outlet", default="", help="Only from outlets with this in their name.")
@click.option("--own", is_flag=True, help="Only what is surely the outlet's own word.")
@click.option("--event", type=click.Choice(EVENTS), metavar="EVENT", help=f"Only of {', '.join(EVENTS)}.")
@click.option("--unit", type=click.Choice(UNITS), metavar="UNIT", help=f"Only {', '.join(UNITS)}.")
@click.option("--words", default="", help="Only with this in what is counted, or in the figure.")
@click.option("--document", default="", metavar="DOC", help="Only from that page: its name, or its id's beginning.")
@options.since
@options.until
@options.label
@options.all_versions
@options.limit
@options.table_options
def command(
    speaker: str,
    outlet: str,
    own: bool,
    event: str | None,
    unit: str | None,
    words: str,
    document: str,
    since: str,
    until: str,
    label: str,
    all_versions: bool,
    limit: int | None,
    ledger: str,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the figures of all pages by what they count, with whose word each is. Nothing is added up or compared."""
    from sayso.cli import render, render_figures
    from sayso.cli.bearing import others
    from sayso.ledger.rows import FigureFilter

    options.one_form(as_json, as_csv)
    if own and speaker:
        raise UsageError("--own and --speaker cannot both be: own words are those of no speaker; choose one")
    where = FigureFilter(speaker, outlet, unit or "", event or "", words, document, since, until, own, limit)
    where = replace(where, label=label, others=others(ledger, label), newest=not all_versions)
    with options.open_ledger(ledger) as opened:
        rows = opened.figures(where)
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, rows)
        else:
            render_figures.put_figures(rows, limit)
