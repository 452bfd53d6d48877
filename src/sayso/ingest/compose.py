"""The article's segments in order → text and blocks: title, byline, date line, captions and paragraphs as shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sayso.ingest.article import Choice
from sayso.ingest.page import terms
from sayso.ingest.pagemeta import PageMeta, site_of
from sayso.ingest.published import published_of
from sayso.ingest.regions import block_above, is_in
from sayso.ingest.segments import Segment, is_around, key_of, worded_like
from sayso.records import Block, BlockKind, Span

_BLANK = "\n\n"  # between two blocks: one blank line
_ABOVE = 4  # segments before the title that may hold the date or the author: kicker, date, author, picture credit
_BYLINE_CHARS = 200
_BYLINE_WORDS = 14
_DATE_CHARS = 120
_CAPTION_CHARS = 800
_ALIKE = 0.5  # of the words of a heading that a wording of the title must share for the heading to be the title
_BY = re.compile(r"(?:by|from|words)[: ]+[A-Z\u00c0-\u024f]", re.I)
_BYLINE_START = re.compile(r"^(?:(?:written |reported )?by|from|words)[: ]+", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH} (?:\d{{1,2}}(?:st|nd|rd|th)?,? )?\d{{4}}\b"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b",
    re.I,
)


_Line = tuple[int | None, BlockKind, str]


@dataclass(frozen=True, slots=True)
class Composed:
    """The text, its blocks, the title that stands at its head, and the block of each segment that is in it."""

    text: str
    blocks: tuple[Block, ...]
    title: str
    spans: dict[int, Span]


def compose(segments: list[Segment], choice: Choice, meta: PageMeta) -> Composed:
    """Put the text together."""
    first = min((n for n in choice.kept if segments[n].kind != "heading"), default=min(choice.kept, default=0))
    title = _title(segments, meta, first, choice)
    kinds: dict[int, BlockKind] = {n: segments[n].kind for n in choice.kept}
    kinds |= _headings(segments, choice)
    kinds |= _head_lines(segments, meta, title, first, choice)
    kinds |= _captions(segments, choice, first if title is None else min(title, first))
    if title is not None:
        kinds.pop(title, None)
    shown = segments[title].text.replace("\n", " ") if title is not None else next(iter(meta.titles), "")
    lines: list[_Line] = [(title, "title", shown)] if shown else []
    lines += [(None, piece.kind, piece.text) for after, piece in choice.strays if after < 0]
    for number in sorted(kinds):
        lines += _worded(number, segments[number], kinds[number], meta)
        lines += [(None, piece.kind, piece.text) for after, piece in choice.strays if after == number]
    return _laid(lines, shown)


def _laid(lines: list[_Line], title: str) -> Composed:
    """Blocks with one blank line between."""
    parts: list[str] = []
    blocks, spans, at = [], {}, 0
    for number, kind, words in lines:
        span = (at, at + len(words))
        parts.append(words)
        blocks.append(Block(kind, span))
        if number is not None:
            spans[number] = span
        at = span[1] + len(_BLANK)
    return Composed(_BLANK.join(parts), tuple(blocks), title, spans)


def _worded(number: int, segment: Segment, kind: BlockKind, meta: PageMeta) -> list[_Line]:
    """A segment as lines of the text. Author and date in one block of the page are parted, as the page marks them."""
    if kind not in {"byline", "dateline"} or not segment.strands:
        return [(number, kind, segment.text)]
    lines: list[_Line] = []
    words = terms().words
    for text, marks in segment.strands:
        named = _is_named(text, meta)
        dated = _is_date(text, marks) or bool(marks & words["dateline"] and not marks & words["byline"])
        if marks & words["foreign"] and not (dated or named):
            continue
        by = named or (not dated and (kind == "byline" or bool(marks & words["byline"])))
        this: BlockKind = "byline" if by else "dateline"
        if lines and (lines[-1][1] == this or not key_of(text)):
            lines[-1] = (number, lines[-1][1], lines[-1][2] + ("" if text[0] in ",.;:)" else " ") + text)
        else:
            lines.append((number, this, text))
    return [(n, k, _trimmed(text)) for n, k, text in lines if key_of(text)]


def _trimmed(text: str) -> str:
    """A strand without the bars and dots that part it from the next one."""
    return text.strip(" |•·–—,/\t")


def completed(meta: PageMeta, composed: Composed) -> PageMeta:
    """The metadata with what only the page as shown tells: its byline, its date line, the outlet's name after the title."""
    lines = {
        kind: (composed.text[a:b], (a, b)) for kind, (a, b) in ((b.kind, b.span) for b in reversed(composed.blocks))
    }
    byline, stamp = meta.byline, meta.published
    if "byline" in lines and key_of(byline) in ("", key_of(meta.outlet)):
        byline = _BYLINE_START.sub("", lines["byline"][0])
    if "dateline" in lines and (stamp is None or stamp.basis == "inferred"):
        words, (start, _) = lines["dateline"]
        match = _DATE.search(words)
        found = published_of(match[0], "dateline") if match else None
        if match and found:
            stamp = replace(found, span=(start + match.start(), start + match.end()))
    return replace(
        meta, byline=byline, published=stamp, outlet=meta.outlet or site_of(meta.window, composed.title, meta.url)
    )


def _title(segments: list[Segment], meta: PageMeta, first: int, choice: Choice) -> int | None:
    """The segment that shows the title: a heading that is worded like it, else the last main heading before the article."""
    wordings = frozenset(map(key_of, meta.titles))
    usable = [n for n, s in enumerate(segments) if s.key and not s.hidden and s.kind in {"heading", "paragraph"}]
    exact = [n for n in usable if n <= first + 1 and worded_like(segments[n].key, wordings)]
    headings = [n for n in usable if segments[n].element.tag == "h1" and segments[n].key != key_of(meta.outlet)]
    before = [n for n in headings if n <= first or n in choice.kept]
    alike = [n for n in before if any(_alike(segments[n].text, title) for title in meta.titles)]
    exact.sort(
        key=lambda n: (is_around(segments[n]), segments[n].element.tag != "h1", segments[n].kind != "heading", -n)
    )
    plain = [n for n in before if not is_around(segments[n])]
    return exact[0] if exact else alike[-1] if alike else plain[-1] if plain else None


def _alike(heading: str, title: str) -> bool:
    a, b = ({key_of(word) for word in text.split()} - {""} for text in (heading, title))
    return bool(a and b) and len(a & b) >= _ALIKE * min(len(a), len(b))


def _head_lines(
    segments: list[Segment], meta: PageMeta, title: int | None, first: int, choice: Choice
) -> dict[int, BlockKind]:
    """Byline, date line and standfirst around the title."""
    start = max(0, (first if title is None else min(title, first)) - _ABOVE)
    after = title if title is not None else start - 1
    box = None if title is None else block_above(segments[title].element)
    found: dict[int, BlockKind] = {}
    for number in range(start, min(first + 3, len(segments))):
        segment = segments[number]
        if number == title or segment.hidden or is_around(segment) or not segment.key:
            continue
        if number < after and (box is None or box.tag == "body" or not is_in(segment.element, box)):
            continue  # the site's own bar above the article, with today's date in it
        if _is_byline(segment, meta):
            found[number] = "byline"
        elif _is_dateline(segment) and (number < first or _DATE.search(segment.text)):
            found[number] = "dateline"
        elif after < number < first and number not in choice.kept and _is_standfirst(segment, meta):
            found[number] = "heading" if segment.kind == "heading" else "paragraph"
    return found


def _is_byline(segment: Segment, meta: PageMeta) -> bool:
    if len(segment.text) > _BYLINE_CHARS or segment.kind in {"heading", "caption", "table"}:
        return False
    if segment.marks & terms().words["biography"]:
        return False
    short = len(segment.text.split()) <= _BYLINE_WORDS
    if _is_named(segment.text, meta) and (short or _BY.match(segment.text)):
        return True
    marked = bool(segment.marks & terms().words["byline"]) or re.match(r"By [A-Z]", segment.text) is not None
    return short and marked and not segment.text.endswith((".", "?", "!", "”"))


def _is_named(text: str, meta: PageMeta) -> bool:
    key = key_of(text)
    return any(key_of(author) in key for author in meta.authors if len(key_of(author)) > 4)


def _is_dateline(segment: Segment) -> bool:
    if len(segment.text) > _DATE_CHARS or segment.kind in {"heading", "caption", "table"}:
        return False
    return len(segment.text.split()) <= 14 and _is_date(segment.text, segment.marks)


def _is_date(text: str, marks: frozenset[str]) -> bool:
    """Whether a short text is a date: mostly made of one, or marked as one and with a figure in it."""
    match = _DATE.search(text)
    mostly = match is not None and len(text) <= 2 * len(match[0]) + 24
    return mostly or (bool(marks & terms().words["dateline"]) and any(map(str.isdigit, text)))


def _is_standfirst(segment: Segment, meta: PageMeta) -> bool:
    if len(segment.text.split()) < 4 or segment.link_share > 0.5 or segment.kind in {"caption", "table", "list"}:
        return False
    described = key_of(meta.description)
    return bool(segment.marks & terms().words["standfirst"]) or (len(described) > 20 and segment.key == described)


def _headings(segments: list[Segment], choice: Choice) -> dict[int, BlockKind]:
    """Headings right above what is kept: extractors drop them where posts follow each other."""
    found: dict[int, BlockKind] = {}
    for number in choice.kept:
        above = [n for n in range(number - 1, max(-1, number - 3), -1) if segments[n].kind == "heading"][:1]
        for n in above:
            segment = segments[n]
            if (
                segment.key
                and not (segment.hidden or is_around(segment))
                and segment.link_share < 0.5
                and _between(n, segments, choice)
            ):
                found[n] = "heading"
    return found


def _between(number: int, segments: list[Segment], choice: Choice) -> bool:
    """Whether a segment stands after the article's first and inside its region."""
    inside = choice.region is not None and is_in(segments[number].element, choice.region)
    return inside and number > min(choice.kept)


def _captions(segments: list[Segment], choice: Choice, start: int) -> dict[int, BlockKind]:
    """Captions that stand between the title and the article's last segment."""
    last = max(choice.kept, default=-1)
    found: dict[int, BlockKind] = {}
    for number in range(start, last + 2):
        segment = segments[number] if number < len(segments) else None
        if segment and segment.kind == "caption" and segment.key and not (segment.hidden or is_around(segment)):
            found |= {number: "caption"} if len(segment.text) <= _CAPTION_CHARS else {}
    return found
