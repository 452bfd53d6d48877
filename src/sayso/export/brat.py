"""brat: for each text a ``.txt`` and an ``.ann`` beside it, with the configuration that names the labels; a zip.

Offsets are code points. A stretch is never laid over the end of a line, as brat reads its files line by line: it has a
fragment on each line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from sayso.export.archive import Archive
from sayso.export.origin import Makers, Origin
from sayso.export.pages import Page, Sheet
from sayso.export.standoff import LABELS, Mark, links, marks, sheet_name
from sayso.export.writing import encodable
from sayso.records import Spans

_LINE = re.compile("[^\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
"""A stretch without tabs and without anything that a program may take for the end of a line."""
_ENDS = {
    "source": ("Statement", "Source"), "cue": ("Statement", "Cue"), "hop": ("Statement", "Hop"),
    "speaker": ("Statement", "Speaker"), "joint": ("Statement", "Speaker"), "within": ("Statement", "Statement"),
    "in": ("Figure", "Statement"),
}  # fmt: skip
_ATTRIBUTES = {
    "kind": "direct|indirect|mixed", "act": "say|think|want",
    "stance": "neutral|affirm|deny|doubt|demand|warn|praise|blame|ask",
}  # fmt: skip


def _configuration() -> str:
    """The labels as brat wants them declared."""
    relations = [f"{label}\tArg1:{one}, Arg2:{other}" for label, (one, other) in _ENDS.items()]
    attributes = [f"{name}\tArg:Statement, Value:{values}" for name, values in _ATTRIBUTES.items()]
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    parts = (("entities", LABELS), ("relations", (overlap, *relations)), ("events", ()), ("attributes", attributes))
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in parts)


def lines_of(text: str, spans: Spans) -> Spans:
    """The spans without tabs and ends of lines."""
    found = ((m.start(), m.end()) for start, end in spans for m in _LINE.finditer(text, start, end))
    return tuple(found)


def annotation_lines(page: Page, sheet: Sheet) -> Iterator[str]:
    """The lines of an ``.ann`` file: T for marks, A for attributes of statements, # for all other facts, R for links."""
    numbers: dict[str, int] = {}
    attributes = 0
    for mark in marks(page, sheet):
        spans = lines_of(sheet.text, mark.spans)
        if not spans:
            continue
        number = numbers[mark.key] = len(numbers) + 1
        places = ";".join(f"{start} {end}" for start, end in spans)
        words = " ".join(sheet.text[start:end] for start, end in spans)
        yield f"T{number}\t{mark.label} {places}\t{words}"
        for name, value in mark.facts if mark.label == "Statement" else ():
            if name in _ATTRIBUTES:
                attributes += 1
                yield f"A{attributes}\t{name} T{number} {value}"
        if note := _note(mark):
            yield f"#{number}\tAnnotatorNotes T{number}\t{note}"
    relations = (link for link in links(sheet) if link.one in numbers and link.other in numbers)
    for n, link in enumerate(relations, 1):
        yield f"R{n}\t{link.label} Arg1:T{numbers[link.one]} Arg2:T{numbers[link.other]}"


def _note(mark: Mark) -> str:
    plain = (mark.label != "Statement", *_ATTRIBUTES)
    facts = [f"{k}={' '.join(v.split())}" for k, v in mark.facts if plain[0] or k not in _ATTRIBUTES]
    return "; ".join(facts)


def write_brat(pages: Iterable[Page], out: BinaryIO, origin: Origin) -> None:
    """A zip to be unpacked into brat's data folder."""
    makers = Makers()
    with Archive(out) as archive:
        archive.add("annotation.conf", _configuration().encode("utf-8"))
        for page in pages:
            makers.note(page)
            for sheet in page.sheets():
                name = sheet_name(page, sheet)
                archive.add(f"{name}.txt", encodable(sheet.text).encode("utf-8"))
                lines = "".join(f"{line}\n" for line in annotation_lines(page, sheet))
                archive.add(f"{name}.ann", encodable(lines).encode("utf-8"))
        archive.add_json("provenance.json", {**origin.json(), "made_by": makers.json()})
