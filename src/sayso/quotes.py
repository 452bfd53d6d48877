"""Quotation marks: where somebody else's words begin and end on the page, mark by mark.

Knows “curly”, "straight", „German“, «guillemets», »reversed guillemets«, ``typewriter'', ''doubled'', ‘single’, 'single', ‚low‘ and
`grave' marks, and tells them from apostrophes, feet, inches, minutes and rock 'n' roll. Marks are paired inside one paragraph
only, so that one odd mark costs at most one paragraph; a quotation that runs on is opened again at the next paragraph by
convention of print, and ``statements`` joins it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.records import Span

MARK = re.compile("``|''|[“”„‟«»‹›\"‘’‚'`]")
_CLOSERS = {
    "“": ("”", '"', "“"),
    "„": ("“", "”", '"'),
    "‟": ("”", '"'),
    "”": ("”",),
    "«": ("»",),
    "»": ("«",),
    "‹": ("›",),
    '"': ('"', "”"),
    "``": ("''", '"'),
    "''": ("''",),
}
_SINGLE_CLOSERS = {"‘": "’'", "‚": "‘’", "'": "'", "`": "'", "’": "’"}
_STOPS = frozenset(",.!?;:…—–-)]")
_AHEAD = 200  # marks looked at behind an opening one: keeps hostile text linear; no paragraph of news has half as many
_LONG = 4  # words that an opening mark at the head of a paragraph needs behind it to count without a closing one


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks, the marks included. ``closed`` is false where the closing mark is missing."""

    start: int
    end: int
    mark: str
    closed: bool


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """One paragraph of a text with its marks; says how a mark stands to its neighbours."""

    text: str
    start: int
    end: int
    marks: tuple[tuple[int, str], ...]

    def letter(self, i: int) -> bool:
        return self.start <= i < self.end and self.text[i].isalnum()

    def blank(self, i: int) -> bool:
        return not self.start <= i < self.end or self.text[i].isspace()

    def digit(self, i: int) -> bool:
        return self.start <= i < self.end and self.text[i].isdigit()

    def left_over(self, k: int, closers: tuple[str, ...]) -> int:
        """How many marks behind number ``k`` could close."""
        return sum(1 for _, mark in self.marks[k + 1 : k + _AHEAD] if mark in closers)


def _opens(p: _Paragraph, at: int, mark: str) -> bool:
    """Whether a mark met outside any quotation opens one."""
    before, after = at - 1, at + len(mark)
    if after >= p.end or (p.digit(before) and mark in "\"'"):
        return False  # 5" pipe, 6'2"
    if mark in "“„‟«‹" or mark == "``":
        return True
    if mark in ('"', "''"):
        return not p.blank(after) or p.blank(before)
    if mark in "”»":
        return p.blank(before) and not p.blank(after)
    if mark == "’":
        return at - p.start <= 1 and p.text[after].isupper()
    return mark in _SINGLE_CLOSERS and not p.letter(before) and not p.blank(after)


def _elided(p: _Paragraph, at: int) -> bool:
    """Whether a mark is one of the two in rock 'n' roll."""
    around = p.text[max(p.start, at - 2) : min(p.end, at + 3)]
    return bool(re.search(r"['’‘][nN]['’]", around)) and not p.letter(at + (1 if p.letter(at - 1) else 3))


def _closes(p: _Paragraph, k: int, mark: str) -> bool:
    """Whether mark number ``k``, met inside a quotation opened by ``mark``, can close it."""
    at, other = p.marks[k]
    if other not in _CLOSERS[mark]:
        return False
    after = at + len(other)
    if other == "“":
        return mark == "„" or (not p.blank(at - 1) and not p.letter(after))
    if other == '"' and p.digit(at - 1) and p.blank(after) and p.letter(after + 1) and p.text[after + 1].islower():
        return p.left_over(k, _CLOSERS[mark]) % 2 == 0  # otherwise an inch mark, and the closing one is still to come
    if other == mark == '"':
        return not (p.blank(at - 1) and p.letter(after))
    return True


def _double(p: _Paragraph, k: int) -> tuple[Quotation, int]:
    """The quotation opened by double mark number ``k``, and the number of the first mark after it."""
    at, mark = p.marks[k]
    depth = 0
    for n in range(k + 1, min(len(p.marks), k + _AHEAD)):
        position, other = p.marks[n]
        if _closes(p, n, mark):
            if depth == 0:
                return Quotation(at, position + len(other), mark, True), n + 1
            depth -= 1
        elif other == mark and mark in "“«" and p.left_over(n, _CLOSERS[mark]) > depth + 1:
            depth += 1
    return Quotation(at, p.end, mark, False), len(p.marks)


def _single(p: _Paragraph, k: int) -> Quotation | None:
    """The quotation in single marks opened by mark number ``k``; None where it is an apostrophe.

    A closing mark stands behind a character and before something that is no letter. One behind a stop or comma is sure;
    one behind a letter may be an apostrophe (the workers' hall, sittin' there) and counts where no sure one comes before
    the next opening mark.
    """
    at, mark = p.marks[k]
    bare: int | None = None
    for position, other in p.marks[k + 1 : k + _AHEAD]:
        if other in "‘'`" and not p.letter(position - 1) and p.letter(position + 1) and p.blank(position - 1):
            if bare is not None and not _elided(p, position):
                break
            continue
        if (
            other not in _SINGLE_CLOSERS[mark]
            or p.letter(position + 1)
            or p.blank(position - 1)
            or _elided(p, position)
        ):
            continue
        if p.text[position - 1] in _STOPS or p.text[position - 1] in "”\"'’":
            return Quotation(at, position + 1, mark, True)
        if bare is None:
            bare = position + 1
    if bare is not None:
        return Quotation(at, bare, mark, True)
    headed = mark == "‘" and at - p.start <= 1 and p.text[at + 1].isupper()
    if headed and len(p.text[at : p.end].split()) > _LONG:
        return Quotation(at, p.end, mark, False)
    return None


def quotations(text: str, paragraph: Span) -> list[Quotation]:
    """The outermost quotations of one paragraph, in order. ``text`` is the whole text; spans are into it."""
    found = tuple((m.start(), m.group()) for m in MARK.finditer(text, *paragraph))
    p = _Paragraph(text, *paragraph, found)
    out: list[Quotation] = []
    k = 0
    while k < len(p.marks):
        at, mark = p.marks[k]
        if not _opens(p, at, mark) or (mark in _SINGLE_CLOSERS and _elided(p, at)):
            k += 1
        elif mark in _SINGLE_CLOSERS:
            single = _single(p, k)
            k += 1
            if single is not None:
                out.append(single)
                while k < len(p.marks) and p.marks[k][0] < single.end:
                    k += 1
        else:
            quotation, k = _double(p, k)
            out.append(quotation)
    return out


def all_quotations(text: str, paragraphs: Iterable[Span]) -> list[Quotation]:
    """The quotations of all paragraphs, in order."""
    return [q for paragraph in paragraphs for q in quotations(text, paragraph)]
