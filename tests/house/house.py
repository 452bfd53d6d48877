"""The project as data, for the tests that hold the house: its files, its modules and their imports."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "sayso"
MODEL = PACKAGE / "models" / "english" / "model.onnx"


@cache
def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    return {dotted(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def walk(node: ast.AST, parents: tuple[ast.AST, ...] = ()) -> Iterator[tuple[ast.AST, tuple[ast.AST, ...]]]:
    """Every node below ``node`` with the nodes that hold it, outermost first."""
    for child in ast.iter_child_nodes(node):
        yield child, (*parents, node)
        yield from walk(child, (*parents, node))


def in_function(parents: tuple[ast.AST, ...]) -> bool:
    return any(isinstance(p, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) for p in parents)


def imported(node: ast.AST, module: str, package: bool) -> list[str]:
    """Dotted names that an import statement asks for: ``from a import b`` gives ``a.b``."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        above = module.split(".")[: len(module.split(".")) - node.level + package]
        base = ".".join([*above, *([base] if base else [])])
    return [f"{base}.{alias.name}" for alias in node.names]


def own_imports(module: str) -> Iterator[tuple[str, int, bool]]:
    """The package's own modules that ``module`` imports: name, line, and whether inside a function."""
    path = modules()[module]
    for node, parents in walk(tree(path)):
        for name in imported(node, module, path.name == "__init__.py"):
            if name == "sayso" or name.startswith("sayso."):
                target = name if name in modules() else name.rpartition(".")[0]
                yield target, node.lineno, in_function(parents)


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or would be committed."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: which files belong to the project is not known")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
