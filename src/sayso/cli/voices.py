"""``sayso voices``: who uses a word, the outlet itself or those it quotes.

``--json`` prints one object a line, with ``found``: ``word`` (a word in one outlet: ``word, outlet, pages, total, forms,
cells, sources``), ``speaker`` with ``--speakers``, ``place`` with ``--places``, and ``contested`` where no word is given.
Schema: ``schemas/voices.schema.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from sayso.cli import options
from sayso.cli.door import Explained
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.pile.voices import Row

CELLS = ("own", "carried", "direct", "indirect", "quoted", "unsure", "headline", "aside")
PARTS = ("count", "denied", "pages", "words", "rate", "low", "high")
WORDS = (
    "word",
    "outlet",
    "pages",
    "total",
    *(f"{cell}_{part}" for cell in CELLS for part in PARTS),
    "sources",
    "forms",
)
SPEAKERS = ("word", "speaker", "kind", "direct", "indirect", "denied", "pages", "outlets", "spellings")
PLACES = (
    "term", "words", "voice", "denied", "title", "speaker", "speaker_kind", "joint", "source", "outlet", "published",
    "document", "part", "span", "sentence", "statement", "source_document", "document_id",
)  # fmt: skip
CONTESTED = ("word", "score", "own", "quoted")
EXAMPLES = (
    "sayso voices wreckers scab --speakers",
    'sayso voices "killer cuts" --places',
    "sayso voices strike --voice own --places --outlet banner",
    "sayso voices",
)


@click.command(
    "voices", cls=Explained, examples=EXAMPLES, short_help="Who uses a word: the outlets, or whom they quote."
)
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--places", is_flag=True, help="Every place with its sentence, and not the counts.")
@click.option("--speakers", is_flag=True, help="Counts by speaker, and not by outlet.")
@click.option("--voice", type=click.Choice(CELLS), metavar="VOICE", help=f"Only places of {', '.join(CELLS)}.")
@click.option("--exact", is_flag=True, help="The words as given, without their inflections.")
@click.option("--carried-as-own", is_flag=True, help="Count copied and credited text as the outlet's own.")
@click.option("--as-written", is_flag=True, help="With --speakers: names as they are written, nobody taken for one under two.")
@options.label
@options.all_versions
@click.option("--speaker", default="", metavar="NAME", help="Only in statements of speakers with this in their name.")
@click.option("--outlet", default="", help="Only from outlets with this in their name.")
@options.since
@options.until
@options.limit
@options.table_options
def command(words: tuple[str, ...], *, ledger: str, as_json: bool, as_csv: bool, **asked: Any) -> None:
    """Count words by whose voice they stand in, per outlet: its own, carried, in statements, in quotation marks, unsure.

    Without a word: the words that some outlets use themselves and others only quote. With --speakers, who is one across pages
    is as sayso people has it.
    """
    options.one_form(as_json, as_csv)
    chosen = [name for name in ("places", "speakers") if asked[name]]
    if len(chosen) > 1:
        raise UsageError("--places and --speakers cannot both be; choose one")
    if asked["voice"] and not asked["places"]:
        raise UsageError("--voice chooses among places; give --places, too")
    if not words and (chosen or asked["exact"] or asked["speaker"] or asked["label"]):
        raise UsageError("give a word to count; sayso voices alone lists the words that outlets use unevenly")
    form = "json" if as_json else "csv" if as_csv else "screen"
    _answer(words, chosen[0] if chosen else "words" if words else "contested", form, ledger, asked)


def _answer(words: tuple[str, ...], kind: str, form: str, ledger: str, asked: dict[str, Any]) -> None:
    from sayso.cli.piled import open_pile
    from sayso.pile.namesakes import bearing_in, namesakes
    from sayso.pile.voices import Wish, places, voices
    from sayso.pile.voices.piled import shelf_in

    wish = Wish(words, asked["exact"], asked["carried_as_own"], asked["speaker"], asked["voice"] or "")
    scope = {name: asked[name] for name in ("outlet", "since", "until")} | {"old_versions": asked["all_versions"]}
    people = (kind == "speakers" or bool(asked["label"])) and not asked["as_written"]
    with open_pile(ledger, "copies", "voices", *(["people"] if people else [])) as pile:
        if asked["label"]:
            wish = replace(wish, bearing=bearing_in(pile, asked["label"], people=people))
        shelf = shelf_in(pile, **scope)
        if kind == "places":
            _put(kind, form, places(shelf, wish), asked["limit"])
        elif kind == "contested":
            from sayso.pile.voices.contested import contested

            _put(kind, form, contested(shelf, asked["limit"] or 20), asked["limit"])
        else:
            found = voices(shelf, wish, person=namesakes(pile).of if people else None)
            _put(kind, form, found.rows if kind == "words" else found.speakers, asked["limit"], found.unused)


def _put(kind: str, form: str, rows: Iterable[Any], limit: int | None, unused: tuple[str, ...] = ()) -> None:
    from itertools import islice

    from sayso.cli import render, render_voices

    rows = islice(rows, limit)
    if form == "json":
        found = {"words": "word", "speakers": "speaker", "places": "place"}.get(kind, kind)
        render.write_json({"found": found, **render.row_json(row)} for row in rows)
    elif form == "csv":
        columns = {"words": WORDS, "speakers": SPEAKERS, "places": PLACES, "contested": CONTESTED}[kind]
        render.write_csv(columns, map(_flat, rows) if kind == "words" else rows)
    elif not unused or (rows := list(rows)):
        render_voices.put_voices(kind, rows, limit)
    for word in unused:
        render.complain(f"no page that fits has “{word}”")


class _Flat:
    """A row of counts with the parts of each cell as attributes of its own, for CSV."""

    def __init__(self, row: Row) -> None:
        for name in ("word", "outlet", "pages", "total"):
            setattr(self, name, getattr(row, name))
        for cell, part in _every():
            setattr(self, f"{cell}_{part}", getattr(row.cells[cell], part))
        self.sources = tuple(f"{name or '(unknown)'} {count}" for name, count in row.sources)
        self.forms = tuple(f"{form} {count}" for form, count in row.forms)


def _flat(row: Row) -> _Flat:
    return _Flat(row)


def _every() -> Iterator[tuple[str, str]]:
    return ((cell, part) for cell in CELLS for part in PARTS)
