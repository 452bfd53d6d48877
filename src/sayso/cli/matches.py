"""``sayso matches``: statements of different pages that report one act of speaking, make one claim, or contradict.

``--json`` prints one object a line: ``kind`` (same-words, same-utterance, same-claim, contradicts), ``score``, ``why`` and
``because`` (the rule that decided, as a code and in words), ``whose`` (how the speakers stand), ``days`` (between the
pages), ``figures``, the sides ``a`` (the earlier page) and ``b``, and ``differences`` word by word. Schema:
``schemas/matches.schema.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from sayso.cli import options
from sayso.cli.door import Explained

if TYPE_CHECKING:
    from sayso.pile.matches.rows import MatchRow

KINDS = ("same-words", "same-utterance", "same-claim", "contradicts")
WHOSE = ("same", "other", "open")
SIDE = ("document", "outlet", "published", "speaker", "words", "id")
COLUMNS = ("kind", "score", "because", "whose", "days", "figures",
           *(f"{side}_{name}" for side in "ab" for name in SIDE), "differences")  # fmt: skip
EXAMPLES = (
    "sayso matches --speaker Halden",
    "sayso matches --kind contradicts",
    "sayso matches --kind same-claim --whose other --json",
    "sayso matches f59d5bb2",
)


@click.command(
    "matches", cls=Explained, examples=EXAMPLES, short_help="The same statement on other pages, and what differs."
)
@click.argument("statement", required=False, default="", metavar="[STATEMENT]")
@click.option("--kind", type=click.Choice(KINDS), metavar="KIND", help=f"Only {', '.join(KINDS)}.")
@click.option("--whose", type=click.Choice(WHOSE), metavar="WHOSE",
              help="Only of the same speaker, another one, or where that is open.")  # fmt: skip
@click.option("--speaker", default="", metavar="NAME", help="Only with this in the name of a speaker.")
@click.option("--words", default="", help="Only with this in one of the two wordings.")
@click.option("--outlet", default="", help="Only from outlets with this in their name.")
@click.option("--document", default="", metavar="DOC", help="Only of that page: its name, or its id's beginning.")
@click.option("--every", is_flag=True, help="Also pairs that follow from others: each with each, not with the first.")
@options.since
@options.until
@options.all_acts
@options.limit
@options.table_options
def command(statement: str, *, ledger: str, as_json: bool, as_csv: bool, **asked: Any) -> None:
    """List statements of different pages that say the same or the opposite, with what differs, the earlier page first.

    With a STATEMENT (the beginning of its id): where else that one stands.
    """
    from sayso.cli import render, render_matches
    from sayso.cli.piled import open_pile
    from sayso.pile.matches.rows import MatchFilter, match_rows

    options.one_form(as_json, as_csv)
    with open_pile(ledger, "matches") as pile:
        named, document = "", ""
        if statement:
            named, reading = pile.ledger.holding(statement)
            document = reading.id
        elif asked["document"]:
            document = pile.ledger.reading(asked["document"]).id
        where = MatchFilter(
            asked["kind"] or "", asked["whose"] or "", asked["speaker"], asked["words"], asked["outlet"], document, named,
            "" if asked["all_acts"] else "say", asked["since"], asked["until"], asked["every"], asked["limit"],
        )  # fmt: skip
        rows = match_rows(pile, where)
        if as_json:
            render.write_json(map(render.row_json, rows))
        elif as_csv:
            render.write_csv(COLUMNS, _flat(rows))
        else:
            render_matches.put_matches(rows, asked["limit"])


class _Flat:
    """A match as one line of CSV: both sides beside each other, the differences as one text."""

    def __init__(self, row: MatchRow, differences: str) -> None:
        for name in ("kind", "score", "because", "whose", "days", "figures"):
            setattr(self, name, getattr(row, name))
        for name, side in (("a", row.a), ("b", row.b)):
            for field in SIDE:
                value = side.content if field == "words" else getattr(side, field)
                if field == "speaker":
                    value = " + ".join((side.speaker, *side.joint))
                setattr(self, f"{name}_{field}", value)
        self.differences = differences


def _flat(rows: Iterable[MatchRow]) -> Iterator[_Flat]:
    from sayso.cli.render_matches import marked

    return (_Flat(row, marked(row.differences)) for row in rows)
