"""The case tables: every date of each text, with its exact words and value, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from dates_rows import read, rows

OWN = rows("dates.jsonl")
OTHERS = rows("dates-b.jsonl")

# id -> what is wrong, as long as it is
KNOWN = {
    "dat-b049": "“The early 2000s boom”: the article belongs to the noun after the decade, which no rule sees",
    "dat-b071": "“Red alerts lapse on Saturday”: a verb in the present does not tell that the day is to come",
    "dat-b078": "a list of days after “Outlook for”: only the first is seen to be ahead",
}


def marked(row: dict[str, Any]) -> Any:
    known = KNOWN.get(row["id"])
    return pytest.param(row, id=row["id"], marks=pytest.mark.xfail(reason=known, strict=True) if known else ())


@pytest.mark.parametrize("row", [marked(row) for row in (*OWN, *OTHERS)])
def test_case(row: dict[str, Any]) -> None:
    found = [f for f in read(row["text"], row["published"]) if f.kind == "date"]
    assert [(row["text"][slice(*f.span)], f.value) for f in found] == [(d["text"], d["value"]) for d in row["dates"]]
    for f, d in zip(found, row["dates"], strict=True):
        assert f.granularity == d.get("granularity", f.granularity)
        assert list(f.years) == d.get("years", list(f.years))


def test_the_table_is_large_enough_and_has_traps() -> None:
    assert len(OWN) >= 200
    assert sum(not row["dates"] for row in OWN) >= 40
    assert all(row["reason"].strip() for row in OWN)
    assert len({row["id"] for row in (*OWN, *OTHERS)}) == len(OWN) + len(OTHERS)


# words of the text that are of another kind, with value; reason
OTHER_KINDS = [
    ("The siege lasted twenty-seven days.", "twenty-seven days", "duration", "P27D", "number in two words"),
    ("The three-year-old boy was found.", "three-year-old", "duration", "P3Y", "an age"),
    ("It took two hours.", "two hours", "duration", "PT2H", "hours"),
    ("A few weeks passed.", "A few weeks", "duration", "PXW", "no number"),
    ("Two decades passed.", "Two decades", "duration", "P20Y", "decades are years"),
    ("The alarm rang at 10:35 a.m. EST.", "10:35 a.m. EST", "time", "T10:35", "time of day with its zone"),
    ("The alarm rang at 2pm.", "2pm", "time", "T14:00", "after noon"),
    ("The alarm rang at 12 a.m.", "12 a.m.", "time", "T00:00", "midnight by the clock"),
    ("The alarm rang at 1600 GMT.", "1600 GMT", "time", "T16:00", "four digits before a zone"),
    ("The alarm rang at noon.", "noon", "time", "T12:00", "a word"),
    ("He teaches every Friday.", "every Friday", "set", "XXXX-WXX-5", "each Friday"),
    ("The shop is shut on Sundays.", "Sundays", "set", "XXXX-WXX-7", "plural"),
    ("It floods each year.", "each year", "set", "P1Y", "each year"),
    ("Ramadan 1445 was hot.", "Ramadan 1445", "era", "", "another calendar"),
    ("The coin is of 44 BC.", "44 BC", "era", "", "before this era"),
]


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"), [row[:4] for row in OTHER_KINDS], ids=[r[4] for r in OTHER_KINDS]
)
def test_other_kinds_are_recognised(text: str, words: str, kind: str, value: str) -> None:
    (found,) = read(text, "2031-11-05")
    assert (text[slice(*found.span)], found.kind, found.value) == (words, kind, value)
    assert found.iso == ""


# text, publication date, years, value of the first date, its years; reason
WITH_YEARS = [
    ("It rained on Friday, 3 November.", "", range(2020, 2025), "2023-11-03", (2023,), "one year is left"),
    ("It rained on Friday, 3 November.", "", range(2000, 2025), "XXXX-11-03", (2000, 2006, 2017, 2023), "four are"),
    ("It rained on Friday.", "XXXX-11-03", range(2020, 2025), "2023-11-03", (2023,), "weekday of the dateline’s day"),
    (
        "It rained on Thursday, then on Friday.",
        "XXXX-11-03",
        range(2020, 2025),
        "2022-11-03",
        (2022,),
        "the first counts",
    ),
    ("It will rain on Friday.", "XXXX-11-03", range(2020, 2025), "XXXX-WXX-5", (), "a day to come tells nothing"),
    ("It rained on 3 November.", "XXXX-11-03", range(2020, 2025), "XXXX-11-03", (), "no weekday, no year"),
    ("It rained last year.", "XXXX-11-03", range(2020, 2025), "XXXX", (), "no weekday, no year"),
]


@pytest.mark.parametrize(
    ("text", "date", "years", "value", "left"), [row[:5] for row in WITH_YEARS], ids=[r[5] for r in WITH_YEARS]
)
def test_years_given(text: str, date: str, years: range, value: str, left: tuple[int, ...]) -> None:
    found = read(text, date, years)[0]
    assert (found.value, found.years) == (value, left)


# text, value of the last date; reason
ISO = [
    ("on 3 May 2029", "2029-05-03", "a day"),
    ("in May 2029", "2029-05", "a month"),
    ("in 2029", "2029", "a year"),
    ("in late 2029", "2029", "part of a year"),
    ("last week", "", "a week is no stretch of that calendar"),
    ("in the 1990s", "", "a decade"),
    ("in the third quarter of 2029", "", "a quarter"),
    ("in the 2029/30 season", "", "two years"),
    ("now", "", "no time at all"),
    ("two years ago", "2029", "a year counted back"),
    ("yesterday", "2031-11-04", "a day counted back"),
]


@pytest.mark.parametrize(("words", "iso"), [row[:2] for row in ISO], ids=[r[2] for r in ISO])
def test_iso_is_given_only_for_one_stretch(words: str, iso: str) -> None:
    assert read(f"The fen flooded {words}.", "2031-11-05")[-1].iso == iso
