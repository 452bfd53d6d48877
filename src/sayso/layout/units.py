"""Units: the paragraphs-to-be of a page, each a run of lines with its running text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.layout.lines import Line, headline_lines, list_mark, page_lines, runs_on, shape_of, split
from sayso.layout.stamps import is_strong_dateline
from sayso.layout.turns import turns_of
from sayso.layout.view import Flow, Mender, flow_of
from sayso.records import Block, BlockKind, Document, Span

#: Blocks that ingest told apart and that are never cut into lines.
WHOLE: frozenset[BlockKind] = frozenset({"table", "furniture", "byline", "dateline", "title"})
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STOP = re.compile(r"[.!?…][\"”’'»)\]]*$")
#: Of a longer unit only the beginning is compared with tables.
FOLDED = 2000


@dataclass(frozen=True, slots=True)
class Unit:
    """A run of lines that belong together.

    ``spans`` are its stretches of the document (several only where it runs around a page number), ``given`` the kind
    that ingest knew, ``label`` the words before the colon of a turn (in ``flow.text``), ``item`` whether a list mark
    opens it, ``page`` whether it is a page number or running head, ``folded`` its words in lower case, ``words`` their
    number, ``stops`` whether it ends with the end of a sentence.
    """

    spans: tuple[Span, ...]
    flow: Flow
    given: BlockKind | None
    label: Span | None
    item: bool
    page: bool
    folded: str
    words: int
    stops: bool

    @property
    def text(self) -> str:
        """The running text."""
        return self.flow.text

    @property
    def start(self) -> int:
        """Where the unit begins in the document."""
        return self.spans[0][0]


def fold(text: str) -> str:
    """Words only, lower case, one blank between: for comparing titles and table entries."""
    return " ".join(_WORDS.findall(text[:FOLDED].casefold().replace("’", "'")))


def unit_of(
    spans: tuple[Span, ...],
    flow: Flow,
    given: BlockKind | None = None,
    *,
    label: Span | None = None,
    item: bool = False,
    page: bool = False,
) -> Unit:
    """Make a unit with what is counted from its text."""
    folded = fold(flow.text)
    words = folded.count(" ") + 1 if folded else 0
    if len(flow.text) > FOLDED:
        words += flow.text.count(" ", FOLDED)
    return Unit(spans, flow, given, label, item, page, folded, words, _STOP.search(flow.text[-12:]) is not None)


def units_of(document: Document) -> list[Unit]:
    """All units of the document in order; every character that is not blank is in exactly one."""
    text = document.text
    lines, kinds = _lines(document)
    if not lines:
        return []
    turns = turns_of(text, lines)
    passed = page_lines(text, lines)
    groups = _group(document, lines, kinds, turns, passed)
    mender = Mender(text)
    units = [_unit(text, lines, group, kinds, turns, passed, mender) for group in groups]
    return sorted(units, key=lambda unit: unit.start)


def _lines(document: Document) -> tuple[list[Line], dict[int, BlockKind]]:
    """Return the lines of the given blocks and between them, and the kind of each given block by its number."""
    lines: list[Line] = []
    kinds: dict[int, BlockKind] = {}
    at = 0
    for number, block in enumerate(_proper(document.blocks, len(document.text))):
        start, end = block.span
        lines += split(document.text, at, start)
        held = split(document.text, start, end, number)
        if held and block.kind in WHOLE:
            held = [held[0]._replace(end=held[-1].end)] if block.kind == "table" else held
        lines += [held[0]._replace(gap=max(held[0].gap, 1)), *held[1:]] if held else []
        kinds[number] = block.kind
        at = end
    lines += split(document.text, at, len(document.text))
    return lines, kinds


def _proper(blocks: Sequence[Block], length: int) -> list[Block]:
    """Blocks in order, inside the text, without overlap (of two that overlap the earlier one keeps its span)."""
    proper: list[Block] = []
    at = 0
    for block in sorted(blocks, key=lambda block: block.span):
        start, end = max(block.span[0], at), min(block.span[1], length)
        if start < end:
            proper.append(Block(block.kind, (start, end)))
            at = end
    return proper


def _group(
    document: Document,
    lines: Sequence[Line],
    kinds: Mapping[int, BlockKind],
    turns: Mapping[int, Span],
    passed: frozenset[int],
) -> list[list[int]]:
    """Line numbers that belong together, in order of their first line."""
    text, shape, title = document.text, shape_of(document.text, lines), fold(document.title)
    headline = headline_lines(text, lines, passed)
    groups: list[list[int]] = []
    current: list[int] = []
    length = crossed = 0
    for i, line in enumerate(lines):
        if i in passed:
            groups.append([i])
            crossed += 1
            continue
        above = lines[current[-1]] if current else None
        seen = line._replace(gap=max(line.gap, 1), page=True) if crossed and above is not None else line
        if (
            above is not None
            and _same(text, above, seen, kinds, i in turns)
            and (
                i in headline
                or (i < 12 and _spells_title(text, lines, [*current, i], title))
                or runs_on(text, above, seen, shape, length)
            )
        ):
            current.append(i)
            length += line.end - line.start
        else:
            current = [i]
            groups.append(current)
            length = line.end - line.start
        crossed = 0
    return groups


def _same(text: str, above: Line, line: Line, kinds: Mapping[int, BlockKind], turn: bool) -> bool:
    """Whether nothing stands against one unit: neither a new item, turn or dateline, nor a border that ingest drew."""
    if above.block != line.block:
        either = {kinds.get(above.block), kinds.get(line.block)}
        return not turn and either <= {"paragraph"} and not list_mark(text, line)
    if kinds.get(line.block) in WHOLE:
        return True
    return (
        not turn
        and not list_mark(text, line)
        and not is_strong_dateline(text[line.start : min(line.end, line.start + 130)])
    )


def _spells_title(text: str, lines: Sequence[Line], numbers: Sequence[int], title: str) -> bool:
    """Whether the lines together are the beginning of the title that the metadata gives."""
    if not title or lines[numbers[-1]].gap > 1:
        return False
    joined = fold(" ".join(text[lines[i].start : lines[i].end] for i in numbers))
    return bool(joined) and (title + " ").startswith(joined + " ")


def _unit(
    text: str,
    lines: Sequence[Line],
    group: Sequence[int],
    kinds: Mapping[int, BlockKind],
    turns: Mapping[int, Span],
    passed: frozenset[int],
    mender: Mender,
) -> Unit:
    flow = flow_of(text, [(lines[i].start, lines[i].end) for i in group], mender)
    spans: list[Span] = []
    for before, i in zip([None, *group], group, strict=False):
        start = spans.pop()[0] if before is not None and i == before + 1 else lines[i].start
        spans.append((start, lines[i].end))
    label = turns.get(group[0])
    if label is not None:
        label = (flow.find(label[0]), flow.find(label[1]))
    first = lines[group[0]]
    return unit_of(
        tuple(spans),
        flow,
        kinds.get(first.block),
        label=label,
        item=list_mark(text, first) > 0,
        page=group[0] in passed,
    )
