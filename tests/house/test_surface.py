"""The public surface: it fits one screen, and all that is public is described."""

from __future__ import annotations

import ast
from types import ModuleType

import pytest
from house import modules, tree

import sayso

NAMED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
PUBLIC = {
    "Document",
    "Ledger",
    "Reader",
    "Reading",
    "SaysoError",
    "Speaker",
    "Statement",
    "__version__",
    "read_file",
    "read_text",
}


def test_all_is_the_list():
    assert set(sayso.__all__) == PUBLIC
    assert len(sayso.__all__) == len(PUBLIC)


def test_nothing_else_is_visible():
    def own(name: str) -> bool:
        value = getattr(sayso, name)
        return isinstance(value, ModuleType) and value.__name__ == f"sayso.{name}"

    assert {name for name in dir(sayso) if not name.startswith("_") and not own(name)} == PUBLIC - {"__version__"}


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_each_name_leads_somewhere(name: str):
    value = getattr(sayso, name)
    assert value.strip() if isinstance(value, str) else value.__doc__


@pytest.mark.parametrize("module", modules())
def test_public_things_have_docstrings(module: str):
    def bare(node: ast.AST, prefix: str) -> list[str]:
        found = []
        for child in getattr(node, "body", []):
            if isinstance(child, ast.If | ast.Try):
                found += bare(child, prefix)
            if not isinstance(child, NAMED) or child.name.startswith("_"):
                continue
            if not ast.get_docstring(child):
                found.append(f"{prefix}{child.name}")
            if isinstance(child, ast.ClassDef):
                found += bare(child, f"{prefix}{child.name}.")
        return found

    parsed = tree(modules()[module])
    assert ast.get_docstring(parsed) or not parsed.body, f"{module} does not say what it is for"
    assert not bare(parsed, f"{module}.")
