"""``sayso check``: prove that a ledger is whole.

``--json`` prints one object: ``ledger`` (its path), ``whole`` (true or false), ``proved`` and ``faults`` (sentences).
Schema: ``schemas/check.schema.json``. The exit code is 1 where there are faults.
"""

from __future__ import annotations

import click

from sayso.cli import options
from sayso.cli.door import Explained

EXAMPLES = (
    "sayso check",
    "sayso check -l spring.db --json",
)


@click.command("check", cls=Explained, examples=EXAMPLES, short_help="Prove that the ledger is whole.")
@options.ledger
@options.as_json
def command(ledger: str, as_json: bool) -> int:
    """Prove that the ledger is whole: every span against its text, every hash, every link."""
    from sayso.cli import render, render_facts

    with options.open_ledger(ledger) as opened:
        checked = opened.check()
    if as_json:
        whole = not checked.faults
        render.write_json(
            [{"ledger": ledger, "whole": whole, "proved": list(checked.proved), "faults": list(checked.faults)}]
        )
    else:
        render_facts.put_checked(ledger, checked)
    return 1 if checked.faults else 0
