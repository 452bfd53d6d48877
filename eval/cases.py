"""The case tables: short texts, each with its reason, that a reading must get wholly right. `tests/cases/*.jsonl`.

python -m eval.cases [WORD...]       # every case that is not right, with its reason; only those with the words in it

quotations  the stretches in quotation marks
statements  content, source and cue in words, and the kind: all of them and no other
speakers    who said the words, by name and kind; null where a careful reader leaves it open
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.measures import Score, Scores, same_name
from sayso.layout import lay_out
from sayso.quotes import all_quotations
from sayso.reading import Reader
from sayso.records import Document, Reading, Spans

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases"
Row = Mapping[str, Any]


def words(text: str, spans: Spans) -> tuple[str, ...]:
    """The words of spans, fragment by fragment."""
    return tuple(text[start:end] for start, end in spans)


def quotations_fault(row: Row, reading: Reading) -> str:
    """What is wrong with the quotations, empty where nothing is."""
    page = lay_out(reading.document)
    marks = all_quotations(page.view.text, [p.span for p in page.paragraphs])
    found = [page.view.text[q.start : q.end] for q in marks]
    return "" if found == row["quotations"] else f"read {found}"


def statements_fault(row: Row, reading: Reading) -> str:
    """What is wrong with the statements, empty where nothing is."""
    text = reading.document.text
    wanted = [(tuple(s["content"]), s["source"], s["cue"], s["kind"]) for s in row["statements"]]
    given = [
        (words(text, s.content), " ".join(words(text, s.source)), " ".join(words(text, s.cue)), s.kind)
        for s in reading.statements
    ]
    missed, extra = [s for s in wanted if s not in given], [s for s in given if s not in wanted]
    shown = [*(f"missed {s}" for s in missed), *(f"read {s}" for s in extra)]
    return "; ".join(shown)


def speakers_fault(row: Row, reading: Reading) -> str:
    """What is wrong with the speakers, empty where nothing is."""
    known = {speaker.id: speaker for speaker in reading.speakers}
    faults = []
    for item in row["speakers"]:
        at = reading.document.text.index(item["content"])
        end = at + len(item["content"])
        holding = [s for s in reading.statements if any(a < end and at < b for a, b in s.content)]
        inner = min(holding, key=lambda s: sum(b - a for a, b in s.content), default=None)
        speaker = known.get(inner.speaker or "") if inner else None
        got = (speaker.name, speaker.kind) if speaker else None
        if item["speaker"] is None:
            right = got is None
        else:
            right = got is not None and same_name(item["speaker"], got[0]) and item["kind"] == got[1]
        if not right:
            faults.append(f"“{item['content']}” by {got}, not {item['speaker']} ({item['kind']})")
    return "; ".join(faults)


TABLES: dict[str, Callable[[Row, Reading], str]] = {
    "quotations": quotations_fault,
    "statements": statements_fault,
    "speakers": speakers_fault,
}


def judged(holding: str = "") -> Iterator[tuple[str, Row, str]]:
    """Every case whose line holds the words: its table, the case, and what is wrong (empty: right)."""
    reader = Reader()
    for table, fault in TABLES.items():
        path = CASES / f"{table}.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            if holding.casefold() in line.casefold():
                row = json.loads(line)
                yield table, row, fault(row, reader.read(Document(row["id"], row["text"])))


def scores() -> Scores:
    """Cases wholly right, by table."""
    out: Scores = {}
    for table, _, fault in judged():
        out[table] = out.get(table, Score()) + Score(not fault, 1, 1)
    return out


def main() -> int:
    """Print what is not right, and how many are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", help="only the cases with these words in them")
    args = parser.parse_args()
    counts: Scores = {}
    for table, row, fault in judged(" ".join(args.words)):
        counts[table] = counts.get(table, Score()) + Score(not fault, 1, 1)
        if fault:
            print(f"{row['id']}  {row['reason']}\n    {row['text']!r}\n    {fault}")
    for table, score in counts.items():
        print(f"{table}: {score.right} of {score.wanted} cases are right")
    return 0 if counts else 1


if __name__ == "__main__":
    sys.exit(main())
