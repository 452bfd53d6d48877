"""Turn the words of a demo gold file into spans of its page.

The gold names every source, cue and content by its words, because the offsets of HTML and PDF pages depend on how they
are extracted. ``anchor`` finds those words again. Any run of blanks matches any other, and a word may be parted by a
hyphen at a line end. Where words stand more than once, those nearest to the ``near`` words of the statement are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

Span = tuple[int, int]
Gold = dict[str, Any]

BREAK = r"(?:[-\u00ad\u2010]\n[ \t]*)?"  # a word parted at the end of a line


def pattern(words: str) -> re.Pattern[str]:
    """Make a pattern for ``words``: whole words only, tolerant of blanks, line breaks and hyphens at a line end."""
    out: list[str] = []
    for before, char in zip(" " + words, words, strict=False):
        if char.isspace():
            out.append("" if before.isspace() else r"\s+")
            continue
        if before == "-":
            out.append(r"\s*")
        elif before.isalpha() and char.isalpha():
            out.append(BREAK)
        out.append(re.escape(char))
    left = r"(?<!\w)" if words[0].isalnum() else ""
    right = r"(?!\w)" if words[-1].isalnum() else ""
    return re.compile(left + "".join(out) + right)


def gap(a: Span, b: Span) -> int:
    """Count the characters between two spans; 0 where they touch or overlap."""
    return max(0, a[0] - b[1], b[0] - a[1])


def occurrences(text: str, words: str, what: str) -> list[Span]:
    """Find every place where ``words`` stand in ``text``.

    Raises ValueError naming the words where there is none.
    """
    found = [m.span() for m in pattern(words).finditer(text)] if words.strip() else []
    if not found:
        raise ValueError(f"{what} not found in the text: {words!r}")
    return found


def nearest(found: Iterable[Span], *anchors: Span) -> Span:
    """Choose the occurrence with the fewest characters between it and all of ``anchors``; of equals the first."""
    return min(found, key=lambda s: (sum(gap(s, a) for a in anchors), s))


def outside(found: list[Span], content: list[Span]) -> list[Span]:
    """Keep the occurrences that do not stand inside the content, or all of them if each one does."""
    return [s for s in found if all(gap(s, c) or s[0] < c[0] or s[1] > c[1] for c in content)] or found


def place_near(text: str, words: str, cursor: int) -> Span:
    """Say where ``words`` stand: the first place at or after ``cursor``, else the first of all."""
    found = occurrences(text, words, "near")
    return next((s for s in found if s[0] >= cursor), found[0])


def fragments(text: str, parts: list[str], near: Span) -> list[Span]:
    """Place the fragments of one content: the first as near as can be, every other after the one before it."""
    out: list[Span] = []
    for words in parts:
        found = occurrences(text, words, "content")
        if out:
            found = [s for s in found if s[0] >= out[-1][1]]
            if not found:
                raise ValueError(f"content not found after its first fragment: {words!r}")
            out.append(found[0])
        else:
            out.append(nearest(found, near))
    return out


def anchor_statement(text: str, gold: Gold, cursor: int) -> tuple[Gold, int]:
    """Put spans in the place of the words of one statement; also give where its ``near`` words stand."""
    near = place_near(text, gold["near"], cursor)
    content = fragments(text, gold["content"], near)
    source: list[Span] = []
    cue: list[Span] = []
    if gold["source"]:
        found = outside(occurrences(text, gold["source"], "source"), content)
        source = [nearest(found, near, *content)]
    if gold["cue"]:
        found = outside(occurrences(text, gold["cue"], "cue"), content)
        cue = [nearest(found, near, *content, *source)]
    return {**gold, "source": source, "cue": cue, "content": content}, near[0]


def anchor_all(text: str, gold: Gold) -> Gold:
    """Put spans into ``text`` in the place of the words of all statements and figures."""
    statements, cursor = [], 0
    for row in gold["statements"]:
        done, cursor = anchor_statement(text, row, cursor)
        statements.append(done)
    figures, cursor = [], 0
    for row in gold["figures"]:
        near = place_near(text, row["near"], cursor)
        cursor = near[0]
        figures.append({**row, "span": nearest(occurrences(text, row["text"], "figure"), near)})
    return {**gold, "statements": statements, "figures": figures}


def anchor(text: str, gold: Gold) -> Gold:
    """Put spans in the place of words in the gold of one page.

    ``text`` is the text of the page (``Document.text``). In the result ``source`` and ``cue`` are lists of none or one
    span, ``content`` is a list of spans, a figure has ``span`` beside its ``text``; spans are half-open pairs of code
    points. A ``headline``, which does not stand in the page's text, is anchored in its own ``text``.

    Raises ValueError naming the document and the words that cannot be found.
    """
    try:
        out = anchor_all(text, gold)
        if gold.get("headline"):
            out["headline"] = anchor_all(gold["headline"]["text"], gold["headline"])
    except ValueError as error:
        raise ValueError(f"{gold['doc']}: {error}") from None
    return out
