"""How one statement came about, as a few facts, each under its label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from sayso.cli.render import Screen, one_line, screen
from sayso.cli.render_decisions import said
from sayso.cli.render_figures import amount
from sayso.cli.render_rows import OPEN
from sayso.cli.render_text import FAINT, STRONG, cut, line, put, short, wrapped
from sayso.speakers import Weighed
from sayso.tables import load
from sayso.web.explaining import Beside, Place, Why

LABEL = 12
SNIPPET = 160
"""Cells of the words of another statement."""


Fact = tuple[str, str, str]
"""A label, what there is to say, and places or ids behind it."""


def _words(role: str, places: Sequence[Place]) -> Iterator[Fact]:
    for place in places:
        yield role, place.words, f"{place.start}-{place.end}"
    if not places:
        yield role, "none", ""


def _beside(label: str, each: Beside) -> Fact:
    words = f"{each.speaker} · {each.cue} · {each.content}" if each.cue else f"{each.speaker} · {each.content}"
    return label, cut(one_line(words), SNIPPET), short(each.id)


def _speaker(found: Why) -> str:
    if not found.speaker:
        return f"{OPEN} {found.because.speaker}"
    names = " + ".join((found.speaker, *found.joint))
    return f"{names}, {found.speaker_kind}. {found.because.speaker}"


def _facts(found: Why) -> Iterator[Fact]:
    """All facts in order; a label stands only before the first of its kind."""
    yield from _words("content", found.content)
    yield from _words("source", found.source)
    yield from _words("cue", found.cue)
    yield "kind", f"{found.kind}: {found.because.kind}", ""
    yield "act", f"{found.act}: {found.because.act}", ""
    yield "stance", f"{found.stance}: {found.because.stance}" if found.stance else found.because.stance, ""
    yield "speaker", _speaker(found), found.speaker_reason
    yield "sure", f"{found.confidence:.2f} that the statement is right with its source", ""
    if found.speaker:
        yield "sure", f"{found.speaker_confidence:.2f} that the speaker is", ""
    for number, hop in enumerate(found.chain, 1):
        yield "chain", f"{number}. {hop.name}, {hop.kind}: “{hop.words}”", f"{hop.start}-{hop.end}"
    if found.within:
        yield _beside("told within", found.within)
    yield from (_beside("holds", each) for each in found.holds)
    for held in found.figures:
        much, place = amount(held.figure, held.words), f"{held.start}-{held.end}"
        yield "figure", f"{much}: {held.counted}" if held.counted else much, place
    for row in found.decisions:
        note = f": {row.note}" if row.note else ""
        yield "decided", f"{said(row)}, by {row.reviewer} on {row.at[:10]}{note}", f"{short(row.id)} {row.state}"


def _weighed(weighed: Sequence[Weighed]) -> Iterator[Fact]:
    """The winner and the runner-up, each with the evidence; of the runner-up also what the winner had and it lacked."""
    told = load("reasons")["evidence"]
    for place, each in zip(("best", "runner-up"), weighed, strict=False):
        pieces = [f"{told.get(name, name)} {weight:.2f}" for name, weight in each.evidence]
        fact = f"{each.name}, {each.total:.2f}: {'; '.join(pieces)}"
        held = {name for name, _ in each.evidence}
        lacks = [told.get(name, name) for name, _ in weighed[0].evidence if name not in held]
        yield place, f"{fact}. Not so: {'; '.join(lacks)}" if lacks else fact, ""
    if len(weighed) == 1:
        yield "runner-up", "none: nobody else could be meant", ""


def why_lines(found: Why, shown: Screen, weighed: Sequence[Weighed] = ()) -> Iterator[Text]:
    """The statement's place, then the facts. Offsets of a headline of its own count in the headline."""
    where = [found.document, found.outlet, found.published, "the headline" if found.part == "headline" else ""]
    head = line((found.id, STRONG), (f"  {' · '.join(one_line(part) for part in where if part)}", FAINT))
    yield from wrapped(head, shown, indent=2, first=0)
    before = ""
    for label, fact, behind in (*_facts(found), *_weighed(weighed)):
        told = "" if label == before else label
        whole = line(one_line(fact), (f"  {one_line(behind)}" if behind else "", FAINT))
        first, *more = wrapped(whole, shown, indent=LABEL, first=0)
        yield line((f"{told:<{LABEL}}", FAINT), first)
        yield from more
        before = label


def put_why(found: Why, weighed: Sequence[Weighed] = ()) -> None:
    """The facts to standard output; ``weighed``: the best two of those who were weighed as the speaker."""
    shown = screen()
    put(why_lines(found, shown, weighed), shown)
