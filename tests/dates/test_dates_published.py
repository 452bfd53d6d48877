"""When a page was published: what it says, in which order it is believed, and what cannot be."""

from __future__ import annotations

import pytest
from dates_rows import paragraphs

from sayso.dates import best, candidates, contradicted, dates_of, impossible_days, missing, told, weekday_mismatches
from sayso.layout import lay_out
from sayso.records import Block, Document, Published

STORY = "The council of Brell met and voted for a new lock, the mayor said at the town hall after a long night."


def page(*parts: str) -> tuple[str, tuple[Block, ...]]:
    """A page with its blocks as layout tells them."""
    text = "\n\n".join((*parts, STORY, STORY))
    return text, lay_out(Document("p", text)).document.blocks


# reason, parts above the story, metadata, [(date, granularity, basis)]
PAGES = [
    ("nothing", ["Lock voted"], None, []),
    ("metadata alone", ["Lock voted"], "2031-11-03", [("2031-11-03", "day", "metadata")]),
    ("dateline without year", ["BRELL, November 3 (NNA) -- " + STORY], None, [("XXXX-11-03", "day", "dateline")]),
    ("dateline with year", ["BRELL, Nov. 3, 2031 (NNA) -- " + STORY], None, [("2031-11-03", "day", "dateline")]),
    ("stamp", ["Lock voted", "3 November 2031"], None, [("2031-11-03", "day", "text")]),
    (
        "stamp with label and clock",
        ["Lock voted", "Published: 3 November 2031 10:45"],
        None,
        [("2031-11-03T10:45", "minute", "text")],
    ),
    (
        "stamp with zone",
        ["Lock voted", "Published: 3 November 2031 10:45 GMT"],
        None,
        [("2031-11-03T10:45+00:00", "minute", "text")],
    ),
    ("stamp, month first", ["Lock voted", "Posted on November 3, 2031"], None, [("2031-11-03", "day", "text")]),
    ("ISO stamp", ["Lock voted", "2031-11-03"], None, [("2031-11-03", "day", "text")]),
    ("stamp that can be read in two ways", ["Lock voted", "Published 3/11/2031"], None, []),
    (
        "the same beside metadata that settle it",
        ["Lock voted", "Published 3/11/2031"],
        "2031-11-04",
        [("2031-11-04", "day", "metadata"), ("2031-11-03", "day", "text")],
    ),
    (
        "stamp in digits that one order fits",
        ["Lock voted", "Published 23/11/2031"],
        None,
        [("2031-11-23", "day", "text")],
    ),
    ("how long ago", ["Lock voted", "3 hours ago"], None, []),
    (
        "an update comes after publication",
        ["Lock voted", "Last updated: 5 November 2031", "Published: 3 November 2031"],
        None,
        [("2031-11-03", "day", "text"), ("2031-11-05", "day", "text")],
    ),
    (
        "a full stamp comes before a dateline without year",
        ["Lock voted", "3 November 2031", "BRELL, November 3 (NNA) -- " + STORY],
        None,
        [("2031-11-03", "day", "text"), ("XXXX-11-03", "day", "dateline")],
    ),
    (
        "metadata come first",
        ["Lock voted", "BRELL, Nov. 3, 2031 (NNA) -- " + STORY],
        "2031-11-04",
        [("2031-11-04", "day", "metadata"), ("2031-11-03", "day", "dateline")],
    ),
    (
        "a day in brackets beside its weekday",
        [STORY[:-1] + " on Tuesday (4/11/2031)."],
        None,
        [("2031-11-04", "day", "text")],
    ),
    ("a day of an event", ["The lock broke on 3 May 2029, and " + STORY], None, []),
]


@pytest.mark.parametrize(("parts", "given", "expected"), [r[1:] for r in PAGES], ids=[r[0] for r in PAGES])
def test_candidates(parts: list[str], given: str | None, expected: list[tuple[str, str, str]]) -> None:
    text, blocks = page(*parts)
    found = candidates(text, blocks, Published(given) if given else None)
    assert [(p.date, p.granularity, p.basis) for p in found] == expected
    for p in found:
        assert (p.span is None) == (p.basis == "metadata")
        assert p.span is None or any(c.isdigit() for c in text[slice(*p.span)])


def test_a_date_in_the_story_is_no_date_of_the_page() -> None:
    text, blocks = page(STORY[:-1] + " on Tuesday (4/11/2031).")
    found = told(text, blocks, None)
    assert [c.source for c in found] == ["text"]
    assert best(found) is None
    assert [d.code for d in missing(found)] == ["date-missing"]


def test_the_year_that_the_weekday_leaves_is_marked_inferred() -> None:
    text, blocks = page("ORRIN, November 3 (NNA) -- The mayor spoke on Friday. " + STORY)
    (open_,) = told(text, blocks, None)
    assert (open_.published.date, open_.years) == ("XXXX-11-03", (2000, 2006, 2017, 2023, 2028, 2034))
    (closed,) = candidates(text, blocks, None, years=range(2020, 2025))
    assert (closed.date, closed.basis, text[slice(*closed.span or (0, 0))]) == ("2023-11-03", "inferred", "November 3")


def test_two_years_left_leave_it_open() -> None:
    text, blocks = page("ORRIN, November 3 (NNA) -- The mayor spoke on Friday. " + STORY)
    (found,) = candidates(text, blocks, None, years=range(2017, 2025))
    assert (found.date, found.basis) == ("XXXX-11-03", "dateline")


# reason, parts above the story, metadata, codes of what does not add up
DOUBTS = [
    ("all is well", ["Lock voted", "Published: 3 November 2031"], "2031-11-03", []),
    ("a day between time zones", ["Lock voted", "Published: 3 November 2031"], "2031-11-04", []),
    ("no date", ["Lock voted"], None, ["date-missing"]),
    ("no year", ["BRELL, November 3 (NNA) -- " + STORY], None, ["year-missing"]),
    ("two days of publication", ["Lock voted", "Published: 3 November 2031"], "2031-10-20", ["date-contradicted"]),
    ("an update later on", ["Lock voted", "Updated: 30 November 2031"], "2031-11-03", []),
    ("filed days before it was printed", ["BRELL, Oct. 28, 2031 (NNA) -- " + STORY], "2031-11-03", []),
    ("filed after it was printed", ["BRELL, Nov. 20, 2031 (NNA) -- " + STORY], "2031-11-03", ["date-contradicted"]),
    ("the same without year", ["BRELL, Nov. 20 (NNA) -- " + STORY], "2031-11-03", ["date-contradicted"]),
    ("a dateline over the new year", ["BRELL, Dec. 31 (NNA) -- " + STORY], "2032-01-01", []),
    ("a later event told as past", ["The lock was shut on 9 November 2031."], "2031-11-03", ["date-contradicted"]),
    ("a later event that is planned", ["The lock will be shut on 9 November 2031."], "2031-11-03", []),
    ("a plan told as past", ["The lock was to be shut on 9 November 2031."], "2031-11-03", []),
    ("a vote set for later", ["The vote was scheduled for 9 November 2031."], "2031-11-03", []),
    ("a term that runs on", ["Odell was jailed until 9 November 2041."], "2031-11-03", []),
    ("an earlier event", ["The lock was shut on 29 October 2031."], "2031-11-03", []),
    ("a later day without year", ["The lock was shut on 9 November."], "2031-11-03", []),
    (
        "a later event beside a year that was inferred",
        ["BRELL, November 3 (NNA) -- " + STORY],
        "XXXX-11-03",
        ["year-missing"],
    ),
    ("a wrong weekday", ["The lock was shut on Monday, 30 October 2031."], "2031-11-03", ["weekday-mismatch"]),
    ("a right weekday", ["The lock was shut on Thursday, 30 October 2031."], "2031-11-03", []),
    ("a wrong weekday without year", ["The lock was shut on Monday, 30 October."], "2031-11-03", ["weekday-mismatch"]),
    ("digits that fit one way", ["The lock was shut on Tuesday (4/11/2031)."], "2031-11-05", []),
    ("digits that fit no way", ["The lock was shut on Sunday (4/11/2031)."], "2031-11-05", ["weekday-mismatch"]),
    ("a day that no calendar has", ["The lock was shut on 31 September 2031."], "2031-11-03", ["weekday-mismatch"]),
    ("a plain weekday", ["The lock was shut on Monday."], "2031-11-03", []),
    ("two weekdays and one date", ["Shut on Monday, it reopened on Thursday, 30 October 2031."], "2031-11-03", []),
]


@pytest.mark.parametrize(("parts", "given", "codes"), [r[1:] for r in DOUBTS], ids=[r[0] for r in DOUBTS])
def test_doubts(parts: list[str], given: str | None, codes: list[str]) -> None:
    text, blocks = page(*parts)
    found = told(text, blocks, Published(given) if given else None)
    dates = dates_of(text, paragraphs(text), best(found))
    doubts = (
        *missing(found),
        *contradicted(text, dates, found),
        *weekday_mismatches(text, dates),
        *impossible_days(text, dates),
    )
    assert [d.code for d in doubts] == codes
    for d in doubts:
        assert all(0 <= s < e <= len(text) for s, e in d.spans)
        assert d.message == d.message.strip()
        assert "\n" not in d.message


def test_messages_name_what_is_wrong() -> None:
    text = "The lock was shut on Monday, 30 October 2031."
    (doubt,) = weekday_mismatches(text, dates_of(text, [(0, len(text))], None))
    assert doubt.message == "“Monday, 30 October 2031”: 30 October 2031 is a Thursday"
    assert text[slice(*doubt.spans[0])] == "Monday, 30 October 2031"
