"""``sayso gather``: readings that ``read --to`` wrote as Parquet, into a ledger.

A ledger that is not there is made whole or not at all; one that is there is added to. ``--where`` takes a slice:
see :mod:`sayso.engine.where`.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli import options
from sayso.cli.door import STOPPED, Explained

if TYPE_CHECKING:
    from sayso.engine.gather import Gathered

EXAMPLES = (
    "sayso gather march/ -l march.db",
    """sayso gather march/ -l herald.db --where 'outlet = "Harbour Post" and published >= 2031-03'""",
    "sayso gather march/ -l week.db --where 'published >= 2031-03-10 and published <= 2031-03-16'",
)
HOW = {
    "added": "new",
    "version": "new versions of their page",
    "reread": "read otherwise than before",
    "same": "there already, or twice in the folder",
    "forgotten": "forgotten and not taken in again",
    "unreadable": "could not be read",
}


@click.command(
    "gather", cls=Explained, examples=EXAMPLES, short_help="Put readings from a folder of Parquet into a ledger."
)
@click.argument("folder", metavar="FOLDER", type=click.Path(exists=True, file_okay=False))
@click.option("-l", "--ledger", "ledger", default=options.DEFAULT, show_default=True, metavar="FILE",
              help="The ledger to make, or to add to.")  # fmt: skip
@click.option("--where", "expression", default="", metavar="EXPR",
              help="Only readings for which this holds: outlet, published, url, name, language, id; = != ~ < <= > >=; and, or, "
              "not, ( ).")  # fmt: skip
def command(folder: str, ledger: str, expression: str) -> int:
    """Put the readings of FOLDER, which `sayso read --to FOLDER` wrote, into a ledger: all of them, or a slice."""
    from sayso.cli.render import complain
    from sayso.cli.render_progress import ProgressBar
    from sayso.export.extras import needed

    needed("pyarrow", "parquet", "pyarrow.parquet")
    from sayso.engine.gather import Gathered, count, gather
    from sayso.engine.where import where

    test, there = where(expression) if expression else None, Path(ledger).exists()
    told, began = Gathered(), time.monotonic()
    try:
        with ProgressBar(lambda _: count(Path(folder)), "gathering") as bar:
            gather(Path(folder), Path(ledger), test=test, told=told, step=bar.step)
    except KeyboardInterrupt:
        kept = f"what was added by then is safe in {ledger}" if there else f"{ledger} was not made"
        complain(f"stopped; {kept}; run the same command again")
        return STOPPED
    for each in told.unsound:
        complain(f"{each.name}: {each.message}")
    _put(told, ledger, time.monotonic() - began)
    return 1 if told.unsound else 0


def _put(told: Gathered, ledger: str, seconds: float) -> None:
    """What was done, to standard output."""
    from sayso.cli import render, render_text

    rate = f"; {told.rows / seconds:,.0f} a second" if seconds > 1 else ""
    lines = [render_text.line((f"{'documents':<14}", render_text.FAINT), f"{told.rows:,} in the folder{rate}")]
    if told.left:
        lines.append(render_text.line(f"{'':<14}{told.left:,} left out by --where"))
    lines += [render_text.line(f"{'':<14}{told.how[how]:,} {words}") for how, words in HOW.items() if told.how[how]]
    lines.append(
        render_text.line(
            ("next: ", render_text.FAINT), f"sayso check {render.one_line(options.named(ledger))}".rstrip()
        )
    )
    render_text.put(lines, render.screen())
