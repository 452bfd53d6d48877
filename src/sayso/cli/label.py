"""``sayso label``: the user's own labels on statements, speakers and outlets.

``--json`` of ``add`` and ``remove`` prints each decision as ``sayso decisions`` does. ``list --json`` prints one object a
line: ``label, target`` (statement, speaker, name, outlet), ``id`` (of a statement or speaker; else the name in one case),
``words, document`` (name), ``document_id, decision`` (its id), ``reviewer, at, note``. Schema: ``schemas/label.schema.json``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sayso.cli import options
from sayso.cli.door import Chapter, Explained
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.ledger.labelling import Bearer

COLUMNS = ("label", "target", "words", "document", "reviewer", "at", "note", "document_id", "id", "decision")
EXAMPLES = (
    "sayso label add economy 34e23f94 f59d5bb2",
    'sayso label add government --speaker "Mira Halden"',
    "sayso label add local --outlet Courier",
    "sayso label list economy",
)


@click.group("label", cls=Chapter, examples=EXAMPLES, short_help="Put labels of your own on things, or take them off.")
def command() -> None:
    """Put labels of your own on statements, speakers and outlets, to filter, count and export by.

    A thing may bear many labels. Each is a decision like the others: it survives every later reading, and to take it off is
    another. `sayso labels` counts what bears each; --label NAME of other commands takes only what does.
    """


def bearing(function: Callable[..., None]) -> Callable[..., None]:
    """LABEL, STATEMENTs, ``--speaker``, ``--document`` and ``--outlet``, handed to the function as ``(label, bearers)``."""

    @click.argument("label", metavar="LABEL")
    @click.argument("statements", nargs=-1, metavar="[STATEMENT]...")
    @click.option("--speaker", "speakers", multiple=True, metavar="NAME",
                  help="A speaker: all of that name, on whatever page; with --document the one of that page.")  # fmt: skip
    @click.option("--document", default="", metavar="DOC", help="The page that the speaker is of.")
    @click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="An outlet, with all its pages.")
    @options.reviewer
    @options.note
    @options.ledger
    @options.as_json
    @wraps(function)
    def packed(
        *, label: str, statements: tuple[str, ...], speakers: tuple[str, ...], document: str, outlets: tuple[str, ...],
        **more: Any,
    ) -> None:  # fmt: skip
        from sayso.ledger.labelling import Bearer

        if document and not speakers:
            raise UsageError("--document says which page a --speaker is of; give the speaker, too")
        every = [Bearer(statement=each) for each in statements]
        every += [Bearer(speaker=each, document=document) for each in speakers]
        every += [Bearer(outlet=each) for each in outlets]
        if not every:
            raise UsageError("say what bears the label: STATEMENT ids, --speaker NAME or --outlet NAME")
        function(label, every, **more)

    return packed


@command.command(
    cls=Explained, short_help="Put a label on something.",
    examples=(
        "sayso label add economy 34e23f94 f59d5bb2",
        'sayso label add government --speaker "Mira Halden" --note "mayor until May"',
        'sayso label add guild --speaker "ferry guild" --document bridge.txt',
        "sayso label add local --outlet Courier",
    ),
)  # fmt: skip
@bearing
def add(label: str, bearers: list[Bearer], reviewer: str, note: str, ledger: str, as_json: bool) -> None:
    """Put LABEL on statements, speakers or outlets. STATEMENT is an id, as `sayso show --list DOC` prints it."""
    from sayso.cli.taken import row_of, tell
    from sayso.ledger.labelling import put_label

    who = options.by(reviewer)
    with options.open_ledger(ledger, write=True) as opened:
        for each in bearers:
            tell(row_of(opened, put_label(opened, label, each, reviewer=who, note=note)), ledger, as_json)


@command.command(
    cls=Explained, short_help="Take a label off something.",
    examples=("sayso label remove economy 34e23f94", 'sayso label remove government --speaker "Mira Halden"'),
)  # fmt: skip
@bearing
def remove(label: str, bearers: list[Bearer], reviewer: str, note: str, ledger: str, as_json: bool) -> None:
    """Take LABEL off statements, speakers or outlets, given as in add. That undoes the decisions that put it there."""
    from sayso.cli.taken import row_of, tell
    from sayso.ledger.labelling import take_label

    who = options.by(reviewer)
    with options.open_ledger(ledger, write=True) as opened:
        for each in bearers:
            for undoing in take_label(opened, label, each, reviewer=who, note=note):
                tell(row_of(opened, undoing), ledger, as_json)


@command.command(
    "list", cls=Explained, short_help="List what bears labels.",
    examples=("sayso label list", "sayso label list economy --csv"),
)  # fmt: skip
@click.argument("label", default="", metavar="[LABEL]")
@options.table_options
def list_(label: str, ledger: str, as_json: bool, as_csv: bool) -> None:
    """List everything that bears a label, or LABEL alone."""
    from sayso.cli import render, render_labels
    from sayso.ledger.labelling import label_rows

    options.one_form(as_json, as_csv)
    with options.open_ledger(ledger) as opened:
        rows = label_rows(opened, label)
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, rows)
        else:
            render_labels.put_labelled(rows)
