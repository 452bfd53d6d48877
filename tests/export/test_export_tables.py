"""CSV, Excel, Parquet, HXL: each read by its own reader; words cut again from the text by the offsets of the table."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from export_pages import ORIGIN, figures, fragments, loads, made, members, pages, statements
from hypothesis import example, given
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.export import Filters, csv_tables, extras, parquet
from sayso.export.csv_tables import cell, defused, meant
from sayso.export.tables import TABLES, table_of

FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")
SURROGATE_FREE = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


def read_csv(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8"), newline="")))


def spans(told: str) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in (each.split("-") for each in told.split())]


def check_statements(rows: list[dict[str, str]]) -> int:
    """Every offset of a table of statements gives the words of its cell."""
    found = statements()
    assert {row["id"] for row in rows} == set(found)
    checked = 0
    for row in rows:
        page, part, _ = found[row["id"]]
        for role in ("content", "source", "cue"):
            places = spans(row[f"{role}_spans"])
            assert row[role] == " … ".join(page.texts[part][a:b] for a, b in places)
            checked += len(places)
        assert (int(row["start"]), int(row["end"])) == (spans(row["content_spans"])[0][0], spans(row["content_spans"])[-1][1])
        assert row["part"] == part
    return checked


def undefused(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{key: meant(value) for key, value in row.items()} for row in rows]


def test_csv_holds_every_table():
    found = members(made("csv"))
    assert list(found) == [f"{name}.csv" for name in TABLES] + ["provenance.json"]
    about = loads(found["provenance.json"])
    assert (about["ledger"], about["contract"], about["words"], about["filters"]) == ("1e" * 32, 1, True, {"all_acts": True})
    assert [each["model"] for each in about["made_by"]] == ["ab" * 32]


def test_csv_offsets_give_the_words():
    assert check_statements(undefused(read_csv(members(made("csv"))["statements.csv"]))) == fragments()


def test_csv_figures_and_findings():
    found = members(made("csv"))
    rows, known = undefused(read_csv(found["figures.csv"])), figures()
    assert {row["id"] for row in rows} == set(known)
    for row in rows:
        page, part, f = known[row["id"]]
        assert page.texts[part][int(row["start"]) : int(row["end"])] == row["words"]
        assert row["low"] == ("" if f.low is None else str(int(f.low)))
    assert {row["voice"] for row in rows} == {"statement", "own", "unsure"}
    findings = undefused(read_csv(found["findings.csv"]))
    assert [row["words"] for row in findings if row["code"] == "furniture"] == ["🚢 Ferry | 🧭"]


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_is_a_formula(table: str):
    rows = list(csv.reader(io.StringIO(members(made("csv"))[f"{table}.csv"].decode("utf-8"), newline="")))
    numbers = {n for n, (_, kind) in enumerate(TABLES[table].columns) if kind in ("number", "whole", "spans")}
    assert not [c for row in rows[1:] for n, c in enumerate(row) if n not in numbers and FORMULA.match(c)]


CELLS = [
    ("=1+1", "'=1+1", "a formula"),
    ("+49 30", "'+49 30", "a sum"),
    ("-5 degrees", "'-5 degrees", "a difference"),
    ("@SUM(A1)", "'@SUM(A1)", "an old function"),
    ("\t=1", "'\t=1", "a tab is passed over"),
    ("\r=1", "'\r=1", "so is a carriage return"),
    ("＝1", "'＝1", "full width signs are taken too"),
    ("'=1", "''=1", "an apostrophe of the page is told from ours"),
    ("a=1", "a=1", "no formula"),
    ("'tis", "'tis", "an apostrophe before a word stays as it is"),
    ("", "", "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CELLS, ids=[reason for *_, reason in CELLS])
def test_defused(text: str, expected: str, reason: str):
    assert defused(text) == expected
    assert meant(expected) == text


@given(SURROGATE_FREE)
@example("''''=")
def test_defusing_loses_nothing(text: str):
    assert meant(defused(text)) == text
    assert not FORMULA.match(defused(text))


def test_cells():
    assert cell("a\x00\x1b[2J\x85\ud800") == "a␀␛[2J\ufffd\ufffd"
    assert (cell(None), cell(0.97, "number"), cell(5_000_000.0, "number"), cell(((1, 2),), "spans")) == ("", "0.97", "5000000", "1-2")


@pytest.mark.parametrize("table", TABLES)
def test_one_table_is_as_in_the_archive(table: str):
    out = io.BytesIO()
    csv_tables.write_table(pages(), out, table_of(table))
    assert out.getvalue() == members(made("csv"))[f"{table}.csv"]


def test_no_such_table():
    with pytest.raises(UsageError, match="these are: statements"):
        table_of("people")


def test_excel_read_only():
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx")), read_only=True)
    assert book.sheetnames == ["provenance", *TABLES]
    checked = 0
    for name in TABLES:
        rows = [["" if c.value is None else str(c.value) for c in row] for row in book[name].iter_rows()]
        assert all(c.data_type != "f" for row in book[name].iter_rows() for c in row), "a cell is a formula"
        width = len(rows[0])
        dicts = [dict(zip(rows[0], row + [""] * (width - len(row)), strict=True)) for row in rows[1:]]
        assert len(dicts) == len(read_csv(members(made("csv"))[f"{name}.csv"]))
        if name == "statements":
            checked = check_statements(dicts)
    assert checked == fragments()
    about = {row[0].value: row[1].value for row in book["provenance"].iter_rows()}
    assert about["ledger"] == "1e" * 32
    book.close()


def test_excel_cuts_what_no_cell_can_hold():
    from sayso.export.excel import _value

    assert _value("a" * 32_767, "text") == "a" * 32_767
    for long in ("a" * 40_000, "🚢" * 20_000, "a" * 32_766 + "🚢"):
        cut = _value(long, "text")
        assert len(cut.encode("utf-16-le")) // 2 <= 32_767
        assert cut.endswith("…")
        assert long.startswith(cut[:-1])


def test_parquet():
    arrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    found = members(made("parquet"))
    assert list(found) == [f"{name}.parquet" for name in TABLES] + ["provenance.json"]
    table = pq.read_table(arrow.BufferReader(found["statements.parquet"]))
    assert json.loads(table.schema.metadata[b"sayso"])["ledger"] == "1e" * 32
    checked = 0
    for row in table.to_pylist():
        page, part, s = statements()[row["id"]]
        for role in ("content", "source", "cue"):
            places = [(each["start"], each["end"]) for each in row[f"{role}_spans"]]
            assert row[role] == " … ".join(page.texts[part][a:b] for a, b in places)
            checked += len(places)
        assert (row["confidence"], row["joint"]) == (s.confidence, list(page.names(s)))
    assert checked == fragments()
    lows = {row["id"]: row["low"] for row in pq.read_table(arrow.BufferReader(found["figures.parquet"])).to_pylist()}
    assert lows == {key: f.low for key, (_, _, f) in figures().items()}


def test_one_parquet_table_and_none_at_all():
    arrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    for given_pages, rows in ((pages(), 3), (iter(()), 0)):
        out = io.BytesIO()
        parquet.write_table(given_pages, out, ORIGIN, table_of("documents"))
        assert pq.read_table(arrow.BufferReader(out.getvalue())).num_rows == rows


def test_hxl_by_its_own_reader():
    hxl = pytest.importorskip("hxl")
    known = figures()
    source = hxl.data(hxl.make_input(io.BytesIO(made("hxl")), hxl.InputOptions(allow_local=True)))
    checked = 0
    for row in source:
        page, part, f = known[row.get("#meta+id+figure")]
        start, end = int(row.get("#meta+start")), int(row.get("#meta+end"))
        assert page.texts[part][start:end] == meant(row.get("#description+words"))
        assert (row.get("#value+num+min") or None) == (None if f.low is None else str(int(f.low)))
        checked += 1
    assert checked == len(known) == 4
    assert [c.tag for c in source.columns].count("#value") == 4


def test_hxl_rows_are_whole():
    rows = list(csv.reader(io.StringIO(made("hxl").decode("utf-8"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert all(re.fullmatch(r"#[a-z]+(\+[a-z][a-z0-9]*)*", tag) for tag in rows[1])
    assert len(rows) == 2 + len(figures())


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(UsageError, match=r'needs the library nowhere_at_all.*pip install "sayso\[xlsx\]"'):
        extras.needed("nowhere_at_all", "xlsx")


def test_filters_of_the_hard_pages():
    rows = undefused(read_csv(members(made("csv", Filters(speaker="ZOË̋".casefold())))["statements.csv"]))
    assert {row["speaker"] for row in rows} == {"Zoë̋ Ardalán"}
