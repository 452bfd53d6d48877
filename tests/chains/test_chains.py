"""How statements reached the page: rows of statements marked by hand, each with its reason; invented people and media."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from chains_marks import marked, shown
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.chains import Said, chains_of

CASES = Path(__file__).parents[1] / "cases" / "chains.jsonl"

# reason; row; chain of each statement
TOLD = (
    ("the look of a name", "[1s Ada] [1c told] the Harbour Post [1w it rained].", "Harbour Post/outlet"),
    ("an acronym", "[1w “It rained,”] [1s she] [1c told] KVN.", "KVN/outlet"),
    ("a noun before the name", "[1s Ada] [1c told] the broadcaster Nordlys [1w that it rained].", "Nordlys/outlet"),
    ("a noun after the name", "[1s Ada] [1c told] the Nordlys news agency [1w that it rained].", "Nordlys/outlet"),
    ("an apposition", "[1s Ada] [1c told] Vesta, the state news agency, [1w that it rained].", "Vesta/outlet"),
    ("a bare name that no tag speaks against", "[1s Ada] [1c told] Kestrel [1w that it rained].", "Kestrel/outlet"),
    ("the same name, seen as a person", "[1s Ada] [1c told] {person Kestrel} [1w that it rained].", ""),
    ("a place", "[1s Ada] [1c told] {place Tolsk} [1w that it rained].", ""),
    ("a given name", "[1s Ada] [1c told] Helen Kestrel [1w that it rained].", ""),
    ("a title", "[1s Ada] [1c told] Senator Kestrel [1w that it rained].", ""),
    ("a body that is no medium", "[1s Ada] [1c told] the Harbour Council [1w that it rained].", ""),
    ("an acronym of a body", "[1s Ada] [1c told] the UN [1w that it rained].", ""),
    ("a people", "[1s Ada] [1c told] Norlanders [1w that it rained].", ""),
    ("people of a name", "[1s Ada] [1c told] Harbour Post readers [1w that it rained].", ""),
    (
        "a reporter of an outlet",
        "[1s Ada] [1c told] a reporter from the Harbour Post [1w it rained].",
        "Harbour Post/outlet",
    ),
    ("the host of an outlet", "[1s Ada] [1c told] Nordlys News host Kim Lund [1w it rained].", "Nordlys News/outlet"),
    ("an editor of an outlet is a person", "[1s Ada] [1c told] the editor of the Harbour Post [1w it rained].", ""),
    ("reporters", "[1s Ada] [1c told] reporters [1w it rained].", "reporters/occasion"),
    ("an occasion beats reporters", "[1s Ada] [1c told] reporters at a hearing [1w it rained].", "hearing/occasion"),
    ("told an occasion", "[1s Ada] [1c told] the inquest [1w it rained].", "inquest/occasion"),
    (
        "an occasion by its name",
        "[1s Ada] [1c told] the North Rain Conference [1w it rained].",
        "North Rain Conference/occasion",
    ),
    ("a body with a capital", "[1s Ada] [1c told] the Assembly [1w that it rained].", ""),
    (
        "the words that follow are not the name",
        "[1s Ada] [1c told] Nordlys News [1w many roads were wet].",
        "Nordlys News/outlet",
    ),
    ("the day is not the name", "[1s Ada] [1c told] KVN Monday [1w that it rained].", "KVN/outlet"),
    ("the name has the day", "[1s Ada] [1c told] the Sunday Ledger [1w that it rained].", "Sunday Ledger/outlet"),
    ("speaking to", "Speaking to media network Al Nour, [1s Ada] [1c said] [1w it rained].", "Al Nour/outlet"),
    ("said, the name between", "[1w “It rained,”] [1c said] [1s Ada] to KVN.", "KVN/outlet"),
    (
        "two outlets",
        "[1s Ada] [1c told] the Harbour Post and Nordlys News [1w it rained].",
        "Harbour Post/outlet > Nordlys News/outlet",
    ),
    ("an outlet by its owner", "[1s Ada] [1c told] state television [1w it rained].", "state television/outlet"),
    (
        "told an outlet that was taken for the source",
        "Ada told [1s Bay.co.uk][1c :] [1w “It rained.”]",
        "Bay.co.uk/outlet",
    ),
)
PLACES = (
    (
        "interview, then outlet",
        "In an interview with the Harbour Post, [1s Ada] [1c said] [1w it rained].",
        "interview/occasion > Harbour Post/outlet",
    ),
    (
        "the outlet before the noun",
        "In a Nordlys News interview, [1s Ada] [1c said] [1w it rained].",
        "interview/occasion > Nordlys News/outlet",
    ),
    (
        "an interview with a person",
        "In an interview with Helen Moor, [1s Ada] [1c said] [1w it rained].",
        "interview/occasion",
    ),
    (
        "an interview cited by another",
        "In an interview with the Blue Post, cited by Kestrel Wire, [1s Ada] [1c said] [1w it rained].",
        "interview/occasion > Blue Post/outlet > Kestrel Wire/outlet",
    ),
    ("a platform", "[1s Ada] [1c wrote] on Telegram [1w that it rained].", "Telegram/platform"),
    ("an account", "[1s Ada] [1c wrote] in her Telegram account [1w that it rained].", "Telegram/platform"),
    ("an unknown platform", "[1s Ada] [1c wrote] on Murmur [1w that it rained].", "Murmur/platform"),
    ("said on a day", "[1s Ada] [1c said] on Monday [1w that it rained].", ""),
    ("one letter", "[1w “It rained,”] [1s Ada] [1c posted] on X.", "X/platform"),
    ("a letter that is none", "[1s Ada] [1c said] in X [1w that it rained].", ""),
    ("a post on a platform is one hop", "In a post on Murmur, [1s Ada] [1c said] [1w it rained].", "Murmur/platform"),
    ("a post alone", "In a post, [1s Ada] [1c said] [1w it rained].", "post/platform"),
    (
        "a platform, quoted",
        "[1w “It rained,”] [1s Ada] [1c wrote] on Murmur, quoted by the Tern agency.",
        "Murmur/platform > Tern/outlet",
    ),
    ("quoted as saying by", "[1s Ada] [1c was quoted as saying] by Vesta [1w that it rained].", "Vesta/outlet"),
    (
        "quoted by, an adjective of a country first",
        "[1s Ada] [1c was quoted as saying] by Sudish state radio, VESTA, [1w that it rained].",
        "VESTA/outlet",
    ),
    (
        "printed in part by",
        "In her book, printed in part by the Sunday Ledger, [1s Ada] [1c wrote] [1w it rained].",
        "book/document > Sunday Ledger/outlet",
    ),
    (
        "a report in a paper",
        "In a report in the Harbour Post, [1s Ada] [1c wrote] [1w it rained].",
        "report/document > Harbour Post/outlet",
    ),
    (
        "a document with its adjective",
        "[1s Ada] [1c said] in a court filing [1w that it rained].",
        "court filing/document",
    ),
    (
        "a document whose head word ends phrases elsewhere",
        "In her will, [1s Ada] [1c wrote] [1w that it rained].",
        "will/document",
    ),
    ("a bare statement", "[1s Ada] [1c said] in a statement [1w that it rained].", ""),
    (
        "a statement, carried",
        "[1s Ada] [1c said] in a statement carried by Vesta [1w that it rained].",
        "statement/document > Vesta/outlet",
    ),
    (
        "a document issued by the cue",
        "[1s The guild] [1c will launch a petition calling for] [1w umbrellas].",
        "petition/document",
    ),
    (
        "a letter seen by",
        "In a letter seen by Kestrel, [1s Ada] [1c wrote] [1w it rained].",
        "letter/document > Kestrel/outlet",
    ),
    (
        "who saw the draft in the middle",
        "[1w The rain draft], seen by Kestrel, [1c mourns] [1w the dry].",
        "rain draft/document > Kestrel/outlet",
    ),
    ("addressing", "Addressing a rally, [1s Ada] [1c said] [1w it rained].", "rally/occasion"),
    ("a weak occasion needs speaking", "[1s Ada] [1c praised] [1w a man] at a ceremony.", ""),
    (
        "a weak occasion with speaking",
        "Speaking at a ceremony, [1s Ada] [1c said] [1w it rained].",
        "ceremony/occasion",
    ),
    ("in a relative clause", "[1s Ada], who was named in a report last year, [1c said] [1w it rained].", ""),
    ("met on a platform", "[1s Ada], who met her husband on Murmur, [1c said] [1w it rained].", ""),
    ("named by an outlet", "[1s Ada], made cook of the year by the Harbour Post, [1c said] [1w it rained].", ""),
    ("on the radio", "On Radio Tolsk, [1s Ada] [1c said] [1w it rained].", "Radio Tolsk/outlet"),
    ("the dateline", "TOLSK (Vesta) - [1s Ada] [1c said] [1w it rained].", ""),
    ("an occasion to come", "Ahead of the next debate, [1s Ada] [1c said] [1w it rained].", ""),
    ("reported at the end", "[1s Ada] [1c said] [1w it rained], Nordlys News reported.", "Nordlys News/outlet"),
    ("an outlet in the words", "[1s Ada] [1c said] [1w she told the Harbour Post that it rained].", ""),
    ("the outlet itself", "[1s The Harbour Post] [1c reported] [1w that it rained].", ""),
)


@pytest.mark.parametrize(("row", "chain"), [pytest.param(r, c, id=i) for i, r, c in (*TOLD, *PLACES)])
def test_one_statement(row: str, chain: str):
    assert shown(row) == [chain]


# reason; row; speakers; what is told in what; chains
SEVERAL: tuple[tuple[str, str, str, Mapping[int, int], list[str]], ...] = (
    (
        "the outlet as source is the hop of what is told in it",
        "[1s Orbit TV] [1c reported] [1w that [2s Ada] [2c had said] [2w it rained]].",
        "AB",
        {2: 1},
        ["", "Orbit TV/outlet"],
    ),
    (
        "a bare name that reports is a medium",
        "[1s Vesta] [1c reported] [1w that [2s Ada] [2c had said] [2w it rained]].",
        "AB",
        {2: 1},
        ["", "Vesta/outlet"],
    ),
    (
        "a person as source is no hop",
        "[1s Bea] [1c said] [1w that [2s Ada] [2c had said] [2w it rained]].",
        "AB",
        {2: 1},
        ["", ""],
    ),
    (
        "a person with a capital inside the name is no hop",
        "[1s Helen McTavish] [1c said] [1w that [2s Ada] [2c had said] [2w it rained]].",
        "AB",
        {2: 1},
        ["", ""],
    ),
    (
        "a journalist as source is no hop",
        "[1s Veteran Norlandian journalist Kim Lund] [1c said] [1w that [2s Ada] [2c had said] [2w it rained]].",
        "AB",
        {2: 1},
        ["", ""],
    ),
    (
        "a document as source",
        "[1s The report] [1c said] [1w that [2s Ada] [2c told] investigators [2w it rained]].",
        "AB",
        {2: 1},
        ["", "report/document"],
    ),
    (
        "three hops: app, agency, paper",
        "[1w [2w [3w “It rained,”] [3s Ada] [3c wrote] on Murmur], [2c according to] [2s Vesta News]], "
        "[1s the Evening Post] [1c reported].",
        "ABC",
        {2: 1, 3: 2},
        ["", "Evening Post/outlet", "Murmur/platform > Vesta News/outlet > Evening Post/outlet"],
    ),
    (
        "told in the words of another, marked by the places alone",
        "[1w [2s Ada] [2c told] Channel Six [2w it rained]], [1s the Tern Agency] [1c reported].",
        "AB",
        {},
        ["", "Channel Six/outlet > Tern Agency/outlet"],
    ),
    (
        "a report in a paper that cites officials",
        "[1w It rained], [1c according to] [1s a report in the Tern Herald], [2c citing] [2s two officials][2w .]",
        "AB",
        {2: 1},
        ["Tern Herald/outlet", "report/document > Tern Herald/outlet"],
    ),
    (
        "the interview goes on",
        "In an interview with KVN, [1s Ada] [1c said] [1w it rained].\n\n[2w “It pours,”] [2s she] [2c said].",
        "AA",
        {},
        ["interview/occasion > KVN/outlet"] * 2,
    ),
    (
        "the next paragraph names who was told",
        "[1w It rained], [1s Ada] [1c said].\n\n[2w “It pours,”] [2s she] [2c told] KVN.",
        "AA",
        {},
        ["KVN/outlet"] * 2,
    ),
    (
        "the lead, its speaker not known",
        "[1s The envoy] [1c says] [1w it rained].\n\nIn an interview with KVN, [2s Ada] [2c said] [2w it pours].",
        "-A",
        {},
        ["interview/occasion > KVN/outlet"] * 2,
    ),
    (
        "another speaker ends the interview",
        "[1s Ada] [1c told] KVN [1w it rained]. [2s Bea] [2c said] [2w it did not]. [3s Ada] [3c said] [3w so].",
        "ABA",
        {},
        ["KVN/outlet", "", ""],
    ),
    (
        "another time ends it",
        "[1s Ada] [1c told] KVN [1w it rained]. Earlier, [2s Ada] [2c said] [2w it would].",
        "AA",
        {},
        ["KVN/outlet", ""],
    ),
    (
        "too far away",
        "[1s Ada] [1c told] KVN [1w it rained].\n\nOne.\n\nTwo.\n\nThree.\n\n[2s Ada] [2c said] [2w it pours].",
        "AA",
        {},
        ["KVN/outlet", ""],
    ),
    (
        "the same interview, named again by its noun alone",
        "In an interview with KVN, [1s Ada] [1c said] [1w it rained]. [2s Bea] [2c sighed] [2w “no”]. "
        "In the same interview [3s Ada] [3c said] [3w it pours].",
        "ABA",
        {},
        ["interview/occasion > KVN/outlet", "", "interview/occasion > KVN/outlet"],
    ),
    (
        "another speaker in the same debate",
        "In a debate, [1s Ada] [1c said] [1w it rained]. [2s Bea] [2c replied] in the same debate [2w that it did not].",
        "AB",
        {},
        ["debate/occasion"] * 2,
    ),
    (
        "a new carrier takes the place of the old",
        "[1s Ada] [1c told] KVN [1w it rained]. In a letter, [2s she] [2c wrote] [2w it pours].",
        "AA",
        {},
        ["KVN/outlet", "letter/document"],
    ),
    (
        "adding goes on in the sentence",
        "[1s Ada] [1c told] KVN [1w it rained], [2c adding] [2w that it pours].",
        "AA",
        {},
        ["KVN/outlet"] * 2,
    ),
    (
        "what is said before being told is not told",
        "[1s Ada] [1c wrote] [1w that it rained] and [2c told] KVN [2w that it pours].",
        "AA",
        {},
        ["", "KVN/outlet"],
    ),
    (
        "two speakers in a sentence",
        "[1s Ada] [1c told] KVN [1w it rained], and [2s Bea] [2c said] in a letter [2w that it did not].",
        "AB",
        {},
        ["KVN/outlet", "letter/document"],
    ),
    (
        "the sentence after names the platform",
        "[1s Ada] [1c said] [1w it rained]. She made it known on her Murmur page.",
        "A",
        {},
        ["Murmur/platform"],
    ),
    (
        "the sentence before names who listened",
        "Ada spoke to Radio Tolsk at noon. [1w “It rained,”] [1s she] [1c said].",
        "A",
        {},
        ["Radio Tolsk/outlet"],
    ),
    (
        "the post is the one named before",
        "[1s Ada] [1c wrote] on Murmur [1w it rained].\n\nIn the post, [2s Ada] [2c said] [2w it pours].",
        "AA",
        {},
        ["Murmur/platform"] * 2,
    ),
    (
        "a sentence about something else names nothing",
        "[1s Ada] [1c said] [1w it rained]. She has a page on Murmur.",
        "A",
        {},
        [""],
    ),
    (
        "a place of many voices",
        "In the comments below the page, [1s many] [1c wrote] [1w it rained]. [2s Plum] [2c wrote]: [2w “It pours.”]",
        "AB",
        {},
        ["comments/platform"] * 2,
    ),
)


@pytest.mark.parametrize(
    ("row", "speakers", "inside", "chains"), [pytest.param(*values, id=reason) for reason, *values in SEVERAL]
)
def test_several_statements(row: str, speakers: str, inside: Mapping[int, int], chains: list[str]):
    assert shown(row, speakers, inside) == chains


def test_a_poll_by_its_makers_name():
    """A poll whose words are given to who made it is the hop; where the poll itself is the speaker it is none."""
    text, paragraphs, said, names = marked(
        "[1w Most want rain], [1c according to] [1s a Harrow poll for the Observer]."
    )
    (made,) = chains_of(text, paragraphs, said, names)
    (itself,) = chains_of(
        text,
        paragraphs,
        [Said(said[0].source, said[0].cue, said[0].content, "indirect", "A", None, document=True)],
        names,
    )
    assert [hop.name for hop in made] == ["Harrow poll", "Observer"]
    assert [hop.name for hop in itself] == ["Observer"]


@pytest.mark.parametrize("swap", [("Norland", "Sudland"), ("Ada", "Bea"), ("Harbour Post", "Meadow Post")])
def test_swapping_names_swaps_chains(swap: tuple[str, str]):
    row = "In a letter seen by the Harbour Post, [1s Ada of Norland] [1c wrote] [1w that Norland rained]."
    assert [c.replace(*swap) for c in shown(row)] == shown(row.replace(*swap))


ADJECTIVES = [
    "Israeli", "Yemeni", "Iraqi", "Pakistani", "Omani", "Saudi", "Kuwaiti", "Iranian", "Russian", "Ukrainian",
    "Chinese", "Japanese", "Turkish", "Polish", "French", "Dutch", "Greek", "Swiss", "Czech", "Thai",
    "Nigerian", "Cuban", "Icelandic", "Nordish", "Vestian", "Tolski", "Koda", "Ondo", "Hylak", "Merese",
]  # fmt: skip
PLURALS = [
    "Israelis", "Yemenis", "Iraqis", "Pakistanis", "Omanis", "Saudis", "Kuwaitis", "Iranians", "Russians",
    "Ukrainians", "Frenchmen", "Dutchmen", "Turks", "Poles", "Greeks", "Swedes", "Czechs", "Thais",
    "Nigerians", "Cubans", "Icelanders", "Londoners", "Norlanders", "Vestians", "Tolskis", "Kodas", "Ondos",
    "Hylaks", "Meris", "Toris",
]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "chain"),
    [
        ("[1s Ada] [1c told] {} television [1w it rained].", "{} television/outlet"),
        ("[1s Ada] [1c told] {} state radio [1w it rained].", "{} state radio/outlet"),
        ("[1s Ada] [1c told] the {} media [1w it rained].", "{} media/outlet"),
        ("[1s Ada] [1c told] a {} newspaper [1w it rained].", "{} newspaper/outlet"),
        ("[1s Ada] [1c told] the {{place {}}} newspaper [1w it rained].", "{} newspaper/outlet"),
        ("Speaking to {} television, [1s Ada Brandt] [1c said] [1w it rained].", "{} television/outlet"),
    ],
)
def test_media_of_all_peoples_read_alike(row: str, chain: str):
    assert len(set(ADJECTIVES)) == 30
    assert [shown(row.format(word)) for word in ADJECTIVES] == [[chain.format(word)] for word in ADJECTIVES]


@pytest.mark.parametrize(
    "row", ["[1s Ada] [1c told] {} [1w it rained].", "[1s Ada] [1c told] the {} [1w that it rained]."]
)
def test_all_peoples_are_no_media(row: str):
    assert len(set(PLURALS)) == 30
    assert {word: shown(row.format(word)) for word in PLURALS} == {word: [""] for word in PLURALS}


def test_all_peoples_with_the_are_no_media():
    row = "[1s Ada] [1c told] the {} [1w that it rained]."
    assert {word: shown(row.format(word)) for word in ADJECTIVES} == {word: [""] for word in ADJECTIVES}


def test_the_name_before_a_noun_that_can_be_counted_is_the_mediums():
    rows = {word: shown(f"[1s Ada] [1c told] the {word} newspaper [1w it rained].") for word in ADJECTIVES}
    assert rows == {word: [f"{word}/outlet"] for word in ADJECTIVES}


def test_a_plural_that_was_seen_as_an_organisation_is_a_medium():
    row = "[1s Ada] [1c told] {organisation Tarns} [1w that it rained]."
    assert shown(row) == ["Tarns/outlet"]


WORDS = [
    *(
        "told",
        "Ada",
        "the",
        "Harbour",
        "Post",
        "in",
        "an",
        "interview",
        "with",
        "KVN",
        ",",
        "said",
        ".",
        "on",
        "Telegram",
    ),
    *(
        "by",
        "quoted",
        "“",
        "”",
        "letter",
        "report",
        "to",
        "Vesta",
        "according",
        "reported",
        "’s",
        "of",
        "and",
        "U.S.",
        "&",
    ),
    *("Monday", "\n\n"),
]
SPANS = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40)), max_size=2)
SOME = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40)), min_size=1, max_size=2)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=60),
    st.lists(st.tuples(SPANS, SPANS, SOME, st.sampled_from(["A", "B", None])), max_size=6),
)
def test_any_text_gives_hops_that_stand_in_it(
    words: list[str],
    rows: list[tuple[list[tuple[int, int]], list[tuple[int, int]], list[tuple[int, int]], str | None]],
):
    text = " ".join(words) + " ."
    size = len(text)

    def spans(found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple(sorted((a % size, min(size, a % size + n)) for a, n in found))

    said = [Said(spans(s), spans(c), spans(w), "indirect", who, None) for s, c, w, who in rows]
    chains = chains_of(text, [(0, size)], said, [])
    assert len(chains) == len(said)
    for chain in chains:
        assert all(text[slice(*hop.span)] == hop.name and hop.name for hop in chain)
        assert len({hop.name.casefold() for hop in chain}) == len(chain)
    assert chains == chains_of(text, [(0, size)], said, [])


def test_nothing_said():
    assert chains_of("It rained.", [(0, 10)], [], []) == ()
    assert chains_of("It rained.", [], [Said((), (), ((0, 9),), "indirect", None, None)], []) == ((),)


def test_cases_are_rows():
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 80
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row["reason"]
        for chain in row["chains"]:
            assert chain["content"] in row["text"], row["id"]
            assert chain["speaker"].lower() in row["text"].lower(), row["id"]
            assert all(hop["name"] in row["text"] for hop in chain["hops"]), row["id"]
