"""A page cannot command a terminal, whichever command shows it; and what it holds comes out of ``--json`` as it went in."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli import main

EVIL = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202egpj.exe\u2066\u2028\x00\x7f\r\ud800"
COLOUR = re.compile("\x1b\\[[0-9;]*m")
OBEYED = {
    *map(chr, range(9)),
    *map(chr, range(11, 32)),
    *map(chr, range(127, 160)),
    *"\u2028\u2029\u202a\u202b\u202c\u202d\u202e",
}
OBEYED |= set("\u2066\u2067\u2068\u2069")
SAID = f"“The gates{EVIL} stay closed,” said Ana{EVIL} Venn, chair{EVIL} of the board. She told Radio{EVIL} Ask that it rose."


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages with commands in every place that is shown."""
    folder = tmp_path_factory.mktemp("evil")
    one = {
        key: f"{key}{EVIL}"
        for key in ("id", "title", "outlet", "byline", "url", "date", "language", "desk", f"own{EVIL}")
    }
    lines = [
        {**one, "text": SAID},
        {**one, "id": f"two{EVIL}", "title": f"Venn: the gates{EVIL} stay closed", "text": f"{SAID}\n\n{SAID}"},
        {f"no{EVIL}": f"text{EVIL}"},
    ]
    (folder / "a.jsonl").write_text(
        "\n".join(map(json.dumps, lines)) + f'\n{{"text": {EVIL}\n', encoding="utf-8", errors="surrogatepass"
    )
    page = f"<title>Gates{EVIL}</title><h1>Gates{EVIL}</h1><p>{SAID}</p><p>{SAID}</p><p hidden>Not{EVIL} for the eye of anyone.</p>"
    (folder / "b.html").write_text(
        f"<html><meta name=author content='Ana{EVIL}'>{page}", encoding="utf-8", errors="replace"
    )
    (folder / "c.txt").write_text(SAID, encoding="utf-8", errors="surrogatepass")
    (folder / "c.txt.meta.json").write_text(json.dumps({key: value for key, value in one.items() if key != "id"}))
    if sys.platform == "linux":
        for name, data in (
            ("\x1b[2J\u202e.txt", b"Yes, said Ana Venn."),
            ("\x9b\r.pdf", b"%PDF-"),
            ("\udcff\x07.json", b"{"),
        ):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
    return folder


@pytest.fixture(scope="module")
def ledger(pile: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("ledger") / "a.db")
    found = run("read", "-l", path, str(pile))
    assert found.exit_code in {0, 1}, found.output
    return path


def run(*args: str, **environment: str):
    found = CliRunner(env=environment).invoke(main, list(args), standalone_mode=False)
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


def shown(text: str) -> set[str]:
    """What of a text a terminal would obey, the program's own colours aside."""
    return set(COLOUR.sub("", text)) & OBEYED


def test_reading(pile: Path, tmp_path: Path):
    for colour in ({}, {"FORCE_COLOR": "1", "COLUMNS": "80"}):
        found = run("read", "-l", str(tmp_path / f"{len(colour)}.db"), str(pile), **colour)
        assert "could not be read" in found.output
        assert not shown(found.output)


def test_errors_of_json(pile: Path):
    found = run("read", "--json", str(pile))
    assert "a.jsonl" in found.stderr
    names = [json.loads(line)["document"]["name"] for line in found.stdout.splitlines()]
    assert sum(name.startswith(("id", "two")) and "\\ud800" in name for name in names) == 2, (
        "half a pair is no part of a name"
    )
    assert "inside Sayso" not in found.stdout
    assert not shown(found.stderr)
    assert not shown(found.stdout), "JSON escapes what a terminal would obey"


@pytest.mark.parametrize(
    "args",
    [
        ["documents"], ["documents", "--unreadable"], ["statements"], ["statements", "--all"], ["speakers"], ["findings"],
        ["find", "gates"], ["show", "c.txt"], ["show", "c.txt", "--left-out"], ["show", "b.html"], ["check"],
        ["show", f"none{EVIL}"], ["find", f"none{EVIL}"], ["statements", "--speaker", f"none{EVIL}"], [f"none{EVIL}"],
    ],
    ids=lambda args: " ".join(args).encode("unicode_escape").decode()[:40],
)  # fmt: skip
@pytest.mark.parametrize("form", ["plain", "colour", "csv"])
def test_commands(args: list[str], form: str, ledger: str):
    if form == "csv":
        if args[0] in {"show", "check"} or EVIL in args[0]:
            pytest.skip("this command has no table")
        args = [*args, "--csv"]
    found = run(*args, "-l", ledger, **({"FORCE_COLOR": "1", "COLUMNS": "100"} if form == "colour" else {}))
    assert found.output
    assert not shown(found.output.replace("\r\n", "\n") if form == "csv" else found.output)


def test_wrong_calls(ledger: str, tmp_path: Path):
    """Messages about the call itself repeat what was typed, which a script may have taken from a page."""
    (tmp_path / "t.csv").write_text(f"name,date\na{EVIL},b{EVIL}\n", encoding="utf-8", errors="replace")
    calls = (
        ["read", f"--odd{EVIL}"], ["read", "--meta", str(tmp_path / "t.csv"), str(tmp_path)], ["read", "--processes", f"1{EVIL}", "x"],
        ["documents", "-l", f"{tmp_path}/none{EVIL}"], ["read", "-l", str(tmp_path / "b.db"), f"none{EVIL}"],
    )  # fmt: skip
    for args in calls:
        found = run(*args)
        assert found.output
        assert not shown(found.output), args


def test_exact(tmp_path: Path):
    """NUL, half pairs, separators and overrides: read, kept in a ledger and shown again, each time the same."""
    words = f"“Shut,” said Ana Venn.{EVIL} \u2029\x85 \U0001f600 \udfff"
    (tmp_path / "a.json").write_text(json.dumps({"text": words, "title": f"T{EVIL}", "desk": f"d{EVIL}"}))
    ledger = str(tmp_path / "a.db")
    read = json.loads(run("read", "--json", str(tmp_path / "a.json")).stdout)
    run("read", "-l", ledger, str(tmp_path / "a.json"))
    kept = json.loads(run("show", "a.json", "-l", ledger, "--json").stdout)
    assert read["document"]["text"] == kept["document"]["text"] == words
    assert read["document"]["title"] == kept["document"]["title"]
    assert json.loads(run("check", "-l", ledger, "--json").stdout or "{}") is not None
