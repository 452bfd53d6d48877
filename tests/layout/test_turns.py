"""Transcripts: labels of speakers, on pages that hold several turns, and nowhere else."""

from __future__ import annotations

import pytest

from sayso.layout import lay_out
from sayso.records import Document

# reason, page, the labels of its turns in order
PAGES: list[tuple[str, str, list[str]]] = [
    (
        "question and answer",
        "Q: What will the pier cost?\n\nA: More than the last one.\n\nQ: And who pays for it?",
        ["Q", "A", "Q"],
    ),
    (
        "capitals with roles, single line breaks",
        (
            "JANE DOE, XNA ANCHOR: Welcome to the harbour hour.\nJOHN ROE: Thank you for having me.\nDOE: "
            "What will it cost?\nROE: More than the last one."
        ),
        ["JANE DOE, XNA ANCHOR", "JOHN ROE", "DOE", "ROE"],
    ),
    (
        "names in mixed case",
        (
            "Doe: What will the pier cost?\n\nRoe: More than the last one.\n\nDoe: And who pays for it?\n\n"
            "Roe: The town does, I fear."
        ),
        ["Doe", "Roe", "Doe", "Roe"],
    ),
    (
        "a dash behind a part",
        (
            "Interviewer – What will the pier cost?\n\nMayor Doe – More than that.\n\nInterviewer – And who "
            "pays for it?\n\nMayor Doe – The town does."
        ),
        ["Interviewer", "Mayor Doe", "Interviewer", "Mayor Doe"],
    ),
    (
        "a quotation mark before each turn",
        '"DOE: What will the pier cost?\n\n"ROE: More than the last one.\n\n"DOE: And who pays for it?',
        ["DOE", "ROE", "DOE"],
    ),
    (
        "stars around the label",
        (
            "**MODERATOR:** Welcome to the debate tonight.\n\n**DOE:** Good evening to all here.\n\n"
            "**MODERATOR:** Our first question is yours."
        ),
        ["MODERATOR", "DOE", "MODERATOR"],
    ),
    (
        "a numbered speaker",
        "Speaker 1: What will the pier cost?\n\nSpeaker 2: More than the last one.\n\nSpeaker 1: And who pays for it?",
        ["Speaker 1", "Speaker 2", "Speaker 1"],
    ),
    (
        "a speaker heard once stands between those who come back",
        (
            "DOE: What will the pier cost?\n\nROE: More than the last one.\n\nANN POE: May I say something "
            "here?\n\nDOE: Please do so now."
        ),
        ["DOE", "ROE", "ANN POE", "DOE"],
    ),
    (
        "a dash behind a place is no label",
        (
            "Oldtown – the board of the harbour met.\n\nElgar – nothing was heard at all.\n\nOldtown – the "
            "board of the harbour rose."
        ),
        [],
    ),
    ("two turns are too few", "Q: What will the pier cost?\n\nA: More than the last one.", []),
    (
        "one warning is no turn",
        "The board met.\n\nWarning: some may find the pictures hard to bear.\n\nIt rose again at night.",
        [],
    ),
    ("fields of a list are no speakers", "Ferry: 5\n\nPier: 3\n\nFerry: 6\n\nPier: 4\n\nFerry: 9", []),
    (
        "labels that never come back are headings",
        (
            "Storms: the mole fell twice in a year.\n\nMoney: the town has none of it left.\n\nPlans: a new "
            "pier may be built here."
        ),
        [],
    ),
    (
        "a headline in mixed case among capitals is no turn",
        (
            "Doe: Pier to cost more\n\nDOE: What will the pier cost?\n\nROE: More than the last one.\n\nDOE: "
            "And who pays for it?\n\nROE: The town."
        ),
        ["DOE", "ROE", "DOE", "ROE"],
    ),
    (
        "addresses are no labels",
        "https://example.org/a b c d e\n\nhttps://example.org/b c d e f\n\nhttps://example.org/c d e f g",
        [],
    ),
    (
        "sentences with a colon are no labels",
        (
            "The mayor said: we will build it again.\n\nThe mayor said: we have no money left.\n\nThe mayor "
            "said: good night to you all."
        ),
        [],
    ),
]


@pytest.mark.parametrize(("reason", "text", "labels"), PAGES, ids=[row[0] for row in PAGES])
def test_turns(reason: str, text: str, labels: list[str]) -> None:
    page = lay_out(Document("page", text, language="en"))
    turns = [p for p in page.paragraphs if p.kind == "turn"]
    assert [page.view.text[p.label[0] : p.label[1]] for p in turns if p.label] == labels, reason
    assert len(turns) == len(labels)
    assert all(p.label is None for p in page.paragraphs if p.kind != "turn")


def test_a_wrapped_turn_is_one_paragraph() -> None:
    text = (
        "DOE: What will the new pier cost the town in the\nyears that come, and who is going to pay for it?\n"
        "ROE: More than the last one did in all its time, and\nthe town pays.\nDOE: Thank you for your "
        "answer and for coming.\n"
    )
    page = lay_out(Document("page", text, language="en"))
    assert [p.kind for p in page.paragraphs] == ["turn", "turn", "turn"]
    assert page.view.text.split("\n\n")[1] == "ROE: More than the last one did in all its time, and the town pays."
