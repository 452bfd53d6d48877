"""Readings made by hand: `article` makes one from a number. Places and people are invented."""

from __future__ import annotations

import random
from dataclasses import replace

from sayso import identity
from sayso.records import (
    Block,
    DateMention,
    Document,
    Dropped,
    Figure,
    Finding,
    Headline,
    Hop,
    MadeBy,
    Published,
    Reading,
    Role,
    SourceFile,
    Span,
    Speaker,
    Statement,
)

MADE_BY = MadeBy("0.1.0", "5e" * 32, "onnxruntime 1.31.1", "plain 1")
NEWER = MadeBy("0.2.0", "6f" * 32, "onnxruntime 1.31.1", "plain 1")
PEOPLE = ("Olga Brandt", "Tomas Rehn", "Ada Quill", "Ívar Þór", "Yusuf Demirel-Lund", "Lena Ostrova")
OUTLETS = ("The Harbour Post", "Varn Daily", "Kestrel Wire")
TOPICS = (
    "the bridge over the Ilse",
    "the tram line",
    "the grain harvest",
    "the new school roof",
    "the ferry timetable",
)


class Page:
    """A text that grows, and the spans of what was put into it."""

    def __init__(self) -> None:
        self.text = ""

    def put(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return start, len(self.text)


def seal(
    document: Document,
    *,
    made_by: MadeBy = MADE_BY,
    statements: list[dict] | None = None,
    speakers: list[dict] | None = None,
    figures: list[dict] | None = None,
    headline: tuple[str, list[dict], list[dict]] | None = None,
    **rest: object,
) -> Reading:
    """A reading with proper ids; speakers and statements refer to each other by number in the lists given.

    Statements are numbered through: those of the headline follow those of the text.
    """
    own = identity.document_id(document)
    speaker_ids = [identity.speaker_id(own, s["mentions"][0] if s["mentions"] else None, s.pop("part", ""))
                   for s in speakers or []]  # fmt: skip
    head_text, head_statements, head_figures = headline or ("", [], [])
    of_text = [("", s) for s in statements or []]
    numbered = of_text + [("headline", s) for s in head_statements]
    ids = [identity.statement_id(own, s["content"], s["source"], part) for part, s in numbered]

    def statement(number: int) -> Statement:
        values = dict(numbered[number][1])
        for name in ("speaker", "within"):
            among = speaker_ids if name == "speaker" else ids
            values[name] = None if values.get(name) is None else among[values[name]]
        values["joint"] = tuple(speaker_ids[i] for i in values.get("joint", ()))
        return Statement(id=ids[number], **values)

    def figure(values: dict, part: str) -> Figure:
        inside = None if values.get("statement") is None else ids[values["statement"]]
        return Figure(**{**values, "statement": inside, "id": identity.figure_id(own, values["span"], part)})

    made = [statement(i) for i in range(len(numbered))]
    return Reading(
        id=own,
        text_id=identity.text_id(document.text),
        document=document,
        made_by=made_by,
        headline=headline and Headline(
            head_text, tuple(made[len(of_text):]), tuple(figure(f, "headline") for f in head_figures)
        ),
        statements=tuple(made[: len(of_text)]),
        speakers=tuple(Speaker(id=i, **s) for i, s in zip(speaker_ids, speakers or [], strict=True)),
        figures=tuple(figure(f, "") for f in figures or []),
        **rest,
    )  # fmt: skip


def article(number: int, *, statements: int = 4, made_by: MadeBy = MADE_BY, **document: object) -> Reading:
    """The same made-up article for the same number, with so many statements and some of everything else."""
    chance = random.Random(number)
    page, people = Page(), chance.sample(PEOPLE, min(3, statements))
    title = f"What was said about {chance.choice(TOPICS)}, part {number}"
    first = page.put(title)
    blocks = [Block("title", first)]
    said, voices, figures, mentions = [], [("own", first)], [], {name: [] for name in people}
    roles: dict[str, list[Role]] = {name: [] for name in people}
    for place in range(statements):
        page.put("\n\n")
        start, who = len(page.text), place if place < 3 else chance.randrange(3)
        source = page.put(people[who])
        mentions[people[who]].append(source)
        page.put(", ")
        role = page.put(chance.choice(("mayor of Varn", "a shop owner", "head of the tram board")))
        if not roles[people[who]]:
            roles[people[who]].append(Role(page.text[role[0] : role[1]], role))
        page.put(", ")
        cue = page.put(chance.choice(("said", "told", "wrote")))
        page.put(" ")
        hop = page.put("in a letter")
        page.put(" ")
        count = chance.randrange(10, 9000)
        content_start = len(page.text)
        page.put(f"“No. {place}: more than ")
        figure = page.put(f"{count} people")
        page.put(f" asked us about {chance.choice(TOPICS)}, and we could not answer them all in time”")
        content = (content_start, len(page.text))
        page.put(". Nobody else was there.")
        blocks.append(Block("paragraph", (start, len(page.text))))
        voices += [("statement", content), ("own", (content[1], len(page.text)))]
        said.append({
            "kind": "direct", "act": "think" if place % 10 == 9 else "say",
            "source": (source,), "cue": (cue,), "content": (content,), "speaker": who,
            "chain": (Hop("letter", "document", hop),) if place % 2 else (),
            "within": place - 1 if place % 4 == 3 else None, "confidence": 0.97, "speaker_confidence": 0.91,
        })  # fmt: skip
        if place % 3 == 0:
            figures.append({"span": figure, "low": float(count), "high": None, "qualifier": "more than",
                            "counted": "people who asked", "statement": place})  # fmt: skip
    named = [
        {"name": name, "kind": "person", "mentions": tuple(mentions[name]), "roles": tuple(roles[name])}
        for name in people
    ]
    date = f"2031-{number % 12 + 1:02}-{number % 28 + 1:02}"
    values: dict[str, object] = {
        "name": f"varn/{number:04}.txt", "title": title, "outlet": chance.choice(OUTLETS), "language": "en",
        "url": f"https://news.example/{number}", "published": Published(date),
        "file": SourceFile(f"pile/varn/{number:04}.txt", f"{number:064x}", 2000 + number, "text/plain"),
        "blocks": tuple(blocks), "extra": (("desk", "north"), ("batch", str(number))), "extractor": "plain 1",
    }  # fmt: skip
    return seal(
        Document(text=page.text, **{**values, **document}),
        made_by=made_by,
        statements=said,
        speakers=named,
        figures=figures,
        voices=tuple(voices),
        dates=(DateMention(first, "2031-04-02", "day"),),
        findings=(Finding("furniture", "A line of promotion stands in the text.", (first,)),),
        dropped=(Dropped("doubtful", first, "the attribution is under the threshold"),),
    )


def pile(size: int, statements: int = 4) -> list[Reading]:
    return [article(number, statements=statements) for number in range(size)]


def renamed(reading: Reading, **changes: object) -> Reading:
    """The same page with other metadata outside its identity."""
    changed = replace(reading, document=replace(reading.document, **changes))
    assert identity.document_id(changed.document) == reading.id
    return changed
