"""``sayso export``: what a ledger holds, in a format that other programs read.

What each format holds, and what ``--no-text`` leaves out, is in ``docs/export.md``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.errors import UsageError

FORMATS = (
    "csv", "xlsx", "jsonl", "parquet", "w3c", "claims", "ftm", "uima", "labelstudio", "brat", "qdpx", "docbin", "csl",
    "bibtex", "hxl", "graphml",
)  # fmt: skip
TABLES = ("statements", "speakers", "figures", "documents", "findings", "decisions")
EXAMPLES = (
    "sayso export csv > pile.zip",
    "sayso export csv --table statements --speaker Halden > halden.csv",
    "sayso export w3c --outlet Courier --since 2031-04 > courier.jsonld",
    "sayso export uima --document bridge.txt --no-text > bridge.zip",
)


@click.command("export", cls=Explained, examples=EXAMPLES, short_help="Take it all away in another format.")
@click.argument("form", type=click.Choice(FORMATS), metavar="FORMAT")
@click.option("-o", "--output", default="", metavar="FILE", help="Write to this file.  [default: standard output]")
@click.option("--table", type=click.Choice(TABLES), metavar="TABLE",
              help=f"Only one table, of csv or parquet: {', '.join(TABLES)}.")  # fmt: skip
@click.option("--document", default="", metavar="DOC", help="Only that page: its name, or its id's beginning.")
@click.option("--outlet", default="", help="Only from outlets with this in their name.")
@click.option("--speaker", default="", metavar="NAME", help="Only statements by speakers with this in their name.")
@options.since
@options.until
@click.option("--all-acts", is_flag=True, help="Also what speakers think and want, not only what they say.")
@click.option("--no-text", is_flag=True, help="No words of the pages but names: ids, offsets, hashes, numbers.")
@options.ledger
def command(
    form: str,
    output: str,
    table: str | None,
    document: str,
    outlet: str,
    speaker: str,
    since: str,
    until: str,
    all_acts: bool,
    no_text: bool,
    ledger: str,
) -> None:
    """Take what the ledger holds away in FORMAT: csv, xlsx, jsonl, parquet, w3c (Web Annotation), claims (schema.org),
    ftm (FollowTheMoney), uima (CAS JSON, INCEpTION), labelstudio, brat, qdpx (REFI-QDA), docbin (spaCy), csl, bibtex, hxl or
    graphml. Decisions of people are carried out in it. The same ledger gives the same bytes.
    """  # noqa: D205
    from sayso.cli.render import complain
    from sayso.export import Filters, export, refuse

    filters = Filters(document, outlet, speaker, since, until, all_acts)
    refuse(form, table or "", filters)
    if os.path.realpath(output) == os.path.realpath(ledger):
        raise UsageError(f"{output} is the ledger itself; write to another file")
    with options.open_ledger(ledger) as opened, stream(output) as out:
        pages = export(opened, form, out, filters, words=not no_text, table=table or "")
    place = f" to {output}" if output not in ("", "-") else ""
    complain(f"{pages} {'page' if pages == 1 else 'pages'} exported{place}")


@contextmanager
def stream(output: str) -> Iterator[BinaryIO]:
    """Where to write: a file, which is there only once it is whole, or standard output, if that is no terminal."""
    if output in ("", "-"):
        if sys.stdout.isatty():
            raise UsageError("a file is not for the terminal; give -o FILE, or send it to a program with |")
        yield sys.stdout.buffer
        return
    path = Path(output)
    if path.is_dir():
        raise UsageError(f"{output} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}; make it first")
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        os.replace(part, path)
    except OSError as error:
        if error.filename is None and error.errno is None:
            raise
        raise UsageError(f"{output} cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
