"""``sayso read``: documents into a ledger, with ``--json`` one reading a line on standard output, with ``--to`` into Parquet.

``--json`` prints for each document, in the order given, its reading as the contract has it, or
``{"document": {"name": …}, "error": {"code": …, "message": …}}`` where it cannot be read; no ledger is touched. Schema:
``schemas/reading.schema.json``.
"""

from __future__ import annotations

import time
from itertools import islice
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from sayso.cli import options
from sayso.cli.door import STOPPED, Explained

if TYPE_CHECKING:
    from sayso.cli.pile import Pile

LOOKED_AT = 1000
"""Names of pages that are looked at for one that came in twice."""
EXAMPLES = (
    "sayso read news/",
    "sayso read -l spring.db --meta pages.csv --processes 2 news/ report.pdf",
    "sayso read --to march/ --processes 2 news/",
    "cat bridge.txt | sayso read --json - > readings.jsonl",
)


@click.command("read", cls=Explained, examples=EXAMPLES, short_help="Read files and folders into the ledger.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-l", "--ledger", "ledger", default=options.DEFAULT, show_default=True, metavar="FILE",
              help="The ledger to write; it is made where it is not there.")  # fmt: skip
@click.option("--meta", metavar="FILE.csv", help="A table with name, outlet, url, date, title or byline of the pages.")
@click.option("--processes", type=options.Count(), default=1, show_default=True,
              help="Read in N processes.")  # fmt: skip
@click.option("--years", type=options.Years(), metavar="YEARS",
              help="The years the pages are from (2031, 2030-2031): a date without year gets the one of them that its "
              "weekday allows. For pages that are in the ledger give --again too.")  # fmt: skip
@click.option("--again", is_flag=True,
              help="Also read what an earlier version of sayso read, or one given other years; what changed is counted.")  # fmt: skip
@click.option("--keep", is_flag=True, help="Keep the files themselves in the ledger too, also of pages that are in it.")
@click.option("--json", "as_json", is_flag=True, help="Print one reading a line; no ledger is touched.")
@click.option("--to", "folder", metavar="FOLDER",
              help="Write Parquet into a folder, to be gathered later; what is finished there is not read again.")  # fmt: skip
@click.option("--part", type=options.Count(), metavar="N", help="With --to: documents in a part at most (1,024).")
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True,
              help="With --to: read in processes of this machine, or under Spark.")  # fmt: skip
@click.option("--master", default="", metavar="URL", help="With --engine spark: its master.  [default: local[*]]")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    ledger: str,
    meta: str | None,
    processes: int,
    years: range | None,
    again: bool,
    keep: bool,
    as_json: bool,
    folder: str | None,
    part: int | None,
    engine: str,
    master: str,
) -> int:
    """Read files, folders or standard input (-) into the ledger: text, HTML, PDF, JSON, WARC, zip or feeds."""
    from sayso.cli.handing import Way, into_folder, refuse
    from sayso.cli.pile import Pile
    from sayso.cli.render import complain
    from sayso.ingest import Metadata

    way = Way(folder, part or 0, engine, master) if folder else None
    of_ledger = {"-l": ctx.get_parameter_source("ledger") is ParameterSource.COMMANDLINE, "--keep": keep}
    refuse(way, {**of_ledger, "--json": as_json}, engine, part or 0, master)
    pile = Pile(paths, ledger, meta, Metadata.from_csv(meta) if meta else None, processes, years)
    if way is not None:
        code = into_folder(pile, way, again)
    elif as_json:
        _tell_idle({**of_ledger, "--again": again})
        code = _as_json(pile)
    else:
        code = _into_ledger(pile, again, keep)
    if code != STOPPED:
        for warning in pile.warnings():
            complain(warning)
    return code


def _tell_idle(given: dict[str, bool]) -> None:
    from sayso.cli.render import complain

    idle = [option for option in ("-l", "--again", "--keep") if given[option]]
    if idle:
        ha = "has" if len(idle) == 1 else "have"
        complain(f"with --json no ledger is touched; {' and '.join(idle)} {ha} no effect")


def _empty(pile: Pile) -> int:
    from sayso.cli.render import complain

    complain(f"nothing to read was found in {', '.join(pile.paths)}")
    return 0


def _as_json(pile: Pile) -> int:
    from sayso.cli.render import complain, why, write_json
    from sayso.contract import reading_json, unreadable_json
    from sayso.engine.local import read_all
    from sayso.records import Reading, Unreadable

    lost, item = 0, None
    for item, outcome in read_all(pile.items(), meta=pile.table, processes=pile.processes, years=pile.years):
        pile.names.add(item.name)
        if isinstance(outcome, Unreadable):
            lost += 1
            complain(f"{outcome.name}: {why(outcome)}")
            write_json([unreadable_json(outcome)])
        elif isinstance(outcome, Reading):
            write_json([reading_json(outcome)])
    if item is None:
        return _empty(pile)
    return 1 if lost else 0


def _into_ledger(pile: Pile, again: bool, keep: bool) -> int:
    from sayso.cli import render, render_summary
    from sayso.cli.filling import Filling
    from sayso.cli.render_progress import ProgressBar
    from sayso.cli.tally import Tally

    tally, began = Tally(), time.monotonic()
    try:
        with Filling(pile, tally, again=again, keep=keep) as filling, ProgressBar(pile.count) as bar:
            filling.run(bar.step)
    except KeyboardInterrupt:  # the ledger has kept every whole document by now
        safe = f"{tally.safe:,} document{' is' if tally.safe == 1 else 's are'}"
        render.complain(f"stopped; {safe} safe in {pile.ledger}; run the same command again to carry on")
        return STOPPED
    if not tally.documents:
        return _empty(pile)
    render_summary.put_summary(tally, pile.ledger, time.monotonic() - began, render.screen())
    if tally.documents["added"] and (warning := _twice(pile)):
        render.complain(warning)
    return 1 if tally.unreadable else 0


def _twice(pile: Pile) -> str:
    """A warning where a page that came in has the name and the text of one that was there; empty where none has."""
    with options.open_ledger(pile.ledger) as opened:
        names = opened.doubles(islice(sorted(pile.names), LOOKED_AT))
    if not names:
        return ""
    some = ", ".join([*names[:3], "…"] if len(names) > 3 else names)
    one = len(names) == 1
    return (
        f"{len(names):,} page{' stands' if one else 's stand'} in {pile.ledger} twice with the same name and text, but other "
        f"metadata ({some}): was --meta left out, or another one given? They count as {'two pages' if one else 'pages of their own'}"
    )
