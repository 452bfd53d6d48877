"""Coding sheets: drawn from a ledger, filled in, taken in, and what they tell."""

from __future__ import annotations

import csv
import io
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))
from factory import NEWER, article

from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.ledger.reviews import Coding, keep_sheet, read_by, sheet_id, sheets
from sayso.records import Published
from sayso.review.frames import LONGEST, cut, statements, stretches
from sayso.review.results import of_sheet, results
from sayso.review.sheets import (
    COLUMNS,
    FILLED,
    KEPT,
    Sample,
    code_of,
    instructions,
    read_sheet,
    rows,
    write_csv,
    write_xlsx,
)

Row = dict[str, Any]
USUAL = Sample(20, 10, "outlet", 3)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "l.db"
    with Ledger(path, write=True) as ledger:
        for n in range(12):
            ledger.add(article(n, statements=6))
    return path


@pytest.fixture
def ledger(made: Path, tmp_path: Path) -> Iterator[Ledger]:
    path = tmp_path / "l.db"
    path.write_bytes(made.read_bytes())
    with Ledger(path, write=True) as opened:
        yield opened


def drawn(ledger: Ledger, sample: Sample = USUAL) -> list[Row]:
    return list(rows(ledger, sample))


def as_csv(found: list[Row]) -> bytes:
    out = io.BytesIO()
    write_csv(found, out)
    return out.getvalue()


def filled(found: list[Row], code: Callable[[Row], Row]) -> list[Row]:
    """The rows as a person leaves them; ``code`` gives what is written into the empty columns."""
    return [{**row, **code(row)} for row in found]


def judge(row: Row) -> Row:
    """Right on even rows, wrong words on every third of the rest; one statement missing in every second stretch."""
    if row["what"] == "stretch":
        return {"missing": str(row["row"] % 2), "wrong": ""}
    return {"code": "right" if row["row"] % 2 == 0 else "C" if row["row"] % 3 == 0 else "none"}


# --- drawing ---


def test_the_same_seed_the_same_bytes(ledger: Ledger):
    assert as_csv(drawn(ledger)) == as_csv(drawn(ledger))
    other = [row["unit"] for row in drawn(ledger, Sample(20, 10, "outlet", 4))]
    assert other != [row["unit"] for row in drawn(ledger)]


def test_the_order_of_pages_does_not_matter(ledger: Ledger, tmp_path: Path):
    with Ledger(tmp_path / "other.db", write=True) as other:
        for n in reversed(range(12)):
            other.add(article(n, statements=6))
        assert as_csv(drawn(other)) == as_csv(drawn(ledger))


@pytest.mark.parametrize("by", ["outlet", "speaker", "kind", "none"])
def test_strata(ledger: Ledger, by: Any):
    found = [row for row in drawn(ledger, Sample(24, 6, by, 1)) if row["what"] == "statement"]
    every = list(statements(ledger, by))
    assert len(found) == 24
    assert len({row["unit"] for row in found}) == 24
    layers = {row["layer"]: row for row in found}
    assert sum(row["units"] for row in layers.values()) == len(every)
    assert Counter(row["layer"] for row in found) == {layer: row["drawn"] for layer, row in layers.items()}
    if by in ("outlet", "kind"):
        assert {row["stratum"] for row in found} == {unit.stratum for unit in every}


def test_more_than_there_is(ledger: Ledger):
    found = drawn(ledger, Sample(10_000, 10_000, "none", 1))
    assert Counter(row["what"] for row in found) == {
        "statement": len(list(statements(ledger, "none"))), "stretch": len(list(stretches(ledger, "none"))),
    }  # fmt: skip
    assert all(row["units"] == row["drawn"] for row in found)


def test_words_and_context_stand_on_the_page(ledger: Ledger):
    for row in drawn(ledger):
        text = ledger.reading(row["document_id"]).document.text
        head = ledger.reading(row["document_id"]).headline
        assert any(row["before"] + row["words"].split(" … ")[0] in where for where in (text, head.text if head else ""))
        assert [row[name] for name in FILLED] == [""] * len(FILLED)


def test_stretches_hold_the_page_once():
    text = "One. " * 400 + "\n\n" + "Word " * 300 + "\n\n  \n\nEnd."
    blocks = [(0, 1999), (2001, 3501), (3502, 3506), (3507, 3511)]
    found = list(cut(text, blocks))
    assert all(any(a <= start and end <= b for a, b in blocks) for start, end in found)
    assert sum(end - start for start, end in found) == 1999 + 1500 + 4
    assert found[-1] == (3507, 3511)
    assert max(end - start for start, end in found[:4]) <= LONGEST
    assert (2001, 3501) in found, "one sentence is never parted"


def test_only_the_newest_version_is_drawn(ledger: Ledger):
    one, two = (
        article(20 + n, url="https://varn.example/1", outlet="Varn Daily", published=Published(f"2031-01-0{n}"))
        for n in (1, 2)
    )
    ledger.add(two)
    ledger.add(one)
    for every in (statements(ledger, "none"), stretches(ledger, "none")):
        pages = {unit.document for unit in every}
        assert two.id in pages
        assert one.id not in pages


def test_nothing_to_draw(tmp_path: Path):
    with Ledger(tmp_path / "l.db", write=True) as empty, pytest.raises(UsageError, match="nothing to draw"):
        list(rows(empty, Sample(5, 5)))
    with Ledger(tmp_path / "l.db", write=True) as empty, pytest.raises(UsageError, match="needs rows"):
        list(rows(empty, Sample(0, 0)))


# --- there and back ---


@pytest.mark.parametrize("form", ["csv", "semicolons", "bom", "sorted", "xlsx"])
def test_a_sheet_comes_back(ledger: Ledger, form: str):
    """As it went out, as a spreadsheet in Germany saves it, with a mark in front, sorted by hand, and as a workbook."""
    found = filled(drawn(ledger), judge)
    if form == "xlsx":
        pytest.importorskip("openpyxl")
        out = io.BytesIO()
        write_xlsx(found, out)
        raw = out.getvalue()
    elif form == "semicolons":
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";")
        writer.writerows([COLUMNS, *([row[name] for name in COLUMNS] for row in found)])
        raw = text.getvalue().encode()
    else:
        raw = as_csv(found[::-1] if form == "sorted" else found)
        raw = b"\xef\xbb\xbf" + raw if form == "bom" else raw
    came = read_sheet(raw, "sheet")
    plain = read_sheet(as_csv(found), "sheet")
    assert sorted(came.codings, key=repr) == sorted(plain.codings, key=repr)
    assert (came.sample, came.content, came.empty) == (found[0]["sample"], ledger.digest(), 0)
    assert Counter(c.code for c in came.codings if c.what == "statement")["content"] > 0


WRONG: list[tuple[Row, str, str]] = [
    ({"code": "perhaps"}, "'perhaps' is no code; these are: right, content", "a code that is none"),
    ({"units": 3}, "what it was drawn with was changed", "another size of its stratum"),
    ({"unit": "ffff"}, "what it was drawn with was changed", "another statement"),
    ({"check": ""}, "what it was drawn with was changed", "no check"),
    ({"layer": "x"}, "changed", "no number"),
]


@pytest.mark.parametrize(("change", "said", "reason"), WRONG, ids=[reason for *_, reason in WRONG])
def test_rows_that_cannot_be_taken(ledger: Ledger, change: Row, said: str, reason: str):
    found = filled(drawn(ledger), judge)
    found[4] |= change
    with pytest.raises(UsageError, match=f"row 6: .*{said}"):
        read_sheet(as_csv(found), "sheet.csv")


@pytest.mark.parametrize(
    ("filling", "said"),
    [({"missing": "many"}, "“missing” is 'many'"), ({"missing": "-1"}, "“missing”"), ({"missing": "0", "wrong": "99"}, "“wrong” is '99'"),
     ({"missing": "", "wrong": "1"}, "write 0 where none is missing")],
)  # fmt: skip
def test_stretches_that_cannot_be_taken(ledger: Ledger, filling: Row, said: str):
    found = drawn(ledger)
    at = next(n for n, row in enumerate(found) if row["what"] == "stretch")
    found[at] |= filling
    with pytest.raises(UsageError, match=said):
        read_sheet(as_csv(found), "sheet.csv")


@pytest.mark.parametrize("column", ["what", "sample", "content", "document_id", "stratum", "drawn", "what sample"])
def test_a_column_that_is_gone_is_named(ledger: Ledger, column: str):
    found = filled(drawn(ledger), judge)
    gone = column.split()
    table = [[name for name in COLUMNS if name not in gone]]
    table += [[str(row[name]) for name in table[0]] for row in found]
    out = io.StringIO()
    csv.writer(out).writerows(table)
    with pytest.raises(UsageError, match=rf"sheet\.csv has no column “{'”, “'.join(gone)}”.*draw it again"):
        read_sheet(out.getvalue().encode(), "sheet.csv")


def test_a_row_that_breaks_off_is_named(ledger: Ledger):
    lines = as_csv(filled(drawn(ledger), judge)).decode().rstrip().split("\n")
    with pytest.raises(UsageError, match=r"was not taken: row \d+: it has only \d+ cells"):
        read_sheet(("\n".join(lines) + "\n9,statement\n").encode(), "sheet.csv")


NO_SHEETS = [b"", b"a,b\n1,2\n", b"\xff\xfe", b"PK\x03\x04 no workbook", b"code,check,unit\n"]


@pytest.mark.parametrize("raw", NO_SHEETS)
def test_no_sheet(raw: bytes):
    with pytest.raises(UsageError, match=r"sheet\.csv"):
        read_sheet(raw, "sheet.csv")


def test_mixed_and_doubled_rows(ledger: Ledger):
    one, other = filled(drawn(ledger), judge), filled(drawn(ledger, Sample(5, 0, "none", 9)), judge)
    with pytest.raises(UsageError, match="more than one sample"):
        read_sheet(as_csv(one + other), "sheet.csv")
    with pytest.raises(UsageError, match="stands there twice"):
        read_sheet(as_csv([*one, one[0]]), "sheet.csv")


def test_rows_left_empty_are_counted(ledger: Ledger):
    found = drawn(ledger)
    found[0]["code"] = "r"
    came = read_sheet(as_csv(found), "sheet.csv")
    assert (len(came.codings), came.empty) == (1, len(found) - 1)


def test_a_spreadsheet_runs_nothing(ledger: Ledger):
    table = list(csv.reader(io.StringIO(as_csv(drawn(ledger)).decode())))
    assert not [cell for row in table for cell in row if cell[:1] in ("=", "+", "-", "@")]


def test_instructions_name_every_code():
    told = "\n".join(instructions())
    assert all(
        code_of(code) == code and f"\n{code}: " in told
        for code in ("right", "content", "speaker", "both", "none", "unsure")
    )
    assert {"missing", "wrong", "note", "code"} == {word for word in FILLED if f"“{word}”" in told}
    assert set(COLUMNS) >= set(FILLED) | set(KEPT)


# --- in the ledger ---


def taken_in(
    ledger: Ledger, reviewer: str = "Ada Fenn", how: Callable[[Row], Row] = judge, sample: Sample = USUAL
) -> bool:
    came = read_sheet(as_csv(filled(drawn(ledger, sample), how)), "sheet.csv")
    return keep_sheet(ledger, came.sample, came.content, came.codings, reviewer=reviewer)[1]


def test_precision_and_recall(ledger: Ledger):
    """Everything is coded, so there is no doubt left: the shares are those of what was written."""
    sample = Sample(10_000, 10_000)
    found = filled(drawn(ledger, sample), judge)
    taken_in(ledger, sample=sample)
    measured = {r.measure: r for r in results(ledger)}
    said = [row["code"] for row in found if row["what"] == "statement"]
    right, content = said.count("right") / len(said), said.count("C") / len(said)
    assert measured["precision"].share == measured["precision"].low == pytest.approx(right, abs=1e-4)
    assert measured["statements"].share == pytest.approx(right + content, abs=1e-4)
    assert measured["speakers"].share == 1.0
    stretch = [row for row in found if row["what"] == "stretch"]
    shown, missing = sum(row["shown"] for row in stretch), sum(int(row["missing"]) for row in stretch)
    assert measured["recall"].share == pytest.approx(shown / (shown + missing), abs=1e-4)
    text_statements = [
        s for n in range(12) for s in ledger.reading(article(n, statements=6).id).statements if s.act == "say"
    ]
    assert shown == len(text_statements), "every statement of the texts begins in one stretch"


def test_by_stratum_and_version(ledger: Ledger):
    """Pages that other code read are measured apart."""
    for n in range(12, 18):
        ledger.add(article(n, statements=6, made_by=NEWER))
    taken_in(ledger, sample=Sample(30, 0, "outlet", 2))
    (sheet,) = sheets(ledger)
    whole = [r for r in of_sheet(sheet, strata=True) if r.measure == "precision"]
    assert {r.made for r in whole} == set(read_by(ledger))
    for made in read_by(ledger):
        total, *parts = (r for r in whole if r.made == made)
        assert total.stratum == ""
        assert sum(part.judged for part in parts) == total.judged
        assert sum(part.units for part in parts) == total.units
        expected = sum(part.share * part.units for part in parts) / total.units
        assert total.share == pytest.approx(expected, abs=2e-4)


def test_again_and_anew(ledger: Ledger):
    """The same sheet is there already; another one by the same person outranks it; another person's stands beside it."""
    assert taken_in(ledger)
    assert not taken_in(ledger)
    assert taken_in(ledger, how=lambda row: {"code": "right"} if row["what"] == "statement" else {"missing": "0"})
    assert taken_in(ledger, "Bo")
    assert {r.share for r in results(ledger) if r.measure == "precision" and r.reviewer == "Ada Fenn"} == {1.0}
    assert {r.reviewer for r in results(ledger)} == {"Ada Fenn", "Bo"}
    assert ledger.check().faults == ()
    assert "3 coding sheets: each has the hash it came under." in ledger.check().proved


def test_back_to_an_earlier_verdict(ledger: Ledger):
    def anew(row: Row) -> Row:
        return {"code": "right"} if row["what"] == "statement" else {"missing": "0"}

    assert [taken_in(ledger, how=how) for how in (judge, anew, judge, judge, anew)] == [True, True, True, False, True]
    assert {r.share for r in results(ledger) if r.measure == "precision"} == {1.0}
    taken_in(ledger)
    assert {r.share for r in results(ledger) if r.measure == "precision"} != {1.0}
    assert ledger.check().faults == ()


def test_other_notes_are_another_sheet(ledger: Ledger):
    def noted(row: Row) -> Row:
        return judge(row) | {"note": "see above"}

    assert [taken_in(ledger, how=how) for how in (judge, noted, noted, judge)] == [True, True, False, True]
    assert {c.note for sheet in sheets(ledger) for c in sheet.codings} == {""}
    came = read_sheet(as_csv(filled(drawn(ledger), noted)), "sheet.csv")
    keep_sheet(ledger, came.sample, came.content, came.codings, reviewer="Ada Fenn")
    ledger.forget(came.codings[0].document, "asked for", reviewer="Ada")
    again = keep_sheet(ledger, came.sample, came.content, came.codings, reviewer="Ada Fenn")
    assert again[1] is False, "the notes on a page that was forgotten were erased"
    assert ledger.check().faults == ()


def test_of_another_ledger(ledger: Ledger, tmp_path: Path):
    came = read_sheet(as_csv(filled(drawn(ledger), judge)), "sheet.csv")
    with Ledger(tmp_path / "other.db", write=True) as other:
        other.add(article(77))
        with pytest.raises(UsageError, match="of another ledger"):
            keep_sheet(other, came.sample, came.content, came.codings, reviewer="Ada")
    for codings, reviewer, said in (((), "Ada", "no row"), (came.codings, " ", "name of who")):
        with pytest.raises(UsageError, match=said):
            keep_sheet(ledger, came.sample, came.content, codings, reviewer=reviewer)


def test_unsure_rows_are_left_out(ledger: Ledger):
    taken_in(
        ledger,
        how=lambda row: (
            {"code": "u" if row["row"] % 2 else "right"} if row["what"] == "statement" else {"missing": "0"}
        ),
    )
    precision = next(r for r in results(ledger) if r.measure == "precision")
    assert (precision.share, precision.unsure) == (1.0, precision.rows - precision.judged)
    assert precision.unsure > 0


def test_unsure_rows_count_as_not_drawn(ledger: Ledger):
    """All were looked at, and not all could be judged: the share is known within an interval, as if the others lay empty."""
    sample = Sample(10_000, 0)

    def half(row: Row) -> Row:
        return {"code": "u" if row["row"] % 2 else "right" if row["row"] % 4 else "none"}

    taken_in(ledger, "Ada", half, sample)
    taken_in(ledger, "Bo", lambda row: {} if row["row"] % 2 else half(row), sample)
    found = {r.reviewer: r for r in results(ledger) if r.measure == "precision"}
    one, other = found["Ada"], found["Bo"]
    assert (one.share, one.low, one.high, one.units) == (other.share, other.low, other.high, other.units)
    assert one.low is not None
    assert one.share is not None
    assert one.low < one.share


def test_forgetting_takes_notes_and_names(ledger: Ledger):
    taken_in(
        ledger,
        how=lambda row: judge(row) | {"note": f"secret of {row['document']}"},
        sample=Sample(10_000, 0, "speaker"),
    )
    page = article(3, statements=6)
    before = [r.share for r in results(ledger)]
    ledger.forget(page.id, "asked for", reviewer="Ada")
    kept_now = [c for sheet in sheets(ledger) for c in sheet.codings]
    assert {(c.note, c.stratum) for c in kept_now if c.document == page.id} == {("", "")}
    assert all(c.note for c in kept_now if c.document != page.id)
    assert [r.share for r in results(ledger)] == before
    assert ledger.check().faults == ()
    ledger.commit()
    assert f"secret of {page.document.name}".encode() not in ledger.path.read_bytes()


def test_rows_are_never_changed(ledger: Ledger):
    taken_in(ledger)
    ledger.commit()
    for sql in (
        "UPDATE codings SET code = 'right'",
        "DELETE FROM codings",
        "UPDATE sheets SET reviewer = 'Bo'",
        "DELETE FROM sheets",
    ):
        with pytest.raises(sqlite3.Error, match="never"):
            ledger._opened().execute(sql)


def test_a_changed_row_is_found(ledger: Ledger):
    taken_in(ledger)
    ledger.commit()
    ledger._opened().execute("DROP TRIGGER codings_stand")
    ledger._opened().execute("UPDATE codings SET code = 'right' WHERE what = 'statement'")
    assert any("Coding sheet 1" in fault for fault in ledger.check().faults)


def test_ids_follow_from_what_was_coded():
    one = Coding("statement", "d", "u", "m", "s", 0, 9, 3, 1, "right", note="a")
    assert sheet_id("x", "Ada", (one,)) == sheet_id("x", "Ada", (replace(one, note="", stratum=""),))
    assert sheet_id("x", "Ada", (one,)) != sheet_id("x", "Bo", (one,))
    assert sheet_id("x", "Ada", (one,)) != sheet_id("x", "Ada", (one,), "0" * 32), "behind another sheet"
    assert sheet_id("x", "Ada", (one,)) != sheet_id("x", "Ada", (replace(one, code="none"),))
