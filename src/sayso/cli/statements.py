"""``sayso statements``: who said what, over all pages of a ledger.

``--json`` prints one object a line: ``id, document`` (name), ``document_id, outlet, published, speaker`` (empty where
the page leaves it open), ``speaker_kind, source, cue, content`` (words, fragments joined by " … "), ``kind, act,
stance, chain`` (names from the speaker outwards), ``confidence, speaker_confidence, start, end`` (of the content),
``part`` (``text`` or ``headline``: where the offsets count), ``joint`` (names of those who speak with the first),
``decided`` (ids of the decisions that it rests on), ``labels, speaker_labels`` and ``outlet_labels`` (the user's own).
Schema: ``schemas/statements.schema.json``.
"""

from __future__ import annotations

from dataclasses import replace

import click

from sayso.cli import options
from sayso.cli.door import Explained

COLUMNS = (
    "speaker", "content", "cue", "kind", "act", "outlet", "published", "document", "chain", "joint", "source",
    "speaker_kind", "stance", "confidence", "speaker_confidence", "part", "start", "end", "decided", "labels",
    "speaker_labels", "outlet_labels", "document_id", "id",
)  # fmt: skip


EXAMPLES = (
    "sayso statements --speaker Halden",
    'sayso statements --words "bridge toll" --since 2031-04 --until 2031-05',
    "sayso statements --kind direct --csv > quotations.csv",
    "sayso statements --label economy",
)


@click.command("statements", cls=Explained, examples=EXAMPLES, short_help="List who said what, over all pages.")
@click.option("--speaker", default="", metavar="NAME", help="Only by speakers with this in their name.")
@click.option("--words", default="", help="Only with these words in what was said.")
@click.option("--outlet", default="", help="Only from outlets with this in their name.")
@click.option("--kind", type=click.Choice(["direct", "indirect", "mixed"]), metavar="KIND",
              help="Only direct, indirect or mixed.")  # fmt: skip
@click.option("--document", default="", metavar="DOC", help="Only from that page: its name, or its id's beginning.")
@options.since
@options.until
@options.all_acts
@options.label
@options.all_versions
@options.limit
@options.table_options
def command(
    speaker: str,
    words: str,
    outlet: str,
    kind: str | None,
    document: str,
    since: str,
    until: str,
    all_acts: bool,
    label: str,
    all_versions: bool,
    limit: int | None,
    ledger: str,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List who said what, over all pages of the ledger; of several versions of a page the newest one, or the --document named."""
    from sayso.cli import render, render_rows
    from sayso.cli.bearing import others
    from sayso.ledger.rows import StatementFilter

    options.one_form(as_json, as_csv)
    act = "" if all_acts else "say"
    where = StatementFilter(speaker, words, outlet, kind or "", act, since, until, document, limit=limit)
    where = replace(where, label=label, others=others(ledger, label), newest=not all_versions)
    with options.open_ledger(ledger) as opened:
        rows = opened.statements(where)
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, rows)
        else:
            render_rows.put_statements(rows, limit)
