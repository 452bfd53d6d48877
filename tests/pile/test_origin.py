"""Who said something first: the rule that decides, case by case. All pages are invented."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from sayso import identity
from sayso.pile.origin import Originator, Origins, fold_all
from sayso.records import Block, Document, Figure, Hop, MadeBy, Reading, Role, Span, Speaker, Statement

MADE_BY = MadeBy("0.1.0", "5e" * 32, "onnxruntime 1.31.1", "plain 1")
KINDS: dict[str, Any] = {"#": "organisation", "~": "group", "?": "anonymous", "=": "document", "@": "author"}


@dataclass
class Page:
    """A page that is written line by line: who says what, and what is said within it."""

    outlet: str = ""
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    speakers: dict[str, tuple[str, Any, Span, tuple[Role, ...]]] = field(default_factory=dict)
    said: list[tuple[str, Span, Span, int | None, tuple[Hop, ...]]] = field(default_factory=list)
    figures: list[tuple[Span, int | None]] = field(default_factory=list)

    def put(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return start, len(self.text)

    def dateline(self, words: str) -> None:
        self.blocks.append(Block("dateline", self.put(words)))

    def speaker(self, name: str, *roles: str) -> str:
        """A speaker; the first letter tells its kind where it is no person."""
        kind, plain = KINDS.get(name[0], "person"), name.lstrip("".join(KINDS))
        at = self.put(plain)
        said = []
        for role in roles:
            self.put(", ")
            said.append(Role(role, self.put(role)))
        self.put(" was there. ")
        self.speakers[name] = (plain, kind, at, tuple(said))
        return name

    def say(self, name: str, words: str, *, via: tuple[Hop, ...] = ()) -> int:
        """A statement; its number."""
        source = self.put(name.lstrip("".join(KINDS)) or "somebody")
        self.put(" said ")
        self.said.append((name, source, self.put(words), None, via))
        self.put(". ")
        return len(self.said) - 1

    def carry(self, outer: str, inner: str, words: str) -> tuple[int, int]:
        """A statement that another carries whole: "TASS reported that Halden said …"."""
        source = self.put(outer.lstrip("".join(KINDS)))
        self.put(" reported that ")
        own = self.put(inner.lstrip("".join(KINDS)) or "somebody")
        self.put(" said ")
        content = self.put(words)
        self.put(". ")
        self.said.append((outer, source, (own[0], content[1]), None, ()))
        self.said.append((inner, own, content, len(self.said) - 1, ()))
        return len(self.said) - 2, len(self.said) - 1

    def count(self, words: str, statement: int | None = None) -> Figure:
        """A figure, in the words of a statement or outside."""
        span = self.put(words)
        self.put(". ")
        self.figures.append((span, statement))
        return Figure(
            f"{len(self.figures):032x}", span, 5, 5, statement=None if statement is None else f"{statement:032x}"
        )

    def read(self) -> Reading:
        document = Document("page", self.text, outlet=self.outlet, blocks=tuple(self.blocks), language="en")
        own = identity.document_id(document)
        ids = {name: identity.speaker_id(own, at) for name, (_, _, at, _) in self.speakers.items()}
        speakers = tuple(
            Speaker(ids[n], plain, kind, (at,), roles) for n, (plain, kind, at, roles) in self.speakers.items()
        )
        statements = tuple(
            Statement(f"{n:032x}", "indirect", (source,), ((source[1], source[1] + 6),), (content,), speaker=ids.get(name),
                      chain=via, within=None if within is None else f"{within:032x}")
            for n, (name, source, content, within, via) in enumerate(self.said)
        )  # fmt: skip
        figures = tuple(
            Figure(f"{n:032x}", span, 5, 5, statement=None if held is None else f"{held:032x}")
            for n, (span, held) in enumerate(self.figures, 1)
        )
        return Reading(
            own, identity.text_id(self.text), document, MADE_BY, statements=statements, speakers=speakers, figures=figures,
            voices=(("own", (0, len(self.text))),),
        )  # fmt: skip


def of(page: Page, number: int = -1, origins: Origins = Origins()) -> tuple[str, str, str]:  # noqa: B008
    """Sort, name and rule of the originator of a statement."""
    reading = page.read()
    found = origins.of_statement(reading, reading.statements[number])
    return found.sort, found.name, found.by


def test_a_person_by_name():
    page = Page("Varn Daily")
    page.say(page.speaker("Mira Halden"), "the ferry was late")
    assert of(page) == ("person", "Mira Halden", "speaker")


def test_an_outlet_that_carried_is_not_the_originator():
    page = Page("Varn Daily")
    page.carry(page.speaker("#Varn Wire"), page.speaker("Mira Halden"), "the ferry was late")
    page.say("Mira Halden", "so it was", via=(Hop("Varn Wire", "outlet", (0, 4)),))
    assert of(page, 0) == ("person", "Mira Halden", "inward")
    assert of(page, 1) == ("person", "Mira Halden", "speaker")


def test_an_agency_of_the_table_carries_too():
    page = Page("Varn Daily")
    page.carry(page.speaker("#AFP"), page.speaker("Mira Halden"), "the ferry was late")
    assert of(page, 0) == ("person", "Mira Halden", "inward")


def test_who_reports_another_by_name_says_so_himself():
    """What Halden says of the guild's words is Halden's; the guild's own words are the guild's."""
    page = Page("Varn Daily")
    page.carry(page.speaker("Mira Halden"), page.speaker("#Tarrow Ferry Guild"), "the ferry was late")
    assert of(page, 0) == ("person", "Mira Halden", "speaker")
    assert of(page, 1) == ("body", "Tarrow Ferry Guild", "speaker")


def test_the_last_who_is_named_stands_for_those_who_are_not():
    page = Page("Varn Daily")
    page.carry(page.speaker("Mira Halden"), page.speaker("?two officials"), "the ferry was late")
    assert of(page, 1) == ("person", "Mira Halden", "outward")


def test_a_description_where_nobody_is_named():
    page = Page("Varn Daily")
    page.carry(page.speaker("#AFP"), page.speaker("?two officials"), "the ferry was late")
    assert of(page, 0) == ("description", "two officials", "description")
    assert of(page, 1) == ("description", "two officials", "description")


def test_an_outlet_only_where_nobody_else_is_there():
    page = Page("Varn Daily")
    page.say(page.speaker("#AFP"), "the ferry was late")
    assert of(page) == ("outlet", "AFP", "carrier")


def test_a_document_only_where_nobody_else_is_there():
    page = Page("Varn Daily")
    page.say(page.speaker("=report"), "the ferry was late")
    assert of(page) == ("document", "report", "carrier")


@pytest.mark.parametrize(
    ("via", "expected"),
    [
        ((Hop("Radio Fell", "outlet", (0, 4)),), ("outlet", "Radio Fell", "hop")),
        ((Hop("letter", "document", (0, 4)),), ("document", "letter", "hop")),
        ((Hop("Telegram", "platform", (0, 4)),), ("open", "", "open")),
        ((Hop("meeting", "occasion", (0, 4)),), ("open", "", "open")),
        ((Hop("Radio Fell", "outlet", (0, 4)), Hop("Varn Wire", "outlet", (0, 4))), ("outlet", "Varn Wire", "hop")),
        ((), ("open", "", "open")),
    ],
)
def test_nobody_is_named_at_all(via: tuple[Hop, ...], expected: tuple[str, str, str]):
    """What carried it, the outermost carrier last in the chain; platforms and occasions say nothing by themselves."""
    page = Page("Varn Daily")
    page.say("", "the ferry was late", via=via)
    assert of(page) == expected


SPOKEN = [
    (
        "Ada Thane",
        ("spokeswoman for the River Guard",),
        "#River Guard",
        "River Guard",
        "spokesperson for a body that speaks there",
    ),
    ("Ada Thane", ("River Guard spokeswoman",), "#River Guard", "River Guard", "the body before the noun"),
    ("Ada Thane", ("the River Guard’s spokeswoman",), "#River Guard", "River Guard", "the body in the possessive"),
    ("Ada Thane", ("Major", "press officer of the River Guard"), "#River Guard", "River Guard", "one role of two"),
    (
        "Ada Thane",
        ("spokeswoman for the Norland River Guard",),
        "#River Guard",
        "Norland River Guard",
        "not exactly that body",
    ),
    ("?River Guard officials", (), "#River Guard", "River Guard", "officials of it, by description"),
    ("?official at the River Guard", (), "#River Guard", "River Guard", "an official at it"),
    ("~officials", (), "#River Guard", "officials", "officials of nobody"),
    ("Ada Thane", ("director of the River Guard",), "#River Guard", "Ada Thane", "who leads it speaks for herself"),
    ("Ada Thane", ("former spokeswoman",), "#River Guard", "Ada Thane", "no body is named"),
    ("Piers Lavent", ("spokesman for Anselm Rook",), "#River Guard", "Piers Lavent", "a person is no body"),
    ("Ada Thane", ("spokeswoman for the guild",), "#River Guard", "Ada Thane", "a common noun names no body"),
    ("Ada Thane", ("spokeswoman for River Guard and Ferry Guild",), "#River Guard", "Ada Thane", "two bodies are none"),
]


@pytest.mark.parametrize(("name", "roles", "there", "expected", "why"), SPOKEN, ids=[row[4] for row in SPOKEN])
def test_who_speaks_for_a_body(name: str, roles: tuple[str, ...], there: str, expected: str, why: str):
    page = Page("Varn Daily")
    page.speaker(there)
    page.say(page.speaker(name, *roles), "the ferry was late")
    assert of(page)[1] == expected, why


def test_a_spokeswoman_and_her_body_are_one_originator():
    page = Page("Varn Daily")
    page.say(page.speaker("#River Guard"), "the ferry was late")
    page.say(page.speaker("Ada Thane", "spokeswoman for the River Guard"), "the ferry was late")
    reading = page.read()
    first, second = (Origins().of_statement(reading, s) for s in reading.statements)
    assert first.key == second.key
    assert (first.by, second.by) == ("speaker", "spokesperson")


def test_one_person_across_pages_has_one_key():
    page = Page("Varn Daily")
    page.say(page.speaker("Mira Halden"), "the ferry was late")
    reading = page.read()
    origins = Origins(lambda document, speaker: "group x")
    assert origins.of_statement(reading, reading.statements[0]).key == "group x"


@pytest.mark.parametrize(
    ("outlet", "dateline", "copied", "expected"),
    [
        ("Varn Daily", "", "", ("Varn Daily", "own-voice")),
        ("Varn Daily", "TARN, May 3 (AFP) - ", "", ("AFP", "credit")),
        ("Varn Daily", "TARN, May 3 (Varn Daily) - ", "", ("Varn Daily", "own-voice")),
        ("Varn Daily", "", "Varn Wire", ("Varn Wire", "copy")),
        ("Varn Daily", "TARN, May 3 (AFP) - ", "Varn Wire", ("Varn Wire", "copy")),
        ("Varn Daily", "", "Varn Daily", ("Varn Daily", "own-voice")),
        ("", "", "", ("(page without outlet)", "nameless")),
    ],
)
def test_own_voice(outlet: str, dateline: str, copied: str, expected: tuple[str, str]):
    """The outlet's own, the agency's that it credits, or of whom it is a copy."""
    page = Page(outlet)
    if dateline:
        page.dateline(dateline)
    figure = page.count("five boats")
    found = Origins(copied=lambda _: copied).of_figure(page.read(), figure)
    assert (found.name, found.by) == expected


def test_a_figure_is_whose_statement_it_stands_in():
    page = Page("Varn Daily")
    number = page.say(page.speaker("Mira Halden"), "five boats were late")
    figure = page.count("five boats", number)
    found = Origins().of_figure(page.read(), figure)
    assert (found.name, found.by) == ("Mira Halden", "speaker")


def test_a_figure_in_doubtful_words_is_nobodys():
    page = Page("Varn Daily")
    figure = page.count("five boats")
    reading = replace(page.read(), voices=(("unsure", (0, len(page.text))),))
    found = Origins().of_figure(reading, figure)
    assert (found.sort, found.by) == ("open", "unsure-voice")


def test_what_the_author_says_is_the_page_s_own():
    page = Page("Varn Daily")
    page.say(page.speaker("@Odo Quill"), "we were there")
    assert of(page) == ("outlet", "Varn Daily", "own-voice")


def test_a_bare_surname_keeps_its_family():
    page = Page("Varn Daily")
    page.say(page.speaker("Halden"), "the ferry was late")
    page.say(page.speaker("Mira Halden"), "the ferry was late")
    reading = page.read()
    bare, full = (Origins().of_statement(reading, s) for s in reading.statements)
    assert bare.key != full.key
    assert bare.family == "halden"
    assert "halden" in full.families


def twice(name: str) -> tuple[Originator, Originator]:
    """The originators of what somebody of this name says on two pages of one outlet."""
    found = []
    for words in ("the ferry was late", "the ferry came"):
        page = Page("Varn Daily")
        page.say(page.speaker(name), words)
        reading = page.read()
        found.append(Origins().of_statement(reading, reading.statements[0]))
    return found[0], found[1]


@pytest.mark.parametrize(
    ("name", "one", "counted"),
    [
        ("Mira Halden", True, "person mira halden "),
        ("Halden", False, "surname halden"),
        ("?a resident", False, "description resident"),
        ("~officials", False, "description officials"),
        ("#River Guard", True, "body river guard"),
    ],
)
def test_who_may_be_one_across_pages_is_not_one_for_certain(name: str, one: bool, counted: str):
    """A bare surname or a description is another one's on another page, as far as is told, and is counted once."""
    a, b = twice(name)
    assert (a.key == b.key) is one
    assert a.counted == b.counted == counted


def test_a_text_whose_origin_is_open_is_one_originator():
    """Three outlets have a text of which nobody knows whose it is: its own voice is one."""
    found = []
    for outlet in ("Varn Daily", "Tarn Courier", ""):
        page = Page(outlet)
        figure = page.count("five boats")
        found.append(Origins(text=lambda _: "t").of_figure(page.read(), figure))
    assert {each.key for each in found} == {"text t"}
    credited = Page("Varn Daily")
    credited.dateline("TARN, May 3 (AFP) - ")
    figure = credited.count("five boats")
    assert Origins(text=lambda _: "t").of_figure(credited.read(), figure).name == "AFP"


def test_a_spokeswoman_speaks_for_the_body_that_other_pages_name():
    page = Page("Varn Daily")
    page.say(page.speaker("Ada Thane", "spokeswoman for the Norland River Guard"), "the ferry was late")
    reading = page.read()
    known = Origins(body=lambda name: f"group {name.casefold()}")
    assert known.of_statement(reading, reading.statements[0]).key == "group norland river guard"


def test_statements_within_each_other_without_end():
    """A damaged ledger may hold two that stand within each other."""
    page = Page("Varn Daily")
    page.carry(page.speaker("=report"), page.speaker("=letter"), "the ferry was late")
    reading = page.read()
    first, second = reading.statements
    looped = replace(reading, statements=(replace(first, within=second.id), second))
    assert Origins().of_statement(looped, looped.statements[0]).sort == "document"


@pytest.mark.parametrize(
    ("text", "folded"), [("the River Guard’s", "river guard"), ("An Official", "official"), ("", "")]
)
def test_folding(text: str, folded: str):
    assert fold_all(text) == folded
