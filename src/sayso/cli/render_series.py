"""Figure series on the screen: a heading for each, a line for each figure, and the range at each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from rich.cells import cell_len
from rich.text import Text

from sayso.cli.render import Screen, one_line
from sayso.cli.render_cut import put_first
from sayso.cli.render_figures import number
from sayso.cli.render_table import Noun, Told
from sayso.cli.render_text import FAINT, STRONG, line, wrapped

if TYPE_CHECKING:
    from sayso.pile.series.answers import FigureLine, RelationRow, ScopeRow, SeriesRow

SERIES = Noun("series", "series")
DAY, AMOUNT, WHO, RELATION = 11, 16, 20, 29
"""Cells of a line: the time, the number, who vouches for it, and how it stands to an earlier one."""
WIDE = 110
"""A terminal of fewer cells is shown two lines for each figure: the page stands on the second."""
MOST = 12
"""Series that a terminal is shown where no number is asked for; each has some ten lines."""
OPEN = "(source open)"
"""Where the page does not tell whose number it is, or not for sure."""
PLACES = 2
"""Places that a heading names, those of most figures; the figures name theirs."""
RELATIONS = {
    "agrees": "agrees with", "repeated": "repeats", "supersedes": "supersedes", "disagrees": "disagrees with",
    "different-scope": "other scope than",
}  # fmt: skip
"""How a figure stands to an earlier one, before its number."""
KINDS = {"part": "a part", "further": "further ones", "earlier": "the number before", "aside": "another number of the page"}
"""What keeps a figure from being held against the others, in words; other kinds are words of the pages."""
LEGEND = "≤ as of when is not told: at the latest the day of publication"
NOTHING = (
    "no series found: on the pages that fit nobody tells another number of the same thing; "
    "--all shows numbers that nobody contradicts, --pages 1 those of one page"
)
SMALL = {"of", "the", "es", "el", "al", "de", "la", "le", "du", "sur", "am", "upon", "on", "city", "district", "province"}
MARKS = {"stated": "", "published": "≤", "open": ""}
"""Before a day: ≤ where the page does not say as of when, and it is the day of publication at the latest."""


def put_series(rows: Iterable[SeriesRow], limit: int | None, *, why: bool = False) -> None:
    """Series to standard output; with ``why`` the rule of each relation in words."""
    put_first(lambda found, shown, told: series_lines(found, shown, told, why=why), rows, SERIES, limit, MOST, NOTHING)


def series_lines(rows: Iterable[SeriesRow], shown: Screen, told: Told, *, why: bool = False) -> Iterator[Text]:
    """Each series with its figures and ranges; on a terminal the mark at their times is told at the end."""
    marked = False
    for row in rows:
        if told.rows:
            yield line("")
        told.rows += 1
        yield from _head(row, shown)
        scopes = {each.scope: each for each in row.scopes}
        many = len({_scope(each) for each in row.scopes}) > 1
        amounts = {figure.id: amount(figure) for figure in row.figures}
        for figure in row.figures:
            marked = marked or figure.as_of_basis == "published"
            yield from _figure(figure, _scope(scopes[figure.scope]) if many else "", amounts, shown, told)
            if why:
                yield from _why(figure, shown)
        yield from _ranges(row, scopes, shown)
    if marked and shown.width is not None:
        yield from wrapped(line((LEGEND, FAINT)), shown, indent=2, first=0)


def _head(row: SeriesRow, shown: Screen) -> Iterator[Text]:
    what = row.event or f"“{one_line(row.counted)}”"
    more = f" and {len(row.places) - PLACES} more" if len(row.places) > PLACES else ""
    where = f" in {named(row.places[:PLACES])}{more}" if row.places else ""
    started = f", {row.started}" if row.started else ""
    told = ", ".join(_count(each, noun) for each, noun in (
        (row.pages, "page"), (row.outlets, "outlet"), (row.originators, "originator")))  # fmt: skip
    yield from wrapped(line((f"{what}{where}{started}", STRONG), (f"  {told}", FAINT)), shown, indent=2, first=0)


def named(places: Iterable[str]) -> str:
    """Places with capitals, as they are kept without: "Dar es Salaam + Nairobi"."""
    words = [[word if word in SMALL else word[:1].upper() + word[1:] for word in place.split()] for place in places]
    return one_line(" + ".join(" ".join(each) for each in words))


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def time(as_of: str, basis: str) -> str:
    """The time of a number: "2031-04-09", "≤ 2031-04-09" where it is at the latest that of the page, "?" where it is open."""
    return f"{MARKS[basis]}{as_of}" if as_of else "?"


def _figure(
    figure: FigureLine, scope: str, amounts: Mapping[str, str], shown: Screen, told: Told
) -> Iterator[Text]:
    """A figure: time, number, who vouches, how it stands to an earlier one; then the page, on a line of its own if need be."""
    where = " · ".join(part for part in (one_line(figure.document), scope, one_line(figure.outlet)) if part)
    head = [time(figure.as_of, figure.as_of_basis), amounts[figure.id], one_line(figure.originator) or OPEN]
    how = short_relation(figure.relation, amounts)
    if shown.width is None:
        cells = (*zip(head, (DAY, AMOUNT, WHO), strict=True), (how, RELATION))
        yield line("  ", "  ".join(text.ljust(size) for text, size in cells), "  ", where)
        return
    wide = shown.width >= WIDE
    taken = 2 + sum(size + 2 for size in (DAY, AMOUNT, WHO))
    sizes = (DAY, AMOUNT, WHO, RELATION if wide else shown.width - taken)
    parts = [_padded(told.shorten(text, size), size) for text, size in zip((*head, how), sizes, strict=True)]
    first = line("  ", parts[0], "  ", (parts[1], STRONG), "  ", parts[2], "  ", parts[3])
    if wide:
        first.append_text(line("  ", (told.shorten(where, shown.width - first.cell_len - 2), FAINT)))
    first.rstrip()
    yield first
    if not wide:
        yield line(" " * (DAY + 4), (told.shorten(where, shown.width - DAY - 4), FAINT))


def _padded(text: str, size: int) -> str:
    return text + " " * (size - cell_len(text))


def amount(figure: FigureLine) -> str:
    """How much, in few words: "at least 40", "5-7"; as worded where it is money or no number."""
    if (figure.low is None and figure.high is None) or not figure.words[:1].isascii() or figure.unit == "money":
        return one_line(figure.words)
    values = [value for value in (figure.low, figure.high) if value is not None]
    numbers = number(values[0]) if values[0] == values[-1] else f"{number(values[0])}-{number(values[-1])}"
    mark = " %" if figure.unit == "percent" else ""
    return one_line(f"{figure.qualifier} {numbers}{mark}".strip())


def short_relation(relation: RelationRow | None, amounts: Mapping[str, str]) -> str:
    """How a figure stands to an earlier one: "supersedes 35"; ``amounts``: the numbers of the series by id."""
    if relation is None:
        return ""
    return f"{RELATIONS[relation.kind]} {amounts.get(relation.to) or one_line(relation.to_words)}"


def _why(figure: FigureLine, shown: Screen) -> Iterator[Text]:
    for each in (figure.relation, *figure.others):
        if each is not None:
            words = f"{RELATIONS[each.kind]} {one_line(each.to_words)} ({one_line(each.to_document)}): {each.why}"
            yield from wrapped(line((words, FAINT)), shown, indent=DAY + 6, first=DAY + 4)


def _scope(scope: ScopeRow) -> str:
    """What a scope counts, in few words."""
    parts = [" ".join(scope.who), named(scope.places), "daily" if scope.period == "daily" else "", scope.stretch]
    parts += [f"since {scope.since}" if scope.since else "", *(KINDS.get(kind, kind) for kind in scope.kinds)]
    return one_line(", ".join(part for part in parts if part))


class Bounded(Protocol):
    """Whatever has bounds: None where an end is open, and the numbers themselves."""

    @property
    def low(self) -> float | None:
        """The lower end."""

    @property
    def high(self) -> float | None:
        """The upper end."""

    @property
    def least(self) -> float:
        """The smallest number."""

    @property
    def most(self) -> float:
        """The largest number."""


def bounds(row: Bounded) -> str:
    """A range in numbers: "35-60", "40-43 or more", "35"."""
    least, most = number(row.least), number(row.most)
    inner = least if least == most else f"{least}-{most}"
    return inner + (" or more" if row.high is None else "") + (" or less" if row.low is None else "")


def _ranges(row: SeriesRow, scopes: dict[int, ScopeRow], shown: Screen) -> Iterator[Text]:
    """Where two originators or more tell a number of one scope as of one time: the range over them."""
    for each in row.ranges:
        if each.originators > 1:
            scope = _scope(scopes[each.scope])
            words = f"as of {each.as_of or '?'}: {bounds(each)} by {each.originators} originators"
            where = f"  {scope}" if len(scopes) > 1 else ""
            yield from wrapped(line(("  range  ", FAINT), words, (where, FAINT)), shown, indent=9, first=0)
