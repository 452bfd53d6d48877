"""Everything that was read and decided, in the formats that people already use.

Each format is a function that takes pages, one after the other, and writes to a binary stream: nothing is held in memory, and
the same ledger and question give the same bytes. :func:`export` is the one door to all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from sayso.errors import UsageError
from sayso.export.brat import write_brat
from sayso.export.citations import write_bibtex, write_csl
from sayso.export.claims import write_claims
from sayso.export.csv_tables import write_table as write_csv_table
from sayso.export.csv_tables import write_tables as write_csv_tables
from sayso.export.docbin import write_docbin
from sayso.export.excel import write_xlsx
from sayso.export.extras import needed
from sayso.export.graphml import write_graphml
from sayso.export.humanitarian import write_hxl
from sayso.export.jsonl import write_jsonl
from sayso.export.labelstudio import write_labelstudio
from sayso.export.money import write_ftm
from sayso.export.origin import Origin
from sayso.export.pages import ALL, Filters, Page, pages
from sayso.export.parquet import write_table as write_parquet_table
from sayso.export.parquet import write_tables as write_parquet_tables
from sayso.export.qualitative import write_qdpx
from sayso.export.tables import TABLES, table_of
from sayso.export.uima import write_uima
from sayso.export.web_annotations import write_w3c
from sayso.ledger import Ledger

__all__ = ["ALL", "FORMATS", "TABLES", "Filters", "Format", "Origin", "Page", "export", "pages", "refuse"]

Writer = Callable[[Iterable[Page], BinaryIO, Origin], None]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, the ending of its files, what it is in a few words, and the library that it needs, if any.

    ``whole`` formats give whole readings: they take no speaker.
    """

    name: str
    ending: str
    about: str
    write: Writer
    library: str = ""
    whole: bool = False


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("csv", "zip", "tables for spreadsheets and R; one of them with --table", write_csv_tables),
        Format("xlsx", "xlsx", "an Excel workbook", write_xlsx, "openpyxl"),
        Format("jsonl", "jsonl", "whole readings, one a line", write_jsonl, whole=True),
        Format("parquet", "zip", "tables for pandas, DuckDB, Spark; one of them with --table", write_parquet_tables, "pyarrow"),
        Format("w3c", "jsonld", "Web Annotations", write_w3c),
        Format("claims", "jsonld", "schema.org claims and quotations", write_claims),
        Format("ftm", "ftm.json", "FollowTheMoney entities, for Aleph", write_ftm),
        Format("uima", "zip", "UIMA CAS JSON, for INCEpTION", write_uima),
        Format("labelstudio", "json", "Label Studio tasks with predictions", write_labelstudio),
        Format("brat", "zip", "brat standoff", write_brat),
        Format("qdpx", "qdpx", "REFI-QDA, for MAXQDA, NVivo, ATLAS.ti, QualCoder", write_qdpx),
        Format("docbin", "zip", "spaCy Docs", write_docbin, "spacy"),
        Format("csl", "json", "CSL-JSON citations of the pages", write_csl),
        Format("bibtex", "bib", "BibTeX citations of the pages", write_bibtex),
        Format("hxl", "csv", "figures with HXL hashtags", write_hxl),
        Format("graphml", "graphml", "who relays whom, as a graph", write_graphml),
    )
}
"""Every format by its name."""


def refuse(name: str, table: str = "", filters: Filters = ALL) -> Format:
    """The format of that name. Raises UsageError where there is none, or it has no such table or filter, or lacks a library."""
    if name not in FORMATS:
        raise UsageError(f"there is no format {name!r}; these are: {', '.join(FORMATS)}")
    form = FORMATS[name]
    if table:
        table_of(table)
        if name not in ("csv", "parquet"):
            raise UsageError(f"{name} is no table; a single table comes as csv or parquet")
    if form.whole and filters.speaker:
        raise UsageError(f"{name} gives whole readings; choose pages by document, outlet or date, or take csv")
    if form.library:
        needed(form.library, name)
    return form


def export(
    ledger: Ledger, name: str, out: BinaryIO, filters: Filters = ALL, *, words: bool = True, table: str = ""
) -> int:
    """Write what a ledger holds to ``out`` in one format; the number of pages.

    ``words`` false leaves out all words of the pages (see :func:`sayso.export.pages.without_words`); ``table`` takes one table
    alone, of csv and parquet. Raises UsageError (see :func:`refuse`), UnknownDocument and errors of the ledger.
    """
    form = refuse(name, table, filters)
    filters = replace(filters, all_acts=True) if form.whole else filters
    given = 0

    def counted() -> Iterator[Page]:
        nonlocal given
        for page in pages(ledger, filters, words=words):
            given += 1
            yield page

    origin = Origin(ledger.digest(), filters, words)
    if table and name == "csv":
        write_csv_table(counted(), out, table_of(table))
    elif table:
        write_parquet_table(counted(), out, origin, table_of(table))
    else:
        form.write(counted(), out, origin)
    return given
