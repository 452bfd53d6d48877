"""``--no-text``: no words of the pages in any byte of any format, and offsets that still fit."""

from __future__ import annotations

import html
import json
import zlib

import pytest
from export_pages import made, members, pages, statements

from sayso.export import FORMATS

SECRET = (
    "stays in port", "is closed", "𝕭𝖗𝖎𝖉𝖌𝖊", "waited", "مغلق", "ننتظر", "her word", "degrees", "snow", "HYPERLINK", "a captain",
    "boats", "More than", "1,200 people", "filler", "=odd", "cmd", "=north", "of_it", "שָׁלוֹם", "🥶", "قالت",
)  # fmt: skip
"""Words of texts, titles, headlines, roles, figures, findings, dropped parts and the user's own columns."""
SHOWN = {
    "csl": ("stays in port", "of_it"), "bibtex": ("stays in port",), "graphml": (), "hxl": ("boats", "degrees"),
}  # fmt: skip
"""Words that an export with words must hold, where it is not what was said."""
KEPT = ("Zoë̋ Ardalán", "Radio Fell")


def plain(form: str, raw: bytes) -> str:
    """Everything that is in an export as one text, unpacked."""
    if form == "parquet":
        arrow = pytest.importorskip("pyarrow")
        import pyarrow.parquet as pq

        tables = [pq.read_table(arrow.BufferReader(v)) for k, v in members(raw).items() if k.endswith(".parquet")]
        return "\n".join(str(table.to_pylist()) + str(table.schema.metadata) for table in tables)
    if form == "docbin":
        return "\n".join(zlib.decompress(v).decode("utf-8", "replace") for k, v in members(raw).items() if k.endswith(".spacy"))
    if raw.startswith(b"PK"):
        return html.unescape("\n".join(name + value.decode("utf-8") for name, value in members(raw).items()))
    return raw.decode("utf-8")


def skip_without_library(form: str) -> None:
    if FORMATS[form].library:
        pytest.importorskip(FORMATS[form].library)


@pytest.mark.parametrize("form", FORMATS)
def test_no_words_of_the_page(form: str):
    skip_without_library(form)
    text = plain(form, made(form, words=False))
    assert not [words for words in SECRET if words in text or json.dumps(words)[1:-1] in text]


@pytest.mark.parametrize("form", FORMATS)
def test_the_words_are_there_otherwise(form: str):
    """So that the test above can fail."""
    skip_without_library(form)
    text = plain(form, made(form))
    assert all(words in text for words in SHOWN.get(form, ("𝕭𝖗𝖎𝖉𝖌𝖊", "مغلق")))


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("csl", "bibtex", "hxl")])
def test_names_stay(form: str):
    skip_without_library(form)
    text = plain(form, made(form, words=False))
    assert all(name in text or name.encode("unicode_escape").decode() in text for name in KEPT)


@pytest.mark.parametrize("form", FORMATS)
def test_where_it_came_from_stays(form: str):
    skip_without_library(form)
    for words in (True, False):
        text = plain(form, made(form, words=words))
        if form != "docbin":
            assert "1e" * 32 in text, "the ledger's digest"
        assert ("ab" * 32 if form not in ("csl", "bibtex") else "ab" * 6) in text, "the model"


def test_digests_are_of_the_words():
    with_words = {i: page.digests[i] for i, (page, _, _) in statements().items()}
    assert {i: d for page in pages(words=False) for i, d in page.digests.items() if i in with_words} == with_words


def test_docbin_says_where_it_came_from():
    pytest.importorskip("spacy")
    assert "1e" * 32 in members(made("docbin"))["provenance.json"].decode("ascii")


def test_a_page_without_words_holds_none():
    """Not even where an exporter would forget to ask."""
    for page in pages(words=False):
        shown = repr(page)
        assert not [words for words in SECRET if words in shown]
    assert any("waited" in page.texts["text"] for page in pages())
