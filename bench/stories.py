"""Invented readings for piles of any size: stories with pages of several outlets, put together without the encoder.

A story has a place, a date, some people, words of theirs, a death toll that grows, and pages that tell it: own wordings,
wire copy in cuts, statements direct here and indirect there. The number of pages a story has does not grow with the pile,
but sixty people speak in stories everywhere, and the words are those of English, as often as they come: so buckets do
grow.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import accumulate

from sayso import identity
from sayso.records import (
    Block,
    DateMention,
    Document,
    Figure,
    MadeBy,
    Published,
    Reading,
    Role,
    Span,
    Speaker,
    Statement,
    StatementKind,
    Voice,
)
from sayso.tables import load

MADE_BY = MadeBy("bench", "0" * 64, "none", "plain 1")
OUTLETS = tuple(f"The {town} {kind}" for town in ("Varn", "Ilse", "Kestrel", "Orrow", "Tamsin", "Lund", "Quay", "Brack")
                for kind in ("Post", "Courier", "Daily", "Wire", "Echo"))  # fmt: skip


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


ROLES = ("mayor", "a doctor", "minister of transport", "police chief", "a teacher", "spokeswoman", "a farmer", "engineer")  # fmt: skip
CUES = ("said", "told reporters", "wrote", "announced", "warned", "insisted")
KNOWN = 60
"""People who speak in stories of all kinds."""
TOPIC = 25
"""Rare words that a story is about; two words in five of its sentences are of them."""
RARE = 60
"""Tenths of bits from which a word of the table of common words is rare."""
PAGES = (1, 2, 1, 3, 8, 1, 2, 5, 1, 1, 13, 2, 1, 4, 1, 21, 1, 2, 6, 1, 3, 1, 34, 2, 1, 10)
"""How many pages the stories have, again and again: small piles are mixed like large ones, and only size differs."""


def _word(chance: random.Random) -> str:
    starts, ends = _split("b br d dr f g gr k l m n p pr r s st t tr v"), _split("l n r s t nd rk m")
    heart = "".join(chance.choice(starts) + chance.choice("aeiou") for _ in range(chance.randint(1, 2)))
    return heart + chance.choice(ends)


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """The table of common words, and how often each comes, added up: so often as its presence on a page tells."""
    counted = [(word, 2 ** -(int(tenths) / 10)) for tenths, words in load("english-frequency")["bits"].items()
               for word in words.split()]  # fmt: skip
    return [word for word, _ in counted], list(accumulate(often for _, often in counted))


@cache
def _rare() -> list[str]:
    table = load("english-frequency")["bits"]
    return [word for tenths, words in table.items() if int(tenths) >= RARE for word in words.split()]


def _person(seed: object) -> str:
    chance = random.Random(f"person {seed}")
    return f"{_word(chance).title()} {(_word(chance) + _word(chance)).title()}"


def _clause(chance: random.Random, topic: list[str], least: int = 10, most: int = 24) -> str:
    words, often = _vocabulary()
    picked = chance.choices(words, cum_weights=often, k=chance.randint(least, most))
    return " ".join(chance.choice(topic) if chance.random() < 0.4 else word for word in picked)


@dataclass(frozen=True, slots=True)
class Said:
    """What one of a story's people said: who (by number), the words, the number in them."""

    who: int
    words: str
    toll: int | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """What the pages of one story have in common."""

    number: int
    day: int
    place: str
    topic: list[str]
    people: tuple[tuple[str, str], ...]
    said: tuple[Said, ...]
    wire: tuple[str, ...]
    pages: int


def _story(number: int, long: int = 1) -> Story:
    chance = random.Random(f"story {number}")
    place = (_word(chance) + _word(chance)).title()
    topic = [*chance.sample(_rare(), TOPIC), place, (_word(chance) + _word(chance)).title()]
    people = []
    for n in range(chance.randint(2, 5)):
        who = f"known {chance.randrange(KNOWN)}" if chance.random() < 0.3 else f"{number} {n}"
        people.append((_person(who), chance.choice(ROLES)))
    said = [Said(chance.randrange(len(people)), _clause(chance, topic)) for _ in range(chance.randint(5, 12) * long)]
    toll = chance.randint(2, 90)
    for _ in range(chance.randint(0, 4)):
        toll += chance.randint(0, 40)
        said.append(Said(chance.randrange(len(people)), "", toll))
    wire = tuple(_clause(chance, topic, 18, 34) for _ in range(6))
    pages = PAGES[number % len(PAGES)]
    return Story(number, chance.randrange(1000), place, topic, tuple(people), tuple(said), wire, pages)


@dataclass(slots=True)
class _Sheet:
    """A page that is being written."""

    story: Story
    chance: random.Random
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    voices: list[tuple[Voice, Span]] = field(default_factory=list)
    mentions: dict[int, list[Span]] = field(default_factory=dict)
    roles: dict[int, list[Role]] = field(default_factory=dict)
    statements: list[tuple[Said, StatementKind, Span, Span, Span, Span | None]] = field(default_factory=list)

    def put(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return start, len(self.text)

    def own(self, words: str) -> None:
        span = self.put(words)
        self.blocks.append(Block("paragraph", span))
        self.voices.append(("own", span))
        self.put("\n\n")

    def say(self, said: Said) -> None:
        """One statement, direct or indirect, with its figure where it has one."""
        start, (name, role) = len(self.text), self.story.people[said.who]
        first = said.who not in self.mentions
        source = self.put(name if first else name.split()[1])
        self.mentions.setdefault(said.who, []).append(source)
        if first:
            self.put(", ")
            as_worded = self.put(role)
            self.roles.setdefault(said.who, []).append(Role(role, as_worded))
            self.put(",")
        self.put(" ")
        cue = self.put(self.chance.choice(CUES))
        direct = self.chance.random() < 0.5
        before = len(self.text)
        self.put(" “" if direct else " that ")
        content, figure = len(self.text) - (1 if direct else 5), None
        if said.toll is None:
            words = said.words.split()
            self.put(" ".join(words if self.chance.random() < 0.7 else words[: self.chance.randint(4, len(words))]))
        else:
            figure = self.put(f"{said.toll} people")
            self.put(f" were killed in {self.story.place}")
        self.put("”" if direct else "")
        span = (content, len(self.text))
        self.statements.append((said, "direct" if direct else "indirect", source, cue, span, figure))
        self.put(".")
        end = len(self.text)
        self.voices += [("own", (start, before)), ("statement", span), ("own", (span[1], end))]
        self.blocks.append(Block("paragraph", (start, end)))
        self.put("\n\n")


def _page(story: Story, number: int, long: int = 1) -> Reading:
    chance = random.Random(f"page {story.number} {number}")
    sheet = _Sheet(story, chance)
    month, day = divmod((story.day + chance.randrange(4)) % 1000 % 336, 28)
    date = f"{2031 + story.day // 336}-{month + 1:02}-{day + 1:02}"
    if chance.random() < 0.3:  # wire copy, with a lead of its own
        sheet.own(_clause(chance, story.topic).capitalize() + ".")
        for paragraph in story.wire[: chance.randint(3, 6)]:
            sheet.own(f"{paragraph.capitalize()} in {story.place}.")
    else:
        for _ in range(3):
            sheet.own(f"{_clause(chance, story.topic).capitalize()} in {story.place}.")
    for said in chance.sample(story.said, min(len(story.said), chance.randint(3, 7) * long)):
        sheet.say(said)
    document = Document(
        f"{story.number:06}-{number:03}.txt", sheet.text, outlet=chance.choice(OUTLETS), language="en",
        url=f"https://news.example/{story.number}/{number}", published=Published(date), blocks=tuple(sheet.blocks),
        extractor="plain 1",
    )  # fmt: skip
    return _reading(sheet, document)


def _figure(sheet: _Sheet, document: Document, own: str, toll: int, span: Span, statement: str) -> Figure:
    day = (document.published or Published("")).date
    return Figure(
        identity.figure_id(own, span), span, toll, toll, counted="people killed", event="killed", who="people",
        place=sheet.story.place, as_of=day, statement=statement,
    )  # fmt: skip


def _reading(sheet: _Sheet, document: Document) -> Reading:
    own = identity.document_id(document)
    speakers = {who: identity.speaker_id(own, spans[0]) for who, spans in sheet.mentions.items()}
    statements, figures = [], []
    for said, kind, source, cue, content, figure in sheet.statements:
        made = identity.statement_id(own, (content,), (source,))
        spoken = Statement(made, kind, (source,), (cue,), (content,), speaker=speakers[said.who], stance="neutral")
        statements.append(replace(spoken, confidence=0.95, speaker_confidence=0.9))
        if figure is not None and said.toll is not None:
            figures.append(_figure(sheet, document, own, said.toll, figure, made))
    people = sheet.story.people
    return Reading(
        own, identity.text_id(document.text), document, MADE_BY,
        statements=tuple(statements),
        speakers=tuple(
            Speaker(speakers[who], people[who][0], "person", tuple(spans), tuple(sheet.roles.get(who, ())))
            for who, spans in sheet.mentions.items()
        ),
        figures=tuple(figures),
        dates=(DateMention((0, 1), document.published.date, "day"),) if document.published else (),
        voices=tuple(sheet.voices),
    )  # fmt: skip


def readings(count: int, first: int = 0, *, long: int = 1) -> Iterator[Reading]:
    """So many readings, story after story, beginning with the story of this number; ``long`` times as much is said."""
    made, number = 0, first
    while made < count:
        story = _story(number, long)
        for page in range(min(story.pages, count - made)):
            yield _page(story, page, long)
        made += min(story.pages, count - made)
        number += 1
