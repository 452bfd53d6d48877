"""Piles that are read for measuring, and their readings, made by the program itself and kept in `build/readings`."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.contract import reading_of
from sayso.records import Reading

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "readings"
DEMO = ROOT / "demo"


@dataclass(frozen=True, slots=True)
class Pile:
    """Pages that are read together: a name, the paths as on the command line, and a table of metadata."""

    name: str
    paths: tuple[Path, ...]
    meta: Path | None = None

    def here(self) -> bool:
        """Whether the pages are on this machine."""
        return all(path.exists() for path in self.paths)

    def files(self) -> list[Path]:
        """Every file that a reading of the pile depends on."""
        found = [path for top in self.paths for path in ([top] if top.is_file() else sorted(top.rglob("*")))]
        return [path for path in [*found, *([self.meta] if self.meta else [])] if path.is_file()]


def demo_pile() -> Pile:
    """The pile of the demo."""
    meta = DEMO / "meta.csv"
    return Pile("demo", (DEMO / "pile",), meta if meta.exists() else None)


def shared_pile(shared: Path, name: str) -> Pile:
    """A pile of the shared data folder: `NAME.jsonl`, or a folder of that name."""
    data = shared / "data"
    return Pile(name, (data / name if (data / name).is_dir() else data / f"{name}.jsonl",))


def digest(files: Iterable[Path]) -> str:
    """SHA-256 over the names and bytes of files, in the order of their names."""
    whole = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.name):
        whole.update(f"{path.name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def source_digest(package: Path) -> str:
    """SHA-256 over all that the program is made of, the model included."""
    files = sorted(path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    whole = hashlib.sha256()
    for path in files:
        whole.update(f"{path.relative_to(package)}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def produce(pile: Pile, source: Path, build: Path = BUILD) -> Path:
    """The readings of a pile by the program in ``source`` (a `src` folder), one a line; made only where not there yet.

    Raises ``RuntimeError`` where the program fails; pages that cannot be read are lines of their own and no failure.
    """
    out = build / f"{pile.name}.jsonl"
    key = out.with_suffix(".key")
    wanted = f"{source_digest(source / 'sayso')} {digest(pile.files())}\n"
    if out.exists() and key.exists() and key.read_text(encoding="utf-8") == wanted:
        return out
    build.mkdir(parents=True, exist_ok=True)
    key.unlink(missing_ok=True)
    command = [sys.executable, "-m", "sayso.cli", "read", "--json"]
    command += ["--meta", str(pile.meta)] if pile.meta else []
    command += map(str, pile.paths)
    environment = {**os.environ, "PYTHONPATH": str(source), "PYTHONIOENCODING": "utf-8"}
    with out.open("wb") as stream:
        run = subprocess.run(command, stdout=stream, stderr=subprocess.PIPE, env=environment, cwd=ROOT, check=False)
    if run.returncode not in (0, 1) or b"Traceback (most recent call last)" in run.stderr:
        raise RuntimeError(f"sayso read of {pile.name} failed: {run.stderr.decode('utf-8', 'replace')[-1000:]}")
    key.write_text(wanted, encoding="utf-8")
    return out


def load(path: Path) -> Mapping[str, Reading]:
    """Readings by the name of their document; lines that say why a page could not be read are left out."""
    with path.open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return {row["document"]["name"]: reading_of(row) for row in rows if "error" not in row}
