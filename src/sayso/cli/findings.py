"""``sayso findings``: what does not add up on the pages of a ledger.

``--json`` prints one object a line: ``document`` (name), ``document_id, code, message, spans`` (of the page's text) and
``words`` (at those spans). Schema: ``schemas/findings.schema.json``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.errors import LedgerError

if TYPE_CHECKING:
    from sayso.ledger.rows import FindingFilter, FindingRow

COLUMNS = ("document", "code", "message", "words", "document_id")
WAIT_SECONDS = 1.0
"""How long to wait for whoever is writing the pile: most findings need none."""
NOTHING = "no findings: on the pages that fit nothing was found that does not add up"
MOST = 60
"""Findings that a terminal is shown where no number is asked for."""
EXAMPLES = (
    "sayso findings",
    "sayso findings --code name-variants",
    "sayso findings --code date-contradicted",
    "sayso findings --document bridge.txt --json",
)


@click.command("findings", cls=Explained, examples=EXAMPLES, short_help="List what does not add up on the pages.")
@click.option("--code", default="", help="Only of that code, such as date-missing.")
@click.option("--document", default="", metavar="DOC", help="Only on that page: its name, or its id's beginning.")
@options.limit
@options.table_options
def command(code: str, document: str, limit: int | None, ledger: str, as_json: bool, as_csv: bool) -> None:
    """List what does not add up on the pages: missing dates, filler in the text, names that change.

    Dates are held against those of the other pages, too.
    """
    from sayso.cli import render, render_rows
    from sayso.cli.render_cut import put_first
    from sayso.cli.render_table import Noun
    from sayso.ledger.rows import FindingFilter

    options.one_form(as_json, as_csv)
    with _found(ledger, FindingFilter(code, document, limit)) as rows:
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, rows)
        else:
            lines = render_rows.explained_lines(render_rows.FINDINGS)
            put_first(lines, rows, Noun("finding", "findings"), limit, MOST, NOTHING)


@contextmanager
def _found(ledger: str, where: FindingFilter) -> Iterator[Iterator[FindingRow]]:
    """The findings, with those across pages; where the pile cannot be built, those of the pages alone, and says so."""
    from sayso.cli import render
    from sayso.cli.render_progress import ProgressBar
    from sayso.pile import Pile
    from sayso.pile.stamps import QUESTION, finding_rows

    with options.open_ledger(ledger) as opened, Pile(opened, [QUESTION], wait=WAIT_SECONDS) as pile:
        try:
            with ProgressBar(lambda _: None) as bar:
                pile.update(lambda done, total: bar.step())
            rows = finding_rows(pile, where)
        except (LedgerError, OSError) as error:
            rows = opened.findings(where)
            render.complain(f"only what each page shows by itself, not what other pages show: {error}")
        yield rows
