"""Files up to 400 lines, functions up to 40: what is longer has more than one purpose, or a reason given here."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import ROOT, shown, tree

FILE, FUNCTION = 400, 40
PARTS = ("src", "eval", "bench", "training", "demo", "scripts")
BLANK = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}

# path, or path::function -> (lines allowed, why it may be longer). A row that is no longer needed fails the test.
EXCEPTIONS: dict[str, tuple[int, str]] = {}


def code_lines(source: str) -> set[int]:
    """Lines that hold code: no blank ones and no comments."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in BLANK:
            lines.update(range(token.start[0], token.end[0] + 1))
    return lines


def functions(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        name = f"{prefix}{child.name}." if named else prefix
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield name.rstrip("."), child
        yield from functions(child, name)


def length(function: ast.FunctionDef | ast.AsyncFunctionDef, code: set[int]) -> int:
    """Lines of code from ``def`` to the end, without decorators and the docstring."""
    skipped: set[int] = set()
    if ast.get_docstring(function):
        skipped = set(range(function.body[0].lineno, (function.body[0].end_lineno or 0) + 1))
    return len((code - skipped) & set(range(function.lineno, (function.end_lineno or 0) + 1)))


def measured(path: Path) -> dict[str, tuple[int, int]]:
    """What is in a file -> its lines and the limit."""
    source = path.read_text(encoding="utf-8")
    code = code_lines(source)
    sizes = {shown(path): (len(source.splitlines()), FILE)}
    for name, function in functions(tree(path)):
        sizes[f"{shown(path)}::{name}"] = (length(function, code), FUNCTION)
    return sizes


def all_sizes() -> dict[str, tuple[int, int]]:
    paths = sorted(path for part in PARTS for path in (ROOT / part).rglob("*.py"))
    return {name: size for path in paths for name, size in measured(path).items()}


def test_sizes():
    long = {n: f"{size} > {limit}" for n, (size, limit) in all_sizes().items() if size > EXCEPTIONS.get(n, (limit,))[0]}
    assert not long


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_exceptions_are_needed(name: str):
    size, limit = all_sizes().get(name, (0, 0))
    assert limit < size <= EXCEPTIONS[name][0], "not needed any more: take the row out"
    assert len(EXCEPTIONS[name][1].split()) >= 4, "say why"


def test_the_ruler():
    """The counting itself: docstring, blank lines and comments are not code, and a nested function counts."""
    source = 'def f():\n    """Two\n    lines."""\n\n    # why\n    def g():\n        return 1\n    return g\n'
    found = dict(functions(ast.parse(source)))
    code = code_lines(source)
    assert {name: length(node, code) for name, node in found.items()} == {"f": 4, "f.g": 2}
