"""Prose is executed: every command in the docs parses, every Python example runs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from house import MODEL, ROOT, shown

from sayso.cli import main

DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FENCE = re.compile(r"^```([\w-]*)[^\n]*\n(.*?)^```\s*$", re.M | re.S)
SHELL = {"", "sh", "bash", "console", "shell", "text"}
ENDS = {"|", "||", "&&", ";", "&", ">", ">>", "2>", "<"}


def commands(text: str) -> Iterator[str]:
    """Every `sayso …` call in the fenced blocks of a text, without what it is piped into."""
    for language, body in FENCE.findall(text):
        if language in SHELL:
            for line in body.replace("\\\n", " ").splitlines():
                if re.match(r"\s*(?:\$ )?sayso( |$)", line):
                    yield line.strip().removeprefix("$ ")


def arguments(command: str) -> list[str]:
    """The words after `sayso`, up to a pipe or a redirection."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars="|&;<>")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in lexer:
        if word in ENDS:
            break
        words.append(word)
    return words[1:]


def check(args: list[str]) -> None:
    """Parse one call against the real command line. Raises click's UsageError where it would be refused."""
    command: click.Command = main
    context = click.Context(command, info_name="sayso")
    while isinstance(command, click.Group):
        _, args, _ = command.make_parser(context).parse_args(list(args))
        if not args:
            return
        name, found, args = command.resolve_command(context, args)
        assert found is not None
        command = found
        context = click.Context(command, parent=context, info_name=name)
    options, rest, _ = command.make_parser(context).parse_args(list(args))
    if rest:
        raise click.UsageError(f"too many arguments: {rest}")
    for parameter in command.params:
        value = options.get(parameter.name or "")
        if isinstance(value, str) and not isinstance(parameter.type, click.Path | click.File):
            parameter.type.convert(value, parameter, context)


CALLS = [(shown(path), call) for path in DOCS for call in commands(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("doc", "call"), CALLS)
def test_commands_in_the_docs_parse(doc: str, call: str):
    check(arguments(call))


def test_the_readme_shows_the_command_line():
    assert any(doc == "README.md" for doc, _ in CALLS)


WRONG = [
    ("sayso read --no-such-option x", "no such option"),
    ("sayso nonsense", "no such command"),
    ("sayso statements a b c d", "too many arguments"),
    ("sayso statements --kind loud", "no such value"),
]


@pytest.mark.parametrize(("call", "reason"), WRONG, ids=[reason for _, reason in WRONG])
def test_wrong_calls_are_refused(call: str, reason: str):
    with pytest.raises(click.UsageError):
        check(arguments(call))


def test_finding_calls():
    text = "```sh\n$ sayso read a \\\n  b | head  # c\nother\nsayso check\n```\n```python\nsayso = 1\n```\nsayso text\n"
    assert [arguments(call) for call in commands(text)] == [["read", "a", "b"], ["check"]]


def examples() -> list[Path]:
    return [p for p in DOCS if any(lang == "python" for lang, _ in FENCE.findall(p.read_text(encoding="utf-8")))]


@pytest.mark.skipif(not MODEL.exists(), reason="the model is not built: examples cannot be run")
@pytest.mark.parametrize("doc", examples(), ids=shown)
def test_python_examples_run(doc: Path, tmp_path: Path):
    """The examples of one page are one program, run where a copy of the demo pile lies in `demo/pile`."""
    shutil.copytree(ROOT / "demo" / "pile", tmp_path / "demo" / "pile")
    program = "\n".join(body for lang, body in FENCE.findall(doc.read_text(encoding="utf-8")) if lang == "python")
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
    )
    assert run.returncode == 0, run.stderr[-2000:]
