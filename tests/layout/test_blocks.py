"""What each block of a page is: rows of invented pages, each with its reason."""

from __future__ import annotations

import pytest

from sayso.layout import lay_out
from sayso.records import Block, BlockKind, Document

LEAD = "The harbour board of Oldtown will spend more on its pier next year, the mayor said on Tuesday."
MORE = "Work on the pier begins in spring and ends, if the weather holds, before the first ferries of the summer."
LAST = "“We waited ten years for this,” said the harbour master, who has run the port since the old mole fell."
BODY = f"{LEAD}\n\n{MORE}\n\n{LAST}"


def blocks(text: str, **meta: str) -> list[tuple[BlockKind, str]]:
    document = Document("page", text, **meta)  # type: ignore[arg-type]
    return [(block.kind, text[block.span[0] : block.span[1]]) for block in lay_out(document).document.blocks]


def kind(text: str, words: str, **meta: str) -> BlockKind:
    found = [kind for kind, shown in blocks(text, **meta) if shown.startswith(words)]
    assert len(found) == 1, f"{words!r} opens {len(found)} blocks: {blocks(text, **meta)}"
    return found[0]


# reason, page, first words of the block in question, its kind
HEAD: list[tuple[str, str, str, BlockKind]] = [
    ("the first line without a stop is the title", f"Oldtown pier to be rebuilt\n\n{BODY}", "Oldtown pier", "title"),
    ("a question can be a title", f"Who will pay for the pier?\n\n{BODY}", "Who will", "title"),
    (
        "a question of a headline's length with a comma",
        f"The only board that wants the pier, but why?\n\n{BODY}",
        "The only",
        "title",
    ),
    ("a page may begin with its first paragraph", BODY, "The harbour board", "paragraph"),
    ("a page of one line is no title", "The mayor said nothing", "The mayor", "paragraph"),
    (
        "the line below the title is a heading",
        f"Pier to be rebuilt\n\nBoard agrees after ten years of talks\n\n{BODY}",
        "Board agrees",
        "heading",
    ),
    ("a title may stand right above the text", f"Oldtown pier to be rebuilt\n{LEAD}\n{MORE}", "Oldtown pier", "title"),
    ("a date stamp above the title", f"MAY 9, 2031\n\nOldtown pier to be rebuilt\n\n{BODY}", "MAY 9", "dateline"),
    ("and the title below it is found", f"MAY 9, 2031\n\nOldtown pier to be rebuilt\n\n{BODY}", "Oldtown", "title"),
    (
        "a stamp and the line under it are two blocks",
        f"MAY 9, 2031\nNorthland News World News\n\nPier to be rebuilt\n\n{BODY}",
        "MAY 9",
        "dateline",
    ),
    (
        "section names above a title",
        f"MAY 9, 2031\nNorthland News World News\n\nPier to be rebuilt\n\n{BODY}",
        "Northland",
        "furniture",
    ),
    (
        "a breadcrumb",
        f"Home » Blog » Pier to be rebuilt\nWorld News Harbour Business\n\nPier to be rebuilt\n\n{BODY}",
        "Home »",
        "furniture",
    ),
    (
        "section names below a breadcrumb",
        f"Home » Blog » Pier to be rebuilt\nWorld News Business Oldtown\n\nPier to be rebuilt\n\n{BODY}",
        "World",
        "furniture",
    ),
    ("a menu", f"News | Sport | Culture | Weather\n\nPier to be rebuilt\n\n{BODY}", "News |", "furniture"),
    ("section words that are all the title there is stay", f"World News\n\n{BODY}", "World News", "title"),
    ("a byline with By", f"Pier to be rebuilt\n\nBy Jane Doe\n\n{BODY}", "By Jane", "byline"),
    (
        "a byline in capitals with two names",
        f"Pier to be rebuilt\n\nBy JANE DOE and JOHN ROE\n\n{BODY}",
        "By JANE",
        "byline",
    ),
    ("a byline with a role", f"Pier to be rebuilt\n\nJane Doe, Staff Writer\n\n{BODY}", "Jane Doe", "byline"),
    (
        "a name above a role",
        f"Pier to be rebuilt\n\nJane Doe\n\nPolitical correspondent\n\n{BODY}",
        "Jane Doe",
        "byline",
    ),
    (
        "the role below a name",
        f"Pier to be rebuilt\n\nJane Doe\n\nPolitical correspondent\n\n{BODY}",
        "Political",
        "byline",
    ),
    (
        "how long ago, and who wrote it",
        f"Pier to be rebuilt\n\n8 minutes ago Jane Doe Harbour editor\n\n{BODY}",
        "8 minutes",
        "byline",
    ),
    (
        "a byline with its stamp",
        f"Pier to be rebuilt\n\nBy Jane Doe | May 9, 2031 | 10:42\n\n{BODY}",
        "By Jane",
        "byline",
    ),
    ("By with a day is no byline", f"Pier to be rebuilt\n\nBy Monday\n\n{BODY}", "By Monday", "heading"),
    (
        "a stamp with label, clock and zone",
        f"Pier to be rebuilt\n\nPublished: 9 May 2031 10:42 GMT\n\n{BODY}",
        "Published",
        "dateline",
    ),
]


@pytest.mark.parametrize(("reason", "page", "words", "expected"), HEAD, ids=[row[0] for row in HEAD])
def test_head(reason: str, page: str, words: str, expected: BlockKind) -> None:
    assert kind(page, words) == expected, reason


def test_a_title_said_twice_is_title_then_furniture() -> None:
    shown = blocks(f"Pier to be rebuilt\n\nPier to be rebuilt\n\n{BODY}")
    assert [kind for kind, _ in shown[:3]] == ["title", "furniture", "paragraph"]


# reason, title in the metadata, page, first words, kind
TITLES: list[tuple[str, str, str, str, BlockKind]] = [
    (
        "what the metadata says is the title, with a stop",
        "Pier to be rebuilt",
        f"Pier to be rebuilt.\n\n{BODY}",
        "Pier",
        "title",
    ),
    (
        "the metadata may add the site",
        "Oldtown pier to be rebuilt - The Example",
        f"Oldtown pier to be rebuilt\n\n{BODY}",
        "Oldtown",
        "title",
    ),
    (
        "the metadata may be cut off",
        "Oldtown pier to be rebuilt after...",
        f"Oldtown pier to be rebuilt after the winter\n\n{BODY}",
        "Oldtown",
        "title",
    ),
    (
        "the page may put a kicker before it",
        "Oldtown pier to be rebuilt",
        f"EXCLUSIVE Oldtown pier to be rebuilt\n\n{BODY}",
        "EXCLUSIVE",
        "title",
    ),
    (
        "where the title is not on the page the first line is a heading",
        "Another title altogether",
        f"Board agrees at last\n\n{BODY}",
        "Board",
        "heading",
    ),
    (
        "the title below the first paragraph again is furniture",
        "Pier to be rebuilt",
        f"Pier to be rebuilt\n\n{LEAD}\n\nPier to be rebuilt!\n\n{MORE}",
        "Pier to be rebuilt!",
        "furniture",
    ),
    (
        "a title set in two lines",
        "Oldtown Pier To Be Rebuilt",
        f"Oldtown Pier\nTo Be Rebuilt\n\n{BODY}",
        "Oldtown Pier\nTo Be",
        "title",
    ),
    (
        "a title that opens like a speaker's label",
        "Mayor: Pier to be rebuilt",
        f"Mayor: Pier to be rebuilt\n\n{BODY}",
        "Mayor:",
        "title",
    ),
]


@pytest.mark.parametrize(("reason", "title", "page", "words", "expected"), TITLES, ids=[row[0] for row in TITLES])
def test_title_of_the_metadata(reason: str, title: str, page: str, words: str, expected: BlockKind) -> None:
    assert kind(page, words, title=title) == expected, reason


# reason, what stands between two paragraphs of the body, its kind
INSIDE: list[tuple[str, str, BlockKind]] = [
    ("a short line without a stop is a heading", "A mole of stone", "heading"),
    ("a heading in quotation marks", "‘Ten years of waiting’", "heading"),
    ("a heading in capitals", "TEN YEARS OF TALKS", "heading"),
    ("a question as a heading", "Who will pay?", "heading"),
    ("a lead-in with a colon is a paragraph", "The mayor continued:", "paragraph"),
    ("a lead-in with a comma is a paragraph", "Speaking to the Oldtown Courier, the mayor said,", "paragraph"),
    ("a short sentence is a paragraph", "He said no.", "paragraph"),
    ("a quoted sentence is a paragraph", "“Never again.”", "paragraph"),
    ("a bullet", "- the old mole", "list"),
    ("a round bullet", "• the old mole", "list"),
    ("a number with a stop", "1. the old mole", "list"),
    (
        "a number that opens a sentence is no list",
        "2031 was a year of storms, and the mole did not stand it.",
        "paragraph",
    ),
    ("a rule between stories", "___", "other"),
    ("stars between stories", "* * *", "other"),
    ("a clock alone, as in a running story", "2:45 p.m.", "heading"),
    ("a caption with its credit", "The mole of Oldtown after the storm Credit: Jane Doe/XNA", "caption"),
    ("a caption that says so", "Pictured: the mole of Oldtown after the storm of last winter", "caption"),
    ("a caption with the maker in brackets", "The mole of Oldtown after the storm (Photo by Jane Doe)", "caption"),
    ("only a credit", "Photo: Example Agency", "furniture"),
    ("an agency and a name", "Reuters/Jane Doe", "furniture"),
    ("an advertisement label", "Advertisement", "furniture"),
    ("a link with a label", "Read more: Ferry to stop in winter", "furniture"),
    ("a link with a label in capitals and a bar", "ALSO READ | Ferry to stop in winter", "furniture"),
    ("a link as a sentence of a few words", "Read the full story here.", "furniture"),
    ("share buttons", "Facebook Twitter WhatsApp Email Print", "furniture"),
    ("one platform with a stop is a heading of letters, not a button", "FACEBOOK.", "paragraph"),
    ("one word with a stop is no label", "Pause.", "paragraph"),
    ("a ranked list is no dateline", "2. Ann Poe (1.)", "list"),
    ("a stage direction is no dateline", "(BEGIN VIDEO CLIP.)", "other"),
    ("a label in a quotation is no place", "“VIDEO: the mole of the town falls, and nobody is near.”", "paragraph"),
    ("a count of comments", "12 Comments", "furniture"),
    ("a follow line", "Follow the Example on Bluesky and Instagram.", "furniture"),
    ("a rights line", "© 2031 The Oldtown Example. All rights reserved.", "furniture"),
    ("a rights line in words", "Copyright 2031 The Oldtown Example", "furniture"),
    ("law about rights is article text", "Copyright law changed in Oldtown when the council met.", "paragraph"),
    ("an address alone", "https://example.org/pier", "furniture"),
    ("a mail address alone", "desk@example.org", "furniture"),
    ("an appeal", "Sign up for our morning letter and get the best of the Example.", "furniture"),
    ("a sign-up box", "Letters Your address You can unsubscribe at any time", "furniture"),
    ("a cookie notice", "We use cookies to make this site work better for you.", "furniture"),
    (
        "cookies in an article are not one",
        "The regulator fined the shop because of its use of cookies on phones.",
        "paragraph",
    ),
    ("filler in Latin", "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.", "furniture"),
    (
        "filler in scrambled Latin",
        "Donec sed odio dui, vestibulum id ligula porta felis euismod semper nulla vitae.",
        "furniture",
    ),
    (
        "filler in English",
        "The argument in favor of using filler text goes something like this: it fills.",
        "furniture",
    ),
    (
        "an article on filler is none",
        "The page showed lorem ipsum for a day, the editor of the Example said on Monday.",
        "paragraph",
    ),
    (
        "an appeal that is somebody's statement stays",
        "Subscribe to the fund or lose the pier, the mayor told residents who had come to the hall.",
        "paragraph",
    ),
    ("a quotation never goes", "“Follow us on the pier,” the mayor said.", "paragraph"),
    ("a warning is no turn", "Warning: some readers may find the pictures of the storm hard to bear.", "paragraph"),
    ("a source line that names one", "Source: Northland News Agency", "byline"),
    ("a credit of a wire story", "(Reporting by Jane Doe; Editing by John Roe)", "byline"),
]


@pytest.mark.parametrize(("reason", "between", "expected"), INSIDE, ids=[row[0] for row in INSIDE])
def test_inside(reason: str, between: str, expected: BlockKind) -> None:
    assert kind(f"Pier to be rebuilt\n\n{LEAD}\n\n{between}\n\n{MORE}\n\n{LAST}", between) == expected, reason


LONG = "\n\n".join([LEAD, MORE, LAST, LEAD.replace("pier", "mole"), MORE.replace("pier", "mole")])
# reason, what follows the article, whether it is all furniture
TAILS: list[tuple[str, str, bool]] = [
    ("links under a heading", "Related News\n\nFerry to stop in winter\n\nMayor opens new school", True),
    (
        "sections of a page's foot",
        (
            "Related News\n\nAbout Us\n\nOn this day\n\nIn 1998 the old mole of the town was opened with a "
            "great feast for all."
        ),
        True,
    ),
    (
        "one paragraph under a single heading may be the article",
        "Related News\n\nIn 1998 the old mole of the town was opened with a great feast for all.",
        False,
    ),
    (
        "a quotation shows that the article goes on",
        "Related News\n\nTrending\n\n“Nobody asked us whether we wanted a new pier in this place at all.”",
        False,
    ),
    ("two paragraphs in a row show it too", f"Related News\n\nTrending\n\n{LEAD}\n\n{MORE}", False),
    (
        "a short quotation below a single heading is the article",
        "Related News\n\nFerry to stop in winter\n\n“Never,” he said.",
        False,
    ),
    ("a short sentence below a single heading is, too", "Trending\n\nHe said no.", False),
    ("contact lines of a press release", "Media Contact\n\nJane Doe\n\ndesk@example.org", True),
]


@pytest.mark.parametrize(("reason", "foot", "gone"), TAILS, ids=[row[0] for row in TAILS])
def test_foot_of_the_page(reason: str, foot: str, gone: bool) -> None:
    shown = blocks(f"Pier to be rebuilt\n\n{LONG}\n\n{foot}")[6:]
    assert len(shown) == foot.count("\n\n") + 1
    assert all(kind == "furniture" for kind, _ in shown) is gone, reason


def test_links_inside_the_article_go_and_the_heading_below_stays() -> None:
    shown = blocks(
        f"Pier to be rebuilt\n\n{LEAD}\n\nRelated News\n\nFerry to stop in winter\n\nMayor opens new school\n\n"
        f"{MORE}\n\n{LAST}\n\n{LEAD}"
    )
    assert [kind for kind, _ in shown[2:6]] == ["furniture", "furniture", "heading", "paragraph"]


# reason, given blocks (kind, text), expected kinds
GIVEN: list[tuple[str, list[tuple[BlockKind, str]], list[BlockKind]]] = [
    (
        "kinds that ingest knew stay",
        [
            ("title", "Pier"),
            ("byline", "Jane"),
            ("caption", "The mole"),
            ("table", "a 1\nb 2"),
            ("quote", "We waited."),
        ],
        ["title", "byline", "caption", "table", "quote"],
    ),
    (
        "furniture is still sought",
        [
            ("title", "Pier to be rebuilt"),
            ("paragraph", LEAD),
            ("paragraph", "Advertisement"),
            ("heading", "Read more"),
            ("paragraph", MORE),
        ],
        ["title", "paragraph", "furniture", "furniture", "paragraph"],
    ),
    (
        "a dateline is still cut off",
        [("title", "Pier to be rebuilt"), ("paragraph", f"OLDTOWN, May 9 (XNA) - {LEAD}")],
        ["title", "dateline", "paragraph"],
    ),
    (
        "line breaks inside a block are still read",
        [("paragraph", "The harbour board of Oldtown will\nspend more on its pier.")],
        ["paragraph"],
    ),
    (
        "a title repeated as a heading",
        [("title", "Pier to be rebuilt"), ("heading", "Pier to be rebuilt"), ("paragraph", LEAD)],
        ["title", "furniture", "paragraph"],
    ),
    (
        "turns are still found",
        [
            ("paragraph", "Q: What will the new pier cost the town?"),
            ("paragraph", "A: More than the old one did."),
            ("paragraph", "Q: And who is going to pay?"),
        ],
        ["turn", "turn", "turn"],
    ),
    (
        "furniture that ingest knew stays",
        [("title", "Pier to be rebuilt"), ("furniture", LEAD), ("paragraph", MORE)],
        ["title", "furniture", "paragraph"],
    ),
]


@pytest.mark.parametrize(("reason", "given", "expected"), GIVEN, ids=[row[0] for row in GIVEN])
def test_blocks_of_ingest(reason: str, given: list[tuple[BlockKind, str]], expected: list[BlockKind]) -> None:
    text, made = "", []
    for name, shown in given:
        made.append(Block(name, (len(text), len(text) + len(shown))))
        text += shown + "\n\n"
    page = lay_out(Document("page", text, blocks=tuple(made)))
    assert [block.kind for block in page.document.blocks] == expected, reason


def test_text_between_given_blocks_is_not_lost() -> None:
    text = f"Pier to be rebuilt\n\n{LEAD}\n\n{MORE}"
    page = lay_out(Document("page", text, blocks=(Block("title", (0, 18)),)))
    assert [block.kind for block in page.document.blocks] == ["title", "paragraph", "paragraph"]


def test_malformed_blocks_do_no_harm() -> None:
    text = f"{LEAD}\n\n{MORE}"
    bad = (
        Block("paragraph", (50, 20)),
        Block("paragraph", (-5, 30)),
        Block("table", (10, 10_000)),
        Block("title", (9_000, 9_001)),
    )
    page = lay_out(Document("page", text, blocks=bad))
    assert "".join(text[s:e] for s, e in (block.span for block in page.document.blocks)).replace("\n", "").replace(
        " ", ""
    ) == text.replace("\n", "").replace(" ", "")


# reason, page, codes of the findings in order
FINDINGS: list[tuple[str, str, list[str]]] = [
    ("nothing on a plain page", f"Pier to be rebuilt\n\n{BODY}", []),
    (
        "filler text",
        f"Pier to be rebuilt\n\n{BODY}\n\nLorem ipsum dolor sit amet consectetur adipiscing elit.",
        ["furniture"],
    ),
    (
        "an appeal inside the text",
        f"Pier to be rebuilt\n\n{LEAD}\n\nSubscribe to our letter today\n\n{MORE}\n\n{LAST}",
        ["furniture"],
    ),
    ("an appeal below the text is no finding", f"Pier to be rebuilt\n\n{BODY}\n\nSubscribe to our letter today", []),
    (
        "links inside the text are no finding",
        f"Pier to be rebuilt\n\n{LEAD}\n\nRead more: Ferry to stop\n\n{MORE}\n\n{LAST}",
        [],
    ),
    ("a source line without a source", f"Pier to be rebuilt\n\n{BODY}\n\nSource :", ["source-line-empty"]),
    ("a source line with a source is no finding", f"Pier to be rebuilt\n\n{BODY}\n\nSource : XNA", []),
]


@pytest.mark.parametrize(("reason", "page", "codes"), FINDINGS, ids=[row[0] for row in FINDINGS])
def test_findings(reason: str, page: str, codes: list[str]) -> None:
    laid = lay_out(Document("page", page))
    assert [finding.code for finding in laid.findings] == codes, reason
    for finding in laid.findings:
        assert finding.message.endswith(".")
        assert all(page[start:end].strip() for start, end in finding.spans)
