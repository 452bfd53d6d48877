"""Making decisions: what a person says about a reading, as a record that finds its words again.

A wrong wish (words that are not on the page, a speaker who is not there) is a UsageError that says what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from sayso.decisions.anchors import MOST, places, quote, quotes
from sayso.decisions.applying import likest
from sayso.decisions.labelling import label_of
from sayso.decisions.page import PARTS, named_at, speaker_part
from sayso.decisions.records import ACROSS, Across, Action, Decision, Standing, Who
from sayso.errors import UsageError
from sayso.quotes import all_quotations
from sayso.records import Act, Reading, Spans, Speaker, SpeakerKind, Statement, StatementKind

OPEN = "-"
"""The name that leaves open who speaks."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different. None leaves a thing as it is.

    ``content``, ``source`` and ``cue`` are spans of the text; an empty tuple takes the source or cue away. ``speaker``
    is the id or the very name of a speaker of the page, or a new name, or ``"-"`` where it stays open who speaks.
    """

    content: Spans | None = None
    source: Spans | None = None
    cue: Spans | None = None
    kind: StatementKind | None = None
    act: Act | None = None
    speaker: str | None = None
    speaker_kind: SpeakerKind | None = None
    part: str = "text"
    label: str = ""


def change_of(
    reading: Reading,
    *,
    content: Sequence[str] = (),
    source: Sequence[str] = (),
    cue: Sequence[str] = (),
    part: str = "text",
    near: int | None = None,
) -> dict[str, Spans]:
    """Words as spans of the text (or of the headline): the fields of a :class:`Change`.

    Each must stand there, white space of any kind for any other, and in one place; where it stands in several, the one
    nearest to ``near`` is meant, or to the content. Raises UsageError, which says how often the words are there.
    """
    found: dict[str, Spans] = {}
    text = reading.headline.text if part == "headline" and reading.headline else reading.document.text
    about = near
    for role, fragments in (("content", content), ("source", source), ("cue", cue)):
        if fragments:
            found[role] = tuple(_only(text, words, about) for words in fragments if words)
            about = found[role][0][0] if about is None and found[role] else about
    return found


def _only(text: str, words: str, about: int | None) -> tuple[int, int]:
    """The one place of words; the one nearest to ``about`` where that is given."""
    there = places(words, text)
    if not there:
        raise UsageError(f"these words do not stand on the page, letter by letter: {words!r}")
    if len(there) > 1 and about is None:
        many = f"{MOST} times or more" if len(there) > MOST else f"{len(there)} times"
        raise UsageError(f"these words stand on the page {many}; give more of them: {words!r}")
    return min(there, key=lambda span: abs(span[0] - (about or 0)))


def make(
    action: Action,
    reading: Reading,
    targets: Sequence[str],
    change: Change = Change(),
    *,
    reviewer: str,
    at: str,
    note: str = "",
    observed: Reading | None = None,
) -> Decision:
    """A decision about a reading as it stands now; ``observed`` is what the machine read, where that is another.

    ``targets`` are ids: of one statement (accept, reject, speaker, span, kind, note), of two speakers or more (merge,
    the one that stays first), of a speaker and then its statements that go (split), of a statement or a speaker (label);
    none to add a statement.
    Raises UsageError where that cannot be.
    """
    if not reviewer.strip():
        raise UsageError("a decision needs the name of who takes it")
    if action not in _MAKERS:
        raise UsageError(f"{action!r} is no decision; these are: {', '.join(_MAKERS)}")
    blank = Decision(action, reading.id, reviewer, at, note)
    return _MAKERS[action](blank, _Stage(reading, observed or reading), tuple(targets), change)


def across(
    action: Across, one: tuple[Reading, str], other: tuple[Reading, str], *, reviewer: str, at: str, note: str = ""
) -> Decision:
    """A decision about speakers of two pages, each a reading with the id or the very name of a speaker.

    ``same-person``: the two are one; ``other-person``: the second is somebody else than the first, with whom all others
    stay. Raises UsageError where that cannot be.
    """
    if not reviewer.strip():
        raise UsageError("a decision needs the name of who takes it")
    if action not in ACROSS:
        raise UsageError(f"{action!r} is no decision about two pages; these are: {', '.join(ACROSS)}")
    (mine, first), (yours, second) = one, other
    if mine.id == yours.id:
        raise UsageError(f"both speakers are of {mine.document.name}: decide merge or split there")
    who, whom = (stage.who(stage.speaker(name)) for stage, name in ((_Stage(mine, mine), first), (_Stage(yours, yours), second)))
    return Decision(action, mine.id, reviewer, at, note, speakers=(who, replace(whom, document=yours.id)))


def undoing(decision: Decision, *, reviewer: str, at: str, note: str = "") -> Decision:
    """The decision that undoes another."""
    if not reviewer.strip():
        raise UsageError("a decision needs the name of who takes it")
    return Decision("undo", decision.document, reviewer, at, note, undoes=decision.id)


class _Stage:
    """A reading, for looking things up by id and naming them by quotation."""

    def __init__(self, reading: Reading, observed: Reading) -> None:
        head = reading.headline
        self.reading, self.observed = reading, observed
        self.texts = {"text": reading.document.text, "headline": head.text if head else ""}
        self.statements = {s.id: ("text", s) for s in reading.statements}
        self.statements |= {s.id: ("headline", s) for s in (head.statements if head else ())}
        self.speakers = {s.id: s for s in reading.speakers}

    def statement(self, identity: str) -> tuple[str, Statement]:
        if identity not in self.statements:
            raise UsageError(f"no statement {identity} stands on {self.reading.document.name}")
        return self.statements[identity]

    def called(self, given: str) -> list[Speaker]:
        """The speakers of that id, of that very name, or whose id begins with those 6 digits or more."""
        if given in self.speakers:
            return [self.speakers[given]]
        named = [s for s in self.speakers.values() if s.name.casefold() == given.casefold()]
        is_id = len(given) >= 6 and not set(given) - set("0123456789abcdef")
        return named or [s for s in self.speakers.values() if is_id and s.id.startswith(given)]

    def speaker(self, identity: str) -> Speaker:
        """A speaker by id or by the very name."""
        named = self.called(identity)
        found = named[0] if len(named) == 1 else None
        if found is None:
            names = ", ".join(f"{s.name} ({s.id[:8]})" for s in self.speakers.values()) or "nobody"
            raise UsageError(f"no one speaker {identity!r} on {self.reading.document.name}; there speak: {names}")
        return found

    def who(self, speaker: Speaker) -> Who:
        part = speaker_part(self.reading, speaker)
        mention = quote(self.texts[part], speaker.mentions[0]) if speaker.mentions else None
        return Who(speaker.name, speaker.kind, mention, part)

    def standing(self, identity: str) -> Standing:
        """A statement of the reading in quotations."""
        part, s = self.statement(identity)
        return self.quoted(part, s)

    def _rests_on(self, part: str, s: Statement) -> str:
        """The decision that put the statement there; empty where the machine read it too."""
        head = self.observed.headline
        seen = self.observed.statements if part == "text" else head.statements if head else ()
        return s.decided[0] if s.decided and likest(seen, s.content, s.source, s.cue) is None else ""

    def quoted(self, part: str, s: Statement) -> Standing:
        """A statement, as it is or as it is to be, in quotations."""
        text = self.texts[part]
        return Standing(
            s.id, part, s.kind, s.act, quotes(text, s.source), quotes(text, s.cue), quotes(text, s.content),
            self.who(self.speakers[s.speaker]) if s.speaker in self.speakers else None,
            tuple(self.who(self.speakers[j]) for j in s.joint if j in self.speakers),
            s.speaker_reason, s.stance, s.confidence, s.speaker_confidence, self._rests_on(part, s),
        )  # fmt: skip

    def named(self, change: Change) -> Who | None:
        """The speaker that a change wishes for; one that is not there yet is named by the first place of the name."""
        name = (change.speaker or "").strip()
        if not name:
            raise UsageError(f"a speaker needs a name; {OPEN!r} leaves it open who speaks")
        if name == OPEN:
            return None
        named = self.called(name)
        if len(named) == 1:
            return self.who(named[0])
        if len(named) > 1:
            ids = ", ".join(s.id[:8] for s in named)
            raise UsageError(f"{len(named)} speakers of the page are called {name!r}; say which by its id ({ids})")
        text = self.texts[change.part]
        at = named_at(text, name)
        mention = quote(text, at) if at else None
        return Who(name, change.speaker_kind or "person", mention, change.part)


Maker = Callable[[Decision, _Stage, tuple[str, ...], Change], Decision]


def _one(targets: tuple[str, ...], what: str) -> str:
    if len(targets) != 1:
        raise UsageError(f"{what} wants one statement")
    return targets[0]


def _plain(blank: Decision, stage: _Stage, targets: tuple[str, ...], _: Change) -> Decision:
    """accept, reject, note."""
    standing = stage.standing(_one(targets, blank.action))
    if blank.action == "note" and not blank.note.strip():
        raise UsageError("a note needs words")
    to = standing if blank.action == "accept" else None
    return replace(blank, statements=(standing,), to=to)


def _speaker(blank: Decision, stage: _Stage, targets: tuple[str, ...], change: Change) -> Decision:
    part, _ = stage.statement(_one(targets, "speaker"))
    standing = stage.standing(targets[0])
    who = stage.named(replace(change, part=part))
    reason = "decided" if who else "decided-open"
    to = replace(standing, speaker=who, joint=(), speaker_reason=reason, speaker_confidence=1.0)
    return replace(blank, statements=(standing,), to=to)


def _kind(blank: Decision, stage: _Stage, targets: tuple[str, ...], change: Change) -> Decision:
    standing = stage.standing(_one(targets, "kind"))
    if change.kind is None and change.act is None:
        raise UsageError(f"a kind is one of {', '.join(get_args(StatementKind))}")
    kind, act = change.kind or standing.kind, change.act or standing.act
    if kind not in get_args(StatementKind) or act not in get_args(Act):
        kinds, acts = (", ".join(get_args(each)) for each in (StatementKind, Act))
        raise UsageError(f"a kind is one of {kinds}; an act one of {acts}")
    return replace(blank, statements=(standing,), to=replace(standing, kind=kind, act=act))


def kind_of(text: str, paragraphs: Sequence[tuple[int, int]], content: Spans) -> StatementKind:
    """Direct where every word of the content stands in quotation marks, mixed where some do, else indirect."""
    marks = [(q.start, q.end) for q in all_quotations(text, paragraphs)]
    inside = outside = False
    for start, end in content:
        for at in range(start, end):
            if text[at].isalnum():
                quoted = any(a <= at < b for a, b in marks)
                inside, outside = inside or quoted, outside or not quoted
    return "indirect" if not inside else "mixed" if outside else "direct"


def _checked(stage: _Stage, part: str, spans: Spans, role: str) -> Spans:
    """Spans in order, inside the text, not empty. Raises UsageError."""
    end, last = len(stage.texts[part]), 0
    for start, stop in spans:
        if not last <= start < stop <= end:
            raise UsageError(f"the {role} has a span ({start}, {stop}) outside its text of {end} characters, or not in order")
        last = stop
    if role == "content" and not spans:
        raise UsageError("a statement needs words")
    return spans


def _respanned(stage: _Stage, part: str, s: Statement, change: Change) -> Statement:
    """A statement with the spans (and the kind that follows from them) of a change."""
    def spans(role: str, wished: Spans | None, now: Spans) -> Spans:
        return now if wished is None else _checked(stage, part, wished, role)

    content = spans("content", change.content, s.content)
    s = replace(
        s, content=content, source=spans("source", change.source, s.source), cue=spans("cue", change.cue, s.cue)
    )  # fmt: skip
    paragraphs = [b.span for b in stage.reading.document.blocks] if part == "text" else [(0, len(stage.texts[part]))]
    kind = change.kind or (kind_of(stage.texts[part], paragraphs, s.content) if change.content is not None else s.kind)
    return replace(s, kind=kind, act=change.act or s.act)


def _span(blank: Decision, stage: _Stage, targets: tuple[str, ...], change: Change) -> Decision:
    part, s = stage.statement(_one(targets, "span"))
    if change.content is None and change.source is None and change.cue is None:
        raise UsageError("say which content, source or cue the statement has")
    wished = _respanned(stage, part, s, change)
    for where, other in stage.statements.values():
        if where == part and other.id != s.id and (other.content, other.source) == (wished.content, wished.source):
            raise UsageError(f"statement {other.id} has those very words and that source; reject {s.id} or {other.id} instead")
    to = stage.quoted(part, wished)
    return replace(blank, statements=(stage.standing(s.id),), to=to)


def _add(blank: Decision, stage: _Stage, targets: tuple[str, ...], change: Change) -> Decision:
    if targets:
        raise UsageError("a statement is added to a page, not to another statement")
    if change.part not in PARTS:
        raise UsageError(f"a statement stands in {' or '.join(PARTS)}, not in {change.part!r}")
    bare = Statement("", "indirect", (), (), (), change.act or "say", confidence=1.0, speaker_confidence=1.0)
    made = _respanned(stage, change.part, bare, replace(change, content=change.content or ()))
    who = None if change.speaker is None else stage.named(change)
    to = replace(stage.quoted(change.part, made), speaker=who, speaker_reason="decided" if who else "decided-open")
    return replace(blank, to=to)


def _merge(blank: Decision, stage: _Stage, targets: tuple[str, ...], _: Change) -> Decision:
    found = list({(s := stage.speaker(target)).id: s for target in targets}.values())
    if len(found) < 2:
        raise UsageError("to merge wants two speakers of one page or more, the one that stays first")
    return replace(blank, speakers=tuple(stage.who(s) for s in found))


def _split(blank: Decision, stage: _Stage, targets: tuple[str, ...], change: Change) -> Decision:
    if len(targets) < 2:
        raise UsageError("to split wants a speaker, and those of its statements that are another's")
    whole = stage.speaker(targets[0])
    for target in targets[1:]:
        _, s = stage.statement(target)
        if whole.id not in (s.speaker, *s.joint):
            raise UsageError(f"statement {s.id} is not by {whole.name}")
    name = (change.speaker or "").strip()
    if not name or name == OPEN:
        raise UsageError("say what the other speaker is called")
    new = Who(name, change.speaker_kind or whole.kind, None, speaker_part(stage.reading, whole))
    standing = tuple(stage.standing(target) for target in targets[1:])
    return replace(blank, statements=standing, speakers=(stage.who(whole), new))


def _label(blank: Decision, stage: _Stage, targets: tuple[str, ...], change: Change) -> Decision:
    target, label = _one(targets, "label"), label_of(change.label)
    if target in stage.statements:
        return replace(blank, label=label, statements=(stage.standing(target),))
    return replace(blank, label=label, speakers=(stage.who(stage.speaker(target)),))


_MAKERS: dict[str, Maker] = {
    "accept": _plain, "reject": _plain, "note": _plain, "speaker": _speaker, "kind": _kind, "span": _span,
    "add": _add, "merge": _merge, "split": _split, "label": _label,
}  # fmt: skip
