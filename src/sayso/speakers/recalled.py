"""Names that the tagger marked in one place and missed in another: what is a name once is one wherever it stands.

Whether a name is seen must not hang on the words around it, least of all on whose name it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from sayso.records import Span
from sayso.speakers.mentions import Mention, title_cased
from sayso.speakers.names import fold, is_body, is_person, parse, words

_RUN = re.compile(r"(?<![\w’'-])[A-Z][\w-]*(?:[’'](?!s\b)\w+)?(?: [A-Z][\w-]*(?:[’'](?!s\b)\w+)?){0,4}")
_WORD = re.compile(r"\S+")
SHORTEST = 3  # letters of a word that is looked for
MISSED = 0.3  # weight of a guessed kind, below any that the tagger is sure of


def recalled(text: str, mentions: Sequence[Mention], paragraphs: Sequence[Span]) -> list[Mention]:
    """The mentions with every further place where a word of a name stands. Linear in the text."""
    known = {
        fold(part)
        for m in mentions
        if m.kind != "sort" and not m.headline
        for part in (m.name.parts if m.kind == "person" else m.name.parts[:1])
        if len(part) >= SHORTEST and part[:1].isupper() and not _plain(part)
    }
    starts = [m.span[0] for m in mentions]
    found = [
        Mention(span, name, "organisation" if is_body(name.text) else "other", MISSED)
        for start, end in paragraphs
        if not title_cased(text, (start, end))
        for run in _RUN.finditer(text, start, end)
        for span in _known(text, run.span(), known)
        if _free(mentions, starts, span) and (name := parse(text[slice(*span)])).parts
    ]
    return sorted([*mentions, *found], key=lambda m: m.span) if found else list(mentions)


def _plain(word: str) -> bool:
    """Whether a word may be no name: a title, a noun for a person or body, an opener."""
    folded = fold(word)
    return is_person(folded) or any(folded in words(k) for k in ("titles", "openers", "bodies", "body_nouns", "groups", "particles"))


def _known(text: str, run: Span, known: set[str]) -> Iterator[Span]:
    """The stretch of a run from the first word of a known name on."""
    for m in _WORD.finditer(text, *run):
        if fold(m.group()) in known and not m.group().isupper():
            yield m.start(), run[1]
            return


def _free(mentions: Sequence[Mention], starts: Sequence[int], span: Span) -> bool:
    first = bisect_right(starts, span[0]) - 1
    if first >= 0 and mentions[first].span[1] > span[0]:
        return False
    return bisect_left(starts, span[1]) == first + 1
