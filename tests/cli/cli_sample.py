"""Hand-made readings about an invented place, for the tests of the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

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
    Span,
    Speaker,
    Statement,
    Unreadable,
)

MADE = MadeBy("0.1.0", "0" * 64, "hand 1")

BRIDGE = """Toll on Tarn Bridge to end in May, mayor says

By Odo Quill

Mira Halden, the mayor of Tarn, said the toll on the bridge would end in May. “We have paid for it twice,” she told \
Radio Fell, “and nobody pays a third time.” The ferry guild and the harbour office warned that boats would stand idle.

Northwire reported that Captain Ivo Brandt had called the plan “half-baked”. “Who mends the piers?” it was asked at \
the meeting. The guild hopes to keep its summer timetable.

The bridge was opened eleven years ago.

Subscribe to our newsletter! Le pont ne sera plus payant."""


@dataclass
class Page:
    """Builds one reading: every place is given by its words, ``nth`` where they stand more than once."""

    document: Document
    title: str = ""
    speakers: dict[str, Speaker] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    headlines: list[Statement] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    @property
    def id(self) -> str:
        return identity.document_id(self.document)

    def at(self, words: str, nth: int = 0, text: str = "") -> Span:
        text = text or self.document.text
        start = -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        return start, start + len(words)

    def speaker(self, name: str, kind: Any = "person", mention: str = "", roles: tuple[str, ...] = ()) -> str:
        span = self.at(mention or name)
        made = Speaker(
            identity.speaker_id(self.id, span), name, kind, (span,), tuple(Role(r, self.at(r)) for r in roles)
        )
        self.speakers[made.id] = made
        return made.id

    def say(self, content: list[str], cue: str, source: str, speaker: str | None, **more: Any) -> str:
        headline = more.pop("headline", False)
        text = self.title if headline else self.document.text
        places = tuple(self.at(words, text=text) for words in content)
        came = (self.at(source, text=text),) if source else ()
        more["chain"] = tuple(Hop(name, kind, self.at(name)) for name, kind in more.get("chain", ()))
        made = Statement(
            identity.statement_id(self.id, places, came, "headline" if headline else ""),
            source=came,
            cue=(self.at(cue, text=text),) if cue else (),
            content=places,
            speaker=speaker,
            **{"kind": "indirect", "confidence": 0.9, "speaker_confidence": 0.8 if speaker else 0.0, **more},
        )
        (self.headlines if headline else self.statements).append(made)
        return made.id

    def figure(self, words: str, low: float | None, high: float | None, **more: Any) -> None:
        span = self.at(words)
        self.figures.append(Figure(identity.figure_id(self.id, span), span, low, high, **more))

    def reading(self, findings: tuple[Finding, ...] = (), dropped: tuple[Dropped, ...] = ()) -> Reading:
        return Reading(
            self.id,
            identity.text_id(self.document.text),
            self.document,
            MADE,
            Headline(self.title, tuple(self.headlines)) if self.title else None,
            tuple(self.statements),
            tuple(self.speakers.values()),
            figures=tuple(self.figures),
            voices=(("unsure", (0, 46)), ("own", (46, len(self.document.text)))) if self.figures else (),
            findings=findings,
            dropped=dropped,
        )


def bridge() -> Reading:
    """A page with every kind of thing: fragments, nesting, a chain, joint and open speakers, a wish, figures, furniture."""
    kinds = ["title", "byline", "paragraph", "paragraph", "paragraph", "furniture"]
    blocks, start = [], 0
    for kind, part in zip(kinds, BRIDGE.split("\n\n"), strict=True):
        blocks.append(Block(kind, (start, start + len(part))))  # type: ignore[arg-type]
        start += len(part) + 2
    page = Page(
        Document(
            "bridge.txt", BRIDGE, "Toll on Tarn Bridge to end in May, mayor says", "Tarn Courier", "Odo Quill",
            "https://courier.example/bridge", "en", Published("2031-04-09"), blocks=tuple(blocks),
        )
    )  # fmt: skip
    halden = page.speaker("Mira Halden", roles=("the mayor of Tarn",))
    guild = page.speaker("ferry guild", "organisation")
    office = page.speaker("harbour office", "organisation")
    wire = page.speaker("Northwire", "organisation")
    brandt = page.speaker("Ivo Brandt", mention="Captain Ivo Brandt", roles=("Captain",))
    page.say(["Toll on Tarn Bridge to end in May"], "says", "mayor", halden)
    page.say(["the toll on the bridge would end in May"], "said", "Mira Halden", halden, confidence=0.97)
    paid = page.say(["“We have paid for it twice,”", "“and nobody pays a third time.”"], "told", "she", halden,
                    kind="direct", chain=[("Radio Fell", "outlet")], stance="neutral", speaker_reason="last-speaker")  # fmt: skip
    page.say(["that boats would stand idle"], "warned", "The ferry guild and the harbour office", guild, joint=(office,),
             stance="warn", speaker_reason="name")  # fmt: skip
    outer = page.say(["that Captain Ivo Brandt had called the plan “half-baked”"], "reported", "Northwire", wire)
    page.say(["the plan “half-baked”"], "had called", "Captain Ivo Brandt", brandt, kind="mixed", within=outer,
             chain=[("Northwire", "outlet"), ("the meeting", "occasion")])  # fmt: skip
    page.say(["“Who mends the piers?”"], "it was asked", "", None, kind="direct", speaker_reason="no-candidate")
    page.say(["to keep its summer timetable"], "hopes", "The guild", guild, act="want")
    page.figure("twice", 2, 2, counted="paid for it", statement=paid)
    page.figure("eleven years", 11, 11, counted="The bridge was opened", unit="duration", as_of="2031-04")
    filler = page.at("Subscribe to our newsletter!")
    french = page.at("Le pont ne sera plus payant.")
    return page.reading(
        (Finding("furniture", "Filler text of a page template stands on the page.", (filler,)),),
        (
            Dropped("language-unsupported", french, "This sentence is in French."),
            Dropped("cue", page.at("opened"), "reads like a reporting word"),
        ),
    )


HOSTILE = (
    "Clear \x1b[2J\x9b31m\x07 and \u202egnp.exe\u202c said.\n\n"
    "=1+1 \ud800 end\t“=cmd|'/c calc'!A1” said @Ana\u2028.\r\nDone."
)


def hostile() -> Reading:
    """A page whose text would do things to a terminal and a spreadsheet."""
    page = Page(Document("=hostile\x1b[1m.txt", HOSTILE, outlet="\u202eevil"))
    ana = page.speaker("@Ana\u2028", "group")
    page.say(["“=cmd|'/c calc'!A1”"], "said", "@Ana\u2028", ana, kind="direct")
    return page.reading((Finding("hidden-text", "Words \x1b[8m hidden.", (page.at("\x1b[2J"),)),))


def headline() -> Reading:
    """A page whose title does not stand in its text and is read on its own."""
    text = "Boats lay in the harbour on Friday. Ruta Vend said: “Not a single one leaves.”"
    title, month = "Guild: no boats on Friday", Published("2031-05", "month")
    page = Page(Document("ferry:1", text, title, "The Lantern", published=month), title)
    vend = page.speaker("Ruta Vend")
    page.say(["no boats on Friday"], ":", "Guild", None, headline=True, speaker_reason="no-candidate")
    said = page.say(["“Not a single one leaves.”"], "said", "Ruta Vend", vend, kind="direct")
    page.figure("Not a single one", 0, 0, qualifier="Not a single one", event="missing", statement=said)
    return page.reading()


def readings() -> list[Reading]:
    return [bridge(), headline(), hostile()]


SCAN = Unreadable(
    "scan.pdf", "no-text-layer", "There is no text in it, only pictures: run OCR over it first.", "news/scan.pdf"
)
