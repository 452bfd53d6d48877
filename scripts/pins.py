"""Print constraints.txt for the installed versions of everything that Sayso and its developers need.

    python scripts/pins.py > constraints.txt

Walks the requirements of `sayso[dev]` in the environment it runs in; what is installed besides is left out.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import distribution

HEADER = """\
# The versions that Sayso is developed and measured with: everything that `pip install -e ".[dev]"` brings, and nothing
# else. Made by scripts/pins.py; `make` installs under it. Users of the package are bound by pyproject.toml alone.
"""
EXTRA = re.compile(r"""extra\s*==\s*['"]([\w-]+)['"]""")


def walk(name: str, extras: frozenset[str], seen: dict[str, str]) -> None:
    """Add ``name`` and all that it requires here to ``seen``: name -> version."""
    found = distribution(name)
    seen[found.metadata["Name"]] = found.version
    for requirement in found.requires or []:
        wanted = EXTRA.search(requirement)
        if wanted and wanted[1] not in extras:
            continue
        needed = re.match(r"[\w.-]+", requirement)
        if needed and not any(same(needed[0], known) for known in seen) and installed(needed[0]):
            walk(needed[0], frozenset(), seen)


def same(one: str, other: str) -> bool:
    """Whether two spellings name one project."""
    return re.sub(r"[-_.]+", "-", one).lower() == re.sub(r"[-_.]+", "-", other).lower()


def installed(name: str) -> bool:
    """Whether it is here: what another platform needs is not."""
    try:
        return bool(distribution(name).version)
    except ImportError:
        return False


def main() -> int:
    """Write the file to standard output."""
    seen: dict[str, str] = {}
    walk("sayso", frozenset({"dev"}), seen)
    pins = sorted((f"{name}=={version}" for name, version in seen.items() if not same(name, "sayso")), key=str.lower)
    print(HEADER + "\n".join(pins))
    return 0


if __name__ == "__main__":
    sys.exit(main())
