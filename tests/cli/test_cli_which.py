"""Which page is meant, where it came from, its original, and mending a ledger."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cli_sample import SCAN, bridge
from cli_screens import plain
from click.testing import Result
from jsonschema import Draft202012Validator
from test_cli_commands import closed, lines_of, schema
from test_cli_process import POSIX, call, on_a_terminal

from sayso.cli.render import Screen
from sayso.cli.render_provenance import provenance_lines
from sayso.identity import document_id
from sayso.ledger import Ledger
from sayso.records import Reading, SourceFile

Run = Callable[..., Result]
BYTES = b"What stood in the file.\n\xff"


def filed(name: str, path: str, data: bytes = BYTES) -> Reading:
    file = SourceFile(path, hashlib.sha256(data).hexdigest(), len(data), "text/plain")
    document = replace(bridge().document, name=name, url="", file=file, blocks=())
    bare = replace(bridge(), id=document_id(document), document=document)
    return replace(bare, statements=(), speakers=(), figures=(), voices=(), findings=(), dropped=())


@pytest.fixture
def several(ledger: Path) -> Path:
    """Pages of one container and of folders beside those of the sample."""
    with Ledger(ledger, write=True) as opened:
        for name, path in (
            ("boat-1", "news/boats.jsonl"), ("boat-2", "news/boats.jsonl"), ("may/quay.txt", "news/may/quay.txt"),
            ("pier.txt", "C:\\news\\pier.txt"),
        ):  # fmt: skip
            opened.add(filed(name, path, BYTES if path.endswith("l") else name.encode()))
    return ledger


@pytest.mark.parametrize(
    ("given", "name", "why"),
    [
        ("bridge.txt", "bridge.txt", "the name"),
        (bridge().id, "bridge.txt", "the id"),
        (bridge().id[:6], "bridge.txt", "its first digits"),
        ("brid", "bridge.txt", "the beginning of one name"),
        ("elsewhere/bridge.txt", "bridge.txt", "a place that ends in the name"),
        ("news/may/quay.txt", "may/quay.txt", "the place it was read from"),
        ("./news/may/quay.txt", "may/quay.txt", "said in another way"),
        ("quay.txt", "may/quay.txt", "the end of that place"),
        ("pier.txt", "pier.txt", "a name"),
        ("news/pier.txt", "pier.txt", "a place of another system"),
    ],
)
def test_a_page_is_found(given: str, name: str, why: str, several: Path, run: Run):
    (reading,) = lines_of(run("show", given, "--json"))
    assert reading["document"]["name"] == name, why


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("boats.jsonl", "2 documents come from 'boats.jsonl': say which by its name (boat-1, boat-2)."),
        ("news/boats.jsonl", "2 documents come from 'news/boats.jsonl'"),
        ("boat", "2 documents have a name that begins with 'boat'"),
        ("scan.pdf", "scan.pdf could not be read (no-text-layer): There is no text in it"),
        ("news/scan.pdf", "scan.pdf could not be read (no-text-layer)"),
        ("bridge.text", "is called 'bridge.text'. Near: 'bridge.txt'"),
        ("", "is called ''"),
    ],
)
def test_a_page_is_not_found(given: str, said: str, several: Path, run: Run):
    assert SCAN.path == "news/scan.pdf"
    result = run("show", given)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


# --- where it came from ---


def test_provenance_is_as_the_schema_says(several: Path, run: Run, decided: str):
    for name in ("bridge.txt", "boat-1"):
        (found,) = lines_of(run("show", name, "--provenance", "--json"))
        Draft202012Validator(closed(schema("provenance"))).validate(found)
    assert (found["path"], found["bytes"], found["kept"]) == ("news/boats.jsonl", len(BYTES), False)
    assert {each["name"] for each in found["copies"]} == {"bridge.txt", "boat-2", "may/quay.txt", "pier.txt"}
    (bridges,) = lines_of(run("show", "bridge.txt", "--provenance", "--json"))
    assert bridges["decisions"] == 1
    assert bridges["readings"][0]["at"].startswith("20")


@pytest.mark.parametrize("width", [80, 140])
def test_golden_provenance(width: int, several: Path, golden: Callable[[str, str], None]):
    with Ledger(several) as opened:
        found = opened.provenance("boat-1")
    found = replace(found, readings=tuple(replace(each, at="2031-04-10T09:00:00+00:00") for each in found.readings))
    golden(f"provenance-{width}.txt", plain(provenance_lines(found, "spring news.db", Screen(width))))


def test_the_original_comes_back(several: Path, run: Run):
    missing = run("show", "boat-1", "--original")
    assert missing.exit_code == 2
    assert "read it again with --keep" in missing.stderr
    with Ledger(several, write=True) as opened:
        assert opened.wants_original(hashlib.sha256(BYTES).hexdigest())
        assert opened.keep(BYTES)
        assert not opened.wants_original(hashlib.sha256(BYTES).hexdigest())
        assert not opened.wants_original("0" * 64)
    assert run("show", "boat-1", "--original").stdout_bytes == BYTES
    assert call("show", "boat-1", "--original", "-l", several).stdout == BYTES
    assert "sayso show boat-1 --original" in run("show", "boat-1", "--provenance").stdout
    assert run("show", "boat-1", "--original", "--json").exit_code == 2
    assert "cannot both be" in run("show", "boat-1", "--original", "--list").stderr


@POSIX
def test_bytes_are_not_for_a_terminal(several: Path):
    with Ledger(several, write=True) as opened:
        opened.keep(BYTES)
    code, sent = on_a_terminal("show", "boat-1", "--original", "-l", several)
    assert code == 2
    assert "add > FILE" in sent


# --- parts of names, and mending ---


def test_an_outlet_by_part_of_its_name(run: Run):
    assert len(lines_of(run("documents", "--outlet", "tarn", "--json"))) == 1
    assert len(lines_of(run("statements", "--outlet", "LANTERN", "--json"))) == 2
    assert lines_of(run("documents", "--outlet", "%", "--json")) == []


@pytest.mark.parametrize("command", ["statements", "speakers", "decisions"])
def test_choices_are_words(command: str, run: Run):
    option = "--state" if command == "decisions" else "--kind"
    said = run(command, option, "loud").stderr
    assert "is not one of '" in said
    assert "''" not in said


def test_repair(run: Run, ledger: Path, decided: str):
    with sqlite3.connect(ledger) as connection:
        connection.execute("UPDATE outcomes SET state = 'lost'")
    connection.close()
    assert run("check").exit_code == 1
    result = run("check", "--repair")
    assert result.exit_code == 0, result.stdout
    assert result.stdout.startswith("Made anew what follows from decisions, on 1 page.\n")
    assert result.stdout.endswith(" is whole\n")
    (facts,) = (json.loads(line) for line in run("check", "--repair", "--json").stdout.splitlines())
    assert facts["whole"]
    assert len(facts["repaired"]) == 2


def test_a_damaged_file_is_said_in_a_line(run: Run, ledger: Path):
    data = bytearray(ledger.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    ledger.write_bytes(data)
    for command in (["check"], ["check", "--repair"], ["statements"], ["decisions"]):
        result = run(*command)
        assert result.exit_code == 2
        assert "is damaged" in result.stderr
        assert result.stderr.count("\n") == 1
