"""Any decision about any reading, drawn; and what must hold of every reading that decisions made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import strategies as st
from varn import MADE_BY  # noqa: F401  (puts the readings made by hand on the path)

from sayso import identity
from sayso.decisions import ACTIONS, Change, Decision, active, applied, make, undoing
from sayso.decisions.records import with_id
from sayso.errors import UsageError
from sayso.ledger.soundness import faults
from sayso.records import Reading, Span, Statement

AT = "2031-05-01T10:00:00+00:00"
ODD = "\0\ud800\ufdd0\u2400é “”\n%"
names = st.sampled_from(["Ida Maro", "Olga Brandt", "the council", "-", "", "\ud800\0", "a", "said"])
notes = st.text(st.sampled_from(ODD + "ab"), max_size=4)


def parts(reading: Reading) -> list[tuple[str, Statement]]:
    head = reading.headline.statements if reading.headline else ()
    return [*(("text", s) for s in reading.statements), *(("headline", s) for s in head)]


def spans_in(end: int, least: int = 0) -> st.SearchStrategy[tuple[Span, ...]]:
    """Fragments in order, inside a text, none empty."""
    edges = st.lists(st.integers(0, end), max_size=6, unique=True).map(sorted)
    pairs = edges.map(lambda e: tuple(zip(e[::2], e[1::2], strict=False)))
    return pairs.filter(lambda spans: len(spans) >= least)


@st.composite
def wishes(draw: st.DrawFn, reading: Reading) -> tuple[str, tuple[str, ...], Change]:
    """An action with targets that are there; it may still be refused."""
    action = draw(st.sampled_from([a for a in ACTIONS if a != "undo"]))
    there = [s.id for _, s in parts(reading)]
    people = [s.id for s in reading.speakers]
    part = draw(st.sampled_from(["text", "headline"]))
    end = len(reading.document.text if part == "text" else reading.headline.text if reading.headline else "")
    change = Change(
        content=draw(st.none() | spans_in(end)), source=draw(st.none() | spans_in(end)), cue=draw(st.none() | spans_in(end)),
        kind=draw(st.sampled_from(["direct", "indirect", "mixed"])), speaker=draw(names | st.sampled_from(people or [""])),
        speaker_kind=draw(st.sampled_from([None, "person", "organisation"])), part=part, label=draw(st.sampled_from(["", "a", "toll |"])),
    )  # fmt: skip
    if action == "add":
        targets: tuple[str, ...] = ()
    elif action == "merge":
        targets = tuple(draw(st.lists(st.sampled_from(people), min_size=2, max_size=3))) if people else ()
    elif action == "split":
        whole = draw(st.sampled_from(people)) if people else ""
        theirs = [s.id for _, s in parts(reading) if whole in (s.speaker, *s.joint)]
        targets = (whole, *draw(st.lists(st.sampled_from(theirs), min_size=1, max_size=2, unique=True))) if theirs else ()
    elif action == "label":
        targets = (draw(st.sampled_from([*there, *people])),) if there or people else ()
    else:
        targets = (draw(st.sampled_from(there)),) if there else ()
    return action, targets, change


@st.composite
def taken(draw: st.DrawFn, reading: Reading, most: int = 6) -> list[Decision]:
    """Decisions and undoings about a reading, each about what it was when it was taken."""
    out: list[Decision] = []
    for _ in range(draw(st.integers(1, most))):
        now, _said = applied(reading, active(out))
        if out and draw(st.integers(0, 3)) == 0:
            wish = undoing(draw(st.sampled_from(out)), reviewer="Ida Maro", at=AT)
        else:
            action, targets, change = draw(wishes(now))
            try:
                wish = make(
                    action, now, targets, change, reviewer="Ida Maro", at=AT, note=draw(notes) + ("!" if action == "note" else ""),
                    observed=reading,
                )  # type: ignore[arg-type]  # fmt: skip
            except UsageError:
                continue
        out.append(with_id(wish, len(out) + 1))
    return out


def wrong(reading: Reading) -> list[str]:
    """What does not hold of a reading."""
    found = list(faults(reading))
    for part, s in parts(reading):
        if s.id != identity.statement_id(reading.id, s.content, s.source, "" if part == "text" else part):
            found.append(f"{s.id} is no hash of its spans")
    for speaker in reading.speakers:
        if speaker.mentions:
            ids = {identity.speaker_id(reading.id, speaker.mentions[0], part) for part in ("", "headline")}
            if speaker.id not in ids:
                found.append(f"speaker {speaker.id} is no hash of its mention")
    return found


def doubled(reading: Reading) -> list[str]:
    """Statements that one person tells together with himself."""
    people = {s.id: [p for p in (s.speaker, *s.joint) if p] for _, s in parts(reading)}
    return [id_ for id_, some in people.items() if len(set(some)) < len(some)]


def circles(reading: Reading) -> list[str]:
    """Statements that are told within themselves."""
    outer = {s.id: s.within for _, s in parts(reading)}
    found = []
    for start in outer:
        at, seen = outer[start], {start}
        while at is not None and at not in seen:
            seen.add(at)
            at = outer.get(at)
        if at == start:
            found.append(start)
    return found


def as_set(reading: Reading) -> tuple[object, ...]:
    """A reading whatever the order of its lists."""
    def rows(some: Iterable[Statement]) -> list[str]:
        return sorted(repr(replace(s, decided=tuple(sorted(s.decided)))) for s in some)

    head = reading.headline
    return (
        rows(reading.statements), head and (rows(head.statements), sorted(map(repr, head.figures))),
        sorted(map(repr, reading.speakers)), sorted(map(repr, reading.figures)), sorted(map(repr, reading.dropped)),
        reading.voices, reading.findings, reading.dates,
    )  # fmt: skip
