"""Stamps against the pile: a page whose date of publication other pages rule out, and a year that they leave open to one.

Every page keeps, as numbers, its stamp and the days that it tells of with the names beside each (``stamp_days``).
All else is worked out when asked:

- A page is dated too early where it tells of a day before its stamp without saying the year, at least ``OTHERS`` other pages
  tell of the same day and month with the same names, all years known among them are one, and that day lies after the stamp.
- So it is where it tells as past, with its year, of a day after its stamp that other pages tell of too.
- A stamp without year takes the one year that puts it among the dates of the pile, where its weekday allows that year.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from heapq import merge
from itertools import islice

from sayso.ledger.rows import FindingFilter, FindingRow
from sayso.pile.forest import Forest
from sayso.pile.question import Item
from sayso.pile.rebuilt import rebuilt
from sayso.pile.stamp_days import QUESTION, Stamp, StampsQuestion, Told, day_of, unpack
from sayso.pile.store import Pile
from sayso.records import Published, Span
from sayso.tables import load

__all__ = [
    "QUESTION",
    "Contradicted",
    "Inferred",
    "Pages",
    "Stamp",
    "StampsQuestion",
    "Told",
    "contradicted",
    "finding_rows",
    "inferred",
    "pages_in",
    "pages_of",
]

OTHERS = 2
"""Other pages that must tell of the same day with the same names. One may be wrong itself."""
NAMES = 2
"""Names that two sentences must share. Over 348 news pages of 1989 to 2025 in one pile nothing false is found with two; with one
name, and one other page, a paper of 1989 would be dated by one of 2016."""
SURE = {"metadata": 4, "dateline": 2, "text": 2, "inferred": 4}
"""Other pages needed by where the stamp stands: metadata is seldom wrong, and a line of a template often is."""
HALF = 0.5
"""Of the days that other pages tell of with these names, this share must be that day: of the many days of a long story two fall
on one date of two years by chance."""
SLACK = 1
"""Days that a stamp may lie before what it tells of: time zones."""
LOOKED, WEIGHED = 64, 256
"""Places that are looked at for one name and day, and for one name, the first by page: on 348 pages of the news 16 and 80 is most.
Of 2,000, 8,000 and 16,000 generated pages of one month with two years, of 15 days each, the search takes .3, 2.5 and 3.8 s."""
SHOWN = 64
"""Pages that a year is said to be left by, those dated nearest."""
AROUND = 31
"""Days around the dates of the pile in which a date without year may lie: pages of one pile are about one time."""


@dataclass(frozen=True, slots=True)
class Contradicted:
    """A stamp that the pile rules out: ``told`` on the page lies on ``day``, as the places in ``pages`` say."""

    document: str
    stamp: Stamp
    told: Told
    day: date
    pages: tuple[Told, ...]
    code: str = "date-contradicted"

    @property
    def spans(self) -> tuple[Span, ...]:
        """The stamp and what stands against it, on the page itself."""
        return tuple(span for span in (self.stamp.span, self.told.span) if span != (0, 0))

    def message(self, names: Mapping[str, str]) -> str:
        """One sentence; ``names``: what the pages are called, by id."""
        stamped = date(self.stamp.year, self.stamp.month, self.stamp.day)
        others = sorted({names.get(told.document, told.document) for told in self.pages})
        shown = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
        return (
            f"the page is dated {_said(stamped)} and tells of what other pages date {_said(self.day)} ({shown}): "
            "they cannot both be right"
        )


@dataclass(frozen=True, slots=True)
class Inferred:
    """A stamp whose year the pile leaves: ``published`` has it, with basis ``inferred``; ``pages`` are dated around it."""

    document: str
    published: Published
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """The stamps and days of all pages, with the days by month and day."""

    stamps: Mapping[str, Stamp | None]
    days: Mapping[str, Sequence[Told]]
    every: Sequence[Told]
    """All days, by document and place."""
    by_day: Mapping[tuple[int, int, int], Sequence[int]]
    """What is told of a month and day with a name, as places in ``every``."""
    by_name: Mapping[int, Sequence[int]]
    last: Mapping[tuple[int, int], int]
    """The last year that any page gives to a month and day."""


def pages_of(items: Iterable[Item]) -> Pages:
    """The pages of a pile, out of the items of :class:`StampsQuestion`."""
    read = {item.document: unpack(item.document, item.sketch) for item in items}
    every = [told_ for document in sorted(read) for told_ in read[document][1]]
    by_day: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    by_name: dict[int, list[int]] = defaultdict(list)
    last: dict[tuple[int, int], int] = defaultdict(int)
    for place, told_ in enumerate(every):
        at = told_.month, told_.day
        last[at] = max(last[at], told_.year)
        for name in told_.names:
            by_day[(*at, name)].append(place)
            by_name[name].append(place)
    return Pages(
        {i: stamp for i, (stamp, _) in read.items()},
        {i: days for i, (_, days) in read.items()},
        every,
        by_day,
        by_name,
        last,
    )


def pages_in(pile: Pile) -> Pages:
    """The pages of a pile that was asked about ``stamps``; a file whose bytes turn out damaged is built again."""
    return rebuilt(pile, lambda: pages_of(pile.items("stamps")))


def contradicted(pages: Pages) -> tuple[Contradicted, ...]:
    """The stamps that the pile rules out, by document id; for each the place that most pages stand against."""
    found = []
    for document, stamp in sorted(pages.stamps.items()):
        if stamp is None or stamp.date is None:
            continue
        against = [c for told_ in pages.days[document] if (c := _against(pages, stamp, told_)) is not None]
        if against:
            found.append(min(against, key=lambda c: (-len({t.document for t in c.pages}), c.told.span)))
    wrong = {each.document for each in found}
    checked = (replace(c, pages=tuple(t for t in c.pages if t.document not in wrong)) for c in found)
    return tuple(c for c in checked if _enough(c.stamp, c.pages))


def _against(pages: Pages, stamp: Stamp, told_: Told) -> Contradicted | None:
    """What other pages say of a day that a page tells of, where it cannot be if the stamp is right."""
    if (told_.month, told_.day) in _feasts() or not told_.counted:
        return None
    here, own = stamp.date, day_of(told_.year, told_.month, told_.day)
    if (
        here is None
        or own is None
        or not (told_.tense == "past" if told_.explicit else told_.tense != "ahead" and own <= here)
    ):
        return None  # what a page looks ahead to, it may well be before
    least = 1 if told_.explicit else NAMES
    if not _is_later(pages, told_, here):
        return None
    same = _with_names(pages, told_, least)
    years = {t.year for t in same if t.year}
    if told_.explicit:
        years.add(told_.year)
    if len(years) != 1 or not _enough(stamp, same):
        return None
    day = day_of(years.pop(), told_.month, told_.day)
    if day is None or (day - here).days <= SLACK or not _usual(pages, told_, same, least):
        return None
    return Contradicted(told_.document, stamp, told_, day, tuple(same))


def _enough(stamp: Stamp, same: Sequence[Told]) -> bool:
    """Whether enough texts say so: pages with one sentence are one witness."""
    dated = any(t.year for t in same)
    return dated and _texts(same) >= SURE.get(stamp.basis, OTHERS)


def _texts(told: Sequence[Told]) -> int:
    """How many pages tell these days, those of one sentence counted as one."""
    pages = sorted({t.document for t in told})
    number = {page: n for n, page in enumerate(pages)}
    forest, first = Forest[int](), dict[int, int]()
    for each in told:
        forest.join(first.setdefault(each.sentence, number[each.document]), number[each.document])
    return len(forest.groups(range(len(pages))))


def _is_later(pages: Pages, told_: Told, here: date) -> bool:
    """Whether any page puts this day so late that the stamp could not be right."""
    year = max(pages.last.get((told_.month, told_.day), 0), told_.year if told_.explicit else 0)
    day = day_of(year, told_.month, told_.day)
    return day is not None and (day - here).days > SLACK


def _with_names(pages: Pages, told_: Told, least: int) -> list[Told]:
    """What other pages tell of the same day with so many of these names; of each name and day the first ``LOOKED`` pages."""
    counts: Counter[int] = Counter()
    for name in told_.names:
        counts.update(pages.by_day.get((told_.month, told_.day, name), ())[:LOOKED])
    found = (pages.every[place] for place in sorted(place for place, many in counts.items() if many >= least))
    return [each for each in found if each.document != told_.document]


def _usual(pages: Pages, told_: Told, same: Sequence[Told], least: int) -> bool:
    """Whether, of the days that other pages tell of with these names, at least half are this one."""
    if told_.explicit:
        return True
    shared = set().union(*(t.names & told_.names for t in same))
    looked = {place for name in shared for place in pages.by_name.get(name, ())[:WEIGHED]}
    others = (t for t in map(pages.every.__getitem__, looked) if t.document != told_.document)
    near = [(t.month, t.day) == (told_.month, told_.day) for t in others if len(t.names & shared) >= least]
    return sum(near) >= HALF * len(near)


def _said(day: date) -> str:
    months = {number: name for name, number in reversed(load("dates")["months"].items())}
    return f"{day.day} {months[day.month].capitalize()} {day.year}"


@cache
def _feasts() -> frozenset[tuple[int, int]]:
    return frozenset((month, day) for month, day in load("dates-holidays")["fixed"].values())


def inferred(pages: Pages, wrong: Iterable[str] = ()) -> tuple[Inferred, ...]:
    """The stamps without year that the pile gives one; ``wrong``: pages whose own stamps it rules out.

    The dates of the pile are the full stamps of its pages, and the latest day told with its year on pages without a stamp.
    One such page is enough where the weekday of the stamp allows the year; three are needed where it says nothing.
    """
    out = set(wrong)
    anchors = sorted(
        (day, document) for document in pages.stamps if document not in out for day in _anchor(pages, document)
    )
    found = []
    for document, stamp in sorted(pages.stamps.items()):
        if stamp is None or stamp.year or not anchors:
            continue
        first, last = anchors[0][0], anchors[-1][0]
        years = [y for y in range(first.year - 1, last.year + 2) if _fits(stamp, y, first, last)]
        if len(years) == 1 and (stamp.years or len(anchors) >= 3):
            day = date(years[0], stamp.month, stamp.day)
            near = _near(anchors, day)
            span = stamp.span if stamp.span != (0, 0) else None
            found.append(Inferred(document, Published(day.isoformat(), "day", "inferred", span), near))
    return tuple(found)


def _near(anchors: Sequence[tuple[date, str]], day: date) -> tuple[str, ...]:
    """The pages dated around a day, in order; of many those dated nearest."""
    around = timedelta(days=AROUND)
    first, at = bisect_left(anchors, (day - around, "")), bisect_left(anchors, (day, ""))
    last = bisect_left(anchors, (day + around + timedelta(days=1), ""))
    near = anchors[max(first, at - SHOWN) : min(last, at + SHOWN)]
    kept = sorted(near, key=lambda each: (abs((each[0] - day).days), each))[:SHOWN]
    return tuple(i for _, i in sorted(kept))


def _anchor(pages: Pages, document: str) -> Iterator[date]:
    """The date that a page stands for: its stamp, else the latest day that it tells as past with its year."""
    stamp = pages.stamps[document]
    if stamp is not None:
        if stamp.date is not None:
            yield stamp.date
        return
    days = [day for t in pages.days[document] if t.explicit and (day := day_of(t.year, t.month, t.day))]
    if days:
        yield max(days)


def _fits(stamp: Stamp, year: int, first: date, last: date) -> bool:
    day = day_of(year, stamp.month, stamp.day)
    if day is None or (stamp.years and year not in stamp.years):
        return False
    return (first - day).days <= AROUND and (day - last).days <= AROUND


def finding_rows(pile: Pile, where: FindingFilter = FindingFilter()) -> Iterator[FindingRow]:  # noqa: B008
    """The findings of all pages by document, with what the pile has against their stamps; it was asked about ``stamps``.

    ``date-contradicted`` where other pages rule a stamp out. Where the pile leaves one year to a stamp without one,
    ``year-missing`` says so. Raises UnknownDocument.
    """
    only = pile.ledger.reading(where.document).id if where.document else ""
    pages = pages_in(pile)
    against = contradicted(pages)
    years = {each.document: each.published.date for each in inferred(pages, [each.document for each in against])}
    own = (_with_year(row, years) for row in pile.ledger.findings(where))
    wanted = where.code in ("", "date-contradicted")
    more = sorted(_rows(pile, [c for c in against if wanted and only in ("", c.document)]), key=_place)
    return islice(merge(own, more, key=_place), where.limit)


def _place(row: FindingRow) -> tuple[str, str]:
    return row.document, row.document_id


def _with_year(row: FindingRow, years: Mapping[str, str]) -> FindingRow:
    """A finding of a page that gives no year, with the one that the pile leaves to it."""
    if row.code != "year-missing" or row.document_id not in years:
        return row
    return replace(row, message=f"{row.message}; the pile's other pages leave {years[row.document_id][:4]}")


def _rows(pile: Pile, against: Sequence[Contradicted]) -> Iterator[FindingRow]:
    told_by = {i for each in against for i in (each.document, *(t.document for t in each.pages))}
    names = {i: pile.reading(i).document.name for i in sorted(told_by)}
    for each in against:
        page = pile.reading(each.document).document
        words = tuple(page.text[a:b] for a, b in each.spans)
        yield FindingRow(page.name, each.document, each.code, each.message(names), each.spans, words)
