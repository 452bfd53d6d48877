"""What each unit of a page is: title, byline, dateline, paragraph, heading, caption, list, quote, turn, furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.layout.furniture import (
    Taken,
    is_category_line,
    is_empty_source,
    is_source_line,
    is_tail_heading,
    link_box,
    tail_start,
    taken,
)
from sayso.layout.stamps import is_byline, is_credit, is_dateline, is_name, is_role, is_stamp, names_day
from sayso.layout.units import WHOLE, Unit, fold
from sayso.records import BlockKind, Document

#: The head of a page ends at the first paragraph: this many words and a stop, or half as many again without one.
PARAGRAPH_WORDS = 12
#: No title is sought below this unit.
HEAD_UNITS = 14
#: A headline is at most this long (the longest of 140 real ones: 31 words).
TITLE_WORDS = 34
HEADING_WORDS = 14
_TITLE_END = ".;:,"
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){2,}$|\.{3}$")
_INNER_STOP = re.compile(r"[.!?]\s")
_CAPTION = re.compile(
    r"(?:file photo|file|pictured|photo|image|picture|caption|above|below|left|right)\s?[:–—]\s?\S|FILE [-–—] |"
    r"\(photo by ",
    re.IGNORECASE,
)
_CREDITED = re.compile(
    r"(?:\bCredit: ?\S.{0,60}|\((?:Photo|Image|Picture|Pic|Credit)\b[^()]{0,80}\)"
    r"|/\s?(?:AFP|AP|Reuters|EPA|Getty Images)\)?|via (?:AP|AFP|Reuters|Getty Images)\)?|Getty Images\)?"
    r"|\((?:AP|AFP|EPA|Reuters) Photo[^()]{0,60}\))$"
)


def is_paragraph(unit: Unit) -> bool:
    """Whether the unit has the size and the end of a paragraph."""
    return unit.words >= PARAGRAPH_WORDS and (unit.stops or unit.words >= 2 * HEADING_WORDS or unit.text[-1:] in ":,;")


def is_headline_question(unit: Unit) -> bool:
    """Whether the unit is one question or exclamation of a headline's length: a headline where it opens the page."""
    return (
        unit.words <= 20 and unit.text[-1:] in "?!" and _INNER_STOP.search(unit.text) is None and unit.text[0].isalnum()
    )


def is_direction(unit: Unit) -> bool:
    """Whether the unit is a stage direction of a transcript: a few words in capitals, in brackets."""
    text = unit.text.strip('"“”.')
    return unit.words <= 6 and text[:1] in "([" and text[-1:] in ")]" and text.isupper()


def is_title_like(unit: Unit) -> bool:
    """Whether the unit could be a headline: short, not a sentence, begins with a capital, a digit or a mark."""
    text = unit.text
    if not 2 <= unit.words <= TITLE_WORDS or len(text) > 260 or unit.label is not None:
        return False
    last = text.rstrip("\"”’'»)]")[-1:]
    if last in _TITLE_END and not _ABBREVIATION.search(text):
        return False
    return not text[0].islower() and any(map(str.isalpha, text))


def kinds_of(units: Sequence[Unit], document: Document) -> tuple[list[BlockKind], list[Taken | None]]:
    """Return the kind of each unit, and why those that are furniture by a rule are."""
    flags = [_furniture(unit) for unit in units]
    kinds = [_kind_alone(unit, flag) for unit, flag in zip(units, flags, strict=True)]
    _head(units, document, kinds)
    _headings(units, kinds)
    _bylines_below(units, document, kinds)
    for i in range(tail_start(units, flags), len(units)):
        if kinds[i] not in ("title", "byline", "other"):
            kinds[i] = "furniture"
    for i, unit in enumerate(units):
        if kinds[i] == "furniture" and is_tail_heading(unit):
            for j in link_box(units, i):
                kinds[j] = "furniture" if kinds[j] in ("heading", "paragraph") else kinds[j]
    return kinds, flags


def _furniture(unit: Unit) -> Taken | None:
    if unit.page:
        return Taken("page number or running head")
    if unit.label is not None or unit.given in WHOLE:
        return None
    return Taken("empty source line") if is_empty_source(unit) else taken(unit)


def _kind_alone(unit: Unit, flag: Taken | None) -> BlockKind:
    """Tell the kind as far as the unit alone tells."""
    if flag is not None:
        return "furniture"
    if unit.given is not None and (unit.given in WHOLE or unit.given in ("heading", "quote", "caption")):
        return unit.given
    if not any(map(str.isalnum, unit.text)) or is_direction(unit):
        return "other"
    if unit.label is not None:
        return "turn"
    if is_stamp(unit.text):
        return "dateline" if names_day(unit.text) else "heading"
    if is_dateline(unit.text):
        return "dateline"
    if is_credit(unit.text) or is_source_line(unit):
        return "byline"
    if unit.item or unit.given == "list":
        return "list"
    if (
        unit.words <= 80
        and len(unit.text) <= 1000
        and (_CAPTION.match(unit.text) or (not unit.stops and _CREDITED.search(unit.text)))
    ):
        return "caption"
    return "paragraph"


def _head(units: Sequence[Unit], document: Document, kinds: list[BlockKind]) -> None:
    """Title, bylines, stamps and section names above the first paragraph; the title where the page says it again."""
    title = fold(document.title)
    end = min(_head_end(units, title, kinds), HEAD_UNITS)
    found = _find_title(units, document, kinds, end)
    for i in range(end):
        if kinds[i] in ("paragraph", "heading") and i != found:
            if is_byline(units[i].text, document.byline):
                kinds[i] = "byline"
            elif is_category_line(units[i]) and found is not None and i < found:
                kinds[i] = "furniture"
    if found is None:
        return
    kinds[found] = "title"
    said = {units[found].folded, title} - {""}
    for i in range(found + 1, len(units)):
        again = units[i].folded in said or (
            i < end + 1 and _says_title(units[i], title, i) and units[i].words <= TITLE_WORDS
        )
        if again and kinds[i] in ("paragraph", "heading", "title", "list") and units[i].words >= 3:
            kinds[i] = "furniture"


def _head_end(units: Sequence[Unit], title: str, kinds: Sequence[BlockKind]) -> int:
    """Find the first paragraph or turn."""
    for i, unit in enumerate(units):
        if kinds[i] == "turn":
            return i
        if (
            kinds[i] == "paragraph"
            and is_paragraph(unit)
            and not _says_title(unit, title, i)
            and (i or not is_headline_question(unit))
        ):
            return i
    return len(units)


def _says_title(unit: Unit, title: str, i: int) -> bool:
    """Whether the unit is the metadata's title, or one is the other with a site's name or a kicker at an end."""
    if not title or not unit.folded:
        return False
    if unit.folded == title:
        return True
    if i >= HEAD_UNITS or min(unit.words, title.count(" ") + 1) < 4 or unit.words > TITLE_WORDS + 6:
        return False
    more = unit.words - title.count(" ") - 1
    if more <= 0:
        return f"{title} ".startswith(unit.folded + " ")
    return more <= 6 and not unit.stops and f" {title} " in f" {unit.folded} "


def _find_title(units: Sequence[Unit], document: Document, kinds: Sequence[BlockKind], end: int) -> int | None:
    """Find the title: what ingest called so, else what says the metadata's title, else the first like a headline."""
    given = [i for i, unit in enumerate(units) if unit.given == "title"]
    if given:
        return given[0]
    title = fold(document.title)
    if title:
        within = range(min(len(units), HEAD_UNITS))
        exact = [i for i in within if units[i].folded == title]
        near = [i for i in within if kinds[i] in ("paragraph", "heading", "list") and _says_title(units[i], title, i)]
        return next(iter(exact or near), None)
    if len(units) < 2:
        return None
    likely = [
        i
        for i in range(end)
        if kinds[i] in ("paragraph", "heading")
        and is_title_like(units[i])
        and not is_byline(units[i].text, document.byline)
    ]
    named = [i for i in likely if not is_category_line(units[i])]
    return next(iter(named or likely), None)


def _headings(units: Sequence[Unit], kinds: list[BlockKind]) -> None:
    """Short lines without a stop that stand above something are headings."""
    for i, unit in enumerate(units[:-1]):
        if kinds[i] == "paragraph" and unit.words <= HEADING_WORDS and is_heading_like(unit):
            kinds[i] = "heading"


def is_heading_like(unit: Unit) -> bool:
    """Whether the unit could be a heading inside an article."""
    text = unit.text
    last = text.rstrip("\"”’'»)]")[-1:]
    if not text or text[0].islower() or last in ".;:,!…-–—" or len(text) > 120:
        return False
    return last != "?" or (unit.words <= 10 and text[-1] == "?")


def _bylines_below(units: Sequence[Unit], document: Document, kinds: list[BlockKind]) -> None:
    """Bylines right below a title, names above a role ("Staff Writer"), lines with "By" at the foot of the page."""
    for i, unit in enumerate(units):
        if kinds[i] not in ("paragraph", "heading") or unit.words > 24:
            continue
        beside = i > 0 and kinds[i - 1] in ("title", "byline", "dateline")
        foot = i >= len(units) - 3 and unit.text[:3].casefold() == "by "
        if (beside or foot) and is_byline(unit.text, document.byline):
            kinds[i] = "byline"
        elif (
            i < HEAD_UNITS
            and kinds[i + 1 : i + 2] in (["paragraph"], ["heading"])
            and is_role(units[i + 1].text)
            and is_name(unit.text)
        ):
            kinds[i] = kinds[i + 1] = "byline"
