"""Pages whose every voice is known: a page is put together piece by piece, and what is used where is written down with it.

Places, people and outlets are invented.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from sayso import identity
from sayso.pile.voices import Carried
from sayso.records import (
    Block,
    BlockKind,
    Document,
    Headline,
    MadeBy,
    Published,
    Reading,
    Span,
    Speaker,
    Statement,
    StatementKind,
    Voice,
)

MADE_BY = MadeBy("0.1.0", "5e" * 32, "onnxruntime 1.31.1", "plain 1")
OUTLETS = ("The Orrin Post", "Varn Daily", "Fell Today")
AGENCY = "Kestrel"
WORD = "wrecker"
FORMS = ("wrecker", "wreckers", "Wreckers", "wrecker's")
PHRASE = "salt tax"
PEOPLE = ("Nadja Orrin", "Tomas Rehn", "Ada Quill", "Lena Ostrova")
FILLER = (
    "the boats lay idle",
    "rain fell on the quay",
    "nobody slept in Fell",
    "the lamps were lit",
    "a bell rang twice",
)


@dataclass
class Made:
    """One page while it grows. ``known`` counts (word, cell, denied); ``by`` counts (word, speaker, how)."""

    outlet: str
    draw: random.Random
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    voices: list[tuple[Voice, Span]] = field(default_factory=list)
    statements: list[dict] = field(default_factory=list)
    known: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    by: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    headline: str = ""
    carried: list[Carried] = field(default_factory=list)

    def put(self, words: str, voice: Voice | None = "own") -> Span:
        """More text; tiles of one voice that touch are one."""
        start = len(self.text)
        self.text += words
        span = (start, len(self.text))
        if voice is not None:
            if self.voices and self.voices[-1][0] == voice and self.voices[-1][1][1] == start:
                self.voices[-1] = (voice, (self.voices[-1][1][0], span[1]))
            else:
                self.voices.append((voice, span))
        return span

    def block(self, kind: BlockKind, start: int) -> None:
        """What was put since ``start`` is one block; a blank line follows."""
        self.blocks.append(Block(kind, (start, len(self.text))))
        self.text += "\n\n"

    def used(self) -> tuple[str, str, bool]:
        """Words that hold a term: as they are put, the term, and whether it is denied."""
        which, filler = self.draw.random(), self.draw.choice(FILLER)
        if which < 0.4:
            return f"{filler} for the {self.draw.choice(FORMS)} of Fell", WORD, False
        if which < 0.55:
            return f"{filler} and there was no {self.draw.choice(FORMS)} in Fell", WORD, True
        if which < 0.75:
            return (
                f"{filler} under the salt{self.draw.choice((' ', chr(10), '-'))}{self.draw.choice(('tax', 'taxes'))}",
                PHRASE,
                False,
            )
        if which < 0.85:
            return f"{filler}, without any salt tax at all", PHRASE, True
        return filler, "", False

    def know(self, term: str, cell: str, denied: bool, speaker: str = "", how: str = "") -> None:
        """Write down one use."""
        if term:
            self.known[term, cell, denied] += 1
            if how:
                self.by[term, speaker, "denied" if denied else how] += 1

    # --- pieces ---

    def own(self) -> None:
        start = len(self.text)
        words, term, denied = self.used()
        self.put(f"On that day {words}.")
        self.block("paragraph", start)
        self.know(term, "own", denied)

    def said(self, kind: StatementKind) -> None:
        """A statement: direct, told, or told with a few words in marks."""
        start, person = len(self.text), self.draw.randrange(len(PEOPLE))
        words, term, denied = self.used()
        how = {"direct": "direct", "indirect": "indirect", "mixed": self.draw.choice(("direct", "indirect"))}[kind]
        if kind == "direct":
            content = self.put(f"“{words},”", "statement")
            self.put(f" said {PEOPLE[person]}.")
        else:
            self.put(f"{PEOPLE[person]} said ")
            if kind == "indirect":
                content = self.put(f"that {words}", "statement")
            elif how == "direct":
                content = self.put(f"that it was true that “{words}”", "statement")
            else:
                content = self.put(f"that {words} and “all was well”", "statement")
            self.put(".")
        self.block("paragraph", start)
        self.statements.append({"kind": kind, "content": (content,), "speaker": person, "start": start})
        self.know(term, how, denied, PEOPLE[person], how)

    def told_within(self) -> None:
        """A says that B said: the words of the inner statement are B's."""
        start, outer, inner = len(self.text), 0, 1
        words, term, denied = self.used()
        self.put(f"{PEOPLE[outer]} said ")
        a = len(self.text)
        own, own_term, own_denied = self.used()
        self.put(f"that {own} and that {PEOPLE[inner]} had said ", "statement")
        content = self.put(f"that {words}", "statement")
        self.statements.append(
            {"kind": "indirect", "content": ((a, len(self.text)),), "speaker": outer, "start": start}
        )
        self.statements.append(
            {
                "kind": "indirect",
                "content": (content,),
                "speaker": inner,
                "start": a,
                "within": len(self.statements) - 1,
            }
        )
        self.put(".")
        self.block("paragraph", start)
        self.know(own_term, "indirect", own_denied, PEOPLE[outer], "indirect")
        self.know(term, "indirect", denied, PEOPLE[inner], "indirect")

    def bare(self, voice: Voice) -> None:
        """A few words merely in marks, or nobody's for sure."""
        start = len(self.text)
        words, term, denied = self.used()
        self.put("In Varn they speak of ")
        self.put(f"“{words}”" if voice == "quoted" else words, voice)
        self.put(" and go on.")
        self.block("paragraph", start)
        self.know(term, voice, denied)

    def title(self) -> None:
        start = len(self.text)
        words, term, denied = self.used()
        self.put(words.replace("\n", " "))
        self.block("title", start)
        self.know(term, "headline", denied)

    def menu(self) -> None:
        """Furniture: in no voice at all."""
        start = len(self.text)
        words, term, denied = self.used()
        self.put(f"Related: {words}", None)
        self.block("furniture", start)
        self.know(term, "aside", denied)

    def taken(self) -> None:
        """A paragraph that another page had first."""
        start = len(self.text)
        words, term, denied = self.used()
        self.put(f"In the harbour {words}.")
        self.block("paragraph", start)
        self.carried.append(
            Carried(
                (start, len(self.text) - 2), "Varn Daily" if self.outlet != "Varn Daily" else "Fell Today", "f" * 32
            )
        )
        self.know(term, "carried", denied)

    def apart(self) -> None:
        """A title that stands outside of the text."""
        words, term, denied = self.used()
        self.headline = words.replace("\n", " ")
        self.know(term, "headline", denied)


PIECES = {
    "own": Made.own, "direct": lambda m: m.said("direct"), "told": lambda m: m.said("indirect"),
    "mixed": lambda m: m.said("mixed"), "within": Made.told_within, "quoted": lambda m: m.bare("quoted"),
    "unsure": lambda m: m.bare("unsure"), "menu": Made.menu, "taken": Made.taken,
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A page with what is known of it. ``credited``: its own words are the agency's."""

    reading: Reading
    known: Counter[tuple[str, str, bool]]
    by: Counter[tuple[str, str, str]]
    carried: tuple[Carried, ...]


def page(number: int, seed: str = "pages") -> Known:
    """Page ``number``: the same in every run."""
    draw = random.Random(f"{seed} {number}")
    made = Made(draw.choice(OUTLETS), draw)
    if draw.random() < 0.5:
        made.title()
    else:
        made.apart()
    credited = draw.random() < 0.2
    if credited:
        start = len(made.text)
        made.put(f"FELL, 3 May ({AGENCY}) –", None)
        made.block("dateline", start)
    for _ in range(draw.randrange(4, 12)):
        PIECES[draw.choice(sorted(PIECES))](made)
    return Known(
        _reading(made, number), _credited(made.known) if credited else made.known, made.by, tuple(made.carried)
    )


def _credited(known: Counter[tuple[str, str, bool]]) -> Counter[tuple[str, str, bool]]:
    moved: Counter[tuple[str, str, bool]] = Counter()
    for (term, cell, denied), count in known.items():
        moved[term, "carried" if cell == "own" else cell, denied] += count
    return moved


def _reading(made: Made, number: int) -> Reading:
    day = Published(f"2031-{1 + number % 12:02}-{1 + number % 28:02}")
    document = Document(
        f"page-{number}.txt",
        made.text,
        made.headline,
        made.outlet,
        published=day,
        language="en",
        blocks=tuple(made.blocks),
    )
    own = identity.document_id(document)
    speakers = tuple(Speaker(f"{n:032x}", name, "person", ()) for n, name in enumerate(PEOPLE))
    ids = [identity.statement_id(own, s["content"], ((s["start"], s["start"] + 1),)) for s in made.statements]
    statements = tuple(
        Statement(
            ids[n], s["kind"], ((s["start"], s["start"] + 1),), (), s["content"], speaker=speakers[s["speaker"]].id,
            within=ids[s["within"]] if "within" in s else None,
        )
        for n, s in enumerate(made.statements)
    )  # fmt: skip
    headline = Headline(made.headline) if made.headline else None
    return Reading(
        own, identity.text_id(made.text), document, MADE_BY, headline, statements, speakers, voices=tuple(made.voices)
    )
