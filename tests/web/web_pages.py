"""Readings made by hand about an invented place, with one given string in every field that holds words of a page."""

from __future__ import annotations

import random

from sayso import identity
from sayso.records import (
    Block,
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
    Speaker,
    Statement,
)  # fmt: skip

MADE = MadeBy("0.1.0", "5e" * 32, "onnxruntime 1.31.1", "plain 1")


class Text:
    """A text that grows, and the spans of what was put into it."""

    def __init__(self) -> None:
        self.text = ""

    def put(self, words: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += words
        return start, len(self.text)


def own_words(number: int) -> str:
    """Words that no other number has, so that pages are not taken for copies of each other."""
    chance = random.Random(number)
    return " ".join("".join(chance.choices("bdfgklmnprst", k=3)) + chance.choice(("a", "ei", "ox")) for _ in range(6))


def page(number: int, words: str, *, day: str = "2031-04-09") -> Reading:
    """A page that says ``words`` wherever words can stand: twice as a statement, once in the headline, in every name."""
    text = Text()
    title = text.put(f"Of {words}")
    text.put("\n\n")
    start = len(text.text)
    source = text.put(f"Ana Ruhl, {words},")
    text.put(" ")
    cue = text.put("said")
    text.put(" in ")
    hop = text.put(f"the letter {words}")
    text.put(" ")
    content = (len(text.text), text.put(f"“{words} {own_words(number)} ")[1])
    figure = text.put(f"{40 + number} boats")
    inner = text.put(f", he warned, {words}")
    content = (content[0], text.put("”")[1])
    text.put(". Nothing more.\n\n")
    second = text.put(f"{own_words(-number)} {words}")
    text.put(", he said.\n")
    document = Document(
        f"varn/{number:03} {words}", text.text, title=f"Title {words}", outlet=f"Varn Daily {words}", byline=words,
        url=words if number % 2 else f"https://varn.example/{number}?{words}", language="en", published=Published(day),
        blocks=(Block("title", title), Block("paragraph", (start, second[0] - 2)), Block("quote", (second[0], len(text.text)))),
        extra=((words, words),), extractor="plain 1",
    )  # fmt: skip
    own = identity.document_id(document)
    head = f"Head {words}: {words}"
    head_content = ((5, len(head)),)
    ana = identity.speaker_id(own, source, "")
    ids = [identity.statement_id(own, spans, where, part) for spans, where, part in (
        ((content,), (source,), ""), ((inner,), (), ""), ((second,), (), ""), (head_content, (), "headline"),
    )]  # fmt: skip
    chain = (Hop(words, "document", hop),)
    statements = (
        Statement(
            ids[0], "direct", (source,), (cue,), (content,), "say", ana, (), "named", "warn", chain, None, 0.6, 0.9
        ),
        Statement(ids[1], "indirect", (), (cue,), (inner,), "say", ana, (), "named", None, (), ids[0], 0.5, 0.8),
        Statement(ids[2], "indirect", (), (), (second,), "say", None, (), f"odd {words}", None, (), None, 0.4, 0.0),
    )
    return Reading(
        own, identity.text_id(text.text), document, MADE,
        headline=Headline(head, (Statement(ids[3], "mixed", (), (), head_content, "say", ana, confidence=0.7),)),
        statements=statements,
        speakers=(Speaker(ana, f"Ana {words}", "person", (source,), (Role(f"mayor {words}", source),)),),
        figures=(
            Figure(identity.figure_id(own, figure, ""), figure, 40.0 + number, None, words, None, f"boats {words}", None,
                   who=words, place=words, as_of="2031-04-08", statement=ids[0]),
        ),
        findings=(Finding("name-variants", f"Two spellings: {words}", (source,)), Finding("date-missing", words)),
        dropped=(Dropped("doubtful", second, words),),
        voices=(("own", (0, content[0])), ("statement", content), ("own", (content[1], len(text.text)))),
    )  # fmt: skip
