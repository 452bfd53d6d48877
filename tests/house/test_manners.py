"""What code may not do: print or exit outside the command line, run text as code, start a shell."""

from __future__ import annotations

import ast

from house import modules, shown, tree, walk

# module -> why it may write to standard output or exit. A row that is no longer needed fails the test.
MAY_PRINT = {
    "sayso.cli": "the command line",
    "sayso.engine.pool": "a process that reads for another ends when that one is killed",
    "sayso.ingest.child": "a process of its own, whose standard output is the pipe to its parent",
}

EXITS = {"sys.exit", "os._exit", "exit", "quit", "SystemExit"}
SHELLS = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}


def name_of(node: ast.AST) -> str:
    """``a.b.c`` for a chain of names, otherwise empty."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    return ""


def faults(source: ast.Module) -> dict[str, list[int]]:
    """Kind of fault -> lines."""
    found: dict[str, list[int]] = {"print": [], "exit": [], "text as code": [], "shell": [], "pickle": []}
    for node, _ in walk(source):
        name = name_of(node)
        if name in ("sys.stdout", "sys.__stdout__"):
            found["print"].append(node.lineno)
        if isinstance(node, ast.ImportFrom) and node.module == "sys" and any(a.name == "stdout" for a in node.names):
            found["print"].append(node.lineno)
        if isinstance(node, ast.Raise) and node.exc is not None and name_of(node.exc) == "SystemExit":
            found["exit"].append(node.lineno)
        if not isinstance(node, ast.Call):
            continue
        called = name_of(node.func)
        true = {k.arg for k in node.keywords if not (isinstance(k.value, ast.Constant) and not k.value.value)}
        for kind, hit in {
            "print": called in ("print", "click.echo", "click.secho"),
            "exit": called in EXITS,
            "text as code": called in RUNS_TEXT,
            "shell": called in SHELLS or "shell" in true,
            "pickle": "allow_pickle" in true,
        }.items():
            if hit:
                found[kind].append(node.lineno)
    return found


def at_the_command_line(module: str) -> bool:
    return any(module == allowed or module.startswith(f"{allowed}.") for allowed in MAY_PRINT)


def test_only_the_command_line_prints_or_exits():
    found = [
        f"{shown(path)}:{line} {kind}"
        for module, path in modules().items()
        if not at_the_command_line(module)
        for kind in ("print", "exit")
        for line in faults(tree(path))[kind]
    ]
    assert not found


def test_the_list_of_those_that_may_is_not_stale():
    for allowed in MAY_PRINT:
        under = [path for module, path in modules().items() if module == allowed or module.startswith(f"{allowed}.")]
        assert any(lines for path in under for kind, lines in faults(tree(path)).items() if kind in ("print", "exit"))


def test_nothing_runs_text_or_shells():
    found = [
        f"{shown(path)}:{line} {kind}"
        for path in modules().values()
        for kind in ("text as code", "shell", "pickle")
        for line in faults(tree(path))[kind]
    ]
    assert not found


def test_the_finder():
    """Every fault there is, found once; innocent neighbours, none."""
    bad = ["print(1)", "sys.stdout.write(x)", "sys.exit(2)", "raise SystemExit", "eval(x)", "run(x, shell=True)"]
    bad += ["load(x, allow_pickle=True)"]
    kinds = {"print": [1, 2], "exit": [3, 4], "text as code": [5], "shell": [6], "pickle": [7]}
    assert faults(ast.parse("\n".join(bad))) == kinds
    good = "pprint(1)\nsys.stderr.write(x)\nre.compile(x)\nmodel.eval()\nrun(x, shell=False)\nf(allow_pickle=False)"
    assert not any(faults(ast.parse(good)).values())
