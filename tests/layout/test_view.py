"""The running text: which lines run on, which hyphens are mended, and the way back to the document."""

from __future__ import annotations

import pytest

from sayso.layout import lay_out
from sayso.records import Block, Document

WIDE = "The harbour board of Oldtown will spend more on its pier next year, the mayor said on"


def paragraphs(text: str, **meta: str) -> list[str]:
    page = lay_out(Document("page", text, language="en", **meta))  # type: ignore[arg-type]
    return page.view.text.split("\n\n") if page.view.text else []


WRAPPED = (
    "The harbour board of Oldtown will spend more on its pier\n"
    "next year, the mayor said on Tuesday. Work begins in\n"
    "spring. Nobody objected in the hall.\n"
    "\n"
    "“We waited ten years,” said the harbour master of the\n"
    "town, who has run the port since the old mole fell in the\n"
    "Great Storm.\n"
    "\n"
    "The ferries sail on.\n"
)
INDENTED = (
    "OLDTOWN, May 9, 2031 /XNA Wire/ -- In a first for the coast, the harbour board ruled that the\n"
    "new pier will be built, sending workers to the old mole.\n"
    "  The board, led by Jane Doe, met on Tuesday.\n"
    "  “We waited ten years,” said Doe.\n"
    "  Nobody objected."
)

# reason, document, paragraphs of the view
JOINS: list[tuple[str, str, list[str]]] = [
    (
        "running heads of pages are passed over, the first one too",
        f"Oldtown Log 9 May\n\n{WIDE} the\n\n1\n\fOldtown Log 9 May\n\nfirst day.\n\n2\n\fOldtown Log 9 May\n\nNo.",
        [f"{WIDE} the first day.", "No."],
    ),
    (
        "numbers that head the parts of a list are no page numbers",
        f"1\n\n{WIDE} Monday.\n\n2\n\n{WIDE} Friday.\n\n3\n\n{WIDE} Sunday.",
        ["1", f"{WIDE} Monday.", "2", f"{WIDE} Friday.", "3", f"{WIDE} Sunday."],
    ),
    (
        "numbers that count up with a page number are page numbers too",
        f"{WIDE} the first\n\n1\n\nday of May.\n\n{WIDE} Friday.\n\n{WIDE} Saturday.\n\n2\n\n{WIDE} Sunday.",
        [f"{WIDE} the first day of May.", f"{WIDE} Friday.", f"{WIDE} Saturday.", f"{WIDE} Sunday."],
    ),
    ("a blank line parts two paragraphs", "One came.\n\nTwo went.", ["One came.", "Two went."]),
    ("each long line is a paragraph", f"{WIDE} Tuesday.\n{WIDE} Friday.", [f"{WIDE} Tuesday.", f"{WIDE} Friday."]),
    ("a line that breaks off before a lower-case word runs on", f"{WIDE}\nthe pier.", [f"{WIDE} the pier."]),
    (
        "a line that ends with “the” runs on before a capital",
        f"{WIDE} the\nOldtown pier.",
        [f"{WIDE} the Oldtown pier."],
    ),
    ("a line that ends with a comma runs on", f"{WIDE},\nTuesday being late.", [f"{WIDE}, Tuesday being late."]),
    ("blanks at a line end collapse", "The board \n of the town met.", ["The board of the town met."]),
    ("a no-break space is a blank", "The\xa0board met.\xa0 \nand rose.", ["The board met. and rose."]),
    (
        "carriage returns are line ends",
        "The board met\r\nin the hall.\r\n\r\nIt rose.",
        ["The board met in the hall.", "It rose."],
    ),
    ("hidden characters are passed over", "The bo\u00adard\u200b met.\ufeff", ["The board met."]),
    (
        "hard-wrapped text: full lines run on even after a stop",
        WRAPPED,
        [
            "The harbour board of Oldtown will spend more on its pier next year, the mayor said on Tuesday. "
            "Work begins in spring. Nobody objected in the hall.",
            (
                "“We waited ten years,” said the harbour master of the town, who has run the port since the old "
                "mole fell in the Great Storm."
            ),
            "The ferries sail on.",
        ],
    ),
    (
        "indentation begins a paragraph",
        INDENTED,
        [
            "OLDTOWN, May 9, 2031 /XNA Wire/ --",
            (
                "In a first for the coast, the harbour board ruled that the new pier will be built, sending "
                "workers to the old mole."
            ),
            "The board, led by Jane Doe, met on Tuesday.",
            "“We waited ten years,” said Doe.",
            "Nobody objected.",
        ],
    ),
    (
        "a heading above wrapped lines stays apart",
        f"{WRAPPED}\nWhat it costs\n{WRAPPED}",
        [
            *WRAPPED.replace("\n\n", "|").replace("\n", " ").strip().split("|"),
            "What it costs",
            *WRAPPED.replace("\n\n", "|").replace("\n", " ").strip().split("|"),
        ],
    ),
    (
        "a paragraph cut by blank lines goes on in lower case",
        f"{WIDE} the\n\n\n\nfirst day of May.",
        [f"{WIDE} the first day of May."],
    ),
    (
        "a short line without a stop is a heading, not a cut paragraph",
        "What it costs\n\nferries included.",
        ["What it costs", "ferries included."],
    ),
    (
        "a paragraph with its stop is not joined",
        f"{WIDE} Monday.\n\nin the hall it was loud.",
        [f"{WIDE} Monday.", "in the hall it was loud."],
    ),
    (
        "a brand in lower case begins a paragraph",
        f"{WIDE} Monday\n\niPier is the new name.",
        [f"{WIDE} Monday", "iPier is the new name."],
    ),
    (
        "a page number in mid-sentence is passed over",
        f"{WIDE} the first\n\n12\n\nday of May.",
        [f"{WIDE} the first day of May."],
    ),
    (
        "so is a page number at a form feed",
        f"{WIDE} the first\n- 3 -\n\fday of May.",
        [f"{WIDE} the first day of May."],
    ),
    (
        "a number that is no page number stays",
        "The result of the vote\n\n12\n\nNobody objected in the hall.",
        ["The result of the vote", "12", "Nobody objected in the hall."],
    ),
    (
        "bullets are items of their own",
        "The board wants\n- a pier\n- a mole\nand no more",
        ["The board wants", "- a pier", "- a mole and no more"],
    ),
    (
        "numbers are items of their own",
        "The board wants:\n1. a pier\n2. a mole",
        ["The board wants:", "1. a pier", "2. a mole"],
    ),
    ("a dateline stands alone", "Oldtown, May 9 (XNA)-- The board met.", ["Oldtown, May 9 (XNA)--", "The board met."]),
    (
        "furniture, bylines and rules are not read",
        f"Pier to be rebuilt\n\nBy Jane Doe\n\n{WIDE} Monday.\n\n___\n\nAdvertisement\n\n{WIDE} Friday.",
        ["Pier to be rebuilt", f"{WIDE} Monday.", f"{WIDE} Friday."],
    ),
    (
        "a headline set in two lines is one",
        f"Harbour Board Of Oldtown Agrees\nTo Rebuild Its Pier In Spring\n\n{WIDE} Monday.",
        ["Harbour Board Of Oldtown Agrees To Rebuild Its Pier In Spring", f"{WIDE} Monday."],
    ),
    (
        "a headline above its subheading of another length is not joined",
        f"Oldtown Log\nHarbour Board Of Oldtown Agrees To Rebuild Its Pier\n\n{WIDE} Monday.",
        ["Oldtown Log", "Harbour Board Of Oldtown Agrees To Rebuild Its Pier", f"{WIDE} Monday."],
    ),
    ("nothing gives nothing", "", []),
    ("blanks give nothing", " \n\t\n\xa0", []),
]


@pytest.mark.parametrize(("reason", "text", "expected"), JOINS, ids=[row[0] for row in JOINS])
def test_paragraphs_of_the_view(reason: str, text: str, expected: list[str]) -> None:
    assert paragraphs(text) == expected, reason


# reason, document, the line as read
HYPHENS: list[tuple[str, str, str]] = [
    (
        "the joined word stands elsewhere",
        "A government fell. The new govern-\nment rose.",
        "A government fell. The new government rose.",
    ),
    (
        "the hyphenated word stands elsewhere",
        "The re-entry failed. A second re-\nentry did not.",
        "The re-entry failed. A second re-entry did not.",
    ),
    ("nothing tells: joined", "The board's negoti-\nations went on.", "The board's negotiations went on."),
    ("a capital behind the hyphen keeps it", "The old Al-\nHadid mole fell.", "The old Al-Hadid mole fell."),
    ("a digit keeps it", "In the years 2030-\n2031 it stood.", "In the years 2030-2031 it stood."),
    ("a word that is always hyphenated keeps it", "The so-\ncalled pier fell.", "The so-called pier fell."),
    ("the first part of a compound keeps it", "Its self-\ngovernment ended.", "Its self-government ended."),
    ("a word with another hyphen keeps it", "A state-of-the-\nart mole.", "A state-of-the-art mole."),
    ("a soft hyphen at the line end goes", "The govern\u00ad\nment rose.", "The government rose."),
    (
        "a dash at a line end becomes a blank, not a word",
        "The board –\nand the town – met.",
        "The board – and the town – met.",
    ),
    ("the typographic hyphen is one too", "The new govern\u2010\nment rose.", "The new government rose."),
    ("capitals on both sides are joined", "THE NEW GOVERN-\nMENT ROSE.", "THE NEW GOVERNMENT ROSE."),
]


@pytest.mark.parametrize(("reason", "text", "expected"), HYPHENS, ids=[row[0] for row in HYPHENS])
def test_hyphens_at_line_ends(reason: str, text: str, expected: str) -> None:
    assert paragraphs(text) == [expected], reason


def test_the_way_back() -> None:
    text = "Pier to be rebuilt\n\nThe new govern-\nment of the\nAl-Hadid coast met."
    page = lay_out(Document("page", text, language="en"))
    view = page.view
    for words, original in [("government", "govern-\nment"), ("of the Al-Hadid", "of the\nAl-Hadid"), ("Pier", "Pier")]:
        at = view.text.index(words)
        start, end = view.back(at, at + len(words))
        assert text[start:end] == original
    blank = view.text.index("the Al") + 3
    assert text[view.offsets[blank]] == "\n", "the blank stands for the line break itself"
    assert view.back(0, len(view.text)) == (0, len(text))
    assert view.back(18, 20) == (18, 18), "a break alone is nowhere"


def test_pieces_leave_out_what_a_paragraph_runs_around() -> None:
    text = "The harbour board of Oldtown will spend more on its pier and the old\n\n12\n\nmole in the year after."
    view = lay_out(Document("page", text, language="en")).view
    at = view.text.index("the old mole")
    spans = view.pieces(at, at + len("the old mole"), text)
    assert [text[start:end] for start, end in spans] == ["the old", "mole"]
    wrapped = "The new govern-\nment of the\ntown met."
    view = lay_out(Document("page", wrapped, language="en")).view
    assert view.pieces(0, len(view.text), wrapped) == ((0, len(wrapped)),)


def test_pieces_part_at_paragraphs() -> None:
    text = "One came.\n\nTwo went."
    view = lay_out(Document("page", text, language="en")).view
    assert view.pieces(0, len(view.text), text) == ((0, 9), (11, 20))


def test_paragraphs_match_the_view_and_the_blocks() -> None:
    text = f"Pier to be rebuilt\n\nOldtown, May 9 (XNA)-- {WIDE} Monday.\n\nBy Jane Doe\n\nAdvertisement\n\n- a pier"
    page = lay_out(Document("page", text, language="en"))
    assert [p.kind for p in page.paragraphs] == ["title", "dateline", "paragraph", "list"]
    assert "\n\n".join(page.view.text[s:e] for s, e in (p.span for p in page.paragraphs)) == page.view.text


def test_lines_of_a_table_stay_one_block() -> None:
    text = "Pier\n\na 1\nb 2\n\nThe board met."
    page = lay_out(Document("page", text, language="en", blocks=(Block("table", (6, 13)),)))
    assert ("table", (6, 13)) in [(block.kind, block.span) for block in page.document.blocks]
    assert "a 1" not in page.view.text
