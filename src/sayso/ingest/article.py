"""Which of a page's segments are the article: the extractor chooses, the page's own segments give the words.

So the text is what the page shows, the order is the page's, and what the extractor left out of the article's own region can be
put back where that is sure, and counted where it is not.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.ingest.alignment import Piece, align, strays_of
from sayso.ingest.regions import block_above, region_of
from sayso.ingest.segments import Element, Segment, is_around, is_sentence, settled

_LINKED = 0.5  # of a paragraph's letters in links; more is a pointer to another page
_LINKS = 0.75  # of a list's letters in links: a list of links to elsewhere
_NEAR = 2  # segments before the first or after the last that is kept: a lead and a caption
_SHORT = 5  # words of a list item; fewer at the end of an article are what is left of a list of links
_FOREIGN_SHARE = 0.3  # of the article: if the page calls more than that foreign, its names mean something else


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a page is the article."""

    kept: frozenset[int]
    """Numbers of the segments that are."""
    strays: tuple[tuple[int, Piece], ...]
    """Pieces of the extractor's that no segment shows (from the page's JSON-LD, say), with the segment before; -1 for none."""
    region: Element | None
    """The smallest element that holds most of it."""


def choose(segments: list[Segment], pieces: list[Piece]) -> Choice:
    """Tell the article's segments by the extractor's pieces."""
    found = align(segments, pieces)
    region = region_of(segments[n] for n in found.kept)
    segments = settled(segments, region)
    kept = {n: segments[n] for n in found.kept}
    foreign = _foreign(kept)
    kept = {n: s for n, s in kept.items() if n not in foreign}
    while foreign and kept and _is_remnant(kept[max(kept)]):
        kept.pop(max(kept))
    kept |= _restored(segments, kept, region)
    return Choice(frozenset(kept), strays_of(found, pieces, segments), region_of(kept.values()))


def _foreign(kept: dict[int, Segment]) -> frozenset[int]:
    """Kept segments that are not the article's; none where they are much of it.

    What the page itself calls related, shared or sponsored, and lists of links.
    """
    found = {
        n: s for n, s in kept.items() if s.foreign or (s.link_share > _LINKS and ("\n" in s.text or s.kind == "list"))
    }
    size, total = (sum(len(s.key) for s in part.values()) for part in (found, kept))
    return frozenset(found) if size < _FOREIGN_SHARE * total else frozenset()


def _is_remnant(segment: Segment) -> bool:
    """Whether a segment at the end is the heading of a list of links that is gone, or a scrap of it."""
    return segment.kind == "heading" or (segment.kind == "list" and len(segment.text.split()) < _SHORT)


def _restored(segments: list[Segment], kept: dict[int, Segment], region: Element | None) -> dict[int, Segment]:
    """Paragraphs that are surely the article's, whatever the extractor says.

    Parts of one element, other parts of which it keeps (it loses the first of those that line breaks part); sentences right
    in the article's region; and in between what it keeps or close to it, paragraphs of the same class and sentences that
    stand around or beside it.
    """
    prose = {n: s for n, s in kept.items() if s.kind in {"paragraph", "quote"}}
    if not prose:
        return {}
    elements = {s.element for s in prose.values()}
    looks = {_look(s.element) for s in prose.values()}
    around = {e for s in prose.values() for e in s.element.iterancestors("div", "section", "center", "article", "td")}
    own = None if region is None or region.tag in {"body", "html"} else region
    found = {}
    for n in range(len(segments)):
        s = segments[n]
        if n in kept or s.hidden or is_around(s) or s.kind not in {"paragraph", "quote"} or s.link_share > _LINKED:
            continue
        sentence = is_sentence(s.text)
        right_in = sentence and own is not None and s.element is own
        beside = sentence and (s.element in around or (own is not None and block_above(s.element) is own))
        near = min(prose) - _NEAR <= n <= max(prose) + _NEAR
        if s.element in elements or right_in or (near and (beside or _look(s.element) in looks)):
            found[n] = s
    return {n: s for n, s in found.items() if len(s.text.split()) >= _SHORT}


def _look(element: Element) -> tuple[Element, str, str]:
    """Where an element stands and what it is: the same for the paragraphs of one text."""
    return block_above(element), element.tag, element.get("class") or ""
