"""Which mentions are one person or body, and what the words of a source say: rows of invented people."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from core_marks import place
from core_rows import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.records import Span
from sayso.speakers.cast import Cast, cast_of
from sayso.speakers.mentions import Mention
from sayso.speakers.names import parse
from sayso.speakers.source import describe, head_noun, is_plural, kind_of_description, parse_source

P, O, L = "person", "organisation", "place"  # noqa: E741


def mentions(named: list[tuple[str, str]], headline: frozenset[int] = frozenset()) -> list[Mention]:
    """Mentions one behind the other, each with its kind."""
    out, at = [], 0
    for n, (words, kind) in enumerate(named):
        out.append(Mention((at, at + len(words)), parse(words), kind, 0.9, n in headline))
        at += len(words) + 2
    return out


def grouped(found: list[Mention]) -> str:
    """One letter for each mention, the same for the same member, in order; "?" for one that stays open."""
    cast = cast_of(found)
    letters: dict[int, str] = {}
    out = ""
    for m in found:
        if m.span in cast.undecided:
            out += "?"
        else:
            out += letters.setdefault(cast.at[m.span].number, chr(ord("A") + len(letters)))
    return out


# reason, mentions with their kinds, who is one
CASTS = [
    ("a surname after the full name", [("Lia Renn", P), ("Renn", P)], "AA"),
    ("a surname before the full name", [("Renn", P), ("Lia Renn", P)], "AA"),
    ("two people", [("Lia Renn", P), ("Tom Cole", P)], "AB"),
    ("two with one surname: it stays open", [("Lia Renn", P), ("Tom Renn", P), ("Renn", P)], "AB?"),
    (
        "two with one surname: titles tell them apart",
        [("Mrs Lia Renn", P), ("Mr Tom Renn", P), ("Mrs Renn", P), ("Mr Renn", P)],
        "ABAB",
    ),
    (
        "three times as often as the namesake",
        [("Lia Renn", P), ("Lia Renn", P), ("Lia Renn", P), ("Tom Renn", P), ("Renn", P)],
        "AAABA",
    ),
    (
        "twice as often is not enough",
        [("Lia Renn", P), ("Lia Renn", P), ("Tom Renn", P), ("Renn", P)],
        "AAB?",
    ),
    ("a given name", [("Katrín Jónmundsdóttir", P), ("Katrín", P)], "AA"),
    ("two with one surname in front", [("Kim Min-ji", P), ("Kim Do-yun", P), ("Kim", P)], "AB?"),
    ("another spelling", [("Yusra Kassab", P), ("Yusra Kasab", P), ("Kasab", P)], "AAA"),
    ("with and without accents", [("José Álvarín", P), ("Jose Alvarin", P)], "AA"),
    ("a patronymic left out", [("Ivan Petrovich Sorokin", P), ("Ivan Sorokin", P), ("Sorokin", P)], "AAA"),
    ("an initial", [("Lia Renn", P), ("L. Renn", P)], "AA"),
    ("an initial that fits two", [("Lia Renn", P), ("Lena Renn", P), ("L. Renn", P)], "AB?"),
    ("a body's acronym", [("Harbour Workers Union", O), ("HWU", O)], "AA"),
    ("tagged as a person", [("Harbour Workers Union", O), ("HWU", P)], "AA"),
    ("the acronym first", [("HWU", O), ("Harbour Workers Union", O)], "AA"),
    ("another body's acronym", [("Harbour Workers Union", O), ("HMB", O)], "AB"),
    ("a paper by its last word", [("Harrow Times", O), ("Times", O)], "AA"),
    ("two papers with that last word", [("Harrow Times", O), ("Calder Times", O), ("Times", O)], "AB?"),
    ("a body named after a person", [("Tom Cole", P), ("Cole Foundation", O)], "AB"),
    ("a town with a person's surname", [("Tom Harrow", P), ("Harrow", L)], "AB"),
    ("an initial that fits two, first of all", [("L. Renn", P), ("Lia Renn", P), ("Lena Renn", P)], "?AB"),
    ("two by their titles alone", [("Mr Renn", P), ("Mrs Renn", P)], "AB"),
    ("a namesake by her title alone", [("Mr Tom Renn", P), ("Mrs Renn", P)], "AB"),
    ("a king by his name alone", [("King Osric", P), ("Osric", P)], "AA"),
]
CASTS_KNOWN = {
    "an initial that fits two, first of all": "all three are one: what joins is compared with the first name only",
}
ORDER_KNOWN = {
    "an initial that fits two": "from behind all three are one",
    "an initial that fits two, first of all": "from the front all three are one",
}


@pytest.mark.parametrize(("named", "wanted"), rows(CASTS, CASTS_KNOWN))
def test_cast(named: list[tuple[str, str]], wanted: str):
    assert grouped(mentions(named)) == wanted


def partition(named: list[tuple[str, str]]) -> tuple[set[frozenset[str]], set[str]]:
    cast = cast_of(mentions(named))
    groups = {frozenset(f"{m.name.titles} {m.name.text}" for m in member.mentions) for member in cast.members}
    at = {m.span: m.name.text for m in mentions(named)}
    return groups, {at[span] for span in cast.undecided}


@pytest.mark.parametrize(("named", "wanted"), rows(CASTS, ORDER_KNOWN))
def test_it_does_not_matter_where_they_stand(named: list[tuple[str, str]], wanted: str):
    assert partition(named) == partition(named[::-1])


# reason, mentions, which of them stand in headlines, who is one, the name of the first
HEADLINES = [
    (
        "a run of capitals that holds the name",
        [("Elise Warran Hammers", P), ("Elise Warran", P)],
        {0},
        "AA",
        "Elise Warran",
    ),
    ("a headline's bare surname", [("Warran", P), ("Elise Warran", P)], {0}, "AA", "Elise Warran"),
    ("a name that stands in a headline only", [("Warran", P), ("Tom Cole", P)], {0}, "AB", "Warran"),
    (
        "a surname in a run of capitals",
        [("Warran Hammers Bank", P), ("Elise Warran", P)],
        {0},
        "AB",
        "Warran Hammers Bank",
    ),
]


@pytest.mark.parametrize(("named", "headline", "wanted", "full"), rows(HEADLINES))
def test_headlines(named: list[tuple[str, str]], headline: set[int], wanted: str, full: str):
    found = mentions(named, frozenset(headline))
    assert grouped(found) == wanted
    assert cast_of(found).at[found[0].span].full.text == full


# reason, mentions, kind of the first
KINDS = [
    ("tagged once as a body, twice as a person", [("Renn", O), ("Lia Renn", P), ("Renn", P)], P),
    ("a title makes a person", [("Renn", O), ("Mrs Renn", P)], P),
    ("one word of capitals is a body", [("HWU", P)], O),
]


@pytest.mark.parametrize(("named", "wanted"), rows(KINDS))
def test_kinds_of_members(named: list[tuple[str, str]], wanted: str):
    found = mentions(named)
    assert cast_of(found).at[found[0].span].kind == wanted


WHO = st.sampled_from([
    ("Lia Renn", P), ("Tom Renn", P), ("Renn", P), ("Mr Renn", P), ("Mrs Renn", P), ("Tom", P), ("HWU", O),
    ("Harbour Workers Union", O), ("Renn", L), ("Harrow Times", O), ("Times", O), ("J. Renn", P),
])  # fmt: skip


@settings(deadline=None)
@given(st.lists(WHO, max_size=10))
def test_every_mention_has_one_member_or_stays_open(named: list[tuple[str, str]]):
    found = mentions(named)
    cast = cast_of(found)
    assert set(cast.at) | set(cast.undecided) == {m.span for m in found}
    assert not set(cast.at) & set(cast.undecided)
    assert [member.number for member in cast.members] == list(range(len(cast.members)))


# --- sources -----------------------------------------------------------------------------------------------------------
def cast_in(text: str, named: Mapping[str, str]) -> Cast:
    found = sorted((place(text, words), words, kind) for words, kind in named.items())
    return cast_of([Mention(span, parse(words), kind, 0.9) for span, words, kind in found])


# reason, source, the names in it with their kinds, form, the names that speak, noun, definite, plural
SOURCES = [
    ("a name", "Lia Renn", {"Lia Renn": P}, "name", ["Lia Renn"], "", False, False),
    ("a name with a title", "Mayor Lia Renn", {"Mayor Lia Renn": P}, "name", ["Mayor Lia Renn"], "", False, False),
    ("he", "he", {}, "he", [], "", False, False),
    ("he himself", "He himself", {}, "he", [], "", False, False),
    ("she", "She", {}, "she", [], "", False, False),
    ("they both", "they both", {}, "they", [], "", False, False),
    ("it", "It", {}, "it", [], "", False, False),
    ("we", "We", {}, "first", [], "", False, False),
    ("who", "who", {}, "relative", [], "", False, False),
    ("an apposition in front", "the mayor, Lia Renn", {"Lia Renn": P}, "name", ["Lia Renn"], "", False, False),
    (
        "an apposition behind, of a place",
        "Lia Renn, the mayor of Harrow",
        {"Lia Renn": P, "Harrow": L},
        "name",
        ["Lia Renn"],
        "",
        False,
        False,
    ),
    (
        "a place in front of the role",
        "Harrow mayor Lia Renn",
        {"Harrow": L, "Lia Renn": P},
        "name",
        ["Lia Renn"],
        "",
        False,
        False,
    ),
    (
        "a body in front of the role",
        "University of Harrow ecologist Lia Renn",
        {"University of Harrow": O, "Lia Renn": P},
        "name",
        ["Lia Renn"],
        "",
        False,
        False,
    ),
    (
        "a paper behind the name",
        "Lia Renn of the Harrow Times",
        {"Lia Renn": P, "Harrow Times": O},
        "name",
        ["Lia Renn"],
        "",
        False,
        False,
    ),
    ("a relative clause", "Renn, who chairs the board,", {"Renn": P}, "name", ["Renn"], "", False, False),
    (
        "a name in the apposition is somebody else's",
        "Tom Cole, a lawyer for Lia Renn,",
        {"Tom Cole": P, "Lia Renn": P},
        "name",
        ["Tom Cole"],
        "",
        False,
        False,
    ),
    (
        "somebody's colleague, by name",
        "Renn’s colleague Tom Cole",
        {"Renn": P, "Tom Cole": P},
        "name",
        ["Tom Cole"],
        "",
        False,
        False,
    ),
    (
        "two joined",
        "Lia Renn and Tom Cole",
        {"Lia Renn": P, "Tom Cole": P},
        "name",
        ["Lia Renn", "Tom Cole"],
        "",
        False,
        False,
    ),
    (
        "three joined",
        "Lia Renn, Tom Cole and Ana Solt",
        {"Lia Renn": P, "Tom Cole": P, "Ana Solt": P},
        "name",
        ["Lia Renn", "Tom Cole", "Ana Solt"],
        "",
        False,
        False,
    ),
    (
        "two joined, the second with a description",
        "Lia Renn and her husband, Tom Cole,",
        {"Lia Renn": P, "Tom Cole": P},
        "name",
        ["Lia Renn", "Tom Cole"],
        "",
        False,
        False,
    ),
    (
        "two joined by a sign",
        "Lia Renn & Tom Cole",
        {"Lia Renn": P, "Tom Cole": P},
        "name",
        ["Lia Renn", "Tom Cole"],
        "",
        False,
        False,
    ),
    (
        "one with another is one",
        "Lia Renn, with Tom Cole,",
        {"Lia Renn": P, "Tom Cole": P},
        "name",
        ["Lia Renn"],
        "",
        False,
        False,
    ),
    ("a paper", "the Harrow Times", {"Harrow Times": O}, "name", ["Harrow Times"], "", False, False),
    (
        "somebody who speaks for a name",
        "a spokesman for Tom Cole",
        {"Tom Cole": P},
        "description",
        [],
        "spokesman",
        False,
        False,
    ),
    (
        "somebody who once worked for a name",
        "a former adviser to President Tom Cole",
        {"President Tom Cole": P},
        "description",
        [],
        "adviser",
        False,
        False,
    ),
    ("a possessive", "Tom Cole’s lawyer", {"Tom Cole": P}, "description", [], "lawyer", False, False),
    (
        "the same the other way round",
        "the lawyer of Tom Cole",
        {"Tom Cole": P},
        "description",
        [],
        "lawyer",
        True,
        False,
    ),
    ("a name's party", "Lia Renn’s party", {"Lia Renn": P}, "description", [], "party", False, False),
    ("a place's officials", "Harrow officials", {"Harrow": L}, "description", [], "officials", False, True),
    ("analysts at a bank", "analysts at Harrow Bank", {"Harrow Bank": O}, "description", [], "analysts", False, True),
    ("the mayor", "The mayor", {}, "description", [], "mayor", True, False),
    ("her brother", "her brother", {}, "description", [], "brother", True, False),
    ("the ministry", "the ministry", {}, "description", [], "ministry", True, False),
    ("police are several", "Police", {}, "description", [], "police", False, True),
    ("two who know", "two officials familiar with the talks", {}, "description", [], "officials", False, True),
    (
        "sources close to a name",
        "sources close to Lia Renn",
        {"Lia Renn": P},
        "description",
        [],
        "sources",
        False,
        True,
    ),
    ("many", "Many in the town", {}, "description", [], "many", False, True),
    ("only a mark", ":", {}, "none", [], "", False, False),
]
SOURCES_KNOWN: dict[str, str] = {}


@pytest.mark.parametrize(("said", "named", "form", "names", "noun", "definite", "plural"), rows(SOURCES, SOURCES_KNOWN))
def test_sources(
    said: str, named: dict[str, str], form: str, names: list[str], noun: str, definite: bool, plural: bool
):
    text = f"On Friday {said} said that the gates had held."
    span: Span = (10, 10 + len(said))
    source = parse_source(text, [span], cast_in(text, named))
    assert source.form == form
    if form == "name":
        assert [text[slice(*s)] for s in source.names] == names
    else:
        assert (source.noun, source.definite, source.plural) == (noun, definite, plural)


def test_no_source_at_all():
    assert parse_source("The gates held.", (), cast_of([])).form == "none"


def test_a_source_in_two_pieces_is_read_from_the_first_to_the_last():
    text = "Renn, it was raining, and Cole said so."
    cast = cast_in(text, {"Renn": P, "Cole": P})
    source = parse_source(text, [(0, 4), (26, 30)], cast)
    assert text[26:30] == "Cole"
    assert source.form == "name"
    assert text[slice(*source.names[0])] == "Renn"


def test_a_surname_that_fits_two_is_a_name_all_the_same():
    text = "Lia Renn and Tom Renn met. Renn said so."
    cast = cast_of([Mention(s, parse(text[slice(*s)]), P, 0.9) for s in ((0, 8), (13, 21), (27, 31))])
    source = parse_source(text, [(27, 31)], cast)
    assert (source.form, source.names) == ("name", ((27, 31),))


# reason, description, its name as a speaker, head noun, kind of speaker
DESCRIBED = [
    ("without its article", "the mayor", "mayor", "mayor", "anonymous"),
    ("without a relative clause", "a nurse who was there", "nurse", "nurse", "anonymous"),
    ("with what it is of", "the head of the port", "head of the port", "head", "anonymous"),
    ("as worded, blanks made one", "two  harbour\u00a0officials", "two harbour officials", "officials", "anonymous"),
    ("a body", "the ministry", "ministry", "ministry", "organisation"),
    ("several bodies", "the ministries", "ministries", "ministries", "group"),
    ("a document", "a report by the board", "report by the board", "report", "document"),
    ("several documents", "the polls", "polls", "polls", "document"),
    ("people", "local residents", "local residents", "residents", "group"),
    ("somebody's lawyer", "his lawyer", "lawyer", "lawyer", "anonymous"),
]
DESCRIBED_KNOWN: dict[str, str] = {}


@pytest.mark.parametrize(("text", "name", "noun", "kind"), rows(DESCRIBED, DESCRIBED_KNOWN))
def test_descriptions(text: str, name: str, noun: str, kind: str):
    source = parse_source(text, [(0, len(text))], cast_of([]))
    assert describe(text) == name
    assert head_noun(text) == noun
    assert kind_of_description(source) == kind


@pytest.mark.parametrize(
    ("noun", "wanted"),
    [("officials", True), ("people", True), ("police", True), ("boss", False), ("physics", False), ("mayor", False)],
)
def test_plural(noun: str, wanted: bool):
    assert is_plural(noun) is wanted
