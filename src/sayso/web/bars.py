"""Bars as numbers: who uses a word in whose voice, and from what to what each originator tells; the tables beside say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from sayso.pile.incidents.answers import CountRow, OriginatorRow
from sayso.pile.voices import Row
from sayso.web.charts import SHAPES, Tick
from sayso.web.drawing import number

WIDTH, LINE, GAP = 760.0, 30.0, 12.0
LEFT, RIGHT, TOP, BOTTOM = 190.0, 24.0, 8.0, 26.0
NAME = 26
"""Letters of a name that stand before its bar."""
MOST = 24
"""Lines of a chart; the table has them all."""
SPOKEN = ("direct", "indirect", "quoted")
"""Voices to the right of the middle: words of those who are quoted, and words in quotation marks."""
TELLS = {
    "own": "in the outlet’s own voice",
    "direct": "quoted word by word",
    "indirect": "reported",
    "quoted": "in quotation marks",
}
ACROSS = 6


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: one cell of the table, with what it says in words."""

    x: float
    width: float
    cell: str
    count: int
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One word at one outlet."""

    y: float
    name: str
    whole: str
    outlet: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars to both sides of ``middle``: own voice to the left, those quoted to the right. Some units wide and high."""

    width: float
    height: float
    middle: float
    bar: float
    bars: tuple[Bar, ...]
    more: int
    summary: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one originator tells, from its least to its most; ``open``: no bound is told above."""

    y: float
    start: float
    end: float
    originator: int
    shape: str
    open: bool
    name: str
    row: OriginatorRow
    label: str


@dataclass(frozen=True, slots=True)
class Ranges:
    """What originators tell of one thing, a line each."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    ticks: tuple[Tick, ...]
    stretches: tuple[Stretch, ...]
    summary: str


def shortened(name: str, most: int = NAME) -> str:
    """A name that fits before a bar."""
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def bars_of(rows: Sequence[Row]) -> Bars | None:
    """Own voice against quoted, a bar for each word and outlet that has either; None where none has."""
    held = [(row, {cell: row.cells[cell].count for cell in ("own", *SPOKEN)}) for row in rows]
    held = [(row, counts) for row, counts in held if any(counts.values())]
    if not held:
        return None
    several = len({row.word for row, _ in held}) > 1
    left = max(counts["own"] for _, counts in held)
    right = max(sum(counts[cell] for cell in SPOKEN) for _, counts in held)
    unit = (WIDTH - LEFT - RIGHT) / max(1, left + right)
    middle = round(LEFT + unit * left, 1)
    shown = held[:MOST]
    bars = tuple(_bar(row, counts, TOP + n * LINE, middle, unit, several) for n, (row, counts) in enumerate(shown))
    own = sum(counts["own"] for _, counts in held)
    quoted = sum(counts[cell] for _, counts in held for cell in SPOKEN)
    summary = (
        f"{number(own)} in the outlets’ own voice, {number(quoted)} quoted, reported or in quotation marks. The table below "
        "has them, and headlines, copied text and what is unsure as well."
    )
    return Bars(WIDTH, TOP + LINE * len(shown) + BOTTOM, middle, LINE - GAP, bars, len(held) - len(shown), summary)


def _bar(row: Row, counts: dict[str, int], y: float, middle: float, unit: float, several: bool) -> Bar:
    outlet = row.outlet or "outlet not known"
    name = f"{row.word} · {outlet}" if several else outlet
    own = counts["own"]
    segments = (
        [Segment(round(middle - unit * own, 1), round(unit * own, 1), "own", own, f"{name}: {own} {TELLS['own']}")]
        if own
        else []
    )
    at = middle
    for cell in SPOKEN:
        if counts[cell]:
            wide = unit * counts[cell]
            segments.append(
                Segment(round(at, 1), round(wide, 1), cell, counts[cell], f"{name}: {counts[cell]} {TELLS[cell]}")
            )
            at += wide
    return Bar(round(y, 1), shortened(name), name, row.outlet, tuple(segments))


def _step(span: float) -> float:
    raw = span / ACROSS or 1.0
    power = 10.0 ** floor(log10(raw))
    return max(1.0, next(power * m for m in (1, 2, 5, 10) if power * m >= raw * 0.999))


def ranges_of(count: CountRow) -> Ranges | None:
    """A line for each originator; None where fewer than two tell numbers, or all tell the same one."""
    most = max((by.most for by in count.by), default=0.0)
    if len(count.by) < 2 or most <= 0 or len({v for by in count.by for v in (by.least, by.most)}) < 2:
        return None
    step = _step(most)
    high = -floor(-most / step) * step
    inner = WIDTH - LEFT - RIGHT

    def x(value: float) -> float:
        return round(LEFT + inner * max(0.0, value) / high, 1)

    shown = count.by[:MOST]
    stretches = tuple(_stretch(by, n, x(by.least), x(by.most)) for n, by in enumerate(shown))
    ticks = tuple(Tick(x(n * step), number(round(n * step, 6))) for n in range(round(high / step) + 1))
    summary = (
        f"{count.event.capitalize()}: between {number(min(by.least for by in count.by))} and {number(most)}, told by "
        f"{len(count.by)} originators. Nothing is summed, and no number is chosen."
    )
    bottom = TOP + LINE * len(shown)
    return Ranges(WIDTH, bottom + BOTTOM, LEFT, WIDTH - RIGHT, bottom, ticks, stretches, summary)


def _stretch(by: OriginatorRow, place: int, start: float, end: float) -> Stretch:
    name = by.originator or "originator open"
    told = number(by.least) if by.least == by.most else f"{number(by.least)} to {number(by.most)}"
    label = f"{name}: {told}, the latest “{by.latest}”"
    y = TOP + LINE * place + LINE / 2
    return Stretch(y, start, end, place, SHAPES[place % len(SHAPES)], by.high is None, shortened(name), by, label)
