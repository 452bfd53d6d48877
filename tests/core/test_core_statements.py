"""From marked words to statements: rows of hand-made annotations, each with its reason."""

from __future__ import annotations

from itertools import pairwise

import pytest
from core_marks import A, drafts_of
from core_rows import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.reading import read_text
from sayso.records import BlockKind
from sayso.statements import Draft, act_of, joined, overlap

Shown = tuple[str, str, tuple[str, ...], str]


def shown(text: str, d: Draft) -> Shown:
    """A draft in words; a fragment that runs over paragraphs is shown one by one."""

    def words(spans: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
        return tuple(part for s, e in spans for part in text[s:e].split("\n\n"))

    return " … ".join(words(d.source)), " … ".join(words(d.cue)), words(d.content), d.kind


# reason, text, attributions as the encoder has them, the statements: source, cue, content, kind
MENDED: list[tuple[str, str, list[A], list[Shown]]] = [
    (
        "a quotation marked but for its edges is taken whole, marks and all",
        "“The gates held all night long,” said Renn.",
        [A("Renn", "said", ("gates held all night",))],
        [("Renn", "said", ("“The gates held all night long,”",), "direct")],
    ),
    (
        "a little of a long quotation, not from its start, stays a little",
        "Renn said “we rowed out before dawn and then they held” on Friday.",
        [A("Renn", "said", ("they held",))],
        [("Renn", "said", ("they held",), "direct")],
    ),
    (
        "a long quotation marked from its start is taken whole",
        "“We rowed out before dawn and then the gates held,” said Renn.",
        [A("Renn", "said", ("“We rowed",))],
        [("Renn", "said", ("“We rowed out before dawn and then the gates held,”",), "direct")],
    ),
    (
        "the stop of the sentence is no part of what was said",
        "Renn said the gates had held.",
        [A("Renn", "said", ("the gates had held.",))],
        [("Renn", "said", ("the gates had held",), "indirect")],
    ),
    (
        "the stop of an abbreviation is",
        "Renn said the pumps came from the U.S.",
        [A("Renn", "said", ("the pumps came from the U.S.",))],
        [("Renn", "said", ("the pumps came from the U.S.",), "indirect")],
    ),
    (
        "an initial at the end keeps its stop",
        "Renn said the key was held by Marrin D.",
        [A("Renn", "said", ("the key was held by Marrin D.",))],
        [("Renn", "said", ("the key was held by Marrin D.",), "indirect")],
    ),
    (
        "three dots stay",
        "Renn said the gates might hold...",
        [A("Renn", "said", ("the gates might hold...",))],
        [("Renn", "said", ("the gates might hold...",), "indirect")],
    ),
    (
        "a question mark stays",
        "Renn asked who had held the gates?",
        [A("Renn", "asked", ("who had held the gates?",))],
        [("Renn", "asked", ("who had held the gates?",), "indirect")],
    ),
    (
        "a comma before the cue goes",
        "The gates had held, Renn said.",
        [A("Renn", "said", ("The gates had held,",))],
        [("Renn", "said", ("The gates had held",), "indirect")],
    ),
    (
        "a stop inside the marks stays",
        "Renn said: “The gates have held.”",
        [A("Renn", "said", ("The gates have held",))],
        [("Renn", "said", ("“The gates have held.”",), "direct")],
    ),
    (
        "a stop behind the marks goes",
        "Renn said “the gates have held”.",
        [A("Renn", "said", ("“the gates have held”.",))],
        [("Renn", "said", ("“the gates have held”",), "direct")],
    ),
    (
        "a comma behind the source goes",
        "According to Renn, the gates had held.",
        [A("Renn,", "According to", ("the gates had held",))],
        [("Renn", "According to", ("the gates had held",), "indirect")],
    ),
    (
        "a colon that is the cue stays",
        "Renn: the gates have held",
        [A("Renn", ":", ("the gates have held",))],
        [("Renn", ":", ("the gates have held",), "indirect")],
    ),
]
KINDS: list[tuple[str, str, list[A], list[Shown]]] = [
    (
        "no marks: indirect",
        "Renn said that the gates had held.",
        [A("Renn", "said", ("that the gates had held",))],
        [("Renn", "said", ("that the gates had held",), "indirect")],
    ),
    (
        "some words in marks: mixed",
        "Renn said the gates “held all night”.",
        [A("Renn", "said", ("the gates “held all night”",))],
        [("Renn", "said", ("the gates “held all night”",), "mixed")],
    ),
    (
        "scare quotes inside make it mixed",
        "Renn said the “temporary” bridge would stay.",
        [A("Renn", "said", ("the “temporary” bridge would stay",))],
        [("Renn", "said", ("the “temporary” bridge would stay",), "mixed")],
    ),
    (
        "guillemets",
        "«The gates have held», said Renn.",
        [A("Renn", "said", ("The gates have held",))],
        [("Renn", "said", ("«The gates have held»",), "direct")],
    ),
    (
        "single marks",
        "‘The workers’ gates have held,’ said Renn.",
        [A("Renn", "said", ("The workers’ gates have held",))],
        [("Renn", "said", ("‘The workers’ gates have held,’",), "direct")],
    ),
    (
        "low and high marks",
        "„The gates have held“, said Renn.",
        [A("Renn", "said", ("The gates have held",))],
        [("Renn", "said", ("„The gates have held“",), "direct")],
    ),
    (
        "apostrophes are no marks",
        "Renn said the workers' gates and the owners' mill had held.",
        [A("Renn", "said", ("the workers' gates and the owners' mill had held",))],
        [("Renn", "said", ("the workers' gates and the owners' mill had held",), "indirect")],
    ),
    (
        "marks that never close still make it direct",
        "Renn said: “The gates have held.",
        [A("Renn", "said", ("The gates have held",))],
        [("Renn", "said", ("“The gates have held.",), "direct")],
    ),
    (
        "a quotation inside a quotation",
        "“He told me, ‘hold the rope,’ and I held it,” said Renn.",
        [A("Renn", "said", ("He told me, ‘hold the rope,’ and I held it",))],
        [("Renn", "said", ("“He told me, ‘hold the rope,’ and I held it,”",), "direct")],
    ),
]
PARTED: list[tuple[str, str, list[A], list[Shown]]] = [
    (
        "interrupted by its cue: two fragments of one statement",
        "“We wait here tonight,” said Renn, “and then we go home.”",
        [A("Renn", "said", ("We wait here tonight", "and then we go home"))],
        [("Renn", "said", ("“We wait here tonight,”", "“and then we go home.”"), "direct")],
    ),
    (
        "two marked stretches with a blank between are one fragment",
        "Renn said the gates had held all night.",
        [A("Renn", "said", ("the gates had", "held all night"))],
        [("Renn", "said", ("the gates had held all night",), "indirect")],
    ),
    (
        "half indirect, half direct, parted by the cue",
        "The gates held, said Renn, “by a hair and a prayer”.",
        [A("Renn", "said", ("The gates held", "“by a hair and a prayer”"))],
        [("Renn", "said", ("The gates held", "“by a hair and a prayer”"), "mixed")],
    ),
    (
        "over three paragraphs with the cue in the first",
        "Renn said: “We rowed out before dawn that day.\n\n“The gates had gone by then, all of them.\n\n“Nobody slept that night.”",
        [A("Renn", "said", ("We rowed out before dawn that day",))],
        [
            (
                "Renn",
                "said",
                (
                    "“We rowed out before dawn that day.",
                    "“The gates had gone by then, all of them.",
                    "“Nobody slept that night.”",
                ),
                "direct",
            )
        ],
    ),
    (
        "over two paragraphs, the last of them short",
        "Renn said: “We rowed out before dawn that day.\n\n“Nobody slept.”",
        [A("Renn", "said", ("We rowed out before dawn that day",))],
        [("Renn", "said", ("“We rowed out before dawn that day.", "“Nobody slept.”"), "direct")],
    ),
    (
        "over three paragraphs with the cue in the last",
        "“We rowed out before dawn that day.\n\n“The gates had gone by then, all.\n\n“Nobody slept at home,” said Renn.",
        [
            A(
                "Renn",
                "said",
                (
                    "We rowed out before dawn that day",
                    "The gates had gone by then, all",
                    "Nobody slept at home",
                ),
            )
        ],
        [
            (
                "Renn",
                "said",
                (
                    "“We rowed out before dawn that day.",
                    "“The gates had gone by then, all.",
                    "“Nobody slept at home,”",
                ),
                "direct",
            )
        ],
    ),
    (
        "over two paragraphs, the second marked as if nobody said it",
        "“We rowed out before dawn,” said Renn. “It was dark by then.\n\n“The gates had gone by then, all of them.”",
        [
            A("Renn", "said", ("We rowed out before dawn", "It was dark by then")),
            A("", "", ("The gates had gone by then",)),
        ],
        [
            (
                "Renn",
                "said",
                (
                    "“We rowed out before dawn,”",
                    "“It was dark by then.",
                    "“The gates had gone by then, all of them.”",
                ),
                "direct",
            )
        ],
    ),
    (
        "a closed quotation in the next paragraph is a statement of its own",
        "“We rowed out before dawn,” said Renn.\n\n“The gates had gone by then, all of them.”",
        [A("Renn", "said", ("We rowed out before dawn",))],
        [
            ("Renn", "said", ("“We rowed out before dawn,”",), "direct"),
            ("", "", ("“The gates had gone by then, all of them.”",), "direct"),
        ],
    ),
    (
        "marked with the cue of the paragraph before, it is one all the same",
        "“We rowed out before dawn,” said Renn.\n\n“The gates had gone by then, all of them.”",
        [A("Renn", "said", ("We rowed out before dawn", "The gates had gone by then, all of them"))],
        [
            ("Renn", "said", ("“We rowed out before dawn,”",), "direct"),
            ("", "", ("“The gates had gone by then, all of them.”",), "direct"),
        ],
    ),
    (
        "a quotation that goes on behind its cue in the same paragraph",
        "“We rowed out before dawn,” said Renn. “The gates had gone by then.”",
        [A("Renn", "said", ("We rowed out before dawn",)), A("", "", ("The gates had gone by then",))],
        [("Renn", "said", ("“We rowed out before dawn,”", "“The gates had gone by then.”"), "direct")],
    ),
]
BESIDE: list[tuple[str, str, list[A], list[Shown]]] = [
    (
        "a quotation and a cue side by side that were not linked",
        "“The gates have held all night,” said Renn.",
        [A("", "", ("The gates have held all night",)), A("Renn", "said", ())],
        [("Renn", "said", ("“The gates have held all night,”",), "direct")],
    ),
    (
        "the cue before it",
        "Renn said: “The gates have held all night.”",
        [A("", "", ("The gates have held all night",)), A("Renn", "said", ())],
        [("Renn", "said", ("“The gates have held all night.”",), "direct")],
    ),
    (
        "a quotation nobody said, behind a statement in its paragraph, is its speaker's",
        "Renn said the town slept on. “The gates have held all night.”",
        [A("Renn", "said", ("the town slept on",)), A("", "", ("The gates have held all night",))],
        [
            ("Renn", "said", ("the town slept on",), "indirect"),
            ("", "", ("“The gates have held all night.”",), "direct"),
        ],
    ),
    (
        "sure words of somebody are a statement, though nothing says whose",
        "The gates had held all night.",
        [A("", "", ("The gates had held",), 0.95)],
        [("", "", ("The gates had held",), "indirect")],
    ),
    (
        "so are words in marks",
        "A sign: “The gates have held all night.”",
        [A("", "", ("The gates have held all night",))],
        [("", "", ("“The gates have held all night.”",), "direct")],
    ),
    (
        "a quotation with a signature",
        "“The gates have held all night.” — Edda Kroll",
        [A("", "", ("The gates have held all night",))],
        [("Edda Kroll", "—", ("“The gates have held all night.”",), "direct")],
    ),
    (
        "a dash and a sentence are no signature",
        "“The gates have held all night” — Renn said this with a smile.",
        [A("", "", ("The gates have held all night",)), A("Renn", "said", ())],
        [("Renn", "said", ("“The gates have held all night”",), "direct")],
    ),
]
OTHERS: list[tuple[str, str, list[A], list[Shown]]] = [
    (
        "the empty It is no source",
        "It was reported that the gates had held.",
        [A("It", "was reported", ("that the gates had held",))],
        [("", "was reported", ("that the gates had held",), "indirect")],
    ),
    (
        "the empty It of what is thought",
        "It is widely believed that the gates held.",
        [A("It", "is widely believed", ("that the gates held",))],
        [("", "is widely believed", ("that the gates held",), "indirect")],
    ),
    (
        "an It that says something is one",
        "The board met. It said the gates had held.",
        [A("It", "said", ("the gates had held",))],
        [("It", "said", ("the gates had held",), "indirect")],
    ),
    (
        "an It that has itself been told",
        "The board met. It has been told the gates held.",
        [A("It", "has been told", ("the gates held",))],
        [("It", "has been told", ("the gates held",), "indirect")],
    ),
    (
        "no source in the sentence",
        "The gates reportedly held all night.",
        [A("", "reportedly", ("The gates", "held all night"))],
        [("", "reportedly", ("The gates", "held all night"), "indirect")],
    ),
    (
        "two statements in one sentence",
        "Renn said the gates held and Marrin denied it did.",
        [A("Renn", "said", ("the gates held",)), A("Marrin", "denied", ("it did",))],
        [
            ("Renn", "said", ("the gates held",), "indirect"),
            ("Marrin", "denied", ("it did",), "indirect"),
        ],
    ),
]
TABLE = [*MENDED, *KINDS, *PARTED, *BESIDE, *OTHERS]
KNOWN: dict[str, str] = {}


@pytest.mark.parametrize(("text", "attributions", "wanted"), rows(TABLE, KNOWN))
def test_statements(text: str, attributions: list[A], wanted: list[Shown]):
    found = drafts_of(text, attributions)
    assert [shown(text, d) for d in found.drafts] == wanted
    assert not found.left


# reason, text, kinds of paragraphs, attributions, statements
PRINTED: list[tuple[str, str, dict[int, BlockKind], list[A], list[Shown]]] = [
    (
        "a pull quote behind a statement goes on with its speaker",
        "“We rowed out before dawn,” said Renn.\n\n“The gates had gone by then, all of them.”",
        {1: "quote"},
        [A("Renn", "said", ("We rowed out before dawn",))],
        [
            ("Renn", "said", ("“We rowed out before dawn,”",), "direct"),
            ("", "", ("“The gates had gone by then, all of them.”",), "direct"),
        ],
    ),
    (
        "a turn is one statement of its label",
        "ROOK: The gates have held all night.\n\nAMORY: I am glad of it, truly.",
        {0: "turn", 1: "turn"},
        [],
        [
            ("ROOK", ":", ("The gates have held all night",), "indirect"),
            ("AMORY", ":", ("I am glad of it, truly",), "indirect"),
        ],
    ),
    (
        "a dash behind the label",
        "Interviewer – Have the gates held all night?",
        {0: "turn"},
        [],
        [("Interviewer", "–", ("Have the gates held all night?",), "indirect")],
    ),
    (
        "a turn in quotation marks is direct",
        "ROOK: “The gates have held all night.”",
        {0: "turn"},
        [],
        [("ROOK", ":", ("“The gates have held all night.”",), "direct")],
    ),
    ("a label with nothing behind it says nothing", "ROOK:", {0: "turn"}, [], []),
    (
        "words told inside a turn are a statement of their own",
        "ROOK: Marrin told me the gates had held.",
        {0: "turn"},
        [A("Marrin", "told", ("the gates had held",))],
        [
            ("ROOK", ":", ("Marrin told me the gates had held",), "indirect"),
            ("Marrin", "told", ("the gates had held",), "indirect"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "kinds", "attributions", "wanted"), rows(PRINTED))
def test_what_print_itself_says(text: str, kinds: dict[int, BlockKind], attributions: list[A], wanted: list[Shown]):
    found = drafts_of(text, attributions, kinds)
    assert [shown(text, d) for d in found.drafts] == wanted


# reason, text, attributions, what is left out: code, its words
LEFT: list[tuple[str, str, list[A], list[tuple[str, str]]]] = [
    (
        "doubtful words without marks and without anybody who says them",
        "The gates had held all night.",
        [A("", "", ("The gates had held",), 0.5)],
        [("no-cue", "The gates had held")],
    ),
    (
        "a quotation that nobody marked, in a paragraph of its own, with nothing before",
        "The town woke late.\n\n“The gates have held all night.”",
        [],
        [("quotation", "“The gates have held all night.”")],
    ),
    (
        "a quotation that nobody marked, inside a sentence",
        "Renn said the town woke late.\n\nThe words “all gates held last night” are on the wall.",
        [A("Renn", "said", ("the town woke late",))],
        [("quotation", "“all gates held last night”")],
    ),
    ("three words in marks are a name more often than speech", "She wrote “The Salt Stair” at home.", [], []),
    (
        "words in the next paragraph without marks are not this speaker's",
        "Renn said the gates held.\n\nThe mill was lost by noon.",
        [A("Renn", "said", ("the gates held", "The mill was lost by noon"))],
        [("no-cue", "The mill was lost by noon")],
    ),
    (
        "a reporting word with nothing said",
        "Renn spoke for an hour.",
        [A("Renn", "spoke", (), 0.8)],
        [("cue", "spoke")],
    ),
    ("a doubtful reporting word is not worth a line", "Renn spoke for an hour.", [A("Renn", "spoke", (), 0.4)], []),
]


@pytest.mark.parametrize(("text", "attributions", "wanted"), rows(LEFT))
def test_what_is_left_out(text: str, attributions: list[A], wanted: list[tuple[str, str]]):
    found = drafts_of(text, attributions)
    assert [(x.code, text[slice(*x.span)]) for x in found.left] == wanted
    assert all(x.reason for x in found.left)
    held = [text[s:e] for d in found.drafts for s, e in d.content]
    assert not {words for _, words in wanted} & set(held)


# reason, text, kinds, attributions, for each draft the number of the one it stands within
NESTED: list[tuple[str, str, dict[int, BlockKind], list[A], list[int | None]]] = [
    (
        "a warning told by somebody else",
        "Renn said that Marrin had warned that the gates would fail.",
        {},
        [
            A("Renn", "said", ("that Marrin had warned that the gates would fail",)),
            A("Marrin", "had warned", ("that the gates would fail",)),
        ],
        [None, 0],
    ),
    (
        "three deep",
        "Renn said that Marrin heard that Aldo knew that it leaked.",
        {},
        [
            A("Renn", "said", ("that Marrin heard that Aldo knew that it leaked",)),
            A("Marrin", "heard", ("that Aldo knew that it leaked",)),
            A("Aldo", "knew", ("that it leaked",)),
        ],
        [None, 0, 1],
    ),
    (
        "inside a quotation",
        "“Marrin told me the gates would fail,” said Renn.",
        {},
        [
            A("Renn", "said", ("Marrin told me the gates would fail",)),
            A("Marrin", "told", ("the gates would fail",)),
        ],
        [None, 0],
    ),
    (
        "inside a turn",
        "ROOK: Marrin told me the gates had held.",
        {0: "turn"},
        [A("Marrin", "told", ("the gates had held",))],
        [None, 0],
    ),
    (
        "side by side is not inside",
        "Renn said the gates held and Marrin denied it did.",
        {},
        [A("Renn", "said", ("the gates held",)), A("Marrin", "denied", ("it did",))],
        [None, None],
    ),
    (
        "one whose cue stands outside is not inside",
        "Renn denied and Marrin said the gates held.",
        {},
        [
            A("Renn", "denied", ("Marrin said the gates held",)),
            A("Marrin", "said", ("the gates held",)),
        ],
        [None, 0],
    ),
    (
        "the same words twice: neither holds the other",
        "Renn and then Marrin both said and wrote the gates held.",
        {},
        [A("Renn", "said", ("the gates held",)), A("Marrin", "wrote", ("the gates held",))],
        [None, None],
    ),
]


@pytest.mark.parametrize(("text", "kinds", "attributions", "wanted"), rows(NESTED))
def test_within(text: str, kinds: dict[int, BlockKind], attributions: list[A], wanted: list[int | None]):
    assert [d.inside for d in drafts_of(text, attributions, kinds).drafts] == wanted


# reason, cue, act
ACTS = [
    ("saying", "said", "say"),
    ("no cue", "", "say"),
    ("a mark", ":", "say"),
    ("believing", "has long believed", "think"),
    ("wanting", "wants", "want"),
    ("the last known word counts", "decided to think about", "think"),
    ("and so it does the other way round", "thought of refusing", "want"),
    ("in capitals", "HOPES", "want"),
    ("an unknown verb is saying", "bellowed", "say"),
    ("a noun of thinking", "is of the opinion", "think"),
]


@pytest.mark.parametrize(("cue", "wanted"), rows(ACTS))
def test_acts(cue: str, wanted: str):
    assert act_of(cue) == wanted


def test_the_act_of_a_draft_is_that_of_its_cue():
    [draft] = drafts_of("Renn hoped the gates held.", [A("Renn", "hoped", ("the gates held",))]).drafts
    assert draft.act == "want"


def test_the_strength_of_a_draft_is_that_of_its_weakest_fragment():
    text = "“We wait here tonight,” said Renn, “and then we go home.”"
    [draft] = drafts_of(text, [A("Renn", "said", ("We wait here tonight", "and then we go home"), 0.7)]).drafts
    assert draft.strength == (0.7, 0.7, 0.7, 0.7)
    assert draft.origin == "encoder"


def test_the_origin_tells_continued_and_turns():
    text = "“We rowed out before dawn,” said Renn.\n\n“The gates had gone by then, all of them.”"
    found = drafts_of(text, [A("Renn", "said", ("We rowed out before dawn",))])
    assert [d.origin for d in found.drafts] == ["encoder", "continued"]
    assert [d.origin for d in drafts_of("ROOK: It held all night.", kinds={0: "turn"}).drafts] == ["turn"]


def test_a_fault_in_one_paragraph_leaves_the_next_alone():
    said = "\n\nRenn said “the gates have held all night”."
    attribution = A("Renn", "said", ("the gates have held all night",))
    for odd in ("The board “met and left.", "The board met.” And left.", "The 'board met"):
        text = odd + said
        assert shown(text, drafts_of(text, [attribution]).drafts[-1]) == (
            "Renn",
            "said",
            ("“the gates have held all night”",),
            "direct",
        )


# --- spans -----------------------------------------------------------------------------------------------------------
SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda p: (min(p), max(p))),
    max_size=8,
)


@settings(deadline=None)
@given(SPANS, st.text("a  ", min_size=30, max_size=30))
def test_joined_spans_are_in_order_and_hold_the_same_characters(spans: list[tuple[int, int]], text: str):
    out = joined(spans, text)
    assert all(a[1] < b[0] and text[a[1] : b[0]].strip() for a, b in pairwise(out))
    held = {i for s, e in out for i in range(s, e)}
    wanted = {i for s, e in spans for i in range(s, e)}
    assert wanted <= held
    assert all(not text[i].strip() for i in held - wanted)


@settings(deadline=None)
@given(SPANS)
def test_overlap_counts_shared_characters(spans: list[tuple[int, int]]):
    for a in spans:
        for b in spans:
            assert overlap(a, b) == len(set(range(*a)) & set(range(*b)))


def test_who_is_quoted_by_an_agency_speaks_and_the_agency_carries():
    """The agency behind "quoted as saying by" is a hop, not the speaker."""
    text = "Governor Berit Solvane flew home. She was quoted as saying by the Tern agency that a strike is a second flood."
    reading = read_text(text)
    (statement,) = reading.statements
    assert [text[slice(*span)] for span in statement.source] == ["She"]
    assert [text[slice(*span)] for span in statement.cue] == ["was quoted as saying"]
    assert {s.id: s.name for s in reading.speakers}[statement.speaker or ""] == "Berit Solvane"
    assert [(hop.name, hop.kind) for hop in statement.chain] == [("Tern", "outlet")]


def test_an_interview_with_somebody_is_answered_by_them():
    """"An interview with …" says who A is, though the page names another person as often."""
    text = (
        "Nine minutes: an interview with Marit Osgood\n\nThe fire chief spoke to Tom Reed of the Harbour Post.\n\n"
        "Q: How long did you have?\n\nA: Nine minutes.\n\nQ: Tom Reed wrote that it was ten.\n\nA: I counted nine."
    )
    reading = read_text(text)
    names = {s.id: s.name for s in reading.speakers}
    answers = [names.get(s.speaker or "") for s in reading.statements if text[slice(*s.source[0])] == "A"]
    assert answers == ["Marit Osgood", "Marit Osgood"]
