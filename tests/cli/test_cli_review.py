"""Labels, versions, samples and agreement on the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_sample import BRIDGE, Page, bridge
from click.testing import CliRunner, Result

from sayso.cli import main
from sayso.ledger import Ledger
from sayso.records import Document, Published

Run = Callable[..., Result]
TOLD, MERGED, WIRE = "f59d5bb2", "50cfca39", "dd366331"


def told(result: Result) -> list[dict]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


# --- labels ---


def test_labels_filter_count_and_leave(run: Run):
    assert run("label", "add", "economy", TOLD, MERGED, "--reviewer", "Ada").stdout.count("labelled economy: ") == 2
    assert run("label", "add", "government", "--speaker", "Mira Halden").exit_code == 0
    assert run("label", "add", "local", "--outlet", "Courier", "--note", "of Tarn").exit_code == 0
    assert {row["id"][:8] for row in told(run("statements", "--label", "economy", "--json"))} == {TOLD, MERGED}
    assert {row["speaker"] for row in told(run("statements", "--label", "Government", "--json"))} == {"Mira Halden"}
    assert len(told(run("statements", "--label", "local", "--json"))) == 7
    assert [row["words"] for row in told(run("figures", "--label", "government", "--json"))] == ["twice"]
    assert [row["name"] for row in told(run("speakers", "--label", "government", "--json"))] == ["Mira Halden"]
    counted = {row["label"]: row for row in told(run("labels", "--json"))}
    assert {name: (row["statements"], row["speakers"], row["outlets"], row["covered"]) for name, row in counted.items()} == {
        "economy": (2, 0, 0, 2), "government": (0, 1, 0, 3), "local": (0, 0, 1, 7),
    }  # fmt: skip
    assert run("label", "remove", "economy", TOLD).stdout.startswith(tuple("0123456789abcdef"))
    assert [row["id"][:8] for row in told(run("statements", "--label", "economy", "--json"))] == [MERGED]
    assert [row["target"] for row in told(run("label", "list", "--json"))] == ["statement", "name", "outlet"]


def test_labels_on_the_page_and_in_exports(run: Run, ledger: Path):
    run("label", "add", "economy", TOLD, "--reviewer", "Ada")
    run("label", "add", "local", "--outlet", "Courier", "--reviewer", "Ada")
    assert "* labelled by Ada on" in run("show", "--list", "bridge.txt").stdout
    table = list(csv.DictReader(io.StringIO(run("export", "csv", "--table", "statements").stdout)))
    by_id = {row["id"][:8]: row for row in table}
    assert (by_id[TOLD]["labels"], by_id[TOLD]["outlet_labels"]) == ("economy", "local")
    assert by_id[MERGED]["labels"] == ""
    lines = [json.loads(line) for line in run("export", "jsonl", "--document", "bridge.txt").stdout.splitlines()]
    assert lines[0]["labels"]["outlet"] == ["local"]
    assert list(lines[0]["labels"]["of"].values()) == [["economy"]]


WRONG = [
    (["label", "add", "economy"], "say what bears the label"),
    (["label", "add", "economy", "--document", "bridge.txt", TOLD], "--document says which page"),
    (["label", "add", "a|b", TOLD], "no “|”"),
    (["statements", "--label", "none"], "there is no label 'none'; nothing bears one yet"),
    (["sample"], "say how many statements"),
    (["sample", "5", "--import", "x.csv"], "--import takes a sheet in"),
    (["sample", "--import", "nowhere.csv"], "there is no file nowhere.csv"),
    (["agreement", "Ada"], "agreement is of two people or more"),
    (["agreement"], "nothing was judged by two people"),
    (["about", "--csv"], "--csv is for --codebook"),
]


@pytest.mark.parametrize(("call", "said"), WRONG, ids=[" ".join(call) for call, _ in WRONG])
def test_wrong_calls(run: Run, call: list[str], said: str):
    result = run(*call)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["--kind", "--speaker-kind"])
def test_one_name_for_the_kind_of_a_speaker(run: Run, name: str):
    """In every command that makes a speaker, both names work."""
    assert run("decide", "speaker", TOLD, "Odo Quill", name, "group").exit_code == 0
    assert (
        run(
            "decide",
            "add",
            "bridge.txt",
            "--content",
            "opened eleven years ago",
            "--speaker",
            "Archive",
            name,
            "document",
        ).exit_code
        == 0
    )
    assert (
        run(
            "decide", "split", "bridge.txt", "Northwire", WIRE, "--name", "Northwire radio", name, "organisation"
        ).exit_code
        == 0
    )
    kinds = {row["name"]: row["kind"] for row in told(run("speakers", "--json"))}
    assert (kinds["Odo Quill"], kinds["Archive"], kinds["Northwire radio"]) == ("group", "document", "organisation")


# --- versions ---


def changed(day: str = "2031-04-20") -> Page:
    """The page of the bridge again, at its address, with another text."""
    text = BRIDGE.replace("in May.", "in June.")
    page = Page(
        Document(
            "bridge.txt", text, outlet="Tarn Courier", url="https://courier.example/bridge", published=Published(day)
        )
    )
    halden = page.speaker("Mira Halden")
    page.say(["the toll on the bridge would end in June"], "said", "Mira Halden", halden)
    page.figure("eleven years", 11, 11, counted="The bridge was opened", unit="duration")
    return page


@pytest.fixture
def versions(ledger: Path) -> Path:
    with Ledger(ledger, write=True) as opened:
        opened.add(changed().reading())
    return ledger


def test_only_the_newest_version_is_listed(run: Run, versions: Path):
    new, old = changed().reading().id, bridge().id
    for command in ("statements", "figures"):
        assert old not in {row["document_id"] for row in told(run(command, "--json"))}
        every = {row["document_id"] for row in told(run(command, "--all-versions", "--json"))}
        assert {old, new} <= every
        assert {row["document_id"] for row in told(run(command, "--document", old, "--json"))} == {old}


def test_an_older_day_is_no_newer_version(ledger: Path, run: Run):
    """Whatever comes in last: the day of publication decides, where it is known."""
    with Ledger(ledger, write=True) as opened:
        opened.add(changed("2031-03-01").reading())
    assert bridge().id in {row["document_id"] for row in told(run("statements", "--json"))}
    assert changed("2031-03-01").reading().id not in {row["document_id"] for row in told(run("statements", "--json"))}


def test_without_a_day_the_last_that_was_read_is_the_newest(ledger: Path, run: Run, monkeypatch: pytest.MonkeyPatch):
    pages = []
    for n, month in enumerate(("May", "June", "July"), 1):
        monkeypatch.setattr("sayso.ledger.store.now", lambda n=n: f"2031-05-0{n}T00:00:00+00:00")
        page = Page(
            Document(
                "toll.txt", f"Ida Maro said the toll ends in {month}.", outlet="Post", url="https://post.example/t"
            )
        )
        page.say([f"the toll ends in {month}"], "said", "Ida Maro", page.speaker("Ida Maro"))
        with Ledger(ledger, write=True) as opened:
            opened.add(page.reading())
        pages.append(page.id)
    assert [row["content"] for row in told(run("statements", "--speaker", "Maro", "--json"))] == [
        "the toll ends in July"
    ]
    assert {(row["before_id"], row["document_id"]) for row in told(run("diff", "--json"))} == {(pages[1], pages[2])}


def test_diff_compares_the_newest_two_versions(run: Run, versions: Path):
    rows = told(run("diff", "--json"))
    assert {row["document_id"] for row in rows} == {changed().reading().id}
    assert {row["before_id"] for row in rows} == {bridge().id}
    assert "gained" in {row["change"] for row in rows}
    assert f"bridge.txt {bridge().id[:8]} → {changed().reading().id[:8]}" in run("diff").stdout
    assert told(run("diff", changed().reading().id, "--json")) == rows
    assert told(run("diff", bridge().id, "--json")) == []


def test_decisions_tell_versions_apart(run: Run, versions: Path):
    assert (
        run(
            "decide", "note", told(run("statements", "--document", bridge().id, "--json"))[1]["id"], "on tape"
        ).exit_code
        == 0
    )
    rows = told(run("decisions", "--json"))
    assert sorted(row["version"] for row in rows) == ["1 of 2", "2 of 2"]
    assert "\t1 of 2\t" in run("decisions").stdout
    assert "version" in run("decisions").stdout.splitlines()[0]


def test_one_version_has_no_number(run: Run, decided: str):
    assert [row["version"] for row in told(run("decisions", "--json"))] == [""]


# --- who is one across pages ---


@pytest.fixture
def two_pages(ledger: Path) -> Path:
    """A second page on which Mira Halden speaks as Miranda Halden."""
    text = "Miranda Halden, the mayor of Tarn, said the ferry would sail. Miranda Halden said that boats were idle."
    page = Page(
        Document(
            "ferry.txt", text, outlet="The Lantern", url="https://lantern.example/1", published=Published("2031-04-10")
        )
    )
    speaker = page.speaker("Miranda Halden", roles=("the mayor of Tarn",))
    page.say(["the ferry would sail"], "said", "Miranda Halden", speaker)
    with Ledger(ledger, write=True) as opened:
        opened.add(page.reading())
        opened.decide_across(
            "same-person", ("bridge.txt", "Mira Halden"), ("ferry.txt", "Miranda Halden"), reviewer="Ada"
        )
    return ledger


def test_speakers_are_joined_where_the_pile_is(run: Run, two_pages: Path):
    before = {row["name"]: row for row in told(run("speakers", "--json"))}
    assert {"Mira Halden", "Miranda Halden"} <= set(before)
    run("people")  # builds the pile
    assert Path(f"{two_pages}.pile").exists()
    after = {row["name"]: row for row in told(run("speakers", "--json"))}
    assert "Mira Halden" not in after or "Miranda Halden" not in after
    whole = after.get("Miranda Halden") or after["Mira Halden"]
    assert (whole["statements"], whole["documents"]) == (4, 2)
    assert {"Mira Halden", "Miranda Halden"} <= set(whole["spellings"])
    assert told(run("speakers", "--as-written", "--json")) == list(before.values())
    assert told(run("speakers", "--name", "mira h", "--json")) == [whole]


def test_a_label_is_on_all_who_are_one(run: Run, two_pages: Path):
    run("label", "add", "government", "--speaker", "Mira Halden")
    assert len(told(run("statements", "--label", "government", "--json"))) == 3
    run("people")
    assert len(told(run("statements", "--label", "government", "--json"))) == 4
    (row,) = told(run("speakers", "--label", "government", "--json"))
    assert row["statements"] == 4
    (share,) = told(run("who-speaks", "--by", "label", "--json"))
    assert (share["name"], share["statements"]) == ("government", 4)
    shares = told(run("who-speaks", "--label", "government", "--json"))
    assert sum(each["statements"] for each in shares if each["kind"] == "person") == 4


def test_voices_take_the_flags(run: Run, two_pages: Path):
    """Counting by who is one is tested in tests/pile/voices; here, that the command asks for it."""
    run("label", "add", "government", "--speaker", "Miranda Halden")
    for more in (
        ["--speakers"],
        ["--speakers", "--as-written"],
        ["--label", "government"],
        ["--places", "--label", "government"],
    ):
        assert run("voices", "ferry", *more, "--json").exit_code == 0
    assert "give a word" in run("voices", "--label", "government").stderr


# --- samples and agreement ---


def test_a_sample_there_and_back(run: Run, ledger: Path):
    sheet = ledger.parent / "sheet.csv"
    result = run("sample", "8", "--stretches", "3", "--by", "outlet", "--seed", "5", "-o", str(sheet))
    assert result.exit_code == 0
    assert "11 rows to code in" in result.stderr
    assert "right: " in (ledger.parent / "sheet.codebook.txt").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8"))))
    for who, code in (("Ada", "right"), ("Bo", "speaker")):
        for n, row in enumerate(rows):
            row |= (
                {"code": (code if n % 2 else "right"), "missing": ""}
                if row["what"] == "statement"
                else {"code": "", "missing": "1"}
            )
        with sheet.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        found = told(run("sample", "--import", str(sheet), "--reviewer", who, "--json"))
        assert {"precision", "recall", "speakers"} <= {row["measure"] for row in found}
    about = CliRunner().invoke(main, ["about", "-l", str(ledger)]).stdout
    assert "Ada coded a random sample (8+3 by outlet, seed 5" in " ".join(about.split())
    assert "Bo coded a random sample" in " ".join(about.split())
    lines = told(run("agreement", "--json"))
    assert {row["measure"] for row in lines if row["found"] == "measure"} == {"code", "right", "missing"}
    assert sum(row["found"] == "difference" for row in lines) == 4
    assert run("agreement", "Ada", "Bo").exit_code == 0


def test_a_sheet_does_not_go_into_the_ledger_itself(run: Run, ledger: Path):
    before = ledger.read_bytes()
    assert run("sample", "3", "-o", str(ledger)).exit_code == 2
    assert ledger.read_bytes() == before


def test_xlsx(run: Run, ledger: Path):
    openpyxl = pytest.importorskip("openpyxl")
    book = ledger.parent / "sheet.xlsx"
    assert run("sample", "4", "-o", str(book)).exit_code == 0
    held = openpyxl.load_workbook(book)
    assert held.sheetnames == ["codebook", "sheet"]
    header = [cell.value for cell in held["sheet"][1]]
    column = header.index("code") + 1
    for line in range(2, held["sheet"].max_row + 1):
        if held["sheet"].cell(line, header.index("what") + 1).value == "statement":
            held["sheet"].cell(line, column, "r")
    held.save(book)
    found = told(run("sample", "--import", str(book), "--reviewer", "Ada", "--json"))
    assert {row["share"] for row in found if row["measure"] == "precision"} == {1.0}


def test_the_codebook(run: Run):
    rows = told(run("about", "--codebook", "--json"))
    assert {"field", "code", "meaning"} == set(rows[0])
    assert run("about", "--codebook").stdout.splitlines()[0] == "field\tcode\tmeaning"
    assert len(list(csv.DictReader(io.StringIO(run("about", "--codebook", "--csv").stdout)))) == len(rows)


# --- samples ---


def test_drawing_never_writes_over_a_sheet(run: Run, tmp_path: Path):
    sheet = tmp_path / "sheet.csv"
    assert run("sample", "3", "-o", str(sheet)).exit_code == 0
    sheet.write_text(sheet.read_text() + "filled in")
    again = run("sample", "3", "-o", str(sheet))
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)
    assert sheet.read_text().endswith("filled in")
    assert run("sample", "3", "-o", str(tmp_path / "other.csv")).exit_code == 0
