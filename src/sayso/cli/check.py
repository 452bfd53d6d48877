"""``sayso check``: prove that a ledger is whole.

``--json`` prints one object: ``ledger`` (its path), ``whole`` (true or false), ``repaired, proved`` and ``faults``
(sentences). Schema: ``schemas/check.schema.json``. The exit code is 1 where there are faults.
"""

from __future__ import annotations

import click

from sayso.cli import options
from sayso.cli.door import Explained

EXAMPLES = (
    "sayso check",
    "sayso check -l spring.db --json",
    "sayso check --repair",
)


@click.command("check", cls=Explained, examples=EXAMPLES, short_help="Prove that the ledger is whole.")
@click.option("--repair", is_flag=True, help="First make anew all that follows from readings and decisions.")
@options.ledger
@options.as_json
def command(repair: bool, ledger: str, as_json: bool) -> int:
    """Prove that the ledger is whole: every span against its text, every hash, every link.

    --repair makes search indexes and what is shown under decisions anew; it also finishes what `sayso forget` could not
    erase because another program read the ledger. What was read or decided it never changes.
    """
    from sayso.cli import render, render_facts

    with options.open_ledger(ledger, write=repair) as opened:
        repaired = opened.repair() if repair else ()
        checked = opened.check()
    if as_json:
        facts = {"ledger": ledger, "whole": not checked.faults, "repaired": list(repaired)}
        render.write_json([{**facts, "proved": list(checked.proved), "faults": list(checked.faults)}])
    else:
        render_facts.put_checked(ledger, checked, repaired)
    return 1 if checked.faults else 0
