"""Templates: every value is escaped, a name that is not there is an error, and no template can mark text as safe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

COLOURS, LINES = 6, 5
"""Colours of speakers and styles of underlines, each with a class of its own in ``room.css``: 30 before any comes again."""
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


def colour(place: int) -> str:
    """The classes of the speaker who comes ``place``-th on a page (from 0): a colour and a style of underline."""
    return f"c{place % COLOURS} u{place % LINES}" if place >= 0 else "open"


def day(value: str) -> str:
    """A date in words, as exactly as it is known: "11 March 2025", "March 2025", "3 November, year not given"."""
    parts = value[:10].split("-")
    if len(parts) > 1 and parts[1].isdigit() and 1 <= int(parts[1]) <= 12:
        month = MONTHS[int(parts[1]) - 1]
        number = f"{int(parts[2])} " if len(parts) > 2 and parts[2].isdigit() else ""
        return f"{number}{month} {parts[0]}" if parts[0].isdigit() else f"{number}{month}, year not given"
    return value


def percent(value: float) -> str:
    """A share as a whole percentage; one that is not nought is at least "<1 %"."""
    rounded = round(100 * value)
    return "<1 %" if value > 0 and rounded == 0 else f"{rounded} %"


def number(value: float | int | None) -> str:
    """A number with its thousands apart; nothing where it is open."""
    if value is None:
        return ""
    whole = isinstance(value, int) or value == int(value)
    return f"{int(value):,}" if whole else f"{value:,.10g}"


def plural(count: int, noun: str, more: str = "") -> str:
    """A count with its noun: "1 page", "12 pages"."""
    return f"{count:,} {noun if count == 1 else more or noun + 's'}"


def stretch(value: str) -> str:
    """A date or two in words: "11 March 2025", "11 March 2025 to 13 March 2025"; empty where there is none."""
    first, _, last = value.partition("/")
    return day(first) + (f" to {day(last)}" if last and last != first else "") if value else ""


def between(count: Any) -> str:
    """What is told of a count, from the least to the most: "9 to 61 or more"."""
    told = number(count.least) if count.least == count.most else f"{number(count.least)} to {number(count.most)}"
    return told + (" or more" if count.high is None else "")


def places(spans: Sequence[tuple[int, int]]) -> str:
    """Spans as a form sends them: ``12-40 55-80``."""
    return " ".join(f"{start}-{end}" for start, end in spans)


def placed(found: Sequence[Any]) -> str:
    """The places of words that know theirs, as a form sends them."""
    return places([(each.start, each.end) for each in found])


def worded(found: Sequence[Any]) -> str:
    """The words of several places, parted as everywhere in Sayso."""
    return " … ".join(each.words for each in found)


def link(url: str) -> str:
    """An address that may be followed: of the web, and nothing else; empty for all others."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""


def ordinal(value: str) -> int | None:
    """The number of a day; None where the date is not known to the day."""
    try:
        return date.fromisoformat(value[:10]).toordinal()
    except ValueError:
        return None


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("sayso.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        auto_reload=False,
    )  # fmt: skip
    made.filters.pop("safe")
    made.filters.update(
        day=day,
        percent=percent,
        number=number,
        plural=plural,
        colour=colour,
        link=link,
        segment=segment,
        stretch=stretch,
        between=between,
        places=places,
        placed=placed,
        worded=worded,
        urlencode=encoded,
    )
    return made


def encoded(value: str | Mapping[str, str] | Sequence[tuple[str, str]]) -> str:
    """A value, or values with their names, for behind a question mark; half characters are question marks."""
    return quote(value, safe="", errors="replace") if isinstance(value, str) else urlencode(value, errors="replace")


def segment(value: str) -> str:
    """A part of a path, quoted."""
    return quote(value, safe="", errors="replace")


def draw(template: str, **values: Any) -> str:
    """A template with its values, as HTML."""
    return _templates().get_template(template).render(**values)
