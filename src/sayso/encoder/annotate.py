"""One pass over a text: words, windows, the model, spans, links = annotations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sayso.encoder.annotations import Annotations, Attribution, Coreference, Marked
from sayso.encoder.decode import plain_tags, probabilities, spans_of, viterbi
from sayso.encoder.features import breaks, quoted, shape
from sayso.encoder.links import BALANCE, LONGEST, chances, compared
from sayso.encoder.relations import WordSpan
from sayso.encoder.session import Array, Encoder, WordOutputs
from sayso.encoder.windows import windows
from sayso.encoder.words import words_of
from sayso.quotes import Quotation
from sayso.records import Span

NEVER = -1e4
CONTENT = 5  # the first tag of content; the one after it is the last of all
BLOCK = 256  # spans that ask at once
UNLIKELY = 0.02  # antecedents with a smaller chance are not handed on
DOUBT = 0.3  # chance of being content above which a word outside all statements is not surely the outlet's own


@dataclass(frozen=True, slots=True)
class _Outputs:
    roles: Array
    names: Array
    starts: Array
    ends: Array


def _read(encoder: Encoder, text: str, words: Sequence[Span], features: Sequence[Sequence[int]]) -> _Outputs:
    cut, unknown = encoder.vocabulary.cut, encoder.vocabulary.unknown
    pieces = [cut(text[start:end]) or (unknown,) for start, end in words]
    parts: list[WordOutputs] = []
    paragraphs = [i for i, b in enumerate(features[2]) if b]
    for window in windows([len(p) for p in pieces], paragraphs):
        ids = [encoder.vocabulary.start]
        firsts: list[int] = []
        columns: list[list[int]] = [[0], [0], [0]]
        for i in range(window.first, window.last):
            firsts.append(len(ids))
            ids.extend(pieces[i])
            for column, values in zip(columns, features, strict=True):
                column.extend([values[i] + 1] * len(pieces[i]))
        ids.append(encoder.vocabulary.stop)
        for column in columns:
            column.append(0)
        got = encoder.run(ids, columns, firsts)
        own = slice(window.own_first - window.first, window.own_last - window.first)
        parts.append(WordOutputs(got.roles[own], got.names[own], got.starts[own], got.ends[own]))
    joined = (np.concatenate([getattr(p, name) for p in parts]) for name in ("roles", "names", "starts", "ends"))
    return _Outputs(*joined)


class _Links:
    """Scores spans of one text against each other; each span is projected once."""

    def __init__(self, encoder: Encoder, out: _Outputs, spans: Sequence[WordSpan], paragraphs: Sequence[int]) -> None:
        self.settings = encoder.settings["links"]
        self.paragraphs = paragraphs
        self.number = {span: n for n, span in enumerate(spans)}
        if spans:
            first, last = [s for s, _ in spans], [e - 1 for _, e in spans]
            self.projected = encoder.project(out.starts[first], out.ends[last])

    def rows(
        self, kind: str, asking: Sequence[WordSpan], answering: Sequence[WordSpan], earlier_only: bool = False
    ) -> Iterator[tuple[int, Array]]:
        """For each asking span the chances of "none" and of answers from a first number on; in blocks, for flat memory."""
        starts = [span[0] for span in answering]
        for at in range(0, len(asking), BLOCK):
            block = asking[at : at + BLOCK]
            reach = BALANCE[kind].reach + LONGEST
            first = bisect_left(starts, block[0][0] - reach)
            last = bisect_left(starts, max(end for _, end in block) + reach)
            sides = [
                compared(self.projected[[self.number[s] for s in side]], side, kind)
                for side in (block, answering[first:last])
            ]
            table = chances(sides[0], sides[1], self.settings[kind], self.paragraphs, BALANCE[kind], earlier_only)
            yield from ((first, row) for row in table)


def _place(attribution: Attribution) -> WordSpan:
    """Where an attribution's first content stands, or its cue."""
    first = attribution.contents[0] if attribution.contents else attribution.cue
    return first.words if first is not None else (0, 0)


def _attributions(links: _Links, marked: Sequence[Marked]) -> list[Attribution]:
    by = {kind: [m for m in marked if m.kind == kind] for kind in ("source", "cue", "content")}
    cues = [m.words for m in by["cue"]]
    found: dict[int, list[tuple[Marked, float]]] = {}
    out: list[Attribution] = []
    rows = links.rows("cue", [m.words for m in by["content"]], cues)
    for content, (first, row) in zip(by["content"], rows, strict=True):
        best = int(row.argmax())
        if best == 0:
            out.append(Attribution(None, None, (content,), 0.0, (float(row[0]),)))
        else:
            found.setdefault(first + best - 1, []).append((content, float(row[best])))
    for i, (first, row) in enumerate(links.rows("source", cues, [m.words for m in by["source"]])):
        best = int(row.argmax())
        source = by["source"][first + best - 1] if best else None
        contents, chance = zip(*found[i], strict=True) if i in found else ((), ())
        out.append(Attribution(source, by["cue"][i], contents, float(row[best]), chance))
    out.sort(key=_place)
    return out


def _coreference(links: _Links, spans: Sequence[WordSpan]) -> list[Coreference]:
    found: list[Coreference] = []
    for span, (first, row) in zip(spans, links.rows("coref", spans, spans, earlier_only=True), strict=True):
        likely = [(spans[first + j], float(row[j + 1])) for j in np.flatnonzero(row[1:] > UNLIKELY).tolist()]
        found.append(Coreference(span, tuple(likely)))
    return found


def _doubtful(tags: Sequence[int], chances: Array, threshold: float) -> list[WordSpan]:
    unsure = (np.asarray(tags) < CONTENT) & (chances[:, CONTENT:].sum(axis=1) > threshold)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], unsure.astype(np.int8), [0])))).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def annotate(encoder: Encoder, text: str, paragraphs: Sequence[Span], marks: Sequence[Quotation]) -> Annotations:
    """Read a text once. ``paragraphs`` and ``marks`` (quotations) are spans of characters of ``text``, in order."""
    words = words_of(text)
    if not words:
        return Annotations(())
    features = (
        [shape(text[start:end]) for start, end in words],
        quoted(words, marks),
        breaks(words, paragraphs),
    )
    out = _read(encoder, text, words, features)
    starts = [i for i, b in enumerate(features[2]) if b]
    settings = encoder.settings
    moves, first = (np.asarray(settings[k], dtype=np.float32) for k in ("moves", "first"))
    first = np.where(np.arange(len(first)) % 2 == 0, NEVER, first)
    first[0] = settings["first"][0]
    sure = probabilities(out.roles)
    scores = out.roles.copy()
    scores[np.ix_(starts, range(2, scores.shape[1], 2))] += NEVER  # no span goes on into the next paragraph
    tags = viterbi(scores, moves, first)
    marked = spans_of(tags, sure, settings["tags"])
    names = spans_of(plain_tags(out.names), probabilities(out.names), settings["names"])
    mentions = sorted({m.words for m in names} | {m.words for m in marked if m.kind == "source"})
    links = _Links(encoder, out, sorted({m.words for m in marked} | set(mentions)), starts)
    attributions = _attributions(links, marked)
    return Annotations(
        words=tuple(words),
        attributions=tuple(attributions),
        names=tuple(names),
        coreference=tuple(_coreference(links, mentions)),
        doubtful=tuple(_doubtful(tags, sure, DOUBT)),
    )
