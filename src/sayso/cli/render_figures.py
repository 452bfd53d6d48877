"""Figures on the screen: how much in words, what is counted, and whose word it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.cells import cell_len
from rich.text import Text

from sayso.cli.render import Screen, complain, one_line, screen
from sayso.cli.render_rows import OPEN, WIDE
from sayso.cli.render_table import Column, Noun, Told, put_rows, table_lines
from sayso.cli.render_text import FAINT, STRONG, line, put, short, wrapped
from sayso.ledger.rows import FigureRow
from sayso.records import Figure, Reading, Statement

AS_WORDED = ("duration", "other")
"""Units whose measure stands in the words alone: three weeks, 5.1 metres."""
LARGE = ((10**9, "billion"), (10**6, "million"))
FEW = 5
"""Figures of a page that are shown below its text; --figures lists them all."""
NUMBER, MEASURE, LEAST = 14, 30, 20
"""Where two lines stand for a figure: cells that it takes, and takes at most; those that what is counted gets at least."""
VOICES = {"own": "(own voice)", "quoted": "(in quotation marks)", "unsure": "(unsure)", "statement": OPEN}
"""Whose word a figure is that no speaker is given for."""
FIGURE = Noun("figure", "figures")


def number(value: float) -> str:
    """A number as people write it: 11,000, 2.5 million, 5.4."""
    for size, name in LARGE:
        if abs(value) >= size and value * 1000 % size == 0:
            return f"{_plain(value / size)} {name}"
    return _plain(value)


def _plain(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:,.10g}"


def _bounds(figure: Figure | FigureRow) -> str:
    """The number, or both with a dash; "or more" and "at most" where no word of the page says so."""
    low, high = figure.low, figure.high
    if low is None or high is None:
        only = number(high if low is None else low)  # type: ignore[arg-type]
        if figure.qualifier:
            return only
        return f"{only} or more" if high is None else f"at most {only}"
    if low == high:
        return number(low)
    first, last = number(low), number(high)
    size = last.partition(" ")[2]
    return f"{first.removesuffix(f' {size}') if size else first}-{last}"


def amount(figure: Figure | FigureRow, words: str) -> str:
    """How much, in few words: "more than 11,000", "5-7", "dozens", "at least 50 %"; ``words`` are the figure's own."""
    unknown = figure.low is None and figure.high is None
    if unknown or figure.unit in AS_WORDED or figure.high == 0:
        return one_line(words)
    bounds = _bounds(figure)
    if figure.unit == "percent":
        bounds += " %"
    elif figure.unit == "money":
        bounds += f" {figure.currency}" if figure.currency else ""
    return one_line(" ".join(_ordered(bounds, figure)))


def _ordered(bounds: str, figure: Figure | FigureRow) -> tuple[str, ...]:
    """The number with its qualifier before or behind it, as the page has them."""
    said = figure.qualifier[:1].lower() + figure.qualifier[1:]
    behind = figure.qualifier_span is not None and figure.qualifier_span[0] > figure.span[0]
    return tuple(part for part in ((bounds, said) if behind else (said, bounds)) if part)


def as_of(figure: Figure | FigureRow) -> str:
    """The time that a figure is of: "2031-04-09", "since 2031-04", "daily"."""
    since = f"since {figure.since}" if figure.since else ""
    daily = "daily" if figure.period == "daily" else ""
    return ", ".join(part for part in (figure.as_of.replace("/", " to "), since, daily) if part)


def _time(figure: Figure | FigureRow) -> str:
    time = one_line(as_of(figure))
    return f"as of {time}" if figure.as_of else time


def whose(row: FigureRow) -> str:
    """Who vouches for a figure: the speaker with joint ones, or which voice it stands in."""
    return " + ".join((row.speaker, *row.joint)) if row.speaker else VOICES.get(row.voice, OPEN)


FIGURES = (
    Column("what", lambda row: row.event, 6, 10),
    Column("figure", lambda row: amount(row, row.words), 14, 26, style=STRONG),
    Column("counted", lambda row: row.counted, 40, 200),
    Column("as of", as_of, 10, 24),
    Column("whose word", whose, 12, 24),
    Column("outlet", lambda row: row.outlet, 8, 18),
    Column("date", lambda row: row.published[:10], 10, 10),
    Column("document", lambda row: row.document, 10, 24),
)


def figure_lines(rows: Iterable[FigureRow], shown: Screen, told: Told) -> Iterator[Text]:
    """Figures as a table; on a narrow terminal under headings, two lines each: how much of what, then whose word."""
    if shown.width is None or shown.width >= WIDE:
        yield from table_lines(FIGURES, rows, shown, told)
        return
    for event, group in groupby(rows, key=lambda row: row.event):
        yield line((one_line(event) or "other things", FAINT))
        for row in group:
            told.rows += 1
            yield from _two_lines(row, shown.width, told)


def _two_lines(row: FigureRow, width: int, told: Told) -> Iterator[Text]:
    much, time = told.shorten(amount(row, row.words), MEASURE), _time(row)
    head = line("  ", (f"{much:<{NUMBER}}  ", STRONG))
    time = f"  {time}" if time else ""
    counted = told.shorten(one_line(row.counted), max(LEAST, width - head.cell_len - len(time)))
    whole = line(head, counted, (time, FAINT))
    whole.rstrip()
    yield whole
    indent = " " * (NUMBER + 4)
    who = told.shorten(one_line(whose(row)), MEASURE)
    where = "".join(f" · {one_line(part)}" for part in (row.outlet, row.published[:10], row.document) if part)
    yield line(indent, who, (told.shorten(where, width - cell_len(indent + who)), FAINT))


def put_figures(rows: Iterable[FigureRow], limit: int | None) -> None:
    """Figures of many pages to standard output."""
    put_rows(figure_lines, rows, screen(), FIGURE, limit)


# --- the figures of one page ---


def _on(reading: Reading) -> list[tuple[Figure, str]]:
    """The figures of a page in the order of its text, the headline's first, each with the text that it counts in."""
    head = reading.headline
    of_head = [(figure, head.text) for figure in head.figures] if head else []
    return of_head + [(figure, reading.document.text) for figure in sorted(reading.figures, key=lambda each: each.span)]


def _voice(reading: Reading, figure: Figure, text: str) -> str:
    """Which voice a figure stands in that no statement vouches for; the one that is least the outlet's own wins."""
    if text is not reading.document.text:
        return "unsure"
    touched = {voice for voice, (start, end) in reading.voices if start < figure.span[1] and figure.span[0] < end}
    return next((voice for voice in ("statement", "quoted", "unsure", "own") if voice in touched), "unsure")


class _Vouching:
    """Whose word each figure of a page is."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.names = {each.id: each.name for each in reading.speakers}
        statements = (*reading.statements, *(reading.headline.statements if reading.headline else ()))
        self.statements = {each.id: each for each in statements}

    def by(self, figure: Figure, text: str) -> tuple[str, Statement | None]:
        """Who vouches for it, and the statement that it stands in."""
        held = self.statements.get(figure.statement or "")
        if held is None:
            return VOICES[_voice(self.reading, figure, text)], None
        voices = [self.names[each] for each in (held.speaker or "", *held.joint) if each in self.names]
        return " + ".join(voices) or OPEN, held


def _few(reading: Reading) -> list[tuple[Figure, str]]:
    """The figures that are shown below a page: those of what happened to people first, then the first of the text."""
    every = _on(reading)
    chosen = sorted(range(len(every)), key=lambda at: (not every[at][0].event, at))[:FEW]
    return [every[at] for at in sorted(chosen)]


def foot(reading: Reading, shown: Screen) -> Iterator[Text]:
    """A few figures below a page, a line each, and how many there are."""
    few, many, vouching = _few(reading), len(_on(reading)), _Vouching(reading)
    for figure, text in few:
        much = amount(figure, text[slice(*figure.span)])
        known = (figure.counted, _time(figure), vouching.by(figure, text)[0])
        facts = "  ".join(one_line(part) for part in known if part)
        yield from wrapped(line(("figure  ", STRONG), much, "  ", (facts, FAINT)), shown, indent=2, first=0)
    if many > len(few):
        yield line((f"{FIGURE(many)} in all  (--figures lists them)", FAINT))


def _facts(figure: Figure) -> Iterator[str]:
    yield figure.event
    yield figure.place and f"in {figure.place}"
    yield f"of {figure.share_of}" if figure.share_of else ""
    yield figure.period if figure.period == "cumulative" else ""
    yield _time(figure)


def figures_of_page(reading: Reading, shown: Screen) -> Iterator[Text]:
    """All figures of a page: how much and of what; then its words, whose they are, and what else is known of it."""
    vouching = _Vouching(reading)
    for figure, text in _on(reading):
        words = one_line(text[slice(*figure.span)])
        head = line((amount(figure, words), STRONG), "  ", one_line(figure.counted))
        yield from wrapped(head, shown, indent=2, first=0)
        who, held = vouching.by(figure, text)
        known = " · ".join(one_line(fact) for fact in _facts(figure) if fact)
        by = f"{one_line(who)} {short(held.id)}" if held else one_line(who)
        start, end = figure.span
        rest = line(by, (f"  “{words}” {start}-{end}", FAINT), (f"  {known}" if known else "", FAINT))
        yield from wrapped(rest, shown, indent=4, first=2)


def put_figures_of_page(reading: Reading) -> None:
    """All figures of a page to standard output."""
    shown = screen()
    lines = list(figures_of_page(reading, shown))
    if not lines:
        complain(f"no figures on {reading.document.name}")
    put(lines, shown)
