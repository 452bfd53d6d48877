"""Whose word the shares of a poll are: its maker's, where the page reports one poll and leaves no doubt whose."""

from __future__ import annotations

import pytest

from sayso.reading import read_text

ONE = """The ferry toll has turned voters against the council, according to the latest Marlow poll for the Lantern.

Marlow found that two in three islanders know what a crossing costs.

In March, when the same was asked, 29% were against the toll. This had risen to 38% last week.

Support for the council stands at 41%, up one point. The Reed list is on 26% and the Open list on 11%.

Orla Tamm, who leads the harbour union, said 70% of her members would strike.

Just over half (54%) of islanders think the toll will go, while 12% say it will rise.

Turnout would be 61% if the vote were today. The Open list gains most in the north, where it has 19%.

A quarter of those asked would not vote. Younger islanders are less certain: 44% have not made up their minds."""
TWO = ONE.replace("Marlow found that", "An earlier Quill poll found that")
NOBODY = ONE.replace("the latest Marlow poll", "a new poll").replace("Marlow found", "It found")
FEW = "\n\n".join(ONE.split("\n\n")[:3])
LATER = "The toll began as a loan.\n\nBoats were cheap then.\n\nRain fell on the quay.\n\nDues rose by 29%."
FAR = "\n\n".join([*ONE.split("\n\n")[:2], LATER])
PAST = FEW.replace("In March, when the same was asked, 29% were against the toll", "In 1992 the Reed list got 29%")
BY = ONE.replace("the latest Marlow poll for the Lantern", "a survey of 1,204 islanders by Marlow Research").replace(
    "Marlow found", "Marlow Research found"
)
ASKED = """Sixty-two per cent of islanders want the ferry, according to a poll by Marlow Pulse for the Lantern. Only 21 per cent say no.

The poll asked 1,004 adults on 8 and 9 May and has a margin of error of three percentage points.

Just under half, 44 per cent, believe that the council is to blame. In March, 35 per cent said they trusted the harbour."""
ELECTION = "\n\n".join([ASKED.split("\n\n")[0], "The poll on Sunday is for 21 seats.", ASKED.split("\n\n")[2]])
# reason, text, words of a figure, whose word it is (empty: the outlet's own)
TABLE = [
    ("a share without a source", ONE, "29%", "Marlow"),
    ("a share in a sentence that goes on", ONE, "38%", "Marlow"),
    ("a list of shares", ONE, "26%", "Marlow"),
    ("those asked think: the poll counted them", ONE, "54%", "Marlow"),
    ("a share behind a colon", ONE, "44%", "Marlow"),
    ("somebody else's share stays hers", ONE, "70%", "Orla Tamm"),
    ("a second maker on the page: nobody's for sure", TWO, "41%", ""),
    ("no maker is named", NOBODY, "41%", ""),
    ("right behind a sentence about the poll", FEW, "29%", "Marlow"),
    ("far from any sentence about the poll, and alone", FAR, "29%", ""),
    ("who was elected in a year was not asked", PAST, "29%", ""),
    ("a survey by somebody", BY, "41%", "Marlow Research"),
    ("a share in the sentence behind the naming", ASKED, "21 per cent", "Marlow Pulse"),
    ("shares behind the sentence that tells whom the poll asked", ASKED, "44 per cent", "Marlow Pulse"),
    ("those too that people said", ASKED, "35 per cent", "Marlow Pulse"),
    ("how many were asked is nobody's word", ASKED, "1,004 adults", ""),
    ("an election is called a poll too", ELECTION, "35 per cent", ""),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "text", "words", "speaker"), TABLE, ids=[row[0] for row in TABLE])
def test_whose_word_a_share_is(reason: str, text: str, words: str, speaker: str):
    reading = read_text(text)
    figure = next(f for f in reading.figures if words in text[slice(*f.span)])
    holder = next((s for s in reading.statements if s.id == figure.statement), None)
    named = next((s.name for s in reading.speakers if holder and s.id == holder.speaker), "")
    assert named == speaker, reason


def test_what_those_asked_think_is_told_within():
    reading = read_text(ONE)
    outer = next(s for s in reading.statements if ONE[slice(*s.content[0])].startswith("Just over half"))
    inner = [s for s in reading.statements if s.within == outer.id]
    assert inner
    assert outer.speaker_reason == "poll"
    assert ONE[slice(*outer.content[0])].endswith("will rise")
