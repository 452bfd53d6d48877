"""Statements told within statements: "Renn said that the pilots had warned that the gates were weak".

Attribution corpora mark only the outermost statement, and so does a model that learned from them. But what was said is
text like any other once it stands alone. So the sentences of a statement's content that have a word of reporting are read
once more by themselves, without the quotation marks or the "that" around them, all of one page together; what is found
there is told within. Three levels deep at most.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sayso.encoder.annotations import Annotations, Attribution, Marked
from sayso.quotes import Quotation, all_quotations
from sayso.records import Span
from sayso.sentences import sentences
from sayso.statements.drafts import WORD, Draft, act_of, in_order, kind_of
from sayso.statements.mend import Mender
from sayso.statements.unsaid import unsaid
from sayso.tables import load

DEPTH = 3
"""Levels below the outermost. Of 80 written cases 5 go two levels deep and none three; of 5,514 statements read on 327 pages
33 stand two levels deep or more, 2 of them three."""
SHORTEST = 4  # words that a sentence needs to report something: "he said so" has three
_ASKING = ("reporting", "think", "want")
_OPENING = "“\"‘'«„"
_CLOSING = "”\"’'»“"
_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")
_LEAD = re.compile(r"(?i)that\s+")
_BY = re.compile(r"\s+by\s+(?=\S)")
_PASSIVE = re.compile(r"(?i)(?:^|\s)(?:been|being|was|were|is|are|be|got)\s+(?:\w+\s+)?\w+$")
_SET_OFF = re.compile(r"[,;:–—”\"’'-]|\bas\b")  # between words and the cue behind them: "the gates held, Renn says"
_TITLE = re.compile(r"[“\"‘'](?:[A-Z][\w’'-]*|of|the|and|in|on|a|to|for)(?:\s+(?:[A-Z][\w’'-]*|of|the|and|in|on|a|to|for)){0,6}[”\"’']")
Read = Callable[[str, Sequence[Span], Sequence[Quotation]], Annotations]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of a statement that are read alone: where they stand in the page, and in the text made of all pieces."""

    span: Span
    at: int
    outer: int


def _bare(text: str, span: Span) -> Span:
    """A fragment without the quotation marks or the "that" around it."""
    start, end = span
    if lead := _LEAD.match(text, start, end):
        start = lead.end()
    if end - start > 2 and text[start] in _OPENING:
        start += 1
        if text[end - 1] in _CLOSING:
            end -= 1
    return start, end


def _trimmed(text: str, span: Span) -> Iterator[Span]:
    """The sentences of a stretch without the blanks behind them, and without the mark that opens it again at a paragraph."""
    for part in _PARAGRAPH.finditer(text, *span):
        again = part.start() > span[0] and text[part.start()] in _OPENING
        for start, end in sentences(text, [(part.start() + again, part.end())]):
            yield start, end - (len(text[start:end]) - len(text[start:end].rstrip()))


def _asks(text: str, span: Span) -> bool:
    """Whether a sentence may report something."""
    table = load("cues")
    found = [m.group().lower() for m in WORD.finditer(text, *span)]
    return len(found) >= SHORTEST and any(w in table[k] for w in found for k in _ASKING)


def _pieces(text: str, drafts: Sequence[Draft], first: int) -> tuple[list[_Piece], str]:
    """The sentences that may report something, of the drafts from a number on, and the text made of them."""
    pieces: list[_Piece] = []
    parts: list[str] = []
    at = 0
    for n, d in enumerate(drafts[first:], first):
        for fragment in d.content:
            for start, end in _trimmed(text, _bare(text, fragment)):
                if _asks(text, (start, end)):
                    pieces.append(_Piece((start, end), at, n))
                    parts.append(text[start:end])
                    at += end - start + 2
    return pieces, "\n\n".join(parts)


def _anybody(source: str) -> bool:
    """Whether a source is the one spoken to, anybody or nobody: "you know", "those who think", "nobody wants".

    Nobody's thought is reported there.
    """
    first = WORD.search(source)
    return first is not None and any(first.group().lower() in load("speakers")[k] for k in ("second", "nobody", "relative"))


class _Inner:
    """Drafts from the annotations of one text made of pieces."""

    def __init__(self, text: str, alone: str, pieces: Sequence[_Piece], drafts: Sequence[Draft]) -> None:
        self.text, self.alone, self.pieces = text, alone, pieces
        self.spans = [(p.at, p.at + p.span[1] - p.span[0]) for p in pieces]
        self.marks = all_quotations(alone, self.spans)
        self.mender = Mender(alone, self.marks)
        self.starts = [s[0] for s in self.spans]
        self.outer = drafts
        self.cues = {c for d in drafts for c in d.cue}

    def drafts(self, read: Read) -> Iterator[Draft]:
        """One draft for each attribution with cue, source and content that all stand in one piece."""
        found = read(self.alone, self.spans, self.marks)
        for a in found.attributions:
            if a.cue is not None and a.source is not None and a.contents:
                draft = self._draft(found, a, a.cue, a.source)
                if draft is not None:
                    yield draft

    def _piece(self, span: Span) -> _Piece | None:
        n = bisect_right(self.starts, span[0]) - 1
        return self.pieces[n] if n >= 0 and span[1] <= self.spans[n][1] else None

    def _draft(self, found: Annotations, a: Attribution, marked_cue: Marked, marked_source: Marked) -> Draft | None:
        cue = found.characters(marked_cue.words)
        piece = self._piece(cue)
        source = self.mender.trim(found.characters(marked_source.words))
        content = [self._content(found.characters(m.words), cue) for m in a.contents]
        content = [c for c in content if self.mender.words(c) > 1 and c[0] < c[1]]
        cue, source, content = self._by(cue, source, content)
        inside = piece is not None and all(self._piece(s) is piece for s in (source, *content))
        if piece is None or not inside or not content or _TITLE.fullmatch(self.alone, *content[0]) or self._hearer(cue):
            return None
        shift = piece.span[0] - piece.at
        cue, source = ((s[0] + shift, s[1] + shift) for s in (cue, source))
        if cue in self.cues:
            return None
        spans = tuple((s + shift, e + shift) for s, e in content)
        kind = kind_of(self.alone, tuple(content), self.marks)
        act = "say" if kind == "direct" else act_of(self.text[slice(*cue)], self.text[slice(*spans[0])])
        scare = kind == "mixed" and self.outer[piece.outer].kind == "mixed"
        if act != "say" and (scare or _anybody(self.text[slice(*source)])):
            return None  # quotation marks inside a reported thought are the reporter's: he thinks it a "friend"
        if kind == "indirect" and spans[-1][1] <= source[0] and not _SET_OFF.search(self.text[spans[-1][1] - 1 : source[0]]):
            return None  # "I stay until the inquiry tells me otherwise": the words before are of the outer clause
        sure = (min(m.probability for m in a.contents), min(a.content_links), a.source_link, marked_cue.probability)
        draft = Draft((source,), (cue,), spans, kind, act, "encoder", sure, piece.outer)
        return None if unsaid(self.text, draft) else draft

    def _by(self, cue: Span, source: Span, content: list[Span]) -> tuple[Span, Span, list[Span]]:
        """He had been told by the bank that …: who told stands behind the cue, and "by" is part of it."""
        rest = [c for c in content if c[0] >= cue[1]]
        by = _BY.match(self.alone, cue[1])
        if not (by and rest and by.end() < rest[0][0] and _PASSIVE.search(self.alone[slice(*cue)])):
            return cue, source, content
        agent = self.mender.trim((by.end(), rest[0][0]))
        return ((cue[0], cue[1] + len(by.group().rstrip())), agent, rest) if agent[0] < agent[1] else (cue, source, content)

    def _hearer(self, cue: Span) -> bool:
        """Whether the source of a cue is who was told, and nobody is given as the one who told: "drivers were warned"."""
        said = self.alone[slice(*cue)]
        last = WORD.findall(said.lower())[-1:]
        return bool(_PASSIVE.search(said)) and bool(last) and last[0] in load("cues")["telling"]

    def _content(self, span: Span, cue: Span) -> Span:
        """A content fragment mended: whole quotations by their marks, the hearer left out."""
        start, end = self.mender.fragment(span)
        table = load("cues")
        verbs = [m.group().lower() for m in WORD.finditer(self.alone, *cue)]
        first = WORD.match(self.alone, start, end)
        if first and first.group().lower() in table["hearers"] and any(v in table["telling"] for v in verbs):
            start = first.end()
        for q in self.mender.near((start, end)):
            rest = self.alone[q.end : end].strip(" ,.")
            if q.start <= start + 2 and rest.startswith(("and ", "but ", "so ")):
                end = q.end  # ‘Stop kicking,’ and I did
        return self.mender.trim((start, end))


def nested(text: str, drafts: Sequence[Draft], read: Read) -> tuple[Draft, ...]:
    """The drafts with those told within them, each behind the one around it; ``read`` annotates a text of paragraphs."""
    every = list(drafts)
    first = 0
    for _ in range(DEPTH):
        pieces, alone = _pieces(text, every, first)
        if not pieces:
            break
        first = len(every)
        every += _Inner(text, alone, pieces, every).drafts(read)
        if len(every) == first:
            break
    return in_order(every) if len(every) > len(drafts) else tuple(drafts)
