"""What may be committed: no large file, no registry's name, no path of one machine, a change log that is up to date."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from house import MODEL, ROOT, files, modules, shown

LARGE = 5_000_000  # bytes
# Put together from pieces, so that this file does not hold what it looks for.
HOSTS = re.compile("py" + r"pi\.org|python" + r"hosted|npm" + r"js\.|deb" + r"\.debian|crates" + r"\.io")
PLACES = re.compile(r"(?<![\w.)*\]])/(?:home|root|Users)/\w|[A-Z]:\\Users\\")

CHECKOUT = re.compile(rf"(?<![\w.]){re.escape(str(ROOT.parent))}/(?:{re.escape(ROOT.name)}|shared)\b")


def test_only_the_model_is_large():
    large = {shown(path): path.stat().st_size for path in files() if path.stat().st_size > LARGE and path != MODEL}
    assert not large


def texts() -> list[tuple[Path, str]]:
    """Every file of the project that is text."""
    out = []
    for path in files():
        raw = path.read_bytes()
        if len(raw) < LARGE and b"\0" not in raw:
            out.append((path, raw.decode("utf-8", "replace")))
    return out


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (HOSTS, "names the host of a package registry: pins go by name and version"),
        (PLACES, "names a place on one machine"),
        (CHECKOUT, "names where this checkout stands"),
    ],
    ids=["hosts", "homes", "checkout"],
)
def test_no_text_names(pattern: re.Pattern[str], why: str):
    found = [
        f"{shown(path)}:{text.count(chr(10), 0, hit.start()) + 1} {hit.group()}"
        for path, text in texts()
        for hit in pattern.finditer(text)
    ]
    assert not found, why


def test_the_patterns():
    assert HOSTS.search("https://" + "py" + "pi.org/simple")
    assert PLACES.search("cd " + "/ho" + "me/someone")
    assert not PLACES.search("https://outlet.example/home/news and ~/work")


def version() -> str:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def test_change_log_knows_the_version():
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[?{re.escape(version())}\b", log, re.M), f"CHANGELOG.md has no heading “## {version()}”"


def test_one_version():
    """Where the code states the version, it is the version of pyproject.toml."""
    stated = {
        f"{shown(path)} {m[1]}": m[2]
        for path in modules().values()
        for m in re.finditer(r"^(__version__|VERSION) = \"([^\"]*)\"", path.read_text(encoding="utf-8"), re.M)
    }
    assert set(stated.values()) <= {version()}, stated


def makefile_targets() -> dict[str, str]:
    """Every target of the Makefile -> what follows it on the line."""
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    return {m[1]: m[2] for line in lines if (m := re.match(r"([A-Za-z][\w-]*):(?!=)(.*)", line))}


@pytest.mark.parametrize("target", makefile_targets())
def test_every_target_has_help(target: str):
    assert re.search(r"## \S", makefile_targets()[target]), "write “## what it does” after it"


def test_makefile_has_its_targets():
    wanted = {"demo", "test", "lint", "types", "eval", "diff", "bench", "train", "cases", "clean", "help"}
    assert wanted <= set(makefile_targets())


def test_constraints_pin_every_direct_dependency():
    """`name==version` and nothing else, and no dependency is left to chance."""

    def plain(name: str) -> str:
        return re.sub(r"[-_.]+", "-", name).lower()

    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", pin) for pin in pins)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {plain(re.match(r"[A-Za-z0-9._-]+", w)[0]) for w in wanted}  # type: ignore[index]
    assert names <= {plain(pin.partition("==")[0]) for pin in pins}
