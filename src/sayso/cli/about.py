"""``sayso about``: what this program is made of, and with ``-l`` what a ledger holds.

``--json`` prints one object: ``sayso, contract, python, sqlite, runtime, extractor`` (versions), ``model`` (SHA-256,
null where the model is missing) and ``ledger``: null, or ``path, documents, statements, thoughts, speakers, findings,
dropped`` (by code), ``unreadable, outlets``. Schema: ``schemas/about.schema.json``.
"""

from __future__ import annotations

from typing import Any

import click

from sayso.cli import options
from sayso.cli.door import Explained

EXAMPLES = (
    "sayso about",
    "sayso about -l sayso.db",
    "sayso about --json",
)


@click.command("about", cls=Explained, examples=EXAMPLES, short_help="Show versions, model and what a ledger holds.")
@click.option("-l", "--ledger", "ledger", default=None, metavar="FILE", help="Also count what this ledger holds.")
@options.as_json
def command(ledger: str | None, as_json: bool) -> None:
    """Show the versions of the program, its contract and its model, and what a ledger holds."""
    from sayso.cli import render, render_facts

    facts = {**_made_of(), "ledger": None if ledger is None else _held(ledger)}
    if as_json:
        render.write_json([facts])
    else:
        render_facts.put_about(facts)


def _made_of() -> dict[str, Any]:
    import platform
    import sqlite3
    from importlib.metadata import version

    from sayso.cli.render import complain
    from sayso.contract import CONTRACT
    from sayso.encoder.session import Encoder
    from sayso.errors import ModelError

    encoder, model = Encoder(), None
    try:
        _ = encoder.settings
        model = encoder.digest
    except ModelError as error:
        complain(str(error))
    return {
        "sayso": version("sayso"),
        "contract": CONTRACT,
        "model": model,
        "runtime": encoder.runtime,
        "extractor": f"trafilatura {version('trafilatura')}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def _held(path: str) -> dict[str, Any]:
    from sayso.cli.render import row_json

    with options.open_ledger(path) as opened:
        counts = row_json(opened.counts())
    return {"path": path, **counts, "dropped": dict(counts["dropped"])}
