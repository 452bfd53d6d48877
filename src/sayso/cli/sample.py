"""``sayso sample``: a random coding sheet, and what it tells when it comes back.

``--json`` prints one object for each row of a sheet that is drawn (``found``: ``row``), and one for each measure of a sheet
that is imported (``found``: ``result``). Schema: ``schemas/sample.schema.json``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.review.frames import By
    from sayso.review.sheets import Sample

BY = ("outlet", "speaker", "kind", "none")
EXAMPLES = (
    "sayso sample 60 -o sheet.csv",
    "sayso sample 100 --by outlet --stretches 40 --seed 7 -o sheet.xlsx",
    'sayso sample --import sheet.csv --reviewer "Ada Fenn"',
)


@click.command("sample", cls=Explained, examples=EXAMPLES, short_help="Draw a random coding sheet, or take one in.")
@click.argument("number", type=click.IntRange(0), required=False, metavar="[N]")
@click.option("--by", type=click.Choice(BY), default="none", show_default=True, metavar="GROUP",
              help=f"Draw from each {', '.join(BY)}, in proportion.")  # fmt: skip
@click.option("--stretches", type=click.IntRange(0), metavar="N",
              help="So many stretches of text, to see what was missed.  [default: as many as statements]")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Another number, another sample.")
@click.option(
    "-o",
    "--output",
    default="",
    metavar="FILE",
    help="Write to FILE.csv or FILE.xlsx.  [default: standard output, CSV]",
)
@click.option(
    "--import", "sheet", default="", metavar="SHEET", help="Take in a sheet that was filled in, .csv or .xlsx."
)
@options.all_acts
@options.reviewer
@options.ledger
@options.as_json
def command(
    number: int | None, by: By, stretches: int | None, seed: int, output: str, sheet: str, all_acts: bool, reviewer: str,
    ledger: str, as_json: bool,
) -> None:  # fmt: skip
    """Draw N statements and as many stretches of text at random, as a sheet to be coded; with --import take one in.

    The statements tell how many are right, the stretches how many were missed. The same seed and pile give the same sheet, so
    that two people can code it apart: `sayso agreement` compares them. The instructions come beside the sheet.
    """
    from sayso.review.sheets import Sample

    if sheet:
        if number is not None or output:
            raise UsageError("--import takes a sheet in; draw another one without it")
        _import(sheet, options.by(reviewer), ledger, as_json)
    elif number is None:
        raise UsageError("say how many statements to draw: sayso sample 60 -o sheet.csv; or give --import SHEET")
    else:
        _draw(Sample(number, number if stretches is None else stretches, by, seed, all_acts), output, ledger, as_json)


def _draw(sample: Sample, output: str, ledger: str, as_json: bool) -> None:
    import os

    from sayso.cli.export import stream
    from sayso.cli.render import complain, write_json
    from sayso.review.sheets import instructions, rows, write_csv, write_xlsx

    if os.path.realpath(output) == os.path.realpath(ledger):
        raise UsageError(f"{output} is the ledger itself; write to another file")
    if output not in ("", "-") and not as_json and os.path.isfile(output):
        raise UsageError(
            f"{output} is there already, and somebody may have filled it in: name another file, or take that one away first"
        )
    with options.open_ledger(ledger) as opened:
        found = rows(opened, sample)
        if as_json:
            write_json({"found": "row", **row} for row in found)
            return
        with stream(output) as out:
            count = (write_xlsx if output.endswith(".xlsx") else write_csv)(found, out)
    if output in ("", "-"):
        return
    told = f"{count} rows to code in {output}"
    if not output.endswith(".xlsx"):
        beside = Path(output).with_suffix(".codebook.txt")
        beside.write_text("\n".join(instructions()) + "\n", encoding="utf-8")
        told += f", how to in {beside}"
    complain(f"{told}; then: sayso sample --import {output}{options.named(ledger)}")


def _import(sheet: str, reviewer: str, ledger: str, as_json: bool) -> None:
    from sayso.cli.render import complain, row_json, write_json
    from sayso.cli.render_review import put_results
    from sayso.ledger.reviews import keep_sheet
    from sayso.review.results import of_sheet
    from sayso.review.sheets import LARGEST, read_sheet

    path = Path(sheet)
    if not path.is_file():
        raise UsageError(f"there is no file {sheet}")
    with path.open("rb") as held:
        came = read_sheet(held.read(LARGEST + 1), sheet)
    with options.open_ledger(ledger, write=True) as opened:
        kept, new = keep_sheet(opened, came.sample, came.content, came.codings, reviewer=reviewer)
    found = list(of_sheet(kept, strata=True))
    if as_json:
        write_json({"found": "result", **row_json(row)} for row in found)
    else:
        put_results(found)
    left = f", {came.empty} left empty" if came.empty else ""
    complain(f"{len(came.codings)} rows coded by {reviewer}{left}" + ("" if new else "; they were there already"))
