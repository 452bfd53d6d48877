"""Whom a page credits with its text, and which of two pages the other came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

from sayso.records import Published, Reading, Span
from sayso.tables import load

Side = Literal["a", "b", ""]
By = Literal["credit", "date", "one-origin", "dateline", "same-date", "no-date"]

_WORD = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*")
_AGENCY = re.compile(r"\(([^()\n]{2,40})\)|/([^/\s][^/\n]{1,38})/")
_BY = re.compile(r"(?:by|source|from|via)\b:?\s*", re.IGNORECASE)
_PARTS = re.compile(r"[|•·,;/]| and | for | with | - | – | — ")
_BESIDE = frozenset((" and ", " with "))
_HELP = re.compile(r"(?:additional|further) reporting(?: by| from)?\b|\bcontribut(?:ed|ing)\b[^\n]*", re.IGNORECASE)
_SIGNED = re.compile(r"[.!?][”\"’']?\s{0,3}\(([^()\n]{2,40})\)\s{0,3}$")
_ACRONYM = re.compile(r"[A-Z]{2,6}")
LONGEST = 120
"""Characters of a line that is looked at for a credit."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Who a page says its text is from: as worded, as names are compared, and where (None: the byline of the metadata).

    ``whole``: all of the text is; not where the name only stands beside a reporter's ("Ana Ruhl with Tern") or behind a
    paragraph.
    """

    name: str
    key: str
    span: Span | None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Direction:
    """Which of two pages came first, who credits whom, which the text came from, and what says so.

    ``first`` is the earlier by date. ``credits`` is the page that credits the other, or "both" where both credit one third
    party. ``origin`` is the page that the text came from; ``by`` the rule that decided, or why none could.
    """

    first: Side
    credits: Literal["a", "b", "both", ""]
    origin: Side
    by: By


@lru_cache(maxsize=1)
def _agencies() -> dict[str, str]:
    return {name: names[0] for names in load("agencies")["same"] for name in names}


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    return frozenset(_agencies().values())


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """A name as names are compared: an agency by its first form in the table, others without the words all outlets share."""
    lowered = " ".join(word.casefold().strip(".") for word in _WORD.findall(name))
    known = _agencies().get(lowered) or _agencies().get(lowered.removeprefix("the "))
    if known:
        return known
    common = load("agencies")["common"]
    return " ".join(word for word in lowered.split() if word not in common) or lowered


def _initials(name: str) -> str:
    words = [word for word in _WORD.findall(name) if word.casefold() != "the"]
    return "".join(word[0] for word in words).casefold() if len(words) > 1 else ""


def names_outlet(credit: Credit, outlet: str) -> bool:
    """Whether a credit is to an outlet: one name, or the initials of one."""
    return bool(outlet) and credit.key in (name_key(outlet), _initials(outlet))


def _lone(name: str) -> bool:
    """Whether a line is one name that could be an outlet's and no person's: "Tern", "Tern staff"."""
    words = _WORD.findall(name)
    common = load("agencies")["common"]
    rest = [word for word in words if word.casefold() not in common]
    return len(words) <= 4 and len(rest) == 1 and rest[0][:1].isupper()


def _is_agency(name: str) -> bool:
    return name_key(name) in _first_names()


def _named(text: str, start: int | None) -> Iterator[Credit]:
    """Whom a byline or a source line names: agencies of the table anywhere in it, another name where it stands alone.

    Who helped, and who stands beside somebody else joined by "and" or "with", is credited with a part; initials are a name
    there.
    """
    lead = _BY.match(text)
    at = lead.end() if lead else 0
    ends = list(_PARTS.finditer(text, at))
    lows, highs = [at, *(each.end() for each in ends)], [*(each.start() for each in ends), len(text)]
    raw = [text[low:high] for low, high in zip(lows, highs, strict=True)]
    names = [_HELP.sub(" ", each).strip(" .()[]*\n") for each in raw]
    for place, name in enumerate(names):
        beside = [names[n + (n == place)] for n in (place - 1, place) if 0 <= n < len(ends) and ends[n][0] in _BESIDE]
        part = _HELP.search(raw[place]) is not None or not all(map(_is_agency, beside))
        known = _is_agency(name) or (not ends and _lone(name)) or (part and _ACRONYM.fullmatch(name) is not None)
        if name and known and name in raw[place]:
            low = text.index(name, lows[place])
            span = None if start is None else (start + low, start + low + len(name))
            yield Credit(name, name_key(name), span, not part)


def _signed(reading: Reading) -> Iterator[Credit]:
    """Agencies and initials in brackets behind the last sentence of a paragraph: it is theirs, and perhaps no more."""
    for block in reading.document.blocks:
        found = _SIGNED.search(reading.document.text, max(block.span[0], block.span[1] - LONGEST), block.span[1])
        if found and block.kind == "paragraph" and (_is_agency(found[1]) or _ACRONYM.fullmatch(found[1])):
            yield Credit(found[1], name_key(found[1]), found.span(1), whole=False)


def all_credits(reading: Reading) -> tuple[Credit, ...]:
    """Whom a page credits with its text or with a part of it: dateline, byline, source line, then ends of paragraphs. Pure.

    A person's name of two words is never taken: reporters are no originators.
    """
    document, found = reading.document, list(_datelines(reading))
    for block in document.blocks:
        text = document.text[slice(*block.span)]
        if block.kind == "byline" and len(text) <= LONGEST:
            found += _named(text, block.span[0])
    found += _named(document.byline[:LONGEST], None)
    found += _signed(reading)
    return tuple(dict.fromkeys(found))


def _datelines(reading: Reading) -> Iterator[Credit]:
    """The agencies of the datelines of a page."""
    for block in reading.document.blocks:
        if block.kind == "dateline":
            for agency in _AGENCY.finditer(reading.document.text[slice(*block.span)][:LONGEST]):
                group = 1 if agency[1] else 2
                span = (block.span[0] + agency.start(group), block.span[0] + agency.end(group))
                yield Credit(agency[group], name_key(agency[group]), span)


def credits_of(reading: Reading) -> tuple[Credit, ...]:
    """Whom a page credits with all of its text: its dateline's agency, its byline where that is no person's name, its source line.

    In that order. Who is credited with a part only is in :func:`all_credits`. Pure.
    """
    return tuple(each for each in all_credits(reading) if each.whole)


def _moment(published: Published | None) -> tuple[str, str]:
    """The moment in UTC, where it is known to the minute with its zone; and the day as the page has it."""
    if published is None or "X" in published.date or len(published.date) < 10:
        return "", ""
    if published.granularity == "minute":
        try:
            moment = datetime.fromisoformat(published.date)
        except ValueError:
            return "", published.date[:10]
        if moment.tzinfo is not None:
            return moment.astimezone(UTC).isoformat(), published.date[:10]
    return "", published.date[:10]


def first_of(a: Published | None, b: Published | None) -> Side:
    """Which was published first: by the minute where both have one, else by the day; "" where that leaves it open."""
    (minute_a, day_a), (minute_b, day_b) = _moment(a), _moment(b)
    if minute_a and minute_b:
        day_a, day_b = minute_a, minute_b
    if not (day_a and day_b) or day_a == day_b:
        return ""
    return "a" if day_a < day_b else "b"


def _credited(reading: Reading, other: Reading, *, part: bool = False) -> bool:
    """Whether a page credits the outlet of another, and not its own; with ``part`` also with a part of its text."""
    given = all_credits(reading) if part else credits_of(reading)
    own = reading.document.outlet
    return any(names_outlet(each, other.document.outlet) and not names_outlet(each, own) for each in given)


def _third(a: Reading, b: Reading) -> bool:
    """Whether both pages credit one third party."""
    outlets = (a.document.outlet, b.document.outlet)
    keys = {each.key for each in credits_of(a)} & {each.key for each in credits_of(b)}
    return any(not any(names_outlet(Credit(key, key, None), outlet) for outlet in outlets) for key in keys)


def _own_dateline(reading: Reading) -> bool:
    """Whether the dateline of a page carries its own outlet's name: the page is the agency's own."""
    return any(names_outlet(each, reading.document.outlet) for each in _datelines(reading))


def direction(a: Reading, b: Reading) -> Direction:
    """Where the shared text of two pages came from. A credit outranks dates: clients print minutes before the agency's site.

    Where no date tells, a page with the dateline of its own agency comes before one without.
    """
    first = first_of(a.document.published, b.document.published)
    a_credits, b_credits = _credited(a, b), _credited(b, a)
    if a_credits != b_credits:
        return Direction(first, "a" if a_credits else "b", "b" if a_credits else "a", "credit")
    one_outlet = bool(a.document.outlet) and a.document.outlet == b.document.outlet
    if _third(a, b) and not one_outlet:
        return Direction(first, "both", "", "one-origin")
    a_part, b_part = _credited(a, b, part=True), _credited(b, a, part=True)
    part: Side = "" if a_part == b_part else "a" if a_part else "b"
    if first:
        return Direction(first, part, first, "date")
    a_line, b_line = _own_dateline(a), _own_dateline(b)
    if a_line != b_line and not one_outlet:
        return Direction("", part, "a" if a_line else "b", "dateline")
    known = all(_moment(each.document.published)[1] for each in (a, b))
    return Direction("", part, "", "same-date" if known else "no-date")
