"""``sayso why``: how one statement came about, in words.

``--json`` prints one object: ``id, document`` (name), ``document_id, outlet, published, part``; ``content, source, cue``
(words with their places), ``kind, act, stance, speaker`` (name, empty where it is open), ``speaker_kind, joint,
speaker_reason, confidence, speaker_confidence``; ``chain`` (hops with the words that name them), ``within`` and ``holds``
(the statement around it, those told within it), ``figures``, ``decisions``, ``because`` (a sentence each for kind, act,
stance and speaker) and ``weighed`` (the best two of those who were weighed as the speaker: name, total, evidence). Schema:
``schemas/why.schema.json``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sayso.cli import options
from sayso.cli.door import Explained

if TYPE_CHECKING:
    from sayso.speakers import Weighed
    from sayso.web.explaining import Why

WEIGHED = frozenset(
    {"coreference", "last-speaker", "role", "teller", "subject", "near", "gender", "introduced", "only-one", "two-candidates", "low-score"}
)
"""Reasons that rest on weighing several; where names decide there is nobody to compare."""
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
    from sayso.reading import Reader
    from sayso.web.explaining import explained

    with options.open_ledger(ledger) as opened:
        identity, reading = opened.holding(statement)
        found = explained(reading, identity, opened.decisions(DecisionFilter(document=reading.id)))
        weighed = Reader().weighed(reading).get(identity, ()) if found.speaker_reason in WEIGHED else ()
        if as_json:
            render.write_json([_json(found, weighed)])
        else:
            render_why.put_why(found, weighed)


def _json(found: Why, weighed: tuple[Weighed, ...]) -> dict[str, Any]:
    from sayso.cli.render import row_json
    from sayso.contract import figure_json

    figures = [
        {"words": each.words, "start": each.start, "end": each.end, **figure_json(each.figure)}
        for each in found.figures
    ]
    pieces = [
        {"name": each.name, "total": round(each.total, 2), "evidence": {k: round(v, 2) for k, v in each.evidence}}
        for each in weighed
    ]
    return {**row_json(found), "figures": figures, "weighed": pieces}
