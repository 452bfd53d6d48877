"""From annotations to statements: fragments mended at quotation marks, kinds, quotations that run on.

All spans here are characters of the view (the running text); ``reading`` maps them back to the document. Rules only repair
what the encoder marked; they find no statement of their own but where print itself says who goes on speaking: a quotation
opened again at the next paragraph, a quotation that follows its speaker's last one, a turn in a transcript.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sayso.encoder.annotations import Annotations, Attribution, Marked
from sayso.layout import Page, Paragraph
from sayso.quotes import Quotation
from sayso.records import Act, Span, Spans, StatementKind
from sayso.tables import load

Origin = Literal["encoder", "continued", "turn"]
WORD = re.compile(r"\w+")
_PASSIVE = re.compile(r"(?i)\b(?:is|was|were|been|being)\b.*\w(?:ed|n|known|said|told|felt|thought)\b")
TURN = re.compile(r"\s*([:–—-])")
SNAP = (
    0.6  # share of a quotation that must be marked before the rest of it is taken too; .5-.7 score alike on polnear-dev
)
LONG = 4  # words; shorter stretches in quotation marks are names and scare quotes more often than speech
NEAR = 60  # characters between a quotation and a cue without content that may be its own
BESIDE = 0.5  # chance of a link that rests on standing side by side alone


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before its speaker is known; spans are characters of the view."""

    source: Spans
    cue: Spans
    content: Spans
    kind: StatementKind
    act: Act
    origin: Origin
    strength: tuple[float, float, float, float]  # content, cue link, source link, cue: probabilities, 1.0 where absent
    inside: int | None = None  # number of the draft it is told within


@dataclass(frozen=True, slots=True)
class Left:
    """Something that looked like a statement and was not read as one."""

    code: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """All drafts of one text in order, and what was left out."""

    drafts: tuple[Draft, ...]
    left: tuple[Left, ...]


def act_of(cue: str) -> Act:
    """say, think or want, by the last word of the cue that the table knows."""
    table = load("cues")
    for word in reversed(WORD.findall(cue.lower())):
        if word in table["think"]:
            return "think"
        if word in table["want"]:
            return "want"
    return "say"


def overlap(a: Span, b: Span) -> int:
    """Characters that two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def joined(spans: Iterable[Span], text: str) -> Spans:
    """Spans in order, those with nothing but blanks between them made one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and (start <= out[-1][1] or not text[out[-1][1] : start].strip()):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif end > start:
            out.append((start, end))
    return tuple(out)


def kind_of(text: str, content: Spans, marks: Sequence[Quotation]) -> StatementKind:
    """direct: all words of the content stand in quotation marks; mixed: some; indirect: none."""
    inside = total = 0
    for start, end in content:
        for m in WORD.finditer(text, start, end):
            total += 1
            inside += any(q.start < m.start() and m.end() <= q.end for q in marks if q.end > start and q.start < end)
    if total and inside == total:
        return "direct"
    return "mixed" if inside else "indirect"


class _Mender:
    """Mends fragments of one text at its quotation marks and stops."""

    def __init__(self, text: str, marks: Sequence[Quotation]) -> None:
        self.text, self.marks = text, marks
        self.starts = [q.start for q in marks]

    def near(self, span: Span) -> Sequence[Quotation]:
        """Quotations that overlap a span."""
        first = max(0, bisect_right(self.starts, span[0]) - 1)
        last = bisect_right(self.starts, span[1])
        return [q for q in self.marks[first:last] if overlap((q.start, q.end), span)]

    def fragment(self, span: Span) -> Span:
        """One content fragment, mended."""
        start, end = span
        for q in self.near(span):
            whole = q.end - q.start
            begins = abs(q.start - start) <= 2
            if overlap(span, (q.start, q.end)) >= SNAP * whole or (begins and self.words((q.start, q.end)) > LONG):
                start, end = min(start, q.start), max(end, q.end)
        return self.trim((start, end))

    def words(self, span: Span) -> int:
        """Number of words in a span."""
        return sum(1 for _ in WORD.finditer(self.text, *span))

    def quoted(self, at: int) -> bool:
        """Whether a character stands inside quotation marks, the marks included."""
        return any(q.start <= at < q.end for q in self.near((at, at + 1)))

    def trim(self, span: Span) -> Span:
        """Without blanks and commas at the ends, and without a final stop that stands outside the quotation marks."""
        start, end = span
        while start < end and (self.text[start].isspace() or self.text[start] in ",;:"):
            start += 1
        while end > start and not self.quoted(end - 1):
            last = self.text[end - 1]
            if last.isspace() or last in ",;:" or (last == "." and self._stop(end - 1)):
                end -= 1
            else:
                break
        return start, end

    def _stop(self, at: int) -> bool:
        """Whether a full stop ends the sentence and is no part of an abbreviation or an ellipsis."""
        before = self.text[max(0, at - 3) : at]
        return not (before.endswith(".") or re.search(r"(^|[\s.])[A-Za-z]$", before))


def _paragraph_of(starts: Sequence[int], at: int) -> int:
    return max(0, bisect_right(starts, at) - 1)


class _Builder:
    """Collects drafts of one page."""

    def __init__(self, page: Page, annotations: Annotations, marks: Sequence[Quotation]) -> None:
        self.text = page.view.text
        self.paragraphs = page.paragraphs
        self.starts = [p.span[0] for p in page.paragraphs]
        self.annotations = annotations
        self.marks = marks
        self.mender = _Mender(self.text, marks)
        self.drafts: list[Draft] = []
        self.left: list[Left] = []
        self.idle = [a for a in annotations.attributions if not a.contents]

    def spans(self, marked: Marked | None) -> Spans:
        if marked is None:
            return ()
        start, end = self.mender.trim(self.annotations.characters(marked.words))
        if marked.kind == "cue":
            start, end = self.annotations.characters(marked.words)
        return ((start, end),) if end > start else ()

    def draft(
        self, source: Spans, cue: Spans, content: Spans, origin: Origin, strength: tuple[float, float, float, float]
    ) -> Draft:
        content = joined(content, self.text)
        words = " ".join(self.text[s:e] for s, e in cue)
        return Draft(source, cue, content, kind_of(self.text, content, self.marks), act_of(words), origin, strength)

    # --- what the encoder marked -------------------------------------------------------------------------------
    def attribution(self, a: Attribution) -> None:
        fragments = [self.mender.fragment(self.annotations.characters(m.words)) for m in a.contents]
        sure = [m.probability for m in a.contents]
        source, cue = self.spans(a.source), self.spans(a.cue)
        if source and cue and self._expletive(source[0], cue[0]):
            source = ()
        if a.cue is None:
            self.without_cue(a, fragments)
            return
        home = _paragraph_of(self.starts, cue[0][0])
        mine, others = [], []
        for n, fragment in enumerate(fragments):
            there = _paragraph_of(self.starts, fragment[0])
            if (
                there == home
                or not any(_paragraph_of(self.starts, f[0]) == home for f in fragments)
                or self.runs_on(there)
            ):
                mine.append(n)
            else:
                others.append(n)
        strength = (min(sure[n] for n in mine), min(a.content_links[n] for n in mine), a.source_link, a.cue.probability)
        self.drafts.append(self.draft(source, cue, tuple(fragments[n] for n in mine), "encoder", strength))
        for n in others:
            if kind_of(self.text, (fragments[n],), self.marks) == "indirect":
                self.left.append(
                    Left("no-cue", fragments[n], "reads like somebody's words, but nothing near says whose")
                )
                continue
            strength = (sure[n], a.content_links[n], a.source_link, a.cue.probability)
            self.drafts.append(self.draft((), (), (fragments[n],), "continued", strength))

    def _expletive(self, source: Span, cue: Span) -> bool:
        """Whether the source is the empty "it" of "it was reported that"."""
        return self.text[slice(*source)].lower() == "it" and bool(_PASSIVE.search(self.text[slice(*cue)]))

    def runs_on(self, paragraph: int) -> bool:
        """Whether a quotation is opened again at the start of this paragraph because the one before was not closed."""
        if paragraph == 0:
            return False
        before, here = self.paragraphs[paragraph - 1].span, self.paragraphs[paragraph].span
        last = [q for q in self.mender.near(before) if q.start >= before[0] and q.end <= before[1]]
        opens = self.text[here[0] : here[0] + 2].lstrip()[:1] in "“\"„«‘'`"
        return bool(last) and not last[-1].closed and opens

    def without_cue(self, a: Attribution, fragments: Sequence[Span]) -> None:
        """A content whose cue the encoder did not tell: the one that stands beside it, the speaker before, or left out."""
        fragment = fragments[0]
        strength = (a.contents[0].probability, a.content_links[0], 1.0, 1.0)
        if kind_of(self.text, (fragment,), self.marks) != "direct":
            self.left.append(Left("no-cue", fragment, "reads like somebody's words, but nothing says whose"))
        elif self.goes_on(fragment):
            d = self.drafts[-1]
            content = joined((*d.content, fragment), self.text)
            self.drafts[-1] = replace(d, content=content, kind=kind_of(self.text, content, self.marks))
        elif (beside := self.beside(fragment)) is not None and beside.cue is not None:
            self.idle.remove(beside)
            strength = (strength[0], BESIDE, beside.source_link, beside.cue.probability)
            self.drafts.append(
                self.draft(self.spans(beside.source), self.spans(beside.cue), (fragment,), "encoder", strength)
            )
        elif self.speaker_before(fragment):
            self.drafts.append(self.draft((), (), (fragment,), "continued", strength))
        else:
            self.left.append(Left("no-cue", fragment, "reads like somebody's words, but nothing says whose"))

    def goes_on(self, fragment: Span) -> bool:
        """Whether a quotation goes on after its cue in the same paragraph: "…," said Renn. "…"."""
        if not self.drafts or not self.drafts[-1].cue:
            return False
        d = self.drafts[-1]
        same = _paragraph_of(self.starts, d.cue[-1][0]) == _paragraph_of(self.starts, fragment[0])
        return same and d.content[-1][1] <= d.cue[0][0] and d.cue[-1][1] <= fragment[0]

    def beside(self, fragment: Span) -> Attribution | None:
        """A cue without content that stands next to a quotation in its paragraph."""
        here = _paragraph_of(self.starts, fragment[0])
        for a in self.idle:
            start, end = self.annotations.characters(a.cue.words) if a.cue else (0, 0)
            gap = start - fragment[1] if start >= fragment[1] else fragment[0] - end
            if 0 <= gap <= NEAR and _paragraph_of(self.starts, start) == here:
                return a
        return None

    def speaker_before(self, span: Span) -> bool:
        """Whether a statement ends in this paragraph before the span, or in the paragraph before it."""
        here = _paragraph_of(self.starts, span[0])
        return any(
            d.content[-1][1] <= span[0] and here - _paragraph_of(self.starts, d.content[-1][0]) <= 1
            for d in self.drafts[-6:]
            if d.content
        )

    # --- what print itself says --------------------------------------------------------------------------------
    def quotations(self) -> None:
        """Quotations that no statement holds: run on, continue their speaker, or are left out."""
        taken = sorted(f for d in self.drafts for f in d.content)
        for q in self.marks:
            span = (q.start, q.end)
            if self.mender.words(span) < LONG or any(2 * overlap(f, span) > q.end - q.start for f in taken):
                continue
            here = _paragraph_of(self.starts, q.start)
            paragraph = self.paragraphs[here]
            opens = q.start - paragraph.span[0] <= 1
            if opens and self.runs_on(here) and self.append(here, span):
                continue
            whole = opens and paragraph.span[1] - q.end <= 1
            if whole and paragraph.kind in ("paragraph", "quote") and self.follows(here):
                self.insert(self.draft((), (), (span,), "continued", (0.9, 0.9, 1.0, 1.0)))
            elif not any(overlap(f, span) for f in taken):
                self.left.append(
                    Left("quotation", span, "stands in quotation marks, but nothing says whose words these are")
                )

    def run_on(self) -> None:
        """Join what a quotation re-opened at each paragraph was cut into: one statement, by the cue that there is."""
        for here in range(1, len(self.paragraphs)):
            if not self.runs_on(here):
                continue
            edge, start = self.paragraphs[here - 1].span[1], self.paragraphs[here].span[0]
            before = next((d for d in self.drafts if abs(d.content[-1][1] - edge) <= 2), None)
            after = next((d for d in self.drafts if abs(d.content[0][0] - start) <= 2), None)
            if before is None or after is None or before is after or (before.cue and after.cue):
                continue
            keep, other = (after, before) if after.cue else (before, after)
            content = joined((*keep.content, *other.content), self.text)
            merged = replace(keep, content=content, kind=kind_of(self.text, content, self.marks))
            self.drafts = [merged if d is keep else d for d in self.drafts if d is not other]
        self.drafts.sort(key=lambda d: d.content[0])

    def append(self, paragraph: int, span: Span) -> bool:
        """Give a quotation that runs on to the statement that holds the end of the paragraph before."""
        edge = self.paragraphs[paragraph - 1].span[1]
        for n, d in enumerate(self.drafts):
            if d.content and abs(d.content[-1][1] - edge) <= 2:
                content = joined((*d.content, span), self.text)
                self.drafts[n] = replace(d, content=content, kind=kind_of(self.text, content, self.marks))
                return True
        return False

    def follows(self, paragraph: int) -> bool:
        """Whether the paragraph before holds words said by somebody."""
        if paragraph == 0:
            return False
        before = self.paragraphs[paragraph - 1].span
        return any(d.act == "say" and any(overlap(f, before) for f in d.content) for d in self.drafts)

    def insert(self, draft: Draft) -> None:
        self.drafts.append(draft)
        self.drafts.sort(key=lambda d: d.content[0])

    def turn(self, paragraph: Paragraph) -> None:
        """A turn of a transcript is one statement of its label."""
        if paragraph.label is None:
            return
        mark = TURN.match(self.text, paragraph.label[1], paragraph.span[1])
        cue: Spans = (mark.span(1),) if mark else ()
        content = self.mender.trim((mark.end() if mark else paragraph.label[1], paragraph.span[1]))
        if content[1] > content[0]:
            self.drafts.append(self.draft((paragraph.label,), cue, (content,), "turn", (0.95, 1.0, 1.0, 1.0)))


def _nested(drafts: list[Draft]) -> tuple[Draft, ...]:
    """Drafts in order; one whose whole content, source and cue stand inside another's content is told within it."""
    drafts.sort(key=lambda d: (d.content[0][0], -d.content[-1][1]))
    out: list[Draft] = []
    for n, d in enumerate(drafts):
        parts = (*d.content, *d.cue, *d.source)
        outer = None
        for k in range(n - 1, max(-1, n - 40), -1):
            o = drafts[k]
            if o.content != d.content and all(any(f[0] <= s and e <= f[1] for f in o.content) for s, e in parts):
                outer = k
                break
        out.append(replace(d, inside=outer))
    return tuple(out)


def statements_of(page: Page, annotations: Annotations, marks: Sequence[Quotation]) -> Drafts:
    """The statements of one page, in order, and what was left out. ``marks`` are the quotations of the view."""
    builder = _Builder(page, annotations, marks)
    for paragraph in page.paragraphs:
        if paragraph.kind == "turn":
            builder.turn(paragraph)
    for attribution in annotations.attributions:
        if attribution.contents:
            builder.attribution(attribution)
    builder.drafts = [d for d in builder.drafts if d.content and d.content[0][1] > d.content[0][0]]
    builder.drafts.sort(key=lambda d: d.content[0])
    builder.quotations()
    builder.run_on()
    for a in builder.idle:
        if a.cue is not None and a.cue.probability > 0.5:
            span = annotations.characters(a.cue.words)
            builder.left.append(Left("cue", span, "reads like a reporting word, but no words said go with it"))
    return Drafts(_nested(builder.drafts), tuple(sorted(builder.left, key=lambda x: x.span)))
