"""Quotations with their context: how a decision finds its words again in a text that may have changed.

After the selectors of the Web Annotation Data Model (W3C Recommendation, 23 February 2017: TextQuoteSelector and
TextPositionSelector): the words, what stands before and behind them, and where they stood.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sayso.records import Span, Spans

CONTEXT = 32
"""Characters kept before and behind a quotation, as is usual for text quote selectors; five words on either side."""
ALONE = 24
"""Words at least so long are known again whatever stands around them, if they stand in one place only. Four words:
shorter ones ("he said", "on Friday") come again on most pages."""
NEAR = 400
"""How far a short quotation may lie from where the longer ones of its statement put it: two long sentences."""
BESIDE = 8
"""Characters that must be the same on one side of such a short quotation: a word or two. Without them the same name in
the next sentence would be taken for a source that was changed."""
MOST = 200
"""Places of one quotation that are looked at; a page that holds it more often gives no clear one."""
_BLANK = re.compile("[\\s\u00ad\u200b\u2060\ufeff]+|(?<=[^\\W\\d_])[\u2010-](?=\\s*[^\\W\\d_])")
"""What two prints of the same words may differ in: white space, and hyphens in words, which come and go with the ends of
lines. Those at figures are signs and stay. Where white space parts two words, it stays too (see ``_kept``)."""
_AT_FIGURES = frozenset(".,:/+-\u2010\u2011\u2012\u2013\u2212")
"""Signs that are part of a figure beside a digit: without the white space, "3. 5" would be another number."""
_WHITE = re.compile("\\s")
_ENDS = re.compile("[.!?…]\\s|[.!?…]?[\"”’»)]\\s*\n|\n\\s*\n")
_GOES_ON = re.compile("\\w|[\u2010'’-]\\w|[.,]\\d")
_CAME_BEFORE = re.compile("\\w[\u2010'’-]?$|\\d[.,]$")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text: where they stood, and up to ``CONTEXT`` characters on either side.

    ``alone`` says whether they stood in one place only; where they did not, they are not known without their context.
    """

    span: Span
    exact: str
    prefix: str
    suffix: str
    alone: bool = True


def quote(text: str, span: Span) -> Quote:
    """The quotation at a span of a text."""
    start, end = span
    exact = text[start:end]
    alone = len(exact) < ALONE or len(places(exact, text, 2)) < 2
    return Quote(span, exact, text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], alone)


def quotes(text: str, spans: Spans) -> tuple[Quote, ...]:
    """The quotations at spans of a text."""
    return tuple(quote(text, span) for span in spans)


@dataclass(frozen=True, slots=True)
class _Solid:
    """A text with one space between words, and no other blanks and hyphens; and the way back.

    From its character ``starts[n]`` on, ``gone[n]`` characters of the whole text were left out.
    """

    text: str
    starts: array[int]
    gone: array[int]

    def back(self, at: int) -> int:
        """The place in the whole text of a character of this one."""
        n = bisect_right(self.starts, at)
        return at + (self.gone[n - 1] if n else 0)


@lru_cache(maxsize=2)
def _solid(text: str) -> _Solid:
    """Made once for a page, whose decisions all look things up in it."""
    starts, gone = array("q"), array("q")
    left_out = last = 0
    pieces: list[str] = []
    for match in _BLANK.finditer(text):
        (start, end), kept = match.span(), _kept(match)
        pieces += (text[last:start], kept)
        last = end
        if end - start > len(kept):
            starts.append(start - left_out + len(kept))
            left_out += end - start - len(kept)
            gone.append(left_out)
    return _Solid("".join((*pieces, text[last:])), starts, gone)


def _kept(blank: re.Match[str]) -> str:
    """What stays of a blank: a space where it parts two words or the signs of a figure, nothing elsewhere.

    At the end of a line, a hyphen or a soft one mends the word: there it parts nothing.
    """
    text, (start, end) = blank.string, blank.span()
    if not (start > 0 and end < len(text)) or text[start] == "\u00ad" or not _WHITE.search(text, start, end):
        return ""
    one, other = text[start - 1], text[end]
    figure = (one.isdigit() and other in _AT_FIGURES) or (one in _AT_FIGURES and other.isdigit())
    return " " if figure or (one.isalnum() and other.isalnum()) else ""


def _alike(a: str, b: str) -> int:
    """How many characters two strings share from their beginning, blanks not counted."""
    a, b = _BLANK.sub("", a), _BLANK.sub("", b)
    for n, (one, other) in enumerate(zip(a, b, strict=False)):
        if one != other:
            return n
    return min(len(a), len(b))


def _sides(quoted: Quote, text: str, span: Span) -> tuple[int, int]:
    """How much of the context stands around a span: characters next to it that are the same, before and behind."""
    before, behind = text[max(0, span[0] - 2 * CONTEXT) : span[0]], text[span[1] : span[1] + 2 * CONTEXT]
    return _alike(quoted.prefix[::-1], before[::-1]), _alike(quoted.suffix, behind)


def places(exact: str, text: str, most: int = MOST + 1) -> list[Span]:
    """Where words stand, the same words with any white space between them; the first ``most``. Linear in time.

    Hyphens in words may be there or not; two words are not one ("now here" is not "nowhere").
    """
    wanted = _BLANK.sub(_kept, exact)
    if not wanted:
        return []
    solid = _solid(text)
    found: list[Span] = []
    at = solid.text.find(wanted)
    while at >= 0 and len(found) < most:
        found.append((solid.back(at), solid.back(at + len(wanted) - 1) + 1))
        at = solid.text.find(wanted, at + 1)
    return found


def _cuts(before: str, words: str, behind: str) -> tuple[bool, bool]:
    """Whether words begin inside a longer one, and whether they end in one."""
    begins = words[:1].isalnum() and _CAME_BEFORE.search(before[-2:])
    return bool(begins), bool(words[-1:].isalnum() and _GOES_ON.match(behind))


def _whole(quoted: Quote, text: str, span: Span) -> bool:
    """Whether a place cuts no word in two that the quotation does not cut."""
    start, end = span
    there = _cuts(text[max(0, start - 2) : start], text[start:end], text[end : end + 2])
    return all(was or not cut for was, cut in zip(_cuts(quoted.prefix, quoted.exact, quoted.suffix), there, strict=True))


def _beside(quoted: Quote, text: str, span: Span, sides: tuple[int, int], toward: Span | None) -> bool:
    """Whether the context shows that a short quotation is where it was.

    It does on the side of the words that it belongs to, or on the other one where no sentence ends between it and them.
    """
    wanted = (len(_BLANK.sub("", quoted.prefix)), len(_BLANK.sub("", quoted.suffix)))
    same = [have >= min(BESIDE, want) > 0 for have, want in zip(sides, wanted, strict=True)]
    if toward is None:
        return any(same)
    facing = 1 if span[1] <= toward[0] else 0
    between = text[span[1] : toward[0]] if facing else text[toward[1] : span[0]]
    return same[facing] or (same[1 - facing] and not _ENDS.search(between))


def place(quoted: Quote, text: str, shift: int | None = None, toward: Span | None = None) -> Span | None:
    """Where a quotation stands in a text; None where it does not, or where two places are as good.

    ``shift`` says by how much the words around it have moved; with it, only places near there count. ``toward`` is where
    the words are that it belongs to.
    """
    if shift in (None, 0) and _stands(quoted, text):
        return quoted.span
    found = [span for span in places(quoted.exact, text) if _whole(quoted, text, span)]
    if len(found) > MOST:
        return None
    sides = {span: _sides(quoted, text, span) for span in found}
    about = quoted.span[0] + (shift or 0)
    if shift is not None:
        found = [span for span in found if abs(span[0] - about) <= NEAR]
    context = len(_BLANK.sub("", quoted.prefix) + _BLANK.sub("", quoted.suffix))
    if not (len(" ".join(quoted.exact.split())) >= ALONE and quoted.alone):
        found = [
            span for span in found
            if 2 * sum(sides[span]) >= context
            or (shift is not None and (span[0] == about or _beside(quoted, text, span, sides[span], toward)))
        ]  # fmt: skip
    ranked = sorted(found, key=lambda span: (-sum(sides[span]), abs(span[0] - about)))
    if shift is None and len(ranked) > 1 and sum(sides[ranked[0]]) == sum(sides[ranked[1]]):
        return None
    return ranked[0] if ranked else None


def _stands(quoted: Quote, text: str) -> bool:
    """Whether the quotation stands where it stood, with all of its context."""
    start, end = quoted.span
    around = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return text[start:end] == quoted.exact and around == (quoted.prefix, quoted.suffix)


def place_all(
    wanted: Sequence[Quote], text: str, shift: int | None = None, toward: Span | None = None
) -> Spans | None:
    """Where all of several quotations stand, in their order; None where one does not.

    The longest is placed first, the others where it says that the words have moved to.
    """
    if not wanted:
        return ()
    order = sorted(range(len(wanted)), key=lambda n: -len(wanted[n].exact))
    found: dict[int, Span] = {}
    for n in order:
        span = place(wanted[n], text, shift, toward)
        if span is None:
            return None
        found[n] = span
        if shift is None:
            shift, toward = span[0] - wanted[n].span[0], span
    spans = tuple(found[n] for n in range(len(wanted)))
    return spans if all(a[1] <= b[0] for a, b in pairwise(spans)) else None


def still_there(wanted: Iterable[Quote], text: str) -> bool:
    """Whether every quotation stands in the text exactly where it stood."""
    return all(0 <= q.span[0] <= q.span[1] <= len(text) and text[q.span[0] : q.span[1]] == q.exact for q in wanted)
