"""Stories told by dated pages: how each figure stands to the earlier ones, and the ranges; every row wholly right."""

from __future__ import annotations

import pytest

from eval.series import Row, fault, judged, judged_text, links, readings, rows, told
from sayso.pile.series import series_of
from sayso.reading import Reader

STORIES, TEXTS = rows("stories.jsonl"), rows("texts.jsonl")
#: Rows whose figures are read wrongly: what is read, not how it is compared.
MISREAD: dict[str, str] = {}


@pytest.mark.parametrize("row", STORIES, ids=[row["id"] for row in STORIES])
def test_story(row: Row):
    assert not judged(row), row["reason"]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, marks=pytest.mark.xfail(strict=True, reason=MISREAD[row["id"]]) if row["id"] in MISREAD else ())
        for row in TEXTS
    ],
    ids=[row["id"] for row in TEXTS],
)
def test_text(row: Row, reader: Reader):
    assert not judged_text(row, reader), row["reason"]


def test_the_tables():
    """Enough rows, each with its own id and reason; enough in which nothing may be joined, and each relation often enough."""
    every = [*STORIES, *TEXTS]
    assert len(STORIES) >= 150
    assert len(TEXTS) >= 30
    assert len({row["id"] for row in every}) == len(every)
    assert len({row["reason"] for row in STORIES}) == len(STORIES)
    assert sum(not row["links"] for row in STORIES) >= 40
    kinds = [link.split()[1] for row in every for link in row["links"]]
    assert {kind for kind in set(kinds) if kinds.count(kind) >= 10} == {
        "agrees", "supersedes", "disagrees", "repeated", "different-scope",
    }  # fmt: skip
    for row in every:
        assert set(row) == {"id", "pages", "links", "ranges", "reason"}
        assert all(len(page) == 4 for page in row["pages"])


def test_the_ruler():
    """The comparison itself: a link too many, one too few, another rule and another range are seen."""
    row = STORIES[1]
    found = series_of(told(readings(row)))
    assert not fault(row, found)
    for wrong in (
        {"links": []},
        {"links": [*row["links"], "b41 agrees a35"]},
        {"links": ["b41 supersedes a35 later-page"]},
        {"ranges": ["2031-04-08 35..36 1"]},
    ):
        assert fault({**row, **wrong}, found)


@pytest.mark.parametrize(
    "row", [row for row in STORIES if "Northland" in str(row) or "Southland" in str(row)], ids=lambda row: row["id"]
)
def test_even_handed(row: Row):
    """Swap two parties and the series swap with them."""

    def swap(text: str) -> str:
        return text.replace("Northland", "Sxxland").replace("Southland", "Northland").replace("Sxxland", "Southland")

    swapped = {**row, "pages": [[page[0], page[1], swap(page[2]), swap(page[3])] for page in row["pages"]]}
    ours, theirs = (links(series_of(told(readings(each)))) for each in (row, swapped))
    assert [_unordered(link) for link in ours] == [_unordered(link) for link in theirs]


def _unordered(link: str) -> tuple[object, ...]:
    a, kind, b, rule = link.split()
    return (frozenset((a, b)), kind, rule)
