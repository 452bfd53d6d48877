"""Samples of every input format, and a seeded mutator that breaks them in the ways in which files break and are broken."""

# ruff: noqa: E501

from __future__ import annotations

import gzip
import json
import random
import re
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from inputs_containers import CONTAINER_TOKENS, container_samples
from inputs_pdfs import FONT, document, flate, stream

from sayso.errors import InputCode, UsageError
from sayso.ingest import Metadata, items, load
from sayso.records import Document, Unreadable

CODES = frozenset(get_args(InputCode))
_DIGITS = re.compile(rb"\d{1,12}")
WAY_OUT = re.compile(r"[.;] [A-Za-z]\w[^.;]{6,}.*\.$", re.S)
"""A message ends with what to do, behind what is wrong."""
NUMBERS = (
    b"0",
    b"1",
    b"-1",
    b"255",
    b"65535",
    b"65536",
    b"2147483647",
    b"4294967295",
    b"99999999999999999999",
    b"1e999",
)
PROSE = (
    "EASTMARK, May 3 (NNA) — The harbour board said on Monday that the gates would stay closed.\n\n"
    "“Nobody warned us,” said Ana Venn, who chairs the growers’ union. “Not a word – not one.”\n\n"
    "According to a report by ward 7, 1,200 people had left by 9 a.m. ‘It rose’, Jory Falk wrote.\n"
)


def _pages() -> tuple[bytes, ...]:
    paragraphs = "".join(f"<p>{part}</p>" for part in PROSE.split("\n") if part)
    graph = json.dumps(
        {
            "@type": "NewsArticle",
            "headline": "Gates stay closed",
            "author": {"name": "Ana Orr"},
            "datePublished": "2031-05-03",
        }
    )
    head = f'<title>Gates stay closed | The Ask</title><meta charset="utf-8"><script type="application/ld+json">{graph}</script>'
    styled = "<style>.w{display:none} #t{color:#fff} @media screen{p.s{font-size:0}}</style>"
    return (
        f"<!DOCTYPE html><html lang=en><head>{head}</head><body><article><h1>Gates stay closed</h1>{paragraphs}</article></body></html>".encode(),
        f"<html><head>{styled}</head><body><div class=w>No.</div><table><tr><td>a<td>b</table><p class=s id=t>{PROSE}</p><ul><li>x</ul></body>".encode(),
        f"<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><body><p>{PROSE}&amp;&#8220;</p></body></html>".encode(),
        f"<html><meta charset=windows-1252><body>{paragraphs}<br><br>x<q>y</q></body></html>".encode(
            "cp1252", "replace"
        ),
        f"<html><body>{paragraphs}</body></html>".encode("utf-16"),
    )


def _pdfs() -> tuple[bytes, ...]:
    lines = b"".join(
        b"BT /F1 11 Tf 72 %d Td (Line %d: the gates stay closed, said Ana Venn.) Tj ET\n" % (700 - 13 * n, n)
        for n in range(9)
    )
    names = b"<< /Title (Gates) /Author (Ana Orr) /CreationDate (D:20310503101500Z) >>"
    table = b"/CIDInit /ProcSet findresource begin begincmap 1 beginbfchar <41> <0041> endbfchar endcmap end"
    form = stream(lines, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>")
    return (
        document(stream(lines), names, trailer=b"/Info 6 0 R"),
        document(flate(lines)),
        document(flate(lines, 2), stream(table)).replace(FONT, FONT[:-2] + b"/ToUnicode 6 0 R >>"),
        document(stream(b"/X Do 3 Tr " + lines), form, page=b"/XObject << /X 6 0 R >>"),
        document(stream(lines), pages=b"/Kids [4 0 R 4 0 R] /Count 2"),
    )


def _objects() -> list[dict[str, object]]:
    return [
        {
            "text": PROSE,
            "id": "a-1",
            "title": "Gates",
            "outlet": "The Ask",
            "date": "2031-05-03",
            "url": "https://ask.example/1",
            "language": "en",
        },
        {
            "text": "Short, said Ana.",
            "byline": "By Ana Orr",
            "date": 1935481200,
            "tags": ["a", {"b": [1, 2.5, None, True]}],
        },
        {"text": "“No,” said Jory Falk.\u2028\u202e", "title": "\ud83d\ude00 \u0000"},
    ]


def samples() -> dict[str, tuple[bytes, ...]]:
    """A few sound files of each format, by its suffix."""
    objects = _objects()
    one = tuple(json.dumps(each).encode() for each in objects)
    lines = b"\n".join(one) + b"\n"
    rows = b'name,outlet,url,date,title,byline,desk\npage.txt,The Ask,https://ask.example/1,2031-05-03,"Gates, closed",Ana Orr,harbour\n'
    return {
        "txt": (PROSE.encode(), PROSE.encode("utf-16"), PROSE.encode("cp1252", "replace"), PROSE.encode("utf-32-be"), b"Q: Why?\nA: It rose.\n" * 9),
        "html": _pages(),
        "pdf": _pdfs(),
        "json": (*one, json.dumps(objects).encode(), json.dumps(objects[0], indent=2, ensure_ascii=False).encode(), one[1].decode().encode("utf-16")),
        "jsonl": (lines, lines * 3, b"\xef\xbb\xbf" + lines, lines.replace(b"\n", b"\r\n\n")),
        "meta.json": tuple(json.dumps({k: v for k, v in each.items() if k != "text"}).encode() for each in objects),
        "csv": (rows, rows.replace(b",", b";"), rows.decode().encode("utf-16"), rows.replace(b"2031-05-03", b"3 May 2031") + b"b.txt,,,,,,\n", rows.replace(b",", b"\t")),
        **container_samples(),
    }  # fmt: skip


TOKENS: dict[str, tuple[bytes, ...]] = {
    "txt": ("“".encode(), b"\0", b"\xff\xfe", b"\xef\xbb\xbf", "\u202e\u2028".encode(), b"\x1b[2J", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"%PDF-1.4", b"<html>", b'{"text":'),
    "html": (b"<", b">", b"<p>", b"</div>", b"<!--", b"-->", b"<![CDATA[", b"&", b"&#x10ffff;", b"&#0;", b"<script>", b"</script>", b"<style>p{display:none}</style>",
             b"<table>", b"<td colspan=9999999999>", b"<br>", b"<q>", b"<pre>", b" style='color:#fff'", b" hidden", b"<meta charset=utf-16>", b"<svg>", b"<template>", b"\0", b"<frameset>", b"<a href=>"),
    "pdf": (b"obj", b"endobj", b"stream\n", b"endstream", b"xref", b"trailer", b"<<", b">>", b"[", b"]", b"(", b")", b"5 0 R", b"2 0 R", b"/Length 999999", b"/Filter /FlateDecode", b"/Kids [2 0 R]",
            b"/Type /ObjStm", b"/Encrypt 6 0 R", b"BT", b"ET", b"3 Tr", b"/Count -1", b"%%EOF", b"startxref\n0", zlib.compress(b"q " * 500)),
    "json": (b"{", b"}", b"[", b"]", b'"', b"\\", b"\\u0000", b"\\ud800", b",", b":", b"null", b"true", b"1e999", b"NaN", b'"text":', b'"id":', b'"date":', b"\n", b"[" * 60, b"\xff", "\u2028".encode()),
    "csv": (b'"', b'""', b",", b";", b"\t", b"\n", b"\r", b"name", b"date", b"\0", b"=1+1", b"\xff", b"9" * 40, b"," * 500),
}  # fmt: skip
TOKENS |= CONTAINER_TOKENS
TOKENS |= {"jsonl": TOKENS["json"], "meta.json": TOKENS["json"]}

Edit = Callable[[random.Random, bytearray, str, tuple[bytes, ...]], None]


def _flip(rng: random.Random, data: bytearray, _: str, __: tuple[bytes, ...]) -> None:
    for _n in range(rng.choice((1, 2, 8, 64))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _cut_off(rng: random.Random, data: bytearray, _: str, __: tuple[bytes, ...]) -> None:
    del data[rng.randrange(len(data)) :]


def _delete(rng: random.Random, data: bytearray, _: str, __: tuple[bytes, ...]) -> None:
    start = rng.randrange(len(data))
    del data[start : start + rng.choice((1, 4, 30, 400))]


def _double(rng: random.Random, data: bytearray, _: str, __: tuple[bytes, ...]) -> None:
    start = rng.randrange(len(data))
    part = bytes(data[start : start + rng.choice((1, 20, 300))])
    at = rng.randrange(len(data))
    data[at:at] = part * rng.choice((1, 2, 50, 400))


def _splice(rng: random.Random, data: bytearray, _: str, corpus: tuple[bytes, ...]) -> None:
    other = rng.choice(corpus)
    data[rng.randrange(len(data)) :] = other[rng.randrange(len(other)) :]


def _insert(rng: random.Random, data: bytearray, kind: str, _: tuple[bytes, ...]) -> None:
    at = rng.randrange(len(data) + 1)
    data[at:at] = rng.choice(TOKENS[kind]) * rng.choice((1, 1, 1, 3, 100))


def _swap(rng: random.Random, data: bytearray, _: str, __: tuple[bytes, ...]) -> None:
    for _n in range(rng.choice((1, 6))):
        a, b = rng.randrange(len(data)), rng.randrange(len(data))
        data[a], data[b] = data[b], data[a]


def _number(rng: random.Random, data: bytearray, _: str, __: tuple[bytes, ...]) -> None:
    found = list(_DIGITS.finditer(data))
    if found:
        match = rng.choice(found)
        data[match.start() : match.end()] = rng.choice(NUMBERS)


def _random(rng: random.Random, data: bytearray, _: str, __: tuple[bytes, ...]) -> None:
    at = rng.randrange(len(data) + 1)
    data[at : at + rng.choice((0, 4, 60))] = rng.randbytes(rng.choice((1, 4, 60)))


EDITS: tuple[Edit, ...] = (
    _flip,
    _cut_off,
    _delete,
    _double,
    _splice,
    _insert,
    _insert,
    _swap,
    _number,
    _number,
    _random,
)


def mutants(kind: str, rounds: int, seed: int) -> Iterator[bytes]:
    """So many broken files of one format; the same for the same seed, one by one."""
    corpus = samples()[kind]
    for number in range(rounds):
        rng = random.Random(f"{kind} {seed} {number}")
        data = bytearray(rng.choice(corpus))
        for edit in rng.choices(EDITS, k=rng.choice((1, 1, 2, 3, 5))):
            if data:
                edit(rng, data, kind, corpus)
        yield gzip.compress(data) if rng.random() < 0.002 else bytes(data)


@dataclass(slots=True)
class Report:
    """What came of the mutants of one format: outcomes by code, all seconds, and the slowest one's number and seconds."""

    kind: str
    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    slowest: tuple[float, int] = (0.0, -1)

    def __str__(self) -> str:
        codes = ", ".join(f"{code} {count:,}" for code, count in self.outcomes.most_common())
        return f"{self.kind}: {self.seconds:.0f} s, slowest {self.slowest[0]:.2f} s (mutant {self.slowest[1]}); {codes}"


def outcomes(kind: str, data: bytes, folder: Path) -> list[str]:
    """Read one mutant as ``sayso read`` would, up to the document: a code for each outcome. Raises AssertionError."""
    if kind == "csv":
        (folder / "t.csv").write_bytes(data)
        try:
            Metadata.from_csv(folder / "t.csv").get("page.txt")
        except UsageError as error:
            return ["usage" if "t.csv" in str(error) and len(str(error)) < 1_000 else "a message that names no place"]
        return ["table"]
    path = folder / ("page.txt" if kind == "meta.json" else f"page.{kind}")
    path.write_bytes(PROSE.encode() if kind == "meta.json" else data)
    if kind == "meta.json":
        (folder / "page.txt.meta.json").write_bytes(data)
    return [judged(load(item)) for item in items([str(path)])]


def judged(found: Document | Unreadable) -> str:
    """The code of one outcome. Raises AssertionError where it is not what the contract has."""
    assert found.name
    if isinstance(found, Unreadable):
        assert found.code in CODES, found
        assert 30 < len(found.message) < 1_000, found
        assert found.message.endswith("."), found
        return found.code
    assert isinstance(found, Document)
    assert found.text.strip()
    size = len(found.text)
    assert all(0 <= b.span[0] <= b.span[1] <= size for b in found.blocks)
    assert all(0 <= start <= end <= size for f in found.findings for start, end in f.spans)
    return "document"


def soak(kind: str, rounds: int, seed: int, folder: Path) -> Report:
    """Read all mutants of one format. Raises AssertionError naming the mutant that broke the reader."""
    report, began = Report(kind), time.monotonic()
    for number, data in enumerate(mutants(kind, rounds, seed)):
        start = time.monotonic()
        try:
            report.outcomes.update(outcomes(kind, data, folder))
        except Exception as error:
            (folder / f"broke-{number}.{kind}").write_bytes(data)
            raise AssertionError(f"mutant {number} of {kind} (seed {seed}): {type(error).__name__}: {error}") from error
        report.slowest = max(report.slowest, (time.monotonic() - start, number))
    report.seconds = time.monotonic() - began
    return report
