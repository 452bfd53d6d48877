# ruff: noqa: N999
"""``sayso import``: decisions that were taken elsewhere, from a file into the ledger.

``--json`` prints one object for each decision of the file: ``place`` (in the file), ``state`` (taken, there, refused),
``action, document, id`` (in this ledger) and ``reason``. Schema: ``schemas/import.schema.json``.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from sayso.cli import options
from sayso.cli.door import NOT_ALL, Explained

EXAMPLES = (
    "sayso export csv --table decisions -l hers.db | sayso import -",
    'cat review.jsonld | sayso import - --reviewer "Ada Fenn"',
)


@click.command("import", cls=Explained, examples=EXAMPLES, short_help="Take in decisions from a file.")
@click.argument("file", metavar="FILE")
@options.reviewer
@options.as_json
@options.ledger
def command(file: str, reviewer: str, as_json: bool, ledger: str) -> int:
    """Take the decisions of FILE (- for standard input) into the ledger: a table that `sayso export csv` wrote (or the whole
    zip), Web Annotations, or a table of your own with a column “action”. What is there already is not taken twice; what cannot
    be taken is listed, and the exit code is 1.
    """  # noqa: D205
    from sayso.cli.render import complain, row_json, write_json
    from sayso.export.exchange import LARGEST, read, read_bytes
    from sayso.export.importing import import_decisions

    told = read_bytes(sys.stdin.buffer.read(LARGEST + 1), "standard input") if file == "-" else read(Path(file))
    counts: Counter[str] = Counter()
    with options.open_ledger(ledger, write=True) as opened:
        for came in import_decisions(opened, told, reviewer=reviewer.strip()):
            counts[came.state] += 1
            if as_json:
                write_json([row_json(came)])
            elif came.state == "refused":
                complain(f"{came.place}: {came.reason}")
    complain(f"{counts['taken']} taken, {counts['there']} there already, {counts['refused']} refused")
    return NOT_ALL if counts["refused"] else 0
