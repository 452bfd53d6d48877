"""Readings made by hand, hard to count in: emoji, combining marks, right-to-left script, CR LF, controls, formulas."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from sayso import identity
from sayso.export import ALL, FORMATS, Filters, Origin
from sayso.export.pages import Page, page_of
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
    SourceFile,
    Span,
    Speaker,
    Statement,
)

MADE = MadeBy("0.1.0", "ab" * 32, "onnxruntime 1.31.1", "plain 1", code="c0de")
ORIGIN = Origin("1e" * 32)

EMOJI = (
    "🚢 Ferry 👩‍👩‍👧 “stays in port” 🛟, says the guild\r\n\r\n"
    "Zoë̋ Ardalán, a captain 🧭, said “the 𝕭𝖗𝖎𝖉𝖌𝖊 is closed,” and told Radio Fell: “we 🥶 wait\r\nfor “news”.” "
    "👩🏽‍🚀 More than 1,200 people 👥 waited, she said.\r\n"
)
ARABIC = (
    "قالت ليلى حدّاد إنّ «الجسر مغلق 🌉». \u200fوأضافت: «ننتظر».\n"
    "Layla Haddad said that שָׁלוֹם was \u2067مرحبا\u2069 her word\u2028and no more. 12 boats 🚤 waited.\n"
)
FORMULA = (
    "=HYPERLINK(\"x\") is what @clerk of Tarn said. +49 was \t'=1+1' he noted\x00\x1b[2J\x85.\n"
    "'=cmd, said a man in the crowd.\n-5 degrees <b>&amp; snow</b> ]]> said Ivo “Brandt” & Sons.\n"
)


class Builder:
    """One reading: places are given by their words, ``nth`` where they stand more than once."""

    def __init__(self, name: str, text: str, title: str = "", **more: Any) -> None:
        self.document = Document(name=name, text=text, title=title, extractor="plain 1", **more)
        self.id = identity.document_id(self.document)
        self.title = title
        self.speakers: list[Speaker] = []
        self.statements: list[Statement] = []
        self.figures: list[Figure] = []
        self.heads: list[Statement] = []
        self.head_figures: list[Figure] = []

    def at(self, words: str, nth: int = 0, part: str = "text") -> Span:
        text = self.title if part == "headline" else self.document.text
        start = -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        return start, start + len(words)

    def speaker(self, name: str, kind: Any = "person", roles: tuple[str, ...] = (), mentions: tuple[str, ...] = (),
                part: str = "text") -> str:  # fmt: skip
        places = tuple(self.at(m, part=part) for m in mentions or (name,))
        made = Speaker(
            identity.speaker_id(self.id, places[0], "headline" if part == "headline" else ""), name, kind, places,
            tuple(Role(r, self.at(r)) for r in roles),
        )  # fmt: skip
        self.speakers.append(made)
        return made.id

    def say(self, content: list[str], cue: str, source: str, speaker: str | None, part: str = "text", **more: Any) -> str:
        places = tuple(self.at(words, part=part) for words in content)
        came = (self.at(source, part=part),) if source else ()
        more["chain"] = tuple(Hop(name, kind, self.at(name, part=part)) for name, kind in more.get("chain", ()))
        made = Statement(
            identity.statement_id(self.id, places, came, "headline" if part == "headline" else ""),
            source=came, cue=(self.at(cue, part=part),) if cue else (), content=places, speaker=speaker,
            **{"kind": "indirect", "confidence": 0.9, "speaker_confidence": 0.8 if speaker else 0.0, **more},
        )  # fmt: skip
        (self.heads if part == "headline" else self.statements).append(made)
        return made.id

    def figure(self, words: str, low: float | None, high: float | None, part: str = "text", **more: Any) -> None:
        span = self.at(words, part=part)
        own = identity.figure_id(self.id, span, "headline" if part == "headline" else "")
        (self.head_figures if part == "headline" else self.figures).append(Figure(own, span, low, high, **more))

    def reading(self, *findings: Finding, **more: Any) -> Reading:
        head = Headline(self.title, tuple(self.heads), tuple(self.head_figures)) if self.heads or self.head_figures else None
        return Reading(
            self.id, identity.text_id(self.document.text), self.document, MADE, head, tuple(self.statements),
            tuple(self.speakers), tuple(self.figures), findings=findings,
            voices=(("own", (0, len(self.document.text))),), **more,
        )  # fmt: skip


def ferry() -> Reading:
    """Emoji with joiners and skin tones, letters with combining marks, letters above U+FFFF, CR LF inside a quotation."""
    page = Builder(
        "news/ferry 🚢.txt", EMOJI, "🚢 Ferry 👩‍👩‍👧 “stays in port” 🛟, says the guild", outlet="Tarn Courier 📰",
        byline="By Odo Quill", url="https://courier.example/ferry?a=1&b={2}", language="en",
        published=Published("2031-04-09"), file=SourceFile("news/ferry.txt", "fe" * 32, 400, "text/plain"),
        blocks=(Block("title", (0, 40)),), extra=(("desk", "=north"),),
    )  # fmt: skip
    zoe = page.speaker("Zoë̋ Ardalán", roles=("a captain 🧭",))
    guild = page.speaker("guild", "organisation")
    page.say(["“the 𝕭𝖗𝖎𝖉𝖌𝖊 is closed,”", "“we 🥶 wait\r\nfor “news”.”"], "said", "Zoë̋ Ardalán", zoe, kind="direct",
             chain=[("Radio Fell", "outlet")], joint=(guild,), stance="affirm")  # fmt: skip
    inner = page.say(["👩🏽‍🚀 More than 1,200 people 👥 waited"], "she said", "she", zoe, within=page.statements[0].id)
    page.say(["“stays in port” 🛟"], "says", "guild", guild, kind="mixed", act="want")
    page.figure("More than 1,200 people 👥", 1200, None, qualifier="More than", counted="people 👥", statement=inner,
                event="displaced", who="people 👥", place="Fell", as_of="2031-04")  # fmt: skip
    return page.reading(Finding("furniture", "“🚢 Ferry” is filler.", (page.at("🚢 Ferry"), page.at("🧭"))))


def layla() -> Reading:
    """Right-to-left words with points, marks and isolates; a headline of its own; a statement over a line separator."""
    page = Builder(
        "layla.txt", ARABIC, "قالت 🌉 ليلى: «الجسر مغلق 🌉», 7 boats wait", outlet="Varn Daily", language="ar",
        published=Published("XXXX-11-03", "day", "dateline"),
    )  # fmt: skip
    arabic = page.speaker("ليلى حدّاد", mentions=("ليلى حدّاد", "Layla Haddad"))
    headline = page.speaker("ليلى", part="headline")
    page.say(["«الجسر مغلق 🌉»"], "قالت", "ليلى حدّاد", arabic, kind="direct")
    page.say(["that שָׁלוֹם was \u2067مرحبا\u2069 her word\u2028and no more"], "said", "Layla Haddad", arabic)
    page.say(["«ننتظر»"], "وأضافت", "", None, kind="direct", speaker_reason="no-candidate")
    page.say(["«الجسر مغلق 🌉»"], "قالت", "ليلى", headline, part="headline", kind="direct")
    page.figure("12 boats 🚤", 12, 12, counted="boats 🚤")
    page.figure("7 boats", 7, 7, part="headline", counted="boats")
    return page.reading(dropped=(Dropped("doubtful", (0, 4), "a word of the page: قالت"),))


def clerk() -> Reading:
    """Cells that a spreadsheet would run, controls that XML cannot hold, marks of every kind of markup."""
    page = Builder("=clerk.txt", FORMULA, "=2+2 & <b>{100%} of_it</b>", outlet="@Outlet", byline="+By A_B & {C}",
                   url="", published=Published("2031", "year"))  # fmt: skip
    who = page.speaker("@clerk of Tarn", "organisation", roles=("=HYPERLINK",))
    man = page.speaker("man in the crowd", "anonymous")
    sons = page.speaker("Ivo “Brandt” & Sons", "organisation")
    page.say(["=HYPERLINK(\"x\")"], "said", "@clerk of Tarn", who)
    page.say(["+49 was \t'=1+1'"], "noted", "he", who, stance="doubt")
    page.say(["'=cmd,"], "said", "a man in the crowd", man)
    page.say(["-5 degrees <b>&amp; snow</b> ]]>"], "said", "Ivo “Brandt” & Sons", sons, act="think")
    page.figure("-5 degrees", -5, -5, unit="other")
    return page.reading(Finding("hidden-text", "=odd", ((0, 3),)))


READINGS = (ferry(), layla(), clerk())
EVERYTHING = Filters(all_acts=True)


def pages(filters: Filters = EVERYTHING, *, words: bool = True) -> Iterator[Page]:
    for reading in sorted(READINGS, key=lambda r: r.document.name):
        page = page_of(reading, filters, words=words)
        if page is not None:
            yield page


def made(form: str, filters: Filters = EVERYTHING, *, words: bool = True) -> bytes:
    """What a format writes for the hard pages."""
    out = io.BytesIO()
    FORMATS[form].write(pages(filters, words=words), out, Origin("1e" * 32, filters, words))
    return out.getvalue()


def members(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def statements() -> dict[str, tuple[Page, str, Statement]]:
    """Every statement by its id, with the part that it stands in."""
    return {s.id: (page, part, s) for page in pages() for part, s in page.statements()}


def figures() -> dict[str, tuple[Page, str, Figure]]:
    return {f.id: (page, part, f) for page in pages() for part, f in page.figures()}


def words_of(identity: str) -> list[str]:
    """The fragments of a statement's content, cut by its own offsets from its own text."""
    page, part, s = statements()[identity]
    return [page.texts[part][start:end] for start, end in s.content]


def fragments() -> int:
    """How many stretches of content, source and cue there are in all."""
    return sum(len(s.content) + len(s.source) + len(s.cue) for _, _, s in statements().values())


def loads(raw: bytes) -> Any:
    return json.loads(raw.decode("utf-8"))


__all__ = ["ALL", "EVERYTHING", "ORIGIN", "READINGS", "figures", "fragments", "loads", "made", "members", "pages", "statements", "words_of"]
