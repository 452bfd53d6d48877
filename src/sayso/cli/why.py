"""``sayso why``: how one statement came about, in words.

``--json`` prints one object: ``id, document`` (name), ``document_id, outlet, published, part``; ``content, source, cue``
(words with their places), ``kind, act, stance, speaker`` (name, empty where it is open), ``speaker_kind, joint,
speaker_reason, confidence, speaker_confidence``; ``chain`` (hops with the words that name them), ``within`` and ``holds``
(the statement around it, those told within it), ``figures``, ``decisions`` and ``because`` (a sentence each for kind, act,
stance and speaker). Schema: ``schemas/why.schema.json``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sayso.cli import options
from sayso.cli.door import Explained

if TYPE_CHECKING:
    from sayso.web.explaining import Why

EXAMPLES = ("sayso why 34e23f94", "sayso why 34e23f94 --json")


@click.command("why", cls=Explained, examples=EXAMPLES, short_help="Tell how one statement came about.")
@click.argument("statement")
@options.ledger
@options.as_json
def command(statement: str, ledger: str, as_json: bool) -> None:
    """Tell how one statement came about: its words and their places, kind, stance, and why this speaker.

    STATEMENT is the id of a statement or its first 6 digits or more, as `sayso show --list DOC` prints them.
    """
    from sayso.cli import render, render_why
    from sayso.ledger import DecisionFilter
    from sayso.web.explaining import explained

    with options.open_ledger(ledger) as opened:
        identity, reading = opened.holding(statement)
        found = explained(reading, identity, opened.decisions(DecisionFilter(document=reading.id)))
        if as_json:
            render.write_json([_json(found)])
        else:
            render_why.put_why(found)


def _json(found: Why) -> dict[str, Any]:
    from sayso.cli.render import row_json
    from sayso.contract import figure_json

    figures = [
        {"words": each.words, "start": each.start, "end": each.end, **figure_json(each.figure)}
        for each in found.figures
    ]
    return {**row_json(found), "figures": figures}
