"""Pages as the whole pile dates them: a year that only the other pages leave is filled in, a stamp that they rule out is gone.

The ledger keeps every page as it was read. Here its dates, and the times of its figures, are worked out once more from the
text with the other stamp, for whoever compares times across pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sayso.dates import dates_of
from sayso.figures import figures_of
from sayso.pile.stamps import contradicted, inferred, pages_in
from sayso.pile.store import Pile
from sayso.records import DateMention, Figure, Published, Reading, Span

NO_TEXT = ("furniture", "byline")
"""Blocks whose words date nothing that the page tells."""


def mended(pile: Pile) -> Mapping[str, Reading]:
    """The readings of pages that the pile dates otherwise than they do, by document id; none where it was not asked."""
    if "stamps" not in pile.questions:
        return {}
    pages = pages_in(pile)
    wrong = {each.document for each in contradicted(pages)}
    found = {document: redated(pile.reading(document), None) for document in sorted(wrong)}
    for each in inferred(pages, wrong):
        found[each.document] = redated(pile.reading(each.document), each.published)
    return found


def redated(reading: Reading, published: Published | None) -> Reading:
    """A reading with another stamp: its dates, and the times of its figures, follow from that one. Pure."""
    document = replace(reading.document, published=published)
    spans = [block.span for block in document.blocks if block.kind not in NO_TEXT]
    figures, dates = _redated(document.text, spans, published, reading.figures)
    head = reading.headline
    if head is not None:
        shown, _ = _redated(head.text, [(0, len(head.text))], published, head.figures)
        head = replace(head, figures=shown)
    known = {mention.span for mention in reading.dates}
    kept = tuple(each for each in dates if each.span in known)
    return replace(reading, document=document, headline=head, figures=figures, dates=kept)


def _redated(
    text: str, spans: Sequence[Span], published: Published | None, figures: Sequence[Figure]
) -> tuple[tuple[Figure, ...], tuple[DateMention, ...]]:
    dates = dates_of(text, spans, published)
    timed = {figure.span: figure for figure in figures_of(text, spans, dates)}
    mentions = tuple(DateMention(d.span, d.value, d.granularity) for d in dates if d.value)
    return tuple(_timed(figures, timed)), mentions


def _timed(figures: Sequence[Figure], timed: Mapping[Span, Figure]) -> Iterator[Figure]:
    """The figures with their new times; one that is cut otherwise now has none."""
    for figure in figures:
        now = timed.get(figure.span)
        if now is None:
            yield replace(figure, as_of="", as_of_span=None, since="")
        else:
            yield replace(figure, as_of=now.as_of, as_of_span=now.as_of_span, since=now.since, period=now.period)
