"""The public daily figures (`../shared/data/series`) told as sentences: each where it belongs, nothing replaced wrongly.

python -m eval.daily [DAYS]

Twelve wordings (six for running counts, six for those of one day), three originators, three orders of arrival. Sentences are
about an invented place; only the numbers and days are those of the data.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eval.series import read, told
from sayso.pile.series import Series, series_of
from sayso.records import Reading

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "series"
RUNNING = (
    "{n} people have been {event} in Norland since {start}.",
    "The number of people {event} in Norland since {start} has reached {n}.",
    "Since {start}, {n} people have been {event} in Norland.",
    "The war has left {n} people {event} in Norland since {start}.",
    "As of {day}, {n} people had been {event} in Norland since {start}.",
    "In all, {n} people have been {event} in Norland since {start}.",
)
DAILY = (
    "{n} people were {event} in Norland in the past 24 hours.",
    "In the past 24 hours, {n} people were {event} in Norland.",
    "In Norland, {n} people were {event} over the past 24 hours.",
    "{n} people were {event} in Norland over the last 24 hours.",
    "During the past day, {n} people were {event} in Norland.",
    "Within 24 hours, {n} people were {event} in Norland.",
)
ORIGINATORS = ("health ministry", "Relief League", "hospital board")
ORDERS = ("as they came", "last first", "shuffled")


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence with what it is: its event, its day, its number, its originator, and whether it counts one day."""

    page: str
    event: str
    when: date
    value: int
    by: str
    daily: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many figures came, how many stand in the right scope and relation, and how many were replaced wrongly."""

    figures: int
    right: int
    wrongly_superseded: int
    series: int


def days(name: str, most: int) -> list[dict[str, int | str]]:
    """Days of the data with all four numbers, at most so many, spread over the whole."""
    rows = json.loads((DATA / name).read_text(encoding="utf-8"))
    whole = [row for row in rows if all(row.get(key) for key in ("killed", "killed_cum", "injured_cum"))]
    return whole[:: max(1, len(whole) // most)][:most]


def told_of_day(row: dict[str, int | str], at: int, first: date) -> Iterator[tuple[Told, tuple[str, str, str, str]]]:
    """The sentences of one day with what they are. The second and third originator tell other numbers."""
    when = date.fromisoformat(str(row["report_date"]))
    start = f"{first.day} {first:%B %Y}"
    for k, by in enumerate(ORIGINATORS):
        for event in ("killed", "injured"):
            for daily, key in ((False, f"{event}_cum"), (True, event if event in row else f"ext_{event}")):
                value = row.get(key)
                if not value or (daily and int(value) <= 2):
                    continue
                number = int(value) + (k * 7 if not daily else 0)
                form = (DAILY if daily else RUNNING)[(at + k) % 6]
                text = form.format(n=f"{number:,}", event=event, start=start, day=f"{when.day} {when:%B %Y}")
                name = f"{when}-{k}-{event}-{'daily' if daily else 'running'}"
                yield Told(name, event, when, number, by, daily), (when.isoformat(), f"Outlet {k}", by, text)


def pages(name: str, most: int) -> list[tuple[Told, Reading]]:
    """All sentences of a file as pages."""
    rows = days(name, most)
    first = date.fromisoformat(str(rows[0]["report_date"]))
    return [
        (made, read(page, made.page))
        for at, row in enumerate(rows)
        for made, page in told_of_day(row, at, first)
    ]


def outcome(made: Sequence[tuple[Told, Reading]], order: str) -> Outcome:
    """Series of these pages in one order of arrival, held against what they were made as."""
    known = {each.page: each for each, _ in made}
    came = [reading for _, reading in made]
    if order == "last first":
        came.reverse()
    elif order == "shuffled":
        random.Random(7).shuffle(came)
    found = series_of(told(came))
    right = wrongly = figures = 0
    for series in found:
        for good, wrong in _judge(series, known):
            figures, right, wrongly = figures + 1, right + good, wrongly + wrong
    return Outcome(len(made), right, wrongly, len(found))


def _judge(series: Series, known: dict[str, Told]) -> Iterator[tuple[bool, bool]]:
    """For each figure of a series: whether it stands where it should, and whether it replaces what it should not."""
    last: dict[tuple[bool, str], Told] = {}
    strands: dict[int, tuple[bool, date | None]] = {}
    for member in series.members:
        here = known[member.told.page]
        kind = (here.daily, here.when if here.daily else None)
        apart = strands.setdefault(member.strand, kind) == kind and series.event == here.event
        before = last.get((here.daily, here.by))
        over = [known[series.told(link.to).page] for link in member.links if link.kind == "supersedes"]
        wrong = any(to.by != here.by or to.daily or here.daily or to.when >= here.when for to in over)
        expected = not here.daily and before is not None and before.value != here.value
        yield apart and not wrong and (over == [before] if expected else not over), wrong
        last[here.daily, here.by] = here


def main() -> int:
    """Print how each file comes out in each order."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    for path in sorted(DATA.glob("*.json")):
        made = pages(path.name, most)
        for order in ORDERS:
            result = outcome(made, order)
            print(
                f"{path.stem}, {order}: {result.right} of {result.figures} figures right, {result.wrongly_superseded} replaced "
                f"wrongly, {result.series} series"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
