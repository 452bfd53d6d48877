"""``sayso forget``: erase a page from a ledger.

``--json`` prints one object a line for each page that was forgotten: ``id, text_id, sha256`` (hashes; the last of the
file's bytes, may be empty), ``reason, reviewer, at`` (UTC). Schema: ``schemas/forget.schema.json``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.ledger.provenance import Provenance

COLUMNS = ("id", "reason", "reviewer", "at", "text_id", "sha256")
WORKING = ("-wal", "-shm", "-journal", ".lock")
"""Ends of the names of what stands beside a ledger while it is written."""
EXAMPLES = (
    'sayso forget bridge.txt --reason "asked for by the person named"',
    'sayso forget bridge.txt --reason "published by mistake" --copies --yes',
    "sayso forget --list",
    "sayso forget --lift 6ce6ed67",
)


@click.command("forget", cls=Explained, examples=EXAMPLES, short_help="Erase a page and all that was read out of it.")
@click.argument("document", default="", metavar="[DOC]")
@click.option("--reason", default="", metavar="WORDS", help="Why; it is kept with the hashes, so name nobody in it.")
@click.option("--copies", is_flag=True, help="Also every other page with the very same text or file.")
@click.option("--decisions", is_flag=True, help="Also where decisions taken on it stand on another version: they are lost.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--list", "as_list", is_flag=True, help="List what was forgotten.")
@click.option("--lift", default="", metavar="ID", help="Let a forgotten page come in again; ID as --list prints it.")
@options.reviewer
@options.table_options
def command(
    document: str,
    reason: str,
    copies: bool,
    decisions: bool,
    yes: bool,
    as_list: bool,
    lift: str,
    reviewer: str,
    ledger: str,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Erase a page: its text, all that was read out of it and what decisions about it quote leave the file for good.

    Hashes and the reason stay, so that the same text is not taken in again. Files elsewhere are not touched.
    """
    options.one_form(as_json, as_csv)
    if bool(document) + as_list + bool(lift) != 1:
        raise UsageError("say what to do: forget DOC --reason WORDS, forget --list, or forget --lift ID")
    if as_list:
        _list(ledger, as_json, as_csv)
    elif lift:
        _lift(ledger, lift)
    else:
        if not reason.strip():
            raise UsageError("to forget a page wants a reason; it is all that is kept of it: --reason WORDS")
        if as_csv:
            raise UsageError("--csv is for --list")
        with options.open_ledger(ledger, write=True) as opened:
            _forget(opened, document, reason, options.by(reviewer), copies, decisions, yes, as_json)


def _forget(
    opened: Ledger, document: str, reason: str, reviewer: str, copies: bool, decisions: bool, yes: bool, as_json: bool
) -> None:
    from sayso.cli import render, render_forget
    from sayso.pile.forgetting import forget as strike
    from sayso.web.kept import remove

    page = opened.provenance(document)
    _meant(page, document)
    if page.copies and not copies:
        raise UsageError(
            f"the very same text or file stands on other pages too: {render_forget.of_pages(page.copies)}; add --copies to forget "
            f"all of them together"
        )
    opened.may_forget(page.id, copies=copies, decisions=decisions)
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("to forget cannot be undone, and nobody is there to be asked; add --yes to do it")
        render_forget.put_what_goes(page, copies)
        if not _sure():
            render.complain("nothing was forgotten")
            return
    gone = opened.forget(page.id, reason, reviewer=reviewer, copies=copies, decisions=decisions)
    strike(opened.path, [page.id, *(copy.id for copy in page.copies)])
    remove(opened.path)
    beside = copies_beside(opened.path)
    if as_json:
        render.write_json(map(render.row_json, gone))
    render_forget.put_gone(page, gone, beside, str(opened.path), as_json)


def _sure() -> bool:
    """Whether the one at the terminal says yes; an empty line ends the question where it is broken off."""
    try:
        return click.confirm("Forget it for good?", err=True)
    except click.Abort:
        click.echo(err=True)
        raise


def _meant(page: Provenance, document: str) -> None:
    """Raises ``UsageError`` where a page is named by the beginning of its name, which may mean another than was thought."""
    if document not in (page.document, page.path) and not page.id.startswith(document.casefold()):
        raise UsageError(f"to forget a page give its whole name ({page.document}) or its id ({page.id[:12]})")


def copies_beside(path: Path) -> list[str]:
    """Names of files beside a ledger that begin with its name: copies of it, most likely."""
    found = path.parent.glob("*")
    return sorted(
        each.name
        for each in found
        if each.name.startswith(f"{path.name}.")
        and not each.name.endswith(WORKING)
        and not each.name.startswith(f"{path.name}.pile")  # holds no words of any page
        and each.is_file()
    )


def _list(ledger: str, as_json: bool, as_csv: bool) -> None:
    from sayso.cli import render, render_forget

    with options.open_ledger(ledger) as opened:
        rows = opened.forgotten()
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, rows)
        else:
            render_forget.put_forgotten(rows)


def _lift(ledger: str, identity: str) -> None:
    from sayso.cli.render import complain

    with options.open_ledger(ledger, write=True) as opened:
        opened.take_in_again(identity)
    complain(f"{identity} is no longer held back; read the page again to have it in {ledger}")
