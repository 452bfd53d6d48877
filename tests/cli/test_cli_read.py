"""``sayso read`` with the real reader: into a ledger, as JSON, interrupted, and where documents cannot be read."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from test_cli_commands import closed, schema
from test_cli_process import SAYSO, surroundings

import sayso
from sayso.cli import main
from sayso.errors import SaysoError
from sayso.ledger import Ledger
from sayso.records import Document, Reading

pytest.importorskip("sayso.reading")
pytestmark = pytest.mark.skipif(
    not (Path(sayso.__file__).parent / "models" / "english" / "model.onnx").exists(), reason="the model is not there"
)

STORY = (
    "Toll ends in May\n\nMira Halden, the mayor of Tarn, said the toll would end in May. “We paid twice,” she said.\n"
)


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a text, two lines of JSON, and a file that is nothing."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "bridge.txt").write_text(STORY, encoding="utf-8")
    lines = [{"id": f"ferry-{n}", "text": f"Boat {n} stays. Ruta Vend said: “Not one leaves.”"} for n in range(2)]
    (folder / "ferry.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    return folder


def run(*args: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(args), input=stdin)


def test_into_a_ledger(news: Path):
    result = run("read", "news")
    assert result.exit_code == 1, "one document could not be read"
    assert "3 read, 1 could not be read" in result.stdout
    assert "empty.txt  no-text: " in result.stdout
    assert "next: sayso statements\n" in result.stdout
    assert run("check").exit_code == 0
    assert "Mira Halden" in run("statements").stdout
    assert json.loads(run("documents", "--unreadable", "--json").stdout)["error"]["code"] == "no-text"


def test_again_is_the_same(news: Path):
    run("read", "news")
    (news / "empty.txt").unlink()
    result = run("read", "news")
    assert result.exit_code == 0
    assert "0 read, 3 the same as before" in result.stdout
    assert "0 read, 3 the same as before" in run("read", "--again", "news").stdout


def test_the_ledger_and_the_table_are_no_documents(news: Path):
    """Where they lie in the folder that is read they are passed over; another ledger there is not."""
    (news / "pages.csv").write_text("name,outlet\nbridge.txt,Tarn Courier\n", encoding="utf-8")
    (news / "empty.txt").unlink()
    for read in ("3 read", "3 the same as before"):
        result = run("read", "-l", "news/own.db", "--meta", "news/pages.csv", "news")
        assert (result.exit_code, read in result.stdout) == (0, True), result.output
    other = run("read", "--meta", "news/pages.csv", "news")
    assert other.exit_code == 1
    assert "own.db  unknown-format" in other.stdout


def test_json_touches_no_ledger(news: Path):
    result = run("read", "--json", "news")
    assert result.exit_code == 1
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["document"]["name"] for line in lines] == ["bridge.txt", "empty.txt", "ferry-0", "ferry-1"]
    assert lines[1]["error"]["code"] == "no-text"
    for line in lines:
        Draft202012Validator(closed(schema("reading"))).validate(line)
    assert result.stderr.startswith("sayso: empty.txt: no-text: ")
    assert not Path("sayso.db").exists()


def test_json_says_that_l_has_no_effect(news: Path):
    result = run("read", "--json", "-l", "x.db", "news/bridge.txt")
    assert result.exit_code == 0
    assert "-l has no effect" in result.stderr
    assert not Path("x.db").exists()


def test_two_processes_read_the_same(news: Path):
    command = [*SAYSO, "read", "--json", "--processes", "2", "news"]
    two = subprocess.run(command, capture_output=True, env=surroundings(), timeout=100).stdout
    assert two.count(b"\n") == 4
    assert two == run("read", "--json", "news").stdout_bytes


def test_standard_input_and_meta(news: Path):
    Path("meta.csv").write_text("name,outlet,date\n-,Tarn Courier,2031-04-09\n", encoding="utf-8")
    result = run("read", "--meta", "meta.csv", "-", stdin=STORY)
    assert result.exit_code == 0, result.output
    (row,) = (json.loads(line) for line in run("documents", "--json").stdout.splitlines())
    assert (row["name"], row["outlet"], row["published"]) == ("-", "Tarn Courier", "2031-04-09")


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["nowhere"], 1, "not-a-file"),
        (["--meta", "none.csv", "news"], 2, "none.csv"),
        (["-l", "no/such/folder/x.db", "news"], 2, "x.db"),
    ],
)
def test_what_is_not_there(args: list[str], code: int, said: str, news: Path):
    result = run("read", *args)
    assert result.exit_code == code
    assert said in result.stdout + result.stderr


def test_the_help_examples_of_read(news: Path):
    """Those that name files, on files of those names."""
    Path("bridge.txt").write_text(STORY, encoding="utf-8")
    assert run("read", "--json", "bridge.txt").exit_code == 0
    assert run("read", "news/").exit_code == 1
    assert run("read", "-", stdin=STORY).exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are other things there")
def test_stopping_keeps_what_is_whole(news: Path):
    """Ctrl-C: exit code 130, says how many are safe, that many are, and the next run carries on."""
    many = "".join(json.dumps({"id": f"d{n}", "text": f"Page {n}. {STORY}"}) + "\n" for n in range(3000))
    Path("many.jsonl").write_text(many, encoding="utf-8")
    process = subprocess.Popen(
        [*SAYSO, "read", "many.jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings()
    )
    wait_until(lambda: documents() > 0)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    safe = documents()
    assert 0 < safe < 3000
    assert (
        errors == f"sayso: stopped; {safe:,} documents are safe in sayso.db; run the same command again to carry on\n"
    )
    assert run("check").exit_code == 0
    Path("many.jsonl").write_text("".join(many.splitlines(keepends=True)[: safe + 1]), encoding="utf-8")
    assert f"1 read, {safe:,} the same as before" in run("read", "many.jsonl").stdout


def documents() -> int:
    try:
        with Ledger("sayso.db") as opened:
            return opened.counts().documents
    except SaysoError:  # not there yet, or just being made
        return 0


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.05)


# --- what is there and what is not ---


def test_a_mistyped_path_leaves_no_trace(news: Path):
    """No ledger is made for it, and none that is there remembers it."""
    assert run("read", "nwes").exit_code == 1
    assert not Path("sayso.db").exists()
    result = run("read", "news/bridge.txt", "news/brigde.txt")
    assert result.exit_code == 1
    assert "brigde.txt  not-a-file: " in result.stdout
    assert run("documents", "--unreadable", "--json").stdout == ""


def test_unreadable_files_alone_make_no_ledger_but_are_remembered_with_others(news: Path):
    assert run("read", "news/empty.txt").exit_code == 1
    assert not Path("sayso.db").exists()
    assert run("read", "news/empty.txt", "news/bridge.txt").exit_code == 1
    (line,) = run("documents", "--unreadable", "--json").stdout.splitlines()
    assert json.loads(line)["document"]["name"] == "empty.txt"


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_an_empty_folder_is_said(form: list[str], news: Path):
    Path("none").mkdir()
    result = run("read", *form, "none")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "sayso: nothing to read was found in none\n"
    assert not Path("sayso.db").exists()


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_rows_that_fit_no_document_are_named(form: list[str], news: Path):
    rows = "".join(f"{name},Tarn Courier\n" for name in ("bridge.txt", "brigde.txt", *(f"x{n}" for n in range(6))))
    Path("pages.csv").write_text(f"name,outlet\n{rows}", encoding="utf-8")
    result = run("read", *form, "--meta", "pages.csv", "news/bridge.txt")
    assert result.exit_code == 0
    said = "pages.csv: 7 rows fit no document that was read: brigde.txt, x0, x1, x2, x3, …\n"
    assert result.stderr == f"sayso: {said}"
    again = run("read", *form, "--meta", "pages.csv", "news/bridge.txt")
    assert said in again.stderr, "pages that are passed over count as well"


# --- originals, reading again, forgotten pages ---


def test_originals_are_kept(news: Path):
    """Also of pages that are in the ledger, and each once; a file that has changed since is not that page's original."""
    (news / "empty.txt").unlink()
    assert "originals" not in run("read", "news").stdout
    (news / "ferry.jsonl").write_text(json.dumps({"id": "ferry-0", "text": "Another boat."}) + "\n", encoding="utf-8")
    assert "originals     1 kept\n" in run("read", "--keep", "news/bridge.txt").stdout
    assert "originals     1 kept\n" in run("read", "--keep", "news").stdout, "that of the page that is new"
    assert "originals" not in run("read", "--keep", "news").stdout
    assert run("show", "bridge.txt", "--original").stdout_bytes == STORY.encode()
    assert run("show", "ferry-1", "--original").exit_code == 2
    assert run("check").exit_code == 0


def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the pages that are encoded from now on."""
    from sayso.reading import Reader

    names: list[str] = []
    read = Reader.read

    def seen(self: Reader, document: Document) -> Reading:
        names.append(document.name)
        return read(self, document)

    monkeypatch.setattr(Reader, "read", seen)
    return names


def test_again_passes_over_what_this_very_program_read(news: Path, monkeypatch: pytest.MonkeyPatch):
    run("read", "news")
    names = encoded(monkeypatch)
    result = run("read", "--again", "news")
    assert "0 read, 3 the same as before" in result.stdout
    assert names == []


def test_again_counts_what_changed(news: Path, monkeypatch: pytest.MonkeyPatch):
    """The page was read before by other code, which saw one statement fewer and had another speaker for the other."""
    with Ledger("sayso.db", write=True) as opened:
        for reading in sayso.read_file("news/bridge.txt"):
            first, _ = reading.statements
            only = replace(first, speaker=None, speaker_reason="no-candidate")
            made = replace(reading.made_by, code="earlier")
            opened.add(replace(reading, statements=(only,), speakers=(), figures=(), made_by=made))
    names = encoded(monkeypatch)
    result = run("read", "--again", "news/bridge.txt")
    assert "1 read (1 again)" in result.stdout
    assert "read again    1 gained, 1 with another speaker  (sayso diff lists them)\n" in result.stdout
    assert names == ["bridge.txt"]
    assert len(run("diff", "--json").stdout.splitlines()) == 2
    assert "read again" not in run("read", "--again", "news/bridge.txt").stdout


def test_forgotten_pages_are_passed_over(news: Path, monkeypatch: pytest.MonkeyPatch):
    """Without being encoded; a page of another name with that text is refused by the ledger."""
    run("read", "news/bridge.txt")
    assert run("forget", "bridge.txt", "--reason", "asked for", "--yes").exit_code == 0
    (news / "twin.txt").write_text(STORY, encoding="utf-8")
    names = encoded(monkeypatch)
    result = run("read", "--keep", "news/bridge.txt", "news/twin.txt")
    assert result.exit_code == 0
    assert "0 read, 2 forgotten and not taken in again\n" in result.stdout
    assert "originals" not in result.stdout
    assert names == ["twin.txt"]
    assert run("documents", "--json").stdout == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are other things there")
def test_stopping_json_says_nothing(news: Path):
    """Ctrl-C: exit code 130, and no empty line."""
    many = "".join(json.dumps({"id": f"d{n}", "text": f"Page {n}. {STORY}"}) + "\n" for n in range(3000))
    Path("many.jsonl").write_text(many, encoding="utf-8")
    process = subprocess.Popen(
        [*SAYSO, "read", "--json", "many.jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings()
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"{")
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, b"")


# --- the years of a pile ---

DATELINE = "FELL, November 3 - Mira Halden said on Friday that the toll would end. “We paid twice,” she said.\n"


@pytest.fixture
def yearless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two pages whose date has no year; the first weekday of the story is the day of the dateline."""
    folder = tmp_path / "wire"
    folder.mkdir()
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text(f"Toll of {name[:3]} ends\n\n{DATELINE}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def dates() -> list[str]:
    return [json.loads(line)["published"] for line in run("documents", "--json").stdout.splitlines()]


@pytest.mark.parametrize("processes", ["1", "2"])
def test_years_give_a_date_its_year(processes: str, yearless: Path):
    lines = run("read", "--json", "--years", "2020-2024", "--processes", processes, "wire").stdout.splitlines()
    published = [json.loads(line)["document"]["published"] for line in lines]
    assert [(each["date"], each["basis"]) for each in published] == [("2023-11-03", "inferred")] * 2
    codes = {json.loads(line)["made_by"]["code"].partition("+")[2] for line in lines}
    assert codes == {"2020-2024"}


def test_years_for_pages_that_are_in_the_ledger(yearless: Path):
    """They need --again; a run with the same years has nothing to do, and the reading without years stays beside."""
    run("read", "wire")
    assert dates() == ["XXXX-11-03"] * 2
    assert "0 read, 2 the same as before" in run("read", "--years", "2020-2024", "wire").stdout
    assert "2 read (2 again)" in run("read", "--years", "2020-2024", "--again", "wire").stdout
    assert dates() == ["2023-11-03"] * 2
    assert "0 read, 2 the same as before" in run("read", "--years", "2020-2024", "--again", "wire").stdout
    assert "0 read, 2 the same as before" in run("read", "--years", "2023", "--again", "wire").stdout, (
        "read, and no other"
    )
    assert run("check").exit_code == 0
    shown = run("show", "one.txt").stdout
    assert "2023-11-03 (inferred)" in shown
    assert "years 2020-2024" in run("show", "one.txt", "--provenance").stdout


@pytest.mark.parametrize(
    ("given", "years"),
    [("2031", range(2031, 2032)), ("2030-2031", range(2030, 2032)), (" 2030 – 2031 ", range(2030, 2032))],
)
def test_years_in_every_form(given: str, years: range):
    from sayso.cli.options import Years

    assert Years().convert(given, None, None) == years


def test_a_page_that_comes_in_with_other_metadata_is_named(tmp_path: Path, run):
    """The same file without its table is another page by identity; the user is told."""
    (tmp_path / "bridge.txt").write_text("Lia Renn said the bridge was closed.\n", encoding="utf-8")
    page = tmp_path / "quay-new.txt"
    (tmp_path / "bridge.txt").rename(page)
    (tmp_path / "meta.csv").write_text("name,outlet\nquay-new.txt,Varn Daily\n", encoding="utf-8")
    assert "twice" not in run("read", str(page), "--meta", str(tmp_path / "meta.csv")).stderr
    said = " ".join(run("read", str(page)).stderr.split())
    assert "1 page stands in" in said
    assert "was --meta left out" in said
    assert "twice" not in run("read", str(page)).stderr  # nothing new came in
