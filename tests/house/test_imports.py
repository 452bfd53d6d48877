"""Imports run one way, and nothing heavy is imported at the door."""

from __future__ import annotations

import ast
import graphlib
import subprocess
import sys

import pytest
from house import ROOT, imported, in_function, modules, own_imports, shown, tree, walk

# Each row may import from its own row and the rows above it, never from one below.
ORDER = (
    ("version", "records", "errors", "identity", "contract", "quotes", "sentences", "tables"),
    ("ingest",),
    ("language", "layout"),
    ("dates",),
    ("figures",),
    ("encoder",),
    ("statements",),
    ("speakers",),
    ("chains",),
    ("findings", "voices", "reach"),
    ("reading",),
    ("decisions",),
    ("ledger",),
    ("pile",),
    ("export",),
    ("review",),
    ("engine",),
    ("web",),
    ("cli",),
    ("", "__main__"),  # the door: the package itself, which hands names out
)
RANK = {name: rank for rank, row in enumerate(ORDER) for name in row}
LATE = {"cli", "engine", "", "__main__"}  # may import their own modules inside functions: they are the door

HEAVY = {"onnxruntime", "numpy", "trafilatura", "lxml", "pypdfium2", "rich", "py3langid", "rapidfuzz", "pyarrow", "pyspark"}
POSIX = {"resource", "fcntl", "pwd", "grp", "termios", "tty", "pty", "posix", "syslog", "spwd", "crypt"}
BANNED = {
    **dict.fromkeys(("pickle", "shelve", "marshal", "dill", "joblib", "cloudpickle"), "runs code out of a data file"),
    **dict.fromkeys(("socket", "http.client", "urllib.request", "requests", "httpx", "ftplib"), "nothing is fetched"),
}


def part(module: str) -> str:
    """The first name below the package: ``sayso.ingest.html`` is part of ``ingest``."""
    return module.split(".")[1] if "." in module else ""


def test_every_module_has_its_place():
    placed = {part(module) for module in modules()}
    assert placed <= set(RANK), f"give these a row in ORDER: {sorted(placed - set(RANK))}"


def test_imports_run_one_way():
    backwards = [
        f"{module}:{line} imports {target}"
        for module in modules()
        for target, line, _ in own_imports(module)
        if RANK[part(target)] > RANK[part(module)]
    ]
    assert not backwards


def test_no_cycles():
    graph = {
        module: {target for target, _, inside in own_imports(module) if not inside and target != module}
        for module in modules()
    }
    graph.pop("sayso", None)  # the door imports all; that nobody imports the door is the test above
    graphlib.TopologicalSorter(graph).prepare()  # raises CycleError, which names the cycle


def test_own_imports_stand_at_the_top():
    hidden = [
        f"{module}:{line} imports {target} inside a function"
        for module in modules()
        if part(module) not in LATE
        for target, line, inside in own_imports(module)
        if inside
    ]
    assert not hidden


def test_no_banned_import():
    found = [
        f"{shown(path)}:{node.lineno} {banned}: {why}"
        for module, path in modules().items()
        for node, _ in walk(tree(path))
        for name in imported(node, module, path.name == "__init__.py")
        for banned, why in BANNED.items()
        if f"{name}.".startswith(f"{banned}.")
    ]
    assert not found


def test_no_posix_only_import_at_the_door():
    """Inside a function, a ``try`` or an ``if sys.platform``, yes; bare at the top of a module, no."""
    found = []
    for module, path in modules().items():
        for node, parents in walk(tree(path)):
            guarded = in_function(parents) or any(isinstance(p, ast.If | ast.Try) for p in parents)
            names = {name.split(".")[0] for name in imported(node, module, path.name == "__init__.py")}
            if names & POSIX and not guarded:
                found.append(f"{shown(path)}:{node.lineno} imports {', '.join(sorted(names & POSIX))}")
    assert not found


@pytest.mark.parametrize("door", ["sayso", "sayso.cli"])
def test_nothing_heavy_at_the_door(door: str):
    """`sayso --help` must not wait for a model runtime that it does not need."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", f"import {door}"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr.splitlines()[-1]
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in run.stderr.splitlines()}
    assert "sayso" in loaded
    assert not loaded & HEAVY
