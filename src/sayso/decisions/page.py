"""The working copy of one reading while decisions are carried out on it, and the reading it becomes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sayso import identity
from sayso.quotes import all_quotations
from sayso.records import (
    Dropped,
    Figure,
    Headline,
    Reading,
    Span,
    Spans,
    Speaker,
    SpeakerKind,
    Statement,
    Voice,
)
from sayso.voices import holders, voices_of

PARTS = ("text", "headline")
NOT_STATED = ("doubtful", "no-cue", "quotation", "unsaid")
"""Codes of what was dropped that could be a statement, and is one where a person says so."""


def part_name(part: str) -> str:
    """What a part of the page is called in an id: nothing for the text itself."""
    return "" if part == "text" else part


def speaker_part(reading: Reading, speaker: Speaker) -> str:
    """Where a speaker's offsets count: ``headline`` where the id was made from a mention there, else ``text``."""
    if reading.headline is None or not speaker.mentions:
        return "text"
    return "headline" if speaker.id == identity.speaker_id(reading.id, speaker.mentions[0], "headline") else "text"


def named_at(text: str, name: str) -> Span | None:
    """Where a text first has a name as a whole word; None where it has not."""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) if name else None
    return found.span() if found else None


class Page:
    """One reading, taken apart. ``before`` is what it was; methods change the copy, :meth:`reading` puts it together."""

    def __init__(self, reading: Reading) -> None:
        head = reading.headline
        self.before = reading
        self.statements: dict[str, list[Statement]] = {
            "text": list(reading.statements), "headline": list(head.statements if head else ()),
        }  # fmt: skip
        self.speakers: list[Speaker] = list(reading.speakers)
        self.rejected: list[Dropped] = []
        self._now: dict[str, str] = {}  # ids that were, to those they became
        self._gone: dict[str, str | None] = {}  # ids of statements taken away, to the one each was told within
        self._parts = {s.id: speaker_part(reading, s) for s in reading.speakers}
        self._changed = False

    def text(self, part: str) -> str:
        """The text that the offsets of a part count in."""
        if part == "text":
            return self.before.document.text
        return self.before.headline.text if self.before.headline else ""

    def part(self, part: str) -> Sequence[Statement]:
        """The statements of a part as they are now."""
        return self.statements[part]

    def speaker_part(self, speaker: Speaker) -> str:
        """Where a speaker's offsets count."""
        return self._parts[speaker.id]

    def renamed(self, statement: str) -> str:
        """The id that a statement has now; empty where it is gone."""
        for _ in range(len(self._now)):
            if statement not in self._now:
                break
            statement = self._now[statement]
        return "" if statement in self._gone else statement

    # --- statements ---

    def put(self, part: str, old: Statement | None, new: Statement) -> str:
        """Put a statement in the place of ``old``, or where its words come; its id, which follows from them.

        One that already stands with those words and that source becomes one with it, and leaves it its decisions.
        """
        head = part_name(part)
        new = replace(new, id=identity.statement_id(self.before.id, new.content, new.source, head))
        if new == old:
            return new.id
        self._changed = True
        was = old.id if old else ""
        for twin in [s for s in self.statements[part] if s.id == new.id and s.id != was]:
            within = twin.within if new.within == twin.id else new.within
            new = replace(new, within=within, decided=tuple(dict.fromkeys((*new.decided, *twin.decided))))
        rows = [s for s in self.statements[part] if s.id == was or s.id != new.id]
        at = next((n for n, s in enumerate(rows) if old is not None and s.id == old.id), None)
        if at is not None:
            rows[at] = new
        else:
            start = new.content[0][0]
            rows.insert(next((n for n, s in enumerate(rows) if s.content[0][0] > start), len(rows)), new)
        self.statements[part] = rows
        self._now.pop(new.id, None)
        self._gone.pop(new.id, None)
        if old is not None and old.id != new.id:
            self._now[old.id] = new.id
        return new.id

    def remove(self, part: str, statement: Statement) -> None:
        """Take a statement away; what was told within it is told within the one around it."""
        self._changed = True
        self.statements[part] = [s for s in self.statements[part] if s.id != statement.id]
        self._gone[statement.id] = statement.within

    def reject(self, part: str, statement: Statement, reason: str) -> None:
        """Take a statement away and list its words among what was dropped.

        Those of a headline are not listed: what was dropped has offsets in the text, and no part to say otherwise.
        """
        self.remove(part, statement)
        if part == "text":
            self.rejected.append(Dropped("rejected", _hull(statement.content), reason))

    # --- speakers ---

    def new_speaker(self, name: str, kind: SpeakerKind, part: str, mentions: Spans = ()) -> Speaker:
        """A speaker that was not there: with these mentions, or where the text first has the name, or with none."""
        taken = {s.id for s in self.speakers}
        if not mentions:
            at = named_at(self.text(part), name)
            mentions = (at,) if at else ()
        identity_ = identity.speaker_id(self.before.id, mentions[0] if mentions else None, part_name(part))
        if not mentions or identity_ in taken:
            mentions, part = (), "text"
            identity_ = identity.speaker_id(self.before.id, None, f"decided:{name}:{kind}")
        speaker = Speaker(identity_, name, kind, mentions)
        self._changed = True
        self._parts[identity_] = part
        self.speakers = [*(s for s in self.speakers if s.id != identity_), speaker]
        return speaker

    def _replace_speaker(self, old: Iterable[Speaker], new: Speaker, part: str) -> None:
        """Put one speaker in the place of others; every statement of theirs is now its."""
        gone = {s.id for s in old}
        self._changed = True
        self._parts[new.id] = part
        at = min(n for n, s in enumerate(self.speakers) if s.id in gone)
        rows = [s for s in self.speakers if s.id not in gone and s.id != new.id]
        self.speakers = [*rows[:at], new, *rows[at:]]
        for name in PARTS:
            self.statements[name] = [self._with(s, gone, new.id) for s in self.statements[name]]

    @staticmethod
    def _with(statement: Statement, gone: set[str], new: str) -> Statement:
        first = new if statement.speaker in gone else statement.speaker
        joint = tuple(dict.fromkeys(new if each in gone else each for each in statement.joint))
        return replace(statement, speaker=first, joint=tuple(each for each in joint if each != first))

    def _sited(self, speaker: Speaker, part: str, mentions: Spans, others: Iterable[Speaker]) -> Speaker:
        """The speaker with these mentions. One that somebody of ``others`` has for a first is theirs."""
        taken = {s.id for s in others}
        ids = [identity.speaker_id(self.before.id, mention, part_name(part)) for mention in mentions]
        first = next((n for n, id_ in enumerate(ids) if id_ not in taken), None)
        if first is None:
            id_ = identity.speaker_id(self.before.id, None, f"decided:{speaker.name}:{speaker.kind}")
            return replace(speaker, id=id_, mentions=())
        return replace(speaker, id=ids[first], mentions=mentions[first:])

    def merge(self, first: Speaker, others: Sequence[Speaker]) -> None:
        """Make several speakers one, which keeps the name and kind of the first."""
        every = [first, *(s for s in others if s.id != first.id)]
        if len(every) == 1:
            return
        part = "text" if any(self._parts[s.id] == "text" for s in every) else "headline"
        here = [s for s in every if self._parts[s.id] == part]
        mentions = tuple(sorted({m for s in here for m in s.mentions}))
        roles = tuple(dict.fromkeys(r for s in here for r in s.roles))
        others = [s for s in self.speakers if s not in every]
        self._replace_speaker(every, self._sited(replace(first, roles=roles), part, mentions, others), part)

    def split(
        self, whole: Speaker, name: str, kind: SpeakerKind, moved: Sequence[tuple[str, Statement]], decision: str
    ) -> None:
        """Give some statements of a speaker to another: the one of the page that has the name, or a new one.

        A new one gets the mentions in their sources and those of the name.
        """
        there = [s for s in self.speakers if s.name.casefold() == name.casefold() and s.id != whole.id]
        rest, new = (whole, there[0]) if len(there) == 1 else self._parted(whole, name, kind, moved)
        for where, statement in moved:
            now = next((s for s in self.statements[where] if s.id == self.renamed(statement.id)), None)
            if now is not None:
                is_his = rest.id in (now.speaker, *now.joint)
                swapped = self._with(now, {rest.id}, new.id) if is_his else replace(now, speaker=new.id, joint=())
                self.put(where, now, replace(swapped, speaker_reason="decided", decided=(*now.decided, decision)))

    def _parted(
        self, whole: Speaker, name: str, kind: SpeakerKind, moved: Sequence[tuple[str, Statement]]
    ) -> tuple[Speaker, Speaker]:
        """A speaker without the mentions that are another's, and that other one."""
        part = self._parts[whole.id]
        text = self.text(part)
        sources = [span for where, s in moved if where == part for span in s.source]
        mine = tuple(m for m in whole.mentions if _within(m, sources) or (name and name in text[m[0] : m[1]]))
        left = tuple(m for m in whole.mentions if m not in mine)
        if not left:
            mine, left = (), whole.mentions
        rest = self._sited(whole, part, left, [s for s in self.speakers if s != whole])
        self._replace_speaker([whole], rest, part)
        return rest, self.new_speaker(name, kind, part, mine)

    # --- the whole ---

    def reading(self) -> Reading:
        """The reading as it is now; the very one that came in where nothing changed."""
        if not self._changed:
            return self.before
        before = self.before
        text, head = (tuple(self._rehung(s) for s in self.statements[part]) for part in PARTS)
        used = {id_ for s in (*text, *head) for id_ in (s.speaker, *s.joint)}
        used |= {s.id for s in before.speakers} - _speaking(before)
        headline = before.headline
        if headline is not None:
            headline = Headline(headline.text, head, self._held(headline.figures, headline.statements, head))
        return replace(
            before,
            statements=text,
            headline=headline,
            speakers=tuple(s for s in self.speakers if s.id in used),
            figures=self._held(before.figures, before.statements, text),
            dropped=(*self._left_out(text), *self.rejected),
            voices=self._voices(text),
        )

    def _rehung(self, statement: Statement) -> Statement:
        """The statement, told within what is there now: where its outer one is gone, within the one around that."""
        within, looked = statement.within, 0
        while within is not None and not self.renamed(within) and looked <= len(self._gone):
            within, looked = self._gone.get(within), looked + 1
        now = (within and self.renamed(within)) or None
        now = None if now == statement.id else now
        return statement if now == statement.within else replace(statement, within=now)

    def _left_out(self, statements: Sequence[Statement]) -> tuple[Dropped, ...]:
        """What was seen and not read, without the words that a person made a statement of."""
        taken = {self._words(span) for s in statements if s.decided for span in (_hull(s.content), *s.content)}
        return tuple(
            d for d in self.before.dropped if d.code not in NOT_STATED or self._words(d.span) not in taken
        )  # fmt: skip

    def _words(self, span: Span) -> Span:
        """A span of the text from its first letter or digit to its last; as it is where it has none."""
        at = [n for n in range(*span) if self.text("text")[n].isalnum()]
        return (at[0], at[-1] + 1) if at else span

    def _voices(self, statements: Sequence[Statement]) -> tuple[tuple[Voice, Span], ...]:
        """The voices of the text, with what was taken from statements given to the quotation marks around it or nobody."""
        old = self.before.voices
        quoted = [span for voice, span in old if voice == "quoted"]
        unsure = [span for voice, span in old if voice == "unsure"]
        paragraphs = [b.span for b in self.before.document.blocks]
        marks = [(q.start, q.end) for q in all_quotations(self.text("text"), paragraphs) if q.closed]
        quoted += _shared(marks, [span for voice, span in old if voice == "statement"])
        content = [span for s in statements for span in s.content]
        return voices_of([span for _, span in old], content, quoted, unsure)

    def _held(
        self, figures: Sequence[Figure], before: Sequence[Statement], after: Sequence[Statement]
    ) -> tuple[Figure, ...]:
        """The figures, each with the statement that holds it now; as it was read where decisions changed nothing there."""
        if not figures:
            return ()
        out = []
        spans = [f.span for f in figures]
        for f, was, now in zip(figures, holders(spans, before), holders(spans, after), strict=True):
            as_read = f.statement and self.renamed(f.statement)
            same = (was and self.renamed(was)) == now and (as_read or not f.statement)
            out.append(replace(f, statement=as_read if same else now))
        return tuple(out)


def _speaking(reading: Reading) -> set[str | None]:
    """The ids of all who speak on a page."""
    head = reading.headline.statements if reading.headline else ()
    return {id_ for s in (*reading.statements, *head) for id_ in (s.speaker, *s.joint)}


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The same characters in spans that do not meet, in order."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _shared(some: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """The characters that are in both."""
    a, b = _apart(some), _apart(others)
    out, n, m = [], 0, 0
    while n < len(a) and m < len(b):
        start, end = max(a[n][0], b[m][0]), min(a[n][1], b[m][1])
        if start < end:
            out.append((start, end))
        if a[n][1] < b[m][1]:
            n += 1
        else:
            m += 1
    return out


def _hull(spans: Spans) -> Span:
    """From where the first fragment begins to where the last one ends."""
    return min(start for start, _ in spans), max(end for _, end in spans)


def _within(span: Span, others: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
