"""``sayso agreement``: how far people agree who judged the same.

``--json`` prints one object a line, with ``found``: ``measure`` (``over`` decisions or sheets, ``measure, method, reviewers,
units, alpha`` (null where nothing can differ), ``agreed``) or ``difference`` (``over, measure, document`` (name), ``words,
one, first, other, second, statement``). Schema: ``schemas/agreement.schema.json``.
"""

from __future__ import annotations

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.errors import UsageError

COLUMNS = ("over", "measure", "document", "words", "one", "first", "other", "second", "statement")
EXAMPLES = ("sayso agreement", 'sayso agreement "Ada Fenn" Bo --csv > differences.csv')


@click.command("agreement", cls=Explained, examples=EXAMPLES, short_help="How far two reviewers agree, and where not.")
@click.argument("reviewers", nargs=-1, metavar="[A B]...")
@options.table_options
def command(reviewers: tuple[str, ...], ledger: str, as_json: bool, as_csv: bool) -> None:
    """How far people agree who judged the same, and where they differ: A and B, or all who did.

    Krippendorff's alpha over the decisions that two people took about the same statements, and over coding sheets of the same
    sample. 1 is perfect, 0 is chance. With --csv only the differences.
    """
    from sayso.cli import render, render_review
    from sayso.review.agreement import compared

    options.one_form(as_json, as_csv)
    if len(reviewers) == 1:
        raise UsageError("agreement is of two people or more: give both names, or none for all")
    with options.open_ledger(ledger) as opened:
        found = compared(opened, reviewers)
    if as_json:
        render.write_json({"found": "measure", **render.row_json(row)} for row in found.measures)
        render.write_json({"found": "difference", **render.row_json(row)} for row in found.differences)
    elif as_csv:
        render.write_csv(COLUMNS, found.differences)
    else:
        render_review.put_compared(found)
