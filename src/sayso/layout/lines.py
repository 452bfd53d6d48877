"""Physical lines, and which of them run on: wrapped lines, paragraphs that a page break cut in two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from sayso.layout.stamps import is_byline, is_stamp
from sayso.layout.view import BLANK, HYPHENS
from sayso.tables import load

#: A paragraph this short that stops without a full stop is a heading, not a paragraph that a page break cut in two.
LEAST_CUT = 60
#: A text counts as hard-wrapped where this share of its line ends (and two of them) fall before a lower-case word.
WRAPPED_SHARE = 0.3
#: In hard-wrapped text a line is full from this share of the usual width; proportional type varies by ±8 %.
FULL_SHARE = 0.8
_CLOSERS = "\"”’'»)]*_"
_STOPS = ".!?…:;"
_LOWER = re.compile(r"[^\W\d_A-Z]+(?=$|[\s,;:.!?'’)”\"—–-])")
_LIST_MARK = re.compile(r"(?:[-–—*•▪◦‣·●○■]\s+(?=\S)|\(?(?P<number>\d{1,3})[.)]\s+(?=\S))")
_MENU = re.compile(r"[»›|]")
_PAGE = re.compile(r"(?i)(?:page\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?\.?")


class Line(NamedTuple):
    """A line that is not blank: its span without blanks at its ends, and what stands before it.

    ``indent`` is the number of blanks before it, ``gap`` the number of blank lines above it, ``page`` whether a form
    feed lies between it and the line above, ``block`` the number of the block that ingest put it in (-1: none).
    """

    start: int
    end: int
    indent: int
    gap: int
    page: bool
    block: int = -1


def split(text: str, start: int, end: int, block: int = -1) -> list[Line]:
    """Return the lines of text[start:end] that hold something."""
    lines: list[Line] = []
    at, gap, page = start, 0, False
    for raw in text[start:end].splitlines(keepends=True):
        left = len(raw) - len(raw.lstrip(BLANK))
        if left == len(raw):
            gap += 1
        else:
            body = raw.rstrip(BLANK)
            lines.append(Line(at + left, at + len(body), left, gap, page or "\f" in raw[:left], block))
            gap, page = 0, False
        page = page or "\f" in raw[-2:]
        at += len(raw)
    return lines


@dataclass(frozen=True, slots=True)
class Shape:
    """How a text is set: the usual width of wrapped lines (0 where lines are not wrapped), and how paragraphs begin."""

    width: float
    by_gaps: bool
    by_indent: bool


def shape_of(text: str, lines: Sequence[Line]) -> Shape:
    """Measure the line ends of a text."""
    ends, gaps, indents = 0, 0, 0
    soft: list[int] = []
    for above, line in pairwise(lines):
        if line.gap:
            gaps += 1
            continue
        ends += 1
        indents += line.indent > above.indent
        if starts_lower(text, line) and not ends_sentence(text, above):
            soft.append(above.end - above.start)
    wrapped = len(soft) >= 2 and len(soft) >= WRAPPED_SHARE * ends
    return Shape(float(median(soft)) if wrapped else 0.0, gaps >= 2 and gaps * 12 >= ends, indents >= 2)


def ends_sentence(text: str, line: Line) -> bool:
    """Whether the line's last character, closing marks aside, is a stop."""
    i = line.end - 1
    while i > line.start and text[i] in _CLOSERS:
        i -= 1
    return text[i] in _STOPS


def starts_lower(text: str, line: Line) -> bool:
    """Whether the line begins with a word in lower case (not an address, not the letter of a list, not “iPhone”)."""
    head = text[line.start : line.start + 40]
    match = _LOWER.match(head)
    if match is None or not match.group()[0].islower():
        return False
    after = head[match.end() : match.end() + 1]
    inner = head[match.end() + 1 : match.end() + 2]
    letter = match.end() == 1 or match.group() in ("ii", "iii", "iv", "vi", "vii", "viii", "ix")
    return not ((after == "." and inner.isalnum()) or (letter and after in (")", ".")))


def list_mark(text: str, line: Line) -> int:
    """Measure the bullet or number that opens the line; 0 where there is none."""
    match = _LIST_MARK.match(text, line.start, min(line.end, line.start + 12))
    return match.end() - line.start if match else 0


def unfinished(text: str, line: Line) -> bool:
    """Whether the line ends with a word that cannot end anything ("of", "the")."""
    return (
        text[max(line.start, line.end - 12) : line.end].rpartition(" ")[2].casefold()
        in load("layout-words")["unfinished"]
    )


def runs_on(text: str, above: Line, line: Line, shape: Shape, length: int) -> bool:
    """Whether ``line`` continues the paragraph that ``above`` ends. ``length``: characters of that paragraph so far.

    Marks of a new item (bullets, labels of speakers) are the caller's to see first.
    """
    broken = not ends_sentence(text, above)
    lower = starts_lower(text, line)
    if line.gap or line.page:
        if not broken or length < LEAST_CUT:
            return False
        if lower or unfinished(text, above) or _broken_word(text, above, line):
            return True
        return line.page and _full(above, line, text, shape) and shape.width > 0
    if lower or (broken and (_broken_word(text, above, line) or unfinished(text, above))):
        return True
    if line.indent > above.indent and (shape.by_indent or line.indent >= 2):
        return False
    if not shape.width:
        return broken and text[above.end - 1] == "," and above.end - above.start >= LEAST_CUT
    if shape.by_gaps and broken:
        return above.end - above.start >= 0.6 * shape.width or _full(above, line, text, shape)
    return _full(above, line, text, shape)


def _broken_word(text: str, above: Line, line: Line) -> bool:
    return (
        text[above.end - 1] in HYPHENS and text[above.end - 2 : above.end - 1].isalnum() and text[line.start].isalnum()
    )


def _full(above: Line, line: Line, text: str, shape: Shape) -> bool:
    word = len(text[line.start : min(line.end, line.start + 40)].partition(" ")[0])
    return above.end - above.start + 1 + word >= FULL_SHARE * shape.width + 1


def headline_lines(text: str, lines: Sequence[Line], passed: frozenset[int]) -> frozenset[int]:
    """Which lines (by index) run on the line above because the page begins with one headline, set in several.

    Two to four lines of about one length with words in capitals and no stop; stamps, menus and page heads (``passed``)
    may stand above, a byline, a stamp or the first long line ends them.
    """
    shown = [text[line.start : min(line.end, line.start + 100)] for line in lines[:10]]
    first = next((i for i, words in enumerate(shown) if i not in passed and _in_headline_case(words)), len(shown))
    end = first + 1
    while end < len(shown) and not lines[end].gap and lines[end].block == lines[first].block and end not in passed:
        if not _in_headline_case(shown[end]):
            break
        end += 1
    group = shown[first:end]
    if not 2 <= len(group) <= 4 or any(len(words) < max(20.0, 0.6 * max(map(len, group))) for words in group[:-1]):
        return frozenset()
    return frozenset(range(first + 1, end))


def _in_headline_case(line: str) -> bool:
    if len(line) > 90 or line[-1] in _STOPS or _MENU.search(line) or is_stamp(line) or is_byline(line):
        return False
    words = [word for word in line.split() if len(word) >= 4 and word[0].isalpha()]
    return bool(words) and 10 * sum(word[0].isupper() for word in words) >= 7 * max(1, len(words))


def page_lines(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Which lines (by index) are page numbers and running heads: passed over when a paragraph goes on behind them."""
    numbers = [
        i
        for i, line in enumerate(lines)
        if line.end - line.start <= 16 and _PAGE.fullmatch(text[line.start : line.end])
    ]
    found = {i for i in numbers if _at_page_break(text, lines, i)}
    if found and _counts_up(text, lines, numbers):
        found = set(numbers)
    breaks = {i for i in range(1, len(lines)) if lines[i].page} | found
    if len(breaks) >= 2:
        found |= _running_heads(text, lines, breaks, found)
    return frozenset(found)


def _at_page_break(text: str, lines: Sequence[Line], i: int) -> bool:
    after = lines[i + 1] if i + 1 < len(lines) else None
    if (lines[i].page and i) or (after is not None and after.page):
        return True
    if not i or after is None:
        return False
    above = lines[i - 1]
    bare = above.end - above.start >= 30 and not ends_sentence(text, above)
    return bare and starts_lower(text, after) and (lines[i].gap > 0 or after.gap > 0)


def _counts_up(text: str, lines: Sequence[Line], numbers: Sequence[int]) -> bool:
    """At least two bare numbers that stand alone and count up by one from 1 or 2."""
    values = [
        int(text[lines[i].start : lines[i].end]) for i in numbers if text[lines[i].start : lines[i].end].isdecimal()
    ]
    alone = all(lines[i].gap or i == 0 for i in numbers)
    apart = all(b - a > 3 for a, b in pairwise(numbers))
    return (
        alone
        and apart
        and len(values) >= 2
        and values[0] in (1, 2)
        and values == list(range(values[0], values[0] + len(values)))
    )


def _running_heads(text: str, lines: Sequence[Line], breaks: set[int], numbers: set[int]) -> set[int]:
    near = {j for i in breaks for j in (i - 2, i - 1, i, i + 1) if 0 <= j < len(lines)} - numbers
    folded = {j: _without_digits(text, lines[j]) for j in near if lines[j].end - lines[j].start <= 100}
    counted = Counter(folded.values())
    heads = {words for words, count in counted.items() if words and count >= 2}
    near_or_first = set(folded) | set(range(min(2, len(lines))))  # the first page has its head too
    return {j for j in near_or_first if _without_digits(text, lines[j]) in heads and not ends_sentence(text, lines[j])}


def _without_digits(text: str, line: Line) -> str:
    return re.sub(r"\d+", "", text[line.start : min(line.end, line.start + 100)]).strip().casefold()
