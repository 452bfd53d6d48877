"""What holds for every date, weekday and text."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from dates_rows import paragraphs, read, told
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.dates import dates_of
from sayso.dates.almanac import easter, feast, weekday_years
from sayso.dates.lexicon import lexicon
from sayso.records import Published

DAYS = st.dates(min_value=date(1800, 1, 1), max_value=date(2090, 12, 31))
NEAR = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))
NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def suffix(day: int) -> str:
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


STYLES = {
    "day first": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "day first, ordinal": lambda d: f"{d.day}{suffix(d.day)} of {MONTHS[d.month - 1]} {d.year}",
    "month first": lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    "month first, no comma": lambda d: f"{MONTHS[d.month - 1]} {d.day} {d.year}",
    "month first, ordinal": lambda d: f"{MONTHS[d.month - 1]} {d.day}{suffix(d.day)}, {d.year}",
    "short": lambda d: f"{d.day} {MONTHS[d.month - 1][:3]} {d.year}",
    "short with full stop": lambda d: f"{MONTHS[d.month - 1][:3]}{'.' * (d.month != 5)} {d.day}, {d.year}",
    "with weekday": lambda d: f"{NAMES[d.weekday()]}, {d.day} {MONTHS[d.month - 1]} {d.year}",
    "with weekday, month first": lambda d: f"{NAMES[d.weekday()]}, {MONTHS[d.month - 1]} {d.day}, {d.year}",
    "iso": lambda d: d.isoformat(),
    "full stops": lambda d: f"{d.day:02}.{d.month:02}.{d.year}",
    "digits with weekday, day first": lambda d: f"{NAMES[d.weekday()]} ({d.day}/{d.month}/{d.year})",
    "digits with weekday, month first": lambda d: f"{NAMES[d.weekday()]} ({d.month}/{d.day}/{d.year})",
    "with hyphens": lambda d: f"{d.day:02}-{MONTHS[d.month - 1][:3]}-{d.year}",
    "capitals": lambda d: f"{MONTHS[d.month - 1].upper()} {d.day}, {d.year}",
}


@given(DAYS, st.sampled_from(sorted(STYLES)), st.sampled_from(["", "2031-11-05"]))
def test_a_date_in_any_style_is_that_date(day: date, style: str, page: str) -> None:
    words = STYLES[style](day)
    got = told(f"The lock was opened on {words} in Brell.", page)
    if style.startswith("digits") and day.day <= 12 and day.day != day.month:
        other = date(day.year, day.day, day.month)
        if other.weekday() == day.weekday():
            return  # both readings fall on that weekday: nobody can tell
    assert got == [(words, day.isoformat())]


@given(NEAR, st.integers(0, 6))
def test_weekdays_lie_on_the_right_side_of_the_page(page: date, weekday: int) -> None:
    def value(words: str) -> date:
        ((_, found),) = told(words.format(NAMES[weekday]), page.isoformat())
        return date.fromisoformat(found)

    past, last = value("The lock was opened on {}."), value("The lock was opened last {}.")
    following, coming = value("The lock opens next {}."), value("The lock will open on {}.")
    assert {d.weekday() for d in (past, last, following, coming)} == {weekday}
    assert 0 <= (page - past).days <= 6
    assert 1 <= (page - last).days <= 7
    assert 1 <= (following - page).days <= 7
    assert 0 <= (coming - page).days <= 6


@given(NEAR, st.integers(1, 400))
def test_days_ago_and_from_now(page: date, count: int) -> None:
    plural = "day" if count == 1 else "days"
    back, ahead = told(f"It closed {count} {plural} ago and reopens {count} {plural} from now.", page.isoformat())
    assert back[1] == (page - timedelta(count)).isoformat()
    assert ahead[1] == (page + timedelta(count)).isoformat()


@given(NEAR)
def test_a_day_without_year_is_within_a_year_of_the_page(page: date) -> None:
    ((_, found),) = told("The lock was opened on 7 October.", page.isoformat())
    assert -1 <= (page - date.fromisoformat(found)).days <= 366


@given(st.integers(1, 12), st.integers(1, 28), st.integers(0, 6))
def test_open_years_fall_on_the_weekday(month: int, day: int, weekday: int) -> None:
    years = weekday_years(month, day, weekday, None)
    assert years
    assert all(date(year, month, day).weekday() == weekday for year in years)


@given(st.integers(1600, 4000))
def test_easter_is_a_sunday_in_its_weeks(year: int) -> None:
    day = easter(year)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)
    assert feast("election day", year).weekday() == 1


WORDS = sorted(lexicon().openers | {"Friday", "May", "October", "Sept", ".", ",", "-", "/", "’", "(", ")", ":", "s"})
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(
        ["2031", "7", "31", "9/11", "2031-11-05", "’98", "1990s", "10:30", "3rd", "٣", "²", "ß", "\n", "\n\n"]
    ),
    st.text(max_size=6),
)
TEXTS = st.lists(PIECES, max_size=40).flatmap(
    lambda parts: st.lists(st.sampled_from([" ", " ", "", "-", "\n"]), min_size=len(parts), max_size=len(parts)).map(
        lambda gaps: "".join(a + b for a, b in zip(parts, gaps, strict=True))
    )
)
PAGES = st.sampled_from(["", "2031-11-05", "XXXX-11-03", "2031", "2031-02", "0001-01-01", "9999-12-31", "XXXX-02-29"])
VALUE = re.compile(
    r"(\d{4}|XXXX)(-\d\d|-XX)?(-\d\d|-XX)?|(\d{4}|XXXX)-(W(\d\d|XX)(-WE|-\d)?|Q[1-4X]|H[12]|SP|SU|FA|WI)|\d{3}X|\d\d"
    r"|(PAST|PRESENT|FUTURE)_REF|\d{4}/\d{4}"
)
ISO = re.compile(r"\d{4}(-\d\d){0,2}")


@settings(max_examples=400)
@given(TEXTS, PAGES)
def test_any_text(text: str, page: str) -> None:
    """Spans lie inside a paragraph, in order, apart; values and ISO dates are well formed; nothing is raised."""
    found = read(text, page)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(found))
    for f in found:
        assert any(s <= f.span[0] < f.span[1] <= e for s, e in paragraphs(text))
        assert text[slice(*f.span)] == text[slice(*f.span)].strip()
        assert f.kind in ("date", "time", "duration", "set", "era")
        assert f.kind != "date" or VALUE.fullmatch(f.value), f
        assert not f.iso or (ISO.fullmatch(f.iso) and f.kind == "date")
        if len(f.iso) == 10:
            date.fromisoformat(f.iso)


FAR = """next quarter|next decade|next spring|next year's third quarter|a century later|a century ago|last decade|next week
last century|next weekend|in two months from now|5000 years ago|last summer|next winter|on Easter Monday next year|tomorrow
the first half of next year|next Christmas Day|yesterday|last Monday|on 29 February last year|the quarter|third-quarter
9999999 days ago|999999 weeks ago|200000 months ago|a year earlier|400 decades ago|the year-ago quarter|this winter"""


@pytest.mark.parametrize(
    "page", ["0001-01-01", "0999-01-01", "9999-12-31", "9800-12-31", "1000-01-01", "XXXX-02-29", "2031"]
)
@pytest.mark.parametrize("words", FAR.replace("\n", "|").split("|"))
def test_values_are_well_formed_at_the_ends_of_the_calendar(words: str, page: str) -> None:
    for f in read(f"The quarter ended on 3 May 2029. It fell {words}.", page) + read(f"It fell {words}.", page):
        assert f.kind != "date" or VALUE.fullmatch(f.value), f
        assert not f.iso or ISO.fullmatch(f.iso)


ALONE = st.sampled_from(
    [
        "The lock was opened on Friday.",
        "The lock was opened last week, two years ago, in 1987 and on 7 October.",
        "Rain fell in the 1990s and now falls on Sundays.",
        "Odell resigned in May 2029.",
        "Nothing happened.",
    ]
)


@given(st.lists(ALONE, min_size=1, max_size=5))
def test_a_paragraph_reads_the_same_alone(parts: list[str]) -> None:
    """Where nothing points to another paragraph, none matters."""
    together = told("\n\n".join(parts), "2031-11-05")
    assert together == [pair for part in parts for pair in told(part, "2031-11-05")]


@given(st.text(alphabet="ab \n", max_size=20))
def test_offsets_move_with_the_text(before: str) -> None:
    words = "The lock was opened on 3 May 2029."
    text = before + words
    (found,) = dates_of(text, [(len(before), len(text))], Published("2031-11-05"))
    assert found.span == (len(before) + 23, len(before) + 33)
