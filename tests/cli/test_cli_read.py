"""``sayso read`` with the real reader: into a ledger, as JSON, interrupted, and where documents cannot be read."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
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
