"""The picture of the README: what ``sayso show`` prints, as SVG. ``.venv/bin/python scripts/picture.py`` after ``make demo``."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 108


def main() -> None:
    page = "tern-0311-breach.txt"
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "sayso.cli", "show", "--ledger", str(ROOT / "build" / "demo.db"), page]
    shown = subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout
    console = Console(record=True, width=WIDTH, file=open(os.devnull, "w"), force_terminal=True)  # noqa: SIM115
    console.print(Text.from_ansi(shown.strip("\n")))
    drawn = console.export_svg(title=f"sayso show {page}", font_aspect_ratio=0.61)
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.S).replace("Fira Code", "DejaVu Sans Mono")
    drawn = drawn.replace("<svg ", '<svg xml:space="preserve" ', 1)
    (ROOT / "docs" / "show.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
