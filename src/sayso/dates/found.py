"""What a time expression is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.records import Span

Granularity = Literal[
    "minute", "day", "weekend", "week", "month", "quarter", "half", "season", "year", "decade", "century", "vague"
]
Kind = Literal["date", "time", "duration", "set"]


@dataclass(frozen=True, slots=True)
class Found:
    """One time expression in a text.

    ``span`` is in code points, half-open. ``value`` is TimeML (``2031-04-09``, ``XXXX-11-03``, ``PAST_REF``,
    ``1998-Q3``, ``PT2H``). ``iso`` is YYYY, YYYY-MM or YYYY-MM-DD, empty where the expression is not one stretch of the calendar.
    ``years`` are those that the weekday allows where the year is missing.
    """

    span: Span
    value: str
    granularity: str
    kind: str
    iso: str
    years: tuple[int, ...] = ()
