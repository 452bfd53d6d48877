"""What holds on any string: the map back, the order of blocks, sameness, and time."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sayso.layout import Page, lay_out
from sayso.layout.view import HIDDEN
from sayso.records import Block, BlockKind, Document

WORDS = [
    "the",
    "Oldtown",
    "pier",
    "govern-",
    "ment",
    "said",
    "Tuesday.",
    "“We",
    "waited,”",
    "U.S.",
    "9",
    "2031",
    "By",
    "Jane",
    "Doe",
    "DOE:",
    "Q:",
    "A:",
    "•",
    "-",
    "–",
    "»",
    "Read more:",
    "Related News",
    "Advertisement",
    "Source :",
    "(XNA)",
    "--",
    "lorem",
    "ipsum",
    "dolor",
    "© 2031",
    "Page 3",
    "\u00ad",
    "\u200b",
    "\xa0",
    "слово",
    "部长",
    "a@b.c",
    "I",
    "state-of-the-",
]
BREAKS = ["\n", "\n\n", "\n\n\n", " \n", "\r\n", "\f", "\n  ", "\u2028", " ", "  ", "\t"]
#: Text made of what pages are made of, and text of any characters at all.
TEXTS = st.one_of(
    st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(BREAKS)), max_size=80).map(
        lambda parts: " ".join(parts)
    ),
    st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(BREAKS)), max_size=80).map("".join),
    st.text(max_size=200),
)
KINDS: list[BlockKind] = [
    "title",
    "byline",
    "paragraph",
    "heading",
    "caption",
    "list",
    "table",
    "quote",
    "furniture",
    "other",
]
BLOCKS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(-3, 250), st.integers(-3, 250)), max_size=6).map(
    lambda rows: tuple(Block(kind, (start, end)) for kind, start, end in rows)
)


def check(document: Document, page: Page) -> None:
    text, view = document.text, page.view
    assert page.document.text == text
    at = 0
    for block in page.document.blocks:
        start, end = block.span
        assert at <= start < end <= len(text)
        assert (
            not text[at:start].strip(HIDDEN + " ")
            or not text[at:start].translate(dict.fromkeys(map(ord, HIDDEN))).strip()
        )
        at = end
    assert not text[at:].translate(dict.fromkeys(map(ord, HIDDEN))).strip(), "what is not blank is in some block"
    assert len(view.offsets) == len(view.text)
    for place, shown in zip(view.offsets, view.text, strict=True):
        assert shown == "\n" or (text[place].isspace() if shown == " " else text[place] == shown)
    for (a, b), shown in zip(pairwise(view.offsets), pairwise(view.text), strict=True):
        assert a <= b if "\n" in shown else a < b
    assert "\n\n".join(view.text[s:e] for s, e in (p.span for p in page.paragraphs)) == view.text
    for paragraph in page.paragraphs:
        start, end = paragraph.span
        assert start < end
        shown = view.text[start:end]
        assert shown == shown.strip()
        assert not any(c.isspace() and c != " " for c in shown)
        if paragraph.label:
            assert start <= paragraph.label[0] < paragraph.label[1] <= end
    for dropped in page.dropped:
        assert 0 <= dropped.span[0] < dropped.span[1] <= len(text)
    for finding in page.findings:
        assert finding.spans


@given(TEXTS, st.sampled_from(["", "Oldtown pier", "the"]), BLOCKS)
@settings(max_examples=250, deadline=None)
@example("govern-\nment", "", ())
@example("a\u00ad\nb", "", ())
@example("\u200b \u200b", "", ())
@example("(XNA) -", "", ())
@example("-\n-\n-", "", ())
@example("Q:\nA:\nQ:", "", ())
@example("1\n\n2\n\n3", "", ())
def test_any_page(text: str, title: str, blocks: tuple[Block, ...]) -> None:
    document = Document("page", text, title=title, language="en", blocks=blocks)
    page = lay_out(document)
    check(document, page)
    assert lay_out(document) == page


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_any_page_of_unknown_language(text: str) -> None:
    document = Document("page", text)
    check(document, lay_out(document))


def bare(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in HIDDEN + "-\u2010")


@given(TEXTS, st.data())
@settings(max_examples=150, deadline=None)
def test_the_way_back_gives_the_same_words(text: str, data: st.DataObject) -> None:
    document = Document("page", text, language="en")
    page = lay_out(document)
    for paragraph in page.paragraphs:
        start = data.draw(st.integers(paragraph.span[0], paragraph.span[1]))
        end = data.draw(st.integers(start, paragraph.span[1]))
        spans = page.view.pieces(start, end, text)
        assert bare("".join(text[s:e] for s, e in spans)) == bare(page.view.text[start:end])
        if end > start and len(spans) == 1:
            first, last = page.view.back(start, end)
            assert bare(text[first:last]) == bare(page.view.text[start:end])


def test_a_page_that_is_laid_out_again_stays_as_it_is() -> None:
    text = (
        "Pier to be rebuilt\n\nOldtown, May 9 (XNA)-- The board of the\nharbour met on Tuesday to talk "
        "of the pier, the mayor said.\n\nAdvertisement"
    )
    once = lay_out(Document("page", text))
    twice = lay_out(once.document)
    assert twice.view == once.view
    assert twice.document == once.document


HOSTILE = [
    ("line breaks", "\n" * 100_000),
    ("no line break", "a" * 1_000_000),
    ("one long line of words", "word " * 200_000),
    ("colons", ":" * 100_000),
    ("lines of a colon", ":\n" * 20_000),
    ("labels", "A: b c d e\n" * 12_000),
    ("blanks", " " * 500_000),
    ("quotation marks", '"' * 200_000),
    ("brackets", "(" * 200_000),
    ("broken words", "ab-\n" * 30_000),
    ("form feeds", "\f" * 100_000),
    ("numbers", "1\n\n" * 12_000),
    ("headings", "Related News\n\n" * 10_000),
    (
        "headings and paragraphs",
        "Related News\n\nThe mayor went to the town by the sea and stayed there for very long.\n\n" * 2_000,
    ),
    ("addresses", "http://" * 50_000),
    ("at signs", "a@" * 100_000),
    ("strokes", "/" * 200_000),
    ("hidden characters", "\u00ad" * 100_000),
]


@pytest.mark.parametrize(("name", "text"), HOSTILE, ids=[name for name, _ in HOSTILE])
def test_time_grows_with_the_length_alone(name: str, text: str) -> None:
    def seconds(part: str) -> float:
        begin = time.process_time()
        lay_out(Document("page", part, title="Pier to be rebuilt", language="en"))
        return time.process_time() - begin

    quarter, whole = seconds(text[: len(text) // 4]), seconds(text)
    assert whole < 5.0
    assert whole < 12 * quarter + 0.3, f"{name}: {quarter:.3f} s for a quarter, {whole:.3f} s for the whole"
