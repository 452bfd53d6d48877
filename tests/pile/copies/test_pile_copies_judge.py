"""Which pairs of pages are republication, of which kind, and where the text came from. All pages are invented."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest
from copies_pages import MADE

from sayso import identity
from sayso.layout import lay_out
from sayso.pile.copies import QUESTION
from sayso.pile.copies.credit import all_credits, credits_of, first_of, name_key
from sayso.pile.copies.judge import verdict
from sayso.pile.copies.sketch import address_of
from sayso.pile.question import Place
from sayso.pile.voices.carried import claims
from sayso.records import Block, BlockKind, Document, Published, Reading

LEAD = "The lock at Fell was shut on Monday after two of its gates came off their hinges in the storm, the canal board said in a notice."
ICE = "Eleven barges wait below the weir, two of them with coal for the hospital, and the board has asked their skippers to be patient."
DIVERS = "Divers are to go down as soon as the water falls, which may take until the weekend by the gauge at Tarn, and cut the chains."
MONEY = "The gates were last replaced nineteen years ago, when the province paid half of the price and the towns along the canal the rest."
FERRY = "A bus carries the market women over the hill in the meantime, twice a day and free of charge, but it has no room for their carts."
STORY = (LEAD, ICE, DIVERS, MONEY, FERRY)
OTHER = (
    "Growers in the plain lost a third of their barley to hail last night and asked the province for seed before the spring sowing begins.",
    "The market board met in Vintry to fix a lowest price, though four of its members stayed away and the vote will be repeated soon.",
    "Hauliers say that half of their lorries stand idle, and the station master has let them use the goods yard as long as nobody objects.",
    "The crop insurer has sent out nine assessors, who walk the fields from the river upwards and measure every row with a rod.",
    "Old people recall a storm in their youth that killed cattle, and say that the barns were better built at that time.",
)
SPEECH = (
    "“I have stood on this quay for thirty years and I have never been told so many things by so many gentlemen who came to "
    "see so little. We were told that the gates would hold, we were told that the chains were new, and we were told to be calm. "
    "The chains were painted, gentlemen, they were not new, and I will be calm when I see divers in the water and a bill that "
    "somebody else pays,” Nadja Orrin told the meeting."
)
NOTE = "The Fell Lamp is paid for by its readers. Ring the desk, write to us at the bridge house, or leave a letter in the box."
SHORT = "The lock at Fell is shut."


def page(*paragraphs: str, outlet: str = "", date: str = "", **more: Any) -> Reading:
    stamp = Published(date, "minute" if "T" in date else "day") if date else None
    document = lay_out(Document("page", "\n\n".join(paragraphs), outlet=outlet, published=stamp, **more)).document
    return Reading(identity.document_id(document), identity.text_id(document.text), document, MADE)


def swapped(text: str) -> str:
    """Every seventh word another."""
    return " ".join("elsewhere" if at % 7 == 3 else word for at, word in enumerate(text.split()))


BIG = (*STORY, *(f"{each[:-1]} as before." for each in OTHER))
URL = "https://www.lamp.example/news/lock-shut"
PAIRS: list[tuple[str, Reading, Reading, str]] = [
    ("the same text at two outlets", page(*STORY, outlet="Lamp"), page(*STORY, outlet="Echo"), "copy"),
    ("in another order", page(*STORY), page(*reversed(STORY)), "copy"),
    ("another lead", page(*STORY), page(OTHER[0], *STORY[1:]), "copy"),
    ("every seventh word another", page(*STORY), page(*map(swapped, STORY)), "copy"),
    ("half of it", page(*STORY), page(*STORY[:2]), "cut"),
    ("held by a longer page", page(*OTHER[:3]), page(*BIG), "cut"),
    ("two paragraphs out of five", page(*STORY), page(*STORY[:2], *OTHER[2:]), "piece"),
    ("nothing", page(*STORY), page(*OTHER), ""),
    ("a quotation that both have", page(*STORY[:4], SPEECH), page(*OTHER[:4], SPEECH), ""),
    ("a long quotation in two short reports", page(SHORT, SPEECH), page("Growers lost barley to hail.", SPEECH), ""),
    ("a note at the foot", page(*STORY[:2], NOTE), page(*OTHER[:2], NOTE), ""),
    ("one paragraph of background", page(*STORY[:4], OTHER[4]), page(*OTHER), ""),
    ("a short page with one paragraph of background", page(STORY[0], MONEY), page(*OTHER[:3], MONEY), ""),
    ("a report that is almost one quotation, reprinted whole", page(LEAD, SPEECH), page(LEAD, SPEECH), "copy"),
    ("few words", page(SHORT), page(SHORT), ""),
    ("a changed page at its address", page(*STORY, url=URL), page(*STORY, OTHER[0], url=URL + "?from=feed"), "version"),
    ("a much changed page at its address", page(*STORY, url=URL), page(*STORY[:2], *OTHER, url=URL), "version"),
    ("another story at one address", page(*STORY, url=URL), page(*OTHER, url=URL), ""),
]


@pytest.mark.parametrize(("a", "b", "kind"), [row[1:] for row in PAIRS], ids=[row[0] for row in PAIRS])
def test_kinds(a: Reading, b: Reading, kind: str):
    found = QUESTION.compare(Place(a, ""), Place(b, ""))
    assert (found.kind if found else "") == kind
    assert QUESTION.compare(Place(b, ""), Place(a, "")) == found


@pytest.mark.parametrize(("a", "b", "kind"), [row[1:] for row in PAIRS], ids=[row[0] for row in PAIRS])
def test_copies_are_candidates(a: Reading, b: Reading, kind: str):
    """What is a copy shares a key and passes the sketch; both say the same from either side."""
    (one,), (other,) = QUESTION.items(a), QUESTION.items(b)
    assert QUESTION.near(one, other) == QUESTION.near(other, one)
    if kind:
        assert set(one.keys) & set(other.keys)
        assert QUESTION.near(one, other)


def test_captions_that_two_pages_share_are_no_copy():
    def shown(*blocks: tuple[BlockKind, str]) -> Reading:
        text, spans = "\n\n".join(words for _, words in blocks), []
        for kind, words in blocks:
            spans.append(Block(kind, (text.index(words), text.index(words) + len(words))))
        return Reading(
            identity.text_id(text)[:32], identity.text_id(text), Document("page", text, blocks=tuple(spans)), MADE
        )

    for kind, copies in (("caption", False), ("paragraph", True)):
        a = shown(("paragraph", LEAD), (kind, MONEY), ("paragraph", ICE), (kind, FERRY))
        b = shown((kind, MONEY), ("paragraph", OTHER[0]), (kind, FERRY), ("paragraph", OTHER[1]))
        assert (verdict(a, b) is not None) == copies


def test_spans_hold_the_shared_words():
    a, b = page(*STORY, SPEECH), page(OTHER[0], *STORY[1:4], SPEECH)
    found = verdict(a, b)
    assert found is not None
    texts = [(a.document.text[slice(*each.a)], b.document.text[slice(*each.b)]) for each in found.passages]
    assert [one for one, _ in texts] == [other for _, other in texts]
    assert texts[0][0].startswith("Eleven barges")
    assert found.own == sum(each.own for each in found.passages) < sum(each.words for each in found.passages)


def test_what_is_stored_has_no_words():
    a, b = page(*STORY, outlet="Lamp"), page(*STORY, outlet="Echo")
    relation = QUESTION.compare(Place(a, ""), Place(b, ""))
    assert relation is not None
    assert json.dumps(json.loads(relation.detail), separators=(",", ":"), sort_keys=True) == relation.detail
    letters = {word for word in relation.detail.replace('"', " ").split() if word.isalpha()}
    assert letters <= {"by", "credits", "first", "origin", "own", "passages", "share", "no-date"}


CREDITS = [
    ("OLDFELL, May 3 (Tern) - The lock is shut.", "", ["Tern"], "dateline"),
    ("OLDFELL, May 3 /Northwire/ -- The lock is shut.", "", ["Northwire"], "dateline between slashes"),
    ("OLDFELL, May 3 - The lock is shut.", "", [], "a dateline without an agency"),
    (LEAD, "Tern", ["Tern"], "an agency as the byline"),
    (LEAD, "Tern staff", ["Tern staff"], "its staff"),
    (LEAD, "By Nadja Orrin", [], "a reporter is no agency"),
    (LEAD, "Associated Press and Reuters", ["Associated Press", "Reuters"], "two agencies of the table"),
    (LEAD, "Nadja Orrin, Associated Press", ["Associated Press"], "a reporter of an agency of the table"),
    (LEAD, "Nadja Orrin and Odo Quill for Reuters", ["Reuters"], "two reporters for an agency"),
    (LEAD, "Admin", [], "nobody"),
    (LEAD, "Our correspondent", [], "nobody"),
]


@pytest.mark.parametrize(("text", "byline", "names", "reason"), CREDITS, ids=[row[3] for row in CREDITS])
def test_whom_a_page_credits(text: str, byline: str, names: list[str], reason: str):
    reading = page(text, ICE, byline=byline)
    found = credits_of(reading)
    assert [each.name for each in found] == names
    for each in found:
        assert each.span is None or reading.document.text[slice(*each.span)] == each.name


PARTS = [
    (LEAD, "By Ana Ruhl with Reuters", ["Reuters"], "a reporter with an agency"),
    (LEAD, "Nadja Orrin and Associated Press", ["Associated Press"], "a reporter and an agency"),
    (LEAD, "By Nadja Orrin; additional reporting by Reuters", ["Reuters"], "an agency that helped"),
    (LEAD, "Gazette reporters and NPA", ["NPA"], "initials beside reporters"),
    (LEAD + " (NPA)", "", ["NPA"], "initials behind the last sentence of a paragraph"),
    (LEAD[:-1] + " of the Northern Press Agency (NPA).", "", [], "initials that explain a name"),
    (LEAD, "Ana Ruhl and Odo Quill", [], "two reporters"),
]


@pytest.mark.parametrize(("text", "byline", "names", "reason"), PARTS, ids=[row[3] for row in PARTS])
def test_whom_a_page_credits_with_a_part(text: str, byline: str, names: list[str], reason: str):
    reading = page(text, ICE, byline=byline)
    found = all_credits(reading)
    assert [each.name for each in found] == names
    assert not credits_of(reading)
    assert not any(claim.sure for claim in claims(reading))
    for each in found:
        assert each.span is None or reading.document.text[slice(*each.span)] == each.name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tern", "Tern News Agency", True), ("AP", "The Associated Press", True), ("Reuters", "Reuters Staff", True),
        ("AP", "AFP", False), ("The Press", "Tern Press", False), ("Quay Courier", "The Quay Courier", True),
        ("Quay Courier", "Fell Courier", False),
    ],
)  # fmt: skip
def test_names_of_one_outlet(one: str, other: str, same: bool):
    assert (name_key(one) == name_key(other)) == same


WIRE = "OLDFELL, May 3 (Tern) - " + LEAD
TERN = {"outlet": "Tern News Agency", "url": "https://tern.example/1"}
BY_CREDIT = {"origin": "a", "by": "credit", "credits": "b"}
BY_DATE = {"origin": "a", "by": "date", "first": "a"}
WAYS: list[tuple[str, Reading, Reading, dict[str, str]]] = [
    ("the agency and a client", page(WIRE, *STORY[1:], **TERN), page(WIRE, *STORY[1:], outlet="Lamp"), BY_CREDIT),
    (
        "a client that printed first",
        page(WIRE, *STORY[1:], date="2031-05-04", **TERN),
        page(WIRE, *STORY[1:], outlet="Lamp", date="2031-05-03"),
        {**BY_CREDIT, "first": "b"},
    ),
    (
        "an agency known by its initials",
        page(*STORY, outlet="Tarn News Agency"),
        page(*STORY, outlet="Lamp", byline="TNA"),
        BY_CREDIT,
    ),
    (
        "two clients of one agency",
        page(WIRE, *STORY[1:], outlet="Echo", date="2031-05-03"),
        page(WIRE, *STORY[1:], outlet="Lamp", date="2031-05-04"),
        {"origin": "", "by": "one-origin", "credits": "both", "first": "a"},
    ),
    ("by day", page(*STORY, date="2031-05-03", outlet="Echo"), page(*STORY, date="2031-05-04"), BY_DATE),
    (
        "by the minute, in two zones",
        page(*STORY, date="2031-05-03T10:00+02:00", outlet="Echo"),
        page(*STORY, date="2031-05-03T09:00+00:00"),
        BY_DATE,
    ),
    (
        "one day",
        page(*STORY, date="2031-05-03", outlet="Echo"),
        page(*STORY, date="2031-05-03"),
        {"origin": "", "by": "same-date", "first": ""},
    ),
    (
        "no year",
        page(*STORY, date="XXXX-05-03", outlet="Echo"),
        page(*STORY, date="2031-05-03"),
        {"origin": "", "by": "no-date", "first": ""},
    ),
    (
        "an agency's own page, and one that credits it with a part",
        page(WIRE, *STORY[1:], **TERN),
        page(*STORY, outlet="Lamp", byline="Ana Ruhl with TNA"),
        {"origin": "a", "by": "dateline", "first": "", "credits": "b"},
    ),
    (
        "an agency's own page on one day",
        page(WIRE, *STORY[1:], **TERN, date="2031-05-03"),
        page(*STORY, outlet="Lamp", date="2031-05-03"),
        {"origin": "a", "by": "dateline", "first": "", "credits": ""},
    ),
    (
        "a part is credited and no date tells",
        page(*STORY, outlet="Tern News Agency"),
        page(*STORY, outlet="Lamp", byline="Ana Ruhl with TNA"),
        {"origin": "", "by": "no-date", "credits": "b"},
    ),
    (
        "a part is credited and the dates tell",
        page(*STORY, outlet="Tern News Agency", date="2031-05-04"),
        page(*STORY, outlet="Lamp", byline="Ana Ruhl with TNA", date="2031-05-03"),
        {"origin": "b", "by": "date", "credits": "b"},
    ),
]


@pytest.mark.parametrize(("a", "b", "wanted"), [row[1:] for row in WAYS], ids=[row[0] for row in WAYS])
def test_where_the_text_came_from(a: Reading, b: Reading, wanted: dict[str, str]):
    turn = {"a": "b", "b": "a"} if b.id < a.id else {}
    for one, other in permutations((a, b)):
        found = QUESTION.compare(Place(one, ""), Place(other, ""))
        assert found is not None
        detail = json.loads(found.detail)
        assert {key: turn.get(detail[key], detail[key]) for key in wanted} == wanted


def test_dates_of_unlike_precision_are_compared_by_the_day():
    assert first_of(Published("2031-05-03T23:00+00:00", "minute"), Published("2031-05-03")) == ""
    assert first_of(Published("2031-05-02T23:00+00:00", "minute"), Published("2031-05-03")) == "a"
    assert first_of(Published("2031-05", "month"), Published("2031-06-03")) == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.lamp.example/a/b?utm_x=1", "http://lamp.example/a/b/", True), ("https://lamp.com/a", "https://lamp.co.uk/a#x", True),
        ("https://lamp.example/a?id=1", "https://lamp.example/a?id=2", False),
        ("https://lamp.example/a?id=1&ref=x", "https://lamp.example/a?src=rss&id=1", True),
        ("https://lamp.example/a", "https://lamp.example/b", False), ("https://lamp.example/", "https://lamp.example/", False),
        ("https://lamp.example/a", "https://echo.example/a", False),
        ("https://news.alpha.com/2031/04/09", "https://news.beta.org/2031/04/09", False),
        ("https://en.alpha.com/?p=123", "http://en.beta.net/?p=123", False),
        ("https://en.alpha.com/?p=123", "http://alpha.com/?p=123", True),
        ("https://blog.alpha.co.uk/a", "https://blog.beta.co.uk/a", False), ("https://m.lamp.co.uk/a", "https://www.lamp.com/a", True),
        ("https://lamp.wordpress.com/a", "https://echo.wordpress.com/a", False),
        ("https://lamp.example:8080/a", "https://lamp.example/a", True),
    ],
)  # fmt: skip
def test_addresses(one: str, other: str, same: bool):
    found = [address_of(page(LEAD, url=each)) for each in (one, other)]
    assert (found[0] == found[1] != "") == same


def test_two_outlets_at_one_address_have_no_versions():
    one, other = (page(*STORY[:3], *more, outlet=name, url=URL) for name, more in (("Lamp", ()), ("Echo", OTHER[:2])))
    found = verdict(one, other)
    assert found is None or found.kind != "version"
    again = verdict(one, page(*STORY[:3], *OTHER[:2], outlet="The Lamp News", url=URL))
    assert again is not None
    assert again.kind == "version"
