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
By = Literal["credit", "date", "one-origin", "same-date", "no-date"]

_WORD = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*")
_AGENCY = re.compile(r"\(([^()\n]{2,40})\)|/([^/\s][^/\n]{1,38})/")
_BY = re.compile(r"(?:by|source|from|via)\b:?\s*", re.IGNORECASE)
_PARTS = re.compile(r"[|•·,;/]| and | for | with | - | – | — ")
LONGEST = 120
"""Characters of a line that is looked at for a credit."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Who a page says its text is from: as worded, as names are compared, and where (None: the byline of the metadata)."""

    name: str
    key: str
    span: Span | None


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


def _named(text: str, start: int | None) -> Iterator[Credit]:
    """Whom a byline or a source line names: agencies of the table anywhere in it, another name where it stands alone."""
    lead = _BY.match(text)
    at = lead.end() if lead else 0
    ends = [(each.start(), each.end()) for each in _PARTS.finditer(text, at)]
    for low, high in zip([at, *(end for _, end in ends)], [*(begin for begin, _ in ends), len(text)], strict=True):
        name = text[low:high].strip(" .()[]*\n")
        if name and (name_key(name) in _first_names() or (not ends and _lone(name))):
            place = text.index(name, low)
            span = None if start is None else (start + place, start + place + len(name))
            yield Credit(name, name_key(name), span)


def credits_of(reading: Reading) -> tuple[Credit, ...]:
    """Whom a page credits: its dateline's agency, its byline where that is no person's name, its source line; in that order.

    A person's name of two words is never taken: reporters are no originators. Pure.
    """
    document, found = reading.document, []
    for block in document.blocks:
        text = document.text[slice(*block.span)][:LONGEST]
        if block.kind == "dateline":
            for agency in _AGENCY.finditer(text):
                group = 1 if agency[1] else 2
                span = (block.span[0] + agency.start(group), block.span[0] + agency.end(group))
                found.append(Credit(agency[group], name_key(agency[group]), span))
    for block in document.blocks:
        text = document.text[slice(*block.span)]
        if block.kind == "byline" and len(text) <= LONGEST:
            found += _named(text, block.span[0])
    found += _named(document.byline[:LONGEST], None)
    return tuple(dict.fromkeys(found))


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


def _credited(reading: Reading, other: Reading) -> bool:
    """Whether a page credits the outlet of another, and not its own."""
    given = credits_of(reading)
    own = reading.document.outlet
    return any(names_outlet(each, other.document.outlet) and not names_outlet(each, own) for each in given)


def _third(a: Reading, b: Reading) -> bool:
    """Whether both pages credit one third party."""
    outlets = (a.document.outlet, b.document.outlet)
    keys = {each.key for each in credits_of(a)} & {each.key for each in credits_of(b)}
    return any(not any(names_outlet(Credit(key, key, None), outlet) for outlet in outlets) for key in keys)


def direction(a: Reading, b: Reading) -> Direction:
    """Where the shared text of two pages came from. A credit outranks dates: clients print minutes before the agency's site."""
    first = first_of(a.document.published, b.document.published)
    a_credits, b_credits = _credited(a, b), _credited(b, a)
    if a_credits != b_credits:
        return Direction(first, "a" if a_credits else "b", "b" if a_credits else "a", "credit")
    one_outlet = bool(a.document.outlet) and a.document.outlet == b.document.outlet
    if _third(a, b) and not one_outlet:
        return Direction(first, "both", "", "one-origin")
    if first:
        return Direction(first, "", first, "date")
    known = all(_moment(each.document.published)[1] for each in (a, b))
    return Direction("", "", "", "same-date" if known else "no-date")
