"""Who speaks: shares of statements and words over pages made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import identity
from sayso.pile.namesakes import Namesakes
from sayso.pile.voices import Carried, shelf_of
from sayso.pile.who_speaks import Asked, Share, organisations, said_on, who_speaks
from sayso.records import Act, Block, Document, MadeBy, Reading, Role, Speaker, Statement, Voice

MADE_BY = MadeBy("0.1.0", "5e" * 32, "onnxruntime 1.31.1", "plain 1")
CAST = (  # name, kind, roles
    ("Nadja Orrin", "person", ("Captain", "head of the Fell Harbour Office")),
    ("Tomas Rehn", "person", ("Mr", "a spokesman for the Salt League")),
    ("official", "anonymous", ()),
    ("Salt League", "organisation", ()),
)


def page(name: str, outlet: str, said: Sequence[tuple], act: Act = "say") -> Reading:
    """A page of statements ``(source as worded, speaker numbers, words)``; a speaker of None is left open."""
    text, statements, voices = "", [], []
    speakers = [
        Speaker(f"{n:032x}", who, kind, (), tuple(Role(r, (0, 1)) for r in roles))
        for n, (who, kind, roles) in enumerate(CAST)
    ]
    for number, (source, who, words) in enumerate(said):
        start = len(text)
        text += f"{source} said "
        at = len(text)
        text += " ".join(["word"] * words)
        voices += [("own", (start, at)), ("statement", (at, len(text)))]
        ids = [f"{n:032x}" for n in who]
        statements.append(
            Statement(
                f"{number:032x}", "indirect", ((start, start + len(source)),), (), ((at, len(text)),), act,
                ids[0] if ids else None, tuple(ids[1:]),
            )
        )  # fmt: skip
        text += ". "
    document = Document(name, text, "", outlet, language="en", blocks=(Block("paragraph", (0, len(text))),))
    tiles: tuple[tuple[Voice, tuple[int, int]], ...] = tuple(voices)
    return Reading(
        identity.document_id(document), identity.text_id(text), document, MADE_BY, None, tuple(statements),
        tuple(speakers), voices=tiles,
    )  # fmt: skip


PAGES = (
    page("a", "The Orrin Post", [("Nadja Orrin", (0,), 10), ("she", (0,), 5), ("an official", (2,), 5)]),
    page("b", "Varn Daily", [("Tomas Rehn", (1,), 8), ("They", (1, 3), 2), ("The league", (3,), 4), ("it", (), 6)]),
)


def asked(pages: Sequence[Reading] = PAGES, **more: object) -> dict[str, Share]:
    found = who_speaks(shelf_of(pages), Asked(**more))  # type: ignore[arg-type]
    return {row.name or row.kind: row for row in found}


def test_speakers():
    rows = asked()
    assert {name: (row.statements, row.words, row.pages) for name, row in rows.items()} == {
        "Nadja Orrin": (2, 15, 1), "official": (1, 5, 1), "Tomas Rehn": (2, 10, 1), "Salt League": (2, 6, 1), "open": (1, 6, 1),
    }  # fmt: skip
    assert {(row.of, row.of_words) for row in rows.values()} == {(7, 40)}
    assert rows["Nadja Orrin"].share == pytest.approx(2 / 7, abs=1e-4)
    assert all(row.low <= row.share <= row.high for row in rows.values())


def test_a_joint_statement_counts_for_each_and_no_place_in_it_is_better():
    swapped = (
        PAGES[0],
        page("b", "Varn Daily", [("Tomas Rehn", (1,), 8), ("They", (3, 1), 2), ("The league", (3,), 4), ("it", (), 6)]),
    )
    assert {n: (r.statements, r.words) for n, r in asked(swapped).items()} == {
        n: (r.statements, r.words) for n, r in asked().items()
    }


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("kind", {"person": (4, 25), "anonymous": (1, 5), "organisation": (2, 6), "open": (1, 6)}),
        (
            "role",
            {"Captain": (2, 15), "head of the Fell Harbour Office": (2, 15), "spokesman for the Salt League": (2, 10)},
        ),
        ("organisation", {"Fell Harbour Office": (2, 15), "Salt League": (3, 14)}),
        ("pronoun", {"she": (2, 15), "unknown": (3, 15)}),
    ],
)
def test_groups(by: str, expected: dict[str, tuple[int, int]]):
    assert {name: (row.statements, row.words) for name, row in asked(by=by).items()} == expected


def test_each_outlet_apart():
    rows = who_speaks(shelf_of(PAGES), Asked("kind", each_outlet=True))
    shares = {(row.outlet, row.name): row.share for row in rows}
    assert shares["The Orrin Post", "anonymous"] == pytest.approx(1 / 3, abs=1e-4)
    assert shares["Varn Daily", "organisation"] == 0.5
    assert ("Varn Daily", "anonymous") not in shares


def test_a_speaker_asked_for_keeps_the_share_of_all():
    assert asked(speaker="orrin") == {"Nadja Orrin": asked()["Nadja Orrin"]}


def test_thoughts_count_only_when_asked_for():
    thought = (*PAGES, page("c", "Varn Daily", [("Tomas Rehn", (1,), 3)], act="think"))
    assert asked(thought)["Tomas Rehn"].statements == 2
    assert asked(thought, acts=("say", "think"))["Tomas Rehn"].statements == 3


COPIED = [  # kept, folded, statements of Nadja Orrin
    (False, True, 2),
    (True, True, 4),
    (False, False, 4),
]


@pytest.mark.parametrize(("kept", "fold", "expected"), COPIED)
def test_copied_statements_count_once(kept: bool, fold: bool, expected: int):
    copy = replace(PAGES[0], id="c" * 32)
    carried = {copy.id: [Carried((0, len(copy.document.text)), "The Orrin Post", PAGES[0].id, kept=kept)]}
    rows = who_speaks(shelf_of((*PAGES, copy), carried), Asked(fold_copies=fold))
    assert {row.name: row.statements for row in rows}["Nadja Orrin"] == expected


def test_text_that_is_only_credited_still_speaks():
    credit = {PAGES[0].id: [Carried((0, len(PAGES[0].document.text)), "Kestrel", "", "credit")]}
    assert {r.name: r.statements for r in who_speaks(shelf_of(PAGES, credit), Asked())}["Nadja Orrin"] == 2


ROLES = [
    ("head of the Fell Harbour Office", ("Fell Harbour Office",), "behind of"),
    ("spokesman for the Salt League, 41", ("Salt League",), "up to a comma"),
    ("Captain", (), "no body is named"),
    ("mayor of small things", (), "no name"),
    ("professor at Varn", ("Varn",), "behind at"),
    ("Secretary of State", (), "a field of office is no body"),
    ("president of U.S", ("U.S",), "an acronym"),
    ("president of U", (), "an initial is none"),
    ("brother of President Ivo Halden", (), "a person with a title is no body"),
]


@pytest.mark.parametrize(("role", "expected", "why"), ROLES)
def test_organisations(role: str, expected: tuple[str, ...], why: str):
    assert organisations(Speaker("0" * 32, "Ada Quill", "person", (), (Role(role, (0, 1)),))) == expected, why


SPELLINGS = [  # names of two pages, rows of them
    (("Salt League", "SALT LEAGUE"), ["Salt League"], "case"),
    (("Growers' League", "Growers’ League"), ["Growers' League"], "apostrophes"),
    (("Growers' League", "Growers League"), ["Growers League"], "none at all"),
    (("Salt League", "Salt Leagues"), ["Salt League", "Salt Leagues"], "another name"),
]


@pytest.mark.parametrize(("names", "rows", "why"), SPELLINGS, ids=[row[2] for row in SPELLINGS])
def test_names_as_they_are_counted(names: tuple[str, str], rows: list[str], why: str):
    pages = [
        replace(made, speakers=tuple(replace(s, name=name) if s.name == "Salt League" else s for s in made.speakers))
        for name, made in zip(names, (page(n, "Varn Daily", [("it", (3,), 2)]) for n in "ab"), strict=True)
    ]
    assert sorted(asked(pages)) == rows, why


def test_who_is_known_to_be_one_is_one_row():
    """Two names with one key are a row under the commoner name."""
    pages = [page(n, "Varn Daily", [("who", (number,), 2)]) for n, number in (("a", 0), ("b", 0), ("c", 1))]
    known = Namesakes({(r.id, f"{n:032x}"): "key" for r, n in zip(pages, (0, 0, 1), strict=True)})
    (row,) = who_speaks(shelf_of(pages), Asked(), known=known)
    assert (row.name, row.spellings, row.statements, row.pages) == ("Nadja Orrin", ("Tomas Rehn",), 3, 3)
    assert who_speaks(shelf_of(pages), Asked(speaker="rehn"), known=known) == (row,)


PRONOUNS = [
    (["he", "he"], "he", "one kind"),
    (["She", "her"], "she", "its forms are one"),
    (["they"], "they", "they, of one person"),
    (["he", "she"], "unknown", "two kinds leave it open"),
    (["Nadja Orrin"], "unknown", "no pronoun"),
    (["I"], "unknown", "the first person tells nothing"),
]


@pytest.mark.parametrize(("sources", "expected", "why"), PRONOUNS)
def test_pronouns(sources: list[str], expected: str, why: str):
    (pronoun,) = {said.pronoun for said in said_on(page("p", "Varn Daily", [(source, (0,), 3) for source in sources]))}
    assert pronoun == expected, why


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(2)), st.sampled_from(("speaker", "kind", "role", "organisation", "pronoun")))
def test_order_does_not_matter(order: list[int], by: str):
    assert who_speaks(shelf_of([PAGES[n] for n in order]), Asked(by)) == who_speaks(shelf_of(PAGES), Asked(by))  # type: ignore[arg-type]


def test_nothing_said_is_nothing_shared():
    assert who_speaks(shelf_of([page("empty", "Varn Daily", [])]), Asked()) == ()
