"""HXL: the figures as CSV with a second header row of hashtags (Humanitarian Exchange Language, standard 1.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from sayso.export.csv_tables import write_rows
from sayso.export.origin import Origin
from sayso.export.pages import Page

COLUMNS = (
    ("low", "#value+num+min"), ("high", "#value+num+max"), ("event", "#event+type"), ("unit", "#value+unit"),
    ("currency", "#value+currency"), ("qualifier", "#description+qualifier"), ("counted", "#description+counted"),
    ("who", "#population+name"), ("place", "#loc+name"), ("period", "#period+type"), ("since", "#date+start"),
    ("as_of", "#date+asof"), ("voice", "#meta+voice"), ("speaker", "#contact+name+source"),
    ("outlet", "#org+name+outlet"), ("published", "#date+published"), ("url", "#meta+url"),
    ("words", "#description+words"), ("document", "#meta+name+document"), ("part", "#meta+part"), ("start", "#meta+start"),
    ("end", "#meta+end"), ("figure_id", "#meta+id+figure"), ("statement_id", "#meta+id+statement"),
    ("document_id", "#meta+id+document"), ("sha256", "#meta+sha256"), ("model", "#meta+model"),
    ("sayso", "#meta+version"), ("ledger", "#meta+id+ledger"),
)  # fmt: skip
"""Each column and its hashtag. Deaths, injuries and the rest stand in ``event``: figures are never put together."""


def _rows(pages: Iterable[Page], origin: Origin) -> Iterator[tuple[Any, ...]]:
    yield tuple(name for name, _ in COLUMNS)
    yield tuple(tag for _, tag in COLUMNS)
    for page in pages:
        d, r = page.reading.document, page.reading
        by = {s.id: page.speaker(s.speaker) for _, s in page.statements()}
        for part, f in page.figures():
            speaker = by.get(f.statement or "")
            yield (
                f.low, f.high, f.event, f.unit, f.currency, f.qualifier, f.counted, f.who, f.place, f.period, f.since,
                f.as_of, page.voice(part, f), speaker.name if speaker else "", d.outlet, page.published, d.url,
                page.cut(part, (f.span,)), d.name, part, f.span[0], f.span[1], f.id, f.statement, r.id,
                page.digests[f.id], r.made_by.model, r.made_by.sayso, origin.ledger,
            )  # fmt: skip


def write_hxl(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """The figures with their hashtags. Spreadsheet formulas are defused as in CSV; hashtags begin with no such sign."""
    write_rows(out, _rows(pages, origin))
