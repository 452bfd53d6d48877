"""Print src/sayso/review/measured.toml: what `make eval` measured, as `sayso about` tells it, from eval/floors.toml.

Run: python scripts/measured.py > src/sayso/review/measured.toml
"""

from __future__ import annotations

import tomllib
from pathlib import Path

FLOORS = Path(__file__).parents[1] / "eval" / "floors.toml"
CHOSEN = (
    ("polnear-dev", "found", "statements found (F1), PolNeAR dev, US political news"),
    ("polnear-dev", "linked", "statements with the right source (F1), PolNeAR dev"),
    ("polnear-dev", "own_voice", "the outlet's own voice told apart (F1), PolNeAR dev"),
    ("ced-dev", "ced_found", "quotations found (recall), CED-1K dev, UK, US and Nigerian news"),
    ("ced-dev", "ced_speaker", "right speaker's name, CED-1K dev"),
    ("demo", "found", "statements found (F1), the invented demo pile"),
    ("demo", "speaker_precision", "right speaker where one is named, the invented demo pile"),
)
HEADER = """\
# what: the quality that was measured on gold, for the paragraph of `sayso about`
# source: eval/floors.toml, made by scripts/measured.py
# date: {date}
"""


def table() -> str:
    """The whole file."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    dates = [floors[gold]["measures"][measure]["date"] for gold, measure, _ in CHOSEN]
    rows = [
        f'\n[["measures"]]\ngold = "{gold}"\nmeasure = "{measure}"\ntold = "{told}"\n'
        f"value = {floors[gold]['measures'][measure]['value']:.2f}\n"
        for gold, measure, told in CHOSEN
    ]
    return HEADER.format(date=max(dates)) + "".join(rows)


if __name__ == "__main__":
    print(table(), end="")
