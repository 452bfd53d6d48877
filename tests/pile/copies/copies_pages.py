"""Generated pages with known copies: stories of invented events, and what outlets make of them.

An event has its place, people and words that were said. A story tells an event in sentences of its own; two stories of one
event share its vocabulary, its quotations and a paragraph of background, and are no copies. Copies are cut, thinned, put in
another order, given a new headline and lead, reworded, mistyped, mixed with own text, or merged out of two stories. Every
sentence remembers which story it is from, so that what two pages truly share is known. The same seed gives the same pages.
"""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from sayso import identity
from sayso.layout import lay_out
from sayso.records import Document, MadeBy, Published, Reading

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("copies_words.toml").read_text(encoding="utf-8"))
MADE = MadeBy("0.1.0", "0" * 64, "made by hand")
TRUE, LEAST = 0.35, 40
"""Two pages are copies where sentences of one story are this share of the smaller page's own words, and so many words."""
CHANGES = ("cut", "thinned", "reordered", "reworded", "mistyped", "new lead", "added", "as it was")


@dataclass(frozen=True)
class Sentence:
    """One sentence: its words, the story that it is from and its number there (-1: quotation or background, nobody's)."""

    text: str
    story: int
    number: int

    @property
    def words(self) -> int:
        return len(self.text.split())


Paragraphs = tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True)
class Event:
    topic: str
    place: str
    other: str
    people: tuple[str, ...]
    quotes: tuple[str, ...]
    day: int


@dataclass(frozen=True)
class Page:
    """One generated page. ``made`` names what was done to the story; ``story`` is the one that most of it is from."""

    reading: Reading
    own: dict[tuple[int, int], int]
    made: tuple[str, ...]
    story: int

    @property
    def id(self) -> str:
        return self.reading.id


class Press:
    """Writes stories and copies, all from one random source."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.stories = 0

    def one(self, kind: str) -> str:
        found: str = self.random.choice(WORDS[kind])
        return found

    def of_topic(self, event: Event, kind: str) -> str:
        found: str = self.random.choice(WORDS["topics"][event.topic][kind])
        return found

    def event(self) -> Event:
        topic = self.random.choice(sorted(WORDS["topics"]))
        place, other = self.random.sample(WORDS["places"], 2)
        people = tuple(f"{self.one('first')} {self.one('last')}, the {self.one('roles')} of {place}" for _ in range(3))
        quotes = tuple(
            f"{self.one('claims')} {self.one('claim_ends').format(place=place, other=other)}" for _ in range(4)
        )
        return Event(topic, place, other, people, quotes, self.random.randrange(1, 26))

    def thing(self, event: Event) -> str:
        """What something was done to: a phrase of the topic, often with a quality or an addition of its own."""
        words = self.of_topic(event, "what")
        first, _, rest = words.partition(" ")
        if first in ("the", "a", "an", "old") and self.random.random() < 0.6:
            words = f"the {self.one('kinds')} {rest}"
        return f"{words} {self.one('tails')}" if self.random.random() < 0.5 else words

    def line(self, event: Event) -> str:
        """One sentence about an event, in words of its topic."""
        who, other = self.of_topic(event, "who"), self.of_topic(event, "who")
        did, does = self.of_topic(event, "did"), self.of_topic(event, "did")
        what, more = self.thing(event), self.thing(event)
        where = self.one("where").format(place=event.place, other=event.other)
        when, also, said = self.one("when"), self.one("also"), self.one("saying")
        counted, few = self.random.randrange(12, 900), self.random.randrange(3, 90)
        forms = (
            f"{who} {did} {what} {where} {when}",
            f"{when}, {who} {did} {what} and {does} {more}",
            f"{also} {said} that {who} {did} {what} {when}",
            f"{where}, {who} {did} {what}, {also} {said} {when}",
            f"{who} {did} {what}, while {other} {does} {more} {where}",
            f"of the {counted} households counted {where}, {who} {did} {few} {when}",
        )
        text = self.random.choice(forms)
        return f"{text[0].upper()}{text[1:]}."

    def story(self, event: Event, paragraphs: int) -> Paragraphs:
        """A story in its own sentences, with quotations of the event and now and then its topic's background."""
        number, count = self.stories, 0
        self.stories += 1
        made: list[tuple[Sentence, ...]] = []
        for _ in range(paragraphs):
            many = self.random.choice((1, 2, 2, 3))
            lines = [Sentence(self.line(event), number, count + at) for at in range(many)]
            count += many
            if self.random.random() < 0.35:
                quote, person = self.random.choice(event.quotes), self.random.choice(event.people)
                lines.append(Sentence(f"“{quote},” said {person}.", -1, -1))
            made.append(tuple(lines))
        if self.random.random() < 0.4:
            made.append((Sentence(WORDS["background"][event.topic], -1, -1),))
        return tuple(made)

    def page(self, event: Event, paragraphs: Paragraphs, made: tuple[str, ...], late: int, agency: str = "") -> Page:
        """Paragraphs as a page of some outlet: headline, dateline, text, the outlet's note."""
        outlet = self.one("outlets")
        credit = f" ({agency})" if agency else ""
        dateline = f"{event.place.upper()}, March {event.day}{credit} - "
        text = "\n\n".join(" ".join(line.text for line in paragraph) for paragraph in paragraphs)
        if agency or self.random.random() < 0.3:
            text = dateline + text
        if self.random.random() < 0.6:
            notes = WORDS["notes"]
            text += "\n\n" + notes[WORDS["outlets"].index(outlet) % len(notes)].format(outlet=outlet)
        name = f"page-{self.random.getrandbits(48):012x}"
        url = f"https://{outlet.split()[-1].lower()}.example/{name}"
        stamp = Published(f"2031-03-{event.day + late:02d}")
        title = self.line(event).rstrip(".")
        document = lay_out(Document(name, text, title, outlet, "", url, "en", stamp)).document
        own = {(line.story, line.number): line.words for each in paragraphs for line in each if line.story >= 0}
        shares: Counter[int] = Counter()
        for (story, _), words in own.items():
            shares[story] += words
        reading = Reading(identity.document_id(document), identity.text_id(text), document, MADE)
        return Page(reading, own, made, min(shares, key=lambda story: (-shares[story], story)))

    # --- what outlets do to a story ---

    def part(self, paragraphs: Paragraphs, least: float, most: float) -> int:
        return max(2, round(len(paragraphs) * self.random.uniform(least, most)))

    def typo(self, word: str) -> str:
        if len(word) < 4:
            return word
        at = self.random.randrange(1, len(word) - 1)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return self.random.choice((word[:at] + word[at + 1 :], swapped, word[:at] + word[at] + word[at:]))

    def each_word(self, paragraphs: Paragraphs, rate: float, change: Callable[[str], str]) -> Paragraphs:
        def changed(text: str) -> str:
            return " ".join(change(word) if self.random.random() < rate else word for word in text.split())

        return tuple(tuple(replace(line, text=changed(line.text)) for line in each) for each in paragraphs)

    def changed(self, change: str, event: Event, paragraphs: Paragraphs) -> Paragraphs:
        """A story after one of ``CHANGES``."""
        match change:
            case "cut":
                return paragraphs[: self.part(paragraphs, 0.4, 0.8)]
            case "thinned":
                keep = self.random.sample(range(len(paragraphs)), self.part(paragraphs, 0.65, 0.85))
                return tuple(paragraphs[at] for at in sorted(keep))
            case "reordered":
                return tuple(self.random.sample(paragraphs, len(paragraphs)))
            case "reworded":
                words = WORDS["synonyms"]
                return self.each_word(paragraphs, self.random.uniform(0.3, 0.9), lambda word: words.get(word, word))
            case "mistyped":
                return self.each_word(paragraphs, self.random.uniform(0.02, 0.06), self.typo)
            case "new lead":
                return (self.story(event, 1)[0], *paragraphs[1:])
            case "added":
                at = self.random.randrange(1, len(paragraphs) + 1)
                return (*paragraphs[:at], *self.story(event, max(1, len(paragraphs) // 3)), *paragraphs[at:])
        return paragraphs

    def copy(self, event: Event, paragraphs: Paragraphs) -> tuple[Paragraphs, tuple[str, ...]]:
        """One copy, after one to three changes."""
        chosen = sorted(self.random.sample(CHANGES, self.random.choice((1, 1, 2, 2, 3))))
        if "cut" in chosen and "thinned" in chosen:
            chosen.remove("thinned")
        for change in chosen:
            paragraphs = self.changed(change, event, paragraphs)
        return paragraphs, tuple(chosen)

    def merged(self, event: Event, first: Paragraphs, second: Paragraphs) -> Page:
        """A page out of the larger part of one story and a part of another."""
        head = first[: max(3, self.part(first, 0.7, 0.95))]
        rest = second[: max(2, round(len(head) * self.random.uniform(0.45, 0.75)))]
        return self.page(event, (*head, *rest), ("merged",), 3)


def pages(count: int, seed: int = 7) -> list[Page]:
    """``count`` pages: about a quarter are originals, the others copies; one in eighteen is merged."""
    press = Press(seed)
    out: list[Page] = []
    told: list[Paragraphs] = []
    while len(out) < count:
        event = press.event()
        for _ in range(press.random.choice((1, 1, 2, 3))):  # stories of one event that are not copies of each other
            story = press.story(event, press.random.randrange(5, 14))
            agency = press.random.choice(WORDS["agencies"])[1] if press.random.random() < 0.5 else ""
            out.append(press.page(event, story, ("original",), 0, agency))
            for _ in range(press.random.choice((0, 0, 1, 1, 2, 4, 7))):
                changed, made = press.copy(event, story)
                out.append(press.page(event, changed, made, press.random.randrange(0, 4), agency))
            if told and press.random.random() < 0.15:
                out.append(press.merged(event, story, press.random.choice(told)))
            told.append(story)
    return out[:count]


# --- what is true of them ---


def share(a: Page, b: Page) -> float:
    """How much of the smaller page two pages truly share, in words of sentences of one story; 0 where that is little."""
    both = sum(min(a.own[line], b.own[line]) for line in a.own.keys() & b.own.keys())
    return both / min(sum(a.own.values()), sum(b.own.values())) if both >= LEAST else 0.0


def true_pairs(made: list[Page]) -> set[tuple[str, str]]:
    """The pairs of pages (ids, in order) that are copies."""
    holding: dict[int, list[Page]] = {}
    for page in made:
        for story in {story for story, _ in page.own}:
            holding.setdefault(story, []).append(page)
    pairs = (pair for held in holding.values() for pair in combinations(held, 2))
    return {(min(a.id, b.id), max(a.id, b.id)) for a, b in pairs if share(a, b) >= TRUE}
