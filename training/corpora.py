"""Corpora for training, brought to one form: words with features, role tags, attributions, mentions.

PolNeAR (attributions) and GUM (names, mention types, coreference). Where several annotators read one article, their
readings are kept together and one is drawn anew each time the article is seen.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.encoder.features import breaks, quoted, shape
from sayso.encoder.words import words_of
from sayso.quotes import all_quotations

ROLES = ("source", "cue", "content")
NAME_TYPES = ("person", "organization", "place", "other")
MENTION_TYPES = (
    "person", "organization", "place", "event", "object", "abstract", "time", "substance", "animal", "plant",
)  # fmt: skip

WordSpan = tuple[int, int]  # half-open, in words


@dataclass
class Attribution:
    source: list[WordSpan]
    cue: list[WordSpan]
    content: list[WordSpan]


@dataclass
class Mention:
    span: WordSpan
    type: int
    entity: str
    name: bool


@dataclass
class Text:
    """One article: its words, and for each reading of it what was marked."""

    id: str
    words: list[str]
    quoted: list[int]
    breaks: list[int]
    readings: list[list[Attribution]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    names: list[tuple[WordSpan, int]] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)

    @property
    def shapes(self) -> list[int]:
        return [shape(w) for w in self.words]


def _text(name: str, text: str) -> tuple[Text, list[tuple[int, int]]]:
    paragraphs = [m.span() for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    words = words_of(text)
    marks = all_quotations(text, paragraphs)
    return Text(name, [text[s:e] for s, e in words], quoted(words, marks), breaks(words, paragraphs)), words


def _word_span(words: list[tuple[int, int]], start: int, end: int) -> WordSpan | None:
    first = bisect_right([e for _, e in words], start)
    last = bisect_left([s for s, _ in words], end)
    return (first, last) if last > first else None


def polnear(path: Path) -> list[Text]:
    """One Text an article, with a list of attributions for each annotator."""
    texts: dict[str, Text] = {}
    places: dict[str, list[tuple[int, int]]] = {}
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        if row["text"] not in texts:
            texts[row["text"]], places[row["text"]] = _text(row["id"], row["text"])
        words = places[row["text"]]
        ends, starts = [e for _, e in words], [s for s, _ in words]

        def spans(pairs: list[list[int]], ends=ends, starts=starts) -> list[WordSpan]:
            out: list[WordSpan] = []
            for s, e in sorted(pairs):
                first, last = bisect_right(ends, s), bisect_left(starts, e)
                if last > first:
                    if out and first <= out[-1][1]:
                        out[-1] = (out[-1][0], max(last, out[-1][1]))
                    else:
                        out.append((first, last))
            return out

        reading = [Attribution(*(spans(a[r]) for r in ROLES)) for a in row["attributions"]]
        texts[row["text"]].readings.append(reading)
    return list(texts.values())


_OPEN = re.compile(r"\(([^()\s-]+)-([a-z]+)-([^()]*)|([^()\s-]+)\)|\)")


def _gum_sentences(path: Path):
    rows, new = [], False
    for line in path.open(encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newpar") and "block" not in line:
            new = True
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            if "." not in cells[0]:
                rows.append(cells)
        elif not line and rows:
            yield new, rows
            rows, new = [], False
    if rows:
        yield new, rows


def gum(path: Path) -> Text:
    """One GUM document: mentions with types and entities, and proper names as flat spans."""
    text, tokens, upos, sentences, paragraphs = "", [], [], [], []
    start_of_paragraph = 0
    entity_cells: list[str] = []
    for new, rows in _gum_sentences(path):
        if new and text:
            paragraphs.append((start_of_paragraph, len(text.rstrip())))
            text = text.rstrip() + "\n\n"
            start_of_paragraph = len(text)
        sentences.append(len(tokens))
        skip_until = -1
        for cells in rows:
            misc = dict(p.split("=", 1) for p in cells[9].split("|") if "=" in p)
            if "-" in cells[0]:
                skip_until = int(cells[0].split("-")[1])
                held = misc.get("SpaceAfter")
                surface_end = (skip_until, held)
                continue
            number = int(cells[0])
            tokens.append((len(text), len(text) + len(cells[1])))
            text += cells[1]
            upos.append("PROPN" if cells[4].startswith("NNP") else cells[3])
            entity_cells.append(misc.get("Entity", ""))
            inside = number < skip_until
            last = skip_until == number
            spaced = misc.get("SpaceAfter") != "No"
            if inside:
                spaced = False
            elif last:
                spaced = surface_end[1] != "No"
            text += " " if spaced else ""
    paragraphs.append((start_of_paragraph, len(text.rstrip())))
    return _with_mentions(path.stem, text, tokens, upos, entity_cells, paragraphs, sentences)


def _with_mentions(name, text, tokens, upos, cells, paragraphs, sentences) -> Text:
    words = words_of(text)
    marks = all_quotations(text, paragraphs)
    out = Text(name, [text[s:e] for s, e in words], quoted(words, marks), breaks(words, paragraphs))
    ends, starts = [e for _, e in words], [s for s, _ in words]

    def place(first: int, last: int) -> WordSpan | None:
        s, e = tokens[first][0], tokens[last][1]
        a, b = bisect_right(ends, s), bisect_left(starts, e)
        return (a, b) if b > a else None

    runs: dict[WordSpan, int] = {}
    for entity, kind, rest, first, last in _brackets(cells):
        span = place(first, last)
        if span is None or kind not in MENTION_TYPES:
            continue
        head = _head(rest, first, last)
        proper = upos[head] == "PROPN"
        out.mentions.append(Mention(span, MENTION_TYPES.index(kind), entity, proper))
        if proper and (run := place(*_proper_run(upos, tokens, text, head, first, last))):
            runs.setdefault(run, {"person": 0, "organization": 1, "place": 2}.get(kind, 3))
    out.names = _disjoint(runs)
    out.sentences = [bisect_right(ends, tokens[s][0]) for s in sentences]
    return out


def _brackets(cells: list[str]) -> Iterator[tuple[str, str, str, int, int]]:
    """Entity, type, the rest of the annotation, first and last token of each bracketed mention, as they close."""
    open_at: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    order: list[str] = []
    for n, cell in enumerate(cells):
        for m in _OPEN.finditer(cell):
            if m.group(1):
                open_at[m.group(1)].append((n, m.group(2), m.group(3)))
                order.append(m.group(1))
                continue
            entity = m.group(4) or order[-1]
            if not open_at.get(entity):
                continue
            first, kind, rest = open_at[entity].pop()
            order.reverse()
            order.remove(entity)
            order.reverse()
            yield entity, kind, rest, first, n


def _disjoint(runs: dict[WordSpan, int]) -> list[tuple[WordSpan, int]]:
    """Of overlapping runs the longest, in order of place."""
    taken: set[int] = set()
    out = []
    for span in sorted(runs, key=lambda x: x[0] - x[1]):
        if not taken & set(range(*span)):
            taken |= set(range(*span))
            out.append((span, runs[span]))
    return sorted(out)


def _head(rest: str, first: int, last: int) -> int:
    """The last token of the minimal span, which is counted from the mention's start; else the mention's last token."""
    parts = rest.split("-")
    for part in parts[2:5]:
        if re.fullmatch(r"\d+(,\d+)*", part):
            return min(first + int(part.split(",")[-1]) - 1, last)
    return last


def _proper_run(upos, tokens, text, head, first, last) -> tuple[int, int]:
    small = {"of", "the", "for", "and", "de", "la", "bin", "van", "von", "al"}

    def word(i):
        return text[tokens[i][0] : tokens[i][1]].lower()

    a = b = head
    while a > first and (
        upos[a - 1] == "PROPN"
        or (a - 1 > first and word(a - 1) in small and upos[a - 2] == "PROPN")
        or text[tokens[a - 1][0] : tokens[a - 1][1]] in "-."
    ):
        a -= 1
    while b < last and (
        upos[b + 1] == "PROPN"
        or (
            b + 2 <= last
            and word(b + 1) in {"of", "for", "de", "the"}
            and (upos[b + 2] == "PROPN" or word(b + 2) == "the")
        )
    ):
        b += 1
    while upos[b] != "PROPN" and b > head:
        b -= 1
    while upos[a] != "PROPN" and a < head:
        a += 1
    return a, b
