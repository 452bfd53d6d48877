"""A page as its reader sees it: the blocks of visible text in order, each with the element that it stands in.

The count that the extractor is checked against, and the words that go into the text: the extractor only chooses among them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from lxml import etree

from sayso.ingest.page import class_words, terms
from sayso.records import BlockKind

Element = Any  # lxml.html.HtmlElement; lxml has no types of its own

_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_INVISIBLE = str.maketrans(
    "", "", "\u00ad\u200b\u2060\ufeff"
)  # soft hyphen, zero-width spaces: in the page, never on it
_SENTENCE_WORDS = 5  # fewer may be a label with a full stop
_SHORT = 300  # characters of a segment that may be a byline or a date line
_TITLE_LETTERS = 12  # a line of fewer letters may agree with the end of a title by chance
_CELL_CHARS = (
    400  # a cell of more holds an article's part and not a datum; the longest cells of data tables are notes of 200
)


@dataclass(frozen=True, slots=True)
class Segment:
    """One block of visible (or hidden) text."""

    kind: BlockKind
    text: str
    key: str
    """Letters and digits only, folded: what is compared."""
    element: Element
    """The nearest block element; for hidden text the parent of what is hidden."""
    link_share: float
    furniture: tuple[Element, ...]
    """The elements around it that are around articles as a rule (navigation, sidebar, form), outermost first."""
    foreign: tuple[Element, ...]
    """The elements around it that the page calls related, shared, sponsored and the like."""
    hidden: bool
    strands: tuple[tuple[str, frozenset[str]], ...]
    """Each stretch of text between two tags with its marks, as ``By``, ``Jane`` and ``9 May``; of short segments only."""
    marks: frozenset[str]
    """Words by which the page marks it: of the class, id, itemprop and rel of its block, the block around it and what is in it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk is: what the open elements above make of the text."""

    element: Element
    kind: BlockKind
    furniture: tuple[Element, ...] = ()
    foreign: tuple[Element, ...] = ()
    preformatted: bool = False
    linked: bool = False
    quoted: bool = False
    marks: frozenset[str] = frozenset()
    block_marks: frozenset[str] = frozenset()


class _Run(NamedTuple):
    """A stretch of text as it comes: a text node, or a line break."""

    text: str
    linked: bool = False
    marks: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Walk:
    """State of one walk: the open places, the runs of the block that is being read, and what is done."""

    places: list[_Place]
    runs: list[_Run] = field(default_factory=list)
    done: list[Segment] = field(default_factory=list)
    unshown: list[Element] = field(default_factory=list)


def key_of(text: str) -> str:
    """Letters and digits of a text, compatibility forms and cases folded: equal for texts that differ in spacing or marks only."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def segments_of(root: Element) -> tuple[list[Segment], list[Element]]:
    """All segments of a page in order, and the elements that are not shown (outermost only), which no extractor should see.

    What the page hides must bear the attribute ``hidden``; see :mod:`sayso.ingest.hiding`.
    """
    walk = _Walk([_Place(root, "paragraph")])
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            _close(walk, element)
            continue
        place = walk.places[-1]
        if not isinstance(element.tag, str) or element.tag in terms().elements["unseen"]:
            walker.skip_subtree()
        elif element.get("hidden") is not None or _is_label(element):
            _hide(walk, element)
            walker.skip_subtree()
        else:
            place = _place(element, place)
            if element.tag == "table" and (rows := _data_table(element)):
                _flush(walk)
                walk.done.append(_segment("table", rows, 0.0, place))
                walker.skip_subtree()
            else:
                _open(walk, element, place)
        walk.places.append(place)
    _flush(walk)
    return walk.done, walk.unshown


def _hide(walk: _Walk, element: Element) -> None:
    """Note an element that is not shown, and its text if that is hidden and no mere label."""
    walk.unshown.append(element)
    text = " ".join(" ".join(part.split()) for part in _texts(element))
    if text.strip() and not _is_label(element):
        place = replace(_place(element, walk.places[-1]), element=element.getparent())
        walk.done.append(replace(_segment("other", text, 0.0, place), hidden=True))


def _texts(element: Element) -> Iterator[str]:
    """The texts inside an element, scripts and the like left out."""
    unseen = terms().elements["unseen"]
    for child in element.iter():
        if isinstance(child.tag, str) and child.tag not in unseen:
            yield child.text or ""
        if child is not element:
            yield child.tail or ""


def _open(walk: _Walk, element: Element, place: _Place) -> None:
    """Begin an element: its block, its line break, its own text."""
    tag = element.tag
    if tag in terms().elements["block"]:
        _flush(walk)
    elif tag == "br":
        walk.runs.append(_Run("\n"))
    elif tag == "q":
        walk.runs.append(_Run("“", place.linked))
    _add(walk, element.text, place)


def _close(walk: _Walk, element: Element) -> None:
    """End an element; its tail belongs to the element around it."""
    tag = element.tag
    if tag == "q":
        walk.runs.append(_Run("”", walk.places[-1].linked))
    elif tag in terms().elements["block"]:
        _flush(walk)
    walk.places.pop()
    if len(walk.places) > 1:
        _add(walk, element.tail, walk.places[-1])


def _add(walk: _Walk, text: str | None, place: _Place) -> None:
    if not text:
        return
    text = text.translate(_INVISIBLE)
    lines = text.split("\n") if place.preformatted else [_SPACE.sub(" ", text)]
    for number, line in enumerate(lines):
        if number:
            walk.runs.append(_Run("\n"))
        walk.runs.append(_Run(line, place.linked, place.marks))


def _place(element: Element, above: _Place) -> _Place:
    """What an element makes of the text in it."""
    tag, known = element.tag, terms()
    is_block = tag in known.elements["block"]
    if not (element.attrib or is_block or tag in {"a", "time"}):
        return above
    words = class_words(element)
    marks = words | _properties(element)
    frame = tag in {"html", "body", "main", "article"}
    around = tag in known.elements["furniture"] or (not frame and not words.isdisjoint(known.words["furniture"]))
    quoted = above.quoted or tag == "blockquote"
    return _Place(
        element=element if is_block else above.element,
        kind=_kind(tag, words, above, quoted) if is_block else above.kind,
        furniture=(*above.furniture, element) if around else above.furniture,
        foreign=(*above.foreign, element) if not frame and words & known.words["foreign"] else above.foreign,
        preformatted=above.preformatted or tag in {"pre", "listing", "xmp"},
        linked=above.linked or tag == "a",
        quoted=quoted,
        marks=marks | (above.block_marks if is_block else above.marks),
        block_marks=marks if is_block else above.block_marks,
    )


def _properties(element: Element) -> frozenset[str]:
    """What an element says that it is, beside its class: ``itemprop`` and ``rel`` words, and ``time``."""
    named = f"{element.get('itemprop') or ''} {element.get('rel') or ''}".lower().split()
    return frozenset([*named, "time"] if element.tag == "time" else named)


def _kind(tag: str, words: frozenset[str], above: _Place, quoted: bool) -> BlockKind:
    elements = terms().elements
    if tag in elements["caption"] or words & terms().words["caption"] or above.kind == "caption":
        return "caption"
    if tag in elements["heading"]:
        return "heading"
    if quoted:
        return "quote"
    if tag in elements["list"]:
        return "list"
    return above.kind if tag in {"p", "div", "section", "center"} and above.kind in {"list", "heading"} else "paragraph"


def _is_label(element: Element) -> bool:
    """Whether the element is for screen readers only, or a dialog that is not open: unseen, but nothing to wonder at."""
    if element.tag == "dialog":
        return element.get("open") is None
    names = (element.get("class") or "").lower().split()
    return not terms().words["unseen"].isdisjoint(names)


def _data_table(table: Element) -> str:
    """A table of data as rows of cells (tabs between them); "" where the table only lays out the page."""
    if next(table.iter("p", "div", "h1", "h2", "h3", "ul", "ol", "article", "form"), None) is not None:
        return ""
    if next(table.iterdescendants("table"), None) is not None:
        return ""
    rows = []
    for row in table.iter("tr"):
        cells = [" ".join("".join(_texts(cell)).translate(_INVISIBLE).split()) for cell in row.iterchildren("td", "th")]
        if any(len(cell) > _CELL_CHARS for cell in cells):
            return ""
        rows.append("\t".join(cells))
    several = any("\t" in row for row in rows)
    return "\n".join(row for row in rows if row.strip()) if several else ""


def _flush(walk: _Walk) -> None:
    """End the block that is being read: one segment, or several where empty lines part it."""
    runs, walk.runs = walk.runs, []
    place = walk.places[-1]
    for part in _parts(runs):
        whole = "".join(run.text for run in part)
        if not whole.strip():
            continue
        linked = sum(len(run.text.strip()) for run in part if run.linked)
        walk.done.append(_segment(place.kind, whole, linked / len(whole.strip()), place, part))


def _parts(runs: list[_Run]) -> Iterator[list[_Run]]:
    """The runs, parted where two line breaks or more follow each other."""
    part: list[_Run] = []
    breaks = 0
    for run in runs:
        if run.text == "\n":
            breaks += 1
        elif run.text.strip():
            if breaks > 1 and part:
                yield part
                part = []
            breaks = 0
        part.append(run)
    yield part


def _segment(kind: BlockKind, text: str, share: float, place: _Place, runs: Sequence[_Run] = ()) -> Segment:
    tidy = _lines(text)
    return Segment(
        kind=kind,
        text=tidy,
        key=key_of(tidy),
        element=place.element,
        link_share=share,
        furniture=place.furniture,
        foreign=place.foreign,
        hidden=False,
        strands=_strands(runs) if len(tidy) <= _SHORT else (),
        marks=place.marks.union(*(run.marks for run in runs if run.text.strip())),
    )


def _lines(text: str) -> str:
    """Lines with single spaces in them and none around them; tabs stay, which part the cells of a table."""
    lines = ("\t".join(" ".join(cell.split()) for cell in line.split("\t")) for line in text.split("\n"))
    return "\n".join(line.strip(" ") for line in lines).strip("\n")


def _strands(runs: Sequence[_Run]) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((" ".join(run.text.split()), run.marks) for run in runs if run.text.strip())


def is_sentence(text: str) -> bool:
    """Whether a text has the words and the end of a sentence."""
    return len(text.split()) >= _SENTENCE_WORDS and text.endswith((".", "?", "!", "…", "”", '"', "’", "'"))


def is_around(segment: Segment) -> bool:
    """Whether a segment stands in a part of the page that is around the article."""
    return bool(segment.furniture or segment.foreign)


def settled(segments: list[Segment], region: Element | None) -> list[Segment]:
    """The segments, with what is around the article's region taken for no furniture: some pages are one form."""
    around = set() if region is None else {region, *region.iterancestors()}
    return [
        replace(
            s,
            furniture=tuple(e for e in s.furniture if e not in around),
            foreign=tuple(e for e in s.foreign if e not in around),
        )
        if s.furniture or s.foreign
        else s
        for s in segments
    ]


def split_at(segment: Segment, wordings: frozenset[str]) -> list[Segment]:
    """The segment line by line where one of its lines is worded like a title: old pages part title and byline by ``<br>``."""
    lines = segment.text.split("\n")
    if len(lines) < 2 or segment.kind == "table" or not any(worded_like(key_of(line), wordings) for line in lines):
        return [segment]
    return [replace(segment, text=line, key=key_of(line), strands=((line, segment.marks),)) for line in lines]


def worded_like(key: str, wordings: frozenset[str]) -> bool:
    """Whether a key is one of the wordings of the title, or the most of one ("The Gazette: Mine closes", "Mine closes | Gazette")."""
    return key in wordings or (
        len(key) >= _TITLE_LETTERS
        and any((w.endswith(key) or w.startswith(key)) and 2 * len(key) > len(w) for w in wordings)
    )
