"""``sayso forget``: what goes and what stays, who is asked, what lies beside the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from cli_sample import bridge
from click.testing import Result
from jsonschema import Draft202012Validator
from test_cli_commands import closed, lines_of, schema
from test_cli_process import POSIX, SAYSO, surroundings

from sayso.identity import document_id, text_id
from sayso.ledger import Ledger
from sayso.records import Reading

Run = Callable[..., Result]
WORDS = b"nobody pays a third time"
FORGET = ("forget", "bridge.txt", "--reason", "asked for")


def of(document_change: dict[str, str]) -> Reading:
    """The bridge page under another name, text or address, without what was read in it."""
    document = replace(bridge().document, blocks=(), **document_change)  # type: ignore[arg-type]
    bare = replace(bridge(), id=document_id(document), text_id=text_id(document.text), document=document)
    return replace(bare, statements=(), speakers=(), figures=(), voices=(), findings=(), dropped=())


def test_the_text_leaves_the_file(run: Run, ledger: Path):
    assert WORDS in ledger.read_bytes()
    result = run(*FORGET, "--yes", "--reviewer", "Ada Fenn")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == "forgotten: bridge.txt (6ce6ed67)\n"
    assert f"to let it come in again: sayso forget --lift 6ce6ed67 -l {ledger}" in result.stderr
    assert WORDS not in ledger.read_bytes()
    assert run("show", "bridge.txt").exit_code == 2
    assert run("check").exit_code == 0
    (row,) = lines_of(run("forget", "--list", "--json"))
    Draft202012Validator(closed(schema("forget"))).validate(row)
    assert (row["reason"], row["reviewer"]) == ("asked for", "Ada Fenn")
    assert run("forget", "--list", "--csv").stdout.count("\n") == 2
    assert "asked for" in run("forget", "--list").stdout


def test_json_tells_each_page(run: Run):
    (row,) = lines_of(run(*FORGET, "--yes", "--json"))
    Draft202012Validator(closed(schema("forget"))).validate(row)
    assert row["id"] == bridge().id


def test_it_is_not_taken_in_again_until_it_is_let(run: Run, ledger: Path):
    run(*FORGET, "--yes")
    with Ledger(ledger, write=True) as opened:
        assert opened.add(bridge()) == "forgotten"
    result = run("forget", "--lift", "6ce6ed67")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "is no longer held back" in result.stderr
    with Ledger(ledger, write=True) as opened:
        assert opened.add(bridge()) == "added"


def test_decisions_about_it_are_gone_and_the_ledger_is_whole(run: Run, ledger: Path, decided: str):
    """Also when the page comes in again: what was decided about it is not known any more."""
    run(*FORGET, "--yes")
    assert "its page was forgotten" in run("decisions").stdout
    assert "its page was forgotten" in run("decisions", "--state", "lost").stdout
    assert run("check").exit_code == 0
    assert "is undone" in run("undo", decided[:8]).stdout
    run("forget", "--lift", "6ce6ed67")
    assert run("check").exit_code == 0
    with Ledger(ledger, write=True) as opened:
        opened.add(bridge())
    result = run("check")
    assert result.exit_code == 0, result.stdout


def test_decisions_that_stand_on_another_version_are_not_lost_unasked(run: Run, ledger: Path, decided: str):
    later = of({"text": bridge().document.text + "\n\nNothing else was said."})
    with Ledger(ledger, write=True) as opened:
        assert opened.add(replace(bridge(), id=later.id, text_id=later.text_id, document=later.document)) == "version"
        assert {row.state for row in opened.decisions() if row.document_id == later.id} == {"stands"}
    refused = run("forget", bridge().id, "--reason", "asked for", "--yes")
    assert refused.exit_code == 2
    assert "on another version of the page too" in refused.stderr
    assert "--decisions" in refused.stderr
    assert run("forget", bridge().id, "--reason", "asked for", "--yes", "--decisions").exit_code == 0
    assert decided[:8] in run("decisions", "--state", "lost").stdout


REFUSED = {
    "no reason": (["forget", "bridge.txt", "--yes"], "--reason WORDS"),
    "nobody to ask": ([*FORGET], "add --yes to do it"),
    "half a name": (["forget", "bridge", "--reason", "x", "--yes"], "give its whole name (bridge.txt) or its id"),
    "no such page": (["forget", "nope", "--reason", "x", "--yes"], "No document of"),
    "nothing": (["forget"], "say what to do"),
    "two things": (["forget", "bridge.txt", "--list"], "say what to do"),
    "a table of one page": ([*FORGET, "--csv"], "--csv is for --list"),
    "nothing to lift": (["forget", "--lift", "123456"], "sayso forget --list"),
}


@pytest.mark.parametrize(("call", "said"), REFUSED.values(), ids=REFUSED)
def test_refused(call: list[str], said: str, run: Run, ledger: Path):
    result = run(*call)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    with Ledger(ledger) as opened:
        assert opened.counts().documents == 3
        assert not list(opened.forgotten())


def test_copies_go_together_or_not_at_all(run: Run, ledger: Path):
    with Ledger(ledger, write=True) as opened:
        opened.add(of({"name": "twin.txt", "url": ""}))
    result = run(*FORGET, "--yes")
    assert result.exit_code == 2
    assert "twin.txt (2031-04-09, " in result.stderr
    assert "add --copies" in result.stderr
    both = run(*FORGET, "--yes", "--copies")
    assert both.stdout == "forgotten: bridge.txt and 1 page with the same text (6ce6ed67)\n"
    assert len(lines_of(run("forget", "--list", "--json"))) == 2


def test_other_versions_and_copies_of_the_ledger_are_named(run: Run, ledger: Path):
    with Ledger(ledger, write=True) as opened:
        assert opened.add(of({"text": "The toll stays."})) == "version"
    for end in (".version-1", ".bak"):
        shutil.copy(ledger, ledger.with_name(ledger.name + end))
    ledger.with_name("other.db").touch()
    assert "2 documents are called 'bridge.txt'" in run(*FORGET, "--yes").stderr
    said = run("forget", bridge().id, "--reason", "x", "--yes").stderr
    assert "1 other version of the page stays: bridge.txt (2031-04-09, " in said
    assert "2 copies of the ledger lie beside it" in said
    assert said.count("sayso.db.bak, sayso.db.version-1") == 1
    assert "other.db" not in said


@POSIX
@pytest.mark.parametrize(("answer", "gone"), [("y\n", True), ("n\n", False), ("\n", False), ("\x03", False)])
def test_who_sits_at_a_terminal_is_asked(answer: str, gone: bool, ledger: Path):
    import os
    import pty
    import select
    import subprocess

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*SAYSO, *FORGET, "-l", str(ledger)], stdin=theirs, stdout=theirs, stderr=theirs, env=surroundings(),
        preexec_fn=lambda: (os.setsid(), __import__("fcntl").ioctl(0, __import__("termios").TIOCSCTTY, 0)),
    )  # fmt: skip
    os.close(theirs)
    sent = b""
    while b"[y/N]" not in sent:
        sent += os.read(ours, 65536)
    assert b"will be erased; hashes and the reason stay" in sent
    with suppress(OSError):  # the other end is closed
        while process.poll() is None or select.select([ours], [], [], 0)[0]:
            if not select.select([ours], [], [], 0.5)[0]:  # Ctrl-C may come in the moment before it is waited for
                os.write(ours, answer.encode())
            else:
                sent += os.read(ours, 65536)
    os.close(ours)
    assert process.wait(timeout=60) == (130 if answer == "\x03" else 0)
    assert (b"forgotten: bridge.txt" in sent) == gone
    with Ledger(ledger) as opened:
        assert opened.counts().documents == (2 if gone else 3)
