"""Who is one for whoever counts by speaker: groups, names that nothing joins, namesakes told apart; and roles worth listing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from people_pages import page

from sayso.cli.who_speaks import command
from sayso.ledger import Ledger
from sayso.pile import Pile
from sayso.pile.namesakes import AS_WRITTEN, namesakes
from sayso.pile.people import QUESTION
from sayso.pile.people.worded import roles_of
from sayso.records import Role, Speaker

PAGES = (
    ("one.txt", "2031-04-01", "Varn Daily", ["Jorrin Kjellbeck [union leader] (he x2)", "#Tarrow Ferry Guild", "Robin Torvane [Mr]"]),
    ("two.txt", "2031-04-02", "Tarn Courier", ["Jorin Kjelbek (he x2)", "#Tarrow Ferry Guild", "#Varn Harbour Office"]),
    ("three.txt", "2031-04-03", "Tarn Courier", ["Jorrin Kjellbeck [leader of the union] (he x2)", "Robin Torvane [Mrs]"]),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("namesakes") / "sayso.db"
    with Ledger(at, write=True) as opened:
        for name, day, outlet, who in PAGES:
            opened.add(page(name, who, day=day, outlet=outlet)[0])
    return at


@pytest.fixture
def pile(path: Path) -> Iterator[Pile]:
    with Ledger(path) as opened, Pile(opened, [QUESTION]) as made:
        made.update()
        yield made


def keys(pile: Pile) -> dict[tuple[str, str], str]:
    known = namesakes(pile)
    readings = [pile.reading(document) for document in pile.documents()]
    return {(r.document.name, s.name): known.of(r.id, s.id) for r in readings for s in r.speakers}


def test_spellings_of_one_person_have_one_key(pile: Pile):
    found = keys(pile)
    kjellbeck = {found["one.txt", "Jorrin Kjellbeck"], found["two.txt", "Jorin Kjelbek"], found["three.txt", "Jorrin Kjellbeck"]}
    assert len(kjellbeck) == 1
    assert "" not in kjellbeck


def test_two_of_one_name_who_cannot_be_one_have_keys_of_their_own(pile: Pile):
    found = keys(pile)
    torvane = {found["one.txt", "Robin Torvane"], found["three.txt", "Robin Torvane"]}
    assert len(torvane) == 2
    assert "" not in torvane


def test_who_stands_alone_goes_by_the_name(pile: Pile):
    assert keys(pile)["two.txt", "Varn Harbour Office"] == ""


def test_a_body_is_found_by_its_name(pile: Pile):
    known = namesakes(pile)
    assert known.body("Tarrow Ferry Guild") == keys(pile)["one.txt", "Tarrow Ferry Guild"] != ""
    assert known.body("Orrin Steel") == ""
    assert AS_WRITTEN.body("Tarrow Ferry Guild") == ""


def test_the_command_counts_one_person_once(path: Path):
    def rows(*more: str) -> list[str]:
        result = CliRunner().invoke(command, ["-l", str(path), "--csv", *more])
        assert result.exit_code == 0, result.output
        return [line for line in result.stdout.splitlines()[1:] if "Kj" in line]

    (row,) = rows()
    assert "Jorrin Kjellbeck" in row
    assert row.endswith("Jorin Kjelbek")
    assert rows("--speaker", "kjelbek") == [row]
    assert len(rows("--as-written")) == 2


ROLES = [  # roles as worded, as listed, why
    (["Mr", "mayor"], ("mayor",), "courtesy is no role"),
    (["Mrs", "Mr."], (), "nothing else is left"),
    (["the River Guard’s"], ("River Guard",), "a possessive"),
    (["growers'"], ("growers",), "a possessive of many"),
    (["River Guard’s spokesman"], ("River Guard’s spokesman",), "inside it stays"),
    (["his  former\nteacher"], ("former teacher",), "in one line, without whose"),
    (["Mayor", "mayor", "the mayor"], ("Mayor",), "each once"),
    (["boss"], ("boss",), "an s is no possessive"),
]  # fmt: skip


@pytest.mark.parametrize(("worded", "listed", "why"), ROLES, ids=[row[2] for row in ROLES])
def test_roles_that_are_worth_listing(worded: list[str], listed: tuple[str, ...], why: str):
    speaker = Speaker("0" * 32, "Ada Quill", "person", (), tuple(Role(text, (0, 1)) for text in worded))
    assert roles_of(speaker) == listed, why
