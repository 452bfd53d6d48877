"""``sayso who-speaks``: who gets to speak on the pages of a ledger.

``--json`` prints one object a line: ``by, name, kind, outlet`` (empty where all are together), ``statements, of, share,
low, high, words, of_words, words_share, pages, outlets, spellings``. Schema: ``schemas/who-speaks.schema.json``.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.records import Act

COLUMNS = (
    "by", "name", "kind", "outlet", "statements", "of", "share", "low", "high", "words", "of_words", "words_share",
    "pages", "outlets", "spellings",
)  # fmt: skip
BY = ("speaker", "role", "kind", "organisation", "pronoun", "label")
EXAMPLES = (
    "sayso who-speaks --speaker kjel --as-written",
    "sayso who-speaks --by kind --each-outlet",
    "sayso who-speaks --by pronoun --outlet lantern",
    "sayso who-speaks --label government",
)


@click.command("who-speaks", cls=Explained, examples=EXAMPLES, short_help="Who gets to speak, and how much.")
@click.option("--by", type=click.Choice(BY), default="speaker", show_default=True, metavar="GROUP",
              help=f"Grouped by {', '.join(BY)}.")  # fmt: skip
@click.option("--each-outlet", is_flag=True, help="Every outlet apart.")
@click.option("--as-written", is_flag=True, help="Names as they are written, and nobody taken for one under two.")
@click.option("--speaker", default="", metavar="NAME", help="Only rows with this in a spelling of the name.")
@click.option("--outlet", default="", help="Only from outlets with this in their name.")
@options.since
@options.until
@click.option("--copies", is_flag=True, help="Count statements again that stand in copied text.")
@options.label
@options.all_versions
@options.all_acts
@options.limit
@options.table_options
def command(by: Any, *, ledger: str, as_json: bool, as_csv: bool, limit: int | None, **asked: Any) -> None:
    """Share of statements and of their words by speaker, or by role, kind, organisation or pronoun.

    Who is one across pages is as sayso people has it, and bears a label where any of his speakers does. With --label shares
    are those of what bears it; with --by label those of each label in all that is said. Text that several pages share counts
    once. Intervals are of 95 %, with the statements of a page taken together.
    """
    from sayso.cli import render, render_who_speaks
    from sayso.cli.piled import open_pile
    from sayso.cli.render_progress import ProgressBar
    from sayso.ledger.labelling import label_names
    from sayso.pile.namesakes import AS_WRITTEN, bearing_in, namesakes
    from sayso.pile.voices.piled import shelf_in
    from sayso.pile.who_speaks import Asked, who_speaks

    options.one_form(as_json, as_csv)
    acts: tuple[Act, ...] = ("say", "think", "want") if asked["all_acts"] else ("say",)
    wish = Asked(by, asked["each_outlet"], asked["speaker"], not asked["copies"], acts)
    scope = {name: asked[name] for name in ("outlet", "since", "until")} | {"old_versions": asked["all_versions"]}
    people = (by in ("speaker", "organisation", "label") or bool(asked["label"])) and not asked["as_written"]
    with open_pile(ledger, "copies", *(["people"] if people else [])) as pile, ProgressBar(lambda _: None) as bar:
        known = namesakes(pile) if people else AS_WRITTEN
        names = label_names(pile.ledger) if by == "label" else ()
        wish = replace(
            wish, labels=tuple(bearing_in(pile, each, people=people) for each in names),
            bearing=bearing_in(pile, asked["label"], people=people) if asked["label"] else None,
        )  # fmt: skip
        rows = islice(who_speaks(shelf_in(pile, **scope), wish, lambda *_: bar.step(), known), limit)
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, rows)
        else:
            render_who_speaks.put_shares(rows, by, asked["each_outlet"], limit)
