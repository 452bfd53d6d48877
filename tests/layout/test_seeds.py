"""Real pages, kept outside the repository: only facts of structure are asserted, by offset."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sayso.layout import Page, lay_out
from sayso.layout.page import READ
from sayso.records import Document

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the real pages lie in ../shared, which is absent here")

# number of the page, kinds of its blocks from the top, kinds at its end, offset inside the title, codes of findings
SEEDS: list[tuple[str, list[str], list[str], int | None, list[str]]] = [
    ("000", ["title", "paragraph"], ["paragraph", "paragraph"], 5, []),
    ("001", ["paragraph", "paragraph"], ["paragraph", "paragraph"], None, []),
    ("002", ["title", "dateline", "paragraph", "paragraph"], ["paragraph", "paragraph"], 60, []),
    (
        "003",
        ["dateline", "furniture", "title", "furniture", "paragraph"],
        ["paragraph", *["furniture"] * 8],
        40,
        ["furniture"],
    ),
    ("004", ["furniture", "furniture", "title", "paragraph"], ["paragraph", "furniture"], 120, ["source-line-empty"]),
]


def seed(number: str) -> Page:
    path = next((SHARED / "seeds").glob(f"{number}_*.txt"))
    return lay_out(Document(path.name, path.read_text(encoding="utf-8")))


@needs_shared
@pytest.mark.parametrize(("number", "top", "end", "title", "codes"), SEEDS, ids=[row[0] for row in SEEDS])
def test_seed(number: str, top: list[str], end: list[str], title: int | None, codes: list[str]) -> None:
    page = seed(number)
    blocks = page.document.blocks
    kinds = [block.kind for block in blocks]
    assert kinds[: len(top)] == top
    assert kinds[-len(end) :] == end
    assert [
        block
        for block in blocks
        if block.kind == "title" and title is not None and block.span[0] <= title < block.span[1]
    ] or title is None
    assert set(kinds[len(top) : len(kinds) - len(end)]) <= {"paragraph", "heading"}
    assert [finding.code for finding in page.findings] == codes
    assert page.document.language == "en"
    assert not page.dropped


@needs_shared
def test_wrapped_lines_of_a_seed_are_joined() -> None:
    page = seed("002")
    assert page.document.text.count("\n") > 80
    groups = len(re.split(r"\n{2,}", page.document.text.strip()))
    assert len(page.paragraphs) == groups + 2, "title and dateline stand at no blank line"
    assert all(page.view.text[e - 1] in '.”"' for p in page.paragraphs[2:] for _, e in [p.span])


@needs_shared
@pytest.mark.parametrize("name", ["000_14a9bb7f879b43f2", "002_72b7710c44934636", "004_c82e686b43f63b94"])
def test_every_statement_of_the_gold_seeds_is_read(name: str) -> None:
    gold = json.loads((SHARED / f"{name}.gold.json").read_text(encoding="utf-8"))
    text = (SHARED / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
    page = lay_out(Document(name, text))
    read = {i for block in page.document.blocks if block.kind in READ for i in range(*block.span)}
    spans = [s[key] for s in gold["statements"] for key in ("content_span", "source_span", "cue_span") if s.get(key)]
    assert spans
    assert all(i in read or text[i].isspace() for start, end in spans for i in range(start, end))


@needs_shared
def test_no_attribution_is_lost_to_furniture() -> None:
    """Measured: none of 182,670 characters of content (and of 1.86 million in the training part)."""
    lost = total = 0
    for line in (SHARED / "polnear-dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        page = lay_out(Document(row["id"], row["text"], title=row["title"]))
        assert not page.dropped
        unread = {i for block in page.document.blocks if block.kind not in READ for i in range(*block.span)}
        characters = {i for a in row["attributions"] for start, end in a["content"] for i in range(start, end)}
        lost, total = lost + len(characters & unread), total + len(characters)
    assert total > 150_000
    assert lost < 0.001 * total


@needs_shared
def test_no_statement_of_the_news_pages_is_lost() -> None:
    for line in (SHARED / "ced-dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        page = lay_out(Document(row["id"], row["text"], title=row["title"]))
        assert not page.dropped
        unread = {i for block in page.document.blocks if block.kind not in READ for i in range(*block.span)}
        assert not any(
            i in unread for item in row["items"] for start, end in item["quoted"] for i in range(start, end)
        ), row["id"]
