"""From annotations to drafts: what the encoder marked, mended; quotations that run on; turns; headlines.

Rules find no statement of their own but where print itself says who goes on speaking: a quotation opened again at the next
paragraph, a quotation that follows its speaker's last one, a signature, a turn in a transcript, a name before a headline's
colon.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from sayso.encoder.annotations import Annotations, Attribution, Marked
from sayso.layout import Page, Paragraph
from sayso.quotes import Quotation
from sayso.records import Span, Spans
from sayso.statements.drafts import WORD, Draft, Drafts, Left, Origin, Stretches, act_of, joined, kind_of, overlap
from sayso.statements.headlines import headline
from sayso.statements.joining import Joiner
from sayso.statements.mend import LONG, Mender
from sayso.statements.running import read_paragraphs, runs, with_single
from sayso.statements.subjects import with_subject
from sayso.statements.unsaid import unsaid
from sayso.tables import load

_QUOTED_BY = re.compile(r"(?i)\b(?:quoted|cited) as (?:saying|telling)(\s+by)$")
_SUBJECT = re.compile(r"(?:^|(?<=[\s“\"]))([Hh]e|[Ss]he|[Tt]hey|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,4})\s+$")
_PASSIVE = re.compile(r"(?i)\b(?:is|was|were|been|being)\b.*\w(?:ed|n|known|said|told|felt|thought)\b")
_TIME = (
    r"(?:(?:(?:on|last|this|late on|early on) )?(?:\w+day|week|month|year)(?: (?:morning|afternoon|evening|night))?"
    r"|yesterday|today|earlier|later|also|then|again)"
)
_SUBJECT_THEN = re.compile(rf"((?<![\w’'-])[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){{0,4}}) {_TIME}\s+$")
_THEN = re.compile(rf"\s+{_TIME}\s+")
TURN = re.compile(r"\s*([:–—-])")
SENTENCE = re.compile(r"[.!?…]+\s+")
ALONE = 0.8  # an unquoted content without a cue is kept from this probability on; a quotation always is
UNLINKED = 0.3  # stands for the chance of a link where there is none
SIGNED = re.compile(
    r"\s*([–—―-]{1,2})\s*([A-Z][\w.’'-]*(?:\s+(?:[A-Z][\w.’'-]*|de|da|di|van|von|der|al|bin|la)){0,4})(?=\s*(?:,[^.!?]{0,80})?$)"
)
COLON = 4  # characters behind a label within which its colon or dash stands
NEAR = 60  # characters between a quotation and a cue without content that may be its own
BESIDE = 0.5  # chance of a link that rests on standing side by side alone


def _paragraph_of(starts: Sequence[int], at: int) -> int:
    return max(0, bisect_right(starts, at) - 1)


class Builder:
    """Collects drafts of one page."""

    def __init__(self, page: Page, annotations: Annotations, marks: Sequence[Quotation]) -> None:
        self.text = page.view.text
        self.paragraphs = page.paragraphs
        self.starts = [p.span[0] for p in page.paragraphs]
        self.annotations = annotations
        read = read_paragraphs(page.paragraphs)
        self.marks = with_single(self.text, read, marks)
        self.runs = runs(read, self.marks)
        self.further = {_paragraph_of(self.starts, q.start) for run in self.runs for q in run[1:]}
        self.mender = Mender(self.text, self.marks)
        self.drafts: list[Draft] = []
        self.left: list[Left] = []
        self.named_at = {annotations.characters(m.words)[0] for m in annotations.names}
        self.persons = dict(annotations.characters(m.words) for m in annotations.names if m.kind == "person")
        self.idle = [a for a in annotations.attributions if not a.contents]

    def spans(self, marked: Marked | None) -> Spans:
        """A source or cue as spans of characters; none for none."""
        if marked is None:
            return ()
        start, end = self.mender.trim(self.annotations.characters(marked.words))
        if marked.kind == "cue":
            start, end = self.annotations.characters(marked.words)
        return ((start, end),) if end > start else ()

    def draft(
        self, source: Spans, cue: Spans, content: Spans, origin: Origin, strength: tuple[float, float, float, float]
    ) -> Draft:
        """A draft with its kind and act."""
        content = joined(content, self.text)
        words = " ".join(self.text[s:e] for s, e in cue)
        kind = kind_of(self.text, content, self.marks)
        act = (
            "say" if kind == "direct" else act_of(words, self.text[slice(*content[0])] if content else "")
        )  # whatever the verb, words in quotation marks were said
        return Draft(source, cue, content, kind, act, origin, strength)

    # --- what the encoder marked -------------------------------------------------------------------------------
    def attribution(self, a: Attribution) -> None:
        """The drafts of one attribution: its own fragments, and apart from it quotations that stand for themselves."""
        a, subject = self._quoted_by(a)
        fragments = [self.mender.fragment(self.annotations.characters(m.words)) for m in a.contents]
        sure = [m.probability for m in a.contents]
        source, cue = subject or self.spans(a.source), self.spans(a.cue)
        source, fragments[0] = self.named(source, fragments[0])
        if source and cue and (self._nobody(source[0], cue[0]) or self._above(source[0], cue[0])):
            source = ()
        elif cue and not source:
            source = self.subject(cue[0])
        if a.cue is None:
            self.without_cue(a, fragments)
            return
        home = _paragraph_of(self.starts, cue[0][0])
        label = self.paragraphs[home].label
        if label is not None and cue[0][0] < label[1] + COLON:
            return  # the label of a turn and its colon: the turn is a statement already
        mine: list[int] = []
        others: list[int] = []
        for n, fragment in enumerate(fragments):
            there = _paragraph_of(self.starts, fragment[0])
            alone = not any(_paragraph_of(self.starts, f[0]) == home for f in fragments)
            (mine if there == home or alone or there in self.further else others).append(n)
        if self.paragraphs[home].kind == "turn":
            others = [n for n in others if self.paragraphs[_paragraph_of(self.starts, fragments[n][0])].kind != "turn"]
            mine = [n for n in mine if _paragraph_of(self.starts, fragments[n][0]) == home] or mine[:1]
        mine, after = self.split(mine, fragments, cue[0])
        others += after
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

    def _quoted_by(self, a: Attribution) -> tuple[Attribution, Spans]:
        """He was quoted as saying by the agency: he is the source, for whom the encoder may take the agency.

        The attribution without "by" in its cue and him in its content, and where he stands; else as it is, and nothing.
        """
        source, cue = self.spans(a.source), self.spans(a.cue)
        if not source or not cue or a.cue is None or source[0][0] < cue[0][1]:
            return a, ()
        begin = max(0, cue[0][0] - NEAR)
        subject = _SUBJECT.search(self.text[begin : cue[0][0]])
        if subject is None or not _QUOTED_BY.search(self.text[cue[0][0] : source[0][0]].rstrip()):
            return a, ()
        he = (begin + subject.start(1), begin + subject.end(1))
        told = [n for n, m in enumerate(a.contents) if not overlap(self.annotations.characters(m.words), he)]
        within = self.text[slice(*cue[0])].lower().endswith(" by")
        short = replace(a.cue, words=(a.cue.words[0], a.cue.words[1] - within))
        contents, links = tuple(a.contents[n] for n in told), tuple(a.content_links[n] for n in told)
        return (replace(a, cue=short, contents=contents, content_links=links), (he,)) if told else (a, ())

    def subject(self, cue: Span) -> Spans:
        """The name right before a cue that the encoder gave no source, with nothing but a time between: "Renn on Friday rejected"."""
        found = _SUBJECT_THEN.search(self.text, max(0, cue[0] - NEAR), cue[0])
        if found is None or _PASSIVE.search(self.text[slice(*cue)]) or found.span(1)[0] not in self.named_at:
            return ()
        return (found.span(1),)

    def _nobody(self, source: Span, cue: Span) -> bool:
        """Whether the source is the empty "it" of "it was reported that", or a kicker ("Interview: …")."""
        words = self.text[slice(*source)].casefold()
        return words in load("speakers")["kickers"] or (words == "it" and bool(_PASSIVE.search(self.text[slice(*cue)])))

    def _above(self, source: Span, cue: Span) -> bool:
        """Whether a source stands in a title or heading and its cue does not: a sentence has its own subject."""
        there = _paragraph_of(self.starts, source[0])
        return self.paragraphs[there].kind in ("title", "heading") and there != _paragraph_of(self.starts, cue[0])

    def named(self, source: Spans, content: Span) -> tuple[Spans, Span]:
        """A name that the encoder left at the head of the content: "according to the harbour master, Lia Renn, …"."""
        end = self.persons.get(content[0])
        if source and end and self.text[source[-1][1] : content[0]] == ", " and self.text[end : end + 2] == ", ":
            return (*source[:-1], (source[-1][0], end)), (end + 2, content[1])
        return source, content

    def split(self, mine: list[int], fragments: Sequence[Span], cue: Span) -> tuple[list[int], list[int]]:
        """Take off a quotation that stands as its own sentence after an indirect statement: Renn said it was so. “…”."""
        for k in range(1, len(mine)):
            before, here = fragments[mine[k - 1]], fragments[mine[k]]
            gap = self.text[before[1] : here[0]]
            kinds = [kind_of(self.text, (span,), self.marks) for span in (before, here)]
            if cue[1] <= before[0] and SENTENCE.fullmatch(gap) and kinds[0] != "direct" and kinds[1] == "direct":
                return mine[:k], mine[k:]
        return mine, []

    def without_cue(self, a: Attribution, fragments: Sequence[Span]) -> None:
        """A content whose cue the encoder did not tell.

        In this order: it is signed, goes on from the statement before, has an idle cue beside it, continues the speaker
        before, or is somebody's whom nothing names.
        """
        fragment, sure = fragments[0], a.contents[0].probability
        direct = kind_of(self.text, (fragment,), self.marks) == "direct"
        strength = (sure, a.content_links[0], 1.0, 1.0)
        if direct and (signed := self.signature(fragment)):
            self.drafts.append(self.draft((signed[1],), (signed[0],), (fragment,), "encoder", strength))
        elif direct and self.goes_on(fragment):
            d = self.drafts[-1]
            content = joined((*d.content, fragment), self.text)
            self.drafts[-1] = replace(d, content=content, kind=kind_of(self.text, content, self.marks))
        elif direct and (beside := self.beside(fragment)) is not None and beside.cue is not None:
            self.idle.remove(beside)
            strength = (sure, BESIDE, beside.source_link, beside.cue.probability)
            source, cue = self.spans(beside.source), self.spans(beside.cue)
            self.drafts.append(self.draft(source, cue, (fragment,), "encoder", strength))
        elif direct and self.speaker_before(fragment):
            self.drafts.append(self.draft((), (), (fragment,), "continued", strength))
        elif not direct and (cued := self.cued(fragment)) is not None and cued.cue is not None:
            self.idle.remove(cued)
            strength = (sure, BESIDE, cued.source_link, cued.cue.probability)
            cue = self.spans(cued.cue)
            self.drafts.append(self.draft(self.spans(cued.source) or self.subject(cue[0]), cue, (fragment,), "encoder", strength))
        elif direct or sure >= ALONE:
            self.drafts.append(self.draft((), (), (fragment,), "encoder", (sure, UNLINKED, 1.0, 1.0)))
        else:
            self.left.append(Left("no-cue", fragment, "reads like somebody's words, but nothing says whose"))

    def signature(self, fragment: Span) -> tuple[Span, Span] | None:
        """The dash and the name that sign a quotation: “…” ― Edda Kroll."""
        end = self.paragraphs[_paragraph_of(self.starts, fragment[0])].span[1]
        m = SIGNED.match(self.text, fragment[1], end)
        return (m.span(1), m.span(2)) if m else None

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

    def cued(self, fragment: Span) -> Attribution | None:
        """A cue without content right before a fragment, with nothing but a time between: "Renn said on Friday the gates …"."""
        for a in self.idle:
            if a.cue is None:
                continue
            end = self.annotations.characters(a.cue.words)[1]
            if end <= fragment[0] and _THEN.fullmatch(self.text, end, fragment[0]):
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
        """Quotations that no statement holds: they continue their speaker, or are left out."""
        taken = Stretches(f for d in self.drafts for f in d.content)
        left = Stretches(x.span for x in self.left)
        spoken = {n for d in self.drafts if d.act == "say" for f in d.content for n in self.over(f)}
        for q in self.marks:
            span = (q.start, q.end)
            held = taken.touching(span)
            if any(2 * overlap(f, span) > q.end - q.start for f in held) or self.mender.words(span) < LONG:
                continue
            here = _paragraph_of(self.starts, q.start)
            paragraph = self.paragraphs[here]
            whole = q.start - paragraph.span[0] <= 1 and paragraph.span[1] - q.end <= 1
            if whole and paragraph.kind in ("paragraph", "quote") and here - 1 in spoken:
                self.drafts.append(self.draft((), (), (span,), "continued", (0.9, 0.9, 1.0, 1.0)))
                spoken.add(here)
            elif not held and not left.touching(span):
                self.left.append(
                    Left("quotation", span, "stands in quotation marks, but nothing says whose words these are")
                )
        self.drafts.sort(key=lambda d: d.content[0])

    def over(self, span: Span) -> range:
        """Numbers of the paragraphs that a span touches."""
        return range(_paragraph_of(self.starts, span[0]), _paragraph_of(self.starts, span[1] - 1) + 1)

    def run_on(self) -> None:
        """Join what a quotation re-opened at each paragraph was cut into: one statement, by the cue that there is."""
        joiner = Joiner(self.text, self.starts, self.marks, self.drafts)
        for run in self.runs:
            joiner.join(run)
        self.drafts = sorted((d for d in joiner.drafts if d is not None), key=lambda d: d.content[0])

    def headlines(self) -> None:
        """Headlines that attribute their words by a colon or a dash, where the encoder found nothing."""
        names = [
            self.annotations.characters(m.words) for m in self.annotations.names if m.kind in ("person", "organisation")
        ]
        for paragraph in self.paragraphs:
            if paragraph.kind not in ("title", "heading"):
                continue
            found = headline(self.text, paragraph.span, names)
            if found is None:
                continue
            held = [d for d in self.drafts if any(overlap(f, paragraph.span) for f in d.content)]
            if any(d.source for d in held):
                continue
            self.drafts = [d for d in self.drafts if d not in held]
            self.left = [x for x in self.left if not overlap(x.span, paragraph.span)]
            source, cue, content = found
            self.drafts.append(self.draft((source,), (cue,), (self.mender.trim(content),), "headline", (0.9, 0.9, 0.9, 0.9)))
        self.drafts.sort(key=lambda d: d.content[0])

    def silent(self) -> None:
        """Take out what the page says was not said."""
        self.drafts = sorted((with_subject(self.text, d) for d in self.drafts), key=lambda d: d.content[0])
        reasons = [(d, unsaid(self.text, d)) for d in self.drafts]
        self.drafts = [d for d, reason in reasons if not reason]
        self.left += [Left("unsaid", (d.content[0][0], d.content[-1][1]), reason) for d, reason in reasons if reason]

    def turns(self) -> None:
        """Each turn of a transcript is one statement of its label, with the paragraphs that go on below it."""
        labelled = [n for n, p in enumerate(self.paragraphs) if p.kind == "turn" and p.label is not None]
        transcript = 2 * len(labelled) >= sum(p.kind in ("turn", "paragraph") for p in self.paragraphs)
        for k, n in enumerate(labelled):
            following = labelled[k + 1] if k + 1 < len(labelled) else n + 1
            below = [p for p in self.paragraphs[n + 1 : following] if p.kind in ("paragraph", "quote", "list")]
            self.turn(self.paragraphs[n], [p.span for p in below] if transcript else [])

    def turn(self, paragraph: Paragraph, below: Sequence[Span]) -> None:
        """One turn; ``below``: paragraphs without a label of their own before the next turn."""
        if paragraph.label is None:
            return
        mark = TURN.match(self.text, paragraph.label[1], paragraph.span[1])
        cue: Spans = (mark.span(1),) if mark else ()
        content = self.mender.trim((mark.end() if mark else paragraph.label[1], paragraph.span[1]))
        if content[1] > content[0]:
            fragments = (content, *(self.mender.trim(span) for span in below))
            self.drafts.append(self.draft((paragraph.label,), cue, fragments, "turn", (0.95, 1.0, 1.0, 1.0)))


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
    builder = Builder(page, annotations, marks)
    builder.turns()
    for attribution in annotations.attributions:
        if attribution.contents:
            builder.attribution(attribution)
    builder.drafts = [d for d in builder.drafts if d.content and d.content[0][1] > d.content[0][0]]
    builder.drafts.sort(key=lambda d: d.content[0])
    builder.run_on()
    builder.quotations()
    builder.headlines()
    builder.silent()
    for a in builder.idle:
        if a.cue is not None and a.cue.probability > 0.5:
            span = annotations.characters(a.cue.words)
            builder.left.append(Left("cue", span, "reads like a reporting word, but no words said go with it"))
    left = [x for x in builder.left if WORD.search(page.view.text, *x.span)]
    return Drafts(_nested(builder.drafts), tuple(sorted(left, key=lambda x: x.span)))
