"""What the pile keeps of a page is the same in every process: no key follows from the order of a set."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # `eval` is no part of the package

from eval.series import read, readings, rows
from sayso.pile.questions import QUESTIONS
from sayso.records import Reading, Speaker

MANY = (
    "2031-04-09", "Quay Courier", "River Guard",
    "Floods in Orrin, Vell, Tarn, Fell, Pell, Varn, Morrow and Haldermouth on Tuesday killed 35 people, injured 90 and "
    "destroyed 400 houses. The flood in Kest killed 9 people.",
)  # fmt: skip
OTHER_SEED = "7"


def pages() -> list[Reading]:
    """Stories, and a page with more places than are kept; with people who are named beside each other."""
    made = [each for row in rows("stories.jsonl")[::4] for each in readings(row)]
    crowd = read(MANY, "many")
    names = ("Mira Halden", "Odo Quill", "Ada Thane", "Ivo Brandt", "Tove Sallow", "Ana Ruhl")
    speakers = tuple(Speaker(f"{n:032x}", name, "person", ()) for n, name in enumerate(names))
    return [*made, crowd, replace(crowd, id="f" * 32, speakers=(*crowd.speakers, *speakers))]


def digest() -> str:
    """A hash of every item of every question."""
    items = (
        (question.name, item.document, item.id, item.keys, item.sketch)
        for reading in pages()
        for question in QUESTIONS
        for item in question.items(reading)
    )
    return hashlib.sha256("\n".join(map(repr, items)).encode()).hexdigest()


def test_two_processes_keep_the_same():
    """Another process with another hash seed."""
    here = Path(__file__).resolve()
    code = "import sys; sys.path[:0] = sys.argv[1:]; from test_keys_anywhere import digest; sys.stdout.write(digest())"
    command = [sys.executable, "-c", code, str(here.parent), str(here.parents[2])]
    found = {
        subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}).stdout
        for seed in ("0", OTHER_SEED)
    }
    assert found == {digest()}
