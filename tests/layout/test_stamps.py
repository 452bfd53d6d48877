"""Datelines, stamps of date and time, bylines, credits: rows with their reasons."""

from __future__ import annotations

import pytest

from sayso.layout.stamps import dateline_end, is_byline, is_credit, is_dateline, is_role, is_stamp

STORY = "The harbour board met on Tuesday and will meet again on Friday."

# reason, opening, whether it is a dateline without further evidence, whether it is one at the top of a story
DATELINES: list[tuple[str, str, bool, bool]] = [
    ("place, date, agency, two hyphens", "Oldtown, May 9 (XNA)--", True, True),
    ("place in capitals, agency, dash", "OLDTOWN (XNA) —", True, True),
    ("place, country, date, wire between strokes", "OLDTOWN, Northland, May 9, 2031 /XNAWire/ --", True, True),
    ("place, abbreviated state, date, agency", "OLDTOWN, N.L., Sept. 26 (XNA) —", True, True),
    ("only a date and the agency", "May 9 (XNA) -", True, True),
    ("only the agency", "(XNA) -", True, True),
    ("two words in capitals and a hyphen", "PORT ELGAR -", False, True),
    ("place in capitals and a dash", "OLDTOWN –", False, True),
    ("place and date, no agency", "Oldtown, May 9 –", True, True),
    ("place in capitals and a colon", "OLDTOWN:", False, True),
    ("a label is no place", "BREAKING:", False, False),
    ("a name in mixed case and a dash", "Oldtown –", False, False),
    ("a sentence with a dash", "The mayor of Oldtown –", False, False),
    ("a sentence in capitals with a dash", "BOARD OF OLDTOWN SAYS YES TO PIER –", False, False),
    ("a party in brackets", "Doe (R-Oldtown) said –", False, False),
    ("a date alone and a dash", "May 9 –", False, False),
]


@pytest.mark.parametrize(("reason", "opening", "strong", "weak"), DATELINES, ids=[row[0] for row in DATELINES])
def test_datelines(reason: str, opening: str, strong: bool, weak: bool) -> None:
    text = f"{opening} {STORY}"
    assert dateline_end(text, weak=False) == (len(opening) if strong else 0), reason
    assert dateline_end(text, weak=True) == (len(opening) if weak else 0), reason


def test_a_dateline_needs_a_story_that_begins() -> None:
    assert dateline_end("OLDTOWN — where the pier fell — has a new one.", weak=True) == 0
    assert dateline_end("OLDTOWN (XNA) — \n", weak=True) == 0
    assert is_dateline("May 9 (XNA) -")
    assert is_dateline("OLDTOWN (XNA)")
    assert not is_dateline("The board (of the harbour)")
    assert not is_dateline("OLDTOWN")


# reason, words, whether they are a stamp
STAMPS: list[tuple[str, str, bool]] = [
    ("a date in capitals", "DECEMBER 9, 2031", True),
    ("a date with day name", "Friday, 9 May 2031", True),
    ("numbers", "9/5/2031", True),
    ("numbers the other way", "2031-05-09", True),
    ("an instant", "2031-05-09T10:42:00Z", True),
    ("label, date, clock, zone", "Published: 9 May 2031 10:42 GMT", True),
    ("updated too", "Published 9 May 2031 | Last updated on 10 May 2031 at 8.15 am EDT", True),
    ("a clock", "2:45 p.m.", True),
    ("how long ago", "8 minutes ago", True),
    ("reading time", "5 min read", True),
    ("an ordinal", "May 9th, 2031", True),
    ("a sentence about a day", "On May 9 the pier fell", False),
    ("a number", "2031 ferries", False),
    ("a month alone", "May", False),
    ("a heading with a year", "The pier of 2031", False),
    ("days that are counted", "24 hours", False),
]


@pytest.mark.parametrize(("reason", "words", "expected"), STAMPS, ids=[row[0] for row in STAMPS])
def test_stamps(reason: str, words: str, expected: bool) -> None:
    assert is_stamp(words) is expected, reason


# reason, words, byline of the metadata, whether they are a byline
BYLINES: list[tuple[str, str, str, bool]] = [
    ("one name", "By Jane Doe", "", True),
    ("capitals and two names", "By JANE DOE and JOHN ROE", "", True),
    ("three names", "By Jane Doe, John Roe and Ann Poe", "", True),
    ("a name with a particle", "By Jan van der Doe", "", True),
    ("a role behind the name", "By Jane Doe, Staff Writer", "", True),
    ("written by", "Written by Jane Doe", "", True),
    ("a colon", "By: Jane Doe", "", True),
    ("an agency", "By The Oldtown News Agency", "", True),
    ("our reporter", "By our staff reporter", "", True),
    ("no By, but a role", "Jane Doe, Political Editor", "", True),
    ("a role with its outlet", "Jane Doe, correspondent for The Example", "", True),
    ("a name that the metadata gives", "Jane Doe", "Jane Doe", True),
    ("a name and a stamp", "By Jane Doe • May 9, 2031", "", True),
    ("a name and its handle", "By Jane Doe | @janedoe", "", True),
    ("a bare name may be a heading", "Jane Doe", "", False),
    ("a day", "By Monday", "", False),
    ("a day of a month", "By May 9", "", False),
    ("the rest of a sentence", "By signing the pact the board agreed", "", False),
    ("a headline with By", "By the Numbers", "", False),
    ("a list of places", "Oldtown, Northland", "", False),
    ("a person with an office that is none of a newsroom", "Jane Doe, mayor of Oldtown", "", False),
]


@pytest.mark.parametrize(("reason", "words", "given", "expected"), BYLINES, ids=[row[0] for row in BYLINES])
def test_bylines(reason: str, words: str, given: str, expected: bool) -> None:
    assert is_byline(words, given) is expected, reason


def test_roles_and_credits() -> None:
    assert is_role("Political correspondent")
    assert not is_role("Political prisoner")
    assert is_credit("(Reporting by Jane Doe; editing by John Roe)")
    assert not is_credit("The report by Jane Doe was read.")
