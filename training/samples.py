"""Windows of text as training samples, with what is drawn anew each time a text is seen.

Drawn anew: the annotator whose reading is taken, where the windows are cut, the style of quotation marks, and the names of
people, places and bodies (rare and invented ones among them), so that the reading does not hang on who it is.
"""

from __future__ import annotations

import calendar
import random
from dataclasses import dataclass, field

from corpora import Attribution, Text, WordSpan

from sayso.encoder.features import shape
from sayso.encoder.relations import relation
from sayso.encoder.windows import windows
from sayso.encoder.words import Vocabulary

IGNORE = -100
DAYS = {w.lower() for w in (*calendar.day_name, *calendar.month_name) if w}


@dataclass
class Links:
    """Spans that ask, spans that may answer, how they stand to each other, and for each asker the right answers."""

    kind: str
    asking: list[WordSpan]
    answering: list[WordSpan]
    relations: list[list[tuple[int, int, int]]]
    answers: list[list[int]]  # indices into answering; empty = none of them


@dataclass
class Sample:
    pieces: list[int]
    features: list[list[int]]
    firsts: list[int]  # place of each word's first piece
    roles: list[int] | None = None
    names: list[int] | None = None
    links: list[Links] = field(default_factory=list)
    mentions: list[tuple[WordSpan, int]] = field(default_factory=list)


class NameSwap:
    """Replaces names in a text by others, each name by one other throughout."""

    def __init__(self, texts: list[Text]) -> None:
        lower: set[str] = set()
        upper: dict[str, int] = {}
        for t in texts:
            for w in t.words:
                if w.islower():
                    lower.add(w)
                elif shape(w) == 2 and len(w) > 2:
                    upper[w] = upper.get(w, 0) + 1
        self.names = sorted(w for w in upper if w.lower() not in lower and w.lower() not in DAYS)
        self.known = set(self.names)

    def invented(self, rng: random.Random) -> str:
        parts = [
            "ka",
            "ro",
            "mi",
            "sel",
            "dra",
            "von",
            "tu",
            "el",
            "bah",
            "shi",
            "nor",
            "qua",
            "ven",
            "ost",
            "lim",
            "ye",
            "zar",
            "fen",
        ]
        return "".join(rng.choice(parts) for _ in range(rng.choice((2, 2, 3)))).capitalize()

    def __call__(self, words: list[str], rng: random.Random) -> list[str]:
        swap: dict[str, str] = {}
        for w in dict.fromkeys(words):
            if w in self.known and rng.random() < 0.6:
                swap[w] = self.invented(rng) if rng.random() < 0.4 else rng.choice(self.names)
        return [swap.get(w, w) for w in words]


def restyle(words: list[str], quoted: list[int], rng: random.Random) -> tuple[list[str], list[int]]:
    """Another style of quotation marks, now and then."""
    draw = rng.random()
    if draw < 0.25:
        return [{"“": '"', "”": '"'}.get(w, w) for w in words], quoted
    if draw < 0.32 and '"' not in words:
        return [{"“": "‘", "”": "’"}.get(w, w) for w in words], [2 if q == 1 else q for q in quoted]
    return words, quoted


def role_tags(count: int, reading: list[Attribution]) -> list[int]:
    tags = [0] * count
    for a in reading:
        for n, spans in enumerate((a.source, a.cue, a.content)):
            for first, last in spans:
                tags[first] = 1 + 2 * n
                for i in range(first + 1, last):
                    tags[i] = 2 + 2 * n
    return tags


def span_tags(count: int, spans: list[tuple[WordSpan, int]]) -> list[int]:
    tags = [0] * count
    for (first, last), kind in spans:
        tags[first] = 1 + 2 * kind
        for i in range(first + 1, last):
            tags[i] = 2 + 2 * kind
    return tags


def _inside(span: WordSpan, first: int, last: int) -> bool:
    return first <= span[0] and span[1] <= last


def _links(kind, asking, answering, answers, paragraphs) -> Links:
    order = sorted(range(len(answering)), key=lambda i: answering[i])
    where = {old: new for new, old in enumerate(order)}
    answering = [answering[i] for i in order]
    rivals = [a[0] for a in answering]
    relations = [[relation(q, a, rivals, paragraphs) for a in answering] for q in asking]
    return Links(kind, asking, answering, relations, [[where[i] for i in right] for right in answers])


def attribution_links(reading: list[Attribution], first: int, last: int, paragraphs: list[int]) -> list[Links]:
    """Content to cue and cue to source, of what stands whole inside the window; word numbers stay the text's."""
    cues = sorted({c for a in reading for c in a.cue if _inside(c, first, last)})
    sources = sorted({s for a in reading for s in a.source if _inside(s, first, last)})
    contents, right_cue, asking, right_source = [], [], [], []
    for a in reading:
        mine = [cues.index(c) for c in a.cue if c in cues]
        for content in a.content:
            if _inside(content, first, last):
                contents.append(content)
                right_cue.append(mine)
        for c in a.cue:
            if c in cues:
                asking.append(c)
                right_source.append([sources.index(s) for s in a.source if s in sources])
    out = []
    if contents:
        out.append(_links("cue", contents, cues, right_cue, paragraphs))
    if asking:
        out.append(_links("source", asking, sources, right_source, paragraphs))
    return out


def coreference_links(text: Text, first: int, last: int, paragraphs: list[int]) -> Links | None:
    """Each mention asks for its earlier mentions in the window."""
    mentions = sorted((m for m in text.mentions if _inside(m.span, first, last)), key=lambda m: (m.span[0], -m.span[1]))
    if not mentions:
        return None
    spans = [m.span for m in mentions]
    rivals = [s[0] for s in spans]
    relations = [[relation(q, a, rivals, paragraphs) for a in spans] for q in spans]
    answers = [[j for j in range(i) if mentions[j].entity == m.entity] for i, m in enumerate(mentions)]
    return Links("coref", spans, spans, relations, answers)


def samples_of(
    text: Text, vocabulary: Vocabulary, rng: random.Random, swap: NameSwap | None, size: int = 254
) -> list[Sample]:
    """The windows of one text. Without ``swap`` nothing is drawn but the first reading."""
    words, quoted, starts = text.words, text.quoted, text.breaks
    shapes = text.shapes
    reading = text.readings[0] if text.readings else None
    if swap is not None:
        if text.readings:
            reading = rng.choice(text.readings)
        words, quoted = restyle(words, quoted, rng)
        if rng.random() < 0.4:
            words = swap(words, rng)
        if rng.random() < 0.05:
            starts = [0] * len(words)
        size = rng.choice((size, size, size, 224, 190))
    pieces = [vocabulary.cut(w) for w in words]
    pieces = [p or (vocabulary.unknown,) for p in pieces]
    paragraphs = [i for i, b in enumerate(text.breaks) if b]
    roles = role_tags(len(words), reading) if reading is not None else None
    names = span_tags(len(words), text.names) if text.mentions else None
    columns = list(zip(shapes, quoted, starts, strict=True))
    out = []
    for w in windows([len(p) for p in pieces], paragraphs, size, 64 if swap is None else 32):
        sample = _window(vocabulary, pieces, columns, w.first, w.last)
        if reading is not None:
            sample.roles = roles[w.first : w.last]
            sample.links = attribution_links(reading, w.first, w.last, paragraphs)
        if names is not None:
            sample.names = names[w.first : w.last]
            found = coreference_links(text, w.first, w.last, paragraphs)
            sample.links = [found] if found else []
            sample.mentions = [(m.span, m.type) for m in text.mentions if _inside(m.span, w.first, w.last)]
        _shift(sample, w.first, rng if swap is not None else None)
        out.append(sample)
    return out


def _window(vocabulary, pieces, columns, first: int, last: int) -> Sample:
    """The wordpieces of words ``first`` to ``last`` with their features, between the marks of start and end."""
    sample = Sample([vocabulary.start], [[0], [0], [0]], [])
    for i in range(first, last):
        sample.firsts.append(len(sample.pieces))
        sample.pieces.extend(pieces[i])
        for column, value in zip(sample.features, columns[i], strict=True):
            column.extend([value + 1] * len(pieces[i]))
    sample.pieces.append(vocabulary.stop)
    for column in sample.features:
        column.append(0)
    return sample


def _shift(sample: Sample, first: int, rng: random.Random | None) -> None:
    """Word numbers of the text to those of the window; now and then a span's edge moves by a word, as a tagger's would."""
    last = len(sample.firsts)

    def move(span: WordSpan) -> WordSpan:
        a, b = span[0] - first, span[1] - first
        if rng is not None and rng.random() < 0.12:
            a = min(max(0, a + rng.choice((-1, 1))), b - 1)
        if rng is not None and rng.random() < 0.12:
            b = max(min(last, b + rng.choice((-1, 1))), a + 1)
        return a, b

    for links in sample.links:
        same = links.asking is links.answering
        links.answering = [move(s) for s in links.answering]
        links.asking = links.answering if same else [move(s) for s in links.asking]
    sample.mentions = [((a - first, b - first), t) for (a, b), t in sample.mentions]
