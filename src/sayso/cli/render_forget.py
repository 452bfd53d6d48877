"""What ``forget`` says: what goes, what stays, what else may hold the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from sayso.cli.options import named
from sayso.cli.render import one_line, screen
from sayso.cli.render_table import Column, Noun, put_rows, table
from sayso.cli.render_text import SHORT, STRONG, short
from sayso.ledger.provenance import Provenance, Version
from sayso.ledger.rows import Forgotten

FORGOTTEN = (
    Column("id", lambda row: short(row.id), SHORT, SHORT, style=STRONG),
    Column("reason", lambda row: row.reason, 20, 80),
    Column("by", lambda row: row.reviewer, 4, 20),
    Column("date", lambda row: row.at[:10], 10, 10),
    Column("sha256", lambda row: row.sha256, 12, 12, wide=100),
)
PAGE = Noun("page", "pages")
MOST = 5
"""So many of several pages are named."""


def _say(sentence: str) -> None:
    click.echo(one_line(sentence), err=True)


def of_pages(pages: Sequence[Version]) -> str:
    """Pages by name and date, the first few: "bridge.txt (2031-04-09, 3f2a77c1), …"."""
    shown = [f"{each.name} ({', '.join(filter(None, (each.published[:10], short(each.id))))})" for each in pages[:MOST]]
    return ", ".join([*shown, "…"] if len(pages) > MOST else shown)


def put_what_goes(page: Provenance, copies: bool) -> None:
    """What is about to be erased, to standard error, where the question stands."""
    facts = ", ".join(fact for fact in (page.outlet, page.published[:10], f"{page.words:,} words") if fact)
    _say(f"{page.document} ({facts}) and all that was read out of it will be erased; hashes and the reason stay.")
    if copies and page.copies:
        _say(f"so will {PAGE(len(page.copies))} with the very same text or file: {of_pages(page.copies)}")
    if page.decisions:
        many = Noun("decision about it loses its quotations", "decisions about it lose their quotations")
        _say(many(page.decisions))
    _say_versions(page, copies)


def _say_versions(page: Provenance, copies: bool) -> None:
    gone = {each.id for each in page.copies} if copies else set()
    stay = [each for each in page.versions if each.id not in gone]
    if stay:
        many = Noun("other version of the page stays", "other versions of the page stay")
        _say(f"{many(len(stay))}: {of_pages(stay)}")


def put_gone(page: Provenance, gone: Sequence[Forgotten], beside: Sequence[str], ledger: str, quiet: bool) -> None:
    """What was erased, and what else to see to; ``quiet`` leaves out what standard output has already said."""
    if not quiet:
        more = f" and {PAGE(len(gone) - 1)} with the same text" if len(gone) > 1 else ""
        click.echo(one_line(f"forgotten: {page.document}{more} ({short(gone[0].id)})"))
    _say_versions(page, copies=len(gone) > 1)
    if beside:
        many = Noun(
            "copy of the ledger lies beside it and may hold the text",
            "copies of the ledger lie beside it and may hold the text",
        )
        _say(f"{many(len(beside))}; delete those you can do without: {', '.join(beside)}")
    if not quiet:
        _say(f"to let it come in again: sayso forget --lift {short(gone[0].id)}{named(ledger)}")


def put_forgotten(rows: Iterable[Forgotten]) -> None:
    """What was forgotten to standard output."""
    put_rows(table(FORGOTTEN), rows, screen(), Noun("forgotten page", "forgotten pages"))
