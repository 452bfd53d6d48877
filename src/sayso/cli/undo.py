"""``sayso undo``: take decisions back.

``--json`` prints each undoing as ``sayso decisions`` does. Schema: ``schemas/decisions.schema.json``.
"""

from __future__ import annotations

import click

from sayso.cli import options
from sayso.cli.door import Explained

EXAMPLES = (
    "sayso undo d4360881",
    'sayso undo d4360881 --note "the transcript settles it" --reviewer "Ada Fenn"',
)


@click.command("undo", cls=Explained, examples=EXAMPLES, short_help="Take a decision back.")
@click.argument("decisions", nargs=-1, required=True, metavar="DECISION...")
@options.reviewer
@options.note
@options.ledger
@options.as_json
def command(decisions: tuple[str, ...], reviewer: str, note: str, ledger: str, as_json: bool) -> None:
    """Take decisions back: pages read again as if they had not been taken.

    DECISION is an id or its first 6 digits or more, as `sayso decisions` prints them. To undo is a decision too: it can
    be undone, and then the first stands again.
    """
    from sayso.cli.taken import row_of, tell

    who = options.by(reviewer)
    with options.open_ledger(ledger, write=True) as opened:
        for each in decisions:
            tell(row_of(opened, opened.undo(each, reviewer=who, note=note)), ledger, as_json)
