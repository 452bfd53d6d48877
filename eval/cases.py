"""The case tables: short texts, each with its reason, that a reading must get wholly right. `tests/cases/*.jsonl`.

python -m eval.cases [WORD...]       # every case that is not right, with its reason; only those with the words in it

quotations  the stretches in quotation marks
statements  content, source and cue in words, and the kind: all of them and no other
speakers    who said the words, by name and kind; null where a careful reader leaves it open; names: the same
roles       titles, offices and affiliations of speakers
nested      statements told within others, with cue and speaker
chains      the hops that carried a statement, with their kinds
stances     act and stance of statements
findings    what does not add up: codes and words, all of them and no other
figures     numbers with what the row gives of each; dates: words and TimeML values
polls       whose word the shares of a poll are

A table is one file or several (`figures.jsonl`, `figures-b.jsonl`): rows with a b were written by somebody who had not
seen the code.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.measures import Score, Scores, same_name
from sayso.layout import lay_out
from sayso.quotes import all_quotations
from sayso.reading import Reader
from sayso.records import Document, Published, Reading, Spans, Statement

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


def _names(reading: Reading) -> dict[str, str]:
    return {speaker.id: speaker.name for speaker in reading.speakers}


def _holding(reading: Reading, content: str) -> Statement | None:
    """The innermost statement whose content has a place in the first stretch of these words."""
    at = reading.document.text.index(content)
    end = at + len(content)
    holding = [s for s in reading.statements if any(a < end and at < b for a, b in s.content)]
    return min(holding, key=lambda s: sum(b - a for a, b in s.content), default=None)


def _same(wanted: str | None, got: str | None) -> bool:
    return (not wanted and not got) or bool(wanted and got and same_name(wanted, got))


def roles_fault(row: Row, reading: Reading) -> str:
    """What is wrong with the roles of the speakers that the row names."""
    faults = []
    for item in row["roles"]:
        found = [s for s in reading.speakers if same_name(item["speaker"], s.name)]
        given = sorted({role.text for s in found for role in s.roles})
        if not found or given != sorted(item["roles"]):
            faults.append(f"{item['speaker']}: read {given if found else 'nobody'}, not {sorted(item['roles'])}")
    return "; ".join(faults)


def nested_fault(row: Row, reading: Reading) -> str:
    """What is wrong with the statements told within others, and with those around them."""
    text, names = reading.document.text, _names(reading)
    given = {words(text, s.content): s for s in reading.statements}
    outer = {s.id: words(text, s.content) for s in reading.statements}
    wanted = {tuple(s["content"]): s for s in row["statements"]}
    faults = [f"read {content} within another" for content, s in given.items() if s.within and content not in wanted]
    for content, want in wanted.items():
        s = given.get(content)
        around = None if want["within"] is None else tuple(row["statements"][want["within"]]["content"])
        if s is None:
            faults.append(f"missed {content}")
        elif (outer.get(s.within or ""), " ".join(words(text, s.cue))) != (around, want["cue"]):
            faults.append(f"{content} by {words(text, s.cue)} within {outer.get(s.within or '')}")
        elif not _same(want["speaker"], names.get(s.speaker or "")):
            faults.append(f"{content}: {names.get(s.speaker or '')}, not {want['speaker']}")
    return "; ".join(faults)


def chains_fault(row: Row, reading: Reading) -> str:
    """What is wrong with the hops of the statements that the row names."""
    faults = []
    for item in row["chains"]:
        s = _holding(reading, item["content"])
        given = [(hop.name, hop.kind) for hop in s.chain] if s else None
        wanted = [(hop["name"], hop["kind"]) for hop in item["hops"]]
        if given != wanted:
            faults.append(f"“{item['content']}” through {given}, not {wanted}")
    return "; ".join(faults)


def stances_fault(row: Row, reading: Reading) -> str:
    """What is wrong with acts and stances."""
    faults = []
    for item in row["stances"]:
        s = _holding(reading, item["content"])
        given = (s.act, s.stance) if s else None
        if given != (item["act"], item["stance"]):
            faults.append(f"“{item['content']}” {given}, not {(item['act'], item['stance'])}")
    return "; ".join(faults)


def findings_fault(row: Row, reading: Reading) -> str:
    """What is wrong with the findings: codes and words of all that are listed, and no other."""
    text = reading.document.text
    given = sorted((f.code, sorted(words(text, f.spans))) for f in reading.findings)
    wanted = sorted((f["code"], sorted(f["words"])) for f in row["findings"])
    return "" if given == wanted else f"read {given}, not {wanted}"


def _number(wanted: float | None, got: float | None) -> bool:
    return wanted is got if wanted is None or got is None else abs(wanted - got) <= 5e-4 * max(1.0, abs(wanted))


def _alike(wanted: str, got: str) -> bool:
    """Whether two wordings of what is counted share half their words."""
    one, two = ({*re.findall(r"\w+", each.casefold())} - {"the", "a", "an"} for each in (wanted, got))
    return bool(one & two) and 4 * len(one & two) >= len(one) + len(two)


def figures_fault(row: Row, reading: Reading) -> str:
    """What is wrong with the figures: all of them, and of each what the row gives."""
    text = reading.document.text
    given = [text[slice(*f.span)] for f in reading.figures]
    wanted = [f["text"] for f in row["figures"]]
    if given != wanted:
        return f"read {given}, not {wanted}"
    faults = []
    for want, figure in zip(row["figures"], reading.figures, strict=True):
        for key, value in want.items():
            got = getattr(figure, key, None) or ""
            right = _number(value, getattr(figure, key)) if key in ("low", "high") else key == "text" or (value or "") == got
            if not right and not (key == "counted" and _alike(value, str(got))):
                faults.append(f"{want['text']}: {key} {got!r}, not {value!r}")
    return "; ".join(faults)


def polls_fault(row: Row, reading: Reading) -> str:
    """What is wrong with whose word the figures are that the row names; "own" is the page itself."""
    text, names = reading.document.text, _names(reading)
    told = {s.id: names.get(s.speaker or "", "") for s in reading.statements}
    faults, at = [], 0
    for item in row["figures"]:
        at = text.index(item["text"], at)
        end = at + len(item["text"])
        found = [f for f in reading.figures if f.span[0] < end and at < f.span[1]]
        got = told.get(found[0].statement or "", "own") if found else "no figure"
        if got != item["voice"] and not (item["voice"] != "own" and got != "own" and same_name(item["voice"], got)):
            faults.append(f"{item['text']} is {got or 'nobody'}'s word, not {item['voice']}'s")
        at = end
    return "; ".join(faults)


def dates_fault(row: Row, reading: Reading) -> str:
    """What is wrong with the dates: words and values of all of them."""
    text = reading.document.text
    given = [(text[slice(*d.span)], d.value) for d in reading.dates]
    wanted = [(d["text"], d["value"]) for d in row["dates"]]
    return "" if given == wanted else f"read {given}, not {wanted}"


TABLES: dict[str, Callable[[Row, Reading], str]] = {
    "quotations": quotations_fault,
    "statements": statements_fault,
    "speakers": speakers_fault,
    "names": speakers_fault,
    "roles": roles_fault,
    "nested": nested_fault,
    "chains": chains_fault,
    "stances": stances_fault,
    "findings": findings_fault,
    "figures": figures_fault,
    "polls": polls_fault,
    "dates": dates_fault,
}


def document_of(row: Row) -> Document:
    """The page of a row, with what the row says is known of it."""
    given = str(row.get("published", ""))
    granularity: Any = {4: "year", 7: "month"}.get(len(given), "day")
    published = Published(given, granularity) if given else None
    title, outlet, byline = (str(row.get(key, "")) for key in ("title", "outlet", "byline"))
    return Document(row["id"], row["text"], title, outlet, byline, published=published, language="en")


def judged(holding: str = "") -> Iterator[tuple[str, Row, str]]:
    """Every case whose line holds the words: its table, the case, and what is wrong (empty: right)."""
    reader = Reader()
    for table, fault in TABLES.items():
        for path in sorted(CASES.glob(f"{table}*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                if holding.casefold() in line.casefold():
                    row = json.loads(line)
                    yield table, row, fault(row, reader.read(document_of(row)))


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
