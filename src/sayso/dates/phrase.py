"""A time expression as it is worded, before anybody asks which day it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: calendar: year, month, day as far as given · weekday · unit: a unit counted from now · ago: a number of units from now or
#: from the day told of last · quarter, half · season · holiday · ready: ``value`` is the answer.
Sort = Literal["calendar", "numeric", "weekday", "unit", "ago", "quarter", "half", "season", "holiday", "ready"]

Pointer = Literal["", "last", "this", "next", "back", "latest"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a rule read: tokens ``first`` to ``last`` (half-open) and what they give.

    ``year`` is a year, ``shift`` a number of units from now (last year is -1), ``pointer`` where the words point: ``last``,
    ``this``, ``next``, ``back`` (to a stretch told of before) or nothing. ``weekday`` counts from Monday, 0.
    ``few`` is true where the number is not told.
    """

    first: int
    last: int
    sort: Sort
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    number: int = 0
    few: bool = False
    unit: str = ""
    shift: int | None = None
    pointer: Pointer = ""
    part: str = ""
    name: str = ""
    value: str = ""
    granularity: str = ""
    kind: str = "date"
    clock: str = ""
