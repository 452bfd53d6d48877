"""Annotations made by hand: words of a short text marked by the words themselves."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sayso.encoder.annotations import Annotations, Attribution, Coreference, Marked
from sayso.encoder.words import words_of
from sayso.layout import Page, Paragraph, View
from sayso.quotes import all_quotations
from sayso.records import BlockKind, Document, Span
from sayso.statements import Drafts, statements_of

SURE = 0.9


class A(NamedTuple):
    """One attribution by its words; "" for a source or cue that the encoder did not find, () for no content."""

    source: str
    cue: str
    content: tuple[str, ...]
    sure: float = SURE


def place(text: str, words: str) -> Span:
    """Where the words stand; they must stand once."""
    assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times"
    at = text.index(words)
    return at, at + len(words)


class Hand:
    """Marks words of one text by hand, as the encoder would."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_of(text)

    def over(self, span: Span) -> Span:
        """Numbers of the words from the first to the last of a stretch."""
        first = bisect_right([end for _, end in self.words], span[0])
        last = bisect_left([start for start, _ in self.words], span[1])
        return first, last

    def marked(self, kind: str, words: str, sure: float = SURE) -> Marked:
        return Marked(kind, self.over(place(self.text, words)), sure)

    def attribution(self, a: A) -> Attribution:
        source = self.marked("source", a.source, a.sure) if a.source else None
        cue = self.marked("cue", a.cue, a.sure) if a.cue else None
        contents = tuple(self.marked("content", words, a.sure) for words in a.content)
        return Attribution(source, cue, contents, a.sure if source else 0.0, (a.sure,) * len(contents))

    def annotations(
        self,
        attributions: Sequence[A] = (),
        names: Mapping[str, str] | None = None,
        coreference: Sequence[Coreference] = (),
    ) -> Annotations:
        """``names``: words -> person, organisation, place or other; every place where the words stand is marked."""
        made = sorted(map(self.attribution, attributions), key=_order)
        tagged = []
        for words, kind in (names or {}).items():
            at = self.text.find(words)
            while at >= 0:
                tagged.append(Marked(kind, self.over((at, at + len(words))), SURE))
                at = self.text.find(words, at + len(words))
        tagged.sort(key=lambda m: m.words)
        return Annotations(
            words=tuple(self.words), attributions=tuple(made), names=tuple(tagged), coreference=tuple(coreference)
        )


def _order(a: Attribution) -> Span:
    """By the first content; a cue without content stands where it stands."""
    first = a.contents[0] if a.contents else a.cue
    assert first is not None
    return first.words


def spans_of(text: str) -> list[Span]:
    """The paragraphs of a text with a blank line between."""
    out, at = [], 0
    for part in text.split("\n\n"):
        out.append((at, at + len(part)))
        at += len(part) + 2
    return out


def page_of(text: str, kinds: Mapping[int, BlockKind] | None = None) -> Page:
    """A page whose view is the text itself; a turn's label are the words before its colon or dash."""
    paragraphs = []
    for n, (start, end) in enumerate(spans_of(text)):
        kind = (kinds or {}).get(n, "paragraph")
        label = None
        if kind == "turn":
            mark = min(at for at in (text.find(c, start, end) for c in (":", " –")) if at >= 0)
            label = (start, mark)
        paragraphs.append(Paragraph(kind, (start, end), label))
    view = View(text, array("q", range(len(text))))
    return Page(Document("page", text), view, tuple(paragraphs))


def drafts_of(
    text: str,
    attributions: Sequence[A] = (),
    kinds: Mapping[int, BlockKind] | None = None,
) -> Drafts:
    """The drafts of a text with these attributions."""
    annotations = Hand(text).annotations(attributions)
    page = page_of(text, kinds)
    return statements_of(page, annotations, all_quotations(text, [p.span for p in page.paragraphs]))
