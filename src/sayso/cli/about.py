"""``sayso about``: what this program is made of, and with ``-l`` what a ledger holds and how good it is known to be.

``--json`` prints one object: ``sayso, contract, python, sqlite, runtime, extractor, code`` (versions), ``model`` (SHA-256,
null where the model is missing), ``threshold`` (of confidence; null without a model), ``ledger``: null, or ``path, documents,
statements, thoughts, speakers, findings, dropped`` (by code), ``unreadable, outlets, figures, digest, decisions, reviewers,
read_by`` (pages by version); ``results`` (of the samples of the ledger that were coded, as ``sayso sample --import`` gives
them) and ``methods``, a paragraph. With ``--codebook`` one object a line: ``field, code, meaning``. Schema:
``schemas/about.schema.json``.
"""

from __future__ import annotations

from typing import Any

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.errors import UsageError

COLUMNS = ("field", "code", "meaning")
EXAMPLES = (
    "sayso about",
    "sayso about -l sayso.db",
    "sayso about --codebook --csv > codebook.csv",
    "sayso about --json",
)


@click.command("about", cls=Explained, examples=EXAMPLES, short_help="Show versions, what a ledger holds, and a methods paragraph.")
@click.option("-l", "--ledger", "ledger", default=None, metavar="FILE", help="Also what this ledger holds, and how good that is.")
@click.option("--codebook", is_flag=True, help="Every field and code of a reading with its meaning.")
@options.as_csv
@options.as_json
def command(ledger: str | None, codebook: bool, as_json: bool, as_csv: bool) -> None:
    """Show the versions of the program, its contract and its model, and what a ledger holds.

    Under it stands a paragraph for the methods section of a paper. With a ledger it tells what samples of it were coded
    (sayso sample) and what they gave, apart for each reviewer and each version that read the pages.
    """
    from sayso.cli import render, render_facts

    options.one_form(as_json, as_csv)
    if as_csv and not codebook:
        raise UsageError("--csv is for --codebook; take --json for the facts")
    if codebook:
        from sayso.review.codebook import codebook as entries

        if as_json:
            render.write_json(map(render.row_json, entries()))
        elif as_csv:
            render.write_csv(COLUMNS, entries())
        else:
            render_facts.put_codebook(entries())
        return
    facts = _facts(ledger)
    if as_json:
        render.write_json([facts])
    else:
        render_facts.put_about(facts)


def _facts(path: str | None) -> dict[str, Any]:
    from sayso.cli.render import row_json
    from sayso.review.methods import Made, Pile, paragraph

    made = _made_of()
    about = Made(**{name: made[name] for name in ("sayso", "contract", "model", "code", "runtime", "extractor", "threshold")})
    if path is None:
        return {**made, "ledger": None, "results": [], "methods": paragraph(about)}
    from sayso.decisions import active
    from sayso.ledger.decided import all_decisions
    from sayso.ledger.reviews import read_by
    from sayso.review.results import results

    with options.open_ledger(path) as opened:
        counts, digest, found = opened.counts(), opened.digest(), list(results(opened))
        readers = read_by(opened)
        with opened._asked() as connection:
            stands = [d for d in active(all_decisions(connection)) if d.action not in ("note", "label")]
    reviewers = tuple(sorted({d.reviewer for d in stands}))
    held = row_json(counts)
    held |= {"dropped": dict(held["dropped"]), "digest": digest, "decisions": len(stands), "reviewers": reviewers}
    held["read_by"] = readers
    methods = paragraph(about, Pile(counts, digest, len(stands), reviewers, readers), found)
    return {**made, "ledger": {"path": path, **held}, "results": [row_json(row) for row in found], "methods": methods}


def _made_of() -> dict[str, Any]:
    import platform
    import sqlite3
    from importlib.metadata import version

    from sayso.cli.render import complain
    from sayso.contract import CONTRACT
    from sayso.encoder.session import Encoder
    from sayso.errors import ModelError
    from sayso.version import code_digest

    encoder, model, threshold = Encoder(), None, None
    try:
        threshold = encoder.settings.get("threshold")
        model = encoder.digest
    except ModelError as error:
        complain(str(error))
    return {
        "sayso": version("sayso"),
        "contract": CONTRACT,
        "model": model,
        "code": code_digest(),
        "threshold": threshold,
        "runtime": encoder.runtime,
        "extractor": f"trafilatura {version('trafilatura')}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
