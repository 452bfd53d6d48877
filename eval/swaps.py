"""Even-handedness: two parties' names change places in a text, and the reading must change with them and in nothing else.

python -m eval.swaps [--misses N]      # the rate of statements that stay the same up to the swap, and the differences

`tests/cases/swaps*.jsonl`: texts with the pairs of names that change places. A statement of the swapped text is the same
where content, source, cue, kind, act, stance, speaker, chain and the statement around it are those of the first text with
the names exchanged.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.reading import Reader
from sayso.records import Document, Reading, Spans, Statement

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases"
Told = tuple[str, ...]
Pairs = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Swapped:
    """One text read twice: statements of both readings, those of the first with the names exchanged."""

    id: str
    wanted: tuple[Told, ...]
    given: tuple[Told, ...]

    @property
    def same(self) -> int:
        """How many statements the two readings share."""
        left = list(self.given)
        count = 0
        for told in self.wanted:
            if told in left:
                left.remove(told)
                count += 1
        return count

    @property
    def total(self) -> int:
        """Statements of the two readings, those shared counted once."""
        return len(self.wanted) + len(self.given) - self.same


def swapping(pairs: Pairs) -> Callable[[str], str]:
    """A function that exchanges the names of each pair in a text, whole words only, the longest first."""
    to = {a: b for pair in pairs for a, b in (pair, pair[::-1])}
    names = "|".join(re.escape(name) for name in sorted(to, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
    return lambda text: pattern.sub(lambda m: to[m.group()], text)


def _words(text: str, spans: Spans) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def told(reading: Reading) -> tuple[Told, ...]:
    """What each statement of a text says, in words."""
    text = reading.document.text
    names = {s.id: f"{s.name} ({s.kind})" for s in reading.speakers}
    by_id = {s.id: s for s in reading.statements}

    def one(s: Statement) -> Told:
        around = by_id.get(s.within or "")
        return (
            _words(text, s.content), _words(text, s.source), _words(text, s.cue), s.kind, s.act, s.stance or "",
            names.get(s.speaker or "", ""), " + ".join(sorted(names[j] for j in s.joint)),
            " → ".join(f"{hop.name} ({hop.kind})" for hop in s.chain), _words(text, around.content) if around else "",
        )  # fmt: skip

    return tuple(one(s) for s in reading.statements)


def swapped(reader: Reader) -> Iterator[Swapped]:
    """Every row of the tables, read both ways."""
    for path in sorted(CASES.glob("swaps*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            swap = swapping(row["swap"])
            first = told(reader.read(Document(row["id"], row["text"])))
            other = told(reader.read(Document(row["id"], swap(row["text"]))))
            yield Swapped(row["id"], tuple(tuple(map(swap, s)) for s in first), other)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the rate and what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", type=int, default=20, help="differences to print")
    given = parser.parse_args(arguments)
    results = list(swapped(Reader()))
    shown = 0
    for result in results:
        if result.same < result.total and shown < given.misses:
            shown += 1
            print(f"{result.id}: {result.same} of {result.total}")
            for told_ in sorted(set(result.wanted) - set(result.given)):
                print(f"    expected {told_}")
            for told_ in sorted(set(result.given) - set(result.wanted)):
                print(f"    read     {told_}")
    same, total = sum(r.same for r in results), sum(r.total for r in results)
    print(f"{same} of {total} statements of {len(results)} texts are the same up to the swap: {same / total:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
