"""Long answers on a terminal: so many rows, then how many more there are and how to get them. Elsewhere all of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from typing import Any

from sayso.cli.render import complain, screen
from sayso.cli.render_table import WHOLE, Noun, Renderer, Told, put_rows
from sayso.cli.render_text import FAINT, line, put


def put_first(
    renderer: Renderer, rows: Iterable[Any], noun: Noun, limit: int | None, most: int, nothing: str = ""
) -> None:
    """Rows to standard output: on a terminal the first ``most``, where no ``limit`` was asked for.

    ``nothing`` is the sentence for standard error where there are no rows.
    """
    shown, waiting = screen(), iter(rows)
    first = list(islice(waiting, most))
    if not first:
        complain(nothing or f"no {noun.many} found")
        return
    more = 0 if limit is not None or shown.width is None else sum(1 for _ in waiting)
    if not more:
        put_rows(renderer, chain(first, waiting), shown, noun, limit)
        return
    told = Told()
    put(renderer(first, shown, told), shown)
    last = f"the first {len(first):,} of {noun(len(first) + more)}; more with --limit N"
    put([line((f"{last}; {WHOLE}" if told.cut else f"{last}, all with --csv or --json", FAINT))], shown)
