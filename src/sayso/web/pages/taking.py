"""Everything taken away: each format that this machine can write, of the whole ledger or a part, with words or without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from sayso.errors import UsageError
from sayso.export import FORMATS, TABLES, Filters, Format, export, refuse
from sayso.web.answers import File
from sayso.web.asked import Asked
from sayso.web.desk import Desk
from sayso.web.pages.queue import outlets_of

HELD = 8 << 20
"""Bytes of an export that are held in memory; more goes to a file that is gone afterwards."""
TABLED = ("csv", "parquet")
TYPES = {
    "zip": "application/zip", "jsonl": "application/x-ndjson", "jsonld": "application/ld+json", "json": "application/json",
    "ftm.json": "application/json", "csv": "text/csv; charset=utf-8", "bib": "application/x-bibtex; charset=utf-8",
    "graphml": "application/xml", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class FormatRow:
    """One format: what it is, the ending of its files, and the library that is missing for it, if any."""

    name: str
    about: str
    ending: str
    missing: str
    whole: bool
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakingPage:
    """The formats, and what was chosen of the ledger. ``no_text``: without any words of the pages but names."""

    formats: tuple[FormatRow, ...]
    outlets: tuple[str, ...]
    filters: Filters
    no_text: bool
    pages: int


def _rows() -> Iterator[FormatRow]:
    for form in FORMATS.values():
        missing = form.library if form.library and find_spec(form.library) is None else ""
        yield FormatRow(
            form.name, form.about, form.ending, missing, form.whole, tuple(TABLES) if form.name in TABLED else ()
        )


def filters_of(asked: Asked) -> Filters:
    """Which part of the ledger an address chooses. Raises UsageError for a day that is none."""
    since, until = (asked.word(name) for name in ("since", "until"))
    for given in (since, until):
        if given and not _DAY.fullmatch(given):
            raise UsageError(f"{given!r:.40} is no date: write 2031, 2031-04 or 2031-04-09")
    document, outlet, speaker = (asked.word(name) for name in ("document", "outlet", "speaker"))
    return Filters(document, outlet, speaker, since, until, asked.flag("all_acts"))


def taking(desk: Desk, asked: Asked) -> TakingPage:
    """What can be taken away; ``?outlet=``, ``speaker``, ``since``, ``until``, ``all_acts`` and ``no_text`` choose."""
    outlets = desk.once("queue-outlets", lambda: outlets_of(desk))
    pages = desk.once("counts", desk.ledger.counts).documents
    return TakingPage(tuple(_rows()), outlets, filters_of(asked), asked.flag("no_text"), pages)


def _called(desk: Desk, form: Format, table: str) -> str:
    ledger = _NAME.sub("-", desk.path.stem).strip("-.") or "ledger"
    ending = {"csv": "csv", "parquet": "parquet"}[form.name] if table else form.ending
    return f"{ledger[:60]}-{table or form.name}.{ending}"


def taken(desk: Desk, asked: Asked) -> File:
    """One format as a file, made whole before any of it is sent. Raises UsageError, UnknownDocument."""
    name, table, filters = asked.parts["name"], asked.word("table"), filters_of(asked)
    form = refuse(name, table, filters)
    with ExitStack() as held:
        stream = cast(BinaryIO, held.enter_context(SpooledTemporaryFile(HELD)))
        export(desk.ledger, name, stream, filters, words=not asked.flag("no_text"), table=table)
        size = stream.tell()
        stream.seek(0)
        held.pop_all()
    called = _called(desk, form, table)
    media = TYPES.get(called.rpartition(".")[2] if table else form.ending, "application/octet-stream")
    return File(called, media, size, stream)
