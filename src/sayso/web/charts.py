"""Charts as numbers: where each mark of a series stands, for a template to draw. The table under a chart says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, log10

from sayso.pile.series.answers import FigureLine, SeriesRow
from sayso.web.drawing import day, number, ordinal, plural

WIDTH, HEIGHT = 760.0, 320.0
LEFT, RIGHT, TOP, BOTTOM = 64.0, 24.0, 16.0, 40.0
BESIDE = 11.0
"""Between marks that would stand on one another: a mark and a little more."""
SHAPES = ("circle", "square", "diamond", "triangle")
ACROSS, UP = 6, 5
"""Lines of the grid at most."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure: where it stands, its bounds as a line from ``top`` to ``bottom``, and which originator's it is.

    ``faded``: superseded; ``hollow``: of another scope than most.
    """

    x: float
    y: float
    top: float
    bottom: float
    originator: int
    shape: str
    faded: bool
    hollow: bool
    figure: FigureLine
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid with its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """What the originators tell of one scope at one time, from the least to the most."""

    x: float
    top: float
    bottom: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of one series in units of its own, ``width`` by ``height``; ``originators`` in the order of their marks."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    days: tuple[Tick, ...]
    values: tuple[Tick, ...]
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    originators: tuple[tuple[int, str, str], ...]
    summary: str


def _when(figure: FigureLine) -> int | None:
    return ordinal(figure.as_of.split("/")[-1]) or ordinal(figure.published)


def _value(figure: FigureLine) -> float | None:
    return figure.low if figure.low is not None else figure.high


def _step(span: float, most: int) -> float:
    """A round step that cuts a span into at most so many parts."""
    raw = span / most or 1.0
    power = 10.0 ** floor(log10(raw))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= raw * 0.999)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days and values to places on the chart."""

    first: int
    last: int
    low: float
    high: float

    def x(self, when: int) -> float:
        """Where a day stands."""
        if self.last == self.first:
            return (LEFT + WIDTH - RIGHT) / 2
        inner = WIDTH - LEFT - RIGHT - 2 * BESIDE
        return round(LEFT + BESIDE + inner * (when - self.first) / (self.last - self.first), 1)

    def y(self, value: float) -> float:
        """Where a value stands."""
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (self.high - value) / (self.high - self.low), 1)


def _scale(placed: Sequence[tuple[FigureLine, int, float]]) -> _Scale:
    days = [when for _, when, _ in placed]
    values = [v for f, _, value in placed for v in (value, f.low, f.high) if v is not None]
    low, high = min(values), max(values)
    low = 0.0 if low >= 0 and low < 0.6 * high else low
    step = _step((high - low) or abs(high) or 1.0, UP)
    low, high = floor(low / step) * step, -floor(-high / step) * step
    return _Scale(min(days), max(days), low, high if high > low else low + step)


def _values(scale: _Scale) -> tuple[Tick, ...]:
    step = _step(scale.high - scale.low, UP)
    count = round((scale.high - scale.low) / step)
    return tuple(Tick(scale.y(scale.low + i * step), number(round(scale.low + i * step, 6))) for i in range(count + 1))


def _days(scale: _Scale, days: Sequence[int]) -> tuple[Tick, ...]:
    every = sorted(set(days))
    stride = -(-len(every) // ACROSS)
    kept: list[Tick] = []
    for when in every[::stride]:
        x = scale.x(when)
        if not kept or x - kept[-1].at >= 96:  # a date in words is about as wide
            kept.append(Tick(x, day(date.fromordinal(when).isoformat())))
    return tuple(kept)


def _marks(placed: Sequence[tuple[FigureLine, int, float]], scale: _Scale, order: dict[str, int]) -> tuple[Mark, ...]:
    replaced = {f.relation.to for f, _, _ in placed if f.relation is not None and f.relation.kind == "supersedes"}
    main = Counter(figure.scope for figure, _, _ in placed).most_common(1)[0][0]
    taken: dict[tuple[float, float], int] = {}
    marks = []
    for figure, when, value in placed:
        x, y = scale.x(when), scale.y(value)
        place = taken[x, y] = taken.get((x, y), -1) + 1
        shift = BESIDE * ((place + 1) // 2) * (-1 if place % 2 else 1)
        top, bottom = (scale.y(v) if v is not None else y for v in (figure.high, figure.low))
        who = order[figure.originator]
        told = f"{figure.words}: {figure.originator or 'originator open'}, {day(figure.as_of or figure.published)}, {figure.document}"
        marks.append(
            Mark(
                round(x + shift, 1),
                y,
                top,
                bottom,
                who,
                SHAPES[who % len(SHAPES)],
                figure.id in replaced,
                figure.scope != main,
                figure,
                told,
            )
        )
    return tuple(marks)


def _bands(row: SeriesRow, scale: _Scale) -> tuple[Band, ...]:
    found = []
    for each in row.ranges:
        when = ordinal(each.as_of.split("/")[-1])
        if when is not None and each.most > each.least and scale.first <= when <= scale.last:
            label = f"{number(each.least)} to {number(each.most)} over {each.originators} originators"
            found.append(Band(scale.x(when), scale.y(each.most), scale.y(each.least), label))
    return tuple(found)


def chart_of(row: SeriesRow) -> Chart | None:
    """The chart of a series; None where fewer than two figures have a number and a day."""
    placed = [
        (f, when, value) for f in row.figures if (when := _when(f)) is not None and (value := _value(f)) is not None
    ]
    if len(placed) < 2:
        return None
    scale = _scale(placed)
    order = {name: at for at, name in enumerate(dict.fromkeys(f.originator for f, _, _ in placed))}
    names = tuple((at, SHAPES[at % len(SHAPES)], name or "originator open") for name, at in order.items())
    first, last = (day(date.fromordinal(each).isoformat()) for each in (scale.first, scale.last))
    values = [value for _, _, value in placed]
    summary = (
        f"{len(placed)} figures by {plural(len([name for name in order if name]), 'originator')}"
        f"{' and some left open' if '' in order else ''} from {first} to {last}, "
        f"between {number(min(values))} and {number(max(values))}. The table below has them all."
    )
    return Chart(
        WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM, _days(scale, [when for _, when, _ in placed]),
        _values(scale), _bands(row, scale), _marks(placed, scale, order), names, summary,
    )  # fmt: skip
