"""Coding sheets: a sample as rows that people fill in, as CSV or Excel, with the instructions beside it; and back."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from sayso.errors import UsageError
from sayso.export.csv_tables import meant, write_rows
from sayso.export.extras import needed
from sayso.export.writing import for_xml
from sayso.ledger import Ledger
from sayso.ledger.reviews import Coding
from sayso.records import Reading, Statement
from sayso.review.drawing import Drawn, draw
from sayso.review.frames import By, statements, stretches
from sayso.review.known import known

AROUND = 240
"""Characters before and behind the words that are shown: two sentences."""
FILLED = ("code", "wrong", "missing", "note")
"""The columns that people fill in."""
READ = (
    "row", "what", "outlet", "published", "document", "before", "words", "after", "speaker", "source", "cue", "kind", "known",
)  # fmt: skip
KEPT = ("sample", "content", "document_id", "unit", "made", "layer", "stratum", "units", "drawn", "shown", "check")
"""What the sample was drawn with; ``check`` is a hash over the rest of them, so that a row that was changed is seen."""
COLUMNS = (*READ, *FILLED, *KEPT)
_NEEDED = ("what", "stratum", *KEPT)
LARGEST = 64 << 20
_WIDTHS = {"before": 40, "words": 60, "after": 40, "known": 50, "note": 30, "speaker": 22}


@dataclass(frozen=True, slots=True)
class Sample:
    """How a sample is drawn: so many statements and stretches, under what, with which seed."""

    number: int
    stretches: int
    by: By = "none"
    seed: int = 1
    all_acts: bool = False

    def name(self, content: str) -> str:
        """What all sheets of the sample carry: the same for who draws it again from the same content."""
        acts = "all" if self.all_acts else "say"
        return f"{self.number}+{self.stretches} by {self.by}, seed {self.seed}, {acts}, ledger {content[:12]}"


@dataclass(frozen=True, slots=True)
class Returned:
    """A sheet that came back: its sample, the digest of the ledger it was drawn from, what was coded, rows left empty."""

    sample: str
    content: str
    codings: tuple[Coding, ...]
    empty: int


def rows(ledger: Ledger, sample: Sample) -> Iterator[dict[str, Any]]:
    """The rows of a sample, statements first. Raises UsageError where the ledger holds nothing to draw."""
    if sample.number < 0 or sample.stretches < 0 or not sample.number + sample.stretches:
        raise UsageError("a sample needs rows: give the number of statements or --stretches")
    content = ledger.digest()
    drawn = draw(statements(ledger, sample.by, all_acts=sample.all_acts), sample.number, sample.seed)
    drawn += draw(stretches(ledger, sample.by), sample.stretches, sample.seed)
    if not drawn:
        raise UsageError(f"{ledger.path} holds nothing to draw from: read pages into it first")
    for n, one in enumerate(drawn, 1):
        reading = ledger.reading(one.unit.document)
        told = (
            _statement(reading, one)
            if one.unit.what == "statement"
            else _stretch(reading, one, all_acts=sample.all_acts)
        )
        kept = _kept(sample.name(content), content, one, told.pop("shown"))
        page = reading.document
        where = {
            "outlet": page.outlet,
            "published": page.published.date if page.published else "",
            "document": page.name,
        }
        yield {"row": n, "what": one.unit.what, **where, **told, **dict.fromkeys(FILLED, ""), **kept}


def _statement(reading: Reading, one: Drawn) -> dict[str, Any]:
    part, text, s = next(each for each in _parts(reading) if each[2].id == one.unit.unit)
    names = {speaker.id: speaker.name for speaker in reading.speakers}
    start, end = s.content[0][0], s.content[-1][1]
    return {
        "before": text[max(0, start - AROUND) : start], "words": " … ".join(text[a:b] for a, b in s.content),
        "after": text[end : end + AROUND], "kind": s.kind + (", headline" if part == "headline" else ""), "known": "",
        "speaker": " + ".join(names[each] for each in (s.speaker, *s.joint) if each in names) or "(open)",
        "source": " … ".join(text[a:b] for a, b in s.source), "cue": " … ".join(text[a:b] for a, b in s.cue), "shown": 1,
    }  # fmt: skip


def _parts(reading: Reading) -> Iterator[tuple[str, str, Statement]]:
    for s in reading.statements:
        yield "text", reading.document.text, s
    for s in reading.headline.statements if reading.headline else ():
        yield "headline", reading.headline.text if reading.headline else "", s


def _stretch(reading: Reading, one: Drawn, *, all_acts: bool) -> dict[str, Any]:
    start, end = map(int, one.unit.unit.split("-"))
    text, names = reading.document.text, {speaker.id: speaker.name for speaker in reading.speakers}
    there = [s for s in reading.statements if start <= s.content[0][0] < end and (all_acts or s.act == "say")]
    known = [
        f"{n}. {names.get(s.speaker or '', '(open)')}: {' … '.join(text[a:b] for a, b in s.content)}"
        for n, s in enumerate(sorted(there, key=lambda s: s.content), 1)
    ]
    return {
        "before": text[max(0, start - AROUND) : start], "words": text[start:end], "after": text[end : end + AROUND],
        "speaker": "", "source": "", "cue": "", "kind": "", "known": "\n".join(known), "shown": len(known),
    }  # fmt: skip


def _kept(sample: str, content: str, one: Drawn, shown: int) -> dict[str, Any]:
    kept = {
        "sample": sample, "content": content, "document_id": one.unit.document, "unit": one.unit.unit, "made": one.unit.made,
        "layer": one.layer, "stratum": one.stratum, "units": one.units, "drawn": one.drawn, "shown": shown,
    }  # fmt: skip
    return {**kept, "check": _check(one.unit.what, kept)}


def _check(what: str, kept: dict[str, Any]) -> str:
    """Over all that counts. The name of the stratum is left out: a spreadsheet may write "007" as 7."""
    values = [what, *(str(kept[name]) for name in KEPT if name not in ("stratum", "check"))]
    return hashlib.sha256(json.dumps(values).encode("utf-8")).hexdigest()[:12]


# --- out ---


def instructions() -> Iterator[str]:
    """The codebook of a sheet, line by line."""
    table = known("coding")
    yield from table["instructions"]
    yield ""
    for code, told in table["codes"].items():
        yield f"{code}: {told['meaning']} ({', '.join(told['also'])})"


def write_csv(found: Iterable[dict[str, Any]], out: BinaryIO) -> int:
    """Rows as CSV, text defused as in every export; how many there were."""
    every = list(found)
    write_rows(out, [COLUMNS, *([row[name] for name in COLUMNS] for row in every)])
    return len(every)


def write_xlsx(found: Iterable[dict[str, Any]], out: BinaryIO) -> int:
    """Rows as a workbook with the instructions as its first sheet. Raises UsageError where openpyxl is missing."""
    openpyxl = needed("openpyxl", "xlsx", "openpyxl.styles")
    book = openpyxl.Workbook()
    book.active.title = "codebook"
    for line in instructions():
        book.active.append([line])
    book.active.column_dimensions["A"].width = 110
    sheet, every = book.create_sheet("sheet"), list(found)
    sheet.append(list(COLUMNS))
    for row in every:
        sheet.append([for_xml(row[name]) if isinstance(row[name], str) else row[name] for name in COLUMNS])
    wrap = openpyxl.styles.Alignment(wrap_text=True, vertical="top")
    for line in sheet.iter_rows():
        for held in line:
            held.alignment = wrap
            held.data_type = "s" if isinstance(held.value, str) else held.data_type
    for n, name in enumerate(COLUMNS, 1):
        letter = openpyxl.utils.get_column_letter(n)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, 12)
        sheet.column_dimensions[letter].hidden = name in KEPT
    sheet.freeze_panes = "A2"
    book.save(out)
    return len(every)


# --- and back ---


def read_sheet(raw: bytes, name: str) -> Returned:
    """A sheet that was filled in, CSV or .xlsx. Raises UsageError, which names the rows that cannot be taken."""
    if len(raw) > LARGEST:
        raise UsageError(f"{name} has more than {LARGEST >> 20} MB: it is no coding sheet")
    table = list(_excel(raw, name) if raw.startswith(b"PK") else _csv(raw, name))
    if not table:
        raise UsageError(f"{name} holds no rows with a column “code” and a column “check”: it is no coding sheet")
    if gone := [column for column in _NEEDED if not any(column in row for row in table)]:
        raise UsageError(
            f"{name} has no column {', '.join(f'“{column}”' for column in gone)}: put it back as it was, or draw it again and fill that in"
        )
    faults: list[str] = []
    codings: list[Coding] = []
    for n, row in enumerate(table, 2):
        try:
            codings += _coding(row)
        except (UsageError, ValueError) as error:
            faults.append(f"row {n}: {error}")
    if len({row.get("sample", "") for row in table}) > 1:
        faults.append("the rows are of more than one sample")
    if len({(c.what, c.document, c.unit) for c in codings}) < len(codings):
        faults.append("a row stands there twice")
    if faults:
        more = f" (and {len(faults) - 5} more)" if len(faults) > 5 else ""
        raise UsageError(f"{name} was not taken: {'; '.join(faults[:5])}{more}. Mend these rows and import it again")
    return Returned(table[0]["sample"], table[0]["content"], tuple(codings), len(table) - len(codings))


def _csv(raw: bytes, name: str) -> Iterator[dict[str, str]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is not UTF-8: save it as CSV UTF-8, or as .xlsx") from error
    first = text.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    before = csv.field_size_limit(LARGEST)
    try:
        yield from _table(csv.reader(io.StringIO(text, newline=""), delimiter=sign), meant)
    except csv.Error as error:
        raise UsageError(f"{name} is no table: {error}") from error
    finally:
        csv.field_size_limit(before)


def _excel(raw: bytes, name: str) -> Iterator[dict[str, str]]:
    openpyxl = needed("openpyxl", "xlsx")
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = book["sheet"] if "sheet" in book.sheetnames else book.active
        lines = [
            ["" if value is None else _plain(value) for value in line] for line in sheet.iter_rows(values_only=True)
        ]
    except Exception as error:  # openpyxl raises whatever it meets
        raise UsageError(f"{name} cannot be read as a workbook ({error!s:.100}): save it as CSV UTF-8") from error
    yield from _table(lines, str)


def _plain(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _table(lines: Iterable[list[str]], cell: Any) -> Iterator[dict[str, str]]:
    header: list[str] = []
    for line in lines:
        if not header:
            header = [each.strip() for each in line]
            if not {"code", "check", "unit"} <= set(header):
                return
        elif any(each.strip() for each in line):
            yield {key: cell(value) for key, value in zip(header, line, strict=False)}


def _coding(row: dict[str, str]) -> list[Coding]:
    """What one row says; nothing where it was left empty. Raises UsageError, ValueError."""
    if not row.keys() >= {*_NEEDED}:
        raise UsageError(f"it has only {len(row)} cells")
    what = row["what"].strip()
    kept = {name: row[name].strip() for name in KEPT}
    if _check(what, kept) != kept["check"]:
        raise UsageError("what it was drawn with was changed; leave the columns behind “note” as they are")
    shown, note = int(kept["shown"]), row.get("note", "").strip()
    code, wrong, missing = (row.get(name, "").strip().casefold() for name in ("code", "wrong", "missing"))
    values: dict[str, Any]
    if what == "statement":
        if not code:
            return []
        values = {"code": code_of(code), "wrong": None, "missing": None}
    else:
        if not missing:
            if wrong:
                raise UsageError("“wrong” is filled in and “missing” is not: write 0 where none is missing")
            return []
        values = {
            "code": "",
            "wrong": _number(wrong or "0", "wrong", shown),
            "missing": _number(missing, "missing", 999),
        }
    return [Coding(
        what, kept["document_id"], kept["unit"], kept["made"], row["stratum"], int(kept["layer"]), int(kept["units"]),
        int(kept["drawn"]), shown, note=note, **values,
    )]  # fmt: skip


def code_of(given: str) -> str:
    """A code by its name or another word for it. Raises UsageError, which names them."""
    codes = known("coding")["codes"]
    for code, told in codes.items():
        if given == code or given in told["also"]:
            return str(code)
    raise UsageError(f"{given!r:.40} is no code; these are: {', '.join(codes)}")


def _number(given: str, column: str, most: int) -> int:
    if not (given.isdecimal() and int(given) <= most):
        raise UsageError(f"“{column}” is {given!r:.20} and not a number from 0 to {most}")
    return int(given)
